"""Hops 1 to 3 in order: what each is made from, and making it.

Lazy: asking for a Vrijgave makes (or skips) what comes before it. The hops are imported where they are used,
because a notebook that only reads released figures should not pay for the readers.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from tqdm import tqdm

from analyse.editie.lezen import lees_meting, lees_vrijgave
from analyse.editie.plek import Plek
from analyse.hop import Hop, som, som_bestanden, som_code
from analyse.kern.basis import Basis
from analyse.kern.resultaat import Meting, Vrijgave

if TYPE_CHECKING:
    from analyse.inname import Vergelijking

# What the gate reads beside the cards.
_POORT = ("families.yaml", "samenvoegen.yaml")
# Parameters about money that measuring reads.
_TARIEVEN = ("tarieven.yaml", "taakvelden.yaml")


class Keten(Plek):
    """Basis, Meting and Vrijgave of one edition."""

    # Hop 1

    @cached_property
    def _hop_basis(self) -> Hop:
        bestanden = [pad for pad in self.leveringen.rglob("*") if pad.is_file() and pad.name != "LEESMIJ.md"]
        sleutel = som(
            som_bestanden(bestanden, vanaf=self.leveringen),
            self.params.regio.codes,
            self.editie.peildatum,
            som_bestanden([self.params.map / "producten.csv"], vanaf=self.params.map),
            som_bestanden((self.params.map / "correcties").glob("*.yaml"), vanaf=self.params.map),
            som_bestanden((self.referentie.map / "codelijsten").glob("*.csv"), vanaf=self.referentie.map),
            som_bestanden(self._naast_levering(), vanaf=self.params.wortel),
            som_code("kern", "inname", "statistiek", "params.py", "correctieregister.py"),
        )
        return Hop("Basis", self.werkmap / "basis", sleutel)

    @cached_property
    def basis(self) -> Basis:
        """Hop 1: what the deliveries say, per person (INTERN)."""
        return Basis(self._hop_basis.zorg(self._lees, meld=self.meld))

    def _lees(self, uit: Path) -> None:
        from analyse.inname import lees

        peildatum = self.editie.peildatum
        with tqdm(desc="Lezen", unit="B", unit_scale=True, leave=False, disable=self.stil) as balk:

            def toon(gedaan: int, totaal: int, naam: str) -> None:
                balk.total = totaal
                balk.set_postfix_str(naam, refresh=False)
                balk.update(gedaan - balk.n)

            lees(
                self.leveringen,
                params=self.params,
                uit=uit,
                peildatum=peildatum,
                met=self.vergelijking,
                voortgang=toon,
            )

    @property
    def vergelijking(self) -> Vergelijking:
        """What hop 1 holds the totals of a delivery against: CBS, and the edition before when it was made here."""
        from analyse.inname import Vergelijking

        return Vergelijking(self.referentie.map, self.leveringen, self._vorige_telling)

    @property
    def _vorige_telling(self) -> Path | None:
        """The totals that hop 1 of the newest earlier edition left behind (`inname.TELLING`)."""
        mappen = [self.werkmap.parent / naam / "basis" for naam in self.params.edities if naam < self.naam]
        paden = [map_ / "telling_maand.parquet" for map_ in mappen]
        return next((pad for pad in reversed(paden) if pad.is_file()), None)

    def _naast_levering(self) -> list[Path]:
        paden = [self.referentie.map / naam for naam in ("cbs_gemeenten.csv", "bevolking.csv")]
        return [pad for pad in (*paden, self._vorige_telling) if pad is not None and pad.is_file()]

    @cached_property
    def _sleutel_op_basis(self) -> str:
        """The key of what is measured on the Basis with the rules of the region and nothing else."""
        code = som_code("kern", "meten", "statistiek", "params.py")
        return som(self._hop_basis.sleutel, self.params.regio.model_dump_json(), code)

    # Hop 2

    @cached_property
    def _hop_meting(self) -> Hop:
        bevolking = self.referentie.bevolking_bestand
        sleutel = som(
            self._hop_basis.sleutel,
            self.params.regio.model_dump_json(),
            som_bestanden((self.params.map / "indicatoren").glob("*.yaml"), vanaf=self.params.map),
            som_bestanden([bevolking], vanaf=bevolking.parent),
            som_bestanden([self.params.map / naam for naam in _TARIEVEN], vanaf=self.params.map),
            som_bestanden([self.referentie.map / "cpb_leeftijdsprofiel.csv"], vanaf=self.referentie.map),
            som_code("kern", "meten", "statistiek", "params.py"),
        )
        return Hop("Meting", self.werkmap / "meting", sleutel)

    @cached_property
    def intern(self) -> Meting:
        """Hop 2: every figure of every gebied and period, before disclosure control (INTERN)."""
        return lees_meting(self._map("meting", lambda: self._hop_meting, self._meet))

    def _meet(self, uit: Path) -> None:
        from analyse.meten import meet

        meting = meet(self.basis, params=self.params, bevolking=self.referentie.bevolking)
        meting.schrijf(uit / "meting.parquet")

    # Hop 3

    @cached_property
    def _hop_vrijgave(self) -> Hop:
        from analyse.vrijgave import register

        sleutel = som(
            self._hop_meting.sleutel,
            *[register.afdruk(eerder) for eerder in self.eerder_gepubliceerd],
            som_bestanden([self.params.map / naam for naam in _POORT], vanaf=self.params.map),
            som_code("kern", "vrijgave", "params.py"),
        )
        return Hop("Vrijgave", self.werkmap / "vrijgave", sleutel)

    @property
    def publicaties(self) -> Path:
        """The register of what was published, by edition; holds nothing that is not in the reports."""
        return self.params.wortel / "data" / "publicatie"

    @cached_property
    def _gepubliceerd(self) -> Sequence[Vrijgave]:
        """What an attacker may have kept: earlier editions, and earlier releases of this one."""
        from analyse.vrijgave import register

        return register.lees(self.publicaties, self.naam)

    @property
    def eerder_gepubliceerd(self) -> Sequence[Vrijgave]:
        """What was published before the release that lies ready."""
        return [eerder for eerder in self._gepubliceerd if not self._is_huidige(eerder)]

    def _is_huidige(self, eerder: Vrijgave) -> bool:
        """Whether a published release is the one that lies ready: publishing it does not make it stale."""
        from analyse.vrijgave import register

        pad = self.werkmap / "vrijgave" / "vrijgave.parquet"
        return pad.is_file() and register.afdruk(eerder) == register.afdruk(lees_vrijgave(pad.parent))

    @cached_property
    def vrijgave(self) -> Vrijgave:
        """Hop 3: the figures that may be shown (BESTUURLIJK)."""
        return lees_vrijgave(self._map("vrijgave", lambda: self._hop_vrijgave, self._geef_vrij))

    def _geef_vrij(self, uit: Path) -> None:
        from analyse.vrijgave import geef_vrij_met_audit
        from analyse.vrijgave.toelichting import maak_toelichting, schrijf_audit

        vrijgave, audit = geef_vrij_met_audit(
            self.intern,
            params=self.params,
            basis_kwaliteit=self.basis.pandas("bevindingen"),
            vorige=self._gepubliceerd,
        )
        vrijgave.schrijf(uit / "vrijgave.parquet")
        vrijgave.kwaliteit.to_parquet(uit / "kwaliteit.parquet", index=False)
        schrijf_audit(audit, uit / "audit.parquet", params=self.params)
        toelichting = maak_toelichting(
            audit, vrijgave, samenvoegen=[voorstel.zin for voorstel in audit.voorstellen]
        )
        toelichting.to_parquet(uit / "toelichting.parquet", index=False)

    def leg_vast(self) -> None:
        """Note in the register that this release was published; that of invented children as a trial."""
        from analyse.vrijgave import register

        register.leg_vast(self.vrijgave, self.publicaties, self.naam, concept=self.is_demo)
