"""A funnel of all Dutch gemeenten, with whom each gemeente of the region resembles.

The share that CBS prints (jeugdhulp in natura, percent of young people under 18) and not a rate made from counts,
so that a reader finds the same number at CBS. How large a group it is of comes from inhabitants, 0–14 years and
three tenths of 15–24: CBS doesn't print it with the share. With exact limits more than half of the gemeenten would
be a signal, because parents, poverty and registration differ everywhere; so the funnel is widened (additive).
"""

from __future__ import annotations

import pandas as pd

from analyse.cbs.buren import buren
from analyse.kern import codes
from analyse.kern.fouten import ParameterFout
from analyse.kern.vergelijking import BUREN, LANDELIJK
from analyse.statistiek import Keuze, trechter_aandeel

MAAT = "jeugdhulp_procent"
_TIENERS = 0.3  # of 15–24: the years 15 to 17
AANTAL_BUREN = 5


def landelijk(cbs: pd.DataFrame, namen: dict[str, str]) -> pd.DataFrame:
    """The newest year of `MAAT` for every gemeente that has one, within the funnel; columns `LANDELIJK`.

    `cbs`: rows of all gemeenten and the country, as `Referentie.cbs_alle`. Empty without figures, or without a
    national one to compare with.
    """
    eigen = cbs[cbs["maat"].eq(MAAT) & cbs["categorie"].eq("totaal") & cbs["waarde"].notna()]
    gemeente = eigen[eigen["gebied"].str.startswith("GM")]
    if gemeente.empty:
        return pd.DataFrame(columns=list(LANDELIJK))
    jaar = str(gemeente["periode"].max())
    rijen = gemeente[gemeente["periode"].eq(jaar)].sort_values("gebied").set_index("gebied")
    jong = _jongeren(cbs, jaar).reindex(rijen.index)
    rijen, jong = rijen[jong.notna()], jong[jong.notna()]
    doel = _doel(eigen, jaar, rijen, jong)
    uit = trechter_aandeel(rijen["waarde"] / 100 * jong, jong, doel=doel, keuze=Keuze(spreiding="optellend"))
    grenzen = 100 * uit.tabel[["onder_95", "boven_95", "onder_998", "boven_998"]]
    tabel = pd.concat(
        [rijen[["waarde", "periode", "bron", "status"]], grenzen, uit.tabel[["signaal", "kant"]]], axis=1
    )
    tabel = tabel.assign(
        naam=[namen.get(g, g) for g in tabel.index], grootte=jong, doel=100 * doel, methode=uit.methode
    )
    return tabel.rename_axis("gebied").reset_index()[list(LANDELIJK)]


def _jongeren(cbs: pd.DataFrame, jaar: str) -> pd.Series:
    """About how many inhabitants of 0–17 each gemeente has; of the newest year up to `jaar` that is known."""
    eigen = cbs[cbs["maat"].eq("inwoners") & cbs["periode"].le(jaar) & cbs["categorie"].isin(["0-14", "15-24"])]
    laatste = (
        eigen.sort_values("periode", kind="stable").groupby(["gebied", "categorie"])["waarde"].last().unstack()
    )
    laatste = laatste.reindex(columns=["0-14", "15-24"])
    return laatste["0-14"] + _TIENERS * laatste["15-24"]


def _doel(eigen: pd.DataFrame, jaar: str, rijen: pd.DataFrame, jong: pd.Series) -> float:
    """The share of the country: as CBS prints it, else that of all gemeenten together."""
    land = eigen[eigen["gebied"].eq(codes.NEDERLAND) & eigen["periode"].eq(jaar)]["waarde"]
    return float(land.iloc[0]) / 100 if len(land) else float((rijen["waarde"] * jong).sum() / jong.sum()) / 100


def buren_van(cbs: pd.DataFrame, gemeenten: tuple[str, ...]) -> pd.DataFrame:
    """The most similar gemeenten of each gemeente of a region; columns `BUREN`. One that CBS lacks has none."""
    delen = [pd.DataFrame(columns=list(BUREN))]
    for gemeente in gemeenten:
        try:
            lijkt = buren(cbs, gemeente, n=AANTAL_BUREN)
        except ParameterFout:
            continue
        delen.append(pd.DataFrame({"gebied": gemeente, "buur": lijkt["gebied"]}))
    return pd.concat(delen, ignore_index=True)
