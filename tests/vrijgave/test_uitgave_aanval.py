"""The attacker on the published bytes: a sound edition holds, and every deliberately broken one is named."""

from __future__ import annotations

import json
import re

import pandas as pd
import pytest

from analyse.kern.resultaat import Vrijgave, csv_tekst
from analyse.kern.xlsx import schrijf_xlsx
from analyse.vrijgave.paden import als_rijen
from analyse.vrijgave.uitgave import Vrijgegeven, lees_uitgave, val_aan
from analyse.vrijgave.uitgave.bronnen import Bronnen
from vrijgave.hulp import meting, params_voor, publiceer, telling
from vrijgave.kunst import Kunst, maak_params
from vrijgave.uitgave_bouwer import met_map, schrijf_uitgave

INSTROOM = "trajecten.instroom"
EERST = {"GM0200": 300, "GM0213": 120, "GM0232": 90, "GM0244": 34}
HULP = {
    "GM0200": {"01": 40, "02": 150, "03": 60, "11": 50},
    "GM0213": {"01": 15, "02": 60, "03": 25, "11": 20},
    "GM0232": {"01": 4, "02": 45, "03": 21, "11": 20},
    "GM0244": {"01": 12, "02": 13, "03": 14, "11": 15},
}


def bron():
    """A small region: begun trajecten by hulpvorm in two half-years, and those that came back."""
    rijen = [telling(INSTROOM, HULP, "hulpvorm", periode=p) for p in ("2025-H1", "2025-H2")]
    terug = {"GM0200": 60, "GM0213": 117, "GM0232": 20, "GM0244": 11}
    return meting(*rijen, telling("trajecten.herhaald", terug, periode="2025-H2"))


@pytest.fixture(scope="module")
def regio():
    """Meting, parameters, Vrijgave and Audit of the small region."""
    echt = bron()
    return echt, met_map(params_voor(echt)), *publiceer(echt)


def ontsluit(vrijgave, audit, *regels):
    """The Vrijgave of a gate that skips these rules: what they hide is printed, rounded as the rest."""
    tabel = vrijgave.tabel.set_index(list(vrijgave.tabel.columns[:8]))
    weg = audit.tabel[audit.tabel["regel"].isin(regels)]
    assert len(weg), "niets om te ontsluiten"
    for rij in weg.to_dict("records"):
        sleutel = tuple(rij[naam] for naam in tabel.index.names)
        rond = float(int(rij["teller"] / 5 + 0.5) * 5)
        tabel.loc[sleutel, ["teller", "waarde"]] = rond
        tabel.loc[sleutel, ["methode", "status"]] = ["telling", "definitief"]
    return Vrijgave(tabel.reset_index())


def gevonden(verslag, soort):
    """What was found of one kind, as text."""
    assert verslag.lek
    return " | ".join(v.tekst for v in verslag.vondsten if v.soort == soort)


def test_een_gave_editie_verraadt_niets(regio, tmp_path):
    echt, params, vrijgave, _ = regio
    schrijf_uitgave(vrijgave, params, tmp_path / "uit")
    verslag = val_aan(
        tmp_path / "uit", params=params, meting=echt, vrijgegeven=Vrijgegeven(vrijgave), met_pdf=False
    )
    assert not verslag.lek, verslag.tekst
    assert verslag.verborgen > 0
    assert "niets gevonden" in verslag.tekst


def test_een_hele_regio_houdt_stand(tmp_path):
    gemeenten = ("GM0200", "GM0213", "GM0232", "GM0244")
    echt = Kunst(omvang=0.3, perioden=3, gemeenten=gemeenten, zaad=3).meting()
    params = met_map(maak_params(gemeenten))
    vrijgave, _ = publiceer_met(echt, params)
    schrijf_uitgave(vrijgave, params, tmp_path / "uit")
    verslag = val_aan(tmp_path / "uit", params=params, vrijgegeven=Vrijgegeven(vrijgave), met_pdf=False)
    assert not verslag.lek, verslag.tekst
    assert verslag.verborgen > 30


def publiceer_met(echt, params):
    from analyse.vrijgave import geef_vrij_met_audit
    from vrijgave.hulp import GEEN_BEVINDINGEN

    return geef_vrij_met_audit(echt, params=params, basis_kwaliteit=GEEN_BEVINDINGEN)


def test_zonder_secundaire_onderdrukking(regio, tmp_path):
    echt, params, vrijgave, audit = regio
    schrijf_uitgave(ontsluit(vrijgave, audit, "secundair"), params, tmp_path / "uit")
    raak = gevonden(val_aan(tmp_path / "uit", params=params, meting=echt, met_pdf=False), "som")
    assert "GM0232 · 2025-H2 · Wijk- of buurtteam ligt tussen 4 en 4" in raak
    assert "[via " in raak
    assert "GM0232/tabellen/trajecten-instroom-hulpvorm.csv" in raak


def test_zonder_complement(regio, tmp_path):
    """117 of 120 came back: the three who didn't are as few as three who did."""
    echt, params, vrijgave, audit = regio
    kapot = ontsluit(vrijgave, audit, "complement", "secundair")
    schrijf_uitgave(kapot, params, tmp_path / "uit")
    raak = gevonden(val_aan(tmp_path / "uit", params=params, meting=echt, met_pdf=False), "som")
    assert f"{INSTROOM} zonder trajecten.herhaald · GM0213 · 2025-H2 ligt tussen 3 en 3" in raak


def test_zonder_koppeling_met_de_vorige_editie(tmp_path):
    """Made without the first edition: its cover is what that one had shown."""
    eerder, _ = publiceer(meting(telling(INSTROOM, EERST)))
    echt = meting(telling(INSTROOM, {**EERST, "GM0200": 340, "GM0244": 4}))
    params, (vrijgave, audit) = met_map(params_voor(echt)), publiceer(echt)
    assert audit.tabel.set_index("gebied")["regel"]["GM0232"] == "secundair"
    schrijf_uitgave(eerder, params, tmp_path / "eerst")
    schrijf_uitgave(vrijgave, params, tmp_path / "nu")
    los = val_aan(tmp_path / "nu", params=params, meting=echt, met_pdf=False)
    samen = val_aan(tmp_path / "nu", params=params, meting=echt, vorige=[tmp_path / "eerst"], met_pdf=False)
    assert not los.lek, los.tekst
    assert "GM0244" in gevonden(samen, "som")


def ingreep_op(indicator, gebied="", **anders):
    """Change parts of the objects of one indicator; values may be functions of its rows."""

    def doe(delen, rijen):
        raak = rijen["indicator"].eq(indicator).all() and (not gebied or set(rijen["gebied"]) == {gebied, "REGIO"})
        nieuw = {naam: wat(rijen) if callable(wat) else wat for naam, wat in anders.items()} if raak else {}
        return {**delen, **{naam: wat for naam, wat in nieuw.items() if naam in delen or naam == "alt"}}

    return doe


def test_onbeschermde_alt_tekst(regio, tmp_path):
    _, params, vrijgave, _ = regio
    alt = "Lijngrafiek. GM0213: 117 (2e halfjaar 2025)."
    ingreep = ingreep_op("trajecten.herhaald", "GM0213", alt=alt)
    schrijf_uitgave(vrijgave, params, tmp_path / "uit", ingreep=ingreep)
    raak = gevonden(val_aan(tmp_path / "uit", params=params, met_pdf=False), "cel")
    assert "GM0213/rapport.html, trajecten-herhaald-totaal (alt): 117" in raak


def test_alt_tekst_met_een_getal_dat_elders_wel_staat(regio, tmp_path):
    """60 is a figure of GM0200, so it explains nothing about GM0213, whose own figure is hidden."""
    _, params, vrijgave, _ = regio
    alt = "Lijngrafiek. GM0213: 60 (2e halfjaar 2025)."
    schrijf_uitgave(vrijgave, params, tmp_path / "uit", ingreep=ingreep_op("trajecten.herhaald", alt=alt))
    raak = gevonden(val_aan(tmp_path / "uit", params=params, met_pdf=False), "cel")
    assert "REGIO/rapport.html, trajecten-herhaald-totaal (alt): 60" in raak


def test_een_grafiek_die_een_verborgen_punt_tekent(tmp_path):
    perioden = [f"{jaar}-H{h}" for jaar in (2023, 2024, 2025) for h in (1, 2)]
    aantallen = [{"GM0200": 60 + 5 * i, "GM0213": 40, "GM0232": 7 if i == 3 else 30} for i in range(6)]
    paren = zip(perioden, aantallen, strict=True)
    echt = meting(*(telling(INSTROOM, a, periode=p) for p, a in paren))
    params = met_map(params_voor(echt, gemeenten=("GM0200", "GM0213", "GM0232")))
    vrijgave, _ = publiceer_met(echt, params)
    waar = echt.tabel.assign(reeks=echt.tabel["gebied"])

    def ingreep(delen, rijen):
        eigen = waar[waar["gebied"].isin(set(rijen["gebied"])) & waar["periode"].isin(set(rijen["periode"]))]
        return {**delen, "reeks": eigen} if set(rijen["gebied"]) == {"GM0232", "REGIO"} else delen

    schrijf_uitgave(vrijgave, params, tmp_path / "gaaf")
    assert not val_aan(tmp_path / "gaaf", params=params, met_pdf=False).lek
    schrijf_uitgave(vrijgave, params, tmp_path / "uit", ingreep=ingreep)
    raak = gevonden(val_aan(tmp_path / "uit", params=params, met_pdf=False), "tekening")
    assert re.search(r"GM0232/rapport.html, \S+ \(grafiek\): rond 2024-H2 staat iets op ongeveer (6\.9|7)", raak)


def test_een_csv_met_een_kolom_te_veel(regio, tmp_path):
    _, params, vrijgave, _ = regio
    ingreep = ingreep_op(INSTROOM, "GM0232", data=lambda rijen: rijen.assign(echt=7.0))
    schrijf_uitgave(vrijgave, params, tmp_path / "uit", ingreep=ingreep)
    raak = gevonden(val_aan(tmp_path / "uit", params=params, met_pdf=False), "tabel")
    assert "GM0232/tabellen/trajecten-instroom-hulpvorm.csv: de kolom 'echt'" in raak


@pytest.fixture
def uit(regio, tmp_path):
    """A sound edition to break in its bytes, with its parameters."""
    _, params, vrijgave, _ = regio
    schrijf_uitgave(vrijgave, params, tmp_path / "uit")
    return tmp_path / "uit", params


def wijzig(pad, van, naar):
    """Replace the first match in a published file; it must be there."""
    tekst = pad.read_text(encoding="utf-8")
    nieuw = re.sub(van, naar, tekst, count=1)
    assert nieuw != tekst, van
    pad.write_text(nieuw, encoding="utf-8")


def aangevallen(uit, soort):
    return gevonden(val_aan(uit[0], params=uit[1], met_pdf=False), soort)


def test_een_getal_in_een_cel_die_verborgen_is(uit):
    wijzig(uit[0] / "GM0232" / "rapport.html", r'(<th scope="row">GM0232</th><td class="getal">)\.', r"\g<1>20")
    assert "20 in “GM0232 | Wijk- of buurtteam: 20”" in aangevallen(uit, "cel")


def test_een_getal_achter_een_verborgen_regel_in_de_csv(uit):
    pad = uit[0] / "GM0213" / "tabellen" / "trajecten-herhaald-totaal.csv"
    wijzig(
        pad,
        r"(trajecten\.herhaald;GM0213;[^\n]*?Totaal);;;;;;;aantal;verborgen",
        r"\1;117;;117;;;;aantal;verborgen",
    )
    raak = aangevallen(uit, "cel")
    assert "trajecten.herhaald · GM0213 · 2025-H2 is verborgen, maar het getal staat erbij" in raak


def test_een_onafgerond_aantal(uit):
    wijzig(uit[0] / "REGIO" / "tabellen" / "trajecten-herhaald-totaal.csv", ";60;;60;", ";61;;61;")
    assert "is niet afgerond op 5" in aangevallen(uit, "cel")


def test_hier_verborgen_en_daar_te_zien(uit):
    pad = uit[0] / "GM0213" / "tabellen" / "trajecten-herhaald-totaal.csv"
    wijzig(pad, r"(;GM0213;[^\n]*?Totaal);;;;;;;aantal;verborgen", r"\1;115;;115;;;telling;aantal;definitief")
    assert "is elders verborgen, maar hier te zien" in aangevallen(uit, "tegenspraak")


def test_een_getal_dat_nergens_vandaan_komt(uit):
    wijzig(uit[0] / "GM0232" / "rapport.html", "</h2>", "</h2><p>Het gaat om 4 trajecten in het wijkteam.</p>")
    wijzig(uit[0] / "GM0244" / "rapport.html", "</h2>", "</h2><p>Er zijn drie jeugdigen geplaatst.</p>")
    raak = aangevallen(uit, "onverklaard")
    assert "4 in “Het gaat om 4 trajecten" in raak
    assert "drie in “Er zijn drie jeugdigen" in raak


def test_iets_van_intern_tussen_de_publicatie(uit):
    (uit[0] / "INTERN" / "GM0200").mkdir(parents=True)
    (uit[0] / "INTERN" / "GM0200" / "rapport.html").write_text("<p>7 kinderen</p>", encoding="utf-8")
    assert not val_aan(uit[0], params=uit[1], met_pdf=False).lek
    (uit[0] / "index.html").write_text('<a href="INTERN/GM0200/rapport.html">x</a>', encoding="utf-8")
    (uit[0] / "manifest.json").write_text(json.dumps({"pad": "INTERN/GM0200/rapport.html"}), encoding="utf-8")
    wijzig(uit[0] / "GM0244" / "rapport.html", ">BESTUURLIJK<", ">INTERN<")
    raak = aangevallen(uit, "intern")
    for pad in ("index.html", "manifest.json", "GM0244/rapport.html"):
        assert pad in raak


def test_persoonsgegevens(uit):
    wijzig(uit[0] / "GM0200" / "rapport.html", "</h2>", "</h2><p>Zie 999990019 en toewijzing 8123456.</p>")
    pad = uit[0] / "GM0213" / "tabellen" / "trajecten-herhaald-totaal.csv"
    wijzig(pad, ";telling;", f";{'ab12' * 8};")
    (uit[0] / "index.html").write_text('<script src="https://elders.example/a.js"></script>', encoding="utf-8")
    raak = aangevallen(uit, "persoon")
    assert "GM0200/rapport.html: een nummer dat een bsn kan zijn: 99*******" in raak
    assert "een kaal nummer, zoals van een toewijzing: 81*****" in raak
    assert "GM0213/tabellen/trajecten-herhaald-totaal.csv: een pseudoniem" in raak
    assert "index.html: een adres buiten het rapport" in raak


def test_een_sleutel_van_de_back_office(regio, tmp_path):
    _, params, vrijgave, _ = regio
    ingreep = ingreep_op(INSTROOM, data=lambda rijen: rijen.assign(client_id="x"))
    schrijf_uitgave(vrijgave, params, tmp_path / "uit", ingreep=ingreep)
    assert "'client_id'" in gevonden(val_aan(tmp_path / "uit", params=params, met_pdf=False), "tabel")


def test_wat_de_poort_niet_vrijgaf(regio, tmp_path):
    """Rounded and consistent, so only the list of what was released tells it."""
    _, params, vrijgave, audit = regio
    kapot = ontsluit(vrijgave, audit, "primair", "secundair", "complement")
    schrijf_uitgave(kapot, params, tmp_path / "uit")
    verslag = val_aan(tmp_path / "uit", params=params, vrijgegeven=Vrijgegeven(vrijgave), met_pdf=False)
    assert "is zo niet vrijgegeven" in gevonden(verslag, "tabel")


def paden(waarden):
    """Paths of the region as rows of the result table."""
    rijen = pd.DataFrame({"soort": "reeks", "pad": list(waarden), "personen": list(waarden.values())})
    return als_rijen(rijen.assign(gebied="REGIO", periode="2025-H2", noemer=float("nan")))


def test_een_pad_dat_de_poort_niet_vrijgaf(uit, regio):
    """A path is an id of its own, so one that was never released isn't in the list at all."""
    vrij = Vrijgegeven(regio[2], erbij=paden({"02": 40, "02 > 03": 20}))
    anders = paden({"02": 40, "02 > 03": 25, "02 > 04": 15})
    pad = uit[0] / "REGIO" / "tabellen" / "zorgpaden-paden.csv"
    pad.write_text(csv_tekst(anders), encoding="utf-8")
    verslag = val_aan(uit[0], params=uit[1], vrijgegeven=vrij, met_pdf=False)
    raak = gevonden(verslag, "tabel")
    assert "zorgpad.reeks: 02 > 03 · REGIO · 2025-H2 is zo niet vrijgegeven" in raak
    assert "zorgpad.reeks: 02 > 04 · REGIO · 2025-H2 is zo niet vrijgegeven" in raak
    assert "zorgpad.reeks: 02 ·" not in raak


def test_aantallen_van_wat_verborgen_is_verklaren_alleen_die_tabel():
    """What the released explanation counts is known there, and explains nothing about measures."""
    toelichting = pd.DataFrame({"soort": ["getoond", "samenvoegen"], "wat": "", "aantal": [1230.0, None]})
    bronnen = Bronnen(met_map(params_voor(bron())), Vrijgegeven(tabellen={"toelichting": toelichting}))
    assert bronnen.toelichting == [1230.0]
    assert bronnen.overig(kwaliteit=False) == []


@pytest.mark.parametrize(
    ("schaal", "grenzen"), [(1_000.0, {446_000.0, 554_000.0}), (10_000.0, {4_400_000.0, 5_600_000.0})]
)
def test_grenzen_in_euro_zoals_een_rapport_ze_afrondt(schaal, grenzen):
    """Amounts to thousands, from a million to tenths of a million, outwards."""
    waarden = [490 * schaal, 510 * schaal, 490.5 * schaal, 510.5 * schaal, 490 * schaal, 510 * schaal]
    perioden = [f"{jaar}-H{half}" for jaar in (2022, 2023, 2024) for half in (1, 2)]
    tabel = meting(*(telling(INSTROOM, {"GM0200": 0}, periode=p) for p in (*perioden, "2025-H1"))).tabel
    tabel = tabel[tabel["gebied"].eq("GM0200")].assign(eenheid="euro", waarde=[*waarden, 500 * schaal])
    params = met_map(params_voor(bron()))
    assert set(Bronnen(params, Vrijgegeven(Vrijgave(tabel))).banden("GM0200")) == grenzen


def test_lezen_en_verslag(uit):
    uitgave = lees_uitgave(uit[0], met_pdf=False)
    assert [r.gebied for r in uitgave.rapporten] == ["GM0200", "GM0213", "GM0232", "GM0244", "REGIO"]
    assert {t.id for t in uitgave.tabellen} >= {"trajecten-instroom-hulpvorm", "trajecten-herhaald-totaal"}
    verslag = val_aan(uit[0], params=uit[1], met_pdf=False)
    assert re.search(r"Gelezen: 5 rapporten, 0 PDF's, \d+ tabellen", verslag.tekst)
    assert "De smalste ruimte is van minstens" in verslag.tekst
    assert isinstance(uitgave.tabellen[0].rijen, pd.DataFrame)


def test_een_werkmap_is_ook_gepubliceerd(uit, regio):
    echt = regio[0].tabel
    eigen = echt[echt["indicator"].eq("trajecten.herhaald")]
    schrijf_xlsx(uit[0] / "GM0213" / "rapport.xlsx", {"herhaald": eigen}, titel="Proef", intern=True)
    verslag = val_aan(uit[0], params=uit[1], met_pdf=False)
    assert "GM0213/rapport.xlsx" in gevonden(verslag, "intern")
    assert "GM0213/rapport.xlsx (herhaald)" in gevonden(verslag, "tegenspraak")
