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
        noten=(*_zonder_marge(rijen), *bij_methode(rijen)),
        data=met_namen(beeld, rijen),
        intern=beeld.intern,
    )


def _opvallend(beeld: Beeld, rijen: pd.DataFrame) -> str:
    """Which gemeenten have a margin that leaves the figure of the region out."""
    regio = op(rijen, codes.REGIO, beeld.periode)
    met_marge = rijen[rijen["onder"].notna() & rijen["boven"].notna() & rijen["gebied"].ne(codes.REGIO)]
    if regio is None or met_marge.empty:
        return "de marges zijn niet te tonen"
    naam = met_marge["gebied"].map(beeld.params.regio.namen)
    langer = naam[met_marge["onder"].gt(regio["waarde"])]
    korter = naam[met_marge["boven"].lt(regio["waarde"])]
    delen = [
        f"duidelijk {woord} in {opmaak.opsomming(list(namen))}"
        for woord, namen in (("langer", langer), ("korter", korter))
        if len(namen)
    ]
    gezien = "nergens" if len(met_marge) == len(beeld.params.regio.codes) else "voor zover te zien nergens"
    anders = ", ".join(delen) or f"{gezien} duidelijk anders"
    return f"{anders} dan in de regio ({opmaak.waarde(regio['waarde'], 'dagen')})"


def _zonder_marge(rijen: pd.DataFrame) -> tuple[str, ...]:
    zonder = rijen["waarde"].notna() & (rijen["onder"].isna() | rijen["boven"].isna())
    return ("Zonder streep: de marge is niet te tonen.",) if zonder.any() else ()
