"""Facts put into envelopes: which messages there are, in which order, and what a 301 repeats.

Every 301 holds all current toewijzingen of the child at that aanbieder; a 302 answers a 301; a 317 names what
must stay as it is; a 323 is one month of one aanbieder and its 325 lists only what was rejected.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from analyse.demo.feiten import Archief, Melding, Prestatie, Versie, Verzoek
from analyse.demo.wereld import PEILDATUM, Persoon


@dataclass(slots=True)
class Toewijsbericht:
    """A 301: new versions and repeats, by number; `antwoord_op` is set when a 302 came back."""

    dag: date
    persoon: Persoon
    agb: str
    producten: list[Versie]
    antwoord_op: date | None = None


@dataclass(slots=True)
class Meldbericht:
    """A 305 (starts) or a 307 (stops)."""

    dag: date
    soort: str
    persoon: Persoon
    agb: str
    producten: list[Melding]


@dataclass(slots=True)
class Verzoekbericht:
    """A 315 or 317; `ongewijzigd` are the other current numbers (317 only)."""

    dag: date
    verzoek: Verzoek
    ongewijzigd: list[int]

    @property
    def agb(self) -> str:
        """The aanbieder that asks."""
        return self.verzoek.agb


@dataclass(slots=True)
class Antwoordbericht:
    """A 319."""

    dag: date
    verzoek: Verzoek

    @property
    def agb(self) -> str:
        """The aanbieder that asked."""
        return self.verzoek.agb


@dataclass(slots=True)
class Declaratiebericht:
    """A 323, or its 325 when `antwoord`; `nummer` is the declaratienummer."""

    dag: date
    agb: str
    nummer: str
    regels: list[Prestatie]
    antwoord: bool = False


Bericht = Toewijsbericht | Meldbericht | Verzoekbericht | Antwoordbericht | Declaratiebericht


def berichten(archief: Archief) -> list[Bericht]:
    """All messages of one gemeente in order of their day."""
    stand = _Stand()
    gebeurd: list[Versie | Verzoek] = [*archief.versies, *(v for v in archief.verzoeken if v.soort == "317")]
    gebeurd.sort(key=lambda feit: (feit.bericht, isinstance(feit, Versie)))
    post: list[Bericht] = [
        *stand.verwerk(gebeurd),
        *(Verzoekbericht(v.bericht, v, []) for v in archief.verzoeken if v.soort == "315"),
        *_antwoorden(archief.verzoeken),
        *_meldberichten(archief.meldingen),
        *_declaraties(archief),
    ]
    return sorted(post, key=lambda bericht: bericht.dag)


class _Stand:
    """What is current per child and aanbieder while time passes: that is what a 301 repeats."""

    def __init__(self) -> None:
        self._nu: dict[tuple[int, str], dict[int, Versie]] = defaultdict(dict)

    def verwerk(self, gebeurd: Iterable[Versie | Verzoek]) -> Iterator[Bericht]:
        """Turn versions and 317s, in order of their day, into messages."""
        for dag, groep in _per_dag(gebeurd):
            for feit in groep:
                if isinstance(feit, Verzoek):
                    yield Verzoekbericht(dag, feit, self._anders(feit, dag))
            yield from self._toewijsberichten(dag, [feit for feit in groep if isinstance(feit, Versie)])

    def _anders(self, verzoek: Verzoek, dag: date) -> list[int]:
        nu = self._nu[verzoek.persoon.nr, verzoek.agb]
        return sorted(nr for nr, versie in nu.items() if nr != verzoek.nummer and _actueel(versie, dag))

    def _toewijsberichten(self, dag: date, versies: list[Versie]) -> Iterator[Toewijsbericht]:
        per_client: dict[tuple[int, str], list[Versie]] = defaultdict(list)
        for versie in versies:
            per_client[versie.persoon.nr, versie.agb].append(versie)
        for sleutel, eigen in per_client.items():
            while eigen:
                nieuw = {versie.nummer: versie for versie in reversed(eigen)}
                eigen = [versie for versie in eigen if nieuw[versie.nummer] is not versie]
                yield self._toewijsbericht(dag, self._nu[sleutel], nieuw)

    def _toewijsbericht(self, dag: date, nu: dict[int, Versie], nieuw: dict[int, Versie]) -> Toewijsbericht:
        # An answer to a 317 carries its reference on the unchanged products too; other repeats carry none.
        vraag = next((v.referentie for v in nieuw.values() if v.referentie.startswith("W")), "")
        herhaald = {
            nr: replace(versie, reden="", referentie=vraag)
            for nr, versie in nu.items()
            if nr not in nieuw and _actueel(versie, dag)
        }
        for nr, versie in nieuw.items():
            if not versie.retourcode and (nr not in nu or nu[nr].stempel < versie.stempel):
                nu[nr] = versie
        producten = [versie for _, versie in sorted((herhaald | nieuw).items())]
        fout = any(versie.retourcode for versie in producten)
        antwoord = dag + timedelta(days=1) if fout or producten[0].nummer % 40 == 0 else None
        if antwoord and antwoord > PEILDATUM:
            antwoord = None
        return Toewijsbericht(dag, producten[0].persoon, producten[0].agb, producten, antwoord)


def _per_dag(gebeurd: Iterable[Versie | Verzoek]) -> Iterator[tuple[date, list[Versie | Verzoek]]]:
    per_dag: dict[date, list[Versie | Verzoek]] = defaultdict(list)
    for feit in gebeurd:
        per_dag[feit.bericht].append(feit)
    yield from per_dag.items()


def _actueel(versie: Versie, dag: date) -> bool:
    return not versie.verwijderd and (versie.eind is None or versie.eind >= dag)


def _antwoorden(verzoeken: Iterable[Verzoek]) -> Iterator[Antwoordbericht]:
    for verzoek in verzoeken:
        if verzoek.antwoord_op and verzoek.antwoord_op <= PEILDATUM:
            yield Antwoordbericht(verzoek.antwoord_op, verzoek)


def _meldberichten(meldingen: Iterable[Melding]) -> Iterator[Meldbericht]:
    groepen: dict[tuple[date, str, int, str], list[Melding]] = defaultdict(list)
    for m in meldingen:
        groepen[m.bericht, "307" if m.eind else "305", m.persoon.nr, m.agb].append(m)
    for (dag, soort, _, agb), groep in groepen.items():
        yield Meldbericht(dag, soort, groep[0].persoon, agb, groep)


def _declaraties(archief: Archief) -> Iterator[Declaratiebericht]:
    groepen: dict[tuple[date, str], list[Prestatie]] = defaultdict(list)
    for regel in archief.prestaties:
        groepen[regel.bericht, regel.agb].append(regel)
    for (dag, agb), regels in groepen.items():
        regels.sort(key=lambda regel: (regel.persoon.nr, regel.referentie))
        nummer, antwoord_op = regels[0].declaratienummer(archief.gemeente), regels[0].antwoord_op
        yield Declaratiebericht(dag, agb, nummer, regels)
        if antwoord_op <= PEILDATUM:
            yield Declaratiebericht(antwoord_op, agb, nummer, regels, antwoord=True)
