"""Both forms say the same: the tables, read back from the messages by a small reader of our own."""

from __future__ import annotations

import csv
import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from analyse.demo import CBS_FRACTIE, DEMO_NAMEN, maak_demo
from analyse.demo.aanbod import AANBIEDERS
from analyse.demo.aanplant import AANBIEDER
from analyse.demo.ijking import GEMEENTEN
from analyse.kern.fouten import ParameterFout
from analyse.kern.schema import NEUTRAAL

pytestmark = pytest.mark.xdist_group("demo_berichten")  # one worker makes the region once

VELDEN = ("Categorie", "Code", "Ingangsdatum", "Einddatum", "RedenWijziging", "Volume", "Eenheid", "Frequentie",
          "ReferentieAanbieder")  # fmt: skip


def _tabel(map_, gemeente, naam):
    with (map_ / gemeente / f"{naam}.csv").open(encoding="utf-8", newline="") as bestand:
        return list(csv.DictReader(bestand, delimiter=";"))


def _bladen(element: ET.Element) -> dict[str, str]:
    """Text of all leaves below an element by local name."""
    return {e.tag.split("}")[1]: e.text or "" for e in element.iter() if len(e) == 0}


def _zoek(bericht: bytes, naam: str) -> list[dict[str, str]]:
    return [_bladen(e) for e in ET.fromstring(bericht).iter() if e.tag.endswith(f"}}{naam}")]


@pytest.fixture(scope="module")
def per_gemeente(berichten):
    def kies(soort, gemeente):
        return [bericht for g, bericht in berichten[soort] if g == gemeente]

    return kies


@pytest.mark.parametrize("gemeente", GEMEENTEN)
def test_versies(per_gemeente, demo_tabel, gemeente):
    afgekeurd = {
        (p["ToewijzingNummer"], p["Toewijzingsdatum"], p["Toewijzingstijd"])
        for bericht in per_gemeente("302", gemeente)
        for p in _zoek(bericht, "ToegewezenProduct")
        if p["RetourCode"] != "0200"
    }
    versies = {}
    for bericht in per_gemeente("301", gemeente):
        client = _zoek(bericht, "Client")[0]["Bsn"]
        agb = _zoek(bericht, "Header")[0]["Ontvanger"]
        for p in _zoek(bericht, "ToegewezenProduct"):
            sleutel = p["ToewijzingNummer"], p["Toewijzingsdatum"], p["Toewijzingstijd"]
            versies.setdefault(sleutel, (client, agb, *(p.get(veld, "") for veld in VELDEN)))
    kolommen = ("client_id", "aanbieder_agb", "productcategorie", "productcode", "ingangsdatum", "einddatum",
                "reden_wijziging", "volume", "eenheid", "frequentie", "referentie_aanbieder")  # fmt: skip

    tabel = {
        (r["toewijzingnummer"], r["toewijzingsdatum"], r["toewijzingstijd"]): tuple(r[k] for k in kolommen)
        for r in _tabel(demo_tabel, gemeente, "toewijzingen")
    }

    assert tabel == {sleutel: versie for sleutel, versie in versies.items() if sleutel not in afgekeurd}


@pytest.mark.parametrize("gemeente", GEMEENTEN)
def test_starts_en_stops(per_gemeente, demo_tabel, gemeente):
    gemeld = sorted(
        (p["ToewijzingNummer"], soort, p["Begindatum"], p.get("Einddatum", ""), p.get("RedenBeeindiging", ""),
         _zoek(bericht, "Header")[0]["Afzender"], p["StatusAanlevering"],
         _zoek(bericht, "Header")[0]["Dagtekening"])
        for nummer, soort, product in (("305", "start", "StartProduct"), ("307", "stop", "StopProduct"))
        for bericht in per_gemeente(nummer, gemeente)
        for p in _zoek(bericht, product)
    )  # fmt: skip
    assert sorted(tuple(rij.values()) for rij in _tabel(demo_tabel, gemeente, "leveringen")) == gemeld


@pytest.mark.parametrize("gemeente", GEMEENTEN)
def test_verzoeken(per_gemeente, demo_tabel, gemeente):
    antwoorden = {}
    for bericht in per_gemeente("319", gemeente):
        antwoord = _zoek(bericht, "Antwoord")[0]
        velden = ("VerzoekAntwoord", "RedenAfwijzingVerzoek", "Gemeente")
        antwoorden[antwoord["ReferentieAanbieder"]] = tuple(antwoord.get(veld, "") for veld in velden)
    gevraagd = []
    for soort in ("315", "317"):
        for bericht in per_gemeente(soort, gemeente):
            kop, client = _zoek(bericht, "Header")[0], _zoek(bericht, "Client")[0]
            referentie = client["ReferentieAanbieder"]
            nummer = _zoek(bericht, "TeWijzigenProduct")[0]["ToewijzingNummer"] if soort == "317" else ""
            gevraagd.append(
                (kop["Afzender"], referentie, soort, kop["Dagtekening"], client.get("Type", ""), client["Bsn"],
                 nummer, client.get("ZorgverlenerCode", ""), client.get("Categorie", ""), client.get("Code", ""),
                 *antwoorden.get(referentie, ("", "", "")))
            )  # fmt: skip
    assert sorted(tuple(rij.values()) for rij in _tabel(demo_tabel, gemeente, "verzoeken")) == sorted(gevraagd)


@pytest.mark.parametrize("gemeente", GEMEENTEN)
def test_declaraties(per_gemeente, demo_tabel, gemeente):
    afgewezen = {
        p["ReferentieNummer"]: p["RetourCode"]
        for bericht in per_gemeente("325", gemeente)
        for p in _zoek(bericht, "Prestatie")
    }
    regels = {}
    for bericht in per_gemeente("323", gemeente):
        kop = _zoek(bericht, "Header")[0]
        nummer = _zoek(bericht, "Declaratie")[0]["DeclaratieNummer"]
        for p in _zoek(bericht, "Prestatie"):
            code = afgewezen.get(p["ReferentieNummer"], "")
            regels[p["ReferentieNummer"]] = (
                nummer, p["ToewijzingNummer"], p["ProductCategorie"], p["ProductCode"], p["Begindatum"],
                p["Einddatum"], p["Bedrag"], p["DebetCredit"], kop["Afzender"], p["GeleverdVolume"], p["Eenheid"],
                p["ProductTarief"], p.get("VorigReferentieNummer", ""), kop["Dagtekening"],
                "afgewezen" if code else "toegekend", code,
            )  # fmt: skip

    tabel = {
        rij.pop("referentienummer"): tuple(rij.values()) for rij in _tabel(demo_tabel, gemeente, "declaraties")
    }

    assert tabel == regels


@pytest.mark.parametrize("gemeente", GEMEENTEN)
def test_clienten(per_gemeente, demo_tabel, gemeente):
    genoemd = {
        element.text
        for soort in ("301", "302", "305", "307", "315", "317", "323", "325")
        for bericht in per_gemeente(soort, gemeente)
        for element in ET.fromstring(bericht).iter()
        if element.tag.endswith("}Bsn")
    }
    tabel = _tabel(demo_tabel, gemeente, "clienten")
    assert {rij["client_id"] for rij in tabel} == genoemd
    geboren = {}
    for bericht in per_gemeente("301", gemeente):
        client = ET.fromstring(bericht)[1]
        geboren[client[0].text] = (client[1][0].text[:4], client[2].text)
    gevonden = {rij["client_id"]: (rij["geboortejaar"], rij["geslacht"]) for rij in tabel}
    assert geboren.items() <= gevonden.items()


def test_wat_naast_de_berichten_ligt_is_gelijk(demo_xml, demo_tabel):
    for gemeente in GEMEENTEN:
        for naam in ("maatregelen.csv", "verwijzers.csv", "levering.yaml"):
            assert (demo_xml / gemeente / naam).read_bytes() == (demo_tabel / gemeente / naam).read_bytes()
    for naam in ("waarheid.json", "bevolking.csv"):
        assert (demo_xml / naam).read_bytes() == (demo_tabel / naam).read_bytes()


def test_bevolking_krimpt_mee(demo_xml):
    with (demo_xml / "bevolking.csv").open(encoding="utf-8", newline="") as bestand:
        rijen = {(r["gebied"], r["jaar"]): r for r in csv.DictReader(bestand, delimiter=";")}
    assert len(rijen) == 10 * 7
    assert int(rijen["GM0200", "2022"]["aantal"]) == round(0.05 * CBS_FRACTIE * 40662)
    assert rijen["GM0200", "2022"]["status"] == "verzonnen"
    assert int(rijen["NL", "2022"]["aantal"]) > 4_000_000


def test_waarheid_noemt_effecten_en_schaal(demo_xml):
    waarheid = json.loads((demo_xml / "waarheid.json").read_text(encoding="utf-8"))
    assert waarheid["fractie_van_cbs"] == 0.05 * CBS_FRACTIE
    assert [(e["naam"], e["factor"]) for e in waarheid["effecten"]] == [
        ("poh-jeugd", 0.8),
        ("schoolmaatschappelijk-werk", 0.85),
    ]
    assert waarheid["effecten"][0]["vanaf"] == {"GM0200": "2023-07-01", "GM0301": "2024-01-01"}
    assert sum(waarheid["effecten"][0]["ware_instroom"]["GM0200"].values()) > 10


def test_aanbieders_in_de_referentie_zijn_die_van_de_demo():
    regels = (Path(__file__).parents[2] / "data/referentie/demo_aanbieders.csv").read_text(encoding="utf-8")
    assert regels.splitlines() == ["agb;naam", *(f"{a.agb};{a.naam}" for a in (*AANBIEDERS, AANBIEDER))]


def test_tabellen_houden_zich_aan_het_neutrale_schema(demo_tabel):
    for pad in demo_tabel.glob("GM*/*.csv"):
        kop = pad.read_text(encoding="utf-8").splitlines()[0].split(";")
        assert set(NEUTRAAL[pad.stem].verplicht) <= set(kop) <= set(NEUTRAAL[pad.stem].kolommen), pad.name


def test_namen_staan_in_de_berichten_en_nergens_anders(berichten, demo_tabel):
    alles = b"".join(bericht for _, bericht in berichten["301"] + berichten["315"])
    assert [naam for naam in DEMO_NAMEN if naam.encode() not in alles] == []
    tabellen = b"".join(pad.read_bytes() for pad in demo_tabel.rglob("*") if pad.is_file())
    assert [naam for naam in DEMO_NAMEN if naam.encode() in tabellen] == []


def test_zelfde_zaad_zelfde_bytes_ander_zaad_andere(tmp_path):
    for naam, zaad in (("een", 7), ("nog_eens", 7), ("anders", 8)):
        maak_demo(tmp_path / naam, schaal=0.01, zaad=zaad)

    def inhoud(map_):
        return {pad.relative_to(map_): pad.read_bytes() for pad in map_.rglob("*") if pad.is_file()}

    assert inhoud(tmp_path / "nog_eens") == inhoud(tmp_path / "een")
    assert inhoud(tmp_path / "anders") != inhoud(tmp_path / "een")


def test_de_andere_vorm_vervangt_wat_er_stond(tmp_path):
    maak_demo(tmp_path, schaal=0.01)
    (tmp_path / "LEESMIJ.md").write_text("blijft", encoding="utf-8")

    maak_demo(tmp_path, vorm="tabel", schaal=0.01)

    assert not list(tmp_path.glob("GM*/*.zip"))
    assert (tmp_path / "LEESMIJ.md").exists()


def test_voortgang_loopt_op(tmp_path):
    gehoord = []
    maak_demo(tmp_path, schaal=0.01, voortgang=lambda wat, klaar, totaal: gehoord.append((wat, klaar, totaal)))
    assert gehoord[-1] == ("schrijven", 8, 8)
    assert {wat for wat, _, _ in gehoord} == {"kinderen verzinnen", "registreren", "schrijven"}


@pytest.mark.parametrize("schaal", [0, -1])
def test_schaal_is_positief(tmp_path, schaal):
    with pytest.raises(ParameterFout, match="boven 0"):
        maak_demo(tmp_path, schaal=schaal)


def test_meer_kinderen_dan_testnummers_kan_alleen_als_tabel(tmp_path):
    with pytest.raises(ParameterFout, match=r"testreeks heeft 9091 nummers.*Kies een schaal tot 1\.\d"):
        maak_demo(tmp_path, schaal=1.5)
    assert not list(tmp_path.iterdir())
