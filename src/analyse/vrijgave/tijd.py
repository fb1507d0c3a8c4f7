"""How the periods of a table hang together: which follows which, and which lie within which.

By their dates and not by their place in a list, because a table can hold months, half-years and years at once.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from analyse.kern.periode import Periode

Nummers = NDArray[np.intp]
GEEN = -1


class Tijd:
    """The periods of a table, numbered as they stand there."""

    def __init__(self, perioden: tuple[str, ...]) -> None:
        self.perioden = [Periode.lees(tekst) for tekst in perioden]
        self._nummer = {periode: t for t, periode in enumerate(self.perioden)}

    @cached_property
    def vorige(self) -> Nummers:
        """Per period the one of the same kind just before it, GEEN when the table doesn't have that."""
        return np.array([self._nummer.get(periode.vorige, GEEN) for periode in self.perioden], dtype=np.intp)

    @cached_property
    def volgende(self) -> Nummers:
        """Per period the one of the same kind just after it, GEEN when the table doesn't have that."""
        return np.array([self._nummer.get(periode.volgende, GEEN) for periode in self.perioden], dtype=np.intp)

    @cached_property
    def nieuwjaar(self) -> NDArray[np.bool_]:
        """Whether a period starts a year, so that ages change between the one before and this one."""
        return np.array([periode.begin.month == 1 for periode in self.perioden])

    @cached_property
    def moment(self) -> Nummers:
        """When a period ends, in half-years: how far apart two of them are."""
        eind = [periode.eind for periode in self.perioden]
        return np.array([2 * dag.year + (dag.month > 6) for dag in eind], dtype=np.intp)

    def terug(self, t: int, aantal: int) -> list[int]:
        """The `aantal` periods up to and including `t`, oldest first; empty when the table lacks one."""
        uit = [t]
        while len(uit) < aantal and uit[-1] != GEEN:
            uit.append(int(self.vorige[uit[-1]]))
        return [] if GEEN in uit else uit[::-1]

    @cached_property
    def lagen(self) -> list[tuple[int, list[int], bool]]:
        """Every period with the shorter ones of one kind in it, in order, and whether these fill it."""
        uit = []
        for t, lang in enumerate(self.perioden):
            for maanden in (6, 1):
                kort = [k for k, ander in enumerate(self.perioden) if _binnen(ander, lang, maanden)]
                kort.sort(key=lambda k: self.perioden[k].begin)
                if kort:
                    uit.append((t, kort, len(kort) * maanden == _maanden(lang)))
        return uit


def _maanden(periode: Periode) -> int:
    return periode.eind.month - periode.begin.month + 1


def _binnen(kort: Periode, lang: Periode, maanden: int) -> bool:
    past = lang.begin <= kort.begin and kort.eind <= lang.eind
    return past and _maanden(kort) == maanden < _maanden(lang)
