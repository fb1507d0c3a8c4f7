"""Statistics without domain words: intervals and durations, over whole arrays at once."""

from analyse.statistiek.duur import mediaan, rmst
from analyse.statistiek.interval import byar, methode_telling, poisson_exact, telling, wilson

__all__ = ["byar", "mediaan", "methode_telling", "poisson_exact", "rmst", "telling", "wilson"]
