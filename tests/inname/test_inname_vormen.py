"""The demo region as messages and as tables: the same facts, the same Basis."""

from __future__ import annotations

import pandas as pd
import pytest
from inname_bouwer import lees_map

from analyse.demo import maak_demo

pytestmark = [pytest.mark.traag, pytest.mark.xdist_group("inname_vormen")]
TABELLEN = (
    "personen", "toewijzingen", "spells", "declaraties", "maatregelen", "verzoeken", "uitkomsten", "pgb", "jbt",
    "populatie", "begroting", "aanmeldingen",
)  # fmt: skip


@pytest.fixture(scope="module")
def vormen(tmp_path_factory):
    map_ = tmp_path_factory.mktemp("vormen")
    for vorm in ("xml", "tabel"):
        maak_demo(map_ / vorm, vorm=vorm, schaal=0.05)
    return {vorm: lees_map(map_ / vorm, map_ / f"basis_{vorm}", sleutel=None) for vorm in ("xml", "tabel")}


@pytest.mark.parametrize("naam", TABELLEN)
def test_berichten_en_tabellen_geven_dezelfde_basis(vormen, naam: str) -> None:
    een, twee = (vormen[vorm].pandas(naam) for vorm in ("xml", "tabel"))
    assert len(een) > 10
    pd.testing.assert_frame_equal(een, twee)


def test_alles_is_geteld(vormen) -> None:
    for basis in vormen.values():
        t = basis.pandas("telling")
        assert (t["gelezen"] == t["gebruikt"] + t["vervangen"] + t["verwijderd"] + t["opzij"]).all()
        assert set(t["gebied"]) == set(basis.pandas("leveringen")["gemeente"])


def test_niets_blokkeert_de_demo(vormen) -> None:
    for basis in vormen.values():
        assert "blokkerend" not in set(basis.pandas("bevindingen")["ernst"])


def test_vorm_staat_erbij(vormen) -> None:
    for vorm, basis in vormen.items():
        assert set(basis.pandas("leveringen")["vorm"]) == {vorm}
