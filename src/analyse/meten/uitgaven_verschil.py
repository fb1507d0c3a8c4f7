"""The change of spending against the same half-year a year before, in parts (`prijs_volume`).

A year before and not the half-year before, because tariffs rise each January and help follows the school year.
The region is the sum of its gemeenten, so that the parts add up over gebieden too and a shift of children between
gemeenten is no price. A product is a productcode with its unit; minutes count as hours. Lines in euros (unit 83),
or without volume, have no price of their own: they get the indexation, and the rest of their change is volume.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import ibis
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analyse.kern.periode import Periode, plus_jaren
from analyse.meten import cijfers
from analyse.meten.indicator import Berekend
from analyse.meten.prijs_volume import DELEN, Kant, ontleed
from analyse.meten.rooster import Rooster, Vakken
from analyse.meten.uitgaven_bron import Geld
from analyse.meten.uitgaven_tarieven import lees_tarieven

INDICATOREN = tuple(f"uitgaven.verschil_{deel}" for deel in DELEN)
METHODE = "lmdi_tegen_jaar_eerder"
_MATEN = ["euro", "volume", "clienten", "jeugdigen"]
_MINUUT, _UUR, _EURO = "01", "04", "83"
_JAAR = 2  # half-years


@dataclass(frozen=True)
class Verschil:
    """The parts of every gemeente and half-year. INTERN."""

    geld: Geld

    @cached_property
    def producten(self) -> pd.DataFrame:
        """gemeente, periode (numbers), product, and `_MATEN`: what the parts are made from."""
        r = self.geld.regels
        eenheid = r.eenheid.fill_null(_EURO)
        uren = eenheid.isin([_MINUUT, _UUR])
        r = r.mutate(
            in_euro=(eenheid == _EURO) | r.volume.isnull() | (r.volume == 0),
            product=ibis.coalesce(r.productcategorie, "") + "|" + ibis.coalesce(r.productcode, "") + "|"
            + ibis.ifelse(uren, _UUR, eenheid),
            hoeveel=r.volume / ibis.ifelse(eenheid == _MINUUT, 60.0, 1.0),
        )  # fmt: skip
        per = r.group_by(["gemeente", "periode", "product", "in_euro"]).agg(
            euro=r.cent.sum() / 100, volume=r.hoeveel.sum(), clienten=r.persoon_nr.nunique()
        )
        tabel = per.to_pyarrow().to_pandas().merge(self._jeugdigen(), on=["gemeente", "periode"])
        tabel["product"] += tabel["in_euro"].map({True: "|euro", False: ""})
        tabel["volume"] = tabel["volume"].where(~tabel["in_euro"], tabel["euro"] / self._index(tabel["periode"]))
        return tabel.drop(columns="in_euro").astype(dict.fromkeys(_MATEN, "float64"))

    def _jeugdigen(self) -> pd.DataFrame:
        """Persons with a net amount per gemeente and half-year."""
        r = self.geld.regels
        netto = r.group_by(["gemeente", "periode", "persoon_nr"]).agg(cent=r.cent.sum())
        netto = netto.filter(netto.cent != 0)
        return netto.group_by(["gemeente", "periode"]).agg(jeugdigen=netto.persoon_nr.nunique()).execute()

    def _jaar(self, periode: int) -> int:
        eerste = self.geld.bron.rooster.perioden[0]
        return eerste.jaar + (periode + (eerste.deel == "H2")) // 2

    def _index(self, perioden: pd.Series) -> pd.Series:
        """The level of tariffs in each half-year, against the first year."""
        tarieven, eerste = lees_tarieven(self.geld.bron.params), self._jaar(0)
        niveau = {p: tarieven.factor(eerste, self._jaar(p)) for p in map(int, perioden.unique())}
        return perioden.map(niveau)

    @cached_property
    def delen(self) -> pd.DataFrame:
        """gemeente, periode (numbers) and the parts (`DELEN`) of the change since a year before, in euro."""
        sleutel = ["gemeente", "periode", "product"]
        na = self.producten.set_index(sleutel)
        eerder = self.producten.assign(periode=self.producten["periode"] + _JAAR).set_index(sleutel)
        rijen = na.index.union(eerder.index)
        kanten = [self._kant(kant, rijen) for kant in (eerder, na)]
        index = self._index(pd.Series(rijen.get_level_values("periode"))) / self._index(
            pd.Series(rijen.get_level_values("periode") - _JAAR)
        )
        delen = ontleed(kanten[0], kanten[1], index.to_numpy())
        plek = rijen.to_frame(index=False)[["gemeente", "periode"]]
        return pd.concat([plek, delen], axis=1).groupby(["gemeente", "periode"], as_index=False).sum()

    @staticmethod
    def _kant(kant: pd.DataFrame, rijen: pd.Index) -> Kant:
        vol = kant.reindex(rijen, fill_value=0.0)
        return Kant(**{naam: vol[naam].to_numpy() for naam in _MATEN})  # type: ignore[typeddict-item]

    @cached_property
    def rooster(self) -> Rooster:
        """Half-years of which the one a year before was delivered whole."""
        basis = self.geld.rooster
        return Rooster(
            basis.gemeenten,
            basis.perioden,
            {g: dag for g, dag in basis.peildatum.items() if g in basis.vanaf},
            basis.voorlopig_maanden,
            vanaf={g: plus_jaren(_eerste_hele(maand).begin, 1) for g, maand in basis.vanaf.items()},
        )

    def matrix(self, deel: str) -> NDArray[np.float64]:
        """One part per gebied × periode; the region is the sum of the gemeenten behind it."""
        rooster = self.rooster
        uit = np.zeros((len(rooster.gebieden), len(rooster.perioden)))
        rijen = self.delen[self.delen["periode"].between(0, len(rooster.perioden) - 1)]
        uit[rijen["gemeente"], rijen["periode"]] = rijen[deel]
        uit[-1] = (uit[:-1] * rooster.leverend).sum(axis=0)
        return uit


def _eerste_hele(maand: object) -> Periode:
    dag = pd.Timestamp(str(maand)).date()
    periode = Periode.halfjaar_van(dag)
    return periode if dag <= periode.begin else periode.volgende


def verschil(geld: Geld) -> list[Berekend]:
    """Five indicators that sum to uitgaven.bedrag minus that of the same half-year a year before."""
    v = Verschil(geld)

    def maak(deel: str) -> Berekend:
        def reken(vakken: Vakken) -> cijfers.Cijfers:
            return cijfers.Cijfers(waarde=vakken.per_gebied(v.matrix(deel)), methode=METHODE)

        return Berekend(f"uitgaven.verschil_{deel}", reken, rooster=v.rooster)

    return [maak(deel) for deel in DELEN]
