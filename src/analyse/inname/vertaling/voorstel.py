"""Proposes a mapping for the exports in a folder, from their headers alone: no value leaves a file.

What a known mapping reads needs none. For the rest every header is compared with all names of all mappings; a
header that only looks like one is proposed too, and marked, so that a person decides. It can be saved as it is.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from analyse.inname.tabellen import TEKST, UITGANGEN, OnleesbareTabel, Plek, tabelnaam, vooraan
from analyse.inname.vertaling.bronnen import Vertalingen
from analyse.inname.vertaling.herkennen import herken
from analyse.inname.vertaling.koppen import ZOEKDIEPTE, kaal
from analyse.inname.vertaling.model import NODIG, Vertaling
from analyse.kern.fouten import LeveringFout
from analyse.kern.schema import NEUTRAAL
from analyse.params import Params

LIJKT = 0.84  # how much a header must look like a known name
Namen = Mapping[str, Mapping[str, str]]  # table -> bare header -> neutral column
Werkwijzen = Mapping[tuple[str, str], dict[str, object]]  # table and column -> keys of Kolom
_WERKWIJZE = {"codes", "patroon", "deel", "eenheid"}


@dataclass(frozen=True)
class Voorstel:
    """`tekst`: what was recognised per file and what not, in Dutch. `yaml`: a mapping file, '' when not needed."""

    tekst: str
    yaml: str

    def __str__(self) -> str:
        return self.tekst


@dataclass(frozen=True)
class _Tabel:
    """One neutral table that a sheet seems to hold: neutral column to header, and what is only alike."""

    naam: str
    kolommen: Mapping[str, str]
    lijkt: frozenset[str]

    @property
    def mist(self) -> list[str]:
        """Needed columns that no header gives."""
        return [k for k in NODIG.get(self.naam, NEUTRAAL[self.naam].verplicht) if k not in self.kolommen]


def stel_voor(map_: Path, *, params: Params | None = None) -> Voorstel:
    """A mapping for every export under `map_`. Raises LeveringFout when nothing is there."""
    bestanden = [pad for pad in sorted(map_.rglob("*")) if pad.suffix.lower() in (*UITGANGEN, *TEKST, ".json")]
    if not bestanden:
        raise LeveringFout(
            "In deze map staat geen export.",
            waar=str(map_),
            doe="Geef een map op met bestanden die eindigen op .csv, .txt, .xlsx, .parquet of .json.",
        )
    vertalingen = Vertalingen.open(params or Params.open())
    namen = _namen(vertalingen.per_naam.values())
    regels: list[str] = []
    tabellen: list[tuple[str, _Tabel]] = []
    for pad in bestanden:
        for kop, gevonden in _bestand(pad, pad.relative_to(map_).as_posix(), vertalingen, namen):
            regels += kop
            tabellen += [(pad.stem, tabel) for tabel in gevonden]
    tekst = "\n".join([*regels, *_slot(bool(tabellen))]) + "\n"
    return Voorstel(tekst, _als_yaml(tabellen, _werkwijzen(vertalingen.per_naam.values())) if tabellen else "")


def _namen(vertalingen: Iterable[Vertaling]) -> Namen:
    """Every known header per table; a name that two columns of a table share goes to the first."""
    namen: dict[str, dict[str, str]] = {t: {kaal(k): k for k in NEUTRAAL[t].kolommen} for t in NEUTRAAL}
    for vertaling in vertalingen:
        for tabel, delen in vertaling.tabellen.items():
            for deel in delen:
                for kolom, bron in deel.kolommen.items():
                    for naam in bron.van if vertaling.vorm == "tabel" else ():
                        namen[tabel].setdefault(kaal(naam), kolom)
    return namen


def _werkwijzen(vertalingen: Iterable[Vertaling]) -> Werkwijzen:
    """How general mappings read a column (codes, pattern, euros): a new mapping starts from that."""
    return {
        (tabel, kolom): bron.model_dump(include=_WERKWIJZE, exclude_defaults=True)
        for vertaling in vertalingen
        if vertaling.algemeen
        for tabel, delen in vertaling.tabellen.items()
        for deel in reversed(delen)
        for kolom, bron in deel.kolommen.items()
    }


def _bestand(
    pad: Path, naam: str, vertalingen: Vertalingen, namen: Namen
) -> Iterator[tuple[list[str], list[_Tabel]]]:
    """Per sheet the lines of the text and the tables to propose."""
    plek = Plek(pad)
    try:
        oordelen = herken(plek, vertalingen.per_naam)
        bladen = dict(vooraan(plek)) if plek.uitgang != ".json" else {}
    except OnleesbareTabel as fout:
        yield [naam, f"  Niet te lezen: {fout}.", ""], []
        return
    for oordeel in oordelen:
        heel = f"{naam}, blad {oordeel.blad}" if len(oordelen) > 1 else naam
        if oordeel.keuze and not oordeel.bijna:
            tabellen = ", ".join(oordeel.keuze.tabellen)
            yield [heel, f"  Herkend als {oordeel.keuze.naam} ({tabellen}). U hoeft niets te doen.", ""], []
        elif oordeel.gelijk:
            keuzes = ", ".join(oordeel.gelijk)
            yield [heel, f"  Meer vertalingen passen: {keuzes}. Zet er één in levering.yaml.", ""], []
        else:
            gevonden = _tabellen(bladen.get(oordeel.blad, []), namen)
            yield [heel, *_uitleg(plek, gevonden, bladen.get(oordeel.blad, [])), ""], gevonden


def _tabellen(rijen: Sequence[Sequence[str]], namen: Namen) -> list[_Tabel]:
    """The tables of which all needed columns are there, else the one that comes nearest."""
    kop = _kop(rijen, namen)
    alle = [_tabel(naam, kop, namen[naam]) for naam in NEUTRAAL]
    heel = [tabel for tabel in alle if not tabel.mist and len(tabel.kolommen) > 2]
    beste = max(alle, key=lambda tabel: (len(tabel.kolommen) - len(tabel.mist), len(tabel.kolommen)))
    return heel or ([beste] if len(beste.kolommen) > 1 else [])


def _kop(rijen: Sequence[Sequence[str]], namen: Namen) -> Sequence[str]:
    """The row that holds most known names, else the widest."""
    bekend = {naam for tabel in namen.values() for naam in tabel}

    def gewicht(rij: Sequence[str]) -> tuple[int, int]:
        gevuld = [naam for naam in rij if naam]
        return sum(kaal(naam) in bekend for naam in gevuld), len(gevuld)

    return max(rijen[:ZOEKDIEPTE], key=gewicht, default=())


def _tabel(naam: str, kop: Sequence[str], namen: Mapping[str, str]) -> _Tabel:
    kolommen: dict[str, str] = {}
    lijkt: set[str] = set()
    for precies in (True, False):
        for header in kop:
            gevonden = kaal(header) if precies else next(iter(_bijna(header, namen)), "")
            kolom = namen.get(gevonden)
            if header and kolom and kolom not in kolommen and header not in kolommen.values():
                kolommen[kolom] = header
                lijkt |= set() if precies else {kolom}
    return _Tabel(naam, kolommen, frozenset(lijkt))


def _bijna(header: str, namen: Mapping[str, str]) -> list[str]:
    return difflib.get_close_matches(kaal(header), list(namen), n=1, cutoff=LIJKT)


def _uitleg(plek: Plek, gevonden: Sequence[_Tabel], rijen: Sequence[Sequence[str]]) -> Iterator[str]:
    if (neutraal := tabelnaam(plek.naam)) and rijen:
        aanwezig = {naam.strip().lower().replace(" ", "_") for naam in rijen[0]}
        if set(NEUTRAAL[neutraal].verplicht) <= aanwezig:
            yield f"  Dit is de tabel {neutraal} met de afgesproken kolommen. U hoeft niets te doen."
            return
    if not gevonden:
        yield "  Geen enkele bekende kolom gevonden. Hoort dit bestand bij de levering?"
    geplaatst = {header for tabel in gevonden for header in tabel.kolommen.values()}
    for tabel in gevonden:
        yield f"  Lijkt op de tabel {tabel.naam}:"
        for kolom, header in tabel.kolommen.items():
            yield f"    {header} -> {kolom}" + (" (lijkt erop, controleer dit)" if kolom in tabel.lijkt else "")
        if tabel.mist:
            yield f"    Nodig en niet gevonden: {', '.join(tabel.mist)}."
    breedste = max(rijen, key=lambda rij: sum(bool(naam) for naam in rij), default=())
    rest = [naam for naam in breedste if naam and naam not in geplaatst] if gevonden else []
    if rest:
        yield f"    Niet geplaatst: {', '.join(rest)}."


def _slot(voorstel: bool) -> list[str]:
    if not voorstel:
        return ["Voor wat herkend is, is geen nieuwe vertaling nodig."]
    return [
        "Sla het voorstel op als params/leveringen/<naam van de bron>.yaml en controleer elke regel.",
        "Een andere schrijfwijze van datums en bedragen wordt bij het lezen herkend. Codes vertaalt u met codes:.",
    ]


def _als_yaml(tabellen: Sequence[tuple[str, _Tabel]], werkwijzen: Werkwijzen) -> str:
    """A mapping file; what wasn't found stands in it as a comment."""
    per_naam: dict[str, list[dict[str, object]]] = {}
    mist: list[str] = []
    for stam, tabel in tabellen:
        patroon = "*" + re.sub(r"[\d\W_]+", "*", stam.lower()).strip("*") + "*"
        kolommen = {
            kolom: {"van": [header], **werkwijze}
            if (werkwijze := werkwijzen.get((tabel.naam, kolom)))
            else [header]
            for kolom, header in tabel.kolommen.items()
        }
        per_naam.setdefault(tabel.naam, []).append({"naam": [patroon], "rol": stam, "kolommen": kolommen})
        mist += [f"# {stam}, {tabel.naam}: nodig en niet gevonden: {kolom}" for kolom in tabel.mist]
    inhoud = {
        "naam": "Naam van het systeem",
        "omschrijving": "Wat er in de export staat",
        "bron": "Wie deze vertaling heeft gecontroleerd",
        "status": "gok",
        "tabellen": per_naam,
    }
    tekst = yaml.safe_dump(inhoud, allow_unicode=True, sort_keys=False, width=110)
    return "\n".join(["# Voorstel op grond van de kolomkoppen. Controleer elke regel.", *mist, tekst])
