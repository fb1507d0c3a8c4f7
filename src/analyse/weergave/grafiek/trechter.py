"""A funnel: units by their size, between the limits that chance gives. No order, so no ranking.

Only a unit that the caller names is drawn and labelled; the others would tell a reader about somebody else. The
limits are lines and not a shaded area, so that they stay visible in grey print.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analyse.weergave import opmaak, palet
from analyse.weergave.grafiek import assen
from analyse.weergave.grafiek.labels import spreid
from analyse.weergave.grafiek.uitkomst import Grafiek
from analyse.weergave.thema import KLEIN, thema

_HOOGTE = 190.0
_LIJNEN = {"95": (0, (4, 2)), "998": "solid"}
_NAAM = {"95": "95%", "998": "99,8%"}
_NOOT = (
    "De lijnen laten zien hoe ver toeval reikt: 95 van de 100 liggen binnen de streeplijnen, bijna alle binnen de "
    "doorgetrokken lijnen. Hoe kleiner de groep, hoe groter het toeval."
)


def trechter(data: pd.DataFrame, grenzen: pd.DataFrame, *, eenheid: str, doel: float, langs: str) -> Grafiek:
    """Dots within limits; `data`: naam, grootte, waarde; `grenzen`: grootte, onder_95 … boven_998, by grootte.

    `doel` is the level that all are compared with, `langs` says in Dutch what `grootte` counts.
    """
    with thema():
        figuur = _teken(data, grenzen, eenheid, doel, langs)
    return Grafiek(figuur=figuur, tabel=_tabel(data, eenheid), alt=_alt(data, eenheid, doel), noten=(_NOOT,))


def _tabel(data: pd.DataFrame, eenheid: str) -> pd.DataFrame:
    velden = zip(data["naam"], data["waarde"], data["onder_95"], data["boven_95"], strict=True)
    rijen = [[naam, opmaak.cel(w, eenheid), _marge(onder, boven, eenheid)] for naam, w, onder, boven in velden]
    return pd.DataFrame(rijen, columns=["Wie", "Cijfer", "Gewoon voor deze grootte"])


def _marge(onder: float, boven: float, eenheid: str) -> str:
    return f"{opmaak.cel(onder, eenheid)} tot {opmaak.cel(boven, eenheid)}"


def _alt(data: pd.DataFrame, eenheid: str, doel: float) -> str:
    delen = [
        f"{rij['naam']} {opmaak.waarde(rij['waarde'], eenheid)}, gewoon is "
        f"{_marge(rij['onder_95'], rij['boven_95'], eenheid)}"
        for _, rij in data.iterrows()
    ]
    return f"Trechtergrafiek rond {opmaak.waarde(doel, eenheid)}. {'; '.join(delen)}."


def _teken(data: pd.DataFrame, grenzen: pd.DataFrame, eenheid: str, doel: float, langs: str) -> Figure:
    hoogste = float(np.nanmax([data["waarde"].max(), grenzen["boven_95"].max()])) * 1.05
    figuur, as_ = assen.doek(_HOOGTE, (assen.as_breedte(eenheid, hoogste) + 4, 44.0, 10.0, 34.0))
    assen.waarde_as(as_, eenheid, hoogste)
    _teken_breedte(as_, max(grenzen["grootte"].max(), data["grootte"].max()), langs)
    _teken_grenzen(as_, grenzen)
    as_.axhline(doel, color=palet.VERGELIJKING, linewidth=1.2, zorder=1.5)
    _labels(as_, {"Regio": doel, **{_NAAM[naam]: float(grenzen[f"boven_{naam}"].iloc[-1]) for naam in _LIJNEN}})
    for _, rij in data.iterrows():
        as_.plot([rij["grootte"]], [rij["waarde"]], "o", markersize=6, color=palet.ACCENT, zorder=4, clip_on=False)
        as_.annotate(
            rij["naam"],
            (rij["grootte"], rij["waarde"]),
            xytext=(0, 7),
            textcoords="offset points",
            ha="center",
            color=palet.ACCENT,
        )
    return figuur


def _teken_breedte(as_: Axes, hoogste: float, langs: str) -> None:
    streepjes = assen.schaal(hoogste, heel=True)
    as_.set_xlim(0, max(hoogste * 1.04, streepjes[-1]))
    for plek in streepjes:
        assen.opschrift(as_, opmaak.getal(plek), plek, horizontaal=True)
    _, hoog = assen.maten(as_)
    as_.text(0.5, -22 / hoog, langs, transform=as_.transAxes, ha="center", va="top", color=palet.GRIJS_TEKST)


def _teken_grenzen(as_: Axes, grenzen: pd.DataFrame) -> None:
    for naam, streep in _LIJNEN.items():
        for kant in ("onder", "boven"):
            lijn = grenzen[f"{kant}_{naam}"]
            as_.plot(grenzen["grootte"], lijn, color=palet.AS, linewidth=1.0, linestyle=streep, zorder=2)


def _labels(as_: Axes, plekken: dict[str, float]) -> None:
    """Names at the right end of the lines, moved apart where they would touch."""
    breed, hoog = assen.maten(as_)
    top = as_.get_ylim()[1]
    hoogten = [waarde / top * hoog for waarde in plekken.values()]
    vrij = spreid(hoogten, [KLEIN + 2] * len(hoogten), onder=0, boven=hoog)
    for naam, y in zip(plekken, vrij, strict=True):
        as_.text(
            1 + 4 / breed,
            y / hoog,
            naam,
            transform=as_.transAxes,
            va="center",
            fontsize=KLEIN,
            color=palet.GRIJS_TEKST,
        )
