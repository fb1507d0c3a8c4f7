"""Who is under a jeugdbeschermingsmaatregel, and on which day.

Two sources together: the delivered table maatregelen and the products that are a maatregel (`maatregeltype` in
params/producten.csv). A gemeente that delivered neither gives `onbekend` and never `nee`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import ibis
import pandas as pd
from ibis.expr.types import StringColumn, Table

from analyse.kern import codes
from analyse.meten.bron import Bron
from analyse.meten.eilanden import met_slot, samengevoegd


def maatregelproducten(producten: pd.DataFrame) -> list[str]:
    """Product codes that are a forced maatregel (OTS, VOTS, voogdij)."""
    raak = producten["maatregeltype"].isin(codes.MAATREGEL_GEDWONGEN) & producten["productcode"].ne("")
    return sorted(set(producten.loc[raak, "productcode"]))


@dataclass(frozen=True)
class Maatregelen:
    """Forced maatregelen per person, merged to periods."""

    bron: Bron

    @cached_property
    def _alle(self) -> Table:
        """persoon_nr, gemeente, begin, eind from both sources."""
        kolommen = ("persoon_nr", "gemeente", "begin", "eind")
        tabel, spells = self.bron.basis.tabel("maatregelen"), self.bron.alle_spells
        producten = maatregelproducten(self.bron.params.producten)
        uit_tabel = tabel.filter(tabel.type.isin(codes.MAATREGEL_GEDWONGEN)).select(*kolommen)
        return ibis.union(uit_tabel, spells.filter(spells.productcode.isin(producten)).select(*kolommen))

    @cached_property
    def perioden(self) -> Table:
        """persoon_nr, begin, slot: days under a maatregel, no two periods of a person on one day; stored."""
        return samengevoegd(met_slot(self._alle), ["persoon_nr"]).cache()

    @cached_property
    def gemeenten(self) -> list[str]:
        """Gemeenten that delivered maatregelen in one way or the other."""
        leveringen = self.bron.basis.tabel("leveringen")
        geleverd = leveringen.filter(leveringen.maatregelen_geleverd).gemeente.execute()
        return sorted({*geleverd, *self._alle.select("gemeente").distinct().gemeente.execute()})

    def op(self, tabel: Table, dag: StringColumn, *, persoon: tuple[str, ...]) -> Table:
        """Add `maatregel` (ja, nee, onbekend) on `dag`, one answer per `persoon` (the grouping columns).

        `nee` needs one gemeente behind the person that delivered maatregelen.
        """
        tabel = tabel.mutate(peil=dag)
        perioden = self.perioden.rename(m_persoon="persoon_nr", m_begin="begin", m_slot="slot")
        raak = [
            tabel.persoon_nr == perioden.m_persoon,
            tabel.peil >= perioden.m_begin,
            tabel.peil <= perioden.m_slot,
        ]
        samen = tabel.left_join(perioden, raak)
        groep = ibis.window(group_by=list(persoon))
        onder = samen.m_persoon.notnull().any().over(groep)
        bekend = samen.gemeente.isin(self.gemeenten).any().over(groep)
        antwoord = ibis.cases((onder, "ja"), (bekend, "nee"), else_=codes.ONBEKEND)
        return samen.mutate(maatregel=antwoord).drop("peil", "m_persoon", "m_begin", "m_slot")
