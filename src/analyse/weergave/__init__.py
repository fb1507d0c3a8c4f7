"""What notebooks show: charts, tables, prose, messages and cards, in Dutch, accessible in HTML and PDF alike."""

from analyse.weergave import grafiek, opmaak
from analyse.weergave.figuur import Figuur
from analyse.weergave.kaartjes import Kaartje, Kaartjes
from analyse.weergave.kernboodschappen import Boodschap, Boodschappen
from analyse.weergave.knoop import MIME
from analyse.weergave.object import Weergave
from analyse.weergave.tabel import Tabel
from analyse.weergave.tekst import Tekst, Waarschuwing

__all__ = [
    "MIME",
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
