"""Months for a control chart: what the shown months and half-years tell of the others, reckoned by an attacker."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.optimize import linprog

from analyse.kern import codes
from analyse.kern.periode import Periode
from analyse.kern.schema import RESULTAAT
from analyse.params import Drempels
from analyse.vrijgave.maandtelling import geef_maandtelling_vrij, heeft_ruimte, op_inwoners

DREMPELS = Drempels()
NAAM = "trajecten.instroom"
MAANDEN = [f"2025-{maand:02d}" for maand in range(1, 7)]
GEMEENTEN = ["GM0200", "GM0301", "GM0262", "GM0232"]


def _rijen(waarden, *, status="definitief"):
    leeg = dict.fromkeys(RESULTAAT, np.nan) | dict.fromkeys(codes.DIMENSIES, codes.TOTAAL)
    vast = {**leeg, "indicator": NAAM, "eenheid": "aantal", "methode": "telling", "status": status}
    rijen = [{**vast, "gebied": g, "periode": p, "teller": float(n), "waarde": n} for (g, p), n in waarden.items()]
    return pd.DataFrame(rijen, columns=list(RESULTAAT)).astype({"waarde": "float64"})


def _maanden(aantal, maanden=MAANDEN, gemeenten=GEMEENTEN):
    regio = dict(zip(maanden, np.sum(aantal, axis=0), strict=True))
    waarden = {
        (g, m): n for g, rij in zip(gemeenten, aantal, strict=True) for m, n in zip(maanden, rij, strict=True)
    }
    return _rijen({**waarden, **{(codes.REGIO, m): n for m, n in regio.items()}})


def _halven(maanden, *, zonder=()):
    """The released half-years: those below the minimum hidden, and those in `zonder`."""
    half = [str(Periode.halfjaar_van(Periode.lees(m).begin)) for m in maanden["periode"]]
    som = maanden.assign(periode=half).groupby(["gebied", "periode"])["waarde"].sum()
    tabel = _rijen(som.to_dict())
    weg = tabel["waarde"].between(1, 9) | pd.Series(
        list(zip(tabel["gebied"], tabel["periode"], strict=True))
    ).isin(zonder)
    return tabel.assign(status=tabel["status"].mask(weg, "verborgen"), waarde=tabel["waarde"].mask(weg))


def _vrij(aantal, **anders):
    maanden = _maanden(aantal)
    return geef_maandtelling_vrij(maanden, _halven(maanden, **anders), GEMEENTEN, DREMPELS)


RUIM = [[80, 70, 75, 90, 66, 71], [30, 28, 33, 29, 31, 40], [12, 9, 15, 14, 11, 16], [8, 12, 13, 9, 10, 14]]


def test_grote_gemeenten_en_de_regio_zijn_te_zien():
    uit = _vrij(RUIM)
    assert dict(uit.groupby("gebied").size()) == {"GM0200": 6, "GM0301": 6, codes.REGIO: 6}
    assert uit["waarde"].mod(5).eq(0).all() and uit["waarde"].equals(uit["teller"])
    assert uit[["noemer", "onder", "boven"]].isna().all(axis=None)


def test_een_enkele_gemeente_die_overblijft_trekt_de_volgende_mee():
    """GM0262 could show, but GM0232 would be the region less all others."""
    aantal = [*RUIM[:2], [20, 21, 24, 22, 25, 23], RUIM[3]]
    assert set(_vrij(aantal)["gebied"]) == {"GM0200", "GM0301", codes.REGIO}


def test_alle_gemeenten_groot_genoeg():
    aantal = [*RUIM[:2], [20, 21, 24, 22, 25, 23], [18, 12, 13, 19, 10, 14]]
    assert set(_vrij(aantal)["gebied"]) == {*GEMEENTEN, codes.REGIO}


def test_volgorde_staat_vast_ook_als_een_kleinere_groot_genoeg_is():
    """GM0301 has a small month, so GM0262 stays hidden behind it whatever its counts."""
    aantal = [RUIM[0], [30, 28, 3, 29, 31, 40], [50, 50, 50, 50, 50, 50], RUIM[3]]
    assert set(_vrij(aantal)["gebied"]) == {"GM0200", codes.REGIO}


def test_alleen_naast_een_halfjaar_dat_te_zien_is():
    assert set(_vrij(RUIM, zonder=[("GM0301", "2025-H1")])["gebied"]) == {"GM0200", codes.REGIO}
    assert _vrij(RUIM, zonder=[(codes.REGIO, "2025-H1")]).empty


def test_een_kleine_maand_van_de_regio_laat_de_reeks_later_beginnen():
    maanden = [*(f"2024-{m:02d}" for m in range(1, 13)), *MAANDEN]
    aantal = np.full((4, 18), 40)
    aantal[:, 3] = 2
    tabel = _maanden(aantal, maanden)
    uit = geef_maandtelling_vrij(tabel, _halven(tabel), GEMEENTEN, DREMPELS)
    assert uit["periode"].min() == "2024-07" and uit["periode"].max() == "2025-06"


def test_volgorde_is_die_van_de_inwoners_en_kent_geen_jaar():
    rijen = [
        ("GM0200", 2019, 10),
        ("GM0301", 2019, 90),
        ("GM0200", 2025, 95),
        ("GM0262", 2025, 40),
        ("NL", 2025, 999),
    ]
    bevolking = pd.DataFrame(rijen, columns=["gebied", "jaar", "aantal"]).assign(leeftijd="0-22")
    assert op_inwoners(bevolking, GEMEENTEN) == ["GM0200", "GM0301", "GM0262", "GM0232"]


def _grenzen(aantal, som_bekend, cel, *, marge):
    """Bounds of one cell by linear programming: all column sums, the known row sums, and `marge` on the others."""
    n, m = aantal.shape
    gelijk, rechts, onder, boven = [], [], [], []
    for j in range(m):
        rij = np.zeros((n, m))
        rij[:, j] = 1
        gelijk.append(rij.ravel())
        rechts.append(aantal[:, j].sum())
    for i in range(n):
        rij = np.zeros((n, m))
        rij[i] = 1
        if som_bekend[i]:
            gelijk.append(rij.ravel())
            rechts.append(aantal[i].sum())
        else:
            onder += [rij.ravel(), -rij.ravel()]
            boven += [marge[i][1], -marge[i][0]]
    doel = np.zeros((n, m))
    doel[cel] = 1
    eisen = {"A_eq": np.array(gelijk), "b_eq": rechts}
    if onder:
        eisen |= {"A_ub": np.array(onder), "b_ub": boven}
    laag, hoog = (linprog(k * doel.ravel(), **eisen, method="highs").fun for k in (1.0, -1.0))
    return laag, -hoog


@settings(max_examples=40, deadline=None)
@given(
    arrays(np.int64, (3, 4), elements=st.one_of(st.integers(0, 12), st.integers(0, 60))),
    st.lists(st.booleans(), min_size=3, max_size=3),
)
def test_wat_ruimte_heeft_houdt_die_bij_elke_aanvaller(getallen, bekend):
    aantal = getallen.astype(float)
    som = aantal.sum(axis=1)
    som_bekend = np.array(bekend) | (som >= DREMPELS.minimum) | (som == 0)
    if not heeft_ruimte(aantal, som_bekend, DREMPELS):
        return
    # A hidden half-year: an attacker of the large gate knows it to five at best.
    marge = [(max(0.0, s - 2), max(5.0, s + 3)) for s in som]
    for i, j in np.argwhere(aantal < DREMPELS.minimum):
        if som[i] == 0:
            continue
        laag, hoog = _grenzen(aantal, som_bekend, (int(i), int(j)), marge=marge)
        assert hoog - laag >= DREMPELS.beschermingsinterval - 1e-6


def test_zonder_ruimte_wordt_dat_gezien():
    """Two hidden gemeenten of which one had nothing: the other is what is left."""
    alleen = np.array([[4.0, 20.0, 20.0], [0.0, 0.0, 0.0]])
    assert not heeft_ruimte(alleen, np.array([True, True]), DREMPELS)
    assert heeft_ruimte(np.array([[4.0, 20.0, 20.0], [9.0, 12.0, 11.0]]), np.array([True, True]), DREMPELS)


@pytest.mark.parametrize("zaad", range(3))
def test_twee_edities_samen_vertellen_niet_meer_dan_een(zaad):
    """Later months change which gemeenten show; what both hide is what one of them hid, so that was tried."""
    rng = np.random.default_rng(zaad)
    maanden = [*(f"2024-{m:02d}" for m in range(1, 13)), *MAANDEN]
    aantal = rng.poisson([[60], [25], [14], [13]], (4, 18))
    dicht = []
    for tot in (12, 18):
        tabel = _maanden(aantal[:, :tot], maanden[:tot])
        uit = geef_maandtelling_vrij(tabel, _halven(tabel), GEMEENTEN, DREMPELS)
        dicht.append({*GEMEENTEN} - set(uit["gebied"]))
    assert dicht[0] <= dicht[1] or dicht[1] <= dicht[0]
    assert (dicht[0] & dicht[1]) in dicht
