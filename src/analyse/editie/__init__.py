"""Editions: the five hops in order on disk (`keten`), what hangs beside them, and what an analyst asks."""

from analyse.editie.editie import Editie
from analyse.editie.plek import GECONTROLEERD, LEVERINGEN

__all__ = ["GECONTROLEERD", "LEVERINGEN", "Editie"]
