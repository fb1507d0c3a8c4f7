"""Columns and equations as they are collected: cells with their room and price, and what ties them.

Arrays of column numbers keep the shape of what they stand for, so that an equation is written once for a whole
block; a place without a column is GEEN.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from analyse.params import Drempels
from analyse.vrijgave.cellen import Cellen, Getallen, Masker, Sleutel
from analyse.vrijgave.ruimte import Ruimte
from analyse.vrijgave.tijd import GEEN, Nummers


@dataclass
class Stelsel:
    """Columns with their room and price, and the equations between them."""

    matrix: csr_array
    op: Getallen
    neer: Getallen
    prijs: Getallen  # of hiding; inf for what can't be hidden (or is no cell)
    vrij: Masker  # hidden cells and unpublished counts
    breedte: Getallen  # how wide the interval must be once hidden, 0 where nothing is asked
    gedekt: Masker  # proved already
    totaal: Masker  # a shown total, dear to hide
    nul: Masker  # a shown zero
    periode: Nummers
    kolommen: dict[Sleutel, Nummers]  # per block the column of every cell, GEEN where there is none
    resten: tuple[Nummers, Nummers]  # cells, and the columns of what each leaves of a whole and must stay vague


@dataclass
class Vergelijkingen:
    """Collects columns and the equations between them."""

    cellen: Cellen
    drempels: Drempels
    opnieuw: bool = False  # everything is to be proved again, also what was proved table by table
    kolommen: dict[Sleutel, Nummers] = field(default_factory=dict)
    _delen: dict[str, list[NDArray]] = field(default_factory=dict)
    _termen: list[tuple[Nummers, Nummers, Getallen]] = field(default_factory=list)
    _resten: list[tuple[Nummers, Nummers]] = field(default_factory=list)
    _aantal: int = 0
    _rijen: int = 0

    def _klaar(self) -> Stelsel:
        geen = np.zeros(0, dtype=np.intp)
        rijen, kolommen, waarden = (np.concatenate([geen, *(t[i] for t in self._termen)]) for i in range(3))
        matrix = csr_array((waarden, (rijen, kolommen)), shape=(self._rijen, self._aantal))
        kolom = {naam: np.concatenate(delen) for naam, delen in self._delen.items()}
        resten = (
            np.concatenate([geen, *(paar[0] for paar in self._resten)]),
            np.concatenate([geen, *(paar[1] for paar in self._resten)]),
        )
        return Stelsel(matrix=matrix, kolommen=self.kolommen, resten=resten, **kolom)

    def _voeg_kolommen(self, **eigen: NDArray) -> Nummers:
        vorm = eigen["op"].shape
        for naam, waarde in eigen.items():
            self._delen.setdefault(naam, []).append(np.broadcast_to(waarde, vorm).ravel())
        nummers = np.arange(self._aantal, self._aantal + eigen["op"].size).reshape(vorm)
        self._aantal += eigen["op"].size
        return nummers

    def _momenten(self, vorm: tuple[int, ...], as_: int) -> Nummers:
        """Per place of an array when its period ends; `as_`: the axis of the periods."""
        lang = [1] * len(vorm)
        lang[as_] = -1
        return np.broadcast_to(self.cellen.tijd.moment.reshape(lang), vorm)

    def _los(
        self,
        waarde: Getallen,
        momenten: Nummers | None = None,
        *,
        ruimte: Ruimte | None = None,
        breedte: Getallen | float = 0.0,
    ) -> Nummers:
        """Columns that nobody publishes: at least 0, unbounded where unknown; `momenten`: by default of axis 1."""
        neer = np.where(np.isnan(waarde), np.inf, np.maximum(waarde, 0))
        return self._voeg_kolommen(
            op=np.full(waarde.shape, np.inf) if ruimte is None else ruimte.op,
            neer=neer if ruimte is None else ruimte.neer,
            prijs=np.full(waarde.shape, np.inf),
            vrij=np.ones(waarde.shape, dtype=bool),
            breedte=np.broadcast_to(np.asarray(breedte, dtype=float), waarde.shape),
            gedekt=np.zeros(waarde.shape, dtype=bool),
            totaal=np.zeros(waarde.shape, dtype=bool),
            nul=np.zeros(waarde.shape, dtype=bool),
            periode=self._momenten(waarde.shape, 1) if momenten is None else momenten,
        )

    def _vergelijk(self, *termen: tuple[float, Nummers]) -> None:
        """One equation per cell: Σ factor × column = 0. Arrays of one shape, or with one axis more to sum over.

        An equation in which one term has no column at all says nothing and is left out.
        """
        vorm = min((nummers.shape for _, nummers in termen), key=len)
        if not np.prod(vorm):
            return
        compleet = np.ones(vorm, dtype=bool)
        for _, nummers in termen:
            compleet &= (nummers >= 0).reshape(*vorm, -1).any(axis=-1)
        rij = np.cumsum(compleet.ravel()).reshape(vorm) - 1 + self._rijen
        for factor, nummers in termen:
            extra = nummers.reshape(*vorm, -1)
            raak = (extra >= 0) & compleet[..., None]
            rijen = np.broadcast_to(rij[..., None], extra.shape)[raak]
            self._termen.append((rijen, extra[raak], np.full(len(rijen), factor)))
        self._rijen += int(compleet.sum())

    def _hoogstens(
        self,
        klein: Nummers,
        groot: Nummers,
        rest: Getallen,
        *,
        momenten: Nummers | None = None,
        breedte: float = 0.0,
    ) -> Nummers:
        """`klein` is never more than `groot`: what is left over is a column of its own, at least 0.

        `breedte`: how wide the interval of that remainder must be. Returns the columns of the remainders.
        """
        samen = (klein >= 0) & (groot >= 0)
        momenten = self._momenten(rest.shape, 1) if momenten is None else momenten
        over = np.full(samen.shape, GEEN)
        over[samen] = self._los(rest[samen], momenten[samen], breedte=breedte)
        self._vergelijk((1.0, groot), (-1.0, klein), (-1.0, over))
        return over
