"""Referrals: shares of the known, the unknown beside it, huisarts to s-GGZ."""

from __future__ import annotations

import pytest
from basis_bouwer import spell
from gevallen import meet_gevallen, waarden

from analyse.meten import verwijzingen

PERIODE = "2024-H1"


@pytest.fixture(scope="module")
def meting(tmp_path_factory):
    def begonnen(*verwijzers, **anders):
        return [
            spell("2024-02-01", None, persoon_nr=i, verwijzer=v, **anders) for i, v in enumerate(verwijzers, 1)
        ]

    rijen = [
        begonnen("01", "02", "02", "06", "onbekend"),
        begonnen("onbekend"),
        begonnen("07", None),  # outside the list and empty: unknown, never guessed
        begonnen("02", sggz=True),
        begonnen("05", sggz=True),
        begonnen("02", sggz=None),
        [spell("2024-02-01", None, verwijzer="02"), spell("2024-05-01", None, verwijzer="01", persoon_nr=2)],
    ]
    return meet_gevallen(tmp_path_factory.mktemp("verwijzingen"), rijen, *verwijzingen.INDICATOREN)


def per_verwijzer(meting, indicator, gebied):
    deel = meting.kies(indicator, gebied=gebied, periode=PERIODE, per="verwijzer").set_index("verwijzer")
    return deel[["teller", "noemer", "waarde"]]


def test_aandeel_van_de_bekende_verwijzers(meting):
    """`geen verwijzer` is known; the unknown are a share of all; the known add up to one hundred."""
    deel = per_verwijzer(meting, verwijzingen.AANDEEL, "GM0200")
    assert deel.loc["02"].tolist() == [2, 4, 50]
    assert deel.loc["06"].tolist() == [1, 4, 25]
    assert deel.loc["onbekend"].tolist() == [1, 5, 20]
    assert deel["waarde"].drop("onbekend").sum() == 100


def test_alleen_onbekend(meting):
    """Nobody known: no share of the known, and one hundred percent unknown."""
    deel = per_verwijzer(meting, verwijzingen.AANDEEL, "GM0213")
    assert deel.loc["onbekend"].tolist() == [1, 1, 100]
    assert deel.drop("onbekend")["waarde"].isna().all() and deel.drop("onbekend")["noemer"].eq(0).all()


def test_onbekende_code_wordt_niet_geraden(meting):
    assert per_verwijzer(meting, verwijzingen.AANTAL, "GM0232").loc["onbekend", "waarde"] == 2


def test_huisarts_naar_sggz(meting):
    """Only with the huisarts as verwijzer, and only products that are s-GGZ for sure."""
    assert waarden(meting, verwijzingen.SGGZ, PERIODE, 7) == [0, 0, 0, 1, 0, 0, 0]


def test_verwijzer_maal_hulpvorm_heeft_eigen_noemer(meting):
    deel = meting.kies(verwijzingen.AANDEEL, gebied="GM0200", periode=PERIODE, per=("verwijzer", "hulpvorm"))
    deel = deel.set_index(["verwijzer", "hulpvorm"])
    assert deel.loc[("02", "02"), ["teller", "noemer"]].tolist() == [2, 4]
    assert deel.loc[("02", "14"), ["teller", "noemer"]].tolist() == [0, 0]


def test_totaal_is_de_instroom(meting):
    totaal = meting.kies(verwijzingen.AANTAL, periode=PERIODE).set_index("gebied")["waarde"]
    per = meting.kies(verwijzingen.AANTAL, periode=PERIODE, per="verwijzer").groupby("gebied")["waarde"].sum()
    assert totaal.to_dict() == per.to_dict()
