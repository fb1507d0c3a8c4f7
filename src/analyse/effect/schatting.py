"""One estimate of one effect, the same shape whatever the design: percent, interval, p, counts.

The scale inside is the log of actual over expected, because counts multiply; percents are made at the edge.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analyse.effect.toets import Toets
from analyse.effect.woorden import getal, kans, meer_of_minder, procent


def als_procent(log: float) -> float:
    """Change in percent for a log ratio: −0.22 is −20%."""
    return float(100 * np.expm1(log))


@dataclass(frozen=True)
class Schatting:
    """`log` is log(actual / expected); limits and p may be NaN when the design can't give them."""

    methode: str
    log: float
    onder: float
    boven: float
    p: float
    werkelijk: float
    verwacht: float
    vergeleken: int  # number of placebos behind p
    opmerking: str = ""

    @property
    def procent(self) -> float:
        """The effect in percent."""
        return als_procent(self.log)

    @property
    def interval(self) -> tuple[float, float]:
        """95% limits in percent."""
        return als_procent(self.onder), als_procent(self.boven)

    @property
    def verschil(self) -> float:
        """Actual minus expected count."""
        return self.werkelijk - self.verwacht

    @property
    def regel(self) -> dict[str, object]:
        """One row of the table of an effect."""
        onder, boven = self.interval
        return {
            "methode": self.methode,
            "effect_procent": self.procent,
            "onder": onder,
            "boven": boven,
            "p": self.p,
            "werkelijk": self.werkelijk,
            "verwacht": self.verwacht,
            "vergeleken": self.vergeleken,
            "opmerking": self.opmerking,
        }

    @property
    def tabel(self) -> pd.DataFrame:
        """The same as a table of one row."""
        return pd.DataFrame([self.regel])

    @property
    def tekst(self) -> str:
        """The estimate in one Dutch sentence."""
        if np.isnan(self.log):
            return f"{self.methode}: niet te berekenen. {self.opmerking}".strip()
        onder, boven = self.interval
        rand = "" if np.isnan(onder) else f" (95%-interval: {procent(onder)} tot {procent(boven)})"
        toeval = "" if np.isnan(self.p) else f", {kans(self.p)}"
        return (
            f"{self.methode}: {getal(self.werkelijk)} gevallen waar {getal(self.verwacht)} te verwachten waren, "
            f"{meer_of_minder(self.procent)}{rand}{toeval}."
        )


def uit_toets(methode: str, toets: Toets, werkelijk: float, verwacht: float, *, opmerking: str = "") -> Schatting:
    """An estimate from a permutation test."""
    onder, boven = toets.interval
    return Schatting(
        methode=methode,
        log=toets.effect,
        onder=onder,
        boven=boven,
        p=toets.p,
        werkelijk=werkelijk,
        verwacht=verwacht,
        vergeleken=len(toets.placebo),
        opmerking=opmerking,
    )


def niet_te_berekenen(methode: str, reden: str) -> Schatting:
    """The estimate of a design that doesn't fit this series."""
    nan = float("nan")
    return Schatting(methode, nan, nan, nan, nan, nan, nan, 0, reden)
