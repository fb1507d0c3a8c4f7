"""Document nodes: what an object is, in JSON, before it is HTML, PDF or text.

A node is a dict with `soort` (figuur, tabel, boodschappen, kaartjes, kader, tekst) and only text, lists and
truth values below it, so that a notebook can carry it (`application/vnd.analyse+json`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import pandas as pd

from analyse.kern import codes
from analyse.kern.fouten import ParameterFout
from analyse.kern.resultaat import csv_tekst
from analyse.kern.schema import RESULTAAT
from analyse.weergave import opmaak

MIME = "application/vnd.analyse+json"
Knoop = dict[str, Any]

GEEN_RIJEN = "Geen rijen om te tonen"

_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_LOS_GETAL = r"[−+-]?(?:€\s)?\d[\d.,]*(?:%|\s(?:dag|dagen|per\s1\.000))?\*?"
_GETAL = re.compile(rf"{_LOS_GETAL}(?:\stot\s{_LOS_GETAL})?|[.–-]|n\.b\.")


def goede_id(id_: str) -> str:
    """The id, when it can be an anchor and a file name; raises ParameterFout else."""
    if _ID.fullmatch(id_):
        return id_
    raise ParameterFout(
        "Een id bestaat uit kleine letters, cijfers en streepjes en begint met een letter.",
        ontvangen=repr(id_),
        doe='Schrijf bijvoorbeeld "instroom-reeks".',
    )


def cel_tekst(waarde: Any) -> str:  # noqa: ANN401 - a cell of any frame
    """Any cell as Dutch text; text stays as it is."""
    if isinstance(waarde, str):
        return waarde
    if isinstance(waarde, list | tuple | dict | set):
        return str(waarde)
    if opmaak.ontbreekt(waarde):
        return ""
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if isinstance(waarde, date):
        return opmaak.datum(waarde)
    if hasattr(waarde, "__float__"):
        return opmaak.getal(waarde, 0 if float(waarde).is_integer() else 1)
    return str(waarde)


def cellen(tabel: pd.DataFrame) -> tuple[list[dict[str, Any]], list[list[str]]]:
    """Columns (name, whether aligned right) and rows of text; the first column is never aligned right.

    An empty table says so in its one row: a header without cells is a riddle to a screen reader.
    """
    if tabel.empty:
        tabel = pd.DataFrame([[GEEN_RIJEN, *[""] * (tabel.shape[1] - 1)]], columns=list(tabel.columns) or [""])
    rijen = [[cel_tekst(waarde) for waarde in rij] for rij in tabel.itertuples(index=False, name=None)]
    kolommen = [
        {"naam": str(naam), "rechts": i > 0 and is_getallen([rij[i] for rij in rijen])}
        for i, naam in enumerate(tabel.columns)
    ]
    return kolommen, rijen


def is_getallen(teksten: Sequence[str]) -> bool:
    """Whether a column holds only figures (and signs for absent ones), at least one."""
    gevuld = [tekst.strip() for tekst in teksten if tekst.strip()]
    return bool(gevuld) and all(_GETAL.fullmatch(tekst) for tekst in gevuld)


def gegevens_csv(data: pd.DataFrame) -> str:
    """Rows of the result table as CSV with a `…_naam` column beside every code; extra columns stay."""
    uit = data.copy()
    for kolom, namen in codes.NAMEN.items():
        if kolom in uit.columns and f"{kolom}_naam" not in uit.columns:
            uit[f"{kolom}_naam"] = [namen.get(str(code), _gewone_naam(code)) for code in uit[kolom]]
    return csv_tekst(uit[_volgorde(uit.columns)])


def _gewone_naam(code: object) -> str:
    return {codes.TOTAAL: "Totaal", codes.ONBEKEND: "Onbekend"}.get(str(code), str(code))


def _volgorde(kolommen: Iterable[str]) -> list[str]:
    """The columns of the result table, each followed by its name; other columns behind them."""
    aanwezig = list(kolommen)
    vast = [k for kolom in RESULTAAT for k in (kolom, f"{kolom}_naam") if k in aanwezig]
    return [*vast, *(k for k in aanwezig if k not in vast)]
