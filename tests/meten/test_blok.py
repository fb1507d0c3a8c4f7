"""Rows as numbers until the end: different word lists come together, and what is missing stays missing."""

import numpy as np
import pandas as pd
import pytest

from analyse.kern.motor import bewaar, getallen, verbinding
from analyse.kern.schema import MATEN, RESULTAAT
from analyse.meten.blok import Blok, Woorden, samen

TEKST = [naam for naam in RESULTAAT if naam not in MATEN]


def _blok(labels, plek, waarde):
    woorden = Woorden(labels, np.array(plek))
    maten = {**dict.fromkeys(MATEN), "waarde": waarde}
    return Blok(dict.fromkeys(TEKST, woorden), maten, len(plek))


def test_blokken_met_eigen_woordenlijsten_komen_onder_elkaar():
    tabel = samen([_blok(("b", "a"), [0, 1, 0], np.array([1.0, 2, 3])), _blok(("a", "c"), [1, 0], None)])
    assert list(tabel.columns) == list(RESULTAAT)
    for naam in TEKST:
        assert list(tabel[naam]) == ["b", "a", "b", "c", "a"], naam
        assert tabel[naam].dtype == "str"
    assert tabel["waarde"].iloc[:3].tolist() == [1, 2, 3]
    assert tabel["waarde"].iloc[3:].isna().all()
    assert tabel["noemer"].isna().all()


def test_niets_geeft_een_lege_tabel():
    tabel = samen([])
    assert list(tabel.columns) == list(RESULTAAT)
    assert tabel.empty


@pytest.fixture
def con():
    motor = verbinding()
    yield motor
    motor.disconnect()


def _bewaard(con):
    return con.con.execute("SELECT count(*) FROM duckdb_tables() WHERE table_name LIKE 'bewaard_%'").fetchone()[0]


def test_bewaard_is_dezelfde_tabel_en_verdwijnt_met_wie_haar_kent(con):
    import ibis

    rijen = pd.DataFrame({"a": [1, 2, 2], "b": ["x", None, "y"]})
    bron = con.create_table("bron", rijen, temp=True)
    tel = bron.inner_join(ibis.memtable(pd.DataFrame({"a": [2]})), "a").pipe(bewaar)
    assert tel.schema() == bron.schema()
    assert tel.order_by("b").to_pandas()["b"].tolist()[0] == "y"
    afgeleid = tel.group_by("a").agg(n=tel.count())
    del tel
    assert getallen(afgeleid).to_dict("list") == {"a": [2], "n": [2]}
    assert _bewaard(con) == 1
    del afgeleid
    import gc

    gc.collect()
    assert _bewaard(con) == 0
