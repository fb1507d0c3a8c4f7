"""One look for every chart: our own typeface, quiet axes, sizes that stay legible on a phone and on A4.

Charts are drawn narrow (380 pt) with 9.5 pt text. Shown at 640 px on a screen the text is as large as the
prose; at 360 px on a phone it still is about 9 px. A wide chart would look better at a desk and be unreadable
in a hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib as mpl
import seaborn as sns
from matplotlib import font_manager
from matplotlib.textpath import text_to_path

from analyse.weergave import palet

# Public Sans 2.001 (SIL Open Font License, OFL.txt): made for the pages of government. The TTF
# files are as published; the WOFF2 files for HTML are the same without hinting and rare letters.
LETTERTYPE = Path(__file__).parent / "lettertype"
FAMILIE = "Public Sans"
FAMILIE_VET = f"{FAMILIE} SemiBold"

PUNT = 1 / 72
BREEDTE = 380.0  # of every chart, in points
TEKST = 9.5
KLEIN = 8.5
REGEL = 1.25  # line height as a share of the text size

_EIGEN = {
    "font.family": [FAMILIE, "DejaVu Sans"],
    "font.size": TEKST,
    "axes.edgecolor": palet.AS,
    "axes.linewidth": 0.8,
    "axes.grid.axis": "y",
    "axes.labelcolor": palet.INKT,
    "grid.color": palet.RASTER,
    "grid.linewidth": 0.8,
    "text.color": palet.INKT,
    "xtick.color": palet.GRIJS_TEKST,
    "ytick.color": palet.GRIJS_TEKST,
    "xtick.labelsize": TEKST,
    "ytick.labelsize": TEKST,
    "lines.linewidth": 2.0,
    "lines.markersize": 5.0,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "svg.fonttype": "none",
    "svg.hashsalt": "analyse",
}


@cache
def _stijl() -> dict[Any, Any]:
    for pad in sorted(LETTERTYPE.glob("*.ttf")):
        font_manager.fontManager.addfont(str(pad))
    return dict(mpl.RcParams({**sns.axes_style("whitegrid"), **_EIGEN}))


@contextmanager
def thema() -> Iterator[None]:
    """Draw and save inside this context; outside it the analyst's own settings stay as they are."""
    # As `rc_context` does, but our values were checked once and only ours are put back: it was 1 ms each time.
    stijl = _stijl()
    vooraf = {naam: dict.__getitem__(mpl.rcParams, naam) for naam in stijl}
    dict.update(mpl.rcParams, stijl)
    try:
        yield
    finally:
        dict.update(mpl.rcParams, vooraf)


@cache
def tekstbreedte(tekst: str, grootte: float = TEKST, *, vet: bool = False) -> float:
    """Width of a line of text in points, measured on the letters themselves (no canvas needed)."""
    _stijl()
    letter = font_manager.FontProperties(family=[FAMILIE_VET if vet else FAMILIE, "DejaVu Sans"], size=grootte)
    breedte, _, _ = text_to_path.get_text_width_height_descent(tekst, letter, ismath=False)
    return float(breedte)
