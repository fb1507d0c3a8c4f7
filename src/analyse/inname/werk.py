"""The workbench of hop 1: one engine connection on which each step leaves a named table.

Steps are Ibis expressions that are materialised one by one; that keeps every query small, lets the rules look at
any step, and costs a few milliseconds a step.
"""

from __future__ import annotations

from pathlib import Path

import ibis.expr.types as ir
import pyarrow as pa

from analyse.inname.schrijver import schema
from analyse.kern.motor import verbinding

SLEUTEL = ("gemeente", "domein", "toewijzingnummer")
PLEK = ("rid", "gemeente", "bron", "bericht_nr", "nr")


class Werk:
    """Named tables on one connection."""

    def __init__(self) -> None:
        self.con = verbinding()
        self.tabellen: dict[str, ir.Table] = {}

    def __getitem__(self, naam: str) -> ir.Table:
        return self.tabellen[naam]

    def maak(self, naam: str, uitdrukking: ir.Table) -> ir.Table:
        """Compute a step now and keep it under a name."""
        self.tabellen[naam] = self.con.create_table(naam, uitdrukking, temp=True, overwrite=True)
        return self.tabellen[naam]

    def geef(self, naam: str, inhoud: pa.Table) -> ir.Table:
        """Put an Arrow table on the bench."""
        self.tabellen[naam] = self.con.create_table(naam, inhoud, temp=True, overwrite=True)
        return self.tabellen[naam]

    def ruw(self, naam: str, map_: Path) -> ir.Table:
        """The raw rows of one table, from all portions that the readers wrote."""
        delen = sorted((map_ / naam).glob("*.parquet"))
        if not delen:
            return self.geef(f"ruw_{naam}", schema(naam).empty_table())
        return self.con.read_parquet([deel.as_posix() for deel in delen], table_name=f"ruw_{naam}")


def koppel(links: ir.Table, rechts: ir.Table, *velden: str, op: tuple[str, ...] = SLEUTEL) -> ir.Table:
    """Left join on columns of the same name; only `velden` of the right table come along."""
    return links.left_join(rechts.select(*op, *velden), list(op)).select(*links.columns, *velden)
