"""Every indicator has a truth in the demo region, and the measurement finds it back."""

from __future__ import annotations

import pandas as pd
import pytest

from analyse.demo.waarheid_cijfers import WIJZEN
from analyse.params import Params

pytestmark = pytest.mark.xdist_group("demo_berichten")
KAARTEN = Params.open().kaarten
_KEER = {"procent": 100, "per_1000": 1000}


def test_elke_indicator_heeft_een_waarheid(waar):
    """No card without a truth, no truth without a card."""
    assert set(waar["cijfers"]) == set(WIJZEN) == set(KAARTEN)


def _samen(rijen: pd.DataFrame, over: str) -> float:
    """The half-years together, as the truth says."""
    if over == "verhouding":
        keer = _KEER.get(rijen["eenheid"].iloc[0], 1)
        return float(keer * rijen["teller"].sum() / rijen["noemer"].sum())
    if over == "som":
        return float(rijen["waarde"].sum())
    return float(rijen["waarde"].mean())


@pytest.mark.parametrize("indicator", sorted(KAARTEN))
def test_het_cijfer_is_de_waarheid(demo_regio, waar, indicator):
    """Within what a crooked registration may lead away."""
    echt = waar["cijfers"][indicator]
    rijen = demo_regio(indicator, echt.get("verwijzer", "totaal"))
    rijen = rijen[rijen["periode"].isin(echt["perioden"])]
    assert len(rijen) == len(echt["perioden"])
    speling = max(echt["relatief"] * abs(echt["waarde"]), echt["absoluut"])
    assert _samen(rijen, echt["over"]) == pytest.approx(echt["waarde"], abs=speling)


def test_speling_is_klein():
    """A truth that lets everything pass is none."""
    assert all(0 < w.relatief <= 0.25 or 0 < w.absoluut <= 6 for w in WIJZEN.values())
