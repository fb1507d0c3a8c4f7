"""From one delivered table to neutral tables: as it is when it has the neutral names, translated otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from analyse.inname.tabellen import Gelezen, lees_tabel
from analyse.kern.fouten import Bevinding

if TYPE_CHECKING:
    from analyse.inname.levering import Bestand


@dataclass(frozen=True)
class Deel:
    """One neutral table out of a file: its name, its rows as text, and what was found while translating."""

    naam: str
    gelezen: Gelezen
    bevindingen: tuple[Bevinding, ...] = ()


def lees_delen(bestand: Bestand) -> list[Deel]:
    """The neutral tables in one file. Raises OnleesbareTabel."""
    return [Deel(naam, lees_tabel(bestand.pad)) for naam in bestand.tabellen]
