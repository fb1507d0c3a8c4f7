"""How much help there is against what fits the ages, with a verdict: for the chapters and for the front page.

Two questions that a reader mixes up: is it more than chance alone (the margin leaves 100 out), and is it unusual
among gemeenten (outside the widened funnel)? Only the second is called a signal, because gemeenten differ for many
reasons that nobody chose.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import pandas as pd

from analyse.weergave.beeld import Beeld

# What the ratios of a count are called: jeugdigen.verhouding, trajecten.verhouding.
SOORT = {"jeugdigen.actief": "jeugdigen", "trajecten.instroom": "trajecten"}
SIGNAAL = "signaal"
_GEEN = "geen verschil te zien"


def verhoudingen(beeld: Beeld, indicator: str) -> pd.DataFrame:
    """The gemeenten in the order of the region file, in the half-year of the edition; `indicator` is of `SOORT`.

    Returns: gebied, geteld, verwacht, waarde (percent, 100 is as in the region), onder and boven (95 %), laag and
        hoog (the funnel; null with too few gemeenten), status, oordeel. A gemeente that is hidden has no row.
    """
    tabel = beeld.vergeleken.leeftijd
    tabel = tabel[tabel["periode"].eq(str(beeld.periode))]

    def van(naam: str) -> pd.DataFrame:
        return tabel[tabel["indicator"].eq(f"{SOORT[indicator]}.{naam}")].set_index("gebied")

    uit, grens = van("verhouding")[["waarde", "onder", "boven", "status"]], van("verhouding_grens")
    uit = uit.loc[[g for g in beeld.params.regio.codes if g in uit.index]]
    eigen = beeld.rijen(indicator, gebieden=list(uit.index), periodes=[beeld.periode]).set_index("gebied")
    kolommen = {"geteld": eigen["waarde"], "verwacht": van("verwacht")["waarde"]}
    kolommen |= {"laag": grens["onder"], "hoog": grens["boven"]}
    uit = uit.assign(**{naam: kolom.reindex(uit.index) for naam, kolom in kolommen.items()})
    uit = uit.rename_axis("gebied").reset_index()
    return uit.assign(oordeel=[_oordeel(rij) for rij in uit.to_dict("records")])


def met_signaal(rijen: pd.DataFrame) -> pd.DataFrame:
    """The rows of `verhoudingen` outside the funnel."""
    return rijen[rijen["oordeel"].str.startswith(SIGNAAL)] if len(rijen) else rijen


def _oordeel(rij: dict[Hashable, Any]) -> str:
    """In words: outside the funnel, only more than chance, or neither."""
    kant = "hoger" if rij["waarde"] > 100 else "lager"
    if pd.isna(rij["laag"]):
        return "te weinig gemeenten voor een oordeel"
    if not rij["laag"] <= rij["waarde"] <= rij["hoog"]:
        return f"{SIGNAAL}, {kant} dan verwacht"
    return _GEEN if rij["onder"] <= 100 <= rij["boven"] else f"{kant} dan verwacht, geen signaal"
