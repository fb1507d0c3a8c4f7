import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from gedeeld import gedeeld

from analyse.effect import twee_bij_twee
from analyse.kern.fouten import DomeinFout


def test_card_en_krueger():
    """Card and Krueger 1994: 2.7536 jobs more in New Jersey, standard error 1.688 over 794 shops."""
    winkels = pd.read_csv(gedeeld("data/effect/did_card_krueger/njmin3.csv")).dropna(subset=["fte"])
    verwacht = pd.read_csv(gedeeld("data/effect/verwachte_waarden.csv")).query("dataset == 'Card-Krueger'").iloc[0]
    blok = twee_bij_twee(winkels["fte"], winkels["nj"], winkels["d"])
    assert blok.effect == pytest.approx(float(verwacht["verwacht"]), abs=float(verwacht["tolerantie"]))
    assert blok.fout == pytest.approx(1.688, abs=0.001)
    assert blok.tabel["n"].sum() == 794
    assert "2,75 meer" in blok.tekst


def test_verhouding_is_poisson_met_offset():
    rng = np.random.default_rng(2)
    d, t = rng.integers(0, 2, 80), rng.integers(0, 2, 80)
    bevolking = rng.uniform(500, 2000, 80)
    aantal = rng.poisson(bevolking * 0.05 * np.exp(-0.2 * d * t + 0.1 * d))
    x = np.column_stack([np.ones(80), d, t, d * t])
    hun = sm.GLM(aantal, x, family=sm.families.Poisson(), offset=np.log(bevolking)).fit()
    blok = twee_bij_twee(aantal, d, t, schaal="verhouding", bevolking=bevolking)
    assert blok.effect == pytest.approx(hun.params[3], rel=1e-7)
    assert blok.fout == pytest.approx(hun.bse[3], rel=1e-7)
    np.testing.assert_allclose(blok.interval, hun.conf_int()[3], rtol=1e-6)


def test_vier_groepen_zijn_nodig():
    with pytest.raises(DomeinFout, match="vier groepen"):
        twee_bij_twee([1, 2, 3], [1, 1, 0], [0, 1, 0])
    with pytest.raises(DomeinFout, match="cel zonder gevallen"):
        twee_bij_twee([0, 1, 1, 1], [1, 1, 0, 0], [1, 0, 1, 0], schaal="verhouding", bevolking=np.ones(4))
