"""A matplotlib figure as small, repeatable SVG text, to stand in a page or a PDF.

Letters are text in the typeface that page and PDF carry, at a third of the bytes of outlines; where that
typeface is missing (JupyterLab) labels keep their place in another one. Drawn in the page and not as an image,
because an image can't use the typeface of the page. Measured on a chart with nine panels: 57 kB as matplotlib
writes it with outlines, 28 kB with text, 10 kB after `compact`.
"""

from __future__ import annotations

import io
import re

from matplotlib.figure import Figure

from analyse.weergave.svg_compact import compact
from analyse.weergave.thema import thema

_ZONDER_DATUM = dict.fromkeys(("Date", "Creator", "Format", "Type"))
_NAAMRUIMTE = re.compile(r' xmlns="[^"]*"')
_NAAM = re.compile(r'(?P<voor> id="| href="#|"url\(#)(?P<naam>[a-z]+)(?P<na>["\)])')


def svg(figuur: Figure) -> str:
    """The figure as compact SVG: equal figures give equal text."""
    uit = io.StringIO()
    with thema():
        figuur.savefig(uit, format="svg", metadata=_ZONDER_DATUM)
    return compact(uit.getvalue())


def in_pagina(svg_tekst: str, *, kop: str, id_: str) -> str:
    """The SVG as an element of a page: attributes `kop` in front, names made unique with `id_`, no namespace.

    HTML knows the namespace by itself, and a report without any 'http' is provably without external requests.
    """
    tekst = _NAAMRUIMTE.sub("", svg_tekst, count=1)
    tekst = _NAAM.sub(rf"\g<voor>{id_}-\g<naam>\g<na>", tekst)
    return f"<svg {kop}{tekst.removeprefix('<svg')}"
