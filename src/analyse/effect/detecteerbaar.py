"""The smallest effect that this design can see on this series, computed before the outcome is looked at.

Only figures from before the start go in: how far stand-ins strayed in a pretended period after, and how many
cases the treated gebieden have. So it can't be chosen to fit the result, and it stands beside every verdict:
an effect that can't be seen is not an effect that isn't there.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from scipy import stats

from analyse.effect.controles.placebo_tijd import schijnstart
from analyse.effect.did import MINSTENS_PLACEBOS, alleen_regio
from analyse.effect.opzet import SEED, Opzet
from analyse.effect.toets import NIVEAU, statistiek
from analyse.effect.trekking import toewijzingen

MACHT = 0.80


def kleinste_effect(opzet: Opzet) -> float:
    """Decrease in percent (positive) that the main test finds in 80% of cases.

    NaN when nothing can be computed; infinite when the region alone can't reach p ≤ 0.05 whatever happens. With
    less than a year after the start it is computed for one whole year.
    """
    te_kort = any(v.lengte_basis < 2 for v in opzet.vensters)
    if te_kort or not opzet.behandeld or len(opzet.placebos) < 2:
        return float("nan")
    schijn = _alleen_ervoor(opzet).met_vensters([schijnstart(v) for v in opzet.vensters])
    kritiek = _kritiek_donoren(schijn) if len(opzet.donoren) >= MINSTENS_PLACEBOS else _kritiek_regio(opzet)
    grens = (kritiek + float(stats.norm.ppf(MACHT))) * _fout(opzet, schijn)
    return 100 * (1 - math.exp(-grens)) if math.isfinite(grens) else math.inf


def _alleen_ervoor(opzet: Opzet) -> Opzet:
    """The series cut off at the last start: what came later can't leak into the level of the comparison."""
    eind = max(v.basis_tot for v in opzet.vensters)
    reeks = replace(opzet.reeks, aantal=opzet.reeks.aantal[:, :eind], bevolking=opzet.reeks.bevolking[:, :eind])
    return replace(opzet, reeks=reeks)


def _kritiek_donoren(schijn: Opzet) -> float:
    """How large |t| gets by itself among the stand-ins, in the pretended window."""
    effect, fout = statistiek(schijn.uitkomsten, schijn.trekkingen, schijn.spreidingen)
    t = np.abs(effect / fout)
    return float(np.quantile(t[np.isfinite(t)], NIVEAU))


def _kritiek_regio(opzet: Opzet) -> float:
    """The same without donors: Student's t over the untreated; infinite with too few ways to hand out."""
    manieren = len(toewijzingen(alleen_regio(opzet).regio, opzet.vensters, seed=SEED))
    if manieren * (1 - NIVEAU) < 1:
        return math.inf
    return float(stats.t.ppf((1 + NIVEAU) / 2, len(opzet.placebos) - 1))


def _fout(opzet: Opzet, schijn: Opzet) -> float:
    """Spread of the real measurement, from the sizes before the start and the spread in the pretended window."""
    verwacht, variantie = [], []
    for rij, venster, spreiding in zip(opzet.behandeld, opzet.vensters, schijn.spreidingen, strict=True):
        basis = float(np.nansum(opzet.reeks.aantal[rij, venster.basis]))
        vakken = int((~np.isnan(opzet.reeks.aantal[rij, venster.basis])).sum())
        straks = basis / vakken * max(venster.lengte_na, opzet.reeks.per_jaar)
        verwacht.append(straks)
        variantie.append(spreiding.variantie(np.array(straks), np.array(basis)))
    gewicht = np.array(verwacht) / sum(verwacht)
    return float(np.sqrt((gewicht**2 * np.array(variantie)).sum()))
