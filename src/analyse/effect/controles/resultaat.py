"""What a check says: passed, failed or not possible — always with the number it looked at."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

# Share of the effect that must be left when something is changed for the effect to count as standing.
BLIJFT_OVER = 1 / 3
# Above this p a check on "nothing should be seen here" is calm.
RUSTIG = 0.10


@dataclass(frozen=True)
class CheckResult:
    """One check. `geslaagd` is None when it can't be done; `tekst` is Dutch and holds the number."""

    naam: str
    geslaagd: bool | None
    getal: float
    tekst: str
    tabel: pd.DataFrame = field(default_factory=pd.DataFrame, compare=False, repr=False)

    @property
    def uitslag(self) -> str:
        """The outcome in words."""
        return {True: "geslaagd", False: "niet geslaagd", None: "kon niet"}[self.geslaagd]


def kon_niet(naam: str, reden: str) -> CheckResult:
    """A check that can't be done, with why."""
    return CheckResult(naam, None, float("nan"), reden)


def blijft_staan(log: float, anders: float) -> bool:
    """Whether an effect keeps its sign and at least `BLIJFT_OVER` of its size when something is changed."""
    return anders * log > 0 and abs(anders) >= BLIJFT_OVER * abs(log)
