"""Statistics without domain words: intervals, durations, run-off and fair comparison, over whole arrays at once.

`interval` and `duur` are in every measurement and come at once; the rest loads at first use, so that a run that
compares nothing doesn't pay for it. No function bears the name of its module: one would hide the other.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from analyse.statistiek.duur import mediaan, rmst
from analyse.statistiek.interval import byar, methode_telling, poisson_exact, telling, wilson

if TYPE_CHECKING:
    from analyse.statistiek.afloop import Afloop, driehoek, maandnummer, per_maand, schat_afloop
    from analyse.statistiek.krimp import Krimp, krimp_maat, krimpschatting
    from analyse.statistiek.regelkaart import Herijking, Regelkaart, maak_regelkaart
    from analyse.statistiek.standaardisatie import standaardiseer, verwacht
    from analyse.statistiek.trechter import Keuze, Trechter, trechter_aandeel, trechter_maat, trechter_verhouding
    from analyse.statistiek.tussentijd import g_kaart, t_kaart, tussentijden

_LATER = {
    "Afloop": "afloop",
    "Herijking": "regelkaart",
    "Keuze": "trechter",
    "Krimp": "krimp",
    "Regelkaart": "regelkaart",
    "Trechter": "trechter",
    "driehoek": "afloop",
    "g_kaart": "tussentijd",
    "krimp_maat": "krimp",
    "krimpschatting": "krimp",
    "maak_regelkaart": "regelkaart",
    "maandnummer": "afloop",
    "per_maand": "afloop",
    "schat_afloop": "afloop",
    "standaardiseer": "standaardisatie",
    "t_kaart": "tussentijd",
    "trechter_aandeel": "trechter",
    "trechter_maat": "trechter",
    "trechter_verhouding": "trechter",
    "tussentijden": "tussentijd",
    "verwacht": "standaardisatie",
}

__all__ = [
    "Afloop",
    "Herijking",
    "Keuze",
    "Krimp",
    "Regelkaart",
    "Trechter",
    "byar",
    "driehoek",
    "g_kaart",
    "krimp_maat",
    "krimpschatting",
    "maak_regelkaart",
    "maandnummer",
    "mediaan",
    "methode_telling",
    "per_maand",
    "poisson_exact",
    "rmst",
    "schat_afloop",
    "standaardiseer",
    "t_kaart",
    "telling",
    "trechter_aandeel",
    "trechter_maat",
    "trechter_verhouding",
    "tussentijden",
    "verwacht",
    "wilson",
]


def __getattr__(naam: str) -> object:
    if naam not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {naam!r}")
    return getattr(import_module(f"{__name__}.{_LATER[naam]}"), naam)
