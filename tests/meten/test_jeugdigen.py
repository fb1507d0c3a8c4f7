"""Persons: once per cell, new after exactly a year without, rates on the right population."""

from __future__ import annotations

import numpy as np
import pandas as pd
from basis_bouwer import GEMEENTEN, bevolking, spell
from gevallen import meet_gevallen, waarden

from analyse.kern.periode import Periode
from analyse.meten import jeugdigen
from analyse.meten.jeugdigen import inwonertal
from analyse.meten.rooster import Rooster

INSTROOM, ACTIEF = "jeugdigen.instroom", "jeugdigen.actief"
EERDER = spell("2022-01-01", "2022-12-31", aanbieder="A9")


def test_instroom_na_een_jaar_zonder_hulp(tmp_path):
    """365 days without any help of this gebied; 364 is too few, also when the help was of another kind."""
    rijen = [
        [EERDER, spell("2023-12-31", None)],  # 364 days between
        [EERDER, spell("2024-01-01", None)],  # 365
        [EERDER, spell("2023-06-01", "2023-06-01", hulpvorm="14"), spell("2024-01-01", None)],
        [spell("2024-02-01", "2024-02-28"), spell("2024-04-01", None)],  # once, not twice
        [spell("2024-02-01", None), spell("2024-02-01", None, hulpvorm="04")],
        [spell("2022-01-01", None), spell("2024-02-01", None, aanbieder="A2")],
    ]
    meting = meet_gevallen(tmp_path, rijen, INSTROOM)
    assert waarden(meting, INSTROOM, "2023-H2", 6) == [0, 0, 0, 0, 0, 0]
    assert waarden(meting, INSTROOM, "2024-H1", 6) == [0, 1, 0, 1, 1, 0]
    # Somebody who begins with two kinds counts in both, and once in the total.
    per_vorm = meting.kies(INSTROOM, gebied=GEMEENTEN[4], periode="2024-H1", per="hulpvorm")
    assert per_vorm.loc[per_vorm["waarde"].gt(0), "hulpvorm"].tolist() == ["02", "04"]


def test_persoon_telt_een_keer(tmp_path):
    """Two trajecten of one person: one person; in a split once in each; in two gemeenten once in the region."""
    rijen = [[spell("2024-01-01", None), spell("2024-01-01", None, hulpvorm="14")]]
    verhuisd = spell("2024-05-01", None)
    meting = meet_gevallen(tmp_path, [*rijen, [{**verhuisd, "persoon_nr": -9}]], ACTIEF)
    assert waarden(meting, ACTIEF, "2024-H1", 2) == [1, 1]
    assert meting.kies(ACTIEF, gebied="REGIO", periode="2024-H1")["waarde"].tolist() == [1]
    per_vorm = meting.kies(ACTIEF, gebied="REGIO", periode="2024-H1", per="hulpvorm")
    assert per_vorm.loc[per_vorm["waarde"].gt(0), ["hulpvorm", "waarde"]].to_numpy().tolist() == [
        ["02", 1],
        ["14", 1],
    ]


def test_alle_kaarten_van_de_familie(tmp_path):
    meting = meet_gevallen(tmp_path, [[spell("2024-01-01", None)]], *jeugdigen.INDICATOREN)
    assert set(meting.tabel["indicator"]) == set(jeugdigen.INDICATOREN)


PERIODEN = (Periode(2023, "H2"), Periode(2024, "H1"))


def test_inwonertal_van_het_jaar_of_het_laatste_ervoor():
    """The year of the period; else the latest before it, named; another age group is not looked at."""
    peil = dict.fromkeys(GEMEENTEN[:2], pd.Timestamp("2025-12-31").date())
    tabel = bevolking(500, jaren=[2022, 2023])
    tabel = pd.concat([tabel, tabel.assign(leeftijd="0-17", aantal=9)])
    aantal, noot = inwonertal(Rooster(GEMEENTEN[:2], PERIODEN, peil), tabel)
    assert aantal.tolist() == [[500, 500], [500, 500], [1000, 1000]]
    assert noot.tolist() == [["", "+bevolking_2023"]] * 3


def test_inwonertal_regio_telt_leveraars():
    """The region is the sum of who delivers; a gemeente without known population makes the sum unknown."""
    peil = {GEMEENTEN[0]: pd.Timestamp("2025-12-31").date()}
    aantal, _ = inwonertal(Rooster(GEMEENTEN[:2], PERIODEN, peil), bevolking(500, jaren=[2023]))
    assert np.isnan(aantal[1]).all() and aantal[2].tolist() == [500, 500]
    onbekend = bevolking(500, jaren=[2023])
    onbekend = onbekend[onbekend["gebied"].ne(GEMEENTEN[0])]
    assert np.isnan(inwonertal(Rooster(GEMEENTEN[:2], PERIODEN, peil), onbekend)[0]).all()
