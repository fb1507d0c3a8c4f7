"""What the batch is asked to make, what became of it, and how it tells so: plain data, light to import."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
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
    front-page texts for the exporters (periode, periode_naam, peildatum, ...). `publiek`: for whom all these
    reports are; `intern` ones see unprotected figures and carry the watermark. `alleen_rapporten`: make just the
    reports with these names. `eenheden`: for a report per praktijk, aanbieder or team, the (code, name) of each in
    a gebied. `bijlage`: what the manifest records besides. `voorladen`: modules to import
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
    publiek: Literal["bestuurlijk", "intern"] = "bestuurlijk"
    alleen_rapporten: tuple[str, ...] | None = None
    eenheden: Mapping[str, Eenheden] = field(default_factory=dict)
    bijlage: Mapping[str, object] = field(default_factory=dict)
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
            stuk
            for rapport in self.rapporten
            for gebied in self.gebieden
            if _bedoeld(rapport, gebied)
            for stuk in self._per(rapport, gebied)
        )

    def _per(self, rapport: RapportParams, gebied: str) -> Iterator[Stuk]:
        naam, hoofd = self.gebieden[gebied], self.publiek == "bestuurlijk" and rapport is self.rapporten[0]
        if rapport.per == "gebied":
            yield Stuk(rapport=rapport, gebied=gebied, naam=naam, hoofdrapport=hoofd)
            return
        for code, eigen in self.eenheden.get(rapport.per, {}).get(gebied, ()):
            yield Stuk(rapport=rapport, gebied=gebied, naam=f"{naam}, {eigen}", hoofdrapport=False, eenheid=code)

    @property
    def gevraagd(self) -> tuple[Stuk, ...]:
        """The ones that this run is to make; raises ParameterFout on an unknown gebied."""
        for code in self.alleen or ():
            if code not in self.gebieden:
                raise onbekend("Dit gebied", code, self.gebieden)
        return tuple(stuk for stuk in self.stukken if self._nu(stuk))

    def _nu(self, stuk: Stuk) -> bool:
        hier = self.alleen is None or stuk.gebied in self.alleen
        return hier and (self.alleen_rapporten is None or stuk.rapport.naam in self.alleen_rapporten)

    def parameters(self, stuk: Stuk) -> dict[str, object]:
        """What its chapters get in the cell tagged `parameters`."""
        eigen: dict[str, object] = {"editie": self.editie, "gebied": stuk.gebied}
        if self.publiek == "intern":
            eigen["intern"] = True
        return {**eigen, stuk.rapport.per: stuk.eenheid} if stuk.eenheid else eigen

    def bron(self, hoofdstuk: str) -> Path:
        """The notebook of a chapter."""
        return self.notebooks / f"{hoofdstuk}.ipynb"


# Of one kind (praktijk, aanbieder, team): gebied to (code, name) of each.
Eenheden = Mapping[str, Sequence[tuple[str, str]]]


def _bedoeld(rapport: RapportParams, gebied: str) -> bool:
    return rapport.gebieden == "alle" or (rapport.gebieden == "regio") == (gebied == codes.REGIO)


@dataclass(frozen=True, kw_only=True)
class Stuk:
    """One report of one gebied: the unit that is made, skipped or failed as a whole."""

    rapport: RapportParams
    gebied: str
    naam: str
    hoofdrapport: bool = True
    eenheid: str = ""  # code of the praktijk, aanbieder or team that it is about

    @property
    def sleutel(self) -> str:
        """Its name in the manifest, and its folder under output/<editie>/."""
        if self.hoofdrapport:
            return self.gebied
        # One folder per gebied, to hand over as a whole; beside the main report, which replaces its folder.
        delen = (
            (self.gebied, self.rapport.naam)
            if self.rapport.publiek == "intern"
            else (self.rapport.naam, self.gebied)
        )
        return "/".join((*delen, self.eenheid) if self.eenheid else delen)

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
