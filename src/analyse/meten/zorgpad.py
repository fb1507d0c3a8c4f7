"""How long specialistische ggz lasts and what comes after it.

By the product with which the traject began. The paths themselves, which don't fit the result table, are made in
`paden` and handed on from here.
"""

from __future__ import annotations

from analyse.kern.motor import bewaar
from analyse.meten import cijfers
from analyse.meten.doorstroom import Einden, lichter
from analyse.meten.indicator import Indicator
from analyse.meten.paden import paden
from analyse.meten.trajectduur import begonnen, kaplan_meier

SGGZ_DUUR, SGGZ_AFSCHALING = "zorgpad.sggz_duur", "zorgpad.sggz_afschaling"
INDICATOREN = (SGGZ_DUUR, SGGZ_AFSCHALING)


def zorgpad(einden: Einden) -> list[Indicator]:
    """The indicators of this family: trajecten that began with a product for specialistische ggz."""
    bron, t = einden.bron, einden.in_periode
    cohort = begonnen(bron, bron.trajecten.filter(bron.trajecten.sggz)).pipe(bewaar)
    km = {"aantal": cohort.count(), "einden": (~cohort.open).sum()}
    af = {"x": (t.sggz & lichter(t)).sum(), "n": t.sggz.sum()}
    return [
        Indicator(SGGZ_DUUR, cohort, km, kaplan_meier, per_dag=True),
        Indicator(SGGZ_AFSCHALING, t, af, cijfers.telling_aandeel),
    ]


__all__ = ["INDICATOREN", "SGGZ_AFSCHALING", "SGGZ_DUUR", "paden", "zorgpad"]
