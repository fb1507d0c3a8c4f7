"""Display objects: literal HTML and text of each, and that all carry the same node."""

from __future__ import annotations

import json
from datetime import date

import pandas as pd
import pytest
from grafiekrijen import groepen

from analyse.kern.fouten import ParameterFout
from analyse.kern.schema import RESULTAAT
from analyse.params import Kaart
from analyse.weergave import (
    MIME,
    Boodschap,
    Boodschappen,
    Figuur,
    Kaartje,
    Kaartjes,
    Tabel,
    Tekst,
    Waarschuwing,
    Weergave,
    grafiek,
)
from analyse.weergave.html import Omgeving, van


def bundel(weergave: Weergave) -> tuple[str, str, dict]:
    """(html, text, node) as a notebook gets them."""
    data = weergave._repr_mimebundle_()
    return data["text/html"], data["text/plain"], data[MIME]


def resultaatrijen() -> pd.DataFrame:
    rij = dict.fromkeys(RESULTAAT, "totaal") | {
        "indicator": "trajecten.instroom",
        "gebied": "GM0200",
        "periode": "2025-H2",
        "hulpvorm": "02",
        "teller": 120.0,
        "noemer": None,
        "waarde": 120.0,
        "onder": None,
        "boven": None,
        "methode": "",
        "eenheid": "aantal",
        "status": "definitief",
    }
    return pd.DataFrame([rij, {**rij, "hulpvorm": "onbekend", "waarde": None, "status": "verborgen"}])


def figuur(**anders: object) -> Figuur:
    vast = {
        "id": "gebruik-groepen",
        "titel": "De huisarts verwijst het vaakst",
        "ondertitel": "Trajecten per verwijzer, Apeldoorn, 2e halfjaar 2025",
        "bron": "iJw-berichten",
        "grafiek": grafiek.staven(groepen(), eenheid="aantal"),
    }
    return Figuur(**{**vast, **anders})


def tabel(**anders: object) -> Tabel:
    rijen = pd.DataFrame({"Gemeente": ["Epe", "Voorst"], "Aantal": ["1.234*", "."], "Bijzonder": ["ja", ""]})
    return Tabel(**{"id": "gebruik-tabel", "titel": "Jeugdigen", "tabel": rijen, **anders})


def test_figuur_html():
    html, tekst, knoop = bundel(figuur(noten=("Eigen noot.",)))
    begin, einde = html.split(" viewBox=")[0], html.split("</svg>\n")[1]
    assert begin == (
        '<figure class="figuur" id="gebruik-groepen">\n'
        '<figcaption><span class="titel">De huisarts verwijst het vaakst</span>'
        '<span class="ondertitel" style="display:block">'
        "Trajecten per verwijzer, Apeldoorn, 2e halfjaar 2025</span>"
        "</figcaption>\n"
        '<svg class="grafiek" role="img" aria-label="Staafdiagram met vier rijen: Huisarts 120, '
        'Jeugdarts 15 (voorlopig), Rechter verborgen, Onbekend 200." width="380" height="90"'
    )
    assert einde == (
        '<p class="bron">Bron: iJw-berichten.</p>\n'
        '<ul class="noten"><li>Een punt (.) betekent: verborgen, omdat het aantal te klein is om te tonen.</li>'
        "<li>Een ster (*) betekent: voorlopig cijfer; het kan nog veranderen. "
        "In de grafiek is die staaf licht.</li>"
        "<li>Eigen noot.</li></ul>\n"
        "<details>\n<summary>Tabel bij deze figuur"
        '<span class="sr">: De huisarts verwijst het vaakst</span></summary>\n'
        '<div class="tabelvak" role="group" aria-label="Tabel: De huisarts verwijst het vaakst" tabindex="0">\n'
        '<table aria-label="Tabel: De huisarts verwijst het vaakst">\n<thead>\n'
        '<tr><th scope="col">Groep</th><th scope="col" class="getal">Aantal</th></tr>\n</thead>\n<tbody>\n'
        '<tr><th scope="row">Huisarts</th><td class="getal">120</td></tr>\n'
        '<tr><th scope="row">Jeugdarts</th><td class="getal">15*</td></tr>\n'
        '<tr><th scope="row">Rechter</th><td class="getal">.</td></tr>\n'
        '<tr><th scope="row">Onbekend</th><td class="getal">200</td></tr>\n'
        "</tbody>\n</table>\n</div>\n</details>\n</figure>\n"
    )
    assert tekst.startswith(
        "De huisarts verwijst het vaakst\nTrajecten per verwijzer, Apeldoorn, 2e halfjaar 2025\n"
    )
    assert knoop["soort"] == "figuur" and knoop["svg"].startswith("<svg")


def test_figuur_geeft_tabel_figuur_en_tekst():
    f = figuur()
    assert f.tabel is f.grafiek.tabel and f.figuur is f.grafiek.figuur
    assert f.tekst == f"De huisarts verwijst het vaakst. {f.grafiek.alt}"
    eigen = figuur(alt="Anders", tabel=pd.DataFrame({"a": [1]}))
    assert eigen.alt == "Anders" and list(eigen.tabel.columns) == ["a"]


def test_gegevens_krijgen_namen_naast_de_codes():
    _, _, knoop = bundel(figuur(data=resultaatrijen().assign(gebied_naam="Apeldoorn", extra="x")))
    kop, eerste, tweede = knoop["csv"].splitlines()
    assert kop == (
        "indicator;gebied;gebied_naam;periode;hulpvorm;hulpvorm_naam;verwijzer;verwijzer_naam;aanbieder;leeftijd;"
        "leeftijd_naam;maatregel;maatregel_naam;teller;noemer;waarde;onder;boven;methode;eenheid;status;extra"
    )
    assert eerste.startswith(
        "trajecten.instroom;GM0200;Apeldoorn;2025-H2;02;Ambulant bij de aanbieder;totaal;Totaal;totaal;"
    )
    rij = dict(zip(kop.split(";"), tweede.split(";"), strict=True))
    assert (rij["hulpvorm_naam"], rij["waarde"], rij["status"], rij["extra"]) == ("Onbekend", "", "verborgen", "x")


def test_csv_link_alleen_als_er_een_map_is():
    knoop = figuur(data=resultaatrijen()).knoop
    assert "download" not in van(knoop)
    assert '<a href="tabellen/gebruik-groepen.csv" download>' in van(knoop, Omgeving(csv_map="tabellen"))


@pytest.mark.parametrize("id_", ["Hoofd", "met spatie", "1e", "a--b", "-a", "é", ""])
def test_slechte_id(id_):
    with pytest.raises(ParameterFout, match="kleine letters"):
        figuur(id=id_)


def test_tabel_html():
    html, tekst, _ = bundel(tabel(ondertitel="Aantal", bron="Eigen telling.", noten=("Noot", "Noot")))
    assert html == (
        '<figure class="tabel" id="gebruik-tabel">\n'
        '<figcaption id="gebruik-tabel-kop"><span class="titel">Jeugdigen</span>'
        '<span class="ondertitel" style="display:block">Aantal</span></figcaption>\n'
        '<div class="tabelvak" role="group" aria-labelledby="gebruik-tabel-kop" tabindex="0">\n'
        '<table aria-labelledby="gebruik-tabel-kop">\n<thead>\n'
        '<tr><th scope="col">Gemeente</th><th scope="col" class="getal">Aantal</th>'
        '<th scope="col">Bijzonder</th></tr>\n</thead>\n<tbody>\n'
        '<tr><th scope="row">Epe</th><td class="getal">1.234*</td><td>ja</td></tr>\n'
        '<tr><th scope="row">Voorst</th><td class="getal">.</td><td></td></tr>\n'
        "</tbody>\n</table>\n</div>\n"
        '<p class="bron">Bron: Eigen telling.</p>\n<ul class="noten"><li>Noot</li></ul>\n</figure>\n'
    )
    assert tekst == (
        "Jeugdigen\nAantal\nGemeente  Aantal  Bijzonder\nEpe       1.234*  ja\nVoorst         .\n"
        "Bron: Eigen telling.\nNoot"
    )


def test_lege_tabel_zegt_dat_hij_leeg_is():
    html, _, _ = bundel(tabel(tabel=pd.DataFrame({"a": [], "b": []})))
    assert '<tr><th scope="row">Geen rijen om te tonen</th><td></td></tr>' in html
    assert "Geen rijen" in bundel(tabel(tabel=pd.DataFrame()))[0]


def test_gewone_waarden_worden_nederlandse_tekst():
    rijen = pd.DataFrame(
        [["a", 1234, 1.5, None, True, date(2025, 1, 2)]], columns=["n", "heel", "deel", "leeg", "ja", "dag"]
    )
    assert tabel(tabel=rijen).knoop["rijen"] == [["a", "1.234", "1,5", "", "ja", "2\xa0januari 2025"]]


def test_tekst():
    html, tekst, knoop = bundel(Tekst("Hallo **daar**\n\n- a\n- b"))
    assert html == "<p>Hallo <strong>daar</strong></p>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"
    assert tekst == "Hallo daar\n\n- a\n- b"
    assert knoop["soort"] == "tekst"


def test_waarschuwing():
    html, tekst, _ = bundel(Waarschuwing(tekst="Dit is *voorlopig*."))
    assert html == (
        '<div class="kader let-op" role="note">\n<p class="titel">Let op</p>\n'
        "<p>Dit is <em>voorlopig</em>.</p>\n</div>\n"
    )
    assert tekst == "Let op\nDit is voorlopig."
    with pytest.raises(ParameterFout, match="uitleg"):
        Waarschuwing(tekst="x", soort="rood")


def test_boodschappen():
    items = [
        Boodschap(
            tekst="Er waren **meer** trajecten.", cijfer="245", richting="omhoog", soort="signaal", figuur="a-b"
        ),
        Boodschap(tekst="Te weinig.", cijfer=".", richting="onbekend", soort="onvoldoende gegevens"),
    ]
    weergave = Boodschappen(items)
    html, tekst, _ = bundel(weergave)
    assert html == (
        '<ol class="boodschappen">\n'
        '<li><p class="kern"><span class="cijfer">245</span></p>'
        '<p class="boodschap">Er waren <strong>meer</strong> trajecten.</p>'
        '<p class="merken"><span class="richting omhoog">Hoger</span> <span class="soort signaal">signaal</span> '
        '<a href="#a-b">Bekijk</a></p></li>\n'
        '<li><p class="kern"><span class="cijfer woord">verborgen</span></p><p class="boodschap">Te weinig.</p>'
        '<p class="merken"><span class="richting onbekend">Niet te vergelijken</span> '
        '<span class="soort">onvoldoende gegevens</span></p></li>\n</ol>\n'
    )
    assert tekst == "1. Er waren meer trajecten. [245, signaal]\n2. Te weinig. [., onvoldoende gegevens]"
    assert weergave.tabel["Richting"].tolist() == ["Hoger", "Niet te vergelijken"]
    assert weergave.tekst == "Er waren meer trajecten.\nTe weinig."


@pytest.mark.parametrize(("veld", "waarde"), [("richting", "beter"), ("soort", "rood")])
def test_boodschap_kent_vaste_woorden(veld, waarde):
    with pytest.raises(ParameterFout, match="bestaat niet"):
        Boodschap(tekst="x", **{veld: waarde})


def test_kaartjes():
    kaart = Kaart(
        id="trajecten.instroom",
        naam="Instroom",
        vraag="Hoeveel trajecten beginnen er?",
        teller="Trajecten die beginnen",
        waarom="Drukte",
        bewijst_niet="Meer hulp nodig",
        eenheid="aantal",
        richting="geen",
        bron="iJw",
        eigenaar="Regio",
        herzien=date(2026, 7, 1),
    )
    html, tekst, _ = bundel(Kaartjes([Kaartje.van(kaart)]))
    assert html.startswith(
        '<div class="kaartje">\n<h3>Instroom</h3>\n<dl>\n'
        "<div><dt>Vraag</dt><dd>Hoeveel trajecten beginnen er?</dd></div>\n"
        "<div><dt>Wat we tellen</dt><dd>Trajecten die beginnen</dd></div>\n"
        "<div><dt>Waarom</dt>"
    )
    assert "Waar we door delen" not in html  # this card has no denominator
    assert "Opnieuw bekijken voor: 1\xa0juli 2026" in tekst


ALLE = [figuur, tabel, lambda **k: Tekst("x", **k), lambda **k: Waarschuwing(tekst="x", **k)]
ALLE += [lambda **k: Boodschappen([], **k), lambda **k: Kaartjes([], **k)]


@pytest.mark.parametrize("maak", ALLE)
def test_intern_staat_overal_bij(maak):
    html, tekst, knoop = bundel(maak(intern=True))
    assert html.startswith('<div class="intern"><p class="intern-merk">INTERN')
    assert tekst.startswith("INTERN")
    assert knoop["intern"] is True
    assert "INTERN" not in bundel(maak())[0]


@pytest.mark.parametrize("maak", ALLE)
def test_knoop_is_json_en_herhaalbaar(maak):
    assert json.dumps(maak().knoop) == json.dumps(maak().knoop)


@pytest.mark.parametrize("maak", ALLE)
def test_elk_object_heeft_tabel_figuur_en_tekst(maak):
    weergave = maak()
    assert isinstance(weergave.tabel, pd.DataFrame) and isinstance(weergave.tekst, str)
    assert weergave.figuur is None or hasattr(weergave.figuur, "savefig")


def test_niets_van_buiten_wordt_opmaak():
    gemeen = '"><script>alert(1)</script> https://kwaad.nl'
    rijen = pd.DataFrame({gemeen: [gemeen]})
    html = "".join(
        bundel(w)[0]
        for w in (
            figuur(titel=gemeen, ondertitel=gemeen, bron=gemeen, alt=gemeen, tabel=rijen, noten=(gemeen,)),
            tabel(titel=gemeen, tabel=rijen),
            Boodschappen([Boodschap(tekst="x", cijfer=gemeen)]),
            Kaartjes([Kaartje(titel=gemeen, velden=((gemeen, gemeen),))]),
            Waarschuwing(tekst="x", titel=gemeen),
        )
    )
    assert "<script" not in html and "http" not in html
