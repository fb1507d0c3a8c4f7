"""Release of counts per month: of which gebieden the months may be seen, for a control chart.

A gate of its own and not the large one: seven years of months of every gebied would be most of what is published,
nearly all of it too small to show. All months of a series or none, because a control chart has no gaps, and only
beside the half-years that are shown, so that the months add up to nothing that is hidden.

Why it is safe. (1) A month that shows is at least the minimum. (2) Of one month the region less the gemeenten that
show is the sum of those that don't: these are at least two, and each of their months must keep its protection
interval for who knows that sum, and of every hidden gemeente its half-year when that is shown (both exactly,
though they are printed rounded). For sums over rows and columns those bounds have a closed form: a cell lies
between `max(0, row + column − all)` and `min(row, column)`. (3) Gemeenten show in one order that no edition
changes, that of their inhabitants, the largest first. So of two editions the hidden ones of one are among those of
the other, and together they tell no more than the one that shows most, which was tried. The price: a gemeente with
large counts stays hidden behind a larger one with a small month.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analyse.kern import codes
from analyse.kern.periode import Periode
from analyse.kern.schema import RESULTAAT
from analyse.params import Drempels
from analyse.vrijgave.afronden import rond_af
from analyse.vrijgave.cellen import splitsing_van

Getallen = NDArray[np.float64]
Masker = NDArray[np.bool_]
_ZICHTBAAR = ("definitief", "voorlopig")


def geef_maandtelling_vrij(
    maanden: pd.DataFrame, vrij: pd.DataFrame, volgorde: Sequence[str], drempels: Drempels
) -> pd.DataFrame:
    """The rows that may be seen, rounded; a gebied whose months may not be seen has no rows at all.

    Args:
        maanden: rows of the result table with a month as periode, of the region and its gemeenten, as measured.
        vrij: the released result table, with the half-years. volgorde: gemeenten, most inhabitants first.
    """
    getoond = _getoond(vrij)
    delen = [
        _reeksen(eigen, _Bekend(getoond.get(str(naam), frozenset())), volgorde, drempels)
        for naam, eigen in maanden.groupby("indicator", sort=True)
    ]
    uit = pd.concat([maanden.iloc[:0], *delen], ignore_index=True)
    waarde = rond_af(uit["waarde"].to_numpy(dtype=float), drempels.afronding)
    return uit.assign(waarde=waarde, teller=waarde)[list(RESULTAAT)]


def op_inwoners(bevolking: pd.DataFrame, gemeenten: Sequence[str]) -> list[str]:
    """Gemeenten by their most inhabitants of 0–22 in any year (so that a year more changes little), the largest
    first; equal ones by code."""
    jong = bevolking[bevolking["leeftijd"].eq("0-22") & bevolking["gebied"].isin(list(gemeenten))]
    hoogst = {str(code): float(aantal) for code, aantal in jong.groupby("gebied")["aantal"].max().items()}
    return sorted(gemeenten, key=lambda code: (-hoogst.get(code, 0.0), code))


def _getoond(vrij: pd.DataFrame) -> dict[str, frozenset[tuple[str, str]]]:
    """Per indicator the gebieden and half-years of which the total is shown."""
    totaal = vrij[(splitsing_van(vrij) == 0) & vrij["status"].isin(_ZICHTBAAR) & vrij["waarde"].notna()]
    return {
        str(naam): frozenset(zip(deel["gebied"], deel["periode"], strict=True))
        for naam, deel in totaal.groupby("indicator")
    }


@dataclass(frozen=True)
class _Bekend:
    """The half-years of one indicator that anybody can read."""

    plekken: frozenset[tuple[str, str]]

    def heeft(self, gebied: str, halven: Sequence[str]) -> bool:
        """Whether a gebied shows all of these half-years."""
        return all((gebied, half) in self.plekken for half in halven)


def _reeksen(maanden: pd.DataFrame, bekend: _Bekend, volgorde: Sequence[str], drempels: Drempels) -> pd.DataFrame:
    """The rows of one indicator that may be seen: of the region from some half-year on, and of some gemeenten."""
    tabel = maanden.pivot(index="gebied", columns="periode", values="waarde").sort_index(axis=1)
    if codes.REGIO not in tabel.index:
        return maanden.iloc[:0]
    gemeenten = [g for g in volgorde if g in tabel.index]
    half = [str(Periode.halfjaar_van(Periode.lees(str(maand)).begin)) for maand in tabel.columns]
    vanaf = _vanaf(tabel, half, bekend, drempels)
    tabel, half = tabel.iloc[:, vanaf:], half[vanaf:]
    if not half:
        return maanden.iloc[:0]
    aantal = _hoeveel(tabel, half, gemeenten, (bekend, drempels))
    toon = {codes.REGIO, *gemeenten[:aantal]}
    return maanden[maanden["gebied"].isin(toon) & maanden["periode"].isin(list(tabel.columns))]


def _vanaf(tabel: pd.DataFrame, half: list[str], bekend: _Bekend, drempels: Drempels) -> int:
    """The first month from which on the region may show everything; the number of months when it may not."""
    vanaf = len(half)
    for naam in sorted(set(half), reverse=True):
        plek = [i for i, h in enumerate(half) if h == naam]
        deel = tabel.iloc[:, plek]
        gemeenten = [g for g in tabel.index if g != codes.REGIO]
        goed = bekend.heeft(codes.REGIO, [naam]) and bool((deel.loc[codes.REGIO] >= drempels.minimum).all())
        if not goed or not _veilig(deel, [naam] * len(plek), gemeenten, (bekend, drempels)):
            return vanaf
        vanaf = plek[0]
    return vanaf


def _hoeveel(tabel: pd.DataFrame, half: list[str], gemeenten: list[str], weet: tuple[_Bekend, Drempels]) -> int:
    """How many gemeenten, in this order, may show their months: as many as is safe."""
    bekend, drempels = weet
    halven = sorted(set(half))
    kan = [bool((tabel.loc[g] >= drempels.minimum).all()) and bekend.heeft(g, halven) for g in gemeenten]
    hoogste = kan.index(False) if False in kan else len(kan)
    for aantal in range(hoogste, 0, -1):
        if _veilig(tabel, half, gemeenten[aantal:], weet):
            return aantal
    return 0


def _veilig(tabel: pd.DataFrame, half: list[str], dicht: Sequence[str], weet: tuple[_Bekend, Drempels]) -> bool:
    """Whether the months of the gemeenten that don't show keep their room, half-year by half-year."""
    bekend, drempels = weet
    if len(dicht) < 2:
        return not dicht
    for naam in sorted(set(half)):
        aantal = tabel.loc[list(dicht), [h == naam for h in half]].to_numpy(dtype=float)
        som_bekend = np.array([bekend.heeft(g, [naam]) for g in dicht])
        if not heeft_ruimte(aantal, som_bekend, drempels):
            return False
    return True


def heeft_ruimte(aantal: Getallen, som_bekend: Masker, drempels: Drempels) -> bool:
    """Whether every hidden count keeps its protection interval when all column sums are known, and some row sums.

    `aantal`: hidden gemeenten × months of one half-year. A row whose sum is hidden is taken as a row of at least
    the protection interval and less than the minimum: the large gate leaves it that room.
    """
    rij, kolom = aantal.sum(axis=1), aantal.sum(axis=0)
    telt = ~som_bekend | (rij > 0)
    hoogst = np.where(som_bekend, rij, drempels.beschermingsinterval)[:, None]
    laagst = np.where(som_bekend, rij, drempels.minimum)[:, None]
    breed = np.minimum(hoogst, kolom) - np.maximum(0.0, laagst + kolom - aantal.sum())
    return bool((breed[telt] >= drempels.beschermingsinterval).all())
