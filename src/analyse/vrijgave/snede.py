"""The least that must be hidden in one small system, by cutting planes (Fischetti & Salazar-González, 2000).

A program over what to hide proposes the cheapest choice; an attacker's linear programs look for cells that it
leaves too narrow, and their duals say what must be hidden beside it: that is a cut, valid for every choice.
Without such cells the choice is optimal. Rounds and nodes are limited by number and not by the clock, so that two
runs give the same; a proposal that isn't safe yet when they run out is completed by the heuristic.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csc_array, csr_array, vstack

from analyse.vrijgave.cellen import Getallen, Masker
from analyse.vrijgave.vergelijkingen import Stelsel
from analyse.vrijgave.zoeker import EPS, Zoeker

# How much dearer than the optimum a choice may be.
_KLOOF = 1e-4
_KNOPEN = 500
# As many cuts a round at most: the cheapest next choice changes most by the first few.
_PER_RONDE = 12
_VERKEN = 2


@dataclass(frozen=True)
class Keuze:
    """What to hide, what that costs, and whether nothing cheaper is safe."""

    verborgen: Masker
    kosten: float
    optimaal: bool


@dataclass
class Snijder:
    """One system. `vast`: hidden whatever is chosen; `mag`: what may be hidden."""

    stelsel: Stelsel
    vast: Masker
    mag: Masker
    _rijen: list[csr_array] = field(default_factory=list)
    _minstens: list[float] = field(default_factory=list)

    def beste(self, begin: Masker, *, rondes: int) -> Keuze:
        """The cheapest safe choice that is found, never dearer than `begin` (which must be safe)."""
        keuze = Keuze(begin, self._kosten(begin), optimaal=False)
        self._buren()
        zoeker = None
        for _ in range(rondes):
            voorstel = self._voorstel()
            if voorstel is None or self._kosten(voorstel) >= keuze.kosten * (1 - _KLOOF):
                return replace(keuze, optimaal=voorstel is not None)
            zoeker = self._bewijs(voorstel)
            if not zoeker.open_.any():
                return Keuze(voorstel, self._kosten(voorstel), optimaal=True)
        compleet = None if zoeker is None else self._vul_aan(zoeker)
        if compleet is not None and self._kosten(compleet) < keuze.kosten - EPS:
            return Keuze(compleet, self._kosten(compleet), optimaal=False)
        return keuze

    def _kosten(self, verborgen: Masker) -> float:
        return float(self.stelsel.prijs[verborgen & self.mag].sum())

    def _buren(self) -> None:
        """First cuts, without a program: who is alone in an equation with what is shown, needs company there."""
        matrix = self.stelsel.matrix
        for rij in range(matrix.shape[0]):
            leden = matrix.indices[matrix.indptr[rij] : matrix.indptr[rij + 1]]
            for cel in leden[self.stelsel.breedte[leden] > 0]:
                ander = leden[leden != cel]
                if not self.vast[ander].any() and (self.vast[cel] or self.mag[cel]):
                    self._snij(int(cel), self.mag.astype(float) * np.isin(np.arange(len(self.mag)), ander), 1.0)

    def _snij(self, cel: int, gewicht: Getallen, nodig: float) -> None:
        """Σ gewicht × hidden is at least `nodig`, when `cel` is hidden."""
        rij = np.where(self.mag, np.minimum(gewicht, nodig), 0.0)
        if self.mag[cel]:
            rij[cel] = -nodig
        self._rijen.append(csr_array(rij[None, :] / nodig))
        self._minstens.append(0.0 if self.mag[cel] else 1.0)

    def _voorstel(self) -> Masker | None:
        """The cheapest choice that all cuts so far allow."""
        kies = np.flatnonzero(self.mag)
        uit = np.zeros(len(self.mag), dtype=bool)
        if not self._rijen:
            return uit
        matrix = csc_array(vstack(self._rijen))[:, kies]
        gevonden = milp(
            self.stelsel.prijs[kies],
            integrality=np.ones(len(kies)),
            constraints=LinearConstraint(matrix, np.array(self._minstens), np.inf),
            bounds=Bounds(0, 1),
            options={"mip_rel_gap": _KLOOF, "node_limit": _KNOPEN},
        )
        if gevonden.x is None or gevonden.status != 0:
            return None
        uit[kies] = gevonden.x > 0.5
        return uit

    def _bewijs(self, verborgen: Masker) -> Zoeker:
        """Look for movements with this choice; adds a cut for the cells that it leaves too narrow."""
        zoeker = Zoeker(replace(self.stelsel, vrij=self.vast | verborgen))
        zoeker.verken(_VERKEN)
        gesneden = 0
        for cel in np.flatnonzero(zoeker.open_):
            if zoeker.open_[cel]:
                gesneden += self._toets(int(cel), zoeker)
            if gesneden == _PER_RONDE:
                break
        return zoeker

    def _toets(self, cel: int, zoeker: Zoeker) -> bool:
        """Exact bounds of one cell; whether it is too narrow, and then the cut that says why."""
        kolommen = np.arange(len(self.mag))
        gewicht = np.zeros(len(self.mag))
        for kant in (1.0, -1.0):
            beweging, deel = self._ver(cel, kant, zoeker.vrij)
            zoeker.zie(kolommen, beweging)
            gewicht += deel
            if not zoeker.open_[cel]:
                return False
        nodig = float(self.stelsel.breedte[cel] - gewicht[self.vast | (kolommen == cel)].sum())
        gewicht[cel] = 0.0
        self._snij(cel, gewicht, nodig)
        return True

    def _ver(self, cel: int, kant: float, vrij: Masker) -> tuple[Getallen, Getallen]:
        """How one cell moves farthest, and by how much each cell would let it go farther if it were hidden."""
        s = self.stelsel
        grens = 2 * float(s.breedte.max())
        op, neer = np.minimum(s.op, grens), np.minimum(s.neer, grens)
        richting = np.zeros(len(op))
        richting[cel] = -kant
        grenzen = np.stack([np.where(vrij, -neer, 0.0), np.where(vrij, op, 0.0)], axis=1)
        uit = linprog(richting, A_eq=s.matrix, b_eq=np.zeros(s.matrix.shape[0]), bounds=grenzen)
        helling = uit.lower.marginals + uit.upper.marginals
        return uit.x, np.where(helling > 0, helling * neer, -helling * op)

    def _vul_aan(self, zoeker: Zoeker) -> Masker | None:
        """What else must be hidden for the cells that a proposal leaves too narrow; None when that can't be."""
        while (open_ := np.flatnonzero(zoeker.open_)).size:
            cel = int(open_[0])
            if not zoeker.toets(cel) and not zoeker.bevrijd(cel, ver=zoeker.overal):
                return None
        return zoeker.vrij & self.mag
