import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyse.effect import gepaarde_toets
from analyse.effect.gepaard import EXACT_TOT
from analyse.kern.fouten import LeveringFout

# Darwin's 15 pairs of maize, crossed minus self-fertilised, in eighths of an inch; worked out in Fisher 1935, §21.
DARWIN = np.array([49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48]) / 8


def test_fisher_over_darwins_mais():
    """1,726 of the 32,768 sign patterns are at least as far from 0."""
    uit = gepaarde_toets(np.zeros(15), DARWIN)
    assert uit.exact
    assert uit.p == pytest.approx(1726 / 32768)
    assert uit.interval[0] < 0 < uit.interval[1]


def test_elf_kinderen_van_5_naar_8():
    voor = [5, 4, 6, 5, 5, 6, 4, 5, 6, 5, 6]
    na = [8, 7, 8, 9, 8, 8, 7, 8, 9, 8, 8]
    uit = gepaarde_toets(voor, na)
    assert uit.p == pytest.approx(2 / 2**11)
    assert uit.interval[0] > 2
    assert "Bij 11 personen ging de score van 5,2 naar 8,0" in uit.tekst
    assert "Zonder vergelijkingsgroep" in uit.tekst
    assert uit.tabel.loc[0, ["n", "omhoog", "omlaag"]].tolist() == [11, 11, 0]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.floats(-5, 5), min_size=6, max_size=9))
def test_binnen_het_interval_wordt_niet_verworpen_en_erbuiten_wel(verschillen):
    d = np.round(verschillen, 3)
    onder, boven = gepaarde_toets(np.zeros(len(d)), d).interval
    assert onder <= d.mean() <= boven
    for c, verwerpt in ((onder - 1e-3, True), (boven + 1e-3, True), (d.mean(), False)):
        assert (gepaarde_toets(np.full(len(d), c), d).p <= 0.05) is verwerpt


def test_meer_personen_worden_getrokken_en_dat_is_herhaalbaar():
    d = np.random.default_rng(3).normal(0.4, 1, EXACT_TOT + 5)
    een, ander = gepaarde_toets(np.zeros(len(d)), d), gepaarde_toets(np.zeros(len(d)), d)
    assert not een.exact and een.p == ander.p and een.interval == ander.interval


@pytest.mark.parametrize(("voor", "na"), [([1, 2], [2, 3]), ([1] * 8, [2] * 7), ([1] * 7 + [np.nan], [2] * 8)])
def test_te_weinig_of_ongelijke_paren_worden_geweigerd(voor, na):
    with pytest.raises(LeveringFout, match="zes personen"):
        gepaarde_toets(voor, na)
