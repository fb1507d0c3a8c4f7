"""An analyst runs one chapter with stock papermill."""

from __future__ import annotations

import os
import subprocess
import sys

import nbformat
import pytest

pytestmark = [pytest.mark.traag, pytest.mark.xdist_group("keten")]


def papermill(kit, *argumenten):
    omgeving = os.environ | {"ANALYSE_MAP": str(kit.map)}
    opdracht = [sys.executable, "-m", "papermill", "--no-progress-bar", *map(str, argumenten)]
    return subprocess.run(opdracht, env=omgeving, cwd=kit.map, capture_output=True, text=True, check=False)


def test_een_hoofdstuk_draait_met_gewone_papermill(kit, tmp_path):
    uit = tmp_path / "uit.ipynb"
    klaar = papermill(kit, "notebooks/instroom.ipynb", uit, "-p", "gebied", "GM0200", "-p", "editie", "2025-H2")
    assert klaar.returncode == 0, klaar.stderr
    soorten = {s for cel in nbformat.read(uit, 4).cells for o in cel.get("outputs", []) for s in o.get("data", {})}
    assert "application/vnd.analyse+json" in soorten


def test_een_verkeerd_gebied_noemt_het_bekende(kit, tmp_path):
    klaar = papermill(kit, "notebooks/instroom.ipynb", tmp_path / "uit.ipynb", "-p", "gebied", "0200")
    assert klaar.returncode != 0
    assert "GM0200" in klaar.stderr


def test_onze_motor_weigert_een_onbekende_parameter(kit, tmp_path):
    klaar = papermill(
        kit, "notebooks/instroom.ipynb", tmp_path / "u.ipynb", "--engine", "analyse", "-p", "gebiet", "X"
    )
    assert klaar.returncode != 0
    assert "gebied" in klaar.stderr
