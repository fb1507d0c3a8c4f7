"""Indirect standardisation: how many cases a group would have with the rates of everybody, age by age.

Indirect and not direct, because groups are small: direct standardisation weighs the rate of every stratum, and
one case in a stratum of ten then moves the whole figure. The price: two groups with different people are each
compared with the reference and, strictly, not with each other.
Source: Breslow and Day 1987, Statistical Methods in Cancer Research II, par. 2.3.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analyse.kern.fouten import ParameterFout
from analyse.statistiek.interval import methode_telling, poisson_exact, telling

LAGEN = ("leeftijd", "geslacht")


def verwacht(
    bevolking: pd.DataFrame, referentie: pd.DataFrame, *, groep: str = "groep", lagen: Sequence[str] = LAGEN
) -> pd.Series:
    """Expected cases per group: its people × the rate of the reference, summed over the strata.

    `bevolking`: groep, the strata, aantal; `referentie`: the strata, gevallen, aantal (one row per stratum).
    Raises ParameterFout when people are in a stratum without reference.
    """
    sleutels = list(lagen)
    samen = bevolking.merge(tarieven(referentie, lagen=lagen), on=sleutels, how="left", validate="m:1")
    zonder = samen[samen["tarief"].isna() & samen["aantal"].gt(0)]
    if len(zonder):
        raise ParameterFout(
            "Elke laag van de bevolking heeft een cijfer in de referentie nodig.",
            ontvangen=f"{len(zonder)} rijen zonder, zoals {zonder[sleutels].iloc[0].to_dict()}",
            doe="Gebruik in beide tabellen dezelfde leeftijden en dezelfde codes.",
        )
    samen["verwacht"] = samen["aantal"] * samen["tarief"].fillna(0.0)
    return samen.groupby(groep, sort=True)["verwacht"].sum()


def tarieven(referentie: pd.DataFrame, *, lagen: Sequence[str] = LAGEN) -> pd.DataFrame:
    """Cases per head of every stratum of the reference: the strata, tarief. Strata without people are left out."""
    som = referentie.groupby(list(lagen), sort=True, as_index=False)[["gevallen", "aantal"]].sum()
    som = som[som["aantal"] > 0]
    return som.assign(tarief=som["gevallen"] / som["aantal"])[[*lagen, "tarief"]]


def standaardiseer(
    waargenomen: pd.Series,
    bevolking: pd.DataFrame,
    referentie: pd.DataFrame,
    *,
    lagen: Sequence[str] = LAGEN,
    exact: bool = False,
) -> pd.DataFrame:
    """Observed against expected per group, with interval.

    `waargenomen`: cases per group (index: the values of `groep`); the other two as in `verwacht`.
    Columns: waargenomen, verwacht, verhouding, onder, boven, tarief (ratio × the rate of the whole reference),
    methode. The interval counts chance in the observed cases (Byar, exact Poisson below ten or when `exact`) and
    takes the reference as known. NaN where nothing is expected.
    """
    e = verwacht(bevolking, referentie, lagen=lagen)
    o = waargenomen.reindex(e.index).fillna(0.0)
    return _tabel(o, e, float(referentie["gevallen"].sum() / referentie["aantal"].sum()), exact=exact)


def _tabel(o: pd.Series, e: pd.Series, tarief: float, *, exact: bool) -> pd.DataFrame:
    onder, boven = poisson_exact(o) if exact else telling(o)
    noemer = e.where(e > 0).to_numpy(dtype=float)
    namen = np.full(len(o), "poisson_exact", dtype=object) if exact else methode_telling(o)
    verhouding = o.to_numpy(dtype=float) / noemer
    return pd.DataFrame(
        {
            "waargenomen": o,
            "verwacht": e,
            "verhouding": verhouding,
            "onder": onder / noemer,
            "boven": boven / noemer,
            "tarief": verhouding * tarief,
            "methode": "indirect_gestandaardiseerd_" + pd.Series(namen, index=o.index).astype(str),
        }
    )
