"""Evaluates the rule table: first what must go aside, later everything that must be told.

Each view is scanned once for all its rules; only rules that hit something are looked at row by row. Conditions are
Ibis expressions over a table that is known by its columns only, so they are compiled once per process. A finding
names file and place; past `MAX_PLEKKEN` per rule and file the rest is one line, so that a broken export gives a
report and not a second export.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import groupby
from typing import Any

import ibis
import ibis.expr.types as ir

from analyse.inname.levering import Bestand
from analyse.inname.meldingen import veilig, vorm
from analyse.inname.regels import Regel
from analyse.inname.werk import Schema, Werk
from analyse.kern.codes import REGIO
from analyse.kern.fouten import Bevinding

MAX_PLEKKEN = 25
_PLEK = ("bron", "bericht_nr", "nr", "toewijzingnummer")


def eerste_opzij(regels: Sequence[Regel], zicht: str, schema: Schema) -> str:
    """SQL for all columns of a view and `regel`: the first rule that takes the row out, null when none does."""
    return _opzijvraag(tuple(r for r in regels if r.zicht == zicht and r.opzij), zicht, schema)


@cache
def _opzijvraag(regels: tuple[Regel, ...], zicht: str, schema: Schema) -> str:
    t = ibis.table(dict(schema), name=f"getypeerd_{zicht}")
    gevallen = [(regel.geldt(t), regel.id) for regel in regels]
    return _sql(t.mutate(regel=ibis.cases(*gevallen) if gevallen else ibis.null("string")))


def toets(werk: Werk, regels: Sequence[Regel], bestanden: Sequence[Bestand]) -> list[Bevinding]:
    """Every finding of the rule table, in the order of the table, then gemeente, file and place."""
    schemas = werk.schemas()
    geteld: dict[Regel, int] = {}
    for zicht, groep in groupby(sorted(regels, key=lambda r: r.zicht), key=lambda r: r.zicht):
        lijst = tuple(groep)
        (rij,) = werk.rijen(_telvraag(lijst, zicht, schemas[zicht]))
        geteld |= {regel: rij[f"r{i}"] or 0 for i, regel in enumerate(lijst)}
    raak = [regel for regel in regels if geteld[regel]]
    return [b for regel in raak for b in _bevindingen(werk, regel, schemas[regel.zicht], bestanden)]


@cache
def _telvraag(regels: tuple[Regel, ...], zicht: str, schema: Schema) -> str:
    t = ibis.table(dict(schema), name=zicht)
    return _sql(t.aggregate(**{f"r{i}": regel.geldt(t).sum() for i, regel in enumerate(regels)}))


@cache
def _rijvraag(regel: Regel, schema: Schema) -> str:
    t = ibis.table(dict(schema), name=regel.zicht)
    waarde = t[regel.toon].cast("string") if regel.toon else ibis.null("string")
    plek = [t[k] if k in t.columns else ibis.null("int64").name(k) for k in _PLEK]
    return _sql(t.filter(regel.geldt(t)).select("gemeente", *plek, waarde.name("waarde")))


def _sql(uitdrukking: ir.Table) -> str:
    return str(ibis.to_sql(uitdrukking, dialect="duckdb"))


def _bevindingen(werk: Werk, regel: Regel, schema: Schema, bestanden: Sequence[Bestand]) -> list[Bevinding]:
    rijen = werk.rijen(f"""
        WITH raak AS (
            SELECT
                *,
                row_number() OVER (bestand ORDER BY bericht_nr, nr, toewijzingnummer) AS volgorde,
                count(*) OVER bestand AS totaal
            FROM ({_rijvraag(regel, schema)})
            WINDOW bestand AS (PARTITION BY gemeente, bron)
        )
        SELECT raak.*, b.naam AS bericht
        FROM raak LEFT JOIN berichten b USING (bron, bericht_nr)
        WHERE volgorde <= {MAX_PLEKKEN}
        ORDER BY gemeente, bron, volgorde
    """)
    gevonden = [_maak(regel, rij, bestanden, _plek(rij), _toon(regel, rij["waarde"]), 1) for rij in rijen]
    vol = [rij for rij in rijen if rij["volgorde"] == 1 and rij["totaal"] > MAX_PLEKKEN]
    rest = [_maak(regel, rij, bestanden, "overige plekken", "", rij["totaal"] - MAX_PLEKKEN) for rij in vol]
    return gevonden + rest


def _toon(regel: Regel, waarde: str | None) -> str:
    """The value as it is when the rule says so or when it is surely a code; else only its shape."""
    if waarde is None:
        return ""
    code = len(waarde) <= 2 or (len(waarde) <= 5 and any(teken.isdigit() for teken in waarde))
    return waarde if regel.rauw or code else vorm(waarde)


def _maak(
    regel: Regel, rij: dict[str, Any], bestanden: Sequence[Bestand], plek: str, ontvangen: str, aantal: int
) -> Bevinding:
    bestand = "" if rij["bron"] is None else veilig(bestanden[rij["bron"]].naam)
    gebied = rij["gemeente"] or REGIO
    return Bevinding(regel.id, regel.ernst, gebied, bestand, plek, regel.tekst, ontvangen, regel.doe, aantal)


def _plek(rij: dict[str, Any]) -> str:
    """'rij 12 (toewijzing 300201)', 'JW305_0001.xml, onderdeel 2' or 'toewijzing 300201'."""
    nummer = rij["toewijzingnummer"]
    toewijzing = f"toewijzing {veilig(str(nummer))}" if nummer is not None else ""
    if rij["nr"] is None:
        return toewijzing
    if rij["bericht"] is None:
        waar = f"rij {rij['nr']}"
    else:
        waar = ", ".join(deel for deel in (rij["bericht"], f"onderdeel {rij['nr']}") if deel)
    return f"{waar} ({toewijzing})" if toewijzing else waar
