"""XmR charts: is a month different, or does the series only do what it always does?

Limits: mean ± 2.66 × the mean moving range; a moving range above 3.268 × its mean is itself unusual. Rules as in
*Making Data Count* (NHS England) as the NHSRplotthedots package has them: a point outside; seven in a row on one
side of the mean (older books take eight); seven in a row that each rise or each fall (older books six); two of
three in the outer third on one side (the package also asks that the third lies on that side). Unusual moving
ranges are left out once before the limits are set, as that package does: one jump must not make the limits so wide
that they hide it.

A new level is never found by the machine. It starts only where the caller declares a break with a reason, so that
nobody can make a bad year the new normal without saying why. Parts are judged apart: no run crosses a break. With
fewer than twelve points a part has a mean and no verdict. Half-years are too few for this; use months.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analyse.kern.fouten import ParameterFout

Kolom = NDArray[np.float64]
Masker = NDArray[np.bool_]
# Wheeler 1993: 3 / d2 and D4 for moving ranges of two.
FACTOR_GRENS, FACTOR_BEREIK = 2.66, 3.268
REEKS, TREND, MINIMUM = 7, 7, 12
REGELS = {
    "buiten": "buiten de grenzen",
    "reeks": f"{REEKS} keer achter elkaar aan dezelfde kant van het gemiddelde",
    "trend": f"{TREND} keer achter elkaar hoger of achter elkaar lager",
    "bij_grens": "twee van drie vlak bij dezelfde grens",
}


@dataclass(frozen=True)
class Herijking:
    """A declared break: from point `vanaf` (its label in the index) the level is set again, because `reden`."""

    vanaf: Any
    reden: str


@dataclass(frozen=True)
class Regelkaart:
    """A judged series, index as the input.

    `tabel`: waarde, deel, reden, gemiddelde, onder, boven, bereik, bereik_boven, the four rules (buiten, reeks,
    trend, bij_grens), signaal, richting (hoger, lager or empty) and woorden. `methode` is a Dutch sentence.
    """

    tabel: pd.DataFrame
    methode: str


def maak_regelkaart(
    reeks: pd.Series,
    *,
    breuken: Sequence[Herijking] = (),
    basis: int | None = None,
    ondergrens: float | None = 0.0,
    afronding: float = 0.0,
) -> Regelkaart:
    """Judge a series in time order, without gaps.

    `breuken`: where the level may be set again, with a reason; `basis`: set the limits on the first so many points
    of each part (default: all); `ondergrens`: limits don't go below it (None for values that may be negative);
    `afronding`: the multiple that values were rounded to: what lies within half of it of the mean is on no side.
    Raises ParameterFout for a break without reason or outside the index, and for a missing value.
    """
    _keur(reeks, breuken, basis)
    redenen = {list(reeks.index).index(breuk.vanaf): breuk.reden for breuk in breuken}
    starts = [0, *sorted(redenen), len(reeks)]
    delen = [
        _deel(reeks.iloc[van:tot], (nummer, redenen.get(van, "")), (basis, ondergrens, afronding))
        for nummer, (van, tot) in enumerate(pairwise(starts))
        if tot > van
    ]
    return Regelkaart(pd.concat(delen), _methode(breuken, basis))


def _keur(reeks: pd.Series, breuken: Sequence[Herijking], basis: int | None) -> None:
    if reeks.empty or reeks.isna().any():
        raise ParameterFout(
            "Een regelkaart heeft van elke periode een waarde nodig.",
            ontvangen=f"{int(reeks.isna().sum())} lege waarden op {len(reeks)}",
            doe="Vul de lege perioden aan of begin de reeks later.",
        )
    for breuk in breuken:
        if not breuk.reden.strip() or breuk.vanaf not in reeks.index:
            raise ParameterFout(
                "Een nieuw niveau begint alleen bij een bestaande periode en met een reden.",
                ontvangen=f"{breuk.vanaf!r}, reden {breuk.reden!r}",
                doe="Noem de eerste periode van het nieuwe niveau en waarom het nieuw is.",
            )
    if basis is not None and basis < MINIMUM:
        raise ParameterFout(
            f"Grenzen rusten op ten minste {MINIMUM} punten.", ontvangen=basis, doe="Neem een langere basis."
        )


def _deel(reeks: pd.Series, kop: tuple[int, str], hoe: tuple[int | None, float | None, float]) -> pd.DataFrame:
    basis, ondergrens, afronding = hoe
    x = reeks.to_numpy(dtype=float)
    grond = x[:basis]
    gemiddelde, gemiddeld_bereik = float(grond.mean()), _bereik(grond)
    genoeg = len(grond) >= MINIMUM
    marge = FACTOR_GRENS * gemiddeld_bereik if genoeg else np.nan
    onder = gemiddelde - marge if ondergrens is None else max(gemiddelde - marge, ondergrens)
    tabel = pd.DataFrame(
        {
            "waarde": x,
            "deel": kop[0],
            "reden": kop[1],
            "gemiddelde": gemiddelde,
            "onder": onder if genoeg else np.nan,
            "boven": gemiddelde + marge,
            "bereik": np.abs(np.diff(x, prepend=np.nan)),
            "bereik_boven": FACTOR_BEREIK * gemiddeld_bereik if genoeg else np.nan,
        },
        index=reeks.index,
    )
    kanten = _regels(x, gemiddelde, marge, afronding / 2) if genoeg else dict.fromkeys(REGELS, np.zeros(len(x)))
    return _met_woorden(tabel, kanten)


def _bereik(x: Kolom) -> float:
    """Mean moving range; unusual ones are left out once."""
    bereik = np.abs(np.diff(x))
    if not len(bereik):
        return 0.0
    gewoon = bereik[bereik <= FACTOR_BEREIK * bereik.mean()]
    return float(gewoon.mean())


def _regels(x: Kolom, gemiddelde: float, marge: float, halve_stap: float) -> dict[str, Kolom]:
    """Per rule and point: 1 (high or rising), −1 (low or falling) or 0. Every point of a run carries the mark."""
    afstand = x - gemiddelde
    # Rounded to fives a mean of 24 puts all that are about average above it, and runs come by themselves.
    kant = np.where(np.abs(afstand) < halve_stap, 0.0, np.sign(afstand))
    # A flat series has limits on its mean; rounding must not make a signal of that.
    speling = 1e-9 * (1 + abs(gemiddelde))
    return {
        "buiten": np.where(np.abs(afstand) > marge + speling, kant, 0.0),
        "reeks": _achtereen(kant, REEKS),
        "trend": _stijgend(x, TREND),
        "bij_grens": _twee_van_drie(afstand, marge, speling),
    }


def _achtereen(kant: Kolom, lengte: int) -> Kolom:
    uit = np.zeros(len(kant))
    for i in range(len(kant) - lengte + 1):
        venster = kant[i : i + lengte]
        if abs(venster.sum()) == lengte:
            uit[i : i + lengte] = venster[0]
    return uit


def _stijgend(x: Kolom, lengte: int) -> Kolom:
    stap = np.sign(np.diff(x))
    uit = np.zeros(len(x))
    for i in range(len(x) - lengte + 1):
        venster = stap[i : i + lengte - 1]
        if abs(venster.sum()) == lengte - 1:
            uit[i : i + lengte] = venster[0]
    return uit


def _twee_van_drie(afstand: Kolom, marge: float, speling: float) -> Kolom:
    """Two of three consecutive points beyond two thirds of the limit on one side; only those two are marked."""
    uit = np.zeros(len(afstand))
    for teken in (1.0, -1.0):
        ver = (teken * afstand > 2 * marge / 3 + speling) & (teken * afstand <= marge + speling)
        for i in range(len(afstand) - 2):
            if ver[i : i + 3].sum() >= 2:
                uit[i : i + 3] = np.where(ver[i : i + 3], teken, uit[i : i + 3])
    return uit


def _met_woorden(tabel: pd.DataFrame, kanten: dict[str, Kolom]) -> pd.DataFrame:
    for naam, kant in kanten.items():
        tabel[naam] = kant != 0
    alle = np.column_stack([kanten[naam] for naam in REGELS])
    eerste = alle[np.arange(len(alle)), np.argmax(alle != 0, axis=1)]
    tabel["signaal"] = tabel[list(REGELS)].any(axis=1)
    tabel["richting"] = np.select([eerste > 0, eerste < 0], ["hoger", "lager"], default="").astype(object)
    tabel["woorden"] = [
        "; ".join(zin for naam, zin in REGELS.items() if rij[naam]) for rij in tabel.to_dict("records")
    ]
    return tabel


def _methode(breuken: Sequence[Herijking], basis: int | None) -> str:
    grond = "alle punten" if basis is None else f"de eerste {basis} punten"
    nieuw = " en ".join(f"vanaf {breuk.vanaf} ({breuk.reden.strip()})" for breuk in breuken)
    niveau = f" Nieuw niveau {nieuw}." if nieuw else ""
    return (
        "Regelkaart (XmR): gemiddelde ± 2,66 keer het gemiddelde verschil tussen twee punten na elkaar, "
        f"op {grond}; "
        f"regels van Making Data Count ({REEKS} aan één kant, {TREND} stijgend of dalend).{niveau}"
    )
