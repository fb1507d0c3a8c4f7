import numpy as np
import pytest
import statsmodels.api as sm

from analyse.effect.poisson import newey_west, regressie, tweeweg
from analyse.kern.fouten import DomeinFout

RNG = np.random.default_rng(4)
N = 60
X = np.column_stack([np.ones(N), np.arange(N) / N, np.arange(N) >= 35, np.sin(np.arange(N))])
BLOOTSTELLING = RNG.uniform(500, 900, N)
Y = RNG.poisson(BLOOTSTELLING * np.exp(X @ [-2.0, 0.3, -0.2, 0.1])).astype(float)


@pytest.fixture(scope="module")
def orakel():
    return sm.GLM(Y, X, family=sm.families.Poisson(), offset=np.log(BLOOTSTELLING))


def test_coefficienten_en_gewone_fouten_als_statsmodels(orakel):
    onze, hun = regressie(Y, X, BLOOTSTELLING), orakel.fit()
    np.testing.assert_allclose(onze.beta, hun.params, rtol=1e-8)
    np.testing.assert_allclose(np.sqrt(np.diag(onze.covariantie("poisson"))), hun.bse, rtol=1e-8)


def test_quasi_schaalt_met_pearson(orakel):
    hun = orakel.fit(scale="X2")
    onze = regressie(Y, X, BLOOTSTELLING)
    assert onze.spreiding == pytest.approx(hun.scale, rel=1e-8)
    np.testing.assert_allclose(np.sqrt(np.diag(onze.covariantie("quasi"))), hun.bse, rtol=1e-8)


def test_newey_west_als_statsmodels(orakel):
    hun = orakel.fit(cov_type="HAC", cov_kwds={"maxlags": 4, "use_correction": False})
    onze = regressie(Y, X, BLOOTSTELLING).covariantie("newey_west", vertraging=4)
    np.testing.assert_allclose(onze * (N - X.shape[1]) / N, hun.cov_params(), rtol=1e-7)


def test_zonder_vertraging_is_newey_west_de_som_van_kwadraten():
    scores = RNG.normal(size=(10, 2))
    np.testing.assert_allclose(newey_west(scores, 0), scores.T @ scores)


def test_scores_van_een_moment_tellen_samen():
    """Two identical series side by side hold no more information about shocks than one."""
    dubbel = regressie(np.tile(Y, 2), np.tile(X, (2, 1)), np.tile(BLOOTSTELLING, 2))
    moment = np.tile(np.arange(N), 2)
    een = regressie(Y, X, BLOOTSTELLING).covariantie("newey_west", vertraging=3)
    np.testing.assert_allclose(dubbel.covariantie("newey_west", vertraging=3, moment=moment), een, rtol=1e-8)


def test_een_reeks_zonder_gevallen_komt_niet_tot_rust():
    with pytest.raises(DomeinFout, match="komt niet tot rust"):
        regressie(np.zeros(N), X, BLOOTSTELLING)


def test_tweeweg_is_poisson_met_twee_vaste_effecten():
    bevolking = RNG.uniform(100, 5000, size=(6, 8))
    aantal = RNG.poisson(bevolking * 0.02).astype(float)
    gat = np.zeros(aantal.shape, dtype=bool)
    gat[2, 3] = gat[4, 0] = True
    gebied, tijd = (m.ravel() for m in np.indices(aantal.shape))
    ontwerp = np.column_stack([gebied[:, None] == np.arange(6), tijd[:, None] == np.arange(1, 8)]).astype(float)
    zien = ~gat.ravel()
    hun = sm.GLM(
        aantal.ravel()[zien], ontwerp[zien], family=sm.families.Poisson(), offset=np.log(bevolking.ravel()[zien])
    ).fit()
    niveau, beweging = tweeweg(np.where(gat, np.nan, aantal), bevolking)
    verwacht = (bevolking * np.outer(niveau, beweging)).ravel()[zien]
    np.testing.assert_allclose(verwacht, hun.fittedvalues, rtol=1e-6)
