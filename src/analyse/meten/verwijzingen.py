"""Who refers: trajecten begun in the period per verwijzer type, and referrals to the toegang beside them.

A share is of the trajecten whose verwijzer is known; how many are unknown stands beside it as a share of all, so
that a rise in one type can't hide in better registration of another.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from analyse.kern import codes
from analyse.kern.fouten import ParameterFout
from analyse.meten import cijfers
from analyse.meten.aanmeldingen import TOEGANG, aanmeldingen
from analyse.meten.bron import Bron, plaats
from analyse.meten.indicator import Berekend, Indicator, Telling
from analyse.meten.rooster import Vakken

AANTAL, AANDEEL, SGGZ = "verwijzingen.aantal", "verwijzingen.aandeel", "verwijzingen.huisarts_sggz"
INDICATOREN = (AANTAL, AANDEEL, SGGZ, TOEGANG)
HUISARTS = "02"
VERWIJZER = "verwijzer"


def verwijzingen(bron: Bron) -> list[Indicator | Berekend]:
    """The indicators of this family."""
    t = bron.in_periode
    naar_sggz = t.begint & t.sggz & (t.verwijzer == plaats(VERWIJZER, HUISARTS))
    return [
        Indicator(AANTAL, t, {"n": t.begint.sum()}, cijfers.telling_stroom),
        Indicator(AANDEEL, t, {"n": t.begint.sum()}, _aandeel),
        Indicator(SGGZ, t, {"n": naar_sggz.sum()}, cijfers.telling_stroom),
        *([aanmeldingen(bron)] if TOEGANG in bron.params.kaarten else []),
    ]


def _aandeel(telling: Telling) -> cijfers.Cijfers:
    if VERWIJZER not in telling.vakken.splitsing:
        raise ParameterFout(
            "Een aandeel van de verwijzers kan alleen per verwijzer.",
            ontvangen=list(telling.vakken.splitsing),
            waar=f"params/indicatoren/{AANDEEL}.yaml, splitsingen",
            doe="Zet verwijzer in elke uitsplitsing van deze kaart.",
        )
    aantal = telling.kolom("n")
    return cijfers.aandeel(aantal, noemers(telling.vakken, aantal))


def noemers(vakken: Vakken, aantal: NDArray[np.float64]) -> NDArray[np.float64]:
    """Per cell what its share is of: the trajecten with a known verwijzer, or all of them for `onbekend`.

    Cells that are alike in everything but the verwijzer share a denominator.
    """
    samen = [plek * (naam != VERWIJZER) for naam, plek in zip(vakken.kolommen, vakken.plek, strict=True)]
    groep = np.ravel_multi_index(samen, vakken.vorm)
    geen = vakken.is_categorie(VERWIJZER, codes.ONBEKEND)
    bekend = np.bincount(groep, weights=np.where(geen, 0, aantal))[groep]
    return np.where(geen, np.bincount(groep, weights=aantal)[groep], bekend)
