"""Hop 2: from a Basis to the internal result table (Meting), every gebied and half-year at once."""

from analyse.meten.meet import INDICATOREN, meet

__all__ = ["INDICATOREN", "meet"]
