"""Chapter signalen (INTERN): toewijzingen worth a second look, for the back office of one gemeente.

The report shows those with the most money; the workbook beside it holds all of them.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from analyse.weergave import Tabel, Tekst, opmaak
from analyse.weergave.beeld import Beeld
from analyse.weergave.hoofdstukken.bouw.gemeen import bron

LIJST = "signalen"
GETOOND = 15
# Name of the signal: what it is called, and why it is worth a look.
_NAMEN = {
    "generiek": ("Hele productcategorie", "U ziet niet welke hulp het is. Het tarief is vaak hoger."),
    "vreemde_combinatie": ("Ongewone combinatie", "Deze producten komen zelden samen voor. Vaak is er een reden."),
    "meer_verwijzers": ("Meer verwijzers in een jaar", "Weet iedereen van elkaar wie wat doet?"),
    "langlopend": ("Loopt al lang", "Is deze hulp nog nodig, of kan het lichter?"),
    "zonder_einddatum": ("Zonder einddatum", "Er is geen vanzelfsprekend moment om te herzien."),
    "verlengd_zonder_wijziging": ("Verlengd zonder wijziging", "Is er bij de verlenging echt opnieuw gekeken?"),
    "boven_toewijzing": ("Meer betaald dan toegewezen", "Klopt de declaratie, of klopt de toewijzing niet?"),
}
_WAAROM = "Waarom op de lijst"
_KOPPEN = {
    "toewijzingnummer": "Toewijzing",
    "aanbieder": "Aanbieder",
    "productcode": "Product",
    "begin": "Begin",
    "eind": "Eind",
    "euro": "Euro",
    "uitleg": _WAAROM,
}


def overzicht(beeld: Beeld) -> Tabel:
    """How many toewijzingen stand on each list, and the money that goes with them."""
    alle = _rijen(beeld)
    per = {naam: alle[alle["signaal"].eq(naam)] for naam in _NAMEN}
    rijen = [
        (*_NAMEN[naam], opmaak.getal(len(deel)), opmaak.euro(deel["euro"].sum())) for naam, deel in per.items()
    ]
    kaal = [(naam, len(deel), round(deel["euro"].sum(), 2)) for naam, deel in per.items()]
    totaal = alle["toewijzingnummer"].nunique()
    return Tabel(
        id="signalen-overzicht",
        titel=f"{opmaak.getal(totaal)} toewijzingen van {beeld.waar} om nog eens naar te kijken",
        ondertitel="Euro is wat de laatste twaalf maanden is goedgekeurd; bij te veel betaald het meerdere",
        tabel=pd.DataFrame(rijen, columns=["Signaal", "Waarom kijken", "Toewijzingen", "Euro"])[
            ["Signaal", "Toewijzingen", "Euro", "Waarom kijken"]
        ],
        bron=bron(beeld),
        data=pd.DataFrame(kaal, columns=["signaal", "aantal", "euro"]),
        noten=("Een toewijzing kan op meer lijsten staan. Tel de aantallen en de euro's dus niet bij elkaar op.",),
        intern=True,
    )


def generiek(beeld: Beeld) -> Tabel | Tekst:
    """Toewijzingen on a whole productcategorie."""
    return _lijst(beeld, "generiek")


def vreemde_combinatie(beeld: Beeld) -> Tabel | Tekst:
    """Products that seldom go together."""
    return _lijst(beeld, "vreemde_combinatie")


def meer_verwijzers(beeld: Beeld) -> Tabel | Tekst:
    """Several verwijzers for one child in a year."""
    return _lijst(beeld, "meer_verwijzers")


def langlopend(beeld: Beeld) -> Tabel | Tekst:
    """Help that has gone on for years."""
    return _lijst(beeld, "langlopend")


def zonder_einddatum(beeld: Beeld) -> Tabel | Tekst:
    """Toewijzingen without an end."""
    return _lijst(beeld, "zonder_einddatum")


def verlengd_zonder_wijziging(beeld: Beeld) -> Tabel | Tekst:
    """The same help extended again and again."""
    return _lijst(beeld, "verlengd_zonder_wijziging")


def boven_toewijzing(beeld: Beeld) -> Tabel | Tekst:
    """More approved than allocated."""
    return _lijst(beeld, "boven_toewijzing")


def _rijen(beeld: Beeld) -> pd.DataFrame:
    rijen = beeld.lijst(LIJST)
    return rijen.assign(euro=rijen["euro_cent"] / 100)


def _lijst(beeld: Beeld, signaal: str) -> Tabel | Tekst:
    alle, (naam, _) = _rijen(beeld), _NAMEN[signaal]
    rijen = alle[alle["signaal"].eq(signaal)].sort_values("euro", ascending=False, kind="stable")
    if rijen.empty:
        return Tekst(f"Op de lijst **{naam.lower()}** staat niets.", intern=True)
    eerste = f", de {GETOOND} met de meeste euro's" if len(rijen) > GETOOND else ""
    return Tabel(
        id=f"signalen-{signaal.replace('_', '-')}",
        titel=f"{naam}: {opmaak.getal(len(rijen))} {'toewijzing' if len(rijen) == 1 else 'toewijzingen'}",
        ondertitel=f"{beeld.naam}{eerste}. De hele lijst staat in het Excelbestand",
        bron=bron(beeld),
        data=_kaal(rijen).assign(aanbieder_naam=rijen["aanbieder"].map(beeld.referentie.aanbieders)),
        intern=True,
        **_leesbaar(rijen.head(GETOOND)),
    )


def _kaal(rijen: pd.DataFrame) -> pd.DataFrame:
    """The rows as they go into the workbook."""
    dagen = {naam: pd.to_datetime(rijen[naam]).dt.strftime("%Y-%m-%d").fillna("") for naam in ("begin", "eind")}
    return rijen.assign(**dagen)[["gebied", *_KOPPEN]]


def _leesbaar(rijen: pd.DataFrame) -> dict[str, Any]:
    """The rows to read. What is said of every row is said once, below them."""
    euro = rijen["euro"].map(opmaak.euro)
    tabel = _kaal(rijen).assign(euro=euro)[list(_KOPPEN)].rename(columns=_KOPPEN).replace({"Eind": {"": "geen"}})
    if tabel[_WAAROM].nunique() > 1 or len(tabel) == 1:
        return {"tabel": tabel}
    return {"tabel": tabel.drop(columns=_WAAROM), "noten": (f"{_WAAROM}: {tabel[_WAAROM].iloc[0]}",)}
