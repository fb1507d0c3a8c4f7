"""The gespreksblad asks by rule: a signal first, at most three, and the question fits the direction."""

from __future__ import annotations

import pandas as pd
from fabriek import maak_beeld

from analyse.weergave import Boodschappen, Tekst
from analyse.weergave.boodschap_toets import Oordeel
from analyse.weergave.gesprek import BELEID, CONTRACT, MAXIMUM, TOEGANG, VRAGEN, gespreksvragen
from analyse.weergave.hoofdstukken import gespreksblad

GEBIED = "GM0232"


def _met(tabel: pd.DataFrame, indicator: str, factor: float) -> pd.DataFrame:
    """The newest figure of one indicator times `factor`."""
    raak = tabel["indicator"].eq(indicator) & tabel["gebied"].eq(GEBIED) & tabel["periode"].eq("2025-H2")
    maten = {maat: tabel[maat].mask(raak, tabel[maat] * factor) for maat in ("teller", "waarde")}
    return tabel.assign(**maten)


def test_een_signaal_gaat_voor(tabel: pd.DataFrame) -> None:
    eerste = gespreksvragen(maak_beeld(GEBIED, tabel=_met(tabel, "verblijf.jeugdigen", 3.0)), BELEID)[0]
    assert eerste.uitkomst.toets.oordeel is Oordeel.SIGNAAL
    assert eerste.vraag == "Wat was er nodig geweest om kinderen thuis te laten wonen?"
    assert "buiten de gewone schommeling" in eerste.bericht.tekst


def test_de_vraag_past_bij_de_richting(tabel: pd.DataFrame) -> None:
    eerste = gespreksvragen(maak_beeld(GEBIED, tabel=_met(tabel, "trajecten.instroom", 0.2)), TOEGANG)[0]
    assert eerste.vraag == "Is er minder vraag, of wachten kinderen?"
    assert eerste.bericht.richting == "omlaag"


def test_een_gewone_schommeling_hoeft_niet_verklaard(tabel: pd.DataFrame) -> None:
    for aan, vragen in VRAGEN.items():
        beeld = maak_beeld(GEBIED, tabel=tabel)
        rustig = [v for v in gespreksvragen(beeld, aan) if v.uitkomst.toets.oordeel is not Oordeel.SIGNAAL]
        assert rustig and {v.vraag for v in rustig} <= {vraag.gelijk for vraag in vragen}


def test_ten_hoogste_drie_per_gesprek(tabel: pd.DataFrame) -> None:
    for aan in (CONTRACT, TOEGANG, BELEID):
        vragen = gespreksvragen(maak_beeld(GEBIED, tabel=tabel), aan)
        assert 1 <= len(vragen) <= MAXIMUM
        kan = {tekst for vraag in VRAGEN[aan] for tekst in (vraag.hoger, vraag.lager, vraag.gelijk)}
        assert {vraag.vraag for vraag in vragen} <= kan


def test_zonder_zichtbaar_cijfer_staat_er_waarom(tabel: pd.DataFrame) -> None:
    leeg = tabel.assign(waarde=float("nan"), teller=float("nan"), status="verborgen")
    uit = gespreksblad.beleid(maak_beeld(GEBIED, tabel=leeg))
    assert isinstance(uit, Tekst)
    assert "te klein" in uit.tekst


def test_elke_vraag_is_een_vraag() -> None:
    alle = [vraag for vragen in VRAGEN.values() for vraag in vragen]
    teksten = [tekst for vraag in alle for tekst in (vraag.hoger, vraag.lager, vraag.gelijk)]
    assert all(tekst.endswith("?") and len(tekst) < 110 for tekst in teksten)
    assert len({vraag.kandidaat.indicator for vraag in alle}) == len(alle)


def test_elk_cijfer_heeft_een_kaart_en_wordt_gepubliceerd(tabel: pd.DataFrame) -> None:
    kaarten = maak_beeld(GEBIED, tabel=tabel).params.kaarten
    for vraag in (vraag for vragen in VRAGEN.values() for vraag in vragen):
        per = ("verwijzer",) if vraag.kandidaat.verwijzer else ()
        assert per in kaarten[vraag.kandidaat.indicator].publiceer, vraag.kandidaat.indicator


def test_de_vraag_staat_bij_het_cijfer(tabel: pd.DataFrame) -> None:
    blad = gespreksblad.toegang(maak_beeld(GEBIED, tabel=tabel))
    assert isinstance(blad, Boodschappen)
    html = blad.html if hasattr(blad, "html") else blad._repr_mimebundle_()["text/html"]
    assert html.count('<p class="toelichting"><strong>Vraag:</strong>') == len(blad.items)
    assert blad.tekst.count("Vraag:") == len(blad.items)
