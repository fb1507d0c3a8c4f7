from datetime import date

import pytest
from effecthulp import regio_en_donoren

from analyse.effect.venster import Venster, venster

REEKS, _ = regio_en_donoren()  # 2019-K1 to 2025-K4


def test_vier_jaar_ervoor_en_alles_erna():
    assert venster(REEKS, date(2023, 7, 1)) == Venster(2, 18, 18, 28)


def test_een_half_behandeld_kwartaal_telt_aan_geen_kant_mee():
    assert venster(REEKS, date(2023, 8, 15)) == Venster(2, 18, 19, 28)


def test_inwerktijd_en_einde():
    assert venster(REEKS, date(2023, 7, 1), inwerkmaanden=6).na_van == 20
    assert venster(REEKS, date(2023, 7, 1), einde=date(2024, 6, 30)).na_tot == 21


@pytest.mark.parametrize(("ingang", "verwacht"), [(date(2018, 1, 1), (0, 28)), (date(2027, 1, 1), (16, 0))])
def test_een_start_buiten_de_reeks(ingang, verwacht):
    raam = venster(REEKS, ingang)
    assert (raam.lengte_basis, raam.lengte_na) == verwacht


def test_varianten_van_een_venster():
    raam = Venster(2, 18, 18, 28)
    assert raam.binnen_basis(4) == Venster(2, 14, 14, 18)
    assert raam.later_begin(6) == Venster(8, 18, 18, 28)
    assert raam.eerder_eind(4) == Venster(2, 14, 18, 28)
