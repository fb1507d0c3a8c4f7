"""Many hand-made cases in one measurement: every case in a gemeente of its own."""

from __future__ import annotations

from pathlib import Path

from basis_bouwer import GEMEENTEN, bevolking, bouw, params_met

from analyse.kern.resultaat import Meting
from analyse.meten import meet


def meet_gevallen(map_: Path, gevallen: list[list[dict]], *indicatoren: str, regels=None, **tabellen) -> Meting:
    """Measure up to eight cases (lists of spells); persons of different cases are different persons."""
    spells = [
        {**s, "gemeente": gemeente, "persoon_nr": 10 * nr + s["persoon_nr"]}
        for nr, (gemeente, geval) in enumerate(zip(GEMEENTEN, gevallen, strict=False))
        for s in geval
    ]
    params = params_met(*indicatoren, **(regels or {}))
    return meet(bouw(map_, spells, **tabellen), params=params, bevolking=bevolking())


def waarden(meting: Meting, indicator: str, periode: str, aantal: int) -> list[float]:
    """The total of each case."""
    per_gebied = meting.kies(indicator, periode=periode).set_index("gebied")["waarde"]
    return [per_gebied[gemeente] for gemeente in GEMEENTEN[:aantal]]
