"""What the batch is asked to make, what became of it, and how it tells so: plain data, light to import."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Literal

from analyse.kern import codes
from analyse.kern.fouten import onbekend
from analyse.params import RapportParams


@dataclass(frozen=True, kw_only=True)
class Opdracht:
    """One batch: every report of `rapporten` for every gebied of `gebieden` that it is meant for.

    `gebieden`: code to name, all that the index lists, in its order. `alleen`: make just these. `invoer`: hash
    of each thing that the figures come from, by name; a report is remade when one of them differs. `gegevens`:
    front-page texts for the exporters (periode, periode_naam, peildatum, ...). `voorladen`: modules to import
    before children are started; `vooraf`: what to do then as well (forked children share what it caches).
    `celtijd`, `rapporttijd`: seconds that a cell and a whole report may take.
    """

    editie: str
    gebieden: Mapping[str, str]
    rapporten: tuple[RapportParams, ...]
    notebooks: Path
    uit: Path
    wortel: Path
    titel: str = "Rapporten jeugdhulp"
    alleen: tuple[str, ...] | None = None
    invoer: Mapping[str, str] = field(default_factory=dict)
    gegevens: Mapping[str, str] = field(default_factory=dict)
    voorladen: tuple[str, ...] = ()
    vooraf: Callable[[], None] | None = None
    parallel: int | None = None
    opnieuw: bool = False
    motor: Literal["analyse", "stock"] = "analyse"
    celtijd: float = 120
    rapporttijd: float = 600

    @cached_property
    def stukken(self) -> tuple[Stuk, ...]:
        """Every report × gebied of the edition, in the order of the index."""
        return tuple(
            Stuk(rapport=rapport, gebied=gebied, naam=naam, hoofdrapport=rapport is self.rapporten[0])
            for rapport in self.rapporten
            for gebied, naam in self.gebieden.items()
            if _bedoeld(rapport, gebied)
        )

    @property
    def gevraagd(self) -> tuple[Stuk, ...]:
        """The ones that this run is to make; raises ParameterFout on an unknown gebied."""
        for code in self.alleen or ():
            if code not in self.gebieden:
                raise onbekend("Dit gebied", code, self.gebieden)
        return tuple(stuk for stuk in self.stukken if self.alleen is None or stuk.gebied in self.alleen)

    def bron(self, hoofdstuk: str) -> Path:
        """The notebook of a chapter."""
        return self.notebooks / f"{hoofdstuk}.ipynb"


def _bedoeld(rapport: RapportParams, gebied: str) -> bool:
    return rapport.gebieden == "alle" or (rapport.gebieden == "regio") == (gebied == codes.REGIO)


@dataclass(frozen=True, kw_only=True)
class Stuk:
    """One report of one gebied: the unit that is made, skipped or failed as a whole."""

    rapport: RapportParams
    gebied: str
    naam: str
    hoofdrapport: bool = True

    @property
    def sleutel(self) -> str:
        """Its name in the manifest, and its folder under output/<editie>/."""
        return self.gebied if self.hoofdrapport else f"{self.rapport.naam}/{self.gebied}"

    @property
    def bestandsnaam(self) -> str:
        """Its name as one file name."""
        return self.sleutel.replace("/", "-")


@dataclass(frozen=True, kw_only=True)
class Mislukking:
    """Why a report could not be made: where, and in one sentence what; `spoor` is the whole trace."""

    hoofdstuk: str
    cel: str
    melding: str
    spoor: str = ""


@dataclass(frozen=True, kw_only=True)
class Uitslag:
    """What became of one report. `bestanden` are relative to output/<editie>/; `seconden` is wall time."""

    stuk: Stuk
    status: Literal["gemaakt", "overgeslagen", "mislukt"]
    bestanden: tuple[str, ...] = ()
    fout: Mislukking | None = None
    seconden: float = 0.0

    @property
    def tekst(self) -> str:
        """One line for the summary on the command line."""
        if self.fout is None:
            return f"{self.stuk.naam} ({self.stuk.rapport.titel}): {self.status}"
        plek = " › ".join(deel for deel in (self.fout.hoofdstuk, self.fout.cel) if deel)
        return f"{self.stuk.naam} ({self.stuk.rapport.titel}): mislukt in {plek or 'opmaak'}: {self.fout.melding}"


@dataclass(frozen=True, kw_only=True)
class Voortgang:
    """How far the batch is: `gedaan` of `totaal` steps (a chapter, or the rendering of a report)."""

    gebied: str
    stap: str
    gedaan: int
    totaal: int


MeldVoortgang = Callable[[Voortgang], None]
