"""The personal side of a message: number, birth, invented name and address.

Kept apart from the facts, so that the table writer can't get at a name. Blocks are made once per child and
message type and then reused: that halves the time of writing.
"""

from __future__ import annotations

from functools import cache

from analyse.demo.namen import (
    ACHTERNAMEN,
    EMAILS,
    PLAATSEN,
    POSTCODES,
    STRATEN,
    TELEFOON,
    TOELICHTINGEN,
    VOORNAMEN,
)
from analyse.demo.wereld import Persoon


class Kaartenbak:
    """The personal blocks of all children; `bsn` gives the number of a child."""

    def __init__(self, bsns: list[str]) -> None:
        self._bsns = bsns
        self._kort = cache(self._maak_kort)
        self._lang = cache(self._maak_lang)

    def bsn(self, persoon: Persoon) -> str:
        """The burgerservicenummer of a child."""
        return self._bsns[persoon.nr]

    def kort(self, persoon: Persoon, p: str) -> str:
        """Bsn, birth, sex and short name, as 305, 307 and 315 want them; `p` is the prefix of the message."""
        return self._kort(persoon.nr, p, persoon.geboren.isoformat(), persoon.geslacht, persoon.gezin)

    def lang(self, persoon: Persoon, p: str) -> str:
        """The same with the full name and the contact block, as 301 wants them."""
        return self._lang(persoon.nr, p, persoon.geboren.isoformat(), persoon.geslacht, persoon.gezin)

    def _maak_kort(self, nr: int, p: str, geboren: str, geslacht: str, gezin: int) -> str:
        return self._begin(nr, p, geboren, geslacht) + f"<{p}:Naam>{_naam(nr, gezin)}</{p}:Naam>"

    def _maak_lang(self, nr: int, p: str, geboren: str, geslacht: str, gezin: int) -> str:
        naam = f"<{p}:Naam>{_naam(nr, gezin)}<ijw:NaamGebruik>1</ijw:NaamGebruik></{p}:Naam>"
        meer = ""
        if nr % 31 == 0:
            meer += f"<{p}:Communicatie><ijw:Vorm>1</ijw:Vorm></{p}:Communicatie>"
        if nr % 23 == 0:
            meer += f"<{p}:Commentaar>{_toelichting(nr)}</{p}:Commentaar>"
        if nr % 37 == 0:
            meer += _ouder(p, nr, gezin)
        contact = f"<{p}:Contactgegevens>{_contact(p, gezin, vol=nr % 11 == 0)}</{p}:Contactgegevens>"
        return self._begin(nr, p, geboren, geslacht) + naam + meer + contact

    def _begin(self, nr: int, p: str, geboren: str, geslacht: str) -> str:
        # Once in a while only the month of birth is known (DatumGebruik 1).
        gebruik = "<ijw:DatumGebruik>1</ijw:DatumGebruik>" if nr % 97 == 0 else ""
        dag = geboren[:8] + "01" if gebruik else geboren
        return (
            f"<{p}:Bsn>{self._bsns[nr]}</{p}:Bsn>"
            f"<{p}:Geboortedatum><ijw:Datum>{dag}</ijw:Datum>{gebruik}</{p}:Geboortedatum>"
            f"<{p}:Geslacht>{geslacht}</{p}:Geslacht>"
        )


def _achternaam(gezin: int) -> str:
    return ACHTERNAMEN[gezin * 7 % len(ACHTERNAMEN)]


def _naam(nr: int, gezin: int) -> str:
    voor = VOORNAMEN[nr * 5 % len(VOORNAMEN)]
    vol = f"<ijw:Voornamen>{voor}</ijw:Voornamen><ijw:Voorletters>{voor[0]}</ijw:Voorletters>" if nr % 4 else ""
    return f"<ijw:Geslachtsnaam><ijw:Achternaam>{_achternaam(gezin)}</ijw:Achternaam></ijw:Geslachtsnaam>{vol}"


def _toelichting(nr: int) -> str:
    return TOELICHTINGEN[nr % len(TOELICHTINGEN)]


def _contact(p: str, gezin: int, *, vol: bool) -> str:
    if not vol:
        return f"<{p}:Contact><{p}:Soort>01</{p}:Soort></{p}:Contact>"
    return (
        f"<{p}:Contact><{p}:Soort>01</{p}:Soort><{p}:Adres><ijw:Huis><ijw:Huisnummer>{gezin % 199 + 1}"
        f"</ijw:Huisnummer></ijw:Huis><ijw:Postcode>{POSTCODES[gezin % len(POSTCODES)]}</ijw:Postcode>"
        f"<ijw:Straatnaam>{STRATEN[gezin % len(STRATEN)]}</ijw:Straatnaam>"
        f"<ijw:Plaatsnaam>{PLAATSEN[gezin % len(PLAATSEN)]}</ijw:Plaatsnaam><ijw:LandCode>NL</ijw:LandCode>"
        f"</{p}:Adres><{p}:Telefoon><ijw:Telefoon01><ijw:Telefoonnummer>{TELEFOON}</ijw:Telefoonnummer>"
        f"<ijw:Landnummer>0031</ijw:Landnummer></ijw:Telefoon01></{p}:Telefoon>"
        f"<{p}:Emailadres>{EMAILS[gezin % len(EMAILS)]}</{p}:Emailadres></{p}:Contact>"
    )


def _ouder(p: str, nr: int, gezin: int) -> str:
    return (
        f"<{p}:Relaties><{p}:Relatie><{p}:Nummer>1</{p}:Nummer><{p}:Volgorde>1</{p}:Volgorde>"
        f"<{p}:Soort>10</{p}:Soort><{p}:Naam>{_naam(nr + 1, gezin)}<ijw:NaamGebruik>1</ijw:NaamGebruik>"
        f"</{p}:Naam>{_contact(p, gezin, vol=True)}</{p}:Relatie></{p}:Relaties>"
    )
