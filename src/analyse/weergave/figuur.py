"""A chart with everything a reader needs beside it: message, measure, alt text, table, source and notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.figure import Figure

from analyse.weergave.grafiek import Grafiek
from analyse.weergave.knoop import Knoop, cellen, gegevens_csv, goede_id
from analyse.weergave.object import Weergave
from analyse.weergave.svg import svg


@dataclass(frozen=True, kw_only=True)
class Figuur(Weergave):
    """`titel` is the message, `ondertitel` the measure, area and period.

    `alt` and `tabel` come from the chart unless given; `noten` follow those of the chart; `data` are the rows of
    the result table behind it, published as CSV.
    """

    id: str
    titel: str
    ondertitel: str
    bron: str
    grafiek: Grafiek
    alt: str | None = None
    tabel: pd.DataFrame | None = None
    noten: Sequence[str] = ()
    data: pd.DataFrame | None = None
    intern: bool = False

    def __post_init__(self) -> None:
        goede_id(self.id)
        object.__setattr__(self, "alt", self.alt or self.grafiek.alt)
        object.__setattr__(self, "tabel", self.grafiek.tabel if self.tabel is None else self.tabel)
        object.__setattr__(self, "noten", tuple(dict.fromkeys((*self.grafiek.noten, *self.noten))))

    @property
    def figuur(self) -> Figure:
        """The matplotlib figure."""
        return self.grafiek.figuur

    @property
    def tekst(self) -> str:
        """Message and key numbers in words."""
        return f"{self.titel}. {self.alt}"

    def _knoop(self) -> Knoop:
        kolommen, rijen = cellen(self.grafiek.tabel if self.tabel is None else self.tabel)
        return {
            "soort": "figuur",
            "id": self.id,
            "titel": self.titel,
            "ondertitel": self.ondertitel,
            "alt": self.alt,
            "svg": svg(self.figuur),
            "kolommen": kolommen,
            "rijen": rijen,
            "bron": self.bron,
            "noten": list(self.noten),
            "csv": "" if self.data is None else gegevens_csv(self.data),
        }
