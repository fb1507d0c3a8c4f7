"""What every chart maker gives: the drawing, and the same figures as a table, as alt text and as notes.

All four come from one frame in one call, so that text can't differ from the picture.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from matplotlib.figure import Figure


@dataclass(frozen=True, kw_only=True)
class Grafiek:
    """`tabel` is display-ready text, first column the row names; `alt` holds the key numbers."""

    figuur: Figure
    tabel: pd.DataFrame
    alt: str
    noten: tuple[str, ...] = ()
