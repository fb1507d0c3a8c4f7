"""Is the series long enough? A year after the start, because a season is no effect; two years before it."""

from __future__ import annotations

from analyse.effect.controles.resultaat import CheckResult
from analyse.effect.opzet import Opzet
from analyse.effect.woorden import getal

NAAM = "Lengte van de reeks"
JAREN_VOOR, JAREN_NA = 2.0, 1.0


def lengte(opzet: Opzet) -> CheckResult:
    """Passes with two years before every start and a year after the first; the number is the years after."""
    voor = min(v.lengte_basis for v in opzet.vensters) / opzet.reeks.per_jaar
    na = jaren_na(opzet)
    zin = f"Er zijn {getal(voor, 1)} jaren voor de start en {getal(na, 1)} jaren erna (nodig: 2 en 1)."
    return CheckResult(NAAM, voor >= JAREN_VOOR and na >= JAREN_NA, na, zin)


def jaren_na(opzet: Opzet) -> float:
    """Years after the first start."""
    return max((v.lengte_na for v in opzet.vensters), default=0) / opzet.reeks.per_jaar
