"""Euro cells: not how many children, but which aanbieder, is what an amount gives away.

An amount needs enough aanbieders behind it and no one that makes up most of it (CBS: no contributor above half).
Contributions come from the split by aanbieder, which stays INTERN; without that split no amount is shown.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analyse.params import Drempels
from analyse.vrijgave.cellen import Blok, Cellen, Masker, Regel, bits, splitsing_van

# How wide the interval of a hidden amount must stay, as a share of the amount: for one that is hidden for its
# aanbieders, and for one that is hidden to protect another. A guess, in the spirit of the p % rule.
BREEDTE_DOMINANT = 0.2
BREEDTE_ANDERS = 0.01


def markeer_euro(cellen: Cellen, meting: pd.DataFrame, drempels: Drempels) -> None:
    """Hide amounts that one or a few aanbieders make up. `meting` has the rows by aanbieder."""
    for blok in cellen:
        if blok.euro:
            blok.verberg(_dominant(cellen, blok, meting, drempels) & (blok.waarde != 0), Regel.DOMINANTIE)


def _dominant(cellen: Cellen, blok: Blok, meting: pd.DataFrame, drempels: Drempels) -> Masker:
    sleutel = ["gebied", "periode", *blok.splitsing]
    eigen = meting[meting["indicator"].eq(blok.grootheid.naam)]
    eigen = eigen[splitsing_van(eigen) == bits([*blok.splitsing, "aanbieder"])]
    bijdrage = (
        eigen.groupby([*sleutel, "aanbieder"], observed=True)["waarde"].sum().abs().rename("euro").reset_index()
    )
    groep = bijdrage[bijdrage["euro"] > 0].groupby(sleutel)["euro"].agg(["count", "max", "sum"]).reset_index()
    goed = (groep["count"] >= drempels.minimum_aanbieders) & (
        groep["max"] <= drempels.maximum_aandeel * groep["sum"]
    )
    uit = np.ones(blok.waarde.shape, dtype=bool)
    uit[_plekken(cellen, blok, groep[goed])] = False
    return uit


def _plekken(cellen: Cellen, blok: Blok, rijen: pd.DataFrame) -> tuple[NDArray[np.intp], ...]:
    assen = (cellen.gebieden, cellen.perioden, *blok.categorieen)
    namen = ("gebied", "periode", *blok.splitsing)
    plekken = [pd.Index(as_).get_indexer(pd.Index(rijen[naam])) for naam, as_ in zip(namen, assen, strict=True)]
    bekend = np.all([plek >= 0 for plek in plekken], axis=0)
    return tuple(plek[bekend] for plek in plekken)
