"""Which paths children follow, and what they have at the same time: counts of persons per path.

A path begins when a child comes (back) into help of the gebied, so that no path misses its first steps, and runs
to the end of the newest half-year. Help that begins on one day is one step (`02+04`), the same step twice is one.
A path doesn't fit the dimensions of the result table, so this is a table of its own. INTERN: counts of one.
"""

from __future__ import annotations

from typing import Literal

import ibis
import pandas as pd
from ibis.expr.types import Table

from analyse.kern.basis import Basis
from analyse.kern.motor import bewaar
from analyse.meten.bron import Bron
from analyse.meten.eilanden import markeer
from analyse.meten.rooster import GESLOTEN
from analyse.params import Params

KOLOMMEN = ("gebied", "periode", "soort", "pad", "personen", "noemer")
REEKS, COMBINATIE = "reeks", "combinatie"
# Longer paths are one child each, and say no more together than that they are long.
STAPPEN = 4
VERDER = "…"
_WIE = ["gebied", "persoon_nr"]
Langs = Literal["hulpvorm", "aanbieder"]


def paden(basis: Basis, params: Params, *, langs: Langs = "hulpvorm", jaren: int = 3) -> pd.DataFrame:
    """Persons per path, of every gebied, most frequent first: `KOLOMMEN`.

    `soort` reeks: `02 > 14 > 11`, of who came into help in the last `jaren` years (`noemer`); after `STAPPEN`
    steps `> …`. `soort` combinatie: `02 + 04`, together on the last known day, of who had help then (`noemer`).
    `langs` aanbieder gives AGB codes. `periode` is the newest half-year. INTERN.
    """
    bron = Bron(basis, params)
    t = _trajecten(bron, langs)
    laatste = bron.rooster.perioden[-1]
    eind = ibis.literal(laatste.eind.isoformat()).cast("date")
    delen = [_geteld(_reeksen(bron, t, eind, jaren), REEKS), _geteld(_combinaties(t, eind), COMBINATIE)]
    alle = pd.concat(delen, ignore_index=True).assign(periode=str(laatste))
    alle["gebied"] = [bron.rooster.gebieden[nr] for nr in alle["gebied"]]
    alle = alle.sort_values(["gebied", "soort", "personen", "pad"], ascending=[True, True, False, True])
    return alle[list(KOLOMMEN)].reset_index(drop=True)


def _trajecten(bron: Bron, langs: Langs) -> Table:
    """Trajecten per gebied with the `stap` that they are."""
    t = bron.per_gebied(bron.trajecten)
    if langs == "aanbieder":
        t = t.inner_join(bron.aanbieders, "aanbieder").rename(stap="agb")
    else:
        t = t.mutate(stap=t.hulpvorm.cases(*enumerate(GESLOTEN["hulpvorm"])))
    return t.select(*_WIE, "begin", "slot", "peildatum", "stap").pipe(bewaar)


def _reeksen(bron: Bron, t: Table, eind: ibis.Value, jaren: int) -> Table:
    """One row per person that came into help: `pad`."""
    vrij = bron.params.regio.rekenregels.instroom_vrije_dagen
    t = markeer(t, _WIE, max_gat=vrij - 1)
    vanaf = eind - ibis.interval(years=jaren)
    t = t.mutate(sinds=t.begin.min(where=t.opent & (t.begin > vanaf)).over(ibis.window(group_by=_WIE)))
    t = t.filter((t.begin >= t.sinds) & (t.begin <= eind))
    stappen = _samen(t, [*_WIE, "begin"], "+")
    vorige = stappen.stap.lag().over(ibis.window(group_by=_WIE, order_by="begin"))
    stappen = stappen.mutate(vorige=vorige)
    stappen = stappen.filter(stappen.vorige.isnull() | (stappen.vorige != stappen.stap))
    volgorde = ibis.row_number().over(ibis.window(group_by=_WIE, order_by="begin")) + 1
    stappen = stappen.mutate(nr=volgorde)
    s = stappen.filter(stappen.nr <= STAPPEN)
    lang = stappen.group_by(_WIE).agg(lang=stappen.nr.max() > STAPPEN)
    per = s.group_by(_WIE).agg(pad=s.stap.group_concat(" > ", order_by=s.begin))
    samen = per.inner_join(lang, _WIE)
    return samen.mutate(pad=samen.lang.ifelse(samen.pad + f" > {VERDER}", samen.pad))


def _combinaties(t: Table, eind: ibis.Value) -> Table:
    """One row per person with help on the last known day: `pad`."""
    dag = ibis.least(eind, t.peildatum)
    return _samen(t.filter((t.begin <= dag) & (t.slot >= dag)), _WIE, " + ").rename(pad="stap")


def _samen(t: Table, per: list[str], teken: str) -> Table:
    """The different steps of each group in one text, in order of code."""
    los = t.select(*per, "stap").distinct()
    return los.group_by(per).agg(stap=los.stap.group_concat(teken, order_by=los.stap))


def _geteld(personen: Table, soort: str) -> pd.DataFrame:
    """Persons per path; of combinations only those of two and more."""
    per_pad = personen.group_by(["gebied", "pad"]).agg(personen=personen.count()).to_pandas()
    noemer = per_pad.groupby("gebied")["personen"].transform("sum")
    per_pad = per_pad.assign(soort=soort, noemer=noemer)
    return per_pad[per_pad["pad"].str.contains(" + ", regex=False)] if soort == COMBINATIE else per_pad
