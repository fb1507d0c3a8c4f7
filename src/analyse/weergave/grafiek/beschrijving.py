"""Alt text of charts: what kind of chart, over what, and the key numbers; the whole table stands beside it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analyse.weergave import opmaak
from analyse.weergave.grafiek.gegevens import Reeks

_VEEL = 3  # from here on only begin and end are told


def _punt(reeks: Reeks, i: int, eenheid: str) -> str:
    woord = "voorlopig, " if reeks.voorlopig[i] else ""
    return f"{opmaak.waarde(reeks.waarden[i], eenheid)} ({woord}{reeks.perioden[i].naam})"


def _uitersten(reeks: Reeks, eenheid: str, zichtbaar: np.ndarray) -> str:
    laag = int(zichtbaar[np.argmin(reeks.waarden[zichtbaar])])
    hoog = int(zichtbaar[np.argmax(reeks.waarden[zichtbaar])])
    return f"; laagste {_punt(reeks, laag, eenheid)}, hoogste {_punt(reeks, hoog, eenheid)}"


def een_reeks(reeks: Reeks, eenheid: str, *, uitersten: bool) -> str:
    """One series in one sentence: from, to, and when asked lowest and highest."""
    zichtbaar = np.flatnonzero(~np.isnan(reeks.waarden))
    if not len(zichtbaar):
        return f"{reeks.naam}: geen cijfers om te tonen."
    if len(zichtbaar) == 1:
        return f"{reeks.naam}: {_punt(reeks, int(zichtbaar[0]), eenheid)}."
    eerste, laatste = int(zichtbaar[0]), int(zichtbaar[-1])
    tekst = f"{reeks.naam}: van {_punt(reeks, eerste, eenheid)} naar {_punt(reeks, laatste, eenheid)}"
    return tekst + (_uitersten(reeks, eenheid, zichtbaar) if uitersten else "") + "."


def lijnen(reeksen: Sequence[Reeks], eenheid: str, *, soort: str = "Lijngrafiek") -> str:
    """Alt text of a chart over time."""
    aantal = f" met {opmaak.getal_woord(len(reeksen))} reeksen" if len(reeksen) > 1 else ""
    zinnen = [een_reeks(reeks, eenheid, uitersten=len(reeksen) < _VEEL) for reeks in reeksen]
    return " ".join([f"{soort}{aantal}.", *zinnen])


def rijen(data: pd.DataFrame, eenheid: str, *, soort: str) -> str:
    """Alt text of a chart with one value per row: every name with its figure, in the order drawn."""
    delen = [
        f"{naam} {_rij_waarde(waarde, eenheid, status)}"
        for naam, waarde, status in zip(data["naam"], data["waarde"], data["status"], strict=True)
    ]
    return f"{soort} met {opmaak.getal_woord(len(delen))} rijen: {', '.join(delen)}."


def _rij_waarde(waarde: float, eenheid: str, status: str) -> str:
    if status == "verborgen":
        return "verborgen"
    if opmaak.ontbreekt(waarde):
        return "geen cijfer"
    return opmaak.waarde(waarde, eenheid) + (" (voorlopig)" if status == "voorlopig" else "")
