"""The grid that figures stand in: gebied × half-year × category, and what can be delivered there.

A figure that is not in the data is 0 and not absent, so every table is laid on the full grid first. Which
gemeente counts in which period is decided once, here: a blocked or missing gemeente, or a period after its
peildatum, gives `niet_leverbaar`; the region goes on with the others and says with how many.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from math import prod

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analyse.kern import codes
from analyse.kern.periode import Periode
from analyse.meten.blok import Woorden

GESLOTEN: dict[str, tuple[str, ...]] = {
    **{dimensie: tuple(namen) for dimensie, namen in codes.NAMEN.items()},
    "hulpvorm": tuple(codes.HULPVORM),
}
AANBIEDER = "aanbieder"
NIET_LEVERBAAR, GEEN = "niet_leverbaar", "geen_waarneming"
STATUSSEN = ("definitief", "voorlopig", NIET_LEVERBAAR, GEEN)


def maanden_terug(dag: date, maanden: int) -> date:
    """The same day so many months before, or the last day of that month."""
    return (pd.Timestamp(dag) - pd.DateOffset(months=maanden)).date()


@dataclass(frozen=True)
class Rooster:
    """Gebieden × perioden. `peildatum` holds only the gemeenten whose delivery may be used."""

    gemeenten: tuple[str, ...]
    perioden: tuple[Periode, ...]
    peildatum: Mapping[str, date]
    voorlopig_maanden: int = 6
    aanbieders: tuple[str, ...] = ()
    # gebied, aanbieder (numbers): which aanbieder has trajecten where; more columns narrow it further.
    waar_aanbieder: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame({"gebied": [], AANBIEDER: []}, dtype="int64")
    )
    # Categories that only some figures have, behind those of the closed list.
    extra: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    # First day that a gemeente delivered of what is counted; nothing can be said of periods before it.
    vanaf: Mapping[str, date] = field(default_factory=dict)

    def beperkt(self, gemeenten: Collection[str]) -> Rooster:
        """The same grid for figures that only these gemeenten can deliver."""
        return replace(self, peildatum={g: dag for g, dag in self.peildatum.items() if g in gemeenten})

    @property
    def gebieden(self) -> tuple[str, ...]:
        """The gemeenten and the region."""
        return (*self.gemeenten, codes.REGIO)

    @property
    def namen(self) -> list[str]:
        """The periods as text."""
        return [str(periode) for periode in self.perioden]

    def levert(self, gemeente: str, periode: Periode) -> bool:
        """Whether the gemeente delivered (part of) the period."""
        if gemeente not in self.peildatum or periode.begin > self.peildatum[gemeente]:
            return False
        return periode.eind >= self.vanaf.get(gemeente, periode.eind)

    @cached_property
    def _vast_tot(self) -> dict[str, date]:
        return {g: maanden_terug(dag, self.voorlopig_maanden) for g, dag in self.peildatum.items()}

    def leveraars(self, gebied: str, periode: Periode) -> list[str]:
        """The gemeenten behind a figure of this gebied."""
        eigen = self.gemeenten if gebied == codes.REGIO else (gebied,)
        return [gemeente for gemeente in eigen if self.levert(gemeente, periode)]

    def status(self, gebied: str, periode: Periode) -> str:
        """`niet_leverbaar`, `voorlopig` (for one gemeente of the region is enough) or `definitief`."""
        leveraars = self.leveraars(gebied, periode)
        if not leveraars:
            return NIET_LEVERBAAR
        return "voorlopig" if any(periode.eind > self._vast_tot[g] for g in leveraars) else "definitief"

    def voorbehoud(self, gebied: str, periode: Periode) -> str:
        """What `methode` must add: `+7_van_8_gemeenten` where the region lacks a gemeente."""
        aantal = len(self.leveraars(gebied, periode))
        volledig = gebied != codes.REGIO or aantal in (0, len(self.gemeenten))
        return "" if volledig else f"+{aantal}_van_{len(self.gemeenten)}_gemeenten"

    @cached_property
    def leverend(self) -> NDArray[np.bool_]:
        """`levert` of every gemeente × periode."""
        return np.array([[self.levert(g, p) for p in self.perioden] for g in self.gemeenten], dtype=bool)

    @cached_property
    def statussen(self) -> NDArray[np.object_]:
        """`status` of every gebied × periode."""
        return np.array([[self.status(g, p) for p in self.perioden] for g in self.gebieden], dtype=object)

    @cached_property
    def statusnummers(self) -> NDArray[np.intp]:
        """`statussen` as places in `STATUSSEN`."""
        return np.array([[STATUSSEN.index(woord) for woord in rij] for rij in self.statussen], dtype=np.intp)

    @cached_property
    def dicht(self) -> NDArray[np.bool_]:
        """Which gebied × periode can't be delivered at all."""
        return self.statusnummers == STATUSSEN.index(NIET_LEVERBAAR)

    @cached_property
    def voorbehouden(self) -> NDArray[np.object_]:
        """`voorbehoud` of every gebied × periode."""
        return np.array([[self.voorbehoud(g, p) for p in self.perioden] for g in self.gebieden], dtype=object)

    @cached_property
    def voorbehoudnummers(self) -> tuple[NDArray[np.intp], tuple[str, ...]]:
        """`voorbehouden` as places in a list of different ones."""
        nummers, uniek = pd.factorize(self.voorbehouden.ravel())
        return nummers.reshape(self.voorbehouden.shape), tuple(uniek)

    @cached_property
    def koppel(self) -> pd.DataFrame:
        """The table that the engine joins on: one row per gemeente × gebied × periode that counts.

        Columns gemeente, gebied, periode (their place in `gebieden` and `perioden`), b and e (first and last day),
        jaar, dag (the last day that is known: `e`, or the peildatum of the gemeente when that comes first).
        """
        rijen = [
            (self.gemeenten.index(gemeente), g, nr, p.begin, p.eind, p.jaar, min(p.eind, self.peildatum[gemeente]))
            for g, gebied in enumerate(self.gebieden)
            for nr, p in enumerate(self.perioden)
            for gemeente in self.leveraars(gebied, p)
        ]
        return pd.DataFrame(rijen, columns=["gemeente", "gebied", "periode", "b", "e", "jaar", "dag"])

    def categorieen(self, dimensie: str) -> tuple[str, ...]:
        """The categories of a dimension: a closed list, or the aanbieders that occur."""
        lijst = self.aanbieders if dimensie == AANBIEDER else GESLOTEN[dimensie]
        return (*lijst, *self.extra.get(dimensie, ()))

    @cached_property
    def _gemaakt(self) -> dict[tuple[str, ...], Vakken]:
        return {}

    def vakken(self, splitsing: tuple[str, ...]) -> Vakken:
        """The cells of one table."""
        return self._gemaakt.setdefault(splitsing, Vakken(self, splitsing))


@dataclass(frozen=True)
class Vakken:
    """The cells of one table: gebied × periode × the categories of `splitsing`, in that order."""

    rooster: Rooster
    splitsing: tuple[str, ...]

    @cached_property
    def assen(self) -> tuple[tuple[str, ...], ...]:
        """The labels along every axis."""
        return (
            self.rooster.gebieden,
            tuple(self.rooster.namen),
            *(self.rooster.categorieen(dimensie) for dimensie in self.splitsing),
        )

    @cached_property
    def vorm(self) -> tuple[int, ...]:
        """The length of every axis."""
        return tuple(len(as_) for as_ in self.assen)

    @cached_property
    def plek(self) -> tuple[NDArray[np.intp], ...]:
        """Per axis the position of every cell that is kept."""
        rooster = np.indices(self.vorm).reshape(len(self.vorm), -1)
        return tuple(rooster[:, self._bestaat()])

    def _bestaat(self) -> NDArray[np.bool_]:
        """All cells, except of aanbieders that have nothing in the gebied (or in that category there)."""
        masker = np.ones(self.vorm, dtype=bool)
        if AANBIEDER in self.splitsing:
            paar = self.rooster.waar_aanbieder
            bekend = [naam in paar.columns for naam in self.kolommen]
            waar = np.zeros([n if ja else 1 for n, ja in zip(self.vorm, bekend, strict=True)], dtype=bool)
            plek = [paar[naam] if ja else 0 for naam, ja in zip(self.kolommen, bekend, strict=True)]
            waar[tuple(plek)] = True
            masker &= waar
        return masker.ravel()

    def _as(self, dimensie: str) -> int:
        return 2 + self.splitsing.index(dimensie)

    @property
    def kolommen(self) -> tuple[str, ...]:
        """The names of the axes."""
        return ("gebied", "periode", *self.splitsing)

    def nummer(self, groepen: pd.DataFrame) -> NDArray[np.intp]:
        """The cell number of rows that hold the place along every axis."""
        plekken = [groepen[naam].to_numpy(dtype=np.intp) for naam in self.kolommen]
        return np.ravel_multi_index(plekken, self.vorm)

    def plekken(self, nummers: pd.Series) -> dict[str, NDArray[np.intp]]:
        """What `nummer` was made from."""
        plekken = np.unravel_index(nummers.to_numpy(), self.vorm)
        return dict(zip(self.kolommen, plekken, strict=True))

    def spreid(self, nummers: NDArray[np.intp], waarden: pd.Series, *, leeg: float = 0.0) -> NDArray[np.float64]:
        """Values of numbered cells on all cells; `leeg` for the others and for a missing value."""
        plat = np.full(prod(self.vorm), leeg)
        plat[nummers] = waarden.to_numpy(dtype=np.float64, na_value=leeg)
        return plat[self._nummers]

    @cached_property
    def _nummers(self) -> NDArray[np.intp]:
        """The cell number of every cell that is kept."""
        return np.ravel_multi_index(self.plek, self.vorm)

    def per_gebied(self, matrix: NDArray) -> NDArray:
        """A matrix of gebied × periode on the cells."""
        return matrix.ravel()[self._vlak]

    @cached_property
    def _vlak(self) -> NDArray[np.intp]:
        return np.ravel_multi_index(self.plek[:2], self.vorm[:2])

    def is_categorie(self, dimensie: str, code: str) -> NDArray[np.bool_]:
        """Which cells are of this category."""
        as_ = self._as(dimensie)
        return self.plek[as_] == self.assen[as_].index(code)

    @cached_property
    def sleutels(self) -> dict[str, Woorden]:
        """gebied, periode and the five dimensions of every cell."""
        totaal = Woorden((codes.TOTAAL,), np.zeros_like(self.plek[0]))
        eigen = {naam: Woorden(self.assen[i], self.plek[i]) for i, naam in enumerate(self.kolommen)}
        return {**dict.fromkeys(codes.DIMENSIES, totaal), **eigen}
