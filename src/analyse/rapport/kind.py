"""What happens in the child process of one report: run the chapters, put them together, render, write.

Everything heavy is imported here and in `verwarm`, never by the parent's light modules.
"""

from __future__ import annotations

import importlib
import os
import re
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, Any, Literal

from analyse.kern.bestanden import schrijf_bytes, schrijf_tekst
from analyse.rapport.opdracht import Mislukking

if TYPE_CHECKING:
    from nbformat import NotebookNode

_LANGSTE = 400  # characters of a fault in the summary; the whole of it is in the trace
_KLEUR = re.compile(r"\x1b\[[0-9;]*m")
EXPORTEURS: tuple[str, ...] = ("analyse.rapport.html", "analyse.rapport.pdf")
# Subclasses of AnalyseFout speak to the analyst; of others the class name says more than the text alone.
_EIGEN = "Fout"


@dataclass(frozen=True, kw_only=True)
class Taak:
    """One report for one child; all of it can cross a process boundary."""

    hoofdstukken: tuple[tuple[str, Path], ...]
    parameters: Mapping[str, object]
    gegevens: Mapping[str, str]
    map: Path
    wortel: Path
    motor: Literal["analyse", "stock"]
    celtijd: float
    voorladen: tuple[str, ...] = field(default=())
    xlsx: bool = False


Meld = Callable[..., None]


@cache
def verwarm(voorladen: tuple[str, ...] = ()) -> None:
    """Import what every report needs, and draw one chart, which fills the font and style caches.

    Once per process: a forked child has it all from its parent.
    """
    with _zonder_adrescontrole():
        importlib.import_module("papermill")
    for naam in ("nbconvert", "analyse.rapport.isolatie", "analyse.rapport.schil", *voorladen):
        importlib.import_module(naam)
    for naam in EXPORTEURS:
        importlib.import_module(naam).verwarm()
    _kleine_tabellen()
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    figuur = Figure()
    figuur.subplots().set_title("1 een")
    with open(os.devnull, "wb") as nergens:  # noqa: PTH123
        FigureCanvasSVG(figuur).print_svg(nergens)


def _kleine_tabellen() -> None:
    """Text of tables as Python's own: chapters ask small questions, and Arrow's takes a third longer over them."""
    import pandas as pd

    pd.set_option("mode.string_storage", "python")


@contextmanager
def _zonder_adrescontrole() -> Iterator[None]:
    """Leave out what checks internationalised addresses in JSON schemas: a second to import, never used here.

    Only there when JupyterLab is installed (python-jsonschema issue 1428).
    """
    vooraf = sys.modules.get("rfc3987_syntax")
    sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules["rfc3987_syntax"]
        if vooraf is not None:
            sys.modules["rfc3987_syntax"] = vooraf


def maak(pijp: Connection, taak: Taak) -> None:
    """Make one report in `taak.map`; reports ("cel", chapter, heading), ("stap", name), then how it ended."""

    def meld(*bericht: object) -> None:
        pijp.send(bericht)

    os.environ["ANALYSE_MAP"] = str(taak.wortel)
    try:
        verwarm(taak.voorladen)
        maak_rapport(taak, meld)
    except _HoofdstukMislukt as mislukt:
        meld("mislukt", mislukt.mislukking)
    except Exception as fout:
        meld("mislukt", Mislukking(hoofdstuk="", cel="", melding=_zin(fout), spoor=traceback.format_exc()))
    else:
        meld("klaar")


def maak_rapport(taak: Taak, meld: Meld) -> None:
    """Chapters → one notebook → rapport.html, rapport.pdf and tabellen/*.csv in `taak.map`."""
    from analyse.rapport.samenvoegen import voeg_samen

    gedraaid = []
    for naam, bron in taak.hoofdstukken:
        gedraaid.append((naam, draai_hoofdstuk(naam, bron, taak, meld)))
        meld("stap", naam)
    nb = voeg_samen(gedraaid, taak.gegevens)
    schrijf_rapport(nb, taak.map)
    if taak.xlsx:
        schrijf_werkmap(nb, taak.map / "tabellen.xlsx")
    meld("stap", "opmaak")


def schrijf_rapport(nb: NotebookNode, map_: Path) -> None:
    """Render the merged notebook as both exporters do, from one document, and write its tables.

    Each exporter by itself would copy and check the whole notebook twice and make the document again.
    """
    from analyse.rapport.document import csv_van, document
    from analyse.rapport.html import exporteur
    from analyse.rapport.pdf import maak_pdf

    doc = document(nb)
    schrijf_tekst(map_ / "rapport.html", exporteur().van_document(doc))
    schrijf_bytes(map_ / "rapport.pdf", maak_pdf(doc))
    for naam, tekst in csv_van(doc).items():
        schrijf_tekst(map_ / "tabellen" / naam, tekst)


def schrijf_werkmap(nb: NotebookNode, pad: Path) -> None:
    """The data behind every figure and table of the report as sheets of one workbook."""
    from analyse.kern.xlsx import schrijf_xlsx
    from analyse.rapport.document import gegevens, tabellen_met_gegevens

    doc = gegevens(nb)
    titel = f"{doc['titel']}, {doc['gebied_naam']}, {doc['periode_naam']}"
    schrijf_xlsx(pad, tabellen_met_gegevens(nb), titel=titel, intern=doc["rubricering"] == "INTERN")


class _HoofdstukMislukt(Exception):
    def __init__(self, mislukking: Mislukking) -> None:
        super().__init__(mislukking.melding)
        self.mislukking = mislukking


def draai_hoofdstuk(naam: str, bron: Path, taak: Taak, meld: Meld) -> NotebookNode:
    """Execute one chapter through papermill; raises with the place of the fault when a cell fails."""
    import nbformat
    from papermill.exceptions import PapermillExecutionError

    nb = nbformat.read(bron, as_version=4)
    kop = _Kop(lambda tekst: meld("cel", naam, tekst))
    try:
        return _draai(nb, bron.name, taak, kop)
    except PapermillExecutionError as fout:
        plek, melding = kop_boven(nb, fout.source), _melding(fout.ename, fout.evalue)
        spoor = _KLEUR.sub("", "\n".join(fout.traceback))
        raise _HoofdstukMislukt(Mislukking(hoofdstuk=naam, cel=plek, melding=melding, spoor=spoor)) from fout
    except Exception as fout:
        spoor = traceback.format_exc()
        raise _HoofdstukMislukt(
            Mislukking(hoofdstuk=naam, cel=kop.tekst, melding=_zin(fout), spoor=spoor)
        ) from fout


def _draai(nb: NotebookNode, naam: str, taak: Taak, kop: _Kop) -> NotebookNode:
    import papermill

    from analyse.rapport.parameters import controleer_parameters

    controleer_parameters(nb, taak.parameters, waar=naam)
    gedraaid = papermill.execute_notebook(
        nb, None, parameters=dict(taak.parameters), progress_bar=False, cwd=str(taak.wortel), **_motor(taak, kop)
    )
    _eis_helemaal_gedraaid(gedraaid)
    return gedraaid


def _motor(taak: Taak, kop: _Kop) -> dict[str, Any]:
    if taak.motor == "stock":
        return {"engine_name": "nbclient", "execution_timeout": int(taak.celtijd)}
    return {
        "engine_name": "analyse",
        "execution_timeout": taak.celtijd,
        "in_proces": True,
        "bij_cel": kop.bij_cel,
    }


def _eis_helemaal_gedraaid(nb: NotebookNode) -> None:
    """Papermill takes `sys.exit()` for a good end; half a chapter is not a report."""
    if nb.metadata["papermill"].get("exception"):
        raise RuntimeError("een cel stopte het notebook voor het einde (exit)")


class _Kop:
    """The heading above the cell that runs: where we are, in words that the analyst knows."""

    def __init__(self, meld: Callable[[str], None]) -> None:
        self.tekst = ""
        self._meld = meld

    def bij_cel(self, _: int, cel: NotebookNode) -> None:
        """Called by the engine before each cell."""
        if cel.cell_type == "markdown":
            self.tekst = laatste_kop(cel.source) or self.tekst
        else:
            self._meld(self.tekst)


def laatste_kop(markdown: str) -> str:
    """The last heading in a piece of markdown, without its marks; empty when there is none."""
    koppen = re.findall(r"^#{1,6}\s+(.+?)\s*#*$", markdown, flags=re.MULTILINE)
    return koppen[-1] if koppen else ""


def kop_boven(nb: NotebookNode, bron: str) -> str:
    """The heading above the (first) cell with this source; empty when there is none."""
    kop = ""
    for cel in nb.cells:
        if cel.cell_type == "markdown":
            kop = laatste_kop(cel.source) or kop
        elif cel.source == bron:
            return kop
    return ""


def _zin(fout: BaseException) -> str:
    return _melding(type(fout).__name__, str(fout))


def _melding(naam: str, tekst: str) -> str:
    """One line: our own faults speak for themselves, of others the class is named."""
    tekst = shorten(_KLEUR.sub("", tekst), _LANGSTE, placeholder=" …")
    return tekst if naam.endswith(_EIGEN) and tekst else f"{naam}: {tekst}".rstrip(": ")
