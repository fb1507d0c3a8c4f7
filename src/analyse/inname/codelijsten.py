"""Code lists of iJw and iWmo 3.2, read from `data/referentie/codelijsten/` (each row names its source).

Jw and Wmo never share a lookup: 31 as reason of ending is 'volgens plan' in one and 'verhuizing' in the other.
"""

from __future__ import annotations

import csv
from functools import cached_property
from pathlib import Path

from analyse.kern.fouten import ParameterFout

_MAP = Path("data") / "referentie" / "codelijsten"


class Codelijsten:
    """Known codes per list; raises ParameterFout when a list is missing."""

    def __init__(self, wortel: Path) -> None:
        eigen = wortel / _MAP
        self._map = eigen if eigen.is_dir() else Path(__file__).resolve().parents[3] / _MAP

    def lees(self, naam: str) -> tuple[str, ...]:
        """The codes of one list, sorted."""
        return tuple(sorted(self.betekenissen(naam)))

    def betekenissen(self, naam: str) -> dict[str, str]:
        """What every code of one list means, in Dutch; 31 in jz588 is not 31 in wmo588."""
        pad = self._map / f"{naam}.csv"
        if not pad.is_file():
            raise ParameterFout(
                "Een codelijst ontbreekt.", waar=str(_MAP / pad.name), doe="Haal de map data/referentie terug."
            )
        with pad.open(encoding="utf-8", newline="") as bestand:
            return {rij["code"]: rij["omschrijving"] for rij in csv.DictReader(bestand, delimiter=";")}

    @cached_property
    def per_kolom(self) -> dict[str, dict[str, tuple[str, ...]]]:
        """Table column to known codes per domain ('Jw', 'Wmo')."""
        gelijk = {
            "eenheid": "ijw_wj756_eenheid",
            "frequentie": "ijw_wmo757_frequentie",
            "verwijzer_type": "ijw_cod327_verwijzer",
            "status_aanlevering": "ijw_cod467_status_aanlevering",
            "geslacht": "ijw_cod046_geslacht",
            "debet_credit": "ijw_cod043_debet_credit",
            "type": "cbs_type_jb_jr",
        }
        lijsten = {kolom: dict.fromkeys(("Jw", "Wmo"), self.lees(naam)) for kolom, naam in gelijk.items()}
        for kolom, jw, wmo in (
            ("productcategorie", "ijw_jz020_productcategorie", "iwmo_wmo020_productcategorie"),
            ("reden_wijziging", "ijw_jz002_reden_wijziging", "iwmo_wmo002_reden_wijziging"),
            ("reden_beeindiging", "ijw_jz588_reden_beeindiging", "iwmo_wmo588_reden_beeindiging"),
        ):
            lijsten[kolom] = {"Jw": self.lees(jw), "Wmo": self.lees(wmo)}
        return lijsten
