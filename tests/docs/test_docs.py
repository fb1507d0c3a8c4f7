"""What docs/ and README say is what the code does."""

import re
import shlex

import pytest

from analyse.cli import lezer
from analyse.params import Params, zoek_wortel
from analyse.uitleg import definities, kolommen_tabel

WORTEL = zoek_wortel()


def test_de_kolommen_in_de_docs_zijn_die_van_het_schema():
    assert kolommen_tabel() in (WORTEL / "docs" / "leveringen.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("bestand", ["README.md", *(f"docs/{pad.name}" for pad in (WORTEL / "docs").glob("*.md"))])
def test_elk_genoemd_analyse_commando_bestaat(bestand):
    tekst = (WORTEL / bestand).read_text(encoding="utf-8")
    for commando in re.findall(r"`analyse ([a-z][^`]*)`", tekst):
        lezer().parse_args(shlex.split(commando.replace("MAP", "map")))


@pytest.mark.parametrize("bestand", ["README.md", *(f"docs/{pad.name}" for pad in (WORTEL / "docs").glob("*.md"))])
def test_elke_verwijzing_naar_een_bestand_klopt(bestand):
    pad = WORTEL / bestand
    for doel in re.findall(r"\]\((?!http)([^)#]+)", pad.read_text(encoding="utf-8")):
        assert (pad.parent / doel).exists(), doel


def test_de_definities_in_de_docs_zijn_die_van_de_kaarten():
    verwacht = definities(Params.open())
    assert (WORTEL / "docs" / "definities.md").read_text(encoding="utf-8") == verwacht, "python -m analyse.uitleg"
