"""Duration: which days count, and what is still running."""

from __future__ import annotations

import pytest
from basis_bouwer import spell
from gevallen import meet_gevallen, waarden

from analyse.meten import trajectduur

PERIODE = "2024-H1"


@pytest.fixture(scope="module")
def meting(tmp_path_factory):
    rijen = [
        [spell("2024-02-29", "2024-02-29")],
        [spell("2024-01-01", "2024-01-10"), spell("2024-02-01", "2024-02-20", persoon_nr=2)],
        [spell("2022-06-30", None), spell("2022-07-01", None, persoon_nr=2)],
        [spell("2024-01-01", "2024-04-09"), spell("2024-06-01", None, persoon_nr=2)],
        [],
    ]
    return meet_gevallen(tmp_path_factory.mktemp("duur"), rijen, *trajectduur.INDICATOREN)


def test_eerste_en_laatste_dag_tellen_mee(meting):
    assert waarden(meting, trajectduur.GEMIDDELD, PERIODE, 2) == [1, 15]
    assert waarden(meting, trajectduur.MEDIAAN, PERIODE, 2) == [1, 15]


def test_langlopend_is_twee_jaar_of_langer(meting):
    """On 30 June 2024: begun on 30 June 2022 is long, begun a day later is not."""
    deel = meting.kies(trajectduur.LANGLOPEND, periode=PERIODE).set_index("gebied")
    assert deel.loc["GM0232", ["teller", "noemer", "waarde"]].tolist() == [1, 2, 50]


def test_lopende_trajecten_tellen_in_kaplan_meier(meting):
    """One of two ended after 100 days, the other still runs: half is gone on day 100."""
    deel = meting.kies(trajectduur.MEDIAAN_KM, periode=PERIODE).set_index("gebied")
    assert deel.loc["GM0244", ["teller", "noemer", "waarde"]].tolist() == [1, 2, 100]


def test_cohort_is_twee_jaar_tot_het_eind_van_de_periode(meting):
    """Begun on 30 June 2022 is just too early for 2024-H1 and in time for 2023-H2."""
    deel = meting.kies(trajectduur.MEDIAAN_KM, gebied="GM0232").set_index("periode")["noemer"]
    assert (deel["2023-H2"], deel["2024-H1"], deel["2024-H2"]) == (2, 1, 0)


def test_zonder_trajecten_geen_waarneming(meting):
    for indicator in trajectduur.INDICATOREN:
        rij = meting.kies(indicator, gebied="GM0246", periode=PERIODE).iloc[0]
        assert (rij["status"], rij["noemer"]) == ("geen_waarneming", 0)
