"""Euros per month: every shown month passes the rules for amounts, and so does whatever can be subtracted."""

from __future__ import annotations

import itertools
import random

import numpy as np
import pandas as pd
import pytest

from analyse.kern import codes
from analyse.params import Drempels
from analyse.vrijgave.maanden import BEDRAG, STAP, VERWACHT, geef_maanden_vrij, onbeschermd

DREMPELS = Drempels()
MAANDEN = [f"2024-{nr:02d}" for nr in range(1, 13)]
RUIM = {"A": 40_000.0, "B": 35_000.0, "C": 30_000.0, "D": 30_000.0}
KRAP = {"A": 50_000.0, "B": 20_000.0, "C": 10_000.0}
Regio = dict[str, dict[str, dict[str, float]]]  # gemeente, maand, aanbieder


def tabellen(regio: Regio, *, jeugdigen: int = 50) -> dict[str, pd.DataFrame]:
    """The tables that `meten.maandtabellen` gives."""
    delen = [
        {"gemeente": g, "periode": m, "hulpvorm": "02", "verwijzer": "01", "aanbieder": a, "bedrag": euro}
        for g, maanden in regio.items()
        for m, bij in maanden.items()
        for a, euro in bij.items()
    ]
    tabel = pd.DataFrame(delen)
    per = tabel.groupby(["gemeente", "periode"])["bedrag"].sum().reset_index(name="bedrag")
    alle = pd.concat(
        [per.rename(columns={"gemeente": "gebied"}), per.groupby("periode", as_index=False)["bedrag"].sum()]
    ).fillna({"gebied": codes.REGIO})
    maanden = alle.assign(
        verwacht=alle["bedrag"] * 1.01, onder=alle["bedrag"], boven=alle["bedrag"] * 1.1, geschat=0.0
    )
    wie = alle[["gebied", "periode"]].assign(
        aantal=np.where(alle["gebied"].eq(codes.REGIO), jeugdigen * len(regio), jeugdigen)
    )
    return {"maanden": maanden, "delen": tabel, "jeugdigen": wie}


def halfjaren(regio: Regio, dicht: set[tuple[str, str]] = frozenset()) -> pd.DataFrame:  # type: ignore[assignment]
    """The released amounts per half-year, hidden where `dicht`."""
    dims = dict.fromkeys(codes.DIMENSIES, codes.TOTAAL)
    return pd.DataFrame(
        [
            {"indicator": "uitgaven.bedrag", "gebied": g, "periode": h, **dims,
             "status": "verborgen" if (g, h) in dicht else "definitief"}
            for g in (*regio, codes.REGIO)
            for h in ("2024-H1", "2024-H2")
        ]
    )  # fmt: skip


def te_zien(vrij: pd.DataFrame) -> set[tuple[str, str]]:
    """Which gebieden show which months."""
    rijen = vrij[vrij["indicator"].eq(BEDRAG) & vrij["waarde"].notna()]
    return set(zip(rijen["gebied"], rijen["periode"], strict=True))


def maak(
    krap: set[tuple[str, str]], gemeenten: tuple[str, ...] = ("GM0200", "GM0213", "GM0232", "GM0244")
) -> Regio:
    """Gemeenten of growing size that pass, except in the months of `krap`."""
    return {
        g: {m: {a: e * (1 + nr) for a, e in (KRAP if (g, m) in krap else RUIM).items()} for m in MAANDEN}
        for nr, g in enumerate(gemeenten)
    }


def test_alles_te_zien_in_duizendtallen() -> None:
    regio = maak(set())
    vrij = geef_maanden_vrij(tabellen(regio), halfjaren(regio), DREMPELS)
    assert te_zien(vrij) == set(itertools.product([*regio, codes.REGIO], MAANDEN))
    waarden = vrij[["waarde", "onder", "boven"]].to_numpy(dtype=float)
    assert (np.nan_to_num(waarden) % STAP == 0).all()
    assert set(vrij["indicator"]) == {BEDRAG, VERWACHT} and set(vrij["status"]) == {"definitief"}


def test_een_dunne_maand_verbergt_het_halve_jaar_en_een_buur_gaat_mee() -> None:
    """Alone it would be the region less the others; so the smallest other gemeente is hidden along."""
    regio = maak({("GM0213", "2024-03")})
    toon = te_zien(geef_maanden_vrij(tabellen(regio), halfjaren(regio), DREMPELS))
    eerste = {g for g, m in toon if m == "2024-03"}
    assert eerste == {"GM0232", "GM0244", codes.REGIO}
    assert {g for g, m in toon if m == "2024-05"} == eerste
    assert {g for g, m in toon if m == "2024-08"} == {*regio, codes.REGIO}


def test_zonder_bedrag_van_het_halfjaar_geen_maanden() -> None:
    regio = maak(set())
    toon = te_zien(geef_maanden_vrij(tabellen(regio), halfjaren(regio, {("GM0244", "2024-H1")}), DREMPELS))
    assert ("GM0244", "2024-02") not in toon and ("GM0244", "2024-09") in toon
    dicht = {(codes.REGIO, "2024-H1")}
    toon = te_zien(geef_maanden_vrij(tabellen(regio), halfjaren(regio, dicht), DREMPELS))
    assert (codes.REGIO, "2024-02") not in toon and ("GM0244", "2024-02") in toon


def test_te_weinig_jeugdigen() -> None:
    regio = maak(set())
    assert not te_zien(geef_maanden_vrij(tabellen(regio, jeugdigen=2), halfjaren(regio), DREMPELS))


def test_intern_is_alles_precies() -> None:
    regio = maak({("GM0213", "2024-03")})
    rijen = onbeschermd(tabellen(regio)["maanden"], halfjaren(regio))
    eigen = rijen[rijen["indicator"].eq(BEDRAG) & rijen["gebied"].eq("GM0213")].set_index("periode")["waarde"]
    assert eigen["2024-03"] == sum(KRAP.values()) * 2 and len(te_zien(rijen)) == 5 * 12


def faalt(bijdragen: dict[str, float]) -> float:
    """The rules for amounts in plain words: how far the largest must stay hidden; 0 where nothing is asked."""
    groot = sorted((abs(e) for e in bijdragen.values() if e), reverse=True)
    if not groot:
        return 0.0
    deel = DREMPELS.p_procent / 100
    eisen = [deel * groot[0] - sum(groot[2:]), groot[0] / DREMPELS.maximum_aandeel - sum(groot)]
    if len(groot) < DREMPELS.minimum_aanbieders:
        eisen.append(deel * groot[0])
    return max(0.0, *eisen)


@pytest.mark.parametrize("zaad", range(25))
def test_wat_te_zien_is_en_wat_overblijft_voldoet(zaad: int) -> None:
    """On random regions, as an attacker would: months shown, the region less the shown, six months together."""
    kans = random.Random(zaad)
    regio = {
        f"GM02{nr:02d}": {
            m: {a: float(round(kans.lognormvariate(9, 0.6) * (1 + nr))) for a in "ABCDE" if kans.random() < 0.9}
            for m in MAANDEN
        }
        for nr in range(5)
    }
    dicht = {(g, "2024-H1") for g in regio if kans.random() < 0.2}
    toon = te_zien(geef_maanden_vrij(tabellen(regio), halfjaren(regio, dicht), DREMPELS))
    assert toon
    for half, maanden in {"2024-H1": MAANDEN[:6], "2024-H2": MAANDEN[6:]}.items():
        getoond = {g for g, m in toon if m in maanden and g != codes.REGIO}
        assert all((g, m) in toon for g in getoond for m in maanden)
        assert not {(g, half) for g in getoond} & dicht
        assert all(faalt(regio[g][m]) == 0 for g in getoond for m in maanden)
        if (codes.REGIO, maanden[0]) not in toon:
            continue
        rest = set(regio) - getoond
        for m in maanden:
            samen: dict[str, float] = {}
            for g in rest:
                for a, euro in regio[g][m].items():
                    samen[a] = samen.get(a, 0.0) + euro
            assert faalt(samen) == 0
            som = sum(samen.values())
            for g in rest:
                hele = {h: sum(sum(regio[h][n].values()) for n in maanden) for h in rest}
                hoog = som if (g, half) in dicht else min(som, hele[g])
                laag = max(0.0, som - sum(e for h, e in hele.items() if h != g))
                assert hoog - laag >= 2 * faalt(regio[g][m]) - 1e-6
