"""Inhabitants of the demo region: as many times fewer as there are fewer children in help.

Without it every rate per 1,000 inhabitants of the demo would be a quarter of what CBS counts.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from analyse.demo.ijking import CBS_FRACTIE


def bevolking(pad: Path, *, schaal: float) -> str:
    """The table of inhabitants at `pad`, scaled as the demo region is, as CSV text; the country keeps its own."""
    tabel = pd.read_csv(pad, sep=";", dtype=str, keep_default_na=False)
    regio = tabel["gebied"] != "NL"
    fractie = CBS_FRACTIE * schaal
    aantal = (tabel["aantal"].astype(float) * fractie).round().astype(int).astype(str)
    tabel.loc[regio, "aantal"] = aantal[regio]
    tabel.loc[regio, "bron"] = f"demoregio, {fractie:g} maal " + tabel["bron"]
    tabel.loc[regio, "status"] = "verzonnen"
    return tabel.to_csv(sep=";", index=False, lineterminator="\n")
