"""Two figures of each unit against each other, both with their margin: is there a relation, or only noise?

No trend line: with twenty aanbieders that have other children a line would suggest a cause. Only units with a
`label` get their name beside the dot; the table has them all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import NullLocator

from analyse.weergave import opmaak, palet
from analyse.weergave.grafiek import assen
from analyse.weergave.grafiek.labels import spreid
from analyse.weergave.grafiek.uitkomst import Grafiek
from analyse.weergave.thema import thema

_HOOGTE = 260.0
_NAAST, _REGEL = 7.0, 12.0  # how far a name stands from its dot, and how high it is
_TREDEN = (10, 25, 50, 100, 200, 400, 1000)  # percent, on an axis of ratios
_NOOT = (
    "De lijnen door een punt zijn de onzekerheidsmarges. Punten met overlappende lijnen verschillen niet zeker."
)


@dataclass(frozen=True)
class As:
    """One axis: the name of its columns (`x` or `y`), its unit and what stands beside it.

    `log`: percentages of 100, as far below as above it, with a line at 100.
    """

    kolom: str
    eenheid: str
    naam: str
    log: bool = False


def vlak(data: pd.DataFrame, *, x: As, y: As) -> Grafiek:
    """Dots with two margins; columns `naam` and per axis `…`, `…_onder`, `…_boven`; incomplete rows left out.

    When there: `label` (a name beside the dot; such dots are coloured) and `open` (a dot that isn't filled).
    """
    compleet = data[data[[x.kolom, y.kolom]].notna().all(axis=1)]
    with thema():
        figuur = _teken(compleet, x, y)
    weg = len(data) - len(compleet)
    noten = (
        (_NOOT, f"Zonder punt, omdat een van de twee cijfers er niet is: {opmaak.getal(weg)}.")
        if weg
        else (_NOOT,)
    )
    return Grafiek(figuur=figuur, tabel=_tabel(data, x, y), alt=_alt(compleet, x, y), noten=noten)


def _tabel(data: pd.DataFrame, x: As, y: As) -> pd.DataFrame:
    kolommen: dict[str, list[str]] = {"Naam": [str(naam) for naam in data["naam"]]}
    for as_ in (x, y):
        kolommen[as_.naam] = [opmaak.cel(w, as_.eenheid) for w in data[as_.kolom]]
        grenzen = zip(data[f"{as_.kolom}_onder"], data[f"{as_.kolom}_boven"], strict=True)
        kolommen[f"Marge {as_.naam[:1].lower()}{as_.naam[1:]}"] = [_marge(o, b, as_.eenheid) for o, b in grenzen]
    return pd.DataFrame(kolommen)


def _marge(onder: float, boven: float, eenheid: str) -> str:
    if pd.isna(onder) or pd.isna(boven):
        return opmaak.GEEN_WAARNEMING
    return f"{opmaak.cel(onder, eenheid)} tot {opmaak.cel(boven, eenheid)}"


def _alt(data: pd.DataFrame, x: As, y: As) -> str:
    kop = f"Puntenwolk van {opmaak.getal(len(data))} namen: {x.naam} en {y.naam}."
    eigen = data[data["label"].ne("")] if "label" in data else data.iloc[:0]
    zinnen = [
        f"{rij['label']}: {opmaak.waarde(rij[x.kolom], x.eenheid)} en {opmaak.waarde(rij[y.kolom], y.eenheid)}."
        for _, rij in eigen.iterrows()
    ]
    return " ".join([kop, *zinnen])


def _teken(data: pd.DataFrame, x: As, y: As) -> Figure:
    top = {as_.kolom: _hoogste(data, as_) for as_ in (x, y)}
    links = assen.as_breedte(y.eenheid, top[y.kolom]) + 4
    figuur, vak = assen.doek(_HOOGTE, (links, 14.0, 22.0, 36.0))
    for as_, horizontaal in ((y, False), (x, True)):
        if as_.log:
            _log_as(vak, top[as_.kolom], horizontaal=horizontaal)
        else:
            assen.waarde_as(vak, as_.eenheid, top[as_.kolom], horizontaal=horizontaal)
    _, hoog = assen.maten(vak)
    grijs: dict[str, Any] = {"color": palet.GRIJS_TEKST, "transform": vak.transAxes}
    vak.text(0, 1 + 8 / hoog, y.naam, ha="left", **grijs)
    vak.text(1, -24 / hoog, x.naam, ha="right", va="top", **grijs)
    for _, rij in data.iterrows():
        _punt(vak, rij, (x.kolom, y.kolom))
    if "label" in data:
        _namen(vak, data[data["label"].ne("")], x, y)
    return figuur


def _hoogste(data: pd.DataFrame, as_: As) -> float:
    """The largest value; margins may reach further, but not so far that all dots huddle in a corner."""
    waarden = data[as_.kolom]
    if as_.log:  # as far above 100 as the farthest dot is below or above it
        ver = float(np.exp(np.abs(np.log(waarden / 100)).max())) if len(data) else 2.0
        return 100 * max(2.0, 1.15 * ver)
    grens = min(data[f"{as_.kolom}_boven"].max(), 1.3 * waarden.max())
    return float(max(waarden.max(), grens)) if len(data) else 1.0


def _log_as(vak: Axes, hoogste: float, *, horizontaal: bool) -> None:
    """Half is as far from 100 as double."""
    zet, lijn = (vak.set_xlim, vak.axvline) if horizontaal else (vak.set_ylim, vak.axhline)
    (vak.set_xscale if horizontaal else vak.set_yscale)("log")
    (vak.xaxis if horizontaal else vak.yaxis).set_major_locator(NullLocator())
    (vak.xaxis if horizontaal else vak.yaxis).set_minor_locator(NullLocator())
    zet(1e4 / hoogste, hoogste)
    for plek in _TREDEN:
        if 1e4 / hoogste <= plek <= hoogste:
            lijn(
                plek,
                color=palet.AS if plek == 100 else palet.RASTER,
                linewidth=1.0 if plek == 100 else 0.8,
                zorder=1,
            )
            assen.opschrift(vak, opmaak.procent(plek), plek, horizontaal=horizontaal)


def _punt(vak: Axes, rij: pd.Series, kolommen: tuple[str, str]) -> None:
    x, y = kolommen
    label, leeg = str(rij.get("label", "")), bool(rij.get("open", False))
    kleur = palet.ACCENT if label else palet.VERGELIJKING
    lijn: dict[str, Any] = {"color": kleur, "linewidth": 1.2 if label else 0.7, "zorder": 3 if label else 2}
    vak.plot([rij[f"{x}_onder"], rij[f"{x}_boven"]], [rij[y], rij[y]], **lijn)
    vak.plot([rij[x], rij[x]], [rij[f"{y}_onder"], rij[f"{y}_boven"]], **lijn)
    vul: dict[str, Any] = {"markerfacecolor": "white"} if leeg else {}
    vak.plot([rij[x]], [rij[y]], "o", markersize=6 if label else 5, color=kleur, zorder=4, **vul)


def _namen(vak: Axes, data: pd.DataFrame, x: As, y: As) -> None:
    """The names beside their dots, on the side with room, pushed apart where they would overlap."""
    _, hoog = assen.maten(vak)
    plekken = vak.transAxes.inverted().transform(vak.transData.transform(data[[x.kolom, y.kolom]].to_numpy(float)))
    for rechts in (False, True):
        kant = [i for i, (links, _) in enumerate(plekken) if (links > 0.5) == rechts]
        dot = [float(plekken[i][1]) * hoog for i in kant]
        naast = spreid([plek + _NAAST for plek in dot], [_REGEL] * len(kant), onder=0.0, boven=hoog)
        for i, plek, nieuw in zip(kant, dot, naast, strict=True):
            rij = data.iloc[i]
            vak.annotate(
                str(rij["label"]),
                (rij[x.kolom], rij[y.kolom]),
                xytext=(-_NAAST if rechts else _NAAST, nieuw - plek),
                textcoords="offset points",
                ha="right" if rechts else "left",
                va="center",
                color=palet.ACCENT,
            )
