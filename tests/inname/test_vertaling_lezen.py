"""Which mapping a file gets, what is told about it, and what a mapping file may say."""

from __future__ import annotations

import io
import json
import re
import shutil
import textwrap
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from inname_bouwer import BSN, SLEUTEL, WORTEL

from analyse.inname import lees
from analyse.inname.tabellen import Plek
from analyse.inname.vertaling import Vertalingen, stel_voor
from analyse.inname.vertaling.herkennen import herken
from analyse.inname.vertaling.model import Vertaling
from analyse.kern.basis import Basis
from analyse.kern.fouten import LeveringFout, ParameterFout
from analyse.params import Params, lees_model

KOP = "Toewijzingsnr;BSN;AGB-code;Product;Categorie;Ingangsdatum;Einddatum;Datum besluit;Geboortedatum;M/V"
RIJ = f"77;{BSN[0]};98980001;45A48;45;01-02-2024;;15-01-2024;06-05-2012;V"


def _map(tmp_path: Path, info: str = "peildatum: 2025-12-31\n") -> Path:
    map_ = tmp_path / "in" / "GM0200"
    map_.mkdir(parents=True)
    (map_ / "levering.yaml").write_text(info, encoding="utf-8")
    return map_


def _lees(tmp_path: Path, wortel: Path = WORTEL) -> Basis:
    return lees(tmp_path / "in", params=Params(wortel), uit=tmp_path / "uit", sleutel=SLEUTEL)


def _van(basis: Basis) -> pd.DataFrame:
    t = basis.pandas("telling")
    assert (t["gelezen"] == t["gebruikt"] + t["vervangen"] + t["verwijderd"] + t["opzij"]).all()
    alle = basis.pandas("bevindingen")
    return alle[alle["gebied"] == "GM0200"]


def test_excelbestand_met_titel_lege_rij_en_bladen(tmp_path: Path) -> None:
    werkmap = openpyxl.Workbook()
    blad = werkmap.active
    blad.title = "Lijst"
    blad.append(["Overzicht"])
    blad.append([])
    blad.append([*KOP.split(";"), "Naam"])
    blad.append(
        [77, int(BSN[0]), 98980001, "45A48", 45, datetime(2024, 2, 1), None, 45306, date(2012, 5, 6), "V", "x"]
    )
    werkmap.create_sheet("Grafiek").append(["Som", 3])
    werkmap.save(_map(tmp_path) / "Export.xlsx")
    basis = _lees(tmp_path)
    (rij,) = basis.pandas("toewijzingen").to_dict("records")
    assert (rij["toewijzingnummer"], rij["aanbieder"], rij["productcode"]) == ("77", "98980001", "45A48")
    assert (str(rij["ingangsdatum"])[:10], str(rij["toewijzingsdatum"])[:10]) == ("2024-02-01", "2024-01-15")
    assert basis.pandas("personen")[["geboortejaar", "geslacht"]].values.tolist() == [[2012, "2"]]
    gevonden = _van(basis).set_index("code")
    assert gevonden.loc["LV30", "ontvangen"] == "nederlands: clienten, toewijzingen"
    assert gevonden.loc["LV04", "bestand"] == "Export.xlsx, blad Grafiek"
    assert (gevonden.loc["LV34", "plek"], gevonden.loc["LV34", "aantal"]) == ("kolom Datum besluit", 1)
    assert gevonden.loc["LV21", "ontvangen"] == "Naam"


@pytest.mark.parametrize(
    ("teken", "tekenset"), [(";", "cp1252"), (",", "utf-8-sig"), ("\t", "utf-8"), ("|", "cp1252")]
)
def test_elk_scheidingsteken_en_elke_tekenset(tmp_path: Path, teken: str, tekenset: str) -> None:
    tekst = f"Kop van het rapport\n{KOP};Cliënt naam\n{RIJ};Zoë\n".replace(";", teken)
    (_map(tmp_path) / "uitvoer.txt").write_bytes(tekst.encode(tekenset))
    basis = _lees(tmp_path)
    assert basis.pandas("toewijzingen")["toewijzingnummer"].tolist() == ["77"]
    assert ("LV11" in set(_van(basis)["code"])) == (tekenset == "cp1252")


def test_tabellen_in_een_zip_naast_berichten(tmp_path: Path) -> None:
    werkmap, buffer = openpyxl.Workbook(), io.BytesIO()
    for regel in (KOP, RIJ.replace("77;", "78;")):
        werkmap.active.append(regel.split(";"))
    werkmap.save(buffer)
    with zipfile.ZipFile(_map(tmp_path) / "alles.zip", "w") as archief:
        archief.writestr("map/lijst.csv", f"{KOP}\n{RIJ}\n")
        archief.writestr("lijst.xlsx", buffer.getvalue())
        archief.writestr("clienten.csv", f"client_id;geboortejaar;geslacht\n{BSN[0]};2012;2\n")
        archief.writestr("../buiten.csv", KOP)
        archief.writestr("leesmij.txt", "hallo")
    basis = _lees(tmp_path)
    assert sorted(basis.pandas("toewijzingen")["toewijzingnummer"]) == ["77", "78"]
    telling = basis.pandas("telling")
    assert {"alles.zip/map/lijst.csv", "alles.zip/lijst.xlsx", "alles.zip/clienten.csv"} <= set(telling["bestand"])
    gevonden = _van(basis)[["code", "plek"]].values.tolist()
    assert ["LV08", "../buiten.csv"] in gevonden
    assert ["LV04", "leesmij.txt"] in gevonden


def test_rijnummer_telt_vanaf_de_bovenkant_van_het_bestand(tmp_path: Path) -> None:
    kapot = RIJ.replace("01-02-2024", "eind februari").replace("77;", "78;")
    (_map(tmp_path) / "lijst.csv").write_text(f"Titel\n\n{KOP}\n{RIJ}\n{kapot}\n", encoding="utf-8")
    gevonden = _van(_lees(tmp_path)).query("code == 'DK01a'")
    assert gevonden["plek"].str.startswith("rij 5").all()


def test_bijna_herkend_zegt_welke_kolom_mist(tmp_path: Path) -> None:
    (_map(tmp_path) / "lijst.csv").write_text(f"{KOP}\n{RIJ}\n".replace("BSN;", "Sofi;"), encoding="utf-8")
    (rij,) = _van(_lees(tmp_path)).query("code == 'LV32'").itertuples()
    assert rij.ernst == "blokkerend"
    assert rij.ontvangen.startswith("nederlands, tabel toewijzingen, zonder client_id; kolommen die")
    assert "Sofi" in rij.ontvangen


def _kit(tmp_path: Path, *namen: str) -> Path:
    """A checkout with copies of the Dutch mapping that explain as much as it does."""
    shutil.copytree(WORTEL / "params", tmp_path / "kit" / "params")
    bron = (WORTEL / "params" / "leveringen" / "nederlands.yaml").read_text(encoding="utf-8")
    for naam in namen:
        eigen = bron.replace("algemeen: ja", "algemeen: nee")
        (tmp_path / "kit" / "params" / "leveringen" / f"{naam}.yaml").write_text(eigen, encoding="utf-8")
    return tmp_path / "kit"


def test_twee_vertalingen_die_even_goed_passen(tmp_path: Path) -> None:
    kit, map_ = _kit(tmp_path, "een", "twee"), _map(tmp_path)
    (map_ / "lijst.csv").write_text(f"{KOP}\n{RIJ}\n", encoding="utf-8")
    oordelen = herken(Plek(map_ / "lijst.csv"), Vertalingen.open(Params(kit)).per_naam)
    assert [oordeel.gelijk for oordeel in oordelen] == [("een", "twee")]
    (rij,) = _van(_lees(tmp_path, kit)).query("code == 'LV31'").itertuples()
    assert (rij.ernst, rij.ontvangen) == ("blokkerend", "een, twee")


def test_levering_kiest_de_vertaling(tmp_path: Path) -> None:
    kit, map_ = _kit(tmp_path, "een", "twee"), _map(tmp_path, "peildatum: 2025-12-31\nvertaling: twee\n")
    (map_ / "lijst.csv").write_text(f"{KOP}\n{RIJ}\n", encoding="utf-8")
    basis = _lees(tmp_path, kit)
    assert _van(basis).set_index("code").loc["LV30", "ontvangen"] == "twee: clienten, toewijzingen"


def test_onbekende_vertaling_noemt_de_naaste(tmp_path: Path) -> None:
    (_map(tmp_path, "vertaling: zorgnet\n") / "lijst.csv").write_text(f"{KOP}\n{RIJ}\n", encoding="utf-8")
    (rij,) = _van(_lees(tmp_path)).query("code == 'LV12'").itertuples()
    assert "zorgned" in rij.ontvangen


BASIS_YAML = """
naam: x
omschrijving: x
bron: x
tabellen:
  verwijzers:
    kolommen: {toewijzingnummer: Nr, verwijzer_type: Wie}
"""


@pytest.mark.parametrize(
    ("oud", "nieuw", "naast"),
    [
        ("omschrijving:", "omschrijvin:", "'omschrijving'"),
        ("verwijzers:", "verwijsers:", "'verwijzers'"),
        ("verwijzer_type:", "verwijzertype:", "'verwijzer_type'"),
        ("    kolommen", "    sluetel: toewijzingnummer\n    kolommen", "'sleutel'"),
        ("Nr,", "{vann: Nr},", "'van'"),
        ("Nr,", "{van: Nr, patroon: '['},", "patroon"),
        ("Nr,", "{codes: {a: b}},", "waar de waarde vandaan komt"),
        ("    kolommen", "    alleen_met: verwijzr_type\n    kolommen", "'verwijzer_type'"),
    ],
)
def test_fout_in_een_vertaling_noemt_de_naaste_sleutel(tmp_path: Path, oud: str, nieuw: str, naast: str) -> None:
    pad = tmp_path / "bron.yaml"
    pad.write_text(BASIS_YAML.replace(oud, nieuw), encoding="utf-8")
    with pytest.raises(ParameterFout, match=r"bron\.yaml") as fout:
        lees_model(Vertaling, pad)
    assert naast in fout.value.doe


def test_elke_meegeleverde_vertaling_is_te_lezen() -> None:
    vertalingen = Vertalingen.open(Params(WORTEL)).per_naam
    assert {"zorgned", "cbs_beleidsinformatie", "nederlands", "bidn_ketendata"} <= set(vertalingen)
    assert [naam for naam, v in vertalingen.items() if v.status == "gok"] == ["bidn_ketendata"]


def test_het_voorbeeld_in_de_docs_werkt(tmp_path: Path) -> None:
    tekst = (WORTEL / "docs" / "leveringen.md").read_text(encoding="utf-8")
    (vertaling,) = re.findall(r"```yaml\n( +naam: Suite.*?)```", tekst, flags=re.S)
    (bestand,) = re.findall(r"```text\n(Dossier.*?)```", tekst, flags=re.S)
    kit = _kit(tmp_path)
    (kit / "params" / "leveringen" / "suite.yaml").write_text(textwrap.dedent(vertaling), encoding="utf-8")
    (_map(tmp_path) / "voorzieningen.csv").write_text(bestand, encoding="utf-8")
    basis = _lees(tmp_path, kit)
    (rij,) = basis.pandas("toewijzingen").to_dict("records")
    assert (rij["productcategorie"], rij["productcode"]) == ("45", "45A48")
    assert pd.isna(rij["einddatum"])
    assert str(rij["ingangsdatum"])[:10] == "2024-02-01"
    assert {"LV30", "LV33", "DK07a"} <= set(_van(basis)["code"])


# CBS Beleidsinformatie: trajecten without toewijzing, in two half-years


def test_cbs_trajecten_en_maatregelen(tmp_path: Path) -> None:
    map_ = _map(tmp_path)
    kop = "BSN;Geboortedatum;Geslacht;Verwijzer;Hulpvorm;Datum aanvang;Datum einde;Reden beëindiging"
    eerste = f"{BSN[0]};20120506;V;02;02;20240201;;\n{BSN[1]};20100000;M;04;11;20240301;;\n"
    tweede = f"{BSN[0]};20120506;V;02;02;20240201;20240930;01\n{BSN[1]};20100000;M;04;11;20240301;;\n"
    (map_ / "jeugdhulp_98980001_2024H1.csv").write_text(f"{kop}\n{eerste}", encoding="utf-8")
    (map_ / "jeugdhulp_98980001_2024H2.csv").write_text(f"{kop}\n{tweede}", encoding="utf-8")
    (map_ / "jeugdbescherming.csv").write_text(
        "BSN;Geboortedatum;Geslacht;Type maatregel;Datum aanvang maatregel;Datum einde maatregel;"
        f"Type machtiging\n{BSN[1]};20100000;M;11;20240101;;72\n",
        encoding="utf-8",
    )
    basis = _lees(tmp_path)
    spells = basis.pandas("spells").sort_values("begin")
    assert spells["hulpvorm"].tolist() == ["02", "11"]
    assert spells["eind"].dt.strftime("%Y%m%d").fillna("").tolist() == ["20240930", ""]
    assert spells["reden_beeindiging"].fillna("").tolist() == ["31", ""]
    assert spells["verwijzer"].tolist() == ["02", "04"]
    assert sorted(basis.pandas("personen")["geboortejaar"]) == [2010, 2012]
    assert basis.pandas("maatregelen")[["type", "machtiging_type"]].values.tolist() == [["11", "72"]]
    nummers = set(spells["toewijzingnummer"])
    assert len(nummers) == 2
    assert not any(bsn[:8] in nummer for bsn in BSN for nummer in nummers)
    assert {"blokkerend"} & set(_van(basis)["ernst"]) == set()


def test_cbs_zonder_aanbieder_in_de_naam_wordt_niet_gelezen(tmp_path: Path) -> None:
    kop = "BSN;Geboortedatum;Geslacht;Verwijzer;Hulpvorm;Datum aanvang;Datum einde"
    (_map(tmp_path) / "jeugdhulp.csv").write_text(
        f"{kop}\n{BSN[0]};20120506;V;02;02;20240201;\n", encoding="utf-8"
    )
    (gevonden,) = _van(_lees(tmp_path)).query("code == 'LV32'").itertuples()
    assert "zonder aanbieder_agb" in gevonden.ontvangen


# BIDN Ketendata: a guess, and it says so


def test_bidn_ketendata_als_gok(tmp_path: Path) -> None:
    map_ = _map(tmp_path)
    (map_ / "ketendata_301.csv").write_text(
        "Berichttype;Bsn;Geboortejaar;Geslacht;BeschikkingNummer;ToewijzingNummer;Aanbieder;ProductCategorie;ProductCode;"
        "Toewijzingsdatum;Toewijzingstijd;Ingangsdatum;Einddatum;RedenWijziging;ReferentieAanbieder\n"
        f"JW301;{BSN[0]};2012;2;1;77;98980001;45;45A48;2024-01-15;10:00:00;2024-02-01;;;\n",
        encoding="utf-8",
    )
    (map_ / "ketendata_regie.csv").write_text(
        "Berichttype;ToewijzingNummer;Begindatum;Einddatum;RedenBeeindiging;StatusAanlevering;Dagtekening\n"
        "JW305;77;2024-02-05;;;1;2024-02-06\nJW307;77;2024-02-05;2024-08-01;31;1;2024-08-02\n",
        encoding="utf-8",
    )
    basis = _lees(tmp_path)
    (spell,) = basis.pandas("spells").to_dict("records")
    assert (str(spell["begin"])[:10], str(spell["eind"])[:10]) == ("2024-02-05", "2024-08-01")
    assert set(_van(basis).query("code == 'LV30'")["ontvangen"]) == {
        "bidn_ketendata (gok): clienten, toewijzingen",
        "bidn_ketendata (gok): leveringen",
    }


# JSON


def _aanvraag(regeling: str, nummer: str) -> dict[str, object]:
    toewijzing = {
        "toewijzingNummer": nummer,
        "toewijzingsDatumTijd": "2024-01-15T10:00:00",
        "ingangsdatum": "2024-02-01",
        "leveringen": [{"begindatum": "2024-02-05", "einddatum": None, "redenBeeindiging": None}],
    }
    product = {
        "product": {"productCode": "45A48"},
        "productCategorie": {"code": "45"},
        "toegewezenProduct": {"leverancier": {"agbcode": "98980001"}, "toewijzingen": [toewijzing]},
    }
    return {
        "burgerservicenummer": BSN[0],
        "persoon": {"geboortedatum": "2012-05-06", "geslacht": "vrouw"},
        "regeling": {"identificatie": regeling},
        "beschikking": {"beschikkingNummer": 1, "beschikteProducten": [product]},
    }


def test_zorgned_houdt_wetten_uit_elkaar(tmp_path: Path) -> None:
    """Only aanvragen of a known law count; another regulation is told and left out."""
    inhoud = {"_embedded": {"aanvraag": [_aanvraag("JW", "1"), _aanvraag("WMO", "2"), _aanvraag("AV", "3")]}}
    (_map(tmp_path) / "z.json").write_text(json.dumps(inhoud), encoding="utf-8")
    basis = _lees(tmp_path)
    t = basis.pandas("toewijzingen").sort_values("toewijzingnummer")
    assert t[["toewijzingnummer", "domein"]].values.tolist() == [["1", "Jw"], ["2", "Wmo"]]
    (rij,) = _van(basis).query("code == 'LV36'").itertuples()
    assert (rij.plek, rij.aantal) == ("kolom regeling.identificatie", 1)
    telling = basis.pandas("telling").set_index("tabel").loc["toewijzingen"]
    assert (telling["gelezen"], telling["gebruikt"], telling["opzij"]) == (3, 2, 1)


@pytest.mark.parametrize("inhoud", [b"{", b"[]", b"[" * 100_000, b'{"a": 1}', b"\xff\xfe{"])
def test_json_dat_niet_deugt_is_een_bevinding(tmp_path: Path, inhoud: bytes) -> None:
    (_map(tmp_path) / "z.json").write_bytes(inhoud)
    assert {"LV02", "LV04"} <= set(_van(_lees(tmp_path))["code"])


# Proposal


def test_voorstel_is_een_vertaling_die_werkt(tmp_path: Path) -> None:
    kit, map_ = _kit(tmp_path), _map(tmp_path)
    kop = KOP.replace("Toewijzingsnr;", "Toewijzingsnumer;").replace("AGB-code;", "AGB-kode;")
    (map_ / "lijst.csv").write_text(f"{kop};Budget;Kenmerk X\n{RIJ};1.234,50;1\n", encoding="utf-8")
    voorstel = stel_voor(tmp_path / "in", params=Params(kit))
    assert "Toewijzingsnumer -> toewijzingnummer (lijkt erop, controleer dit)" in voorstel.tekst
    assert "Niet geplaatst: Kenmerk X." in voorstel.tekst
    assert str(voorstel) == voorstel.tekst
    (kit / "params" / "leveringen" / "voorstel.yaml").write_text(voorstel.yaml, encoding="utf-8")
    basis = _lees(tmp_path, kit)
    assert basis.pandas("toewijzingen")[["toewijzingnummer", "budget_cent"]].values.tolist() == [["77", 123450]]
    assert basis.pandas("personen")[["geboortejaar", "geslacht"]].values.tolist() == [[2012, "2"]]


def test_voorstel_zegt_wat_er_niet_is(tmp_path: Path) -> None:
    map_ = _map(tmp_path)
    (map_ / "lijst.csv").write_text("Toewijzingsnr;BSN;Ingangsdatum\n1;2;3\n", encoding="utf-8")
    (map_ / "vreemd.csv").write_text("Klant,Zorgsoort\n1,2\n", encoding="utf-8")
    (map_ / "clienten.csv").write_text("client_id;geboortejaar;geslacht\n1;2012;1\n", encoding="utf-8")
    voorstel = stel_voor(map_, params=Params(WORTEL))
    assert "Nodig en niet gevonden: aanbieder_agb" in voorstel.tekst.replace("toewijzingsdatum, ", "")
    assert "vreemd.csv\n  Geen enkele bekende kolom" in voorstel.tekst
    assert "Herkend als" in voorstel.tekst or "afgesproken kolommen" in voorstel.tekst


def test_voorstel_voor_een_lege_map(tmp_path: Path) -> None:
    with pytest.raises(LeveringFout, match="geen export"):
        stel_voor(tmp_path, params=Params(WORTEL))
