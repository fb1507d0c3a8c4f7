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
from ibis.expr.types import Table
from numpy.typing import NDArray

from analyse.kern import codes
from analyse.kern.fouten import onbekend
from analyse.meten.cijfers import Cijfers, rijen
from analyse.meten.rooster import Rooster, Vakken
from analyse.params import Kaart
from analyse.statistiek import mediaan

Kolom = NDArray[np.float64]
Splitsing = tuple[str, ...]


@dataclass(frozen=True)
class Telling:
    """Counts of one indicator in one split, to be laid on the grid."""

    vakken: Vakken
    groepen: pd.DataFrame
    voorvoegsel: str = ""

    def kolom(self, naam: str, *, leeg: float = 0.0) -> Kolom:
        """One count on every cell; `leeg` where nothing was found."""
        nummers = self.vakken.nummer(self.groepen)
        return self.vakken.spreid(nummers, self.groepen[self.voorvoegsel + naam], leeg=leeg)


@dataclass(frozen=True)
class Indicator:
    """`tabel` has gebied, periode and every dimension that the card may split by, as places along the axes.

    `maten` are aggregates over `tabel`; `reken` sees them through `Telling.kolom`. With `per_dag` the table also
    has `t` (days), `maten` are `aantal` and `einden`, and `reken` sees the Kaplan–Meier columns n, einden,
    mediaan, onder and boven. `rooster` is for figures that not every gemeente can deliver.
    """

    id: str
    tabel: Table
    maten: Mapping[str, ibis.Value]
    reken: Callable[[Telling], Cijfers]
    per_dag: bool = False
    rooster: Rooster | None = None


def tel(
    indicatoren: Sequence[Indicator], *, kaarten: Mapping[str, Kaart], rooster: Rooster
) -> Iterator[pd.DataFrame]:
    """Result rows of all indicators that have a card, in the splits of their cards."""
    for groep in _samen([indicator for indicator in indicatoren if indicator.id in kaarten]):
        splitsingen = dict.fromkeys(s for indicator in groep for s in kaarten[indicator.id].splitsingen)
        for splitsing in splitsingen:
            gevraagd = [indicator for indicator in groep if splitsing in kaarten[indicator.id].splitsingen]
            groepen = _groepeer(gevraagd, splitsing)
            for indicator in gevraagd:
                telling = _telling(indicator, (indicator.rooster or rooster).vakken(splitsing), groepen)
                yield rijen(kaarten[indicator.id], telling.vakken, indicator.reken(telling))


def _samen(indicatoren: Sequence[Indicator]) -> list[list[Indicator]]:
    """Indicators that can share a pass, in order of appearance."""
    groepen: dict[tuple[object, bool], list[Indicator]] = {}
    for indicator in indicatoren:
        groepen.setdefault((indicator.tabel.op(), indicator.per_dag), []).append(indicator)
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
    # By way of Arrow: Ibis' own road to pandas goes over every column twice.
    return tabel.group_by(["gebied", "periode", *splitsing, *per_dag]).agg(**maten).to_pyarrow().to_pandas()


def _naam(indicator: Indicator, maat: str) -> str:
    return f"{indicator.id}:{maat}"


def _telling(indicator: Indicator, vakken: Vakken, groepen: pd.DataFrame) -> Telling:
    if not indicator.per_dag:
        return Telling(vakken, groepen, voorvoegsel=_naam(indicator, ""))
    per_dag = groepen.rename(columns={_naam(indicator, maat): maat for maat in indicator.maten})
    duur = mediaan(per_dag.assign(groep=vakken.nummer(per_dag)))
    return Telling(vakken, duur.assign(**vakken.plekken(duur["groep"])))
