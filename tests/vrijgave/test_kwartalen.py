"""Quarters of the region: what one rounded number more tells, against everybody who adds and subtracts."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analyse.kern import codes
from analyse.kern.schema import RESULTAAT
from analyse.params import Drempels
from analyse.vrijgave.kwartalen import geef_kwartalen_vrij

SGGZ = "verwijzingen.huisarts_sggz"
DREMPELS = Drempels()


def rij(gebied: str, periode: str, waarde: float, *, indicator: str = SGGZ, status: str = "") -> dict[str, object]:
    vast = {
        **dict.fromkeys(codes.DIMENSIES, codes.TOTAAL),
        "methode": "byar",
        "eenheid": "aantal",
        "noemer": np.nan,
    }
    klaar = status or ("niet_leverbaar" if np.isnan(waarde) else "definitief")
    maten = dict.fromkeys(("teller", "waarde", "onder", "boven"), waarde)
    return {"indicator": indicator, "gebied": gebied, "periode": periode, "status": klaar, **maten, **vast}


def kwartalen(*per_gemeente: tuple[float, float], indicator: str = SGGZ) -> pd.DataFrame:
    """Two quarters of 2025-H1 of so many gemeenten, and of the region."""
    gebieden = {f"GM{nr:04d}": paar for nr, paar in enumerate(per_gemeente, start=1)}
    gebieden["REGIO"] = tuple(np.nansum(per_gemeente, axis=0))
    rijen = [
        rij(gebied, f"2025-K{k}", paar[k - 1], indicator=indicator)
        for gebied, paar in gebieden.items()
        for k in (1, 2)
    ]
    return pd.DataFrame(rijen)[list(RESULTAAT)]


def halfjaar(waarde: float, *, status: str = "", indicator: str = SGGZ) -> pd.DataFrame:
    return pd.DataFrame([rij("REGIO", "2025-H1", waarde, status=status, indicator=indicator)])[list(RESULTAAT)]


def vrij(*args: object) -> list[float]:
    return geef_kwartalen_vrij(*args, DREMPELS)["waarde"].tolist()  # type: ignore[arg-type]


def test_alleen_de_regio_en_samen_precies_het_halfjaar() -> None:
    uit = geef_kwartalen_vrij(kwartalen((21, 30), (32, 21)), halfjaar(105), DREMPELS)
    assert set(uit["gebied"]) == {"REGIO"} and list(uit.columns) == list(RESULTAAT)
    assert uit["waarde"].tolist() == [55, 50]  # 53 and 51, of 104
    assert (uit["onder"].lt(uit["waarde"]) & uit["boven"].gt(uit["waarde"])).all()
    assert (uit["teller"] == uit["waarde"]).all()


@pytest.mark.parametrize("halve", [halfjaar(np.nan, status="verborgen"), halfjaar(105).iloc[:0]])
def test_zonder_halfjaar_geen_kwartaal(halve: pd.DataFrame) -> None:
    uit = geef_kwartalen_vrij(kwartalen((21, 30), (32, 21)), halve, DREMPELS)
    assert uit["waarde"].isna().all() and not uit["status"].isin(["definitief", "voorlopig"]).any()


@pytest.mark.parametrize(
    "paren",
    [
        [(9, 30), (0, 30)],  # a small quarter: the other would tell it
        [(0, 40), (0, 40)],  # nobody in a quarter says something about everybody
        [(50, 40), (9, 30)],  # who knows the first gemeente knows what is left
        [(50, 40)],  # the region is one gemeente
        [(50, 40), (np.nan, np.nan)],
    ],
)
def test_beide_kwartalen_dicht(paren: list[tuple[float, float]]) -> None:
    uit = geef_kwartalen_vrij(kwartalen(*paren), halfjaar(float(np.nansum(paren))), DREMPELS)
    assert uit[["waarde", "teller", "onder", "boven"]].isna().all().all()
    assert set(uit["status"]) == {"verborgen"} and set(uit["methode"]) == {""}


def test_niet_geleverd_blijft_niet_geleverd() -> None:
    leeg = kwartalen((np.nan, np.nan), (np.nan, np.nan))
    leeg.loc[leeg["gebied"].eq("REGIO"), ["teller", "waarde", "onder", "boven"]] = np.nan
    leeg["status"] = "niet_leverbaar"
    uit = geef_kwartalen_vrij(leeg, halfjaar(np.nan), DREMPELS)
    assert set(uit["status"]) == {"niet_leverbaar"}


def test_wat_niet_per_halfjaar_is_gepubliceerd_gaat_niet_mee() -> None:
    intern = kwartalen((21, 30), (32, 21), indicator="verwijzingen.huisarts_via_toegang")
    assert geef_kwartalen_vrij(intern, halfjaar(105), DREMPELS).empty


def test_wie_alles_optelt_weet_niet_meer_van_het_halfjaar() -> None:
    """Brute force: every pair of counts with the same printed half-year and first quarter prints the same."""
    gezien: dict[tuple[float, float], set[int]] = {}
    for een in range(30, 45):
        for twee in range(30, 45):
            som = een + twee
            gedrukt = float(np.floor(som / 5 + 0.5) * 5)
            paar = tuple(vrij(kwartalen((een - 15, twee - 15), (15, 15)), halfjaar(gedrukt)))
            assert sum(paar) == gedrukt
            gezien.setdefault((paar[0], paar[1]), set()).add(som)
    # With two quarters that were rounded by themselves some sums would be left with one or two candidates.
    breed = [len(sommen) for (een, twee), sommen in gezien.items() if 35 <= een <= 40 and 35 <= twee <= 40]
    assert breed and min(breed) == 5
