"""What every signal starts from: the toewijzingen that ran in the last year, with the money of that year.

Pandas and not the engine: a few thousand rows, and rules that an analyst must be able to read and change.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from analyse.meten.bron import JEUGDWET, Bron

SLEUTEL = ["gemeente", "toewijzingnummer"]
VELDEN = [*SLEUTEL, "aanbieder", "productcode", "begin", "eind", "euro_cent"]
RECENT = pd.DateOffset(years=1)


@dataclass(frozen=True)
class Lopend:
    """Toewijzingen of one Basis for the rules. INTERN."""

    bron: Bron

    @cached_property
    def alle(self) -> pd.DataFrame:
        """Every toewijzing of jeugdhulp in usable gemeenten, with peildatum, `product` and `euro_cent`."""
        w = self.bron.basis.pandas("toewijzingen")
        w = w[w["domein"].eq(JEUGDWET)].rename(columns={"ingangsdatum": "begin", "einddatum": "eind"})
        peildatum = pd.to_datetime(w["gemeente"].map(self.bron.rooster.peildatum))
        code = w["productcode"].fillna("")
        product = code.where(code.ne(""), "categorie " + w["productcategorie"].fillna("onbekend"))
        w = w.assign(peildatum=peildatum, product=product, generiek=code.eq(""), productcode=product)
        w = w[w["peildatum"].notna() & w["begin"].le(w["peildatum"])]
        return self._met_geld(w).sort_values(SLEUTEL, kind="stable").reset_index(drop=True)

    def _met_geld(self, w: pd.DataFrame) -> pd.DataFrame:
        d = self.bron.basis.pandas("declaraties")
        d = d[d["toegekend"].fillna(False).astype(bool) & d["domein"].eq(JEUGDWET)]
        peildatum = pd.to_datetime(d["gemeente"].map(self.bron.rooster.peildatum))
        jaar = d[d["maand"].gt(peildatum - RECENT) & d["maand"].le(peildatum)]
        cent = jaar.groupby(SLEUTEL)["bedrag_cent"].sum().rename("euro_cent").reset_index()
        return w.merge(cent, on=SLEUTEL, how="left").fillna({"euro_cent": 0})

    @cached_property
    def recent(self) -> pd.DataFrame:
        """`alle` that ran on a day of the year up to the peildatum."""
        w = self.alle
        return w[w["eind"].isna() | w["eind"].gt(w["peildatum"] - RECENT)]

    @cached_property
    def nu(self) -> pd.DataFrame:
        """`alle` that run on the peildatum."""
        w = self.alle
        return w[w["eind"].isna() | w["eind"].ge(w["peildatum"])]


def lijst(rijen: pd.DataFrame, uitleg: pd.Series | str) -> pd.DataFrame:
    """Rows of a signal: `VELDEN` with their explanation."""
    return rijen[VELDEN].assign(uitleg=uitleg)
