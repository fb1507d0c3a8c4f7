"""What limits the figures, as readers may see it: findings per gebied and code, without where they stand.

File and place of a finding, and what was received there, belong to the back office; a small number of rows could
point at one child.
"""

from __future__ import annotations

import pandas as pd

from analyse.params import Drempels

KOLOMMEN = ("gebied", "code", "ernst", "regel", "doe", "aantal")
_GROEP = list(KOLOMMEN[:-1])


def geef_kwaliteit_vrij(bevindingen: pd.DataFrame, drempels: Drempels) -> pd.DataFrame:
    """One row per gebied × code, columns `KOLOMMEN`; `aantal` is rounded, null when it is too small to tell."""
    if bevindingen.empty:
        return pd.DataFrame({naam: pd.Series(dtype="Float64" if naam == "aantal" else "str") for naam in KOLOMMEN})
    som = bevindingen.groupby(_GROEP, dropna=False, sort=True)["aantal"].sum().reset_index()
    aantal = som["aantal"].astype("float64")
    rond = (aantal / drempels.afronding + 0.5) // 1 * drempels.afronding
    return som.assign(aantal=rond.where(aantal >= drempels.minimum).astype("Float64"))[list(KOLOMMEN)]
