"""How often huisartsen sent somebody to the local toegang: as the toegang counted it, per gemeente and quarter.

In no message: a toegang keeps a list or it doesn't. A half-year counts only when both its quarters were delivered;
half of it would look like a fall. A gemeente that doesn't count has no figure, and is not in that of the region.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analyse.kern.basis import Basis
from analyse.kern.periode import Periode
from analyse.meten import cijfers
from analyse.meten.bron import Bron
from analyse.meten.indicator import Berekend
from analyse.meten.rooster import Rooster, Vakken

TOEGANG = "verwijzingen.huisarts_toegang"


def per_kwartaal(basis: Basis) -> dict[tuple[str, str], float]:
    """Referrals per (gemeente, kwartaal), of all praktijken and of those unknown; only what was delivered."""
    t = basis.pandas("aanmeldingen")
    som = t.groupby(["gemeente", "kwartaal"], as_index=False)["aantal"].sum()
    return {
        (str(g), str(k)): float(n) for g, k, n in zip(som["gemeente"], som["kwartaal"], som["aantal"], strict=True)
    }


@dataclass(frozen=True)
class Aanmeldrooster(Rooster):
    """The grid of half-years of which a gemeente delivered both quarters."""

    geleverd: frozenset[tuple[str, str]] = frozenset()

    def levert(self, gemeente: str, periode: Periode) -> bool:
        """Whether the gemeente counted all of the period."""
        beide = all((gemeente, str(kwartaal)) in self.geleverd for kwartaal in periode.kwartalen)
        return beide and super().levert(gemeente, periode)


def aanmeldrooster(rooster: Rooster, geteld: dict[tuple[str, str], float]) -> Aanmeldrooster:
    """The same grid, for what was counted per quarter."""
    eigen = {veld.name: getattr(rooster, veld.name) for veld in fields(Rooster)}
    return Aanmeldrooster(**eigen, geleverd=frozenset(geteld))


def aanmeldingen(bron: Bron) -> Berekend:
    """The indicator: referrals by huisartsen to the toegang per half-year."""
    geteld = per_kwartaal(bron.basis)

    def reken(vakken: Vakken) -> cijfers.Cijfers:
        return cijfers.stroom(vakken.per_gebied(_per_halfjaar(vakken.rooster, geteld)))

    return Berekend(TOEGANG, reken, rooster=aanmeldrooster(bron.rooster, geteld))


def _per_halfjaar(rooster: Rooster, geteld: dict[tuple[str, str], float]) -> NDArray[np.float64]:
    """Sums of gebied × periode over the gemeenten that delivered it."""
    return np.array(
        [
            [
                sum(geteld[g, str(k)] for g in rooster.leveraars(gebied, p) for k in p.kwartalen)
                for p in rooster.perioden
            ]
            for gebied in rooster.gebieden
        ],
        dtype=float,
    )


def van_praktijken(basis: Basis) -> pd.DataFrame:
    """praktijk, kwartaal, aantal: referrals of which the toegang wrote down the praktijk."""
    t = basis.pandas("aanmeldingen")
    som = t[t["praktijk"].notna()].groupby(["praktijk", "kwartaal"])["aantal"].sum()
    return som.reset_index()
