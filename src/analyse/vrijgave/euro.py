"""Euro cells: not how many children, but which aanbieder, is what an amount gives away.

An amount is hidden when too few aanbieders are behind it, when one makes up most of it (dominance), or when the
second largest could reckon the largest nearer than p percent (p % rule). How wide the interval of a hidden amount
must be follows from the same rules: twice the protection level that they ask for, so that whoever takes the middle
of the interval is off by at least that level.
Rules and levels: Hundepool e.a., Statistical Disclosure Control (Wiley 2012), chapter 4; so CBS and τ-ARGUS do it.
Contributions come from the split by aanbieder, which stays INTERN; without that split no amount is shown.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analyse.params import Drempels
from analyse.vrijgave.cellen import Blok, Cellen, Getallen, Masker, Regel, bits, splitsing_van
from analyse.vrijgave.tijd import Nummers

_KOLOMMEN = ("aantal", "grootste", "rest", "som")


def markeer_euro(cellen: Cellen, meting: pd.DataFrame, drempels: Drempels) -> None:
    """Hide amounts that one or a few aanbieders make up. `meting` has the rows by aanbieder."""
    for blok in cellen:
        if blok.euro:
            bijdrage = _bijdragen(cellen, blok, meting)
            niveau = _niveau(bijdrage, drempels)
            blok.verberg((np.isnan(bijdrage["aantal"]) | (niveau > 0)) & (blok.waarde != 0), Regel.DOMINANTIE)
            # An amount that is hidden to protect another says nothing by itself.
            blok.breedte = np.maximum(2 * np.nan_to_num(niveau), 1.0)


def beschermingsniveaus(euro: Getallen, drempels: Drempels) -> Getallen:
    """The protection level of each amount from what every aanbieder (row) adds to it, ≥ 0; 0 or less: none."""
    groot = -np.sort(-euro, axis=0)
    maten = ((euro > 0).sum(axis=0), groot[0], groot[2:].sum(axis=0), groot.sum(axis=0))
    return _niveau(dict(zip(_KOLOMMEN, (np.asarray(maat, dtype=float) for maat in maten), strict=True)), drempels)


def _niveau(bijdrage: dict[str, Getallen], drempels: Drempels) -> Getallen:
    """The protection level that the rules ask for an amount; 0 or less where none of them hides it.

    Too few aanbieders know each other's amounts: nobody may reckon the largest nearer than p percent either.
    """
    aantal, grootste, rest, som = (bijdrage[naam] for naam in _KOLOMMEN)
    deel = drempels.p_procent / 100
    te_weinig = np.where(aantal < drempels.minimum_aanbieders, deel * grootste, 0.0)
    dominantie = grootste / drempels.maximum_aandeel - som
    return np.asarray(np.maximum.reduce([deel * grootste - rest, dominantie, te_weinig]))


def _bijdragen(cellen: Cellen, blok: Blok, meting: pd.DataFrame) -> dict[str, Getallen]:
    """Per cell the number of aanbieders, the largest, what is left without the largest two, and all together.

    Credits count by their size: who got money back contributes too. NaN where nothing by aanbieder is measured.
    """
    sleutel = ["gebied", "periode", *blok.splitsing]
    eigen = meting[meting["indicator"].eq(blok.grootheid.naam)]
    eigen = eigen[splitsing_van(eigen) == bits([*blok.splitsing, "aanbieder"])]
    # An amount per person has the amount as its numerator.
    per = cellen.families.cijfer(blok.grootheid.naam, "euro").soort == "euro_per"
    euro = eigen.groupby([*sleutel, "aanbieder"], observed=True)["teller" if per else "waarde"].sum().abs()
    groep = euro[euro > 0].sort_values(ascending=False, kind="stable").groupby(level=sleutel)
    samen = pd.DataFrame({"aantal": groep.size(), "grootste": groep.max(), "som": groep.sum()})
    samen["rest"] = samen["som"] - groep.head(2).groupby(level=sleutel).sum()
    uit = {naam: np.full(blok.waarde.shape, np.nan) for naam in _KOLOMMEN}
    plekken, bekend = _plekken(cellen, blok, samen.reset_index())
    for naam in _KOLOMMEN:
        uit[naam][plekken] = samen[naam].to_numpy(dtype=float)[bekend]
    return uit


def _plekken(cellen: Cellen, blok: Blok, rijen: pd.DataFrame) -> tuple[tuple[Nummers, ...], Masker]:
    """Where rows stand in a block, and which rows stand in it at all."""
    assen = (cellen.gebieden, cellen.perioden, *blok.categorieen)
    namen = ("gebied", "periode", *blok.splitsing)
    plekken = [pd.Index(as_).get_indexer(pd.Index(rijen[naam])) for naam, as_ in zip(namen, assen, strict=True)]
    bekend = np.all([plek >= 0 for plek in plekken], axis=0)
    return tuple(plek[bekend] for plek in plekken), bekend
