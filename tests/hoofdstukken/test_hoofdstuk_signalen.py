"""The chapter signalen: INTERN only, most money first, every row in the workbook."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from alle import functies, teksten
from fabriek import maak_beeld
from test_hoofdstukken import controleer

from analyse.kern.fouten import ParameterFout
from analyse.weergave import Tabel, Tekst
from analyse.weergave.beeld import Beeld
from analyse.weergave.hoofdstukken import signalen


def rijen(aantal: int, signaal: str = "generiek") -> pd.DataFrame:
    nummers = range(aantal)
    return pd.DataFrame(
        {
            "gebied": "GM0244",
            "signaal": signaal,
            "toewijzingnummer": [str(100 + nr) for nr in nummers],
            "aanbieder": "98980001",
            "productcode": "45A01",
            "begin": pd.Timestamp("2025-01-01"),
            "eind": [pd.NaT if nr % 2 else pd.Timestamp("2025-12-31") for nr in nummers],
            "euro_cent": [100_000 * nr for nr in nummers],
            "uitleg": "Toegewezen op een hele productcategorie.",
        }
    )


def beeld_met(lijst: pd.DataFrame) -> Beeld:
    return replace(maak_beeld("GM0244"), intern=True, lijstbron=lambda naam: {"signalen": lijst}[naam])


@pytest.mark.parametrize("aantal", [0, 1, 40])
def test_elke_lijst_is_leesbaar_en_intern(aantal):
    alle = pd.concat([rijen(aantal, naam) for naam in functies(signalen) if naam != "overzicht"])
    for naam, maak in functies(signalen).items():
        object_ = maak(beeld_met(alle))
        controleer(f"signalen.{naam}", object_)
        assert object_.intern
        assert isinstance(object_, Tabel if aantal or naam == "overzicht" else Tekst)


def test_meeste_euros_eerst_en_alles_in_de_werkmap():
    tabel = signalen.generiek(beeld_met(rijen(40)))
    assert isinstance(tabel, Tabel) and tabel.data is not None
    assert tabel.tabel["Toewijzing"].tolist() == [str(139 - nr) for nr in range(signalen.GETOOND)]
    assert len(tabel.data) == 40 and tabel.data["euro"].max() == 39_000
    assert set(tabel.tabel["Eind"]) == {"geen", "2025-12-31"}


def test_wat_voor_elke_rij_geldt_staat_er_een_keer():
    """One reason for all rows is a note below the table; different reasons, or one row, keep their column."""
    tabel = signalen.generiek(beeld_met(rijen(3)))
    assert isinstance(tabel, Tabel) and "Waarom op de lijst" not in tabel.tabel
    assert any("hele productcategorie" in noot for noot in tabel.noten)
    verschillend = rijen(3).assign(uitleg=["een", "twee", "drie"])
    for lijst in (verschillend, rijen(1)):
        tabel = signalen.generiek(beeld_met(lijst))
        assert isinstance(tabel, Tabel) and "Waarom op de lijst" in tabel.tabel and not tabel.noten


def test_werkmap_heeft_het_overzicht_en_de_naam_van_de_aanbieder():
    beeld = beeld_met(rijen(3))
    overzicht, tabel = signalen.overzicht(beeld), signalen.generiek(beeld)
    assert overzicht.data is not None and overzicht.data.set_index("signaal").loc["generiek"].tolist() == [3, 3000]
    assert isinstance(tabel, Tabel) and tabel.data is not None and "aanbieder_naam" in tabel.data


def test_overzicht_telt_toewijzingen_een_keer():
    """One toewijzing on two lists is one in the title."""
    tabel = signalen.overzicht(beeld_met(pd.concat([rijen(3), rijen(3, "langlopend")])))
    assert tabel.titel.startswith("3 toewijzingen")
    assert tabel.tabel.set_index("Signaal")["Toewijzingen"].to_dict()["Loopt al lang"] == "3"
    assert any("niet bij elkaar op" in tekst for tekst in teksten(tabel))


def test_niet_buiten_de_gemeente():
    """Without intern there is no list, whatever is asked."""
    with pytest.raises(ParameterFout, match="intern"):
        signalen.overzicht(replace(beeld_met(rijen(1)), intern=False))
