"""The money of the register as formulas, with the numbers of the policy documents that they come from."""

from dataclasses import replace
from datetime import date
from typing import get_args

import numpy as np
import pandas as pd
import pytest
from effecthulp import maatregel, met_effect, regio_en_donoren

from analyse.effect import (
    REKENREGELS,
    Bewijs,
    Oordeel,
    businesscase,
    geldzin,
    lees_quickwins,
    lees_register,
    niet_meetbaar,
    omslagpunt,
    per_jaar,
    scenarios,
    schat,
    tel_quickwins,
)
from analyse.effect.register import Rekenregelnaam
from analyse.kern.fouten import ParameterFout
from analyse.params import zoek_wortel

MAP = zoek_wortel() / "params" / "maatregelen"
REGISTER = lees_register(MAP)
TOT = date(2025, 12, 31)
BEWEZEN = Bewijs(jaren_na=2.0, p_eerste=0.01, p_tweede=0.01, p_voortrend=0.5, robuust=True)


def met(regel, **aannames):
    rijen = [{"naam": n, "waarde": w, "eenheid": "euro", "bron": "proef"} for n, w in aannames.items()]
    return maatregel(rekenregel=regel, aannames=rijen)


def test_elke_rekenregel_van_het_register_bestaat():
    assert set(get_args(Rekenregelnaam)) == set(REKENREGELS)


@pytest.mark.parametrize(
    ("regel", "aannames", "euro"),
    [
        # 8% prevented and 5% lighter.
        ("voorkomen_en_lichter",
         {"trajecten_per_jaar": 100, "aandeel_voorkomen": 0.08, "kosten_per_traject": 3000,
          "aandeel_lichter": 0.05, "besparing_lichter": 1000}, 100 * (0.08 * 3000 + 0.05 * 1000)),
        # Two thirds helped by the POH, half of whom would have been referred.
        ("geholpen",
         {"kinderen_per_jaar": 300, "aandeel_geholpen": 2 / 3, "aandeel_anders_verwezen": 0.5,
          "kosten_per_traject": 4000}, 400_000),
        ("deel_van_waarde", {"waarde_verwijzingen": 1_000_000, "aandeel_besparing": 0.05}, 50_000),
        ("deel_van_waarde", {"waarde_verwijzingen": 1_000_000, "aandeel_besparing": 0.10}, 100_000),
        # A group of eight for 5,000 euros against 1,750 for each child that would have had help of its own.
        ("groepen",
         {"groepen_per_jaar": 2, "kinderen_per_groep": 8, "aandeel_anders_individueel": 0.5,
          "kosten_individueel": 1750, "kosten_per_groep": 5000}, 2 * (7000 - 5000)),
        ("voorkomen", {"trajecten_per_jaar": 200, "aandeel_voorkomen": 0.15, "kosten_per_traject": 3000}, 90_000),
        ("dagen_korter", {"trajecten_per_jaar": 10, "dagen_korter": 20, "kosten_per_dag": 25}, 5_000),
    ],
)  # fmt: skip
def test_aannames_worden_euros(regel, aannames, euro):
    assert per_jaar(met(regel, **aannames)) == pytest.approx(euro)


def test_een_groep_is_terugverdiend_bij_drie_van_de_acht():
    assert 2.5 <= omslagpunt(REGISTER["kies_groepen"]) <= 5000 / 1500
    assert np.isnan(omslagpunt(REGISTER["poh_jeugd"]))


def test_een_ontbrekende_aanname_wordt_genoemd():
    with pytest.raises(ParameterFout, match="aandeel_besparing"):
        per_jaar(met("deel_van_waarde", waarde_verwijzingen=1))


def test_zonder_rekenregel_geen_verwachting():
    assert np.isnan(per_jaar(maatregel()))


@pytest.mark.parametrize("naam", [naam for naam, m in REGISTER.items() if m.rekenregel])
def test_het_register_is_te_rekenen_en_laag_is_lager(naam):
    laag, verwacht, hoog = scenarios(REGISTER[naam])["euro_per_jaar"]
    assert laag < verwacht < hoog


@pytest.fixture(scope="module")
def effect():
    wat = maatregel(
        rekenregel="voorkomen",
        investering={2023: 20_000, 2024: 40_000, 2025: 40_000},
        aannames=[
            {"naam": n, "waarde": w, "eenheid": "x", "bron": "proef"}
            for n, w in (("trajecten_per_jaar", 400), ("aandeel_voorkomen", 0.3), ("kosten_per_traject", 1000))
        ],
    )
    regio, donoren = regio_en_donoren()
    return schat(wat, met_effect(regio, wat, 0.6), donoren)


def test_gerealiseerd_telt_op_tot_wat_vermeden_is(effect):
    bewezen = replace(effect, bewijs=BEWEZEN)
    tabel = businesscase(bewezen, tot=TOT)
    midden, onder, boven = bewezen.vermeden
    assert list(tabel["jaar"]) == [2023, 2024, 2025]
    assert tabel["gerealiseerd"].sum() == pytest.approx(1000 * midden)
    assert (tabel["onder"].sum(), tabel["boven"].sum()) == pytest.approx((1000 * onder, 1000 * boven))
    assert tabel["cumulatief_gerealiseerd"].iloc[-1] == pytest.approx(1000 * midden - 100_000, rel=0.01)
    assert "minder" in geldzin(bewezen)


def test_verwacht_begint_bij_de_start(effect):
    tabel = businesscase(effect, tot=TOT)
    assert tabel["verwacht"].iloc[0] == pytest.approx(60_000, rel=0.02)
    assert list(tabel["verwacht"].iloc[1:].round(-3)) == [120_000, 120_000]


@pytest.mark.parametrize("bewijs", [Bewijs(jaren_na=2.0), Bewijs(belemmering="Te weinig."), Bewijs(jaren_na=0.5)])
def test_zonder_aannemelijk_effect_staat_er_geen_bedrag(effect, bewijs):
    anders = replace(effect, bewijs=bewijs)
    assert anders.oordeel is not Oordeel.AANNEMELIJK
    assert businesscase(anders, tot=TOT)["gerealiseerd"].isna().all()
    assert "niet te zeggen" in geldzin(anders)


def test_een_maatregel_die_nergens_loopt_heeft_geen_jaren():
    assert businesscase(niet_meetbaar(REGISTER["pleegzorg_maatwerk_ggz"], "Nog niet."), tot=TOT).empty


def test_quickwins_van_het_register_zijn_te_tellen():
    tabel = tel_quickwins(lees_quickwins(MAP / "quickwins.csv", maatregelen=REGISTER))
    eerste = tabel.set_index("maatregel").loc["scheidingsadviesteam"]
    assert tuple(eerste[["gezinnen", "reacties", "keer_vermeden", "bovengrens"]]) == (46, 32, 17, 17 * 3100)


def test_zonder_bestand_zijn_er_geen_quickwins(tmp_path):
    assert tel_quickwins(lees_quickwins(tmp_path / "quickwins.csv", maatregelen=REGISTER)).empty


KOP = "maatregel;gemeente;periode;vraag;gezinnen;reacties;vermeden_zorg;volgens;keer_vermeden;kosten_per_keer"


@pytest.mark.parametrize(
    ("regel", "fout"),
    [
        ("poh_jeug;GM0200;2024-H1;v;5;4;z;gezin;2;100", "poh_jeugd"),
        ("poh_jeugd;GM0200;2024-H1;v;5;4;z;buurman;2;100", "buurman"),
        ("poh_jeugd;GM0200;2024-H1;v;5;6;z;gezin;2;100", "niet meer reacties"),
        ("poh_jeugd;GM0200;2024-H1;v;vijf;4;z;gezin;2;100", "regel 2"),
    ],
)
def test_een_foute_registratie_wordt_met_de_regel_genoemd(tmp_path, regel, fout):
    (tmp_path / "quickwins.csv").write_text(f"{KOP}\n{regel}\n", encoding="utf-8")
    with pytest.raises(ParameterFout, match=fout):
        lees_quickwins(tmp_path / "quickwins.csv", maatregelen=REGISTER)


def test_andere_kolommen_worden_geweigerd(tmp_path):
    pd.DataFrame({"maatregel": ["poh_jeugd"]}).to_csv(tmp_path / "quickwins.csv", sep=";", index=False)
    with pytest.raises(ParameterFout, match="vaste kolommen"):
        lees_quickwins(tmp_path / "quickwins.csv", maatregelen=REGISTER)
