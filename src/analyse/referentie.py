"""Figures of others that stand beside ours: population, CBS, names of aanbieders. All with source and date.

Files in `data/referentie/`, tracked; nothing is fetched at run time.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd


@dataclass(frozen=True)
class Referentie:
    """Read access to data/referentie of one checkout, and to a `bevolking.csv` that came with the deliveries."""

    map: Path
    leveringen: Path | None = None

    @property
    def bevolking_bestand(self) -> Path:
        """The population that fits the deliveries: their own when they bring one (the demo is not full size)."""
        eigen = self.leveringen / "bevolking.csv" if self.leveringen else None
        return eigen if eigen and eigen.is_file() else self.map / "bevolking.csv"

    @cached_property
    def bevolking(self) -> pd.DataFrame:
        """Inhabitants per gebied and year: gebied, jaar (int), leeftijd ('0-22'), aantal, bron, status."""
        tabel = _lees(self.bevolking_bestand)
        return tabel.astype({"jaar": "int64", "aantal": "float64"})

    @cached_property
    def cbs(self) -> pd.DataFrame:
        """CBS figures: maat, gebied, periode, categorie, waarde, eenheid, status, bron, datum."""
        delen = [_lees(pad) for pad in sorted(self.map.glob("cbs_*.csv"))]
        return pd.concat(delen, ignore_index=True).astype({"waarde": "float64"})

    @cached_property
    def aanbieders(self) -> dict[str, str]:
        """AGB code to the name of an aanbieder: the region's own list, and the invented ones of the demo."""
        paden = [self.map / naam for naam in ("demo_aanbieders.csv", "aanbieders.csv")]
        tabellen = [_lees(pad) for pad in paden if pad.is_file()]
        return {agb: naam for tabel in tabellen for agb, naam in zip(tabel["agb"], tabel["naam"], strict=True)}


def _lees(pad: Path) -> pd.DataFrame:
    return pd.read_csv(pad, sep=";", dtype=str, keep_default_na=False, na_values={"waarde": [""], "aantal": [""]})
