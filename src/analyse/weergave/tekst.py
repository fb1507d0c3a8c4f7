"""Prose that is computed, and frames around what a reader must not miss. Both are written in markdown."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analyse.kern.fouten import onbekend
from analyse.weergave.knoop import Knoop
from analyse.weergave.markdown import blokken, platte_tekst
from analyse.weergave.object import Weergave

SOORTEN_KADER = ("let op", "uitleg")


@dataclass(frozen=True)
class Tekst(Weergave):
    """Markdown from a cell: paragraphs, lists, bold, links and headings."""

    markdown: str
    intern: bool = False

    @property
    def tekst(self) -> str:
        """The bare text."""
        return platte_tekst(blokken(self.markdown))

    @property
    def tabel(self) -> pd.DataFrame:
        """Prose has no table."""
        return pd.DataFrame()

    @property
    def figuur(self) -> None:
        """Prose has no drawing."""

    def _knoop(self) -> Knoop:
        return {"soort": "tekst", "blokken": blokken(self.markdown)}


@dataclass(frozen=True, kw_only=True)
class Waarschuwing(Weergave):
    """A frame with a title; `tekst` is markdown, `soort` is 'let op' or 'uitleg'."""

    tekst: str
    titel: str = "Let op"
    soort: str = "let op"
    intern: bool = False

    def __post_init__(self) -> None:
        if self.soort not in SOORTEN_KADER:
            raise onbekend("Dit soort kader", self.soort, SOORTEN_KADER)

    @property
    def tabel(self) -> pd.DataFrame:
        """A frame has no table."""
        return pd.DataFrame()

    @property
    def figuur(self) -> None:
        """A frame has no drawing."""

    def _knoop(self) -> Knoop:
        return {"soort": "kader", "toon": self.soort, "titel": self.titel, "blokken": blokken(self.tekst)}
