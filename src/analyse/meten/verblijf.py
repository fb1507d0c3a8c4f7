"""Uithuisplaatsing, as far as deliveries show it: persons in verblijf, placements, ends and their duration.

Verblijf is hulpvorm 11–14 without logeren and weekend stays. An episode is an unbroken stay of a person in
verblijf that the gebied pays for, whoever gives it, so a move between pleeggezinnen is no new placement. There
is no national register of uithuisplaatsingen; these are the proxies that CBS and NJi use.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import ibis
from ibis.expr.types import Table

from analyse.meten import cijfers
from analyse.meten.bron import Bron, leeftijd
from analyse.meten.eilanden import dagnummer, markeer, met_eiland
from analyse.meten.indicator import Indicator
from analyse.meten.maatregelen import Maatregelen
from analyse.meten.trajectduur import kaplan_meier

JEUGDIGEN, NIEUW, GEDWONGEN = "verblijf.jeugdigen", "verblijf.nieuw", "verblijf.gedwongen"
NAAR_HUIS, DUUR_KM = "verblijf.naar_huis", "verblijf.duur_km"
INDICATOREN = (JEUGDIGEN, NIEUW, GEDWONGEN, NAAR_HUIS, DUUR_KM)
EPISODE = ["gebied", "persoon_nr"]
_PER_PERIODE = ("gebied", "periode", "persoon_nr")
# More episodes than one person can have.
_EILAND = 1 << 20


@dataclass(frozen=True)
class Verblijf:
    """The tables of this family."""

    bron: Bron

    @cached_property
    def maatregelen(self) -> Maatregelen:
        """Who was under a maatregel when."""
        return Maatregelen(self.bron)

    @cached_property
    def in_periode(self) -> Table:
        """Verblijf × period, with `maatregel` on the person's last day in verblijf of that period."""
        t = self.bron.actief(self.bron.verblijf)
        laatste = ibis.least(t.slot, t.dag).max().over(ibis.window(group_by=list(_PER_PERIODE)))
        return self.maatregelen.op(t, laatste, persoon=_PER_PERIODE).cache()

    @cached_property
    def gedwongen(self) -> Table:
        """Verblijf on the last (known) day of the period under a maatregel on that day; stored."""
        t = self.bron.actief(self.bron.verblijf)
        t = t.filter((t.begin <= t.dag) & (t.slot >= t.dag) & t.gemeente.isin(self.maatregelen.gemeenten))
        gemeten = self.maatregelen.op(t, t.dag, persoon=_PER_PERIODE)
        return gemeten.filter(gemeten.maatregel == "ja").cache()

    @cached_property
    def episoden(self) -> Table:
        """Verblijf with the episode that it is part of: `episode` (number), its edges and neighbours; stored."""
        rijen = met_eiland(markeer(self.bron.per_gebied(self.bron.verblijf), EPISODE, max_gat=0), EPISODE)
        heel = ibis.window(group_by=[*EPISODE, "eiland"])
        return rijen.mutate(
            episode=rijen.persoon_nr.cast("int64") * _EILAND + rijen.eiland,
            gezien_tot=ibis.ifelse(rijen.open, rijen.peildatum, rijen.slot).max().over(heel),
            loopt=rijen.open.any().over(heel),
        ).cache()

    @cached_property
    def plaatsingen(self) -> Table:
        """Verblijf that opens an episode after enough days without, with `maatregel` on that day."""
        t = self.episoden
        vrij = self.bron.params.regio.rekenregels.verblijf_vrije_dagen
        zonder = dagnummer(t.begin) - dagnummer(t.vorig_slot) - 1
        nieuw = t.filter((t.begin == t.eiland_begin) & (t.vorig_slot.isnull() | (zonder >= vrij)))
        return self.maatregelen.op(nieuw, nieuw.begin, persoon=("gebied", "episode")).cache()

    @cached_property
    def thuis(self) -> Table:
        """Verblijf that closes an episode with no other verblijf soon after, with `maatregel` on that day."""
        t = self.episoden
        vervolg = self.bron.params.regio.rekenregels.verblijf_vervolg_dagen
        daarna = dagnummer(t.volgend_begin) - dagnummer(t.eiland_slot)
        klaar = t.filter(~t.loopt & (t.slot == t.eiland_slot) & (t.volgend_begin.isnull() | (daarna > vervolg)))
        return self.maatregelen.op(klaar, klaar.slot, persoon=("gebied", "episode"))

    def per_periode(self, tabel: Table, dag: ibis.Value) -> Table:
        """Episodes × the period in which `dag` falls, with the age in that year; stored."""
        return _met_leeftijd(self.bron.op_dag(tabel, dag)).cache()

    @cached_property
    def cohort(self) -> Table:
        """New episodes of the years up to the end of each period, with `t`: days to their end or the peildatum."""
        t = _met_leeftijd(self.bron.cohort(self.plaatsingen, self.plaatsingen.begin))
        return t.mutate(t=dagnummer(t.gezien_tot) - dagnummer(t.eiland_begin) + 1).cache()


def _met_leeftijd(t: Table) -> Table:
    return t.mutate(leeftijd=leeftijd(t.jaar, t.geboortejaar))


def verblijf(bron: Bron) -> list[Indicator]:
    """The indicators of this family. Gemeenten that gave no maatregelen have no figure of forced placements."""
    v = Verblijf(bron)
    nieuw, thuis = v.per_periode(v.plaatsingen, v.plaatsingen.begin), v.per_periode(v.thuis, v.thuis.slot)
    tellingen = (
        (JEUGDIGEN, v.in_periode, "persoon_nr", cijfers.telling_stand, None),
        (GEDWONGEN, v.gedwongen, "persoon_nr", cijfers.telling_stand, bron.rooster.beperkt(v.maatregelen.gemeenten)),
        (NIEUW, nieuw, "episode", cijfers.telling_stroom, None),
        (NAAR_HUIS, thuis, "episode", cijfers.telling_stroom, None),
    )
    km = {"aantal": v.cohort.episode.nunique(), "einden": v.cohort.episode.nunique(where=~v.cohort.loopt)}
    return [
        *(Indicator(naam, t, {"n": t[wie].nunique()}, soort, rooster=r) for naam, t, wie, soort, r in tellingen),
        Indicator(DUUR_KM, v.cohort, km, kaplan_meier, per_dag=True),
    ]
