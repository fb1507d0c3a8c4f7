"""How a gemeente allocates: requests and answers, versions, corrections, deletions, rejected versions.

Chances are guesses of the order that data-quality reports mention; they are constants here, because a demo that
can be tuned in twenty ways is a demo that nobody can rely on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from analyse.demo.aanbod import AANBIEDERS, Aanbieder
from analyse.demo.feiten import Archief, Versie, Verzoek
from analyse.demo.ijking import GEMEENTEN
from analyse.demo.looptijd import WIJZIGEN_VANAF, Stuk, knip
from analyse.demo.namen import PRAKTIJKEN
from analyse.demo.toeval import Toeval
from analyse.demo.wereld import Zorgtraject

REDEN_13_VANAF = date(2022, 4, 4)
# Share of help of the own toegang whose verwijzer the back office didn't fill in.
_GEEN_VERWIJZER = {"GM0213": 0.11, "GM0262": 0.06}
_GI = tuple(a.agb for a in AANBIEDERS if "ots" in a.soorten)


@dataclass(slots=True)
class Toewijzing:
    """A number with the part of the traject that it covers and the day its first message went out."""

    nummer: int
    stuk: Stuk
    ingang: date
    bericht: date
    via_verzoek: bool  # the extension that ends this number was asked for in a 317


class Toegang:
    """Allocates one traject at a time; writes to the archive of its gemeente."""

    def __init__(self, archieven: Mapping[str, Archief], toeval: Toeval) -> None:
        self._archieven, self._toeval = archieven, toeval

    def wijs_toe(self, traject: Zorgtraject) -> list[Toewijzing]:
        """All versions and requests of one traject; gives its numbers in order."""
        archief, toeval = self._archieven[traject.gemeente], self._toeval
        besloten = self._besluitdag(traject)
        referentie = self._aanvraag(traject, besloten) if self._via_aanbieder(traject) else ""
        ingang = traject.begin if besloten > traject.begin else self._voor(traject.begin, 25)
        toewijzingen: list[Toewijzing] = []
        for i, stuk in enumerate(knip(traject, besloten, toeval)):
            if i:
                referentie = self._vraag_verlenging(traject, toewijzingen[-1], stuk.termijnen[0].besloten)
            toewijzing = self._toewijzing(traject, stuk, ingang if i == 0 else stuk.begin, referentie)
            self._noteer_verwijzer(archief, traject, toewijzing.nummer, eerste=i == 0)
            toewijzingen.append(toewijzing)
        self._vergissing(traject, besloten)
        return toewijzingen

    def _voor(self, dag: date, hoogstens: int) -> date:
        return dag - timedelta(days=self._toeval.geheel(0, hoogstens))

    # When and on whose request

    def _via_aanbieder(self, traject: Zorgtraject) -> bool:
        if traject.verhuisd or traject.soort.naam in ("wijkteam", "vervoer"):
            return False
        return traject.verwijzer in ("02", "03", "04", "05", "08") or (
            traject.verwijzer == "06" and self._toeval.kans(0.5)
        )

    def _besluitdag(self, traject: Zorgtraject) -> date:
        """Toewijzingsdatum of the first version: a GI nearly always asks afterwards, the toegang beforehand."""
        toeval = self._toeval
        if traject.verwijzer in ("04", "08") and toeval.kans(0.8):
            return traject.begin + timedelta(days=12 + toeval.dagen(35))
        if traject.verwijzer in ("02", "03", "05"):
            return traject.begin + timedelta(
                days=toeval.geheel(-30, 1) if toeval.kans(0.95) else toeval.geheel(2, 20)
            )
        return traject.begin - timedelta(days=toeval.geheel(3, 56))

    def _aanvraag(self, traject: Zorgtraject, besloten: date) -> str:
        """The 315 that leads to this toewijzing; gives its reference, or '' when the 301 forgot it."""
        toeval, archief = self._toeval, self._archieven[traject.gemeente]
        verzoek = self._verzoek(traject, archief, besloten - timedelta(days=toeval.geheel(1, 8)))
        if toeval.kans(0.05):
            op = verzoek.bericht + timedelta(days=1)
            verzoek = replace(verzoek, antwoord="2", antwoord_op=op)
        archief.voeg_toe(verzoek)
        self._afgewezen_aanvraag(traject, verzoek)
        return verzoek.referentie if toeval.kans(0.97) else ""

    def _verzoek(self, traject: Zorgtraject, archief: Archief, bericht: date) -> Verzoek:
        agb, naam = self._verwijzer(traject)
        return Verzoek(
            "315", archief.nieuwe_referentie("V"), traject.persoon, traject.aanbieder.agb, bericht,
            traject.begin, traject.product, traject.verwijzer, agb, naam,
        )  # fmt: skip

    def _verwijzer(self, traject: Zorgtraject) -> tuple[str, str]:
        """AGB code or name of who referred (only for 02 to 05); huisartsen have a few practices per gemeente."""
        if traject.verwijzer not in ("02", "03", "04", "05"):
            return "", ""
        if self._toeval.kans(0.06):
            return "", self._toeval.kies(PRAKTIJKEN)
        plek = GEMEENTEN.index(traject.gemeente)
        if traject.verwijzer == "02":
            praktijken = 12 if plek == 0 else 6 if plek == 7 else 3
            return f"0198{plek:02d}{self._toeval.geheel(1, praktijken):02d}", ""
        return {"03": f"019890{plek:02d}", "05": f"0698000{self._toeval.geheel(1, 3)}"}.get(
            traject.verwijzer, self._toeval.kies(_GI)
        ), ""

    def _afgewezen_aanvraag(self, traject: Zorgtraject, verzoek: Verzoek) -> None:
        """An earlier 315 that failed: at the wrong gemeente (reason 8), or for another reason."""
        toeval = self._toeval
        u = toeval.u()
        if u >= 0.035:
            return
        elders = toeval.kies([g for g in GEMEENTEN if g != traject.gemeente])
        archief = self._archieven[elders if u < 0.02 else traject.gemeente]
        bericht = verzoek.bericht - timedelta(days=toeval.geheel(8, 30))
        archief.voeg_toe(
            replace(
                verzoek,
                referentie=archief.nieuwe_referentie("V"),
                bericht=bericht,
                antwoord="1",
                antwoord_op=bericht + timedelta(days=toeval.geheel(2, 13)),
                reden_afwijzing="8" if u < 0.02 else toeval.kies(("3", "4", "7")),
                gemeente_woonplaats=traject.gemeente[2:] if u < 0.02 else "",
            )
        )

    def _vraag_verlenging(self, traject: Zorgtraject, vorige: Toewijzing, besloten: date) -> str:
        """A 317 for what comes after `vorige`; '' when the gemeente acts by itself."""
        if besloten < WIJZIGEN_VANAF or vorige.stuk.slot == "contract":
            return ""
        if vorige.stuk.slot == "verlenging" and not self._toeval.kans(0.5):
            return ""
        vorige.via_verzoek = True
        return self._wijzigingsverzoek(traject, vorige.nummer, besloten)

    def _wijzigingsverzoek(self, traject: Zorgtraject, nummer: int, besloten: date) -> str:
        archief = self._archieven[traject.gemeente]
        verzoek = Verzoek(
            "317", archief.nieuwe_referentie("W"), traject.persoon, traject.aanbieder.agb,
            besloten - timedelta(days=self._toeval.geheel(1, 9)), besloten, nummer=nummer,
        )  # fmt: skip
        archief.voeg_toe(verzoek)
        return verzoek.referentie

    def _afgewezen_wijziging(self, traject: Zorgtraject, eerste: Versie) -> None:
        """A 317 that the gemeente turns down (319): nothing changes."""
        toeval, archief = self._toeval, self._archieven[traject.gemeente]
        dag = eerste.bericht + timedelta(days=toeval.geheel(20, 80))
        if dag < WIJZIGEN_VANAF or dag > traject.eind:
            return
        verzoek = Verzoek(
            "317", archief.nieuwe_referentie("W"), traject.persoon, traject.aanbieder.agb, dag,
            dag + timedelta(days=14), nummer=eerste.nummer, antwoord="1",
            antwoord_op=dag + timedelta(days=toeval.geheel(1, 5)), reden_afwijzing=toeval.kies(("2", "4", "7")),
        )  # fmt: skip
        archief.voeg_toe(verzoek)

    # Versions

    def _toewijzing(self, traject: Zorgtraject, stuk: Stuk, ingang: date, referentie: str) -> Toewijzing:
        archief = self._archieven[traject.gemeente]
        eerste = self._versie(archief.nieuw_nummer(), traject, stuk, ingang, referentie)
        for versie in self._reeks(traject, stuk, eerste):
            archief.voeg_toe(versie)
        if self._toeval.kans(0.012):
            self._afgewezen_wijziging(traject, eerste)
        return Toewijzing(eerste.nummer, stuk, ingang, eerste.bericht, False)

    def _versie(self, nummer: int, traject: Zorgtraject, stuk: Stuk, ingang: date, referentie: str) -> Versie:
        termijn = stuk.termijnen[0]
        return Versie(
            nummer, traject.persoon, traject.aanbieder.agb, stuk.product, termijn.besloten, self._tijd(),
            ingang, termijn.tot, self._verzonden(termijn.besloten), volume=stuk.omvang(termijn.tot),
            referentie=referentie,
        )  # fmt: skip

    def _reeks(self, traject: Zorgtraject, stuk: Stuk, eerste: Versie) -> list[Versie]:
        reeks = [*self._fout_vooraf(eerste), eerste, *self._correctie(eerste), *self._fout_achteraf(eerste)]
        laatste = reeks[-1] if not reeks[-1].retourcode else eerste
        for vorige, termijn in pairwise(stuk.termijnen):
            erbij = stuk.omvang(termijn.tot) - stuk.omvang(vorige.tot)
            laatste = self._volgende(laatste, termijn.besloten, eind=termijn.tot, reden="04")
            laatste = replace(laatste, volume=laatste.volume + erbij)
            if self._toeval.kans(0.5):
                referentie = self._wijzigingsverzoek(traject, eerste.nummer, termijn.besloten)
                laatste = replace(laatste, referentie=referentie)
            reeks.append(laatste)
        return [*reeks, *self._einde(traject, stuk, laatste)]

    def _tijd(self) -> str:
        toeval = self._toeval
        return f"{toeval.geheel(8, 17):02d}:{toeval.geheel(0, 59):02d}:{toeval.geheel(0, 59):02d}"

    def _verzonden(self, besloten: date) -> date:
        """Mostly the same day; now and then much later, so that versions arrive out of order."""
        u = self._toeval.u()
        laat = self._toeval.geheel(10, 60) if u >= 0.98 else 0
        return besloten + timedelta(days=laat or (0 if u < 0.8 else 1))

    def _volgende(self, versie: Versie, besloten: date, *, eind: date | None, reden: str) -> Versie:
        """A later version of the same number, sent as a change made by the gemeente itself."""
        besloten = max(besloten, versie.datum + timedelta(days=1))
        return replace(
            versie, datum=besloten, tijd=self._tijd(), bericht=self._verzonden(besloten), eind=eind, reden=reden,
            referentie="",
        )  # fmt: skip

    def _correctie(self, eerste: Versie) -> list[Versie]:
        """A new version soon after, with another volume (01 until 2022, 14 since)."""
        if not eerste.volume or not self._toeval.kans(0.03):
            return []
        besloten = eerste.datum + timedelta(days=self._toeval.geheel(2, 25))
        reden = "14" if besloten >= REDEN_13_VANAF else "01"
        versie = self._volgende(eerste, besloten, eind=eerste.eind, reden=reden)
        return [replace(versie, volume=eerste.volume + 1)]

    def _fout_vooraf(self, eerste: Versie) -> list[Versie]:
        """A first version that the aanbieder rejected, the day before the right one."""
        if not self._toeval.kans(0.012):
            return []
        dag = eerste.datum - timedelta(days=1)
        return [
            replace(eerste, datum=dag, bericht=dag, ingang=eerste.ingang - timedelta(days=300), retourcode="9361")
        ]

    def _fout_achteraf(self, eerste: Versie) -> list[Versie]:
        """A later version, wrongly shortened, that the aanbieder rejected: never the current state."""
        if not self._toeval.kans(0.006):
            return []
        fout = self._volgende(eerste, eerste.datum + timedelta(days=2), eind=eerste.ingang, reden="05")
        return [replace(fout, retourcode="9332")]

    def _einde(self, traject: Zorgtraject, stuk: Stuk, laatste: Versie) -> list[Versie]:
        """The version that closes a number before its einddatum, when the gemeente makes one."""
        if stuk.slot in ("contract", "wijziging"):
            contract = stuk.slot == "contract"
            besloten = stuk.eind - timedelta(days=self._toeval.geheel(12, 45) if contract else 2)
            return [self._volgende(laatste, besloten, eind=stuk.eind, reden="03" if contract else "12")]
        open_ = laatste.eind is None or laatste.eind > stuk.eind
        if stuk.slot != "einde" or not open_ or not self._toeval.kans(0.85 if laatste.eind is None else 0.5):
            return []
        reden = {"38": "09", "39": "06", "02": "02", "35": "07"}.get(traject.reden, "05")
        besloten = stuk.eind + timedelta(days=self._toeval.geheel(0, 25))
        return [self._volgende(laatste, besloten, eind=max(stuk.eind, laatste.ingang), reden=reden)]

    # Mistakes and the back office

    def _vergissing(self, traject: Zorgtraject, besloten: date) -> None:
        """A toewijzing that should never have been: sent, and deleted some days later."""
        if not self._toeval.kans(0.015):
            return
        archief = self._archieven[traject.gemeente]
        aanbieder: Aanbieder = self._toeval.kies(AANBIEDERS)
        fout = Versie(
            archief.nieuw_nummer(), traject.persoon, aanbieder.agb, traject.product, besloten, self._tijd(),
            traject.begin, traject.begin + timedelta(days=364), besloten, volume=traject.product.volume,
        )  # fmt: skip
        dag = besloten + timedelta(days=self._toeval.geheel(2, 20))
        weg = self._volgende(fout, dag, eind=fout.ingang, reden="13" if dag >= REDEN_13_VANAF else "01")
        archief.voeg_toe(fout)
        archief.voeg_toe(weg)

    def _noteer_verwijzer(self, archief: Archief, traject: Zorgtraject, nummer: int, *, eerste: bool) -> None:
        """What the back office knows: the own toegang, no verwijzer, and part of what moved in."""
        bekend = traject.verwijzer in ("01", "06") and not self._toeval.kans(
            _GEEN_VERWIJZER.get(archief.gemeente, 0.02)
        )
        if bekend or (eerste and traject.verhuisd and self._toeval.kans(0.7)):
            archief.verwijzers[nummer] = traject.verwijzer
