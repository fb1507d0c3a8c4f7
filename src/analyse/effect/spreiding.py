"""How far an untreated gebied strays from what was expected: the yardstick of tests and of detectability.

Two sources, both measured on gebieden where nothing happened: chance of counting (shrinks with size) and the own
life of a gebied (doesn't). One variance for all would call small gemeenten special and large ones dull.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats
from scipy.optimize import nnls

from analyse.effect.reeks import Matrix, Rijen
from analyse.effect.tegenfeit import Uitkomst

# Below this number of gebieden two parameters can't be told apart.
MINSTENS_VOOR_TWEE = 12


@dataclass(frozen=True)
class Spreiding:
    """Variance of log(actual / expected) = toeval × (1/expected + 1/before) + eigen."""

    toeval: float
    eigen: float

    def variantie(self, verwacht: Matrix, basis: Matrix) -> Matrix:
        """The variance for gebieden of these sizes."""
        with np.errstate(divide="ignore"):
            return np.asarray(self.toeval * (1 / verwacht + 1 / basis) + self.eigen)


def meet_spreiding(uitkomst: Uitkomst, rijen: Rijen | None = None) -> Spreiding:
    """Fit both sources on the gebieden in `rijen` (default all that can be judged), by weighted least squares."""
    log, grootte = uitkomst.log, 1 / uitkomst.verwacht + 1 / uitkomst.basis
    goed = np.isfinite(log) & np.isfinite(grootte)
    if rijen is not None:
        goed &= np.isin(np.arange(len(log)), rijen)
    kwadraat, grootte = log[goed] ** 2, grootte[goed]
    if len(kwadraat) < MINSTENS_VOOR_TWEE:
        return _voorzichtig(kwadraat, grootte)
    return _twee_bronnen(kwadraat, grootte)


def _voorzichtig(kwadraat: Matrix, grootte: Matrix) -> Spreiding:
    """Chance as pure counting, and as own life what is left of an upper limit (80%) of the variance.

    An upper limit, because a handful of gebieden is calm by luck often enough, and calm sharpens every claim.
    """
    n = len(kwadraat)
    grens = float(kwadraat.sum() / stats.chi2.ppf(0.2, n)) if n else 0.0
    return Spreiding(1.0, max(0.0, grens - float(grootte.mean())) if n else 0.0)


def _twee_bronnen(kwadraat: Matrix, grootte: Matrix) -> Spreiding:
    x = np.column_stack([grootte, np.ones_like(grootte)])
    gewicht = 1 / grootte
    for _ in range(5):
        (toeval, eigen), _rest = nnls(x * gewicht[:, None], kwadraat * gewicht)
        # A square varies by its own mean, so the weight is one over the fitted variance.
        gewicht = 1 / np.maximum(x @ [toeval, eigen], 1e-12)
    return Spreiding(float(toeval), float(eigen))
