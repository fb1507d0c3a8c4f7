"""What youth help costs: approved euros per half-year of delivery, per jeugdige, per traject, per inhabitant.

By month of delivery and not by invoice date, so that money stands beside the help that it paid for. The newest
half-years miss declarations that are still to come; they are provisional, and `uitgaven.verwacht` estimates them.
"""

from __future__ import annotations

from functools import partial

import ibis
import pandas as pd
from ibis.expr.types import Table

from analyse.meten import cijfers
from analyse.meten.indicator import Berekend, Indicator, Telling
from analyse.meten.rooster import Vakken
from analyse.meten.uitgaven_bron import Geld
from analyse.meten.uitgaven_inwoners import Inwoners
from analyse.meten.uitgaven_traject import PER_TRAJECT, gemiddelde, per_traject

BEDRAG, JEUGDIGEN, PER_JEUGDIGE = "uitgaven.bedrag", "uitgaven.jeugdigen", "uitgaven.per_jeugdige"
PER_INWONER, LEEFTIJDSINDEX = "uitgaven.per_inwoner", "uitgaven.leeftijdsindex"
INDICATOREN = (BEDRAG, JEUGDIGEN, PER_JEUGDIGE, PER_TRAJECT, PER_INWONER, LEEFTIJDSINDEX)
METHODE = "toegekend"


def uitgaven(geld: Geld, bevolking: pd.DataFrame) -> list[Indicator | Berekend]:
    """The indicators of this family. `bevolking`: gebied, jaar, leeftijd (an age or '0-17'), aantal."""
    t, rooster, inwoners = geld.posten, geld.rooster, Inwoners(geld.bron, bevolking)
    # Lines of nobody that is known are in the amount, not in the number of persons. Whole cents, because a sum of
    # floats depends on the order in which the engine's threads come by.
    cent, wie = ibis._.cent, ibis._.persoon_nr
    kwadraten = (cent * cent).sum(where=wie.notnull()) / 10_000
    per_persoon = {"n": wie.count(), "som": cent.sum() / 100, "kwadraten": kwadraten}
    return [
        Indicator(BEDRAG, t, {"euro": t.cent.sum() / 100}, _bedrag, rooster=rooster),
        Indicator(JEUGDIGEN, t, {"n": t.persoon_nr.nunique()}, cijfers.telling_stand, rooster=rooster),
        Indicator(PER_JEUGDIGE, t, per_persoon, gemiddelde, rooster=rooster, vooraf=_per_persoon),
        per_traject(geld),
        Berekend(PER_INWONER, partial(_per_inwoner, geld=geld, inwoners=inwoners), rooster=rooster),
        Berekend(LEEFTIJDSINDEX, partial(_leeftijdsindex, geld=geld, inwoners=inwoners), rooster=rooster),
    ]


def _bedrag(telling: Telling) -> cijfers.Cijfers:
    return cijfers.stand(telling.kolom("euro"), methode=METHODE)


def _per_persoon(posten: Table, cel: list[str]) -> Table:
    """The cents of each person in each cell."""
    return posten.group_by([*cel, "persoon_nr"]).agg(cent=posten.cent.sum().cast("int64"))


def _per_inwoner(vakken: Vakken, *, geld: Geld, inwoners: Inwoners) -> cijfers.Cijfers:
    aantal, noot = (vakken.per_gebied(matrix) for matrix in inwoners.aantal(vakken.rooster))
    euro = vakken.per_gebied(geld.bedrag)
    return cijfers.tegen_bekend(euro, aantal, methode=METHODE + noot)


def _leeftijdsindex(vakken: Vakken, *, geld: Geld, inwoners: Inwoners) -> cijfers.Cijfers:
    verwacht, noot = (vakken.per_gebied(matrix) for matrix in inwoners.verwacht(vakken.rooster))
    euro = vakken.per_gebied(geld.bedrag)
    return cijfers.tegen_bekend(euro, verwacht, maal=100, methode="cpb_leeftijdsprofiel" + noot)
