"""The exact choice of what to hide: known optima, never dearer than the heuristic, and the attacker never wins."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from scipy.optimize import linprog
from scipy.sparse import csr_array

from analyse.kern.resultaat import Vrijgave
from analyse.vrijgave import aanval, geef_vrij_met_audit, poort
from analyse.vrijgave.gewichten import prijzen
from analyse.vrijgave.snede import Snijder
from analyse.vrijgave.vergelijkingen import Stelsel
from vrijgave.hulp import GEEN_BEVINDINGEN
from vrijgave.kunst import Kunst, maak_params


def _tafel(waarde, *, breed=5.0):
    """A table with margins (last row and column) as a system in which hiding a cell costs its size."""
    waarde = np.asarray(waarde, dtype=float)
    n, m = waarde.shape
    nummer = np.arange(n * m).reshape(n, m)
    lijnen = [*nummer, *nummer.T]
    teken = [*[np.append(np.ones(m - 1), -1)] * n, *[np.append(np.ones(n - 1), -1)] * m]
    matrix = np.zeros((n + m, n * m))
    for rij, (lijn, factor) in enumerate(zip(lijnen, teken, strict=True)):
        matrix[rij, lijn] = factor
    leeg, geen = np.zeros(n * m, dtype=bool), np.zeros(0, dtype=np.intp)
    return Stelsel(
        matrix=csr_array(matrix),
        op=np.full(n * m, np.inf),
        neer=waarde.ravel(),
        prijs=waarde.ravel(),
        vrij=leeg,
        breedte=np.full(n * m, breed),
        gedekt=leeg,
        totaal=leeg,
        nul=leeg,
        periode=np.zeros(n * m, dtype=np.intp),
        kolommen={},
        resten=(geen, geen),
    )


def _kies(stelsel, primair):
    vast = np.isin(np.arange(len(stelsel.op)), primair)
    return Snijder(stelsel, vast, ~vast).beste(~vast, rondes=40)


def _veilig(stelsel, verborgen):
    """By brute force: every hidden cell can be moved as far as asked."""
    for cel in np.flatnonzero(verborgen):
        ver = [_ver(stelsel, verborgen, cel, kant) for kant in (1.0, -1.0)]
        if sum(ver) < stelsel.breedte[cel] - 1e-6:
            return False
    return True


def _ver(stelsel, verborgen, cel, kant):
    op = np.where(verborgen, np.minimum(stelsel.op, 1e4), 0.0)
    neer = np.where(verborgen, stelsel.neer, 0.0)
    doel = -kant * (np.arange(len(op)) == cel)
    nul = np.zeros(stelsel.matrix.shape[0])
    return -linprog(doel, A_eq=stelsel.matrix, b_eq=nul, bounds=np.stack([-neer, op], axis=1)).fun


def test_het_rekenvoorbeeld_van_fischetti_en_salazar():
    """Investment of enterprises by activity and region, the example of Fischetti & Salazar-González ("Solving the
    cell suppression problem on tabular data with linear constraints", Management Science 47, 2001): activity II in
    region C (22) is sensitive. With the cheapest rectangle around it an attacker knows that it is from 5 to 30."""
    stelsel = _tafel([[20, 50, 10, 80], [8, 19, 22, 49], [17, 32, 12, 61], [45, 101, 44, 190]])
    keuze = _kies(stelsel, [6])
    # The rectangles: 8 + 10 + 20, 8 + 12 + 17, 19 + 10 + 50 and 19 + 12 + 32.
    assert keuze.optimaal
    assert keuze.kosten == 37
    assert set(np.flatnonzero(keuze.verborgen)) == {4, 8, 10}
    samen = keuze.verborgen | (np.arange(16) == 6)
    assert (22 - _ver(stelsel, samen, 6, -1.0), 22 + _ver(stelsel, samen, 6, 1.0)) == (5, 30)


@pytest.mark.parametrize("zaad", range(4))
def test_niets_goedkopers_is_veilig(zaad):
    """All choices tried: two of three rows and columns and their margins leave few enough for that."""
    rng = np.random.default_rng(zaad)
    kern = rng.integers(2, 30, (3, 2))
    waarde = np.block([[kern, kern.sum(1, keepdims=True)], [kern.sum(0, keepdims=True), kern.sum()]])
    stelsel = _tafel(waarde)
    primair = [0, 4] if zaad % 2 else [1]
    keuze = _kies(stelsel, primair)
    vast = np.isin(np.arange(waarde.size), primair)
    assert keuze.optimaal
    assert _veilig(stelsel, vast | keuze.verborgen)
    for rest in product((False, True), repeat=waarde.size - len(primair)):
        ander = vast.copy()
        ander[~vast] = rest
        if stelsel.prijs[ander & ~vast].sum() < keuze.kosten * (1 - 1e-3):
            assert not _veilig(stelsel, ander)


@pytest.mark.parametrize("zaad", range(3))
def test_nooit_duurder_dan_de_heuristiek_en_nooit_lek(zaad, monkeypatch):
    gemeenten = ("GM0200", "GM0213", "GM0232", "GM0244")
    bron = Kunst(omvang=0.3, perioden=2, gemeenten=gemeenten, zaad=zaad).meting()
    kosten = {}
    bescherm = poort.bescherm

    def onthoud(cellen, drempels):
        uit = bescherm(cellen, drempels)
        gewichten = [(prijzen(uit, blok, met_nullen=True), blok.regel == 6) for blok in uit]
        kosten[drempels.nauwkeurig_rondes] = sum(float(prijs[weg].sum()) for prijs, weg in gewichten)
        return uit

    monkeypatch.setattr(poort, "bescherm", onthoud)
    for rondes in (0, 6):
        params = maak_params(gemeenten, nauwkeurig_rondes=rondes)
        vrijgave, _ = geef_vrij_met_audit(bron, params=params, basis_kwaliteit=GEEN_BEVINDINGEN)
        assert isinstance(vrijgave, Vrijgave)
        assert not aanval(vrijgave, params=params, meting=bron)["lek"].any()
    assert kosten[6] < kosten[0]
