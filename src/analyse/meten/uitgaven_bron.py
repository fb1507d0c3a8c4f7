"""Approved declarations as the families about money start from: lines, and sums per person and half-year.

Money is integer eurocent in the engine and euro at the edge. What has no hulpvorm stays in, as a category of its
own, so that the parts of an amount always make the whole. A half-year counts from the first one in which the
gemeente has an approved line: before that it delivered no declarations, which isn't the same as spending nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import ibis
import numpy as np
import pandas as pd
from ibis.expr.types import IntegerColumn, Table
from numpy.typing import NDArray

from analyse.kern import codes
from analyse.kern.motor import bewaar
from analyse.meten.bron import ASSEN, Bron, leeftijd
from analyse.meten.rooster import Rooster

POST = ("gemeente", "periode", "persoon_nr", "aanbieder", "hulpvorm", "verwijzer")
_GEEN = len(codes.HULPVORM)
_REGEL = (
    *("gemeente", "persoon_nr", "aanbieder", "hulpvorm", "verwijzer", "maand", "periode_eind", "dagtekening"),
    *("productcategorie", "productcode", "eenheid", "toewijzingnummer"),
)


@dataclass(frozen=True)
class Geld:
    """Approved declarations of one Basis. INTERN."""

    bron: Bron

    @cached_property
    def regels(self) -> Table:
        """One row per approved line: `_REGEL`, `cent` (credits negative), `volume` with the same sign; stored.

        Also `periode`: the place of the half-year of delivery, outside 0…n for months outside the grid.
        """
        d = self.bron.basis.tabel("declaraties")
        d = d.filter(d.toegekend & d.bedrag_cent.notnull() & d.maand.notnull())
        # A gemeente with unusable amounts has no lines, and so no period with money.
        d = self.bron.jeugdhulp(d.filter(d.gemeente.notin(self.bron.zonder_euro)) if self.bron.zonder_euro else d)
        return (
            d.mutate(hulpvorm=d.hulpvorm.fill_null(_GEEN).cast("int8"))
            .select(
                *_REGEL,
                cent=d.bedrag_cent,
                volume=ibis.ifelse(d.bedrag_cent < 0, -d.volume.abs(), d.volume.abs()),
                periode=self.periode_van(d.maand),
            )
            .pipe(bewaar)
        )

    def periode_van(self, dag: ibis.Value) -> IntegerColumn:
        """The place of the half-year in which a day falls."""
        eerste = self.bron.rooster.perioden[0]
        half = (dag.year() - eerste.jaar) * 2 + (dag.month() > 6).cast("int16")
        return (half - (1 if eerste.deel == "H2" else 0)).cast("int16")

    @cached_property
    def posten(self) -> Table:
        """Net amounts per `POST` × gebied that aren't zero, with `leeftijd`: `ASSEN`, gemeente, cent; stored."""
        r = self.regels
        netto = r.group_by(list(POST)).agg(cent=r.cent.sum().cast("int64"))
        personen = self.bron.basis.tabel("personen").select("persoon_nr", "geboortejaar")
        met_persoon = netto.filter(netto.cent != 0).left_join(personen, "persoon_nr").drop("persoon_nr_right")
        koppel = self.bron.koppel.select("gemeente", "gebied", "periode", "jaar")
        t = met_persoon.inner_join(koppel, ["gemeente", "periode"])
        return t.mutate(leeftijd=leeftijd(t.jaar, t.geboortejaar)).select(*ASSEN, "gemeente", "cent").pipe(bewaar)

    @cached_property
    def sommen(self) -> pd.DataFrame:
        """Euros per gebied, gemeente, periode, aanbieder, hulpvorm, verwijzer (numbers) and productcategorie.

        What is summed on from here needs no more questions to the engine, and those cost more than the sums.
        """
        return self._gesommeerd.merge(self.bron.rooster.koppel[["gemeente", "gebied", "periode"]])

    @cached_property
    def _gesommeerd(self) -> pd.DataFrame:
        r = self.regels
        sleutel = ["gemeente", "periode", "aanbieder", "hulpvorm", "verwijzer", "productcategorie"]
        per = r.group_by(sleutel).agg(euro=r.cent.sum() / 100, maand=r.maand.min())
        tabel = per.to_pyarrow().to_pandas().astype({"productcategorie": "object"})
        # In one order, because sums of floats depend on it.
        return tabel.sort_values(sleutel, ignore_index=True)

    @cached_property
    def vanaf(self) -> dict[str, date]:
        """The first month of delivery with an approved line, per gemeente that has any."""
        eerste = self._gesommeerd.groupby("gemeente")["maand"].min()
        namen = self.bron.rooster.gemeenten
        return {namen[nr]: maand for nr, maand in zip(eerste.index, eerste, strict=True)}

    @cached_property
    def per_jaar(self) -> pd.DataFrame:
        """gemeente (code), jaar, productcategorie, hulpvorm (number), euro: all years with declarations."""
        eerste = self.bron.rooster.perioden[0]
        jaar = eerste.jaar + (self._gesommeerd["periode"].astype(int) + (eerste.deel == "H2")) // 2
        tabel = self._gesommeerd.assign(jaar=jaar).fillna({"productcategorie": ""})
        tabel = tabel.groupby(["gemeente", "jaar", "productcategorie", "hulpvorm"])[["euro"]].sum().reset_index()
        return tabel.assign(gemeente=[self.bron.rooster.gemeenten[nr] for nr in tabel["gemeente"]])

    @cached_property
    def _plekken(self) -> pd.DataFrame:
        """Where there are lines: gebied, periode, aanbieder, hulpvorm, verwijzer (numbers)."""
        return self.sommen[["gebied", "periode", "aanbieder", "hulpvorm", "verwijzer"]].drop_duplicates()

    @cached_property
    def rooster_trajecten(self) -> Rooster:
        """The grid of trajecten, for gemeenten and periods with declarations."""
        return replace(self.bron.rooster.beperkt(self.vanaf), vanaf=self.vanaf)

    @cached_property
    def rooster(self) -> Rooster:
        """The grid of money, with `geen` hulpvorm; an aanbieder only where it has lines: no row is no euro."""
        extra = {"hulpvorm": (codes.HULPVORM_GEEN,)}
        return replace(self.rooster_trajecten, waar_aanbieder=self._plekken, extra=extra)

    @cached_property
    def bedrag(self) -> NDArray[np.float64]:
        """Euros per gebied × periode."""
        return self.som_van(self.sommen)

    def som_van(self, deel: pd.DataFrame) -> NDArray[np.float64]:
        """Euros of these rows of `sommen` per gebied × periode."""
        som = deel.groupby(["gebied", "periode"])[["euro"]].sum().reset_index()
        return self.op_rooster(som, som["euro"])

    def op_rooster(self, plekken: pd.DataFrame, waarden: pd.Series) -> NDArray[np.float64]:
        """Values with a `gebied` and `periode` as a matrix; 0 elsewhere."""
        rooster = self.bron.rooster
        matrix = np.zeros((len(rooster.gebieden), len(rooster.perioden)))
        matrix[plekken["gebied"], plekken["periode"]] = waarden
        return matrix
