"""Release of quarters: referrals by huisartsen to the toegang and to s-GGZ, for the region only.

A gate of its own, because quarters are no period of the result table. Why it is safe, whatever else is published:

* Of a gemeente no quarter is shown, so no sum of shown quarters leaves that of another one. What follows from the
  half-years of gemeenten is less than what the large gate reckons with: any half-years that agree with what it
  shows can be split over two quarters that add up to those shown here.
* The two quarters of a half-year add up to its released figure. The first is rounded by itself and the second is
  what is left of that figure: one rounded number more than was known, so that two rounded quarters can't narrow
  down a rounded half-year, nor with it a hidden gemeente.
* Both quarters are at least the minimum, or neither is shown; with one and the half-year the other would be known.
* What remains of a quarter when one gemeente takes off its own (which it knows) is at least the minimum too. So a
  region in which one gemeente counts shows nothing.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analyse.kern import codes
from analyse.kern.periode import Periode
from analyse.params import Drempels
from analyse.statistiek import interval
from analyse.vrijgave.afronden import rond_af

_ZICHTBAAR = ("definitief", "voorlopig")
_LEEG = ["teller", "waarde", "onder", "boven"]


def geef_kwartalen_vrij(kwartalen: pd.DataFrame, vrijgave: pd.DataFrame, drempels: Drempels) -> pd.DataFrame:
    """The quarters of the region whose indicator is published per half-year; hidden ones have no figure.

    `kwartalen` are rows of the result table with a quarter as `periode`, of every gebied; `vrijgave` the released
    result table. Same columns as `kwartalen`.
    """
    halven = _halven(vrijgave)
    bekend = {indicator for indicator, _ in halven}
    regio = kwartalen[kwartalen["gebied"].eq(codes.REGIO) & kwartalen["indicator"].isin(bekend)]
    regio = regio.sort_values(["indicator", "periode"], kind="stable").reset_index(drop=True)
    grootste = _grootste(kwartalen)
    delen = [_halfjaar(deel, halven, grootste, drempels) for _, deel in regio.groupby(_halfjaar_van(regio))]
    return pd.concat(delen, ignore_index=True) if delen else regio


def _halfjaar_van(rijen: pd.DataFrame) -> list[pd.Series]:
    half = [str(Periode.halfjaar_van(Periode.lees(str(p)).begin)) for p in rijen["periode"]]
    return [rijen["indicator"], pd.Series(half, index=rijen.index, name="half")]


def _halven(vrijgave: pd.DataFrame) -> dict[tuple[str, str], float]:
    """Released figures of the region, null where hidden: by indicator and half-year."""
    eigen = vrijgave[vrijgave["gebied"].eq(codes.REGIO)]
    eigen = eigen[(eigen[list(codes.DIMENSIES)] == codes.TOTAAL).all(axis=1)]
    waarde = eigen["waarde"].where(eigen["status"].isin(_ZICHTBAAR))
    return dict(zip(zip(eigen["indicator"], eigen["periode"], strict=True), waarde.astype(float), strict=True))


def _grootste(kwartalen: pd.DataFrame) -> dict[tuple[str, str], float]:
    """The most that one gemeente has in a quarter: by indicator and quarter."""
    gemeenten = kwartalen[kwartalen["gebied"].ne(codes.REGIO)]
    hoogst = gemeenten.groupby(["indicator", "periode"], as_index=False)["waarde"].max()
    sleutels = zip(hoogst["indicator"], hoogst["periode"], strict=True)
    return dict(zip(sleutels, hoogst["waarde"].fillna(0.0).astype(float), strict=True))


def _halfjaar(
    deel: pd.DataFrame,
    halven: dict[tuple[str, str], float],
    grootste: dict[tuple[str, str], float],
    drempels: Drempels,
) -> pd.DataFrame:
    """The two quarters of one indicator and half-year: both as they are printed, or both hidden."""
    indicator, echt = str(deel["indicator"].iloc[0]), deel["waarde"].to_numpy(dtype=float)
    half = Periode.halfjaar_van(Periode.lees(str(deel["periode"].iloc[0])).begin)
    geheel = halven.get((indicator, str(half)), np.nan)
    rest = echt - np.array([grootste.get((indicator, str(p)), 0.0) for p in deel["periode"]])
    if np.isnan(echt).all():  # nobody counted
        return deel
    if len(deel) < 2 or not (np.isfinite(geheel) and (np.minimum(echt, rest) >= drempels.minimum).all()):
        return deel.assign(**dict.fromkeys(_LEEG, np.nan), methode="", status="verborgen")
    eerste = float(rond_af(echt[:1], drempels.afronding)[0])
    return _gedrukt(deel, np.array([eerste, geheel - eerste]))


def _gedrukt(deel: pd.DataFrame, waarde: NDArray[np.float64]) -> pd.DataFrame:
    """With intervals of what is printed, for those of the exact counts would tell these."""
    onder, boven = interval.telling(waarde)
    return deel.assign(teller=waarde, waarde=waarde, onder=onder, boven=boven)
