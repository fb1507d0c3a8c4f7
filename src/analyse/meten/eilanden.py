"""Gaps and islands: periods of the same key that touch, overlap or lie close together become one.

Windows over the day of beginning and no self-join, so that a whole country stays a few sorts; and over ranges of
days instead of rows, so that the order of rows that begin on one day can't matter. Days are counted as
integers, because date arithmetic is where the engines behind Ibis differ most.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import ibis
from ibis.expr.types import IntegerColumn, Table

from analyse.kern.periode import ONEINDIG

# Before any begin that a register can hold, so that day numbers are positive.
_NUL = date(1800, 1, 1)


def met_slot(tabel: Table) -> Table:
    """Add `slot`: the last day (`eind`), or ONEINDIG while open, so that ends can be compared."""
    return tabel.mutate(slot=tabel.eind.fill_null(ibis.literal(ONEINDIG, type="date")))


def dagnummer(kolom: ibis.Value) -> IntegerColumn:
    """Days since 1800-01-01 as an integer."""
    return kolom.delta(ibis.literal(_NUL, type="date"), unit="day")


def markeer(tabel: Table, sleutel: Sequence[str], *, max_gat: int, brug: int | None = None) -> Table:
    """Say of every row in which island of its key it lies. Days are numbers (`dagnummer`).

    Adds `eiland` (the day on which the island begins), `opent` (this row begins on that day), `vorig` (last day of
    the island before) and `volgend` (first day of the one after; both null when there is none). `tabel` has
    `begin` and `slot`, both days included. Rows join when the days between (`begin − furthest slot so far − 1`)
    are at most `max_gat`; −1 joins on overlap only. With `brug` the column `administratief` says which ends may
    be bridged by so many days; of rows that share the furthest slot one administrative end is enough.
    """
    # Three selections and no more: the kit handles every column of every selection a dozen times.
    kolommen, dag = tabel.columns, dagnummer(tabel.begin)
    reik = dagnummer(tabel.slot) * 2 + (tabel.administratief.cast("int64") if brug is not None else 0)
    eerder = ibis.range_window(group_by=list(sleutel), order_by=dag, preceding=(None, 1))
    tabel = tabel.select(*kolommen, dag=dag, verst=reik.max().over(eerder))
    vorig = (tabel.verst // 2).cast("int64")
    mag = ibis.ifelse(tabel.verst % 2 == 1, max(max_gat, brug), max_gat) if brug is not None else max_gat
    opent = tabel.verst.isnull() | (tabel.dag - vorig - 1 > mag)
    nieuw = {"begin_nieuw": opent.ifelse(tabel.dag, None), "eind_vorig": opent.ifelse(vorig, None)}
    return _met_buren(tabel.select(*kolommen, "dag", opent=opent, **nieuw), kolommen, sleutel)


def _met_buren(tabel: Table, kolommen: Sequence[str], sleutel: Sequence[str]) -> Table:
    tot_hier = ibis.range_window(group_by=list(sleutel), order_by="dag", preceding=(None, 0))
    later = ibis.range_window(group_by=list(sleutel), order_by="dag", following=(1, None))
    return tabel.select(
        *kolommen,
        "opent",
        eiland=tabel.begin_nieuw.max().over(tot_hier),
        vorig=tabel.eind_vorig.max().over(tot_hier),
        volgend=tabel.begin_nieuw.min().over(later),
    )


def samengevoegd(tabel: Table, sleutel: Sequence[str], *, max_gat: int = 0) -> Table:
    """One row per island: the key, `begin` and `slot`."""
    rijen = markeer(tabel, sleutel, max_gat=max_gat)
    return rijen.group_by([*sleutel, "eiland"]).agg(begin=rijen.begin.min(), slot=rijen.slot.max()).drop("eiland")
