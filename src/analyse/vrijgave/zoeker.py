"""Search for movements in a system: the proof of what is safe, and the cheapest way to what isn't yet.

Each movement leaves everything shown as it is, so that it is proof for every cell on it.
"""

from __future__ import annotations

import numpy as np
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components

from analyse.vrijgave.beweging import STAP, Doel, los_op
from analyse.vrijgave.cellen import Cellen, Getallen, Masker, Regel
from analyse.vrijgave.tijd import Nummers
from analyse.vrijgave.vergelijkingen import Stelsel

EPS = 1e-6
# How many periods away from what must be freed cells are moved at first.
DICHTBIJ = 1
_ZAAD = 20


class Zoeker:
    """Keeps per column the highest and lowest movement seen: the proof of its interval."""

    def __init__(self, stelsel: Stelsel, *, zaad: int = _ZAAD) -> None:
        self.stelsel = stelsel
        self.vrij = stelsel.vrij.copy()
        self.hoog = np.zeros(len(stelsel.op))
        self.laag = np.zeros(len(stelsel.op))
        self.rng = np.random.default_rng(zaad)
        self.ver = DICHTBIJ
        self.overal = int(np.ptp(stelsel.periode)) + 1

    @property
    def open_(self) -> Masker:
        """Columns that must have an interval and for which none is proved yet."""
        s = self.stelsel
        return self.vrij & ~s.gedekt & (self.hoog - self.laag < s.breedte - EPS)

    def schrijf(self, cellen: Cellen) -> None:
        """Take over what is hidden and what is proved."""
        gedekt = self.vrij & (self.hoog - self.laag >= self.stelsel.breedte - EPS)
        cel, rest = self.stelsel.resten
        gedekt[cel[~gedekt[rest]]] = False  # so that the remainder is asked for again
        for blok in cellen:
            kolommen = self.stelsel.kolommen[blok.sleutel]
            blok.verberg(self.vrij[kolommen], Regel.SECUNDAIR)
            blok.gedekt |= gedekt[kolommen] & blok.verborgen

    def zie(self, kolommen: Nummers, beweging: Getallen) -> None:
        """Note a movement that leaves everything shown as it is, and hide what it moves."""
        self.vrij[kolommen[np.abs(beweging) > EPS]] = True
        self.hoog[kolommen] = np.maximum(self.hoog[kolommen], beweging)
        self.laag[kolommen] = np.minimum(self.laag[kolommen], beweging)

    def _deel(self, mag: Masker, doelen: Masker, *, ver: int) -> tuple[Nummers, csr_array]:
        """The columns that may move and are connected to `doelen`, with their equations.

        Only those at most `ver` periods away: a movement may stay near, and the programs stay small.
        """
        bereik = np.add.outer(np.unique(self.stelsel.periode[doelen]), np.arange(-ver, ver + 1))
        kolommen = np.flatnonzero(mag & np.isin(self.stelsel.periode, bereik))
        matrix = self.stelsel.matrix[:, kolommen]
        paren, n = coo_array(matrix), matrix.shape[0]
        graaf = coo_array((np.ones(paren.nnz), (paren.row, paren.col + n)), shape=(n + len(kolommen),) * 2)
        label = connected_components(graaf, directed=False)[1]
        nodig = np.isin(label[n:], label[n:][doelen[kolommen]])
        rijen = np.isin(label[:n], label[n:][nodig])
        return kolommen[nodig], matrix[rijen][:, nodig]

    def verken(self, rondes: int) -> None:
        """Move hidden cells in random directions, aimed at the columns that are still open: proof of what is safe.

        As far as they go and not as far as they need: the corners of what is possible show most cells at once.
        """
        for _ in range(rondes):
            open_ = self.open_
            if not open_.any():
                return
            kolommen, matrix = self._deel(self.vrij, open_, ver=DICHTBIJ)
            doel = self._onbetaald(kolommen)
            richting = self.rng.uniform(0.5, 1.5, len(kolommen)) * self.rng.choice([-1.0, 1.0], len(kolommen))
            for kant in (1.0, -1.0):
                beweging = los_op(matrix, doel, kant * richting * open_[kolommen])
                if beweging is not None:
                    self.zie(kolommen, beweging)

    def toets(self, kolom: int) -> bool:
        """Whether one column is safe with what is hidden now, however far away: exact, one side at a time.

        Nothing is moved farther than needed: from a start that stands still such programs take a hundredth second.
        """
        kolommen, matrix = self._deel(self.vrij, np.arange(len(self.vrij)) == kolom, ver=self.overal)
        plek = int(np.searchsorted(kolommen, kolom))
        for kant in (1.0, -1.0):
            doel, richting = self._doel(kolommen), np.zeros(len(kolommen))
            richting[plek] = kant
            self._begrens(doel, plek, kolom, kant)
            beweging = los_op(matrix, doel, richting)
            if beweging is not None:
                self.zie(kolommen, beweging)
            if not self.open_[kolom]:
                return True
        return False

    def _onbetaald(self, kolommen: Nummers) -> Doel:
        """Free movement, no farther than twice what anything asks."""
        grens = 2 * float(self.stelsel.breedte[kolommen].max())
        op, neer = (np.minimum(kant[kolommen], grens) for kant in (self.stelsel.op, self.stelsel.neer))
        return Doel(np.zeros(len(kolommen)), op, neer)

    def bevrijd_samen(self, beloning: float, venster: Masker) -> None:
        """Free many columns in one movement, as far as a unit of their movement is worth `beloning`."""
        mag, eerst = venster & np.isfinite(self.stelsel.prijs), int(self.vrij.sum())
        for omgekeerd in (False, True):
            self._beweeg(self.vrij | mag, beloning, omgekeerd=omgekeerd)
        if self.vrij.sum() > eerst:
            self.verken(1)

    def _beweeg(self, mag: Masker, beloning: float, *, omgekeerd: bool) -> None:
        """Move all open columns to one side or the other, each no farther than it needs."""
        open_ = self.open_
        if not open_.any():
            return
        kolommen, matrix = self._deel(mag, open_, ver=self.ver)
        doel = self._doel(kolommen)
        richting = np.zeros(len(kolommen))
        for i in np.flatnonzero(open_[kolommen]):
            richting[i] = beloning * self._kant(int(kolommen[i]), omgekeerd=omgekeerd)
            self._begrens(doel, int(i), int(kolommen[i]), richting[i])
        beweging = los_op(matrix, doel, richting)
        if beweging is not None:
            self.zie(kolommen, beweging)

    def _doel(self, kolommen: Nummers) -> Doel:
        s = self.stelsel
        prijs = np.where(self.vrij[kolommen], 0.0, s.prijs[kolommen]) + STAP
        return Doel(prijs, s.op[kolommen].copy(), s.neer[kolommen].copy())

    def _kant(self, kolom: int, *, omgekeerd: bool) -> float:
        """Up or down: where there is room for the whole width, at random when both will do."""
        s = self.stelsel
        past = (s.op[kolom] >= s.breedte[kolom], s.neer[kolom] >= s.breedte[kolom])
        if past[0] == past[1]:
            return float(self.rng.choice([-1.0, 1.0]))
        return 1.0 if past[0] != omgekeerd else -1.0

    def _begrens(self, doel: Doel, i: int, kolom: int, richting: float) -> None:
        """No farther than the width asks, given what was seen already."""
        tekort = self.stelsel.breedte[kolom] - (self.hoog[kolom] - self.laag[kolom])
        if richting > 0:
            doel.op[i], doel.neer[i] = min(doel.op[i], self.hoog[kolom] + tekort), 0.0
        else:
            doel.neer[i], doel.op[i] = min(doel.neer[i], tekort - self.laag[kolom]), 0.0

    def bevrijd(self, kolom: int, *, ver: int) -> bool:
        """Hide the cheapest cells that give one column its interval, at most `ver` periods away."""
        s = self.stelsel
        mag = self.vrij | np.isfinite(s.prijs)
        kolommen, matrix = self._deel(mag, np.arange(len(mag)) == kolom, ver=ver)
        plek = int(np.searchsorted(kolommen, kolom))
        breed = s.breedte[kolom]
        op = min(s.op[kolom], breed)
        keuzen = dict.fromkeys([(breed, 0.0), (0.0, breed), (op, breed - op)])
        beste: tuple[float, list[Getallen]] = (np.inf, [])
        for verdeling in keuzen:
            stappen = [self._goedkoop(kolommen, matrix, plek, ver) for ver in (verdeling[0], -verdeling[1]) if ver]
            kosten = sum(stap[0] for stap in stappen)
            if kosten < beste[0]:
                beste = (kosten, [stap[1] for stap in stappen])
        for beweging in beste[1]:
            self.zie(kolommen, beweging)
        return bool(beste[1])

    def _goedkoop(self, kolommen: Nummers, matrix: csr_array, plek: int, ver: float) -> tuple[float, Getallen]:
        """What the cheapest movement costs that takes one column so `ver`, and the movement."""
        doel = self._doel(kolommen)
        ruimte = doel.op if ver > 0 else doel.neer
        if ruimte[plek] < abs(ver) - EPS:
            return np.inf, np.zeros(0)
        beweging = los_op(matrix, doel, np.zeros(len(kolommen)), vast={plek: ver})
        if beweging is None:
            return np.inf, np.zeros(0)
        return float(np.abs(beweging) @ doel.prijs), beweging
