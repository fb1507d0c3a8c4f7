"""Which other gebieden stand in for the treated ones: the draws behind every permutation test.

Two kinds. Over the gemeenten of the region: every way in which the measure could have been handed out. Over a
donor panel: gemeenten of about the same size, because a small gemeente strays further than a large one.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

import numpy as np

from analyse.effect.reeks import Matrix, Rijen
from analyse.effect.venster import Venster

BUREN = 99  # donors per treated gebied: p can come down to 0.01
TREKKINGEN = 1999
ALLE_TOT = 5000  # so many assignments are listed whole; beyond that they are drawn


def buren(grootte: Matrix, rij: int, kandidaten: Sequence[int], *, aantal: int = BUREN) -> Rijen:
    """The candidates nearest in size to `rij` (by ratio), nearest first; those without a size are skipped."""
    goed = np.array([k for k in kandidaten if grootte[k] > 0], dtype=np.int64)
    afstand = np.abs(np.log(grootte[goed] / grootte[rij]))
    return goed[np.argsort(afstand, kind="stable")[:aantal]]


def placebotrekkingen(groepen: Sequence[Rijen], *, seed: int, aantal: int = TREKKINGEN) -> Rijen:
    """Stand-ins drawn from `groepen` (one list per treated gebied), never the same gebied twice in a draw.

    One treated gebied: every candidate once. Rows are draws, columns treated gebieden.
    """
    if len(groepen) == 1:
        return groepen[0][:, None]
    rng = np.random.default_rng(seed)
    keuzes = np.column_stack([rng.choice(groep, size=aantal) for groep in groepen])
    gesorteerd = np.sort(keuzes, axis=1)
    return keuzes[(gesorteerd[:, 1:] != gesorteerd[:, :-1]).all(axis=1)]


def toewijzingen(rijen: Sequence[int], vensters: Sequence[Venster], *, seed: int) -> Rijen:
    """Every way to hand out the starts in `vensters` over the gebieden in `rijen`, the real one among them.

    With equal starts the order doesn't matter and is left out. More than `ALLE_TOT` ways are sampled.
    """
    gelijk = len(set(vensters)) == 1
    totaal = math.comb(len(rijen), len(vensters)) if gelijk else math.perm(len(rijen), len(vensters))
    if totaal <= ALLE_TOT:
        maak = itertools.combinations if gelijk else itertools.permutations
        return np.array(list(maak(rijen, len(vensters))), dtype=np.int64)
    rng = np.random.default_rng(seed)
    return np.array([rng.permutation(rijen)[: len(vensters)] for _ in range(TREKKINGEN)], dtype=np.int64)
