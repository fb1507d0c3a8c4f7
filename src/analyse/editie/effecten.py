"""Beside the chain: did a measure work, measured on the Basis and released through a gate of its own."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from analyse.editie.keten import Keten
from analyse.editie.lezen import lees_effectvrijgave
from analyse.hop import Hop, som, som_bestanden, som_code
from analyse.kern.effecten import Effectmeting, Effectvrijgave


class Effecten(Keten):
    """The effect of measures: measured (INTERN) and released (BESTUURLIJK)."""

    @property
    def _donorpanel(self) -> Path | None:
        """Gemeenten outside the region: the region's own table, or the synthetic one for invented children."""
        naam = "demo_donorpanel.csv.gz" if self.is_demo else "donorpanel.csv.gz"
        pad = self.referentie.map / naam
        return pad if pad.is_file() else None

    @cached_property
    def _hop_effecten(self) -> Hop:
        bevolking = self.referentie.bevolking_bestand
        sleutel = som(
            self._hop_basis.sleutel,
            self.params.regio.model_dump_json(),
            som_bestanden((self.params.map / "maatregelen").glob("*.*"), vanaf=self.params.map),
            som_bestanden([bevolking], vanaf=bevolking.parent),
            som_bestanden([self._donorpanel] if self._donorpanel else [], vanaf=self.referentie.map),
            som_code("kern", "meten", "effect", "statistiek", "params.py"),
        )
        return Hop("Effecten", self.werkmap / "effecten", sleutel)

    @cached_property
    def effecten(self) -> Effectmeting:
        """What can be said about every measure of the register, with all counts and p-values (INTERN)."""
        return Effectmeting.lees(self._hop_effecten.zorg(self._meet_effecten, meld=self.meld))

    def _meet_effecten(self, uit: Path) -> None:
        from analyse.effect import Keten, lees_quickwins, lees_register, leg_vast, tel_quickwins
        from analyse.meten.reeksen import Reeksen

        map_ = self.params.map / "maatregelen"
        register = lees_register(map_, gemeenten=self.params.regio.codes)
        keten = Keten(
            register,
            Reeksen(self.basis, self.params, self.referentie.bevolking),
            self.editie.peildatum,
            self._donorpanel,
            self.params.regio.namen,
        )
        leg_vast(keten, tel_quickwins(lees_quickwins(map_ / "quickwins.csv", maatregelen=register))).schrijf(uit)

    @cached_property
    def _hop_effectvrijgave(self) -> Hop:
        sleutel = som(self._hop_effecten.sleutel, self._hop_vrijgave.sleutel, som_code("kern", "vrijgave"))
        return Hop("Effectvrijgave", self.werkmap / "effectvrijgave", sleutel)

    @cached_property
    def effectvrijgave(self) -> Effectvrijgave:
        """What reports may show of the effects (BESTUURLIJK)."""
        map_ = self._map("effectvrijgave", lambda: self._hop_effectvrijgave, self._geef_effecten_vrij)
        return lees_effectvrijgave(map_)

    def _geef_effecten_vrij(self, uit: Path) -> None:
        from analyse.vrijgave.effecten import geef_effecten_vrij

        drempels = self.params.regio.drempels
        geef_effecten_vrij(self.effecten, vrijgave=self.vrijgave, drempels=drempels).schrijf(uit)
