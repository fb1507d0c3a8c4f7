"""What lies outside the declarations as far as it was delivered: pgb, and help that was bought nationally.

A pgb is paid to parents, so it has no aanbieder and no messages; without this table it would be as if it cost
nothing. An amount over a year is spread evenly over its half-years.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analyse.kern.periode import Periode
from analyse.meten import cijfers
from analyse.meten.indicator import Berekend, Indicator, Telling
from analyse.meten.rooster import Rooster, Vakken
from analyse.meten.uitgaven_bron import Geld

PGB, PGB_AANDEEL, LANDELIJK = "uitgaven.pgb", "uitgaven.pgb_aandeel", "uitgaven.landelijk_aandeel"
LANDELIJK_EURO = "uitgaven.landelijk"
INDICATOREN = (PGB, PGB_AANDEEL, LANDELIJK, LANDELIJK_EURO)
# Bought by the VNG for all gemeenten (iJw JZ020).
CATEGORIE_LANDELIJK = "55"
Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Pgb:
    """The table pgb on the grid. INTERN."""

    geld: Geld

    @cached_property
    def rijen(self) -> pd.DataFrame:
        """gemeente, persoon_nr, half (text), euro; years spread over two half-years."""
        tabel = self.geld.bron.basis.pandas("pgb")
        delen = {naam: _halfjaren(naam) for naam in tabel["periode"].dropna().unique()}
        tabel = tabel[tabel["periode"].isin(list(delen))]
        halven = tabel.assign(half=tabel["periode"].map(delen), euro=tabel["bedrag_cent"] / 100)
        halven["euro"] = halven["euro"] / halven["half"].map(len).astype("float64")
        return halven.explode("half")[["gemeente", "persoon_nr", "half", "euro"]]

    @cached_property
    def rooster(self) -> Rooster:
        """Gemeenten that delivered pgb, from their first half-year with a pgb on."""
        eerste = self.rijen.groupby("gemeente")["half"].min()
        vanaf = {str(g): Periode.lees(str(half)).begin for g, half in eerste.items()}
        rooster = self.geld.bron.rooster.beperkt(vanaf)
        return Rooster(
            rooster.gemeenten, rooster.perioden, rooster.peildatum, rooster.voorlopig_maanden, vanaf=vanaf
        )

    @cached_property
    def cellen(self) -> tuple[Matrix, Matrix]:
        """Euros and persons per gebied × periode."""
        rooster, rijen = self.rooster, self.rijen
        koppel = rooster.koppel[["gemeente", "gebied", "periode"]]
        plek = {naam: nr for nr, naam in enumerate(rooster.namen)}
        nummers = {g: nr for nr, g in enumerate(rooster.gemeenten)}
        rijen = rijen.assign(gemeente=rijen["gemeente"].map(nummers), periode=rijen["half"].map(plek))
        samen = koppel.merge(rijen.drop(columns="half"), on=["gemeente", "periode"])
        per = samen.groupby(["gebied", "periode"]).agg(
            euro=("euro", "sum"), personen=("persoon_nr", "nunique")
        ).reset_index()  # fmt: skip
        return self.geld.op_rooster(per, per["euro"]), self.geld.op_rooster(per, per["personen"])


def _halfjaren(tekst: str) -> list[str]:
    """The half-years that a period of delivery covers."""
    periode = Periode.lees(tekst)
    return sorted({str(Periode.halfjaar_van(dag)) for dag in (periode.begin, periode.eind)})


def pgb(geld: Geld) -> list[Indicator | Berekend]:
    """Euros of pgb (noemer: how many persons), and two shares of what is known to be spent."""
    bron = Pgb(geld)
    beide = Rooster(
        bron.rooster.gemeenten,
        bron.rooster.perioden,
        {g: dag for g, dag in bron.rooster.peildatum.items() if g in geld.vanaf},
        bron.rooster.voorlopig_maanden,
        vanaf={g: max(dag, geld.vanaf[g]) for g, dag in bron.rooster.vanaf.items() if g in geld.vanaf},
    )

    def bedrag(vakken: Vakken) -> cijfers.Cijfers:
        euro, personen = (vakken.per_gebied(matrix) for matrix in bron.cellen)
        return cijfers.Cijfers(noemer=personen, waarde=euro, methode="pgb")

    def aandeel(vakken: Vakken) -> cijfers.Cijfers:
        euro, zin = bron.cellen[0], geld.bedrag
        zin_beide = _som_van(beide, zin)
        return _aandeel(vakken.per_gebied(_som_van(beide, euro)), vakken.per_gebied(zin_beide), erbij=True)

    def landelijk(vakken: Vakken) -> cijfers.Cijfers:
        return _aandeel(vakken.per_gebied(_landelijk(geld)), vakken.per_gebied(geld.bedrag))

    return [
        Berekend(PGB, bedrag, rooster=bron.rooster),
        Berekend(PGB_AANDEEL, aandeel, rooster=beide),
        Berekend(LANDELIJK, landelijk, rooster=geld.rooster),
        _landelijk_euro(geld),
    ]


def _landelijk_euro(geld: Geld) -> Indicator:
    """Euros and persons; of an aanbieder only where it has lines."""
    r, koppel = geld.regels, geld.bron.koppel.select("gemeente", "gebied", "periode")
    r = r.filter(r.productcategorie == CATEGORIE_LANDELIJK)
    t = r.select("gemeente", "periode", "persoon_nr", "aanbieder", "cent").inner_join(
        koppel, ["gemeente", "periode"]
    )
    waar = geld.sommen[geld.sommen["productcategorie"].eq(CATEGORIE_LANDELIJK)]
    waar = waar[["gebied", "periode", "aanbieder"]].drop_duplicates()
    maten = {"euro": t.cent.sum() / 100, "n": t.persoon_nr.nunique()}
    return Indicator(LANDELIJK_EURO, t, maten, _bedrag, rooster=replace(geld.rooster, waar_aanbieder=waar))


def _bedrag(telling: Telling) -> cijfers.Cijfers:
    return cijfers.Cijfers(noemer=telling.kolom("n"), waarde=telling.kolom("euro"), methode="toegekend")


def _som_van(rooster: Rooster, matrix: Matrix) -> Matrix:
    """The same matrix with the region summed over the gemeenten behind this grid."""
    uit = matrix.copy()
    uit[-1] = (matrix[:-1] * rooster.leverend).sum(axis=0)
    return uit


def _aandeel(deel: Matrix, ander: Matrix, *, erbij: bool = False) -> cijfers.Cijfers:
    """A part of an amount in percent; `erbij`: the part comes on top of it. No case where there are no euros."""
    geheel = ander + deel if erbij else ander
    geen = geheel <= 0
    waarde = 100 * cijfers.deel(deel, np.where(geen, 0, geheel))
    return cijfers.Cijfers(deel, geheel, waarde, methode="euro", geen=geen)


def _landelijk(geld: Geld) -> Matrix:
    return geld.som_van(geld.sommen[geld.sommen["productcategorie"].eq(CATEGORIE_LANDELIJK)])
