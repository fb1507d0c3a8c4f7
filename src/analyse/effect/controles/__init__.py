"""Checks per estimate: each looks for one way in which an effect can be something else. One file each."""

from analyse.effect.controles.breuken import breuken
from analyse.effect.controles.lengte import jaren_na, lengte
from analyse.effect.controles.placebo_gemeente import placebo_gemeente
from analyse.effect.controles.placebo_tijd import placebo_tijd, schijnstart
from analyse.effect.controles.regressie import terugval
from analyse.effect.controles.resultaat import CheckResult
from analyse.effect.controles.voortrend import voortrend
from analyse.effect.controles.weglaten import weglaten

__all__ = [
    "CheckResult",
    "breuken",
    "jaren_na",
    "lengte",
    "placebo_gemeente",
    "placebo_tijd",
    "schijnstart",
    "terugval",
    "voortrend",
    "weglaten",
]
