"""Time between events: for outcomes so rare that most months count nothing.

Counts per month then say little, and their limits start at zero. The days between two events do show a change: a
value above the upper limit means that it happens less often, below the lower one more often. Two charts:

* `t_kaart`: days between events. Waiting times are skew, so they are raised to 1/3.6 (Nelson 1994, Journal of
  Quality Technology 26:88–95), judged as an XmR chart and transformed back.
* `g_kaart`: how many cases went well in between. Geometric distribution: ḡ ± 3 √(ḡ (ḡ + 1)) (Kaminsky et al.
  1992; Benneyan 2001, Health Care Management Science 4:305–318); the lower limit is nearly always 0.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from analyse.kern.fouten import ParameterFout
from analyse.statistiek.regelkaart import MINIMUM, Regelkaart, maak_regelkaart

MACHT = 3.6
_TERUG = ["waarde", "gemiddelde", "onder", "boven"]


def tussentijden(dagen: pd.Series) -> pd.Series:
    """Days between consecutive events: index the date of the later one. `dagen`: dates, any order."""
    gesorteerd = pd.to_datetime(dagen).sort_values(ignore_index=True)
    verschil = gesorteerd.diff().dt.days.iloc[1:]
    return pd.Series(verschil.to_numpy(dtype=float), index=pd.Index(gesorteerd.iloc[1:]), name="dagen")


def t_kaart(tijden: pd.Series) -> Regelkaart:
    """Judge times between events (≥ 0, in order); columns as `Regelkaart`, in days.

    `gemiddelde` is the back-transformed centre, which lies near the median; `bereik` is on the scale
    t^(1/3.6). Events on one day count as 0 days.
    """
    _keur(tijden)
    gezet = pd.Series(tijden.to_numpy(dtype=float) ** (1 / MACHT), index=pd.RangeIndex(len(tijden)))
    kaart = maak_regelkaart(gezet)
    tabel = kaart.tabel.set_axis(tijden.index)
    tabel[_TERUG] = tabel[_TERUG].clip(lower=0.0) ** MACHT
    return replace(
        kaart, tabel=tabel, methode="t-kaart: dagen tussen gebeurtenissen, macht 1/3,6 (Nelson). " + kaart.methode
    )


def g_kaart(aantallen: pd.Series) -> Regelkaart:
    """Judge the number of cases between events (whole, ≥ 0, in order).

    Columns: waarde, gemiddelde, onder, boven, buiten, signaal, richting, woorden. Fewer than 12: no limits.
    """
    _keur(aantallen)
    x = aantallen.to_numpy(dtype=float)
    midden = float(x.mean())
    marge = 3 * float(np.sqrt(midden * (midden + 1))) if len(x) >= MINIMUM else np.nan
    boven, onder = midden + marge, np.maximum(midden - marge, 0.0)
    kant = np.select([x > boven, x < onder], [1, -1], default=0)
    tabel = pd.DataFrame(
        {"waarde": x, "gemiddelde": midden, "onder": onder, "boven": boven, "buiten": kant != 0},
        index=aantallen.index,
    )
    tabel["signaal"] = tabel["buiten"]
    tabel["richting"] = np.select([kant > 0, kant < 0], ["hoger", "lager"], default="").astype(object)
    tabel["woorden"] = np.where(tabel["buiten"], "buiten de grenzen", "").astype(object)
    return Regelkaart(
        tabel, "g-kaart: aantal ertussen, geometrische verdeling, grenzen op drie standaardafwijkingen."
    )


def _keur(reeks: pd.Series) -> None:
    if reeks.empty or not (reeks >= 0).all():
        raise ParameterFout(
            "Een tussentijd is nul of meer, en er is er minstens één.",
            ontvangen=f"{len(reeks)} waarden, waarvan {int((~(reeks >= 0)).sum())} leeg of negatief",
            doe="Zet de gebeurtenissen op volgorde en laat lege weg.",
        )
