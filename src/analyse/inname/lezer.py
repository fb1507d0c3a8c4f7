"""Reads all files of a delivery side by side: tasks of bounded size over the cores of this machine.

Processes and not threads, because expat calls back into Python for every element. Where `fork` is safe (Linux)
it is used: a worker starts in milliseconds and inherits the imports; elsewhere `spawn`. A small delivery is read
in this process, which is faster than starting workers. Tasks are cut by file size alone, so that row ids, and
with them every choice between equal rows, are the same on any machine.

Measured on the demo region (95,000 messages, 200 MB of XML in eight zips, two cores that others used as well): 5.8
seconds of processor time in two workers, 3.9 in the process that does the rest of hop 1. Of the reading a fifth is
unpacking, a fifth telling known shapes apart, a quarter the event reader on large declarations.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

import pyarrow as pa

from analyse.inname.archief import (
    BROK,
    GRENZEN,
    Grenzen,
    OnveiligArchief,
    bezwaar,
    brokken,
    brokken_los,
    open_archief,
)
from analyse.inname.berichten import BerichtLezer
from analyse.inname.levering import Bestand
from analyse.inname.meldingen import melding, veilig
from analyse.inname.pseudoniem import Pseudoniemen
from analyse.inname.schrijver import PORTIE, Schrijver
from analyse.inname.tabellen import OnleesbareTabel
from analyse.inname.tabelrijen import als_ruw, over_vorm, over_wet, van_bekende_wet
from analyse.inname.vertaling import Deel, lees_delen, met_nummers
from analyse.kern.fouten import Bevinding, LeveringFout

DEEL = 32 << 20  # bytes of zip per task; every part reads the whole directory of the zip again
BUNDEL = 500  # loose messages per task
KLEIN = 4 << 20  # a delivery below this is read without workers


@dataclass(frozen=True)
class Taak:
    """A part of one file (zip, table) or a bundle of loose messages."""

    nr: int
    gemeente: str
    soort: str
    bestanden: tuple[Bestand, ...]
    deel: tuple[int, int] = (0, 1)  # which share of how many


@dataclass(frozen=True)
class Opdracht:
    """What every task needs besides its files."""

    map: Path
    sleutel: bytes = field(repr=False)
    eigen_id: frozenset[str] = frozenset()  # gemeenten with ids of their own
    grenzen: Grenzen = GRENZEN


@dataclass
class Uitkomst:
    """Findings of one task, rows that never became rows ((bron, tabel) → number), and ids with something wrong.

    `nummers`: code of the finding and bron → pseudonyms.
    """

    bevindingen: list[Bevinding] = field(default_factory=list)
    opzij: Counter[tuple[int, str]] = field(default_factory=Counter)
    nummers: dict[tuple[str, int], frozenset[str]] = field(default_factory=dict)

    def onthoud(self, pseudoniem: Pseudoniemen, bestand: Bestand) -> None:
        """Keep which ids were mended, are wrong, or belong to nobody."""
        soorten = (("LV19", pseudoniem.hersteld), ("DK02", pseudoniem.ongeldig), ("DK02b", pseudoniem.test))
        for code, nummers in soorten:
            if nummers:
                self.nummers[code, bestand.bron] = frozenset(nummers)


def taken(bestanden: list[Bestand]) -> list[Taak]:
    """Tasks in fixed order, cut by size."""
    lijst: list[tuple[str, str, tuple[Bestand, ...], tuple[int, int]]] = []
    for bestand in bestanden:
        if bestand.soort == "zip":
            delen = max(1, -(-bestand.pad.stat().st_size // DEEL))
            lijst += [(bestand.gemeente, "zip", (bestand,), (i, delen)) for i in range(delen)]
        elif bestand.soort == "tabel":
            lijst.append((bestand.gemeente, "tabel", (bestand,), (0, 1)))
    for gemeente in sorted({b.gemeente for b in bestanden}):
        los = [b for b in bestanden if b.soort == "xml" and b.gemeente == gemeente]
        lijst += [(gemeente, "xml", tuple(los[i : i + BUNDEL]), (0, 1)) for i in range(0, len(los), BUNDEL)]
    return [Taak(nr, *rest) for nr, rest in enumerate(lijst)]


Voortgang = Callable[[int, int, str], None]


def lees_alles(bestanden: list[Bestand], opdracht: Opdracht, voortgang: Voortgang | None = None) -> list[Uitkomst]:
    """Run every task; results in the order of the tasks.

    `voortgang` is told bytes done, bytes in all and the file (gemeente/name) after every task, in this process.
    """
    werk = taken(bestanden)
    omvang = {t.nr: sum(b.pad.stat().st_size for b in t.bestanden) // t.deel[1] for t in werk}
    teller = _Teller(omvang, voortgang)
    werkers = min(_kernen(), len(werk))
    if werkers < 2 or sum(omvang.values()) < KLEIN:
        return [teller.klaar(taak, voer_uit(taak, opdracht)) for taak in werk]
    zwaarste_eerst = sorted(werk, key=lambda t: (-omvang[t.nr], t.nr))
    try:
        with ProcessPoolExecutor(werkers, mp_context=_context()) as pool:
            lopend = {pool.submit(voer_uit, taak, opdracht): taak for taak in zwaarste_eerst}
            klaar = {lopend[f].nr: teller.klaar(lopend[f], f.result()) for f in as_completed(lopend)}
            return [klaar[taak.nr] for taak in werk]
    except BrokenProcessPool as fout:
        raise LeveringFout(
            "Het lezen van de leveringen is afgebroken door het systeem, waarschijnlijk door te weinig geheugen.",
            doe="Sluit andere programma's en probeer het opnieuw.",
        ) from fout


class _Teller:
    """Adds up what is done and tells it, when anybody wants to know."""

    def __init__(self, omvang: Mapping[int, int], voortgang: Voortgang | None) -> None:
        self._omvang, self._voortgang = omvang, voortgang
        self._gedaan, self._totaal = 0, sum(omvang.values())

    def klaar(self, taak: Taak, uitkomst: Uitkomst) -> Uitkomst:
        """One task is done; gives its outcome back."""
        self._gedaan += self._omvang[taak.nr]
        if self._voortgang:
            naam = veilig(f"{taak.gemeente}/{taak.bestanden[-1].naam}")
            self._voortgang(self._gedaan, self._totaal, naam)
        return uitkomst


def _kernen() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _context() -> multiprocessing.context.BaseContext:
    return multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")


def voer_uit(taak: Taak, opdracht: Opdracht) -> Uitkomst:
    """One task, in whatever process it lands; garbage collection is off while millions of tuples are born."""
    aan = gc.isenabled()
    gc.disable()
    try:
        return {"zip": _zip, "xml": _los, "tabel": _tabel}[taak.soort](taak, opdracht)
    finally:
        if aan:
            gc.enable()


class _Berichten:
    """The messages of one task, written in portions."""

    def __init__(self, taak: Taak, opdracht: Opdracht) -> None:
        self.uit = Uitkomst()
        self._lezer = BerichtLezer()
        self._pseudoniem = Pseudoniemen(opdracht.sleutel)
        self._schrijver = Schrijver(opdracht.map, taak=taak.nr, gemeente=taak.gemeente)

    def lees(self, stroom: Iterator[bytes], bestand: Bestand, *, nr: int = 0, naam: str = "") -> None:
        """One message; a finding when it can't be used. `naam` is its name inside a zip."""
        fout = self._lees(stroom, bestand.bron, nr, veilig(naam))
        if fout:
            self.uit.bevindingen.append(melding(fout, bestand.gemeente, bestand.naam, plek=naam))
        if len(self._lezer.berichten) >= PORTIE:
            self._schrijf_rijen()
            self._schrijf_berichten()

    def _lees(self, stroom: Iterator[bytes], bron: int, nr: int, naam: str) -> str | None:
        try:
            eerste = next(stroom, b"")
        except ValueError:
            eerste = b""  # damaged inside the zip: reads as a message that isn't there
        except OSError:
            return self._lezer.niet_gelezen("LV23", bron=bron, nr=nr, naam=naam)
        if len(eerste) < BROK:
            return self._lezer.lees(eerste, bron=bron, nr=nr, naam=naam)
        geheel = self._met_porties(chain([eerste], stroom))
        return self._lezer.lees_stroom(geheel, bron=bron, nr=nr, naam=naam)

    def _met_porties(self, stroom: Iterator[bytes]) -> Iterator[bytes]:
        for brok in stroom:
            yield brok
            if max(map(len, self._lezer.rijen.values())) >= PORTIE:
                self._schrijf_rijen()

    def _schrijf_rijen(self) -> None:
        for tabel, rijen in self._lezer.rijen.items():
            self._schrijver.rijen(tabel, rijen, self._pseudoniem)
            rijen.clear()

    def _schrijf_berichten(self) -> None:
        self._schrijver.berichten(self._lezer.berichten)
        self._lezer.berichten.clear()

    def klaar(self, bestand: Bestand) -> Uitkomst:
        """Write the rest; findings about ids are told once per task."""
        self._schrijf_rijen()
        self._schrijf_berichten()
        self.uit.onthoud(self._pseudoniem, bestand)
        return self.uit


def over_nummers(uitkomsten: Iterable[Uitkomst], bestanden: Sequence[Bestand]) -> list[Bevinding]:
    """Findings about ids, one per file, in however many tasks it was read."""
    samen: dict[tuple[str, int], set[str]] = {}
    for uitkomst in uitkomsten:
        for sleutel, nummers in uitkomst.nummers.items():
            samen.setdefault(sleutel, set()).update(nummers)
    plekken = [(code, bestanden[bron], len(nummers)) for (code, bron), nummers in sorted(samen.items())]
    return [melding(code, bestand.gemeente, bestand.naam, aantal=aantal) for code, bestand, aantal in plekken]


def _los(taak: Taak, opdracht: Opdracht) -> Uitkomst:
    berichten = _Berichten(taak, opdracht)
    for bestand in taak.bestanden:
        berichten.lees(brokken_los(bestand.pad), bestand)
    return berichten.klaar(taak.bestanden[0])


def _zip(taak: Taak, opdracht: Opdracht) -> Uitkomst:
    (bestand,), (deel, delen) = taak.bestanden, taak.deel
    berichten = _Berichten(taak, opdracht)
    try:
        archief = open_archief(bestand.pad, opdracht.grenzen)
    except OnveiligArchief as fout:
        eerste = [melding("LV08", bestand.gemeente, bestand.naam, ontvangen=str(fout))]
        return Uitkomst(eerste if deel == 0 else [])
    with archief:
        leden = archief.leden
        van, tot = len(leden) * deel // delen, len(leden) * (deel + 1) // delen
        for nr, lid in enumerate(leden[van:tot], start=van + 1):
            if lid.filename in bestand.elders:
                continue
            if reden := bezwaar(lid, opdracht.grenzen):
                gevonden = melding("LV08", bestand.gemeente, bestand.naam, plek=lid.filename, ontvangen=reden)
                berichten.uit.bevindingen.append(gevonden)
            elif not lid.filename.lower().endswith(".xml"):
                gevonden = melding("LV04", bestand.gemeente, bestand.naam, plek=lid.filename)
                berichten.uit.bevindingen.append(gevonden)
            else:
                berichten.lees(brokken(archief, lid), bestand, nr=nr, naam=lid.filename)
    return berichten.klaar(bestand)


def _tabel(taak: Taak, opdracht: Opdracht) -> Uitkomst:
    (bestand,) = taak.bestanden
    try:
        delen = lees_delen(bestand)
    except OnleesbareTabel as fout:
        return Uitkomst([melding("LV10", bestand.gemeente, bestand.naam, ontvangen=str(fout))])
    uit = Uitkomst()
    pseudoniem = Pseudoniemen(
        opdracht.sleutel, ruimte=bestand.gemeente if bestand.gemeente in opdracht.eigen_id else ""
    )
    schrijver = Schrijver(opdracht.map, taak=taak.nr, gemeente=bestand.gemeente)
    for deel in delen:
        _deel(deel, bestand, uit, schrijver=schrijver, pseudoniem=pseudoniem)
    uit.onthoud(pseudoniem, bestand)
    return uit


def _deel(deel: Deel, bestand: Bestand, uit: Uitkomst, *, schrijver: Schrijver, pseudoniem: Pseudoniemen) -> None:
    """One neutral table out of a file."""
    naam, gelezen = deel.naam, deel.gelezen
    over = over_vorm(gelezen, naam, bestand)
    gelezen, vreemd = van_bekende_wet(gelezen)
    uit.bevindingen += [*deel.bevindingen, *over, *over_wet(vreemd, bestand)]
    if apart := len(gelezen.krom) + deel.elders + len(vreemd):
        uit.opzij[bestand.bron, naam] += apart
    if any(b.code == "LV09" for b in over):
        uit.opzij[bestand.bron, naam] += len(gelezen.inhoud)
        return
    inhoud = als_ruw(met_nummers(gelezen.inhoud, pseudoniem), naam, pseudoniem)
    plek = [pa.repeat(pa.scalar(n, pa.int32()), len(inhoud)) for n in (bestand.bron, 0)]
    schrijver.tabel(naam, inhoud, [*plek, gelezen.nr])
