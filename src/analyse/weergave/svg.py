"""A matplotlib figure as small, repeatable SVG text, to stand in a page or a PDF.

Letters are text in the typeface that page and PDF carry, at a third of the bytes of outlines; where that
typeface is missing (JupyterLab) labels keep their place in another one. Drawn in the page and not as an image,
because an image can't use the typeface of the page. Measured on a chart with nine panels: 57 kB as matplotlib
writes it with outlines, 28 kB with text, 10 kB after `compact`.
"""

from __future__ import annotations

import io
import re
from functools import lru_cache
from typing import Any, cast

from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_mixed import MixedModeRenderer
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from analyse.weergave.svg_compact import compact
from analyse.weergave.thema import thema

_PER_DUIM = 72
_ZONDER_DATUM = dict.fromkeys(("Date", "Creator", "Format", "Type"))
_NAAMRUIMTE = re.compile(r' xmlns="[^"]*"')
_NAAM = re.compile(r'(?P<voor> id="| href="#|"url\(#)(?P<naam>[a-z]+)(?P<na>["\)])')


def svg(figuur: Figure) -> str:
    """The figure as compact SVG: equal figures give equal text."""
    uit = io.StringIO()
    breed, hoog = figuur.get_size_inches()
    dpi = figuur.dpi
    with thema():
        pen = _Pen(breed * _PER_DUIM, hoog * _PER_DUIM, uit, image_dpi=dpi, metadata=_ZONDER_DATUM)
        figuur.dpi = _PER_DUIM
        try:
            figuur.draw(cast("RendererBase", MixedModeRenderer(figuur, breed, hoog, dpi, pen)))
        finally:
            figuur.dpi = dpi
        pen.finalize()
    return compact(uit.getvalue())


class _Pen(RendererSVG):
    """Writes SVG as `savefig` does, but measures a text once per process: the same ones are in every report."""

    def get_text_width_height_descent(
        self,
        s: str,
        prop: FontProperties,
        ismath: Any,  # noqa: ANN401 - False, True or "TeX"
    ) -> tuple[float, float, float]:
        return _tekstmaat(s, prop, ismath)


@lru_cache(maxsize=16384)
def _tekstmaat(tekst: str, letter: FontProperties, ismath: Any) -> tuple[float, float, float]:  # noqa: ANN401
    return text_to_path.get_text_width_height_descent(tekst, letter, ismath)


def in_pagina(svg_tekst: str, *, kop: str, id_: str) -> str:
    """The SVG as an element of a page: attributes `kop` in front, names made unique with `id_`, no namespace.

    HTML knows the namespace by itself, and a report without any 'http' is provably without external requests.
    """
    tekst = _NAAMRUIMTE.sub("", svg_tekst, count=1)
    tekst = _NAAM.sub(rf"\g<voor>{id_}-\g<naam>\g<na>", tekst)
    return f"<svg {kop}{tekst.removeprefix('<svg')}"
