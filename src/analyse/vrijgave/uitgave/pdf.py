"""Reads a published PDF: its text by way of the font tables, its descriptions, its drawings as corners of paths.

No second reader is needed: Typst writes one font table per typeface (ToUnicode), and paths in page units.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import numpy as np
import pikepdf
from numpy.typing import NDArray

from analyse.vrijgave.uitgave.getallen import glad

Getallen = NDArray[np.float64]
_BFCHAR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_BFRANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_BREED = 380.0  # every chart begins with its ground, which has this width in its own units
_LETTER = 1.0  # em: letters of a drawing stand apart, but no farther than this
_OPERATOREN = "q Q cm m l c v y h re S s f F f* B B* b b* n BT ET Tf Tj TJ ' BDC BMC EMC"


@dataclass
class PdfInhoud:
    """What a PDF says: text per page (running heads apart), descriptions, drawings in units of their own width."""

    bladen: list[str] = field(default_factory=list)
    loopkoppen: list[str] = field(default_factory=list)
    beschrijvingen: list[str] = field(default_factory=list)
    tekeningen: list[Getallen] = field(default_factory=list)
    adressen: list[str] = field(default_factory=list)
    overig: list[str] = field(default_factory=list)  # title, bookmarks


def lees_pdf(inhoud: bytes) -> PdfInhoud:
    """All that can be read in a PDF."""
    uit = PdfInhoud()
    with pikepdf.open(BytesIO(inhoud)) as pdf:
        tabellen: dict[tuple[int, int], dict[bytes, str]] = {}
        for blad in pdf.pages:
            lezer = _Blad(blad, tabellen)
            lezer.lees()
            uit.bladen.append(lezer.tekst(loopkop=False))
            uit.loopkoppen.append(lezer.tekst(loopkop=True))
            uit.tekeningen += lezer.tekeningen
            uit.adressen += list(_adressen(blad))
        uit.beschrijvingen = list(_beschrijvingen(pdf))
        with pdf.open_outline() as bladwijzers:
            uit.overig = [str(item.title) for item in _alle(bladwijzers.root)]
        uit.overig += [str(waarde) for waarde in pdf.docinfo.values()]
    return uit


def _alle(items: list[Any]) -> Iterator[Any]:
    for item in items:
        yield item
        yield from _alle(item.children)


def _adressen(blad: pikepdf.Page) -> Iterator[str]:
    for noot in blad.obj.get("/Annots", pikepdf.Array()):
        if "/A" in noot and "/URI" in noot["/A"]:
            yield str(noot["/A"]["/URI"])


def _beschrijvingen(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Alt texts and replacement texts of all parts, in order."""
    open_: list[Any] = [pdf.Root.get("/StructTreeRoot")]
    gezien: set[tuple[int, int]] = set()
    while open_:
        deel = open_.pop()
        if isinstance(deel, pikepdf.Array):
            open_ += list(deel)[::-1]
        elif isinstance(deel, pikepdf.Dictionary) and (not deel.is_indirect or deel.objgen not in gezien):
            gezien |= {deel.objgen} if deel.is_indirect else set()
            yield from (glad(str(deel[naam])) for naam in ("/Alt", "/ActualText") if naam in deel)
            if "/K" in deel:
                open_.append(deel["/K"])


def _letters(font: Any) -> dict[bytes, str]:  # noqa: ANN401 - any PDF object
    """Code to text of one font."""
    if "/ToUnicode" not in font:
        return {}
    cmap = font["/ToUnicode"].read_bytes()
    uit: dict[bytes, str] = {}
    for deel in re.findall(rb"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        for laag, hoog, naar in _BFRANGE.findall(deel):
            eerste = int(naar, 16)
            for i in range(int(laag, 16), int(hoog, 16) + 1):
                uit[i.to_bytes(len(laag) // 2, "big")] = chr(eerste + i - int(laag, 16))
    for deel in re.findall(rb"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for van, naar in _BFCHAR.findall(deel):
            uit[bytes.fromhex(van.decode())] = bytes.fromhex(naar.decode()).decode("utf-16-be", "replace")
    return uit


@dataclass(frozen=True)
class _Tekst:
    """Text between two marks of text, where it begins, and how large it is."""

    tekst: str
    x: float
    y: float
    grootte: float
    loopkop: bool


class _Blad:
    """Walks over one page: keeps the place, the font, and in which marked part it is."""

    def __init__(self, blad: pikepdf.Page, tabellen: dict[tuple[int, int], dict[bytes, str]]) -> None:
        self.blad, self.tabellen = blad, tabellen
        self.teksten: list[_Tekst] = []
        self._tekeningen: list[list[Getallen]] = []
        self._gronden: list[Getallen] = []
        self._matrix, self._bewaard = np.eye(3), [np.eye(3)]
        self._font: dict[bytes, str] = {}
        self._grootte = 0.0
        self._letters: list[str] = []
        self._deel: list[bool] = []  # whether each open part is a running head
        self._pad: list[tuple[float, float]] = []

    def lees(self) -> None:
        """Walk over the page."""
        for opdracht in pikepdf.parse_content_stream(self.blad, _OPERATOREN):
            self._doe(str(opdracht.operator), opdracht.operands)

    def tekst(self, *, loopkop: bool) -> str:
        """All text of the page, or of its running heads; letters of a drawing joined to words."""
        uit: list[str] = []
        vorige: _Tekst | None = None
        for deel in self.teksten:
            if deel.loopkop == loopkop:
                uit += [deel.tekst] if vorige is not None and _een_woord(vorige, deel) else [" ", deel.tekst]
                vorige = deel
        return glad("".join(uit))

    @property
    def tekeningen(self) -> list[Getallen]:
        """The corners of every chart in units of its own."""
        return [_in_eenheden(g, np.concatenate(d)) for g, d in zip(self._gronden, self._tekeningen, strict=True)]

    def _doe(self, naam: str, waarden: Any) -> None:  # noqa: ANN401 - operands of any kind
        if naam in ("m", "l"):
            self._pad.append((float(waarden[0]), float(waarden[1])))
        elif naam in ("c", "v", "y"):
            self._pad.append((float(waarden[-2]), float(waarden[-1])))
        elif naam == "re":
            x, y, b, h = (float(w) for w in waarden)
            self._pad += [(x, y), (x + b, y), (x + b, y + h), (x, y + h)]
        elif naam in ("q", "Q", "cm"):
            self._plaats(naam, waarden)
        elif naam in ("BT", "Tf", "Tj", "'", "TJ", "ET"):
            self._schrijf(naam, waarden)
        elif naam in ("BDC", "BMC", "EMC"):
            self._markeer(naam, waarden)
        elif naam != "h":
            self._zet_pad(getekend=naam != "n")

    def _plaats(self, naam: str, waarden: Any) -> None:  # noqa: ANN401
        if naam == "q":
            self._bewaard.append(self._matrix)
        elif naam == "Q":
            self._matrix = self._bewaard.pop()
        else:
            a, b, c, d, e, f = (float(w) for w in waarden)
            self._matrix = np.array([[a, b, 0], [c, d, 0], [e, f, 1]]) @ self._matrix

    def _schrijf(self, naam: str, waarden: Any) -> None:  # noqa: ANN401
        if naam == "BT":
            self._letters = []
        elif naam == "Tf":
            self._font, self._grootte = self._tabel(str(waarden[0])), float(waarden[1])
        elif naam == "ET":
            x, y = self._matrix[2, :2]
            groot = self._grootte * abs(self._matrix[0, 0])
            self.teksten.append(_Tekst("".join(self._letters), float(x), float(y), groot, any(self._deel)))
        else:
            for stuk in waarden[0] if naam == "TJ" else [waarden[-1]]:
                if isinstance(stuk, pikepdf.String):
                    codes = bytes(stuk)
                    paren = [codes[i : i + 2] for i in range(0, len(codes), 2)]
                    self._letters.append("".join(self._font.get(paar, "\ufffd") for paar in paren))

    def _tabel(self, naam: str) -> dict[bytes, str]:
        font = self.blad.resources["/Font"][naam]
        sleutel = font.objgen
        if sleutel not in self.tabellen or not font.is_indirect:
            self.tabellen[sleutel] = _letters(font)
        return self.tabellen[sleutel]

    def _markeer(self, naam: str, waarden: Any) -> None:  # noqa: ANN401
        if naam == "EMC":
            self._deel = self._deel[:-1]
            return
        eigen: Any = waarden[1] if len(waarden) > 1 and isinstance(waarden[1], pikepdf.Dictionary) else {}
        self._deel.append(str(waarden[0]) == "/Artifact" and str(eigen.get("/Type", "")) == "/Pagination")

    def _zet_pad(self, *, getekend: bool) -> None:
        """A path that is drawn belongs to the last chart that began, when it is scaled as charts are."""
        if self._pad and getekend:
            eigen = np.array(self._pad)
            punten = (np.column_stack([eigen, np.ones(len(eigen))]) @ self._matrix)[:, :2]
            if len(eigen) == 4 and abs(np.ptp(eigen[:, 0]) - _BREED) < 0.01:
                self._gronden.append(punten)
                self._tekeningen.append([])
            if self._tekeningen and self._matrix[0, 0] != 1.0:
                self._tekeningen[-1].append(punten)
        self._pad = []


def _in_eenheden(grond: Getallen, punten: Getallen) -> Getallen:
    schaal = _BREED / np.ptp(grond[:, 0])
    return np.column_stack(
        [(punten[:, 0] - grond[:, 0].min()) * schaal, (grond[:, 1].max() - punten[:, 1]) * schaal]
    )


def _een_woord(een: _Tekst, twee: _Tekst) -> bool:
    """Whether two letters stand beside each other on one line."""
    naast = 0 <= twee.x - een.x <= _LETTER * een.grootte and abs(twee.y - een.y) < 0.1
    return naast and len(een.tekst) == 1 and len(twee.tekst) == 1
