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
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analyse.statistiek.interval import z_waarde

# The last bit of S(t) depends on the order of multiplication; 0.5 must count as 0.5.
SPELING = 1e-9
Kolom = NDArray[np.float64]


@dataclass(frozen=True)
class Groepen:
    """Rows that stand together per group: the `nummer` of each row (0, 0, 1, 2, 2), the `eerste` row of each."""

    nummer: NDArray[np.intp]
    eerste: NDArray[np.intp]

    @classmethod
    def van(cls, sleutel: NDArray[np.int64]) -> Groepen:
        """From the key of every row, equal keys side by side."""
        nieuw = np.ones(len(sleutel), dtype=bool)
        np.not_equal(sleutel[1:], sleutel[:-1], out=nieuw[1:])
        return cls(np.cumsum(nieuw) - 1, np.flatnonzero(nieuw))

    @property
    def laatste(self) -> NDArray[np.intp]:
        """The last row of every group."""
        return np.append(self.eerste[1:], len(self.nummer))[: len(self.eerste)] - 1

    def som(self, waarden: Kolom) -> Kolom:
        """Sum per group."""
        return np.bincount(self.nummer, weights=waarden, minlength=len(self.eerste)).astype(float)

    def lopend(self, waarden: Kolom) -> Kolom:
        """Cumulative sum that starts anew at every group."""
        som = np.cumsum(waarden)
        return som - (som - waarden)[self.eerste][self.nummer]

    def eerste_waar(self, masker: NDArray[np.bool_], waarden: Kolom) -> Kolom:
        """Per group the value of the first row where `masker` holds; NaN when there is none."""
        rijen = np.flatnonzero(masker)
        groep, plek = np.unique(self.nummer[rijen], return_index=True)
        uit = np.full(len(self.eerste), np.nan)
        uit[groep] = waarden[rijen[plek]]
        return uit


@dataclass(frozen=True)
class Kromme:
    """S(t) per group and day: arrays of one length, by group and t."""

    groep: NDArray[np.int64]
    t: Kolom
    einden: Kolom
    aantal: Kolom
    risico: Kolom
    groepen: Groepen

    @cached_property
    def op(self) -> NDArray[np.bool_]:
        """Everybody at risk ended: S is 0 for good, and log(0) must stay out of the sums."""
        return self.einden >= self.risico

    @cached_property
    def overleving(self) -> Kolom:
        """S(t), after the ends on day t."""
        stap = np.log1p(-np.where(self.op, 0.0, self.einden / self.risico))
        return np.where(self.op, 0.0, np.exp(self.groepen.lopend(stap)))

    @cached_property
    def greenwood(self) -> Kolom:
        """Variance of log S(t): sum of d / (n (n − d)); NaN where S is 0."""
        over = np.where(self.op, 1.0, self.risico - self.einden)
        som = self.groepen.lopend(np.where(self.op, 0.0, self.einden / (self.risico * over)))
        return np.where(self.op, np.nan, som)


def kromme(tellingen: pd.DataFrame) -> Kromme:
    """The curve of every group.

    `tellingen`: groep (whole number), t (whole days), einden (ends on t), aantal (ends and running cases with
    this t); one row per groep and t. At risk on t are all cases of the group with this t or a later one.
    """
    groep, t = (tellingen[naam].to_numpy(dtype=np.int64) for naam in ("groep", "t"))
    rij = np.argsort(groep * (t.max(initial=0) + 1) + t)
    einden, aantal = (tellingen[naam].to_numpy(dtype=float)[rij] for naam in ("einden", "aantal"))
    groepen = Groepen.van(groep[rij])
    risico = groepen.som(aantal)[groepen.nummer] - groepen.lopend(aantal) + aantal
    return Kromme(groep[rij], t[rij].astype(float), einden, aantal, risico, groepen)


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
            "groep": lijn.groep[lijn.groepen.eerste],
            "n": lijn.groepen.som(lijn.aantal),
            "einden": lijn.groepen.som(lijn.einden),
            "mediaan": _gehalveerd(lijn, s),
            "onder": _gehalveerd(lijn, s / marge),
            "boven": _gehalveerd(lijn, s * marge),
        }
    )


def _gehalveerd(lijn: Kromme, hoogte: Kolom) -> Kolom:
    """Per group the first t on which `hoogte` is at most one half; NaN when none (or NaN itself)."""
    with np.errstate(invalid="ignore"):
        eronder = (lijn.einden > 0) & (hoogte <= 0.5 + SPELING)
    return lijn.groepen.eerste_waar(eronder, lijn.t)


def rmst(tellingen: pd.DataFrame, *, tot: float) -> pd.DataFrame:
    """Restricted mean: the mean duration within the first `tot` days, for when the median is not reached.

    Columns: groep, rmst, fout (standard error). NaN where the group was watched shorter than `tot` days and S is
    not 0 by then. Input as `kromme`. Source: Irwin 1949; variance as in Klein and Moeschberger 2003, eq. 4.5.2.
    """
    lijn = kromme(tellingen)
    groepen, stuk = lijn.groepen, _stukken(lijn, tot)
    gebied = groepen.som(stuk)
    rest = gebied[groepen.nummer] - groepen.lopend(stuk) + stuk
    telt = (lijn.t <= tot) & ~lijn.op
    noemer = np.where(telt, lijn.risico * (lijn.risico - lijn.einden), 1.0)
    variantie = groepen.som(np.where(telt, rest**2 * lijn.einden / noemer, 0.0))
    bekend = (lijn.t[groepen.laatste] >= tot) | (lijn.overleving[groepen.laatste] == 0)
    uit = np.where(bekend, np.minimum(lijn.t[groepen.eerste], tot) + gebied, np.nan)
    fout = np.where(bekend, np.sqrt(variantie), np.nan)
    return pd.DataFrame({"groep": lijn.groep[groepen.eerste], "rmst": uit, "fout": fout})


def _stukken(lijn: Kromme, tot: float) -> Kolom:
    """Area under S between each t and the next one of its group, cut off at `tot`."""
    volgende = np.append(lijn.t[1:], tot)[: len(lijn.t)]
    volgende[lijn.groepen.laatste] = tot
    breedte = np.clip(np.minimum(volgende, tot) - lijn.t, 0, None)
    return breedte * lijn.overleving
