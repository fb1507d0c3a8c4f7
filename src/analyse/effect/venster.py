"""Which tijdvakken count as before and which as after, for one gebied that started on one day.

A tijdvak that holds the starting day itself is neither: it is half treated. The period before is cut to a few
years, because a level of long ago says little about what would have happened now.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from analyse.effect.reeks import Reeks
from analyse.effect.tijdvak import Tijdvak, eerste_hele

BASISJAREN = 4


@dataclass(frozen=True, order=True)
class Venster:
    """Columns of a series: [basis_van, basis_tot) is before, [na_van, na_tot) is after."""

    basis_van: int
    basis_tot: int
    na_van: int
    na_tot: int

    @property
    def basis(self) -> slice:
        """The columns before."""
        return slice(self.basis_van, self.basis_tot)

    @property
    def na(self) -> slice:
        """The columns after."""
        return slice(self.na_van, self.na_tot)

    @property
    def lengte_basis(self) -> int:
        """Number of tijdvakken before."""
        return self.basis_tot - self.basis_van

    @property
    def lengte_na(self) -> int:
        """Number of tijdvakken after."""
        return self.na_tot - self.na_van

    def binnen_basis(self, na_lengte: int) -> Venster:
        """A window that pretends the start lay `na_lengte` tijdvakken earlier, wholly in the period before."""
        knip = self.basis_tot - na_lengte
        return Venster(self.basis_van, knip, knip, self.basis_tot)

    def later_begin(self, vakken: int) -> Venster:
        """The same window with a period before that begins `vakken` later."""
        return Venster(self.basis_van + vakken, self.basis_tot, self.na_van, self.na_tot)

    def eerder_eind(self, vakken: int) -> Venster:
        """The same window with a period before that ends `vakken` earlier."""
        return Venster(self.basis_van, self.basis_tot - vakken, self.na_van, self.na_tot)


def venster(
    reeks: Reeks, ingang: date, *, einde: date | None = None, inwerkmaanden: int = 0, basisjaren: int = BASISJAREN
) -> Venster:
    """The window of a start on `ingang` (first day treated) in this series; `einde` is the last day treated.

    After `inwerkmaanden` the effect is supposed to be there; the months before that count as neither.
    """
    per, eerste, laatste = reeks.per_jaar, reeks.eerste, reeks.eerste + reeks.aantal.shape[1]
    basis_tot = min(max(Tijdvak.van_dag(ingang, per).index, eerste), laatste)
    na_van = min(max(eerste_hele(_plus_maanden(ingang, inwerkmaanden), per), basis_tot), laatste)
    na_tot = laatste if einde is None else min(max(Tijdvak.van_dag(einde, per).index, na_van), laatste)
    basis_van = max(eerste, basis_tot - basisjaren * per)
    return Venster(basis_van - eerste, basis_tot - eerste, na_van - eerste, na_tot - eerste)


def _plus_maanden(dag: date, maanden: int) -> date:
    maand = dag.month - 1 + maanden
    # The 28th exists in every month; only the tijdvak in which the day falls matters.
    return dag if not maanden else date(dag.year + maand // 12, maand % 12 + 1, min(dag.day, 28))
