"""What was hidden and why: the audit file for who guards the gate, and counts per reason for who reads the report.

The audit is INTERN: it holds what was hidden. The explanation is counted over all gebieden and half-years together
and rounded, so that no single cell can be told from it; not even by which rule it is hidden, because that tells on
which side of the minimum it is. Corrections of the deliveries come with the findings, not from here.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from analyse.kern.bestanden import schrijf_bytes
from analyse.kern.resultaat import Vrijgave, csv_tekst
from analyse.kern.schema import SLEUTEL
from analyse.params import Params
from analyse.vrijgave.poort import Audit

KOLOMMEN = ("soort", "wat", "aantal")
# Rule of the gate to reason as it is told, in that order.
REDENEN = {
    "primair": "klein",
    "complement": "rest",
    "groep": "groep",
    "dominantie": "geld",
    "eerder verborgen": "eerder",
    "secundair": "dekking",
}
# What counts are rounded to, and below which nothing is told: far coarser than one cell.
STAP = 10


def audit_tabel(audit: Audit, params: Params) -> pd.DataFrame:
    """Every hidden figure: key, `regel`, the true measures, and what hiding it costs (`verlies`, `verlies_in`).

    The cost is the number of units (or euros) that nobody can read about any more: of a count itself, of a share
    its numerator, of a mean the number behind it.
    """
    tabel = audit.tabel.copy()
    eenheid = tabel["indicator"].map({naam: kaart.eenheid for naam, kaart in params.kaarten.items()})
    is_euro = eenheid.eq("euro")
    telling = tabel["teller"].fillna(tabel["noemer"])
    tabel["verlies"] = np.where(is_euro, tabel["waarde"].fillna(tabel["teller"]), telling)
    tabel["verlies_in"] = np.where(is_euro, "euro", "aantal")
    volgorde = [*SLEUTEL, "regel", "teller", "noemer", "waarde", "verlies", "verlies_in"]
    return tabel[volgorde].sort_values(list(SLEUTEL), kind="stable").reset_index(drop=True)


def schrijf_audit(audit: Audit, pad: Path, *, params: Params) -> None:
    """Write the audit beside the release (INTERN): Parquet, or CSV for a spreadsheet, by the ending of `pad`."""
    tabel = audit_tabel(audit, params)
    if pad.suffix == ".csv":
        schrijf_bytes(pad, csv_tekst(tabel).encode("utf-8"))
    else:
        schrijf_bytes(pad, tabel.to_parquet(index=False))


def maak_toelichting(audit: Audit, vrijgave: Vrijgave, *, samenvoegen: Sequence[str] = ()) -> pd.DataFrame:
    """The rows of `Vrijgave.toelichting`, columns `KOLOMMEN`.

    `soort` is `getoond`, `verborgen`, one of the values of `REDENEN`, or `samenvoegen`: what the gate proposes to
    merge (`wat`), in words without figures.
    """
    telling = audit.tabel["regel"].map(REDENEN).value_counts()
    getoond = int(vrijgave.tabel["status"].isin(("definitief", "voorlopig")).sum())
    rijen: list[tuple[str, str, float]] = [
        ("getoond", "", _grof(getoond)),
        ("verborgen", "", _grof(len(audit.tabel))),
        *((reden, "", _grof(int(telling.get(reden, 0)))) for reden in REDENEN.values()),
        *(("samenvoegen", tekst, np.nan) for tekst in samenvoegen),
    ]
    return pd.DataFrame(rijen, columns=list(KOLOMMEN)).astype({"soort": "str", "wat": "str", "aantal": "float64"})


def _grof(aantal: int) -> float:
    """Rounded to tens, halves up; null for a few, which could be one; 0 stays 0."""
    if 0 < aantal < STAP:
        return float("nan")
    return float((aantal + STAP // 2) // STAP * STAP)
