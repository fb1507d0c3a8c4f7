"""Findings as readers may see them."""

from __future__ import annotations

import pandas as pd

from analyse.params import Drempels
from analyse.vrijgave.kwaliteit import KOLOMMEN, geef_kwaliteit_vrij
from vrijgave.hulp import GEEN_BEVINDINGEN


def _bevinding(aantal, plek, gebied="GM0200", code="V01"):
    return {
        "code": code,
        "ernst": "waarschuwing",
        "gebied": gebied,
        "bestand": "berichten.zip",
        "plek": plek,
        "regel": "De einddatum ligt voor de begindatum.",
        "ontvangen": "20*****31",
        "doe": "Controleer de datums.",
        "aantal": aantal,
    }


def test_per_gebied_en_code_zonder_plek():
    bron = pd.DataFrame([_bevinding(7, "rij 3"), _bevinding(6, "rij 9"), _bevinding(9, "rij 1", gebied="GM0213")])
    tabel = geef_kwaliteit_vrij(bron, Drempels())
    assert tuple(tabel.columns) == KOLOMMEN
    assert tabel["gebied"].tolist() == ["GM0200", "GM0213"]
    assert tabel["aantal"].tolist() == [15, pd.NA]
    assert "20*****31" not in tabel.to_csv()


def test_een_reeks_van_grens_gevallen():
    bron = pd.DataFrame([_bevinding(n, "rij 1", code=f"V{n:02d}") for n in (9, 10, 11)])
    assert geef_kwaliteit_vrij(bron, Drempels())["aantal"].isna().tolist() == [True, False, False]


def test_zonder_bevindingen_een_lege_tabel():
    tabel = geef_kwaliteit_vrij(GEEN_BEVINDINGEN, Drempels())
    assert tuple(tabel.columns) == KOLOMMEN
    assert tabel.empty
