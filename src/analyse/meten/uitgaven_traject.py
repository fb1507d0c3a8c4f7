"""What a traject costs from its first day to its last: only of trajecten that have ended.

A line belongs to the traject of the same gemeente, person, aanbieder and hulpvorm that began last before the end
of the line's period (a line from before the first one belongs to the first), so no euro is counted twice.
Trajecten that began before the first declared month are left out, because part of their costs isn't in the data;
so are trajecten without any approved line, which aren't free but paid in another way.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import ibis
from ibis.expr.types import Table

from analyse.kern.motor import bewaar
from analyse.kern.periode import ONEINDIG
from analyse.meten import cijfers
from analyse.meten.bron import ASSEN
from analyse.meten.indicator import Indicator, Telling
from analyse.meten.trajecten import SLEUTEL

if TYPE_CHECKING:
    from analyse.meten.uitgaven_bron import Geld

PER_TRAJECT = "uitgaven.per_traject"
_VER_TERUG = date(1800, 1, 1)


def kosten(geld: Geld) -> Table:
    """Ended trajecten with their costs: the columns of a traject and `cent`."""
    vensters, r = _vensters(geld), geld.regels
    regels = r.select(*SLEUTEL, "periode_eind", "cent")
    raak = vensters.inner_join(
        regels, [*SLEUTEL, regels.periode_eind >= vensters.van, regels.periode_eind < vensters.tot]
    )
    som = raak.group_by([*SLEUTEL, "begin"]).agg(cent=raak.cent.sum().cast("int64"))
    klaar = _compleet(geld)
    samen = klaar.inner_join(som.filter(som.cent > 0), [*SLEUTEL, "begin"])
    return samen.drop(*[kolom for kolom in samen.columns if kolom.endswith("_right")])


def _vensters(geld: Geld) -> Table:
    """Per traject from which day (included) to which (not) a line's last day makes it a line of this traject."""
    t = geld.bron.trajecten.select(*SLEUTEL, "begin")
    volgorde = ibis.window(group_by=list(SLEUTEL), order_by="begin")
    eerste = t.begin.lag().over(volgorde).isnull()
    return t.mutate(
        van=ibis.ifelse(eerste, ibis.literal(_VER_TERUG, type="date"), t.begin),
        tot=t.begin.lead().over(volgorde).fill_null(ibis.literal(ONEINDIG + timedelta(days=1), type="date")),
    )


def _compleet(geld: Geld) -> Table:
    """Ended trajecten that began in or after the first declared month of their gemeente."""
    t, r = geld.bron.trajecten, geld.regels
    eerste = r.group_by("gemeente").agg(vanaf=r.maand.min())
    samen = t.filter(~t.open).inner_join(eerste, "gemeente")
    return samen.filter(samen.begin >= samen.vanaf).drop("vanaf")


def per_traject(geld: Geld) -> Indicator:
    """Mean costs of trajecten that ended in the period; splits as the traject."""
    k = kosten(geld)
    t = geld.bron.op_dag(k, k.slot, *ASSEN, "cent").pipe(bewaar)
    maten = {"n": t.count(), "som": t.cent.sum() / 100, "kwadraten": (t.cent * t.cent).sum() / 10_000}
    # Of an aanbieder only the cells with an ended traject: the gate needs no others.
    waar = t.select("gebied", "periode", "aanbieder", "hulpvorm").distinct().execute()
    return Indicator(
        PER_TRAJECT, t, maten, gemiddelde, rooster=replace(geld.rooster_trajecten, waar_aanbieder=waar)
    )


def gemiddelde(telling: Telling) -> cijfers.Cijfers:
    """The counts `som`, `n` and `kwadraten` as a mean with limits."""
    return cijfers.gemiddelde(telling.kolom("som"), telling.kolom("n"), telling.kolom("kwadraten"))
