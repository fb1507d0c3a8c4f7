"""Amounts: enough aanbieders, none of them dominant, and none to be computed back."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analyse.kern.resultaat import Meting
from analyse.vrijgave import aanval, geef_vrij_met_audit
from vrijgave.hulp import GEEN_BEVINDINGEN, cel, lekken, meting, params_voor, publiceer, rij, telling

EURO = "uitgaven.bedrag"


def _uitgaven(bijdragen):
    """Rows per gemeente and aanbieder, with totals and region."""
    per = telling(EURO, bijdragen, "aanbieder", eenheid="euro")
    return [{**r, "teller": np.nan} for r in per]


def _publiceer(bijdragen, *meer):
    bron = meting(_uitgaven(bijdragen), *meer)
    params = params_voor(bron)
    params.kaarten[EURO] = params.kaarten[EURO].model_copy(update={"publiceer": ((),)})
    return bron, params, *geef_vrij_met_audit(bron, params=params, basis_kwaliteit=GEEN_BEVINDINGEN)


RUIM = {"A": 40_000, "B": 35_000, "C": 30_000}


@pytest.mark.parametrize(
    ("bijdragen", "regel"),
    [
        ({"A": 50_000, "B": 25_000, "C": 25_000}, None),
        ({"A": 50_001, "B": 25_000, "C": 24_999}, "dominantie"),
        ({"A": 50_000, "B": 50_000}, "dominantie"),
        ({"A": 60_000, "B": -20_000, "C": 30_000}, "dominantie"),
    ],
)
def test_aanbieders_achter_een_bedrag(bijdragen, regel):
    _, _, vrijgave, audit = _publiceer({"GM0200": bijdragen, "GM0213": RUIM, "GM0232": RUIM})
    eigen = audit.tabel.set_index("gebied")["regel"].to_dict()
    assert eigen.get("GM0200") == regel
    assert (cel(vrijgave, EURO, "GM0200")["status"] == "verborgen") is (regel is not None)


def test_een_verborgen_bedrag_volgt_niet_uit_de_regio():
    bron, params, vrijgave, audit = _publiceer(
        {"GM0200": {"A": 30_000, "B": 1_000}, "GM0213": RUIM, "GM0232": RUIM}
    )
    assert sorted(audit.tabel["regel"]) == ["dominantie", "secundair"]
    oordeel = aanval(vrijgave, params=params, meting=Meting(bron.tabel[bron.tabel["aanbieder"].eq("totaal")]))
    assert len(oordeel) == 2
    assert not oordeel["lek"].any()
    assert set(vrijgave.tabel["aanbieder"]) == {"totaal"}


def test_zonder_uitsplitsing_per_aanbieder_geen_bedrag():
    rijen = telling(EURO, {"GM0200": 90_000, "GM0213": 80_000}, eenheid="euro")
    bron = meting([{**r, "teller": np.nan} for r in rijen])
    vrijgave, audit = publiceer(bron)
    assert set(audit.tabel["regel"]) == {"dominantie"}
    assert vrijgave.tabel["waarde"].isna().all()


def test_een_bedrag_per_jeugdige_verraadt_het_bedrag_niet():
    bijdragen = {"GM0200": {"A": 30_000, "B": 1_000}, "GM0213": RUIM, "GM0232": RUIM}
    bedragen = pd.DataFrame(_uitgaven(bijdragen)).query("aanbieder == 'totaal'").set_index("gebied")["waarde"]
    per = [
        rij(
            "uitgaven.per_jeugdige",
            gebied,
            bedrag / 20,
            eenheid="euro",
            teller=bedrag,
            noemer=20 if gebied != "REGIO" else 60,
        )
        for gebied, bedrag in bedragen.items()
    ]
    _, _, vrijgave, _ = _publiceer(bijdragen, per)
    status = vrijgave.tabel.pivot(index="gebied", columns="indicator", values="status")
    assert (status[EURO] == status["uitgaven.per_jeugdige"]).all()
    getoond = vrijgave.tabel.query("indicator == 'uitgaven.per_jeugdige' and gebied == 'REGIO'").iloc[0]
    assert getoond["waarde"] == np.floor(getoond["teller"] / 60 + 0.5)


def test_aantallen_in_dezelfde_meting_merken_er_niets_van():
    bron, _, vrijgave, _ = _publiceer(
        {"GM0200": RUIM, "GM0213": RUIM}, telling("trajecten.instroom", {"GM0200": 40, "GM0213": 50})
    )
    assert not vrijgave.tabel["status"].eq("verborgen").any()
    assert lekken(vrijgave, bron).empty


@pytest.mark.parametrize(
    ("bijdragen", "verborgen"),
    [
        # p % rule with p = 10: what others than the largest two bring in must be at least a tenth of the largest.
        ({"A": 50_000, "B": 46_000, "C": 4_000, "D": 999}, True),
        ({"A": 49_000, "B": 44_000, "C": 4_000, "D": 1_001}, False),
    ],
)
def test_wie_de_op_een_na_grootste_is_mag_de_grootste_niet_uitrekenen(bijdragen, verborgen):
    _, _, vrijgave, _ = _publiceer({"GM0200": bijdragen, "GM0213": RUIM, "GM0232": RUIM})
    assert (cel(vrijgave, EURO, "GM0200")["status"] == "verborgen") is verborgen


def test_de_breedte_van_een_bedrag_volgt_uit_de_regels():
    """One aanbieder with 30,000 of 31,000: dominance asks 29,000 to either side."""
    bron, params, vrijgave, _ = _publiceer({"GM0200": {"A": 30_000, "B": 1_000}, "GM0213": RUIM, "GM0232": RUIM})
    oordeel = aanval(vrijgave, params=params, meting=bron).set_index("gebied")
    assert oordeel.loc["GM0200", "nodig"] == 2 * (2 * 30_000 - 31_000)
    assert not oordeel["lek"].any()
    assert oordeel.loc["GM0200", "boven"] - oordeel.loc["GM0200", "onder"] >= 58_000
