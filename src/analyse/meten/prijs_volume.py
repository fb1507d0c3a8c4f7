"""Why an amount changed: more children, more help per child, other products, indexation, or another price.

Additive logarithmic mean Divisia index (LMDI-I; Ang 2004, "Decomposition analysis for policymaking in energy",
Energy Policy 32). Chosen over Laspeyres because the parts sum exactly to the change without a rest, and because
before and after play the same role: turned around in time every part only changes sign. What that costs is that a
part is no counterfactual ("with last year's prices it would have been …"), though close to one for small changes.

    euro of a product = children × share of them with it × volume per child with it × (price ÷ index) × index

A product that came or went has no price to compare: its whole amount is a change of mix.
"""

from __future__ import annotations

from typing import TypedDict

import numpy as np
import pandas as pd
from numpy.typing import NDArray

DELEN = ("jeugdigen", "volume", "mix", "prijs", "index")
Rij = NDArray[np.float64]


class Kant(TypedDict):
    """One side of a comparison, per product: euros, volume, children with it, and children in all."""

    euro: Rij
    volume: Rij
    clienten: Rij
    jeugdigen: Rij


def ontleed(voor: Kant, na: Kant, index: Rij) -> pd.DataFrame:
    """Per product the five parts (`DELEN`) of `na.euro − voor.euro`; they sum to it.

    `index`: how much tariffs rose between (1.035 is 3.5 percent). All arrays have one entry per product; a product
    that is on one side only has zeros on the other.
    """
    gewicht = logaritmisch_gemiddelde(voor["euro"], na["euro"])
    vergelijkbaar = np.logical_and.reduce([kant[naam] > 0 for kant in (voor, na) for naam in voor])  # type: ignore[literal-required]
    factoren = {
        "jeugdigen": _groei(voor["jeugdigen"], na["jeugdigen"]),
        "volume": _groei(_per(voor, "volume", "clienten"), _per(na, "volume", "clienten")),
        "mix": _groei(_per(voor, "clienten", "jeugdigen"), _per(na, "clienten", "jeugdigen")),
        "prijs": _groei(_per(voor, "euro", "volume") * index, _per(na, "euro", "volume")),
        "index": np.log(index) * np.ones(len(gewicht)),
    }
    delen = pd.DataFrame({naam: np.where(vergelijkbaar, gewicht * f, 0.0) for naam, f in factoren.items()})
    delen["mix"] += np.where(vergelijkbaar, 0.0, na["euro"] - voor["euro"])
    return delen[list(DELEN)]


def logaritmisch_gemiddelde(a: Rij, b: Rij) -> Rij:
    """(b − a) ÷ ln(b ÷ a): between a and b, a where they are equal, 0 where one isn't above 0."""
    goed = (a > 0) & (b > 0)
    a, b = np.where(goed, a, 1.0), np.where(goed, b, 1.0)
    verschil = (b - a) / a
    # log1p of a small difference is exact where b ÷ a has lost its digits.
    log = np.log1p(verschil)
    gelijk = np.abs(verschil) < 1e-9
    midden = np.where(gelijk, (a + b) / 2, (b - a) / np.where(gelijk, 1.0, log))
    return np.where(goed, midden, 0.0)


def _per(kant: Kant, boven: str, onder: str) -> Rij:
    teller, noemer = kant[boven], kant[onder]  # type: ignore[literal-required]
    return np.divide(teller, noemer, out=np.zeros(len(teller)), where=noemer > 0)


def _groei(voor: Rij, na: Rij) -> Rij:
    """ln(na ÷ voor), 0 where that can't be."""
    goed = (voor > 0) & (na > 0)
    return np.log(np.where(goed, na, 1.0) / np.where(goed, voor, 1.0))
