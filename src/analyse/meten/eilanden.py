"""Gaps and islands: periods of the same key that touch, overlap or lie close together become one.

One running maximum per key and no self-join, so that a whole country stays one sort. The days are counted as
integers, because date arithmetic is where the engines behind Ibis differ most.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import ibis
from ibis.expr.types import IntegerColumn, Table

from analyse.kern.periode import ONEINDIG

_NUL = date(1970, 1, 1)
# More spells than one key can hold; leaves room for the day number in a 64-bit integer.
_VOLG = 1 << 20


def met_slot(tabel: Table) -> Table:
    """Add `slot`: the last day (`eind`), or ONEINDIG while open, so that ends can be compared."""
    return tabel.mutate(slot=tabel.eind.fill_null(ibis.literal(ONEINDIG, type="date")))


def dagnummer(kolom: ibis.Value) -> IntegerColumn:
    """Days since 1970-01-01 as an integer."""
    return kolom.delta(ibis.literal(_NUL, type="date"), unit="day")


def markeer(
    tabel: Table, sleutel: Sequence[str], *, max_gat: int, brug: int | None = None, orde: Sequence[str] = ()
) -> Table:
    """Number the islands of each key: adds `eiland`, `eerste` (this row opens it) and `rang_slot`.

    `tabel` has `begin` and `slot`, both days included. Rows join when the days between (`begin − furthest
    slot so far − 1`) are at most `max_gat`; −1 joins on overlap only. With `brug` the column
    `administratief` says which ends may be bridged by so many days: of all rows that share the furthest slot
    one administrative end is enough. `orde` says which row opens an island when several begin that day; `rang_slot` orders the rows
    of an island by their end, the administrative one last among equals.
    """
    administratief = tabel.administratief.cast("int64") if brug is not None else ibis.literal(0, type="int64")
    rij = ibis.row_number().over(group_by=list(sleutel), order_by=["begin", *orde, "slot"])
    tabel = tabel.mutate(reik=dagnummer(tabel.slot) * 2 + administratief, volg=rij)
    # A stored row number, because two windows may order equal rows differently.
    eerder = ibis.window(group_by=list(sleutel), order_by="volg", preceding=(None, 1))
    tabel = tabel.mutate(verst=tabel.reik.max().over(eerder))
    gat = dagnummer(tabel.begin) - tabel.verst // 2 - 1
    mag = ibis.ifelse(tabel.verst % 2 == 1, max(max_gat, brug or 0), max_gat) if brug is not None else max_gat
    tabel = tabel.mutate(eerste=tabel.verst.isnull() | (gat > mag))
    tot_hier = ibis.window(group_by=list(sleutel), order_by="volg", preceding=(None, 0))
    return tabel.mutate(
        eiland=tabel.eerste.cast("int64").sum().over(tot_hier), rang_slot=tabel.reik * _VOLG + tabel.volg
    ).drop("reik", "volg", "verst")


def met_eiland(gemarkeerd: Table, sleutel: Sequence[str]) -> Table:
    """Add to every row of `markeer` the island that it lies in and the islands beside it.

    Adds `eiland_begin`, `eiland_slot`, and `vorig_slot` and `volgend_begin`: where the island before ends and the
    one after begins, null when there is none.
    """
    deel = [*sleutel, "eiland"]
    rijen = gemarkeerd.group_by(deel).agg(eiland_begin=gemarkeerd.begin.min(), eiland_slot=gemarkeerd.slot.max())
    buur = ibis.window(group_by=list(sleutel), order_by="eiland")
    rijen = rijen.mutate(
        vorig_slot=rijen.eiland_slot.lag().over(buur), volgend_begin=rijen.eiland_begin.lead().over(buur)
    )
    samen = gemarkeerd.inner_join(rijen, deel)
    return samen.drop(*[kolom for kolom in samen.columns if kolom.endswith("_right")])


def samengevoegd(tabel: Table, sleutel: Sequence[str], *, max_gat: int = 0) -> Table:
    """One row per island: the key, `begin` and `slot`."""
    gemarkeerd = markeer(tabel, sleutel, max_gat=max_gat)
    rijen = gemarkeerd.group_by([*sleutel, "eiland"]).agg(begin=gemarkeerd.begin.min(), slot=gemarkeerd.slot.max())
    return rijen.drop("eiland")
