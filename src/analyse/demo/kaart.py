"""The personal side of a message: number, birth, invented name and address.

Kept apart from the facts, so that the table writer can't get at a name. Blocks are made once per child and
message type and then reused: that halves the time of writing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analyse.demo import namen
from analyse.demo.wereld import Persoon
from analyse.demo.xml_basis import BERICHT, IJW, Element, retourcodes


class Kaartenbak:
    """The personal blocks of all children: `bsns` by number of the child, `status` (OTS, voogdij) for some."""

    def __init__(self, bsns: Sequence[str], status: Mapping[int, str]) -> None:
        self._bsns, self._status = bsns, status
        self._kort: dict[tuple[int, str], str] = {}
        self._lang: dict[tuple[int, str], str] = {}

    def bsn(self, persoon: Persoon) -> str:
        """The burgerservicenummer of a child."""
        return self._bsns[persoon.nr]

    def kort(self, persoon: Persoon, soort: str) -> str:
        """Bsn, birth, sex and short name, as 305, 307 and 315 want them."""
        sleutel = persoon.nr, soort
        if sleutel not in self._kort:
            e = BERICHT[soort]
            self._kort[sleutel] = self._begin(persoon, e) + e("Naam", _naam(persoon.nr, persoon.gezin))
        return self._kort[sleutel]

    def lang(self, persoon: Persoon, soort: str) -> str:
        """The same with full name, now and then more, and contact data, as 301 and 302 want them."""
        sleutel = persoon.nr, soort
        if sleutel not in self._lang:
            self._lang[sleutel] = self._maak_lang(persoon, soort)
        return self._lang[sleutel]

    @staticmethod
    def toelichting(nummer: int) -> str:
        """A free text."""
        return namen.TOELICHTINGEN[nummer % len(namen.TOELICHTINGEN)]

    def _maak_lang(self, persoon: Persoon, soort: str) -> str:
        e, nr = BERICHT[soort], persoon.nr
        oordeel = retourcodes(e, "0200") if soort == "302" else ""
        status = self._status.get(nr, "")
        return (
            self._begin(persoon, e)
            + e("Naam", _naam(nr, persoon.gezin) + IJW("NaamGebruik", "1"))
            + e("Communicatie", IJW("Vorm", "1") if nr % 31 == 0 else "")
            + e("JuridischeStatus", status if status == "04" else "")
            + e("WettelijkeVertegenwoordiging", status if status == "06" else "")
            + e("Commentaar", self.toelichting(nr) if nr % 23 == 0 else "")
            + e("Relaties", _ouder(e, nr, persoon.gezin, oordeel) if nr % 37 == 0 else "")
            + e("Contactgegevens", _contact(e, persoon.gezin, oordeel, vol=nr % 11 == 0))
        )

    def _begin(self, persoon: Persoon, e: Element) -> str:
        # Once in a while only the month of birth is known (DatumGebruik 1).
        vaag = persoon.nr % 97 == 0
        dag = persoon.geboren.replace(day=1) if vaag else persoon.geboren
        geboren = IJW("Datum", dag) + IJW("DatumGebruik", "1" if vaag else "")
        return e("Bsn", self._bsns[persoon.nr]) + e("Geboortedatum", geboren) + e("Geslacht", persoon.geslacht)


def _naam(nr: int, gezin: int) -> str:
    voor = namen.VOORNAMEN[nr * 5 % len(namen.VOORNAMEN)]
    achter = IJW("Achternaam", namen.ACHTERNAMEN[gezin * 7 % len(namen.ACHTERNAMEN)])
    vol = IJW("Voornamen", voor) + IJW("Voorletters", voor[0]) if nr % 5 else ""
    return IJW("Geslachtsnaam", achter) + vol


def _contact(e: Element, gezin: int, oordeel: str, *, vol: bool) -> str:
    meer = e("Adres", _adres(gezin)) + e("Telefoon", _telefoon()) + e("Emailadres", _uit(namen.EMAILS, gezin))
    return e("Contact", e("Soort", "01") + (meer if vol else "") + oordeel)


def _adres(gezin: int) -> str:
    return (
        IJW("Huis", IJW("Huisnummer", gezin % 199 + 1))
        + IJW("Postcode", _uit(namen.POSTCODES, gezin))
        + IJW("Straatnaam", _uit(namen.STRATEN, gezin))
        + IJW("Plaatsnaam", _uit(namen.PLAATSEN, gezin))
        + IJW("LandCode", "NL")
    )


def _telefoon() -> str:
    return IJW("Telefoon01", IJW("Telefoonnummer", namen.TELEFOON) + IJW("Landnummer", "0031"))


def _uit(lijst: Sequence[str], gezin: int) -> str:
    return lijst[gezin % len(lijst)]


def _ouder(e: Element, nr: int, gezin: int, oordeel: str) -> str:
    naam = _naam(nr + 1, gezin) + IJW("NaamGebruik", "1")
    inhoud = e("Nummer", "1") + e("Volgorde", "1") + e("Soort", "10") + e("Naam", naam)
    return e("Relatie", inhoud + _contact(e, gezin, oordeel, vol=True) + oordeel)
