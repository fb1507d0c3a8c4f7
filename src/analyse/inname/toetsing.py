"""Evaluates the rule table: first what must go aside, later everything that must be told.

Each view is scanned once for all its rules; only rules that hit something are looked at row by row. Conditions are
Ibis expressions over a table that is known by its columns only, so they are compiled once per process. A finding
names file and place; past `MAX_PLEKKEN` per rule and file the rest is one line per aanbieder, so that a broken
export gives a report and not a second export, and counts and euros still add up per gemeente and aanbieder.
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
from analyse.kern.fouten import Bevinding, Ernst

MAX_PLEKKEN = 1000  # a back office works through such a list; beyond it something else is wrong
OVERIGE = "overige plekken"
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
    return _sql(t.aggregate(**{f"r{i}": _raak(regel, t).sum() for i, regel in enumerate(regels)}))


def _raak(regel: Regel, t: ir.Table) -> ir.BooleanValue:
    """A row that went aside is told once: by the rule that took it."""
    return t.regel == regel.id if regel.opzij else regel.geldt(t)


@cache
def _rijvraag(regel: Regel, schema: Schema) -> str:
    """Rows that break the rule: gemeente, `_PLEK`, waarde, aanbieder, euro_cent (of the view, else null)."""
    t = ibis.table(dict(schema), name=regel.zicht)
    waarde = t[regel.toon].cast("string") if regel.toon else ibis.null("string")
    plek = [t[k] if k in t.columns else ibis.null("int64").name(k) for k in _PLEK]
    domein = t.domein if "domein" in t.columns else ibis.null("string").name("domein")
    cent = t.euro_cent.cast("int64") if "euro_cent" in t.columns else ibis.null("int64")
    aanbieder = next((t[k] for k in ("aanbieder", "aanbieder_agb") if k in t.columns), ibis.null("string"))
    return _sql(
        t.filter(_raak(regel, t)).select(
            "gemeente", *plek, domein, waarde=waarde, aanbieder=_agb(aanbieder), cent=cent
        )
    )


def _agb(kolom: ir.StringValue) -> ir.StringValue:
    """Eight digits or nothing: what stands in this column may be anything."""
    return ibis.ifelse(kolom.re_search(r"^\d{8}$"), kolom, "").fill_null("")


def _sql(uitdrukking: ir.Table) -> str:
    return str(ibis.to_sql(uitdrukking, dialect="duckdb", pretty=False))


# The money of a toewijzing counts once per rule, at its first row.
_RAAK = """
    CREATE OR REPLACE TEMP TABLE raak AS
    SELECT
        r.* EXCLUDE (cent, domein),
        coalesce(r.cent, CASE WHEN row_number() OVER toewijzing = 1 THEN g.euro_cent END) AS euro_cent,
        -- What stands nowhere in a file (a peak, a price) is told apart by its text.
        row_number() OVER (bestand ORDER BY bericht_nr, nr, r.toewijzingnummer, r.waarde, r.aanbieder) AS volgorde
    FROM ({rijen}) r
    LEFT JOIN geld g
        ON r.cent IS NULL AND g.gemeente = r.gemeente AND g.domein = r.domein
        AND g.toewijzingnummer = r.toewijzingnummer
    WINDOW
        bestand AS (PARTITION BY r.gemeente, bron),
        toewijzing AS (PARTITION BY r.gemeente, r.domein, r.toewijzingnummer ORDER BY bron, bericht_nr, nr)
"""
_PLEKKEN = f"""
    SELECT raak.*, b.naam AS bericht, 1 AS aantal
    FROM raak LEFT JOIN berichten b USING (bron, bericht_nr)
    WHERE volgorde <= {MAX_PLEKKEN}
    ORDER BY gemeente, bron, volgorde
"""
# Past the places that are named: one line per aanbieder, the smallest together.
_REST = f"""
    WITH geteld AS (
        SELECT gemeente, bron, aanbieder, count(*) AS n, sum(euro_cent) AS cent
        FROM raak
        WHERE volgorde > {MAX_PLEKKEN}
        GROUP BY gemeente, bron, aanbieder
    ),
    gerangd AS (
        SELECT
            * EXCLUDE (aanbieder),
            row_number() OVER (PARTITION BY gemeente, bron ORDER BY n DESC, aanbieder) AS rang,
            CASE WHEN rang <= {MAX_PLEKKEN} THEN aanbieder ELSE '' END AS aanbieder
        FROM geteld
    )
    SELECT gemeente, bron, aanbieder, sum(n)::BIGINT AS aantal, sum(cent)::BIGINT AS euro_cent
    FROM gerangd
    GROUP BY gemeente, bron, aanbieder
    ORDER BY gemeente, bron, aantal DESC, aanbieder
"""


def _bevindingen(werk: Werk, regel: Regel, schema: Schema, bestanden: Sequence[Bestand]) -> list[Bevinding]:
    werk.sql(_RAAK.format(rijen=_rijvraag(regel, schema)))
    rijen = werk.rijen(_PLEKKEN)
    rest = werk.rijen(_REST) if any(rij["volgorde"] == MAX_PLEKKEN for rij in rijen) else []
    return [_maak(regel, rij, bestanden, _plek(rij), _toon(regel, rij["waarde"])) for rij in rijen] + [
        _maak(regel, rij, bestanden, OVERIGE, "") for rij in rest
    ]


def _toon(regel: Regel, waarde: str | None) -> str:
    """The value as it is when the rule says so or when it is surely a code; else only its shape."""
    if waarde is None:
        return ""
    code = len(waarde) <= 2 or (len(waarde) <= 5 and any(teken.isdigit() for teken in waarde))
    return waarde if regel.rauw or code else vorm(waarde)


def _maak(regel: Regel, rij: dict[str, Any], bestanden: Sequence[Bestand], plek: str, ontvangen: str) -> Bevinding:
    return Bevinding(
        regel.id,
        regel.ernst,
        rij["gemeente"] or REGIO,
        "" if rij["bron"] is None else veilig(bestanden[rij["bron"]].naam),
        plek,
        regel.tekst,
        ontvangen,
        regel.doe,
        rij["aantal"],
        aanbieder=rij["aanbieder"],
        euro_cent=rij["euro_cent"],
        raakt=regel.raakt if regel.ernst == Ernst.BLOKKEREND else "",
    )


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
