"""The whole true region in one call: streams, children, measures, moves, and what makes them hang together."""

from __future__ import annotations

import pandas as pd

from analyse.demo.afstemmen import een_verwijzer, vreemd_paar
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
    trajecten = sorted(trajecten, key=lambda t: (t.begin, t.persoon.nr))
    een_verwijzer(trajecten, niet=[m.persoon for m in maatregelen], toeval=Toeval(zaad, 7))
    vreemd_paar(personen, Toeval(zaad, 8))
    return Wereld(personen, trajecten, maatregelen)
