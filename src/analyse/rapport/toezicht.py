"""Watch over the children of a batch: start them, hear them, end them when they take too long.

Whatever a child does, this side ends with an answer per report: a child that dies or hangs without a word is
reported with the last place it named.
"""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing import connection
from pathlib import Path

from analyse.rapport import kind as kindwerk
from analyse.rapport import vork
from analyse.rapport.opdracht import MeldVoortgang, Mislukking, Opdracht, Stuk, Voortgang

# Seconds between two looks at children that say nothing.
_POLS = 1.0


@dataclass(kw_only=True)
class Loper:
    """One report in the making: `map` is its scratch folder; `fout` stays None when it ended well."""

    stuk: Stuk
    kind: vork.Kind
    map: Path
    sinds: float
    seconden: float = 0.0
    stappen: list[str] = field(default_factory=list)
    hoofdstuk: str = ""
    cel: str = ""
    cel_sinds: float = 0.0
    klaar: bool = False
    fout: Mislukking | None = None

    def hoor(self) -> list[str]:
        """Take in what the child reports; returns the steps it finished, each by its name."""
        vooraf = len(self.stappen)
        for soort, *inhoud in self.kind.berichten():
            getattr(self, f"_bij_{soort}")(*inhoud)
        return self.stappen[vooraf:]

    def _bij_cel(self, hoofdstuk: str, cel: str) -> None:
        self.hoofdstuk, self.cel, self.cel_sinds = hoofdstuk, cel, time.monotonic()

    def _bij_stap(self, naam: str) -> None:
        self.stappen.append(naam)
        self.hoofdstuk = self.cel = ""

    def _bij_mislukt(self, fout: Mislukking) -> None:
        self.fout = fout

    def _bij_klaar(self) -> None:
        self.klaar = True

    def te_laat(self, opdracht: Opdracht) -> str:
        """Why this report has to be ended; empty when it may go on."""
        nu = time.monotonic()
        if nu - self.sinds > opdracht.rapporttijd:
            return f"het rapport was na {opdracht.rapporttijd:g} seconden niet klaar"
        # The cell itself hears of its time-out first; here it is one that doesn't listen.
        if self.hoofdstuk and nu - self.cel_sinds > opdracht.celtijd + vork.GENADE:
            return f"de cel was na {opdracht.celtijd:g} seconden niet klaar"
        return ""

    def sluit(self, *, te_laat: str = "") -> None:
        """End the child (when it didn't itself) and settle how it went."""
        self.hoor()
        self.kind.stop()
        self.seconden = time.monotonic() - self.sinds
        if self.fout is None and not self.klaar:
            waarom = te_laat or f"het proces stopte zelf (exitcode {self.kind.proces.exitcode})"
            self.fout = Mislukking(hoofdstuk=self.hoofdstuk, cel=self.cel, melding=waarom)


def kernen() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Toezicht:
    """The children of one batch."""

    def __init__(self, opdracht: Opdracht, klad: Path, voortgang: MeldVoortgang) -> None:
        self.opdracht, self.klad, self.voortgang = opdracht, klad, voortgang
        self.vork = opdracht.motor == "analyse" and vork.kan_vorken()
        self.gedaan = self.totaal = 0

    def draai(self, stukken: Sequence[Stuk]) -> Iterator[Loper]:
        """Every report, as it ends; at most `parallel` at a time."""
        self.totaal = sum(_stappen(stuk) for stuk in stukken)
        wachtrij, lopend = deque(stukken), list[Loper]()
        plaatsen = max(1, self.opdracht.parallel or kernen())
        try:
            while wachtrij or lopend:
                while wachtrij and len(lopend) < plaatsen:
                    lopend.append(self._begin(wachtrij.popleft()))
                for loper in self._afgelopen(lopend):
                    lopend.remove(loper)
                    yield loper
        finally:
            for loper in lopend:
                loper.kind.stop()

    def _begin(self, stuk: Stuk) -> Loper:
        map_ = self.klad / stuk.bestandsnaam
        map_.mkdir()
        taak = kindwerk.Taak(
            hoofdstukken=tuple((naam, self.opdracht.bron(naam)) for naam in stuk.rapport.hoofdstukken),
            parameters=self.opdracht.parameters(stuk),
            gegevens=gegevens(self.opdracht, stuk),
            map=map_,
            wortel=self.opdracht.wortel,
            # Without POSIX signals our engine can't end a cell that takes too long.
            motor=self.opdracht.motor if os.name == "posix" else "stock",
            celtijd=self.opdracht.celtijd,
            voorladen=self.opdracht.voorladen,
            xlsx=stuk.rapport.xlsx,
        )
        kind = vork.begin(kindwerk.maak, taak, vork=self.vork)
        return Loper(stuk=stuk, kind=kind, map=map_, sinds=time.monotonic())

    def _afgelopen(self, lopend: list[Loper]) -> list[Loper]:
        """Wait until something happens; the ones that ended, well or not."""
        connection.wait(
            [bron for loper in lopend for bron in (loper.kind.pijp, loper.kind.proces.sentinel)], _POLS
        )
        klaar = []
        for loper in lopend:
            dood = not loper.kind.proces.is_alive()
            for naam in loper.hoor():
                self._tel(loper, 1, naam)
            te_laat = loper.te_laat(self.opdracht)
            if dood or loper.klaar or loper.fout or te_laat:
                vooraf = len(loper.stappen)
                loper.sluit(te_laat=te_laat)
                stap = "mislukt" if loper.fout else "".join(loper.stappen[-1:])
                self._tel(loper, _stappen(loper.stuk) - vooraf, stap)
                klaar.append(loper)
        return klaar

    def _tel(self, loper: Loper, stappen: int, stap: str) -> None:
        if stappen:
            self.gedaan += stappen
            gebied = loper.stuk.gebied
            self.voortgang(Voortgang(gebied=gebied, stap=stap, gedaan=self.gedaan, totaal=self.totaal))


def _stappen(stuk: Stuk) -> int:
    return len(stuk.rapport.hoofdstukken) + 1


def gegevens(opdracht: Opdracht, stuk: Stuk) -> dict[str, str]:
    """What the exporters put on the front page and in the page headers of one report."""
    eigen = {
        "titel": stuk.rapport.titel,
        "voor": stuk.rapport.voor,
        "editie": opdracht.editie,
        "gebied": stuk.gebied,
        "gebied_naam": stuk.naam,
        # A mirror is for the praktijk or aanbieder that it shows; the folder that it lies in stays INTERN.
        "rubricering": "VERTROUWELIJK" if stuk.eenheid else opdracht.publiek.upper(),
        "csv_map": "tabellen",
        "vorm": stuk.rapport.vorm,
    }
    return {**eigen, **opdracht.gegevens}
