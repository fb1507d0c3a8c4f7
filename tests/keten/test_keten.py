"""The whole chain on the demo region, through the command line: what a reader must be able to rely on."""

from __future__ import annotations

import json
import shutil
import subprocess

import pandas as pd
import pytest

from analyse.demo import DEMO_NAMEN, bsn_reeks
from analyse.kern.schema import RESULTAAT
from analyse.params import Params

pytestmark = [pytest.mark.traag, pytest.mark.xdist_group("keten")]
GEBIEDEN = ("REGIO", *Params.open().regio.codes)


def bytes_van(map_):
    return {pad.relative_to(map_).as_posix(): pad.read_bytes() for pad in sorted(map_.rglob("*")) if pad.is_file()}


@pytest.mark.parametrize("gebied", GEBIEDEN)
def test_elk_gebied_heeft_html_pdf_en_tabellen(kit, gebied):
    map_ = kit.uit / gebied
    assert (map_ / "rapport.html").stat().st_size < 500_000
    assert (map_ / "rapport.pdf").read_bytes().startswith(b"%PDF-")
    assert len(list((map_ / "tabellen").glob("*.csv"))) >= 8


def test_de_index_noemt_alle_gebieden_en_het_manifest_alle_bestanden(kit):
    index = (kit.uit / "index.html").read_text(encoding="utf-8")
    assert all(f"{gebied}/rapport.html" in index for gebied in GEBIEDEN)
    manifest = json.dumps(json.loads((kit.uit / "manifest.json").read_text(encoding="utf-8")))
    assert all(f"{gebied}/rapport.pdf" in manifest for gebied in GEBIEDEN)
    assert str(kit.map) not in manifest


def test_geen_bsn_naam_of_vrije_tekst_van_de_demo_staat_in_de_uitvoer(kit):
    """Searched in the bytes as they are, and in the text of the PDFs."""
    persoonlijk = [naam.encode() for naam in DEMO_NAMEN] + [bsn.encode() for bsn in bsn_reeks()]
    for naam, inhoud in bytes_van(kit.uit).items():
        tekst = inhoud + (pdf_tekst(kit.uit / naam) if naam.endswith(".pdf") else b"")
        assert not [stuk for stuk in persoonlijk if stuk in tekst], naam


def pdf_tekst(pad):
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext (poppler-utils) is niet aanwezig")
    return subprocess.run(["pdftotext", str(pad), "-"], capture_output=True, check=True).stdout


def test_na_hop_1_is_er_geen_bsn_of_naam_meer(kit):
    """The work folder is INTERN, but even there a person is only a pseudonym."""
    for pad in (kit.map / "data" / "werk" / "2025-H2" / "basis").glob("*.parquet"):
        tabel = pd.read_parquet(pad)
        teksten = {
            str(x) for kolom in tabel.select_dtypes(["object", "string"]) for x in tabel[kolom].dropna().unique()
        }
        assert not teksten & set(bsn_reeks()), pad.name
        assert not [naam for naam in DEMO_NAMEN if any(naam in tekst for tekst in teksten)], pad.name


def test_html_haalt_niets_van_buiten(kit):
    for pad in kit.uit.rglob("*.html"):
        assert b"http" not in pad.read_bytes(), pad.name


def test_een_tweede_keer_wordt_alles_overgeslagen(kit):
    voor = bytes_van(kit.uit)
    klaar = kit.doe("rapport")
    assert klaar.returncode == 0
    assert "9 overgeslagen" in klaar.stderr
    assert bytes_van(kit.uit) == voor


def test_een_nieuwe_kit_geeft_dezelfde_bytes(kit, nieuwe_kit, demo_xml):
    ander = nieuwe_kit()
    shutil.copytree(demo_xml, ander.map / "data" / "demo", dirs_exist_ok=True)
    assert ander.doe("rapport", "--gebied", "GM0244", "REGIO").returncode == 0
    for gebied in ("GM0244", "REGIO"):
        assert bytes_van(ander.uit / gebied) == bytes_van(kit.uit / gebied)


def test_berichten_en_tabellen_geven_dezelfde_meting(kit, demo_xml, demo_tabel, tmp_path):
    metingen = []
    for levering in (demo_xml, demo_tabel):
        uit = tmp_path / f"{levering.name}.csv"
        assert kit.doe("meten", "--leveringen", levering, "--uit", uit).returncode == 0
        metingen.append(uit.read_text(encoding="utf-8"))
    assert metingen[0] == metingen[1]
    assert metingen[0].splitlines()[0] == ";".join(RESULTAAT)
    assert {"2019-H1", "2025-H2"} <= set(pd.read_csv(uit, sep=";", dtype=str)["periode"])


def test_verborgen_is_leeg_en_nooit_nul_in_elke_csv(kit):
    verborgen = 0
    for pad in kit.uit.rglob("tabellen/*.csv"):
        tabel = pd.read_csv(pad, sep=";", dtype=str, keep_default_na=False)
        if "status" in tabel:
            rijen = tabel[tabel["status"].eq("verborgen")]
            verborgen += len(rijen)
            assert rijen["waarde"].eq("").all(), pad.name
    assert verborgen > 0


def test_een_onbekend_gebied_noemt_het_bekende(kit):
    klaar = kit.doe("rapport", "--gebied", "GM0201")
    assert klaar.returncode == 12
    assert "Bedoelde u" in klaar.stderr


def test_zonder_leveringen_is_de_fout_te_begrijpen(kit, tmp_path):
    klaar = kit.doe("controleer", "--leveringen", tmp_path / "nergens")
    assert klaar.returncode == 11
    assert "Traceback" not in klaar.stderr
    assert "Wat u kunt doen" in klaar.stderr


def test_een_mislukt_gebied_houdt_de_andere_niet_tegen(nieuwe_kit, demo_xml):
    stuk = nieuwe_kit()
    shutil.copytree(demo_xml, stuk.map / "data" / "demo", dirs_exist_ok=True)
    notebook = stuk.map / "notebooks" / "instroom.ipynb"
    inhoud = json.loads(notebook.read_text(encoding="utf-8"))
    cel = next(c for c in inhoud["cells"] if c["cell_type"] == "code" and "Editie" in "".join(c["source"]))
    cel["source"] = [*cel["source"], "\nassert gebied != 'GM0213', 'dit gaat mis'"]
    notebook.write_text(json.dumps(inhoud), encoding="utf-8")
    klaar = stuk.doe("rapport", "--gebied", "GM0213", "GM0244")
    assert klaar.returncode == 13
    assert "Brummen" in klaar.stderr
    assert "dit gaat mis" in klaar.stderr
    assert not (stuk.uit / "GM0213" / "rapport.html").exists()
    assert (stuk.uit / "GM0244" / "rapport.html").exists()
    assert "mislukt" in (stuk.uit / "index.html").read_text(encoding="utf-8")
