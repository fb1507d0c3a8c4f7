"""The product list as the engine needs it."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa


def productlijst(producten: pd.DataFrame) -> pa.Table:
    """params/producten.csv, typed; `sleutel` is the code, or 'categorie NN' for the fallback of a categorie."""
    rijen = producten.to_dict("records")

    def tekst(kolom: str) -> pa.Array:
        return pa.array([rij[kolom] or None for rij in rijen], pa.string())

    return pa.table(
        {
            "sleutel": [rij["productcode"] or f"categorie {rij['productcategorie']}" for rij in rijen],
            "hulpvorm": tekst("hulpvorm"),
            "zwaarte": pa.array([int(rij["zwaarte"]) if rij["zwaarte"] else None for rij in rijen], pa.int8()),
            "deeltijdverblijf": [rij["deeltijdverblijf"] == "ja" for rij in rijen],
            "sggz": [rij["sggz"] == "ja" for rij in rijen],
            "maatregeltype": tekst("maatregeltype"),
        }
    )
