"""A table of few rows with much text is taller than a page: it must go on, not run off the paper."""

from __future__ import annotations

import io

import pandas as pd
import pikepdf
from nbformat.v4 import new_notebook
from voorbeeldrapport import cel
from zetten import werkplaats

from analyse.rapport.pdf import _hoogte
from analyse.weergave import Tabel


def test_een_hoge_tabel_gaat_verder_op_de_volgende_bladzijde() -> None:
    zin = (
        "Het startbericht kwam meer dan vijf werkdagen na het begin van de hulp. Bespreek dat met de aanbieder. "
        * 5
    )
    rijen = pd.DataFrame([[f"Bevinding {n}", zin, zin] for n in range(16)], columns=["Code", "Regel", "Advies"])
    nb = new_notebook(cells=[cel(Tabel(id="hoog", titel="Hoog", tabel=rijen))])
    with werkplaats() as zet, pikepdf.open(io.BytesIO(zet.notebooks(nb)[0])) as pdf:
        kort = new_notebook(cells=[cel(Tabel(id="laag", titel="Laag", tabel=rijen.assign(Regel="", Advies="")))])
        with pikepdf.open(io.BytesIO(zet.notebooks(kort)[0])) as laag:
            assert len(pdf.pages) >= len(laag.pages) + 2  # in one block it would be one page


def test_hoogte_telt_regels_in_de_hoogste_cel() -> None:
    assert _hoogte([["a", "b"], ["a", "b"]], [5.0, 5.0], 10.0) == 2 * 13.5 + 2 * 9
    assert _hoogte([["a", "breed " * 20]], [5.0, 5.0], 10.0) > 100
