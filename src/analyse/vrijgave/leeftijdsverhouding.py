"""How much help a gemeente has against what fits the ages of its children, from released figures only.

Indirect standardisation: the region's rate of every age group times the inhabitants of the gemeente. Made from the
rounded figures that are published anyway and from public inhabitants, never from the Meting: anybody could make it
with the CSV files of the report, so it tells nothing that isn't told. A ratio of the true counts would tell them
to one. The price: it is as coarse as the rounding (5 of the counts), and ages that the region hides count as one
group: what its total has more than the groups that show.

By age only: neither the released figures nor the inhabitants that gemeenten deliver are split by sex. Gemeenten
differ for other reasons than age and chance as well, so the funnel is widened by what the gemeenten themselves
show (additive). The region counts its own gemeenten, so a large one is partly compared with itself.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analyse.kern import codes
from analyse.kern.schema import MATEN, RESULTAAT
from analyse.statistiek import Keuze, standaardiseer, trechter_verhouding

BRONNEN = {"jeugdigen.actief": "jeugdigen", "trajecten.instroom": "trajecten"}
# Ratio and its margin; what fits the ages; how far chance reaches around 100 for a gemeente of this size.
VERHOUDING, VERWACHT, GRENS = ".verhouding", ".verwacht", ".verhouding_grens"
_GROEPEN = tuple(groep for groep in codes.LEEFTIJD if groep != codes.ONBEKEND)
_ZICHTBAAR = ("definitief", "voorlopig")
_REST = "rest"
_MINSTENS = 3  # gemeenten that a funnel is made of


def verhoudingen(vrij: pd.DataFrame, inwoners: pd.DataFrame, periode: str) -> pd.DataFrame:
    """Rows of the result table of one half-year: per figure of `BRONNEN` and gemeente three indicators.

    `jeugdigen.verhouding` (percent, 100 is as in the region, 95 % margin), `jeugdigen.verwacht` (a count) and
    `jeugdigen.verhouding_grens` (percent: the 99.8 % limits of the funnel in onder and boven; `methode` says
    how). A gemeente that hides its total has no rows; none has any when of one the inhabitants by age are unknown,
    or when the region shows no age group.

    Args:
        vrij: the released result table. inwoners: gebied, jaar, leeftijd ('4-11'), aantal.
    """
    opbouw = _opbouw(inwoners, int(periode[:4]))
    delen = [_een(_Bron.van(vrij, naam, periode), opbouw, kort) for naam, kort in BRONNEN.items()]
    samen = pd.concat([pd.DataFrame(columns=list(RESULTAAT)), *delen], ignore_index=True)
    return samen.astype(dict.fromkeys(MATEN, "float64"))


@dataclass(frozen=True)
class _Bron:
    """The visible rows of one figure and half-year: totals per gemeente, and the region by age.

    `levert`: the gemeenten that the figure of the region is made of, also those that hide theirs.
    """

    totaal: pd.DataFrame
    regio: pd.Series  # by age group
    alles: float  # of the region, NaN when hidden
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
        van_regio = eigen[regio].set_index("leeftijd")["waarde"].astype(float)
        return cls(
            eigen[totaal & ~regio].set_index("gebied"),
            van_regio[van_regio.index.isin(_GROEPEN)],
            float(van_regio.get(codes.TOTAAL, np.nan)),
            frozenset(levert) - {codes.REGIO},
        )

    def lagen(self) -> dict[str, str]:
        """Per age group the stratum that it counts in: itself, or the rest when the region hides it."""
        return {groep: groep if groep in self.regio.index else _REST for groep in _GROEPEN}

    def gevallen(self) -> pd.Series:
        """Cases of the region per stratum: anybody can subtract, so this tells nothing new."""
        rest = pd.Series({_REST: max(self.alles - float(self.regio.sum()), 0.0)})
        return self.regio if len(self.regio) == len(_GROEPEN) else pd.concat([self.regio, rest])


def _opbouw(inwoners: pd.DataFrame, jaar: int) -> pd.DataFrame:
    """Inhabitants by age of every gemeente in a year, or the newest year before it."""
    eerder = inwoners[inwoners["jaar"].le(jaar)]
    laatste = eerder.groupby("gebied")["jaar"].transform("max")
    return eerder[eerder["jaar"].eq(laatste)].rename(columns={"gebied": "groep"})[["groep", "leeftijd", "aantal"]]


def _een(bron: _Bron, opbouw: pd.DataFrame, kort: str) -> pd.DataFrame:
    opbouw = opbouw[opbouw["groep"].isin(bron.levert)]
    onbekend = bron.regio.empty or np.isnan(bron.alles) or bron.totaal.empty
    # With a gemeente whose inhabitants are unknown the rate of the region would be too high for all.
    if onbekend or set(opbouw["groep"]) != bron.levert:
        return pd.DataFrame(columns=list(RESULTAAT))
    opbouw = opbouw.assign(leeftijd=opbouw["leeftijd"].map(bron.lagen()))
    opbouw = opbouw.groupby(["groep", "leeftijd"])["aantal"].sum().reset_index()
    mensen = opbouw.groupby("leeftijd")["aantal"].sum()
    referentie = (
        pd.DataFrame({"gevallen": bron.gevallen(), "aantal": mensen}).rename_axis("leeftijd").reset_index()
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
    delen.append(_regio(kort, status.iloc[0]))
    samen = pd.concat(delen).rename_axis("gebied").reset_index()
    samen = samen.assign(**dict.fromkeys(codes.DIMENSIES, codes.TOTAAL))
    return samen.assign(periode=periode, teller=np.nan, noemer=np.nan)[list(RESULTAAT)]


def _regio(kort: str, status: str) -> pd.DataFrame:
    """The region is what all are compared with: 100 by definition."""
    rij = {"indicator": f"{kort}{VERHOUDING}", "waarde": 100.0, "eenheid": "procent", "methode": "referentie"}
    return pd.DataFrame({**rij, "onder": np.nan, "boven": np.nan, "status": status}, index=[codes.REGIO])
