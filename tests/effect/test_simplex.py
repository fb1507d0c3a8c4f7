import numpy as np
import pytest
from scipy.optimize import nnls

from analyse.effect.simplex import op_simplex, simplexgewichten

RNG = np.random.default_rng(8)


def exact(a, b, ridge=0.0):
    """An active-set solver, with the sum forced by one heavy row."""
    n = a.shape[1]
    boven = np.vstack([a, np.sqrt(ridge) * np.eye(n), 1e5 * np.ones(n)])
    w, _ = nnls(boven, np.r_[b, np.zeros(n), 1e5])
    return w / w.sum()


@pytest.mark.parametrize("ridge", [0.0, 0.5])
def test_dezelfde_gewichten_als_een_exacte_oplosser(ridge):
    a, b = RNG.normal(size=(25, 12)), RNG.normal(size=25)
    np.testing.assert_allclose(simplexgewichten(a, b, ridge=ridge), exact(a, b, ridge), atol=1e-5)


def test_veel_problemen_tegelijk_geven_hetzelfde_als_een_voor_een():
    a, b = RNG.normal(size=(7, 20, 6)), RNG.normal(size=(7, 20))
    ridge = RNG.uniform(0, 1, 7)
    samen = simplexgewichten(a, b, ridge=ridge)
    los = np.stack([simplexgewichten(a[k], b[k], ridge=float(ridge[k])) for k in range(7)])
    np.testing.assert_allclose(samen, los, atol=1e-6)


def test_op_de_simplex():
    w = op_simplex(RNG.normal(size=(50, 9)) * 5)
    assert (w >= 0).all()
    np.testing.assert_allclose(w.sum(axis=1), 1)
    al_goed = np.array([0.2, 0.3, 0.5])
    np.testing.assert_allclose(op_simplex(al_goed), al_goed)
