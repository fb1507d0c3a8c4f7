"""A matplotlib figure as small, repeatable SVG text, and that text as a data address.

Letters are outlines ('path'): as an image, an SVG can't use the typeface of the page, and with real text
('none') every reader would see another font, and overlapping labels. Measured on a line chart with six series:
58 kB as matplotlib writes it, 13 kB after `compact`.
"""

from __future__ import annotations

import io

from matplotlib.figure import Figure

from analyse.weergave.svg_compact import compact
from analyse.weergave.thema import thema

_ZONDER_DATUM = dict.fromkeys(("Date", "Creator", "Format", "Type"))
# What may not stand bare in an attribute between double quotes; 'http' of the namespace is hidden too, because
# a report without any 'http' is provably without external requests. Browsers undo the %-signs.
_CODEER = (("%", "%25"), ('"', "'"), ("<", "%3C"), (">", "%3E"), ("#", "%23"), ("http", "%68ttp"))


def svg(figuur: Figure) -> str:
    """The figure as compact SVG: equal figures give equal text."""
    uit = io.StringIO()
    with thema():
        figuur.savefig(uit, format="svg", metadata=_ZONDER_DATUM)
    return compact(uit.getvalue())


def data_adres(svg_tekst: str) -> str:
    """SVG text as `data:` address for `<img src="…">`; a fifth smaller than base64."""
    for teken, code in _CODEER:
        svg_tekst = svg_tekst.replace(teken, code)
    return f"data:image/svg+xml,{svg_tekst}"
