"""Horizontal bars from zero with the value beside each bar; no axis, because every number is written."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analyse.kern import codes
from analyse.weergave import opmaak, palet
from analyse.weergave.grafiek import assen, beschrijving, noten
from analyse.weergave.grafiek.gegevens import gereed
from analyse.weergave.grafiek.uitkomst import Grafiek
from analyse.weergave.thema import KLEIN, REGEL, TEKST, thema

_RIJ = 21.0
_TEKENS = 24
_DIKTE = 0.62
_LAATST = {codes.ONBEKEND, "overig"}


def staven(
    data: pd.DataFrame,
    *,
    eenheid: str,
    op_waarde: bool = True,
    accent: str | None = None,
    vergelijking: str | None = None,
) -> Grafiek:
    """One bar per row; columns `naam, waarde` and when there `status`, `vergelijking` (a number) and its status.

    `op_waarde` sorts from large to small, with 'Onbekend' and 'Overig' last; else the order of the frame.
    `accent` is the one bar in colour. `vergelijking` is the name of the marker at column `vergelijking`;
    `vergelijking_status` says why there is none.
    """
    kolommen = ("naam", "waarde", "vergelijking") if vergelijking else ("naam", "waarde")
    rijen = gereed(data, kolommen, grafiek="staven")
    rijen = gesorteerd(rijen) if op_waarde else rijen
    with thema():
        figuur = _teken(rijen, eenheid, accent, vergelijking)
    gezien = [*rijen["status"], *(_merkstatus(rijen) if vergelijking else ())]
    return Grafiek(
        figuur=figuur,
        tabel=rij_tabel(rijen, eenheid, vergelijking),
        alt=beschrijving.rijen(rijen, eenheid, soort="Staafdiagram"),
        noten=noten.tekens(gezien, open_="In de grafiek is die staaf licht."),
    )


def gesorteerd(rijen: pd.DataFrame) -> pd.DataFrame:
    """From large to small; rows without a value after that, and the rest categories last of all."""
    laatst = rijen["naam"].astype(str).str.lower().isin(_LAATST)
    volgorde = rijen.assign(_laatst=laatst, _min=-rijen["waarde"]).sort_values(
        ["_laatst", "_min"], kind="stable", na_position="last"
    )
    return rijen.loc[volgorde.index]


def rij_tabel(rijen: pd.DataFrame, eenheid: str, vergelijking: str | None = None) -> pd.DataFrame:
    """The display table of a chart with one value per row."""
    tekst = [opmaak.cel(w, eenheid, s) for w, s in zip(rijen["waarde"], rijen["status"], strict=True)]
    tabel = pd.DataFrame({"Groep": rijen["naam"].astype(str).tolist(), kop(eenheid): tekst})
    if vergelijking:
        cellen = zip(rijen["vergelijking"], _merkstatus(rijen), strict=True)
        tabel[vergelijking] = [opmaak.cel(waarde, eenheid, status) for waarde, status in cellen]
    return tabel


def _merkstatus(rijen: pd.DataFrame) -> pd.Series:
    if "vergelijking_status" in rijen.columns:
        return rijen["vergelijking_status"]
    return rijen["vergelijking"].isna().map({True: "geen_waarneming", False: "definitief"})


def kop(eenheid: str) -> str:
    """Column head for a unit."""
    koppen = {
        "aantal": "Aantal",
        "procent": "Aandeel",
        "dagen": "Dagen",
        "euro": "Bedrag",
        "per_1000": f"Per{opmaak.NBSP}1.000",
    }
    return koppen[eenheid]


def _teken(rijen: pd.DataFrame, eenheid: str, accent: str | None, vergelijking: str | None) -> Figure:
    namen = [assen.afbreken(str(naam), _TEKENS) for naam in rijen["naam"]]
    waarden = [opmaak.cel(w, eenheid, s) for w, s in zip(rijen["waarde"], rijen["status"], strict=True)]
    hoogten = [max(_RIJ, TEKST * REGEL * (naam.count("\n") + 1) + 5) for naam in namen]
    boven = 18.0 if vergelijking else 3.0
    marges = (assen.breedste(namen, TEKST) + 9, assen.breedste(waarden, TEKST) + 8, boven, 3.0)
    figuur, as_ = assen.doek(sum(hoogten) + boven + 3, marges)
    y = np.cumsum(hoogten) - np.array(hoogten) / 2
    as_.set_ylim(sum(hoogten), 0)
    as_.set_xlim(0, _grootste(rijen, vergelijking))
    _teken_staven(as_, rijen, y, accent)
    _teken_teksten(as_, rijen, y, waarden)
    assen.rijnamen(as_, namen, list(y))
    as_.axvline(0, color=palet.AS, linewidth=1.6, zorder=4)
    if vergelijking:
        _teken_vergelijking(as_, rijen, y, vergelijking)
    return figuur


def _grootste(rijen: pd.DataFrame, vergelijking: str | None) -> float:
    kolommen = ["waarde", "vergelijking"] if vergelijking else ["waarde"]
    grootste = rijen[kolommen].max().max()
    return float(grootste) if pd.notna(grootste) and grootste > 0 else 1.0


def _teken_staven(as_: Axes, rijen: pd.DataFrame, y: np.ndarray, accent: str | None) -> None:
    for plek, naam, waarde, status in zip(y, rijen["naam"], rijen["waarde"], rijen["status"], strict=True):
        if np.isnan(waarde):
            continue
        kleur = palet.ACCENT if accent in (None, naam) else palet.VERGELIJKING
        voorlopig = status == "voorlopig"
        as_.barh(
            plek,
            waarde,
            height=_RIJ * _DIKTE,
            color=palet.BAND if voorlopig and kleur == palet.ACCENT else palet.RASTER if voorlopig else kleur,
            edgecolor=kleur,
            linewidth=1.0,
            zorder=3,
        )


def _teken_teksten(as_: Axes, rijen: pd.DataFrame, y: np.ndarray, waarden: list[str]) -> None:
    vergelijk = rijen["vergelijking"] if "vergelijking" in rijen.columns else pd.Series(np.nan, index=rijen.index)
    for plek, tekst, waarde, merk in zip(y, waarden, rijen["waarde"], vergelijk, strict=True):
        eind = 0.0 if np.isnan(waarde) else float(waarde)
        # A marker just behind the bar would sit on the number: write behind the marker then.
        ruimte = 0.09 * as_.get_xlim()[1]
        x = float(merk) if pd.notna(merk) and eind - ruimte * 0.1 <= merk <= eind + ruimte else eind
        as_.annotate(tekst, (x, plek), xytext=(5, 0), textcoords="offset points", va="center")


def _teken_vergelijking(as_: Axes, rijen: pd.DataFrame, y: np.ndarray, naam: str) -> None:
    sleutel: dict[str, Any] = {
        "marker": "D",
        "markersize": 5,
        "markerfacecolor": palet.WIT,
        "markeredgecolor": palet.INKT,
    }
    as_.plot(rijen["vergelijking"], y, linestyle="none", markeredgewidth=1.3, clip_on=False, zorder=5, **sleutel)
    as_.annotate(
        naam,
        (0, 1),
        xycoords="axes fraction",
        xytext=(12, 6),
        textcoords="offset points",
        fontsize=KLEIN,
        color=palet.GRIJS_TEKST,
    )
    breedte, hoogte = assen.maten(as_)
    as_.plot(
        [5 / breedte],
        [1 + 9 / hoogte],
        linestyle="none",
        markeredgewidth=1.3,
        clip_on=False,
        transform=as_.transAxes,
        **sleutel,
    )
