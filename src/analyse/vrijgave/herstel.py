"""Repair: find the hidden cells that an attacker can still pin down, and hide the least that stops it.

First movements in random directions, many cells at once: most cells turn out free after a few linear programs.
What is left is freed by movements that pay for every shown cell they move: first all together, with a reward per
freed cell that rises, so that cells share what must be hidden for them; then one by one. Each movement is proof
for every cell on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csc_array, csr_array, hstack
from scipy.sparse.csgraph import connected_components

from analyse.params import Drempels
from analyse.vrijgave.cellen import Blok, Cellen, Getallen, Masker, Regel
from analyse.vrijgave.stelsel import Bouw, Nummers, Stelsel

# A count with the place of a gebied and of a period.
Tafel = tuple[str, int, int]
_EPS = 1e-6
# So that what is hidden already isn't moved without need.
_STAP = 1e-4
_RONDES = 4
# How many periods away from what must be freed cells are moved: at first, and for what is left.
_DICHTBIJ, _VERDER = 1, 3
_RONDES_NA = 2
# As many open columns or fewer are freed one by one.
_WEINIG = 4
# After how many of those what came free along with them is looked for.
_VERKEN_NA = 8
_ZAAD = 20


# Reward for a unit of movement of a cell that must be freed, against what it costs per unit to move a shown one:
# first the movements that free several cells at once, the dear ones last.
_BELONINGEN = (1.0, 2.0, 4.0, 8.0)
_BELONINGEN_ALLES = (8.0, 32.0, 128.0)


def bewijs_vrij(cellen: Cellen, drempels: Drempels) -> None:
    """Prove over all tables together which hidden cells are safe already; sets `gedekt`."""
    if not _klaar(cellen):
        zoeker = Zoeker(Bouw(cellen, drempels).stelsel())
        zoeker.verken(_RONDES)
        zoeker.schrijf(cellen)


def herstel(cellen: Cellen, drempels: Drempels) -> list[Tafel]:
    """Hide what is still needed over all tables together; returns the tables of cells that can't be protected."""
    if _klaar(cellen):
        return []
    zoeker = Zoeker(Bouw(cellen, drempels).stelsel(), zaad=_ZAAD + 1)
    zoeker.verken(_RONDES_NA)
    s = zoeker.stelsel
    for beloning, venster in _rondes(s):
        if zoeker.open_.sum() > _WEINIG:
            zoeker.bevrijd_samen(beloning, venster)
    mislukt: set[int] = set()
    afstanden = (_DICHTBIJ, _VERDER, int(s.periode.max() - s.periode.min()) + 1)
    stappen = 0
    while doelen := [int(k) for k in np.flatnonzero(zoeker.open_) if k not in mislukt]:
        if not any(zoeker.bevrijd(doelen[0], ver=ver) for ver in afstanden):
            mislukt.add(doelen[0])
        stappen += 1
        if stappen % _VERKEN_NA == 0:
            zoeker.verken(1)
    zoeker.schrijf(cellen)
    return _tafels(cellen, s, sorted(mislukt))


def _rondes(stelsel: Stelsel) -> Iterator[tuple[float, Masker]]:
    """Rising rewards, first without totals and zeros, then with."""
    yield from ((beloning, ~stelsel.totaal & ~stelsel.nul) for beloning in _BELONINGEN)
    yield from ((beloning, np.ones(len(stelsel.op), dtype=bool)) for beloning in _BELONINGEN_ALLES)


def _tafels(cellen: Cellen, stelsel: Stelsel, kolommen: list[int]) -> list[Tafel]:
    """Where columns stand: their own cells, or for a remainder the cells that it is reckoned from."""
    uit: dict[Tafel, None] = {}
    for kolom in kolommen:
        rijen = np.unique(stelsel.matrix[:, [kolom]].nonzero()[0])
        buren = np.unique(stelsel.matrix[rijen].nonzero()[1])
        for gezocht in ([kolom], buren):
            gevonden = [tafel for blok in cellen for tafel in _plekken(blok, stelsel, gezocht)]
            uit |= dict.fromkeys(gevonden)
            if gevonden:
                break
    return list(uit)


def _plekken(blok: Blok, stelsel: Stelsel, kolommen: Iterable[int]) -> Iterator[Tafel]:
    raak = np.isin(stelsel.kolommen[blok.sleutel], list(kolommen))
    for plek in np.argwhere(raak):
        yield blok.grootheid.naam, int(plek[0]), int(plek[1])


def _klaar(cellen: Cellen) -> bool:
    return not any((blok.verborgen & ~blok.gedekt & ~blok.bekend).any() for blok in cellen)


class Zoeker:
    """Keeps per column the highest and lowest movement seen: the proof of its interval."""

    def __init__(self, stelsel: Stelsel, *, zaad: int = _ZAAD) -> None:
        self.stelsel = stelsel
        self.vrij = stelsel.vrij.copy()
        self.hoog = np.zeros(len(stelsel.op))
        self.laag = np.zeros(len(stelsel.op))
        self.rng = np.random.default_rng(zaad)
        self.ver = _DICHTBIJ

    @property
    def open_(self) -> Masker:
        """Columns that must have an interval and for which none is proved yet."""
        s = self.stelsel
        return self.vrij & ~s.gedekt & (self.hoog - self.laag < s.breedte - _EPS)

    def schrijf(self, cellen: Cellen) -> None:
        """Take over what is hidden and what is proved."""
        gedekt = self.vrij & (self.hoog - self.laag >= self.stelsel.breedte - _EPS)
        for blok in cellen:
            kolommen = self.stelsel.kolommen[blok.sleutel]
            blok.verberg(self.vrij[kolommen], Regel.SECUNDAIR)
            blok.gedekt |= gedekt[kolommen] & blok.verborgen

    def _zie(self, kolommen: Nummers, beweging: Getallen) -> None:
        """Note a movement that leaves everything shown as it is, and hide what it moves."""
        self.vrij[kolommen[np.abs(beweging) > _EPS]] = True
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
            kolommen, matrix = self._deel(self.vrij, open_, ver=_DICHTBIJ)
            grens = 2 * float(self.stelsel.breedte[kolommen].max())
            op, neer = (np.minimum(kant[kolommen], grens) for kant in (self.stelsel.op, self.stelsel.neer))
            doel = Doel(np.zeros(len(kolommen)), op, neer)
            richting = self.rng.uniform(0.5, 1.5, len(kolommen)) * self.rng.choice([-1.0, 1.0], len(kolommen))
            for kant in (1.0, -1.0):
                beweging = los_op(matrix, doel, kant * richting * open_[kolommen])
                if beweging is not None:
                    self._zie(kolommen, beweging)

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
            self._zie(kolommen, beweging)

    def _doel(self, kolommen: Nummers) -> Doel:
        s = self.stelsel
        prijs = np.where(self.vrij[kolommen], 0.0, s.prijs[kolommen]) + _STAP
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
            self._zie(kolommen, beweging)
        return bool(beste[1])

    def _goedkoop(self, kolommen: Nummers, matrix: csr_array, plek: int, ver: float) -> tuple[float, Getallen]:
        """What the cheapest movement costs that takes one column so `ver`, and the movement."""
        doel = self._doel(kolommen)
        ruimte = doel.op if ver > 0 else doel.neer
        if ruimte[plek] < abs(ver) - _EPS:
            return np.inf, np.zeros(0)
        beweging = los_op(matrix, doel, np.zeros(len(kolommen)), vast={plek: ver})
        if beweging is None:
            return np.inf, np.zeros(0)
        return float(np.abs(beweging) @ doel.prijs), beweging


@dataclass
class Doel:
    """What moving a column costs per unit, and how far it can go up and down."""

    prijs: Getallen
    op: Getallen
    neer: Getallen


def los_op(
    matrix: csr_array, doel: Doel, richting: Getallen, *, vast: Mapping[int, float] = MappingProxyType({})
) -> Getallen | None:
    """The movement with the most gain (`richting`) after cost that keeps all equations; None when there is none.

    `vast`: columns that must move exactly so far. Columns that only give one equation some slack are put in its
    limits, and come back as not moved.
    """
    op, neer = doel.op.copy(), doel.neer.copy()
    laag = np.zeros(2 * len(op))
    for kolom, ver in vast.items():
        op[kolom], neer[kolom] = max(ver, 0.0), max(-ver, 0.0)
        laag[kolom], laag[kolom + len(op)] = op[kolom], neer[kolom]
    speling = (np.diff(csc_array(matrix).indptr) == 1) & (richting == 0) & (doel.prijs <= _STAP)
    speling[list(vast)] = False
    over, grenzen = _speling(matrix, speling, op, neer)
    blijft = ~speling
    uit = np.zeros(len(op))
    if not doel.prijs.any():
        enkel = _milp(-richting[blijft], over, grenzen, Bounds(-neer[blijft], op[blijft]), presolve=True)
        uit[blijft] = 0.0 if enkel is None else enkel
        return None if enkel is None else uit
    dubbel = np.concatenate([blijft, blijft])
    kosten = np.concatenate([doel.prijs - richting, doel.prijs + richting])[dubbel]
    hoog = np.concatenate([op, neer])[dubbel]
    beide = _milp(kosten, hstack([over, -over], format="csc"), grenzen, Bounds(laag[dubbel], hoog), presolve=False)
    if beide is None:
        return None
    n = int(blijft.sum())
    uit[blijft] = beide[:n] - beide[n:]
    return uit


def _speling(
    matrix: csr_array, speling: Masker, op: Getallen, neer: Getallen
) -> tuple[csr_array, tuple[Getallen, Getallen]]:
    """The equations without their slack columns, and what these let each of them amount to."""
    los = coo_array(matrix[:, speling])
    kolom = np.flatnonzero(speling)[los.col]
    plus = los.data > 0
    meer, minder = np.abs(los.data) * op[kolom], np.abs(los.data) * neer[kolom]
    laag, hoog = np.zeros(matrix.shape[0]), np.zeros(matrix.shape[0])
    np.add.at(laag, los.row, -np.where(plus, meer, minder))
    np.add.at(hoog, los.row, np.where(plus, minder, meer))
    zegt_iets = np.isfinite(laag) | np.isfinite(hoog)
    return matrix[:, ~speling][zegt_iets], (laag[zegt_iets], hoog[zegt_iets])


def _milp(
    kosten: Getallen, matrix: csr_array, grenzen: tuple[Getallen, Getallen], ruimte: Bounds, *, presolve: bool
) -> Getallen | None:
    # milp and not linprog: half the overhead for linear programs this small. Measured: presolve pays for plain
    # movements and costs more than it brings for priced ones.
    uit = milp(
        kosten, constraints=LinearConstraint(matrix, *grenzen), bounds=ruimte, options={"presolve": presolve}
    )
    return None if uit.x is None else np.asarray(uit.x)
