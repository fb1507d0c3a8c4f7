"""What stands beside the half-year figures to compare fairly: months, ratios by age, the country, neighbours.

Tables of their own and not rows of the Vrijgave: the large gate protects half-years, and these went through a
small one, follow from what was released, or are public. One object, so that a report asks for them once.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

import pandas as pd

from analyse.kern.schema import RESULTAAT

LANDELIJK = (
    *("gebied", "naam", "periode", "grootte", "waarde", "onder_95", "boven_95", "onder_998", "boven_998"),
    *("signaal", "kant", "doel", "methode", "bron", "status"),
)
BUREN = ("gebied", "buur")


@dataclass(frozen=True)
class Vergelijking:
    """Rows that a chapter may show, of every gebied.

    `maanden`: rows of the result table with a month as periode. `leeftijd`: rows of the result table about the
    half-year of the edition: observed against what fits the ages (percent, 100 is as in the region), what is
    expected, and how far chance reaches. `landelijk`: a CBS figure of every Dutch gemeente within its funnel
    (`LANDELIJK`; percent, `doel` is the country). `buren`: the gemeenten most like each gemeente, most like first.
    """

    maanden: pd.DataFrame
    leeftijd: pd.DataFrame
    landelijk: pd.DataFrame
    buren: pd.DataFrame

    @classmethod
    def leeg(cls) -> Vergelijking:
        """Without any row, for a gebied or a kit that has nothing to compare."""
        resultaat = pd.DataFrame(columns=list(RESULTAAT))
        return cls(resultaat, resultaat, pd.DataFrame(columns=list(LANDELIJK)), pd.DataFrame(columns=list(BUREN)))

    @classmethod
    def lees(cls, map_: Path) -> Vergelijking:
        """As `schrijf` wrote it."""
        return cls(**{veld.name: pd.read_parquet(map_ / f"{veld.name}.parquet") for veld in fields(cls)})

    def schrijf(self, map_: Path) -> None:
        """One Parquet file per table."""
        for veld in fields(self):
            getattr(self, veld.name).to_parquet(map_ / f"{veld.name}.parquet", index=False)
