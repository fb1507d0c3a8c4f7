"""Seeded chance, one draw at a time but cheap: uniforms come from numpy in blocks.

A numpy Generator call for one number costs a microsecond; the demo makes a million. Everything is derived from
one uniform stream per subject, so that a change in one subject leaves the others as they were.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from math import log
from typing import TypeVar

import numpy as np

T = TypeVar("T")
_BLOK = 4096


class Toeval:
    """A stream of chance, fully determined by its seeds."""

    def __init__(self, *zaad: int) -> None:
        self.rng = np.random.default_rng(zaad)
        self._stroom = self._eindeloos()

    def _eindeloos(self) -> Iterator[float]:
        while True:
            yield from self.rng.random(_BLOK).tolist()

    def u(self) -> float:
        """Uniform on [0, 1)."""
        return next(self._stroom)

    def kans(self, p: float) -> bool:
        """True with probability `p`."""
        return next(self._stroom) < p

    def geheel(self, laag: int, hoog: int) -> int:
        """A whole number from `laag` up to and including `hoog`."""
        return laag + int(next(self._stroom) * (hoog - laag + 1))

    def kies(self, rij: Sequence[T]) -> T:
        """One element, all equally likely."""
        return rij[int(next(self._stroom) * len(rij))]

    def weeg(self, rij: Sequence[T], gewichten: Sequence[float]) -> T:
        """One element, likely in proportion to its weight."""
        opgeteld = list(accumulate(gewichten))
        return rij[min(bisect_right(opgeteld, next(self._stroom) * opgeteld[-1]), len(rij) - 1)]

    def dagen(self, gemiddeld: float) -> int:
        """Whole days with an exponential law of this mean."""
        return int(-gemiddeld * log(1.0 - next(self._stroom)))
