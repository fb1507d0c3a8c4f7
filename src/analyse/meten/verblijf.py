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
from analyse.meten.bron import ASSEN, Bron, plaats
from analyse.meten.eilanden import dagnummer, markeer
from analyse.meten.indicator import Indicator
from analyse.meten.maatregelen import Maatregelen
from analyse.meten.trajectduur import kaplan_meier

JEUGDIGEN, NIEUW, GEDWONGEN = "verblijf.jeugdigen", "verblijf.nieuw", "verblijf.gedwongen"
NAAR_HUIS, DUUR_KM = "verblijf.naar_huis", "verblijf.duur_km"
INDICATOREN = (JEUGDIGEN, NIEUW, GEDWONGEN, NAAR_HUIS, DUUR_KM)
EPISODE = ["gebied", "persoon_nr"]
_PER_PERIODE = ("gebied", "periode", "persoon_nr")
_SMAL = (
    *("persoon_nr", "gemeente", "aanbieder", "hulpvorm", "verwijzer"),
    *("begin", "slot", "open", "peildatum", "geboortejaar"),
)
# More days than a calendar has, so that person and first day make one number.
_DAGEN = 1 << 20


@dataclass(frozen=True)
class Verblijf:
    """The tables of this family."""

    bron: Bron

    @cached_property
    def maatregelen(self) -> Maatregelen:
        """Who was under a maatregel when."""
        return Maatregelen(self.bron)

    @cached_property
    def dagen(self) -> Table:
        """Verblijf × the periods in which it is; stored."""
        return self.bron.actief(self.bron.verblijf).select(*ASSEN, "gemeente", "begin", "slot", "dag").cache()

    @cached_property
    def in_periode(self) -> Table:
        """`dagen` with `maatregel` on the person's last day in verblijf of that period; stored."""
        t = self.dagen
        laatste = ibis.least(t.slot, t.dag).max().over(ibis.window(group_by=list(_PER_PERIODE)))
        return self.maatregelen.op(t, laatste, persoon=_PER_PERIODE).cache()

    @cached_property
    def gedwongen(self) -> Table:
        """Verblijf on the last (known) day of the period under a maatregel on that day; stored."""
        t = self.dagen
        t = t.filter((t.begin <= t.dag) & (t.slot >= t.dag) & t.gemeente.isin(self.maatregelen.nummers))
        gemeten = self.maatregelen.op(t, t.dag, persoon=_PER_PERIODE)
        return gemeten.filter(gemeten.maatregel == plaats("maatregel", "ja")).cache()

    @cached_property
    def episoden(self) -> Table:
        """Verblijf with its episode: `eiland` (first day), `episode` (one number), and how it ends; stored."""
        t = markeer(self.bron.per_gebied(self.bron.verblijf.select(*_SMAL)), EPISODE, max_gat=0)
        heel = ibis.window(group_by=[*EPISODE, "eiland"])
        met_episode = t.mutate(
            episode=t.persoon_nr.cast("int64") * _DAGEN + t.eiland,
            loopt=t.open.any().over(heel),
            laatste=dagnummer(t.slot).max().over(heel),
            # The last day seen: of a running episode the peildatum.
            gezien_tot=dagnummer(ibis.ifelse(t.open, t.peildatum, t.slot)).max().over(heel),
        )
        return met_episode.drop("open", "peildatum").cache()

    @cached_property
    def plaatsingen(self) -> Table:
        """Verblijf that opens an episode after enough days without, with `maatregel` on that day; stored."""
        t = self.episoden
        vrij = self.bron.params.regio.rekenregels.verblijf_vrije_dagen
        nieuw = t.filter(t.opent & (t.vorig.isnull() | (t.eiland - t.vorig - 1 >= vrij)))
        return self.maatregelen.op(nieuw, nieuw.begin, persoon=("gebied", "episode")).cache()

    @cached_property
    def thuis(self) -> Table:
        """Verblijf that closes an episode with no other verblijf soon after, with `maatregel` on that day."""
        t = self.episoden
        vervolg = self.bron.params.regio.rekenregels.verblijf_vervolg_dagen
        sluit = ~t.loopt & (dagnummer(t.slot) == t.laatste)
        klaar = t.filter(sluit & (t.volgend.isnull() | (t.volgend - t.laatste > vervolg)))
        return self.maatregelen.op(klaar, klaar.slot, persoon=("gebied", "episode"))

    def per_periode(self, tabel: Table, dag: ibis.Value) -> Table:
        """Episodes × the period in which `dag` falls; stored."""
        return self.bron.op_dag(tabel, dag).select(*ASSEN, "maatregel", "episode").cache()

    @cached_property
    def cohort(self) -> Table:
        """New episodes of the years up to the end of each period, with `t`: days to their end or the peildatum."""
        t = self.bron.cohort(self.plaatsingen, self.plaatsingen.begin)
        return t.select(*ASSEN, "maatregel", "episode", "loopt", t=t.gezien_tot - t.eiland + 1).cache()


def verblijf(bron: Bron) -> list[Indicator]:
    """The indicators of this family. Gemeenten that gave no maatregelen have no figure of forced placements."""
    v = Verblijf(bron)
    nieuw, thuis = v.per_periode(v.plaatsingen, v.plaatsingen.begin), v.per_periode(v.thuis, v.thuis.slot)
    tellingen = (
        (JEUGDIGEN, v.in_periode, "persoon_nr", cijfers.telling_stand, None),
        (
            GEDWONGEN,
            v.gedwongen,
            "persoon_nr",
            cijfers.telling_stand,
            bron.rooster.beperkt(v.maatregelen.gemeenten),
        ),
        (NIEUW, nieuw, "episode", cijfers.telling_stroom, None),
        (NAAR_HUIS, thuis, "episode", cijfers.telling_stroom, None),
    )
    km = {"aantal": v.cohort.episode.nunique(), "einden": v.cohort.episode.nunique(where=~v.cohort.loopt)}
    return [
        *(Indicator(naam, t, {"n": t[wie].nunique()}, soort, rooster=r) for naam, t, wie, soort, r in tellingen),
        Indicator(DUUR_KM, v.cohort, km, kaplan_meier, per_dag=True),
    ]
