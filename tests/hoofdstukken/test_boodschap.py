"""The front page: signal before size, change before level, at most five, and that nothing changed is a message."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from fabriek import WORTEL, maak_beeld, maak_tabel, verberg
from hypothesis import given, settings
from hypothesis import strategies as st

from analyse.kern.schema import STATUSSEN
from analyse.weergave.boodschap import (
    KANDIDATEN,
    MAXIMUM,
    Beoordeeld,
    Bericht,
    beoordeel,
    bericht,
    berichten,
    omschrijving,
    van_tot,
)
from analyse.weergave.boodschap_toets import Band, Oordeel
from analyse.weergave.boodschap_woorden import WOORDEN, dan_jaar_eerder, wat, woorden
from analyse.weergave.hoofdstukken import samenvatting, verantwoording

TABEL = maak_tabel()


def met(tabel: pd.DataFrame, indicator: str, gebied: str, factor: float) -> pd.DataFrame:
    """The same table in which the newest total of one indicator is `factor` times as high."""
    raak = (
        tabel["indicator"].eq(indicator)
        & tabel["gebied"].eq(gebied)
        & tabel["periode"].eq("2025-H2")
        & tabel[["hulpvorm", "verwijzer", "leeftijd", "maatregel"]].eq("totaal").all(axis=1)
    )
    anders = tabel.copy()
    kolommen = ["teller", "waarde"]
    anders.loc[raak, kolommen] = (anders.loc[raak, kolommen] * factor / 5).round() * 5
    return anders


def test_nothing_changed_is_the_first_message(tabel: pd.DataFrame) -> None:
    eerste, *rest = berichten(maak_beeld("GM0200", tabel=tabel))
    assert eerste.tekst.startswith("Er is in Apeldoorn geen betekenisvolle verandering: de 15 kerncijfers")
    assert eerste.oordeel is Oordeel.GEWOON and len(rest) == 4


def test_signals_come_first_and_the_largest_before_the_others(tabel: pd.DataFrame) -> None:
    anders = met(met(tabel, "trajecten.instroom", "GM0200", 1.4), "verblijf.jeugdigen", "GM0200", 2.0)
    alle = berichten(maak_beeld("GM0200", tabel=anders))
    assert [bericht.oordeel for bericht in alle[:3]] == [Oordeel.SIGNAAL, Oordeel.SIGNAAL, Oordeel.GEWOON]
    assert "een tijd buiten huis" in alle[0].tekst and "trajecten" in alle[1].tekst
    assert alle[0].figuur == "uithuisplaatsingen-in-en-uit" and alle[0].richting == "omhoog"


def test_a_signal_says_what_is_ordinary(tabel: pd.DataFrame) -> None:
    tekst = berichten(maak_beeld("GM0200", tabel=met(tabel, "trajecten.instroom", "GM0200", 1.4)))[0].tekst
    assert re.search(r"Dat valt buiten de gewone schommeling van [\d.]+ tot [\d.]+\.$", tekst)


def test_at_most_five_and_no_chapter_twice_without_signal(tabel: pd.DataFrame) -> None:
    anders = tabel
    for kandidaat in KANDIDATEN:
        anders = met(anders, kandidaat.indicator, "GM0200", 3.0)
    alle = berichten(maak_beeld("GM0200", tabel=anders))
    assert len(alle) == MAXIMUM and {b.oordeel for b in alle} == {Oordeel.SIGNAAL}
    gewoon = [b.figuur for b in berichten(maak_beeld("REGIO", tabel=tabel)) if b.figuur]
    hoofdstukken = [figuur.split("-")[0] for figuur in gewoon]
    assert len(set(hoofdstukken)) == len(hoofdstukken)


def test_everything_hidden_is_one_honest_message(tabel: pd.DataFrame) -> None:
    alles = verberg(tabel, tabel["gebied"].eq("GM0244"))
    [bericht] = berichten(maak_beeld("GM0244", tabel=alles))
    assert bericht.oordeel is Oordeel.ONVOLDOENDE
    assert bericht.tekst == (
        "De kerncijfers van de gemeente Hattem zijn niet te zien door privacyregels: "
        "het gaat om te kleine aantallen."
    )


def test_no_delivery_is_not_called_privacy(tabel: pd.DataFrame) -> None:
    [bericht] = berichten(maak_beeld("GM0244", tabel=tabel[tabel["gebied"].ne("GM0244")]))
    assert bericht.tekst == "Voor de gemeente Hattem zijn over dit halfjaar geen cijfers geleverd."


@settings(max_examples=12, deadline=None)
@given(zaad=st.integers(0, 10**6), deel=st.floats(0.0, 1.0), status=st.sampled_from(STATUSSEN[2:]))
def test_whatever_is_hidden_or_missing_there_are_one_to_five_messages(zaad: int, deel: float, status: str) -> None:
    tabel = TABEL[TABEL["gebied"].isin(["GM0244", "REGIO"])]
    weg = pd.Series(np.random.default_rng(zaad).random(len(tabel)) < deel, index=tabel.index)
    anders = verberg(tabel, weg)
    anders["status"] = anders["status"].mask(weg, status)
    beeld = maak_beeld("GM0244", tabel=anders)
    alle = berichten(beeld)
    assert 1 <= len(alle) <= MAXIMUM
    eerste_gewone = next((i for i, b in enumerate(alle) if b.oordeel is not Oordeel.SIGNAAL), len(alle))
    assert all(b.oordeel is not Oordeel.SIGNAAL for b in alle[eerste_gewone:])
    assert all("nan" not in b.tekst and "None" not in b.tekst for b in alle)
    assert len(samenvatting.kerncijfers(beeld).tabel) == len(KANDIDATEN)


@settings(max_examples=25, deadline=None)
@given(zaad=st.integers(0, 10**6))
def test_the_order_and_every_sentence_follow_from_the_figures(zaad: int) -> None:
    """Signal before size, change before level, each with what it doesn't prove, no sentence against its figure."""
    rng = np.random.default_rng(zaad)
    keuze = rng.choice([k.indicator for k in KANDIDATEN], size=rng.integers(0, 6), replace=False)
    anders = TABEL[TABEL["gebied"].isin(["GM0200", "REGIO"])]
    for indicator in keuze:
        anders = met(anders, indicator, "GM0200", float(rng.choice([0.0, 0.3, 0.93, 1.07, 1.3, 3.0])))
    beeld = maak_beeld("GM0200", tabel=anders)
    alle = berichten(beeld)
    assert 1 <= len(alle) <= MAXIMUM and all(b.bewijst_niet.endswith(".") for b in alle)
    uitkomsten = {u.kandidaat.indicator: u for u in (beoordeel(beeld, k) for k in KANDIDATEN)}
    assert [_rang(b) for b in alle] == sorted(_rang(b) for b in alle)
    _signalen_van_groot_naar_klein(alle, [u for u in uitkomsten.values() if u.toets.oordeel is Oordeel.SIGNAAL])
    for uitkomst in uitkomsten.values():
        _klopt(bericht(beeld, uitkomst).tekst, uitkomst)


def _rang(b: Bericht) -> tuple[bool, int]:
    """Signals, then (without figure) that there is none, then moved, equal, unknown."""
    plek = {"gelijk": 1, "onbekend": 2}.get(b.richting, 0) if b.cijfer else -1
    return b.oordeel is not Oordeel.SIGNAAL, 0 if b.oordeel is Oordeel.SIGNAAL else plek


def _signalen_van_groot_naar_klein(alle: list[Bericht], signalen: list[Beoordeeld]) -> None:
    raak = [b for b in alle if b.oordeel is Oordeel.SIGNAAL]
    assert len(raak) == min(len(signalen), MAXIMUM)
    groot = sorted((u.verandering for u in signalen), reverse=True)[: len(raak)]
    van = {u.kandidaat.figuur: [] for u in signalen}
    for u in signalen:
        van[u.kandidaat.figuur].append(u.verandering)
    assert all(any(stap == pytest.approx(g) for stap in van[b.figuur]) for b, g in zip(raak, groot, strict=True))


def _klopt(tekst: str, uitkomst: Beoordeeld) -> None:
    uitslag = uitkomst.toets
    nu, toen, band = uitslag.nu.waarde, uitslag.toen.waarde if uitslag.toen else None, uitslag.band
    assert nu is not None
    if uitslag.oordeel is Oordeel.SIGNAAL:
        assert uitkomst.richting == ("omhoog" if nu > (toen or 0) else "omlaag") and "ongeveer gelijk" not in tekst
    if "past bij" in tekst:
        assert band is not None and band.onder <= nu <= band.boven
    if "ligt boven" in tekst:
        assert band is not None and toen is not None and band.boven < nu <= toen
    if "ligt onder" in tekst:
        assert band is not None and toen is not None and nu < band.onder
        assert (nu < toen and uitslag.nu.status == "voorlopig") == ("kan nog groeien" in tekst)


def test_a_figure_that_stays_high_is_said_to_be_outside_the_swing(tabel: pd.DataFrame) -> None:
    raak = tabel["indicator"].eq("trajecten.uitstroom") & tabel["gebied"].eq("GM0232")
    raak &= tabel["periode"].isin(["2024-H2", "2025-H2"]) & tabel["hulpvorm"].eq("totaal")
    hoog = tabel.assign(**{maat: tabel[maat].mask(raak, 900.0) for maat in ("teller", "waarde")})
    beeld = maak_beeld("GM0232", tabel=hoog)
    uitkomst = beoordeel(beeld, next(k for k in KANDIDATEN if k.indicator == "trajecten.uitstroom"))
    if not uitkomst.toets.hoog:  # a year of 900 widens the band itself
        uitkomst = replace(uitkomst, toets=replace(uitkomst.toets, band=Band(100, 800, 8)))
    assert bericht(beeld, uitkomst).tekst.endswith(
        "Dat ligt boven de gewone schommeling van 100 tot 800, maar een jaar eerder lag het niet lager. "
        "Het is geen nieuw signaal."
    )


def test_a_signal_from_nothing_is_the_largest(tabel: pd.DataFrame) -> None:
    uitkomst = beoordeel(maak_beeld("GM0200", tabel=tabel), KANDIDATEN[0])
    niets = replace(uitkomst.toets.nu, waarde=0.0)
    assert replace(uitkomst, toets=replace(uitkomst.toets, toen=niets)).verandering == float("inf")


def test_the_report_says_how_its_messages_are_chosen(tabel: pd.DataFrame) -> None:
    beeld = maak_beeld("GM0200", tabel=tabel)
    tekst = verantwoording.keuze(beeld).tekst
    assert "nooit meer dan vijf" in tekst
    namen = [rij["Kerncijfer"] for _, rij in samenvatting.kerncijfers(beeld).tabel.iterrows()]
    assert all(naam[1:] in tekst for naam in namen) and len(namen) == len(KANDIDATEN)


def test_one_half_year_gives_levels_without_judgement(tabel: pd.DataFrame) -> None:
    alle = berichten(maak_beeld("GM0200", tabel=tabel[tabel["periode"].eq("2025-H2")]))
    assert {b.oordeel for b in alle} == {Oordeel.ONVOLDOENDE}
    assert "nog niet te zeggen" in alle[0].tekst and len(alle) == 5
    assert all("dan een jaar eerder" not in b.tekst for b in alle)


def test_a_known_change_comes_before_a_bare_level(tabel: pd.DataFrame) -> None:
    zonder = tabel[~(tabel["indicator"].eq("jeugdigen.actief") & tabel["periode"].eq("2024-H2"))]
    alle = berichten(maak_beeld("GM0200", tabel=zonder))
    plek = [i for i, b in enumerate(alle) if b.figuur == "gebruik-omvang"]
    assert not plek or plek == [len(alle) - 1]


GOUD = [
    "Er is in Epe geen betekenisvolle verandering: de 14 kerncijfers die te beoordelen zijn, geven geen signaal.",
    "In Epe kregen 710 jeugdigen jeugdhulp, 50 meer (+8%) dan een jaar eerder. "
    "Dat past bij de gewone schommeling van 575 tot 735.",
    "De jeugdhulp in Epe kost dit halfjaar naar verwachting €\xa07,2\xa0miljoen, 10% minder dan een jaar eerder. "
    "Dat past bij de gewone schommeling van €\xa06,7\xa0miljoen tot €\xa08,5\xa0miljoen.",
    "In Epe woonden 50 jeugdigen een tijd buiten huis, 25 minder (−33%) dan een jaar eerder. "
    "Dat past bij de gewone schommeling van 25 tot 105.",
    "In Epe begonnen 260 trajecten, ongeveer gelijk aan een jaar eerder. "
    "Dat past bij de gewone schommeling van 210 tot 330.",
]


def test_the_words_of_the_messages(tabel: pd.DataFrame) -> None:
    alle = berichten(maak_beeld("GM0232", tabel=tabel))
    assert [bericht.tekst for bericht in alle] == GOUD
    assert [bericht.cijfer for bericht in alle] == ["", "710*", "€\xa07,2\xa0mln*", "50*", "260*"]


@pytest.mark.parametrize("kandidaat", KANDIDATEN, ids=lambda k: k.indicator)
def test_every_candidate_has_words_of_its_own(kandidaat) -> None:
    eenheden = [eenheid for eenheid, lijst in WOORDEN.items() if kandidaat.indicator in lijst]
    assert eenheden
    for eenheid in eenheden:
        assert "{cijfer}" in woorden(kandidaat.indicator, eenheid).zin
        assert omschrijving(kandidaat, eenheid, jaren=2)[0].isupper()


def test_every_published_total_has_words() -> None:
    kaarten = maak_beeld(tabel=TABEL).params.kaarten.values()
    zonder = [k.id for k in kaarten if () in k.publiceer and k.id not in WOORDEN[k.eenheid]]
    assert zonder == []


def test_the_table_of_the_docs_is_the_list_of_candidates() -> None:
    tekst = (WORTEL / "docs" / "boodschappen.md").read_text(encoding="utf-8")
    rijen = re.findall(r"^\| (\d+) \| `([\w.]+)`.* \| (\w+) \|$", tekst, flags=re.MULTILINE)
    assert rijen == [(str(nr), k.indicator, k.hoofdstuk) for nr, k in enumerate(KANDIDATEN, 1)]


def test_amounts_are_said_in_millions() -> None:
    band = Band.naar_buiten(4_912_345.0, 5_367_000.0, 7, eenheid="euro")
    assert van_tot(band, "euro").replace("\xa0", " ") == "€ 4,9 miljoen tot € 5,4 miljoen"


def test_the_years_of_a_long_traject_come_from_the_parameters() -> None:
    assert wat("trajectduur.langlopend", "procent", jaren=3).endswith("langer dan 3 jaar duurt")


@pytest.mark.parametrize(
    ("nu", "toen", "eenheid", "tekst"),
    [
        (120, 100, "aantal", "20 meer (+20%) dan een jaar eerder"),
        (101, 100, "aantal", "ongeveer gelijk aan een jaar eerder"),
        (12.0, 10.0, "per_1000", "20% meer dan een jaar eerder"),
        (8.0, 10.0, "per_1000", "20% minder dan een jaar eerder"),
        (2.0, 0.0, "per_1000", "100% meer dan een jaar eerder"),
        (27.0, 31.0, "procent", "4 procentpunt lager dan een jaar eerder"),
        (27.6, 23.4, "procent", "5 procentpunt hoger dan een jaar eerder"),  # shown as 28% and 23%
        (float("nan"), 10.0, "aantal", ""),
    ],
)
def test_change_in_words(nu: float, toen: float, eenheid: str, tekst: str) -> None:
    assert dan_jaar_eerder(nu, toen, eenheid) == tekst


@pytest.mark.parametrize(
    ("eenheid", "tekst"),
    [("aantal", "35 tot 60"), ("per_1000", "38,2 tot 55,7 per\xa01.000"), ("procent", "38 tot 56%")],
)
def test_the_swing_is_rounded_outwards(eenheid: str, tekst: str) -> None:
    assert van_tot(Band.naar_buiten(38.21, 55.63, 7, eenheid=eenheid), eenheid) == tekst


def test_a_figure_on_the_printed_bound_is_no_signal() -> None:
    """267 days beside 'tot 267 dagen' would contradict itself, however small the true excess."""
    band = Band.naar_buiten(231.2, 266.4, 7, eenheid="dagen")
    assert (band.onder, band.boven) == (231.0, 267.0)
