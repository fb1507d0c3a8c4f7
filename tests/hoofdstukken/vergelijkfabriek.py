"""What stands beside the half-years, for chapters: months, ratios by age and CBS, made as the real thing is."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analyse.cbs.landelijk import landelijk
from analyse.kern import codes
from analyse.kern.schema import RESULTAAT
from analyse.kern.vergelijking import BUREN, Vergelijking
from analyse.vrijgave.leeftijdsverhouding import verhoudingen

MAANDEN = [f"{jaar}-{maand:02d}" for jaar in range(2021, 2026) for maand in range(1, 13)][:54]
GROEPEN = {"0-3": 700, "4-11": 1500, "12-17": 1200, "18-22": 1000}


def maandrijen(reeksen: dict[str, list[float]], indicator: str = "trajecten.instroom") -> pd.DataFrame:
    """Released months: values per gebied, from January 2021 on."""
    rijen = [
        {"indicator": indicator, "gebied": gebied, "periode": maand, "teller": float(n), "waarde": float(n)}
        for gebied, waarden in reeksen.items()
        for maand, n in zip(MAANDEN, waarden, strict=False)
    ]
    vast = {**dict.fromkeys(codes.DIMENSIES, codes.TOTAAL), "methode": "telling", "eenheid": "aantal"}
    leeg = dict.fromkeys(("noemer", "onder", "boven"), np.nan)
    return pd.DataFrame(rijen).assign(**vast, **leeg, status="definitief")[list(RESULTAAT)]


def inwoners(gemeenten: tuple[str, ...], jaar: int = 2025) -> pd.DataFrame:
    """The same ages everywhere, more of them in the first gemeente."""
    rijen = [
        (g, jaar, groep, n * (9 if i == 0 else 1)) for i, g in enumerate(gemeenten) for groep, n in GROEPEN.items()
    ]
    return pd.DataFrame(rijen, columns=["gebied", "jaar", "leeftijd", "aantal"])


def cbs_tabel(aantal: int = 60) -> pd.DataFrame:
    """So many gemeenten with a share around 13 percent, the first of them far above it, and the country."""
    rng = np.random.default_rng(5)
    gemeenten = ["GM0244", "GM0232", *(f"GM1{i:03d}" for i in range(aantal))]
    delen = [("jeugdhulp_procent", "totaal", np.r_[31.0, rng.normal(13, 1.5, aantal + 1)].round(1))]
    delen += [
        ("inwoners", "0-14", rng.integers(1500, 30000, aantal + 2)),
        ("inwoners", "15-24", np.full(aantal + 2, 900)),
    ]
    rijen = [(maat, g, cat, w) for maat, cat, ws in delen for g, w in zip(gemeenten, ws, strict=True)]
    rijen.append(("jeugdhulp_procent", codes.NEDERLAND, "totaal", 13.2))
    tabel = pd.DataFrame(rijen, columns=["maat", "gebied", "categorie", "waarde"])
    return tabel.assign(
        periode="2022", eenheid="procent", status="voorlopig", bron="CBS StatLine 85098NED", datum=""
    )


def vergelijking(tabel: pd.DataFrame, gemeenten: tuple[str, ...], periode: str = "2025-H2") -> Vergelijking:
    """Beside a released result table."""
    rng = np.random.default_rng(3)
    gewoon = (5 * rng.integers(28, 34, len(MAANDEN))).astype(float)
    namen = {
        "GM0244": "Hattem",
        "GM0232": "Epe",
        **{f"GM1{i:03d}": f"Plaats {chr(65 + i % 26)}" for i in range(60)},
    }
    buren = pd.DataFrame([(g, f"GM1{i:03d}") for g in gemeenten for i in range(5)], columns=list(BUREN))
    return Vergelijking(
        maanden=maandrijen({codes.REGIO: list(gewoon), "GM0200": [*gewoon[:-1], 300.0]}),
        leeftijd=verhoudingen(tabel, inwoners(gemeenten), periode),
        landelijk=landelijk(cbs_tabel(), namen),
        buren=buren,
    )
