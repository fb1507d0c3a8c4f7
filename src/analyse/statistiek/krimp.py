"""Shrinkage: a rate of a small unit borrows from all units together, as far as its own numbers are thin.

A practice with two cases where one was expected isn't twice as high; most likely it is ordinary and had some bad
luck. Gamma-Poisson empirical Bayes (Clayton and Kaldor 1987, Biometrics 43:671–681): true ratios vary between
units as a gamma distribution, whose shape and rate come from all units by maximum likelihood of the counts
(negative binomial). The posterior is again a gamma, so estimate, interval and chances are exact given those two.
The interval leaves out that shape and rate are themselves estimated: with few units (under about twenty) it is
somewhat too narrow, and the text of the method says from how many units it came.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammainc, gammaincinv, gammaln

from analyse.statistiek.interval import z_waarde

Kolom = NDArray[np.float64]
# Beyond this shape the units differ less than one per cent by anything but chance.
VORM_HOOGSTE = 1e4


@dataclass(frozen=True)
class Krimp:
    """The prior (gamma with `vorm` and `tempo`; mean vorm / tempo) and every unit after shrinking.

    `tabel`: waargenomen, verwacht, ruw (observed / expected), geschat (posterior mean), onder, boven, kans_hoger
    (that the true ratio lies above `drempel`), gewicht (how far its own numbers count, 0–1); index as the input.
    """

    tabel: pd.DataFrame
    vorm: float
    tempo: float
    methode: str


def krimpschatting(
    aantal: ArrayLike, verwacht: ArrayLike, *, drempel: float | None = None, niveau: float = 0.95
) -> Krimp:
    """Shrink observed / expected to the common distribution.

    `aantal`: counts ≥ 0; `verwacht`: expected counts or exposure > 0 (else the row stays empty); `drempel`: a
    ratio for `kans_hoger` (default: the mean of all).
    """
    o, e = np.asarray(aantal, dtype=float), np.asarray(verwacht, dtype=float)
    goed = np.isfinite(o) & (e > 0)
    vorm, tempo = gamma_prior(o[goed], e[goed])
    o, e = np.where(goed, o, np.nan), np.where(goed, e, np.nan)
    index = aantal.index if isinstance(aantal, pd.Series) else None
    grens = vorm / tempo if drempel is None else drempel
    tabel = pd.DataFrame({"waargenomen": o, "verwacht": e, "ruw": o / e}, index=index)
    return Krimp(
        tabel.assign(**_achteraf(o, e, (vorm, tempo), (grens, niveau))), vorm, tempo, _methode(vorm, goed)
    )


def krimp_maat(verhouding: ArrayLike, fout: ArrayLike, *, tau2: float, niveau: float = 0.95) -> pd.DataFrame:
    """Shrink ratios of durations or amounts to 1: normal on the log scale, with `tau2` between units.

    `fout`: standard error of the log. Columns geschat, onder, boven, gewicht (0–1: how far its own figure counts);
    NaN where a ratio or its error is missing. The posterior of a normal mean: weight tau2 / (tau2 + fout²).
    """
    y, s = np.log(np.asarray(verhouding, dtype=float)), np.asarray(fout, dtype=float)
    gewicht = tau2 / (tau2 + s**2)
    midden, reik = gewicht * y, z_waarde(niveau) * s * np.sqrt(gewicht)
    index = verhouding.index if isinstance(verhouding, pd.Series) else None
    uit = {"geschat": np.exp(midden), "onder": np.exp(midden - reik), "boven": np.exp(midden + reik)}
    return pd.DataFrame({**uit, "gewicht": np.where(np.isfinite(y), gewicht, np.nan)}, index=index)


def gamma_prior(aantal: Kolom, verwacht: Kolom) -> tuple[float, float]:
    """Shape and rate of the gamma distribution of true ratios, by marginal maximum likelihood.

    When units differ no more than chance gives, the shape is `VORM_HOOGSTE`: everything shrinks to the mean.
    Needs a count above 0; without one the prior is as flat as one expected case in all.
    """
    if aantal.sum() <= 0:
        return 1.0, max(float(verwacht.sum()), 1.0)
    from scipy.optimize import minimize  # half a second of import that nobody else needs

    gemiddelde = float(aantal.sum() / verwacht.sum())
    begin = np.array([np.log(gemiddelde), np.log(_momenten(aantal, verwacht, gemiddelde))])
    grenzen = [(begin[0] - 5, begin[0] + 5), (np.log(1e-3), np.log(VORM_HOOGSTE))]
    uit = minimize(_min_loglik, begin, args=(aantal, verwacht), method="L-BFGS-B", bounds=grenzen, tol=1e-12)
    m, vorm = np.exp(uit.x)
    return float(vorm), float(vorm / m)


def _momenten(aantal: Kolom, verwacht: Kolom, gemiddelde: float) -> float:
    """Shape by moments, as a start: mean² / variance between units; large when there is none."""
    variantie = np.sum(verwacht * (aantal / verwacht - gemiddelde) ** 2) / verwacht.sum()
    tussen = variantie - gemiddelde * len(aantal) / verwacht.sum()
    return float(np.clip(gemiddelde**2 / tussen, 0.05, 1e3)) if tussen > 0 else 100.0


def _min_loglik(theta: Kolom, aantal: Kolom, verwacht: Kolom) -> float:
    m, vorm = np.exp(theta)
    mu = m * verwacht
    los = gammaln(vorm + aantal) - gammaln(vorm) - gammaln(aantal + 1)
    return -float(np.sum(los - vorm * np.log1p(mu / vorm) + aantal * (np.log(mu) - np.log(vorm + mu))))


def _achteraf(o: Kolom, e: Kolom, prior: tuple[float, float], vraag: tuple[float, float]) -> dict[str, Kolom]:
    vorm, tempo = prior[0] + o, prior[1] + e
    staart = (1 - vraag[1]) / 2
    return {
        "geschat": vorm / tempo,
        "onder": gammaincinv(vorm, staart) / tempo,
        "boven": gammaincinv(vorm, 1 - staart) / tempo,
        "kans_hoger": 1 - gammainc(vorm, vraag[0] * tempo),
        "gewicht": e / tempo,
    }


def _methode(vorm: float, goed: NDArray[np.bool_]) -> str:
    bron = f"Krimpschatting (gamma-Poisson, empirisch Bayes) uit {int(goed.sum())} eenheden"
    if vorm >= VORM_HOOGSTE * 0.999:
        return bron + "; de verschillen zijn niet groter dan toeval geeft."
    return bron + "; hoe kleiner de eenheid, hoe dichter de schatting bij het gemiddelde ligt."
