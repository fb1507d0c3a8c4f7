"""Evaluates the rule table: first what must go aside, later everything that must be told.

Each view is scanned once for all its rules; only rules that hit something are looked at row by row. A finding
names file and place; past `MAX_PLEKKEN` per rule and file the rest is one line, so that a broken export gives a
report and not a second export.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

import ibis
import ibis.expr.types as ir
import pandas as pd

from analyse.inname.levering import Bestand
from analyse.inname.meldingen import veilig, vorm
from analyse.inname.regels import Regel
from analyse.inname.werk import Werk
from analyse.kern.codes import REGIO
from analyse.kern.fouten import Bevinding

MAX_PLEKKEN = 25
_PLEK = {"bron": "int32", "bericht_nr": "int32", "nr": "int32", "toewijzingnummer": "string"}


def zet_opzij(t: ir.Table, regels: Iterable[Regel]) -> ir.Table:
    """Adds `regel`: the id of the first rule that takes the row out, empty when it can be used."""
    gevallen = [(regel.geldt(t), regel.id) for regel in regels if regel.opzij]
    return t.mutate(regel=ibis.cases(*gevallen) if gevallen else ibis.null("string"))


def toets(werk: Werk, regels: Sequence[Regel], bestanden: Sequence[Bestand]) -> list[Bevinding]:
    """Every finding of the rule table, in the order of the table, then gemeente, file and place."""
    geteld = _telling(werk, regels)
    return [b for regel in regels if geteld[regel] for b in _bevindingen(werk, regel, bestanden)]


def _telling(werk: Werk, regels: Sequence[Regel]) -> dict[Regel, int]:
    geteld: dict[Regel, int] = {}
    for zicht, groep in groupby(sorted(regels, key=lambda r: r.zicht), key=lambda r: r.zicht):
        lijst = list(groep)
        t = werk[zicht]
        sommen = {f"r{i}": regel.geldt(t).fill_null(False).sum() for i, regel in enumerate(lijst)}
        rij = t.aggregate(**sommen).to_pyarrow().to_pylist()[0]
        geteld |= {regel: int(rij[f"r{i}"] or 0) for i, regel in enumerate(lijst)}
    return geteld


def _bevindingen(werk: Werk, regel: Regel, bestanden: Sequence[Bestand]) -> list[Bevinding]:
    t = werk[regel.zicht]
    t = t.filter(regel.geldt(t))
    leeg = {naam: ibis.null(soort) for naam, soort in _PLEK.items() if naam not in t.columns}
    t = t.mutate(**leeg, waarde=t[regel.toon].cast("string") if regel.toon else ibis.null("string"))
    orde = [ibis.asc(k) for k in ("bron", "bericht_nr", "nr", "toewijzingnummer")]
    per_bestand = ibis.window(group_by=["gemeente", "bron"])
    t = t.mutate(
        volgorde=ibis.row_number().over(ibis.window(group_by=["gemeente", "bron"], order_by=orde)),
        totaal=t.count().over(per_bestand),
    )
    t = t.filter(t.volgorde < MAX_PLEKKEN).select("gemeente", *_PLEK, "waarde", "volgorde", "totaal")
    berichten = werk["berichten"].select("bron", "bericht_nr", bericht_naam="naam")
    t = t.left_join(berichten, ["bron", "bericht_nr"]).select(*t.columns, "bericht_naam")
    rijen = t.order_by(["gemeente", "bron", "volgorde"]).to_pandas()
    return [_een(regel, rij, bestanden) for rij in rijen.to_dict("records")] + _rest(regel, rijen, bestanden)


def _een(regel: Regel, rij: dict, bestanden: Sequence[Bestand]) -> Bevinding:
    waarde = "" if pd.isna(rij["waarde"]) else str(rij["waarde"])
    getoond = waarde if regel.rauw or _is_code(waarde) else vorm(waarde)
    return _maak(regel, rij, bestanden, plek=_plek(rij), ontvangen=getoond, aantal=1)


def _is_code(waarde: str) -> bool:
    """Short enough to be a code and nobody's name."""
    return len(waarde) <= 2 or (len(waarde) <= 5 and any(c.isdigit() for c in waarde))


def _rest(regel: Regel, rijen: pd.DataFrame, bestanden: Sequence[Bestand]) -> list[Bevinding]:
    veel = rijen[rijen["totaal"] > MAX_PLEKKEN].drop_duplicates(["gemeente", "bron"])
    return [
        _maak(regel, rij, bestanden, plek="overige plekken", ontvangen="", aantal=int(rij["totaal"]) - MAX_PLEKKEN)
        for rij in veel.to_dict("records")
    ]


def _maak(
    regel: Regel, rij: dict, bestanden: Sequence[Bestand], *, plek: str, ontvangen: str, aantal: int
) -> Bevinding:
    bestand = "" if pd.isna(rij["bron"]) else veilig(bestanden[int(rij["bron"])].naam)
    gebied = rij["gemeente"] if isinstance(rij["gemeente"], str) else REGIO
    return Bevinding(regel.id, regel.ernst, gebied, bestand, plek, regel.tekst, ontvangen, regel.doe, aantal)


def _plek(rij: dict) -> str:
    """'rij 12', 'JW305_0001.xml, onderdeel 2' or 'toewijzing 300201'."""
    if pd.isna(rij["nr"]):
        return "" if pd.isna(rij["toewijzingnummer"]) else f"toewijzing {rij['toewijzingnummer']}"
    if isinstance(rij["bericht_naam"], str):
        los = f"{rij['bericht_naam']}, " if rij["bericht_naam"] else ""
        return f"{los}onderdeel {int(rij['nr'])}"
    return f"rij {int(rij['nr'])}"
