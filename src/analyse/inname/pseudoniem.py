"""Pseudonyms: keyed HMAC-SHA-256 of the BSN (or the id of the source), cut to 128 bits.

An unkeyed hash would be no protection: all valid BSNs can be tried within a minute. The key therefore lives
outside the repository. Figures never depend on it; only linking people between runs does.
"""

from __future__ import annotations

import hmac
import os
import re
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from analyse.kern.fouten import ParameterFout

DEMO_SLEUTEL = b"demosleutel: alleen voor verzonnen kinderen, nooit voor echte gegevens"
OMGEVING, OMGEVING_BESTAND = "ANALYSE_SLEUTEL", "ANALYSE_SLEUTEL_BESTAND"
MINIMUM = 32  # bytes
# BSN's that never belong to anybody: the test range of the RvIG, and what is typed to get past a form.
TESTNUMMERS = ("999900006", "999999990")
INVULNUMMERS = ("000000000", "999999999")
_NEGEN = re.compile(r"(?<!\d)\d{9}(?!\d)")


@dataclass(frozen=True)
class Sleutel:
    """A key and where it came from: argument, omgeving, bestand, demo or eenmalig."""

    waarde: bytes = field(repr=False)
    herkomst: str


def kies_sleutel(sleutel: bytes | None, *, demo: bool, wortel: Path) -> Sleutel:
    """The key in use: argument, else environment, else key file, else the demo key, else a one-off key."""
    if sleutel is not None:
        return Sleutel(_niet_leeg(sleutel), "argument")
    if tekst := os.environ.get(OMGEVING):
        return Sleutel(_ontcijfer(tekst.encode(), waar=OMGEVING), "omgeving")
    if bestand := os.environ.get(OMGEVING_BESTAND):
        return Sleutel(_uit_bestand(Path(bestand), wortel), "bestand")
    if demo:
        return Sleutel(DEMO_SLEUTEL, "demo")
    return Sleutel(secrets.token_bytes(MINIMUM), "eenmalig")


def _niet_leeg(sleutel: bytes) -> bytes:
    if not sleutel:
        raise ParameterFout("De sleutel voor pseudoniemen is leeg.", doe="Geef minstens 32 willekeurige bytes.")
    return sleutel


def _ontcijfer(tekst: bytes, *, waar: str) -> bytes:
    """Hex when it is all hex digits (at least 64), else the text itself (at least 32 bytes)."""
    kaal = tekst.strip()
    sleutel = bytes.fromhex(kaal.decode()) if re.fullmatch(rb"([0-9a-fA-F]{2}){32,}", kaal) else kaal
    if len(sleutel) < MINIMUM:
        raise ParameterFout(
            "De sleutel voor pseudoniemen is te kort.",
            ontvangen=f"{len(sleutel)} bytes",
            waar=waar,
            doe="Gebruik minstens 32 bytes tekst of 64 hexadecimale cijfers.",
        )
    return sleutel


def _uit_bestand(pad: Path, wortel: Path) -> bytes:
    echt = pad.expanduser().resolve()
    if echt.is_relative_to(wortel.resolve()):
        raise ParameterFout(
            "De sleutel voor pseudoniemen mag niet in de map van de kit staan.",
            waar=OMGEVING_BESTAND,
            doe="Zet het sleutelbestand op een plek die niet in git of een back-up van de kit komt.",
        )
    if not echt.is_file():
        raise ParameterFout(
            "Het sleutelbestand bestaat niet.", waar=OMGEVING_BESTAND, doe="Controleer het pad naar het bestand."
        )
    return _ontcijfer(echt.read_bytes(), waar=OMGEVING_BESTAND)


def elfproef(bsn: str) -> bool:
    """Whether nine digits pass the BSN check: 9·d1 + 8·d2 + … + 2·d8 − d9 divisible by 11."""
    if len(bsn) != 9 or not (bsn.isascii() and bsn.isdigit()):
        return False
    cijfers = [int(c) for c in bsn]
    som = sum(weging * cijfer for weging, cijfer in zip(range(9, 1, -1), cijfers, strict=False)) - cijfers[8]
    return som % 11 == 0 and bsn != "000000000"


def _is_test(bsn: str) -> bool:
    return bsn in INVULNUMMERS or (len(bsn) == 9 and TESTNUMMERS[0] <= bsn <= TESTNUMMERS[1])


class Pseudoniemen:
    """Gives pseudonyms and remembers them.

    `hersteld`, `ongeldig` and `test` hold the pseudonyms of ids that were mended, fail the check, or are nobody's.

    `ruimte` keeps the ids of one gemeente apart from those of another (`client_id: eigen`); '' means that the
    same id is the same person everywhere.
    """

    def __init__(self, sleutel: bytes, *, ruimte: str = "") -> None:
        self._sleutel, self._ruimte = sleutel, ruimte
        self._bekend: dict[str, str] = {}
        self.hersteld: set[str] = set()
        self.ongeldig: set[str] = set()
        self.test: set[str] = set()

    def __call__(self, client_id: str | None) -> str | None:
        """The pseudonym of one id (32 hex digits); None for an empty one."""
        if not client_id or not (kaal := client_id.strip()):
            return None
        return self._bekend.get(kaal) or self._nieuw(kaal)

    def in_tekst(self, tekst: str | None) -> str | None:
        """A number of the source in which any BSN is replaced by a short pseudonym, the same every time."""
        return _NEGEN.sub(self._vervang, tekst) if tekst else tekst

    def _vervang(self, gevonden: re.Match[str]) -> str:
        if not elfproef(gevonden[0]):
            return gevonden[0]
        return "p" + hmac.digest(self._sleutel, b"tekst\x1f" + gevonden[0].encode(), "sha256").hex()[:12]

    def _nieuw(self, client_id: str) -> str:
        kaal = client_id
        hersteld = len(kaal) == 8 and not self._ruimte and elfproef("0" + kaal)
        if hersteld:
            kaal = "0" + kaal
        som = hmac.digest(self._sleutel, f"{self._ruimte}\x1f{kaal}".encode(), "sha256")[:16].hex()
        if not self._ruimte:
            self._keur(kaal, som, hersteld=hersteld)
        return self._bekend.setdefault(client_id, som)

    def _keur(self, bsn: str, pseudoniem: str, *, hersteld: bool) -> None:
        if hersteld:
            self.hersteld.add(pseudoniem)
        elif len(bsn) == 9 and bsn.isdigit() and not elfproef(bsn):
            self.ongeldig.add(pseudoniem)
        if _is_test(bsn):
            self.test.add(pseudoniem)
