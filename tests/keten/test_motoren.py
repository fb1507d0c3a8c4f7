"""A real chapter under our engine and under a kernel: the same bytes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from analyse.editie import GECONTROLEERD

pytestmark = [pytest.mark.traag, pytest.mark.xdist_group("keten")]
PROGRAMMA = Path(__file__).parents[1] / "rapport" / "beide_motoren.py"


def bestanden(map_: Path) -> dict[str, bytes]:
    return {pad.relative_to(map_).as_posix(): pad.read_bytes() for pad in sorted(map_.rglob("*")) if pad.is_file()}


def test_een_hoofdstuk_geeft_dezelfde_bytes(kit):
    omgeving = os.environ | {"ANALYSE_MAP": str(kit.map), GECONTROLEERD: "2025-H2"}
    roep = [sys.executable, str(PROGRAMMA), str(kit.map), "gebruik"]
    klaar = subprocess.run(roep, env=omgeving, capture_output=True, text=True, check=False)
    assert klaar.returncode == 0, klaar.stdout + klaar.stderr
    eigen, stock = (bestanden(kit.map / motor / "GM0200") for motor in ("analyse", "stock"))
    assert len(eigen) > 4
    assert eigen == stock
