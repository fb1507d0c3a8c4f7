"""Beside the chain: the paths that jeugdigen follow, released through a gate of their own."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

import pandas as pd

from analyse.editie.keten import Keten
from analyse.hop import Hop, som, som_code


class Paden(Keten):
    """Paths, combinations and transitions: measured (INTERN) and released (BESTUURLIJK)."""

    @cached_property
    def _hop_paden(self) -> Hop:
        return Hop("Paden", self.werkmap / "paden", self._sleutel_op_basis)

    @cached_property
    def paden(self) -> pd.DataFrame:
        """How many jeugdigen followed each path and had each combination of help, from one up (INTERN)."""
        return pd.read_parquet(self._hop_paden.zorg(self._meet_paden, meld=self.meld) / "paden.parquet")

    def _meet_paden(self, uit: Path) -> None:
        from analyse.meten.zorgpad import paden

        paden(self.basis, self.params).to_parquet(uit / "paden.parquet", index=False)

    @cached_property
    def _hop_padenvrijgave(self) -> Hop:
        sleutel = som(self._hop_paden.sleutel, self._hop_meting.sleutel, som_code("kern", "vrijgave"))
        return Hop("Padenvrijgave", self.werkmap / "padenvrijgave", sleutel)

    @cached_property
    def padenvrijgave(self) -> pd.DataFrame:
        """The paths that reports may show (BESTUURLIJK)."""
        return pd.read_parquet(self._padenmap / "paden.parquet")

    @cached_property
    def overgangen(self) -> pd.DataFrame:
        """The transitions of the region that reports may show (BESTUURLIJK): rows of the result table."""
        return pd.read_parquet(self._padenmap / "overgangen.parquet")

    @property
    def _padenmap(self) -> Path:
        return self._map("padenvrijgave", lambda: self._hop_padenvrijgave, self._geef_paden_vrij)

    def _overgangen(self) -> pd.DataFrame:
        from analyse.vrijgave.overgangen import HALFJAREN, overgangen

        laatste = self.editie.periode
        perioden = [laatste]
        while len(perioden) < HALFJAREN:
            perioden.insert(0, perioden[0].vorige)
        return overgangen(self.intern.tabel, [str(periode) for periode in perioden])

    def _geef_paden_vrij(self, uit: Path) -> None:
        from analyse.vrijgave.overgangen import geef_overgangen_vrij
        from analyse.vrijgave.paden import geef_paden_vrij

        drempels = self.params.regio.drempels
        geef_paden_vrij(self.paden, drempels).to_parquet(uit / "paden.parquet", index=False)
        geef_overgangen_vrij(self._overgangen(), drempels).to_parquet(uit / "overgangen.parquet", index=False)
