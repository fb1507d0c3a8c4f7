"""Figures of others that stand beside ours: population, CBS, names of aanbieders. All with source and date.

Files in `data/referentie/`, tracked; nothing is fetched while a report is made (`analyse cbs` does that).
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
        """CBS figures of the region and the country.

        Columns: maat, gebied, periode, categorie, waarde, eenheid, status, bron, datum. What was fetched (a file
        with the number of its table) goes before what was typed in.
        """
        return _cbs([_lees(pad) for pad in sorted(self.map.glob("cbs_*.csv"))])

    @cached_property
    def cbs_alle(self) -> pd.DataFrame:
        """The same of all Dutch gemeenten, for funnels and neighbours; as wide as there are files."""
        return _cbs([self.cbs, *(_lees(pad) for pad in sorted(self.map.glob("cbs_*_overig.csv.gz")))])

    @cached_property
    def leeftijden(self) -> pd.DataFrame:
        """Inhabitants by single year of age (categorie '00'–'22'; maat ends on _jongens, _meisjes or neither).

        Columns as `cbs`; empty as long as nobody ran `analyse cbs`.
        """
        pad = self.map / "bevolking_leeftijd.csv.gz"
        return _cbs([_lees(pad)] if pad.is_file() else [self.cbs.iloc[:0]])

    @property
    def met_leeftijden(self) -> pd.DataFrame:
        """`bevolking` with single years of age ('7') where these were fetched: gebied, jaar, leeftijd, aantal."""
        los = self.leeftijden[self.leeftijden["maat"].eq("inwoners") & self.leeftijden["categorie"].str.isdigit()]
        jaren = pd.DataFrame(
            {
                "gebied": los["gebied"],
                "jaar": los["periode"].astype("int64"),
                "leeftijd": los["categorie"].astype("int64").astype(str),
                "aantal": los["waarde"],
            }
        )
        return pd.concat([self.bevolking[list(jaren.columns)], jaren.dropna()], ignore_index=True)

    @cached_property
    def gemeentenamen(self) -> dict[str, str]:
        """Code to name of all Dutch gemeenten that CBS figures are of."""
        pad = self.map / "gemeenten.csv"
        if not pad.is_file():
            return {}
        tabel = _lees(pad)
        return dict(zip(tabel["gebied"], tabel["naam"], strict=True))

    @cached_property
    def aanbieders(self) -> dict[str, str]:
        """AGB code to the name of an aanbieder: the region's own list, and the invented ones of the demo."""
        paden = [self.map / naam for naam in ("demo_aanbieders.csv", "aanbieders.csv")]
        tabellen = [_lees(pad) for pad in paden if pad.is_file()]
        return {agb: naam for tabel in tabellen for agb, naam in zip(tabel["agb"], tabel["naam"], strict=True)}


def _cbs(delen: list[pd.DataFrame]) -> pd.DataFrame:
    tabel = pd.concat(delen, ignore_index=True).drop_duplicates(["maat", "gebied", "periode", "categorie"])
    return tabel.astype({"waarde": "float64"}).reset_index(drop=True)


def _lees(pad: Path) -> pd.DataFrame:
    return pd.read_csv(pad, sep=";", dtype=str, keep_default_na=False, na_values={"waarde": [""], "aantal": [""]})
