"""The pieces that a published file falls apart in: every text with where it stands, every drawing, every link."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Soort = Literal["kop", "tekst", "titel", "cel", "alt", "opschrift", "as", "bericht"]


@dataclass(frozen=True)
class Stuk:
    """One piece of text. `object` is the id of the figure or table that it belongs to, '' for prose.

    The numbers of
    an axis are no figures. A cell has the heads of its row and column; a message has the ids that it links to.
    """

    tekst: str
    soort: Soort
    hoofdstuk: str = ""
    object: str = ""
    rij: str = ""
    kolom: str = ""
    naar: tuple[str, ...] = ()


@dataclass(frozen=True)
class Beeldstuk:
    """A drawing (SVG text) with the id of its figure and its alt text."""

    object: str
    svg: str
    alt: str


@dataclass
class Pagina:
    """Everything that one HTML file says."""

    stukken: list[Stuk] = field(default_factory=list)
    beelden: list[Beeldstuk] = field(default_factory=list)
    adressen: list[str] = field(default_factory=list)
    titel: str = ""
    rubricering: str = ""

    def van(self, object_: str) -> list[Stuk]:
        """The pieces of one figure or table."""
        return [stuk for stuk in self.stukken if stuk.object == object_]

    @property
    def objecten(self) -> list[str]:
        """The ids of all figures and tables, in order."""
        return list(dict.fromkeys(stuk.object for stuk in self.stukken if stuk.object))
