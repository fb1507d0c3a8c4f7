"""Persons with help: active, new, and per 1,000 inhabitants.

A person counts once per cell. In a split by hulpvorm, verwijzer or aanbieder somebody with two kinds counts in
both, so those rows don't add up to the total; neither do gemeenten to the region.
"""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd
from ibis.expr.types import Table
from numpy.typing import NDArray

from analyse.kern.motor import bewaar
from analyse.meten import cijfers
from analyse.meten.bron import ASSEN, Bron
from analyse.meten.eilanden import markeer
from analyse.meten.indicator import Indicator, Telling
from analyse.meten.rooster import Rooster
from analyse.statistiek import methode_telling

ACTIEF, INSTROOM, PER_1000 = "jeugdigen.actief", "jeugdigen.instroom", "jeugdigen.per_1000"
INDICATOREN = (ACTIEF, INSTROOM, PER_1000)
_SMAL = ("persoon_nr", "gemeente", "aanbieder", "hulpvorm", "verwijzer", "begin", "slot", "geboortejaar")


def jeugdigen(bron: Bron, bevolking: pd.DataFrame) -> list[Indicator]:
    """The indicators of this family. `bevolking`: gebied, jaar, leeftijd ('0-22'), aantal."""
    t, nieuw = bron.in_periode, instromers(bron).pipe(bewaar)
    per_duizend = partial(_per_duizend, bevolking=bevolking)
    return [
        Indicator(ACTIEF, t, {"n": t.persoon_nr.nunique()}, cijfers.telling_stand),
        Indicator(INSTROOM, nieuw, {"n": nieuw.persoon_nr.nunique()}, cijfers.telling_stroom),
        Indicator(PER_1000, t, {"n": t.persoon_nr.nunique()}, per_duizend),
    ]


def instromers(bron: Bron) -> Table:
    """Trajecten with which a person came (back) into help of a gebied, × the period in which that was.

    The first day of help after at least `instroom_vrije_dagen` days without, counted on the trajecten of the
    gebied. All trajecten that begin on that day are here.
    """
    sleutel = ["gebied", "persoon_nr"]
    vrij = bron.params.regio.rekenregels.instroom_vrije_dagen
    smal = bron.trajecten.select(*_SMAL)
    rijen = markeer(bron.per_gebied(smal), sleutel, max_gat=vrij - 1)
    eerste = rijen.filter(rijen.opent)
    return bron.op_dag(eerste, eerste.begin, *ASSEN)


def _per_duizend(telling: Telling, *, bevolking: pd.DataFrame) -> cijfers.Cijfers:
    vakken, aantal = telling.vakken, telling.kolom("n")
    inwoners, noot = inwonertal(vakken.rooster, bevolking)
    methode = methode_telling(aantal) + vakken.per_gebied(noot)
    return cijfers.per_duizend(aantal, vakken.per_gebied(inwoners), methode=methode)


def inwonertal(
    rooster: Rooster, bevolking: pd.DataFrame, *, leeftijd: str = "0-22"
) -> tuple[NDArray[np.float64], NDArray[np.object_]]:
    """Inhabitants of an age group per gebied × periode, and `+bevolking_2023` where an older year stands in.

    The year of the period, else the latest year before it that is known for all gemeenten behind the figure (never
    a later one). The region is the sum of the gemeenten that deliver in that period. NaN when nothing is known.
    """
    bekend = bevolking[bevolking["leeftijd"] == leeftijd]
    plekken = zip(bekend["gebied"].astype(str), bekend["jaar"].astype(int), strict=True)
    aantallen = dict(zip(plekken, bekend["aantal"].astype(float), strict=True))
    jaren = sorted({jaar for _, jaar in aantallen}, reverse=True)
    inwoners = np.full((len(rooster.gebieden), len(rooster.perioden)), np.nan)
    noot = np.full(inwoners.shape, "", dtype=object)
    for i, gebied in enumerate(rooster.gebieden):
        for j, periode in enumerate(rooster.perioden):
            deel = rooster.leveraars(gebied, periode)
            jaar = next((y for y in jaren if y <= periode.jaar and all((g, y) in aantallen for g in deel)), None)
            if deel and jaar is not None:
                inwoners[i, j] = sum(aantallen[g, jaar] for g in deel)
                noot[i, j] = "" if jaar == periode.jaar else f"+bevolking_{jaar}"
    return inwoners, noot
