"""Stocks and flows of trajecten: beginstand, instroom, uitstroom, actief, eindstand, herhaald.

All six are flags on the same rows (trajecten active in the period), so that the CBS identities
actief = beginstand + instroom and eindstand = actief − uitstroom hold by construction.
"""

from __future__ import annotations

from functools import partial

from analyse.meten import cijfers
from analyse.meten.bron import Bron
from analyse.meten.indicator import Indicator

BEGINSTAND, ACTIEF, EINDSTAND = "trajecten.beginstand", "trajecten.actief", "trajecten.eindstand"
INSTROOM, UITSTROOM, HERHAALD = "trajecten.instroom", "trajecten.uitstroom", "trajecten.herhaald"
INDICATOREN = (BEGINSTAND, INSTROOM, UITSTROOM, ACTIEF, EINDSTAND, HERHAALD)


def stroom(bron: Bron) -> list[Indicator]:
    """The indicators of this family; first and last day of the period are in it."""
    t = bron.in_periode
    terugblik = f"terugblik_{bron.params.regio.rekenregels.terugblik_jaren}_jaar"
    soorten = (
        (BEGINSTAND, ~t.begint, cijfers.telling_stand),
        (INSTROOM, t.begint, cijfers.telling_stroom),
        (UITSTROOM, t.eindigt, cijfers.telling_stroom),
        (ACTIEF, t.begint.notnull(), cijfers.telling_stand),
        (EINDSTAND, ~t.eindigt, cijfers.telling_stand),
        (HERHAALD, t.begint & t.herhaald, partial(cijfers.telling_stand, methode=terugblik)),
    )
    return [Indicator(naam, t, {"n": vlag.sum()}, reken) for naam, vlag, reken in soorten]
