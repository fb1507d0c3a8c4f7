"""Figures that follow from others: shown with them, hidden with them, and nothing finer than they tell."""

from __future__ import annotations

import pandas as pd
import pytest

from analyse.kern import codes
from analyse.params import Params
from analyse.vrijgave.afgeleid import voeg_toe
from analyse.vrijgave.families import families_van
from vrijgave.hulp import cel, lekken, meting, publiceer, rij, telling
from vrijgave.kunst import WORTEL

FAMILIES = families_van(Params.open(WORTEL))
BEDRAG, VERWACHT = "uitgaven.bedrag", "uitgaven.verwacht"
RUIM = {"A": 40_000.0, "B": 35_000.0, "C": 30_000.0}
KRAP = {"A": 90_000.0, "B": 5_000.0}


def bedragen(per_gemeente, periode="2024-H1"):
    """Amounts per gemeente and aanbieder, with totals and region."""
    return telling(BEDRAG, per_gemeente, "aanbieder", eenheid="euro", periode=periode)


def van_bedrag(rijen, indicator=VERWACHT, factor=1.2345):
    """A figure that is a fixed multiple of the totals: the worst that an estimate can be."""
    totalen = [r for r in rijen if r["aanbieder"] == codes.TOTAAL]
    return [{**r, "indicator": indicator, "waarde": r["waarde"] * factor, "teller": None} for r in totalen]


def test_te_zien_waar_het_bedrag_te_zien_is_en_afgerond():
    rijen = bedragen({"GM0200": RUIM, "GM0213": RUIM, "GM0232": RUIM})
    vrijgave, _ = publiceer(meting(rijen, van_bedrag(rijen)))
    eigen = cel(vrijgave, VERWACHT, "GM0200")
    assert (eigen["waarde"], eigen["status"]) == (130_000, "definitief")
    assert pd.isna(eigen["teller"])


def test_een_schatting_geeft_een_verborgen_bedrag_niet_terug():
    """Region less the others would give it; so the region is hidden as soon as one gemeente is."""
    rijen = bedragen({"GM0200": KRAP, "GM0213": RUIM, "GM0232": RUIM, "GM0244": RUIM})
    bron = meting(rijen, van_bedrag(rijen))
    vrijgave, audit = publiceer(bron)
    dicht = {g for g in ("GM0200", "GM0213", "GM0232", "GM0244", "REGIO")
             if cel(vrijgave, VERWACHT, g)["status"] == "verborgen"}  # fmt: skip
    bedrag = {g for g in ("GM0200", "GM0213", "GM0232", "GM0244")
              if cel(vrijgave, BEDRAG, g)["status"] == "verborgen"}  # fmt: skip
    assert "GM0200" in bedrag and dicht == {*bedrag, "REGIO"}
    weg = audit.tabel[audit.tabel["indicator"].eq(VERWACHT)]
    assert set(weg["gebied"]) == dicht and set(weg["regel"]) == {"secundair"}
    # What is shown of it is what shows of the amounts, times the factor: no row of the attack changes.
    assert lekken(vrijgave, bron).empty


def test_een_verschil_vraagt_ook_het_jaar_ervoor():
    nu = bedragen({"GM0200": RUIM, "GM0213": RUIM, "GM0232": RUIM}, "2024-H1")
    toen = bedragen({"GM0200": KRAP, "GM0213": RUIM, "GM0232": RUIM}, "2023-H1")
    jeugdigen = [
        r for periode in ("2023-H1", "2024-H1")
        for r in telling("uitgaven.jeugdigen", {"GM0200": 40, "GM0213": 40, "GM0232": 40}, periode=periode)
    ]  # fmt: skip
    prijs = van_bedrag(nu, "uitgaven.verschil_prijs", 0.03)
    vrijgave, _ = publiceer(meting(nu, toen, jeugdigen, prijs))
    assert cel(vrijgave, BEDRAG, "GM0200")["status"] == "definitief"
    assert cel(vrijgave, "uitgaven.verschil_prijs", "GM0200")["status"] == "verborgen"


@pytest.mark.parametrize(("personen", "status"), [(9, "verborgen"), (10, "definitief"), (0, "definitief")])
def test_een_deel_van_weinig_personen_blijft_verborgen(personen, status):
    rijen = bedragen({"GM0200": RUIM, "GM0213": RUIM, "GM0232": RUIM})
    delen = [
        rij("uitgaven.pgb_aandeel", g, 4.6 if personen else 0.0, eenheid="procent") for g in ("GM0200", "REGIO")
    ]
    budget = [rij("uitgaven.pgb", g, 50_000.0, eenheid="euro", noemer=personen) for g in ("GM0200", "REGIO")]
    vrij = meting(rijen).tabel
    uit, _ = voeg_toe(
        vrij,
        meting(delen).tabel,
        meting(budget).tabel,
        families=FAMILIES,
        drempels=Params.open(WORTEL).regio.drempels,
    )
    eigen = uit[uit["indicator"].eq("uitgaven.pgb_aandeel")].set_index("gebied")
    assert set(eigen["status"]) == {status}
    assert status == "verborgen" or eigen.loc["GM0200", "waarde"] == (5 if personen else 0)


def test_aantallen_aanbieders_gaan_niet_over_personen():
    """Without a count of persons they are shown as they are, and protect or reveal nothing."""
    aanbieders = [rij("aanbieder.aantal", g, n) for g, n in (("GM0200", 3), ("GM0213", 1), ("REGIO", 4))]
    klein = telling("trajecten.instroom", {"GM0200": 30, "GM0213": 4, "GM0232": 50, "GM0244": 40})
    zonder_, met = publiceer(meting(klein))[0], publiceer(meting(klein, aanbieders))[0]
    assert cel(met, "aanbieder.aantal", "GM0213")["waarde"] == 1
    pd.testing.assert_frame_equal(FAMILIES.zelfstandig(met.tabel).reset_index(drop=True), zonder_.tabel)


def test_een_gemiddelde_in_tienden_en_alleen_bij_zijn_aandeel():
    echt = meting(
        [
            rij("tevredenheid.gemiddeld", g, 7.46, eenheid="cijfer", teller=74.6, noemer=10)
            for g in ("GM0200", "GM0213")
        ]
    )
    vrij = meting(
        [rij("tevredenheid.acht_of_hoger", "GM0200", 50.0, eenheid="procent", teller=5, noemer=10)]
    ).tabel
    uit, _ = voeg_toe(vrij, echt.tabel, echt.tabel, families=FAMILIES, drempels=Params.open(WORTEL).regio.drempels)
    eigen = uit[uit["indicator"].eq("tevredenheid.gemiddeld")].set_index("gebied")
    assert eigen.loc["GM0200", "waarde"] == 7.5 and pd.isna(eigen.loc["GM0200", "noemer"])
    assert eigen.loc["GM0213", "status"] == "verborgen"


LANDELIJK = "uitgaven.landelijk_aandeel"


def landelijk(per_gemeente, wie):
    """Amounts, a share of them, and who is behind it: children and aanbieders of what was bought nationally."""
    ruim = {g: {a: 100 * e for a, e in RUIM.items()} for g in per_gemeente}
    achter = telling("uitgaven.landelijk", per_gemeente, "aanbieder", eenheid="euro")
    achter = [{**r, "noemer": wie.get(r["gebied"], sum(wie.values()))} for r in achter]
    delen = [{**r, "indicator": LANDELIJK, "waarde": 3.2, "eenheid": "procent"} for r in van_bedrag(achter)]
    return meting(bedragen(ruim), achter, delen)


def dicht(bron, indicator):
    vrijgave, _ = publiceer(bron)
    eigen = vrijgave.tabel[vrijgave.tabel["indicator"].eq(indicator)]
    return set(eigen.loc[eigen["status"].eq("verborgen"), "gebied"])


@pytest.mark.parametrize(
    ("wie", "verborgen"),
    [
        ({"GM0200": 20, "GM0213": 20, "GM0232": 20}, set()),
        # Nine in one gemeente would be the region less the others.
        ({"GM0200": 20, "GM0213": 20, "GM0232": 9}, {"GM0232", "REGIO"}),
        # Two gemeenten of six each are twelve together, of whom nobody knows more.
        ({"GM0200": 20, "GM0213": 6, "GM0232": 6}, {"GM0213", "GM0232"}),
    ],
)
def test_de_regio_mag_als_de_verborgen_gemeenten_samen_genoeg_zijn(wie, verborgen):
    assert dicht(landelijk(dict.fromkeys(wie, RUIM), wie), LANDELIJK) == verborgen


def test_een_grote_aanbieder_verbergt_het_landelijke_aandeel():
    wie = {"GM0200": 20, "GM0213": 20, "GM0232": 20}
    per = {"GM0200": KRAP, "GM0213": RUIM, "GM0232": RUIM}
    assert dicht(landelijk(per, wie), LANDELIJK) == {"GM0200", "REGIO"}
