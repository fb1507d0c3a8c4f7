"""The same figures give the same release, whatever order Python happens to keep its sets in."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PROGRAMMA = """
import hashlib
from vrijgave.hulp import GEEN_BEVINDINGEN
from vrijgave.kunst import Kunst, maak_params
from analyse.kern.resultaat import csv_tekst
from analyse.vrijgave import geef_vrij
gemeenten = ("GM0200", "GM0213", "GM0244")
bron = Kunst(omvang=0.1, perioden=2, gemeenten=gemeenten, zaad=3).meting()
vrijgave = geef_vrij(bron, params=maak_params(gemeenten), basis_kwaliteit=GEEN_BEVINDINGEN)
print(hashlib.sha256(csv_tekst(vrijgave.tabel).encode()).hexdigest())
"""


def _som(zaad):
    omgeving = {**os.environ, "PYTHONHASHSEED": zaad, "PYTHONPATH": str(Path(__file__).parents[1])}
    uit = subprocess.run(
        [sys.executable, "-c", PROGRAMMA], env=omgeving, capture_output=True, text=True, check=True
    )
    return uit.stdout.strip()


def test_zelfde_bytes_bij_een_andere_volgorde_van_verzamelingen():
    een = _som("1")
    assert len(een) == 64
    assert een == _som("2")
