"""Finds the headers of a mapping in the headers of a file: capitals, accents, spaces and dashes don't count.

The header need not be the first row: exports start with a title or a date often enough.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import lru_cache

from analyse.inname.vertaling.model import Tabelvertaling, Vertaling, nodig

ZOEKDIEPTE = 25  # rows in which the header is looked for


@lru_cache(maxsize=8192)
def kaal(naam: str) -> str:
    """A header without what people write differently: `Datum-ingang (toew.)` becomes `datumingangtoew`."""
    zonder_accent = unicodedata.normalize("NFKD", naam).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]", "", zonder_accent.lower())


@dataclass(frozen=True)
class Kop:
    """The header of a file: its row (from 0) and names as they stand there."""

    rij: int
    namen: tuple[str, ...]

    def zoek(self, namen: Iterable[str]) -> int | None:
        """The column of the first of these names that is there; of equal headers the first column."""
        plek = {kaal(naam): i for i, naam in reversed(list(enumerate(self.namen)))}
        return next((plek[kaal(naam)] for naam in namen if kaal(naam) in plek), None)


@dataclass(frozen=True)
class Treffer:
    """One table of a mapping that fits a file: which column of the file is which neutral column."""

    tabel: str
    nummer: int  # which of the descriptions of this table
    kop: Kop
    plekken: tuple[tuple[str, int], ...]
    mist: tuple[str, ...] = ()  # needed and not found


def plaats(tabel: str, nummer: int, deel: Tabelvertaling, kop: Kop) -> Treffer:
    """Look up every column of one table in a header."""
    gezocht = {naam: kop.zoek(kolom.van) for naam, kolom in deel.kolommen.items()}
    plekken = {naam: plek for naam, plek in gezocht.items() if plek is not None}
    gevuld = set(plekken) | {n for n, k in deel.kolommen.items() if k.vast is not None or k.bestandsnaam}
    gevuld |= {n for n, k in deel.kolommen.items() if k.aanvullen in gevuld}
    mist = tuple(naam for naam in nodig(tabel, deel) if naam not in gevuld)
    return Treffer(tabel, nummer, kop, tuple(sorted(plekken.items())), mist)


def kies_kop(vertaling: Vertaling, rijen: Sequence[Sequence[str]]) -> Kop | None:
    """The row that holds most headers of this mapping; None when no row holds at least two."""
    bekend = bekende_namen(vertaling)
    beste, aantal = None, 1
    for rij, namen in enumerate(rijen[:ZOEKDIEPTE]):
        gevonden = len(bekend & {kaal(naam) for naam in namen})
        if gevonden > aantal:
            beste, aantal = Kop(rij, tuple(namen)), gevonden
    return beste


def bekende_namen(vertaling: Vertaling) -> frozenset[str]:
    """Every header that a mapping knows, bare."""
    return frozenset(
        kaal(naam)
        for delen in vertaling.tabellen.values()
        for deel in delen
        for kolom in deel.kolommen.values()
        for naam in kolom.van
    )


def past_op_naam(deel: Tabelvertaling, bestand: str, blad: str) -> bool:
    """Whether the name of the file and of the sheet fit."""
    return fnmatch(bestand.lower(), deel.bestand.lower()) and fnmatch(blad.lower(), deel.blad.lower())
