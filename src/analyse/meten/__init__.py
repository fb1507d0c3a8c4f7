"""Hop 2: from a Basis to the internal result table (Meting), every gebied and half-year at once."""

from analyse.meten.meet import INDICATOREN, meet
from analyse.meten.uitgaven_tabellen import aansluiting_per_groep, dekking, maandtabellen, uitgaven_per_maand

__all__ = ["INDICATOREN", "aansluiting_per_groep", "dekking", "maandtabellen", "meet", "uitgaven_per_maand"]
