"""From the workbench to the tables of Basis: fixed columns and types, sorted, Parquet.

Sorted by person: hop 2 groups by person, and the engine then reads neighbours together.
"""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from analyse.inname.werk import Werk
from analyse.kern.schema import BASIS

# Everything but what is made outside the engine.
INHOUD = tuple(naam for naam in BASIS if naam not in ("bevindingen", "telling"))


def schrijf(werk: Werk, uit: Path) -> None:
    """Write the content tables of Basis into `uit`, each with exactly the columns of kern.schema.BASIS."""
    werk.stap("uitvoer")
    for naam in INHOUD:
        kolommen = ", ".join(f'"{kolom}"::{soort} AS "{kolom}"' for kolom, soort in BASIS[naam].items())
        doel = (uit / f"{naam}.parquet").as_posix().replace("'", "''")
        vraag = f"SELECT {kolommen} FROM basis_{naam} ORDER BY orde NULLS LAST"
        werk.sql(f"COPY ({vraag}) TO '{doel}' (FORMAT parquet, COMPRESSION zstd)")


def schrijf_tabel(inhoud: pa.Table, naam: str, uit: Path) -> None:
    """Write one table that was made outside the engine (bevindingen, telling)."""
    pq.write_table(inhoud, uit / f"{naam}.parquet", compression="zstd")


def schema(naam: str) -> pa.Schema:
    """The Arrow schema of a Basis table of texts and whole numbers."""
    return pa.schema({k: pa.string() if t == "VARCHAR" else pa.int64() for k, t in BASIS[naam].items()})
