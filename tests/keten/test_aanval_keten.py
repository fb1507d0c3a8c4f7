"""The attacker on the reports of the demo region, by the command line: nothing to find, and planted leaks."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace

import pytest

pytestmark = [pytest.mark.traag, pytest.mark.xdist_group("keten")]
VERBORGEN = re.compile(r"^(trajecten\.\w+;.*);;;;;;([^;]*);aantal;verborgen$", re.MULTILINE)
ALT = re.compile(r'(<svg[^>]*aria-label="Lijngrafiek[^"]*)"')
LEK = "GM0232"


@pytest.fixture
def lekke_kit(kit, tmp_path):
    """A copy of the kit with one report left, to break in its bytes."""
    kopie = replace(kit, map=tmp_path / "kit")
    shutil.copytree(kit.map, kopie.map)
    for map_ in kopie.uit.iterdir():
        if map_.is_dir() and map_.name != LEK:
            shutil.rmtree(map_)
    return kopie


def wijzig(pad, vorm, naar):
    """Replace the first match in a published file; it must be there."""
    tekst = pad.read_text(encoding="utf-8")
    nieuw = vorm.sub(naar, tekst, count=1)
    assert nieuw != tekst, vorm.pattern
    pad.write_text(nieuw, encoding="utf-8")


def test_een_verse_editie_verraadt_niets(kit):
    """Everything that was published, PDFs too."""
    klaar = kit.doe("controleer", "--aanval")
    assert klaar.returncode == 0, klaar.stdout
    assert "Aanval op de gepubliceerde bestanden van 2025-H2" in klaar.stdout
    assert "Gelezen: 9 rapporten, 9 PDF's" in klaar.stdout
    assert int(re.search(r"Aangevallen: (\d+) verborgen cellen", klaar.stdout)[1]) > 100
    assert "Er is niets gevonden: deze editie verraadt geen verborgen cijfer." in klaar.stdout


def test_een_lek_in_csv_of_beschrijving_wordt_genoemd(lekke_kit):
    """A figure behind a hidden row, and one in the description of a chart."""
    map_ = lekke_kit.uit / LEK
    csv = next(p for p in sorted((map_ / "tabellen").glob("*.csv")) if VERBORGEN.search(p.read_text("utf-8")))
    wijzig(csv, VERBORGEN, r"\1;7;;7;;;\2;aantal;verborgen")
    wijzig(map_ / "rapport.html", ALT, r'\1 Verborgen zijn 987654 jeugdigen."')
    klaar = lekke_kit.doe("controleer", "--aanval", "--zonder-pdf")
    assert klaar.returncode == 10, klaar.stdout + klaar.stderr
    assert re.search(rf"{LEK}/tabellen/{csv.name}: .* is verborgen, maar het getal staat erbij", klaar.stdout)
    assert re.search(rf"{LEK}/rapport\.html, .*\(alt\): 987654 in", klaar.stdout)
    assert "Publiceer deze editie niet" in klaar.stdout
