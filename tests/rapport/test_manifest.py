"""The manifest: contents and not places, and a report is up to date only when its files are still those."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from proef import MaakOpdracht, rapport

from analyse.rapport import Mislukking, Uitslag, manifest

CEL = {"gebruik": ["# Gebruik", "1"]}


def test_afdruk_hangt_af_van_de_inhoud(maak_opdracht: MaakOpdracht) -> None:
    opdracht = maak_opdracht(CEL)
    een, regio = opdracht.stukken
    basis = manifest.afdruk(opdracht, een)
    assert manifest.afdruk(opdracht, een) == basis
    assert manifest.afdruk(opdracht, regio) != basis
    for anders in (
        replace(opdracht, invoer={"basis": "x"}),
        replace(opdracht, editie="2025-H1"),
        replace(opdracht, rapporten=(rapport("gebruik", naam="anders"),)),
    ):
        assert manifest.afdruk(anders, anders.stukken[0]) != basis


def test_afdruk_hangt_niet_af_van_de_plek(maak_opdracht: MaakOpdracht, tmp_path: Path) -> None:
    opdracht = maak_opdracht(CEL)
    kopie = tmp_path / "elders"
    kopie.mkdir()
    (kopie / "gebruik.ipynb").write_bytes(opdracht.bron("gebruik").read_bytes())
    elders = replace(opdracht, notebooks=kopie, wortel=kopie, uit=kopie / "uit", parallel=7)
    assert manifest.afdruk(elders, elders.stukken[0]) == manifest.afdruk(opdracht, opdracht.stukken[0])


def test_actueel_alleen_als_de_bestanden_kloppen(maak_opdracht: MaakOpdracht) -> None:
    opdracht = maak_opdracht(CEL)
    stuk = opdracht.stukken[0]
    pad = opdracht.uit / stuk.sleutel / "rapport.html"
    pad.parent.mkdir(parents=True)
    pad.write_text("rapport")
    vermelding = manifest.vermeld(Uitslag(stuk=stuk, status="gemaakt"), "afdruk", uit=opdracht.uit)
    assert [bestand["pad"] for bestand in vermelding["bestanden"]] == ["GM0200/rapport.html"]
    assert manifest.actueel(vermelding, "afdruk", uit=opdracht.uit)
    assert not manifest.actueel(vermelding, "anders", uit=opdracht.uit)
    assert not manifest.actueel(None, "afdruk", uit=opdracht.uit)
    pad.write_text("rappord")
    assert not manifest.actueel(vermelding, "afdruk", uit=opdracht.uit)
    pad.unlink()
    assert not manifest.actueel(vermelding, "afdruk", uit=opdracht.uit)


def test_een_mislukt_rapport_is_nooit_actueel(maak_opdracht: MaakOpdracht) -> None:
    opdracht = maak_opdracht(CEL)
    fout = Mislukking(hoofdstuk="gebruik", cel="Kop", melding="Kapot.", spoor="Traceback")
    uitslag = Uitslag(stuk=opdracht.stukken[0], status="mislukt", fout=fout)
    vermelding = manifest.vermeld(uitslag, "afdruk", uit=opdracht.uit)
    assert vermelding["fout"] == {"hoofdstuk": "gebruik", "cel": "Kop", "melding": "Kapot."}
    assert not manifest.actueel(vermelding, "afdruk", uit=opdracht.uit)


def test_manifest_noemt_geen_plek_en_geen_tijd(maak_opdracht: MaakOpdracht, tmp_path: Path) -> None:
    opdracht = maak_opdracht(CEL, invoer={"vrijgave": "abc"})
    manifest.schrijf(opdracht, [])
    tekst = (opdracht.uit / "manifest.json").read_text()
    inhoud = json.loads(tekst)
    assert str(tmp_path) not in tekst
    assert set(inhoud) == {"editie", "invoer", "code", "notebooks", "versies", "rapporten"}
    assert inhoud["invoer"] == {"vrijgave": "abc"}
    assert set(inhoud["notebooks"]) == {"gebruik.ipynb"}
    assert inhoud["versies"]["papermill"] != ""


def test_onleesbaar_manifest_telt_als_geen(tmp_path: Path) -> None:
    assert manifest.lees(tmp_path) == {}
    (tmp_path / "manifest.json").write_text("{kapot")
    assert manifest.lees(tmp_path) == {}
    (tmp_path / "manifest.json").write_text('{"rapporten": [{"zonder": "sleutel"}]}')
    assert manifest.lees(tmp_path) == {}
