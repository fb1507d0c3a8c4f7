"""Excel workbooks cell by cell, as exact text: what Excel made of a value (date, number) stays known beside it.

A date cell becomes an ISO date, a whole number loses its `.0`, anything else is what stands there. The kind of
cell is kept because damage shows in it: dates that Excel understood beside dates that stayed text.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any

from analyse.inname.archief import GRENZEN, bezwaar

DATUM, GETAL, TEKST = "d", "n", "t"


class OnleesbareWerkmap(ValueError):
    """The workbook can't be read; the text says why, in Dutch."""


@dataclass(frozen=True)
class Cel:
    """One cell: its exact text and what kind of cell it was."""

    tekst: str
    soort: str


def bladnamen(ruw: bytes) -> list[str]:
    """The sheets of a workbook, in order; chart sheets hold no cells and are left out."""
    with _open(ruw) as werkmap:
        return [blad.title for blad in werkmap.worksheets]


def lees_blad(ruw: bytes, blad: str = "", *, hoogstens: int | None = None) -> list[tuple[int, list[Cel | None]]]:
    """The rows of one sheet that hold anything (default: the first sheet) with their numbers (from 1)."""
    with _open(ruw) as werkmap:
        try:
            gekozen = werkmap[blad] if blad else werkmap.worksheets[0]
            # The size that a workbook says it has is wrong in some exports: then only one cell would be read.
            gekozen.reset_dimensions()
            rijen = gekozen.iter_rows(values_only=True)
            return [
                (nr, [_cel(waarde) for waarde in rij])
                for nr, rij in enumerate(islice(rijen, hoogstens), start=1)
                if any(waarde is not None for waarde in rij)
            ]
        except Exception as fout:  # openpyxl raises whatever the XML inside makes it raise
            raise OnleesbareWerkmap("het Excel-bestand is beschadigd") from fout


@contextmanager
def _open(ruw: bytes) -> Iterator[Any]:
    import openpyxl

    _keur(ruw)
    try:
        werkmap = openpyxl.load_workbook(io.BytesIO(ruw), read_only=True, data_only=True)
    except Exception as fout:
        raise OnleesbareWerkmap("het Excel-bestand is beschadigd") from fout
    try:
        yield werkmap
    finally:
        werkmap.close()


def _keur(ruw: bytes) -> None:
    """An XLSX is a zip of XML: the same limits hold."""
    try:
        leden = [lid for lid in zipfile.ZipFile(io.BytesIO(ruw)).infolist() if not lid.is_dir()]
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as fout:
        raise OnleesbareWerkmap("het Excel-bestand is beschadigd") from fout
    if len(leden) > GRENZEN.aantal or sum(lid.file_size for lid in leden) > GRENZEN.totaal:
        raise OnleesbareWerkmap("uitgepakt te groot")
    for lid in leden:
        if reden := bezwaar(lid, GRENZEN):
            raise OnleesbareWerkmap(reden)


def _cel(waarde: object) -> Cel | None:
    if waarde is None:
        return None
    if isinstance(waarde, bool):
        return Cel("ja" if waarde else "nee", TEKST)
    if isinstance(waarde, dt.datetime):
        return Cel(waarde.date().isoformat() if waarde.time() == dt.time() else waarde.isoformat(), DATUM)
    if isinstance(waarde, dt.date):
        return Cel(waarde.isoformat(), DATUM)
    if isinstance(waarde, int | float):
        return Cel(_getal(waarde), GETAL)
    return Cel(str(waarde), TEKST)


def _getal(waarde: float) -> str:
    """The shortest text of a number; a very large one without exponent, so that lost digits stay visible."""
    return str(int(waarde)) if float(waarde).is_integer() else repr(waarde)
