"""Small checks to the letter: working days, who referred for help, and laws that aren't ours."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from inname_bouwer import WORTEL, lees_map, map_met, rij_declaratie, rij_levering, rij_toewijzing

from analyse.inname.werk import Werk


def _codes(tmp_path: Path, **tabellen: list[dict[str, object]]) -> dict[str, int]:
    basis = lees_map(map_met(tmp_path / "in", tabellen=tabellen), tmp_path / "uit")
    t = basis.pandas("bevindingen")
    return dict(t.groupby("code")["aantal"].sum())


@pytest.mark.parametrize(
    ("begin", "gemeld", "te_laat"),
    [
        ("2024-01-08", "2024-01-15", False),  # Monday to Monday: five working days
        ("2024-01-08", "2024-01-16", True),
        ("2024-01-08", "2024-01-14", False),  # a Sunday is no working day
        ("2024-01-08", "2024-01-13", False),
        ("2024-01-05", "2024-01-12", False),
        ("2024-01-05", "2024-01-15", True),
        ("2024-01-06", "2024-01-15", False),  # from a Saturday: what falls due in the weekend may come on Monday
        ("2024-01-06", "2024-01-16", True),
        ("2024-01-07", "2024-01-15", False),
        ("2024-01-07", "2024-01-16", True),
    ],
)
def test_een_start_is_te_laat_na_vijf_werkdagen(tmp_path: Path, begin: str, gemeld: str, te_laat: bool) -> None:
    start = rij_levering("1", "start", begin, berichtdatum=gemeld)
    codes = _codes(tmp_path, toewijzingen=[rij_toewijzing("1")], leveringen=[start])
    assert ("DK10c" in codes) == te_laat
    assert (np.busday_count(begin, gemeld) > 5) == te_laat


@pytest.mark.parametrize(
    ("product", "tweede", "aantal"),
    [
        ({}, "01", 1),
        ({}, "02", 0),
        ({"productcategorie": "42", "productcode": "42A01"}, "01", 0),  # vervoer makes no traject
        ({"productcategorie": "45", "productcode": "45A05"}, "01", 1),
    ],
)
def test_verschillende_verwijzers_gaat_over_hulp(
    tmp_path: Path, product: dict[str, object], tweede: str, aantal: int
) -> None:
    rijen = [
        rij_toewijzing("1", verwijzer_type="02"),
        rij_toewijzing("2", ingangsdatum="2024-03-01", verwijzer_type=tweede, **product),
    ]
    assert _codes(tmp_path, toewijzingen=rijen).get("DK16d", 0) == aantal


def test_vervoer_eerst_verbergt_geen_twee_verwijzers_van_hulp(tmp_path: Path) -> None:
    vervoer = {"productcategorie": "42", "productcode": "42A01"}
    rijen = [
        rij_toewijzing("1", verwijzer_type="03", **vervoer),
        rij_toewijzing("2", ingangsdatum="2024-02-01", verwijzer_type="02"),
        rij_toewijzing("3", ingangsdatum="2024-03-01", verwijzer_type="01"),
    ]
    assert _codes(tmp_path, toewijzingen=rijen)["DK16d"] == 1


def test_een_andere_wet_gaat_opzij_en_wordt_geteld(tmp_path: Path) -> None:
    domeinen = ("Jw", "wmo", None, "Wlz", "Zvw 2015", "Wlz")
    rijen = [rij_toewijzing(str(nr), domein=domein) for nr, domein in enumerate(domeinen)]
    tabellen = {"toewijzingen": rijen, "declaraties": [rij_declaratie("0", "2024-02-01", "2024-02-29")]}
    basis = lees_map(map_met(tmp_path / "in", tabellen=tabellen), tmp_path / "uit")
    t = basis.pandas("toewijzingen")
    assert dict(zip(t["toewijzingnummer"], t["domein"], strict=True)) == {"0": "Jw", "1": "Wmo", "2": "Jw"}
    b = basis.pandas("bevindingen").set_index("code").loc["LV40"]
    assert (b["ernst"], b["gebied"], b["bestand"], b["aantal"]) == (
        "waarschuwing", "GM0200", "toewijzingen.csv", 3,
    )  # fmt: skip
    assert b["ontvangen"] == "aaa, aaa 9999"
    telling = basis.pandas("telling").set_index("tabel").loc["toewijzingen"]
    assert telling[["gelezen", "gebruikt", "opzij"]].tolist() == [6, 3, 3]


def test_werkdagen_voor_elke_dag() -> None:
    """Against numpy, over four weeks on all sides."""
    werk = Werk()
    sql = (WORTEL / "src/analyse/inname/sql/controles.sql").read_text(encoding="utf-8")
    macro = sql[sql.index("CREATE TEMP MACRO werkdagen_voor") :].split(";")[0]
    try:
        werk.sql(macro)
        rijen = werk.rijen(
            "SELECT (DATE '2024-02-01' + i::INT) AS van, (DATE '2024-02-01' + j::INT) AS tot, "
            "werkdagen_voor(tot) - werkdagen_voor(van) AS dagen FROM range(14) a(i), range(28) b(j) WHERE j >= i"
        )
    finally:
        werk.con.disconnect()
    assert len(rijen) > 200
    assert all(rij["dagen"] == np.busday_count(rij["van"], rij["tot"]) for rij in rijen)


def test_meldingen_zonder_plek_staan_altijd_in_een_volgorde(tmp_path: Path) -> None:
    """A peak stands in no file: without its text as the last key the engine's threads decide the order."""
    rijen = [
        rij_toewijzing(f"{jaar}{nr}", ingangsdatum=f"{jaar}-01-01", einddatum=f"{jaar}-12-31")
        for jaar in (2021, 2018, 2023, 2019, 2022, 2020)
        for nr in range(12)
    ]
    basis = lees_map(map_met(tmp_path / "in", tabellen={"toewijzingen": rijen}), tmp_path / "uit")
    t = basis.pandas("bevindingen")
    pieken = t.loc[t["code"].eq("DK18a"), "ontvangen"].tolist()
    assert len(pieken) == 12
    assert pieken == sorted(pieken)
