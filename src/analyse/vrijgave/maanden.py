"""Release of euros per month of delivery: which gebieden may show the months of a half-year.

A gate of its own and not the large one: as periods of every figure months would be most of what is published. The
rules are those for amounts (`euro`) on every month, and a least number of jeugdigen behind it. Only the newest two
years, and all months of a half-year or none, beside the amount of that half-year only: so no month follows by
subtraction. What the region has more than the gemeenten that show a month must itself pass, and leave every month
that may not be shown the room that the rules ask for; where it doesn't, the smallest gemeente is hidden along.
Simplest design that can be proved; the price is that one thin month hides six.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analyse.kern import codes
from analyse.kern.periode import Periode
from analyse.kern.schema import RESULTAAT
from analyse.params import Drempels
from analyse.vrijgave.cellen import splitsing_van
from analyse.vrijgave.euro import beschermingsniveaus

BEDRAG, VERWACHT = "uitgaven.maand", "uitgaven.maand_verwacht"
STAP = 1000.0  # euro
HALFJAREN = 4  # shown, the newest ones
_HALFJAAR = "uitgaven.bedrag"
_ZICHTBAAR = ("definitief", "voorlopig")
Plek = tuple[str, str]  # gebied and half-year
Masker = NDArray[np.bool_]


def geef_maanden_vrij(
    tabellen: dict[str, pd.DataFrame], halfjaren: pd.DataFrame, drempels: Drempels
) -> pd.DataFrame:
    """Rows of the result table per month: `BEDRAG` and `VERWACHT`, rounded, and hidden where they may not be seen.

    Args: `tabellen` as `meten.maandtabellen` gives them; `halfjaren` is the released result table.
    """
    maanden = _met_half(tabellen["maanden"], halfjaren)
    getoond = _getoond(halfjaren)
    poort = _Poort.van(tabellen, drempels)
    toon: set[Plek] = set()
    for half in sorted(set(maanden["half"])):
        toon |= {(gebied, half) for gebied in poort.vrij(half, {g for g, h in getoond if h == half})}
    mag = [plek in toon for plek in zip(maanden["gebied"], maanden["half"], strict=True)]
    return _als_rijen(maanden, np.array(mag, dtype=bool), stap=STAP)


def onbeschermd(maanden: pd.DataFrame, halfjaren: pd.DataFrame) -> pd.DataFrame:
    """The same rows, exact and complete. INTERN."""
    met_half = _met_half(maanden, halfjaren)
    return _als_rijen(met_half, np.ones(len(met_half), dtype=bool), stap=0.0)


def _met_half(maanden: pd.DataFrame, halfjaren: pd.DataFrame) -> pd.DataFrame:
    """With the half-year of each month, and whether that is provisional."""
    rijen = _bedragen(halfjaren)
    voorlopig = set(_plekken(rijen[rijen["status"].eq("voorlopig")]))
    met = maanden.assign(half=_half(maanden["periode"]))
    met = met[met["half"].isin(sorted(set(met["half"]))[-HALFJAREN:])]
    return met.assign(
        voorlopig=[plek in voorlopig for plek in zip(met["gebied"], met["half"], strict=True)]
    ).reset_index(drop=True)


def _als_rijen(maanden: pd.DataFrame, mag: Masker, *, stap: float) -> pd.DataFrame:
    """Months as rows of the result table; hidden where not `mag`, in steps of `stap` euro (0: exact)."""
    leeg = pd.Series(np.nan, index=maanden.index)
    bedrag = maanden.assign(
        indicator=BEDRAG, waarde=maanden["bedrag"], onder=leeg, boven=leeg, methode="toegekend"
    )
    # Nothing was declared yet of an estimated month: an amount of 0 would read as no help.
    bedrag["waarde"] = bedrag["waarde"].mask(maanden["geschat"].eq(1) & maanden["bedrag"].eq(0))
    verwacht = maanden.assign(indicator=VERWACHT, waarde=maanden["verwacht"], methode="afloop_mack")
    samen = pd.concat([bedrag, verwacht], ignore_index=True)
    weg = np.concatenate([~mag, ~mag])
    for naam in ("waarde", "onder", "boven"):
        samen[naam] = (np.floor(samen[naam] / stap + 0.5) * stap if stap else samen[naam]).mask(weg)
    gewoon = np.where(samen["voorlopig"], "voorlopig", "definitief")
    status = np.where(weg, "verborgen", np.where(samen["waarde"].isna(), "geen_waarneming", gewoon))
    dims = dict.fromkeys(codes.DIMENSIES, codes.TOTAAL)
    uit = samen.assign(teller=np.nan, noemer=np.nan, eenheid="euro", status=status, **dims)
    return uit.sort_values(["indicator", "gebied", "periode"], ignore_index=True)[list(RESULTAAT)]


def _half(periodes: pd.Series) -> list[str]:
    return [str(Periode.halfjaar_van(Periode.lees(str(periode)).begin)) for periode in periodes]


def _bedragen(halfjaren: pd.DataFrame) -> pd.DataFrame:
    return halfjaren[halfjaren["indicator"].eq(_HALFJAAR) & (splitsing_van(halfjaren) == 0)]


def _getoond(halfjaren: pd.DataFrame) -> set[Plek]:
    rijen = _bedragen(halfjaren)
    return set(_plekken(rijen[rijen["status"].isin(_ZICHTBAAR)]))


def _plekken(rijen: pd.DataFrame) -> list[Plek]:
    return list(zip(rijen["gebied"].astype(str), rijen["periode"].astype(str), strict=True))


@dataclass(frozen=True)
class _Poort:
    """Contributions per gemeente and month, by half-year. INTERN.

    `bijdragen`: gemeente, periode, half, aanbieder, euro (by size: who got money back contributes too).
    """

    bijdragen: pd.DataFrame
    jeugdigen: dict[Plek, float]
    drempels: Drempels

    @classmethod
    def van(cls, tabellen: dict[str, pd.DataFrame], drempels: Drempels) -> _Poort:
        """From the tables of the months."""
        som = tabellen["delen"].groupby(["gemeente", "periode", "aanbieder"], as_index=False)["bedrag"].sum()
        bijdragen = som.assign(half=_half(som["periode"]), euro=som["bedrag"].abs())
        j = tabellen["jeugdigen"]
        return cls(bijdragen, dict(zip(_plekken(j), j["aantal"].astype(float), strict=True)), drempels)

    def vrij(self, half: str, getoond: Collection[str]) -> set[str]:
        """The gebieden that show the months of a half-year, of those that show its amount."""
        eigen = self.bijdragen[self.bijdragen["half"].eq(half)]
        alle = set(eigen["gemeente"])
        toon = {g for g in alle & set(getoond) if self._goed({g}, eigen)}
        if codes.REGIO not in getoond or not self._goed(alle, eigen):
            return toon
        op_grootte = eigen.groupby("gemeente")["euro"].sum().sort_values(kind="stable").index
        for gemeente in ("", *(g for g in op_grootte if g in toon)):
            toon -= {gemeente}
            if self._rest_goed(alle - toon, eigen, bekend=set(getoond)):
                return toon | {codes.REGIO}
        return toon

    def _goed(self, wie: set[str], eigen: pd.DataFrame) -> bool:
        """Whether these gemeenten together may show each of their months."""
        deel = eigen[eigen["gemeente"].isin(wie)]
        genoeg = all(self._aantal(wie, str(maand)) >= self.drempels.minimum for maand in set(deel["periode"]))
        return genoeg and bool((self._niveaus(deel) <= 0).all())

    def _aantal(self, wie: set[str], maand: str) -> float:
        """At least so many jeugdigen are behind a month of these gemeenten: who is in two of them counts once."""
        regio = self.jeugdigen.get((codes.REGIO, maand), 0.0)
        anderen = {g for g, m in self.jeugdigen if m == maand and g not in wie and g != codes.REGIO}
        los = max((self.jeugdigen.get((g, maand), 0.0) for g in wie), default=0.0)
        return max(los, regio - sum(self.jeugdigen[(g, maand)] for g in anderen))

    def _niveaus(self, deel: pd.DataFrame) -> pd.Series:
        """Per month the protection level that the rules ask for."""
        per = deel.groupby(["aanbieder", "periode"])["euro"].sum().unstack(fill_value=0)
        return pd.Series(beschermingsniveaus(per.to_numpy(), self.drempels), index=per.columns)

    def _rest_goed(self, dicht: set[str], eigen: pd.DataFrame, *, bekend: set[str]) -> bool:
        """Whether what the region has more than the months that are shown may be known."""
        if not dicht:
            return True
        rest = eigen[eigen["gemeente"].isin(dicht)]
        return self._goed(dicht, eigen) and all(self._ruimte(g, rest, bekend) for g in sorted(dicht))

    def _ruimte(self, gemeente: str, rest: pd.DataFrame, bekend: set[str]) -> bool:
        """Whether every month of a hidden gemeente that fails the rules keeps the interval that they ask for.

        An attacker knows the sum of the hidden gemeenten per month, and of who shows its half-year that sum too.
        """
        eigen = rest[rest["gemeente"].eq(gemeente)]
        niveau = self._niveaus(eigen)
        samen = rest.groupby("periode")["euro"].sum().reindex(niveau.index)
        totaal = eigen["euro"].sum() if gemeente in bekend else np.inf
        anderen = rest["euro"].sum() - eigen["euro"].sum()
        breed = np.minimum(totaal, samen) - np.maximum(0.0, samen - anderen)
        return bool((breed >= 2 * niveau)[niveau > 0].all())
