"""Intervals against values that others published."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from analyse.statistiek import byar, methode_telling, poisson_exact, telling, wilson

# Newcombe 1998, Statistics in Medicine 17:857-872, table I, method 3.
NEWCOMBE = [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)]
# Garwood's exact limits as in any table of the Poisson distribution.
GARWOOD = [(0, 0.0, 3.6889), (1, 0.0253, 5.5716), (3, 0.6187, 8.7673), (5, 1.6235, 11.6683), (9, 4.1154, 17.0848)]


@pytest.mark.parametrize(("x", "n", "onder", "boven"), NEWCOMBE)
def test_wilson(x, n, onder, boven):
    assert [float(grens) for grens in wilson(x, n)] == pytest.approx([onder, boven], abs=5e-5)


def test_wilson_zonder_noemer_is_leeg():
    onder, boven = wilson([0, 5], [0, 5])
    assert np.isnan(onder[0]) and np.isnan(boven[0])
    assert boven[1] == 1.0


@given(st.integers(1, 5000), st.floats(0, 1), st.sampled_from([0.8, 0.95, 0.998]))
def test_wilson_gelijk_aan_statsmodels(n, deel, niveau):
    x = round(deel * n)
    verwacht = proportion_confint(x, n, alpha=1 - niveau, method="wilson")
    assert [float(grens) for grens in wilson(x, n, niveau=niveau)] == pytest.approx(verwacht, abs=1e-9)


def test_byar():
    """Values of the R package PHEindicatormethods (phe_rate, Byar)."""
    onder, boven = byar([65, 1045])
    assert onder == pytest.approx([50.1632, 982.593], abs=5e-4)
    assert boven == pytest.approx([82.8491, 1110.331], abs=5e-4)
    assert [float(grens) for grens in byar(65, niveau=0.998)] == pytest.approx([42.880, 94.000], abs=5e-4)
    assert byar(0)[0] == 0


@pytest.mark.parametrize(("aantal", "onder", "boven"), GARWOOD)
def test_poisson_exact(aantal, onder, boven):
    assert [float(grens) for grens in poisson_exact(aantal)] == pytest.approx([onder, boven], abs=5e-5)


@given(st.integers(1, 300))
def test_poisson_exact_dekt_precies(aantal):
    """The definition: seeing this many or more (fewer) has chance 2.5 % at the limit."""
    onder, boven = poisson_exact(aantal)
    assert stats.poisson.sf(aantal - 1, onder) == pytest.approx(0.025, abs=1e-9)
    assert stats.poisson.cdf(aantal, boven) == pytest.approx(0.025, abs=1e-9)


def test_telling_wisselt_bij_tien():
    """Exact below ten, Byar from ten on, and the name says so; the change is hardly seen."""
    onder, boven = telling([3, 9, 10])
    assert (onder[1], boven[1]) == tuple(float(grens) for grens in poisson_exact(9))
    assert (onder[2], boven[2]) == tuple(float(grens) for grens in byar(10))
    assert methode_telling([9, 10]).tolist() == ["poisson_exact", "byar"]
    exact = poisson_exact(10)
    assert onder[2] == pytest.approx(exact[0], rel=0.01) and boven[2] == pytest.approx(exact[1], rel=0.01)


@pytest.mark.parametrize("gemiddelde", [0.3, 2.0, 5.5, 9.5])
def test_poisson_exact_dekt_altijd_genoeg(gemiddelde):
    """Exact limits hold the truth at least 95 times in a hundred, whatever it is."""
    aantallen = np.arange(60)
    onder, boven = poisson_exact(aantallen)
    kans = stats.poisson.pmf(aantallen, gemiddelde)
    assert kans[(onder <= gemiddelde) & (gemiddelde <= boven)].sum() >= 0.95


def test_byar_en_wilson_dekken_gemiddeld_95_procent():
    """Averaged over many truths; Wilson goes under at some, and that is the price of being narrow."""
    aantallen = np.arange(400)
    onder, boven = byar(aantallen)
    dekking = [
        stats.poisson.pmf(aantallen, m)[(onder <= m) & (m <= boven)].sum() for m in np.linspace(15, 200, 150)
    ]
    assert np.mean(dekking) == pytest.approx(0.95, abs=0.008) and min(dekking) > 0.935
    x = np.arange(51)
    onder, boven = wilson(x, 50)
    dekking = [stats.binom.pmf(x, 50, p)[(onder <= p) & (p <= boven)].sum() for p in np.linspace(0.1, 0.9, 150)]
    assert np.mean(dekking) == pytest.approx(0.95, abs=0.008) and min(dekking) > 0.92
