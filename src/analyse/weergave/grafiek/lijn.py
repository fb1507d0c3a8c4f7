"""Line chart over periods with the names of the series beside their last point, not in a legend."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analyse.kern.fouten import ParameterFout
from analyse.params import Breuk
from analyse.weergave import opmaak, palet
from analyse.weergave.grafiek import assen, beschrijving, noten
from analyse.weergave.grafiek.gegevens import Reeks, gereed, reeksen
from analyse.weergave.grafiek.labels import spreid
from analyse.weergave.grafiek.stijl import Stijl, stijlen
from analyse.weergave.grafiek.uitkomst import Grafiek
from analyse.weergave.thema import REGEL, TEKST, thema

MAXIMUM = len(palet.REEKSEN)
HOOGTE = 150.0  # of plot and time axis; names of breaks come on top
_ONDER = 20.0
_LABEL_INSPRING = 16.0  # from the plot to the text: room for the sign of the series


def lijn(
    data: pd.DataFrame,
    *,
    eenheid: str,
    breuken: Sequence[Breuk] = (),
    band: bool = False,
    vergelijking: str | None = None,
) -> Grafiek:
    """Lines over time; columns `reeks, periode, waarde` and when there `status, onder, boven`.

    At most six series besides `vergelijking` (the name of the series drawn grey and dashed). `band` shades
    onder..boven. Values axis from zero. Raises ParameterFout on missing columns or too many series.
    """
    rijen = gereed(data, ("reeks", "periode", "waarde"), grafiek="lijn")
    lijnen = reeksen(rijen, "reeks")
    eigen = [reeks for reeks in lijnen if reeks.naam != vergelijking]
    if len(eigen) > MAXIMUM:
        raise ParameterFout(
            f"Een lijngrafiek toont ten hoogste {MAXIMUM} reeksen.",
            ontvangen=len(eigen),
            doe="Voeg kleine groepen samen of gebruik kleine_veelvouden.",
        )
    getoond = assen.breuken_binnen(breuken, lijnen)
    with thema():
        figuur = _teken(lijnen, stijlen(lijnen, vergelijking), eenheid, getoond, band=band)
    return Grafiek(
        figuur=figuur,
        tabel=opmaak.breed(rijen, eenheid=eenheid),
        alt=beschrijving.lijnen(lijnen, eenheid),
        noten=(*noten.bij_lijnen(rijen), *noten.bij_breuken(getoond)),
    )


def _teken(
    lijnen: list[Reeks], stijl: list[Stijl], eenheid: str, breuken: Sequence[Breuk], *, band: bool
) -> Figure:
    alleen = len(lijnen) == 1
    labels = [_label(reeks, eenheid, alleen=alleen) for reeks in lijnen]
    rechts = assen.breedste(labels, TEKST) + (5.0 if alleen else _LABEL_INSPRING + 5)
    hoogste = _hoogste(lijnen, band=band)
    links = assen.as_breedte(eenheid, hoogste) + 4
    boven = assen.breuk_ruimte(breuken)
    figuur, as_ = assen.doek(HOOGTE + boven, (links, rechts, boven, _ONDER))
    assen.waarde_as(as_, eenheid, hoogste)
    assen.tijd_as(as_, lijnen)
    assen.teken_breuken(as_, breuken)
    for reeks, deze in zip(lijnen, stijl, strict=True):
        _teken_reeks(as_, reeks, deze, band=band and not deze.vergelijking)
    if not np.isfinite(hoogste):
        assen.zeg_leeg(as_)
    elif alleen:
        _teken_uiteinden(as_, lijnen[0], eenheid, labels[0])
    else:
        _teken_labels(as_, lijnen, stijl, labels)
    return figuur


def _hoogste(lijnen: list[Reeks], *, band: bool) -> float:
    waarden = np.concatenate([r.waarden for r in lijnen] + ([r.boven for r in lijnen] if band else []))
    return float(np.nanmax(waarden)) if not np.isnan(waarden).all() else float("nan")


def _label(reeks: Reeks, eenheid: str, *, alleen: bool) -> str:
    i = reeks.laatste
    if i is None:
        return "" if alleen else assen.afbreken(f"{reeks.naam}: geen cijfers", 18)
    waarde = opmaak.cel(reeks.waarden[i], eenheid, "voorlopig" if reeks.voorlopig[i] else "definitief")
    return waarde if alleen else assen.afbreken(f"{reeks.naam}{opmaak.NBSP}{waarde}", 18)


def _teken_reeks(as_: Axes, reeks: Reeks, stijl: Stijl, *, band: bool) -> None:
    if band:
        as_.fill_between(reeks.x, reeks.onder, reeks.boven, color=palet.BAND, linewidth=0, zorder=1.5)
    as_.plot(
        reeks.x, reeks.waarden, color=stijl.kleur, linestyle=stijl.streep, linewidth=stijl.dikte, zorder=stijl.laag
    )
    for open_, vulling in ((False, stijl.kleur), (True, palet.WIT)):
        kies = (reeks.voorlopig == open_) & ~np.isnan(reeks.waarden)
        if kies.any():
            stijl.punten(as_, reeks.x[kies], reeks.waarden[kies], vulling=vulling)


def _teken_uiteinden(as_: Axes, reeks: Reeks, eenheid: str, label: str) -> None:
    """One series needs no name: the first and the last value at their points."""
    eerste, laatste = int(np.flatnonzero(~np.isnan(reeks.waarden))[0]), reeks.laatste
    as_.annotate(
        label, (reeks.x[laatste], reeks.waarden[laatste]), xytext=(8, 0), textcoords="offset points", va="center"
    )
    if eerste != laatste:
        tekst = opmaak.cel(
            reeks.waarden[eerste], eenheid, "voorlopig" if reeks.voorlopig[eerste] else "definitief"
        )
        punt = (reeks.x[eerste], reeks.waarden[eerste])
        as_.annotate(tekst, punt, xytext=(0, 8), textcoords="offset points", ha="center")


def _teken_labels(as_: Axes, lijnen: list[Reeks], stijl: list[Stijl], labels: list[str]) -> None:
    _, hoogte = assen.maten(as_)
    top = as_.get_ylim()[1]
    eind = [_eindhoogte(reeks) / top * hoogte for reeks in lijnen]
    vakken = [TEKST * REGEL * (label.count("\n") + 1) + 2 for label in labels]
    plekken = spreid(eind, vakken, onder=-_ONDER, boven=hoogte + 6)
    for reeks, deze, label, y, wens in zip(lijnen, stijl, labels, plekken, eind, strict=True):
        as_.annotate(
            label,
            (1, y / hoogte),
            xycoords="axes fraction",
            xytext=(_LABEL_INSPRING, 0),
            textcoords="offset points",
            va="center",
            linespacing=assen.REGELAFSTAND,
        )
        _teken_sleutel(as_, reeks, deze, (y / hoogte, wens / hoogte))


def _eindhoogte(reeks: Reeks) -> float:
    return 0.0 if reeks.laatste is None else float(reeks.waarden[reeks.laatste])


def _teken_sleutel(as_: Axes, reeks: Reeks, stijl: Stijl, hoogten: tuple[float, float]) -> None:
    """The sign of the series before its label, with a thin line to its last point."""
    label, wens = hoogten
    breed, _ = assen.maten(as_)
    begin, eind = as_.get_xlim()
    x_sleutel = 1 + 8 / breed
    stijl.punten(as_, [x_sleutel], [label], vulling=stijl.kleur, transform=as_.transAxes)
    if reeks.laatste is not None:
        x_punt = (reeks.x[reeks.laatste] - begin) / (eind - begin)
        as_.plot(
            [x_punt + 5 / breed, x_sleutel - 5 / breed],
            [wens, label],
            transform=as_.transAxes,
            color=stijl.kleur,
            linewidth=0.6,
            clip_on=False,
            zorder=2,
        )
