"""The national funnel: the share that CBS prints, judged by size, and neighbours for every gemeente."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyse.cbs.landelijk import buren_van, landelijk
from analyse.kern.vergelijking import BUREN, LANDELIJK, Vergelijking
from analyse.referentie import Referentie

REFERENTIE = Referentie(Path(__file__).resolve().parents[2] / "data" / "referentie")
REGIO = ("GM0200", "GM0213", "GM0232", "GM0244", "GM0246", "GM0262", "GM0285", "GM0301")


@pytest.fixture(scope="module")
def tabel():
    return landelijk(REFERENTIE.cbs_alle, REFERENTIE.gemeentenamen)


def test_alle_gemeenten_met_het_cijfer_van_het_cbs(tabel):
    assert tuple(tabel.columns) == LANDELIJK and len(tabel) == 345
    apeldoorn = tabel.set_index("gebied").loc["GM0200"]
    assert (apeldoorn["naam"], apeldoorn["waarde"]) == ("Apeldoorn", 14.4)
    assert apeldoorn["doel"] == pytest.approx(13.2)
    assert apeldoorn["status"] == "voorlopig" and apeldoorn["bron"] == "CBS StatLine 85098NED"


def test_grootte_past_bij_de_aantallen_van_het_cbs(tabel):
    """Young people with jeugdzorg under 18 over the share gives nearly the same group: it is a share of 0–17."""
    alle = REFERENTIE.cbs_alle
    jong = alle[alle["maat"].eq("jongeren_jeugdzorg") & alle["periode"].eq("2022")]
    jong = jong[jong["categorie"].isin(["0-3", "4-11", "12-17"])].groupby("gebied")["waarde"].sum(min_count=3)
    eigen = tabel.set_index("gebied")
    verhouding = (jong / (eigen["waarde"] / 100) / eigen["grootte"]).dropna()
    assert verhouding.median() == pytest.approx(1.0, abs=0.03)


def test_weinig_signalen_en_nooit_smaller_dan_toeval(tabel):
    """Widened by what gemeenten differ; thirteen stay outside, none of them of this region."""
    assert tabel["signaal"].sum() == 13 and not tabel.loc[tabel["gebied"].isin(REGIO), "signaal"].any()
    assert (tabel["onder_998"] < tabel["onder_95"]).all() and (tabel["boven_998"] > tabel["boven_95"]).all()
    assert tabel["methode"].str.contains("overdispersie").all()


def test_buren_lijken_en_zijn_er_vijf():
    buren = buren_van(REFERENTIE.cbs_alle, (*REGIO, "GM9999"))
    assert tuple(buren.columns) == BUREN
    assert buren.groupby("gebied").size().to_dict() == dict.fromkeys(REGIO, 5)
    assert (buren["gebied"] != buren["buur"]).all()


def test_zonder_cijfers_leeg_en_zonder_land_het_gemiddelde(tabel):
    alle = REFERENTIE.cbs_alle
    assert landelijk(alle.iloc[:0], {}).empty
    zonder = landelijk(alle[alle["gebied"].ne("NL")], REFERENTIE.gemeentenamen)
    samen = (tabel["waarde"] * tabel["grootte"]).sum() / tabel["grootte"].sum()
    assert zonder["doel"].iloc[0] == pytest.approx(samen) and samen == pytest.approx(13.2, abs=0.2)


def test_vergelijking_leest_wat_zij_schreef(tmp_path, tabel):
    leeg = Vergelijking.leeg()
    Vergelijking(leeg.maanden, leeg.leeftijd, tabel, buren_van(REFERENTIE.cbs_alle, REGIO)).schrijf(tmp_path)
    terug = Vergelijking.lees(tmp_path)
    assert terug.landelijk.equals(tabel) and len(terug.buren) == 40 and terug.maanden.empty
