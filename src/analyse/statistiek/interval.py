"""Confidence intervals for counts and shares, over whole arrays at once.

Wilson for shares and Byar for counts, as Public Health England uses them in its public indicators; below ten
cases Byar is too rough and the exact Poisson limits take its place. From `scipy.special` and not `scipy.stats`:
the same functions, and half a second less to import.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammaincinv, ndtri

Grenzen = tuple[NDArray[np.float64], NDArray[np.float64]]
# From this count on Byar's approximation is used.
BYAR_VANAF = 10


def z_waarde(niveau: float) -> float:
    """How many standard errors an interval of this level reaches: 1.96 at 0.95."""
    return float(ndtri(0.5 + niveau / 2))


def wilson(teller: ArrayLike, noemer: ArrayLike, *, niveau: float = 0.95) -> Grenzen:
    """Limits (0–1) of a share; NaN where the denominator is 0. Source: Wilson 1927, Newcombe 1998 method 3."""
    x, n = np.asarray(teller, dtype=float), np.asarray(noemer, dtype=float)
    z = z_waarde(niveau)
    with np.errstate(divide="ignore", invalid="ignore"):
        p = x / n
        midden = (p + z**2 / (2 * n)) / (1 + z**2 / n)
        helft = z * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2)) / (1 + z**2 / n)
    # At 0 and n the limit is exact, but rounding leaves 1e-17.
    onder = np.where(x == 0, np.where(n > 0, 0.0, np.nan), midden - helft)
    boven = np.where((x == n) & (n > 0), 1.0, midden + helft)
    return onder, boven


def byar(aantal: ArrayLike, *, niveau: float = 0.95) -> Grenzen:
    """Byar's limits of a Poisson count. Source: Breslow and Day 1987, eq. 2.13; meant for 10 and more."""
    o = np.asarray(aantal, dtype=float)
    z = z_waarde(niveau)
    with np.errstate(divide="ignore", invalid="ignore"):
        onder = o * (1 - 1 / (9 * o) - z / (3 * np.sqrt(o))) ** 3
    hoger = o + 1
    boven = hoger * (1 - 1 / (9 * hoger) + z / (3 * np.sqrt(hoger))) ** 3
    return np.where(o == 0, 0.0, onder), boven


def poisson_exact(aantal: ArrayLike, *, niveau: float = 0.95) -> Grenzen:
    """Exact (Garwood 1936) limits of a Poisson count; the lower one of 0 is 0."""
    o = np.asarray(aantal, dtype=float)
    staart = (1 - niveau) / 2
    onder = np.where(o == 0, 0.0, gammaincinv(np.maximum(o, 1), staart))
    return onder, gammaincinv(o + 1, 1 - staart)


def telling(aantal: ArrayLike, *, niveau: float = 0.95) -> Grenzen:
    """Limits of a count: exact below `BYAR_VANAF`, Byar from there on."""
    o = np.asarray(aantal, dtype=float)
    grof, klein = byar(o, niveau=niveau), o < BYAR_VANAF
    uniek, plek = np.unique(o[klein], return_inverse=True)
    exact = poisson_exact(uniek, niveau=niveau)
    onder, boven = (np.array(grens) for grens in grof)
    onder[klein], boven[klein] = exact[0][plek], exact[1][plek]
    return onder, boven


def methode_telling(aantal: ArrayLike) -> NDArray[np.object_]:
    """The name of the method that `telling` uses for each count."""
    klein = np.asarray(aantal, dtype=float) < BYAR_VANAF
    return np.where(klein, "poisson_exact", "byar").astype(object)
