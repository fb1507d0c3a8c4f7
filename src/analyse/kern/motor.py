"""The embedded engine: one in-process DuckDB behind Ibis expressions.

Ibis and not SQL text, because the same expressions were measured equal on DuckDB, PySpark and ClickHouse; a
region that outgrows one machine changes the connection made here and nothing else.
"""

from __future__ import annotations

import weakref
from contextlib import suppress
from functools import cache
from itertools import count
from pathlib import Path

import duckdb
import ibis
import ibis.expr.datatypes as dt
import ibis.expr.operations as ops
import pandas as pd
from ibis.backends.duckdb import Backend
from ibis.backends.sql.datatypes import DuckDBType

_VOLGNUMMER = count()


def verbinding(*, threads: int | None = None) -> Backend:
    """A fresh in-memory DuckDB connection without progress bar or network extensions."""
    # The engine merges nested selects itself, and at no cost.
    ibis.options.sql.fuse_selects = False
    con = ibis.duckdb.connect()
    _zonder_balk(con)
    con.raw_sql("SET autoinstall_known_extensions = false")
    con.raw_sql("SET autoload_known_extensions = false")
    if threads:
        con.raw_sql(f"SET threads = {int(threads)}")
    return con


def _zonder_balk(con: Backend) -> None:
    # Off already in a notebook without ipywidgets, where DuckDB 2.0 refuses even to be told so.
    (aan,) = con.con.execute("SELECT current_setting('enable_progress_bar')").fetchone()
    if aan:
        con.raw_sql("SET enable_progress_bar = false")


def lees_parquet(con: Backend, pad: Path, naam: str) -> ibis.Table:
    """Register one Parquet file as a table of this connection."""
    return con.read_parquet(pad.as_posix(), table_name=naam)


def bewaar(tabel: ibis.Table) -> ibis.Table:
    """Store what an expression gives in the engine, so that everything after it starts from rows.

    As `Table.cache` at a third of its overhead: no copies of the statement, no questions to the catalogue. The
    stored table is gone when nothing refers to it any more.
    """
    con = tabel.get_backend()
    naam, schema = f"bewaard_{next(_VOLGNUMMER)}", tabel.schema()
    kolommen = ", ".join(f'"{kolom}" {_soort(soort)}' for kolom, soort in schema.items())
    sql = _sql(con, tabel)
    con.con.execute(f'CREATE TEMP TABLE "{naam}" ({kolommen})')
    con.con.execute(f'INSERT INTO "{naam}" {sql}')
    bewaard = ops.DatabaseTable(naam, schema, con, ops.Namespace(catalog="temp", database="main"))
    weakref.finalize(bewaard, _vergeet, con, naam).atexit = False
    return bewaard.to_expr()


@cache
def _soort(soort: dt.DataType) -> str:
    """What the engine calls a type; kept, because asking costs as much as a column of a statement."""
    return DuckDBType.to_string(soort)


def getallen(tabel: ibis.Table) -> pd.DataFrame:
    """The rows of an expression of which every column is a number, without Ibis' own two rounds over them.

    Whole numbers wider than 64 bits come as float64, and so do columns with an empty cell.
    """
    con = tabel.get_backend()
    return con.con.execute(_sql(con, tabel)).df()


def _sql(con: Backend, tabel: ibis.Table) -> str:
    con._register_in_memory_tables(tabel)  # makes tables that came from memory known to the engine
    return con.compile(tabel)


def _vergeet(con: Backend, naam: str) -> None:
    # A connection that is closed has forgotten it already.
    with suppress(duckdb.Error):
        con.con.execute(f'DROP TABLE IF EXISTS "{naam}"')
