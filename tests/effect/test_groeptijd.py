import numpy as np
import pandas as pd
import pytest
from gedeeld import gedeeld

from analyse.effect import groep_tijd
from analyse.kern.fouten import LeveringFout

# mpdta with the estimator of Callaway and Sant'Anna 2021, as the R package did gives it.
SCENARIOS = {"mpdta_nev_dr": "nooit", "mpdta_nyt_dr": "nog_niet"}
SOORTEN = {"simple": "eenvoudig", "group": "groep", "dynamic": "verloop", "calendar": "kalender"}
SLEUTEL = {"group": "groep", "dynamic": "sinds", "calendar": "tijd"}


@pytest.fixture(scope="module")
def mpdta():
    return pd.read_csv(gedeeld("data/effect/did_mpdta/mpdta.csv"))


def schatting(mpdta, scenario):
    return groep_tijd(
        mpdta,
        eenheid="countyreal",
        tijd="year",
        uitkomst="lemp",
        start="first.treat",
        vergelijking=SCENARIOS[scenario],
    )


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_groep_tijd_effecten_van_mpdta(mpdta, scenario):
    verwacht = pd.read_csv(gedeeld("data/effect/did_mpdta/r_ref/ref_attgt.csv")).query("scenario == @scenario")
    onze = schatting(mpdta, scenario).tabel
    assert len(onze) == len(verwacht) == 12
    np.testing.assert_array_equal(onze[["groep", "tijd"]], verwacht[["group", "t"]])
    np.testing.assert_allclose(onze["effect"], verwacht["att"], atol=1e-6)


@pytest.mark.parametrize("soort", SOORTEN)
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_samenvattingen_van_mpdta(mpdta, scenario, soort):
    verwacht = pd.read_csv(gedeeld("data/effect/did_mpdta/r_ref/ref_aggte.csv"))
    verwacht = verwacht[verwacht["scenario"].eq(scenario) & verwacht["type"].eq(soort)]
    onze = schatting(mpdta, scenario).vat_samen(SOORTEN[soort])
    assert onze.waarde == pytest.approx(verwacht["overall_att"].iloc[0], abs=1e-6)
    if soort != "simple":
        np.testing.assert_allclose(onze.tabel[SLEUTEL[soort]], verwacht["egt"])
        np.testing.assert_allclose(onze.tabel["effect"], verwacht["att_egt"], atol=1e-6)


def test_de_jackknife_ligt_bij_de_gepubliceerde_fout(mpdta):
    assert schatting(mpdta, "mpdta_nev_dr").fout("eenvoudig") == pytest.approx(0.0120, rel=0.03)


def test_gepubliceerde_waarden_uit_de_lijst(mpdta):
    lijst = pd.read_csv(gedeeld("data/effect/verwachte_waarden.csv"))
    for soort in ("simple", "group", "dynamic"):
        regel = lijst[lijst["schatter"].eq(f"aggte {soort}")].iloc[0]
        onze = schatting(mpdta, "mpdta_nev_dr").vat_samen(SOORTEN[soort]).waarde
        assert onze == pytest.approx(float(regel["verwacht"]), abs=float(regel["tolerantie"]))


def getrapt(effect):
    """Two starters and two others, rates that move together, and a known ratio after each start."""
    rijen = []
    for gebied, start, niveau in (("a", 3, 0.02), ("b", 5, 0.05), ("c", 0, 0.03), ("d", 0, 0.01)):
        for tijd in range(1, 9):
            factor = effect if start and tijd >= start else 1.0
            rijen.append((gebied, tijd, 10_000 * niveau * (1 + 0.1 * tijd) * factor, 10_000, start))
    return pd.DataFrame(rijen, columns=["gebied", "tijd", "aantal", "bevolking", "start"])


@pytest.mark.parametrize("basis", ["laatste", "alle"])
@pytest.mark.parametrize("soort", SOORTEN.values())
def test_een_verhouding_wordt_precies_teruggevonden(basis, soort):
    blokken = groep_tijd(getrapt(0.8), blootstelling="bevolking", basis=basis)
    assert blokken.schaal == "verhouding"
    uit = blokken.vat_samen(soort)
    assert np.exp(uit.waarde) == pytest.approx(0.8)
    assert "20,0% lager" in uit.tekst


def test_een_eerdere_starter_is_nooit_de_maat():
    """With an effect that grows, comparing with earlier starters would bias; here the later group is exact."""
    paneel = getrapt(1.0)
    groei = paneel["gebied"].eq("a") & paneel["tijd"].ge(3)
    paneel.loc[groei, "aantal"] *= 1 - 0.1 * (paneel.loc[groei, "tijd"] - 2)
    for vergelijking in ("nooit", "nog_niet"):
        tabel = groep_tijd(paneel, blootstelling="bevolking", vergelijking=vergelijking).tabel
        laat = tabel[tabel["groep"].eq(5) & tabel["tijd"].ge(5)]
        np.testing.assert_allclose(laat["effect"], 0, atol=1e-12)


def test_een_gat_in_het_paneel_wordt_geweigerd():
    with pytest.raises(LeveringFout, match="lege plekken"):
        groep_tijd(getrapt(1.0).drop(index=3))
