"""The gate for effects: what a report may say about a measure, without a count of children that could be undone.

The rules, and why they hold even against somebody who knows everything else:

* An effect is a ratio of a count to an expectation. It is rounded to steps so wide that one step is at least
  `beschermingsinterval` cases; who knows the expectation exactly learns the count no better than that, and so no
  hidden half-year within it either. Limits follow from the *rounded* effect, or three roundings are finer.
* The course is an index per half-year, never per quarter: quarters would refine the half-years that are published.
  It is computed from counts that are rounded first, as the gate of half-years rounds them, so it is a function of
  what may be known anyway and of the movement of hundreds of donors. A half-year is left out when one of its
  gemeenten has a count, or a rest of anything larger, below the minimum, or a figure around it that is hidden.
* One measure per gemeente and indicator gets a course: two nested target groups could be subtracted.
* P-values and numbers of checks stay inside: a permutation rank is a very fine ruler. Only verdicts leave.
* Quick wins leave as one total per measure over all gemeenten and time, rounded; euros follow from rounded counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from analyse.kern import codes
from analyse.kern.effecten import Effectmeting, Effectvrijgave, met_euros, per_halfjaar
from analyse.kern.resultaat import Vrijgave
from analyse.params import Drempels
from analyse.vrijgave.uitvoer import rond_af

STAPPEN = (1, 2, 5, 10, 20)
KLEIN = "De aantallen zijn te klein om een grafiek te laten zien."
BEZET = "Bij een andere maatregel in dezelfde gemeente staat al een grafiek; twee zouden samen te veel laten zien."
INTERN = "Zonder gemeenten buiten de regio als vergelijking staat er geen grafiek in dit rapport."
_UITKOMST = ("effect", "onder", "boven", "kleinste")


def geef_effecten_vrij(meting: Effectmeting, *, vrijgave: Vrijgave, drempels: Drempels) -> Effectvrijgave:
    """Release the effects of all measures beside the half-year figures that are (or are not) in `vrijgave`."""
    poort = _Poort(meting, vrijgave, drempels)
    return Effectvrijgave(
        {
            "maatregelen": poort.maatregelen,
            "gemeenten": meting["gemeenten"],
            "controles": meting["controles"],
            "verloop": pd.concat([pd.DataFrame(), *poort.verlopen.values()], ignore_index=True),
            "geld": poort.geld,
            "aannames": meting["aannames"],
            "quickwins": poort.quickwins,
        }
    )


@dataclass(frozen=True, eq=False)
class _Poort:
    meting: Effectmeting
    vrijgave: Vrijgave
    drempels: Drempels

    @cached_property
    def maatregelen(self) -> pd.DataFrame:
        """One row per measure and indicator, rounded."""
        tabel = self.meting["maatregelen"]
        afgerond = [self._afgerond({str(k): v for k, v in rij.items()}) for rij in tabel.to_dict("records")]
        rond = pd.DataFrame(afgerond, index=tabel.index, columns=[*_UITKOMST, "stap"])
        zonder = [
            self.zonder_grafiek.get(sleutel, "")
            for sleutel in zip(tabel["maatregel"], tabel["indicator"], strict=True)
        ]
        return tabel.drop(columns=list(_UITKOMST)).assign(**rond, zonder_grafiek=zonder)

    def _afgerond(self, rij: dict[str, Any]) -> dict[str, Any]:
        """Effect, limits and smallest effect of one measure; NaN where nothing may be said."""
        leeg = dict.fromkeys((*_UITKOMST, "stap"), np.nan)
        if rij["eenheid"] == "dagen":
            genoeg = rij["groep"] >= self.drempels.minimum_maat
            return {**leeg, **_hele_dagen(rij), "stap": 1.0} if genoeg else leeg
        stap = self._stap(rij["basis"])
        kleinste = float(rij["kleinste"])
        if not np.isfinite(stap):
            # Nothing counted after the start is in it: said in coarse steps.
            return {**leeg, "kleinste": _omhoog(kleinste, STAPPEN[-2])}
        return {**_op_stap(rij["effect"], rij["marge"], stap), "kleinste": _omhoog(kleinste, stap), "stap": stap}

    def _stap(self, basis: float) -> float:
        """The finest step in percent that is worth at least the protection interval in cases; NaN without one."""
        if not basis >= self.drempels.minimum:
            return float("nan")
        breed = [stap for stap in STAPPEN if stap / 100 * basis >= self.drempels.beschermingsinterval]
        return float(breed[0]) if breed else float("nan")

    # The course

    @cached_property
    def verlopen(self) -> dict[tuple[str, str], pd.DataFrame]:
        """The released course per measure and indicator, in order of the register."""
        return {sleutel: tabel for sleutel, tabel, _ in self._gemaakt if len(tabel)}

    @cached_property
    def zonder_grafiek(self) -> dict[tuple[str, str], str]:
        """Why a measure with an estimate has no course."""
        return {sleutel: reden for sleutel, tabel, reden in self._gemaakt if not len(tabel)}

    @cached_property
    def _gemaakt(self) -> list[tuple[tuple[str, str], pd.DataFrame, str]]:
        return list(self._maak())

    def _maak(self) -> Iterator[tuple[tuple[str, str], pd.DataFrame, str]]:
        bezet: set[tuple[str, str]] = set()
        for (maatregel, indicator), verloop in self.meting["verloop"].groupby(
            ["maatregel", "indicator"], sort=False
        ):
            sleutel = (str(maatregel), str(indicator))
            gemeenten = self._van(self.meting["gemeenten"], maatregel=sleutel[0])["gemeente"]
            plekken = {(str(gemeente), sleutel[1]) for gemeente in gemeenten}
            rij = self._van(self.meting["maatregelen"], maatregel=sleutel[0], indicator=sleutel[1]).iloc[0]
            reden = INTERN if rij["soort"] != "donoren" else BEZET if plekken & bezet else KLEIN
            tabel = pd.DataFrame() if reden != KLEIN else self._index(sleutel, verloop)
            bezet |= plekken if len(tabel) else set()
            yield sleutel, tabel, reden

    @staticmethod
    def _van(tabel: pd.DataFrame, **waarden: str) -> pd.DataFrame:
        for kolom, waarde in waarden.items():
            tabel = tabel[tabel[kolom].eq(waarde)]
        return tabel

    def _index(self, sleutel: tuple[str, str], verloop: pd.DataFrame) -> pd.DataFrame:
        """The index per half-year; empty when the year before the start or most half-years may not be seen."""
        half = per_halfjaar(verloop)
        aantal = self._aantallen(*sleutel).reindex(half.index)
        voor = half.index[~half["na"] & half["verwacht_na"].eq(0)]
        basis = float(aantal.reindex(voor[-2:]).mean()) if len(voor) >= 2 else float("nan")
        if np.isnan(basis) or aantal.reindex(voor[-2:]).isna().any() or aantal.notna().mean() < 0.5:
            return pd.DataFrame()
        # The level of the expectation from rounded counts too: where one is hidden, it is left out on both sides.
        gezien = [periode for periode in voor if pd.notna(aantal[periode])]
        niveau = float(aantal[gezien].sum()) / float(half.loc[gezien, "verwacht"].sum()) / basis
        lijnen = {naam: half[naam] * niveau for naam in ("verwacht", "onder", "boven")}
        index = pd.DataFrame({"werkelijk": aantal / basis, **lijnen})
        rond = index.mul(100).round().assign(na=half["na"])
        return rond.rename_axis("periode").reset_index().assign(maatregel=sleutel[0], indicator=sleutel[1])

    def _aantallen(self, maatregel: str, indicator: str) -> pd.Series:
        """Rounded counts per half-year over the gemeenten of a measure; NaN where one may not be seen."""
        cellen = self._van(self.meting["halfjaren"], maatregel=maatregel, indicator=indicator)
        aantal, rest = cellen["aantal"].astype(float), cellen["rest"].astype(float)
        klein = aantal.lt(self.drempels.minimum) | rest.lt(self.drempels.minimum)
        weg = verborgen(self.vrijgave, indicator, self._van(self.meting["doelgroepen"], maatregel=maatregel))
        dicht = [plek in weg for plek in zip(cellen["gemeente"], cellen["periode"], strict=True)]
        zichtbaar = self._rond(aantal).mask(klein | np.array(dicht, dtype=bool))
        return zichtbaar.groupby(cellen["periode"]).sum(skipna=False)

    def _rond(self, aantal: pd.Series) -> pd.Series:
        return pd.Series(
            rond_af(np.asarray(aantal, dtype=np.float64), self.drempels.afronding), index=aantal.index
        )

    # Money and registrations

    @cached_property
    def geld(self) -> pd.DataFrame:
        """Euros per year; realised ones from the rounded effect and rounded expectations."""
        eerste = {rij["maatregel"]: rij for rij in reversed(self.maatregelen.to_dict("records"))}
        delen = [
            met_euros(
                jaren.assign(gevallen=self._rond(jaren["gevallen"])),
                *(float(eerste[naam][maat]) for maat in ("effect", "onder", "boven")),
            )
            for naam, jaren in self.meting["geld"].groupby("maatregel", sort=False)
        ]
        return pd.concat([pd.DataFrame(), *delen], ignore_index=True)

    @cached_property
    def quickwins(self) -> pd.DataFrame:
        """One total per measure and source; a count below the minimum is empty, and what follows from it too."""
        tabel = self.meting["quickwins"]
        uit = tabel.copy()
        for naam in ("gezinnen", "reacties", "keer_vermeden"):
            uit[naam] = self._rond(tabel[naam]).mask(tabel[naam].lt(self.drempels.minimum))
        # Families that didn't answer, and care that wasn't avoided, are counts as well.
        for deel, geheel in (("reacties", "gezinnen"), ("keer_vermeden", "reacties")):
            rest = tabel[geheel] - tabel[deel]
            uit[deel] = uit[deel].mask(rest.gt(0) & rest.lt(self.drempels.minimum))
        per_keer = (
            np.floor(tabel["bovengrens"].astype(float) / tabel["keer_vermeden"].astype(float) / 100 + 0.5) * 100
        )
        return uit.assign(bovengrens=uit["keer_vermeden"].astype(float) * per_keer)


def verborgen(vrijgave: Vrijgave, indicator: str, doelgroep: pd.DataFrame) -> set[tuple[str, str]]:
    """The (gemeente, half-year) in which the half-year gate hides a figure that the target group is a part of.

    `doelgroep`: dimensie, code. Figures of categories outside the target group can't be made from it.
    """
    tabel = vrijgave.tabel[vrijgave.tabel["indicator"].eq(indicator) & vrijgave.tabel["status"].eq("verborgen")]
    for dimensie in codes.DIMENSIES:
        binnen = doelgroep.loc[doelgroep["dimensie"].eq(dimensie), "code"]
        tabel = tabel[tabel[dimensie].isin([codes.TOTAAL, *binnen])]
    return set(zip(tabel["gebied"], tabel["periode"], strict=True))


def _hele_dagen(rij: dict[str, Any]) -> dict[str, Any]:
    return {naam: float(np.floor(rij[naam] + 0.5)) for naam in ("effect", "onder", "boven")}


def _op_stap(effect: float, marge: float, stap: float) -> dict[str, Any]:
    """An effect in whole steps of percent, with limits that follow from it and are rounded outward."""
    rond = max(float(np.floor(effect / stap + 0.5)) * stap, -100.0)
    midden = np.log1p(max(rond, -99.0) / 100)
    onder, boven = (100 * np.expm1(midden + kant * marge) / stap for kant in (-1, 1))
    return {"effect": rond, "onder": float(np.floor(onder) * stap), "boven": float(np.ceil(boven) * stap)}


def _omhoog(kleinste: float, stap: float) -> float:
    return float(np.ceil(kleinste / stap) * stap) if np.isfinite(kleinste) else kleinste
