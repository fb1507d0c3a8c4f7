"""A funnel of all gemeenten of the country: a grey dot each, a few marked and named.

Sizes run from a few hundred to a hundred thousand, so along the width they stand as ratios. All grey dots are one
path of points with round ends: as signs of their own they would weigh more than the rest of the page.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from numpy.typing import NDArray

from analyse.weergave import opmaak, palet
from analyse.weergave.grafiek import assen
from analyse.weergave.grafiek.labels import spreid
from analyse.weergave.grafiek.uitkomst import Grafiek
from analyse.weergave.thema import KLEIN, thema

_HOOGTE = 195.0
_ONDER = 20.0
_NAMEN = 84.0
_STIP, _LENGTE = (
    2.6,
    0.1,
)  # points: how thick a dot is, and how long, because a line of nothing isn't drawn everywhere
_GRENSPUNTEN = 24
_NOOT = (
    "Elke grijze stip is een gemeente, links de kleine en rechts de grote. De lijnen zijn de grenzen van 99,8 "
    "procent rond Nederland, verruimd omdat gemeenten meer verschillen dan alleen door toeval (overdispersie)."
)


def landelijke_trechter(data: pd.DataFrame, *, langs: str) -> Grafiek:
    """Shares in percent; columns naam, grootte, waarde, onder_998, boven_998, signaal, doel and `rol`.

    `rol`: 'eigen' (filled, named), 'buur' (open, named) or '' (a grey dot). `langs` says what `grootte` counts.
    """
    with thema():
        figuur = _teken(data, langs)
    return Grafiek(figuur=figuur, tabel=_tabel(data), alt=_alt(data), noten=(_NOOT,))


def _gemerkt(data: pd.DataFrame) -> pd.DataFrame:
    """The named ones: own first, neighbours after them."""
    return pd.concat([data[data["rol"].eq(rol)] for rol in ("eigen", "buur")])


def _cel(waarde: float) -> str:
    return opmaak.procent(waarde, 1)


def _tabel(data: pd.DataFrame) -> pd.DataFrame:
    gemerkt = _gemerkt(data)
    grens = zip(gemerkt["onder_998"], gemerkt["boven_998"], strict=True)
    return pd.DataFrame(
        {
            "Gemeente": gemerkt["naam"].to_list(),
            "Cijfer": [_cel(waarde) for waarde in gemerkt["waarde"]],
            "Gewoon voor deze grootte": [f"{_cel(onder)} tot {_cel(boven)}" for onder, boven in grens],
            "Oordeel": ["signaal" if raak else "geen signaal" for raak in gemerkt["signaal"]],
        }
    )


def _alt(data: pd.DataFrame) -> str:
    namen = [f"{naam} {_cel(w)}" for naam, w in _gemerkt(data)[["naam", "waarde"]].itertuples(index=False)]
    kop = f"Trechtergrafiek van alle gemeenten rond {_cel(float(data['doel'].iloc[0]))} voor Nederland"
    return f"{kop}. {'; '.join(namen)}."


def _teken(data: pd.DataFrame, langs: str) -> Figure:
    hoogste = float(max(data["waarde"].max(), data["boven_998"].quantile(0.9)))
    marges = (assen.as_breedte("procent", hoogste) + 4, _NAMEN, 10.0, _ONDER)
    figuur, as_ = assen.doek(_HOOGTE, marges)
    assen.waarde_as(as_, "procent", hoogste)
    x = np.log10(data["grootte"].to_numpy(dtype=float))
    _teken_breedte(as_, x, langs)
    _teken_grenzen(as_, data.assign(x=x))
    _stippen(as_, x, data["waarde"].to_numpy(dtype=float))
    _teken_gemerkt(as_, _gemerkt(data.assign(x=x)))
    return figuur


def _teken_breedte(as_: Axes, x: NDArray[np.float64], langs: str) -> None:
    """From small to large in words: how large exactly matters to nobody, and ratios are hard to read."""
    as_.set_xlim(float(x.min()) - 0.05, float(x.max()) + 0.05)
    _, hoog = assen.maten(as_)
    stijl: dict[str, Any] = {"transform": as_.transAxes, "va": "top", "color": palet.GRIJS_TEKST}
    for plek, tekst, kant in ((0.0, "weinig", "left"), (0.5, langs, "center"), (1.0, "veel", "right")):
        as_.text(plek, -6 / hoog, tekst, ha=kant, **stijl)


def _teken_grenzen(as_: Axes, data: pd.DataFrame) -> None:
    """Limits by size, at so many sizes that the lines look smooth; the country in between."""
    op = data.sort_values("x")
    plek = np.unique(np.linspace(0, len(op) - 1, _GRENSPUNTEN).astype(int))
    for kant in ("onder_998", "boven_998"):
        as_.plot(op["x"].iloc[plek], op[kant].iloc[plek], color=palet.AS, linewidth=1.0, zorder=2)
    as_.axhline(float(data["doel"].iloc[0]), color=palet.VERGELIJKING, linewidth=1.2, zorder=1.5)


def _stippen(as_: Axes, x: NDArray[np.float64], y: NDArray[np.float64]) -> None:
    """All dots as one path: a line of hardly any length with round ends.

    On whole points and from left to right, because the steps between them are what the drawing weighs.
    """
    breed, hoog = assen.maten(as_)
    (links, rechts), top = as_.get_xlim(), as_.get_ylim()[1]
    plek = np.column_stack([(x - links) / (rechts - links) * breed, y / top * hoog])
    plek = np.unique(np.round(plek), axis=0)
    eind = plek + np.array([_LENGTE, 0.0])
    lijntjes = np.stack([plek, eind], axis=1).reshape(-1, 2) / [breed, hoog]
    stippen = Path(lijntjes, np.tile([Path.MOVETO, Path.LINETO], len(plek)))
    stippen.should_simplify = False  # else short lines are taken for noise
    as_.add_patch(
        PathPatch(
            stippen,
            facecolor="none",
            edgecolor="#b3bcc4",
            linewidth=_STIP,
            capstyle="round",
            transform=as_.transAxes,
            zorder=2.5,
        )
    )


def _teken_gemerkt(as_: Axes, gemerkt: pd.DataFrame) -> None:
    """The named ones with a thin line to their name, right of the plot."""
    breed, hoog = assen.maten(as_)
    op = gemerkt.sort_values("waarde", kind="stable")
    schaal = hoog / as_.get_ylim()[1]
    vrij = spreid([w * schaal for w in op["waarde"]], [KLEIN + 2] * len(op), onder=-8, boven=hoog)
    for (_, rij), y in zip(op.iterrows(), vrij, strict=True):
        eigen = rij["rol"] == "eigen"
        kleur = palet.ACCENT if eigen else palet.REEKSEN[1]
        punt = (rij["x"], rij["waarde"])
        as_.annotate(
            rij["naam"],
            punt,
            xytext=(1 + 6 / breed, y / hoog),
            textcoords="axes fraction",
            va="center",
            fontsize=KLEIN,
            color=kleur,
            arrowprops={"arrowstyle": "-", "color": palet.AS, "linewidth": 0.4, "shrinkA": 0, "shrinkB": 3},
        )
        vulling = kleur if eigen else palet.WIT
        as_.plot(*punt, "o", markersize=5, markerfacecolor=vulling, markeredgecolor=kleur, zorder=4, clip_on=False)
