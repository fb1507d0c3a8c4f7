"""How much of what was allocated was delivered, and what never began.

Per toewijzing the closed part counts: up to its end, or to the last month whose declarations are in. Allocated is
volume × periods by the rules of the messages (days, ISO weeks, calendar months, or one total), spread evenly over
the days. Minutes can't be added to etmalen, so units are weighed with the average price of their product: the same
on both sides, so that a rise of tariffs doesn't look like use. A toewijzing without volume and budget, without an
end where it needs one, or of a product that was never declared has nothing to divide by: left out and counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import ibis
import numpy as np
import pandas as pd
from ibis.expr.types import Table

from analyse.kern.motor import bewaar
from analyse.kern.periode import ONEINDIG
from analyse.meten import cijfers
from analyse.meten.bron import Bron
from analyse.meten.eilanden import dagnummer
from analyse.meten.indicator import Indicator, Telling
from analyse.meten.uitgaven_bron import Geld

AANDEEL, ONBEKEND = "verzilvering.aandeel", "verzilvering.onbekend"
NOOIT_GESTART = "verzilvering.nooit_gestart"
INDICATOREN = (AANDEEL, ONBEKEND, NOOIT_GESTART)

# iJw WMO757 and WJ756.
PER_DAG, PER_WEEK, PER_MAAND, TOTAAL = "1", "2", "4", "6"
MINUUT, UUR = "01", "04"
_SLEUTEL = ["gemeente", "toewijzingnummer"]
_PRODUCT = ("productcategorie", "productcode", "eenheid")
_CEL = ("gebied", "periode", "hulpvorm", "aanbieder")
# 1800-01-01 was a Wednesday: two days on, and weeks of seven begin on Monday.
_MAANDAG = 2


@dataclass(frozen=True)
class Verzilvering:
    """The tables of this family."""

    geld: Geld

    @property
    def bron(self) -> Bron:
        """What the declarations are of."""
        return self.geld.bron

    @cached_property
    def _grenzen(self) -> Table:
        """Per gemeente that declared: first month, and last day of which the declarations are in."""
        maanden = self.bron.params.regio.rekenregels.uitloop_maanden
        rijen = self.bron.gemeenten.execute()
        rijen = rijen[rijen["code"].isin(list(self.geld.vanaf))]
        terug = pd.to_datetime(rijen["peildatum"]) + pd.DateOffset(days=1) - pd.DateOffset(months=maanden)
        grens = terug.dt.to_period("M").dt.start_time - pd.Timedelta(days=1)
        tabel = rijen[["gemeente"]].assign(grens=grens.dt.date, vanaf=rijen["code"].map(self.geld.vanaf))
        return ibis.memtable(tabel, schema={"gemeente": "int8", "grens": "date", "vanaf": "date"})

    @cached_property
    def _toewijzingen(self) -> Table:
        """Toewijzingen of help in kind of which a part is closed: `begin` to `slot`; stored."""
        w = self.bron.jeugdhulp(self.bron.basis.tabel("toewijzingen"))
        w = w.filter(w.hulpvorm.notnull() & (w.leveringsvorm.fill_null("zin") != "pgb"))
        w = w.inner_join(self._grenzen, "gemeente").rename(begin="ingangsdatum")
        eind = w.einddatum.fill_null(ibis.literal(ONEINDIG, type="date"))
        w = w.mutate(slot=ibis.least(eind, w.grens), productcode=w.productcode.fill_null(""))
        velden = ("gemeente", "toewijzingnummer", "hulpvorm", "aanbieder", "begin", "slot", "einddatum")
        omvang = ("volume", "frequentie", "budget_cent", "grens", "vanaf", *_PRODUCT)
        return w.filter((w.begin <= w.grens) & (w.slot >= w.begin)).select(*velden, *omvang).pipe(bewaar)

    @cached_property
    def geleverd(self) -> Table:
        """Approved volume per toewijzing and month, in the unit of the toewijzing, and its cents; stored."""
        d, w = self.geld.regels, self._toewijzingen
        d = d.select(*_SLEUTEL, "maand", "cent", gedeclareerd="eenheid", geleverd="volume")
        samen = w.inner_join(d, _SLEUTEL)
        factor = ibis.cases(
            (samen.gedeclareerd == samen.eenheid, 1.0),
            ((samen.gedeclareerd == MINUUT) & (samen.eenheid == UUR), 1 / 60),
            ((samen.gedeclareerd == UUR) & (samen.eenheid == MINUUT), 60.0),
        )
        som = {"geleverd": (samen.geleverd * factor).sum(), "cent": samen.cent.sum()}
        vreemd = (samen.eenheid.notnull() & factor.isnull()).any()
        return samen.group_by([*_SLEUTEL, *_PRODUCT, "maand"]).agg(**som, vreemd=vreemd).pipe(bewaar)

    @cached_property
    def gewogen(self) -> Table:
        """Toewijzingen with `per_dag` (allocated worth per day) and `weging` (worth of one unit); stored.

        Both are null where nothing can be divided by.
        """
        g, w = self.geleverd, self._toewijzingen
        prijs = g.group_by(list(_PRODUCT)).agg(cent=g.cent.sum(), stuks=g.geleverd.sum())
        prijs = prijs.filter((prijs.stuks > 0) & (prijs.cent > 0)).select(
            *_PRODUCT, prijs=prijs.cent / prijs.stuks
        )
        vreemd = g.filter(g.vreemd).select(*_SLEUTEL).distinct()
        w = w.left_join(prijs, list(_PRODUCT)).select(*w.columns, "prijs")
        w = w.left_join(vreemd.mutate(vreemd=True), _SLEUTEL).select(*w.columns, "vreemd")
        kan = w.vreemd.isnull()
        met_volume = kan & w.volume.notnull()
        weging = met_volume.ifelse(w.prijs, (kan & w.budget_cent.notnull()).ifelse(1.0, None))
        # The worth of a unit of a budget is a cent, of whatever was declared.
        w = w.mutate(weging=weging, in_euro=w.volume.isnull())
        return w.mutate(per_dag=toegewezen_per_dag(w) * w.weging).pipe(bewaar)

    @cached_property
    def in_periode(self) -> Table:
        """Rows of toewijzingen (`telt`, `bekend`, `toegewezen`) and of deliveries (`geleverd`); stored."""
        bron, w = self.bron, self.gewogen
        t = bron.actief(w, *_CEL, "per_dag", "begin", "slot", "vanaf", "b", "e")
        t = t.filter(t.e >= t.vanaf)
        dagen = ibis.least(t.slot, t.e).delta(ibis.greatest(t.begin, t.b), unit="day") + 1
        toegewezen = t.select(
            *_CEL, telt=1, bekend=t.per_dag.notnull().cast("int8"), toegewezen=t.per_dag * dagen, geleverd=0.0
        )
        g = self.geleverd.inner_join(w.filter(w.per_dag.notnull()).drop(*_PRODUCT), _SLEUTEL)
        g = g.mutate(waarde=g.in_euro.ifelse(g.cent.cast("float64"), g.geleverd * g.weging))
        g = bron.op_dag(g.filter(g.maand <= g.grens), g.maand, *_CEL, "waarde")
        geleverd = g.select(*_CEL, telt=0, bekend=ibis.literal(0, type="int8"), toegewezen=0.0, geleverd=g.waarde)
        return ibis.union(toegewezen, geleverd.cast(toegewezen.schema())).pipe(bewaar)

    @cached_property
    def begonnen(self) -> Table:
        """Toewijzingen × the period of their begin, with whether they ever `gestart`; stored."""
        s, w = self.bron.alle_spells, self._toewijzingen
        echt = s.filter(s.datumbron_begin.isin(["regiebericht", "declaratie"]))
        echt = echt.select(*_SLEUTEL).distinct().mutate(gestart=True)
        w = w.left_join(echt, _SLEUTEL).select(*w.columns, "gestart")
        t = self.bron.op_dag(w, w.begin, *_CEL, "gestart", "e", "vanaf")
        return t.filter(t.e >= t.vanaf).select(*_CEL, "gestart").pipe(bewaar)


def toegewezen_per_dag(w: Table) -> ibis.Value:
    """Allocated units (cents of a budget) per day of the closed part; null when that can't be said."""
    dicht = w.slot.delta(w.begin, unit="day") + 1
    weken = (dagnummer(w.slot) + _MAANDAG) // 7 - (dagnummer(w.begin) + _MAANDAG) // 7 + 1
    maanden = (w.slot.year() - w.begin.year()) * 12 + w.slot.month() - w.begin.month() + 1
    geldig = w.einddatum.delta(w.begin, unit="day") + 1
    keer = ibis.cases(
        (w.volume.isnull(), w.budget_cent / geldig),
        (w.frequentie == PER_DAG, w.volume.cast("float64")),
        (w.frequentie == PER_WEEK, w.volume * weken / dicht),
        (w.frequentie == PER_MAAND, w.volume * maanden / dicht),
        (w.frequentie == TOTAAL, w.volume / geldig),
    )
    return (keer > 0).ifelse(keer, None)


def verzilvering(geld: Geld) -> list[Indicator]:
    """The indicators of this family."""
    v = Verzilvering(geld)
    t, b = v.in_periode, v.begonnen
    maten = {"geleverd": t.geleverd.sum(), "toegewezen": t.toegewezen.sum(), "n": t.bekend.sum()}
    onbekend = {"x": (t.telt - t.bekend).sum(), "n": t.telt.sum()}
    nooit = {"x": b.gestart.isnull().sum(), "n": b.count()}
    rooster = geld.rooster_trajecten
    return [
        Indicator(AANDEEL, t, maten, _verhouding, rooster=rooster),
        Indicator(ONBEKEND, t, onbekend, cijfers.telling_aandeel, rooster=rooster),
        Indicator(NOOIT_GESTART, b, nooit, cijfers.telling_aandeel, rooster=rooster),
    ]


def _verhouding(telling: Telling) -> cijfers.Cijfers:
    """Delivered per allocated worth; the noemer is how many toewijzingen it is of."""
    n = telling.kolom("n")
    # Threads add up in any order; rounded above the noise of that the share is the same every time.
    waarde = np.round(100 * cijfers.deel(telling.kolom("geleverd"), telling.kolom("toegewezen")), 10)
    return cijfers.Cijfers(
        noemer=n, waarde=np.where(n > 0, waarde, np.nan), methode="gewogen_verhouding", geen=n == 0
    )
