"""Canvas and axes: fixed margins in points, grid and labels drawn as plain lines and text.

No layout engine (slow, and not the same on every machine) and no matplotlib ticks: five artists per tick were
half of the time that a chart took.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analyse.params import Breuk
from analyse.weergave import opmaak, palet
from analyse.weergave.grafiek.gegevens import Reeks
from analyse.weergave.grafiek.kaal import KaleAs
from analyse.weergave.thema import BREEDTE, KLEIN, PUNT, TEKST, tekstbreedte

Marges = tuple[float, float, float, float]  # links, rechts, boven, onder, in points
REGELAFSTAND = 1.0  # matplotlib's own unit: this is about 1.2 times the text size
_BREUK_REGEL = 12.0
LEEG = "Er zijn geen cijfers om te tonen."


def doek(hoogte: float, marges: Marges) -> tuple[Figure, Axes]:
    """A figure of `hoogte` points with one axes inside the margins."""
    links, rechts, boven, onder = marges
    figuur = Figure(figsize=(BREEDTE * PUNT, hoogte * PUNT))
    breed, hoog = BREEDTE - links - rechts, hoogte - boven - onder
    return figuur, vak(figuur, (links / BREEDTE, onder / hoogte, breed / BREEDTE, hoog / hoogte))


def vak(figuur: Figure, plek: tuple[float, float, float, float]) -> Axes:
    """A bare axes at a place (left, bottom, width, height as shares of the figure)."""
    as_ = figuur.add_axes(plek, axes_class=KaleAs)
    as_.set_axis_off()
    return as_


def afbreken(naam: str, tekens: int) -> str:
    """A name over several lines of at most `tekens` characters."""
    return "\n".join(textwrap.wrap(naam, tekens, break_long_words=False)) or naam


def breedste(teksten: Sequence[str], grootte: float) -> float:
    """Width in points of the widest line among texts."""
    return max((tekstbreedte(regel, grootte) for tekst in teksten for regel in tekst.split("\n")), default=0.0)


def schaal(hoogste: float, *, heel: bool, stappen: int = 4, kleinste: float = 0.0) -> np.ndarray:
    """Round tick values from 0 up to at least `hoogste`, about `stappen` of them.

    All are whole multiples of `kleinste`, the smallest step that a label can show (`heel`: 1).
    """
    kleinste = max(kleinste, float(heel))
    if not math.isfinite(hoogste) or hoogste <= 0:
        return np.array([0.0, kleinste or 1.0])
    ruw = max(hoogste / stappen, kleinste)
    macht = 10.0 ** math.floor(math.log10(ruw * 1.001))
    factoren = (1, 2, 5, 10) if macht < 2 * kleinste else (1, 2, 2.5, 5, 10)
    stap = next(f * macht for f in factoren if f * macht >= ruw * 0.999)
    return np.arange(0, math.ceil(hoogste / stap * 0.999) + 1) * stap


def waarde_as(as_: Axes, eenheid: str, hoogste: float, *, horizontaal: bool = False) -> None:
    """A value axis from zero: grid lines, Dutch numbers and, when it stands upright, a base line."""
    streepjes = _streepjes(eenheid, hoogste)
    _zet_grens(as_, hoogste, streepjes[-1], horizontaal=horizontaal)
    _raster(as_, streepjes, horizontaal=horizontaal)
    for waarde in streepjes:
        opschrift(as_, as_tekst(waarde, eenheid, streepjes[-1]), waarde, horizontaal=horizontaal)


def kleine_waarde_as(as_: Axes, eenheid: str, hoogste: float, *, opschriften: bool) -> None:
    """An upright value axis for a small panel: only zero and the top, in small letters or without any."""
    streepjes = _streepjes(eenheid, hoogste)[[0, -1]]
    _zet_grens(as_, hoogste, streepjes[-1], horizontaal=False)
    _raster(as_, streepjes, horizontaal=False)
    for waarde in streepjes if opschriften else ():
        opschrift(as_, as_tekst(waarde, eenheid, streepjes[-1]), waarde, horizontaal=False, grootte=KLEIN)


def _streepjes(eenheid: str, hoogste: float) -> np.ndarray:
    return schaal(hoogste, heel=eenheid in ("aantal", "dagen", "euro"), kleinste=_kleinste(eenheid, hoogste))


def _kleinste(eenheid: str, hoogste: float) -> float:
    """The smallest step that `as_tekst` can tell apart: rounded labels (0 3 5 8 10) would be wrong."""
    if eenheid == "euro":
        return 1.0 if hoogste <= 8e5 else 1e5 if hoogste <= 2e6 else 1e6
    if eenheid in ("procent", "per_1000"):
        return 0.1 if hoogste <= 2 else 1.0
    return 1.0


def _zet_grens(as_: Axes, hoogste: float, top: float, *, horizontaal: bool) -> None:
    """From zero to the last grid line, or just above the largest value when that reaches it."""
    zet = as_.set_xlim if horizontaal else as_.set_ylim
    zet(0, max(hoogste * 1.04 if math.isfinite(hoogste) else 0, top))


def _raster(as_: Axes, streepjes: np.ndarray, *, horizontaal: bool) -> None:
    stijl: dict[str, Any] = {"color": palet.RASTER, "linewidth": 0.8, "zorder": 0.5}
    if horizontaal:
        as_.vlines(streepjes, 0, 1, transform=as_.get_xaxis_transform(), **stijl)
        return
    as_.hlines(streepjes[1:], 0, 1, transform=as_.get_yaxis_transform(), **stijl)
    as_.hlines([0], 0, 1, transform=as_.get_yaxis_transform(), color=palet.AS, linewidth=1.0, zorder=0.6)


def opschrift(as_: Axes, tekst: str, plek: float, *, horizontaal: bool, grootte: float = TEKST) -> None:
    """A grey label outside the plot: below it at x = `plek`, or left of it at y = `plek`."""
    breed, hoog = maten(as_)
    x, y = (plek, -6 / hoog) if horizontaal else (-5 / breed, plek)
    as_.text(
        x,
        y,
        tekst,
        transform=as_.get_xaxis_transform() if horizontaal else as_.get_yaxis_transform(),
        ha="center" if horizontaal else "right",
        va="top" if horizontaal else "center_baseline",
        fontsize=grootte,
        color=palet.GRIJS_TEKST,
    )


def rijnamen(as_: Axes, namen: Sequence[str], hoogten: Sequence[float]) -> None:
    """Names of rows left of the plot, in ink, over several lines where they are long."""
    breed, _ = maten(as_)
    for naam, y in zip(namen, hoogten, strict=True):
        as_.text(
            -7 / breed,
            y,
            naam,
            transform=as_.get_yaxis_transform(),
            ha="right",
            va="center",
            linespacing=REGELAFSTAND,
        )


def as_tekst(waarde: float, eenheid: str, hoogste: float) -> str:
    """A tick label: `1.234`, `12%`, `€ 2,5 mln`."""
    if eenheid == "procent":
        return opmaak.procent(waarde, 0 if hoogste >= 4 else 1)
    if eenheid == "euro" and hoogste >= 1e6:
        return f"€ {opmaak.getal(waarde / 1e6, 0 if hoogste >= 4e6 else 1)} mln"
    if eenheid == "euro":
        return opmaak.euro(waarde)
    return opmaak.getal(waarde, 0 if hoogste >= 4 or eenheid != "per_1000" else 1)


def as_breedte(eenheid: str, hoogste: float) -> float:
    """Room in points that the tick labels of a vertical value axis need."""
    streepjes = _streepjes(eenheid, hoogste)
    return breedste([as_tekst(w, eenheid, streepjes[-1]) for w in streepjes], TEKST) + 6


def tijd_as(as_: Axes, reeksen: Sequence[Reeks], *, randen: bool = False) -> None:
    """A time axis with one label per year in its middle; with `randen` only the first and the last year."""
    jaren = sorted({periode.jaar for reeks in reeksen for periode in reeks.perioden})
    alle = list(range(jaren[0], jaren[-1] + 1))
    stap = 1 if len(alle) <= 8 else 2
    getoond = [alle[0], alle[-1]] if randen else alle[::-stap]
    as_.set_xlim(alle[0] - 0.02, alle[-1] + 1.02)
    _, hoog = maten(as_)
    grenzen = [*alle, alle[-1] + 1]
    onder = as_.vlines(grenzen, -3 / hoog, 0, transform=as_.get_xaxis_transform(), color=palet.AS, linewidth=0.8)
    onder.set_clip_on(False)
    for jaar in dict.fromkeys(getoond):
        opschrift(as_, str(jaar), jaar + 0.5, horizontaal=True, grootte=KLEIN if randen else TEKST)


def breuken_binnen(breuken: Sequence[Breuk], reeksen: Sequence[Reeks]) -> list[Breuk]:
    """Breaks that fall after the first and before the last period shown."""
    begin = min(reeks.perioden[0].begin for reeks in reeksen)
    eind = max(reeks.perioden[-1].eind for reeks in reeksen)
    return [breuk for breuk in breuken if begin < breuk.datum <= eind]


def op_tijd(breuk: Breuk) -> float:
    """The day of a break in decimal years."""
    return breuk.datum.year + (breuk.datum.timetuple().tm_yday - 1) / 365.25


def breuk_ruimte(breuken: Sequence[Breuk]) -> float:
    """Room in points above the plot for the names of breaks: a line each, so that they never overlap."""
    return 6 + _BREUK_REGEL * len(breuken)


def maten(as_: Axes) -> tuple[float, float]:
    """Width and height of the plot in points."""
    vak, figuur = as_.get_position(), as_.get_figure(root=True)
    breedte, hoogte = figuur.get_size_inches() if figuur else (0.0, 0.0)
    return vak.width * breedte / PUNT, vak.height * hoogte / PUNT


def teken_breuken(as_: Axes, breuken: Sequence[Breuk], *, namen: bool = True) -> None:
    """A dotted line at every break, up to its name above the plot; the earliest break highest."""
    _, hoogte = maten(as_)
    links, rechts = as_.get_xlim()
    for i, breuk in enumerate(breuken):
        x = op_tijd(breuk)
        boven = 4 + _BREUK_REGEL * (len(breuken) - 1 - i) if namen else 0
        as_.plot(
            [x, x],
            [0, 1 + (boven + 7 if namen else 0) / hoogte],
            transform=as_.get_xaxis_transform(),
            color=palet.AS,
            linewidth=0.9,
            linestyle=(0, (2, 2)),
            clip_on=False,
            zorder=1,
        )
        if namen:
            plaats = "left" if (x - links) / (rechts - links) < 0.6 else "right"
            as_.annotate(
                breuk.naam,
                (x, 1),
                xycoords=as_.get_xaxis_transform(),
                xytext=(4 if plaats == "left" else -4, boven),
                textcoords="offset points",
                ha=plaats,
                fontsize=KLEIN,
                color=palet.GRIJS_TEKST,
            )


def zeg_leeg(as_: Axes) -> None:
    """Words in place of an empty plot."""
    as_.text(0.5, 0.5, LEEG, transform=as_.transAxes, ha="center", va="center", color=palet.GRIJS_TEKST)
