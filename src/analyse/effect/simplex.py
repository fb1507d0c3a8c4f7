"""Weights that are not negative and add up to one: least squares on the simplex, many problems at once.

Accelerated projected gradient with restart, written over stacked arrays: a placebo test solves a hundred such
problems, and one loop over all of them together costs as much as one. Exact enough for weights of people; the
tests hold it against an active-set solver.
"""

from __future__ import annotations

import numpy as np

from analyse.effect.reeks import Matrix

RONDES = 20_000


def simplexgewichten(a: Matrix, b: Matrix, *, ridge: Matrix | float = 0.0, nauwkeurig: float = 1e-9) -> Matrix:
    """w ≥ 0 with sum 1 that minimises |a·w − b|² + ridge·|w|².

    `a`: (..., m, n), `b`: (..., m), `ridge`: one number or one per problem; gives (..., n). Stops when no weight
    moves more than `nauwkeurig` in a step. Source: Beck and Teboulle 2009, with the restart of O'Donoghue and
    Candès 2015.
    """
    n = a.shape[-1]
    straf = np.asarray(ridge, dtype=float)[..., None]
    stap = 1 / (np.linalg.norm(a, ord=2, axis=(-2, -1)) ** 2 + straf[..., 0] + 1e-300)[..., None]
    w = np.full((*a.shape[:-2], n), 1 / n)
    v, tempo = w, np.ones((*a.shape[:-2], 1))
    for _ in range(RONDES):
        helling = _maal(np.swapaxes(a, -1, -2), _maal(a, v) - b) + straf * v
        nieuw = op_simplex(v - stap * helling)
        # Momentum that points uphill is dropped: without this the steps circle around the answer.
        omhoog = ((v - nieuw) * (nieuw - w)).sum(axis=-1, keepdims=True) > 0
        tempo_nieuw = np.where(omhoog, 1.0, (1 + np.sqrt(1 + 4 * tempo**2)) / 2)
        duw = np.where(omhoog, 0.0, (tempo - 1) / tempo_nieuw)
        v = nieuw + duw * (nieuw - w)
        klaar = np.abs(nieuw - w).max() < nauwkeurig
        w, tempo = nieuw, tempo_nieuw
        if klaar:
            break
    return w


def _maal(a: Matrix, v: Matrix) -> Matrix:
    return np.asarray((a @ v[..., None])[..., 0])


def op_simplex(v: Matrix) -> Matrix:
    """The nearest point on the simplex, along the last axis. Source: Held, Wolfe and Crowder 1974."""
    n = v.shape[-1]
    gesorteerd = -np.sort(-v, axis=-1)
    over = np.cumsum(gesorteerd, axis=-1) - 1
    mee = (gesorteerd * np.arange(1, n + 1) > over).sum(axis=-1, keepdims=True)
    grens = np.take_along_axis(over, mee - 1, axis=-1) / mee
    return np.maximum(v - grens, 0)
