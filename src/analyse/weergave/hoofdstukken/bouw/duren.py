"""Durations: a gemeente beside the region through time, or all gemeenten with their margins in one chart."""

from __future__ import annotations

import pandas as pd

from analyse.kern import codes
from analyse.weergave import Figuur, Waarschuwing, grafiek, opmaak
from analyse.weergave.beeld import Beeld
from analyse.weergave.boodschap_woorden import wat
from analyse.weergave.hoofdstukken.bouw.gemeen import (
    REGIO,
    Maat,
    bij_methode,
    bron,
    hoofdletter,
    is_zichtbaar,
    kort,
    leeg,
    met_namen,
    op,
)
from analyse.weergave.hoofdstukken.bouw.verloop import verloop


def duur(beeld: Beeld, indicator: str, *, id: str) -> Figuur | Waarschuwing:
    """A duration in days; the region shows the newest half-year of every gemeente with its margin."""
    return _marges(beeld, indicator, id=id) if beeld.is_regio else verloop(beeld, Maat(indicator), id=id)


def _marges(beeld: Beeld, indicator: str, *, id: str) -> Figuur | Waarschuwing:
    rijen = beeld.rijen(indicator, gebieden=beeld.gebieden, periodes=[beeld.periode])
    onderwerp = wat(indicator, "dagen")
    if not is_zichtbaar(rijen):
        return leeg(beeld, onderwerp, rijen)
    return Figuur(
        id=id,
        titel=f"{hoofdletter(onderwerp)}: {_opvallend(beeld, rijen)}",
        ondertitel=f"{hoofdletter(onderwerp)} in dagen, per gemeente, {beeld.periode.naam}",
        bron=bron(beeld),
        grafiek=grafiek.punten(
            rijen.assign(naam=[kort(beeld, gebied) for gebied in rijen["gebied"]]),
            eenheid="dagen",
            referentie=REGIO,
        ),
        noten=bij_methode(rijen),
        data=met_namen(beeld, rijen),
        intern=beeld.intern,
    )


def _opvallend(beeld: Beeld, rijen: pd.DataFrame) -> str:
    """Which gemeenten have a margin that leaves the figure of the region out."""
    regio = op(rijen, codes.REGIO, beeld.periode)
    if regio is None:
        return "de marges per gemeente"
    naam = rijen["gebied"].map(beeld.params.regio.namen)
    langer = naam[rijen["onder"].gt(regio["waarde"])]
    korter = naam[rijen["boven"].lt(regio["waarde"])]
    delen = [
        f"duidelijk {woord} in {opmaak.opsomming(list(namen))}"
        for woord, namen in (("langer", langer), ("korter", korter))
        if len(namen)
    ]
    anders = ", ".join(delen) or "nergens duidelijk anders"
    return f"{anders} dan in de regio ({opmaak.waarde(regio['waarde'], 'dagen')})"
