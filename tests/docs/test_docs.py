"""What docs/ and README say is what the code does."""

import re
import shlex

import pytest

from analyse.cli import lezer
from analyse.uitleg import kolommen_tabel
from analyse.params import zoek_wortel

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
