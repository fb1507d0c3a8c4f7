"""One movement as a linear program: how cells can move together so that nothing that is shown changes.

Written for small programs in great number: slack columns become limits, and priced programs start from a
movement of nothing, which is nearly always near what they look for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csc_array, csr_array, hstack

from analyse.vrijgave.cellen import Getallen, Masker

# So that what is hidden already isn't moved without need.
STAP = 1e-4


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
    speling = (np.diff(csc_array(matrix).indptr) == 1) & (richting == 0) & (doel.prijs <= STAP)
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
