"""How much help a gemeente has against what fits the ages of its children, from released figures only.

Indirect standardisation: the region's rate of every age group times the inhabitants of the gemeente. Made from the
rounded figures that are published anyway and from public inhabitants, never from the Meting: anybody could make it
with the CSV files of the report, so it tells nothing that isn't told. A ratio of the true counts would tell them
to one. The price: it is as coarse as the rounding (5 of the counts), and it fails where the region hides an age.

By age only: neither the released figures nor the inhabitants that gemeenten deliver are split by sex. Gemeenten
differ for other reasons than age and chance as well, so the funnel is widened by what the gemeenten themselves
show (additive). The region counts its own gemeenten, so a large one is partly compared with itself.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analyse.kern import codes
from analyse.kern.schema import RESULTAAT
from analyse.statistiek import Keuze, standaardiseer, trechter_verhouding

BRONNEN = {"jeugdigen.actief": "jeugdigen", "trajecten.instroom": "trajecten"}
# Ratio and its margin; what fits the ages; how far chance reaches around 100 for a gemeente of this size.
VERHOUDING, VERWACHT, GRENS = ".verhouding", ".verwacht", ".verhouding_grens"
_GROEPEN = tuple(groep for groep in codes.LEEFTIJD if groep != codes.ONBEKEND)
_ZICHTBAAR = ("definitief", "voorlopig")
_MINSTENS = 3  # gemeenten that a funnel is made of


def verhoudingen(vrij: pd.DataFrame, inwoners: pd.DataFrame, periode: str) -> pd.DataFrame:
    """Rows of the result table of one half-year: per figure of `BRONNEN` and gemeente three indicators.

    `jeugdigen.verhouding` (percent, 100 is as in the region, 95 % margin), `jeugdigen.verwacht` (a count) and
    `jeugdigen.verhouding_grens` (percent: the 99.8 % limits of the funnel in onder and boven; `methode` says
    how). Gemeenten that hide their total, or of which the inhabitants by age are unknown, have no rows; none has
    any when the region hides an age group.

    Args:
        vrij: the released result table. inwoners: gebied, jaar, leeftijd ('4-11'), aantal.
    """
    opbouw = _opbouw(inwoners, int(periode[:4]))
    delen = [_een(_Bron.van(vrij, naam, periode), opbouw, kort) for naam, kort in BRONNEN.items()]
    return pd.concat([pd.DataFrame(columns=list(RESULTAAT)), *delen], ignore_index=True)


@dataclass(frozen=True)
class _Bron:
    """The visible rows of one figure and half-year: totals per gemeente, and the region by age.

    `levert`: the gemeenten that the figure of the region is made of, also those that hide theirs.
    """

    totaal: pd.DataFrame
    regio: pd.DataFrame
    levert: frozenset[str]

    @classmethod
    def van(cls, vrij: pd.DataFrame, indicator: str, periode: str) -> _Bron:
        """From the released table; hidden rows are left out."""
        gesplitst = [naam for naam in codes.DIMENSIES if naam != "leeftijd"]
        alle = vrij[vrij["indicator"].eq(indicator) & vrij["periode"].eq(periode)]
        alle = alle[(alle[gesplitst] == codes.TOTAAL).all(axis=1)]
        levert = alle.loc[alle["status"].isin((*_ZICHTBAAR, "verborgen")), "gebied"]
        eigen = alle[alle["status"].isin(_ZICHTBAAR) & alle["waarde"].notna()]
        regio, totaal = eigen["gebied"].eq(codes.REGIO), eigen["leeftijd"].eq(codes.TOTAAL)
        return cls(
            eigen[totaal & ~regio].set_index("gebied"),
            eigen[regio & eigen["leeftijd"].isin(_GROEPEN)],
            frozenset(levert) - {codes.REGIO},
        )


def _opbouw(inwoners: pd.DataFrame, jaar: int) -> pd.DataFrame:
    """Inhabitants by age of every gemeente in a year, or the newest year before it."""
    eerder = inwoners[inwoners["jaar"].le(jaar)]
    laatste = eerder.groupby("gebied")["jaar"].transform("max")
    return eerder[eerder["jaar"].eq(laatste)].rename(columns={"gebied": "groep"})[["groep", "leeftijd", "aantal"]]


def _een(bron: _Bron, opbouw: pd.DataFrame, kort: str) -> pd.DataFrame:
    opbouw = opbouw[opbouw["groep"].isin(bron.levert)]
    # With a gemeente whose inhabitants are unknown the rate of the region would be too high for all.
    if set(bron.regio["leeftijd"]) != set(_GROEPEN) or set(opbouw["groep"]) != bron.levert or bron.totaal.empty:
        return pd.DataFrame(columns=list(RESULTAAT))
    mensen = opbouw.groupby("leeftijd")["aantal"].sum().rename_axis("leeftijd").reset_index()
    referentie = mensen.merge(
        bron.regio[["leeftijd", "waarde"]].rename(columns={"waarde": "gevallen"}), on="leeftijd"
    )
    eigen = opbouw[opbouw["groep"].isin(bron.totaal.index)]
    uit = standaardiseer(bron.totaal["waarde"], eigen, referentie, lagen=["leeftijd"])
    return _rijen(uit, bron.totaal["status"].reindex(uit.index), kort, str(bron.totaal["periode"].iloc[0]))


def _rijen(uit: pd.DataFrame, status: pd.Series, kort: str, periode: str) -> pd.DataFrame:
    keuze = Keuze(spreiding="optellend")
    trechter = trechter_verhouding(uit["waargenomen"], uit["verwacht"], keuze=keuze)
    t = trechter.tabel
    leeg = pd.Series(np.nan, index=uit.index)
    soorten = [
        (VERHOUDING, "procent", 100 * uit["verhouding"], 100 * uit["onder"], 100 * uit["boven"], uit["methode"]),
        (VERWACHT, "aantal", uit["verwacht"].round(), leeg, leeg, "indirect_gestandaardiseerd"),
    ]
    if len(uit) >= _MINSTENS:
        grens = (100 * t["onder_998"], 100 * t["boven_998"])
        soorten.append((GRENS, "procent", leeg.fillna(100.0), *grens, trechter.methode))
    delen = [
        pd.DataFrame({"waarde": w, "onder": o, "boven": b, "methode": m, "status": status}).assign(
            indicator=f"{kort}{naam}", eenheid=eenheid
        )
        for naam, eenheid, w, o, b, m in soorten
    ]
    samen = pd.concat(delen).rename_axis("gebied").reset_index()
    samen = samen.assign(**dict.fromkeys(codes.DIMENSIES, codes.TOTAAL))
    return samen.assign(periode=periode, teller=np.nan, noemer=np.nan)[list(RESULTAAT)]
