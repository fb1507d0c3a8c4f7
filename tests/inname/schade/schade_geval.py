"""What a damaged delivery is: a function that breaks one thing, and the finding that must name it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from schade_bouwer import Proef, tabelproef, xmlproef

Schade = Callable[[Proef], None]


@dataclass(frozen=True)
class Geval:
    """`ook` are other codes that this damage rightly gives; anything else is noise."""

    naam: str
    basis: Callable[[int], Proef]
    schade: Schade
    code: str
    ernst: str
    bestand: str
    plek: str
    ook: tuple[str, ...]


GEVALLEN: list[Geval] = []


def tabel(
    code: str, ernst: str, bestand: str = "", plek: str = "", ook: Sequence[str] = ()
) -> Callable[[Schade], Schade]:
    """Register damage to the delivery in tables."""
    return _registreer(tabelproef, code, ernst, bestand, plek, tuple(ook))


def xml(
    code: str, ernst: str, bestand: str = "", plek: str = "", ook: Sequence[str] = ()
) -> Callable[[Schade], Schade]:
    """Register damage to the delivery in messages."""
    return _registreer(xmlproef, code, ernst, bestand, plek, tuple(ook))


def _registreer(
    basis: Callable[[int], Proef], code: str, ernst: str, bestand: str, plek: str, ook: tuple[str, ...]
) -> Callable[[Schade], Schade]:
    soort = {"B": "blokkerend", "W": "waarschuwing", "I": "informatie"}[ernst]

    def erbij(schade: Schade) -> Schade:
        naam = f"{code} {schade.__name__.strip('_')} ({'tabel' if basis is tabelproef else 'xml'})"
        GEVALLEN.append(Geval(naam, basis, schade, code, soort, bestand, plek, ook))
        return schade

    return erbij
