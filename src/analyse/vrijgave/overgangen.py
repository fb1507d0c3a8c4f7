"""Release of transitions: how many trajecten of one hulpvorm were followed by which, for the whole region.

A gate of its own and not the large one: as a split of every half-year and gemeente these would be most of what is
published, nearly all of it too small to show. Two years of the region together are few cells with many trajecten.
The sums per origin and per destination are published elsewhere, rounded and without the small ones; every hidden
count must then still have room. Hidden beyond the small ones is the smallest count that gives room.

Sums count as known as they are printed and not exactly, other than in the large gate: nothing prints the sum over
these half-years. Who adds up four printed half-years is off by up to four times half a step of rounding; one is
reckoned with, so that it holds also where three of the four happen to be exact. Exact sums would cost the whole
table: in the demo region they leave no cell to be shown.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import linprog

from analyse.kern import codes
from analyse.params import Drempels
from analyse.vrijgave.afronden import rond_af

Getallen = NDArray[np.float64]
Masker = NDArray[np.bool_]
# Of one half-year in the Meting, and of all half-years together here: another figure, so another name.
_DEEL, _SAMEN = "doorstroom.", "overgang."
_SOORTEN = (*(f"naar_{code}" for code in codes.HULPVORM), "blijft", "uit")
NAAR = tuple(_SAMEN + soort for soort in _SOORTEN)
HALFJAREN = 4
_EPS = 1e-6


def overgangen(meting: pd.DataFrame, perioden: Sequence[str]) -> pd.DataFrame:
    """Transitions of the region over `perioden` together, unprotected: rows of the result table, in code order.

    `indicator` is what came next (`NAAR`), `hulpvorm` what ended; `periode` is the last one. Empty when not
    measured.
    """
    eigen = meting[
        meting["indicator"].isin([_DEEL + soort for soort in _SOORTEN]) & meting["gebied"].eq(codes.REGIO)
    ]
    eigen = eigen[eigen["periode"].isin(list(perioden)) & eigen["hulpvorm"].isin(codes.HULPVORM)]
    if eigen.empty:
        return eigen
    eigen = eigen.assign(indicator=eigen["indicator"].str.replace(_DEEL, _SAMEN, regex=False))
    som = eigen.groupby(["indicator", "hulpvorm"])["waarde"].sum()
    index = pd.MultiIndex.from_product([NAAR, list(codes.HULPVORM)], names=["indicator", "hulpvorm"])
    rijen = som.reindex(index, fill_value=0.0).rename("waarde").reset_index()
    vast = {str(k): v for k, v in eigen.iloc[0].drop(["indicator", "hulpvorm", "waarde", "teller"]).items()}
    vast |= {
        "periode": perioden[-1],
        # Of one half-year and not of the sum; the interval of another cell would even be a leak.
        **dict.fromkeys(("noemer", "onder", "boven"), np.nan),
        "status": "voorlopig",
        "methode": f"{len(perioden)}_halfjaren",
    }
    return rijen.assign(**vast, teller=rijen["waarde"])[list(meting.columns)]


def geef_overgangen_vrij(rijen: pd.DataFrame, drempels: Drempels) -> pd.DataFrame:
    """The same rows with small counts, and what would give them away, hidden; the others rounded.

    `rijen` as `overgangen` gives them: every indicator of `NAAR` by every hulpvorm.
    """
    if rijen.empty:
        return rijen
    aantal = rijen["waarde"].to_numpy(dtype=float).reshape(len(NAAR), len(codes.HULPVORM))
    verborgen = bescherm(aantal, drempels).ravel()
    waarde = np.where(verborgen, np.nan, rond_af(rijen["waarde"].to_numpy(dtype=float), drempels.afronding))
    status = rijen["status"].mask(pd.Series(verborgen, index=rijen.index), "verborgen")
    return rijen.assign(waarde=waarde, teller=waarde, status=status)


def bescherm(aantal: Getallen, drempels: Drempels) -> Masker:
    """Which cells are hidden, such that printed row and column sums leave each of them its protection interval."""
    verborgen = (aantal > 0) & (aantal < drempels.minimum)
    verborgen |= _een_bestemming(aantal)
    while (te_eng := _te_eng(aantal, verborgen, drempels)) is not None:
        erbij = _kleinste(aantal, verborgen, te_eng)
        if erbij is None:  # nothing left to hide: show nothing at all
            return np.ones_like(verborgen)
        verborgen[erbij] = True
    return verborgen


def _een_bestemming(aantal: Getallen) -> Masker:
    """All cells of a hulpvorm after which everybody went the same way: that says something about everyone."""
    een = (aantal > 0).sum(axis=0) == 1
    return np.broadcast_to(een, aantal.shape) & (aantal.sum(axis=0) > 0)


def _te_eng(aantal: Getallen, verborgen: Masker, drempels: Drempels) -> tuple[int, int] | None:
    """The first hidden cell whose bounds are too near; None when all have room."""
    for rij, kolom in np.argwhere(verborgen):
        laag, hoog = grenzen(aantal, verborgen, (int(rij), int(kolom)), drempels)
        if hoog - laag < drempels.beschermingsinterval - _EPS:
            return int(rij), int(kolom)
    return None


def grenzen(
    aantal: Getallen, verborgen: Masker, cel: tuple[int, int], drempels: Drempels | None = None
) -> tuple[float, float]:
    """What an attacker with the sums and all shown counts knows of one hidden count: lowest and highest.

    With `drempels` sums are known as they are printed: to half a step of rounding, and from 1 up to the minimum
    not at all; without them exactly.
    """
    minimum, speling = (drempels.minimum, (drempels.afronding - 1) / 2) if drempels else (0, 0.0)
    plekken = np.argwhere(verborgen)
    doel = (plekken == cel).all(axis=1).astype(float)
    rijen, kolommen = aantal.shape
    matrix = np.zeros((rijen + kolommen, len(plekken)))
    matrix[plekken[:, 0], np.arange(len(plekken))] = 1
    matrix[rijen + plekken[:, 1], np.arange(len(plekken))] = 1
    over = np.where(verborgen, aantal, 0.0)
    rest = np.concatenate([over.sum(axis=1), over.sum(axis=0)])
    som = np.concatenate([aantal.sum(axis=1), aantal.sum(axis=0)])
    klein = (som > 0) & (som < minimum)
    hoogst, laagst = np.where(klein, minimum - 1.0, rest + speling), np.where(klein, 0.0, rest - speling)
    grens = {"A_ub": np.concatenate([matrix, -matrix]), "b_ub": np.concatenate([hoogst, -laagst])}
    laag, hoog = (linprog(kant * doel, **grens, method="highs").fun for kant in (1.0, -1.0))
    return float(laag), float(-hoog)


def _kleinste(aantal: Getallen, verborgen: Masker, cel: tuple[int, int]) -> tuple[int, int] | None:
    """The smallest shown count in the row or column of a cell; counts that exist before zeros."""
    rij, kolom = cel
    kan = np.zeros_like(verborgen)
    kan[rij, :] = kan[:, kolom] = True
    kan &= ~verborgen
    if not kan.any():
        kan = ~verborgen
    if not kan.any():
        return None
    prijs = np.where(kan, np.where(aantal > 0, aantal, 1e9), np.inf)
    plek = np.unravel_index(int(np.argmin(prijs)), prijs.shape)
    return int(plek[0]), int(plek[1])
