"""Beside the chain: lists of rows that go back to whom they are about (INTERN)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from analyse.editie.keten import Keten
from analyse.hop import Hop, som, som_code
from analyse.kern import codes
from analyse.kern.fouten import onbekend

if TYPE_CHECKING:
    from analyse.rapport.opdracht import Eenheden


class Lijsten(Keten):
    """Rows for back offices, praktijken and aanbieders, and of whom there is something to report."""

    def lijst(self, naam: str, gebied: str) -> pd.DataFrame:
        """Rows of one gebied for its back office (INTERN): toewijzingnummers, never a child; REGIO: all of them.

        Raises ParameterFout with the nearest name when there is no such list.
        """
        from analyse.lijsten import LIJSTEN

        if naam not in LIJSTEN:
            raise onbekend("Deze lijst", naam, LIJSTEN)
        tabel = pd.read_parquet(self.lijstenmap / f"{naam}.parquet")
        eigen = tabel if gebied == codes.REGIO else tabel[tabel["gebied"].eq(self.params.regio.gebied(gebied))]
        return eigen.reset_index(drop=True)

    @property
    def lijstenmap(self) -> Path:
        """Where all lists lie, made when needed."""
        return self._map("lijsten", lambda: self._hop_lijsten, self._maak_lijsten)

    @cached_property
    def _hop_lijsten(self) -> Hop:
        sleutel = som(self._hop_meting.sleutel, self.editie.periode, som_code("kern", "meten", "lijsten.py"))
        return Hop("Lijsten", self.werkmap / "lijsten", sleutel)

    def _maak_lijsten(self, uit: Path) -> None:
        from analyse.lijsten import LIJSTEN

        for naam, maak in LIJSTEN.items():
            maak(self.basis, self.params).to_parquet(uit / f"{naam}.parquet", index=False)

    @property
    def eenheden(self) -> Mapping[str, Eenheden]:
        """Of which praktijken and aanbieders there is something to report: gebied to (AGB code, name)."""
        from analyse.lijsten import eenheden

        return eenheden(self.basis, self.editie.periode, self.referentie.aanbieders)
