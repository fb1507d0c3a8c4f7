"""Chapter bevindingen on the lists of a made-up delivery: what is counted, what is cut, what must not be there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest
from alle import functies
from fabriek import maak_beeld

from analyse.kern.fouten import ParameterFout
from analyse.kern.schema import BASIS
from analyse.weergave import Tabel, Tekst, Waarschuwing
from analyse.weergave.beeld import Beeld
from analyse.weergave.hoofdstukken import bevindingen


def _bevinding(code: str, ernst: str, **rest: object) -> dict[str, object]:
    vast: dict[str, object] = {
        "code": code, "ernst": ernst, "gebied": "GM0200", "bestand": "toewijzingen.csv", "plek": "",
        "regel": f"Regel {code}.", "ontvangen": "", "doe": "Doe iets.", "aantal": 1, "aanbieder": "",
        "euro_cent": None, "raakt": "",
    }  # fmt: skip
    return {**vast, **rest}


RIJEN = [
    _bevinding("LV13", "waarschuwing", bestand="", plek=None, ontvangen=None),
    _bevinding("DK12a", "waarschuwing", plek="rij 3 (toewijzing 100003)", aanbieder="98980001", euro_cent=120_049),
    _bevinding("DK12a", "waarschuwing", plek="rij 9 (toewijzing A-77)", aanbieder="98980001", euro_cent=80_000),
    _bevinding("DK13", "waarschuwing", plek="toewijzing 200", aanbieder="98980002", euro_cent=900_000, aantal=4),
    _bevinding("DK13", "waarschuwing", plek="overige plekken", aanbieder="98980001", aantal=250),
    _bevinding("DK26n", "blokkerend", ontvangen="geen declaraties in 2025-03", euro_cent=100),
    _bevinding("DK06a", "informatie", plek="toewijzing 5", euro_cent=5_000_000, aantal=2),
]
TELLING = [
    {"gebied": "GM0200", "bestand": "b.csv", "tabel": "toewijzingen", "gelezen": 1200, "gebruikt": 1000,
     "vervangen": 150, "verwijderd": 20, "opzij": 30},
    {"gebied": "GM0200", "bestand": "a.zip", "tabel": "declaraties", "gelezen": 34, "gebruikt": 34,
     "vervangen": 0, "verwijderd": 0, "opzij": 0},
]  # fmt: skip


@pytest.fixture
def beeld(tabel: pd.DataFrame) -> Callable[..., Beeld]:
    """An internal Beeld with these findings."""

    def maak(rijen: list[dict[str, object]] = RIJEN) -> Beeld:
        lijsten = {
            "bevindingen": pd.DataFrame(rijen, columns=list(BASIS["bevindingen"])).astype(
                {"euro_cent": "float64"}
            ),
            "telling": pd.DataFrame(TELLING),
        }
        return replace(maak_beeld("GM0200", tabel=tabel), intern=True, lijstbron=lambda naam: lijsten[naam])

    return maak


def test_alles_draagt_het_watermerk(beeld: Callable[..., Beeld]) -> None:
    for rijen in (RIJEN, []):
        for naam, functie in functies(bevindingen).items():
            assert functie(beeld(rijen)).intern, naam


def test_alleen_intern(tabel: pd.DataFrame) -> None:
    with pytest.raises(ParameterFout, match="intern"):
        bevindingen.regels(maak_beeld("GM0200", tabel=tabel))


def test_oordeel(beeld: Callable[..., Beeld]) -> None:
    gevonden = bevindingen.oordeel(beeld())
    assert isinstance(gevonden, Waarschuwing) and gevonden.titel.startswith("Los eerst")
    assert "eerst oplossen: 1, let op: 3, ter informatie: 1" in gevonden.tekst
    assert bevindingen.oordeel(beeld(RIJEN[:2])).titel == "Geen bevinding houdt cijfers tegen"
    assert bevindingen.oordeel(beeld([])).titel == "Er is niets gevonden"


def test_telling_telt_op(beeld: Callable[..., Beeld]) -> None:
    t = bevindingen.telling(beeld())
    assert t.titel == "Wat er is gebeurd met 1.234 gelezen regels"
    assert t.tabel.iloc[0].tolist() == ["a.zip", "declaraties", "34", "34", "0", "0", "0"]
    assert t.data["gelezen"].sum() == 1234


def test_regels_de_zwaarste_eerst(beeld: Callable[..., Beeld]) -> None:
    t = bevindingen.regels(beeld())
    assert t.titel == "Vijf soorten bevindingen, de zwaarste eerst"
    assert t.tabel["Code"].tolist() == ["DK26n", "DK13", "DK12a", "LV13", "DK06a"]
    rij = t.tabel.set_index("Code").loc["DK13"]
    assert (rij["Aantal"], rij["Hoe erg"]) == ("254", "Let op")
    assert [cel.replace("\xa0", " ") for cel in t.tabel["Euro"]] == ["€ 1", "€ 9.000", "€ 2.000", "–", "€ 50.000"]
    assert t.data.set_index("code").loc["DK12a", "euro"] == 2000


def test_aanbieders(beeld: Callable[..., Beeld]) -> None:
    t = bevindingen.aanbieders(beeld())
    assert t.tabel["AGB-code"].tolist() == ["98980001", "98980002"]
    assert t.tabel["Aantal"].tolist() == ["252", "4"]
    assert t.tabel["Komt het vaakst voor"].tolist() == ["Regel DK13.", "Regel DK13."]


def test_lijst_met_nummers(beeld: Callable[..., Beeld]) -> None:
    t = bevindingen.lijst(beeld())
    assert isinstance(t, Tabel) and t.titel == "Alle 7 regels"
    assert t.tabel["Toewijzing of plek"].tolist()[:4] == ["toewijzingen.csv", "200", "100003", "A-77"]
    assert t.data["toewijzing"].tolist() == ["", "200", "100003", "A-77", "", "5", ""]
    assert t.data["plek"].iloc[-1] == "overige plekken"
    assert any("250 plekken" in noot for noot in t.noten)
    assert isinstance(bevindingen.lijst(beeld([])), Tekst)


def test_de_pagina_is_kort_en_de_werkmap_heel(beeld: Callable[..., Beeld]) -> None:
    veel = [_bevinding("DK13", "waarschuwing", plek=f"toewijzing {n}") for n in range(250)]
    t = bevindingen.lijst(beeld(veel))
    assert t.titel == "De 100 zwaarste van 250 regels" and len(t.tabel) == 100
    assert len(t.data) == 250 and t.noten == ()


def test_nergens_een_persoon(beeld: Callable[..., Beeld]) -> None:
    for naam, functie in functies(bevindingen).items():
        data = getattr(functie(beeld()), "data", None)
        kolommen = set() if data is None else set(data.columns)
        assert not kolommen & {"persoon", "persoon_nr", "client_id", "gebied"}, naam
