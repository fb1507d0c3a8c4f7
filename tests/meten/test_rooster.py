"""The grid: which gemeente counts when, what status follows, and which cells there are."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from analyse.kern.periode import Periode, halfjaren
from analyse.meten.rooster import Rooster, maanden_terug

PERIODEN = tuple(halfjaren(Periode(2024, "H1"), Periode(2025, "H2")))
PEIL = {"GM0200": date(2025, 12, 31), "GM0213": date(2025, 3, 31)}
ROOSTER = Rooster(("GM0200", "GM0213", "GM0232"), PERIODEN, PEIL, aanbieders=("A1", "A2"))


@pytest.mark.parametrize(
    ("dag", "maanden", "verwacht"),
    [
        (date(2025, 12, 31), 6, date(2025, 6, 30)),
        (date(2025, 8, 31), 6, date(2025, 2, 28)),
        (date(2024, 8, 31), 6, date(2024, 2, 29)),
        (date(2025, 12, 31), 0, date(2025, 12, 31)),
    ],
)
def test_maanden_terug(dag, maanden, verwacht):
    assert maanden_terug(dag, maanden) == verwacht


def test_status_per_gemeente():
    """Provisional when the period ends later than six months before the own peildatum; nothing after it."""
    assert [ROOSTER.status("GM0200", p) for p in PERIODEN] == [
        "definitief",
        "definitief",
        "definitief",
        "voorlopig",
    ]
    assert [ROOSTER.status("GM0213", p) for p in PERIODEN] == [
        "definitief",
        "voorlopig",
        "voorlopig",
        "niet_leverbaar",
    ]
    assert {ROOSTER.status("GM0232", p) for p in PERIODEN} == {"niet_leverbaar"}


def test_regio_gaat_door_en_zegt_met_hoeveel():
    assert [ROOSTER.status("REGIO", p) for p in PERIODEN] == ["definitief", "voorlopig", "voorlopig", "voorlopig"]
    assert [ROOSTER.voorbehoud("REGIO", p) for p in PERIODEN] == ["+2_van_3_gemeenten"] * 3 + [
        "+1_van_3_gemeenten"
    ]
    assert ROOSTER.voorbehoud("GM0213", PERIODEN[3]) == ""
    leeg = ROOSTER.beperkt([])
    assert leeg.status("REGIO", PERIODEN[0]) == "niet_leverbaar" and leeg.voorbehoud("REGIO", PERIODEN[0]) == ""


def test_koppel_heeft_alleen_wat_telt():
    """A row for the gemeente itself and one for the region; `dag` stops at the peildatum."""
    koppel = ROOSTER.koppel
    assert koppel.groupby("gebied").size().tolist() == [4, 3, 7]
    laatste = koppel[koppel["gemeente"].eq(1) & koppel["periode"].eq(2)]
    assert set(laatste["dag"]) == {date(2025, 3, 31)} and set(laatste["e"]) == {date(2025, 6, 30)}


def test_vakken_nummer_en_terug():
    vakken = ROOSTER.vakken(("hulpvorm", "verwijzer"))
    groepen = pd.DataFrame({"gebied": [3, 0], "periode": [2, 0], "hulpvorm": [7, 1], "verwijzer": [0, 7]})
    nummers = pd.Series(vakken.nummer(groepen))
    terug = vakken.plekken(nummers)
    assert all((terug[naam] == groepen[naam]).all() for naam in groepen)
    waarden = vakken.spreid(nummers.to_numpy(), pd.Series([5.0, 6.0]))
    sleutels = _sleutels(vakken)[waarden > 0]
    assert sleutels[["gebied", "periode", "hulpvorm", "verwijzer"]].to_numpy().tolist() == [
        ["GM0200", "2024-H1", "02", "onbekend"],
        ["REGIO", "2025-H1", "14", "01"],
    ]
    assert set(sleutels["aanbieder"]) == {"totaal"}


def test_aanbieders_staan_alleen_waar_zij_zijn():
    waar = pd.DataFrame({"gebied": [0, 3, 1, 3], "aanbieder": [0, 0, 1, 1]})
    rooster = Rooster(ROOSTER.gemeenten, PERIODEN, PEIL, aanbieders=("A1", "A2"), waar_aanbieder=waar)
    sleutels = _sleutels(rooster.vakken(("aanbieder",)))
    paren = sleutels[["gebied", "aanbieder"]].drop_duplicates().to_numpy().tolist()
    assert paren == [["GM0200", "A1"], ["GM0213", "A2"], ["REGIO", "A1"], ["REGIO", "A2"]]
    assert len(sleutels) == 4 * len(PERIODEN)


def test_leeg_waar_niets_is():
    vakken = ROOSTER.vakken(())
    leeg = vakken.spreid(np.zeros(0, dtype=int), pd.Series([], dtype=float), leeg=np.nan)
    assert np.isnan(leeg).all() and len(leeg) == len(ROOSTER.gebieden) * len(PERIODEN)


def _sleutels(vakken):
    return pd.DataFrame({naam: woorden.tekst for naam, woorden in vakken.sleutels.items()})
