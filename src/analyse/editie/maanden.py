"""Beside the chain: euros per month of delivery, released through a gate of their own."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

import pandas as pd

from analyse.editie.keten import Keten
from analyse.hop import Hop, som, som_bestanden

_TABELLEN = ("maanden", "delen", "jeugdigen")


class Maanden(Keten):
    """Euros per month: measured (INTERN) and released (BESTUURLIJK)."""

    @cached_property
    def _hop_maanden(self) -> Hop:
        return Hop("Maanden", self.werkmap / "maanden", self._sleutel_op_basis)

    @cached_property
    def uitgaven_maanden(self) -> dict[str, pd.DataFrame]:
        """Euros per month of delivery: `maanden` per gebied with estimate, `delen` per gemeente, hulpvorm,
        verwijzer and aanbieder, and `jeugdigen` behind them (INTERN).
        """
        map_ = self._map("maanden", lambda: self._hop_maanden, self._meet_maanden)
        return {naam: pd.read_parquet(map_ / f"{naam}.parquet") for naam in _TABELLEN}

    def _meet_maanden(self, uit: Path) -> None:
        from analyse.meten import maandtabellen

        for naam, tabel in maandtabellen(self.basis, params=self.params).items():
            tabel.to_parquet(uit / f"{naam}.parquet", index=False)

    @cached_property
    def _hop_maandenvrijgave(self) -> Hop:
        sleutel = som(
            self._hop_maanden.sleutel,
            self._hop_vrijgave.sleutel,
            som_bestanden([self.params.map / "regio.yaml"], vanaf=self.params.map),
        )
        return Hop("Maandenvrijgave", self.werkmap / "maandenvrijgave", sleutel)

    @cached_property
    def maandenvrijgave(self) -> pd.DataFrame:
        """The euros per month that reports may show (BESTUURLIJK): rows of the result table."""
        map_ = self._map("maandenvrijgave", lambda: self._hop_maandenvrijgave, self._geef_maanden_vrij)
        return pd.read_parquet(map_ / "maanden.parquet")

    def _geef_maanden_vrij(self, uit: Path) -> None:
        from analyse.vrijgave.maanden import geef_maanden_vrij

        vrij = geef_maanden_vrij(self.uitgaven_maanden, self.vrijgave.tabel, self.params.regio.drempels)
        vrij.to_parquet(uit / "maanden.parquet", index=False)

    def _maanden_intern(self) -> pd.DataFrame:
        from analyse.vrijgave.maanden import onbeschermd

        return onbeschermd(self.uitgaven_maanden["maanden"], self.intern.tabel)
