"""Funnel limits, overdispersion and verdicts: printed tables, a public package, and a slow second computation."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from analyse.statistiek import Keuze, poisson_exact, trechter_aandeel, trechter_maat, trechter_verhouding
from analyse.statistiek.trechter import binomiaal_grens, overdispersie, poisson_grens

# FunnelPlotR, tests/testthat: six units, phi of the log scale with the SHMI way of trimming.
WAARGENOMEN, VERWACHT = [100, 150, 180, 80, 120, 225], [108, 112, 165, 95, 100, 220]
FUNNELPLOTR_PHI = 2.948033


def test_poisson_uit_de_tabel():
    """Mean 10 in any printed table: P(3) = 0.0103, P(4) = 0.0293, P(16) = 0.9730 and P(17) = 0.9857, cumulative.

    With Spiegelhalter's interpolation: r − (P(r) − p) / (P(r) − P(r − 1)).
    """
    boven = 17 - (0.9857 - 0.975) / (0.9857 - 0.9730)
    onder = 4 - (0.0293 - 0.025) / (0.0293 - 0.0103)
    assert 10 * poisson_grens(10, 0.975) == pytest.approx(boven, abs=0.01)
    assert 10 * poisson_grens(10, 0.025) == pytest.approx(onder, abs=0.01)


def test_binomiaal_uit_de_tabel():
    """Twenty tosses: P(X ≤ 5) = 0.0207, P(X ≤ 6) = 0.0577 in any printed table; the upper side mirrors it."""
    onder = (6 - (0.0577 - 0.025) / (0.0577 - 0.0207)) / 20
    assert binomiaal_grens(20, 0.025, doel=0.5) == pytest.approx(onder, abs=1e-4)
    # The interpolated points lie one half-open step apart: the mirror of r − α is n − 1 − (r − α).
    assert binomiaal_grens(20, 0.975, doel=0.5) == pytest.approx(19 / 20 - onder, abs=1e-4)


def _traag(verdeling, kans: float) -> float:
    """The definition, by counting up."""
    r = 0
    while verdeling.cdf(r) < kans:
        r += 1
    laag = verdeling.cdf(r - 1) if r else 0.0
    return max(r - (verdeling.cdf(r) - kans) / (verdeling.cdf(r) - laag), 0.0)


@settings(max_examples=60)
@given(st.floats(0.05, 400), st.sampled_from([0.001, 0.025, 0.975, 0.999]), st.sampled_from([0.6, 1.0, 1.7]))
def test_poisson_gelijk_aan_natellen(e, kans, doel):
    assert float(poisson_grens(e, kans, doel=doel)) * e == pytest.approx(
        _traag(stats.poisson(e * doel), kans), abs=1e-6
    )


@settings(max_examples=60)
@given(st.integers(1, 300), st.floats(0.01, 0.99), st.sampled_from([0.001, 0.025, 0.975, 0.999]))
def test_binomiaal_gelijk_aan_natellen(n, doel, kans):
    assert float(binomiaal_grens(n, kans, doel=doel)) * n == pytest.approx(
        _traag(stats.binom(n, doel), kans), abs=1e-6
    )


def test_garwood_is_een_andere_trechter():
    """FunnelPlotR prints Garwood's interval around E = 15, 20, 30: wider than the spread that chance gives."""
    e = np.array([15.0, 20, 30])
    onder, boven = (grens / e for grens in poisson_exact(e))
    assert onder == pytest.approx([0.559692, 0.610826, 0.674696], abs=1e-6)
    assert boven == pytest.approx([1.649348, 1.544419, 1.427562], abs=1e-6)
    assert (poisson_grens(e, 0.975) < boven).all()


def test_garwood_van_funnelplotr_op_998():
    """The outer limits that FunnelPlotR's tests print for E = 15, 20, 30."""
    e = np.array([15.0, 20, 30])
    onder, boven = (grens / e for grens in poisson_exact(e, niveau=0.998))
    assert onder == pytest.approx([0.386265, 0.447911, 0.528972], abs=1e-6)
    assert boven == pytest.approx([2.082907, 1.902094, 1.702771], abs=1e-6)


@pytest.mark.parametrize(("schaal", "phi"), [("log", 2.149), ("wortel", 2.327)])
def test_phi_met_ingehaalde_uitschieters(schaal, phi):
    """The same units winsorised: computed apart, by hand, on the two scales of `Keuze`."""
    o, e = np.array(WAARGENOMEN, dtype=float), np.array(VERWACHT, dtype=float)
    z = np.log(o / e) * np.sqrt(e) if schaal == "log" else 2 * (np.sqrt(o) - np.sqrt(e))
    assert overdispersie(z, np.ones(6)).phi == pytest.approx(phi, abs=5e-4)


def test_phi_van_funnelplotr():
    o, e = np.array(WAARGENOMEN, dtype=float), np.array(VERWACHT, dtype=float)
    gevonden = overdispersie(np.log(o / e) * np.sqrt(e), 1 / np.sqrt(e), uitschieters="weglaten")
    assert gevonden.phi == pytest.approx(FUNNELPLOTR_PHI, abs=5e-7)


def test_weglaten_gaat_op_rang():
    """Twenty units at ten per cent: two away on each side."""
    z = np.array([-50.0, -40, *np.linspace(-1, 1, 16), 40, 50])
    assert overdispersie(z, np.ones(20), uitschieters="weglaten").eenheden == 16


def test_tau2_gelijk_aan_dersimonian_laird():
    """Textbook form on effects instead of z-scores: (Q − (k − 1)) / (Σw − Σw²/Σw), with a fixed target."""
    rng = np.random.default_rng(4)
    s = rng.uniform(0.05, 0.3, 40)
    y = rng.normal(0, np.sqrt(s**2 + 0.04))
    w = 1 / s**2
    q = float(np.sum(w * y**2))
    verwacht = (q - 39) / (w.sum() - (w**2).sum() / w.sum())
    assert overdispersie(y / s, s, deel=0.0).tau2 == pytest.approx(verwacht)
    assert 0.01 < verwacht < 0.12


@pytest.mark.parametrize("hoe", ["optellend", "vermenigvuldigend"])
@settings(max_examples=25)
@given(st.lists(st.tuples(st.integers(0, 60), st.floats(0.5, 60)), min_size=2, max_size=20))
def test_verruimen_maakt_nooit_nauwer(hoe, eenheden):
    o, e = zip(*eenheden, strict=True)
    exact, ruim = trechter_verhouding(o, e).tabel, trechter_verhouding(o, e, keuze=Keuze(spreiding=hoe)).tabel
    assert (ruim["onder_998"] <= exact["onder_998"]).all() and (ruim["boven_998"] >= exact["boven_998"]).all()
    assert (exact["onder_998"] <= exact["onder_95"]).all() and (exact["boven_95"] <= exact["boven_998"]).all()


def test_optellend_geeft_ook_de_grote_ruimte():
    """Multiplicative limits close in on big units, additive ones don't."""
    rng = np.random.default_rng(1)
    e = np.geomspace(20, 20_000, 60)
    o = rng.poisson(e * np.exp(rng.normal(0, 0.2, 60)))
    breed = {
        hoe: trechter_verhouding(o, e, keuze=Keuze(spreiding=hoe)).tabel.iloc[-1]
        for hoe in ("optellend", "vermenigvuldigend")
    }
    assert breed["optellend"]["boven_998"] > 1.3
    assert breed["vermenigvuldigend"]["boven_998"] < 1.2


def test_oordeel_en_signaal():
    o = pd.Series([100, 125, 140, 60, 5], index=["GM1", "GM2", "GM3", "GM4", "GM5"])
    e = pd.Series([100, 100, 100, 100, 0], index=o.index)
    streng, ruim = (trechter_verhouding(o, e, keuze=Keuze(signaal=s)).tabel for s in ("998", "95"))
    assert streng["oordeel"].tolist() == ["binnen", "buiten_95", "buiten_998", "buiten_998", "geen_oordeel"]
    assert streng["kant"].tolist() == ["", "hoger", "hoger", "lager", ""]
    assert streng["signaal"].tolist() == [False, False, True, True, False]
    assert ruim["signaal"].tolist() == [False, True, True, True, False]
    assert streng.index.equals(o.index)


def test_bij_alleen_toeval_is_een_op_vijfhonderd_een_signaal():
    rng = np.random.default_rng(7)
    e = np.full(20_000, 40.0)
    oordeel = trechter_verhouding(rng.poisson(e), e).tabel["oordeel"]
    assert oordeel.eq("buiten_998").mean() == pytest.approx(0.002, abs=0.0015)
    assert oordeel.ne("binnen").mean() == pytest.approx(0.05, abs=0.012)


def test_aandeel_neemt_het_aandeel_van_allen_als_doel():
    uit = trechter_aandeel([10, 20, 70, 3], [100, 100, 100, 0])
    assert uit.doel == pytest.approx(100 / 300)
    assert uit.tabel["oordeel"].tolist() == ["buiten_998", "buiten_95", "buiten_998", "geen_oordeel"]
    assert "exacte binomiale grenzen" in uit.methode


def test_methode_zegt_hoe():
    zin = trechter_verhouding(WAARGENOMEN, VERWACHT, keuze=Keuze(spreiding="optellend", signaal="95")).methode
    assert "optellend, τ² = 0,0034" in zin and "uit 6 eenheden" in zin and zin.endswith("buiten 95 procent.")


def test_maat_op_logschaal():
    """Limits by hand: exp(± z · s) around the expected; a margin that isn't known gives no verdict."""
    uit = trechter_maat([200.0, 90.0, 100.0], [100.0, 100.0, 100.0], [0.2, 0.2, np.nan])
    assert uit.tabel["boven_95"].tolist()[:2] == pytest.approx([np.exp(1.959964 * 0.2)] * 2, rel=1e-6)
    assert uit.tabel["onder_998"][0] == pytest.approx(np.exp(-3.0902323 * 0.2), rel=1e-6)
    assert uit.tabel["oordeel"].tolist() == ["buiten_998", "binnen", "geen_oordeel"]
    assert uit.tabel["kant"].tolist() == ["hoger", "", ""] and "logschaal" in uit.methode


def test_maat_met_spreiding_tussen_eenheden():
    """The additive correction is DerSimonian–Laird on the logs, by hand for equal errors."""
    y, s = np.array([-0.4, -0.2, 0.0, 0.2, 0.4]), 0.1
    uit = trechter_maat(np.exp(y) * 50, np.full(5, 50.0), np.full(5, s), keuze=Keuze("optellend"))
    z = np.clip(y / s, *np.quantile(y / s, [0.1, 0.9]))
    tau2 = (np.sum(z**2) - 4) / ((5 / s**2) - (5 / s**4) / (5 / s**2))
    assert uit.overdispersie.tau2 == pytest.approx(tau2)
    assert uit.tabel["boven_95"][0] == pytest.approx(np.exp(1.959964 * np.sqrt(s**2 + tau2)), rel=1e-6)
    assert not uit.tabel["signaal"].any()
