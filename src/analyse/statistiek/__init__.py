"""Statistics without domain words: intervals, durations and run-off, over whole arrays at once."""

from analyse.statistiek.afloop import Afloop, afloop, driehoek, maandnummer, per_maand
from analyse.statistiek.duur import mediaan, rmst
from analyse.statistiek.interval import byar, methode_telling, poisson_exact, telling, wilson

__all__ = [
    "Afloop",
    "afloop",
    "byar",
    "driehoek",
    "maandnummer",
    "mediaan",
    "methode_telling",
    "per_maand",
    "poisson_exact",
    "rmst",
    "telling",
    "wilson",
]
