"""Charts for rare events: Montgomery's valve failures, and what the geometric distribution itself says."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from analyse.kern.fouten import ParameterFout
from analyse.statistiek import g_kaart, t_kaart, tussentijden

# Montgomery, Introduction to Statistical Quality Control, time between valve failures (hours), with the
# transformed values y = t^0.2777 that he prints beside them.
UREN = [286, 948, 536, 124, 816, 729, 4, 143, 431, 8, 2837, 596, 81, 227, 603, 492, 1199, 1214, 2831, 96]


def test_t_kaart_van_montgomery():
    """By hand: XmR on y = t^(1/3.6), and back; no failure of the twenty is out of control, as he concludes."""
    y = np.array(UREN) ** (1 / 3.6)
    assert np.array(UREN[:2]) ** 0.2777 == pytest.approx([4.80986, 6.70903], abs=1e-5)  # 1/3.6 in four decimals
    bereik = np.abs(np.diff(y)).mean()
    kaart = t_kaart(pd.Series(UREN)).tabel
    assert kaart["waarde"].tolist() == pytest.approx(UREN)
    assert kaart["gemiddelde"].iloc[0] == pytest.approx(y.mean() ** 3.6)
    assert kaart["boven"].iloc[0] == pytest.approx((y.mean() + 2.66 * bereik) ** 3.6)
    assert kaart["onder"].iloc[0] == 0.0
    assert not kaart["signaal"].any()


def test_t_kaart_ziet_een_lange_rust():
    rng = np.random.default_rng(2)
    dagen = [*rng.exponential(20, 30).round(), 400.0]
    kaart = t_kaart(pd.Series(dagen)).tabel
    assert kaart["richting"].iloc[-1] == "hoger" and kaart["buiten"].iloc[-1]


def test_tussentijden_uit_datums():
    tijden = tussentijden(pd.Series(["2024-03-10", "2024-03-01", "2024-03-10", "2024-04-09"]))
    assert tijden.tolist() == [9, 0, 30]
    assert tijden.index[-1] == pd.Timestamp("2024-04-09")


def test_g_kaart_heeft_de_spreiding_van_de_geometrische_verdeling():
    """Failures before a success with chance p: mean (1 − p)/p, variance (1 − p)/p² = mean × (mean + 1)."""
    p = 0.02
    verdeling = stats.geom(p, loc=-1)
    aantallen = verdeling.rvs(4000, random_state=5)
    kaart = g_kaart(pd.Series(aantallen)).tabel
    assert kaart["boven"].iloc[0] == pytest.approx(verdeling.mean() + 3 * verdeling.std(), rel=0.05)
    assert kaart["onder"].iloc[0] == 0
    assert kaart["buiten"].mean() == pytest.approx(verdeling.sf(verdeling.mean() + 3 * verdeling.std()), abs=0.01)


def test_g_kaart_met_weinig_punten_heeft_geen_grens():
    kaart = g_kaart(pd.Series([3, 5, 400])).tabel
    assert kaart["boven"].isna().all() and not kaart["signaal"].any()


@pytest.mark.parametrize("kaart", [t_kaart, g_kaart])
@pytest.mark.parametrize("tijden", [[], [3, -1], [3, np.nan]])
def test_lege_of_negatieve_tijd_mag_niet(kaart, tijden):
    with pytest.raises(ParameterFout, match="nul of meer"):
        kaart(pd.Series(tijden, dtype=float))


@settings(max_examples=30)
@given(st.lists(st.integers(0, 3000), min_size=12, max_size=40))
def test_grenzen_liggen_om_het_midden(tijden):
    kaart = t_kaart(pd.Series(tijden)).tabel
    assert (kaart["onder"] <= kaart["gemiddelde"] + 1e-6).all()
    assert (kaart["gemiddelde"] <= kaart["boven"] + 1e-6).all() and (kaart["onder"] >= 0).all()
