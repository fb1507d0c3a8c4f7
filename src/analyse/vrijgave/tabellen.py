"""Secondary suppression table by table: gemeente × category with the region, one table per period.

Totals of the categories are held as they are, so that what is proved for one table holds for all tables that
share those totals, and tables can be done one by one. What can't be protected so (hidden totals, counts tied by
flows) is left for `stelsel`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analyse.params import Drempels
from analyse.vrijgave.cellen import Blok, Cellen, Getallen, Masker, Regel
from analyse.vrijgave.families import RELATIES, Stroom
from analyse.vrijgave.kring import Dekking, Net, goedkoopste
from analyse.vrijgave.primair import is_onbekend, totaal_van
from analyse.vrijgave.ruimte import Ruimte, breedtes, gepubliceerd, ruimtes

# What hiding costs: a category of a gemeente, of the region, a total of a gemeente, of the region.
_PRIJS = {(False, False): 1.0, (False, True): 4.0, (True, False): 12.0, (True, True): 60.0}


def prijzen(blok: Blok) -> Getallen:
    """What hiding each cell costs: large cells more than small ones; a zero is never taken."""
    basis = np.full(len(blok.waarde), _PRIJS[not blok.splitsing, False])
    basis[-1] = _PRIJS[not blok.splitsing, True]
    with np.errstate(invalid="ignore"):
        gewicht = 1 + np.log10(1 + np.abs(blok.waarde)) / 4
        prijs = basis.reshape(-1, *[1] * (blok.waarde.ndim - 1)) * gewicht
        return np.where((blok.waarde != 0) & blok.bestaat & ~blok.bekend, prijs, np.inf)


def bescherm_tabellen(cellen: Cellen, drempels: Drempels) -> None:
    """Hide what is needed in every table that can be done by itself; sets `gedekt` where that is proved."""
    ruimte = ruimtes(cellen, drempels)
    for blok in cellen:
        if _los(cellen, blok):
            _bescherm_blok(cellen, blok, ruimte[blok.sleutel], drempels)


def _los(cellen: Cellen, blok: Blok) -> bool:
    """Whether this block moves without its totals, and without stocks and flows that are published with it."""
    if len(blok.splitsing) > 1 or any(_gebonden(cellen, blok, r) for r in RELATIES if isinstance(r, Stroom)):
        return False
    return bool(blok.splitsing) or len(cellen.splitsingen(blok.grootheid.naam)) == 1


def _gebonden(cellen: Cellen, blok: Blok, stroom: Stroom) -> bool:
    samen = gepubliceerd(cellen, stroom, blok.splitsing)
    return len(samen) > 2 and any(ander is blok for ander in samen)


@dataclass(frozen=True)
class Vel:
    """One period of a block as a net; the first `vorm` rows and columns are cells of the block."""

    net: Net
    vast: Masker
    vorm: tuple[int, int]


def _bescherm_blok(cellen: Cellen, blok: Blok, ruimte: Ruimte, drempels: Drempels) -> None:
    prijs = prijzen(blok)
    groep = groepsrijen(cellen, blok)
    for t in range(len(cellen.perioden)):
        verborgen = blok.verborgen[:, t]
        if verborgen.any() or groep[:, t].any():
            vel = _vel(cellen, blok, ruimte, prijs, t)
            _bescherm_vel(blok, vel, t, groep[:, t], drempels)


def groepsrijen(cellen: Cellen, blok: Blok) -> Masker:
    """Gebied × periode (× other splits) in which everybody is in one known category, and zeros would tell so."""
    if len(blok.splitsing) != 1 or blok.splitsing[0] in blok.grootheid.overlap:
        return np.zeros(blok.waarde.shape[:2], dtype=bool)
    iemand = (blok.waarde > 0).sum(axis=2) == 1
    bekend = ((blok.waarde > 0) & ~is_onbekend(blok, 0)).any(axis=2)
    return np.asarray(iemand & bekend & (totaal_van(cellen, blok, 0)[:, :, 0] > 0))


def _vel(cellen: Cellen, blok: Blok, ruimte: Ruimte, prijs: Getallen, t: int) -> Vel:
    waarde = _plat(blok.waarde, t)
    rijen, kolommen = waarde.shape
    extra = (int(blok.grootheid.uniek), int(not blok.splitsing or blok.splitsing[0] in blok.grootheid.overlap))
    vorm = (rijen + extra[0], kolommen + extra[1])
    net = Net(
        op=np.full(vorm, np.inf),
        neer=np.full(vorm, np.inf),
        prijs=np.zeros(vorm),
        verborgen=np.ones(vorm, dtype=bool),
        gedekt=np.ones(vorm, dtype=bool),
    )
    binnen = np.s_[:rijen, :kolommen]
    net.op[binnen], net.neer[binnen] = _plat(ruimte.op, t), _plat(ruimte.neer, t)
    net.prijs[binnen] = _plat(prijs, t)
    net.verborgen[binnen], net.gedekt[binnen] = _plat(blok.verborgen, t), _plat(blok.gedekt, t)
    _zet_speling(cellen, blok, net, t)
    # The region is the sum of the gemeenten: it moves the other way.
    net.op[rijen - 1], net.neer[rijen - 1] = net.neer[rijen - 1].copy(), net.op[rijen - 1].copy()
    return Vel(net, net.verborgen.copy(), (rijen, kolommen))


def _plat(matrix: NDArray, t: int) -> NDArray:
    """One period as gebied × category; a block without split has one column."""
    return matrix[:, t].reshape(len(matrix), -1)


def _zet_speling(cellen: Cellen, blok: Blok, net: Net, t: int) -> None:
    """Rows and columns for what sums exceed their total by: nobody publishes it, so it moves freely, down to 0."""
    waarde = _plat(blok.waarde, t)
    rijen, kolommen = waarde.shape
    if blok.grootheid.uniek:
        net.op[rijen, :kolommen] = np.nan_to_num(np.nansum(waarde[:-1], axis=0) - waarde[-1])
    if blok.splitsing and blok.splitsing[0] in blok.grootheid.overlap:
        totaal = totaal_van(cellen, blok, 0)[:, t, 0]
        net.op[:rijen, kolommen] = np.nan_to_num(np.nansum(waarde, axis=1) - totaal)


def _bescherm_vel(blok: Blok, vel: Vel, t: int, groep: Masker, drempels: Drempels) -> None:
    rijen, kolommen = vel.vorm
    breedte = np.full(vel.net.op.shape, float(drempels.beschermingsinterval))
    breedte[:rijen, :kolommen] = _plat(breedtes(blok, drempels), t)
    waarde = _plat(blok.waarde, t)
    dekking = Dekking(vel.net, breedte, vast=vel.vast)
    for rij in np.flatnonzero(groep):
        _verberg_nul(dekking, int(rij), np.flatnonzero(waarde[rij] == 0))
    doelen = [(r, k) for r, k in zip(*np.nonzero(vel.vast[:rijen, :kolommen]), strict=True)]
    doelen = [(int(r), int(k)) for r, k in doelen if not vel.net.gedekt[r, k]]
    dekking.dek(sorted(doelen, key=lambda cel: (-waarde[cel], cel)))
    _schrijf(blok, vel, t)


def _verberg_nul(dekking: Dekking, rij: int, nullen: NDArray[np.intp]) -> None:
    """Hide the zero that is cheapest to protect, so that the only filled category isn't certainly everybody."""
    net = dekking.net
    if net.verborgen[rij, nullen].any() or not len(nullen):
        return
    kosten = [goedkoopste(net, (rij, int(k)), dekking.drempels((rij, int(k))))[0] for k in nullen]
    keuze = (rij, int(nullen[int(np.argmin(kosten))]))
    net.verborgen[keuze] = dekking.vast[keuze] = True


def _schrijf(blok: Blok, vel: Vel, t: int) -> None:
    rijen, kolommen = vel.vorm
    vorm = blok.waarde[:, t].shape
    verborgen = vel.net.verborgen[:rijen, :kolommen].reshape(vorm)
    nul = blok.waarde[:, t] == 0
    blok.regel[:, t][verborgen & nul & (blok.regel[:, t] == 0)] = Regel.GROEP
    blok.regel[:, t][verborgen & (blok.regel[:, t] == 0)] = Regel.SECUNDAIR
    blok.gedekt[:, t] |= vel.net.gedekt[:rijen, :kolommen].reshape(vorm)
