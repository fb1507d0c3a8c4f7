"""Small long frames for chart tests: known numbers, one hidden and one provisional."""

from __future__ import annotations

import pandas as pd

PERIODEN = ["2024-H1", "2024-H2", "2025-H1", "2025-H2"]


def reeks(naam: str, waarden: list[float | None], statussen: list[str] | None = None) -> pd.DataFrame:
    """One series over `PERIODEN`; the last point is provisional unless `statussen` says otherwise."""
    return pd.DataFrame(
        {
            "reeks": naam,
            "periode": PERIODEN[: len(waarden)],
            "waarde": waarden,
            "status": statussen or ["definitief"] * (len(waarden) - 1) + ["voorlopig"],
        }
    )


def twee_reeksen() -> pd.DataFrame:
    """Huisarts complete; Gemeente hidden in 2024-H2."""
    gemeente = reeks("Gemeente", [40, None, 50, 45], ["definitief", "verborgen", "definitief", "voorlopig"])
    return pd.concat([reeks("Huisarts", [100, 110, 120, 115]), gemeente], ignore_index=True)


def groepen() -> pd.DataFrame:
    """Rows for bars and dots, Onbekend in front to see that sorting puts it last."""
    return pd.DataFrame(
        {
            "naam": ["Onbekend", "Jeugdarts", "Huisarts", "Rechter"],
            "waarde": [200.0, 15.0, 120.0, None],
            "status": ["definitief", "voorlopig", "definitief", "verborgen"],
        }
    )
