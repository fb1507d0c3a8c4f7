"""Beside the chain: what half-years are compared with (months, ages, the country), each by its own road.

Months go through a gate of their own, ratios by age follow from what was released, figures of CBS are public.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

import pandas as pd

from analyse.editie.keten import Keten
from analyse.hop import Hop, som, som_bestanden, som_code
from analyse.kern.vergelijking import Vergelijking


class Vergelijkingen(Keten):
    """Counts per month and inhabitants by age: measured (INTERN), and what reports may show (BESTUURLIJK)."""

    @cached_property
    def _hop_maandtelling(self) -> Hop:
        bevolking = self.referentie.bevolking_bestand
        sleutel = som(
            self._sleutel_op_basis,
            som_bestanden([bevolking], vanaf=bevolking.parent),
            som_bestanden(self.referentie.map.glob("bevolking_leeftijd.csv.gz"), vanaf=self.referentie.map),
        )
        return Hop("Maandtelling", self.werkmap / "maandtelling", sleutel)

    @property
    def _maandtelling(self) -> Path:
        return self._map("maandtelling", lambda: self._hop_maandtelling, self._tel_maanden)

    def _tel_maanden(self, uit: Path) -> None:
        from analyse.meten.bron import Bron
        from analyse.meten.maandtelling import leeftijdsopbouw, maanden

        bron = Bron(self.basis, self.params)
        maanden(bron).to_parquet(uit / "maanden.parquet", index=False)
        leeftijdsopbouw(bron, self.referentie.met_leeftijden).to_parquet(uit / "inwoners.parquet", index=False)

    @cached_property
    def _hop_vergelijking(self) -> Hop:
        sleutel = som(
            self._hop_maandtelling.sleutel,
            self._hop_vrijgave.sleutel,
            self.editie.periode,
            som_bestanden(self.referentie.map.glob("cbs_*"), vanaf=self.referentie.map),
            som_bestanden(self.referentie.map.glob("gemeenten.csv"), vanaf=self.referentie.map),
            som_code("kern", "vrijgave", "statistiek", "cbs", "referentie.py"),
        )
        return Hop("Vergelijking", self.werkmap / "vergelijking", sleutel)

    @cached_property
    def vergeleken(self) -> Vergelijking:
        """What reports may set beside the half-years (BESTUURLIJK)."""
        return Vergelijking.lees(self._map("vergelijking", lambda: self._hop_vergelijking, self._vergelijk))

    def _vergelijk(self, uit: Path) -> None:
        from analyse.vrijgave.maandtelling import geef_maandtelling_vrij, op_inwoners

        regio, tabel = self.params.regio, self.vrijgave.tabel
        maanden = pd.read_parquet(self._maandtelling / "maanden.parquet")
        volgorde = op_inwoners(self.referentie.bevolking, regio.codes)
        vrij = geef_maandtelling_vrij(maanden, tabel, volgorde, regio.drempels)
        self._samen(vrij, tabel).schrijf(uit)

    def _samen(self, maanden: pd.DataFrame, tabel: pd.DataFrame) -> Vergelijking:
        from analyse.cbs.landelijk import buren_van, landelijk
        from analyse.vrijgave.leeftijdsverhouding import verhoudingen

        inwoners = pd.read_parquet(self._maandtelling / "inwoners.parquet")
        cbs = self.referentie.cbs_alle
        return Vergelijking(
            maanden=maanden,
            leeftijd=verhoudingen(tabel, inwoners, str(self.editie.periode)),
            landelijk=landelijk(cbs, self.referentie.gemeentenamen),
            buren=buren_van(cbs, self.params.regio.codes),
        )

    def _vergeleken_intern(self) -> Vergelijking:
        """The same from unprotected figures: months of every gemeente (INTERN)."""
        return self._samen(pd.read_parquet(self._maandtelling / "maanden.parquet"), self.intern.tabel)
