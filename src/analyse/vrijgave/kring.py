"""Cover hidden cells of one additive table by cheapest cycles: the proof and the choice of secondary cells in one.

A table with margins, margins negated, has rows and columns that sum to zero. Moving +k, −k, +k, … around a
cycle of hidden cells gives another table that an attacker can't tell from the true one, so every cell on the
cycle keeps an interval as wide as the cycle can be moved forward plus backward. Each cell that needs protection
takes the cycle for which the least must be hidden (a shortest path); cells on it are protected along with it.

The proof is exact and stays valid whatever else is hidden later. What it finds is not always the optimum, because
cells are taken one by one; a pass that shows cells again when they turn out unneeded wins most of that back.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Getallen = NDArray[np.float64]
Masker = NDArray[np.bool_]

# So that of two equally cheap cycles the shorter one is taken.
_STAP = 1e-6
_LENGTE = 4


@dataclass
class Net:
    """One table in signed form. All arrays are rows × columns; `op` and `neer` are the room of the signed value.

    `verborgen` and `gedekt` are changed in place. `prijs` is what hiding costs (inf: never); where no cell is,
    `op` and `neer` are 0.
    """

    op: Getallen
    neer: Getallen
    prijs: Getallen
    verborgen: Masker
    gedekt: Masker

    def kosten(self) -> Getallen:
        """What it costs to have each cell hidden."""
        return np.where(self.verborgen, 0.0, self.prijs) + _STAP


Pad = list[tuple[int, int]]


def goedkoopste(net: Net, doel: tuple[int, int], drempels: Getallen) -> tuple[float, Pad]:
    """The cheapest cycle through `doel` that can move `drempels[i, 0]` up and `drempels[i, 1]` down, over all i.

    Returns its cost and its cells (without `doel`), or (inf, []).
    """
    if not len(drempels):
        return np.inf, []
    rij, kolom = doel
    kosten = net.kosten()
    kosten[rij, kolom] = np.inf
    heen, terug = drempels[:, 0, None, None], drempels[:, 1, None, None]
    plus = np.where((net.op >= heen) & (net.neer >= terug), kosten, np.inf)
    min_ = np.where((net.neer >= heen) & (net.op >= terug), kosten, np.inf)
    plus[:, rij] = np.inf  # the row of the target is where the path ends
    plus[:, :, kolom] = np.inf
    lagen = _lagen(plus, min_, kolom, rij)
    eind = np.stack([laag[1][:, rij] for laag in lagen])
    laag, drempel = np.unravel_index(int(eind[1:].argmin()), eind[1:].shape)
    beste = float(eind[laag + 1, drempel])
    if not np.isfinite(beste):
        return np.inf, []
    return beste, _volg(lagen, plus[drempel], min_[drempel], (rij, kolom), int(laag) + 1, int(drempel))


def _lagen(plus: Getallen, min_: Getallen, kolom: int, rij: int) -> list[tuple[Getallen, Getallen]]:
    """Per number of steps the cheapest way to each column and row: column → row by minus, row → column by plus."""
    rijen = min_[:, :, kolom].copy()
    rijen[:, rij] = np.inf
    lagen = [(np.full(min_.shape[::2], np.inf), rijen)]
    for _ in range(_LENGTE):
        kolommen = (lagen[-1][1][:, :, None] + plus).min(axis=1)
        rijen = (kolommen[:, None, :] + min_).min(axis=2)
        lagen.append((kolommen, rijen))
    return lagen


def _volg(
    lagen: list[tuple[Getallen, Getallen]],
    plus: Getallen,
    min_: Getallen,
    doel: tuple[int, int],
    laag: int,
    i: int,
) -> Pad:
    """Walk the cheapest path back from the row of the target to its column."""
    rij, kolom = doel
    pad: Pad = []
    huidig = rij
    for stap in range(laag, 0, -1):
        naar = int((lagen[stap][0][i] + min_[huidig]).argmin())
        vorige = int((lagen[stap - 1][1][i] + plus[:, naar]).argmin())
        pad += [(huidig, naar), (vorige, naar)]
        huidig = vorige
    return [*pad, (huidig, kolom)]


class Dekking:
    """Protects the cells of one net, one after the other, and remembers which cycle protects which cell."""

    def __init__(self, net: Net, breedte: Getallen, *, vast: Masker) -> None:
        """`breedte`: how wide the interval of each cell must be; `vast`: cells that must stay hidden."""
        self.net = net
        self.breedte = breedte
        self.vast = vast
        self.bewijs: dict[tuple[int, int], Pad] = {}

    def drempels(self, cel: tuple[int, int]) -> Getallen:
        """The ways to divide the width over up and down that the room of the cell allows."""
        breedte = self.breedte[cel]
        op = np.linspace(0, breedte, 6)
        past = (op <= self.net.op[cel]) & (breedte - op <= self.net.neer[cel])
        return np.stack([op[past], breedte - op[past]], axis=1)

    def probeer(self, cel: tuple[int, int], *, gratis: bool) -> bool:
        """Find a cycle for a cell and hide what it needs; `gratis`: only over cells that are hidden already."""
        kosten, pad = goedkoopste(self.net, cel, self.drempels(cel))
        if not pad or (gratis and kosten > _STAP * 100):
            return False
        for deel in (cel, *pad):
            self.net.verborgen[deel] = True
            self.bewijs.setdefault(deel, [cel, *pad])
        return True

    def dek(self, doelen: list[tuple[int, int]]) -> None:
        """Protect all `doelen` that can be protected in this table; sets `gedekt`."""
        for gratis in (True, False):
            for doel in doelen:
                if doel not in self.bewijs:
                    self.probeer(doel, gratis=gratis)
        self._snoei()
        for cel in self.bewijs:
            self.net.gedekt[cel] = True

    def _snoei(self) -> None:
        """Show again what isn't needed, the most valuable first."""
        for cel in sorted(filter(self._is_extra, self.bewijs), key=lambda c: (-self.net.prijs[c], c)):
            if cel in self.bewijs:
                self._toon_weer(cel)

    def _is_extra(self, cel: tuple[int, int]) -> bool:
        return not self.vast[cel] and 0 < self.net.prijs[cel] < np.inf

    def _toon_weer(self, cel: tuple[int, int]) -> None:
        """Show `cel` again, and secondary cells that only it made safe; undo when another cell loses its proof."""
        bewijs, verborgen = dict(self.bewijs), self.net.verborgen.copy()
        wachtrij = self._laat_zien(cel)
        while wachtrij:
            ander = wachtrij.pop()
            if ander in self.bewijs or not self.net.verborgen[ander] or self.probeer(ander, gratis=True):
                continue
            if not self._is_extra(ander):
                self.bewijs = bewijs
                self.net.verborgen[:] = verborgen
                return
            wachtrij += self._laat_zien(ander)

    def _laat_zien(self, cel: tuple[int, int]) -> list[tuple[int, int]]:
        """Show a cell; returns the cells that lose their proof by it."""
        self.net.verborgen[cel] = False
        self.bewijs.pop(cel, None)
        geraakt = [ander for ander, pad in self.bewijs.items() if cel in pad]
        for ander in geraakt:
            del self.bewijs[ander]
        return geraakt
