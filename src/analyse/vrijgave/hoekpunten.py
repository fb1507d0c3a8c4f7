"""Farthest movements of one small system, one after the other, by a simplex method that keeps its tableau.

An attacker asks the same system hundreds of questions (how far up, how far down, for every hidden cell), and each
answer lies a few steps from the one before. A general solver builds and starts anew for each: nine tenths of the
time. Here the equations are solved once, and standing still is always a start, so there is no search for one.
Dense, so only for small systems. What it finds is checked against the equations; when rounding or a limit on the
number of steps spoils an answer, it is found by the general solver instead.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array

from analyse.vrijgave.cellen import Getallen, Masker
from analyse.vrijgave.tijd import Nummers

_EPS = 1e-7
# Smaller coefficients are rounding: entries are ratios of small whole numbers.
_NUL = 1e-8
# After so many steps without progress the first column that may move is taken, so that steps can't repeat.
_GEDULD = 40
_STAPPEN = 20
# Rounding grows tenfold in some 150 exchanges; after so many the first tableau is taken up again.
_VERS = 150


@dataclass(frozen=True)
class Antwoord:
    """A farthest movement, and per column how much it would go farther for each unit that this column could."""

    beweging: Getallen
    helling: Getallen


class Hoekpunten:
    """The system `matrix` · x = 0 with limits per column that hold 0; x is a corner of what is possible."""

    def __init__(self, matrix: csr_array, voorkeur: Getallen) -> None:
        """`voorkeur`: columns with a low number are expressed in the others first."""
        self.matrix = matrix
        self.n = matrix.shape[1]
        self._begin = _uitgedrukt(matrix, voorkeur)
        self.basis: Nummers
        self.los: Nummers
        self.tafel: Getallen
        self.grens(np.zeros(self.n), np.zeros(self.n))

    def grens(self, op: Getallen, neer: Getallen) -> None:
        """New limits (0 where a column stands still); back to a movement of nothing."""
        self.hoog, self.laag = op, -neer
        self._opnieuw()

    def _opnieuw(self) -> None:
        basis, los, tafel = self._begin
        self.basis, self.los, self.tafel = basis.copy(), los.copy(), tafel.copy()
        self.x = np.zeros(self.n)
        self.geruild = 0

    def verst(self, doel: Getallen, *, genoeg: float = np.inf) -> Antwoord:
        """The movement that is worth most at `doel` per unit; less far when `genoeg` is reached."""
        if self.geruild > _VERS:
            self._opnieuw()
        gevonden = self._simplex(doel, genoeg)
        if gevonden is None or np.abs(self.matrix @ self.x).max(initial=0.0) > _EPS:
            self._opnieuw()
            return self._algemeen(doel)
        return gevonden

    def _simplex(self, doel: Getallen, genoeg: float) -> Antwoord | None:
        helling = doel[self.los] - _maal(doel[self.basis], self.tafel)
        if not len(self.los):
            return self._antwoord(helling)
        stil = 0
        for _ in range(_STAPPEN * (len(self.basis) + 10)):
            keus = self._keus(helling, eerste=stil > _GEDULD)
            if keus is None or float(self.x @ doel) >= genoeg:
                return self._antwoord(helling)
            ver, rij = self._stap(keus, 1.0 if helling[keus] > 0 else -1.0)
            if rij >= 0:
                helling = self._ruil(rij, keus, helling)
            stil = 0 if ver > _EPS else stil + 1
        return None

    def _keus(self, helling: Getallen, *, eerste: bool) -> int | None:
        """The column that is worth most to move; None when the corner is the best one."""
        x = self.x[self.los]
        ruim = np.where(helling > 0, self.hoog[self.los] - x, x - self.laag[self.los])
        waard = np.where(ruim > _EPS, np.abs(helling), 0.0)
        keus = int((waard > _EPS).argmax() if eerste else waard.argmax())
        return keus if waard[keus] > _EPS else None

    def _stap(self, keus: int, kant: float) -> tuple[float, int]:
        """Move a column as far as it can: how far, and the row of the column that stops it (-1: itself)."""
        kolom, nummer = self.tafel[:, keus] * kant, self.los[keus]
        raak = np.flatnonzero(np.abs(kolom) > _NUL)
        zelf = self.hoog[nummer] - self.x[nummer] if kant > 0 else self.x[nummer] - self.laag[nummer]
        rij, ver, mee = -1, float(zelf), self.basis[raak]
        if len(raak):
            deel = kolom[raak]
            ruim = np.where(deel > 0, self.x[mee] - self.laag[mee], self.hoog[mee] - self.x[mee]) / np.abs(deel)
            kortst = float(ruim.min())
            if kortst < zelf:
                stopt = np.where(ruim <= kortst + _NUL, np.abs(deel), 0.0)
                rij, ver = int(raak[stopt.argmax()]), max(kortst, 0.0)
            self.x[mee] -= deel * ver
        self.x[nummer] += kant * ver
        return ver, rij

    def _ruil(self, rij: int, keus: int, helling: Getallen) -> Getallen:
        """Express the column that moved in the one that stopped it; returns the new slopes."""
        tafel = self.tafel
        spil = tafel[rij, keus]
        kolom = tafel[:, keus].copy()
        kolom[rij] = 0.0
        tafel[rij] /= spil
        tafel[rij, keus] = 1 / spil
        nieuw = tafel[rij].copy()
        tafel[:, keus] = 0.0
        tafel[rij, keus] = nieuw[keus]
        raak = np.flatnonzero(np.abs(kolom) > _NUL)
        anders = tafel[raak] - kolom[raak, None] * nieuw
        anders[np.abs(anders) < _NUL] = 0.0
        tafel[raak] = anders
        self.basis[rij], self.los[keus] = self.los[keus], self.basis[rij]
        self.geruild += 1
        waard, helling[keus] = helling[keus], 0.0
        return np.asarray(helling - waard * nieuw)

    def _antwoord(self, helling: Getallen) -> Antwoord:
        alle = np.zeros(self.n)
        alle[self.los] = np.where(np.abs(helling) > _EPS, helling, 0.0)
        return Antwoord(self.x.copy(), alle)

    def _algemeen(self, doel: Getallen) -> Antwoord:
        grenzen = np.stack([self.laag, self.hoog], axis=1)
        uit = linprog(-doel, A_eq=self.matrix, b_eq=np.zeros(self.matrix.shape[0]), bounds=grenzen)
        return Antwoord(uit.x, -(uit.lower.marginals + uit.upper.marginals))


def _maal(doel: Getallen, tafel: Getallen) -> Getallen:
    """As `doel @ tafel`, in an order that doesn't depend on the number of processors."""
    raak = np.flatnonzero(doel)
    return np.asarray((doel[raak, None] * tafel[raak]).sum(axis=0))


def _uitgedrukt(matrix: csr_array, voorkeur: Getallen) -> tuple[Nummers, Nummers, Getallen]:
    """The equations solved: columns that are expressed in the others, the others, and how."""
    vol = matrix.toarray()
    aantal = (vol != 0).sum(axis=0)
    alleen = vol[:, aantal == 1].any(axis=1)
    basis, rijen = [], []
    for rij in np.argsort(~alleen, kind="stable"):
        kan: Masker = np.abs(vol[rij]) > _EPS
        if not kan.any():
            continue
        keus = int(np.where(kan, voorkeur + aantal, np.inf).argmin())
        vol[rij] /= vol[rij, keus]
        raak = np.flatnonzero(vol[:, keus])
        raak = raak[raak != rij]
        vol[raak] -= vol[raak, keus, None] * vol[rij]
        vol[raak, keus] = 0.0
        basis.append(keus)
        rijen.append(int(rij))
    los = np.setdiff1d(np.arange(matrix.shape[1]), basis)
    return np.array(basis, dtype=np.intp), los, np.ascontiguousarray(vol[rijen][:, los])
