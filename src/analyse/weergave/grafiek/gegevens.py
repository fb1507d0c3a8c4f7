"""From a long frame to what a chart draws: checked columns, series in order of appearance, gaps as NaN.

The door of this room: frames are checked here once, drawing code trusts them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analyse.kern.fouten import ParameterFout
from analyse.kern.periode import Periode
from analyse.weergave.opmaak import statussen

ZONDER_WAARDE = ("verborgen", "geen_waarneming", "niet_leverbaar")
VOORLOPIG = "voorlopig"


@dataclass(frozen=True)
class Reeks:
    """One line. `waarden`, `onder`, `boven` are float arrays with NaN where nothing may be drawn."""

    naam: str
    perioden: tuple[Periode, ...]
    waarden: np.ndarray
    voorlopig: np.ndarray
    onder: np.ndarray
    boven: np.ndarray

    @property
    def x(self) -> np.ndarray:
        """Middle of every period in decimal years."""
        return np.array([midden(periode) for periode in self.perioden])

    @property
    def laatste(self) -> int | None:
        """Index of the last point that is drawn."""
        getekend = np.flatnonzero(~np.isnan(self.waarden))
        return int(getekend[-1]) if len(getekend) else None


def midden(periode: Periode) -> float:
    """Middle of a period in decimal years: 2025-H1 is 2025.25."""
    eind_maand = periode.eind.month
    return periode.jaar + (periode.begin.month - 1 + eind_maand) / 24


def gereed(data: pd.DataFrame, kolommen: tuple[str, ...], *, grafiek: str) -> pd.DataFrame:
    """A copy with `status`, `onder`, `boven` filled in and no value where none may be shown.

    Raises ParameterFout when a column is missing or there is no row at all.
    """
    ontbreekt = [kolom for kolom in kolommen if kolom not in data.columns]
    if ontbreekt or data.empty:
        raise ParameterFout(
            f"De grafiek '{grafiek}' heeft rijen nodig met de kolommen {', '.join(kolommen)}.",
            ontvangen=f"zonder {', '.join(ontbreekt)}" if ontbreekt else "een lege tabel",
            doe="Geef kolommen een andere naam met rename of assign voor u de grafiek maakt.",
        )
    klaar = data.assign(status=statussen(data))
    for kolom in ("waarde", "onder", "boven"):
        getallen = klaar[kolom] if kolom in klaar.columns else np.nan
        klaar[kolom] = pd.to_numeric(pd.Series(getallen, index=klaar.index)).astype("float64")
        klaar.loc[klaar["status"].isin(ZONDER_WAARDE), kolom] = np.nan
    return klaar


def reeksen(data: pd.DataFrame, naam: str) -> list[Reeks]:
    """The series of a prepared frame, split by column `naam`; points in order of time."""
    return [_reeks(str(sleutel), data[data[naam].eq(sleutel)]) for sleutel in dict.fromkeys(data[naam])]


def _reeks(naam: str, rijen: pd.DataFrame) -> Reeks:
    perioden = [Periode.lees(str(code)) for code in rijen["periode"]]
    volgorde = sorted(range(len(perioden)), key=perioden.__getitem__)
    op_tijd = rijen.iloc[volgorde]
    return Reeks(
        naam,
        tuple(perioden[i] for i in volgorde),
        op_tijd["waarde"].to_numpy(),
        op_tijd["status"].eq(VOORLOPIG).to_numpy(),
        op_tijd["onder"].to_numpy(),
        op_tijd["boven"].to_numpy(),
    )
