"""Stocks and flows on the edges of a half-year: both its first and its last day belong to it."""

from __future__ import annotations

import pytest
from basis_bouwer import spell
from gevallen import meet_gevallen, waarden

from analyse.meten import stroom

# begin, eind -> beginstand, instroom, uitstroom, actief, eindstand of 2024-H1
GEVALLEN = {
    ("2023-12-31", "2024-01-01"): (1, 0, 1, 1, 0),
    ("2023-11-01", "2023-12-31"): (0, 0, 0, 0, 0),
    ("2024-01-01", "2024-06-30"): (0, 1, 1, 1, 0),  # ends on the last day: not in eindstand
    ("2024-06-30", "2024-07-01"): (0, 1, 0, 1, 1),
    ("2024-06-30", "2024-06-30"): (0, 1, 1, 1, 0),  # one day
    ("2023-01-01", None): (1, 0, 0, 1, 1),
    ("2024-02-29", None): (0, 1, 0, 1, 1),
    ("2024-07-01", None): (0, 0, 0, 0, 0),
}


@pytest.fixture(scope="module")
def meting(tmp_path_factory):
    rijen = [[spell(begin, eind)] for begin, eind in GEVALLEN]
    return meet_gevallen(tmp_path_factory.mktemp("stroom"), rijen, *stroom.INDICATOREN)


@pytest.mark.parametrize("plek", range(5))
def test_randen_van_de_periode(meting, plek):
    naam = ("beginstand", "instroom", "uitstroom", "actief", "eindstand")[plek]
    verwacht = [geval[plek] for geval in GEVALLEN.values()]
    assert waarden(meting, f"trajecten.{naam}", "2024-H1", len(GEVALLEN)) == verwacht


def test_terugblik_staat_in_de_methode(meting, tmp_path):
    """The look-back is named with its length."""
    assert set(meting.kies("trajecten.herhaald")["methode"]) == {"terugblik_5_jaar"}
    korter = meet_gevallen(tmp_path, [], "trajecten.herhaald", regels={"terugblik_jaren": 2})
    assert set(korter.kies("trajecten.herhaald")["methode"]) == {"terugblik_2_jaar"}


def test_leeftijd_hoort_bij_de_periode(tmp_path):
    """Born in 2012: eleven in 2023 and twelve all through 2024; outside 0–22 or unknown is `onbekend`."""
    rijen = [[spell("2023-03-01", None)], [spell("2023-03-01", None)], [spell("2023-03-01", None)]]
    jaren = {1: 2012, 11: None, 21: 1999}
    meting = meet_gevallen(tmp_path, rijen, "trajecten.actief", geboortejaren=jaren)

    def groepen(periode):
        deel = meting.kies("trajecten.actief", gebied="REGIO", periode=periode, per="leeftijd")
        return {r.leeftijd: r.waarde for r in deel.itertuples() if r.waarde}

    assert groepen("2023-H2") == {"4-11": 1, "onbekend": 2}
    assert groepen("2024-H1") == {"12-17": 1, "onbekend": 2}
