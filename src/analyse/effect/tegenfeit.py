"""What would have happened: expected counts per gebied if nothing had been done.

This is the heart of the difference-in-differences. A gebied keeps its own level of before and follows the
period-to-period movement of the gebieden that were never treated: Poisson quasi-likelihood with population as
offset, solved in closed form. Every 2×2 block (one gebied, one tijdvak after, against before) is one cell of the
matrix that comes out; effects are sums of what was counted over sums of what was expected. Source of the form:
Wooldridge 2023, "Simple approaches to nonlinear difference-in-differences with panel data".
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analyse.effect.poisson import tweeweg
from analyse.effect.reeks import Masker, Matrix, Reeks
from analyse.effect.venster import Venster


@dataclass(frozen=True, eq=False)
class Uitkomst:
    """Per gebied, in one window: what was counted after, what was expected, and the count before.

    NaN where a gebied can't be judged: nothing counted before, or the method doesn't cover it.
    """

    werkelijk: Matrix
    verwacht: Matrix
    basis: Matrix

    @property
    def log(self) -> Matrix:
        """Log of actual over expected per gebied."""
        return log_verhouding(self.werkelijk, self.verwacht)


def log_verhouding(werkelijk: Matrix, verwacht: Matrix) -> Matrix:
    """log(actual / expected); an actual of 0 counts as a half, so that small gebieden stay comparable."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.log(np.where(werkelijk > 0, werkelijk, 0.5) / verwacht))


def verwacht_did(reeks: Reeks, basis: slice, controles: Masker) -> Matrix:
    """Expected counts for every gebied and tijdvak, from its own level in `basis` and the movement of `controles`.

    A control is compared with the other controls only, never with itself. NaN where not observed or where
    nothing was counted in `basis`.
    """
    beweging = _beweging(reeks, controles)
    gezien = ~np.isnan(reeks.aantal)
    grond = np.where(gezien, reeks.bevolking, 0.0) * beweging
    voor = np.nansum(reeks.aantal[:, basis], axis=1)
    onder = grond[:, basis].sum(axis=1)
    niveau = np.divide(voor, onder, out=np.full_like(voor, np.nan), where=(onder > 0) & (voor > 0))
    return np.where(gezien, grond * niveau[:, None], np.nan)


def _beweging(reeks: Reeks, controles: Masker) -> Matrix:
    """Level per tijdvak of the controls, per gebied: its own counts are taken out where it is a control itself."""
    aantal, bevolking = reeks.aantal[controles], reeks.bevolking[controles]
    niveau, _ = tweeweg(aantal, bevolking)
    grond = np.where(np.isnan(aantal), 0.0, bevolking) * niveau[:, None]
    teller, noemer = np.nansum(aantal, axis=0), grond.sum(axis=0)
    eigen_teller, eigen_noemer = np.zeros(reeks.aantal.shape), np.zeros(reeks.aantal.shape)
    eigen_teller[controles], eigen_noemer[controles] = np.nan_to_num(aantal), grond
    rest = noemer - eigen_noemer
    return np.divide(teller - eigen_teller, rest, out=np.full_like(rest, np.nan), where=rest > 0)


def som(reeks: Reeks, verwacht: Matrix, venster: Venster, na: slice | None = None) -> Uitkomst:
    """Totals per gebied over the tijdvakken after (or over `na`), from a matrix of expected counts."""
    na = venster.na if na is None else na
    oordeel = ~np.isnan(verwacht[:, na]).all(axis=1)
    gezien = ~np.isnan(verwacht)
    werkelijk = np.where(gezien, reeks.aantal, 0.0)[:, na].sum(axis=1)
    return Uitkomst(
        werkelijk=np.where(oordeel, werkelijk, np.nan),
        verwacht=np.where(oordeel, np.nansum(verwacht[:, na], axis=1), np.nan),
        basis=np.where(oordeel, np.nansum(reeks.aantal[:, venster.basis], axis=1), np.nan),
    )


def uitkomst_did(reeks: Reeks, venster: Venster, controles: Masker) -> Uitkomst:
    """The 2×2 blocks of one window, added up: for every gebied, treated or not."""
    return som(reeks, verwacht_did(reeks, venster.basis, controles), venster)
