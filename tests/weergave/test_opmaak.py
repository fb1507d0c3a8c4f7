"""Golden texts of nl-NL formatting."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from analyse.kern.fouten import ParameterFout
from analyse.weergave import opmaak
from analyse.weergave.opmaak import NBSP


@pytest.mark.parametrize(
    ("waarde", "decimalen", "tekst"),
    [
        (0, 0, "0"),
        (1234, 0, "1.234"),
        (1234567.891, 1, "1.234.567,9"),
        (2.5, 0, "3"),
        (0.125, 2, "0,13"),
        (-12, 0, "−12"),
        (-0.2, 0, "0"),
        (np.int64(95), 0, "95"),
        (None, 0, ""),
        (float("nan"), 1, ""),
        (pd.NA, 0, ""),
    ],
)
def test_getal(waarde, decimalen, tekst):
    assert opmaak.getal(waarde, decimalen) == tekst


def test_eenheden():
    assert opmaak.procent(12.34) == "12%"
    assert opmaak.procent(12.34, 1) == "12,3%"
    assert opmaak.euro(1234.5) == f"€{NBSP}1.235"
    assert opmaak.euro_kort(1_250_000) == f"€{NBSP}1,3{NBSP}miljoen"
    assert opmaak.euro_kort(999_499) == f"€{NBSP}999.499"
    assert opmaak.dagen(1) == f"1{NBSP}dag"
    assert opmaak.dagen(0.6) == f"1{NBSP}dag"
    assert opmaak.dagen(123) == f"123{NBSP}dagen"
    assert opmaak.per_1000(98.36) == f"98,4 per{NBSP}1.000"
    assert [opmaak.getal_woord(n) for n in (0, 1, 10, 11)] == ["nul", "een", "tien", "11"]


def test_leeg_blijft_leeg():
    for vorm in (opmaak.procent, opmaak.euro, opmaak.euro_kort, opmaak.dagen, opmaak.per_1000):
        assert vorm(None) == ""


def test_datum_en_periode():
    assert opmaak.datum(date(2025, 12, 31)) == f"31{NBSP}december 2025"
    assert opmaak.datum("2025-03-01") == f"1{NBSP}maart 2025"
    assert opmaak.periode("2025-H2") == "2e halfjaar 2025"
    assert opmaak.periode_kort("2025-H1") == f"1e{NBSP}hj.{NBSP}2025"


@pytest.mark.parametrize(
    ("waarde", "eenheid", "status", "tekst"),
    [
        (145, "aantal", "definitief", "145"),
        (145, "aantal", "voorlopig", "145*"),
        (None, "aantal", "verborgen", "."),
        (7, "aantal", "verborgen", "."),
        (None, "aantal", "geen_waarneming", "–"),
        (None, "procent", "niet_leverbaar", "n.b."),
        (None, "aantal", "definitief", "–"),
        (12.3, "procent", "definitief", "12%"),
        (123, "dagen", "voorlopig", "123*"),
        (98.36, "per_1000", "definitief", "98,4"),
        (1234, "euro", "definitief", f"€{NBSP}1.234"),
    ],
)
def test_cel(waarde, eenheid, status, tekst):
    assert opmaak.cel(waarde, eenheid, status) == tekst


def test_verborgen_wordt_nooit_nul():
    assert "0" not in opmaak.cel(None, "aantal", "verborgen")
    assert "0" not in opmaak.cel(0, "aantal", "verborgen")


def test_onbekende_eenheid_noemt_de_bekende():
    with pytest.raises(ParameterFout, match="aantal"):
        opmaak.waarde(1, "aantallen")


def test_opsomming():
    assert opmaak.opsomming([]) == ""
    assert opmaak.opsomming(["a"]) == "a"
    assert opmaak.opsomming(["a", "b"]) == "a en b"
    assert opmaak.opsomming(["a", "b", "c"]) == "a, b en c"


def test_breed_houdt_volgorde_en_laat_gaten_leeg():
    rijen = pd.DataFrame(
        {
            "reeks": ["B", "B", "A"],
            "periode": ["2025-H1", "2025-H2", "2025-H2"],
            "waarde": [10.0, None, 30.0],
            "status": ["definitief", "verborgen", "voorlopig"],
        }
    )
    breed = opmaak.breed(rijen)
    assert breed.to_dict("list") == {
        "Periode": ["1e halfjaar 2025", "2e halfjaar 2025"],
        "B": ["10", "."],
        "A": ["", "30*"],
    }


@pytest.mark.parametrize(
    ("nieuw", "oud", "eenheid", "richting", "tekst"),
    [
        (120, 100, "aantal", "omhoog", "20 meer (+20%)"),
        (80, 100, "aantal", "omlaag", "20 minder (−20%)"),
        (104, 100, "aantal", "gelijk", "ongeveer gelijk"),
        (5, 0, "aantal", "omhoog", "5 meer"),
        (15.5, 12, "procent", "omhoog", "4 procentpunt hoger"),
        (12.8, 12, "procent", "gelijk", "ongeveer gelijk"),
        (180, 200, "dagen", "omlaag", f"20{NBSP}dagen korter (−10%)"),
        (110, 100, "per_1000", "omhoog", f"10,0 per{NBSP}1.000 hoger (+10%)"),
        (None, 100, "aantal", "onbekend", "niet te vergelijken"),
        (100, float("nan"), "aantal", "onbekend", "niet te vergelijken"),
    ],
)
def test_verschil(nieuw, oud, eenheid, richting, tekst):
    verschil = opmaak.verschil(nieuw, oud, eenheid)
    assert (verschil.richting, verschil.tekst) == (richting, tekst)


def test_verschil_met_eigen_marge():
    assert opmaak.verschil(12.4, 12, "procent", marge=0.1).tekst == "0,4 procentpunt hoger"
    assert opmaak.verschil(120, 100, "aantal", marge=20).woord == "ongeveer gelijk"
