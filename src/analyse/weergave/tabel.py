"""A table with a message, a measure, a source and notes; first column the names of the rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analyse.weergave.knoop import Knoop, cellen, gegevens_csv, goede_id
from analyse.weergave.object import Weergave


@dataclass(frozen=True, kw_only=True)
class Tabel(Weergave):
    """`tabel` is display-ready text (`opmaak.cel`); its index is not shown. `data` is published as CSV."""

    id: str
    titel: str
    tabel: pd.DataFrame
    ondertitel: str = ""
    bron: str = ""
    noten: Sequence[str] = ()
    data: pd.DataFrame | None = None
    intern: bool = False

    def __post_init__(self) -> None:
        goede_id(self.id)
        object.__setattr__(self, "noten", tuple(dict.fromkeys(self.noten)))

    @property
    def figuur(self) -> None:
        """A table has no drawing."""

    @property
    def tekst(self) -> str:
        """Message and measure."""
        return f"{self.titel}. {self.ondertitel}".strip()

    def _knoop(self) -> Knoop:
        kolommen, rijen = cellen(self.tabel)
        return {
            "soort": "tabel",
            "id": self.id,
            "titel": self.titel,
            "ondertitel": self.ondertitel,
            "kolommen": kolommen,
            "rijen": rijen,
            "bron": self.bron,
            "noten": list(self.noten),
            "csv": "" if self.data is None else gegevens_csv(self.data),
        }
