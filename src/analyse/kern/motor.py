"""The embedded engine: one in-process DuckDB behind Ibis expressions.

Ibis and not SQL text, because the same expressions were measured equal on DuckDB, PySpark and ClickHouse; a
region that outgrows one machine changes the connection made here and nothing else.
"""

from __future__ import annotations

from pathlib import Path

import ibis
from ibis.backends.duckdb import Backend


def verbinding(*, threads: int | None = None) -> Backend:
    """A fresh in-memory DuckDB connection without progress bar or network extensions."""
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
