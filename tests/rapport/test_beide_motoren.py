"""Our engine and a kernel under nbclient: the same HTML, PDF and CSV to the byte."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import nbformat
from proef import notebook

FIGUUR = """
import pandas as pd
from analyse.kern.resultaat import orden
from analyse.weergave import Figuur, Tabel, grafiek
rijen = pd.DataFrame({"periode": ["2024-H1", "2024-H2", "2025-H1", "2025-H2"], "waarde": [1, 4, 2, 8.5]})
data = orden(rijen.assign(indicator="x", gebied=gebied, hulpvorm="02", status="definitief"))
lijn = grafiek.lijn(rijen.assign(reeks=gebied), eenheid="aantal")
Figuur(id="een-reeks", titel="Het wordt meer", ondertitel="Trajecten", bron="Verzonnen", data=data, grafiek=lijn)
"""
TABEL = "Tabel(id='een-tabel', titel='Alles', tabel=rijen.astype(str), data=data)"
HOOFDSTUK = ("# Een\n\nTekst met *nadruk*.", FIGUUR.strip(), "## Tabel", TABEL, "print('los'); rijen.head(2)")


def _bestanden(map_: Path) -> dict[str, bytes]:
    return {pad.relative_to(map_).as_posix(): pad.read_bytes() for pad in sorted(map_.rglob("*")) if pad.is_file()}


def test_zelfde_bytes(tmp_path: Path) -> None:
    (tmp_path / "notebooks").mkdir()
    nbformat.write(notebook(*HOOFDSTUK), tmp_path / "notebooks" / "een.ipynb")
    programma = [sys.executable, str(Path(__file__).with_name("beide_motoren.py")), str(tmp_path), "een"]
    klaar = subprocess.run(programma, capture_output=True, text=True, check=False)
    assert klaar.returncode == 0, klaar.stdout + klaar.stderr
    eigen, stock = (_bestanden(tmp_path / motor / "GM0200") for motor in ("analyse", "stock"))
    assert sorted(eigen) == ["rapport.html", "rapport.pdf", "tabellen/een-reeks.csv", "tabellen/een-tabel.csv"]
    assert eigen == stock
    assert b"Het wordt meer" in eigen["rapport.html"]
    kop = eigen["tabellen/een-reeks.csv"].decode().splitlines()[0].split(";")
    assert kop[: kop.index("hulpvorm") + 2] == ["indicator", "gebied", "periode", "hulpvorm", "hulpvorm_naam"]
