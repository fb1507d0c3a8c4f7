"""Rounding: all counts together, so that printed sums hold (as CBS rounds).

Each count goes to the multiple just below or above it, and all of them as near as the sums allow: gemeenten make
the region, categories the total, stocks and flows each other. That is an integer program over all ties; it has
measured a second for a region. A printed number then stands for up to nine counts, more than when each is rounded
by itself, so nobody learns more from it. Hidden counts are left open in the sums, never printed.

A count that an earlier edition printed keeps its number as long as it could still be printed so: the same count
always gives the same number, and late messages show only when they add up to a step. Where late messages make that
and the sums impossible together, a sum gives way, as little as can be: an unchanged count that moved would tell
between which two numbers it lies.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csc_array, hstack

from analyse.kern.fouten import DomeinFout
from analyse.params import Drempels
from analyse.vrijgave.cellen import Cellen, Getallen, Masker, Sleutel
from analyse.vrijgave.stelsel import Bouw, Stelsel

_SECONDEN = 20
# What it costs per step that a sum doesn't hold; only when there is no other way.
_SOM = 1000.0


def rond_af(aantal: Getallen, veelvoud: int) -> Getallen:
    """The nearest multiple, halves up; the same count always gives the same number."""
    return np.floor(aantal / veelvoud + 0.5) * veelvoud


@dataclass(frozen=True)
class Keuze:
    """Per column the true count (NaN: none is printed), its multiple, what was printed before, and its room."""

    waarde: Getallen
    veelvoud: Getallen
    eerder: Getallen
    laag: Getallen
    hoog: Getallen


def druk(cellen: Cellen, drempels: Drempels) -> dict[Sleutel, Getallen]:
    """What is printed for every cell of every block of counts, were it shown; amounts in whole euros."""
    stelsel = Bouw(cellen, drempels).stelsel()
    keuze = _keuze(cellen, stelsel, drempels)
    gedrukt = _kies(stelsel, keuze, elastisch=False)
    if gedrukt is None:
        gedrukt = _kies(stelsel, keuze, elastisch=True)
    if gedrukt is None:
        raise DomeinFout(
            "De aantallen zijn niet zo af te ronden dat alle sommen kloppen.",
            waar="vrijgave",
            doe="Controleer of sommen en standen in de meting kloppen.",
        )
    uit: dict[Sleutel, Getallen] = {}
    for blok in cellen:
        los = rond_af(blok.waarde, 1 if blok.euro else drempels.afronding)
        plek = stelsel.kolommen[blok.sleutel]
        uit[blok.sleutel] = np.where(blok.bestaat & ~np.isnan(gedrukt[plek]), gedrukt[plek], los)
    return uit


def _keuze(cellen: Cellen, stelsel: Stelsel, drempels: Drempels) -> Keuze:
    n = len(stelsel.op)
    waarde, eerder, veelvoud = np.full(n, np.nan), np.full(n, np.nan), np.ones(n)
    for blok in cellen:
        toon = blok.bestaat & ~blok.verborgen
        kolommen = stelsel.kolommen[blok.sleutel][toon]
        waarde[kolommen], eerder[kolommen] = blok.waarde[toon], np.where(blok.bekend, blok.eerder, np.nan)[toon]
        veelvoud[kolommen] = 1 if blok.euro else drempels.afronding
    # A zero stays a zero: nobody is nobody. And a number that is shown is never printed as one that isn't.
    laag = np.maximum(np.floor(waarde / veelvoud), np.where(waarde >= drempels.minimum, 1.0, 0.0))
    hoog = np.ceil(waarde / veelvoud)
    return Keuze(waarde, veelvoud, eerder, np.nan_to_num(laag), np.nan_to_num(hoog, nan=np.inf))


def _kies(stelsel: Stelsel, keuze: Keuze, *, elastisch: bool) -> Getallen | None:
    """The printed values of all columns, NaN for what isn't printed; None when the sums can't hold.

    Earlier numbers stay. `elastisch`: sums give way where they must.
    """
    cel = ~np.isnan(keuze.waarde)
    kosten, laag, hoog = _kosten(keuze), keuze.laag.copy(), keuze.hoog.copy()
    vast = ~np.isnan(keuze.eerder)
    laag[vast] = hoog[vast] = keuze.eerder[vast] / keuze.veelvoud[vast]
    vrij = hoog > laag
    matrix = csc_array(stelsel.matrix)
    rechts = -(matrix[:, ~vrij] @ (laag * keuze.veelvoud)[~vrij])
    deel = matrix[:, vrij] * keuze.veelvoud[vrij]
    if not vrij.any():
        return np.where(cel, laag * keuze.veelvoud, np.nan) if elastisch or np.allclose(rechts, 0) else None
    eigen = _milp(kosten[vrij], deel, rechts, (laag[vrij], hoog[vrij], cel[vrij]), elastisch=elastisch)
    if eigen is None:
        return None
    uit = laag.copy()
    uit[vrij] = np.round(eigen)
    return np.where(cel, uit * keuze.veelvoud, np.nan)


def _kosten(keuze: Keuze) -> Getallen:
    """What a step up costs: more when the true count lies nearer to the multiple below."""
    onder, boven = (grens * keuze.veelvoud for grens in (keuze.laag, keuze.hoog))
    with np.errstate(invalid="ignore"):
        verschil = (np.abs(boven - keuze.waarde) - np.abs(onder - keuze.waarde)) / keuze.veelvoud
    return np.nan_to_num(verschil, posinf=0.0)


def _milp(
    kosten: Getallen,
    matrix: csc_array,
    rechts: Getallen,
    ruimte: tuple[Getallen, Getallen, Masker],
    *,
    elastisch: bool,
) -> Getallen | None:
    laag, hoog, geheel = ruimte
    n = len(kosten)
    if elastisch:
        rijen = np.arange(matrix.shape[0])
        een = coo_array((np.ones(len(rijen)), (rijen, rijen)))
        matrix = hstack([matrix, een, -een], format="csc")
        kosten = np.concatenate([kosten, np.full(2 * len(rijen), _SOM)])
        laag = np.concatenate([laag, np.zeros(2 * len(rijen))])
        hoog = np.concatenate([hoog, np.full(2 * len(rijen), np.inf)])
        geheel = np.concatenate([geheel, np.zeros(2 * len(rijen), dtype=bool)])
    uit = milp(
        kosten,
        constraints=LinearConstraint(matrix, rechts, rechts),
        bounds=Bounds(laag, hoog),
        integrality=geheel.astype(np.int8),
        options={"time_limit": _SECONDEN, "mip_rel_gap": 0.005},
    )
    return None if uit.x is None else np.asarray(uit.x[:n])
