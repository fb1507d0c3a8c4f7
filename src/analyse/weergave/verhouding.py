"""How much help there is against what fits the ages, with a verdict: for the chapters and for the front page.

Two questions that a reader mixes up: is it more than chance alone (the margin leaves 100 out), and is it unusual
among gemeenten (outside the widened funnel)? Only the second is called a signal, because gemeenten differ for many
reasons that nobody chose.
"""

from __future__ import annotations

from math import nan
from typing import Any

import pandas as pd

from analyse.weergave.beeld import Beeld

# What the ratios of a count are called: jeugdigen.verhouding, trajecten.verhouding.
SOORT = {"jeugdigen.actief": "jeugdigen", "trajecten.instroom": "trajecten"}
SIGNAAL = "signaal"
_GEEN = "geen verschil te zien"
_KOLOMMEN = ["gebied", "waarde", "onder", "boven", "status", "geteld", "verwacht", "laag", "hoog", "oordeel"]


def verhoudingen(beeld: Beeld, indicator: str) -> pd.DataFrame:
    """The gemeenten in the order of the region file, in the half-year of the edition; `indicator` is of `SOORT`.

    Returns: gebied, geteld, verwacht, waarde (percent, 100 is as in the region), onder and boven (95 %), laag and
        hoog (the funnel; null with too few gemeenten), status, oordeel. A gemeente that is hidden has no row.
    """
    cijfers = _cijfers(beeld, SOORT[indicator])
    gebieden = [g for g in beeld.params.regio.codes if ("verhouding", g) in cijfers]
    eigen = beeld.rijen(indicator, gebieden=gebieden, periodes=[beeld.periode])
    geteld = dict(zip(eigen["gebied"], eigen["waarde"], strict=True))
    rijen = [_rij(cijfers, gebied) | {"geteld": geteld.get(gebied, nan)} for gebied in gebieden]
    return pd.DataFrame([rij | {"oordeel": _oordeel(rij)} for rij in rijen], columns=_KOLOMMEN)


def _cijfers(beeld: Beeld, soort: str) -> dict[tuple[str, str], tuple[Any, ...]]:
    """By name and gebied: waarde, onder, boven, status. No masks: the front page asks this of every report."""
    tabel = beeld.vergeleken.leeftijd
    kolommen = ("indicator", "gebied", "periode", "waarde", "onder", "boven", "status")
    periode = str(beeld.periode)
    return {
        (naam.removeprefix(f"{soort}."), gebied): tuple(rest)
        for naam, gebied, wanneer, *rest in zip(*(tabel[k].tolist() for k in kolommen), strict=True)
        if wanneer == periode and naam.startswith(f"{soort}.")
    }


def _rij(cijfers: dict[tuple[str, str], tuple[Any, ...]], gebied: str) -> dict[str, Any]:
    onbekend = (nan, nan, nan, "")
    waarde, onder, boven, status = cijfers["verhouding", gebied]
    _, laag, hoog, _ = cijfers.get(("verhouding_grens", gebied), onbekend)
    verwacht = cijfers.get(("verwacht", gebied), onbekend)[0]
    rij = {"gebied": gebied, "waarde": waarde, "onder": onder, "boven": boven, "status": status}
    return rij | {"verwacht": verwacht, "laag": laag, "hoog": hoog}


def met_signaal(rijen: pd.DataFrame) -> pd.DataFrame:
    """The rows of `verhoudingen` outside the funnel."""
    return rijen[rijen["oordeel"].str.startswith(SIGNAAL)] if len(rijen) else rijen


def _oordeel(rij: dict[str, Any]) -> str:
    """In words: outside the funnel, only more than chance, or neither."""
    kant = "hoger" if rij["waarde"] > 100 else "lager"
    if pd.isna(rij["laag"]):
        return "te weinig gemeenten voor een oordeel"
    if not rij["laag"] <= rij["waarde"] <= rij["hoog"]:
        return f"{SIGNAAL}, {kant} dan verwacht"
    return _GEEN if rij["onder"] <= 100 <= rij["boven"] else f"{kant} dan verwacht, geen signaal"
