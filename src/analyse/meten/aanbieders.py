"""The aanbieders of a gebied together: how many, who came and who went, and how concentrated the money is.

Figures of one aanbieder are splits of other indicators (clients, duration, costs per traject) and stay INTERN.
Coming and going is about clients, not contracts: an aanbieder without a client now may well have a contract.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from analyse.kern import codes
from analyse.meten import cijfers
from analyse.meten.bron import Bron
from analyse.meten.cijfers import Kolom
from analyse.meten.indicator import Berekend
from analyse.meten.rooster import Vakken
from analyse.meten.uitgaven_bron import Geld

AANTAL, TOETREDERS, UITTREDERS = "aanbieder.aantal", "aanbieder.toetreders", "aanbieder.uittreders"
CONCENTRATIE = "aanbieder.concentratie"
INDICATOREN = (AANTAL, TOETREDERS, UITTREDERS, CONCENTRATIE)
GROOTSTE = 5
Kubus = NDArray[np.bool_]


@dataclass(frozen=True)
class Aanbieders:
    """Which aanbieder had clients where and when. INTERN."""

    bron: Bron

    @cached_property
    def actief(self) -> Kubus:
        """gebied × periode × aanbieder: an active traject of a known aanbieder."""
        rooster, t = self.bron.rooster, self.bron.in_periode
        uit = np.zeros((len(rooster.gebieden), len(rooster.perioden), len(rooster.aanbieders)), dtype=bool)
        waar = t.select("gebied", "periode", "aanbieder").distinct().execute()
        uit[waar["gebied"], waar["periode"], waar["aanbieder"]] = True
        uit[:, :, rooster.aanbieders.index(codes.ONBEKEND)] = False
        return uit

    @cached_property
    def eerder(self) -> Kubus:
        """The same of the half-year before; nobody before the first."""
        leeg = np.zeros_like(self.actief[:, :1])
        return np.concatenate([leeg, self.actief[:, :-1]], axis=1)

    @cached_property
    def zonder_vorig(self) -> Kubus:
        """gebied × periode where the half-year before isn't known of the same gemeenten."""
        rooster = self.bron.rooster
        wie = [[rooster.leveraars(g, p) for p in rooster.perioden] for g in rooster.gebieden]
        return np.array([[j == 0 or rij[j] != rij[j - 1] for j in range(len(rij))] for rij in wie])


def concentratie(geld: Geld) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Euros of the `GROOTSTE` aanbieders and of all, per gebied × periode; net credits count as no euros."""
    rooster = geld.bron.rooster
    som = geld.sommen.groupby(["gebied", "periode", "aanbieder"], as_index=False)["euro"].sum()
    per = np.zeros((len(rooster.gebieden), len(rooster.perioden), len(rooster.aanbieders)))
    per[som["gebied"], som["periode"], som["aanbieder"]] = np.maximum(som["euro"], 0)
    grootste = np.sort(per, axis=2)[:, :, -GROOTSTE:].sum(axis=2)
    return grootste, per.sum(axis=2)


def aanbieders(bron: Bron, geld: Geld) -> list[Berekend]:
    """The indicators of this family."""
    a = Aanbieders(bron)

    def aantal(vakken: Vakken) -> cijfers.Cijfers:
        return cijfers.stand(_aantal(a.actief, vakken))

    def toetreders(vakken: Vakken) -> cijfers.Cijfers:
        return _tegen_vorig(_aantal(a.actief & ~a.eerder, vakken), vakken.per_gebied(a.zonder_vorig))

    def uittreders(vakken: Vakken) -> cijfers.Cijfers:
        return _tegen_vorig(_aantal(a.eerder & ~a.actief, vakken), vakken.per_gebied(a.zonder_vorig))

    def grootste(vakken: Vakken) -> cijfers.Cijfers:
        teller, noemer = (vakken.per_gebied(matrix) for matrix in concentratie(geld))
        waarde = 100 * cijfers.deel(teller, noemer)
        return cijfers.Cijfers(teller, noemer, waarde, methode=f"grootste_{GROOTSTE}", geen=noemer == 0)

    return [
        Berekend(AANTAL, aantal),
        Berekend(TOETREDERS, toetreders),
        Berekend(UITTREDERS, uittreders),
        Berekend(CONCENTRATIE, grootste, rooster=geld.rooster),
    ]


def _aantal(welke: Kubus, vakken: Vakken) -> Kolom:
    return vakken.per_gebied(welke.sum(axis=2).astype(float))


def _tegen_vorig(aantal: Kolom, geen: NDArray[np.bool_]) -> cijfers.Cijfers:
    aantal = np.where(geen, np.nan, aantal)
    return cijfers.Cijfers(teller=aantal, waarde=aantal, methode="tegen_halfjaar_eerder", geen=geen)
