"""What a gemeente ends up with: versions, starts and stops, requests, declarations, measures.

The two writers (XML messages, neutral tables) take their facts from here and nowhere else; that is why the two
forms are equal. Every fact knows the day of its message, and facts after the peildatum are never added.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from analyse.demo.aanbod import Product
from analyse.demo.wereld import PEILDATUM, Persoon

ANTWOORDTERMIJN = timedelta(days=7)


@dataclass(slots=True, frozen=True)
class Versie:
    """One sent version of a toewijzing. `retourcode` is filled when the aanbieder rejected it (302)."""

    nummer: int
    persoon: Persoon
    agb: str
    product: Product
    datum: date
    tijd: str
    ingang: date
    eind: date | None
    bericht: date
    reden: str = ""
    volume: int = 0
    referentie: str = ""
    retourcode: str = ""

    @property
    def stempel(self) -> tuple[date, str]:
        """What orders the versions of one number: toewijzingsdatum and -tijd."""
        return self.datum, self.tijd

    @property
    def verwijderd(self) -> bool:
        """Sent to undo the toewijzing: 13, or 01 with einddatum = ingangsdatum."""
        return self.reden == "13" or (self.reden == "01" and self.eind == self.ingang)


@dataclass(slots=True, frozen=True)
class Melding:
    """One start (`eind` None) or stop."""

    nummer: int
    persoon: Persoon
    agb: str
    product: Product
    ingang: date
    begin: date
    bericht: date
    eind: date | None = None
    reden: str = ""
    status: str = "1"


@dataclass(slots=True, frozen=True)
class Verzoek:
    """A 315, or a 317 on `nummer`, with the answer (319) when one came."""

    soort: str  # 315 or 317
    referentie: str
    persoon: Persoon
    agb: str
    bericht: date
    ingang: date
    product: Product | None = None
    verwijzer: str = ""
    verwijzer_agb: str = ""
    verwijzer_naam: str = ""
    nummer: int = 0
    eind: date | None = None
    antwoord: str = ""
    antwoord_op: date | None = None
    reden_afwijzing: str = ""
    gemeente_woonplaats: str = ""


@dataclass(slots=True, frozen=True)
class Prestatie:
    """One declared line. A credit names the line that it takes back in `vorige`."""

    referentie: str
    persoon: Persoon
    agb: str
    nummer: int
    product: Product
    begin: date
    eind: date
    volume: int
    bedrag_cent: int
    bericht: date
    credit: bool = False
    vorige: str = ""
    retourcode: str = ""

    @property
    def antwoord_op(self) -> date:
        """The day of the answer (325)."""
        return self.bericht + ANTWOORDTERMIJN

    @property
    def afgewezen(self) -> bool:
        """True when the gemeente had rejected this line by the peildatum."""
        return bool(self.retourcode) and self.antwoord_op <= PEILDATUM

    def declaratienummer(self, gemeente: str) -> str:
        """Number of the declaration that holds this line: one per aanbieder, gemeente and month."""
        return f"D{gemeente[2:]}{self.agb[-2:]}{self.bericht:%y%m}"


@dataclass
class Archief:
    """All facts of one gemeente up to the peildatum, and the counters for its numbers.

    `later` holds the lines that will be declared after it: nobody gets to see them, but they are the truth.
    """

    gemeente: str
    versies: list[Versie] = field(default_factory=list)
    meldingen: list[Melding] = field(default_factory=list)
    verzoeken: list[Verzoek] = field(default_factory=list)
    prestaties: list[Prestatie] = field(default_factory=list)
    later: list[Prestatie] = field(default_factory=list)
    boven: set[int] = field(default_factory=set)  # numbers on which more is declared than was allocated
    geplant: set[int] = field(default_factory=set)  # numbers of the cases put in on purpose
    verwijzers: dict[int, str] = field(default_factory=dict)  # toewijzingnummer -> verwijzer, from the back office
    _nummer: int = 100_000
    _referentie: int = 0

    def nieuw_nummer(self) -> int:
        """The next toewijzingnummer."""
        self._nummer += 1
        return self._nummer

    def nieuwe_referentie(self, letter: str) -> str:
        """A reference that no other message of the region has."""
        self._referentie += 1
        return f"{letter}{self.gemeente[2:]}-{self._referentie:06d}"

    def voeg_toe(self, feit: Versie | Melding | Verzoek | Prestatie) -> bool:
        """Keep a fact when its message was sent by the peildatum; says whether it was."""
        if feit.bericht > PEILDATUM:
            if isinstance(feit, Prestatie):
                self.later.append(feit)
            return False
        lijsten = {
            Versie: self.versies,
            Melding: self.meldingen,
            Verzoek: self.verzoeken,
            Prestatie: self.prestaties,
        }
        lijsten[type(feit)].append(feit)  # type: ignore[attr-defined]
        return True
