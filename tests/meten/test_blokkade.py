"""A finding that only touches money takes only money away."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from basis_bouwer import bevolking, bouw, dag, params_met, spell

from analyse.meten import meet

ACTIEF, BEDRAG = "trajecten.actief", "uitgaven.bedrag"
SPELLS = [spell("2024-02-01"), spell("2024-03-01", persoon_nr=2, gemeente="GM0213")]


def declaratie(spell_: dict[str, object], cent: int) -> dict[str, object]:
    """One approved line in March 2024."""
    gelijk = ("persoon_nr", "gemeente", "domein", "aanbieder", "productcategorie", "productcode", "hulpvorm")
    datums = {"maand": dag("2024-03-01"), "periode_begin": dag("2024-03-01"), "periode_eind": dag("2024-03-31")}
    rest = {"verwijzer": "01", "toewijzingnummer": spell_["toewijzingnummer"], "volume": 1, "eenheid": "04"}
    return {k: spell_[k] for k in gelijk} | datums | rest | {"bedrag_cent": cent, "toegekend": True}


def regel(meting: pd.DataFrame, indicator: str, gebied: str) -> pd.Series:
    t = meting.query("indicator == @indicator and gebied == @gebied and periode == '2024-H1'")
    return t[(t[["hulpvorm", "verwijzer", "aanbieder", "leeftijd", "maatregel"]] == "totaal").all(axis=1)].iloc[0]


def gemeten(map_: Path, **bevinding: object) -> pd.DataFrame:
    bevindingen = [{"code": "DK20a", "ernst": "blokkerend", "aantal": 1, **bevinding}] if bevinding else []
    declaraties = [declaratie(SPELLS[0], 100_00), declaratie(SPELLS[1], 7_00)]
    basis = bouw(map_, SPELLS, declaraties=declaraties, bevindingen=bevindingen)
    return meet(basis, params=params_met(ACTIEF, BEDRAG), bevolking=bevolking()).tabel


def test_euro_geblokkeerd_andere_cijfers_blijven(tmp_path: Path) -> None:
    tabel = gemeten(tmp_path, gebied="GM0213", raakt="euro")
    assert regel(tabel, ACTIEF, "GM0213")["waarde"] == 1
    assert regel(tabel, ACTIEF, "REGIO")["waarde"] == 2
    eigen = tabel[tabel["gebied"].eq("GM0213") & tabel["indicator"].eq(BEDRAG)]
    assert set(eigen["status"]) == {"niet_leverbaar"} and eigen["waarde"].isna().all()
    regio = regel(tabel, BEDRAG, "REGIO")
    assert regio["waarde"] == 100 and "_van_8_gemeenten" in regio["methode"]


def test_zonder_blokkade_telt_alles(tmp_path: Path) -> None:
    assert regel(gemeten(tmp_path), BEDRAG, "REGIO")["waarde"] == 107


def test_euro_van_de_regio_geblokkeerd(tmp_path: Path) -> None:
    tabel = gemeten(tmp_path, gebied="REGIO", raakt="euro")
    assert set(tabel.loc[tabel["indicator"].eq(BEDRAG), "status"]) == {"niet_leverbaar"}
    assert regel(tabel, ACTIEF, "REGIO")["waarde"] == 2
