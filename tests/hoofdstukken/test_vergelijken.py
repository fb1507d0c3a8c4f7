"""Comparisons in chapters: each says what is a signal and what is chance, by which rule, with its interval."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fabriek import maak_beeld, maak_tabel
from vergelijkfabriek import maandrijen, vergelijking

from analyse.kern import codes
from analyse.kern.vergelijking import Vergelijking
from analyse.weergave import Figuur, Tabel, Waarschuwing
from analyse.weergave.hoofdstukken import gebruik, instroom, uithuisplaatsingen

TABEL = maak_tabel()


@pytest.fixture(scope="module")
def naast():
    return vergelijking(TABEL, maak_beeld().params.regio.codes)


def _beeld(gebied, naast):
    return replace(maak_beeld(gebied, tabel=TABEL), vergelijkbron=lambda: naast)


def test_een_maand_buiten_de_grenzen_is_een_signaal(naast):
    """GM0200 rises far in the last month; the region does what it always does."""
    eigen = instroom.per_maand(_beeld("GM0200", naast))
    assert isinstance(eigen, Figuur)
    assert eigen.titel.startswith(
        "Begonnen trajecten per maand in Apeldoorn: signaal, hoger dan gewoon in juni 2025"
    )
    assert "300" in str(eigen.tabel) and eigen.tabel.iloc[-1]["jun"] == "300 S"
    regio = instroom.per_maand(_beeld("REGIO", naast))
    assert regio.titel == "Begonnen trajecten per maand in de regio: binnen de gewone schommeling"
    assert any(noot.startswith("Apeldoorn: signaal, hoger dan gewoon in juni 2025") for noot in regio.noten)
    assert "De maanden van de andere gemeenten zijn te klein om te tonen." in regio.noten


def test_kleine_gemeente_ziet_de_regio_en_leest_waarom(naast):
    figuur = instroom.per_maand(_beeld("GM0244", naast))
    assert figuur.titel.startswith("Begonnen trajecten per maand in de regio")
    assert any(noot.startswith("De maanden van Hattem zijn te klein om te tonen.") for noot in figuur.noten)
    assert set(figuur.data["gebied"]) == {codes.REGIO}


def test_de_kaart_staat_helemaal_in_de_csv(naast):
    """Level and limits are rows, a new level begins at the declared break, and no cause is named."""
    figuur = instroom.per_maand(_beeld("REGIO", naast))
    niveau = figuur.data[figuur.data["indicator"].eq("regelkaart.trajecten.instroom")]
    assert len(niveau) == 54 and niveau["waarde"].nunique() == 2
    assert niveau.groupby("waarde")["periode"].min().max() == "2022-01"
    assert "Woonplaatsbeginsel" in " ".join(figuur.noten)
    assert not any(woord in figuur.titel for woord in ("door", "omdat", "vanwege"))


def test_te_kleine_maanden_en_een_lege_vergelijking(naast):
    nieuw = uithuisplaatsingen.per_maand(_beeld("REGIO", naast))
    assert isinstance(nieuw, Waarschuwing) and "privacyregels" in nieuw.titel
    leeg = _beeld("GM0244", Vergelijking.leeg())
    for maak in (instroom.per_maand, instroom.naar_leeftijd, gebruik.naar_leeftijd, gebruik.landelijk):
        assert isinstance(maak(leeg), Waarschuwing)


def test_een_korte_reeks_krijgt_geen_oordeel():
    kort = replace(Vergelijking.leeg(), maanden=maandrijen({codes.REGIO: [100.0] * 10}))
    assert "nog te weinig maanden om te beoordelen" in instroom.per_maand(_beeld("REGIO", kort)).titel


def test_wat_zeldzaam_is_krijgt_per_maand_geen_oordeel():
    """Internal months of a small gemeente: zeros in a row are no signal."""
    reeks = [1.0, 0, 2, 0, 1, 3] * 5 + [0.0] * 24
    zeldzaam = replace(Vergelijking.leeg(), maanden=maandrijen({"GM0244": reeks}))
    figuur = instroom.per_maand(_beeld("GM0244", zeldzaam))
    assert figuur.titel.endswith("te zeldzaam om per maand te beoordelen")
    assert not figuur.data["methode"].eq("xmr_signaal").any()


def test_verhouding_met_marge_methode_en_oordeel(naast):
    regio = gebruik.naar_leeftijd(_beeld("REGIO", naast))
    assert isinstance(regio, Figuur)
    assert list(regio.tabel.columns) == ["Gebied", "Geteld", "Past bij leeftijd", "Verhouding", "Marge", "Oordeel"]
    assert regio.tabel["Oordeel"].str.contains("signaal|verschil").all()
    assert regio.tabel["Marge"].str.fullmatch(r"\d+% tot \d+%").all()
    tekst = " ".join(regio.noten)
    assert "indirect gestandaardiseerd" in tekst and "overdispersie" in tekst and "geslacht" in tekst
    rijen = regio.data[regio.data["indicator"].eq("jeugdigen.verhouding")]
    methode = rijen.set_index("gebied")["methode"]
    assert methode.pop(codes.REGIO) == "referentie"
    assert methode.eq("indirect_gestandaardiseerd_byar").all()
    assert rijen[["teller", "noemer"]].isna().all(axis=None)


def test_gemeente_ziet_alleen_zichzelf(naast):
    eigen = gebruik.naar_leeftijd(_beeld("GM0232", naast))
    assert isinstance(eigen, Tabel) and list(eigen.tabel["Gebied"]) == ["Epe"]
    assert set(eigen.data["gebied"]) == {"GM0232", codes.REGIO}


def test_landelijk_met_buren_en_een_signaal(naast):
    eigen = gebruik.landelijk(_beeld("GM0244", naast))
    assert (
        eigen.titel
        == "Jeugdhulp volgens het CBS in 2022: 31,0% in Hattem, 13,2% in Nederland, een signaal (hoger)"
    )
    assert len(eigen.tabel) == 6 and eigen.tabel["Oordeel"].iloc[0] == "signaal"
    assert "voorlopig" in eigen.bron and "verschillen daarom" in " ".join(eigen.noten)
    assert set(eigen.data["indicator"]) == {"cbs.jeugdhulp_procent"} and eigen.data["teller"].isna().all()
    regio = gebruik.landelijk(_beeld("REGIO", naast))
    assert regio.titel.endswith("signaal in Hattem (hoger)") and len(regio.tabel) == 2


def test_landelijke_trechter_is_licht():
    """345 dots weigh less than three hundred signs would: one path, under twelve kilobytes."""
    from pathlib import Path

    from analyse.cbs.landelijk import landelijk
    from analyse.referentie import Referentie
    from analyse.weergave.grafiek.landelijk import landelijke_trechter
    from analyse.weergave.svg import svg

    referentie = Referentie(Path(__file__).resolve().parents[2] / "data" / "referentie")
    data = landelijk(referentie.cbs_alle, referentie.gemeentenamen)
    regio = data["gebied"].isin(["GM0200", "GM0301"])
    tekening = svg(
        landelijke_trechter(data.assign(rol=regio.map({True: "eigen", False: ""})), langs="Jongeren").figuur
    )
    assert len(data) == 345 and len(tekening) < 12_000 and tekening.count("<use") < 20
