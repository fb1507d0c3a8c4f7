"""Islands: hand-made edges, and any set of periods against sets of days."""

from __future__ import annotations

from datetime import date, timedelta

import ibis
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyse.kern.motor import verbinding
from analyse.kern.periode import ONEINDIG
from analyse.meten.eilanden import dagnummer, markeer, met_slot, samengevoegd

CON = verbinding(threads=1)
NUL = date(2024, 1, 1)


def tabel(perioden: list[tuple]):
    """Periods (sleutel, begin, eind[, administratief]) as an engine table."""
    rijen = [(*p, False) if len(p) == 3 else p for p in perioden]
    schema = {"sleutel": "int64", "begin": "date", "eind": "date", "administratief": "boolean"}
    return met_slot(ibis.memtable(pd.DataFrame(rijen, columns=list(schema)), schema=schema))


def eilanden(perioden: list[tuple], **keuze) -> list[tuple]:
    """(begin, slot) of every island, as day offsets from 1 January 2024; None while open."""
    rijen = CON.execute(_samen(perioden, **keuze)).sort_values(["b", "s"])
    paren = zip(rijen["b"].dt.date, rijen["s"].dt.date, strict=True)
    return [(_afstand(b), None if s == ONEINDIG else _afstand(s)) for b, s in paren]


def _samen(perioden, *, brug=None, max_gat=0):
    t = markeer(tabel(perioden), ["sleutel"], max_gat=max_gat, brug=brug)
    return t.group_by(["sleutel", "eiland"]).agg(b=t.begin.min(), s=t.slot.max()).select("b", "s")


def _afstand(dag: date) -> int:
    return (dag - NUL).days


def dag(n: int | None) -> date | None:
    return None if n is None else NUL + timedelta(days=n)


def per(*grenzen: tuple) -> list[tuple]:
    return [(1, dag(b), dag(e), *rest) for b, e, *rest in grenzen]


@pytest.mark.parametrize(
    ("grenzen", "max_gat", "verwacht"),
    [
        ([(0, 9), (10, 19)], 0, [(0, 19)]),  # touching
        ([(0, 9), (11, 19)], 0, [(0, 9), (11, 19)]),  # one day between
        ([(0, 9), (11, 19)], 1, [(0, 19)]),
        ([(0, 9), (10, 19)], -1, [(0, 9), (10, 19)]),  # CBS-strict: touching is no overlap
        ([(0, 9), (9, 19)], -1, [(0, 19)]),  # one day in common
        ([(0, 99), (10, 19), (50, 60), (100, 110)], 0, [(0, 110)]),  # the furthest end so far counts
        ([(0, 99), (10, 19), (50, 60), (101, 110)], 0, [(0, 99), (101, 110)]),
        ([(0, None), (500, 600)], 0, [(0, None)]),  # open swallows what comes later
        ([(0, 9), (5, None)], 0, [(0, None)]),
        ([(0, 0)], 0, [(0, 0)]),  # a single day
        ([(0, 0), (0, 0), (0, 5)], -1, [(0, 5)]),  # the same first day
        ([(59, 59), (60, 60)], 0, [(59, 60)]),  # 29 February and 1 March 2024
    ],
)
def test_randen(grenzen, max_gat, verwacht):
    assert eilanden(per(*grenzen), max_gat=max_gat) == verwacht


@pytest.mark.parametrize(
    ("grenzen", "verwacht"),
    [
        ([(0, 9, True), (41, 50)], [(0, 50)]),  # 31 days after an administrative end
        ([(0, 9, True), (42, 50)], [(0, 9), (42, 50)]),
        ([(0, 9, False), (11, 50)], [(0, 9), (11, 50)]),
        # The earlier end is the furthest so far: of the long period, not of the short administrative one in it.
        ([(0, 20, False), (5, 15, True), (25, 30)], [(0, 20), (25, 30)]),
        ([(0, 20, True), (5, 15, False), (25, 30)], [(0, 30)]),
        # Two end on one day: one on paper is enough.
        ([(0, 20, False), (5, 20, True), (25, 30)], [(0, 30)]),
        ([(0, 20, True), (5, 20, False), (25, 30)], [(0, 30)]),
        # The bridge holds for the end it belongs to and not for the next.
        ([(0, 9, True), (20, 29, False), (35, 40)], [(0, 29), (35, 40)]),
    ],
)
def test_brug_over_administratief_einde(grenzen, verwacht):
    assert eilanden(per(*grenzen), brug=31) == verwacht


def test_zonder_brug_telt_administratief_niet():
    assert eilanden(per((0, 9, True), (11, 50))) == [(0, 9), (11, 50)]


def test_sleutels_raken_elkaar_niet():
    assert eilanden([(1, dag(0), dag(9)), (2, dag(5), dag(19))]) == [(0, 9), (5, 19)]


def test_buren():
    """Every row knows the island before and after, and whether it opens its own."""
    t = markeer(tabel(per((0, 9), (0, 4), (3, 12), (20, 29), (40, None))), ["sleutel"], max_gat=0)
    rijen = CON.execute(t.select("begin", "slot", "opent", "eiland", "vorig", "volgend").order_by("begin", "slot"))
    nul = CON.execute(dagnummer(ibis.literal(NUL)))
    kort = [
        (bool(r.opent), *(None if pd.isna(x) else int(x) - nul for x in (r.eiland, r.vorig, r.volgend)))
        for r in rijen.itertuples()
    ]
    assert kort == [
        (True, 0, None, 20),
        (True, 0, None, 20),
        (False, 0, None, 20),
        (True, 20, 12, 40),
        (True, 40, 29, None),
    ]


def test_samengevoegd_houdt_de_sleutel():
    uit = CON.execute(samengevoegd(tabel(per((0, 4), (5, 9))), ["sleutel"]))
    assert uit.columns.tolist() == ["sleutel", "begin", "slot"] and len(uit) == 1


PERIODE = st.tuples(st.integers(1, 2), st.integers(0, 40), st.integers(0, 12))


@settings(max_examples=40, deadline=None)
@given(st.lists(PERIODE, min_size=1, max_size=14), st.integers(-1, 4), st.randoms(use_true_random=False))
def test_eilanden_zijn_verzamelingen_dagen(perioden, max_gat, kans):
    """Any periods in any order: islands are the runs of days after filling the gaps that may be filled."""
    rijen = [(sleutel, dag(b), dag(b + lengte)) for sleutel, b, lengte in perioden]
    kans.shuffle(rijen)
    verwacht = []
    for sleutel in (1, 2):
        huidig = None
        for b, e in sorted((b, b + lengte) for s, b, lengte in perioden if s == sleutel):
            if huidig and b - huidig[1] - 1 <= max_gat:
                huidig[1] = max(huidig[1], e)
            else:
                huidig = [b, e]
                verwacht.append(huidig)
    assert eilanden(rijen, max_gat=max_gat) == sorted(map(tuple, verwacht))
