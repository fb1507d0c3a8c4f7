"""Who is under a jeugdbeschermingsmaatregel, and on which day.

Two sources together: the delivered table maatregelen and the products that are a maatregel (`maatregeltype` in
params/producten.csv). A gemeente that delivered neither gives `onbekend` and never `nee`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import ibis
import pandas as pd
from ibis.expr.types import BooleanColumn, DateColumn, Table

from analyse.kern import codes
from analyse.kern.motor import bewaar
from analyse.meten.bron import Bron, plaats
from analyse.meten.eilanden import met_slot, samengevoegd


def is_maatregel(spells: Table, producten: pd.DataFrame) -> BooleanColumn:
    """Whether the product is a forced maatregel (OTS, VOTS, voogdij): by its code, else by its categorie."""
    raak = producten[producten["maatregeltype"].isin(codes.MAATREGEL_GEDWONGEN)]
    met_code = raak["productcode"].ne("")
    productcode = spells.productcode.fill_null("")
    op_code = productcode.isin(sorted(set(raak.loc[met_code, "productcode"])))
    # A row of params/producten.csv without code is the fallback of its whole categorie.
    op_categorie = spells.productcategorie.isin(sorted(set(raak.loc[~met_code, "productcategorie"])))
    return op_code | ((productcode == "") & op_categorie)


@dataclass(frozen=True)
class Maatregelen:
    """Forced maatregelen per person, merged to periods."""

    bron: Bron

    @cached_property
    def _alle(self) -> Table:
        """persoon_nr, gemeente (number), begin, eind from both sources; stored."""
        kolommen = ("persoon_nr", "gemeente", "begin", "eind")
        tabel, spells = self.bron.basis.tabel("maatregelen"), self.bron.alle_spells
        tabel = tabel.filter(tabel.type.isin(codes.MAATREGEL_GEDWONGEN)).rename(code="gemeente")
        uit_producten = spells.filter(is_maatregel(spells, self.bron.params.producten)).select(*kolommen)
        return ibis.union(tabel.inner_join(self.bron.gemeenten, "code").select(*kolommen), uit_producten).pipe(
            bewaar
        )

    @cached_property
    def perioden(self) -> Table:
        """wie, van, tot: days under a maatregel, no two periods of a person on one day; stored."""
        tabel = samengevoegd(met_slot(self._alle.drop("gemeente")), ["persoon_nr"])
        return tabel.rename(wie="persoon_nr", van="begin", tot="slot").pipe(bewaar)

    @cached_property
    def gemeenten(self) -> list[str]:
        """Codes of the gemeenten that delivered maatregelen in one way or the other."""
        leveringen, codes_ = self.bron.basis.pandas("leveringen"), self.bron.params.regio.codes
        geleverd = set(leveringen.loc[leveringen["maatregelen_geleverd"].eq(True), "gemeente"])
        uit_rijen = {codes_[nr] for nr in self._alle.select("gemeente").distinct().gemeente.execute()}
        return sorted(geleverd | uit_rijen)

    @property
    def nummers(self) -> list[int]:
        """`gemeenten` as they are called in the engine; never empty, because Ibis can't ask for nothing."""
        return [-1, *(nr for nr, code in enumerate(self.bron.params.regio.codes) if code in self.gemeenten)]

    def op(self, tabel: Table, dag: DateColumn, *, persoon: tuple[str, ...]) -> Table:
        """Add `maatregel` on `dag`, one answer per `persoon` (the grouping columns).

        `nee` needs one gemeente behind the person that delivered maatregelen.
        """
        tabel, m = tabel.mutate(peil=dag), self.perioden
        samen = tabel.left_join(m, [tabel.persoon_nr == m.wie, tabel.peil >= m.van, tabel.peil <= m.tot])
        groep = ibis.window(group_by=list(persoon))
        onder = samen.wie.notnull().any().over(groep)
        bekend = samen.gemeente.isin(self.nummers).any().over(groep)
        ja, nee, onbekend = (plaats("maatregel", code) for code in ("ja", "nee", codes.ONBEKEND))
        antwoord = ibis.cases((onder, ja), (bekend, nee), else_=onbekend).cast("int8")
        return samen.mutate(maatregel=antwoord).drop("peil", "wie", "van", "tot")
