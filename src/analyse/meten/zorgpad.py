"""Care paths: how long specialistische ggz lasts and what comes after it, and which paths children follow.

The first are indicators like any other. Paths don't fit the fixed dimensions of the result table (a path is a
list), so `paden` gives a small table of its own. INTERN: it holds counts of one.
"""

from __future__ import annotations

from analyse.meten import cijfers
from analyse.meten.doorstroom import Einden, lichter
from analyse.meten.indicator import Indicator
from analyse.meten.trajectduur import begonnen, kaplan_meier

SGGZ_DUUR, SGGZ_AFSCHALING = "zorgpad.sggz_duur", "zorgpad.sggz_afschaling"
INDICATOREN = (SGGZ_DUUR, SGGZ_AFSCHALING)


def zorgpad(einden: Einden) -> list[Indicator]:
    """The indicators of this family: trajecten that began with a product for specialistische ggz."""
    bron, t = einden.bron, einden.in_periode
    cohort = begonnen(bron, bron.trajecten.filter(bron.trajecten.sggz)).cache()
    km = {"aantal": cohort.count(), "einden": (~cohort.open).sum()}
    af = {"x": (t.sggz & lichter(t)).sum(), "n": t.sggz.sum()}
    return [
        Indicator(SGGZ_DUUR, cohort, km, kaplan_meier, per_dag=True),
        Indicator(SGGZ_AFSCHALING, t, af, cijfers.telling_aandeel),
    ]
