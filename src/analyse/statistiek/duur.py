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

from analyse.statistiek.interval import z_waarde

# The last bit of S(t) depends on the order of multiplication; 0.5 must count as 0.5.
SPELING = 1e-9
Kolom = NDArray[np.float64]


@dataclass(frozen=True)
class Kromme:
    """S(t) per group and day: arrays of one length by group and t; `begin` marks the first row of a group."""

    groep: NDArray[np.int64]
    t: Kolom
    einden: Kolom
    aantal: Kolom
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
    return som - (som - waarden)[begin][_nummer(begin)]


def kromme(tellingen: pd.DataFrame) -> Kromme:
    """The curve of every group.

    `tellingen`: groep (whole number), t (whole days), einden (ends on t), aantal (ends and running cases with
    this t); one row per groep and t. At risk on t are all cases of the group with this t or a later one.
    """
    groep, t = (tellingen[naam].to_numpy(dtype=np.int64) for naam in ("groep", "t"))
    rij = np.lexsort((t, groep))
    groep, t = groep[rij], t[rij].astype(float)
    einden, aantal = (tellingen[naam].to_numpy(dtype=float)[rij] for naam in ("einden", "aantal"))
    begin = np.r_[True, groep[1:] != groep[:-1]][: len(groep)]
    risico = _per_groep(aantal, begin)[_nummer(begin)] - _cumulatief(aantal, begin) + aantal
    return Kromme(groep, t, einden, aantal, risico, begin)


def _nummer(begin: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The number of the group of each row: 0, 1, 2."""
    return np.cumsum(begin) - 1


def _per_groep(waarden: Kolom, begin: NDArray[np.bool_]) -> Kolom:
    return np.bincount(_nummer(begin), weights=waarden, minlength=int(begin.sum())).astype(float)


def mediaan(tellingen: pd.DataFrame, *, niveau: float = 0.95) -> pd.DataFrame:
    """Median duration with its log interval, one row per group.

    Columns: groep, n, einden, mediaan, onder, boven. NaN where a median or limit is never reached.
    Input as `kromme`.
    """
    lijn = kromme(tellingen)
    s, z = lijn.overleving, z_waarde(niveau)
    marge = np.exp(z * np.sqrt(lijn.greenwood))
    return pd.DataFrame(
        {
            "groep": lijn.groep[lijn.begin],
            "n": _per_groep(lijn.aantal, lijn.begin),
            "einden": _per_groep(lijn.einden, lijn.begin),
            "mediaan": _eerste_onder(lijn, s),
            "onder": _eerste_onder(lijn, s / marge),
            "boven": _eerste_onder(lijn, s * marge),
        }
    )


def _eerste_onder(lijn: Kromme, hoogte: Kolom) -> Kolom:
    """Per group the first t on which `hoogte` is at most one half; NaN when none (or NaN itself)."""
    eronder = lijn.einden > 0
    with np.errstate(invalid="ignore"):
        eronder &= hoogte <= 0.5 + SPELING
    uit = np.full(int(lijn.begin.sum()), np.inf)
    np.minimum.at(uit, _nummer(lijn.begin)[eronder], lijn.t[eronder])
    return np.where(np.isinf(uit), np.nan, uit)


def rmst(tellingen: pd.DataFrame, *, tot: float) -> pd.DataFrame:
    """Restricted mean: the mean duration within the first `tot` days, for when the median is not reached.

    Columns: groep, rmst, fout (standard error). NaN where the group was watched shorter than `tot` days and S is
    not 0 by then. Input as `kromme`. Source: Irwin 1949; variance as in Klein and Moeschberger 2003, eq. 4.5.2.
    """
    lijn = kromme(tellingen)
    stuk = _stukken(lijn, tot)
    gebied = _per_groep(stuk, lijn.begin)
    rest = gebied[_nummer(lijn.begin)] - _cumulatief(stuk, lijn.begin) + stuk
    telt = (lijn.t <= tot) & (lijn.einden < lijn.risico)
    noemer = np.where(telt, lijn.risico * (lijn.risico - lijn.einden), 1.0)
    variantie = _per_groep(np.where(telt, rest**2 * lijn.einden / noemer, 0.0), lijn.begin)
    laatste = np.r_[lijn.begin[1:], True][: len(lijn.t)]
    bekend = (lijn.t[laatste] >= tot) | (lijn.overleving[laatste] == 0)
    uit = np.where(bekend, np.minimum(lijn.t[lijn.begin], tot) + gebied, np.nan)
    fout = np.where(bekend, np.sqrt(variantie), np.nan)
    return pd.DataFrame({"groep": lijn.groep[lijn.begin], "rmst": uit, "fout": fout})


def _stukken(lijn: Kromme, tot: float) -> Kolom:
    """Area under S between each t and the next one of its group, cut off at `tot`."""
    volgende = np.r_[lijn.t[1:], np.inf][: len(lijn.t)]
    volgende[np.r_[lijn.begin[1:], True][: len(lijn.t)]] = tot
    breedte = np.clip(np.minimum(volgende, tot) - lijn.t, 0, None)
    return breedte * lijn.overleving
