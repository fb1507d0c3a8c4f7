"""What limits the figures: how much of them rests on unknown or second-choice data.

Measured as indicators and not only reported as findings, so that a report can show the limit beside the figure,
per gebied and period, and so that it passes the same disclosure gate.
"""

from __future__ import annotations

from ibis.expr.types import Table

from analyse.kern import codes
from analyse.meten import cijfers
from analyse.meten.bron import Bron, plaats
from analyse.meten.eilanden import met_slot
from analyse.meten.indicator import Indicator

VERWIJZER_ONBEKEND = "kwaliteit.verwijzer_onbekend"
DATUMBRON_BEGIN, DATUMBRON_EIND = "kwaliteit.datumbron_begin", "kwaliteit.datumbron_eind"
ZONDER_HULPVORM = "kwaliteit.zonder_hulpvorm"
INDICATOREN = (VERWIJZER_ONBEKEND, DATUMBRON_BEGIN, DATUMBRON_EIND, ZONDER_HULPVORM)


def kwaliteit(bron: Bron) -> list[Indicator]:
    """The indicators of this family."""
    t, zonder = bron.in_periode, zonder_hulpvorm(bron)
    aandelen = (
        (VERWIJZER_ONBEKEND, t.begint, t.verwijzer == plaats("verwijzer", codes.ONBEKEND)),
        (DATUMBRON_BEGIN, t.begint, ~t.begin_gemeld),
        (DATUMBRON_EIND, t.eindigt, ~t.eind_gemeld),
    )
    uit = [
        Indicator(naam, t, {"x": (alle & zwak).sum(), "n": alle.sum()}, cijfers.telling_aandeel)
        for naam, alle, zwak in aandelen
    ]
    toewijzing = zonder.gemeente.cast("string") + "|" + zonder.toewijzingnummer
    return [*uit, Indicator(ZONDER_HULPVORM, zonder, {"n": toewijzing.nunique()}, cijfers.telling_stand)]


def zonder_hulpvorm(bron: Bron) -> Table:
    """Deliveries whose product has no hulpvorm, so that they make no traject, × the periods in which they run."""
    spells, koppel = met_slot(bron.alle_spells), bron.koppel
    spells = spells.filter(spells.hulpvorm.isnull()).select("gemeente", "toewijzingnummer", "begin", "slot")
    return koppel.inner_join(spells, ["gemeente", spells.begin <= koppel.e, spells.slot >= koppel.b])
