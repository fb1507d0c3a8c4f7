"""The planted fall of spring 2020 is found by the control chart, in a region of the size of the demo."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from analyse.demo.verloop import WEKEN, gemeenschappelijk
from analyse.statistiek import Herijking, maak_regelkaart

MAANDEN = [f"{dag:%Y-%m}" for dag in pd.date_range("2019-01-01", "2025-06-01", freq="MS")]
BREUKEN = [Herijking("2020-04", "Corona"), Herijking("2022-01", "Woonplaatsbeginsel")]
PER_MAAND = 150


def _verwacht() -> pd.Series:
    """Expected begun trajecten per month: trend, season and the fall, as the demo draws them."""
    maand = [f"{date.fromordinal(int(week)):%Y-%m}" for week in WEKEN]
    return PER_MAAND * pd.Series(gemeenschappelijk(), index=maand).groupby(level=0).mean().reindex(MAANDEN)


def test_de_ingebouwde_daling_is_een_signaal() -> None:
    """In more than three of four draws, although the level may be set again right where it begins."""
    verwacht, rng = _verwacht(), np.random.default_rng(7)
    assert verwacht["2020-04"] < 0.7 * verwacht["2020-01"]
    gezien = []
    for _ in range(60):
        reeks = pd.Series(5 * np.floor(rng.poisson(verwacht) / 5 + 0.5), index=MAANDEN)
        kaart = maak_regelkaart(reeks, breuken=BREUKEN, afronding=5).tabel.loc["2020-03":"2020-06"]
        gezien.append(bool((kaart["signaal"] & kaart["richting"].eq("lager")).any()))
    assert np.mean(gezien) > 0.75
