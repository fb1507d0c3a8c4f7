"""Figures that follow from others and are shown with them: estimates, parts of a change, indices, averages.

No count of their own, so there is nothing to hide by subtraction. Shown exactly where all that they are made of is
shown, and rounded until they tell nothing finer than that does. The region only where no gemeente hides the
figure (unless it doesn't add up, or the hidden ones together would pass): else the region less the others would
give it, by a road that the tables of the gate don't see.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from analyse.kern import codes
from analyse.kern.periode import Periode
from analyse.kern.resultaat import orden
from analyse.kern.schema import MATEN, SLEUTEL
from analyse.params import Drempels
from analyse.vrijgave.cellen import bits, splitsing_van
from analyse.vrijgave.euro import beschermingsniveaus
from analyse.vrijgave.families import Afgeleid, Families

_ZICHTBAAR = ("definitief", "voorlopig")
_PLEK = ["gebied", "periode"]
Plek = tuple[str, str]
REGEL = "secundair"


def voeg_toe(
    vrij: pd.DataFrame, echt: pd.DataFrame, meting: pd.DataFrame, *, families: Families, drempels: Drempels
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Released rows with those that follow from them, and the rows that stay hidden with their rule.

    `vrij`: the released figures; `echt`: the rows to publish, as measured; `meting`: how many units are behind
    them.
    """
    delen, weg = [vrij], []
    for naam, eigen in echt[echt["indicator"].isin(families.afgeleid)].groupby("indicator", sort=True):
        regel = families.afgeleid[str(naam)]
        achter = _Achter(meting, regel, drempels)
        toon = _bij(eigen, vrij, regel) & (achter.genoeg(eigen) | eigen["waarde"].eq(0))
        telt = eigen["status"].isin(_ZICHTBAAR)
        if not regel.regio_los:
            weg_uit = eigen[telt & ~toon & eigen["gebied"].ne(codes.REGIO)]
            dicht = {p for p, deel in weg_uit.groupby("periode") if not achter.rest_genoeg(deel)}
            toon &= ~(eigen["gebied"].eq(codes.REGIO) & eigen["periode"].isin(dicht))
        delen.append(_rond(eigen, regel).where(toon | ~telt, _leeg(eigen)))
        weg.append(eigen.loc[telt & ~toon, [*SLEUTEL, "teller", "noemer", "waarde"]].assign(regel=REGEL))
    if not weg:
        return vrij, pd.DataFrame(columns=[*SLEUTEL, "teller", "noemer", "waarde", "regel"])
    return orden(pd.concat(delen, ignore_index=True)), pd.concat(weg, ignore_index=True)


def _bij(eigen: pd.DataFrame, vrij: pd.DataFrame, regel: Afgeleid) -> pd.Series:
    """Per row whether all that it is made of is shown, also in the half-years before that it needs."""
    goed = pd.Series(True, index=eigen.index)
    for bron in regel.bij:
        zichtbaar = _zichtbaar(vrij, bron)
        for terug in regel.halfjaren:
            plekken = [(gebied, _terug(periode, terug)) for gebied, periode in _plekken(eigen)]
            goed &= pd.Series([plek in zichtbaar for plek in plekken], index=eigen.index, dtype=bool)
    return goed


@dataclass(frozen=True)
class _Achter:
    """Who is behind the figures of one rule: units per gebied and period, and what each aanbieder adds. INTERN."""

    meting: pd.DataFrame
    regel: Afgeleid
    drempels: Drempels

    def genoeg(self, eigen: pd.DataFrame) -> pd.Series:
        """Per row whether it is of enough units and of no few aanbieders."""
        goed = [self._past([plek]) for plek in _plekken(eigen)]
        return pd.Series(goed, index=eigen.index, dtype=bool)

    def rest_genoeg(self, verborgen: pd.DataFrame) -> bool:
        """Whether hidden gemeenten of one period may be known together, as what the region has more."""
        return self.regel.rest and self._past(_plekken(verborgen))

    def _past(self, plekken: list[Plek]) -> bool:
        """Whether the figure of these gebieden together would pass."""
        return self._eenheden(plekken) and (not self.regel.bijdragen or self._niveau(plekken) <= 0)

    def _eenheden(self, plekken: list[Plek]) -> bool:
        eis = self.regel.eenheden
        if eis is None:
            return True
        aantallen = [self._aantal.get(plek, np.nan) for plek in plekken]
        return bool(np.sum(aantallen) >= max(self.drempels.minimum, eis.minstens))

    @cached_property
    def _aantal(self) -> dict[Plek, float]:
        assert self.regel.eenheden is not None
        bron = self.meting[self.meting["indicator"].eq(self.regel.eenheden.indicator)]
        bron = bron[splitsing_van(bron) == 0]
        return dict(zip(_plekken(bron), bron[self.regel.eenheden.kolom].astype(float), strict=True))

    @cached_property
    def _bijdragen(self) -> pd.DataFrame:
        """Euros by size of every aanbieder (row) in every gebied and period (columns)."""
        bron = self.meting[self.meting["indicator"].eq(self.regel.bijdragen)]
        bron = bron[splitsing_van(bron) == bits(["aanbieder"])]
        return bron.pivot_table(index="aanbieder", columns=_PLEK, values="waarde", aggfunc="sum").abs().fillna(0.0)

    def _niveau(self, plekken: list[Plek]) -> float:
        """The protection level that the rules for amounts ask; none where nobody adds anything."""
        som = self._bijdragen.reindex(columns=pd.MultiIndex.from_tuples(plekken)).sum(axis=1).to_numpy()
        return float(beschermingsniveaus(som[:, None], self.drempels)[0]) if som.any() else 0.0


def _plekken(tabel: pd.DataFrame) -> list[Plek]:
    return list(zip(tabel["gebied"].astype(str), tabel["periode"].astype(str), strict=True))


def _terug(periode: str, halfjaren: int) -> str:
    uit = Periode.lees(periode)
    for _ in range(halfjaren):
        uit = uit.vorige
    return str(uit)


def _zichtbaar(vrij: pd.DataFrame, indicator: str) -> set[tuple[str, str]]:
    """Where the total of a figure is shown."""
    totaal = splitsing_van(vrij) == 0
    return set(_plekken(vrij[totaal & vrij["indicator"].eq(indicator) & vrij["status"].isin(_ZICHTBAAR)]))


def _rond(eigen: pd.DataFrame, regel: Afgeleid) -> pd.DataFrame:
    """The figure to the nearest step, its limits outward; counts behind it aren't told."""
    stap = regel.stap
    grenzen = {"onder": np.floor(eigen["onder"] / stap) * stap, "boven": np.ceil(eigen["boven"] / stap) * stap}
    rond = {"waarde": np.floor(eigen["waarde"] / stap + 0.5) * stap, **grenzen}
    leeg = dict.fromkeys(MATEN, np.nan)
    return eigen.assign(**{**leeg, **{naam: kolom.round(6) for naam, kolom in rond.items()}})


def _leeg(eigen: pd.DataFrame) -> pd.DataFrame:
    return eigen.assign(**dict.fromkeys(MATEN, np.nan), status="verborgen", methode="")
