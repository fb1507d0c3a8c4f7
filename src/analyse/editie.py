"""One edition: the five hops in order, and the object that an analyst holds.

Lazy: asking for a Vrijgave makes (or skips) what comes before it. The hops are imported where they are used,
because a notebook that only reads released figures should not pay for the readers.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
from tqdm import tqdm

from analyse.hop import Hop, Melder, som, som_bestanden, som_code
from analyse.kern import codes
from analyse.kern.basis import Basis
from analyse.kern.effecten import Effectmeting, Effectvrijgave
from analyse.kern.fouten import onbekend
from analyse.kern.resultaat import Meting, Vrijgave
from analyse.params import EditieParams, Params
from analyse.referentie import Referentie

if TYPE_CHECKING:
    from analyse.inname import Vergelijking
    from analyse.rapport.opdracht import Eenheden
    from analyse.weergave.beeld import Beeld

# Set by the batch for its children, which would otherwise each fingerprint all deliveries again.
GECONTROLEERD = "ANALYSE_GECONTROLEERD"
LEVERINGEN = "ANALYSE_LEVERINGEN"
# What the gate reads beside the cards.
_POORT = ("families.yaml", "samenvoegen.yaml")
# Parameters about money that measuring reads.
_TARIEVEN = ("tarieven.yaml", "taakvelden.yaml")


def _stil(_: str) -> None:
    return None


class Editie:
    """The hops of one edition, on disk under `data/werk/<editie>/`."""

    def __init__(self, naam: str, *, params: Params, leveringen: Path | None = None, meld: Melder = _stil) -> None:
        self.naam = naam
        self.params = params
        self.editie: EditieParams = params.editie(naam)
        self.meld = meld
        self._leveringen = leveringen

    @classmethod
    def open(
        cls,
        naam: str | None = None,
        *,
        leveringen: Path | None = None,
        wortel: Path | None = None,
        meld: Melder = _stil,
    ) -> Editie:
        """The edition `naam` (default: the newest) of the kit around the current folder."""
        params = Params.open(wortel)
        return cls(naam or params.edities[-1], params=params, leveringen=leveringen, meld=meld)

    @property
    def werkmap(self) -> Path:
        """Where the hops of this edition lie (INTERN, never in git)."""
        return self.params.wortel / "data" / "werk" / self.naam

    @cached_property
    def leveringen(self) -> Path:
        """The delivery folder: as asked, else `data/leveringen[/<editie>]` when filled, else the demo region."""
        gevraagd = self._leveringen or os.environ.get(LEVERINGEN)
        if gevraagd:
            return Path(gevraagd).resolve()
        data = self.params.wortel / "data"
        for map_ in (data / "leveringen" / self.naam, data / "leveringen"):
            if any(map_.glob("GM*/*")):
                return map_
        return self._demo(data / "demo")

    @property
    def is_demo(self) -> bool:
        """True when these are the invented children of the demo region."""
        return self.leveringen == self.params.wortel / "data" / "demo"

    def _demo(self, map_: Path) -> Path:
        if not any(map_.glob("GM*/*")):
            from analyse.demo import maak_demo

            self.meld("Geen leveringen gevonden: de demoregio wordt gemaakt")
            maak_demo(map_)
        return map_

    @cached_property
    def referentie(self) -> Referentie:
        """Population and CBS figures."""
        return Referentie(self.params.wortel / "data" / "referentie", self.leveringen)

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
        with tqdm(desc="Lezen", unit="B", unit_scale=True, leave=False, disable=self.meld is _stil) as balk:

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

    def _map(self, naam: str, hop: Callable[[], Hop], maak: Callable[[Path], object]) -> Path:
        """The folder of a hop, made when needed; a child of the batch takes it as its parent left it."""
        if os.environ.get(GECONTROLEERD) == self.naam:
            return self.werkmap / naam
        return hop().zorg(maak, meld=self.meld)

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

    # Beside the chain: the effect of measures

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

    @property
    def effecten_nodig(self) -> bool:
        """Whether `effecten` would have to be measured anew."""
        return not self._hop_effecten.vers

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

    # Beside the chain: the paths that jeugdigen follow

    @cached_property
    def _hop_paden(self) -> Hop:
        sleutel = som(self._hop_basis.sleutel, self.params.regio.model_dump_json(), som_code("kern", "meten"))
        return Hop("Paden", self.werkmap / "paden", sleutel)

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

    # Lists of rows for whom they are about (INTERN)

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

    # What an analyst asks

    def meting(
        self,
        indicator: str,
        *,
        gebied: str | None = None,
        periode: str | None = None,
        per: str | tuple[str, ...] = (),
    ) -> pd.DataFrame:
        """Internal figures of one indicator (INTERN: not for publication), split by `per`; columns of §3.3."""
        if gebied is not None:
            gebied = self.params.regio.gebied(gebied)
        return self.intern.kies(indicator, gebied=gebied, periode=periode, per=per)

    def voor(self, gebied: str, *, intern: bool = False) -> Beeld:
        """What a notebook sees of one gebied: released figures, or (`intern=True`) internal ones, watermarked."""
        from analyse.weergave.beeld import Beeld

        return Beeld(
            vrijgave=self.intern if intern else self.vrijgave,
            params=self.params,
            editie=self.editie,
            gebied=self.params.regio.gebied(gebied),
            referentie=self.referentie,
            intern=intern,
            demo=self.is_demo,
            effectbron=lambda: self.effectvrijgave,
            lijstbron=lambda naam: self.lijst(naam, gebied),
            padenbron=lambda: self.paden if intern else self.padenvrijgave,
            overgangenbron=lambda: self._overgangen() if intern else self.overgangen,
        )

    def sleutels(self) -> dict[str, str]:
        """The key of each hop, for the manifest."""
        hops = (self._hop_basis, self._hop_meting, self._hop_vrijgave, self._hop_effectvrijgave)
        return {hop.naam.lower(): hop.sleutel for hop in hops}


def lees_meting(map_: Path) -> Meting:
    """A Meting as hop 2 wrote it; read once per process as long as it does not change."""
    return _lees_meting(map_, (map_ / "manifest.json").read_text(encoding="utf-8"))


@lru_cache(maxsize=2)
def _lees_meting(map_: Path, _manifest: str) -> Meting:
    return Meting.lees(map_ / "meting.parquet")


def lees_vrijgave(map_: Path) -> Vrijgave:
    """A Vrijgave as hop 3 wrote it; read once per process as long as it does not change."""
    return _lees_vrijgave(map_, (map_ / "manifest.json").read_text(encoding="utf-8"))


def lees_effectvrijgave(map_: Path) -> Effectvrijgave:
    """An Effectvrijgave as its hop wrote it; read once per process as long as it does not change."""
    return _lees_effectvrijgave(map_, (map_ / "manifest.json").read_text(encoding="utf-8"))


@lru_cache(maxsize=8)
def _lees_effectvrijgave(map_: Path, _manifest: str) -> Effectvrijgave:
    return Effectvrijgave.lees(map_)


@lru_cache(maxsize=8)
def _lees_vrijgave(map_: Path, _manifest: str) -> Vrijgave:
    tabel = pd.read_parquet(map_ / "vrijgave.parquet")
    kwaliteit, toelichting = (pd.read_parquet(map_ / f"{naam}.parquet") for naam in ("kwaliteit", "toelichting"))
    return Vrijgave(tabel, kwaliteit, toelichting)
