"""The least that must be hidden in one small system, by cutting planes (Fischetti & Salazar-González, 2000).

A program over what to hide proposes the cheapest choice; an attacker's linear programs look for cells that it
leaves too narrow, and their duals say what must be hidden beside it: that is a cut, valid for every choice.
Without such cells the choice is optimal. Rounds and nodes are limited by number and not by the clock, so that two
runs give the same; every proposal is completed with what helps most for its price, and the cheapest of those is
taken when the rounds run out.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csc_array

from analyse.vrijgave.cellen import Getallen, Masker
from analyse.vrijgave.hoekpunten import Hoekpunten
from analyse.vrijgave.vergelijkingen import Stelsel
from analyse.vrijgave.zoeker import EPS, Zoeker

# How much dearer than the optimum a choice may be.
_KLOOF = 1e-4
_KNOPEN = 500
# As many cuts a round at most: the cheapest next choice changes most by the first few.
_PER_RONDE = 30


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
    _rijen: list[Getallen] = field(default_factory=list)
    _minstens: list[float] = field(default_factory=list)
    # Every movement that was found, and which columns it moves: proof in each choice that hides those.
    _gezien: list[Getallen] = field(default_factory=list)

    def __post_init__(self) -> None:
        s = self.stelsel
        grens = 2 * float(s.breedte.max(initial=0.0))
        self._op, self._neer = np.minimum(s.op, grens), np.minimum(s.neer, grens)
        self._breedte, self._laat = s.breedte.copy(), False
        self._punten = Hoekpunten(s.matrix, np.where(self.mag, 1e6, 0.0))
        self._alle = np.arange(len(s.op))

    def beste(self, begin: Masker, *, rondes: int) -> Keuze:
        """The cheapest safe choice that is found, never dearer than `begin` (which must be safe)."""
        keuze = Keuze(begin, self._kosten(begin), optimaal=False)
        gevonden = self._zoek(rondes, keuze.kosten * (1 - _KLOOF))
        if gevonden is None or gevonden.kosten >= keuze.kosten - EPS:
            return replace(keuze, optimaal=gevonden is not None and gevonden.optimaal)
        return gevonden

    def van_niets(self, *, rondes: int) -> Keuze | None:
        """The cheapest safe choice that is found where nothing is hidden beside `vast` yet.

        Cells that no choice makes wide enough are left out of it, and named by `te_eng`. None when nothing is
        found.
        """
        self._laat = True
        return self._zoek(rondes, np.inf)

    def te_eng(self) -> Masker:
        """The cells for which no choice is enough: they need more than may be hidden here."""
        return self._breedte > self.stelsel.breedte

    def _zoek(self, rondes: int, duurst: float) -> Keuze | None:
        """The cheapest safe choice, or a safe one; None when it costs `duurst` or more, or there is none.

        Every proposal is completed at once, by what helps most for its price: a safe choice to compare with, and
        cuts that the next proposal need not find one by one.
        """
        self._buren()
        beste = self._vul_aan(np.zeros_like(self.mag))
        for _ in range(rondes):
            voorstel = self._voorstel()
            if voorstel is None:
                return beste
            laagst = self._kosten(voorstel)
            if laagst >= duurst:
                return Keuze(voorstel, np.inf, optimaal=True)
            if beste is None or laagst < beste.kosten * (1 - _KLOOF):
                nieuw = self._vul_aan(voorstel)
                beste = nieuw if nieuw is not None and (beste is None or nieuw.kosten < beste.kosten) else beste
            if beste is not None and beste.kosten <= laagst * (1 + _KLOOF) + EPS:
                return replace(beste, optimaal=True)
        return beste

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
        self._rijen.append(rij / nodig)
        self._minstens.append(0.0 if self.mag[cel] else 1.0)

    def _voorstel(self) -> Masker | None:
        """The cheapest choice that all cuts so far allow."""
        kies = np.flatnonzero(self.mag)
        uit = np.zeros(len(self.mag), dtype=bool)
        if not self._rijen:
            return uit
        matrix = csc_array(np.array(self._rijen)[:, kies])
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

    def _vul_aan(self, verborgen: Masker) -> Keuze | None:
        """A proposal with what it lacks, the best for its price first; None when that can't be found."""
        verborgen = verborgen.copy()
        for _ in range(int(self.mag.sum()) + 1):
            eerst = len(self._rijen)
            if not self._bewijs(verborgen).open_.any():
                return Keuze(verborgen, self._kosten(verborgen), optimaal=False)
            for rij, minstens in zip(self._rijen[eerst:], self._minstens[eerst:], strict=True):
                if rij[verborgen].sum() < minstens - EPS:
                    waard = np.where(self.mag & ~verborgen, rij, 0.0) / np.maximum(self.stelsel.prijs, EPS)
                    if not waard.max() > 0:
                        return None
                    verborgen[int(waard.argmax())] = True
        return None

    def _bewijs(self, verborgen: Masker) -> Zoeker:
        """Look for movements with this choice; adds a cut for cells that it leaves too narrow."""
        zoeker = self._zoeker(self.vast | verborgen)
        gesneden = 0
        for cel in np.flatnonzero(zoeker.open_):
            if zoeker.open_[cel]:
                gesneden += self._toets(int(cel), zoeker)
            if gesneden == _PER_RONDE:
                break
        return zoeker

    def _zoeker(self, vrij: Masker) -> Zoeker:
        """What is hidden, with the proof that earlier choices left; movements start from nothing."""
        zoeker = Zoeker(replace(self.stelsel, vrij=vrij))
        self._grens(vrij)
        if self._gezien:
            gezien = np.array(self._gezien)
            geldt = gezien[(np.abs(gezien[:, ~vrij]) <= EPS).all(axis=1)]
            zoeker.hoog = geldt.max(axis=0, initial=0.0)
            zoeker.laag = geldt.min(axis=0, initial=0.0)
        return zoeker

    def _grens(self, vrij: Masker) -> None:
        self._punten.grens(np.where(vrij, self._op, 0.0), np.where(vrij, self._neer, 0.0))

    def _toets(self, cel: int, zoeker: Zoeker) -> bool:
        """Exact bounds of one cell; whether it is too narrow, and then the cut that says why."""
        gewicht = np.zeros(len(self.mag))
        for kant in (1.0, -1.0):
            antwoord = self._punten.verst(kant * (self._alle == cel))
            self._gezien.append(antwoord.beweging)
            zoeker.zie(self._alle, antwoord.beweging)
            if not zoeker.open_[cel]:
                return False
            gewicht += antwoord.helling * np.where(antwoord.helling > 0, self._op, -self._neer)
        nodig = float(self.stelsel.breedte[cel] - gewicht[self.vast | (self._alle == cel)].sum())
        gewicht[cel] = 0.0
        if self._laat and self.vast[cel] and gewicht[self.mag].sum() < nodig - EPS:
            self.stelsel.breedte[cel] = 0.0
            return False
        self._snij(cel, gewicht, nodig)
        return True
