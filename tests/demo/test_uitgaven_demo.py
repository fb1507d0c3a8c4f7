"""The money of the demo region is found back: amounts, indexation, what is still to come, and the ledger."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from analyse.demo.achtergrond import VERSCHIL
from analyse.demo.ijking import GEMEENTEN
from analyse.inname import lees
from analyse.meten import meet
from analyse.meten.uitgaven_tarieven import lees_tarieven
from analyse.params import Params

pytestmark = pytest.mark.xdist_group("demo_berichten")


@pytest.fixture(scope="module")
def gemeten(demo_tabel, tmp_path_factory):
    """Meting of money only, and what is true."""
    params = Params(Path(__file__).parents[2])
    params.__dict__["kaarten"] = {naam: k for naam, k in params.kaarten.items() if naam.startswith("uitgaven.")}
    basis = lees(demo_tabel, params=params, uit=tmp_path_factory.mktemp("geld") / "basis")
    inwoners = pd.read_csv(demo_tabel / "bevolking.csv", sep=";")
    waar = json.loads((demo_tabel / "waarheid.json").read_text(encoding="utf-8"))["uitgaven"]
    return meet(basis, params=params, bevolking=inwoners), waar, params


def per_gebied(meting, indicator: str) -> pd.DataFrame:
    return meting.kies(indicator).set_index(["gebied", "periode"])


def test_compleet_halfjaar_is_wat_het_kostte(gemeten):
    """Long ago everything was declared: the measured amount is the true one, to the cent."""
    meting, waar, _ = gemeten
    bedrag = per_gebied(meting, "uitgaven.bedrag")["waarde"]
    for gemeente in GEMEENTEN:
        for half in ("2020-H1", "2021-H2", "2023-H1"):
            assert bedrag[gemeente, half] == pytest.approx(waar["uiteindelijk_cent"][gemeente].get(half, 0) / 100)


def test_verwachting_haalt_het_einde(gemeten):
    """The newest half-year is far from complete; the estimate of the region has the true end in its interval."""
    meting, waar, _ = gemeten
    echt = sum(per["2025-H2"] for per in waar["uiteindelijk_cent"].values()) / 100
    nu = per_gebied(meting, "uitgaven.bedrag").loc[("REGIO", "2025-H2"), "waarde"]
    schat = per_gebied(meting, "uitgaven.verwacht").loc[("REGIO", "2025-H2")]
    assert nu < 0.9 * echt
    assert schat["onder"] <= echt <= schat["boven"]
    assert abs(schat["waarde"] - echt) < 0.5 * (echt - nu)


def test_prijs_stijgt_niet_boven_de_indexatie(gemeten):
    """Tariffs of the demo rise by the indexation and nothing else; what is left is rounding to a cent."""
    meting, waar, params = gemeten
    assert set(lees_tarieven(params).indexatie.values()) == {waar["indexatie_procent"]}
    prijs, index = (per_gebied(meting, f"uitgaven.verschil_{deel}")["waarde"] for deel in ("prijs", "index"))
    assert (prijs.abs() <= 1 + 0.005 * index.abs()).where(prijs.notna(), True).all()
    assert index["REGIO"].dropna().gt(0).all()


def test_jaarrekening_ligt_zoveel_hoger_als_is_opgeschreven(gemeten):
    meting, _, _ = gemeten
    aandeel = per_gebied(meting, "uitgaven.aansluiting")
    for gemeente, verschil in VERSCHIL.items():
        assert aandeel.loc[(gemeente, "2023-H2"), "waarde"] == pytest.approx(100 / (1 + verschil), abs=0.05)
    assert aandeel.loc[("REGIO", "2025-H2"), "status"] == "niet_leverbaar"
