"""Titles as CBS prints them, and what they mean here."""

from __future__ import annotations

import re

import pytest

from analyse.cbs.tabellen import TABELLEN, betekenis

# Rows of 85099NED and 83454NED as StatLine shows them.
VORMEN = {
    "JZ Totaal jeugdzorg": "jeugdzorg:totaal",
    "JZ Totaal jeugdzorg in natura": "jeugdzorg_in_natura:totaal",
    "JH 1 Totaal jeugdhulp": "jeugdhulp_met_pgb:totaal",
    "JH 11 Jeugdhulp PGB": None,
    "JH 12 Totaal jeugdhulp in natura": "jeugdhulp:totaal",
    "JH 121 Totaal jeugdhulp zonder verblijf": "jeugdhulp_zonder_verblijf:totaal",
    "JH 1211 Uitgevoerd door wijkteam": "jeugdhulp:01",
    "JH 1212 Niet uitgevoerd door wijkteam": None,
    "JH 12121 Ambulante JH op loc. aanbieder": "jeugdhulp:02",
    "JH 12122 Daghulp op locatie aanbieder": "jeugdhulp:03",
    "JH 12123 JH in het netwerk v.d. jongere": "jeugdhulp:04",
    "JH 122 Totaal jeugdhulp met verblijf": "jeugdhulp_met_verblijf:totaal",
    "JH 1221 Pleegzorg": "jeugdhulp:11",
    "JH 1222 Gezinsgericht": "jeugdhulp:12",
    "JH 1223 Gesloten plaatsing": "jeugdhulp:13",
    "JH 1224 Ander verblijf bij JH-aanbieder": "jeugdhulp:14",
    "JB 1 Totaal jeugdbescherming": "jeugdbescherming:totaal",
    "JB 11 Totaal ondertoezichtstelling": None,
    "JR 1 Totaal jeugdreclassering": "jeugdreclassering:totaal",
    "JH met verblijf (Zin+PGB)": "jeugdhulp_met_verblijf:totaal",
    "Niet uitgevoerd door wijkteam": None,
}
VERWIJZERS = {
    "Totaal verwijzer": "totaal",
    "Gemeentelijke toegang": "01",
    "Huisarts": "02",
    "Jeugdarts": "03",
    "Gecertificeerde instelling (GI)": "04",
    "Medisch specialist": "05",
    "Geen verwijzer": "06",
    "Rechter, officier van justitie": "08",
    "Verwijzer onbekend": "onbekend",
}


@pytest.mark.parametrize(("titel", "verwacht"), VORMEN.items())
@pytest.mark.parametrize("tabel", ["85099NED", "83454NED"])
def test_vormen(tabel, titel, verwacht):
    assert betekenis(TABELLEN[tabel].rijen, titel) == verwacht


@pytest.mark.parametrize(("titel", "verwacht"), VERWIJZERS.items())
def test_verwijzers(titel, verwacht):
    assert betekenis(TABELLEN["85097NED"].rijen, titel) == verwacht


@pytest.mark.parametrize("tabel", TABELLEN.values(), ids=list(TABELLEN))
def test_elke_tabel_klopt_in_zichzelf(tabel):
    """A maat with a gap needs a dimension that fills it, and every pattern is a pattern."""
    vult_in = any(":" in woord for _, woord in tabel.rijen)
    assert all(("{}" in kolom.maat) == vult_in for kolom in tabel.kolommen)
    for patroon, _ in (*tabel.rijen, *tabel.soorten, *tabel.vast):
        re.compile(patroon)
    assert bool(tabel.indeling) == bool(tabel.rijen) and bool(tabel.soort) == bool(tabel.soorten)
