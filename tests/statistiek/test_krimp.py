"""Gamma-Poisson shrinkage on Scottish lip cancer, against a regression package and against plain integration."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate, stats
from statsmodels.discrete.discrete_model import NegativeBinomial

from analyse.statistiek import krimp_maat, krimpschatting
from analyse.statistiek.krimp import VORM_HOOGSTE, gamma_prior

# Clayton and Kaldor 1987, Biometrics 43:671-681: lip cancer in 56 districts of Scotland, observed and expected.
_LIP = np.loadtxt(Path(__file__).parent / "gegevens" / "lipkanker_schotland.csv", delimiter=";", skiprows=1)
GEZIEN, VERWACHT = _LIP[:, 0], _LIP[:, 1]


def test_prior_gelijk_aan_negatief_binomiale_regressie():
    """The marginal model is a negative binomial regression on a constant, with the expected counts as exposure."""
    fit = NegativeBinomial(GEZIEN, np.ones((56, 1)), exposure=VERWACHT).fit(disp=False, maxiter=200)
    gemiddelde, vorm = np.exp(fit.params[0]), 1 / fit.params[1]
    gevonden = gamma_prior(GEZIEN, VERWACHT)
    assert gevonden == pytest.approx((vorm, vorm / gemiddelde), rel=1e-3)


def test_achteraf_gelijk_aan_integreren():
    """Posterior mean, limits and chance of district 1 by integrating prior × likelihood on a fine grid."""
    uit = krimpschatting(GEZIEN, VERWACHT, drempel=2.0)
    theta = np.linspace(1e-6, 25, 200_001)
    dichtheid = stats.gamma.pdf(theta, uit.vorm, scale=1 / uit.tempo) * stats.poisson.pmf(9, 1.4 * theta)
    dichtheid /= integrate.trapezoid(dichtheid, theta)
    rij = uit.tabel.iloc[0]
    assert rij["geschat"] == pytest.approx(integrate.trapezoid(theta * dichtheid, theta), rel=1e-5)
    kans = integrate.cumulative_trapezoid(dichtheid, theta, initial=0)
    assert rij["onder"] == pytest.approx(np.interp(0.025, kans, theta), rel=1e-4)
    assert rij["boven"] == pytest.approx(np.interp(0.975, kans, theta), rel=1e-4)
    assert rij["kans_hoger"] == pytest.approx(1 - np.interp(2.0, theta, kans), abs=1e-5)


def test_wat_clayton_en_kaldor_laten_zien():
    """The highest raw ratio (6.4 on nine cases) shrinks most, that of 39 cases hardly; none seen isn't zero."""
    tabel = krimpschatting(GEZIEN, VERWACHT).tabel
    assert tabel["ruw"].idxmax() == 0 and tabel["geschat"].idxmax() in (0, 1)
    assert tabel["ruw"][0] - tabel["geschat"][0] > 1.5 > 0.6 > tabel["ruw"][1] - tabel["geschat"][1]
    assert (tabel["geschat"].iloc[-2:] > 0.2).all()


def test_zonder_echte_verschillen_blijft_het_gemiddelde_over():
    """Counts as even as can be: nothing left but the mean, and the text says so."""
    uit = krimpschatting([10, 20, 30, 41, 9, 19], [10, 20, 30, 40, 10, 20])
    assert uit.vorm == pytest.approx(VORM_HOOGSTE, rel=1e-3)
    assert uit.tabel["geschat"].to_numpy() == pytest.approx(129 / 130, abs=0.01)
    assert "niet groter dan toeval" in uit.methode


def test_interval_dekt():
    """True ratios drawn from a gamma lie in the 95 % interval 95 times in a hundred."""
    rng = np.random.default_rng(11)
    echt = rng.gamma(4, 1 / 4, 3000)
    e = rng.uniform(0.5, 20, 3000)
    tabel = krimpschatting(rng.poisson(echt * e), e).tabel
    assert ((tabel["onder"] <= echt) & (echt <= tabel["boven"])).mean() == pytest.approx(0.95, abs=0.015)


def test_lege_rijen_en_index_blijven():
    tabel = krimpschatting(pd.Series([3, 5, np.nan], index=["a", "b", "c"]), [2.0, 0.0, 4.0]).tabel
    assert tabel.index.tolist() == ["a", "b", "c"]
    assert tabel["geschat"].notna().tolist() == [True, False, False]


def test_niets_gezien():
    tabel = krimpschatting([0, 0, 0], [1.0, 2.0, 3.0]).tabel
    assert (tabel["ruw"] == 0).all() and tabel["geschat"].between(0.01, 0.3).all()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 40), st.floats(0.2, 40)), min_size=2, max_size=15))
def test_krimp_ligt_tussen_ruw_en_gemiddelde(eenheden):
    o, e = zip(*eenheden, strict=True)
    uit = krimpschatting(o, e)
    midden, tabel = uit.vorm / uit.tempo, uit.tabel
    laag, hoog = np.minimum(tabel["ruw"], midden), np.maximum(tabel["ruw"], midden)
    assert ((tabel["geschat"] >= laag - 1e-9) & (tabel["geschat"] <= hoog + 1e-9)).all()
    assert ((tabel["onder"] <= tabel["boven"]) & tabel["gewicht"].between(0, 1)).all()


@pytest.mark.parametrize(("verhouding", "fout", "tau2"), [(2.0, 0.3, 0.04), (0.5, 0.8, 0.2), (1.4, 0.05, 0.1)])
def test_krimp_van_een_maat_is_de_posterior(verhouding, fout, tau2):
    """Against the posterior on a grid: normal prior around no difference, normal error on the log scale."""
    theta = np.linspace(-4, 4, 200_001)
    dicht = np.exp(-(theta**2) / (2 * tau2) - (np.log(verhouding) - theta) ** 2 / (2 * fout**2))
    kans = np.cumsum(dicht) / dicht.sum()
    rij = krimp_maat([verhouding], [fout], tau2=tau2).iloc[0]
    grid = [np.exp(theta[np.searchsorted(kans, p)]) for p in (0.5, 0.025, 0.975)]
    assert rij[["geschat", "onder", "boven"]].tolist() == pytest.approx(grid, rel=1e-3)
    assert 0 < rij["gewicht"] < 1


def test_krimp_van_een_maat_zonder_spreiding_is_overal_een():
    uit = krimp_maat(pd.Series([2.0, np.nan], index=["a", "b"]), [0.3, 0.2], tau2=0.0)
    assert uit.loc["a", ["geschat", "onder", "boven", "gewicht"]].tolist() == [1, 1, 1, 0]
    assert uit.loc["b"].isna().all()
