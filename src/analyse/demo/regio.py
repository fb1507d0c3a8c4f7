"""The whole true region in one call: streams, children, measures, moves."""

from __future__ import annotations

import pandas as pd

from analyse.demo.gedwongen import gi_producten, maak_maatregelen
from analyse.demo.ijking import doelen
from analyse.demo.toeval import Toeval
from analyse.demo.verhuizing import woonplaatsbeginsel
from analyse.demo.verloop import stromen
from analyse.demo.wereld import Wereld, bevolk


def maak_wereld(cbs: pd.Series, *, schaal: float, zaad: int) -> Wereld:
    """The true region; same figures, scale and seed give the same children. `cbs`: see `ijking.lees_cbs`."""
    doel = doelen(cbs)
    personen, trajecten = bevolk(stromen(doel, schaal=schaal, rng=Toeval(zaad, 1).rng), zaad=zaad)
    toeval = Toeval(zaad, 3)
    maatregelen = maak_maatregelen(trajecten, doel, schaal=schaal, toeval=toeval)
    trajecten += gi_producten(maatregelen, toeval)
    trajecten += woonplaatsbeginsel(personen, Toeval(zaad, 4))
    return Wereld(personen, sorted(trajecten, key=lambda t: (t.begin, t.persoon.nr)), maatregelen)
