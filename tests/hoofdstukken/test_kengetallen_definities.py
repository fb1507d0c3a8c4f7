"""Figures to look up: each under its topic, none that misleads, and of each what it counts and does not prove."""

from __future__ import annotations

import pandas as pd
from fabriek import maak_beeld

from analyse.weergave.boodschap import eerste_zin
from analyse.weergave.boodschap_woorden import cijfer
from analyse.weergave.hoofdstukken import kengetallen, verantwoording
from analyse.weergave.onderwerpen import ONDERWERPEN, OVERIG, onderwerp, op_onderwerp


def test_every_published_indicator_has_a_topic(tabel: pd.DataFrame) -> None:
    kaarten = maak_beeld("GM0200", tabel=tabel).params.kaarten.values()
    assert [kaart.id for kaart in kaarten if kaart.publiceer and onderwerp(kaart.id) == OVERIG] == []
    assert onderwerp("nieuw.cijfer") == OVERIG


def test_topics_stand_in_the_order_of_the_chapters(tabel: pd.DataFrame) -> None:
    kaarten = maak_beeld("GM0200", tabel=tabel).params.kaarten.values()
    gezien = list(dict.fromkeys(naam for naam, _ in op_onderwerp(kaarten)))
    assert [naam for naam in ONDERWERPEN if naam in gezien] == [naam for naam in gezien if naam != OVERIG]


def test_key_figures_leave_out_why_money_changed_while_declarations_come_in(tabel: pd.DataFrame) -> None:
    namen = {kaart.id: kaart.naam for kaart in maak_beeld(tabel=tabel).params.kaarten.values()}
    deel = tabel["indicator"].str.startswith("uitgaven.verschil_") & tabel["periode"].eq("2025-H2")
    for status, staat_er in (("voorlopig", False), ("definitief", True)):
        anders = tabel.assign(status=tabel["status"].mask(deel, status))
        gezien = list(kengetallen.tabel(maak_beeld("GM0200", tabel=anders)).tabel["Kengetal"])
        assert (namen["uitgaven.verschil_mix"] in gezien) is staat_er
        assert namen["verwijzingen.aantal"] not in gezien and namen["trajecten.instroom"] in gezien


def test_every_published_figure_is_defined_in_the_report(tabel: pd.DataFrame) -> None:
    beeld = maak_beeld("GM0200", tabel=tabel)
    tekst = verantwoording.kaarten(beeld).tekst
    for kaart in beeld.params.kaarten.values():
        dubbel = kaart.id.startswith("doorstroom.naar_") or kaart.id.endswith("_p90")
        if kaart.publiceer and not dubbel:
            assert kaart.naam in tekst and eerste_zin(kaart.bewijst_niet) in tekst, kaart.id
            assert kaart.eigenaar in tekst and kaart.bron in tekst, kaart.id


def test_a_count_of_nothing_is_said_as_none() -> None:
    assert (cijfer(0.0, "aantal"), cijfer(0.0, "procent"), cijfer(5.0, "aantal")) == ("geen", "0%", "5")
