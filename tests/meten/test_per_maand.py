"""Counts per month and inhabitants by age: by hand, with the brute force of the half-years on months."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from basis_bouwer import GEMEENTEN, bouw, leveringen_van, params_met, spell
from orakel import Orakel, tel_trajecten, verblijf_nieuw
from rommelregio import rommelregio

from analyse.kern.periode import Periode
from analyse.meten.bron import Bron
from analyse.meten.maandtelling import INDICATOREN, leeftijdsopbouw, maanden

REKEN = dict(
    zip(INDICATOREN, (lambda o, s: tel_trajecten(o, "trajecten.instroom", s), verblijf_nieuw), strict=True)
)


@pytest.fixture(scope="module", params=[1, 4])
def geteld(request, tmp_path_factory):
    regio, params = rommelregio(request.param, aantal=150), params_met()
    basis = bouw(
        tmp_path_factory.mktemp("basis"),
        regio["spells"],
        geboortejaren=regio["geboortejaren"],
        maatregelen=regio["maatregelen"],
    )
    return regio, maanden(Bron(basis, params)), params


@pytest.mark.parametrize("indicator", INDICATOREN)
def test_gelijk_aan_orakel_per_maand(geteld, indicator):
    """Every gebied and month, also where nothing happened, as counted one traject at a time."""
    regio, tabel, params = geteld
    eigen = tabel[tabel["indicator"].eq(indicator)]
    perioden = [Periode.lees(p) for p in dict.fromkeys(eigen["periode"])]
    orakel = Orakel(
        *(regio["spells"], regio["geboortejaren"], regio["maatregelen"], set(), GEMEENTEN, perioden),
        date(2025, 12, 31),
        params.regio.rekenregels,
    )
    verwacht = {(plek[0], plek[1]): n[0] for plek, n in REKEN[indicator](orakel, ()).items()}
    gevonden = eigen.set_index(["gebied", "periode"])["waarde"]
    assert sum(verwacht.values()) > 20
    assert {k: float(n) for k, n in verwacht.items() if n} == gevonden[gevonden.gt(0)].to_dict()
    assert len(eigen) == 9 * len(perioden) and perioden[-1] == Periode(2025, "06")


def test_maanden_die_nog_niet_vaststaan_of_ergens_ontbreken_tellen_niet(tmp_path):
    """The series ends where the first gemeente becomes provisional: a fall must not come from who is late."""
    leveringen = leveringen_van()
    leveringen[3]["peildatum"] = date(2025, 9, 30)
    basis = bouw(tmp_path, [spell("2024-07-05"), spell("2025-05-06", persoon_nr=2)], leveringen=leveringen)
    tabel = maanden(Bron(basis, params_met()))
    assert tabel["periode"].min() == "2024-07" and tabel["periode"].max() == "2025-02"
    assert set(tabel["status"]) == {"definitief"} and tabel["noemer"].isna().all()


def test_zonder_levering_van_een_gemeente_zegt_de_regio_dat(tmp_path):
    basis = bouw(tmp_path, [spell("2024-07-05")], leveringen=leveringen_van(GEMEENTEN[:7]))
    tabel = maanden(Bron(basis, params_met()))
    assert set(tabel.loc[tabel["gebied"].eq("REGIO"), "methode"]) == {"telling+7_van_8_gemeenten"}
    assert "GM0301" not in set(tabel["gebied"])


def test_leeftijdsopbouw_telt_jaren_op_en_laat_halve_weg(tmp_path):
    basis = bouw(tmp_path, [spell("2024-07-05")])
    rijen = [("GM0200", 2024, leeftijd, 10 + leeftijd) for leeftijd in range(23)]
    rijen += [("GM0213", 2024, leeftijd, 5) for leeftijd in range(22)]
    bevolking = pd.DataFrame(rijen, columns=["gebied", "jaar", "leeftijd", "aantal"])
    bevolking = bevolking.assign(leeftijd=bevolking["leeftijd"].astype(str))
    tabel = leeftijdsopbouw(Bron(basis, params_met()), bevolking)
    groepen = {"0-3": range(4), "4-11": range(4, 12), "12-17": range(12, 18), "18-22": range(18, 23)}
    assert set(tabel["gebied"]) == {"GM0200"}
    assert tabel.set_index("leeftijd")["aantal"].to_dict() == {
        groep: sum(10 + leeftijd for leeftijd in jaren) for groep, jaren in groepen.items()
    }


def test_rooster_van_maanden_heeft_dezelfde_gebieden(tmp_path):
    from analyse.meten.maandtelling import per_maand

    rooster = Bron(bouw(tmp_path, [spell("2024-07-05")]), params_met()).rooster
    assert per_maand(rooster).gebieden == rooster.gebieden
    leeg = replace(rooster, peildatum={g: date(2024, 8, 1) for g in GEMEENTEN})
    assert per_maand(leeg).perioden == ()
