"""Workbooks: read back by the library, and looked at as XML for what must never be in there."""

from __future__ import annotations

import datetime as dt
import re
import time
import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from analyse.kern import xlsx
from analyse.kern.xlsx import INTERN, schrijf_xlsx

KWAAD = ["=1+1", "+31612345678", "-2", "@SUM(A1)", "\t=1", "\r=1", ' =HYPERLINK("http://x")', "#N/A", "＝1"]


@pytest.fixture
def tabel() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "code": ["0200", "01", None, "54E01"],
            "aantal": pd.array([1, 2, None, -4], dtype="Int64"),
            "euro": [1.5, float("nan"), float("inf"), 0.1],
            "dag": pd.to_datetime(["2025-12-31", None, "2024-02-29", "2024-02-29 13:45"], format="ISO8601"),
            "goed": [True, False, True, True],
        },
        index=[7, 8, 9, 10],
    )


def _lees(pad: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(pad)


def _rijen(blad) -> list[list[object]]:
    return [[cel.value for cel in rij] for rij in blad.iter_rows()]


def _xml(pad: Path) -> dict[str, str]:
    with zipfile.ZipFile(pad) as archief:
        return {naam: archief.read(naam).decode() for naam in archief.namelist()}


def test_waarden_houden_hun_soort(tmp_path: Path, tabel: pd.DataFrame) -> None:
    schrijf_xlsx(tmp_path / "a.xlsx", {"Lijst": tabel}, titel="Titel", toelichting="Een.\n\nTwee\nregels.")
    werkmap = _lees(tmp_path / "a.xlsx")
    assert werkmap.sheetnames == ["Toelichting", "Lijst"]
    assert [r[0] for r in _rijen(werkmap["Toelichting"])] == [
        "Titel", "Een.", "Twee regels.", "Blad Lijst: Lijst (4 rijen)",
    ]  # fmt: skip
    blad = werkmap["Lijst"]
    assert _rijen(blad) == [
        ["code", "aantal", "euro", "dag", "goed"],
        ["0200", 1, 1.5, dt.datetime(2025, 12, 31), "ja"],
        ["01", 2, None, None, "nee"],
        [None, None, None, dt.datetime(2024, 2, 29), "ja"],
        ["54E01", -4, 0.1, dt.datetime(2024, 2, 29, 13, 45), "ja"],
    ]
    assert blad.freeze_panes == "A2" and blad.auto_filter.ref == "A1:E5" and blad.print_title_rows == "$1:$1"
    assert blad["A2"].number_format == "@" and blad["D2"].number_format == "DD-MM-YYYY"
    assert all(8 <= maat.width <= 60 for maat in blad.column_dimensions.values())


@pytest.mark.parametrize("tekst", KWAAD)
def test_tekst_wordt_nooit_een_formule(tmp_path: Path, tekst: str) -> None:
    kwaad = pd.DataFrame({tekst: [tekst]})
    schrijf_xlsx(tmp_path / "a.xlsx", {tekst: kwaad}, titel=tekst, toelichting=tekst)
    xml = _xml(tmp_path / "a.xlsx")
    assert not any("<f>" in inhoud or "<f " in inhoud for inhoud in xml.values())
    blad = _lees(tmp_path / "a.xlsx").worksheets[1]
    for cel in (blad["A1"], blad["A2"]):
        assert cel.data_type == "s" and cel.number_format == "@"
        assert cel.quotePrefix or tekst == "#N/A"


def test_geen_verwijzingen_naar_buiten(tmp_path: Path, tabel: pd.DataFrame) -> None:
    schrijf_xlsx(tmp_path / "a.xlsx", {"Lijst": tabel.assign(link="http://voorbeeld.nl")}, titel="T")
    xml = _xml(tmp_path / "a.xlsx")
    assert not any("externalLink" in naam for naam in xml)
    assert not any('TargetMode="External"' in inhoud or "<hyperlink" in inhoud for inhoud in xml.values())


def test_intern_staat_overal(tmp_path: Path, tabel: pd.DataFrame) -> None:
    schrijf_xlsx(tmp_path / "a.xlsx", {"Een": tabel, "Twee": tabel}, titel="T", intern=True)
    werkmap = _lees(tmp_path / "a.xlsx")
    assert werkmap["Toelichting"]["A2"].value == INTERN
    for blad in werkmap.worksheets:
        assert blad.oddHeader.center.text == blad.oddFooter.center.text == INTERN
    schrijf_xlsx(tmp_path / "b.xlsx", {"Een": tabel}, titel="T")
    assert "INTERN" not in "".join(_xml(tmp_path / "b.xlsx").values())


def test_zelfde_tabellen_zelfde_bytes(tmp_path: Path, tabel: pd.DataFrame, monkeypatch) -> None:
    schrijf_xlsx(tmp_path / "a.xlsx", {"Lijst": tabel}, titel="T")
    monkeypatch.setattr(time, "time", lambda: 2e9)
    time.sleep(1.1)  # the stamp of the library has seconds
    schrijf_xlsx(tmp_path / "b.xlsx", {"Lijst": tabel.copy()}, titel="T")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archief:
        assert {lid.date_time for lid in archief.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert set(re.findall(r"\d{4}-\d\d-\d\dT", _xml(tmp_path / "a.xlsx")["docProps/core.xml"])) == {"1980-01-01T"}


def test_namen_van_bladen(tmp_path: Path) -> None:
    leeg = pd.DataFrame({"a": []})
    namen = ["Toelichting", "x" * 40, "X" * 40, "a/b:c*d?[e]", "''", "history"]
    schrijf_xlsx(tmp_path / "a.xlsx", dict.fromkeys(namen, leeg), titel="T")
    bladen = _lees(tmp_path / "a.xlsx").sheetnames
    assert len({b.lower() for b in bladen}) == 7 and all(len(b) <= 31 for b in bladen)
    assert bladen[1:] == ["Toelichting 2", "x" * 31, "X" * 29 + " 2", "a b c d  e", "Blad", "history 2"]


def test_een_lange_tabel_gaat_verder_op_het_volgende_blad(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(xlsx, "MAX_RIJEN", 3)
    schrijf_xlsx(tmp_path / "a.xlsx", {"Lijst": pd.DataFrame({"n": range(7)})}, titel="T")
    werkmap = _lees(tmp_path / "a.xlsx")
    gevonden = [rij[0] for blad in werkmap.worksheets[1:] for rij in _rijen(blad)[1:]]
    assert werkmap.sheetnames[1:] == ["Lijst", "Lijst 2", "Lijst 3"] and gevonden == list(range(7))


def test_tekens_die_xml_niet_kent(tmp_path: Path) -> None:
    schrijf_xlsx(tmp_path / "a.xlsx", {"L": pd.DataFrame({"t": ["a\x00b\x0bc", "é" * 40_000]})}, titel="T\x01")
    blad = _lees(tmp_path / "a.xlsx")["L"]
    assert blad["A2"].value == "abc" and len(blad["A3"].value) == 32_767


def test_geen_tabellen_of_kolommen(tmp_path: Path) -> None:
    schrijf_xlsx(tmp_path / "a.xlsx", {"Leeg": pd.DataFrame()}, titel="T")
    assert _lees(tmp_path / "a.xlsx").sheetnames == ["Toelichting", "Leeg"]
