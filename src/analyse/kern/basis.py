"""Basis, what hop 1 gives to hop 2: Parquet tables in one folder (INTERN: one row per person and below).

Files and not objects, so that an unchanged hop can be skipped and memory stays bounded.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from analyse.kern.fouten import LeveringFout
from analyse.kern.schema import BASIS

if TYPE_CHECKING:
    import ibis
    import pandas as pd
    from ibis.backends.duckdb import Backend


# Bytes of Parquet below which handing out work to threads costs more than it saves: some eight gemeenten.
KLEIN = 16 << 20


class Basis:
    """Read access to a Basis folder; tables and columns are those of `kern.schema.BASIS`."""

    def __init__(self, map_: Path) -> None:
        self.map = map_
        ontbreekt = [naam for naam in BASIS if not self.pad(naam).is_file()]
        if ontbreekt:
            raise LeveringFout(
                "Deze Basis is niet compleet.",
                ontvangen=f"zonder {', '.join(ontbreekt)}",
                waar=str(map_.name),
                doe="Lees de leveringen opnieuw in.",
            )

    def pad(self, naam: str) -> Path:
        """The Parquet file of one table."""
        return self.map / f"{naam}.parquet"

    @cached_property
    def con(self) -> Backend:
        """The engine connection that `tabel` registers on."""
        from analyse.kern.motor import verbinding  # the engine costs a second to load; a skipped hop needs none

        klein = sum(self.pad(naam).stat().st_size for naam in BASIS) < KLEIN
        return verbinding(threads=1 if klein else None)

    @cached_property
    def _tabellen(self) -> dict[str, ibis.Table]:
        return {}

    def tabel(self, naam: str) -> ibis.Table:
        """One table as an Ibis expression."""
        from analyse.kern.motor import lees_parquet

        # Own register: Ibis 12 can't list tables under DuckDB 2.
        if naam not in self._tabellen:
            self._tabellen[naam] = lees_parquet(self.con, self.pad(naam), naam)
        return self._tabellen[naam]

    def pandas(self, naam: str) -> pd.DataFrame:
        """One table as pandas; dates as datetime64."""
        import pyarrow.parquet as pq

        return pq.read_table(self.pad(naam)).to_pandas(date_as_object=False)
