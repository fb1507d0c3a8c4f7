import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from analyse.effect import Bewijs, Oordeel, holm, oordeel, regels_tabel
from analyse.effect.oordeel import EISEN, REGELS, niet_gehaald

STERK = Bewijs(jaren_na=2.0, p_eerste=0.01, p_tweede=0.04, p_voortrend=0.6, robuust=True)
BRON = Path(__file__).resolve().parents[2]


def test_de_vijf_zinnen():
    assert [een.value for een in Oordeel] == [
        "effect aannemelijk",
        "aanwijzing voor effect",
        "niet vast te stellen",
        "te vroeg",
        "niet meetbaar met deze data",
    ]


@pytest.mark.parametrize(
    ("anders", "verwacht"),
    [
        ({}, Oordeel.AANNEMELIJK),
        ({"p_eerste": 0.05, "p_tweede": 0.10}, Oordeel.AANNEMELIJK),
        ({"p_eerste": 0.051}, Oordeel.AANWIJZING),
        ({"p_tweede": 0.11}, Oordeel.AANWIJZING),
        ({"p_tweede": math.nan}, Oordeel.AANWIJZING),
        ({"p_voortrend": 0.10}, Oordeel.AANWIJZING),
        ({"p_voortrend": math.nan}, Oordeel.AANWIJZING),
        ({"robuust": False}, Oordeel.AANWIJZING),
        ({"robuust": None}, Oordeel.AANWIJZING),
        ({"hoogstens_aanwijzing": True}, Oordeel.AANWIJZING),
        ({"zelfde_teken": False}, Oordeel.NIET_VAST),
        ({"p_voortrend": 0.05}, Oordeel.NIET_VAST),
        ({"p_eerste": 0.2, "p_tweede": 0.2}, Oordeel.NIET_VAST),
        ({"p_eerste": 0.2, "p_tweede": 0.09}, Oordeel.AANWIJZING),
        ({"p_eerste": math.nan, "p_tweede": math.nan}, Oordeel.NIET_VAST),
        ({"jaren_na": 0.75}, Oordeel.TE_VROEG),
        ({"belemmering": "Te weinig gevallen."}, Oordeel.NIET_MEETBAAR),
        ({"belemmering": "Te weinig gevallen.", "jaren_na": 0}, Oordeel.NIET_MEETBAAR),
    ],
)
def test_de_regels(anders, verwacht):
    assert oordeel(replace(STERK, **anders)) is verwacht


def test_een_tijdreeks_alleen_komt_nooit_boven_aanwijzing():
    alleen = Bewijs(jaren_na=5, p_zonder_donoren=1e-9, p_voortrend=0.9, robuust=True, hoogstens_aanwijzing=True)
    assert oordeel(alleen) is Oordeel.AANWIJZING


def test_er_is_altijd_een_oordeel():
    rng = np.random.default_rng(1)
    for _ in range(300):
        p = rng.choice([0.01, 0.07, 0.3, np.nan], size=4)
        los = Bewijs(
            "", rng.choice([0.5, 2.0]), *p[:3], bool(rng.integers(2)), p[3], rng.choice([True, False, None])
        )
        assert oordeel(los) in Oordeel


def test_wat_ontbreekt_wordt_genoemd():
    assert niet_gehaald(STERK) == ()
    mist = niet_gehaald(replace(STERK, p_tweede=0.3, robuust=False))
    assert mist == (EISEN["tweede_sleutel"].tekst, EISEN["robuust"].tekst)


def test_de_regels_staan_woordelijk_in_de_documentatie():
    tekst = (BRON / "docs" / "effectmeting.md").read_text(encoding="utf-8")
    for rij in regels_tabel().itertuples():
        assert f"| {rij.volgorde} | {rij.oordeel} | {rij.eisen} |" in tekst
    assert len(REGELS) == len(Oordeel)


def test_nergens_staan_de_twee_verboden_woorden():
    bestanden = [*(BRON / "src/analyse/effect").rglob("*.py"), *(BRON / "params/maatregelen").glob("*.yaml")]
    assert len(bestanden) > 30
    for pad in bestanden:
        assert "geen effect" not in pad.read_text(encoding="utf-8").lower(), pad.name


@pytest.mark.parametrize(
    ("p", "verwacht"),
    [
        ([0.01, 0.04, 0.03], [0.03, 0.06, 0.06]),
        ([0.02], [0.02]),
        ([0.5, 0.6], [1.0, 1.0]),
        ([0.01, math.nan, 0.02], [0.02, math.nan, 0.02]),
    ],
)
def test_holm(p, verwacht):
    np.testing.assert_allclose(holm(p), verwacht)
