"""Verblijf: which stays count, when a placement is new, when an end is an end, and who is forced."""

from __future__ import annotations

from datetime import date

import pytest
from basis_bouwer import GEMEENTEN, spell
from gevallen import meet_gevallen, waarden

from analyse.meten import verblijf

PERIODE = "2024-H1"


def verblijf_van(begin, eind=None, **anders):
    return spell(begin, eind, **{"hulpvorm": "11", **anders})


def test_welk_verblijf_telt(tmp_path):
    """Hulpvorm 11 to 14, at least one day in the period, no logeren."""
    rijen = [
        [verblijf_van("2023-10-01", "2024-01-01")],
        [verblijf_van("2023-10-01", "2023-12-31")],
        [verblijf_van("2024-03-01", None, deeltijdverblijf=True)],
        [verblijf_van("2024-06-30", None, hulpvorm="13")],
        [spell("2024-03-01", None, hulpvorm="04")],
        [verblijf_van("2024-02-01", None), verblijf_van("2024-02-01", None, hulpvorm="14", aanbieder="A2")],
    ]
    meting = meet_gevallen(tmp_path, rijen, verblijf.JEUGDIGEN)
    assert waarden(meting, verblijf.JEUGDIGEN, PERIODE, 6) == [1, 0, 0, 1, 0, 1]


@pytest.fixture(scope="module")
def plaatsingen(tmp_path_factory):
    eerder = verblijf_van("2023-01-01", "2023-12-31")
    rijen = [
        [eerder, verblijf_van("2024-03-30", None, aanbieder="A2")],  # 89 days without
        [eerder, verblijf_van("2024-03-31", None, aanbieder="A2")],  # 90
        [eerder, verblijf_van("2024-01-01", None, aanbieder="A2", hulpvorm="14")],  # from one to the other
        [eerder, verblijf_van("2024-01-31", None, aanbieder="A2")],  # begins on day 31 after
        [eerder, verblijf_van("2024-01-30", None, aanbieder="A2")],  # on day 30
        [{**eerder, "reden_beeindiging": "36"}, verblijf_van("2024-01-31", None)],  # same aanbieder, on paper
        [verblijf_van("2024-02-29", "2024-02-29")],  # one day
        [eerder, verblijf_van("2024-01-15", None, deeltijdverblijf=True)],  # logeren is no verblijf after it
    ]
    return meet_gevallen(tmp_path_factory.mktemp("verblijf"), rijen, *verblijf.INDICATOREN)


def test_nieuwe_plaatsing_na_90_dagen(plaatsingen):
    assert waarden(plaatsingen, verblijf.NIEUW, PERIODE, 8) == [0, 1, 0, 0, 0, 0, 1, 0]


def test_naar_huis_zonder_vervolg_binnen_30_dagen(plaatsingen):
    """Of the stays that ended on 31 December: no other verblijf began up to and including 30 January."""
    assert waarden(plaatsingen, verblijf.NAAR_HUIS, "2023-H2", 8) == [1, 1, 0, 1, 0, 0, 0, 1]
    assert waarden(plaatsingen, verblijf.NAAR_HUIS, PERIODE, 8) == [0, 0, 0, 0, 0, 0, 1, 0]


def test_duur_is_van_de_plaatsing_tot_het_einde_van_het_verblijf(plaatsingen):
    """A move to another aanbieder goes on; a placement that is not new is not followed."""
    deel = plaatsingen.kies(verblijf.DUUR_KM, periode="2023-H2").set_index("gebied")
    # Case 3 goes on after the move and still runs; case 7 begins later.
    assert deel.loc[list(GEMEENTEN[:3]), "waarde"].isna().tolist() == [False, False, True]
    assert deel.at[GEMEENTEN[0], "waarde"] == 365
    assert (deel.at[GEMEENTEN[2], "teller"], deel.at[GEMEENTEN[2], "noemer"]) == (0, 1)
    assert plaatsingen.kies(verblijf.DUUR_KM, gebied=GEMEENTEN[6], periode=PERIODE)["waarde"].tolist() == [1]
    assert plaatsingen.kies(verblijf.DUUR_KM, gebied=GEMEENTEN[0], periode="2025-H1")["noemer"].tolist() == [0]


def _maatregel(nr: int, begin: date, eind: date | None = None, soort: str = "11") -> dict:
    return {"persoon_nr": 10 * nr + 1, "gemeente": "GM0200", "type": soort, "begin": begin, "eind": eind}


def test_gedwongen_op_de_laatste_dag(tmp_path):
    """In verblijf and under OTS, VOTS or voogdij on 30 June, both days included; jeugdreclassering is not that."""
    rijen = [
        [verblijf_van("2024-01-01", "2024-06-30")],
        [verblijf_van("2024-01-01", "2024-06-29")],
        [verblijf_van("2024-01-01", None)],
        [verblijf_van("2024-01-01", None)],
        [verblijf_van("2024-01-01", None)],
        [verblijf_van("2024-01-01", None)],
        [spell("2024-01-01", None)],
    ]
    maatregelen = [
        *(_maatregel(nr, date(2024, 1, 1)) for nr in (0, 1, 6)),
        _maatregel(2, date(2024, 6, 30), date(2024, 6, 30), "21"),
        _maatregel(3, date(2024, 7, 1)),
        _maatregel(4, date(2023, 1, 1), date(2024, 6, 29)),
        _maatregel(5, date(2024, 1, 1), None, "41"),
    ]
    meting = meet_gevallen(tmp_path, rijen, verblijf.GEDWONGEN, verblijf.JEUGDIGEN, maatregelen=maatregelen)
    assert waarden(meting, verblijf.GEDWONGEN, PERIODE, 7) == [1, 0, 1, 0, 0, 0, 0]
    # Split by maatregel the last day in verblijf counts: case 2 was under OTS when it ended.
    deel = meting.kies(verblijf.JEUGDIGEN, periode=PERIODE, per="maatregel")
    ja = deel[deel["maatregel"].eq("ja")].set_index("gebied")["waarde"]
    assert [ja[gemeente] for gemeente in GEMEENTEN[:7]] == [1, 1, 1, 0, 0, 0, 0]


def test_verhuizing_binnen_de_regio(tmp_path):
    """Moved to another gemeente: an end here and a placement there, and neither in the region."""
    rijen = [
        [verblijf_van("2023-01-01", "2023-12-31")],
        [{**verblijf_van("2024-01-01", None), "persoon_nr": -9}],
    ]
    meting = meet_gevallen(tmp_path, rijen, verblijf.NIEUW, verblijf.NAAR_HUIS)
    assert waarden(meting, verblijf.NAAR_HUIS, "2023-H2", 2) == [1, 0]
    assert waarden(meting, verblijf.NIEUW, PERIODE, 2) == [0, 1]
    assert meting.kies(verblijf.NAAR_HUIS, gebied="REGIO", periode="2023-H2")["waarde"].tolist() == [0]
    assert meting.kies(verblijf.NIEUW, gebied="REGIO", periode=PERIODE)["waarde"].tolist() == [0]
