"""How much help there is against what fits the ages: a chart of all gemeenten, or one row of one gemeente.

The rows and their verdict are those of `analyse.weergave.verhouding`, which the front page reads too. The chart
of the region says how it was calculated; a table elsewhere only points to it, because those notes are long.
"""

from __future__ import annotations

import pandas as pd

from analyse.kern import codes
from analyse.weergave import Figuur, Tabel, Waarschuwing, grafiek, opmaak
from analyse.weergave.beeld import Beeld
from analyse.weergave.grafiek.noten import tekens
from analyse.weergave.hoofdstukken.bouw.gemeen import REGIO, bron, hoofdletter, kort, met_namen
from analyse.weergave.verhouding import SOORT, met_signaal, verhoudingen

# For the chapter verantwoording: under the chart itself they would be longer than what it says.
REGELS = (
    "Bij hulp tegenover leeftijd rekenen we met het aantal kinderen per leeftijdsgroep en met wat in de regio bij "
    "die leeftijd past (indirect gestandaardiseerd). De verhouding is gemaakt van de afgeronde cijfers in dit "
    "rapport. Leeftijdsgroepen die de regio verbergt, tellen als één groep.",
    "Die verhouding is een signaal buiten de trechter: de grenzen van 99,8 procent rond de regio, verruimd omdat "
    "gemeenten meer verschillen dan alleen door toeval (overdispersie). De verruiming komt uit deze gemeenten "
    "zelf en is daardoor onzeker.",
)
_NOTEN = (
    "We rekenen met leeftijd (indirect gestandaardiseerd), niet met geslacht: daar zijn de cijfers niet naar "
    "gesplitst. De marge is een 95%-interval (Byar, of exact Poisson bij kleine aantallen).",
    "Een signaal valt buiten een trechter die is verruimd voor overdispersie. Geen signaal: zo veel verschillen "
    "gemeenten nu eenmaal van elkaar. De regels staan bij Wanneer is iets een signaal (Verantwoording).",
)
_ZIE = _NOTEN[1:]


def leeftijdsverhouding(
    beeld: Beeld, indicator: str, *, id: str, wat_: str, uitleg: bool = True
) -> Figuur | Tabel | Waarschuwing:
    """`indicator` is one of `SOORT`; without `uitleg` a table that leaves the method to another chapter."""
    rijen = verhoudingen(beeld, indicator)
    if rijen.empty or (not beeld.is_regio and beeld.gebied not in set(rijen["gebied"])):
        return _zonder(beeld, wat_)
    if beeld.is_regio and uitleg:
        return _figuur(beeld, indicator, rijen, id=id, wat_=wat_)
    eigen = rijen if beeld.is_regio else rijen[rijen["gebied"].eq(beeld.gebied)]
    return Tabel(
        id=id,
        titel=f"{hoofdletter(wat_)} in {beeld.waar} tegenover wat bij de leeftijden past: {_slot(beeld, eigen)}",
        ondertitel=f"{hoofdletter(wat_)} in het {beeld.periode.naam}, 100% is zoals in de regio",
        tabel=_tabel(beeld, eigen),
        bron=_bron(beeld),
        noten=(*tekens(eigen["status"]), *(_NOTEN if uitleg else _ZIE)),
        data=_data(beeld, indicator, eigen),
        intern=beeld.intern,
    )


def _slot(beeld: Beeld, rijen: pd.DataFrame) -> str:
    """Of one gemeente its ratio and verdict; of the region in which gemeenten there is a signal."""
    if not beeld.is_regio:
        return f"{opmaak.procent(rijen['waarde'].iloc[0])}, {rijen['oordeel'].iloc[0]}"
    namen = [kort(beeld, g) for g in met_signaal(rijen)["gebied"]]
    return f"signaal in {opmaak.opsomming(namen)}" if namen else "nergens een signaal"


def _figuur(beeld: Beeld, indicator: str, rijen: pd.DataFrame, *, id: str, wat_: str) -> Figuur:
    punten = rijen.assign(naam=[kort(beeld, g) for g in rijen["gebied"]])
    regio = pd.DataFrame([{"naam": REGIO, "waarde": 100.0, "status": "definitief"}])
    return Figuur(
        id=id,
        titel=f"{hoofdletter(wat_)} tegenover wat bij de leeftijden past: {_slot(beeld, rijen)}",
        ondertitel=f"{hoofdletter(wat_)} per gemeente, {beeld.periode.naam}, 100% is zoals in de regio",
        bron=_bron(beeld),
        grafiek=grafiek.punten(pd.concat([punten, regio], ignore_index=True), eenheid="procent", referentie=REGIO),
        tabel=_tabel(beeld, rijen),
        noten=_NOTEN,
        data=_data(beeld, indicator, rijen),
        intern=beeld.intern,
    )


def _tabel(beeld: Beeld, rijen: pd.DataFrame) -> pd.DataFrame:
    def cellen(kolom: str, eenheid: str) -> list[str]:
        return [opmaak.cel(w, eenheid, s) for w, s in zip(rijen[kolom], rijen["status"], strict=True)]

    marge = zip(rijen["onder"], rijen["boven"], strict=True)
    return pd.DataFrame(
        {
            "Gebied": [kort(beeld, gebied) for gebied in rijen["gebied"]],
            "Geteld": cellen("geteld", "aantal"),
            "Past bij leeftijd": cellen("verwacht", "aantal"),
            "Verhouding": cellen("waarde", "procent"),
            "Marge": [f"{opmaak.procent(onder)} tot {opmaak.procent(boven)}" for onder, boven in marge],
            "Oordeel": rijen["oordeel"].to_list(),
        }
    )


def _data(beeld: Beeld, indicator: str, rijen: pd.DataFrame) -> pd.DataFrame:
    gebieden, tabel = list(rijen["gebied"]), beeld.vergeleken.leeftijd
    van_soort = tabel["indicator"].str.startswith(f"{SOORT[indicator]}.")
    eigen = tabel[
        van_soort & tabel["gebied"].isin([*gebieden, codes.REGIO]) & tabel["periode"].eq(str(beeld.periode))
    ]
    geteld = beeld.rijen(indicator, gebieden=[*gebieden, codes.REGIO], periodes=[beeld.periode])
    leeftijd = beeld.rijen(indicator, per="leeftijd", gebieden=[codes.REGIO], periodes=[beeld.periode])
    return met_namen(beeld, pd.concat([geteld, leeftijd, eigen], ignore_index=True))


def _bron(beeld: Beeld) -> str:
    return f"{bron(beeld)}; inwoners per leeftijd"


def _zonder(beeld: Beeld, wat_: str) -> Waarschuwing:
    return Waarschuwing(
        titel=f"{hoofdletter(wat_)} tegenover wat bij de leeftijden past: niet te maken",
        tekst=(
            "Hiervoor is het aantal inwoners per leeftijd van alle gemeenten nodig (tabel populatie, of analyse "
            "cbs), en moeten de aantallen naar leeftijd in de regio te zien zijn."
        ),
        soort="uitleg",
        intern=beeld.intern,
    )
