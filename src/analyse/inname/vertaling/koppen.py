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

from analyse.inname.vertaling.model import Kolom, Tabelvertaling, Vertaling, nodig

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


def plaats(tabel: str, nummer: int, deel: Tabelvertaling, kop: Kop, *, bestand: str) -> Treffer:
    """Look up every column of one table in a header; `bestand` is the file name, which may hold a value too."""
    gezocht = {naam: kop.zoek(deel.namen(kolom)) for naam, kolom in deel.alle.items()}
    plekken = {naam: plek for naam, plek in gezocht.items() if plek is not None}
    gevuld = set(plekken) | {naam for naam, kolom in deel.alle.items() if uit_naam(kolom, bestand) is not None}
    gevuld |= {naam for naam, kolom in deel.alle.items() if kolom.aanvullen in gevuld}
    mist = tuple(naam for naam in nodig(tabel, deel) if naam not in gevuld)
    return Treffer(tabel, nummer, kop, tuple(sorted(plekken.items())), mist)


def uit_naam(kolom: Kolom, bestand: str) -> str | None:
    """The value of a column that every row shares: out of the file name, else the constant."""
    gevonden = re.search(kolom.bestandsnaam, bestand) if kolom.bestandsnaam else None
    return gevonden[1] if gevonden else kolom.vast


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
        for kolom in deel.alle.values()
        for naam in deel.namen(kolom)
    )


def past_op_naam(deel: Tabelvertaling, bestand: str, blad: str) -> bool:
    """Whether the name of the file or of the sheet fits."""
    namen = [naam.lower() for naam in (bestand, blad) if naam]
    return any(fnmatch(naam, patroon.lower()) for naam in namen for patroon in deel.naam)
