"""Notebook to an accessible PDF, through Typst: a wheel, no LaTeX, no browser, no system fonts.

The document model goes as JSON into one fixed template, so text can't become markup. Typst writes the tags
(PDF/UA-1 and PDF/A-2a) and refuses to compile what can't be accessible; `rijkoppen` adds the row headers that
Typst can't write yet. Whether a file conforms only veraPDF or a reader can say: our checks find nothing.

Never compile in a process that will fork afterwards: Typst's threads don't survive a fork and the child hangs.
"""

from __future__ import annotations

import base64
import json
import os
import re
import unicodedata
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib
import typst
from matplotlib.ft2font import FT2Font
from nbconvert.exporters.exporter import Exporter
from nbformat import NotebookNode
from traitlets import default

from analyse.kern.fouten import RapportFout
from analyse.rapport.document import RUBRICERINGEN, document
from analyse.rapport.rijkoppen import met_rijkoppen
from analyse.weergave import opmaak
from analyse.weergave.knoop import Knoop
from analyse.weergave.thema import LETTERTYPE

SJABLOON = Path(__file__).parent / "sjabloon"
_STAAND, _LIGGEND = 453.0, 700.0  # text width of the page, in points
_LETTERS = (9.0, 8.5, 8.0, 7.5)  # text sizes of tables, in points
_LETTER_EM = 0.56  # average width of a letter
_GEEN_DATUM = date(2000, 1, 1)
# For letters that our typeface doesn't have (names of aanbieders); matplotlib brings it everywhere.
_RESERVE = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"
_processen: set[int] = set()  # that compiled: this one, and the one it was forked from
_WIT = frozenset(" \n\u00a0")
_ONTOONBAAR = "\u25a1"


class RapportPdfExporter(Exporter):
    """`from_notebook_node(nb)` gives (bytes, resources); equal notebooks give equal bytes."""

    export_from_notebook = "Rapport (PDF)"
    output_mimetype = "application/pdf"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".pdf"

    def from_notebook_node(  # type: ignore[override]
        self,
        nb: NotebookNode,
        resources: dict[str, Any] | None = None,
        **kw: Any,  # noqa: ANN401 - the signature of nbconvert
    ) -> tuple[bytes, dict[str, Any]]:
        """The report as PDF; raises RapportFout with Typst's own words when it can't be made accessible."""
        kopie, resources = super().from_notebook_node(nb, resources, **kw)
        resources["output_extension"] = ".pdf"
        return maak_pdf(document(kopie)), resources


def maak_pdf(doc: dict[str, Any]) -> bytes:
    """A document model as PDF bytes; the creation date in the file is the peildatum, never the clock."""
    _weiger_na_vork()
    klaar = _voor_typst({**doc, "omslag": omslag(doc)})
    dag = date.fromisoformat(doc["peildatum"]) if doc["peildatum"] else _GEEN_DATUM
    try:
        pdf = _zetter().compile(
            sys_inputs={"doc": json.dumps(klaar, ensure_ascii=False)},
            format="pdf",
            pdf_standards=["ua-1", "a-2a"],
            timestamp=datetime(dag.year, dag.month, dag.day, tzinfo=UTC),
        )
    except typst.TypstError as fout:
        raise RapportFout(
            "De PDF kan niet worden gemaakt.",
            ontvangen=fout.message,
            waar=doc["gebied_naam"],
            doe=" ".join(fout.hints) or "Controleer alt-teksten, koppen en de tekens in deze tekst.",
        ) from fout
    assert isinstance(pdf, bytes)  # one PDF; lists are for pages of pictures
    return met_rijkoppen(pdf)


def _weiger_na_vork() -> None:
    """A clear error in place of a child that hangs for ever; see the top of this module."""
    _processen.add(os.getpid())
    if len(_processen) > 1:
        raise RapportFout(
            "Dit proces is afgesplitst van een proces dat al een PDF maakte; dan loopt de zetter vast.",
            doe="Maak de eerste PDF pas in het afgesplitste proces, of start een nieuw proces.",
        )


@cache
def _zetter() -> typst.Compiler:
    paden = [str(LETTERTYPE), str(_RESERVE.parent)]
    letters = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=paden)
    return typst.Compiler(input=str(SJABLOON / "rapport.typ"), root=str(SJABLOON), font_paths=letters)


def omslag(doc: dict[str, Any]) -> list[list[str]]:
    """Pairs of a label and a text for the cover; only what is known."""
    regels = [
        ["Voor", doc["voor"]],
        ["Gegevens tot en met", opmaak.datum(doc["peildatum"]) if doc["peildatum"] else ""],
        ["Rubricering", f"{doc['rubricering']}. {RUBRICERINGEN.get(doc['rubricering'], '')}".strip()],
    ]
    return [regel for regel in regels if regel[1]]


def _voor_typst(deel: Any) -> Any:  # noqa: ANN401 - any JSON value
    """What the template can't work out by itself: letters that exist, column widths, pictures as bytes."""
    if isinstance(deel, str):
        return leesbaar(deel)
    if isinstance(deel, list):
        return [_voor_typst(kind) for kind in deel]
    if not isinstance(deel, dict):
        return deel
    klaar = {naam: waarde if naam in ("svg", "base64") else _voor_typst(waarde) for naam, waarde in deel.items()}
    klaar.pop("csv", None)
    if "rijen" in klaar:
        klaar |= _maten(klaar)
    if "base64" in klaar:
        klaar["bytes"] = list(base64.b64decode(klaar.pop("base64")))
    return klaar


def leesbaar(tekst: str) -> str:
    """Text without control characters; a letter that no typeface has becomes a box (PDF/A refuses it)."""
    if tekst.isascii() and tekst.isprintable():
        return tekst
    kan = _letters()
    return "".join(t if t in _WIT or ord(t) in kan else _ONTOONBAAR for t in tekst if t in _WIT or not _stuurt(t))


def _stuurt(teken: str) -> bool:
    return unicodedata.category(teken) in ("Cc", "Cf", "Cs", "Co", "Cn")


@cache
def _letters() -> frozenset[int]:
    return frozenset(
        code
        for pad in (LETTERTYPE / "PublicSans-Regular.ttf", _RESERVE)
        for code in FT2Font(str(pad)).get_charmap()
    )


def _maten(tabel: Knoop) -> Knoop:
    """Column widths, text size, whether the page lies on its side, and whether widths are em or shares."""
    breedten = kolombreedten(tabel)
    liggend = sum(breedten) * _LETTERS[-1] > _STAAND * 1.1
    ruimte = _LIGGEND if liggend else _STAAND
    letter = next((pt for pt in _LETTERS if sum(breedten) * pt <= ruimte), _LETTERS[-1])
    past = sum(breedten) * letter <= ruimte
    return {"breedten": breedten, "letter": letter, "past": past, "liggend": liggend}


def kolombreedten(tabel: Knoop) -> list[float]:
    """Width per column in em: its longest cell, within bounds, and never narrower than a word of its head."""
    breedten = []
    for i, kolom in enumerate(tabel["kolommen"]):
        langste_woord = max(len(woord) for woord in re.split(r"[\s/-]", kolom["naam"]))
        cellen = max((len(rij[i]) for rij in tabel["rijen"]), default=0)
        letters = max(langste_woord * 1.1, min(cellen, 34 if i == 0 else 24))
        breedten.append(round(letters * _LETTER_EM + 1.6, 2))
    return breedten
