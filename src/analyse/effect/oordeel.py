"""The verdict: five phrases, and the rules that lead to them, as data.

A verdict is never stronger than its evidence: "effect aannemelijk" needs two keys (a permutation test against a
donor panel, and a second method that agrees) and two checks. The rules are a table that is printed in the
documentation as it stands here; nothing else decides.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd

from analyse.effect.woorden import getal


class Oordeel(StrEnum):
    """The five phrases. There is no sixth for "it doesn't work": absence of proof is no proof of absence."""

    AANNEMELIJK = "effect aannemelijk"
    AANWIJZING = "aanwijzing voor effect"
    NIET_VAST = "niet vast te stellen"
    TE_VROEG = "te vroeg"
    NIET_MEETBAAR = "niet meetbaar met deze data"


@dataclass(frozen=True)
class Grenzen:
    """The thresholds of the rules."""

    eerste_sleutel: float = 0.05
    tweede_sleutel: float = 0.10
    rustige_voortrend: float = 0.10
    aanwijzing: float = 0.10
    alarm_voortrend: float = 0.05
    jaren_na: float = 1.0


GRENZEN = Grenzen()


@dataclass(frozen=True)
class Bewijs:
    """What the rules look at. A p-value is NaN when it couldn't be computed, and then it helps nobody."""

    belemmering: str = ""  # why it can't be measured at all; empty when it can
    jaren_na: float = 0.0
    p_eerste: float = float("nan")  # permutation against donors, corrected for several measures
    p_tweede: float = float("nan")  # second method, corrected likewise
    p_zonder_donoren: float = float("nan")  # only where there is no donor panel
    zelfde_teken: bool = True
    p_voortrend: float = float("nan")
    robuust: bool | None = None  # leave-one-out
    hoogstens_aanwijzing: bool = False  # the design has no comparison that could prove more

    @property
    def laagste_p(self) -> float:
        """The most convincing p-value there is; 1 when there is none."""
        gegeven = [p for p in (self.p_eerste, self.p_tweede, self.p_zonder_donoren) if not np.isnan(p)]
        return min(gegeven, default=1.0)


@dataclass(frozen=True)
class Eis:
    """One requirement: `tekst` is how it is published."""

    tekst: str
    geldt: Callable[[Bewijs], bool]


def _p(grens: float) -> str:
    return getal(grens, 2)


EISEN: dict[str, Eis] = {
    "belemmerd": Eis("er is een belemmering, zoals te weinig gevallen of een te korte periode voor de start",
                     lambda b: bool(b.belemmering)),
    "jong": Eis(f"er is minder dan {getal(GRENZEN.jaren_na)} jaar voorbij sinds de eerste start",
                lambda b: b.jaren_na < GRENZEN.jaren_na),
    "eerste_sleutel": Eis(f"permutatie tegen het donorpanel geeft p ≤ {_p(GRENZEN.eerste_sleutel)}",
                          lambda b: b.p_eerste <= GRENZEN.eerste_sleutel),
    "tweede_sleutel": Eis(f"de tweede methode geeft p ≤ {_p(GRENZEN.tweede_sleutel)}",
                          lambda b: b.p_tweede <= GRENZEN.tweede_sleutel),
    "zelfde_teken": Eis("beide methoden wijzen dezelfde kant op", lambda b: b.zelfde_teken),
    "rustige_voortrend": Eis(f"de voortrend is rustig (p > {_p(GRENZEN.rustige_voortrend)})",
                             lambda b: b.p_voortrend > GRENZEN.rustige_voortrend),
    "robuust": Eis("het effect blijft staan als er één gemeente wordt weggelaten", lambda b: b.robuust is True),
    "vergelijking": Eis("het ontwerp vergelijkt met gemeenten zonder de maatregel",
                        lambda b: not b.hoogstens_aanwijzing),
    "een_methode": Eis(f"minstens één methode geeft p ≤ {_p(GRENZEN.aanwijzing)}",
                       lambda b: b.laagste_p <= GRENZEN.aanwijzing),
    "geen_alarm": Eis(f"de voortrend geeft geen alarm (niet p ≤ {_p(GRENZEN.alarm_voortrend)})",
                      lambda b: not b.p_voortrend <= GRENZEN.alarm_voortrend),
}  # fmt: skip

# Read from top to bottom; the first verdict whose requirements all hold is the verdict.
REGELS: tuple[tuple[Oordeel, tuple[str, ...]], ...] = (
    (Oordeel.NIET_MEETBAAR, ("belemmerd",)),
    (Oordeel.TE_VROEG, ("jong",)),
    (
        Oordeel.AANNEMELIJK,
        ("vergelijking", "eerste_sleutel", "tweede_sleutel", "zelfde_teken", "rustige_voortrend", "robuust"),
    ),
    (Oordeel.AANWIJZING, ("een_methode", "zelfde_teken", "geen_alarm")),
    (Oordeel.NIET_VAST, ()),
)


def oordeel(bewijs: Bewijs) -> Oordeel:
    """The verdict on this evidence: the first rule whose requirements all hold."""
    return next(uitkomst for uitkomst, eisen in REGELS if all(EISEN[eis].geldt(bewijs) for eis in eisen))


def niet_gehaald(bewijs: Bewijs) -> tuple[str, ...]:
    """The requirements of "effect aannemelijk" that this evidence doesn't meet, as published."""
    eisen = dict(REGELS)[Oordeel.AANNEMELIJK]
    return tuple(EISEN[eis].tekst for eis in eisen if not EISEN[eis].geldt(bewijs))


def regels_tabel() -> pd.DataFrame:
    """The rules as published: columns volgorde, oordeel, eisen."""
    rijen = [
        {
            "volgorde": k,
            "oordeel": uitkomst.value,
            "eisen": "; ".join(EISEN[eis].tekst for eis in eisen) or "anders",
        }
        for k, (uitkomst, eisen) in enumerate(REGELS, start=1)
    ]
    return pd.DataFrame(rijen)


def holm(p_waarden: Sequence[float]) -> list[float]:
    """P-values corrected for being tested together; NaN stays NaN and doesn't count. Source: Holm 1979."""
    p = np.asarray(p_waarden, dtype=float)
    volgorde = [k for k in np.argsort(p, kind="stable") if not np.isnan(p[k])]
    uit, hoogste = p.copy(), 0.0
    for plaats, k in enumerate(volgorde):
        hoogste = max(hoogste, min(1.0, (len(volgorde) - plaats) * float(p[k])))
        uit[k] = hoogste
    return [float(waarde) for waarde in uit]
