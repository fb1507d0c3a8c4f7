"""Months in a control chart: is a month a signal, or within the ordinary swing?

The verdict is that of `analyse.weergave.maandsignaal`, which the front page reads too. Where a gemeente may not
show its months, those of the region stand here: better the wider picture than none, and the note says so.
"""

from __future__ import annotations

import pandas as pd

from analyse.kern import codes
from analyse.kern.periode import Periode
from analyse.weergave import Figuur, Waarschuwing, opmaak
from analyse.weergave.beeld import Beeld
from analyse.weergave.grafiek.regelkaart import regelkaart
from analyse.weergave.hoofdstukken.bouw.gemeen import bij_methode, bron, hoofdletter, kort, met_namen
from analyse.weergave.maandsignaal import LAATSTE, ZELDZAAM, beoordeelde_maanden, breuken_in, maanden

NIVEAU = "regelkaart."  # before the id of the count: its mean and limits
# For the chapter verantwoording: under the chart itself they would be longer than what it says.
REGELS = (
    "Een maand is een signaal volgens de regels van Making Data Count: buiten de grenzen, 7 keer achter elkaar "
    "aan dezelfde kant van het gemiddelde, 7 keer achter elkaar hoger of achter elkaar lager, of twee van drie "
    "vlak bij dezelfde grens. De grenzen liggen 2,66 keer het gemiddelde verschil tussen twee maanden van het "
    "gemiddelde (XmR).",
    "Bij een breuk begint een nieuw gemiddelde, omdat de cijfers van ervoor niet te vergelijken zijn. Een maand "
    "die door het afronden ook op het gemiddelde kan liggen, telt aan geen van beide kanten mee.",
)
_ZIE = "De grenzen zijn die van een XmR-kaart. De regels staan bij Wanneer is iets een signaal (Verantwoording)."
_KLAAR = "De maanden die nog niet volledig zijn gemeld, staan er niet in."


def maandkaart(beeld: Beeld, indicator: str, *, id: str, wat_: str) -> Figuur | Waarschuwing:
    """The months of this gebied in a control chart; those of the region where its own may not be seen."""
    eigen = maanden(beeld, indicator, beeld.gebied)
    gebied = beeld.gebied if len(eigen) else codes.REGIO
    rijen = eigen if len(eigen) else maanden(beeld, indicator, gebied)
    if rijen.empty:
        return _te_klein(beeld, wat_)
    breuken = breuken_in(beeld, indicator, rijen)
    kaart = beoordeelde_maanden(beeld, rijen, breuken)
    return Figuur(
        id=id,
        titel=f"{hoofdletter(wat_)} per maand in {beeld.in_zin(gebied)}: {_boodschap(kaart)}",
        ondertitel=f"{hoofdletter(wat_)} per maand, {_naam(rijen, 0)} tot en met {_naam(rijen, -1)}",
        bron=bron(beeld),
        grafiek=regelkaart(_met_kaart(rijen, kaart), eenheid="aantal", breuken=breuken),
        noten=(*_noten(beeld, indicator, gebied), *bij_methode(rijen)),
        data=met_namen(beeld, pd.concat([rijen, _niveau(rijen, kaart)], ignore_index=True)),
        intern=beeld.intern,
    )


def _met_kaart(rijen: pd.DataFrame, kaart: pd.DataFrame) -> pd.DataFrame:
    return rijen.drop(columns=["onder", "boven"]).join(kaart, on="periode")


def _boodschap(kaart: pd.DataFrame) -> str:
    """What may be said of the last months: a signal with its month, or the ordinary swing."""
    laatste = kaart.tail(LAATSTE)
    if laatste["gemiddelde"].iloc[-1] < ZELDZAAM:
        return "te zeldzaam om per maand te beoordelen"
    if laatste["boven"].isna().all():
        return "nog te weinig maanden om te beoordelen"
    delen = [
        f"{richting} dan gewoon in {opmaak.opsomming([Periode.lees(str(maand)).naam for maand in deel.index])}"
        for richting, deel in laatste[laatste["signaal"]].groupby("richting", sort=True)
    ]
    return f"signaal, {' en '.join(delen)}" if delen else "binnen de gewone schommeling"


def _niveau(rijen: pd.DataFrame, kaart: pd.DataFrame) -> pd.DataFrame:
    """Mean and limits of every month as rows, so that the chart can be drawn from its CSV."""
    k = kaart.reset_index(drop=True)
    niveau = rijen.assign(waarde=k["gemiddelde"], onder=k["onder"], boven=k["boven"], teller=float("nan"))
    methode = k["signaal"].map({True: "xmr_signaal", False: "xmr"})
    return niveau.assign(indicator=NIVEAU + rijen["indicator"], eenheid="cijfer", methode=methode)


def _naam(rijen: pd.DataFrame, plek: int) -> str:
    return Periode.lees(str(rijen["periode"].iloc[plek])).naam


def _noten(beeld: Beeld, indicator: str, gebied: str) -> tuple[str, ...]:
    regio: tuple[str, ...] = ()
    if gebied != beeld.gebied:
        regio = (
            f"De maanden van {beeld.naam} zijn te klein om te tonen. Daarom staat hier de regio. Of {beeld.naam} "
            "zelf verandert, ziet u aan de halfjaren hierboven.",
        )
    return (*regio, *(_per_gemeente(beeld, indicator) if beeld.is_regio else ()), _KLAAR, _ZIE)


def _per_gemeente(beeld: Beeld, indicator: str) -> tuple[str, ...]:
    """Of the gemeenten that show their months: what these say."""
    delen = []
    for gemeente in beeld.params.regio.codes:
        rijen = maanden(beeld, indicator, gemeente)
        if len(rijen):
            kaart = beoordeelde_maanden(beeld, rijen, breuken_in(beeld, indicator, rijen))
            delen.append(f"{kort(beeld, gemeente)}: {_boodschap(kaart)}.")
    if not delen:
        return ("De maanden van de gemeenten apart zijn te klein om te tonen.",)
    anders = len(delen) < len(beeld.params.regio.codes)
    return (*delen, *(("De maanden van de andere gemeenten zijn te klein om te tonen.",) if anders else ()))


def _te_klein(beeld: Beeld, wat_: str) -> Waarschuwing:
    minimum = beeld.params.regio.drempels.minimum
    return Waarschuwing(
        titel=f"{hoofdletter(wat_)} per maand: niet te zien door privacyregels",
        tekst=(
            f"In minstens één maand zijn het er minder dan {minimum} in de hele regio, of een halfjaar is "
            "verborgen. Per maand beoordelen we dit cijfer daarom niet. Kijk naar de halfjaren."
        ),
        soort="uitleg",
        intern=beeld.intern,
    )
