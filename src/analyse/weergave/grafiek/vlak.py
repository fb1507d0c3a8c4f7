"""Two figures of each unit against each other, both with their margin: is there a relation, or only noise?

No trend line: with twenty aanbieders that have other children a line would suggest a cause. Units without a name
are drawn grey.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analyse.weergave import opmaak, palet
from analyse.weergave.grafiek import assen
from analyse.weergave.grafiek.uitkomst import Grafiek
from analyse.weergave.thema import thema

_HOOGTE = 240.0
_NOOT = (
    "De lijnen door een punt zijn de onzekerheidsmarges. Punten met overlappende lijnen verschillen niet zeker."
)


@dataclass(frozen=True)
class As:
    """One axis: the name of its columns (`x` or `y`), its unit and what stands beside it."""

    kolom: str
    eenheid: str
    naam: str


def vlak(data: pd.DataFrame, *, x: As, y: As, accent: str = "") -> Grafiek:
    """Dots with two margins; columns `naam` and per axis `…`, `…_onder`, `…_boven`; incomplete rows left out."""
    compleet = data[data[[x.kolom, y.kolom]].notna().all(axis=1)]
    with thema():
        figuur = _teken(compleet, x, y, accent)
    weg = len(data) - len(compleet)
    noten = (
        (_NOOT, f"Zonder punt, omdat een van de twee cijfers er niet is: {opmaak.getal(weg)}.")
        if weg
        else (_NOOT,)
    )
    return Grafiek(figuur=figuur, tabel=_tabel(data, x, y), alt=_alt(compleet, x, y, accent), noten=noten)


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


def _alt(data: pd.DataFrame, x: As, y: As, accent: str) -> str:
    kop = f"Puntenwolk van {opmaak.getal(len(data))} namen: {x.naam} en {y.naam}."
    eigen = data[data["naam"].eq(accent)]
    if eigen.empty:
        return kop
    rij = eigen.iloc[0]
    return f"{kop} {accent}: {opmaak.waarde(rij[x.kolom], x.eenheid)} en {opmaak.waarde(rij[y.kolom], y.eenheid)}."


def _teken(data: pd.DataFrame, x: As, y: As, accent: str) -> Figure:
    top = {as_.kolom: _hoogste(data, as_) for as_ in (x, y)}
    links = assen.as_breedte(y.eenheid, top[y.kolom]) + 4
    figuur, vak = assen.doek(_HOOGTE, (links, 14.0, 22.0, 36.0))
    assen.waarde_as(vak, y.eenheid, top[y.kolom])
    assen.waarde_as(vak, x.eenheid, top[x.kolom], horizontaal=True)
    _, hoog = assen.maten(vak)
    grijs: dict[str, Any] = {"color": palet.GRIJS_TEKST, "transform": vak.transAxes}
    vak.text(0, 1 + 8 / hoog, y.naam, ha="left", **grijs)
    vak.text(1, -24 / hoog, x.naam, ha="right", va="top", **grijs)
    for _, rij in data.iterrows():
        _punt(vak, rij, (x.kolom, y.kolom), eigen=rij["naam"] == accent)
    return figuur


def _hoogste(data: pd.DataFrame, as_: As) -> float:
    """The largest value; margins may reach further, but not so far that all dots huddle in a corner."""
    waarden = data[as_.kolom]
    grens = min(data[f"{as_.kolom}_boven"].max(), 1.6 * waarden.max())
    return float(max(waarden.max(), grens)) if len(data) else 1.0


def _punt(vak: Axes, rij: pd.Series, kolommen: tuple[str, str], *, eigen: bool) -> None:
    x, y = kolommen
    kleur = palet.ACCENT if eigen else palet.VERGELIJKING
    lijn: dict[str, Any] = {"color": kleur, "linewidth": 1.4 if eigen else 0.8, "zorder": 3 if eigen else 2}
    vak.plot([rij[f"{x}_onder"], rij[f"{x}_boven"]], [rij[y], rij[y]], **lijn)
    vak.plot([rij[x], rij[x]], [rij[f"{y}_onder"], rij[f"{y}_boven"]], **lijn)
    vak.plot([rij[x]], [rij[y]], "o" if eigen else "D", markersize=6 if eigen else 4, color=kleur, zorder=4)
