"""The decomposition as mathematics: exact, symmetric, and blaming what really changed."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyse.meten.prijs_volume import DELEN, Kant, logaritmisch_gemiddelde, ontleed

GROOT = st.floats(0.01, 1e7)
MATEN = ("euro", "volume", "clienten")


@st.composite
def kanten(draw, *, met_nullen: bool = True) -> tuple[Kant, Kant]:
    """Two sides with the same products; now and then one that is on one side only, or net credit."""
    n = draw(st.integers(1, 6))
    getal = st.one_of(GROOT, st.just(0.0), st.floats(-100, 0)) if met_nullen else GROOT
    kant = [{m: np.array(draw(st.lists(getal, min_size=n, max_size=n))) for m in MATEN} for _ in range(2)]
    return tuple({**k, "jeugdigen": np.full(n, draw(GROOT))} for k in kant)


def maal(kant: Kant, **keer: float) -> Kant:
    return {naam: rij * keer.get(naam, 1.0) for naam, rij in kant.items()}


def som(voor: Kant, na: Kant, index: float = 1.0) -> dict[str, float]:
    return ontleed(voor, na, np.full(len(voor["euro"]), index)).sum().to_dict()


@settings(max_examples=80, deadline=None)
@given(kanten(), st.floats(0.9, 1.2))
def test_delen_zijn_samen_het_verschil(paar, index):
    """For every product, also new, ended and credited ones."""
    voor, na = paar
    delen = ontleed(voor, na, np.full(len(voor["euro"]), index))
    schaal = max(np.abs(voor["euro"]).max(), np.abs(na["euro"]).max(), 1)
    assert list(delen) == list(DELEN)
    np.testing.assert_allclose(delen.sum(axis=1), na["euro"] - voor["euro"], atol=1e-7 * schaal)


@settings(max_examples=40, deadline=None)
@given(kanten(), st.floats(0.9, 1.2))
def test_terug_in_de_tijd_draait_elk_deel_om(paar, index):
    voor, na = paar
    heen, terug = som(voor, na, index), som(na, voor, 1 / index)
    schaal = max(np.abs(voor["euro"]).max(), np.abs(na["euro"]).max(), 1)
    for deel in DELEN:
        assert heen[deel] == pytest.approx(-terug[deel], abs=1e-7 * schaal)


@settings(max_examples=40, deadline=None)
@given(kanten(met_nullen=False), st.floats(0.5, 2), st.sampled_from(["prijs", "index", "volume", "jeugdigen"]))
def test_wat_verandert_krijgt_alles(paar, keer, deel):
    """Only the price, only the indexation, only the volume, or only the number of children."""
    voor = paar[0]
    anders = {
        "prijs": {"euro": keer},
        "index": {"euro": keer},
        "volume": {"euro": keer, "volume": keer},
        "jeugdigen": {"euro": keer, "volume": keer, "clienten": keer, "jeugdigen": keer},
    }[deel]
    delen = som(voor, maal(voor, **anders), keer if deel == "index" else 1.0)
    verschil = voor["euro"].sum() * (keer - 1)
    for naam in DELEN:
        verwacht = verschil if naam == deel else 0
        assert delen[naam] == pytest.approx(verwacht, rel=1e-6, abs=1e-7 * voor["euro"].sum())


@settings(max_examples=20, deadline=None)
@given(kanten())
def test_niets_verandert(paar):
    assert all(waarde == 0 for waarde in som(paar[0], paar[0]).values())


def test_nieuw_product_is_mix():
    """What came or went has no price to compare with."""
    voor = Kant(
        euro=np.array([100.0, 0]), volume=np.array([10.0, 0]), clienten=np.array([1.0, 0]), jeugdigen=np.ones(2)
    )
    na = Kant(
        euro=np.array([0, 300.0]), volume=np.array([0, 3.0]), clienten=np.array([0, 1.0]), jeugdigen=np.ones(2)
    )
    assert som(voor, na, 1.035) == {"jeugdigen": 0, "volume": 0, "mix": 200, "prijs": 0, "index": 0}


def test_uitgewerkt_voorbeeld():
    """One product, 100 to 240 euro: twice the children, 20 % dearer; logs by hand."""
    voor, na = (
        Kant(euro=np.array([e]), volume=np.array([v]), clienten=np.array([n]), jeugdigen=np.array([n]))
        for e, v, n in ((100.0, 10.0, 5.0), (240.0, 20.0, 10.0))
    )
    gewicht = 140 / np.log(2.4)
    delen = som(voor, na)
    assert delen["jeugdigen"] == pytest.approx(gewicht * np.log(2))
    assert delen["prijs"] == pytest.approx(gewicht * np.log(1.2))
    assert delen["volume"] == delen["mix"] == delen["index"] == 0


def test_logaritmisch_gemiddelde():
    """Between both, their value where equal, close to it without losing digits, 0 where it has no meaning."""
    a, b = np.array([1.0, 5.0, 5.0, 0.0, -1.0]), np.array([np.e, 5.0, 5.0 * (1 + 1e-12), 3.0, 3.0])
    verwacht = [np.e - 1, 5, 5, 0, 0]
    pd.testing.assert_series_equal(pd.Series(logaritmisch_gemiddelde(a, b)), pd.Series(verwacht), rtol=1e-9)
