"""Beside the chain: where huisartsen refer to per quarter, released through a gate of its own."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

import pandas as pd

from analyse.editie.keten import Keten
from analyse.hop import Hop, som, som_code


class Kwartalen(Keten):
    """Referrals by huisartsen per quarter: measured (INTERN) and released (BESTUURLIJK)."""

    @cached_property
    def _hop_kwartalen(self) -> Hop:
        return Hop("Kwartalen", self.werkmap / "kwartalen", self._sleutel_op_basis)

    @cached_property
    def kwartalen(self) -> pd.DataFrame:
        """Every quarter of every gebied (INTERN): rows of the result table with a quarter as `periode`."""
        map_ = self._map("kwartalen", lambda: self._hop_kwartalen, self._meet_kwartalen)
        return pd.read_parquet(map_ / "kwartalen.parquet")

    def _meet_kwartalen(self, uit: Path) -> None:
        from analyse.meten.huisarts import als_cijfers, kwartalen

        als_cijfers(kwartalen(self.basis, self.params)).to_parquet(uit / "kwartalen.parquet", index=False)

    @cached_property
    def _hop_kwartalenvrijgave(self) -> Hop:
        sleutel = som(self._hop_kwartalen.sleutel, self._hop_vrijgave.sleutel, som_code("kern", "vrijgave"))
        return Hop("Kwartalenvrijgave", self.werkmap / "kwartalenvrijgave", sleutel)

    @cached_property
    def kwartalenvrijgave(self) -> pd.DataFrame:
        """The quarters of the region that reports may show (BESTUURLIJK)."""
        map_ = self._map("kwartalenvrijgave", lambda: self._hop_kwartalenvrijgave, self._geef_kwartalen_vrij)
        return pd.read_parquet(map_ / "kwartalen.parquet")

    def _geef_kwartalen_vrij(self, uit: Path) -> None:
        from analyse.vrijgave.kwartalen import geef_kwartalen_vrij

        vrij = geef_kwartalen_vrij(self.kwartalen, self.vrijgave.tabel, self.params.regio.drempels)
        vrij.to_parquet(uit / "kwartalen.parquet", index=False)
