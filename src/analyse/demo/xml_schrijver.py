"""From envelopes to message texts: which writer for which message, and a number on each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from analyse.demo.kaart import Kaartenbak
from analyse.demo.post import Antwoordbericht, Bericht, Declaratiebericht, Meldbericht, Toewijsbericht
from analyse.demo.xml_basis import Adres
from analyse.demo.xml_declaratie import declaratie, declaratieantwoord
from analyse.demo.xml_levering import melding
from analyse.demo.xml_toewijzing import retour, toewijzing
from analyse.demo.xml_verzoek import antwoord, verzoek


class Schrijver:
    """Writes the messages of one gemeente; the counter gives every message its own identification."""

    def __init__(self, gemeente: str, kaarten: Kaartenbak) -> None:
        self._gemeente, self._kaarten = gemeente[2:], kaarten
        self._teller = 0
        self._gedeclareerd: dict[str, str] = {}  # declaratienummer -> identification of its 323

    def schrijf(self, post: Iterable[Bericht]) -> Iterator[tuple[str, str]]:
        """Message type and text of every message, with the 302 behind a 301 that was answered."""
        for bericht in post:
            if isinstance(bericht, Toewijsbericht):
                adres = self._adres(bericht)
                yield "301", toewijzing(bericht, adres, self._kaarten)
                if bericht.antwoord_op:
                    yield "302", retour(bericht, adres, self._kaarten)
            elif isinstance(bericht, Declaratiebericht):
                yield self._declaratie(bericht)
            elif isinstance(bericht, Meldbericht):
                yield bericht.soort, melding(bericht, self._adres(bericht), self._kaarten)
            elif isinstance(bericht, Antwoordbericht):
                yield "319", antwoord(bericht, self._adres(bericht))
            else:
                yield bericht.verzoek.soort, verzoek(bericht, self._adres(bericht), self._kaarten)

    def _adres(self, bericht: Bericht) -> Adres:
        self._teller += 1
        return Adres(self._gemeente, bericht.agb, bericht.dag, f"{self._gemeente}{self._teller:08d}")

    def _declaratie(self, bericht: Declaratiebericht) -> tuple[str, str]:
        adres = self._adres(bericht)
        if bericht.antwoord:
            gedeclareerd = self._gedeclareerd[bericht.nummer]
            return "325", declaratieantwoord(bericht, adres, self._kaarten, gedeclareerd)
        self._gedeclareerd[bericht.nummer] = adres.nummer
        return "323", declaratie(bericht, adres, self._kaarten)
