"""A gemeente beside the region: the margin, the method, and whether the difference may be chance."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from fabriek import maak_beeld, maak_tabel

from analyse.statistiek import byar, wilson
from analyse.weergave.hoofdstukken import gebruik, instroom, trajectduur, verwijzingen
from analyse.weergave.hoofdstukken.bouw.naast import anders_dan, met_marge

TABEL = maak_tabel()


def _rij(eenheid, teller, noemer, waarde, onder=np.nan):
    velden = ["eenheid", "teller", "noemer", "waarde", "onder", "boven", "hulpvorm"]
    return pd.DataFrame([[eenheid, teller, noemer, waarde, onder, onder, "02"]], columns=velden)


def test_marge_van_een_aantal_per_1000_en_van_een_aandeel():
    per_1000 = met_marge(_rij("per_1000", 260.0, 8000.0, 32.5)).iloc[0]
    assert [per_1000["onder"], per_1000["boven"]] == pytest.approx([g * 1000 / 8000 for g in byar(260)])
    aandeel = met_marge(_rij("procent", 40.0, 160.0, 25.0)).iloc[0]
    assert [aandeel["onder"], aandeel["boven"]] == pytest.approx([100 * g for g in wilson(40, 160)])


def test_een_marge_die_er_al_is_of_niet_kan_blijft():
    assert met_marge(_rij("procent", 40.0, 160.0, 25.0, onder=1.0)).iloc[0]["onder"] == 1.0
    for rij in (
        _rij("procent", 40.0, np.nan, 25.0),
        _rij("dagen", 40.0, 160.0, 25.0),
        _rij("procent", 5.0, 9.0, np.nan),
    ):
        assert met_marge(rij)["onder"].isna().all()
    # Both rounded to fives: a part of ten of a whole of eight.
    assert met_marge(_rij("procent", 10.0, 8.0, 100.0)).iloc[0]["boven"] == 100


def test_anders_dan_noemt_alleen_wat_buiten_de_marge_ligt():
    eigen = pd.concat([_rij("procent", 40.0, 160.0, 25.0), _rij("procent", 8.0, 160.0, 5.0).assign(hulpvorm="11")])
    ander = eigen.assign(waarde=[40.0, 6.0])
    zin = anders_dan(eigen, ander, "hulpvorm", wie="in de regio")
    assert zin == ("Anders dan in de regio, meer dan toeval (95%-interval, Wilson): ambulant bij de aanbieder.",)
    assert anders_dan(eigen, eigen, "hulpvorm", wie="in de regio")[0].startswith("Nergens anders dan in de regio")
    assert anders_dan(eigen.assign(noemer=np.nan), ander, "hulpvorm", wie="in de regio") == ()


@pytest.mark.parametrize("maak", [gebruik.verloop, instroom.verloop, trajectduur.langlopend])
def test_elk_verloop_zegt_marge_methode_en_oordeel(maak):
    figuur = maak(maak_beeld("GM0232", tabel=TABEL))
    noot = next(n for n in figuur.noten if n.startswith("Marge in Epe"))
    assert "95%-interval" in noot and ("kan toeval zijn" in noot or "meer dan toeval" in noot)
    zichtbaar = figuur.data[figuur.data["waarde"].notna()]
    assert zichtbaar[["onder", "boven"]].notna().all(axis=None)
    assert not any(n.startswith("Marge in") for n in maak(maak_beeld("REGIO", tabel=TABEL)).noten)


@pytest.mark.parametrize("maak", [gebruik.leeftijd, instroom.hulpvorm, verwijzingen.aandeel])
@pytest.mark.parametrize("gebied", ["GM0232", "REGIO"])
def test_elke_verdeling_zegt_wat_anders_is(maak, gebied):
    figuur = maak(maak_beeld(gebied, tabel=TABEL))
    wie = "een jaar eerder" if gebied == "REGIO" else "in de regio"
    assert any(wie in noot and "Wilson" in noot for noot in figuur.noten)
