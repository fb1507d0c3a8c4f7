"""The workbench of hop 1: one in-process DuckDB on which each step leaves a named table.

The steps are SQL files (`sql/`), one per subject, and not Ibis expressions as in hop 2: compiling some forty
windowed expressions took longer than running them on a real region (measured: 2.4 s against 0.4 s for a small
delivery), and reading files from a folder is local work anyway. The rules stay Ibis expressions.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any

import pyarrow as pa

from analyse.inname.schrijver import schema
from analyse.kern.motor import verbinding

# Bytes of raw rows below which threads cost more than they save; eight gemeenten with 95,000 messages have 13 MB.
KLEIN = 64 << 20
Schema = tuple[tuple[str, str], ...]  # column name and Ibis type
_IBIS = {
    "VARCHAR": "string",
    "DATE": "date",
    "BOOLEAN": "boolean",
    "TINYINT": "int8",
    "SMALLINT": "int16",
    "INTEGER": "int32",
    "BIGINT": "int64",
    "HUGEINT": "int64",
    "DOUBLE": "float64",
}


class Werk:
    """Named tables on one connection."""

    def __init__(self, *, omvang: int = 0) -> None:
        """`omvang`: bytes of raw rows that will be put on it; below `KLEIN` one thread does the work."""
        self.con = verbinding(threads=1 if omvang < KLEIN else None)

    def schemas(self) -> dict[str, Schema]:
        """Columns of every table and view on the bench, in order; columns of other types are left out."""
        gevonden: dict[str, list[tuple[str, str]]] = {}
        for rij in self.rijen("SELECT table_name, column_name, data_type FROM duckdb_columns() ORDER BY ALL"):
            if rij["data_type"] in _IBIS:
                kolom = (rij["column_name"], _IBIS[rij["data_type"]])
                gevonden.setdefault(rij["table_name"], []).append(kolom)
        return {naam: tuple(kolommen) for naam, kolommen in gevonden.items()}

    def sql(self, tekst: str) -> None:
        """Run statements."""
        self.con.raw_sql(tekst)

    def stap(self, naam: str) -> None:
        """Run one SQL file of this room."""
        self.sql(files("analyse.inname").joinpath("sql", f"{naam}.sql").read_text(encoding="utf-8"))

    def rijen(self, tekst: str) -> list[dict[str, Any]]:
        """The rows of a query."""
        return self.con.con.sql(tekst).to_arrow_table().to_pylist()

    def geef(self, naam: str, inhoud: pa.Table) -> None:
        """Put an Arrow table on the bench."""
        self.con.con.register(f"arrow_{naam}", inhoud)
        self.sql(f"CREATE TEMP TABLE {naam} AS FROM arrow_{naam}")
        self.con.con.unregister(f"arrow_{naam}")

    def ruw(self, naam: str, map_: Path) -> str:
        """What stands in FROM for the raw rows of one table: all portions that the readers wrote."""
        delen = sorted((map_ / naam).glob("*.parquet"))
        if not delen:
            self.geef(f"ruw_{naam}", schema(naam).empty_table())
            return f"ruw_{naam}"
        paden = ", ".join("'" + deel.as_posix().replace("'", "''") + "'" for deel in delen)
        return f"read_parquet([{paden}])"
