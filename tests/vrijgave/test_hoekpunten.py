"""The simplex method that keeps its tableau finds what the general solver finds, and says what would help."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import linprog
from scipy.sparse import csr_array

from analyse.vrijgave.hoekpunten import Hoekpunten


def _stelsel(zaad):
    """A table with margins and random limits; some columns can't move at all."""
    rng = np.random.default_rng(zaad)
    n, m = rng.integers(3, 7, 2)
    nummer = np.arange(n * m).reshape(n, m)
    matrix = np.zeros((n + m, n * m))
    for rij, lijn in enumerate([*nummer, *nummer.T]):
        matrix[rij, lijn] = np.append(np.ones(len(lijn) - 1), -1)
    op, neer = (rng.integers(0, 12, n * m) * (rng.random(n * m) > 0.3) * 1.0 for _ in range(2))
    return csr_array(matrix), op, neer


def _solver(matrix, op, neer, doel):
    nul = np.zeros(matrix.shape[0])
    return -linprog(-doel, A_eq=matrix, b_eq=nul, bounds=np.stack([-neer, op], axis=1)).fun


@pytest.mark.parametrize("zaad", range(6))
def test_even_ver_als_de_algemene_oplosser(zaad):
    matrix, op, neer = _stelsel(zaad)
    punten = Hoekpunten(matrix, np.zeros(len(op)))
    punten.grens(op, neer)
    for cel in range(len(op)):
        for kant in (1.0, -1.0):
            doel = kant * (np.arange(len(op)) == cel)
            beweging = punten.verst(doel).beweging
            assert beweging @ doel == pytest.approx(_solver(matrix, op, neer, doel), abs=1e-9)
            assert np.abs(matrix @ beweging).max() < 1e-9
            assert (beweging <= op + 1e-9).all()
            assert (beweging >= -neer - 1e-9).all()


@pytest.mark.parametrize("zaad", range(3))
def test_de_helling_begrenst_wat_meer_ruimte_oplevert(zaad):
    """The slopes bound what any other limits allow: that makes a cut valid for every choice."""
    matrix, op, neer = _stelsel(zaad)
    punten = Hoekpunten(matrix, np.zeros(len(op)))
    punten.grens(op, neer)
    rng = np.random.default_rng(zaad)
    for cel in range(0, len(op), 3):
        doel = 1.0 * (np.arange(len(op)) == cel)
        helling = punten.verst(doel).helling
        for _ in range(4):
            meer, minder = rng.integers(0, 20, len(op)) * 1.0, rng.integers(0, 20, len(op)) * 1.0
            grens = np.where(helling > 0, helling * meer, -helling * minder).sum()
            assert _solver(matrix, meer, minder, doel) <= grens + 1e-9


def test_zonder_kolommen_die_los_zijn_beweegt_niets():
    punten = Hoekpunten(csr_array(np.eye(3)), np.zeros(3))
    punten.grens(np.ones(3), np.ones(3))
    assert not punten.verst(np.ones(3)).beweging.any()
