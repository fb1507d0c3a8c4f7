"""The rows of one indicator in one split, kept as numbers until all tables are put together.

Eight columns of the result table are text that repeats. Turning places into text once for all tables costs a tenth
of doing it for each of some two hundred, and laying text tables under each other is saved as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analyse.kern.schema import MATEN, RESULTAAT


@dataclass(frozen=True)
class Woorden:
    """A column of text: the words, and which of them stands in each row."""

    labels: Sequence[str]
    plek: NDArray[np.intp]

    @property
    def tekst(self) -> pd.Series:
        """The words of all rows."""
        return tekst(self.labels, self.plek)


@dataclass(frozen=True)
class Blok:
    """Rows of the result table: its text columns, and its measures (None: no such figure)."""

    woorden: dict[str, Woorden]
    maten: dict[str, NDArray[np.float64] | None]
    lengte: int


def samen(blokken: Sequence[Blok]) -> pd.DataFrame:
    """All rows under each other, columns as `kern.schema.RESULTAAT`."""
    kolommen = {
        naam: _maat(naam, blokken) if naam in MATEN else _tekst([blok.woorden[naam] for blok in blokken])
        for naam in RESULTAAT
    }
    return pd.DataFrame(kolommen)


def _maat(naam: str, blokken: Sequence[Blok]) -> NDArray[np.float64]:
    delen = [blok.maten[naam] for blok in blokken]
    vol = [np.full(b.lengte, np.nan) if d is None else d for b, d in zip(blokken, delen, strict=True)]
    return np.concatenate(vol) if vol else np.empty(0)


def _tekst(kolommen: Sequence[Woorden]) -> pd.Series:
    nummer: dict[str, int] = {}
    plekken = [_vertaal(woorden, nummer) for woorden in kolommen]
    return tekst(tuple(nummer), np.concatenate(plekken) if plekken else np.empty(0, dtype=np.intp))


def _vertaal(woorden: Woorden, nummer: dict[str, int]) -> NDArray[np.intp]:
    """Places among the words of this column to places among the words of all."""
    vertaling = [nummer.setdefault(woord, len(nummer)) for woord in woorden.labels]
    return np.array(vertaling, dtype=np.intp)[woorden.plek]


def tekst(labels: Sequence[str], nummers: NDArray[np.intp]) -> pd.Series:
    """Few different words many times: turned into text once each, which is ten times faster."""
    return pd.Series(labels, dtype="str").take(nummers).reset_index(drop=True)
