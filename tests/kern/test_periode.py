from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyse.kern.fouten import ParameterFout
from analyse.kern.periode import Periode, halfjaren, plus_jaren

DAGEN = st.dates(date(1990, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("tekst", "begin", "eind", "naam"),
    [
        ("2025-H1", date(2025, 1, 1), date(2025, 6, 30), "1e halfjaar 2025"),
        ("2025-H2", date(2025, 7, 1), date(2025, 12, 31), "2e halfjaar 2025"),
        ("2025-K1", date(2025, 1, 1), date(2025, 3, 31), "1e kwartaal 2025"),
        ("2025-K4", date(2025, 10, 1), date(2025, 12, 31), "4e kwartaal 2025"),
        ("2024", date(2024, 1, 1), date(2024, 12, 31), "2024"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "februari 2024"),
    ],
)
def test_grenzen_horen_bij_de_periode(tekst, begin, eind, naam):
    periode = Periode.lees(tekst)
    assert (periode.begin, periode.eind, periode.naam, str(periode)) == (begin, eind, naam, tekst)


@pytest.mark.parametrize(
    "tekst", ["2025H2", "2025-H3", "2025-K0", "2025-K5", "25-H1", "2025-13", "2025-00", "", 2025, "2025-H2 "]
)
def test_andere_vormen_zijn_een_fout_die_zegt_wat_te_schrijven(tekst):
    with pytest.raises(ParameterFout, match="2025-H1"):
        Periode.lees(tekst)


@given(DAGEN)
def test_elke_dag_ligt_in_precies_een_halfjaar(dag):
    periode = Periode.halfjaar_van(dag)
    assert periode.begin <= dag <= periode.eind
    assert periode.vorige.eind + timedelta(days=1) == periode.begin
    assert periode.volgende.vorige == periode
    assert Periode.lees(str(periode)) == periode


@given(DAGEN)
def test_twee_kwartalen_zijn_een_halfjaar(dag):
    periode, kwartaal = Periode.halfjaar_van(dag), Periode.kwartaal_van(dag)
    eerste, tweede = periode.kwartalen
    assert kwartaal in (eerste, tweede) and kwartaal.begin <= dag <= kwartaal.eind
    assert (eerste.begin, tweede.eind, eerste.volgende) == (periode.begin, periode.eind, tweede)
    assert Periode.lees(str(kwartaal)) == kwartaal and kwartaal.vorige.volgende == kwartaal


@given(DAGEN, DAGEN)
def test_halfjaren_sluiten_aan(een, ander):
    van, tot = sorted([Periode.halfjaar_van(een), Periode.halfjaar_van(ander)])
    reeks = list(halfjaren(van, tot))
    assert (reeks[0], reeks[-1]) == (van, tot)
    assert all(a.eind + timedelta(days=1) == b.begin for a, b in pairwise(reeks))


def test_schrikkeldag_wordt_28_februari():
    assert plus_jaren(date(2024, 2, 29), -5) == date(2019, 2, 28)
    assert plus_jaren(date(2024, 2, 28), 1) == date(2025, 2, 28)
