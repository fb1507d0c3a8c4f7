"""The gate from outside: what is shown, what is hidden, and how."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analyse.kern.fouten import DomeinFout
from analyse.kern.resultaat import Vrijgave
from analyse.vrijgave import geef_vrij
from vrijgave.hulp import GEEN_BEVINDINGEN, cel, lekken, meting, params_voor, publiceer, rij, telling

INSTROOM = "trajecten.instroom"
RUIM = {"GM0200": 300, "GM0213": 120, "GM0232": 90}


@pytest.mark.parametrize(
    ("aantal", "getoond"), [(0, 0), (1, None), (9, None), (10, 10), (11, 10), (12, 10), (13, 15)]
)
def test_drempel(aantal, getoond):
    vrijgave, _ = publiceer(meting(telling(INSTROOM, {**RUIM, "GM0244": aantal})))
    rij_ = cel(vrijgave, INSTROOM, "GM0244")
    if getoond is None:
        assert rij_["status"] == "verborgen"
        assert rij_[["teller", "noemer", "waarde", "onder", "boven"]].isna().all()
        assert rij_["methode"] == ""
    else:
        assert (rij_["waarde"], rij_["teller"], rij_["status"]) == (getoond, getoond, "definitief")


def test_een_verborgen_gemeente_krijgt_gezelschap():
    bron = meting(telling(INSTROOM, {**RUIM, "GM0244": 4}))
    vrijgave, audit = publiceer(bron)
    assert audit.tabel.set_index("gebied")["regel"].to_dict() == {"GM0244": "primair", "GM0232": "secundair"}
    assert lekken(vrijgave, bron).empty
    assert cel(vrijgave, INSTROOM, "REGIO")["waarde"] == 515  # 514, shown: the region is hidden last


def test_wie_niets_kleins_heeft_verliest_niets():
    vrijgave, audit = publiceer(meting(telling(INSTROOM, {**RUIM, "GM0244": 40})))
    assert audit.tabel.empty
    assert not vrijgave.tabel["status"].eq("verborgen").any()


def test_complement_van_een_categorie():
    """95 of 100 by one verwijzer tells that 5 came otherwise: that one is hidden with the small one."""
    delen = {"GM0200": {"01": 95, "02": 5}, "GM0213": {"01": 60, "02": 50}, "GM0232": {"01": 70, "02": 40}}
    bron = meting(telling(INSTROOM, delen, "verwijzer"))
    vrijgave, audit = publiceer(bron)
    eigen = audit.tabel[audit.tabel["gebied"].eq("GM0200")].set_index("verwijzer")["regel"]
    assert eigen.to_dict() == {"01": "complement", "02": "primair"}
    assert lekken(vrijgave, bron).empty


def test_iedereen_in_een_categorie_onthult_een_groep():
    delen = {"GM0200": {"01": 60, "02": 0}, "GM0213": {"01": 60, "02": 50}, "GM0232": {"01": 70, "02": 40}}
    bron = meting(telling(INSTROOM, delen, "verwijzer"))
    vrijgave, audit = publiceer(bron)
    eigen = audit.tabel[audit.tabel["gebied"].eq("GM0200")].set_index("verwijzer")["regel"]
    assert eigen.to_dict() == {"01": "groep", "02": "groep"}
    assert lekken(vrijgave, bron).empty


def test_iedereen_onbekend_onthult_niets():
    delen = {"GM0200": {"01": 0, "onbekend": 60}, "GM0213": {"01": 60, "onbekend": 50}}
    _, audit = publiceer(meting(telling(INSTROOM, delen, "verwijzer")))
    assert audit.tabel.empty


def test_een_nul_naast_gevulde_categorieen_blijft_staan():
    delen = {"GM0200": {"01": 60, "02": 30, "03": 0}, "GM0213": {"01": 60, "02": 50, "03": 20}}
    vrijgave, audit = publiceer(meting(telling(INSTROOM, delen, "verwijzer")))
    assert audit.tabel.empty
    assert cel(vrijgave, INSTROOM, "GM0200", verwijzer="03")["waarde"] == 0


def test_alleen_wat_de_kaart_publiceert():
    bron = meting(telling(INSTROOM, {"GM0200": {"01": 95, "02": 50}, "GM0213": {"01": 60, "02": 50}}, "verwijzer"))
    params = params_voor(bron)
    params.kaarten[INSTROOM] = params.kaarten[INSTROOM].model_copy(update={"publiceer": ((),)})
    vrijgave = geef_vrij(bron, params=params, basis_kwaliteit=GEEN_BEVINDINGEN)
    assert set(vrijgave.tabel["verwijzer"]) == {"totaal"}
    del params.kaarten[INSTROOM]
    assert geef_vrij(bron, params=params, basis_kwaliteit=GEEN_BEVINDINGEN).tabel.empty


def test_een_aandeel_gaat_met_zijn_teller_mee():
    delen = {
        "GM0200": {"01": 195, "02": 5, "onbekend": 60},
        "GM0213": {"01": 60, "02": 50, "onbekend": 30},
        "GM0232": {"01": 71, "02": 40, "onbekend": 31},
    }
    aantal = telling("verwijzingen.aantal", delen, "verwijzer")
    bron = meting(aantal, _aandelen([r for r in aantal if r["verwijzer"] != "totaal"]))
    vrijgave, _ = publiceer(bron)
    tabel = vrijgave.tabel.pivot_table(
        index=["gebied", "verwijzer"], columns="indicator", values="status", aggfunc="first"
    ).dropna()
    assert (tabel["verwijzingen.aandeel"] == tabel["verwijzingen.aantal"]).all()
    assert "verborgen" in set(tabel["verwijzingen.aandeel"])
    getoond = cel(vrijgave, "verwijzingen.aandeel", "GM0232", verwijzer="onbekend")
    assert getoond["teller"] == 30
    assert getoond["noemer"] == 140
    assert getoond["waarde"] == pytest.approx(100 * 30 / 140)
    assert lekken(vrijgave, bron).empty


def _aandelen(rijen):
    tabel = pd.DataFrame(rijen)
    bekend = tabel[tabel["verwijzer"].ne("onbekend")].groupby("gebied")["waarde"].sum()
    alles = tabel.groupby("gebied")["waarde"].sum()
    uit = []
    for r in tabel.itertuples():
        noemer = (alles if r.verwijzer == "onbekend" else bekend)[r.gebied]
        maten = {"eenheid": "procent", "teller": r.waarde, "noemer": noemer, "verwijzer": r.verwijzer}
        uit.append(rij("verwijzingen.aandeel", r.gebied, 100 * r.waarde / noemer, **maten))
    return uit


def test_een_kleine_onbekende_groep_volgt_niet_uit_de_noemer():
    delen = {
        "GM0200": {"01": 195, "02": 55, "onbekend": 7},
        "GM0213": {"01": 60, "02": 50, "onbekend": 30},
        "GM0232": {"01": 71, "02": 40, "onbekend": 3},
    }
    aantal = telling("verwijzingen.aantal", delen, "verwijzer")
    bron = meting(aantal, _aandelen([r for r in aantal if r["verwijzer"] != "totaal"]))
    vrijgave, _ = publiceer(bron)
    aandeel = cel(vrijgave, "verwijzingen.aandeel", "GM0200", verwijzer="01")
    assert aandeel["noemer"] == 250  # 257 rounds to 255, less half the minimum
    assert lekken(vrijgave, bron).empty


def test_per_1000_gaat_met_zijn_teller_mee():
    personen = {"GM0200": 305, "GM0213": 121, "GM0232": 90, "GM0244": 6}
    bron = meting(
        telling("jeugdigen.actief", personen),
        [
            rij(
                "jeugdigen.per_1000", r["gebied"], r["waarde"], eenheid="per_1000", teller=r["waarde"], noemer=1000
            )
            for r in telling("jeugdigen.actief", personen)
        ],
    )
    vrijgave, _ = publiceer(bron)
    assert cel(vrijgave, "jeugdigen.per_1000", "GM0244")["status"] == "verborgen"
    assert pd.isna(cel(vrijgave, "jeugdigen.per_1000", "GM0244")["noemer"])
    getoond = cel(vrijgave, "jeugdigen.per_1000", "GM0213")
    assert (getoond["teller"], getoond["waarde"]) == (120, 120)
    assert lekken(vrijgave, bron).empty


@pytest.mark.parametrize(("n", "status"), [(9, "verborgen"), (10, "definitief"), (11, "definitief")])
def test_een_gemiddelde_vraagt_genoeg_gevallen(n, status):
    uit = telling("trajecten.uitstroom", {**RUIM, "GM0244": n})
    duur = [
        rij(
            "trajectduur.gemiddeld",
            r["gebied"],
            201.6,
            eenheid="dagen",
            noemer=r["waarde"],
            teller=201.6 * r["waarde"],
        )
        for r in uit
    ]
    vrijgave, _ = publiceer(meting(uit, duur))
    rij_ = cel(vrijgave, "trajectduur.gemiddeld", "GM0244")
    assert rij_["status"] == status
    if status == "definitief":
        assert (rij_["waarde"], rij_["noemer"]) == (202, 10)
        assert np.isnan(rij_["teller"])  # the sum of days would give the exact n back


def test_een_gemiddelde_gaat_met_een_verborgen_n_mee():
    """The mean of the one that is hidden for another would follow from the mean of the region."""
    uit = telling("trajecten.uitstroom", {**RUIM, "GM0244": 4})
    duur = [rij("trajectduur.gemiddeld", r["gebied"], 200, eenheid="dagen", noemer=r["waarde"]) for r in uit]
    vrijgave, _ = publiceer(meting(uit, duur))
    verborgen = vrijgave.tabel[vrijgave.tabel["status"].eq("verborgen")].groupby("indicator")["gebied"].agg(set)
    assert verborgen["trajectduur.gemiddeld"] == verborgen["trajecten.uitstroom"] == {"GM0232", "GM0244"}


def test_intervallen_komen_uit_het_afgeronde_aantal():
    rijen = [
        {**r, "methode": "byar+7_van_8_gemeenten", "onder": 1.0, "boven": 2.0} for r in telling(INSTROOM, RUIM)
    ]
    getoond = cel(publiceer(meting(rijen))[0], INSTROOM, "GM0213")
    assert getoond["methode"] == "byar+7_van_8_gemeenten"
    assert getoond["onder"] == pytest.approx(99.49, abs=0.01)  # Byar's limits of 120, not of 1 and 2
    assert getoond["boven"] == pytest.approx(143.49, abs=0.01)


def test_niet_leverbaar_blijft_niet_leverbaar():
    rijen = telling(INSTROOM, RUIM)
    leeg = {**rij(INSTROOM, "GM0244", np.nan), "status": "niet_leverbaar"}
    vrijgave, audit = publiceer(meting(rijen, leeg))
    assert cel(vrijgave, INSTROOM, "GM0244")["status"] == "niet_leverbaar"
    assert audit.tabel.empty


def test_twee_cijfers_van_een_telling_moeten_gelijk_zijn():
    delen = {"GM0200": {"01": 50}, "GM0213": {"01": 60}}
    ander = {"GM0200": {"01": 51}, "GM0213": {"01": 60}}
    bron = meting(telling(INSTROOM, delen, "verwijzer"), telling("verwijzingen.aantal", ander, "verwijzer"))
    with pytest.raises(DomeinFout, match="hetzelfde tellen"):
        publiceer(bron)


def test_zelfde_invoer_zelfde_uitvoer():
    bron = meting(telling(INSTROOM, {**RUIM, "GM0244": 4}))
    omgekeerd = meting(telling(INSTROOM, dict(reversed({**RUIM, "GM0244": 4}.items()))))
    een, twee = publiceer(bron)[0], publiceer(omgekeerd)[0]
    pd.testing.assert_frame_equal(een.tabel, twee.tabel)
    assert isinstance(een, Vrijgave)
