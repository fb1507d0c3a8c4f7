"""What notebooks show: charts, tables, prose, messages and cards, in Dutch, accessible in HTML and PDF alike.

Names load on first use: the command line needs a date in Dutch long before it needs a chart.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analyse.weergave import grafiek, opmaak
    from analyse.weergave.beeld import Beeld
    from analyse.weergave.figuur import Figuur
    from analyse.weergave.kaartjes import Kaartje, Kaartjes
    from analyse.weergave.kernboodschappen import Boodschap, Boodschappen
    from analyse.weergave.knoop import MIME
    from analyse.weergave.object import Weergave
    from analyse.weergave.tabel import Tabel
    from analyse.weergave.tekst import Tekst, Waarschuwing

__all__ = [
    "MIME",
    "Beeld",
    "Boodschap",
    "Boodschappen",
    "Figuur",
    "Kaartje",
    "Kaartjes",
    "Tabel",
    "Tekst",
    "Waarschuwing",
    "Weergave",
    "grafiek",
    "opmaak",
]
_PLEK = {
    "MIME": "knoop",
    "Beeld": "beeld",
    "Boodschap": "kernboodschappen",
    "Boodschappen": "kernboodschappen",
    "Figuur": "figuur",
    "Kaartje": "kaartjes",
    "Kaartjes": "kaartjes",
    "Tabel": "tabel",
    "Tekst": "tekst",
    "Waarschuwing": "tekst",
    "Weergave": "object",
}


def __getattr__(naam: str) -> object:
    if naam not in _PLEK:
        raise AttributeError(f"module 'analyse.weergave' has no attribute {naam!r}")
    return getattr(importlib.import_module(f"analyse.weergave.{_PLEK[naam]}"), naam)
