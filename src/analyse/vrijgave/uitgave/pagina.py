"""Reads a published page: a plain walk over its tags, so that nothing that is written there is skipped."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from urllib.parse import unquote

from analyse.vrijgave.uitgave.getallen import glad
from analyse.vrijgave.uitgave.stukken import Beeldstuk, Pagina, Soort, Stuk
from analyse.vrijgave.uitgave.svg import is_as, lees_svg

_KOPPEN = frozenset(f"h{i}" for i in range(1, 7))
_BLOK = _KOPPEN | frozenset(
    re.findall(r"\w+", "p li td th dt dd div figure figcaption table summary ol ul tr nav pre")
)
_SVG = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_NAAM = re.compile(r"<svg\b[^>]*?aria-label=\"([^\"]*)\"")
_STIL = {"style", "script"}
_LEEG = frozenset(("meta", "link", "img", "br", "hr", "input", "col", "source", "wbr", "tekening"))
_MET_TEKST = ("title", "aria-label", "alt", "content", "value", "placeholder")


def lees_pagina(html: str) -> Pagina:
    """All text (also hidden from sight: labels, descriptions, comments), drawings and links of a page."""
    tekeningen = _SVG.findall(html)
    lezer = _Lezer(tekeningen)
    # A drawing is a document of its own; it is read by whoever reads drawings.
    lezer.feed(_SVG.sub("<tekening>", html))
    lezer.close()
    lezer.sluit_af()
    return lezer.pagina


class _Lezer(HTMLParser):
    def __init__(self, tekeningen: list[str]) -> None:
        super().__init__(convert_charrefs=True)
        self._tekeningen = iter(tekeningen)
        self.pagina = Pagina()
        self._tekst: list[str] = []
        self._open: list[tuple[str, str]] = []  # tag and class
        self._object = ""
        self._hoofdstuk = ""
        self._koppen: list[str] = []
        self._rij = ""
        self._kolom = 0
        self._bericht: int | None = None
        self._verwijst: list[str] = []

    # What the parser calls

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag begins: what was read before a block is one piece."""
        eigen = {naam: waarde or "" for naam, waarde in attrs}
        if tag in _BLOK or "ondertitel" in eigen.get("class", ""):
            self._klaar()
        self._neem_attributen(tag, eigen)
        if tag not in _LEEG:
            self._open.append((tag, eigen.get("class", "")))
        if tag == "figure":
            self._object = eigen.get("id", "")
        elif tag == "table":
            self._koppen = []
        elif tag == "tr":
            self._rij, self._kolom = "", 0
        elif tag == "li" and any(naam == "ol" and klasse == "boodschappen" for naam, klasse in self._open):
            self._bericht, self._verwijst = len(self.pagina.stukken), []

    def handle_endtag(self, tag: str) -> None:
        """A tag ends."""
        if tag in _BLOK or tag in ("title", "style", "script"):
            self._klaar()
        if tag in ("td", "th"):
            self._kolom += 1
        while self._open and (gesloten := self._open.pop())[0] != tag:
            assert gesloten
        if tag == "figure":
            self._object = ""
        elif tag == "li" and self._bericht is not None:
            self._sluit_bericht()

    def handle_data(self, data: str) -> None:
        """Text."""
        if self._open and self._open[-1][0] in _STIL:
            return
        if self._open and "status" in self._open[-1][1] and not self.pagina.rubricering:
            self.pagina.rubricering = data.strip()
        self._tekst.append(data)

    def handle_comment(self, data: str) -> None:
        """A comment is published too."""
        self._voeg_toe(data, "tekst")

    def sluit_af(self) -> None:
        """Take in what was left."""
        self._klaar()

    # Pieces

    def _neem_attributen(self, tag: str, eigen: dict[str, str]) -> None:
        if "href" in eigen:
            self.pagina.adressen.append(eigen["href"])
            if self._bericht is not None and eigen["href"].startswith("#"):
                self._verwijst.append(eigen["href"][1:])
        bron = eigen.get("src", "")
        if bron and not bron.startswith("data:"):
            self.pagina.adressen.append(bron)
        if tag == "tekening":
            self._teken(next(self._tekeningen))
        elif bron.startswith("data:image/svg+xml,"):
            self.pagina.beelden.append(Beeldstuk(self._object, unquote(bron[19:]), glad(eigen.get("alt", ""))))
        for naam in _MET_TEKST:
            if eigen.get(naam) and tag not in ("meta", "table"):
                self._voeg_toe(eigen[naam], "alt" if naam == "alt" else "titel")
        for naam, waarde in eigen.items():
            if naam.startswith("data-"):
                self._voeg_toe(waarde, "tekst")

    def _teken(self, svg: str) -> None:
        """A drawing in the page: its name is its description, and every text in it is text."""
        naam = _NAAM.search(svg)
        alt = glad(unescape(naam[1])) if naam else ""
        self.pagina.beelden.append(Beeldstuk(self._object, svg, alt))
        self._voeg_toe(alt, "alt")
        tekening = lees_svg(svg)
        for opschrift in tekening.opschriften:
            self._voeg_toe(opschrift.tekst, "as" if is_as(tekening, opschrift) else "opschrift")

    def _klaar(self) -> None:
        tekst, self._tekst = glad("".join(self._tekst)), []
        if not tekst:
            return
        tags = [naam for naam, _ in self._open]
        if "title" in tags and not self.pagina.titel:
            self.pagina.titel = tekst
        cel = next((naam for naam in reversed(tags) if naam in ("td", "th")), "")
        kop = next((naam for naam in tags if naam in _KOPPEN), "")
        if kop == "h2":
            self._hoofdstuk = tekst
        if cel:
            self._cel(tekst, in_kop="thead" in tags, is_rij=cel == "th")
        elif kop:
            self._voeg_toe(tekst, "kop")
        else:
            titel = "figcaption" in tags or "summary" in tags
            self._voeg_toe(tekst, "titel" if titel else "bericht" if self._bericht is not None else "tekst")

    def _cel(self, tekst: str, *, in_kop: bool, is_rij: bool) -> None:
        if in_kop:
            self._koppen += [""] * (self._kolom + 1 - len(self._koppen))
            self._koppen[self._kolom] = tekst
            self._voeg_toe(tekst, "titel")
        elif is_rij:
            self._rij = tekst
            self._voeg_toe(tekst, "titel")
        else:
            kolom = self._koppen[self._kolom] if self._kolom < len(self._koppen) else ""
            self._voeg_toe(tekst, "cel", rij=self._rij, kolom=kolom)

    def _voeg_toe(self, tekst: str, soort: Soort, *, rij: str = "", kolom: str = "") -> None:
        self.pagina.stukken.append(Stuk(glad(tekst), soort, self._hoofdstuk, self._object, rij, kolom))

    def _sluit_bericht(self) -> None:
        begin, self._bericht = self._bericht, None
        naar = tuple(dict.fromkeys(self._verwijst))
        for i in range(begin or 0, len(self.pagina.stukken)):
            self.pagina.stukken[i] = replace(self.pagina.stukken[i], naar=naar, soort="bericht")
