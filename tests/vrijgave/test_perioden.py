"""Months in half-years in years, parts of a sum, and what follows from them for who subtracts."""

from __future__ import annotations

import numpy as np
import pytest

from analyse.vrijgave import herstel, nauwkeurig, tabellen
from analyse.vrijgave.tijd import Tijd
from vrijgave.hulp import GEMEENTEN, cel, lekken, meting, publiceer, telling

INSTROOM, UITSTROOM = "trajecten.instroom", "trajecten.uitstroom"
RUIM = {"GM0200": 300, "GM0213": 120, "GM0232": 90}


@pytest.fixture
def zonder_secundair(monkeypatch):
    monkeypatch.setattr(nauwkeurig, "kies", lambda *_: {})
    monkeypatch.setattr(tabellen, "bescherm_tabellen", lambda *_, **__: None)
    monkeypatch.setattr(herstel, "bewijs_vrij", lambda *_: None)
    monkeypatch.setattr(herstel, "herstel", lambda *_: [])


def test_perioden_volgen_op_elkaar_en_liggen_in_elkaar():
    tijd = Tijd(("2024", "2024-H1", "2024-H2", "2025-01", "2025-02", "2025-H1"))
    assert tijd.vorige.tolist() == [-1, -1, 1, -1, 3, 2]
    assert tijd.volgende.tolist() == [-1, 2, 5, 4, -1, -1]
    assert tijd.lagen == [(0, [1, 2], True), (5, [3, 4], False)]
    assert tijd.terug(5, 3) == [1, 2, 5]
    assert tijd.terug(1, 2) == []
    assert np.diff(tijd.moment).tolist() == [-1, 1, 1, 0, 0]


def _jaar_en_halven(naam):
    """A small second half: the year minus the first half."""
    halven = {"2024-H1": {**RUIM, "GM0244": 30}, "2024-H2": {**RUIM, "GM0244": 4}}
    jaar = {g: sum(half[g] for half in halven.values()) for g in GEMEENTEN}
    return meting(*(telling(naam, deel, periode=p) for p, deel in {**halven, "2024": jaar}.items()))


def test_een_half_jaar_volgt_uit_het_jaar(zonder_secundair):
    gevonden = lekken(publiceer(_jaar_en_halven(INSTROOM))[0], _jaar_en_halven(INSTROOM))
    assert set(gevonden["gebied"]) == {"GM0244"}
    assert gevonden["onder"].iloc[0] == gevonden["boven"].iloc[0] == 4


def test_de_poort_verbergt_ook_het_jaar_of_de_andere_helft():
    bron = _jaar_en_halven(INSTROOM)
    vrijgave, _ = publiceer(bron)
    assert lekken(vrijgave, bron).empty
    weg = [cel(vrijgave, INSTROOM, "GM0244", periode=p)["status"] for p in ("2024", "2024-H1", "2024-H2")]
    assert weg.count("verborgen") >= 2


def test_maanden_van_een_half_jaar():
    per_maand = {f"2024-{m:02d}": {g: n // 6 for g, n in RUIM.items()} | {"GM0244": 12} for m in range(1, 7)}
    per_maand["2024-03"]["GM0244"] = 3
    half = {g: sum(maand[g] for maand in per_maand.values()) for g in GEMEENTEN}
    bron = meting(*(telling(INSTROOM, deel, periode=p) for p, deel in {**per_maand, "2024-H1": half}.items()))
    vrijgave, _ = publiceer(bron)
    assert cel(vrijgave, INSTROOM, "GM0244", periode="2024-03")["status"] == "verborgen"
    assert lekken(vrijgave, bron).empty


STROOM = {"02": 60, "04": 3, "uit": 140}


def _doorstroom(per_gemeente):
    namen = {"02": "doorstroom.naar_02", "04": "doorstroom.naar_04", "uit": "doorstroom.uit"}
    overig = ("01", "03", "11", "12", "13", "14")
    rijen = [telling(namen[k], {g: deel[k] for g, deel in per_gemeente.items()}) for k in namen]
    rijen += [telling(f"doorstroom.naar_{k}", dict.fromkeys(per_gemeente, 0)) for k in overig]
    rijen.append(telling("doorstroom.blijft", dict.fromkeys(per_gemeente, 25)))
    geheel = {g: sum(deel.values()) + 25 for g, deel in per_gemeente.items()}
    return meting(*rijen, telling(UITSTROOM, geheel))


def test_een_stroom_volgt_uit_de_andere_en_het_geheel(zonder_secundair):
    bron = _doorstroom({"GM0200": {"02": 90, "04": 40, "uit": 300}, "GM0213": STROOM})
    gevonden = lekken(publiceer(bron)[0], bron)
    assert set(gevonden["grootheid"]) == {"doorstroom.naar_04"}


def test_de_poort_beschermt_de_delen_van_een_som():
    bron = _doorstroom({"GM0200": {"02": 90, "04": 40, "uit": 300}, "GM0213": STROOM, "GM0232": STROOM})
    vrijgave, audit = publiceer(bron)
    assert lekken(vrijgave, bron).empty
    assert "secundair" in set(audit.tabel["regel"])
