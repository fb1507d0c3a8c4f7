from datetime import date

import pytest

from analyse.effect.tijdvak import Tijdvak, eerste_hele
from analyse.kern.fouten import ParameterFout


@pytest.mark.parametrize("tekst", ["2025-07", "2025-K3", "2025-H2"])
def test_tekst_heen_en_terug(tekst):
    vak = Tijdvak.lees(tekst)
    assert str(vak) == tekst
    assert Tijdvak.van_index(vak.index, vak.per_jaar) == vak
    assert vak.begin == date(2025, 7, 1)


@pytest.mark.parametrize(
    ("tekst", "eind"),
    [("2024-02", date(2024, 2, 29)), ("2025-K4", date(2025, 12, 31)), ("2025-H1", date(2025, 6, 30))],
)
def test_laatste_dag(tekst, eind):
    assert Tijdvak.lees(tekst).eind == eind


@pytest.mark.parametrize("tekst", ["2025", "2025-K5", "2025-13", "2025-00", "kwartaal 3"])
def test_iets_anders_wordt_geweigerd(tekst):
    with pytest.raises(ParameterFout, match="2025-K3"):
        Tijdvak.lees(tekst)


def test_het_eerste_hele_tijdvak_begint_op_of_na_de_dag():
    assert eerste_hele(date(2023, 7, 1), 4) == Tijdvak.lees("2023-K3").index
    assert eerste_hele(date(2023, 7, 2), 4) == Tijdvak.lees("2023-K4").index
    assert eerste_hele(date(2023, 12, 15), 12) == Tijdvak.lees("2024-01").index
