"""The few shapes that all chapters are built from: a series, parts of a whole, several series, a table per gebied.

A gemeente sees itself beside the region, always as rates or shares; the region sees its gemeenten beside each
other, in the order of the region file and without ranking. Every number in a title comes from the rows that are
also given as `data`. Where nothing may or can be seen, a frame with that message takes the place of the chart.
"""

from analyse.weergave.hoofdstukken.bouw.duren import duur
from analyse.weergave.hoofdstukken.bouw.gemeen import REGIO, VERBORGEN, Maat, hoofdletter, kort
from analyse.weergave.hoofdstukken.bouw.reeksen import Lijn, reeksen, titel_van, verandering
from analyse.weergave.hoofdstukken.bouw.samenstelling import aandelen, samenstelling
from analyse.weergave.hoofdstukken.bouw.tabellen import (
    cellen,
    naast_elkaar,
    per_categorie,
    per_gebied,
    per_periode,
)
from analyse.weergave.hoofdstukken.bouw.tekst import bewijst_niet
from analyse.weergave.hoofdstukken.bouw.verloop import verloop

__all__ = [
    "REGIO",
    "VERBORGEN",
    "Lijn",
    "Maat",
    "aandelen",
    "bewijst_niet",
    "cellen",
    "duur",
    "hoofdletter",
    "kort",
    "naast_elkaar",
    "per_categorie",
    "per_gebied",
    "per_periode",
    "reeksen",
    "samenstelling",
    "titel_van",
    "verandering",
    "verloop",
]
