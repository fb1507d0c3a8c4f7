"""The gate on the largest family of a region, against hiding "two in every row and column" as is done by hand.

8 gemeenten × 8 verwijzers × 14 half-years with all margins. Printed: cells hidden beyond the small ones, processor
seconds, and how many hidden counts the attacker finds in either. Ratios say more than absolutes of one machine.

    python benchmarks/vrijgave.py
"""

from __future__ import annotations

import time
from collections.abc import Callable
from types import SimpleNamespace
from typing import cast

import numpy as np
import pandas as pd
from klok import WORTEL

from analyse.kern import codes
from analyse.kern.resultaat import Meting, Vrijgave
from analyse.params import Params
from analyse.vrijgave import aanval, geef_vrij

INDICATOR = "trajecten.instroom"
HALFJAREN = tuple(f"{jaar}-{half}" for jaar in range(2019, 2026) for half in ("H1", "H2"))
# Trajecten per half-year of about the sizes that CBS gives for 2022 (85335NED), and shares per verwijzer.
OMVANG = (1980, 190, 300, 100, 250, 285, 200, 665)
DELEN = (0.48, 0.23, 0.01, 0.10, 0.07, 0.03, 0.005, 0.075)
_KLEIN = 10


def tafels() -> np.ndarray:
    """Counts per half-year, gebied (region last) and verwijzer (total last)."""
    rng = np.random.default_rng(1)
    kern = rng.poisson(np.multiply.outer(np.ones(len(HALFJAREN)), np.multiply.outer(OMVANG, DELEN)))
    met_regio = np.concatenate([kern, kern.sum(axis=1, keepdims=True)], axis=1)
    return np.concatenate([met_regio, met_regio.sum(axis=2, keepdims=True)], axis=2)


def meting(waarden: np.ndarray, gebieden: tuple[str, ...]) -> Meting:
    """The same as a result table."""
    namen = (*codes.VERWIJZER, codes.TOTAAL)
    rijen = [
        {"gebied": gebied, "periode": periode, "verwijzer": verwijzer, "teller": aantal, "waarde": aantal}
        for periode, tafel in zip(HALFJAREN, waarden, strict=True)
        for gebied, rij in zip(gebieden, tafel, strict=True)
        for verwijzer, aantal in zip(namen, rij, strict=True)
    ]
    vast = {"indicator": INDICATOR, "eenheid": "aantal", "status": "definitief", "methode": "telling"}
    vast |= {naam: codes.TOTAAL for naam in codes.DIMENSIES if naam != "verwijzer"}
    return Meting(pd.DataFrame(rijen).assign(**vast))


def met_de_hand(waarden: np.ndarray) -> np.ndarray:
    """Small ones, and the smallest beside them until every row and column that hides one hides two."""
    verborgen = (waarden > 0) & (waarden < _KLEIN)
    for tafel, weg in zip(waarden, verborgen, strict=True):
        for _ in range(4):
            for as_ in (0, 1):
                for i in np.flatnonzero(weg.sum(axis=1 - as_) == 1):
                    rij, los = (tafel[i], weg[i]) if as_ == 0 else (tafel[:, i], weg[:, i])
                    kandidaat = np.where(los | (rij == 0), np.inf, rij)
                    los[int(kandidaat.argmin())] = True
    return verborgen


def _klok(doe: Callable[[], object]) -> tuple[object, float]:
    begin = time.process_time()
    return doe(), time.process_time() - begin


def _lekken(tabel: pd.DataFrame, params: Params, bron: Meting) -> int:
    return int(aanval(Vrijgave(tabel), params=params, meting=bron)["lek"].sum())


def main() -> None:
    """Print the comparison."""
    echt = Params.open(WORTEL)
    kaart = echt.kaarten[INDICATOR].model_copy(update={"publiceer": ((), ("verwijzer",))})
    params = cast("Params", SimpleNamespace(regio=echt.regio, kaarten={INDICATOR: kaart}, map=echt.map))
    waarden = tafels()
    bron = meting(waarden, (*echt.regio.codes, codes.REGIO))
    klein = int(((waarden > 0) & (waarden < _KLEIN)).sum())
    vrijgave, duur = _klok(lambda: geef_vrij(bron, params=params, basis_kwaliteit=pd.DataFrame()))
    hand, duur_hand = _klok(lambda: met_de_hand(waarden))
    assert isinstance(vrijgave, Vrijgave)
    assert isinstance(hand, np.ndarray)
    plat = meting(np.where(hand, np.nan, waarden), (*echt.regio.codes, codes.REGIO)).tabel
    plat = plat.assign(status=plat["status"].mask(plat["waarde"].isna(), "verborgen"))
    poort = int(vrijgave.tabel["status"].eq("verborgen").sum())
    print(f"cellen {waarden.size}, klein {klein}")
    print(f"poort    {poort - klein:5d} erbij  {duur:6.2f} s  {_lekken(vrijgave.tabel, params, bron):4d} lekken")
    print(
        f"met hand {int(hand.sum()) - klein:5d} erbij  {duur_hand:6.2f} s  {_lekken(plat, params, bron):4d} lekken"
    )
    erbij = (poort - klein) / max(int(hand.sum()) - klein, 1)
    print(f"poort tegen met de hand: {erbij:.2f}× zoveel erbij")


if __name__ == "__main__":
    main()
