"""Stocks and flows that nobody published but everybody can reckon: actief = beginstand + instroom, and so on."""

from __future__ import annotations

import numpy as np

from analyse.vrijgave.cellen import Getallen
from analyse.vrijgave.families import Stroom
from analyse.vrijgave.tijd import GEEN, Nummers, Tijd


def volledig(bekend: dict[str, Getallen], relatie: Stroom, tijd: Tijd) -> dict[str, Getallen]:
    """Stocks and flows with the unpublished ones filled in from the others; NaN where they don't follow."""
    leeg = np.full_like(next(iter(bekend.values())), np.nan)
    a, b, i, e, u = (bekend.get(naam, leeg) for naam in relatie.namen)
    for _ in range(3):
        a = _eerste(a, b + i, e + u)
        b, i, e, u = (
            _eerste(b, a - i, _schuif(e, tijd.vorige)),
            _eerste(i, a - b),
            _eerste(e, a - u, _schuif(b, tijd.volgende)),
            _eerste(u, a - e),
        )
    return dict(zip(relatie.namen, (a, b, i, e, u), strict=True))


def _eerste(*keuzen: Getallen) -> Getallen:
    uit = keuzen[0]
    for keuze in keuzen[1:]:
        uit = np.where(np.isnan(uit), keuze, uit)
    return uit


def _schuif(matrix: Getallen, naar: Nummers) -> Getallen:
    """Values of the period before or after, NaN where there is none."""
    uit = matrix[:, naar]
    uit[:, naar == GEEN] = np.nan
    return uit
