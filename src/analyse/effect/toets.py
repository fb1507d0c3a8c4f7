"""Studentised permutation: is this more than gebieden where nothing happened show by themselves?

The statistic is log(sum of actual / sum of expected) over the treated gebieden, divided by the spread that
gebieden of these sizes have. Dividing matters: unstudentised, three small gemeenten "show" an effect in 8% of
null cases instead of 5%. The interval inverts the same placebo distribution, so that test and interval agree.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analyse.effect.reeks import Matrix, Rijen
from analyse.effect.spreiding import Spreiding
from analyse.effect.tegenfeit import Uitkomst, log_verhouding

NIVEAU = 0.95
# Two statistics that differ by less are the same: sums in another order differ in the last bit.
SPELING = 1e-9


@dataclass(frozen=True, eq=False)
class Toets:
    """Outcome of one permutation test. `effect` and `fout` are on the log scale; `placebo` holds the t-values."""

    effect: float
    fout: float
    placebo: Matrix
    met_echte: bool = False  # whether the real assignment is among the placebos

    @property
    def t(self) -> float:
        """Effect over spread."""
        return self.effect / self.fout

    @property
    def p(self) -> float:
        """Two-sided: the share of placebos at least as far from 0, the real one counted in."""
        verder = int((np.abs(self.placebo) >= abs(self.t) - SPELING).sum())
        if self.met_echte:
            return verder / len(self.placebo)
        return (1 + verder) / (1 + len(self.placebo))

    @property
    def mogelijk(self) -> int:
        """How many assignments there are; p can't be lower than one over this."""
        return len(self.placebo) + (not self.met_echte)

    @property
    def kritiek(self) -> float:
        """How large |t| gets by itself in 95% of placebos."""
        return float(np.quantile(np.abs(self.placebo), NIVEAU)) if len(self.placebo) else float("nan")

    @property
    def interval(self) -> tuple[float, float]:
        """Limits of the effect on the log scale."""
        marge = self.kritiek * self.fout
        return self.effect - marge, self.effect + marge


def statistiek(
    uitkomsten: Sequence[Uitkomst], rijen: Rijen, spreidingen: Sequence[Spreiding]
) -> tuple[Matrix, Matrix]:
    """Effect (log) and spread of every draw; column k of `rijen` is judged in the window of `uitkomsten[k]`."""
    werkelijk, verwacht, basis = (
        np.column_stack([getattr(u, naam)[rijen[:, k]] for k, u in enumerate(uitkomsten)])
        for naam in ("werkelijk", "verwacht", "basis")
    )
    variantie = np.column_stack([s.variantie(verwacht[:, k], basis[:, k]) for k, s in enumerate(spreidingen)])
    totaal = verwacht.sum(axis=1)
    effect = log_verhouding(werkelijk.sum(axis=1), totaal)
    return effect, np.sqrt(((verwacht / totaal[:, None]) ** 2 * variantie).sum(axis=1))


def toets(
    uitkomsten: Sequence[Uitkomst],
    behandeld: Sequence[int],
    trekkingen: Rijen,
    spreidingen: Sequence[Spreiding],
    *,
    met_echte: bool = False,
) -> Toets:
    """Test the treated rows against draws of stand-ins; draws that can't be judged are left out."""
    effect, fout = statistiek(uitkomsten, np.array([behandeld], dtype=np.int64), spreidingen)
    placebo_effect, placebo_fout = statistiek(uitkomsten, trekkingen, spreidingen)
    t = placebo_effect / placebo_fout
    return Toets(float(effect[0]), float(fout[0]), t[np.isfinite(t)], met_echte)
