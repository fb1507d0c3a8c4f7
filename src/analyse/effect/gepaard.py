"""Before and after in the same few persons: an exact paired test with an interval.

For the pilot with eleven children and a rapportcijfer from 5.2 to 8. No normal distribution is asked of eleven
scores: if nothing had changed, each difference could as well have had the other sign, and all those sign patterns
are counted (Fisher 1935). It shows that scores rose, not why: without a comparison group people also change by
time, by growing older, and because help starts when things are at their worst.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.optimize import brentq

from analyse.effect.reeks import Matrix
from analyse.effect.woorden import getal, kans
from analyse.kern.fouten import LeveringFout

EXACT_TOT = 16  # persons; 65,536 patterns. More than that are sampled.
TREKKINGEN = 99_999


@dataclass(frozen=True, eq=False)
class Gepaard:
    """Mean change with its exact interval. `p` is two-sided."""

    voor: Matrix
    na: Matrix
    p: float
    interval: tuple[float, float]
    exact: bool

    @property
    def effect(self) -> float:
        """Mean of after minus before."""
        return float((self.na - self.voor).mean())

    @property
    def tabel(self) -> pd.DataFrame:
        """One row: n, voor, na, verschil, onder, boven, p, omhoog, omlaag, gelijk."""
        d = self.na - self.voor
        return pd.DataFrame(
            {
                "n": [len(d)],
                "voor": [self.voor.mean()],
                "na": [self.na.mean()],
                "verschil": [self.effect],
                "onder": [self.interval[0]],
                "boven": [self.interval[1]],
                "p": [self.p],
                "omhoog": [int((d > 0).sum())],
                "omlaag": [int((d < 0).sum())],
                "gelijk": [int((d == 0).sum())],
            }
        )

    @property
    def tekst(self) -> str:
        """The change in two Dutch sentences."""
        onder, boven = self.interval
        return (
            f"Bij {len(self.voor)} personen ging de score van {getal(self.voor.mean(), 1)} naar "
            f"{getal(self.na.mean(), 1)}: gemiddeld {getal(self.effect, 1)} verschil "
            f"(95%-interval: {getal(onder, 1)} tot {getal(boven, 1)}; {kans(self.p)}). "
            "Zonder vergelijkingsgroep is niet te zeggen dat dit door de maatregel komt."
        )


def gepaarde_toets(voor: ArrayLike, na: ArrayLike, *, seed: int = 1) -> Gepaard:
    """Exact test of the mean change in the same persons; both rows in the same order of persons.

    Up to `EXACT_TOT` persons every sign pattern counts, above that `TREKKINGEN` seeded ones. The interval holds
    every shift that the test doesn't reject at 5%. Raises LeveringFout with fewer than six pairs: then no result
    can reach p ≤ 0.05.
    """
    x, y = np.asarray(voor, dtype=float), np.asarray(na, dtype=float)
    if x.shape != y.shape or len(x) < 6 or not np.isfinite([x, y]).all():
        raise LeveringFout(
            "Een gepaarde toets heeft van minstens zes personen een score voor en een score na nodig.",
            ontvangen=f"{len(x)} scores voor en {len(y)} scores na",
            doe="Laat personen zonder tweede score weg, en meld hoeveel dat er zijn.",
        )
    tekens, exact = _tekens(len(x), seed)
    p = _p_waarde(y - x, tekens, exact)
    return Gepaard(x, y, p(0.0), _interval(y - x, p), exact)


def _tekens(n: int, seed: int) -> tuple[Matrix, bool]:
    """Sign patterns as rows of ±1."""
    if n <= EXACT_TOT:
        bits = (np.arange(2**n)[:, None] >> np.arange(n)) & 1
        return np.asarray(1.0 - 2.0 * bits), True
    rng = np.random.default_rng(seed)
    return np.asarray(rng.choice([-1.0, 1.0], size=(TREKKINGEN, n))), False


def _p_waarde(d: Matrix, tekens: Matrix, exact: bool) -> Callable[[float], float]:
    """The p-value of "the true mean change is c", as a function of c."""
    som_van_tekens = tekens.sum(axis=1)
    som = tekens @ d

    def p(c: float) -> float:
        verder = np.abs(som - c * som_van_tekens) >= abs(d.sum() - c * len(d)) - 1e-9
        return float(verder.mean()) if exact else float((1 + verder.sum()) / (1 + len(verder)))

    return p


def _interval(d: Matrix, p: Callable[[float], float]) -> tuple[float, float]:
    """The ends of the shifts that are not rejected. The p-value steps, so the ends are steps as well."""
    ver = np.ptp(d) + 1.0
    onder = brentq(lambda c: p(c) - 0.05, d.mean() - ver, d.mean(), xtol=1e-6)
    boven = brentq(lambda c: p(c) - 0.05, d.mean(), d.mean() + ver, xtol=1e-6)
    return float(onder), float(boven)
