from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from effecthulp import INDICATOR, maatregel, met_effect, regio_en_donoren, vermenigvuldig

from analyse.effect import (
    Oordeel,
    Reeks,
    corrigeer,
    kies_ontwerp,
    lees_donoren,
    lees_register,
    maak_opzet,
    schat,
    schat_alle,
    schat_duur,
    schat_scores,
)
from analyse.effect.donoren import TARIEVEN, maak_reeks
from analyse.kern.fouten import ParameterFout

WORTEL = Path(__file__).resolve().parents[2]
GETRAPT = {"GM0200": "2023-07-01", "GM0301": "2024-01-01"}
NAMEN = {"GM0200": "Apeldoorn", "GM0301": "Zutphen"}


def effect(factor=0.7, *, start=None, seed=3, **anders):
    wat = maatregel(start or GETRAPT, **anders)
    regio, donoren = regio_en_donoren(seed)
    return schat(wat, met_effect(regio, wat, factor), donoren, namen=NAMEN)


@pytest.fixture(scope="module")
def sterk():
    return effect()


def test_een_echt_effect_is_aannemelijk_en_de_tekst_zegt_waarom(sterk):
    assert sterk.oordeel is Oordeel.AANNEMELIJK and sterk.niet_gehaald == ()
    tekst = sterk.tekst
    assert tekst.startswith("Proef (Apeldoorn sinds juli 2023 en Zutphen sinds januari 2024): effect aannemelijk.")
    assert (
        f"Een effect kleiner dan {sterk.kleinste_effect:.0f}% kan met deze gegevens niet worden gezien." in tekst
    )
    assert "Het bewijst niet dat de maatregel de enige oorzaak is" in tekst
    assert sterk.ontwerp.bewijst and "in stappen ingevoerd" in sterk.ontwerp.waarom


def test_tabel_verloop_en_controles_horen_bij_de_tekst(sterk):
    hoofd = sterk.tabel.iloc[0]
    assert hoofd["onder"] < -30 < hoofd["boven"] < 0
    assert f"{-hoofd['effect_procent']:.0f}% lager" in sterk.tekst
    assert sterk.tabel["methode"].is_unique and len(sterk.tabel) == 5
    assert len(sterk.controletabel) == 7 and set(sterk.controletabel["uitslag"]) <= {"geslaagd", "niet geslaagd"}
    assert sterk.verloop["na"].any()
    midden, onder, boven = sterk.vermeden
    assert onder < midden < boven
    assert midden == pytest.approx(hoofd["verwacht"] - hoofd["werkelijk"])


def test_twee_keer_schatten_geeft_precies_hetzelfde(sterk):
    ander = effect()
    pd.testing.assert_frame_equal(ander.tabel, sterk.tabel)
    pd.testing.assert_frame_equal(ander.controletabel, sterk.controletabel)
    assert ander.tekst == sterk.tekst


@pytest.mark.parametrize(
    ("geval", "verwacht"),
    [
        (lambda: effect(1.0), {Oordeel.NIET_VAST, Oordeel.AANWIJZING}),
        (lambda: effect(start={"GM0200": "2025-07-01"}), {Oordeel.TE_VROEG}),
        (lambda: effect(start={"GM0200": "2030-01-01"}), {Oordeel.TE_VROEG}),
        (lambda: effect(start={"GM0200": "2019-07-01"}), {Oordeel.NIET_MEETBAAR}),
        (lambda: effect(gegevens="registratie"), {Oordeel.NIET_MEETBAAR}),
    ],
)
def test_elk_oordeel_noemt_wat_er_te_zien_zou_zijn_en_nooit_dat_het_niet_werkt(geval, verwacht):
    uit = geval()
    assert uit.oordeel in verwacht
    assert uit.oordeel.value in uit.tekst and "geen effect" not in uit.tekst.lower()
    assert "kan met deze gegevens niet worden gezien" in uit.tekst or "niet vooraf te berekenen" in uit.tekst


def test_niet_gestart_en_te_weinig_gevallen_zijn_niet_meetbaar():
    regio, donoren = regio_en_donoren(3)
    niet = maatregel({}, stand_van_zaken={"stand": "niet_gestart", "datum": "2025-01-01", "zin": "Nog niet."})
    assert "nog niet gestart" in schat(niet, regio, donoren).tekst
    bijna_leeg = vermenigvuldig(regio, "GM0200", slice(0, 28), 0.005)
    uit = schat(maatregel(), bijna_leeg, donoren)
    assert uit.oordeel is Oordeel.NIET_MEETBAAR and "te weinig gevallen" in uit.tekst


def test_te_vroeg_toont_nog_geen_uitkomst():
    uit = effect(start={"GM0200": "2025-07-01"})
    assert uit.schattingen == () and uit.hoofd is None and uit.vermeden is None and uit.tabel.empty
    assert np.isfinite(uit.kleinste_effect)


def test_de_verkeerde_kant_op_wordt_gezegd():
    wat = maatregel(GETRAPT)
    regio, donoren = regio_en_donoren(3)
    hoger = vermenigvuldig(vermenigvuldig(regio, "GM0200", slice(18, 28), 1.5), "GM0301", slice(20, 28), 1.5)
    uit = schat(wat, hoger, donoren)
    assert uit.oordeel is Oordeel.AANNEMELIJK
    assert "andere kant op" in uit.tekst and "hoger" in uit.tekst


def test_maanden_worden_kwartalen():
    regio, donoren = regio_en_donoren(3)

    def in_maanden(reeks: Reeks) -> Reeks:
        delen = np.repeat(reeks.aantal / 3, 3, axis=1)
        return replace(
            reeks,
            per_jaar=12,
            eerste=reeks.eerste * 3,
            aantal=delen,
            bevolking=np.repeat(reeks.bevolking, 3, axis=1),
        )

    wat = maatregel(GETRAPT)
    een = schat(wat, regio, donoren, volledig=False)
    ander = schat(wat, in_maanden(regio), in_maanden(donoren), volledig=False)
    pd.testing.assert_frame_equal(een.tabel, ander.tabel)


def test_alleen_een_doelindicator_van_de_maatregel_mag():
    regio, donoren = regio_en_donoren(3)
    with pytest.raises(ParameterFout, match="doelindicator"):
        schat(maatregel(), replace(regio, indicator="trajecten.actief"), donoren)


def test_donoren_zijn_op_dezelfde_indicator_gemeten():
    regio, donoren = regio_en_donoren(3)
    with pytest.raises(ParameterFout, match="dezelfde indicator"):
        schat(maatregel(), regio, replace(donoren, indicator="trajecten.actief"))


def test_een_gemeente_zonder_gevallen_telt_niet_mee():
    wat = maatregel(GETRAPT)
    regio, donoren = regio_en_donoren(3)
    leeg = vermenigvuldig(met_effect(regio, wat, 0.7), "GM0301", slice(0, 28), 0.0)
    uit = schat(wat, leeg, donoren)
    assert np.isfinite(uit.schattingen[0].log) and uit.hoofd.procent < -10


def test_een_doelgroep_met_verblijf_mag_niet_over_2022_lopen():
    regio, donoren = regio_en_donoren(3)
    wat = maatregel(doelgroep={"omschrijving": "Pleegzorg", "hulpvorm": ["11"]})
    with pytest.raises(ParameterFout, match="woonplaatsbeginsel"):
        schat(wat, regio, donoren)


@pytest.mark.parametrize(("gebieden", "soort"), [(8, "regio"), (1, "its")])
def test_zonder_donoren_hooguit_een_aanwijzing(gebieden, soort):
    wat = maatregel()
    regio, _ = regio_en_donoren(3)
    deel = met_effect(regio, wat, 0.4).kies(regio.gebieden[:gebieden])
    uit = schat(wat, deel)
    assert uit.ontwerp.soort == soort and not uit.ontwerp.bewijst
    assert uit.oordeel in (Oordeel.AANWIJZING, Oordeel.NIET_VAST)
    assert "met gemeenten zonder de maatregel" in " ".join(uit.niet_gehaald)
    assert not uit.verloop.empty


def test_maatregelen_tegelijk_zijn_niet_te_scheiden():
    wat, ander = maatregel(GETRAPT), maatregel({"GM0200": "2023-10-01"}, id="ander", naam="Ander plan")
    regio, donoren = regio_en_donoren(3)
    uit = schat(wat, regio, donoren, register={"proef": wat, "ander": ander}, namen=NAMEN)
    assert uit.tegelijk == {"GM0200": ("Ander plan",)}
    assert "in Apeldoorn ‘Ander plan’. Wat van welke maatregel komt, is niet te scheiden." in uit.tekst


def test_meer_maatregelen_tegelijk_maken_het_bewijs_strenger(sterk):
    zwak = [effect(1.0, seed=seed) for seed in range(10, 16)]
    alle = corrigeer([sterk, *zwak])
    assert all(
        nieuw.bewijs.p_eerste >= oud.bewijs.p_eerste for nieuw, oud in zip(alle, [sterk, *zwak], strict=True)
    )
    assert alle[0].bewijs.p_eerste == pytest.approx(7 * sterk.bewijs.p_eerste)
    assert "7 maatregelen tegelijk getoetst" in alle[0].tekst
    pd.testing.assert_frame_equal(alle[0].tabel, sterk.tabel)


def test_scores_en_duur_geven_hooguit_een_aanwijzing():
    wat = maatregel(gegevens="scores")
    uit = schat_scores(wat, [5, 4, 6, 5, 5, 6, 4, 5, 6, 5, 6], [8, 7, 8, 9, 8, 8, 7, 8, 9, 8, 8])
    assert uit.oordeel is Oordeel.AANWIJZING and "Bij 11 personen" in uit.tekst
    assert uit.ontwerp.soort == "scores"
    rng = np.random.default_rng(2)
    na = np.arange(400) % 2 == 1
    trajecten = pd.DataFrame(
        {
            "persoon": range(400),
            "dagen": np.ceil(rng.exponential(np.where(na, 100, 400))),
            "geëindigd": True,
            "na": na,
        }
    )
    uit = schat_duur(maatregel(gegevens="duur"), trajecten)
    assert uit.oordeel is Oordeel.AANWIJZING and "dagen korter" in uit.tekst


def test_het_ontwerp_van_een_reeks_vraagt_om_die_reeks():
    with pytest.raises(ParameterFout, match="maak_opzet"):
        kies_ontwerp(maatregel())
    assert kies_ontwerp(maatregel(), maak_opzet(maatregel(), *regio_en_donoren())).soort == "donoren"


def test_een_zwakker_oordeel_noemt_wat_eraan_ontbreekt():
    uit = effect(1.0)
    assert "Voor een sterker oordeel is niet voldaan aan: " in uit.tekst
    assert all(eis in uit.tekst for eis in uit.niet_gehaald)


# The demo region's two true effects, put into a synthetic region of the real sizes beside the shipped panel.
ECHT = {"poh_jeugd": (TARIEVEN[0], 0.80), "schoolmaatschappelijk_werk": (TARIEVEN[1], 0.85)}
JEUGD = {
    "GM0200": 40700.0,
    "GM0213": 4500.0,
    "GM0232": 7700.0,
    "GM0244": 3300.0,
    "GM0246": 4700.0,
    "GM0262": 7400.0,
    "GM0285": 6100.0,
    "GM0301": 11300.0,
}


@pytest.mark.parametrize("naam", ECHT)
def test_de_echte_effecten_van_de_demo_liggen_in_hun_intervallen(naam):
    register = lees_register(WORTEL / "params" / "maatregelen")
    tarief, factor = ECHT[naam]
    donoren = lees_donoren(WORTEL / "data" / "referentie" / "demo_donorpanel.csv.gz", tarief.indicator)
    # Region and panel share what the whole country shares, so the region is drawn along with its own panel here.
    gedekt, gezien = [], []
    for seed in range(12):
        groottes = {**JEUGD, **dict(zip(donoren.gebieden, donoren.bevolking[:, 0], strict=True))}
        alles = maak_reeks(groottes, tarief, seed=seed, regio=JEUGD)
        regio = met_effect(alles.kies(list(JEUGD)), register[naam], factor, seed=seed)
        uit = schat(register[naam], regio, alles.kies(donoren.gebieden), volledig=False)
        onder, boven = uit.schattingen[0].interval
        gedekt.append(onder <= 100 * (factor - 1) <= boven)
        gezien.append(uit.bewijs.p_eerste <= 0.05)
    assert np.mean(gedekt) >= 0.8
    assert np.mean(gezien) >= 0.4


def test_schat_alle_meet_elke_maatregel_met_een_reeks():
    register = lees_register(WORTEL / "params" / "maatregelen")
    regio, donoren = regio_en_donoren(3)
    instroom = (replace(r, indicator="trajecten.instroom") for r in regio_en_donoren(4))
    reeks2, donoren2 = instroom
    effecten = schat_alle(
        register,
        {"poh_jeugd": regio, "schoolmaatschappelijk_werk": reeks2},
        {"poh_jeugd": donoren, "schoolmaatschappelijk_werk": donoren2},
        namen=NAMEN,
    )
    assert [e.maatregel.id for e in effecten] == ["poh_jeugd", "schoolmaatschappelijk_werk"]
    assert all(e.aantal_getoetst == 2 for e in effecten)
    assert effecten[0].indicator == INDICATOR
    # Lochem and Voorst run spiegelinformatie on the same indicator: no clean comparison for the POH.
    gemeenten = next(c for c in effecten[0].controles if c.naam == "Placebogemeente").tabel["gebied"]
    assert not {"GM0262", "GM0285"} & set(gemeenten)
