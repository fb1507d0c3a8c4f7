"""Dots with intervals, one row per gebied: for comparing without ranking.

Rows stay in the order they come in (that of the region file), because a ranking of eight gemeenten shows
chance more than difference.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analyse.weergave import opmaak, palet
from analyse.weergave.grafiek import assen, beschrijving, noten
from analyse.weergave.grafiek.gegevens import gereed
from analyse.weergave.grafiek.staven import gesorteerd, rij_tabel
from analyse.weergave.grafiek.stijl import Stijl
from analyse.weergave.grafiek.uitkomst import Grafiek
from analyse.weergave.thema import KLEIN, TEKST, thema

_RIJ = 20.0
_TEKENS = 26
_INTERVAL = (
    "De lijn door een punt is de onzekerheidsmarge. Overlappen de lijnen, dan kan het verschil toeval zijn."
)
_BINNEN = "Het kleine open rondje is wat al binnen is."


def punten(
    data: pd.DataFrame,
    *,
    eenheid: str,
    op_waarde: bool = False,
    accent: str | None = None,
    referentie: str | None = None,
) -> Grafiek:
    """A dot per row; columns `naam, waarde` and when there `onder, boven, status, binnen`.

    `binnen` is the part of the figure that came in already, where `waarde` is an estimate.

    `referentie` is the name of the row that is drawn as a vertical line (the region, the country).
    """
    rijen = gereed(data, ("naam", "waarde"), grafiek="punten")
    rijen = gesorteerd(rijen) if op_waarde else rijen
    with thema():
        figuur = _teken(rijen, eenheid, accent, referentie)
    return Grafiek(
        figuur=figuur,
        tabel=_tabel(rijen, eenheid),
        alt=beschrijving.rijen(rijen, eenheid, soort="Puntgrafiek"),
        noten=(*_uitleg(rijen), *noten.tekens(rijen["status"], open_="In de grafiek is dat een open punt.")),
    )


def _uitleg(rijen: pd.DataFrame) -> tuple[str, ...]:
    interval = (_INTERVAL,) if rijen["onder"].notna().any() else ()
    return (*interval, _BINNEN) if "binnen" in rijen.columns else interval


def _tabel(rijen: pd.DataFrame, eenheid: str) -> pd.DataFrame:
    tabel = rij_tabel(rijen, eenheid)
    if rijen["onder"].notna().any():
        marge = zip(rijen["onder"], rijen["boven"], strict=True)
        tabel["Marge"] = [_marge(onder, boven, eenheid) for onder, boven in marge]
    if "binnen" in rijen.columns:
        tabel["Al binnen"] = [opmaak.cel(w, eenheid) for w in rijen["binnen"]]
    return tabel


def _marge(onder: float, boven: float, eenheid: str) -> str:
    if np.isnan(onder) or np.isnan(boven):
        return opmaak.GEEN_WAARNEMING
    return f"{opmaak.cel(onder, eenheid)} tot {opmaak.cel(boven, eenheid)}"


def _teken(rijen: pd.DataFrame, eenheid: str, accent: str | None, referentie: str | None) -> Figure:
    namen = [assen.afbreken(str(naam), _TEKENS) for naam in rijen["naam"]]
    waarden = [opmaak.cel(w, eenheid, s) for w, s in zip(rijen["waarde"], rijen["status"], strict=True)]
    boven = 17.0 if referentie else 4.0
    marges = (assen.breedste(namen, TEKST) + 10, assen.breedste(waarden, TEKST) + 14, boven, 18.0)
    figuur, as_ = assen.doek(len(rijen) * _RIJ + boven + 18, marges)
    kolommen = [k for k in ("waarde", "boven", "binnen") if k in rijen.columns]
    assen.waarde_as(as_, eenheid, float(rijen[kolommen].max().max()), horizontaal=True)
    as_.set_ylim(len(rijen) - 0.5, -0.5)
    assen.rijnamen(as_, namen, list(range(len(namen))))
    for plek, (_, rij) in enumerate(rijen.iterrows()):
        _teken_rij(as_, plek, rij, accent in (None, rij["naam"]))
        as_.annotate(
            waarden[plek],
            (1, plek),
            xycoords=("axes fraction", "data"),
            xytext=(12, 0),
            textcoords="offset points",
            va="center",
        )
    _teken_referentie(as_, rijen, referentie)
    return figuur


def _teken_rij(as_: Axes, plek: int, rij: pd.Series, eigen: bool) -> None:
    kleur = palet.ACCENT if eigen else palet.VERGELIJKING
    if not np.isnan(rij["onder"]) and not np.isnan(rij["boven"]):
        as_.plot([rij["onder"], rij["boven"]], [plek, plek], color=kleur, linewidth=1.6, zorder=3)
    binnen = rij.get("binnen", np.nan)
    if pd.notna(binnen) and not np.isnan(rij["waarde"]):
        as_.plot([binnen, rij["waarde"]], [plek, plek], color=kleur, linewidth=0.8, zorder=2)
        as_.plot([binnen], [plek], "o", markersize=4, markerfacecolor=palet.WIT, markeredgecolor=kleur, zorder=4)
    if not np.isnan(rij["waarde"]):
        vulling = palet.WIT if rij["status"] == "voorlopig" else kleur
        Stijl(kleur, "o" if eigen else "D", "-").punten(as_, [rij["waarde"]], [plek], vulling=vulling)


def _teken_referentie(as_: Axes, rijen: pd.DataFrame, referentie: str | None) -> None:
    if referentie is None:
        return
    gevonden = rijen["waarde"][rijen["naam"].eq(referentie)].dropna().tolist()
    if not gevonden:
        return
    x = float(gevonden[0])
    as_.axvline(x, color=palet.VERGELIJKING, linewidth=1.2, linestyle=(0, (4, 2)), zorder=1.5)
    rechts = x > as_.get_xlim()[1] / 2
    as_.annotate(
        referentie,
        (x, 1),
        xycoords=("data", "axes fraction"),
        xytext=(0, 4),
        textcoords="offset points",
        ha="right" if rechts else "left",
        fontsize=KLEIN,
        color=palet.GRIJS_TEKST,
    )
