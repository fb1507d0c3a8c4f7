import pandas as pd
import pytest

from analyse.kern.fouten import ParameterFout
from analyse.kern.resultaat import Meting, csv_tekst
from analyse.kern.schema import RESULTAAT


def rij(**anders):
    leeg = dict.fromkeys(RESULTAAT, "totaal") | dict.fromkeys(("teller", "noemer", "waarde", "onder", "boven"))
    basis = {"indicator": "trajecten.instroom", "gebied": "GM0200", "periode": "2025-H2", "methode": "telling"}
    return leeg | basis | {"eenheid": "aantal", "status": "definitief"} | anders


def test_kies_geeft_alleen_de_gevraagde_uitsplitsing():
    meting = Meting(
        pd.DataFrame([rij(waarde=12.0), rij(hulpvorm="02", waarde=7.0), rij(verwijzer="02", waarde=5.0)])
    )
    assert meting.kies("trajecten.instroom")["waarde"].tolist() == [12.0]
    assert meting.kies("trajecten.instroom", per="hulpvorm")["hulpvorm"].tolist() == ["02"]


def test_een_onbekende_indicator_of_uitsplitsing_is_een_fout():
    meting = Meting(pd.DataFrame([rij(waarde=1.0)]))
    with pytest.raises(ParameterFout, match=r"Bedoelde u trajecten\.instroom"):
        meting.kies("trajecten.instrom")
    with pytest.raises(ParameterFout, match="Bedoelde u hulpvorm"):
        meting.kies("trajecten.instroom", per="hulpvormen")


def test_csv_is_letterlijk_zo():
    meting = Meting(pd.DataFrame([rij(waarde=12.0, teller=12.0), rij(gebied="GM0213", status="verborgen")]))
    assert csv_tekst(meting.tabel) == (
        "indicator;gebied;periode;hulpvorm;verwijzer;aanbieder;leeftijd;maatregel;"
        "teller;noemer;waarde;onder;boven;methode;eenheid;status\n"
        "trajecten.instroom;GM0200;2025-H2;totaal;totaal;totaal;totaal;totaal;12;;12;;;telling;aantal;definitief\n"
        "trajecten.instroom;GM0213;2025-H2;totaal;totaal;totaal;totaal;totaal;;;;;;telling;aantal;verborgen\n"
    )


def test_parquet_komt_gelijk_terug(tmp_path):
    meting = Meting(pd.DataFrame([rij(waarde=1.5), rij(gebied="REGIO")]))
    meting.schrijf(tmp_path / "m.parquet")
    pd.testing.assert_frame_equal(Meting.lees(tmp_path / "m.parquet").tabel, meting.tabel)
