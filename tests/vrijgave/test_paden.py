"""Paths that are hidden can't be reckoned back: an attacker with a solver, the total and exact counts."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog

from analyse.kern import codes
from analyse.params import Drempels
from analyse.vrijgave.paden import geef_paden_vrij

GEMEENTEN = ("GM0200", "GM0213", "GM0232", "GM0244")
DREMPELS = Drempels()
MINIMUM = DREMPELS.minimum


def regio(zaad: int) -> pd.DataFrame:
    """Persons of four gemeenten over paths of which a few are followed by many; nobody in two gemeenten."""
    rng = np.random.default_rng(zaad)
    paden = [f"0{1 + nr % 4} > 0{1 + nr // 4}" for nr in range(8)]
    groot = rng.permutation([300.0, 60.0, 35.0, 12.0])
    deel = rng.dirichlet(np.array([8, 4, 2, 1, 0.5, 0.3, 0.2, 0.1]) * rng.uniform(0.3, 2))
    aantal = rng.poisson(np.outer(groot, deel))
    lang = pd.DataFrame(
        [(g, "2025-H2", "reeks", p, int(n)) for g, rij in zip(GEMEENTEN, aantal, strict=True)
         for p, n in zip(paden, rij, strict=True)],
        columns=["gebied", "periode", "soort", "pad", "personen"],
    )  # fmt: skip
    samen = lang.groupby(["periode", "soort", "pad"], as_index=False)["personen"].sum().assign(gebied=codes.REGIO)
    alle = pd.concat([lang, samen], ignore_index=True)
    alle["noemer"] = alle.groupby("gebied")["personen"].transform("sum")
    return alle[alle["personen"].gt(0)].reset_index(drop=True)


def hoogste(alle: pd.DataFrame, toon: pd.Series) -> pd.Series:
    """The most that each hidden count of a gemeente can be, for who knows the total and what shows, exactly."""
    paden, gebieden = sorted(alle["pad"].unique()), sorted(set(alle["gebied"]) - {codes.REGIO})
    plek = {(g, p): i for i, (g, p) in enumerate((g, p) for g in gebieden for p in paden)}
    rijen, rechts = [], []

    def som(cellen: list[tuple[str, str]], totaal: float) -> None:
        rij = np.zeros(len(plek))
        rij[[plek[cel] for cel in cellen]] = 1
        rijen.append(rij)
        rechts.append(totaal)

    som(list(plek), alle.loc[alle["gebied"].eq(codes.REGIO), "noemer"].iloc[0])
    for rij in alle[toon].itertuples():
        cellen = [(g, rij.pad) for g in gebieden] if rij.gebied == codes.REGIO else [(rij.gebied, rij.pad)]
        som(cellen, rij.personen)
    verborgen = alle[~toon & alle["gebied"].ne(codes.REGIO)]
    uit = {}
    for rij in verborgen.itertuples():
        doel = np.zeros(len(plek))
        doel[plek[rij.gebied, rij.pad]] = -1
        uit[rij.Index] = -linprog(doel, A_eq=np.array(rijen), b_eq=rechts, bounds=(0, None), method="highs").fun
    return pd.Series(uit, dtype=float)


def getoond(alle: pd.DataFrame) -> pd.Series:
    """Which rows were released."""
    sleutel = ["gebied", "periode", "soort", "pad"]
    uit = pd.MultiIndex.from_frame(geef_paden_vrij(alle, DREMPELS)[sleutel])
    return pd.Series(pd.MultiIndex.from_frame(alle[sleutel]).isin(uit), index=alle.index)


@pytest.mark.parametrize("zaad", range(25))
def test_een_verborgen_pad_kan_altijd_groot_zijn(zaad: int) -> None:
    alle = regio(zaad)
    toon = getoond(alle)
    assert alle.loc[toon, "personen"].ge(MINIMUM).all()
    assert hoogste(alle, toon).ge(MINIMUM).all()


@pytest.mark.parametrize("zaad", range(25))
def test_overig_en_regio_min_gemeenten_zijn_genoeg_of_niets(zaad: int) -> None:
    alle = regio(zaad)
    toon = getoond(alle)
    rest = alle.groupby("gebied")["noemer"].first() - alle[toon].groupby("gebied")["personen"].sum()
    assert rest.dropna().ge(MINIMUM).all()
    per_pad = alle[toon & alle["gebied"].ne(codes.REGIO)].groupby("pad")["personen"].sum()
    over = alle[toon & alle["gebied"].eq(codes.REGIO)].set_index("pad")["personen"].sub(per_pad).dropna()
    assert (over.ge(MINIMUM) | over.eq(0)).all()


def test_er_blijft_iets_te_zien() -> None:
    gezien = pd.concat([geef_paden_vrij(regio(zaad), DREMPELS) for zaad in range(25)])
    assert gezien["gebied"].eq(codes.REGIO).sum() > 50 and gezien["gebied"].eq("GM0200").sum() > 10
    assert (gezien["personen"] % DREMPELS.afronding).eq(0).all()
    regio_ = gezien["gebied"].eq(codes.REGIO)
    assert (gezien.loc[regio_, "noemer"] % DREMPELS.afronding).eq(0).all()
    assert gezien.loc[~regio_, "noemer"].isna().all()


def test_wie_iedereen_is_staat_er_niet() -> None:
    rijen = [(codes.REGIO, "2025-H2", "reeks", "02", 40, 40), ("GM0200", "2025-H2", "reeks", "02", 40, 40)]
    alle = pd.DataFrame(rijen, columns=["gebied", "periode", "soort", "pad", "personen", "noemer"])
    assert geef_paden_vrij(alle, DREMPELS).empty


def test_een_kleine_rest_neemt_de_kleinste_gemeente_mee() -> None:
    rijen = [
        (codes.REGIO, 100, 200),
        ("GM0200", 60, 90),
        ("GM0213", 36, 70),
        ("GM0232", 4, 40),
    ]
    alle = pd.DataFrame(
        [(g, "2025-H2", "reeks", "02 > 04", n, totaal) for g, n, totaal in rijen],
        columns=["gebied", "periode", "soort", "pad", "personen", "noemer"],
    )
    uit = geef_paden_vrij(alle, DREMPELS)
    assert uit["gebied"].tolist() == [codes.REGIO, "GM0200"]
