"""Compares a delivery with what is known already: the one before, its own run-off, the ledger, CBS.

Runs after reading, on totals only. What it keeps for the next delivery (`telling_maand`) are counts per gemeente,
table and month, so that a Basis with persons can be thrown away and the trend still be told.
"""

from analyse.inname.trend.naderhand import TELLING, Vergelijking, naderhand
from analyse.inname.trend.vorige import lees_telling, vergelijk

__all__ = ["TELLING", "Vergelijking", "lees_telling", "naderhand", "vergelijk"]
