"""One measure through time: a gemeente beside the region, or all gemeenten in small panels.

A gemeente is compared in rates or shares, never in counts. A title over eight panels names the gemeenten that
stand out from their own past, not the highest or lowest: that would be a ranking of chance.
"""

from __future__ import annotations

import pandas as pd

from analyse.kern import codes
from analyse.weergave import Figuur, Waarschuwing, grafiek, opmaak
from analyse.weergave.beeld import Beeld
from analyse.weergave.boodschap import punten
from analyse.weergave.boodschap_toets import Oordeel, toets
from analyse.weergave.boodschap_woorden import cijfer, wat, zin
from analyse.weergave.hoofdstukken.bouw.gemeen import (
    REGIO,
    Maat,
    bij_methode,
    breuken,
    bron,
    eenheid,
    hoofdletter,
    is_zichtbaar,
    jaren,
    kort,
    leeg,
    met_namen,
    op,
    rijen_van,
    spanne,
    waarom_niet,
)
from analyse.weergave.hoofdstukken.bouw.naast import met_marge, naast_regio


def verloop(beeld: Beeld, maat: Maat, *, id: str) -> Figuur | Waarschuwing:
    """A measure through time: a gemeente beside the region, or all gemeenten in small panels."""
    rijen = rijen_van(beeld, maat, beeld.gebieden)
    onderwerp = wat(maat.indicator, eenheid(rijen), jaren=jaren(beeld))
    eigen = rijen if beeld.is_regio else rijen[rijen["gebied"].eq(beeld.gebied)]
    if not is_zichtbaar(eigen):
        return leeg(beeld, onderwerp, eigen)
    teken, titel = (_panelen, _titel_gemeenten) if beeld.is_regio else (_naast_regio, _titel_naast_regio)
    return Figuur(
        id=id,
        titel=titel(beeld, maat, rijen, onderwerp),
        ondertitel=f"{hoofdletter(onderwerp)}, per halfjaar, {spanne(beeld)}",
        bron=bron(beeld),
        grafiek=teken(beeld, maat, rijen),
        noten=(*naast_regio(beeld, met_marge(rijen)), *bij_methode(rijen)),
        data=met_namen(beeld, met_marge(rijen)),
        intern=beeld.intern,
    )


def _naast_regio(beeld: Beeld, maat: Maat, rijen: pd.DataFrame) -> grafiek.Grafiek:
    reeksen = rijen.assign(reeks=[kort(beeld, gebied) for gebied in rijen["gebied"]])
    return grafiek.lijn(
        reeksen, eenheid=eenheid(rijen), breuken=breuken(beeld, [maat.indicator]), vergelijking=REGIO
    )


def _panelen(beeld: Beeld, maat: Maat, rijen: pd.DataFrame) -> grafiek.Grafiek:
    panelen = rijen.assign(paneel=[kort(beeld, gebied) for gebied in rijen["gebied"]])
    return grafiek.kleine_veelvouden(
        panelen, eenheid=eenheid(rijen), breuken=breuken(beeld, [maat.indicator]), accent=REGIO
    )


def _titel_naast_regio(beeld: Beeld, maat: Maat, rijen: pd.DataFrame, onderwerp: str) -> str:
    nu = op(rijen, beeld.gebied, beeld.periode)
    if nu is None:
        laatste = rijen[rijen["gebied"].eq(beeld.gebied)].tail(1)
        return f"{hoofdletter(onderwerp)} in {beeld.waar}: {waarom_niet(laatste)}"
    regio = op(rijen, codes.REGIO, beeld.periode)
    kop = zin(nu, beeld.waar, jaren=jaren(beeld))
    return kop if regio is None else f"{kop}, in de regio {cijfer(regio['waarde'], str(regio['eenheid']))}"


def _titel_gemeenten(beeld: Beeld, maat: Maat, rijen: pd.DataFrame, onderwerp: str) -> str:
    """Which gemeenten stand out from their own past; no figures, because one title can't hold eight."""
    kop = hoofdletter(onderwerp)
    omhoog: list[str] = []
    omlaag: list[str] = []
    beoordeeld = 0
    alle = rijen_van(beeld, maat, beeld.params.regio.codes, alle=True)
    for gebied, deel in alle.groupby("gebied", sort=False):
        uitslag = toets(punten(deel), eenheid=eenheid(deel), breuken=beeld.breuken(maat.indicator))
        beoordeeld += uitslag.oordeel is not Oordeel.ONVOLDOENDE
        if uitslag.oordeel is Oordeel.SIGNAAL and uitslag.toen is not None:
            hoger = (uitslag.nu.waarde or 0.0) > (uitslag.toen.waarde or 0.0)
            (omhoog if hoger else omlaag).append(beeld.params.regio.namen[str(gebied)])
    return f"{kop}: {_opvallend(omhoog, omlaag, beoordeeld, eenheid(rijen))}"


def _opvallend(omhoog: list[str], omlaag: list[str], beoordeeld: int, soort: str) -> str:
    meer, minder = {"aantal": ("meer", "minder"), "dagen": ("langer", "korter")}.get(soort, ("hoger", "lager"))
    delen = [
        f"duidelijk {woord} dan een jaar eerder in {opmaak.opsomming(namen)}"
        for woord, namen in ((meer, omhoog), (minder, omlaag))
        if namen
    ]
    if delen:
        return ", ".join(delen)
    return "nergens een duidelijke verandering" if beoordeeld else "nog te weinig halfjaren om te beoordelen"
