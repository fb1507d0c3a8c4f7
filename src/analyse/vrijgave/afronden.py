"""Rounding: the nearest multiple under `onderdrukken`, all counts together under `afronden` (as CBS does).

Rounded together, printed sums hold: gemeenten make the region, categories the total, stocks and flows each other.
Each count goes to the multiple just below or above it, and all of them as near as that allows (an integer program
over all ties; it has measured 0.3 s for a region). Nothing needs to be hidden then, because a printed number can
stand for up to nine counts, those that matter most included.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

from analyse.kern.fouten import DomeinFout
from analyse.params import Drempels
from analyse.vrijgave.cellen import Cellen, Getallen, Sleutel
from analyse.vrijgave.stelsel import Bouw, Stelsel

# Room beside the nearest multiples, tried in this order: none, then one step more.
_EXTRA = (0, 1)
_SECONDEN = 30


def rond_af(aantal: Getallen, veelvoud: int) -> Getallen:
    """The nearest multiple, halves up; the same count always gives the same number."""
    return np.floor(aantal / veelvoud + 0.5) * veelvoud


def druk(cellen: Cellen, drempels: Drempels) -> dict[Sleutel, Getallen]:
    """What is printed for every cell of every block of counts; amounts in whole euros."""
    if drempels.beleid == "afronden":
        return _samen(cellen, drempels)
    return {blok.sleutel: rond_af(blok.waarde, 1 if blok.euro else drempels.afronding) for blok in cellen}


def _samen(cellen: Cellen, drempels: Drempels) -> dict[Sleutel, Getallen]:
    stelsel = Bouw(cellen, drempels).stelsel()
    waarde = np.full(len(stelsel.op), np.nan)
    veelvoud = np.ones(len(stelsel.op))
    for blok in cellen:
        kolommen = stelsel.kolommen[blok.sleutel][blok.bestaat]
        waarde[kolommen] = blok.waarde[blok.bestaat]
        veelvoud[kolommen] = 1 if blok.euro else drempels.afronding
    for extra in _EXTRA:
        gedrukt = _kies(stelsel, waarde, veelvoud, extra)
        if gedrukt is not None:
            plek = stelsel.kolommen
            return {b.sleutel: np.where(b.bestaat, gedrukt[plek[b.sleutel]], np.nan) for b in cellen}
    raise DomeinFout(
        "De aantallen zijn niet zo af te ronden dat alle sommen kloppen.",
        waar="vrijgave",
        doe="Controleer of sommen en standen in de meting kloppen, of kies beleid: onderdrukken.",
    )


def _kies(stelsel: Stelsel, waarde: Getallen, veelvoud: Getallen, extra: int) -> Getallen | None:
    """The rounded values of all columns, in their own units; None when the sums can't hold."""
    cel = ~np.isnan(waarde)
    onder = np.floor(waarde / veelvoud)
    boven = np.ceil(waarde / veelvoud)
    kosten = np.abs(boven * veelvoud - waarde) - np.abs(onder * veelvoud - waarde)
    laag, hoog = np.where(cel, np.maximum(onder - extra, 0), 0.0), np.where(cel, boven + extra, np.inf)
    # A zero stays a zero: nobody is nobody.
    laag[waarde == 0], hoog[waarde == 0] = 0.0, 0.0
    uit = milp(
        np.where(cel & (boven > onder), kosten / veelvoud, 0.0),
        constraints=LinearConstraint(stelsel.matrix, 0, 0),
        bounds=Bounds(laag, hoog),
        integrality=cel.astype(np.int8),
        options={"time_limit": _SECONDEN, "mip_rel_gap": 0.005},
    )
    if uit.x is None:
        return None
    gedrukt: NDArray[np.float64] = np.round(uit.x) * veelvoud
    return gedrukt
