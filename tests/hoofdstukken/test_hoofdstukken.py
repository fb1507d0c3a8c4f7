"""Every chapter comes out for every gebied, also when there is little or nothing to show."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable

import pandas as pd
import pytest
from alle import HOOFDSTUKKEN, functies, objecten, teksten
from fabriek import maak_beeld, referentie, verberg

from analyse.kern.resultaat import Meting
from analyse.weergave import Figuur, Tabel, Weergave
from analyse.weergave.beeld import Beeld
from analyse.weergave.boodschap import KANDIDATEN
from analyse.weergave.hoofdstukken import (
    datakwaliteit,
    gebruik,
    instroom,
    samenvatting,
    trajectduur,
    uithuisplaatsingen,
    verwijzingen,
)

Rapport = Callable[[str], dict[str, Weergave]]
Verander = Callable[[pd.DataFrame], pd.DataFrame]
LAATSTE = "2025-H2"
SITUATIES: dict[str, Verander] = {
    "alles verborgen": lambda t: verberg(t, pd.Series(True, index=t.index)),
    "laatste halfjaar verborgen": lambda t: verberg(t, t["periode"].eq(LAATSTE)),
    "niets over Epe": lambda t: t[t["gebied"].ne("GM0232")],
    "niet leverbaar": lambda t: verberg(t, pd.Series(True, index=t.index)).assign(status="niet_leverbaar"),
    "een halfjaar": lambda t: t[t["periode"].eq(LAATSTE)],
    "alleen totalen": lambda t: t[t[["hulpvorm", "verwijzer", "leeftijd", "maatregel"]].eq("totaal").all(axis=1)],
    "leeg": lambda t: t.iloc[:0],
}
LEEG = ("alles verborgen", "niet leverbaar", "leeg")  # nothing to draw, so cheap for the whole region too


def controleer(naam: str, object_: Weergave) -> None:
    """What holds for every object, whatever the data."""
    assert isinstance(object_, Weergave), naam
    for tekst in teksten(object_):
        assert not re.search(r"\bnan\b|None|<NA>|http|[{}]|_", tekst), (naam, tekst)
    if isinstance(object_, Figuur):
        assert object_.alt and object_.titel and object_.ondertitel and object_.data is not None, naam
        assert len(object_.titel) <= 150, (naam, object_.titel)
    if isinstance(object_, Figuur | Tabel):
        assert object_.id.split("-")[0] == naam.split(".")[0], naam


@pytest.mark.parametrize("gebied", ["REGIO", "GM0244"])
def test_a_plausible_region(rapport: Rapport, gebied: str) -> None:
    gezien = rapport(gebied)
    for naam, object_ in gezien.items():
        controleer(naam, object_)
        assert {"text/html", "text/plain"} <= set(object_._repr_mimebundle_()), naam
    ids = [object_.id for object_ in gezien.values() if isinstance(object_, Figuur | Tabel)]
    assert len(set(ids)) == len(ids)
    assert {kandidaat.figuur for kandidaat in KANDIDATEN} <= set(ids)


@pytest.mark.parametrize(
    ("situatie", "gebied"),
    [
        *((situatie, "GM0232") for situatie in SITUATIES),
        *((s, "REGIO") for s in LEEG),
        ("niets over Epe", "REGIO"),
    ],
)
def test_little_or_nothing_to_show(tabel: pd.DataFrame, situatie: str, gebied: str) -> None:
    for naam, object_ in objecten(maak_beeld(gebied, tabel=SITUATIES[situatie](tabel))):
        controleer(naam, object_)


@pytest.mark.parametrize("gebied", ["REGIO", "GM0200"])
def test_without_any_figure_of_cbs(tabel: pd.DataFrame, gebied: str) -> None:
    beeld = maak_beeld(gebied, tabel=tabel, cbs=False)
    for naam in ("gebruik", "verwijzingen"):
        controleer(f"{naam}.naast_cbs", HOOFDSTUKKEN[naam].naast_cbs(beeld))
    assert HOOFDSTUKKEN["verantwoording"].bronnen(beeld).tabel.shape[0] == 1


def test_internal_figures_carry_the_watermark_everywhere(tabel: pd.DataFrame) -> None:
    bron = maak_beeld("GM0200", tabel=tabel)
    beeld = Beeld(Meting(tabel), bron.params, bron.editie, "GM0200", referentie(), intern=True)
    for naam, object_ in objecten(beeld):
        if object_.tekst:
            assert object_.intern, naam


def test_the_demo_says_so(tabel: pd.DataFrame) -> None:
    bron = maak_beeld("GM0200", tabel=tabel)
    beeld = Beeld(bron.vrijgave, bron.params, bron.editie, "GM0200", referentie(), demo=True)
    assert "bestaan niet" in samenvatting.leeswijzer(beeld).tekst
    figuur = instroom.verloop(beeld)
    assert isinstance(figuur, Figuur) and figuur.bron.startswith("verzonnen gegevens")


def test_chapters_take_a_beeld_and_nothing_else() -> None:
    for hoofdstuk in HOOFDSTUKKEN.values():
        assert hoofdstuk.__doc__
        for naam, functie in functies(hoofdstuk).items():
            assert list(inspect.signature(functie).parameters) == ["beeld"], naam
            assert functie.__doc__, naam


def test_data_rows_for_the_csv_hold_every_hidden_cell_as_null(tabel: pd.DataFrame) -> None:
    figuur = instroom.hulpvorm(maak_beeld("GM0244", tabel=tabel))
    assert isinstance(figuur, Figuur) and figuur.data is not None
    verborgen = figuur.data[figuur.data["status"].eq("verborgen")]
    assert len(verborgen) and verborgen[["waarde", "teller"]].isna().all(axis=None)
    assert set(figuur.data["gebied_naam"]) == {"Hattem", "Midden-IJssel/Oost-Veluwe"}


def test_the_region_keeps_the_order_of_its_file(tabel: pd.DataFrame) -> None:
    namen = [*maak_beeld(tabel=tabel).params.regio.namen.values()][:8]
    for object_ in (gebruik.omvang, gebruik.hulpvorm, verwijzingen.verloop, samenvatting.naast_elkaar):
        rijen = object_(maak_beeld("REGIO", tabel=tabel)).tabel
        assert list(rijen.iloc[:, 0]) == [*namen, "Regio"]


def test_a_gemeente_is_compared_in_rates_not_counts(tabel: pd.DataFrame) -> None:
    for maak in (gebruik.verloop, instroom.verloop, verwijzingen.huisarts_sggz):
        figuur = maak(maak_beeld("GM0232", tabel=tabel))
        assert isinstance(figuur, Figuur) and figuur.data is not None
        assert set(figuur.data["eenheid"]) == {"per_1000"} and set(figuur.data["gebied"]) == {"GM0232", "REGIO"}


def test_a_signal_in_a_gemeente_shows_in_the_report_of_the_region(tabel: pd.DataFrame) -> None:
    raak = (
        tabel["indicator"].eq("trajecten.instroom") & tabel["gebied"].eq("GM0232") & tabel["periode"].eq(LAATSTE)
    )
    anders = tabel.assign(
        waarde=tabel["waarde"].mask(raak, tabel["waarde"] * 2),
        teller=tabel["teller"].mask(raak, tabel["teller"] * 2),
    )
    beeld = maak_beeld("REGIO", tabel=anders)
    signalen = samenvatting.signalen(beeld)
    assert isinstance(signalen, Tabel)
    assert signalen.titel == "Kerncijfers vallen buiten de gewone schommeling in Epe"
    assert signalen.tabel.iloc[0, 0] == "Epe" and signalen.tabel.iloc[0, -1] == "signaal: hoger"
    assert instroom.verloop(beeld).tekst.startswith(
        "Begonnen trajecten per 1.000 jeugdigen: duidelijk hoger dan een jaar eerder in Epe."
    )


def test_an_unreached_median_is_said_in_words(tabel: pd.DataFrame) -> None:
    raak = tabel["indicator"].eq("trajectduur.mediaan_km") & tabel["gebied"].eq("GM0232")
    leeg = tabel.assign(
        waarde=tabel["waarde"].mask(raak), methode=tabel["methode"].mask(raak, "kaplan_meier_log+niet_bereikt")
    )
    beeld = maak_beeld("GM0232", tabel=leeg)
    kader = trajectduur.duur(beeld)
    assert not isinstance(kader, Figuur) and "meer dan de helft loopt nog" in kader.titel
    assert trajectduur.duur(maak_beeld("REGIO", tabel=leeg)).tekst


def test_only_zeros_are_said_and_not_drawn(tabel: pd.DataFrame) -> None:
    raak = (
        tabel["indicator"].str.startswith("verblijf.")
        & tabel["gebied"].eq("GM0232")
        & tabel["eenheid"].eq("aantal")
    )
    nul = tabel.assign(waarde=tabel["waarde"].mask(raak, 0.0), status=tabel["status"].mask(raak, "definitief"))
    kader = uithuisplaatsingen.in_en_uit(maak_beeld("GM0232", tabel=nul))
    assert not isinstance(kader, Figuur) and kader.titel == "Verblijf buiten huis in Epe: alle cijfers zijn nul"


def test_a_region_without_one_gemeente_says_so(tabel: pd.DataFrame) -> None:
    raak = tabel["gebied"].eq("REGIO") & tabel["periode"].eq(LAATSTE)
    minder = tabel.assign(methode=tabel["methode"].mask(raak, "telling+7_van_8_gemeenten"))
    figuur = instroom.in_en_uit(maak_beeld("REGIO", tabel=minder))
    assert isinstance(figuur, Figuur)
    assert "In het 2e halfjaar 2025 zijn de cijfers van de regio gemaakt met 7 van de 8 gemeenten." in figuur.noten


def test_what_blocks_figures_is_named_with_the_gemeente(tabel: pd.DataFrame) -> None:
    assert "Apeldoorn" in datakwaliteit.oordeel(maak_beeld("REGIO", tabel=tabel)).tekst
    assert datakwaliteit.oordeel(maak_beeld("GM0232", tabel=tabel)).titel == "Alle cijfers zijn te maken"
    bevindingen = datakwaliteit.bevindingen(maak_beeld("GM0200", tabel=tabel))
    assert isinstance(bevindingen, Tabel)
    assert list(bevindingen.tabel["Aantal"]) == [".", "45"]


def test_notes_written_by_people_stay_apart(tabel: pd.DataFrame) -> None:
    bron = maak_beeld("GM0200", tabel=tabel)
    editie = bron.editie.model_copy(update={"duiding": {"GM0200": "De pilot liep door."}})
    kader = samenvatting.duiding(Beeld(bron.vrijgave, bron.params, editie, "GM0200", referentie()))
    assert kader.tekst == "De pilot liep door." and "geschreven door mensen" in kader.titel  # type: ignore[union-attr]
    assert samenvatting.duiding(bron).tekst == ""
