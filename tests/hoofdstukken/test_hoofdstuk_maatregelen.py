"""The chapter maatregelen: every verdict gets a card, and nothing stronger or more than was released is said."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd
import pytest
from alle import functies, teksten
from fabriek import maak_beeld
from test_hoofdstukken import controleer

from analyse.kern.effecten import Effectvrijgave
from analyse.weergave import Figuur, Kaartjes, Tabel, Tekst, Waarschuwing
from analyse.weergave.beeld import Beeld
from analyse.weergave.hoofdstukken import maatregelen

KLEIN = "De aantallen zijn te klein om een grafiek te laten zien."
HALVEN = [f"{jaar}-H{h}" for jaar in (2021, 2022, 2023, 2024) for h in (1, 2)]
OORDELEN = {
    "poh": ("effect aannemelijk", -20.0, "procent"),
    "smw": ("aanwijzing voor effect", -15.0, "procent"),
    "spiegel": ("niet vast te stellen", np.nan, "procent"),
    "duur": ("niet vast te stellen", -7.0, "dagen"),
    "jong": ("te vroeg", np.nan, ""),
    "kies": ("niet meetbaar met deze data", np.nan, ""),
}
WAAR = {
    "poh": "GM0200",
    "smw": "GM0232",
    "spiegel": "GM0262",
    "duur": "GM0262",
    "jong": "GM0244",
    "kies": "GM0285",
}


def rij(naam: str) -> dict[str, Any]:
    oordeel, effect, eenheid = OORDELEN[naam]
    return {
        "maatregel": naam, "indicator": "trajecten.instroom", "naam": f"Maatregel {naam}", "onderdeel": "",
        "idee": "Een idee.", "doelgroep": "Kinderen", "eigenaar": "Iemand", "disclaimer": "Let op.",
        "stand": "loopt", "stand_datum": "2025-06-01", "stand_zin": "Het loopt.", "oordeel": oordeel,
        "reden": "Er zijn te weinig gevallen." if naam == "kies" else "", "zin": "", "ontwerp": "",
        "waarom_ontwerp": "", "eenheid": eenheid, "effect": effect, "onder": effect - 10, "boven": effect + 8,
        "kleinste": {"smw": np.inf, "kies": np.nan}.get(naam, 25.0), "tegelijk": "", "stap": 5.0,
        "zonder_grafiek": KLEIN if naam == "spiegel" else "",
    }  # fmt: skip


def vrijgave(*namen: str, verloop: tuple[str, ...] = ("poh",)) -> Effectvrijgave:
    namen = namen or tuple(OORDELEN)
    lijnen = [
        {"maatregel": m, "indicator": "trajecten.instroom", "periode": h,
         "werkelijk": np.nan if h == "2023-H2" else 90.0, "verwacht": 101.0, "onder": 80.0,
         "boven": 120.0, "na": h >= "2023"}
        for m in verloop for h in HALVEN
    ]  # fmt: skip
    geld = [
        {"maatregel": m, "jaar": 2024, "investering": 50_000.0, "beloofd": np.nan, "laag": 10_000.0,
         "verwacht": 60_000.0, "hoog": 90_000.0, "gerealiseerd": 40_000.0 if m == "poh" else np.nan,
         "onder": 9_000.0, "boven": 70_000.0, "netto_verwacht": 10_000.0, "netto_gerealiseerd": -10_000.0,
         "cumulatief_verwacht": 10_000.0, "cumulatief_gerealiseerd": -10_000.0, "kwartalen": 4}
        for m in namen
    ]  # fmt: skip
    controles = [("Voortrend", "geslaagd"), ("Placebo in de tijd", "niet geslaagd")]
    tabellen = {
        "maatregelen": [rij(naam) for naam in namen],
        "gemeenten": [{"maatregel": m, "gemeente": WAAR[m], "sinds": "2023-01-01", "tot": ""} for m in namen],
        "controles": [
            {"maatregel": m, "indicator": "trajecten.instroom", "controle": c, "uitslag": u}
            for m in namen
            for c, u in controles
        ],
        "verloop": lijnen,
        "geld": geld,
        "quickwins": [
            {"maatregel": m, "volgens": "gezin", "gezinnen": 45.0, "reacties": np.nan, "keer_vermeden": np.nan,
             "bovengrens": np.nan} for m in namen if m == "kies"
        ],
    }  # fmt: skip
    return Effectvrijgave({naam: pd.DataFrame(tabel) for naam, tabel in tabellen.items()})


def beeld_met(effecten: Effectvrijgave, gebied: str = "REGIO") -> Beeld:
    bron = maak_beeld(gebied)
    return Beeld(bron.vrijgave, bron.params, bron.editie, gebied, bron.referentie, effectbron=lambda: effecten)


@pytest.fixture(scope="module")
def regio() -> Beeld:
    return beeld_met(vrijgave())


@pytest.mark.parametrize("gebied", ["REGIO", "GM0200", "GM0232", "GM0262", "GM0244", "GM0285", "GM0301"])
def test_every_gebied_comes_out(gebied: str) -> None:
    beeld = beeld_met(vrijgave(), gebied)
    for naam, maak in functies(maatregelen).items():
        object_ = maak(beeld)
        controleer(f"maatregelen.{naam}", object_)
        assert object_._repr_mimebundle_()["text/html"] is not None
        assert "geen effect." not in " ".join(teksten(object_))


@pytest.mark.parametrize("alleen", OORDELEN)
def test_one_measure_of_every_verdict_comes_out(alleen: str) -> None:
    beeld = beeld_met(vrijgave(alleen, verloop=()))
    for naam, maak in functies(maatregelen).items():
        controleer(f"maatregelen.{naam}", maak(beeld))
    kaart = maatregelen.kaarten(beeld)
    assert isinstance(kaart, Kaartjes)
    oordeel = dict(kaart.items[0].velden)["Oordeel"]
    assert oordeel.lower().startswith(OORDELEN[alleen][0])


def test_a_gemeente_sees_its_own_measures_and_the_region_all(regio: Beeld) -> None:
    assert list(maatregelen.overzicht(regio).tabel["Maatregel"]) == [f"Maatregel {naam}" for naam in OORDELEN]
    eigen = maatregelen.overzicht(beeld_met(vrijgave(), "GM0262")).tabel
    assert list(eigen["Maatregel"]) == ["Maatregel spiegel", "Maatregel duur"]
    assert isinstance(maatregelen.overzicht(beeld_met(vrijgave(), "GM0301")), Waarschuwing)


def test_without_any_measurement_there_is_a_frame_and_no_more() -> None:
    beeld = maak_beeld("GM0200")
    assert isinstance(maatregelen.overzicht(beeld), Waarschuwing)
    assert [maak(beeld).tekst for maak in (maatregelen.kaarten, maatregelen.verloop, maatregelen.geld)] == [""] * 3


def test_the_words_are_no_stronger_than_the_verdict(regio: Beeld) -> None:
    assert maatregelen.overzicht(regio).tekst.startswith(
        "Zes maatregelen in de regio: "
        "bij één is een effect aannemelijk en bij één is er een aanwijzing voor een effect"
    )
    kaarten = maatregelen.kaarten(regio)
    assert isinstance(kaarten, Kaartjes)
    velden = {kaart.titel.split()[-1]: dict(kaart.velden) for kaart in kaarten.items}
    assert "20% lager dan verwacht (van 30% lager tot 12% lager)" in velden["poh"]["Oordeel"].replace("\xa0", " ")
    assert "naar schatting" in velden["poh"]["Geld"] and "netto" in velden["poh"]["Geld"]
    for naam in ("smw", "spiegel", "jong", "kies"):
        assert "niet te zeggen" in velden[naam]["Geld"]
    assert "Controles" not in velden["jong"] and "Controles" in velden["poh"]
    assert "7 dagen korter dan bij de vergelijking" in velden["duur"]["Oordeel"].replace("\xa0", " ")
    assert "te klein om de uitkomst te laten zien" in velden["spiegel"]["Oordeel"]
    assert "geen enkel effect is" not in velden["smw"]["Oordeel"]
    assert "Een effect kleiner dan 25% kan" in velden["poh"]["Oordeel"]


def test_the_chart_shows_only_the_index_with_a_gap_where_hidden(regio: Beeld) -> None:
    figuur = maatregelen.verloop(regio)
    assert isinstance(figuur, Figuur) and figuur.data is not None and figuur.tabel is not None
    assert figuur.tabel.set_index("Periode").loc["2e halfjaar 2023", "Werkelijk"] == "."
    assert set(figuur.data["eenheid"]) == {"index"} and figuur.data["teller"].isna().all()
    assert not set(figuur.data.columns) & {"aantal", "gevallen", "p"}
    assert any("verborgen" in noot for noot in figuur.noten)


def test_the_region_draws_the_strongest_and_says_where_the_others_are() -> None:
    drie = beeld_met(vrijgave(verloop=("spiegel", "smw", "poh")))
    figuur = maatregelen.verloop(drie)
    assert isinstance(figuur, Figuur) and figuur.data is not None
    assert set(figuur.data["maatregel"]) == {"poh", "smw"}
    assert any("rapport van de gemeente" in noot for noot in figuur.noten)


def test_too_small_to_draw_is_said() -> None:
    kader = maatregelen.verloop(beeld_met(vrijgave("spiegel", verloop=())))
    assert isinstance(kader, Waarschuwing) and kader.tekst == KLEIN


def test_hidden_registrations_stay_hidden(regio: Beeld) -> None:
    tabel = maatregelen.quickwins(regio)
    assert isinstance(tabel, Tabel)
    assert list(tabel.tabel.iloc[0])[1:] == ["45", ".", ".", "het gezin", "."]
    assert isinstance(maatregelen.quickwins(beeld_met(vrijgave("poh"))), Tekst)


def test_no_count_of_children_is_written(regio: Beeld) -> None:
    """Every figure before a word is a percentage, an amount, days, a date or a number of measures or checks."""
    for maak in (maatregelen.overzicht, maatregelen.kaarten):
        tekst = " ".join(teksten(maak(regio))).replace("\xa0", " ")
        assert not re.search(r"\d+ (?:gevallen|kinderen|trajecten|jeugdigen)", tekst)
