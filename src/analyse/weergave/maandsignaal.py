"""Released months judged by a control chart: for the chapters and for the front page.

Judged on the rounded months, so that a reader can do it again with the CSV. The level starts anew only at the
breaks of the region file. Never a cause: a signal says when to look, not why.
"""

from __future__ import annotations

import pandas as pd

from analyse.kern.periode import Periode
from analyse.params import Breuk
from analyse.statistiek import Herijking, maak_regelkaart
from analyse.weergave.beeld import Beeld
from analyse.weergave.grafiek import breuken_voor

LAATSTE = 6  # months that a message is about
# Fewer a month (only in internal figures): zeros in a row are ordinary then, and the limits say nothing.
ZELDZAAM = 5
_KOLOMMEN = ["gemiddelde", "onder", "boven", "deel", "signaal", "richting"]


def maanden(beeld: Beeld, indicator: str, gebied: str) -> pd.DataFrame:
    """The complete months of one gebied, oldest first; no rows where they may not be seen."""
    tabel = beeld.vergeleken.maanden
    return tabel[tabel["indicator"].eq(indicator) & tabel["gebied"].eq(gebied)].reset_index(drop=True)


def breuken_in(beeld: Beeld, indicator: str, rijen: pd.DataFrame) -> tuple[Breuk, ...]:
    """The declared breaks with a whole month of the series before and after them."""
    alle = breuken_voor(beeld.params.regio.breuken, indicator)
    eerste, laatste = (Periode.lees(str(rijen["periode"].iloc[i])) for i in (0, -1))
    return tuple(b for b in alle if eerste.begin < b.datum <= laatste.begin)


def beoordeelde_maanden(beeld: Beeld, rijen: pd.DataFrame, breuken: tuple[Breuk, ...]) -> pd.DataFrame:
    """The judged series by month: gemiddelde, onder, boven, deel, signaal, richting (hoger, lager or empty).

    A break within a month starts the new level in the next. `onder` and `boven` are null without a verdict.
    """
    reeks = rijen.set_index("periode")["waarde"].astype(float)
    begin = {maand: Periode.lees(str(maand)).begin for maand in reeks.index}
    eerste = {next(m for m, dag in begin.items() if dag >= breuk.datum): breuk.naam for breuk in breuken}
    herijkt = [Herijking(maand, reden) for maand, reden in eerste.items()]
    stap = 0.0 if beeld.intern else float(beeld.params.regio.drempels.afronding)
    kaart = maak_regelkaart(reeks, breuken=herijkt, afronding=stap).tabel[_KOLOMMEN]
    zeldzaam = kaart["gemiddelde"] < ZELDZAAM
    grenzen = kaart[["onder", "boven"]].mask(zeldzaam)
    return kaart.assign(signaal=kaart["signaal"] & ~zeldzaam, onder=grenzen["onder"], boven=grenzen["boven"])
