"""Trajecten: what is merged, whose verwijzer and reason stay, and who had help before."""

from __future__ import annotations

import ibis
import pandas as pd
import pyarrow as pa
import pytest
from basis_bouwer import TYPEN, spell

from analyse.kern.motor import verbinding
from analyse.kern.schema import BASIS
from analyse.meten.trajecten import maak_trajecten, met_herhaald
from analyse.params import Rekenregels

CON = verbinding(threads=1)


def maak(*spells: dict, **regels) -> pd.DataFrame:
    """Trajecten with their lengths as text, sorted by begin."""
    kolommen = BASIS["spells"]
    schema = pa.schema([(naam, TYPEN[soort]) for naam, soort in kolommen.items()])
    tabel = ibis.memtable(pa.Table.from_pylist([{k: s.get(k) for k in kolommen} for s in spells], schema=schema))
    uit = met_herhaald(maak_trajecten(tabel, Rekenregels(**regels)), jaren=regels.get("terugblik_jaren", 5))
    uit = CON.execute(uit).sort_values(["begin", "slot"]).reset_index(drop=True)
    eind = uit["slot"].dt.strftime("%Y-%m-%d").where(~uit["open"], "open")
    return uit.assign(van_tot=uit["begin"].dt.strftime("%Y-%m-%d") + "/" + eind)


def van_tot(*spells: dict, **regels) -> list[str]:
    return maak(*spells, **regels)["van_tot"].tolist()


def test_aansluitend_is_een_traject():
    """The default: touching spells merge; CBS-strict: only overlap."""
    twee = spell("2024-01-01", "2024-02-29"), spell("2024-03-01", "2024-05-31")
    assert van_tot(*twee) == ["2024-01-01/2024-05-31"]
    assert van_tot(*twee, max_gat_dagen=-1) == ["2024-01-01/2024-02-29", "2024-03-01/2024-05-31"]
    assert van_tot(*twee, definitie="cbs") == van_tot(*twee, max_gat_dagen=-1)


@pytest.mark.parametrize(
    "anders", [{"gemeente": "GM0213"}, {"persoon_nr": 2}, {"aanbieder": "A2"}, {"hulpvorm": "04"}]
)
def test_andere_sleutel_is_een_ander_traject(anders):
    assert len(van_tot(spell("2024-01-01", "2024-02-29"), spell("2024-02-01", "2024-05-31", **anders))) == 2


@pytest.mark.parametrize(
    ("reden", "wijziging", "samen"),
    [
        ("36", None, True),
        ("37", None, True),
        ("31", None, False),
        ("38", None, False),
        ("20", None, False),
        *((None, code, True) for code in ("03", "10", "11", "14")),
        ("", "14", True),
        (None, "01", False),
        (None, None, False),
        ("31", "14", False),  # a stop reason goes before the change of the toewijzing
        ("36", "01", True),
    ],
)
def test_administratief_einde(reden, wijziging, samen):
    """A gap of thirty days is bridged after an end on paper only."""
    eerste = spell("2024-01-01", "2024-01-31", reden_beeindiging=reden, reden_wijziging=wijziging)
    tweede = spell("2024-03-02", "2024-05-31")
    assert len(van_tot(eerste, tweede)) == (1 if samen else 2)
    assert len(van_tot(eerste, tweede, administratief_doortellen=False)) == 2


def test_brug_is_hoogstens_31_dagen():
    eerste = spell("2024-01-01", "2024-01-31", reden_beeindiging="36")
    assert len(van_tot(eerste, spell("2024-03-03", None))) == 1
    assert len(van_tot(eerste, spell("2024-03-04", None))) == 2
    assert len(van_tot(eerste, spell("2024-03-04", None), administratief_gat_dagen=32)) == 1


def test_groot_gat_geldt_ook_na_administratief_einde():
    """`max_gat_dagen` above the bridge is the wider of the two."""
    eerste = spell("2024-01-01", "2024-01-31", reden_beeindiging="36")
    assert len(van_tot(eerste, spell("2024-04-01", None), max_gat_dagen=60)) == 1


def test_open_zodra_er_een_open_is():
    assert van_tot(spell("2024-01-01", None), spell("2024-02-01", "2024-02-10")) == ["2024-01-01/open"]


def test_verwijzer_van_de_eerste_en_reden_van_de_laatste():
    uit = maak(
        spell("2024-03-01", "2024-03-31", verwijzer="04", sggz=True, reden_beeindiging="31"),
        spell("2024-01-01", "2024-02-29", verwijzer="02", datumbron_begin="toewijzing", reden_beeindiging="36"),
        spell("2024-03-05", "2024-03-10", verwijzer="08", reden_beeindiging="33", datumbron_eind="declaratie"),
    )
    rij = uit.iloc[0]
    assert (len(uit), rij["spells"], rij["verwijzer"], rij["sggz"], rij["reden"]) == (1, 3, "02", False, "31")
    assert not rij["begin_gemeld"] and rij["eind_gemeld"]


def test_gelijke_eerste_dag_bekende_verwijzer_gaat_voor():
    """Two spells open a traject on one day: the known verwijzer counts, and one reported date is enough."""
    een = spell("2024-01-01", "2024-03-31", verwijzer="onbekend", datumbron_begin="toewijzing")
    twee = spell("2024-01-01", "2024-02-29", verwijzer="05", toewijzingnummer="9")
    for rijen in ((een, twee), (twee, een)):
        uit = maak(*rijen).iloc[0]
        assert (uit["verwijzer"], bool(uit["begin_gemeld"])) == ("05", True)


def test_gelijke_laatste_dag_administratief_gaat_voor():
    een = spell("2024-01-01", "2024-03-31", reden_beeindiging="36", datumbron_eind="toewijzing")
    twee = spell("2024-02-01", "2024-03-31", reden_beeindiging="31")
    for rijen in ((een, twee), (twee, een)):
        uit = maak(*rijen).iloc[0]
        assert (uit["reden"], bool(uit["eind_gemeld"])) == ("36", True)


def test_lopend_traject_heeft_geen_reden():
    uit = maak(spell("2024-01-01", None, datumbron_eind=None)).iloc[0]
    assert pd.isna(uit["reden"]) and uit["open"] and uit["slot"] == pd.Timestamp("2200-01-01")


@pytest.mark.parametrize(
    ("eind_eerder", "begin", "herhaald"),
    [
        ("2023-12-30", "2024-01-01", True),  # one day without help
        ("2023-12-31", "2024-01-01", False),  # touching is no repetition
        ("2019-01-01", "2024-01-01", True),  # five years to the day
        ("2018-12-31", "2024-01-01", False),
        ("2019-02-28", "2024-02-29", True),  # five years before 29 February is the 28th
        ("2019-02-27", "2024-02-29", False),
    ],
)
def test_herhaald(eind_eerder, begin, herhaald):
    """Earlier help counts wherever and whatever it was."""
    eerder = spell("2010-01-01", eind_eerder, gemeente="GM0301", aanbieder="A9", hulpvorm="14")
    uit = maak(eerder, spell(begin, None))
    assert uit["herhaald"].tolist() == [False, herhaald]


def test_herhaald_kijkt_naar_de_laatste_hulp_ervoor():
    """Help that goes on over the begin hides nothing that ended before it."""
    uit = maak(
        spell("2020-01-01", "2020-12-31"),
        spell("2022-01-01", "2024-12-31", aanbieder="A2"),
        spell("2023-06-01", None, aanbieder="A3"),
    )
    assert uit["herhaald"].tolist() == [False, True, True]


def test_herhaald_met_kortere_terugblik():
    eerder, nu = spell("2020-01-01", "2021-12-31"), spell("2024-01-01", None)
    assert maak(eerder, nu, terugblik_jaren=2)["herhaald"].tolist() == [False, False]
    assert maak(eerder, nu, terugblik_jaren=3)["herhaald"].tolist() == [False, True]
