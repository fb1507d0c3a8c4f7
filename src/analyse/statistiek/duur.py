"""Kaplan–Meier for many groups at once: how long something lasts when part of it still runs.

Own arithmetic and no survival library: the counts per day come from the engine, the rest is two cumulative
sums, and libraries pin old versions of pandas or carry a licence that this kit can't take. Conventions:

* an end at `t` and a running case at `t`: the end comes first;
* the median is the smallest t with S(t) ≤ 0.5 + 1e-9. R gives the midpoint when a step lies exactly on one
  half; ours is a duration that was really seen;
* the interval is R's `conf.type = "log"` (Greenwood variance): the days on which the limits of S(t) pass one half.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

# The last bit of S(t) depends on the order of multiplication; 0.5 must count as 0.5.
SPELING = 1e-9
Kolom = NDArray[np.float64]


@dataclass(frozen=True)
class Kromme:
    """S(t) per group and day. Arrays of one length, sorted by group and t; `begin` marks the first row of a group."""

    groep: NDArray[np.int64]
    t: Kolom
    einden: Kolom
    risico: Kolom
    begin: NDArray[np.bool_]

    @property
    def overleving(self) -> Kolom:
        """S(t), after the ends on day t."""
        op = self.einden >= self.risico
        stap = np.log1p(-np.where(op, 0.0, self.einden / self.risico))
        # Everybody at risk ended: S is 0 for good, and log(0) is kept out of the sum.
        return np.where(op, 0.0, np.exp(_cumulatief(stap, self.begin)))

    @property
    def greenwood(self) -> Kolom:
        """Variance of log S(t): sum of d / (n (n − d)); NaN where S is 0."""
        op = self.einden >= self.risico
        over = np.where(op, 1.0, self.risico - self.einden)
        som = _cumulatief(np.where(op, 0.0, self.einden / (self.risico * over)), self.begin)
        return np.where(op, np.nan, som)


def _cumulatief(waarden: Kolom, begin: NDArray[np.bool_]) -> Kolom:
    """Cumulative sum that starts anew at every group."""
    som = np.cumsum(waarden)
    voor = (som - waarden)[begin]
    return som - voor[np.cumsum(begin) - 1]


def kromme(tellingen: pd.DataFrame) -> Kromme:
    """The curve of every group.

    `tellingen`: groep (whole number), t (days), einden (ends on t), aantal (ends and running cases with this t);
    one row per groep and t. At risk on t are all cases of the group with this t or a later one.
    """
    rijen = tellingen.sort_values(["groep", "t"], kind="stable")
    groep = rijen["groep"].to_numpy(dtype=np.int64)
    aantal = rijen["aantal"].to_numpy(dtype=float)
    begin = np.r_[True, groep[1:] != groep[:-1]] if len(groep) else np.zeros(0, dtype=bool)
    totaal = np.bincount(np.cumsum(begin) - 1, weights=aantal) if len(groep) else np.zeros(0)
    risico = totaal[np.cumsum(begin) - 1] - _cumulatief(aantal, begin) + aantal
    return Kromme(groep, rijen["t"].to_numpy(dtype=float), rijen["einden"].to_numpy(dtype=float), risico, begin)


def mediaan(tellingen: pd.DataFrame, *, niveau: float = 0.95) -> pd.DataFrame:
    """Median duration with its log interval, one row per group.

    Columns: groep, n, einden, mediaan, onder, boven. A median or limit that is never reached is NaN. Input as `kromme`.
    """
    lijn = kromme(tellingen)
    s, z = lijn.overleving, float(stats.norm.ppf(0.5 + niveau / 2))
    marge = np.exp(z * np.sqrt(lijn.greenwood))
    uit = tellingen.groupby("groep", as_index=False).agg(n=("aantal", "sum"), einden=("einden", "sum"))
    return uit.assign(
        mediaan=_eerste_onder(lijn, s), onder=_eerste_onder(lijn, s / marge), boven=_eerste_onder(lijn, s * marge)
    )


def _eerste_onder(lijn: Kromme, hoogte: Kolom) -> Kolom:
    """Per group the first t on which `hoogte` is at most one half; NaN when none (or NaN itself)."""
    eronder = lijn.einden > 0
    with np.errstate(invalid="ignore"):
        eronder &= hoogte <= 0.5 + SPELING
    uit = np.full(int(lijn.begin.sum()), np.inf)
    np.minimum.at(uit, (np.cumsum(lijn.begin) - 1)[eronder], lijn.t[eronder])
    return np.where(np.isinf(uit), np.nan, uit)


def rmst(tellingen: pd.DataFrame, *, tot: float) -> pd.DataFrame:
    """Restricted mean: the mean duration within the first `tot` days, for when the median is not reached.

    Columns: groep, rmst, fout (standard error). NaN where the group was watched shorter than `tot` days and S is
    not 0 by then. Input as `kromme`. Source: Irwin 1949; variance as in Klein and Moeschberger 2003, eq. 4.5.2.
    """
    lijn = kromme(tellingen)
    nummer = np.cumsum(lijn.begin) - 1
    stuk = _stukken(lijn, tot)
    eerste = np.minimum(lijn.t[lijn.begin], tot)
    gebied = np.bincount(nummer, weights=stuk, minlength=len(eerste))
    rest = gebied[nummer] - _cumulatief(stuk, lijn.begin) + stuk
    telt = (lijn.t <= tot) & (lijn.einden < lijn.risico)
    noemer = np.where(telt, lijn.risico * (lijn.risico - lijn.einden), 1.0)
    variantie = np.bincount(nummer, weights=np.where(telt, rest**2 * lijn.einden / noemer, 0.0))
    laatste = np.r_[np.flatnonzero(lijn.begin)[1:] - 1, len(lijn.t) - 1] if len(lijn.t) else np.zeros(0, int)
    bekend = (lijn.t[laatste] >= tot) | (lijn.overleving[laatste] == 0)
    uit = np.where(bekend, eerste + gebied, np.nan)
    fout = np.where(bekend, np.sqrt(variantie), np.nan)
    return pd.DataFrame({"groep": lijn.groep[lijn.begin], "rmst": uit, "fout": fout})


def _stukken(lijn: Kromme, tot: float) -> Kolom:
    """Area under S between each t and the next one of its group, cut off at `tot`."""
    volgende = np.r_[lijn.t[1:], np.inf]
    volgende[np.r_[lijn.begin[1:], True]] = tot
    breedte = np.clip(np.minimum(volgende, tot) - lijn.t, 0, None)
    return breedte * lijn.overleving
