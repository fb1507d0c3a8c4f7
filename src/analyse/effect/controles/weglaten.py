"""Leave one out: does the effect hang on a single gemeente?

Each treated gemeente in turn (when there are several), each untreated gemeente of the region, and the largest
donors, because a large one carries most of the comparison.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from analyse.effect.controles.resultaat import CheckResult, blijft_staan, kon_niet
from analyse.effect.did import totalen
from analyse.effect.opzet import Opzet
from analyse.effect.schatting import als_procent
from analyse.effect.tegenfeit import log_verhouding
from analyse.effect.woorden import tegen_verwacht

NAAM = "Eén gemeente weglaten"
GROOTSTE = 5


def weglaten(opzet: Opzet) -> CheckResult:
    """Passes when the effect keeps sign and a third of its size each time; the number is the weakest left (%)."""
    if len(opzet.vergelijking) < 3:
        return kon_niet(NAAM, "Er zijn te weinig gemeenten om er één weg te laten.")
    heel = _log(opzet)
    tabel = pd.DataFrame([{"zonder": naam, "log": _log(deel)} for naam, deel in _delen(opzet)])
    zwakste = tabel.loc[(tabel["log"] * np.sign(heel)).idxmin()]
    geslaagd = all(blijft_staan(heel, anders) for anders in tabel["log"])
    over = als_procent(float(zwakste["log"]))
    zin = f"Zonder {zwakste['zonder']} is het cijfer {tegen_verwacht(over)}; dat is de zwakste uitkomst."
    return CheckResult(NAAM, geslaagd, over, zin, tabel.assign(procent=tabel["log"].map(als_procent)))


def _delen(opzet: Opzet) -> Iterator[tuple[str, Opzet]]:
    if len(opzet.behandeld) > 1:
        for plek, naam in enumerate(opzet.namen):
            yield naam, opzet.zonder_behandeld(plek)
    grootte = np.nansum(opzet.reeks.bevolking, axis=1)
    groot = sorted(opzet.donoren, key=lambda rij: -grootte[rij])[:GROOTSTE]
    for rij in [r for r in opzet.regio if r not in opzet.ooit_behandeld] + groot:
        yield opzet.reeks.gebieden[rij], opzet.zonder_vergelijking([rij])


def _log(opzet: Opzet) -> float:
    werkelijk, verwacht = totalen(opzet)
    return float(log_verhouding(np.array(werkelijk), np.array(verwacht)))
