"""Notebook to an accessible PDF, through Typst: a wheel, no LaTeX, no browser, no system fonts.

The document model goes as JSON into one fixed template, so text can't become markup. Typst writes the tags
(PDF/UA-1 and PDF/A-2a) and refuses to compile what can't be accessible; `rijkoppen` adds the row headers that
Typst can't write yet. Whether a file conforms only veraPDF or a reader can say: our checks find nothing.

Never compile in a process that will fork afterwards: Typst's threads don't survive a fork and the child hangs.
"""

from __future__ import annotations

import base64
import json
import math
import os
import re
import string
import unicodedata
from datetime import UTC, date, datetime
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import matplotlib
import typst
from matplotlib.ft2font import FT2Font, LoadFlags
from nbconvert.exporters.exporter import Exporter
from nbformat import NotebookNode
from traitlets import default

from analyse.kern.fouten import RapportFout
from analyse.rapport.document import RUBRICERINGEN, document
from analyse.rapport.rijkoppen import met_rijkoppen
from analyse.rapport.vork import niet_meer_vorken
from analyse.weergave import opmaak
from analyse.weergave.knoop import Knoop
from analyse.weergave.markdown import platte_tekst
from analyse.weergave.thema import LETTERTYPE

SJABLOON = Path(__file__).parent / "sjabloon"
_STAAND, _LIGGEND = 453.0, 700.0  # text width of the page, in points
_LETTERS = (9.0, 8.5, 8.0, 7.5)  # text sizes of tables, in points
# Room for columns in em, from the usual page to one on its side; the next is tried for a table that is too tall.
_RUIMTES = tuple(breed / letter for breed in (_STAAND, _LIGGEND) for letter in (_LETTERS[0], _LETTERS[-1]))
_TE_HOOG = 480.0
_HOOG = {False: 690.0, True: 440.0}  # room for rows on a page, upright and on its side, in points
_SCHEELT = 0.85  # a smaller letter or a page on its side must save this much paper
_KORT = 12.0  # em: a wider column gives way first
_KOP = 6.0  # em: a head up to this width stays on one line
_WIT_EM = 1.3  # room between columns
_EXTRA_EM = 1.2
_LANG_KADER = 1200  # letters: a shorter frame stays on one page
_VETTER = 1.08  # heads are semi-bold
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
    niet_meer_vorken("Typst")
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


def verwarm() -> None:
    """Read the typefaces and measure the usual letters, so that children need not; compiles nothing."""
    _zetter()
    _toonbaar()
    for letter in string.ascii_letters + string.digits + string.punctuation + " ":
        _letterbreedte(letter)


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
        [f"Rubricering: {doc['rubricering']}", RUBRICERINGEN.get(doc["rubricering"], "")],
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
        klaar |= tabelmaten(klaar)
    if klaar.get("soort") == "kader":
        klaar["heel"] = len(platte_tekst(klaar["blokken"])) < _LANG_KADER
    if "base64" in klaar:
        klaar["bytes"] = list(base64.b64decode(klaar.pop("base64")))
    return klaar


def leesbaar(tekst: str) -> str:
    """Text without control characters; a letter that no typeface has becomes a box (PDF/A refuses it)."""
    if tekst.isascii() and tekst.isprintable():
        return tekst
    goed = _toonbaar()
    if goed.issuperset(tekst):
        return tekst
    return "".join(t if t in goed else _ONTOONBAAR for t in tekst if t in goed or not _stuurt(t))


def _stuurt(teken: str) -> bool:
    return unicodedata.category(teken) in ("Cc", "Cf", "Cs", "Co", "Cn")


@cache
def _toonbaar() -> frozenset[str]:
    """White, and every letter that one of our typefaces has; no control characters."""
    paden = (LETTERTYPE / "PublicSans-Regular.ttf", _RESERVE)
    letters = {chr(code) for pad in paden for code in FT2Font(str(pad)).get_charmap()}
    return _WIT | {letter for letter in letters if not _stuurt(letter)}


_REGELHOOGTE, _RIJWIT = 1.35, 9.0  # line over text size; white of a row in pt (`inset` in the template)


def tabelmaten(tabel: Knoop) -> Knoop:
    """The measures of a table. One too tall for a page gets wider columns for its texts, if that saves enough."""
    beste = _maten_op(tabel, _RUIMTES[0])
    if beste["hoogte"] <= _TE_HOOG:
        return beste
    for ruimte in _RUIMTES[1:]:
        anders = _maten_op(tabel, ruimte)
        if _bladzijden(anders) < _SCHEELT * _bladzijden(beste):
            beste = anders
    return beste


def _bladzijden(maten: Knoop) -> float:
    return float(maten["hoogte"]) / _HOOG[maten["liggend"]]


def _maten_op(tabel: Knoop, em: float) -> Knoop:
    """Column widths, text size, height in pt; whether the page lies on its side, and widths are em or shares."""
    breedten = kolombreedten(tabel, em)
    liggend = sum(breedten) * _LETTERS[-1] > _STAAND * 1.1
    ruimte = _LIGGEND if liggend else _STAAND
    letter = next((pt for pt in _LETTERS if sum(breedten) * pt <= ruimte), _LETTERS[-1])
    past = sum(breedten) * letter <= ruimte
    krap = 1.0 if past else ruimte / (sum(breedten) * letter)
    hoogte = _hoogte(tabel["rijen"], [breed * krap for breed in breedten], letter)
    return {"breedten": breedten, "letter": letter, "past": past, "liggend": liggend, "hoogte": hoogte}


def _hoogte(rijen: list[list[str]], breedten: list[float], letter: float) -> float:
    """About how tall the rows will be: a cell wraps as often as its text is wider than its column."""
    regels = sum(
        max((math.ceil(_em(cel) / breed) for cel, breed in zip(rij, breedten, strict=True)), default=1)
        for rij in rijen
    )
    return round(regels * letter * _REGELHOOGTE + len(rijen) * _RIJWIT, 1)


def kolombreedten(tabel: Knoop, ruimte: float = _RUIMTES[0]) -> list[float]:
    """Width per column in em: what it asks for, or when `ruimte` em isn't enough, long texts share what is left.

    A column never gets narrower than the longest word of its head or the share it starts with.
    """
    kolommen = tabel["kolommen"]
    vraagt = [_vraagt(kolom["naam"], [rij[i] for rij in tabel["rijen"]]) for i, kolom in enumerate(kolommen)]
    for i, (vorige, kolom) in enumerate(pairwise(kolommen), start=1):
        vraagt[i] += _EXTRA_EM * (vorige["rechts"] and not kolom["rechts"])  # text after a figure stands off
    minst = [min(breed, _KORT) for breed in vraagt]
    over = ruimte - sum(minst)
    tekort = sum(vraagt) - sum(minst)
    if over > 0 and tekort > 0:
        deel = min(1.0, over / tekort)
        minst = [m + (v - m) * deel for m, v in zip(minst, vraagt, strict=True)]
    return [math.floor(breed * 100) / 100 for breed in minst]


def _vraagt(naam: str, cellen: list[str]) -> float:
    woord = max(_em(deel) for deel in re.split(r"[\s/-]", naam))
    kop = max(woord, min(_em(naam), _KOP))
    return max(kop * _VETTER, max(map(_em, cellen), default=0)) + _WIT_EM


def _em(tekst: str) -> float:
    return sum(map(_letterbreedte, tekst))


@cache
def _letterbreedte(letter: str) -> float:
    """Width of one letter in em; digits all as wide as the widest, as in columns of figures."""
    if letter in "0123456789":
        return max(map(_losse_breedte, "0123456789"))
    return _losse_breedte(letter)


def _losse_breedte(letter: str) -> float:
    letters = FT2Font(str(LETTERTYPE / "PublicSans-Regular.ttf"))
    return float(letters.load_char(ord(letter), LoadFlags.NO_SCALE).horiAdvance / letters.units_per_EM)
