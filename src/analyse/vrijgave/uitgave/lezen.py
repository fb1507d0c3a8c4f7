"""One published edition as an attacker has it: the bytes in its folder, nothing else.

The folder INTERN is not published and is not read, except to see that nothing published points at it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from analyse.kern import codes
from analyse.kern.fouten import RapportFout
from analyse.vrijgave.publiek import INTERN
from analyse.vrijgave.uitgave.pagina import lees_pagina
from analyse.vrijgave.uitgave.pdf import PdfInhoud, lees_pdf
from analyse.vrijgave.uitgave.stukken import Pagina
from analyse.vrijgave.uitgave.tabellen import CsvTabel, lees_csv, lees_werkmap


@dataclass(frozen=True)
class Rapport:
    """One report: its page (at `pad`), the PDF beside it, and the CSV files of its folder by id."""

    pad: str
    gebied: str
    pagina: Pagina
    tabellen: Mapping[str, CsvTabel]
    pdf: PdfInhoud | None = None


@dataclass(frozen=True)
class Uitgave:
    """Everything that was published in one edition."""

    map: Path
    rapporten: tuple[Rapport, ...]
    tabellen: tuple[CsvTabel, ...]
    overig: Mapping[str, str]  # index, manifest and any other text, by path
    paden: tuple[str, ...]  # of every published file

    @cached_property
    def naam(self) -> str:
        """The name of the edition."""
        return self.map.name


def lees_uitgave(map_: Path, *, met_pdf: bool = True) -> Uitgave:
    """Read the folder of one edition; raises RapportFout when there is none."""
    if not (map_ / "manifest.json").is_file() and not any(map_.rglob("*.html")):
        raise RapportFout(
            "Hier staat geen gepubliceerde editie.",
            waar=str(map_.name),
            doe="Maak eerst de rapporten: analyse rapport.",
        )
    paden = [p for p in sorted(map_.rglob("*")) if p.is_file() and INTERN not in p.relative_to(map_).parts]
    tabellen = {p: lees_csv(p.read_text("utf-8"), _pad(p, map_)) for p in paden if p.suffix == ".csv"}
    rapporten = [_rapport(p, map_, tabellen, met_pdf) for p in paden if p.suffix == ".html" and p.parent != map_]
    boeken = {p: lees_werkmap(p.read_bytes(), _pad(p, map_)) for p in paden if p.suffix == ".xlsx"}
    los = [p for p in paden if p.suffix in (".json", ".txt", ".md") or (p.suffix == ".html" and p.parent == map_)]
    teksten = {**{p: p.read_text("utf-8", errors="replace") for p in los}, **{p: b[1] for p, b in boeken.items()}}
    return Uitgave(
        map=map_,
        rapporten=tuple(rapporten),
        tabellen=(*tabellen.values(), *(tabel for bladen, _ in boeken.values() for tabel in bladen)),
        overig={_pad(p, map_): tekst for p, tekst in teksten.items()},
        paden=tuple(_pad(p, map_) for p in paden),
    )


def _pad(pad: Path, map_: Path) -> str:
    return pad.relative_to(map_).as_posix()


def _rapport(pad: Path, map_: Path, tabellen: Mapping[Path, CsvTabel], met_pdf: bool) -> Rapport:
    pagina = lees_pagina(pad.read_text("utf-8"))
    eigen = {tabel.id: tabel for plek, tabel in tabellen.items() if plek.parent.parent == pad.parent}
    pdf = pad.with_suffix(".pdf")
    inhoud = lees_pdf(pdf.read_bytes()) if met_pdf and pdf.is_file() else None
    return Rapport(_pad(pad, map_), _gebied(pad, map_), pagina, eigen, inhoud)


def _gebied(pad: Path, map_: Path) -> str:
    """The code of the folder that a report lies in."""
    delen = pad.relative_to(map_).parts[:-1]
    return next((d for d in delen if d == codes.REGIO or d.startswith("GM")), delen[0] if delen else codes.REGIO)
