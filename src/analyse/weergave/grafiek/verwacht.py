"""What happened against what was to be expected: a small panel per measure, with the band of chance."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date

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
from analyse.weergave.thema import BREEDTE, PUNT, TEKST, tekstbreedte, thema

_PANEEL = 105.0  # height of the plot itself
_VOET = 20.0
_REGEL = 12.0
_NAMEN = 58.0  # room right of a panel for the names of its two lines
WERKELIJK, VERWACHT = "Werkelijk", "Verwacht"


def tegen_verwacht(data: pd.DataFrame, *, eenheid: str, starts: Mapping[str, tuple[date, ...]]) -> Grafiek:
    """One panel per `paneel`; columns `paneel, periode, waarde, verwacht, onder, boven`, and `status` when there.

    The expected line is grey and dashed within its band, the actual one in colour. `starts`: per panel the days
    that are marked with a dotted line. All panels share the value axis, from zero.
    """
    rijen = gereed(data, ("paneel", "periode", "waarde", "verwacht"), grafiek="tegen_verwacht")
    echt = reeksen(rijen, "paneel")
    midden = reeksen(rijen.assign(waarde=rijen["verwacht"].astype("float64")), "paneel")
    with thema():
        figuur = _teken(list(zip(echt, midden, strict=True)), eenheid, starts)
    alt = [
        f"{reeks.naam}. {beschrijving.lijnen([_met_naam(reeks, WERKELIJK), _met_naam(ander, VERWACHT)], eenheid)}"
        for reeks, ander in zip(echt, midden, strict=True)
    ]
    return Grafiek(figuur=figuur, tabel=_tabel(rijen, eenheid), alt=" ".join(alt), noten=noten.bij_lijnen(rijen))


def _met_naam(reeks: Reeks, naam: str) -> Reeks:
    return Reeks(naam, reeks.perioden, reeks.waarden, reeks.voorlopig, reeks.onder, reeks.boven)


def _tabel(rijen: pd.DataFrame, eenheid: str) -> pd.DataFrame:
    """One row per panel and period: actual, expected and its band."""

    def cellen(kolom: str) -> list[str]:
        return [opmaak.cel(w, eenheid, s) for w, s in zip(rijen[kolom], rijen["status"], strict=True)]

    band = [f"{onder} tot {boven}" for onder, boven in zip(cellen("onder"), cellen("boven"), strict=True)]
    tabel = pd.DataFrame(
        {
            "Maatregel": rijen["paneel"].astype(str).to_list(),
            "Periode": [opmaak.periode(str(periode)) for periode in rijen["periode"]],
            WERKELIJK: cellen("waarde"),
            VERWACHT: cellen("verwacht"),
            "Gewone schommeling": [b if b[0].isdigit() else opmaak.VERBORGEN for b in band],
        }
    )
    return tabel if rijen["paneel"].nunique() > 1 else tabel.drop(columns="Maatregel")


def _teken(paren: list[tuple[Reeks, Reeks]], eenheid: str, starts: Mapping[str, tuple[date, ...]]) -> Figure:
    hoogste = float(np.nanmax(np.concatenate([np.r_[echt.waarden, echt.boven] for echt, _ in paren])))
    links = assen.as_breedte(eenheid, hoogste)
    kolommen = 1 if len(paren) == 1 else 2
    breed = (BREEDTE - links * kolommen - _NAMEN * kolommen) / kolommen
    # One panel needs no name: the title of the figure has it.
    koppen = [_kop(echt.naam, breed + _NAMEN) if kolommen > 1 else "" for echt, _ in paren]
    kop = 8 + _REGEL * max(naam.count("\n") + 1 for naam in koppen)
    rij_hoogte = _PANEEL + kop + _VOET
    hoogte = math.ceil(len(paren) / kolommen) * rij_hoogte
    figuur = Figure(figsize=(BREEDTE * PUNT, hoogte * PUNT))
    for i, ((echt, midden), naam) in enumerate(zip(paren, koppen, strict=True)):
        rij, kolom = divmod(i, kolommen)
        x = links + kolom * (breed + _NAMEN + links)
        onder = 1 - ((rij + 1) * rij_hoogte - _VOET) / hoogte
        as_ = assen.vak(figuur, (x / BREEDTE, onder, breed / BREEDTE, _PANEEL / hoogte))
        assen.waarde_as(as_, eenheid, hoogste)
        assen.tijd_as(as_, [echt], randen=kolommen == 2)
        start = [Breuk(datum=dag, naam="", uitleg="") for dag in starts.get(echt.naam, ())]
        assen.teken_breuken(as_, start, namen=False)
        as_.text(0, 1 + 7 / _PANEEL, naam, transform=as_.transAxes, va="bottom", linespacing=assen.REGELAFSTAND)
        _teken_paar(as_, echt, midden)
    return figuur


def _kop(naam: str, breedte: float) -> str:
    if tekstbreedte(naam, TEKST) <= breedte:
        return naam
    return assen.afbreken(naam, max(8, int(len(naam) * breedte / tekstbreedte(naam, TEKST))))


def _teken_paar(as_: Axes, echt: Reeks, midden: Reeks) -> None:
    grijs, kleur = Stijl(palet.VERGELIJKING, "o", "--", 1.4), Stijl(palet.ACCENT, "o", "-", 1.8)
    as_.fill_between(echt.x, echt.onder, echt.boven, color=palet.BAND, linewidth=0, zorder=1.5)
    for reeks, stijl, laag in ((midden, grijs, 2), (echt, kleur, 3)):
        as_.plot(
            reeks.x, reeks.waarden, color=stijl.kleur, linestyle=stijl.streep, linewidth=stijl.dikte, zorder=laag
        )
    gezien = ~np.isnan(echt.waarden)
    kleur.punten(as_, echt.x[gezien], echt.waarden[gezien], vulling=kleur.kleur)
    _namen(as_, {WERKELIJK: (echt, palet.ACCENT), VERWACHT: (midden, palet.GRIJS_TEKST)})


def _namen(as_: Axes, lijnen: Mapping[str, tuple[Reeks, str]]) -> None:
    """The names beside the last points, pushed apart when these are close."""
    _, hoogte = assen.maten(as_)
    eind = {n: float(r.waarden[r.laatste]) for n, (r, _) in lijnen.items() if r.laatste is not None}
    volgorde = sorted(eind, key=eind.__getitem__)
    schaal = hoogte / as_.get_ylim()[1]
    y = [eind[naam] * schaal for naam in volgorde]
    if len(y) == 2 and y[1] - y[0] < _REGEL:
        midden = (y[0] + y[1]) / 2
        y = [midden - _REGEL / 2, midden + _REGEL / 2]
    for naam, plek in zip(volgorde, y, strict=True):
        as_.annotate(
            naam,
            (1, plek / hoogte),
            xycoords="axes fraction",
            xytext=(4, 0),
            textcoords="offset points",
            va="center",
            color=lijnen[naam][1],
        )
