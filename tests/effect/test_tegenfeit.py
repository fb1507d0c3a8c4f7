from dataclasses import replace

import numpy as np
import pytest
import statsmodels.api as sm
from effecthulp import regio_en_donoren, rustig

from analyse.effect.tegenfeit import log_verhouding, uitkomst_did, verwacht_did
from analyse.effect.venster import Venster

VENSTER = Venster(2, 18, 18, 28)


def test_zonder_toeval_is_verwacht_gelijk_aan_werkelijk():
    opzet = rustig()
    verwacht = verwacht_did(opzet.reeks, VENSTER.basis, opzet.controles)
    np.testing.assert_allclose(verwacht, opzet.reeks.aantal, rtol=1e-9)


def test_een_effect_is_werkelijk_gedeeld_door_verwacht():
    opzet = rustig(0.75)
    uit = uitkomst_did(opzet.reeks, VENSTER, opzet.controles)
    assert uit.werkelijk[0] / uit.verwacht[0] == pytest.approx(0.75)
    np.testing.assert_allclose(uit.log[1:], 0, atol=1e-9)


def test_verwacht_volgt_uit_de_poisson_regressie_op_de_controles():
    """The movement of the controls as statsmodels fits it, times the own level of before."""
    regio, _ = regio_en_donoren()
    controles = np.array([False] + [True] * 7)
    y, n = regio.aantal[1:], regio.bevolking[1:]
    gebied, tijd = (m.ravel() for m in np.indices(y.shape))
    x = np.column_stack([gebied[:, None] == np.arange(7), tijd[:, None] == np.arange(1, 28)]).astype(float)
    beta = sm.GLM(y.ravel(), x, family=sm.families.Poisson(), offset=np.log(n.ravel())).fit().params
    beweging = np.exp(np.r_[0, beta[7:]])
    niveau = regio.aantal[0, 2:18].sum() / (regio.bevolking[0] * beweging)[2:18].sum()
    onze = verwacht_did(regio, slice(2, 18), controles)[0]
    np.testing.assert_allclose(onze, regio.bevolking[0] * beweging * niveau, rtol=1e-6)


def test_een_controle_wordt_niet_met_zichzelf_vergeleken():
    regio, _ = regio_en_donoren()
    hoog = regio.aantal.copy()
    hoog[0, 18:] *= 1000
    controles = np.ones(8, dtype=bool)
    voor, na = (
        verwacht_did(replace(regio, aantal=aantal), slice(2, 18), controles) for aantal in (regio.aantal, hoog)
    )
    np.testing.assert_allclose(na[0], voor[0], rtol=0.25)
    assert (na[1] > 5 * voor[1])[18:].all()


def test_een_gat_bij_een_controle_vertekent_de_anderen_niet():
    """The largest control misses a year: with raw totals the level of that year would drop."""
    opzet = rustig()
    aantal, bevolking = opzet.reeks.aantal.copy(), opzet.reeks.bevolking.copy()
    aantal[-1, 18:22] = bevolking[-1, 18:22] = np.nan
    verwacht = verwacht_did(
        replace(opzet.reeks, aantal=aantal, bevolking=bevolking), VENSTER.basis, opzet.controles
    )
    np.testing.assert_allclose(verwacht[:-1], opzet.reeks.aantal[:-1], rtol=1e-6)
    assert np.isnan(verwacht[-1, 18:22]).all()


def test_zonder_gevallen_ervoor_is_er_niets_te_zeggen():
    opzet = rustig()
    aantal = opzet.reeks.aantal.copy()
    aantal[3, :18] = 0
    uit = uitkomst_did(replace(opzet.reeks, aantal=aantal), VENSTER, opzet.controles)
    assert np.isnan(uit.verwacht[3]) and np.isnan(uit.log[3])


def test_nul_telt_als_een_half():
    assert log_verhouding(np.array(0.0), np.array(2.0)) == pytest.approx(np.log(0.25))
