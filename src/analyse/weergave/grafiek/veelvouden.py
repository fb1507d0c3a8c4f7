"""Small multiples: the same little line chart per gebied or group, on one scale, in the order of the frame.

Plain subplots: seaborn's relplot draws the same sixteen panels six times slower.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analyse.params import Breuk
from analyse.weergave import opmaak, palet
from analyse.weergave.grafiek import assen, beschrijving, noten
from analyse.weergave.grafiek.gegevens import Reeks, gereed, reeksen
from analyse.weergave.grafiek.stijl import Stijl
from analyse.weergave.grafiek.uitkomst import Grafiek
from analyse.weergave.thema import BREEDTE, KLEIN, PUNT, TEKST, tekstbreedte, thema

_PANEEL = 60.0  # height of the plot itself
_VOET = 25.0  # room for the years, and a gap so that a name reads with the panel below it
_TUSSEN = 18.0
_REGEL = 11.0


def kleine_veelvouden(
    data: pd.DataFrame,
    *,
    eenheid: str,
    breuken: Sequence[Breuk] = (),
    kolommen: int = 3,
    accent: str | None = None,
) -> Grafiek:
    """One small line chart per `paneel`; columns `paneel, periode, waarde` and when there `status`.

    All panels share the value axis, from zero. `accent` is the panel in colour (others grey).
    """
    rijen = gereed(data, ("paneel", "periode", "waarde"), grafiek="kleine_veelvouden")
    panelen = reeksen(rijen, "paneel")
    getoond = assen.breuken_binnen(breuken, panelen)
    with thema():
        figuur = _teken(panelen, eenheid, getoond, kolommen=kolommen, accent=accent)
    return Grafiek(
        figuur=figuur,
        tabel=opmaak.breed(rijen, kolommen="paneel", eenheid=eenheid),
        alt=beschrijving.lijnen(panelen, eenheid, soort="Kleine lijngrafieken op één schaal"),
        noten=(*noten.bij_lijnen(rijen), *noten.bij_breuken(getoond)),
    )


def _teken(
    panelen: list[Reeks], eenheid: str, breuken: Sequence[Breuk], *, kolommen: int, accent: str | None
) -> Figure:
    alle = np.concatenate([reeks.waarden for reeks in panelen])
    hoogste = float(np.nanmax(alle)) if not np.isnan(alle).all() else float("nan")
    links = assen.as_breedte(eenheid, hoogste)
    breed = (BREEDTE - links - _TUSSEN * (kolommen - 1) - 10) / kolommen
    koppen = [_kop(reeks, eenheid, breed) for reeks in panelen]
    kop = 6 + _REGEL * (1 + max(naam.count("\n") for naam, _ in koppen))
    rij_hoogte = _PANEEL + kop + _VOET
    hoogte = math.ceil(len(panelen) / kolommen) * rij_hoogte
    figuur = Figure(figsize=(BREEDTE * PUNT, hoogte * PUNT))
    for i, (reeks, opschriften) in enumerate(zip(panelen, koppen, strict=True)):
        rij, kolom = divmod(i, kolommen)
        hoek = ((links + kolom * (breed + _TUSSEN)) / BREEDTE, 1 - ((rij + 1) * rij_hoogte - _VOET) / hoogte)
        as_ = assen.vak(figuur, (*hoek, breed / BREEDTE, _PANEEL / hoogte))
        assen.kleine_waarde_as(as_, eenheid, hoogste, opschriften=kolom == 0)
        assen.tijd_as(as_, panelen, randen=True)
        assen.teken_breuken(as_, breuken, namen=False)
        _teken_kop(as_, *opschriften)
        _teken_reeks(as_, reeks, palet.ACCENT if accent in (None, reeks.naam) else palet.VERGELIJKING)
    return figuur


def _kop(reeks: Reeks, eenheid: str, breedte: float) -> tuple[str, str]:
    """Name and last value of a panel, that fit beside each other above it."""
    i = reeks.laatste
    if i is None:
        return _naam(reeks.naam, breedte), ""
    waarde = opmaak.cel(reeks.waarden[i], eenheid, "voorlopig" if reeks.voorlopig[i] else "definitief")
    return _naam(reeks.naam, breedte - tekstbreedte(waarde, TEKST) - 6), waarde


def _teken_kop(as_: Axes, naam: str, waarde: str) -> None:
    # One line stands on its baseline, so that a letter with a tail doesn't lift the name beside its neighbours.
    stand, hoog = ("bottom", 5) if "\n" in naam else ("baseline", 8)
    boven: dict[str, Any] = {"transform": as_.transAxes, "va": stand, "linespacing": assen.REGELAFSTAND}
    as_.text(0, 1 + hoog / _PANEEL, naam, **boven)
    if waarde:
        as_.text(1, 1 + hoog / _PANEEL, waarde, ha="right", **boven)


def _naam(naam: str, breedte: float) -> str:
    """A panel title that fits the panel; a double name may also break behind its slash."""
    if tekstbreedte(naam, TEKST) <= breedte:
        return naam
    tekens = max(8, int(len(naam) * breedte / tekstbreedte(naam, TEKST)))
    return assen.afbreken(naam.replace("/", "/ "), tekens).replace("/ ", "/")


def _teken_reeks(as_: Axes, reeks: Reeks, kleur: str) -> None:
    stijl = Stijl(kleur, "o", "-", 1.8)
    as_.plot(reeks.x, reeks.waarden, color=kleur, linewidth=stijl.dikte, zorder=3)
    for i in np.flatnonzero(~np.isnan(reeks.waarden)):
        if reeks.voorlopig[i] or i == reeks.laatste or _alleen(reeks.waarden, int(i)):
            vulling = palet.WIT if reeks.voorlopig[i] else kleur
            stijl.punten(as_, [reeks.x[i]], [reeks.waarden[i]], vulling=vulling)
    if reeks.laatste is None:
        as_.text(0.5, 0.5, "geen cijfers", transform=as_.transAxes, ha="center", fontsize=KLEIN)


def _alleen(waarden: np.ndarray, i: int) -> bool:
    """Whether a point has no neighbour to draw a line to."""
    buren = [waarden[j] for j in (i - 1, i + 1) if 0 <= j < len(waarden)]
    return bool(np.isnan(buren).all())
