"""What is told about what is hidden: reasons in plain words, coarse counts, and nothing that gives a cell away."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from fabriek import KWALITEIT, maak_beeld

from analyse.kern.resultaat import Vrijgave
from analyse.weergave import Tabel, Tekst, Waarschuwing
from analyse.weergave.hoofdstukken import verantwoording

UITLEG = pd.DataFrame(
    [
        ("getoond", "", 7450.0),
        ("verborgen", "", 4810.0),
        ("klein", "", 2900.0),
        ("rest", "", np.nan),
        ("groep", "", 0.0),
        ("geld", "", 0.0),
        ("eerder", "", 0.0),
        ("dekking", "", 1900.0),
        ("samenvoegen", "Verwijzers in Hattem: de kleine soorten samen als ‘overig’.", np.nan),
    ],
    columns=["soort", "wat", "aantal"],
)
GECORRIGEERD = pd.DataFrame(
    [
        ("GM0200", "CR02", "informatie", "Correctie dubbele-start: einddatum aangepast.", "", 35.0),
        ("GM0232", "CR01", "informatie", "Correctie proefclient: regels weggelaten.", "", None),
    ],
    columns=KWALITEIT.columns,
)


def beeld(gebied="REGIO", **delen):
    basis = maak_beeld(gebied)
    return replace(basis, vrijgave=Vrijgave(basis.vrijgave.tabel, **delen))


def test_per_reden_hoeveel_ongeveer():
    tabel = verantwoording.verborgen(beeld(toelichting=UITLEG))
    assert isinstance(tabel, Tabel)
    assert tabel.titel == "Ongeveer 7.450 cijfers zijn te zien, ongeveer 4.810 zijn verborgen"
    per_reden = dict(zip(tabel.tabel["Waarom verborgen"], tabel.tabel["Hoeveel cijfers"], strict=True))
    assert per_reden == {
        "Te klein": "ongeveer 2.900",
        "De rest is te klein": "minder dan 10",
        "Bescherming van een ander cijfer": "ongeveer 1.900",
    }
    assert "minder dan 10 jeugdigen" in tabel.tabel["Wat dat betekent"].iloc[0]


def test_elk_gebied_krijgt_dezelfde_uitleg():
    """A count per gemeente would tell how many of its cells are small."""
    een, ander = (verantwoording.verborgen(beeld(g, toelichting=UITLEG)).knoop for g in ("GM0244", "REGIO"))
    assert een == ander


def test_voorstellen_om_samen_te_voegen():
    tekst = verantwoording.samenvoegen(beeld(toelichting=UITLEG))
    assert isinstance(tekst, Waarschuwing)
    assert "kleine soorten samen" in tekst.tekst


def test_zonder_toelichting_staat_er_niets():
    for functie in (verantwoording.verborgen, verantwoording.samenvoegen):
        assert functie(beeld()).tekst == ""


@pytest.mark.parametrize(("gebied", "rijen"), [("REGIO", 2), ("GM0232", 1)])
def test_correcties_van_dit_gebied(gebied, rijen):
    tabel = verantwoording.correcties(beeld(gebied, kwaliteit=pd.concat([KWALITEIT, GECORRIGEERD])))
    assert isinstance(tabel, Tabel)
    assert len(tabel.tabel) == rijen
    assert list(tabel.tabel["Regels"])[-1] == "."


def test_zonder_correcties():
    assert isinstance(verantwoording.correcties(beeld(kwaliteit=KWALITEIT)), Tekst)
