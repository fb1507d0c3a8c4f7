"""Repair: find the hidden cells that an attacker can still pin down, and hide the least that stops it.

First movements in random directions, many cells at once: most cells turn out free after a few linear programs.
What is left is freed by movements that pay for every shown cell they move: first all together, with a reward per
freed cell that rises, so that cells share what must be hidden for them; then one by one. Each movement is proof
for every cell on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from analyse.params import Drempels
from analyse.vrijgave.cellen import Blok, Cellen, Masker
from analyse.vrijgave.stelsel import Bouw
from analyse.vrijgave.vergelijkingen import Stelsel
from analyse.vrijgave.zoeker import DICHTBIJ, Zoeker

# A count with the place of a gebied and of a period.
Tafel = tuple[str, int, int]
_RONDES = 4
# How many periods away cells are moved for what is left.
_VERDER = 3
_RONDES_NA = 2
# As many open columns or fewer are freed one by one.
_WEINIG = 4
# After how many of those what came free along with them is looked for.
_VERKEN_NA = 8
_ZAAD = 21


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
    zoeker = Zoeker(Bouw(cellen, drempels).stelsel(), zaad=_ZAAD)
    zoeker.verken(_RONDES_NA)
    s = zoeker.stelsel
    for beloning, venster in _rondes(s):
        if zoeker.open_.sum() > _WEINIG:
            zoeker.bevrijd_samen(beloning, venster)
    mislukt: set[int] = set()
    afstanden = (DICHTBIJ, _VERDER, int(np.ptp(s.periode)) + 1)
    stappen = 0
    while doelen := [int(k) for k in np.flatnonzero(zoeker.open_) if k not in mislukt]:
        if not zoeker.toets(doelen[0]) and not any(zoeker.bevrijd(doelen[0], ver=ver) for ver in afstanden):
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
