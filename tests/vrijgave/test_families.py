"""The declaration of what is tied to what: complete, strict, and read as it says."""

from __future__ import annotations

import pytest

from analyse.kern.fouten import ParameterFout
from analyse.params import Params, lees_model
from analyse.vrijgave.families import Bron, Deel, Families, families_van
from vrijgave.kunst import WORTEL


def _lees(tmp_path, tekst):
    pad = tmp_path / "families.yaml"
    pad.write_text(tekst, encoding="utf-8")
    return lees_model(Families, pad)


def test_elk_gepubliceerd_cijfer_is_verklaard():
    params = Params.open(WORTEL)
    assert families_van(params).onbekend(params.kaarten) == []


def test_wat_niet_is_verklaard_krijgt_de_strengste_lezing():
    families = Families()
    cijfer = families.cijfer("nieuw.aandeel", "procent")
    assert (cijfer.soort, cijfer.teller.grootheid, cijfer.noemer.grootheid) == (
        "aandeel",
        "nieuw.aandeel",
        "nieuw.aandeel/noemer",
    )
    assert families.cijfer("nieuw.cijfer", "cijfer").soort == "maat"
    assert not families.grootheid("nieuw.aantal").uniek


def test_een_deel_van_een_som_is_een_deel_van_het_geheel(tmp_path):
    families = _lees(tmp_path, "sommen:\n  - {geheel: a, delen: [b, c]}\n")
    assert families.paren == tuple(Deel(deel=naam, geheel=Bron(grootheid="a")) for naam in ("b", "c"))


@pytest.mark.parametrize(
    ("tekst", "melding"),
    [
        ("grootheden:\n  a: {uniekk: ja}\n", "Sleutel 'grootheden.a.uniekk' bestaat niet"),
        ("grootheden:\n  a: {overlap: [hulpvrm]}\n", "dimensie 'hulpvrm' bestaat niet"),
        ("cijfers:\n  a: {soort: aantl}\n", "soort"),
        ("cijfers:\n  a: {soort: aantal, teller: {grootheid: b, vast: {verwijzr: '01'}}}\n", "verwijzr"),
        ("sommen:\n  - {geheel: a, delen: [b]}\n", "delen"),
    ],
)
def test_een_tikfout_wordt_gemeld(tmp_path, tekst, melding):
    with pytest.raises(ParameterFout) as fout:
        _lees(tmp_path, tekst)
    assert melding in str(fout.value)
    assert "families.yaml" in str(fout.value)
