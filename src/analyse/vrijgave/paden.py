"""Release of paths: how many persons followed each one, for who may not know who they are.

A path is a category that nobody drew up beforehand, so a rare one describes a child. The region shows a path only
when enough persons followed it and enough followed another; a gemeente only when that also holds within it, and
when what the region has more than the gemeenten that show it is enough or none at all. Gemeenten show no total:
with those of some, the others would follow together. Simplest design that can be proved: a hidden path is never in
a sum of less than the minimum. Simple costs: much of a small gemeente is hidden.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analyse.kern import codes
from analyse.kern.schema import RESULTAAT
from analyse.params import Drempels
from analyse.vrijgave.afronden import rond_af

_SLEUTEL = ["soort", "pad"]


def geef_paden_vrij(paden: pd.DataFrame, drempels: Drempels) -> pd.DataFrame:
    """The rows that may be seen, with rounded counts and no `noemer` of gemeenten; same columns as `paden`.

    Args: `paden` has gebied, periode, soort, pad, personen and noemer (all persons of that gebied and soort, also
    those whose path has no row), of the region and its gemeenten.
    """
    toon = _genoeg(paden, drempels.minimum)
    toon &= _in_regio(paden, toon)
    toon &= ~_uit_de_rest(paden, toon, drempels.minimum)
    uit = paden[toon].reset_index(drop=True)
    for kolom in ("personen", "noemer"):
        uit[kolom] = rond_af(uit[kolom].to_numpy(dtype=float), drempels.afronding)
    uit["noemer"] = uit["noemer"].where(uit["gebied"].eq(codes.REGIO))
    return uit


def als_rijen(paden: pd.DataFrame) -> pd.DataFrame:
    """Released paths as rows of the result table: a count each, and where the total shows a share."""
    tellingen = paden.assign(waarde=paden["personen"].astype(float), eenheid="aantal", aandeel=False)
    regio = paden[paden["noemer"].notna()]
    delen = regio.assign(waarde=100 * regio["personen"] / regio["noemer"], eenheid="procent", aandeel=True)
    samen = pd.concat([tellingen, delen], ignore_index=True)
    velden = zip(samen["soort"], samen["pad"], samen["aandeel"], strict=True)
    namen = [codes.pad_indicator(soort, pad, aandeel=aandeel) for soort, pad, aandeel in velden]
    status = samen["waarde"].isna().map({True: "verborgen", False: "definitief"})
    dims = dict.fromkeys(codes.DIMENSIES, codes.TOTAAL)
    leeg = dict.fromkeys(("teller", "onder", "boven"), np.nan)
    return samen.assign(indicator=namen, status=status, methode="", **dims, **leeg)[list(RESULTAAT)]


def _genoeg(paden: pd.DataFrame, minimum: int) -> pd.Series:
    """Per row: at least the minimum, and at least the minimum left outside all that show in the gebied.

    From the most followed on: what would leave too few is hidden, and all that are rarer.
    """
    op = paden.sort_values(["personen", "pad"], ascending=[False, True], kind="stable")
    getoond = op.groupby(["gebied", "periode", "soort"], sort=False)["personen"].cumsum()
    genoeg = op["personen"].ge(minimum) & (op["noemer"] - getoond).ge(minimum)
    return genoeg.reindex(paden.index)


def _in_regio(paden: pd.DataFrame, toon: pd.Series) -> pd.Series:
    """Per row whether the region shows the path; what only a gemeente shows would be a hint about the others."""
    regio = paden[paden["gebied"].eq(codes.REGIO) & toon]
    bekend = pd.MultiIndex.from_frame(regio[["periode", *_SLEUTEL]])
    return pd.Series(pd.MultiIndex.from_frame(paden[["periode", *_SLEUTEL]]).isin(bekend), index=paden.index)


def _uit_de_rest(paden: pd.DataFrame, toon: pd.Series, minimum: int) -> pd.Series:
    """Per row of a gemeente whether it must be hidden for the others: the rarest first, until the rest is enough.

    Persons count once in the region, so the gemeenten together may have more: a rest below none is none.
    """
    weg = pd.Series(False, index=paden.index)
    regio = paden["gebied"].eq(codes.REGIO)
    totaal = paden[regio & toon].set_index(["periode", *_SLEUTEL])["personen"].to_dict()
    for sleutel, eigen in paden[~regio & toon].groupby(["periode", *_SLEUTEL], sort=False):
        op = eigen["personen"].sort_values(ascending=False, kind="stable")
        rest = float(totaal[sleutel]) - op.cumsum().to_numpy()
        # Everybody in a gemeente that shows it: nothing is left to know.
        goed = (rest >= minimum) | (np.arange(1, len(op) + 1) == len(op)) & (np.abs(rest) < 1)
        laatste = int(np.flatnonzero(goed)[-1]) + 1 if goed.any() else 0
        weg[op.index[laatste:]] = True
    return weg
