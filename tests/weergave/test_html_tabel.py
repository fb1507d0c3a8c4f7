"""Plain DataFrames still appear, also those with a MultiIndex."""

from __future__ import annotations

import pandas as pd

from analyse.weergave.html_tabel import tabellen


def test_gewone_dataframe_zonder_rijteller():
    [tabel] = tabellen(pd.DataFrame({"gemeente": ["Epe & Voorst", "<b>"], "n": [1, 2]})._repr_html_())
    assert [k["naam"] for k in tabel["kolommen"]] == ["gemeente", "n"]
    assert [k["rechts"] for k in tabel["kolommen"]] == [False, True]
    assert tabel["rijen"] == [["Epe & Voorst", "1"], ["<b>", "2"]]


def test_eigen_index_blijft():
    [tabel] = tabellen(pd.DataFrame({"n": [1]}, index=pd.Index(["a"], name="groep")).to_html())
    assert [k["naam"] for k in tabel["kolommen"]] == ["groep", "n"]
    assert tabel["rijen"] == [["a", "1"]]


def test_multiindex_wordt_voluit_geschreven():
    index = pd.MultiIndex.from_tuples([("p", "q"), ("p", "r"), ("s", "q")], names=["k", "l"])
    frame = pd.DataFrame({("a", "x"): [1, 2, 3], ("a", "y"): [4, 5, 6]}, index=index)
    [tabel] = tabellen(frame.to_html())
    assert [k["naam"] for k in tabel["kolommen"]] == ["k", "l", "a x", "a y"]
    assert tabel["rijen"] == [["p", "q", "1", "4"], ["p", "r", "2", "5"], ["s", "q", "3", "6"]]


def test_geen_tabel():
    assert tabellen("<p>niets</p>") == []
    assert tabellen("<table></table>") == []
