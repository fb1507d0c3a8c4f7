"""The other policy: all counts rounded together, nothing hidden."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analyse.kern import codes
from analyse.vrijgave import aanval, geef_vrij
from analyse.vrijgave.afronden import rond_af
from vrijgave.hulp import GEEN_BEVINDINGEN, cel, meting, publiceer, rij, telling
from vrijgave.kunst import Kunst, maak_params

GEMEENTEN = ("GM0200", "GM0213", "GM0244", "GM0301")
STROOM = {
    "a": "trajecten.actief",
    "b": "trajecten.beginstand",
    "i": "trajecten.instroom",
    "e": "trajecten.eindstand",
    "u": "trajecten.uitstroom",
}


@pytest.fixture(scope="module")
def regio():
    bron = Kunst(omvang=0.3, perioden=3, gemeenten=GEMEENTEN, zaad=4).meting()
    params = maak_params(GEMEENTEN, beleid="afronden")
    return bron, params, geef_vrij(bron, params=params, basis_kwaliteit=GEEN_BEVINDINGEN)


@pytest.mark.parametrize(("aantal", "rond"), [(0, 0), (2, 0), (2.5, 5), (3, 5), (12, 10), (13, 15)])
def test_het_naaste_veelvoud(aantal, rond):
    assert rond_af(np.array([float(aantal)]), 5)[0] == rond


def test_geen_aantal_verborgen_en_nergens_een_stap_te_ver(regio):
    bron, _, vrijgave = regio
    samen = vrijgave.tabel.merge(bron.tabel, on=list(bron.tabel.columns[:8]), suffixes=("", "_echt"))
    aantallen = samen[samen["eenheid"].eq("aantal")]
    assert not aantallen["status"].eq("verborgen").any()
    assert (aantallen["waarde"] % 5 == 0).all()
    assert (aantallen["waarde"] - aantallen["waarde_echt"]).abs().max() < 5
    assert (aantallen.loc[aantallen["waarde_echt"].eq(0), "waarde"] == 0).all()


def test_gedrukte_sommen_kloppen(regio):
    _, _, vrijgave = regio
    tabel = vrijgave.tabel[vrijgave.tabel["indicator"].isin(STROOM.values())]
    sleutel = ["indicator", "periode", *codes.DIMENSIES]
    gemeenten = tabel[tabel["gebied"].ne("REGIO")].groupby(sleutel)["waarde"].sum()
    pd.testing.assert_series_equal(gemeenten, tabel[tabel["gebied"].eq("REGIO")].groupby(sleutel)["waarde"].sum())
    totaal = tabel[tabel[list(codes.DIMENSIES)].eq("totaal").all(axis=1)]
    breed = totaal.pivot_table(index=["gebied", "periode"], columns="indicator", values="waarde")
    stand = {naam: breed[indicator] for naam, indicator in STROOM.items()}
    assert (stand["a"] == stand["b"] + stand["i"]).all()
    assert (stand["e"] == stand["a"] - stand["u"]).all()
    for dimensie in ("hulpvorm", "verwijzer", "leeftijd"):
        delen = tabel[tabel[dimensie].ne("totaal") & tabel["indicator"].eq(STROOM["i"])]
        som = delen.groupby(["gebied", "periode"])["waarde"].sum()
        assert (som == stand["i"].loc[som.index]).all()


def test_de_aanvaller_weet_van_niemand_hoeveel_het_er_zijn(regio):
    _, params, vrijgave = regio
    oordeel = aanval(vrijgave, params=params)
    assert len(oordeel) > 100
    assert not oordeel["lek"].any(), oordeel[oordeel["lek"]].to_string()


@pytest.mark.parametrize(("noemer", "status"), [(22, "verborgen"), (25, "definitief"), (60, "definitief")])
def test_een_aandeel_vraagt_een_ruime_noemer(noemer, status):
    eind = telling("trajecten.eindstand", {"GM0200": 300, "GM0213": noemer})
    lang = [
        rij(
            "trajectduur.langlopend",
            r["gebied"],
            20,
            eenheid="procent",
            teller=r["waarde"] // 5,
            noemer=r["waarde"],
        )
        for r in eind
    ]
    vrijgave, _ = publiceer(meting(eind, lang), beleid="afronden")
    assert cel(vrijgave, "trajectduur.langlopend", "GM0213")["status"] == status
    assert cel(vrijgave, "trajecten.eindstand", "GM0213")["status"] == "definitief"
    regio = cel(vrijgave, "trajectduur.langlopend", "REGIO")
    assert regio["waarde"] == pytest.approx(100 * regio["teller"] / regio["noemer"])


def test_een_gemiddelde_vraagt_nog_steeds_genoeg_gevallen():
    uit = telling("trajecten.uitstroom", {"GM0200": 300, "GM0213": 9})
    duur = [rij("trajectduur.mediaan", r["gebied"], 200, eenheid="dagen", noemer=r["waarde"]) for r in uit]
    vrijgave, _ = publiceer(meting(uit, duur), beleid="afronden")
    assert cel(vrijgave, "trajectduur.mediaan", "GM0213")["status"] == "verborgen"
    assert cel(vrijgave, "trajecten.uitstroom", "GM0213")["status"] == "definitief"


def test_zelfde_invoer_zelfde_afronding(regio):
    bron, params, vrijgave = regio
    nogmaals = geef_vrij(bron, params=params, basis_kwaliteit=GEEN_BEVINDINGEN)
    pd.testing.assert_frame_equal(vrijgave.tabel, nogmaals.tabel)
