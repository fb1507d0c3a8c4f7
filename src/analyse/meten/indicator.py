"""One indicator as data: from which table, what is counted, and how the counts become figures.

Families declare, `meet` counts: indicators that share a table and a split share one pass through the engine, and
a split asked for on a definition card needs no code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import ibis
import numpy as np
import pandas as pd
from ibis.common.deferred import Deferred
from ibis.expr.types import Table
from numpy.typing import NDArray

from analyse.kern import codes
from analyse.kern.fouten import onbekend
from analyse.kern.motor import getallen
from analyse.meten.blok import Blok
from analyse.meten.cijfers import Cijfers, rijen
from analyse.meten.rooster import Rooster, Vakken
from analyse.params import Kaart
from analyse.statistiek import mediaan

Kolom = NDArray[np.float64]
Splitsing = tuple[str, ...]


@dataclass(frozen=True)
class Telling:
    """Counts of one indicator in one split, to be laid on the grid; `nummers`: the cell of each group."""

    vakken: Vakken
    groepen: pd.DataFrame
    nummers: NDArray[np.intp]
    voorvoegsel: str = ""

    def kolom(self, naam: str, *, leeg: float = 0.0) -> Kolom:
        """One count on every cell; `leeg` where nothing was found."""
        return self.vakken.spreid(self.nummers, self.groepen[self.voorvoegsel + naam], leeg=leeg)


def _zoals_het_is(tabel: Table, _: list[str]) -> Table:
    return tabel


@dataclass(frozen=True)
class Indicator:
    """`tabel` has gebied, periode and every dimension that the card may split by, as places along the axes.

    `maten` are aggregates over `tabel`; `reken` sees them through `Telling.kolom`. With `per_dag` the table also
    has `t` (days), `maten` are `aantal` and `einden`, and `reken` sees the Kaplan–Meier columns n, einden,
    mediaan, onder and boven. `rooster` is for figures that not every gemeente can deliver. `vooraf` turns the
    table into the units of one split (given the columns that make a cell) before they are counted; `maten` are
    then written with `ibis._`.
    """

    id: str
    tabel: Table
    maten: Mapping[str, ibis.Value | Deferred]
    reken: Callable[[Telling], Cijfers]
    per_dag: bool = False
    rooster: Rooster | None = None
    vooraf: Callable[[Table, list[str]], Table] = _zoals_het_is


@dataclass(frozen=True)
class Berekend:
    """An indicator that is no count of groups: `reken` makes the figures of a table itself. `kan`: its splits."""

    id: str
    reken: Callable[[Vakken], Cijfers]
    rooster: Rooster | None = None
    kan: tuple[Splitsing, ...] = ((),)


def tel(
    indicatoren: Sequence[Indicator | Berekend], *, kaarten: Mapping[str, Kaart], rooster: Rooster
) -> Iterator[Blok]:
    """Result rows of all indicators that have a card, in the splits of their cards."""
    met_kaart = [indicator for indicator in indicatoren if indicator.id in kaarten]
    for berekend in met_kaart:
        if isinstance(berekend, Berekend):
            yield from _bereken(berekend, kaarten[berekend.id], berekend.rooster or rooster)
    for groep in _samen([indicator for indicator in met_kaart if isinstance(indicator, Indicator)]):
        splitsingen = dict.fromkeys(s for indicator in groep for s in kaarten[indicator.id].splitsingen)
        for splitsing in splitsingen:
            gevraagd = [indicator for indicator in groep if splitsing in kaarten[indicator.id].splitsingen]
            groepen = _groepeer(gevraagd, splitsing)
            for indicator in gevraagd:
                telling = _telling(indicator, (indicator.rooster or rooster).vakken(splitsing), groepen)
                yield rijen(kaarten[indicator.id], telling.vakken, indicator.reken(telling))


def _bereken(berekend: Berekend, kaart: Kaart, rooster: Rooster) -> Iterator[Blok]:
    for splitsing in kaart.splitsingen:
        if splitsing not in berekend.kan:
            kan = {", ".join(delen) or "[]" for delen in berekend.kan}
            raise onbekend(
                "Deze uitsplitsing van de indicator", ", ".join(splitsing), kan, waar=f"{kaart.id}.yaml"
            )
        vakken = rooster.vakken(splitsing)
        yield rijen(kaart, vakken, berekend.reken(vakken))


def _samen(indicatoren: Sequence[Indicator]) -> list[list[Indicator]]:
    """Indicators that can share a pass, in order of appearance."""
    groepen: dict[tuple[object, ...], list[Indicator]] = {}
    for indicator in indicatoren:
        groepen.setdefault((indicator.tabel.op(), indicator.per_dag, indicator.vooraf), []).append(indicator)
    return list(groepen.values())


def _groepeer(indicatoren: Sequence[Indicator], splitsing: Splitsing) -> pd.DataFrame:
    """All counts of these indicators per gebied, periode and category; raises when the table can't be split so."""
    tabel, per_dag = indicatoren[0].tabel, ["t"] if indicatoren[0].per_dag else []
    for dimensie in splitsing:
        if dimensie not in tabel.columns:
            waar = ", ".join(f"{indicator.id}.yaml" for indicator in indicatoren)
            kan = set(tabel.columns) & set(codes.DIMENSIES)
            raise onbekend("Deze uitsplitsing van de indicator", dimensie, kan, waar=waar)
    maten = {_naam(i, naam): maat for i in indicatoren for naam, maat in i.maten.items()}
    cel = ["gebied", "periode", *splitsing, *per_dag]
    return getallen(indicatoren[0].vooraf(tabel, cel).group_by(cel).agg(**maten))


def _naam(indicator: Indicator, maat: str) -> str:
    return f"{indicator.id}:{maat}"


def _telling(indicator: Indicator, vakken: Vakken, groepen: pd.DataFrame) -> Telling:
    nummers = vakken.nummer(groepen)
    if not indicator.per_dag:
        return Telling(vakken, groepen, nummers, voorvoegsel=_naam(indicator, ""))
    per_dag = groepen.rename(columns={_naam(indicator, maat): maat for maat in indicator.maten})
    duur = mediaan(per_dag.assign(groep=nummers))
    return Telling(vakken, duur, duur["groep"].to_numpy())
