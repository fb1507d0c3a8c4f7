"""Gemeenten that resemble one another: about as many people, about as urban.

Not by distance on the map, and not by how much youth care there is: that would compare a gemeente with those that
have the same outcome. Size counts as the ratio (10,000 against 20,000 is as far as 100,000 against 200,000),
urbanity as CBS's class 1 (very strong) to 5 (none), derived from the density of addresses where the class is
missing (2,500, 1,500, 1,000 and 500 addresses per km²). Each is divided by its spread over all gemeenten, so that
neither outweighs the other. What else differs (income, families) is left out: two reasons can be explained.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analyse.kern.fouten import onbekend

DICHTHEID_KLASSEN = (2500, 1500, 1000, 500)
METHODE = "Gemeenten die het meest lijken in inwonertal en stedelijkheid (CBS)."


def buren(tabel: pd.DataFrame, gebied: str, n: int = 5) -> pd.DataFrame:
    """The `n` gemeenten most like `gebied`, the most like first.

    `tabel`: CBS rows (maat, gebied, periode, categorie, waarde) with `inwoners` totaal and `stedelijkheid` or
    `adressendichtheid`; per gemeente the newest year that has a value counts. Gemeenten without both are left out.
    Columns: gebied, inwoners, stedelijkheid, afstand (0 is equal), methode. Raises ParameterFout when unknown.
    """
    ken = kenmerken(tabel)
    if gebied not in ken.index:
        raise onbekend("Deze gemeente", gebied, ken.index)
    maten = pd.DataFrame({"grootte": np.log(ken["inwoners"]), "stad": ken["stedelijkheid"]})
    spreiding = maten.std(ddof=0).replace(0.0, 1.0)
    verschil = (maten - maten.loc[gebied]) / spreiding
    afstand = np.sqrt((verschil**2).sum(axis=1)).drop(gebied)
    dichtst = afstand.sort_index().sort_values(kind="stable").head(n)
    uit = ken.loc[dichtst.index].assign(afstand=dichtst, methode=METHODE)
    return uit.rename_axis("gebied").reset_index()


def kenmerken(tabel: pd.DataFrame) -> pd.DataFrame:
    """Size and urbanity per gemeente (index gebied): inwoners, stedelijkheid (1–5)."""
    gemeente = tabel["gebied"].str.startswith("GM") & tabel["categorie"].eq("totaal") & tabel["waarde"].notna()
    laatste = (
        tabel[gemeente & tabel["maat"].isin(["inwoners", "stedelijkheid", "adressendichtheid"])]
        .sort_values("periode", kind="stable")
        .groupby(["gebied", "maat"])["waarde"]
        .last()
        .unstack()
        .reindex(columns=["inwoners", "stedelijkheid", "adressendichtheid"])
    )
    klasse = laatste["stedelijkheid"].fillna(_klasse(laatste["adressendichtheid"]))
    uit = pd.DataFrame({"inwoners": laatste["inwoners"], "stedelijkheid": klasse}).dropna()
    return uit[uit["inwoners"] > 0]


def _klasse(dichtheid: pd.Series) -> pd.Series:
    """Urbanity class of CBS from addresses per km²."""
    lager = np.sum([dichtheid.lt(grens) for grens in DICHTHEID_KLASSEN], axis=0)
    return pd.Series(1.0 + lager, index=dichtheid.index).where(dichtheid.notna())
