import numpy as np
import pytest

from analyse.effect.spreiding import Spreiding, meet_spreiding
from analyse.effect.tegenfeit import Uitkomst
from analyse.effect.toets import Toets, statistiek, toets
from analyse.effect.trekking import buren, placebotrekkingen, toewijzingen
from analyse.effect.venster import Venster

RAAM, ANDER = Venster(0, 8, 8, 16), Venster(0, 10, 10, 16)


def uitkomst(log, verwacht, basis):
    verwacht = np.asarray(verwacht, dtype=float)
    return Uitkomst(verwacht * np.exp(log), verwacht, np.asarray(basis, dtype=float))


def test_spreiding_vindt_beide_bronnen_terug():
    rng = np.random.default_rng(1)
    verwacht = np.exp(rng.uniform(np.log(20), np.log(4000), 4000))
    fout = np.sqrt(1.5 * (1 / verwacht + 1 / (2 * verwacht)) + 0.05**2)
    uit = meet_spreiding(uitkomst(rng.normal(0, fout), verwacht, 2 * verwacht))
    assert uit.toeval == pytest.approx(1.5, rel=0.15)
    assert uit.eigen == pytest.approx(0.05**2, rel=0.3)
    np.testing.assert_allclose(uit.variantie(verwacht, 2 * verwacht), fout**2, rtol=0.2)


def test_met_weinig_gebieden_is_toeval_gewoon_tellen():
    rustig = meet_spreiding(uitkomst(np.zeros(5), np.full(5, 100), np.full(5, 100)))
    assert rustig == Spreiding(1.0, 0.0)
    druk = meet_spreiding(uitkomst(np.full(5, 0.3), np.full(5, 100), np.full(5, 100)))
    assert 0.09 - 0.02 < druk.eigen < 3 * 0.09


def test_buren_zijn_de_dichtstbijzijnde_in_grootte():
    grootte = np.array([100, 10, 90, 0, 205, 1000, 52])
    assert buren(grootte, 0, [1, 2, 3, 4, 5, 6], aantal=3).tolist() == [2, 6, 4]


def test_placebos_van_een_gebied_zijn_alle_kandidaten():
    assert placebotrekkingen([np.array([4, 7, 9])], seed=1)[:, 0].tolist() == [4, 7, 9]


def test_in_een_trekking_staat_een_gebied_een_keer_en_herhaling_geeft_hetzelfde():
    groepen = [np.arange(10), np.arange(5, 15)]
    een, ander = (placebotrekkingen(groepen, seed=3, aantal=500) for _ in range(2))
    assert (een[:, 0] != een[:, 1]).all() and set(een[:, 1]) <= set(range(5, 15))
    np.testing.assert_array_equal(een, ander)


@pytest.mark.parametrize(("vensters", "aantal"), [([RAAM], 8), ([RAAM, RAAM], 28), ([RAAM, ANDER], 56)])
def test_alle_manieren_om_de_maatregel_uit_te_delen(vensters, aantal):
    manieren = toewijzingen(range(8), vensters, seed=1)
    assert len(manieren) == len(np.unique(manieren, axis=0)) == aantal


def test_te_veel_manieren_worden_getrokken():
    manieren = toewijzingen(range(40), [RAAM, ANDER, RAAM], seed=1)
    assert len(manieren) == 1999
    assert all(len(set(rij)) == 3 for rij in manieren)


def test_de_statistiek_is_de_som_gedeeld_door_de_som():
    een, ander = uitkomst([0.1, 0.0], [100, 50], [200, 80]), uitkomst([0.0, -0.2], [30, 60], [40, 70])
    effect, fout = statistiek([een, ander], np.array([[0, 1]]), [Spreiding(1, 0.01), Spreiding(2, 0)])
    som = np.log((100 * np.exp(0.1) + 60 * np.exp(-0.2)) / 160)
    variantie = (100 / 160) ** 2 * (1 / 100 + 1 / 200 + 0.01) + (60 / 160) ** 2 * 2 * (1 / 60 + 1 / 70)
    assert (effect[0], fout[0]) == (pytest.approx(som), pytest.approx(np.sqrt(variantie)))


def test_p_telt_de_echte_mee():
    placebo = np.array([-3.0, -1, 0, 1, 2])
    assert Toets(2.0, 1.0, placebo).p == pytest.approx(3 / 6)
    assert Toets(2.0, 1.0, placebo, met_echte=True).p == pytest.approx(2 / 5)
    assert Toets(9.0, 1.0, placebo).p == pytest.approx(1 / 6)


def test_toets_en_interval_zijn_het_eens():
    rng = np.random.default_rng(2)
    placebo = rng.normal(size=999)
    for effect in (0.5, 1.9, 2.1, 4.0):
        uit = Toets(effect, 1.0, placebo)
        onder, boven = uit.interval
        assert (uit.p <= 0.05) == (not onder <= 0 <= boven)


def test_wat_niet_te_beoordelen_is_telt_niet_als_placebo():
    log = np.array([0.5, 0.1, np.nan, -0.1])
    uit = uitkomst(log, [100, 100, np.nan, 100], [100, 100, np.nan, 100])
    resultaat = toets([uit], [0], np.array([[1], [2], [3]]), [Spreiding(1, 0)])
    assert len(resultaat.placebo) == 2
