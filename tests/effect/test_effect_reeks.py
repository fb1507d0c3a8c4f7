from datetime import date

import numpy as np
import pandas as pd
import pytest

from analyse.effect import Niveaubreuk, Uitsluiting, lees_reeks
from analyse.kern.fouten import LeveringFout, ParameterFout

MAANDEN = [f"{jaar}-{maand:02d}" for jaar in (2021, 2022) for maand in range(1, 13)]


def tabel(periodes=MAANDEN, gebieden=("GM0200", "GM0301")):
    rijen = [(gebied, periode, k, 1000) for gebied in gebieden for k, periode in enumerate(periodes)]
    return pd.DataFrame(rijen, columns=["gebied", "periode", "aantal", "bevolking"])


def test_lange_tabel_heen_en_terug():
    lang = tabel()
    reeks = lees_reeks(lang.sample(frac=1, random_state=1), indicator="trajecten.instroom")
    terug = reeks.tabel.sort_values(["gebied", "periode"]).reset_index(drop=True)
    verwacht = lang.astype({"aantal": float, "bevolking": float}).sort_values(
        ["gebied", "periode"], ignore_index=True
    )
    pd.testing.assert_frame_equal(terug, verwacht, check_dtype=False)


def test_maanden_worden_kwartalen_en_onvolledige_vallen_weg():
    reeks = lees_reeks(tabel(MAANDEN[1:]), indicator="trajecten.instroom").naar("kwartaal")
    assert [str(vak) for vak in reeks.tijdvakken][:2] == ["2021-K2", "2021-K3"]
    assert reeks.aantal[0, 0] == 2 + 3 + 4
    assert reeks.bevolking[0, 0] == 1000
    with pytest.raises(ParameterFout, match="fijner"):
        reeks.naar("maand")


def test_een_gat_moet_gemeld_zijn():
    met_gat = tabel().drop(index=5)
    with pytest.raises(LeveringFout, match=r"ontbreken tijdvakken.*GM0200 in 2021-06.*uitsluiting"):
        lees_reeks(met_gat, indicator="trajecten.instroom")
    gemeld = Uitsluiting(date(2021, 6, 1), date(2021, 6, 30), "storing", "GM0200")
    reeks = lees_reeks(met_gat, indicator="trajecten.instroom", uitsluitingen=[gemeld])
    assert np.isnan(reeks.aantal[0, 5]) and reeks.aantal[1, 5] == 5
    assert np.isnan(reeks.naar("kwartaal").aantal[0, 1])


@pytest.mark.parametrize(
    ("kapot", "fout"),
    [
        (lambda t: t.drop(columns="bevolking"), "zonder bevolking"),
        (lambda t: t.iloc[:0], "geen rijen"),
        (lambda t: t.assign(aantal=-1), "0 of meer"),
        (lambda t: pd.concat([t, t.iloc[:1]]), "één keer"),
        (lambda t: t.assign(periode=["2021-K1", *t["periode"][1:]]), "één soort"),
    ],
)
def test_een_kapotte_tabel_wordt_geweigerd(kapot, fout):
    with pytest.raises(LeveringFout, match=fout):
        lees_reeks(kapot(tabel()), indicator="trajecten.instroom")


@pytest.mark.parametrize(
    ("indicator", "hulpvorm"),
    [("verblijf.nieuw", ()), ("trajecten.instroom", ("02", "11")), ("voogdij.stand", ())],
)
def test_verblijf_en_voogdij_lopen_nooit_over_2022(indicator, hulpvorm):
    with pytest.raises(ParameterFout, match=r"woonplaatsbeginsel.*vanaf 2022"):
        lees_reeks(tabel(), indicator=indicator, hulpvorm=hulpvorm)
    for helft in (MAANDEN[:12], MAANDEN[12:]):
        assert lees_reeks(tabel(helft), indicator=indicator, hulpvorm=hulpvorm).aantal.shape == (2, 12)


def test_samen_houdt_gemeenschappelijke_tijd_en_telt_een_gebied_een_keer():
    links = lees_reeks(tabel(), indicator="trajecten.instroom")
    rechts = lees_reeks(tabel(MAANDEN[6:], ("GM0301", "GM9001")), indicator="trajecten.instroom")
    samen = links.samen(rechts)
    assert samen.gebieden == ("GM0200", "GM0301", "GM9001")
    assert str(samen.tijdvakken[0]) == "2021-07"
    assert samen.aantal[1, 0] == 6 and samen.aantal[2, 0] == 0


def test_samen_weigert_ongelijke_tijdvakken():
    reeks = lees_reeks(tabel(), indicator="trajecten.instroom")
    with pytest.raises(ParameterFout, match="even lange"):
        reeks.samen(reeks.naar("kwartaal"))


def test_een_onbekend_gebied_noemt_de_bekende():
    with pytest.raises(ParameterFout, match=r"Dit gebied bestaat niet.*Kies uit: GM0200, GM0301"):
        lees_reeks(tabel(), indicator="x").rij("GM0201")


def test_een_breuk_hoort_bij_de_reeks():
    breuk = Niveaubreuk(date(2022, 1, 1), "nieuw systeem", "GM0200")
    assert lees_reeks(tabel(), indicator="x", breuken=[breuk]).breuken == (breuk,)
