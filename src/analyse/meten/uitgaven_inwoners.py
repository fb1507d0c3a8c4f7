"""Inhabitants by year of age, and what the CPB age profile would expect them to cost.

Children of sixteen cost more than twice as much as children of six, so a gemeente with many teenagers spends more
without doing anything differently. The profile says how much more; its level covers more than our declarations
(pgb, local teams), so an index below 100 is normal and only the difference between gemeenten means something.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analyse.meten.bron import Bron
from analyse.meten.jeugdigen import inwonertal
from analyse.meten.rooster import Rooster
from analyse.meten.uitgaven_tarieven import lees_tarieven

JEUGD = "0-17"
PROFIEL = "cpb_leeftijdsprofiel.csv"
_KOLOMMEN = ["gebied", "jaar", "leeftijd", "aantal"]
_JEUGDJAREN = range(18)
_PROFIEL_TOT = 22

Matrix = NDArray[np.float64]
Noten = NDArray[np.object_]


@dataclass(frozen=True, eq=False)
class Inwoners:
    """Inhabitants by single year of age: those that the gemeente delivered, else the reference population.

    `bevolking`: gebied, jaar, leeftijd (an age, or the group '0-17'), aantal.
    """

    bron: Bron
    bevolking: pd.DataFrame

    @cached_property
    def per_leeftijd(self) -> pd.DataFrame:
        """gebied, jaar, leeftijd (number), aantal; one source per gebied and year."""
        geleverd = self.bron.basis.pandas("populatie")
        geleverd = geleverd[geleverd["praktijk"].isna()].rename(columns={"gemeente": "gebied"})[_KOLOMMEN]
        los = self.bevolking[self.bevolking["leeftijd"].astype(str).str.isdigit()][_KOLOMMEN]
        beide = [tabel.astype({"jaar": "int64", "leeftijd": "int64"}) for tabel in (geleverd, los)]
        al = set(zip(beide[0]["gebied"], beide[0]["jaar"], strict=True))
        nieuw = [plek not in al for plek in zip(beide[1]["gebied"], beide[1]["jaar"], strict=True)]
        alle = pd.concat([beide[0], beide[1][nieuw]], ignore_index=True)
        return alle.groupby(["gebied", "jaar", "leeftijd"])["aantal"].sum().reset_index()

    @cached_property
    def jeugd(self) -> pd.DataFrame:
        """Inhabitants 0–17 as a `bevolking`: from all eighteen ages, else the group as it was given."""
        alle = self.per_leeftijd
        jong = alle[alle["leeftijd"].isin(_JEUGDJAREN)]
        som = jong.groupby(["gebied", "jaar"])["aantal"].agg(["sum", "size"]).reset_index()
        som = som[som["size"].eq(len(_JEUGDJAREN))].rename(columns={"sum": "aantal"}).assign(leeftijd=JEUGD)
        groep = self.bevolking[self.bevolking["leeftijd"].eq(JEUGD)]
        return pd.concat([som[_KOLOMMEN], groep[_KOLOMMEN]]).drop_duplicates(["gebied", "jaar"])

    def aantal(self, rooster: Rooster) -> tuple[Matrix, Noten]:
        """Inhabitants 0–17 per gebied × periode; NaN where unknown, and what stood in for what."""
        return inwonertal(rooster, self.jeugd, leeftijd=JEUGD)

    def verwacht(self, rooster: Rooster) -> tuple[Matrix, Noten]:
        """Euros per half-year that the CPB profile gives for these ages, in prices of the year of the period."""
        profiel = lees_profiel(self.bron)
        basisjaar = int(profiel["jaar"].max())
        euro = dict(zip(profiel["leeftijd"], profiel["euro_per_inwoner"], strict=True))
        alle = self.per_leeftijd[self.per_leeftijd["leeftijd"].between(0, _PROFIEL_TOT)]
        kosten = alle.assign(aantal=alle["aantal"] * alle["leeftijd"].map(euro))
        per_jaar = kosten.groupby(["gebied", "jaar"])["aantal"].agg(["sum", "size"]).reset_index()
        heel = per_jaar[per_jaar["size"].eq(_PROFIEL_TOT + 1)].rename(columns={"sum": "aantal"})
        matrix, noten = inwonertal(rooster, heel.assign(leeftijd="cpb"), leeftijd="cpb")
        tarieven = lees_tarieven(self.bron.params)
        return matrix / 2 * [tarieven.factor(basisjaar, periode.jaar) for periode in rooster.perioden], noten


def lees_profiel(bron: Bron) -> pd.DataFrame:
    """The CPB age profile: leeftijd, euro_per_inwoner (per year), jaar, bron, datum."""
    pad = bron.params.wortel / "data" / "referentie" / PROFIEL
    return pd.read_csv(pad, sep=";").astype({"leeftijd": "int64", "euro_per_inwoner": "float64"})
