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

from analyse.kern.motor import bewaar
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
        return self.bron.actief(self.bron.verblijf, *ASSEN, "gemeente", "begin", "slot", "dag").pipe(bewaar)

    @cached_property
    def in_periode(self) -> Table:
        """`dagen` with `maatregel` on the person's last day in verblijf of that period."""
        t = self.dagen
        laatste = ibis.least(t.slot, t.dag).max().over(ibis.window(group_by=list(_PER_PERIODE)))
        return self.maatregelen.op(t, laatste, persoon=_PER_PERIODE)

    @cached_property
    def gedwongen(self) -> Table:
        """Verblijf on the last (known) day of the period of persons under a maatregel on that day."""
        t = self.dagen
        t = t.filter((t.begin <= t.dag) & (t.slot >= t.dag) & t.gemeente.isin(self.maatregelen.nummers))
        m = self.maatregelen.perioden
        return t.semi_join(m, [t.persoon_nr == m.wie, t.dag >= m.van, t.dag <= m.tot])

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
        return met_episode.drop("open", "peildatum").pipe(bewaar)

    @cached_property
    def plaatsingen(self) -> Table:
        """Verblijf that opens an episode after enough days without, with `maatregel` on that day; stored."""
        t = self.episoden
        vrij = self.bron.params.regio.rekenregels.verblijf_vrije_dagen
        nieuw = t.filter(t.opent & (t.vorig.isnull() | (t.eiland - t.vorig - 1 >= vrij)))
        return self.maatregelen.op(nieuw, nieuw.begin, persoon=("gebied", "episode")).pipe(bewaar)

    @cached_property
    def thuis(self) -> Table:
        """Verblijf that closes an episode with no other verblijf soon after, with `maatregel` on that day."""
        t = self.episoden
        vervolg = self.bron.params.regio.rekenregels.verblijf_vervolg_dagen
        sluit = ~t.loopt & (dagnummer(t.slot) == t.laatste)
        klaar = t.filter(sluit & (t.volgend.isnull() | (t.volgend - t.laatste > vervolg)))
        return self.maatregelen.op(klaar, klaar.slot, persoon=("gebied", "episode"))

    @cached_property
    def telbaar(self) -> Table:
        """What is counted, of all four counts in one table: `soort` says which, `wie` whom; stored."""
        bron, m = self.bron, plaats("maatregel", "ja")
        houd = (*ASSEN, "maatregel", "episode")
        tabellen = {
            JEUGDIGEN: (self.in_periode, "persoon_nr"),
            GEDWONGEN: (self.gedwongen.mutate(maatregel=ibis.literal(m, type="int8")), "persoon_nr"),
            NIEUW: (bron.op_dag(self.plaatsingen, self.plaatsingen.begin, *houd), "episode"),
            NAAR_HUIS: (bron.op_dag(self.thuis, self.thuis.slot, *houd), "episode"),
        }
        smal = [
            t.select(*ASSEN, "maatregel", wie=t[wie].cast("int64"), soort=ibis.literal(naam))
            for naam, (t, wie) in tabellen.items()
        ]
        return ibis.union(*smal).pipe(bewaar)

    @cached_property
    def cohort(self) -> Table:
        """New episodes of the years up to the end of each period, with `t`: days to their end or the peildatum."""
        eigen = ("maatregel", "episode", "loopt")
        t = self.bron.cohort(self.plaatsingen, self.plaatsingen.begin, *ASSEN, *eigen, "gezien_tot", "eiland")
        return t.select(*ASSEN, *eigen, t=t.gezien_tot - t.eiland + 1).pipe(bewaar)


def verblijf(bron: Bron) -> list[Indicator]:
    """The indicators of this family. Gemeenten that gave no maatregelen have no figure of forced placements."""
    v = Verblijf(bron)
    met_maatregelen = bron.rooster.beperkt(v.maatregelen.gemeenten)
    soorten = (
        (JEUGDIGEN, cijfers.telling_stand, None),
        (GEDWONGEN, cijfers.telling_stand, met_maatregelen),
        (NIEUW, cijfers.telling_stroom, None),
        (NAAR_HUIS, cijfers.telling_stroom, None),
    )
    t, cohort = v.telbaar, v.cohort
    km = {"aantal": cohort.episode.nunique(), "einden": cohort.episode.nunique(where=~cohort.loopt)}
    return [
        *(
            Indicator(naam, t, {"n": t.wie.nunique(where=t.soort == naam)}, reken, rooster=rooster)
            for naam, reken, rooster in soorten
        ),
        Indicator(DUUR_KM, cohort, km, kaplan_meier, per_dag=True),
    ]
