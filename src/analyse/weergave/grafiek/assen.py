"""Canvas and axes: fixed margins in points (no layout engine: slow, and not the same on every machine)."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from analyse.params import Breuk
from analyse.weergave import opmaak, palet
from analyse.weergave.grafiek.gegevens import Reeks
from analyse.weergave.thema import BREEDTE, KLEIN, PUNT, tekstbreedte

Marges = tuple[float, float, float, float]  # links, rechts, boven, onder, in points
REGELAFSTAND = 1.0  # matplotlib's own unit: this is about 1.2 times the text size
_BREUK_REGEL = 12.0
LEEG = "Er zijn geen cijfers om te tonen."


def doek(hoogte: float, marges: Marges) -> tuple[Figure, Axes]:
    """A figure of `hoogte` points with one axes inside the margins."""
    links, rechts, boven, onder = marges
    figuur = Figure(figsize=(BREEDTE * PUNT, hoogte * PUNT))
    vak = (
        links / BREEDTE,
        onder / hoogte,
        (BREEDTE - links - rechts) / BREEDTE,
        (hoogte - boven - onder) / hoogte,
    )
    return figuur, figuur.add_axes(vak)


def afbreken(naam: str, tekens: int) -> str:
    """A name over several lines of at most `tekens` characters."""
    return "\n".join(textwrap.wrap(naam, tekens, break_long_words=False)) or naam


def breedste(teksten: Sequence[str], grootte: float) -> float:
    """Width in points of the widest line among texts."""
    return max((tekstbreedte(regel, grootte) for tekst in teksten for regel in tekst.split("\n")), default=0.0)


def schaal(hoogste: float, *, heel: bool, stappen: int = 4) -> np.ndarray:
    """Round tick values from 0 up to at least `hoogste`, about `stappen` of them."""
    if not math.isfinite(hoogste) or hoogste <= 0:
        return np.array([0.0, 1.0])
    ruw = hoogste / stappen
    macht = 10.0 ** math.floor(math.log10(ruw))
    stap = next(f * macht for f in (1, 2, 2.5, 5, 10) if f * macht >= ruw * 0.999)
    if heel:
        stap = max(1.0, float(math.ceil(stap)))
    return np.arange(0, math.ceil(hoogste / stap * 0.999) + 1) * stap


def waarde_as(as_: Axes, eenheid: str, hoogste: float, *, horizontaal: bool = False) -> None:
    """A value axis from zero with Dutch numbers; horizontal grid lines only across the value direction."""
    streepjes = schaal(hoogste, heel=eenheid in ("aantal", "dagen", "euro"))
    richting = as_.xaxis if horizontaal else as_.yaxis
    zet_grens = as_.set_xlim if horizontaal else as_.set_ylim
    zet_grens(0, max(hoogste * 1.04 if math.isfinite(hoogste) else 0, streepjes[-1]))
    richting.set_ticks(list(streepjes))
    richting.set_major_formatter(FuncFormatter(lambda w, _: as_tekst(w, eenheid, streepjes[-1])))
    richting.grid(True)
    as_.tick_params(length=0, pad=3)


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
    streepjes = schaal(hoogste, heel=eenheid in ("aantal", "dagen", "euro"))
    return breedste([as_tekst(w, eenheid, streepjes[-1]) for w in streepjes], KLEIN) + 6


def tijd_as(as_: Axes, reeksen: Sequence[Reeks], *, randen: bool = False) -> None:
    """A time axis with one label per year in its middle; with `randen` only the first and the last year."""
    jaren = sorted({periode.jaar for reeks in reeksen for periode in reeks.perioden})
    alle = range(jaren[0], jaren[-1] + 1)
    stap = 1 if len(alle) <= 8 else 2
    tonen = [jaren[0], jaren[-1]] if randen else list(alle)[::-stap][::-1]
    as_.set_xlim(jaren[0] - 0.02, jaren[-1] + 1.02)
    as_.set_xticks([jaar + 0.5 for jaar in dict.fromkeys(tonen)], [str(jaar) for jaar in dict.fromkeys(tonen)])
    as_.set_xticks([float(jaar) for jaar in [*alle, jaren[-1] + 1]], minor=True)
    as_.tick_params(axis="x", which="minor", length=3, width=0.8, color=palet.AS)
    as_.grid(False, axis="x", which="both")


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
