"""Series for effect measurement: counts per gemeente and month of one target group, on the trajecten of Meting.

Half-years can't carry inference, and a measure works on some children only; so this counts the same trajecten
(same merging, same look-back) finer and narrower. Everything here is INTERN: months of one gemeente are small
counts. Trajecten go to pandas once, because a dozen measures each ask for a few thousand of the same rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from functools import cached_property
from itertools import combinations
from typing import Protocol

import ibis
import numpy as np
import pandas as pd
from ibis.expr.types import Table

from analyse.kern import codes
from analyse.kern.basis import Basis
from analyse.kern.fouten import onbekend
from analyse.kern.periode import ONEINDIG
from analyse.meten.bron import Bron, leeftijd
from analyse.meten.rooster import AANBIEDER, GESLOTEN
from analyse.meten.verblijf import Verblijf
from analyse.params import Params

WOONPLAATSBEGINSEL = date(2022, 1, 1)
LEEFTIJD_BEVOLKING = "0-22"
_HUISARTS = "02"
_VERBLIJF = "verblijf.nieuw"
INDICATOREN = (
    "trajecten.instroom",
    "trajecten.herhaald",
    "verwijzingen.aantal",
    "verwijzingen.huisarts_sggz",
    _VERBLIJF,
)
_KOLOMMEN = ("gemeente", "persoon", "begin", "slot", "open", "peildatum", "sggz", "herhaald")


class Doelgroep(Protocol):
    """Whose trajecten count; an empty list (or None) means no limit."""

    @property
    def hulpvorm(self) -> Sequence[str]:
        """Codes of hulpvorm."""

    @property
    def verwijzer(self) -> Sequence[str]:
        """Codes of verwijzer."""

    @property
    def leeftijd(self) -> Sequence[str]:
        """Age groups, in the year of the begin."""

    @property
    def aanbieder(self) -> Sequence[str]:
        """AGB codes."""

    @property
    def sggz(self) -> bool | None:
        """Only specialistische ggz, or only the rest."""


@dataclass(frozen=True, eq=False)
class Reeksen:
    """The begun trajecten of one Basis, and what is counted from them. INTERN."""

    basis: Basis
    params: Params
    bevolking: pd.DataFrame  # gebied, jaar, leeftijd, aantal

    @cached_property
    def _bron(self) -> Bron:
        return Bron(self.basis, self.params)

    @cached_property
    def begonnen(self) -> pd.DataFrame:
        """One row per traject: its days, peildatum, sggz, herhaald, and the codes it can be split by."""
        t = self._bron.trajecten
        return self._leesbaar(t, sggz=t.sggz, herhaald=t.herhaald)

    @cached_property
    def plaatsingen(self) -> pd.DataFrame:
        """One row per traject that opens a new episode of verblijf; `episode` says which."""
        t = Verblijf(self._bron).plaatsingen
        t = t.filter(t.gebied < len(self.params.regio.codes))
        t = t.inner_join(self._bron.gemeenten.drop("code"), "gemeente")
        nee = ibis.literal(False)
        open_ = t.slot == ibis.literal(ONEINDIG, type="date")
        return self._leesbaar(t.mutate(open=open_), sggz=nee, herhaald=nee, episode=t.episode)

    def _leesbaar(self, t: Table, **kolommen: ibis.Value) -> pd.DataFrame:
        """The rows as pandas with codes instead of places."""
        t = t.mutate(persoon=t.persoon_nr, leeftijd=leeftijd(t.begin.year(), t.geboortejaar), **kolommen)
        dimensies = ("hulpvorm", "verwijzer", "leeftijd", AANBIEDER)
        extra = [naam for naam in kolommen if naam not in _KOLOMMEN]
        rijen = t.select(*_KOLOMMEN, *dimensies, *extra).to_pandas()
        lijsten = {**GESLOTEN, AANBIEDER: self._bron.rooster.aanbieders, "gemeente": self.params.regio.codes}
        for naam in ("gemeente", *dimensies):
            rijen[naam] = np.asarray(lijsten[naam], dtype=object)[rijen[naam].to_numpy(dtype=np.intp)]
        for naam in ("begin", "slot", "peildatum"):
            rijen[naam] = pd.to_datetime(rijen[naam].astype(str))
        return rijen.sort_values(["gemeente", "begin", "persoon", AANBIEDER, "hulpvorm"]).reset_index(drop=True)

    def rijen(self, doelgroep: Doelgroep, indicator: str) -> pd.DataFrame:
        """The rows that one indicator counts, within a target group; raises ParameterFout on another indicator."""
        if indicator not in INDICATOREN:
            raise onbekend("Een reeks over deze indicator", indicator, INDICATOREN)
        alle = self.plaatsingen if indicator == _VERBLIJF else self.begonnen
        raak = in_doelgroep(alle, doelgroep)
        if indicator == "trajecten.herhaald":
            raak &= alle["herhaald"].astype(bool)
        if indicator == "verwijzingen.huisarts_sggz":
            raak &= alle["sggz"].astype(bool) & alle["verwijzer"].eq(_HUISARTS)
        rijen = alle[raak]
        return rijen.drop_duplicates(["gemeente", "episode"]) if indicator == _VERBLIJF else rijen

    def maand(self, doelgroep: Doelgroep, indicator: str) -> pd.DataFrame:
        """`gebied, periode (2025-07), aantal, bevolking` for every month that a gemeente has delivered whole.

        Months from the first half-year of the Meting, and until those that count as provisional: late messages
        make their counts too low. A series on verblijf, by indicator or hulpvorm, begins in 2022
        (woonplaatsbeginsel). Gemeenten without usable delivery have no rows.
        """
        rijen = self.rijen(doelgroep, indicator)
        geteld = rijen.groupby(["gemeente", rijen["begin"].dt.strftime("%Y-%m")]).size()
        rooster = pd.DataFrame(
            [
                (g, maand)
                for g, tot in self._tot.items()
                for maand in _maanden(self._van(doelgroep, indicator), tot)
            ],
            columns=["gebied", "periode"],
        )
        sleutel = pd.MultiIndex.from_frame(rooster)
        return rooster.assign(
            aantal=geteld.reindex(sleutel, fill_value=0).to_numpy(dtype="int64"),
            bevolking=[self._inwoners(gebied, int(maand[:4])) for gebied, maand in sleutel],
        )

    @cached_property
    def _tot(self) -> dict[str, date]:
        """Last day per usable gemeente of which counts won't change much any more."""
        rooster = self._bron.rooster
        maanden = pd.DateOffset(months=rooster.voorlopig_maanden)
        return {
            g: (pd.Timestamp(dag) + timedelta(days=1) - maanden).date() for g, dag in rooster.peildatum.items()
        }

    @property
    def indicatoren(self) -> tuple[str, ...]:
        """The indicators that a series can be made of."""
        return INDICATOREN

    def halfjaar(self, doelgroep: Doelgroep, indicator: str) -> pd.DataFrame:
        """`gebied, periode (2025-H1), aantal, rest` per whole half-year; for the gate.

        `rest` is the smallest other part of a larger group that could be published: the counts of the target group
        with one or more of its limits taken away, minus `aantal`. Empty where there is no larger group.
        """
        maanden = self.maand(doelgroep, indicator)
        halven = maanden.assign(periode=_halfjaar(pd.to_datetime(maanden["periode"])))
        heel = halven.groupby(["gebied", "periode"])["aantal"].agg(["sum", "size"])
        heel = heel[heel["size"].eq(6)]
        ruimer = [
            self._per_halfjaar(groep, indicator).reindex(heel.index, fill_value=0) for groep in _ruimer(doelgroep)
        ]
        resten = [groter - heel["sum"] for groter in ruimer if not groter.equals(heel["sum"])]
        rest = pd.concat(resten, axis=1).min(axis=1) if resten else pd.Series(np.nan, index=heel.index)
        return heel.assign(aantal=heel["sum"], rest=rest.astype(float))[["aantal", "rest"]].reset_index()

    def _per_halfjaar(self, doelgroep: Doelgroep, indicator: str) -> pd.Series:
        rijen = self.rijen(doelgroep, indicator)
        return rijen.groupby(["gemeente", _halfjaar(rijen["begin"])]).size()

    def _van(self, doelgroep: Doelgroep, indicator: str) -> date:
        begin = self._bron.rooster.perioden[0].begin
        verblijf = indicator.startswith("verblijf") or bool(set(doelgroep.hulpvorm) & set(codes.VERBLIJF))
        return max(begin, WOONPLAATSBEGINSEL) if verblijf else begin

    @cached_property
    def _bevolking(self) -> dict[str, dict[int, float]]:
        tabel = self.bevolking[self.bevolking["leeftijd"].eq(LEEFTIJD_BEVOLKING)]
        return {
            str(gebied): dict(zip(deel["jaar"].astype(int), deel["aantal"].astype(float), strict=True))
            for gebied, deel in tabel.groupby("gebied")
        }

    def _inwoners(self, gebied: str, jaar: int) -> float:
        """Of that year; where it is missing of the nearest year."""
        bekend = self._bevolking.get(gebied) or {jaar: float("nan")}
        return bekend[min(sorted(bekend), key=lambda ander: abs(ander - jaar))]

    def duur(self, doelgroep: Doelgroep, start: dict[str, date], *, niet: Sequence[str] = ()) -> pd.DataFrame:
        """Trajecten for `effect.schat_duur`: persoon, dagen, geëindigd, na, behandeld.

        Begun in as many days before the start as after it, and watched equally long: those of before until the day
        before the start, because after that they are under the measure as well. Gemeenten outside `start` and
        `niet` are the comparison, from the first start on.
        """
        rijen = self.begonnen[in_doelgroep(self.begonnen, doelgroep)]
        rijen = rijen[~rijen["gemeente"].isin([g for g in niet if g not in start])]
        eerste = min(start.values())
        ingang = pd.to_datetime(rijen["gemeente"].map({g: start.get(g, eerste) for g in self.params.regio.codes}))
        na = rijen["begin"] >= ingang
        tot = rijen["peildatum"].where(na, ingang - pd.Timedelta(days=1))
        lengte = rijen["peildatum"] - ingang
        klaar = rijen["slot"] <= tot
        dagen = (rijen["slot"].where(klaar, tot) - rijen["begin"]).dt.days + 1
        uit = pd.DataFrame(
            {
                "persoon": rijen["persoon"],
                "dagen": dagen,
                "geëindigd": klaar,
                "na": na,
                "behandeld": rijen["gemeente"].isin(list(start)),
            }
        )
        return uit[(rijen["begin"] >= ingang - lengte) & (rijen["begin"] <= tot)].reset_index(drop=True)


def maandreeks(
    basis: Basis, *, params: Params, bevolking: pd.DataFrame, doelgroep: Doelgroep, indicator: str
) -> pd.DataFrame:
    """`Reeksen.maand` for one measure; make a `Reeksen` yourself when there are more. INTERN."""
    return Reeksen(basis, params, bevolking).maand(doelgroep, indicator)


def in_doelgroep(rijen: pd.DataFrame, doelgroep: Doelgroep) -> pd.Series:
    """Which rows belong to a target group."""
    raak = pd.Series(True, index=rijen.index)
    for naam in ("hulpvorm", "verwijzer", "leeftijd", AANBIEDER):
        if gevraagd := list(getattr(doelgroep, naam)):
            raak &= rijen[naam].isin(gevraagd)
    if doelgroep.sggz is not None:
        raak &= rijen["sggz"].astype(bool).eq(doelgroep.sggz)
    return raak


@dataclass(frozen=True)
class _Groep:
    """A target group with limits taken away."""

    hulpvorm: tuple[str, ...] = ()
    verwijzer: tuple[str, ...] = ()
    leeftijd: tuple[str, ...] = ()
    aanbieder: tuple[str, ...] = ()
    sggz: bool | None = None


def _ruimer(doelgroep: Doelgroep) -> Iterator[_Groep]:
    """Every group that keeps only some of the limits of a target group."""
    namen = [veld.name for veld in fields(_Groep) if getattr(doelgroep, veld.name) not in ((), None)]
    for hoeveel in range(len(namen)):
        for houd in combinations(namen, hoeveel):
            yield _Groep(**{naam: getattr(doelgroep, naam) for naam in houd})


def _halfjaar(dagen: pd.Series) -> pd.Series:
    return (dagen.dt.year.astype(str) + "-H" + (1 + (dagen.dt.month > 6).astype(int)).astype(str)).rename(
        "periode"
    )


def _maanden(van: date, tot: date) -> list[str]:
    """Every whole month from `van` up to and without the day `tot`."""
    return [
        f"{maand:%Y-%m}"
        for maand in pd.date_range(van, tot, freq="MS")
        if (maand + pd.DateOffset(months=1)).date() <= tot
    ]
