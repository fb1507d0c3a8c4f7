"""Sentences and columns that would mislead: amounts still coming in, columns of nothing, margins not there."""

from __future__ import annotations

import pandas as pd
from fabriek import maak_beeld, verberg

from analyse.weergave import Figuur, Tabel
from analyse.weergave.hoofdstukken import kengetallen, uitgaven, uithuisplaatsingen, verwijzingen, zorgpaden

LAATSTE = "2025-H2"


def zonder_spaties(tekst: str) -> str:
    return tekst.replace("\xa0", " ")


def test_an_amount_that_still_grows_is_said_so_far(tabel: pd.DataFrame) -> None:
    raak = tabel["indicator"].str.startswith("uitgaven.per_") & tabel["periode"].eq(LAATSTE)
    for status, gezegd in (("voorlopig", "is in Epe tot nu toe €"), ("definitief", "is in Epe €")):
        beeld = maak_beeld("GM0232", tabel=tabel.assign(status=tabel["status"].mask(raak, status)))
        titel = zonder_spaties(uitgaven.verloop(beeld).titel)
        assert gezegd in titel and " gedeclareerd, in de regio €" in titel


def test_the_estimate_is_of_the_half_year_and_its_open_dot_is_what_was_declared(tabel: pd.DataFrame) -> None:
    figuur = uitgaven.verwacht(maak_beeld("GM0232", tabel=tabel))
    assert isinstance(figuur, Figuur) and figuur.tabel is not None
    assert zonder_spaties(figuur.titel).startswith("De jeugdhulp in Epe kost dit halfjaar naar verwachting €")
    assert list(figuur.tabel.columns) == ["Halfjaar", "Verwacht", "Marge", "Al gedeclareerd"]
    assert "Het kleine open rondje is wat al binnen is." in figuur.noten


def test_a_column_without_any_figure_becomes_a_note(tabel: pd.DataFrame) -> None:
    raak = tabel["indicator"].eq("doorstroom.andere_aanbieder") & tabel["gebied"].eq("GM0232")
    for masker, weg in ((raak, True), (raak & tabel["periode"].ne(LAATSTE), False)):
        uit = zorgpaden.na_einde(maak_beeld("GM0232", tabel=verberg(tabel, masker)))
        assert isinstance(uit, Tabel) and uit.data is not None
        assert ("Bij een andere aanbieder" not in uit.tabel.columns) is weg
        assert ("Bij een andere aanbieder: niet te zien door privacyregels." in uit.noten) is weg
        assert "doorstroom.andere_aanbieder" in set(uit.data["indicator"])  # the CSV holds what is hidden


def test_the_largest_transition_reads_as_a_sentence(tabel: pd.DataFrame) -> None:
    figuur = zorgpaden.stroom(maak_beeld("GM0232", tabel=tabel))
    assert isinstance(figuur, Figuur)
    titel = zonder_spaties(figuur.titel)
    assert titel.startswith("Na ") and " volgde in de regio " in titel
    assert titel.endswith(": de vaakst geziene overstap")


def test_without_margin_the_difference_with_the_region_is_not_judged(tabel: pd.DataFrame) -> None:
    raak = tabel["indicator"].eq("verblijf.duur_km") & tabel["gebied"].eq("GM0232")
    kaal = tabel.assign(onder=tabel["onder"].mask(raak), boven=tabel["boven"].mask(raak))
    zin = "Er is geen marge te tonen. Of het verschil met de regio toeval is, is niet te zeggen."
    for rijen, staat_er in ((tabel, False), (kaal, True)):
        figuur = uithuisplaatsingen.duur(maak_beeld("GM0232", tabel=rijen))
        assert isinstance(figuur, Figuur) and (zin in figuur.noten) is staat_er


def test_the_share_of_the_huisarts_says_what_its_change_is_worth(tabel: pd.DataFrame) -> None:
    raak = tabel["indicator"].eq("verwijzingen.aandeel") & tabel["gebied"].eq("GM0232")
    raak &= tabel["verwijzer"].eq("02") & tabel["periode"].eq(LAATSTE)
    for factor, oordeel in ((2.0, "(een signaal)"), (1.1, "(gewone schommeling)")):
        anders = tabel.assign(waarde=tabel["waarde"].mask(raak, tabel["waarde"] * factor))
        titel = verwijzingen.verloop(maak_beeld("GM0232", tabel=anders)).titel
        assert titel.endswith(f"dan een jaar eerder {oordeel}"), titel


def test_who_gets_most_of_the_money_waits_for_the_declarations(tabel: pd.DataFrame) -> None:
    raak = tabel["indicator"].eq("aanbieder.concentratie") & tabel["periode"].eq(LAATSTE)
    naam = maak_beeld(tabel=tabel).params.kaarten["aanbieder.concentratie"].naam
    for status, staat_er in (("voorlopig", False), ("definitief", True)):
        beeld = maak_beeld("GM0200", tabel=tabel.assign(status=tabel["status"].mask(raak, status)))
        assert (naam in list(kengetallen.tabel(beeld).tabel["Kengetal"])) is staat_er
