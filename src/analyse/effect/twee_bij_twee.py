"""The building block: two groups, before and after.

On two scales. `verschil`: difference of means, for scores and amounts. `verhouding`: ratio of rates, for counts
with a population; that is Poisson regression with group, period and their product, whose likelihood has this
closed form. Every other design in this room is many of these blocks, added up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy import stats

from analyse.effect.reeks import Masker, Matrix
from analyse.effect.woorden import getal, meer_of_minder
from analyse.kern.fouten import DomeinFout

Schaal = Literal["verschil", "verhouding"]


@dataclass(frozen=True, eq=False)
class Blok:
    """A 2×2 block. On scale 'verhouding' `effect` and `fout` are logs of a rate ratio."""

    effect: float
    fout: float
    vrijheid: float  # degrees of freedom; inf where the variance is that of a Poisson count
    schaal: Schaal
    tabel: pd.DataFrame  # one row per cell: behandeld, na, n, som, waarde

    @property
    def interval(self) -> tuple[float, float]:
        """95% limits. They take every observation as independent: with few gemeenten that is too narrow."""
        marge = float(stats.t.ppf(0.975, self.vrijheid)) * self.fout
        return self.effect - marge, self.effect + marge

    @property
    def tekst(self) -> str:
        """The block in one Dutch sentence."""
        if self.schaal == "verhouding":
            return f"Bij de behandelde groep was het cijfer {self._procent} dan te verwachten was."
        onder, boven = self.interval
        return (
            f"De behandelde groep veranderde {getal(self.effect, 2)} meer dan de andere groep "
            f"(95%-interval: {getal(onder, 2)} tot {getal(boven, 2)})."
        )

    @property
    def _procent(self) -> str:
        return meer_of_minder(100 * (np.exp(self.effect) - 1), 1)


def twee_bij_twee(
    waarde: ArrayLike,
    behandeld: ArrayLike,
    na: ArrayLike,
    *,
    schaal: Schaal = "verschil",
    bevolking: ArrayLike | None = None,
) -> Blok:
    """Difference-in-differences on single observations.

    `waarde`: scores ('verschil') or counts ('verhouding', with `bevolking` per observation); `behandeld` and `na`:
    true or false. The error is that of ordinary regression with one variance ('verschil') or of Poisson counts.
    """
    y, n = (
        np.asarray(waarde, dtype=float),
        np.ones(np.shape(waarde)) if bevolking is None else np.asarray(bevolking),
    )
    d, t = np.asarray(behandeld, dtype=bool), np.asarray(na, dtype=bool)
    cellen = [d & t, d & ~t, ~d & t, ~d & ~t]
    if not all(cel.any() for cel in cellen):
        raise DomeinFout("Een 2×2-blok heeft vier groepen waarnemingen nodig: twee groepen, voor en na.")
    som, aantal = np.array([y[c].sum() for c in cellen]), np.array([n[c].sum() for c in cellen])
    teken = np.array([1, -1, -1, 1])
    omvang = np.array([c.sum() for c in cellen])
    reken = _verschil if schaal == "verschil" else _verhouding
    effect, fout, vrijheid = reken(teken, som, aantal, rest=_rest(y, cellen), n=omvang)
    tabel = pd.DataFrame(
        {
            "behandeld": [True, True, False, False],
            "na": [True, False, True, False],
            "n": omvang,
            "som": som,
            "waarde": som / aantal,
        }
    )
    return Blok(effect, fout, vrijheid, schaal, tabel)


def _verschil(teken: Matrix, som: Matrix, aantal: Matrix, *, rest: float, n: Matrix) -> tuple[float, float, float]:
    vrijheid = float(n.sum() - 4)
    variantie = rest / vrijheid if vrijheid > 0 else np.nan
    return float(teken @ (som / aantal)), float(np.sqrt(variantie * (1 / n).sum())), vrijheid


def _verhouding(
    teken: Matrix, som: Matrix, aantal: Matrix, *, rest: float, n: Matrix
) -> tuple[float, float, float]:
    if (som <= 0).any():
        raise DomeinFout("Een verhouding kan niet met een cel zonder gevallen.", doe="Neem langere tijdvakken.")
    return float(teken @ np.log(som / aantal)), float(np.sqrt((1 / som).sum())), np.inf


def _rest(y: Matrix, cellen: list[Masker]) -> float:
    """Sum of squares around the mean of each cell."""
    return float(sum(((y[c] - y[c].mean()) ** 2).sum() for c in cellen))
