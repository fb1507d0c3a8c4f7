"""Cover hidden cells of additive tables by cheapest cycles: the proof and the choice of secondary cells in one.

A table with margins, margins negated, has rows and columns that sum to zero. Moving +k, −k, +k, … around a
cycle of hidden cells gives another table that an attacker can't tell from the true one, so every cell on the
cycle keeps an interval as wide as the cycle can be moved forward plus backward. Each cell that needs protection
takes the cycle for which the least must be hidden (a shortest path); cells on it are protected along with it.

The proof is exact and stays valid whatever else is hidden later. What it finds is not always the optimum, because
cells are taken one by one; a pass that shows cells again when they turn out unneeded wins part of that back.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Getallen = NDArray[np.float64]
Masker = NDArray[np.bool_]
Nummers = NDArray[np.intp]
Plek = tuple[int, int]
Pad = list[Plek]

# So that of two equally cheap cycles the shorter one is taken.
_STAP = 1e-6
# Below this a cycle hides nothing new.
_GRATIS = 1e-4
# Half the longest cycle, in cells.
_LENGTE = 4
# Ways to divide the asked width over up and down.
_VERDELINGEN = 6
GEEN = -1


@dataclass(frozen=True)
class Net:
    """One table in signed form, rows × columns.

    `op` and `neer`: room of the signed value (0 where there is no cell). `cellen`: the number of the cell in each
    place, GEEN for none (a place without a cell moves freely).
    """

    op: Getallen
    neer: Getallen
    cellen: Nummers


def keer_regio_om(net: Net, rij: int) -> None:
    """The region is the sum of the gemeenten: its row moves the other way."""
    net.op[rij], net.neer[rij] = net.neer[rij].copy(), net.op[rij].copy()


@dataclass(frozen=True)
class Staat:
    """All cells of a number of nets. `verborgen` and `gedekt` are changed in place.

    `prijs`: what hiding costs (inf: never); `breedte`: how wide the interval must be; `vast`: stays hidden.
    """

    prijs: Getallen
    breedte: Getallen
    vast: Masker
    verborgen: Masker
    gedekt: Masker


def goedkoopste(net: Net, kosten: Getallen, doel: Plek, drempels: Getallen) -> tuple[float, Pad]:
    """The cheapest cycle through `doel` that moves `drempels[i, 0]` up and `drempels[i, 1]` down, over all i.

    Returns its cost and its places (without `doel`), or (inf, []).
    """
    rij, kolom = doel
    kosten = kosten + _STAP
    kosten[rij, kolom] = np.inf
    heen, terug = drempels[:, 0, None, None], drempels[:, 1, None, None]
    plus = np.where((net.op >= heen) & (net.neer >= terug), kosten, np.inf)
    min_ = np.where((net.neer >= heen) & (net.op >= terug), kosten, np.inf)
    plus[:, rij] = np.inf  # the row of the target is where the path ends
    plus[:, :, kolom] = np.inf
    lagen = _lagen(plus, min_, kolom, rij)
    eind = np.stack([rijen[:, rij] for _, rijen in lagen[1:]])
    laag, keuze = np.unravel_index(int(eind.argmin()), eind.shape)
    if not np.isfinite(eind[laag, keuze]):
        return np.inf, []
    pad = _volg(lagen, plus[keuze], min_[keuze], doel, (int(laag) + 1, int(keuze)))
    return float(eind[laag, keuze]), pad


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
    lagen: list[tuple[Getallen, Getallen]], plus: Getallen, min_: Getallen, doel: Plek, begin: tuple[int, int]
) -> Pad:
    """Walk the cheapest path back from the row of the target to its column; `begin`: layer and division."""
    huidig, kolom = doel
    pad: Pad = []
    for stap in range(begin[0], 0, -1):
        naar = int((lagen[stap][0][begin[1]] + min_[huidig]).argmin())
        vorige = int((lagen[stap - 1][1][begin[1]] + plus[:, naar]).argmin())
        pad += [(huidig, naar), (vorige, naar)]
        huidig = vorige
    return [*pad, (huidig, kolom)]


@lru_cache
def _verdelingen(breedte: float) -> Getallen:
    op = np.linspace(0, breedte, _VERDELINGEN)
    return np.stack([op, breedte - op], axis=1)


def _drempels(breedte: float, op: float, neer: float) -> Getallen:
    """The ways to divide a width over up and down that the room allows."""
    stap = breedte / (_VERDELINGEN - 1)
    eerste = max(0, math.ceil((breedte - neer) / stap)) if neer < breedte else 0
    laatste = math.floor(op / stap) if op < breedte else _VERDELINGEN - 1
    return _verdelingen(float(breedte))[eerste : laatste + 1]


class Dekking:
    """Protects the cells of nets one after the other, and remembers which cells protect which."""

    def __init__(self, netten: list[Net], staat: Staat) -> None:
        self.netten = netten
        self.staat = staat
        self.bewijs: dict[int, tuple[int, ...]] = {}
        self._waar = {
            int(net.cellen[rij, kolom]): (net, (int(rij), int(kolom)))
            for net in netten
            for rij, kolom in zip(*np.nonzero(net.cellen >= 0), strict=True)
        }

    def dek(self, doelen: list[int], *, gratis: bool) -> None:
        """Protect all `doelen` that can be protected in these nets; sets `gedekt`. `gratis`: hide nothing new."""
        for doel in doelen:
            if doel not in self.bewijs:
                self.probeer(doel, gratis=gratis)
        self._snoei()
        self.staat.gedekt[list(self.bewijs)] = True

    def kies(self, cel: int) -> tuple[float, tuple[int, ...]]:
        """The cheapest cycle for a cell: cost, and all cells that move (none: there is no cycle)."""
        net, plek = self._waar[cel]
        drempels = _drempels(self.staat.breedte[cel], net.op[plek], net.neer[plek])
        if not len(drempels):
            return np.inf, ()
        kosten, pad = goedkoopste(net, self._kosten(net), plek, drempels)
        alle = [cel, *(int(net.cellen[ander]) for ander in pad)]
        return kosten, tuple(ander for ander in alle if ander >= 0) if pad else ()

    def probeer(self, cel: int, *, gratis: bool) -> bool:
        """Find a cycle for a cell and hide what it needs; `gratis`: only over cells that are hidden already."""
        kosten, cellen = self.kies(cel)
        if not cellen or (gratis and kosten > _GRATIS):
            return False
        breed = self.staat.breedte[cel]
        for ander in cellen:
            self.staat.verborgen[ander] = True
            if self.staat.breedte[ander] <= breed:
                self.bewijs.setdefault(ander, cellen)
        return True

    def _kosten(self, net: Net) -> Getallen:
        """Per place what hiding its cell costs."""
        kosten = np.where(self.staat.verborgen[net.cellen], 0.0, self.staat.prijs[net.cellen])
        return np.where(net.cellen < 0, 0.0, kosten)

    def _snoei(self) -> None:
        """Show again what isn't needed, the most valuable first."""
        for cel in sorted(filter(self._is_extra, self.bewijs), key=lambda c: (-self.staat.prijs[c], c)):
            if cel in self.bewijs:
                self._toon_weer(cel)

    def _is_extra(self, cel: int) -> bool:
        return not self.staat.vast[cel]

    def _toon_weer(self, cel: int) -> None:
        """Show `cel` again, and secondary cells that only it made safe; undo when another cell loses its proof."""
        bewijs, verborgen = dict(self.bewijs), self.staat.verborgen.copy()
        wachtrij = self._laat_zien(cel)
        while wachtrij:
            ander = wachtrij.pop()
            if ander in self.bewijs or not self.staat.verborgen[ander] or self.probeer(ander, gratis=True):
                continue
            if not self._is_extra(ander):
                self.bewijs = bewijs
                self.staat.verborgen[:] = verborgen
                return
            wachtrij += self._laat_zien(ander)

    def _laat_zien(self, cel: int) -> list[int]:
        """Show a cell; returns the cells that lose their proof by it."""
        self.staat.verborgen[cel] = False
        self.bewijs.pop(cel, None)
        geraakt = [ander for ander, cellen in self.bewijs.items() if cel in cellen]
        for ander in geraakt:
            del self.bewijs[ander]
        return geraakt
