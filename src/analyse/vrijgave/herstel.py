"""Repair: find the hidden cells that an attacker can still pin down, and hide the least that stops it.

First movements in random directions, many cells at once: most cells turn out free after a few linear programs.
What is left gets its exact bounds, and a cell that is really too narrow the cheapest movement that frees it
(a linear program that pays for every shown cell it moves). Each movement is proof for every cell on it.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, hstack
from scipy.sparse.csgraph import connected_components

from analyse.params import Drempels
from analyse.vrijgave.cellen import Cellen, Getallen, Masker, Regel
from analyse.vrijgave.stelsel import Bouw, Nummers, Stelsel

_EPS = 1e-6
_RONDES = 6


def herstel(cellen: Cellen, drempels: Drempels) -> int:
    """Hide what is still needed over all tables together; returns how many cells can't be protected."""
    if not any((blok.verborgen & ~blok.gedekt & ~blok.bekend).any() for blok in cellen):
        return 0
    zoeker = Zoeker(Bouw(cellen, drempels).stelsel())
    zoeker.verken(_RONDES)
    mislukt: set[int] = set()
    while len(doelen := [k for k in np.flatnonzero(zoeker.open_) if k not in mislukt]):
        if not any(
            bevrijd(zoeker, int(doelen[0]), venster) for venster in _vensters(zoeker.stelsel, int(doelen[0]))
        ):
            mislukt.add(int(doelen[0]))
        zoeker.verken(1)
    for blok in cellen:
        kolommen = zoeker.stelsel.kolommen[blok.sleutel]
        blok.verberg(zoeker.vrij[kolommen], Regel.SECUNDAIR)
    return len(mislukt)


def _vensters(stelsel: Stelsel, doel: int) -> Iterator[Masker]:
    """Which columns may move: those of the periods around the target first, then all."""
    afstand = np.abs(stelsel.periode - stelsel.periode[doel])
    yield afstand <= 1
    yield np.ones(len(afstand), dtype=bool)


class Zoeker:
    """Keeps per column the highest and lowest movement seen: the proof of its interval."""

    def __init__(self, stelsel: Stelsel, *, zaad: int = 20) -> None:
        self.stelsel = stelsel
        self.vrij = stelsel.vrij.copy()
        self.hoog = np.zeros(len(stelsel.op))
        self.laag = np.zeros(len(stelsel.op))
        self.eng = np.zeros(len(stelsel.op), dtype=bool)
        self.rng = np.random.default_rng(zaad)

    @property
    def open_(self) -> Masker:
        """Columns that must have an interval and for which none is proved yet."""
        s = self.stelsel
        return self.vrij & ~s.gedekt & (self.hoog - self.laag < s.breedte - _EPS)

    def zie(self, kolommen: Nummers, beweging: Getallen) -> None:
        """Note a movement that leaves everything shown as it is."""
        self.hoog[kolommen] = np.maximum(self.hoog[kolommen], beweging)
        self.laag[kolommen] = np.minimum(self.laag[kolommen], beweging)

    def deel(self, doelen: Masker) -> tuple[Nummers, csr_array, Nummers]:
        """The free columns connected to `doelen`, their equations, and the component number of each column."""
        kolommen = np.flatnonzero(self.vrij)
        matrix = self.stelsel.matrix[:, kolommen]
        n = matrix.shape[0]
        graaf = csr_array((np.ones(matrix.nnz), matrix.indices, matrix.indptr), shape=matrix.shape).tocoo()
        alles = csr_array((graaf.data, (graaf.row, graaf.col + n)), shape=(n + len(kolommen),) * 2)
        label = connected_components(alles, directed=False)[1]
        nodig = np.isin(label[n:], label[n:][doelen[kolommen]])
        rijen = np.isin(label[:n], label[n:][nodig])
        return kolommen[nodig], matrix[rijen][:, nodig], label[n:][nodig]

    def verken(self, rondes: int) -> None:
        """Move in random directions, aimed at the columns that are still open."""
        for _ in range(rondes):
            open_ = self.open_ & ~self.eng
            if not open_.any():
                return
            kolommen, matrix, _ = self.deel(open_)
            richting = np.where(self.rng.random(len(kolommen)) < 0.5, 1.0, -1.0) * open_[kolommen]
            richting *= self.rng.uniform(0.5, 1.5, len(kolommen))
            for kant in (1.0, -1.0):
                self.zie(kolommen, self.beweeg(kolommen, matrix, kant * richting))

    def beweeg(self, kolommen: Nummers, matrix: csr_array, richting: Getallen) -> Getallen:
        """The movement of free columns that goes farthest in a direction, each at most twice the width asked."""
        grens = 2 * max(1.0, float(self.stelsel.breedte.max()))
        s = self.stelsel
        uit = milp(
            -richting,
            constraints=LinearConstraint(matrix, 0, 0),
            bounds=Bounds(-np.minimum(s.neer[kolommen], grens), np.minimum(s.op[kolommen], grens)),
        )
        return np.zeros(len(kolommen)) if uit.x is None else np.asarray(uit.x)

    def meet(self) -> None:
        """Exact bounds of what is still open, one column of every component at a time; marks what is `eng`."""
        while (open_ := self.open_ & ~self.eng).any():
            kolommen, matrix, label = self.deel(open_)
            _, eerste = np.unique(np.where(open_[kolommen], label, -1), return_index=True)
            eerste = eerste[open_[kolommen][eerste]]
            richting = np.zeros(len(kolommen))
            richting[eerste] = 1.0
            for kant in (1.0, -1.0):
                self.zie(kolommen, self.beweeg(kolommen, matrix, kant * richting))
            gemeten = kolommen[eerste]
            self.eng[gemeten] = self.open_[gemeten]


def bevrijd(zoeker: Zoeker, doel: int, venster: NDArray[np.bool_]) -> bool:
    """Hide the cheapest cells that give one column its interval, moving only columns in `venster`."""
    s = zoeker.stelsel
    breed = s.breedte[doel]
    keuzen = [(breed, 0.0), (0.0, breed), (min(s.op[doel], breed), breed - min(s.op[doel], breed))]
    beste: tuple[float, list[tuple[Nummers, Getallen]]] = (np.inf, [])
    for op, neer in dict.fromkeys(keuzen):
        stappen = [_goedkoop(zoeker, doel, ver, venster) for ver in (op, -neer) if ver]
        kosten = sum(stap[0] for stap in stappen)
        if kosten < beste[0]:
            beste = (kosten, [stap[1:] for stap in stappen])
    for kolommen, beweging in beste[1]:
        zoeker.vrij[kolommen[np.abs(beweging) > _EPS]] = True
        zoeker.zie(kolommen, beweging)
    return bool(beste[1])


def _goedkoop(zoeker: Zoeker, doel: int, ver: float, venster: Masker) -> tuple[float, Nummers, Getallen]:
    """The movement that takes column `doel` so `ver` and costs least; (inf, ...) when there is none."""
    s = zoeker.stelsel
    if (ver > 0 and s.op[doel] < ver - _EPS) or (ver < 0 and s.neer[doel] < -ver - _EPS):
        return np.inf, np.zeros(0, dtype=np.intp), np.zeros(0)
    kolommen = np.flatnonzero(venster & (zoeker.vrij | np.isfinite(s.prijs)))
    matrix = s.matrix[:, kolommen]
    matrix = matrix[np.diff(matrix.indptr) > 0]
    n = len(kolommen)
    prijs = np.where(zoeker.vrij[kolommen], 0.0, s.prijs[kolommen]) + 1e-4
    boven = np.concatenate([s.op[kolommen], s.neer[kolommen]])
    onder = np.zeros(2 * n)
    plek = int(np.searchsorted(kolommen, doel))
    vast, ander = (plek, plek + n) if ver > 0 else (plek + n, plek)
    onder[vast] = boven[vast] = abs(ver)
    boven[ander] = 0.0
    uit = milp(
        np.concatenate([prijs, prijs]),
        constraints=LinearConstraint(hstack([matrix, -matrix], format="csc"), 0, 0),
        bounds=Bounds(onder, boven),
    )
    if uit.x is None:
        return np.inf, kolommen, np.zeros(n)
    return float(uit.fun), kolommen, np.asarray(uit.x[:n] - uit.x[n:])
