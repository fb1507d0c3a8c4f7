"""Run-off, decomposition, pgb, ledger and aanbieders of a Basis: by hand, and what can't be delivered."""

from __future__ import annotations

import math
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from basis_bouwer import leveringen_van, params_met, spell
from geldregio import geldregio
from hypothesis import given, settings
from hypothesis import strategies as st
from test_uitgaven import bouw, meet_klein, regel, rij

from analyse.kern.fouten import ParameterFout
from analyse.meten import aansluiting_per_groep, dekking, maandtabellen, meet, uitgaven_per_maand
from analyse.meten.aanbieders import AANTAL, CONCENTRATIE, TOETREDERS, UITTREDERS
from analyse.meten.afloop_uitgaven import VERWACHT, VERWACHT_JAAR
from analyse.meten.begroting import AANSLUITING, Aansluiting, lees_taakvelden
from analyse.meten.bron import Bron
from analyse.meten.uitgaven import BEDRAG
from analyse.meten.uitgaven_bron import Geld
from analyse.meten.uitgaven_pgb import LANDELIJK, LANDELIJK_EURO, PGB, PGB_AANDEEL
from analyse.meten.uitgaven_verschil import INDICATOREN as DELEN


def geld_van(map_, declaraties, **tabellen) -> Geld:
    basis = bouw(map_, [spell("2022-01-01")], declaraties=declaraties, **tabellen)
    return Geld(Bron(basis, params_met()))


# The parts of a change


@pytest.mark.parametrize("zaad", [1, 2])
def test_delen_zijn_het_verschil_met_een_jaar_eerder(tmp_path, zaad):
    """On messy regions: the five parts are the difference of two amounts, for every gemeente and the region."""
    regio = geldregio(zaad, aantal=60)
    basis = bouw(tmp_path, regio["spells"], declaraties=regio["declaraties"])
    meting = meet(basis, params=params_met(BEDRAG, *DELEN), bevolking=pd.DataFrame(columns=["leeftijd"]))
    delen = pd.concat([meting.kies(naam) for naam in DELEN])
    som = delen.groupby(["gebied", "periode"])["waarde"].sum(min_count=len(DELEN))
    bedrag = meting.kies(BEDRAG).set_index(["gebied", "periode"])["waarde"].unstack()
    verschil = (bedrag - bedrag.shift(2, axis=1)).stack().reindex(som.index)
    gemeenten = som.notna() & (som.index.get_level_values("gebied") != "REGIO")
    assert gemeenten.sum() > 20
    np.testing.assert_allclose(som[gemeenten], verschil[gemeenten], atol=1e-6)
    per_periode = som[gemeenten].groupby("periode").sum()
    np.testing.assert_allclose(som["REGIO"].reindex(per_periode.index), per_periode, atol=1e-6)


def test_indexatie_en_prijs(tmp_path):
    """Euros rise by 3.5 % with equal hours: all of it indexation; minutes are hours, and so for lines in euros."""
    uur = {"productcode": "45A04", "productcategorie": "45", "eenheid": "04", "volume": 10}
    minuut = {**uur, "eenheid": "01", "volume": 600}
    los = {"productcode": "50A01", "productcategorie": "50", "eenheid": "83", "volume": 100_000}
    regels = [
        *(regel("2023-01", 100_000, **soort) for soort in (uur, los)),
        *(regel("2024-01", 103_500, **soort) for soort in (minuut, los)),
    ]
    meting = meet_klein(tmp_path, regels, *DELEN)
    gevonden = {naam.rpartition("_")[2]: rij(meting, naam, "2024-H1")["waarde"] for naam in DELEN}
    assert gevonden.pop("index") == pytest.approx(70)
    assert all(waarde == pytest.approx(0, abs=1e-9) for waarde in gevonden.values())


def test_verschil_vraagt_een_heel_jaar_ervoor(tmp_path):
    """Declarations begin in March 2023: the first half-year isn't whole, so the first comparison is 2024-H2."""
    meting = meet_klein(tmp_path, [regel("2023-03", 100), regel("2023-08", 100), regel("2024-08", 300)], *DELEN)
    naam = "uitgaven.verschil_mix"
    assert rij(meting, naam, "2024-H1")["status"] == "niet_leverbaar"
    assert rij(meting, naam, "2024-H2")["status"] == "definitief"
    assert rij(meting, naam, "2024-H1", "REGIO")["status"] == "niet_leverbaar"


# Run-off


def in_delen(maanden: int = 36, *, laatste: date = date(2025, 12, 31), bedrag: int = 100_000) -> list[dict]:
    """Every month the same amount: half in the month after, 30 % a month later, 20 % after that."""
    uit = []
    for n in range(maanden):
        maand = date(2023 + n // 12, n % 12 + 1, 10)
        for later, deel in ((30, 0.5), (61, 0.3), (92, 0.2)):
            dag = maand + timedelta(days=later)
            if dag <= laatste:
                uit.append(regel(f"{maand:%Y-%m}", int(bedrag * deel), dagtekening=dag))
    return uit


def test_afloop_vindt_wat_nog_komt(tmp_path):
    """A steady run-off is completed to the cent; the last month, still empty, gets the mean of the year before."""
    meting = meet_klein(tmp_path, in_delen(), BEDRAG, VERWACHT, VERWACHT_JAAR)
    half, jaar = rij(meting, VERWACHT, "2025-H2"), rij(meting, VERWACHT_JAAR, "2025-H2")
    assert rij(meting, BEDRAG, "2025-H2")["waarde"] == 4_300
    assert half["waarde"] == pytest.approx(6_000) and jaar["waarde"] == pytest.approx(12_000)
    assert half["methode"] == "afloop_mack+1_geschatte_maanden"
    assert half["onder"] <= half["waarde"] <= half["boven"]
    klaar = rij(meting, VERWACHT, "2024-H2")
    assert klaar[["waarde", "onder", "boven", "methode"]].tolist() == [6_000, 6_000, 6_000, "afloop_mack"]


def test_afloop_zonder_genoeg_maanden(tmp_path):
    """Under twelve months, or months without day of declaration: no estimate rather than a bad one."""
    kort = meet_klein(tmp_path / "a", [r for r in in_delen() if r["maand"] >= date(2025, 7, 1)], VERWACHT)
    assert rij(kort, VERWACHT, "2025-H2")["status"] == "geen_waarneming"
    zonder = [{**r, "dagtekening": None} for r in in_delen()]
    meting = meet_klein(tmp_path / "b", zonder, VERWACHT)
    assert rij(meting, VERWACHT, "2025-H2")["status"] == "niet_leverbaar"
    assert rij(meting, VERWACHT, "2025-H2", "REGIO")["status"] == "niet_leverbaar"


def test_afloop_zegt_niets_over_maanden_die_nog_moeten_komen(tmp_path):
    """On 31 July five months are still to come: no estimate; at the end of October three may be filled in."""
    for dag, status in ((date(2025, 7, 31), "geen_waarneming"), (date(2025, 10, 31), "voorlopig")):
        leveringen = leveringen_van(peildatum=dag)
        meting = meet_klein(tmp_path / str(dag), in_delen(34, laatste=dag), VERWACHT, leveringen=leveringen)
        assert rij(meting, VERWACHT, "2025-H2")["status"] == status, dag


# Pgb


def budget(periode: str, euro: int, persoon: int = 1, gemeente: str = "GM0200") -> dict:
    vast = {"productcategorie": "45", "productcode": "45A04", "hulpvorm": "02"}
    return {**vast, "persoon_nr": persoon, "gemeente": gemeente, "periode": periode, "bedrag_cent": 100 * euro}


def test_pgb_per_maand_half_jaar_en_jaar(tmp_path):
    """A month falls in its half-year, a year is shared out; the region counts a person once; share of all."""
    budgetten = [
        budget("2024-02", 100),
        budget("2024-H1", 50, 2),
        budget("2024", 80),
        budget("2024-08", 5, 1, "GM0213"),
    ]
    meting = meet_klein(tmp_path, [regel("2024-01", 81_000)], PGB, PGB_AANDEEL, pgb=budgetten)
    assert rij(meting, PGB, "2024-H1")[["waarde", "noemer"]].tolist() == [190, 2]
    assert rij(meting, PGB, "2024-H2", "REGIO")[["waarde", "noemer"]].tolist() == [45, 1]
    aandeel = rij(meting, PGB_AANDEEL, "2024-H1")
    assert aandeel[["teller", "noemer", "waarde"]].tolist() == [190, 1_000, 19]
    # GM0213 delivers no declarations, so nothing can be said of its share, nor is it in that of the region.
    assert rij(meting, PGB_AANDEEL, "2024-H2", "GM0213")["status"] == "niet_leverbaar"
    assert rij(meting, PGB_AANDEEL, "2024-H2", "REGIO")["teller"] == 40
    assert rij(meting, PGB, "2023-H2")["status"] == "niet_leverbaar"


def test_landelijk_ingekocht(tmp_path):
    regels = [regel("2024-01", 100, productcategorie="55"), regel("2024-01", 300, productcategorie="45")]
    meting = meet_klein(tmp_path, regels, LANDELIJK)
    assert rij(meting, LANDELIJK, "2024-H1")["waarde"] == 25
    assert rij(meting, LANDELIJK, "2024-H2")["status"] == "geen_waarneming"


def test_bedrag_en_jeugdigen_landelijk_ingekocht(tmp_path):
    """Persons once in the region, and by aanbieder only where there are lines."""
    regels = [
        regel("2024-01", 10_000, productcategorie="55", aanbieder="L1"),
        regel("2024-02", 20_000, productcategorie="55", aanbieder="L2"),
        regel("2024-02", 5_000, productcategorie="55", aanbieder="L2", gemeente="GM0213"),
        regel("2024-02", 90_000, productcategorie="45"),
    ]
    meting = meet_klein(tmp_path, regels, LANDELIJK_EURO)
    assert rij(meting, LANDELIJK_EURO, "2024-H1")[["waarde", "noemer"]].tolist() == [300, 1]
    assert rij(meting, LANDELIJK_EURO, "2024-H1", "REGIO")[["waarde", "noemer"]].tolist() == [350, 1]
    per = meting.kies(LANDELIJK_EURO, gebied="REGIO", periode="2024-H1", per="aanbieder")
    assert per.set_index("aanbieder")["waarde"].to_dict() == {"L1": 100, "L2": 250}


# Ledger


def boeking(jaar: int, taakveld: str, werkelijk: int | None, begroot: int = 0) -> dict:
    cent = None if werkelijk is None else 100 * werkelijk
    return {
        "gemeente": "GM0200",
        "jaar": jaar,
        "taakveld": taakveld,
        "begroot_cent": 100 * begroot,
        "werkelijk_cent": cent,
    }


LEDGER = [
    boeking(2022, "6.72", 200, 190),
    boeking(2022, "6.82", 100),
    boeking(2023, "6.72a", 150),
    boeking(2023, "6.73a", 50),
    boeking(2023, "6.1", 9_999),
    boeking(2024, "6.72a", None, 70),
]
REGELS = [
    regel("2022-01", 12_000, productcategorie="45"),
    regel("2022-01", 6_000, productcategorie="44", hulpvorm="11"),
    regel("2022-07", 7_500, productcategorie="48", hulpvorm=None),
    regel("2023-01", 13_500, productcategorie="45"),
    regel("2023-09", 2_500, productcategorie="44", hulpvorm="11"),
    regel("2024-09", 2_500, productcategorie="45"),
    regel("2021-01", 100, productcategorie="45"),
]


def test_aansluiting_per_groep(tmp_path):
    """Two groups in the old scheme, four in the new; what nobody filled in is unknown; other taakvelden apart."""
    tabel = Aansluiting(geld_van(tmp_path, REGELS, begroting=LEDGER)).tabel.set_index(["jaar", "groep"])
    assert tabel.loc[(2022, "6.72"), ["gedeclareerd", "werkelijk", "begroot", "verschil"]].tolist() == [
        180,
        200,
        190,
        20,
    ]
    assert tabel.loc[(2022, "6.82"), "aandeel"] == 75
    assert tabel.loc[(2023, "6.72"), "aandeel"] == 90 and tabel.loc[(2023, "6.73"), "aandeel"] == 50
    assert tabel.loc[(2023, "overig"), "naam"] == "Overige taakvelden"
    assert tabel.loc[(2024, "6.72"), ["gedeclareerd", "begroot"]].tolist() == [25, 70]
    assert math.isnan(tabel.loc[(2024, "6.72"), "werkelijk"])
    assert (2021, "6.72") not in tabel.index


def test_aansluiting_per_jaar(tmp_path):
    """One figure a year, at its second half; of the whole ledger for youth; none without actual spending."""
    meting = meet_klein(tmp_path, REGELS, AANSLUITING, begroting=LEDGER)
    assert rij(meting, AANSLUITING, "2022-H2")[["teller", "noemer", "waarde"]].tolist() == [255, 300, 85]
    assert rij(meting, AANSLUITING, "2023-H2")["waarde"] == 80
    for periode in ("2022-H1", "2024-H2"):
        assert rij(meting, AANSLUITING, periode)["status"] == "niet_leverbaar"


def test_taakvelden_zoals_meegeleverd():
    """Every hulpvorm and categorie has a taakveld of the 2023 list, and every taakveld a group in both schemes."""
    velden = lees_taakvelden(params_met())
    gevonden = {
        velden.taakveld(str(c), h)
        for c in range(31, 56)
        for h in ("01", "02", "03", "04", "11", "12", "13", "14", "geen")
    }
    assert gevonden <= {f"6.72{x}" for x in "abcd"} | {f"6.73{x}" for x in "abc"} | {f"6.74{x}" for x in "abc"} | {
        "6.82a",
        "6.82b",
    }
    assert {velden.regeling(2022).groep(veld) for veld in gevonden} == {"6.72", "6.82"}
    assert {velden.regeling(2023).groep(veld) for veld in gevonden} == {"6.72", "6.73", "6.74", "6.82"}
    leeg = velden.model_copy(update={"producten": ()})
    with pytest.raises(ParameterFout, match="geen enkel taakveld"):
        leeg.taakveld("45", "02")


# Aanbieders


def test_aanbieders_komen_en_gaan(tmp_path):
    """Unknown aanbieders aren't one; who skips a half-year leaves and comes back; nothing before the first one."""
    spells = [
        spell("2022-01-01", None),
        spell("2022-01-01", "2022-06-30", aanbieder="A2"),
        spell("2023-01-01", "2023-02-01", aanbieder="A2"),
        spell("2022-01-01", None, aanbieder=None, persoon_nr=2),
    ]
    meting = meet_klein(tmp_path, [regel("2022-01", 100)], AANTAL, TOETREDERS, UITTREDERS, spells=spells)
    perioden = ("2022-H1", "2022-H2", "2023-H1", "2023-H2")
    assert [rij(meting, AANTAL, p)["waarde"] for p in perioden] == [2, 1, 2, 1]
    assert [rij(meting, TOETREDERS, p)["waarde"] for p in perioden[1:]] == [0, 1, 0]
    assert [rij(meting, UITTREDERS, p)["waarde"] for p in perioden[1:]] == [1, 0, 1]
    assert rij(meting, TOETREDERS, "2022-H1")["status"] == "geen_waarneming"


@settings(max_examples=10, deadline=None)
@given(st.lists(st.integers(1, 10_000), min_size=1, max_size=9))
def test_concentratie(tmp_path_factory, bedragen):
    """The five largest by hand; net credits are no part of it."""
    regels = [regel("2024-01", euro * 100, aanbieder=f"B{nr}") for nr, euro in enumerate(bedragen)]
    regels.append(regel("2024-01", -500, aanbieder="Z"))
    gevonden = rij(meet_klein(tmp_path_factory.mktemp("c"), regels, CONCENTRATIE), CONCENTRATIE, "2024-H1")
    top = sum(sorted(bedragen)[-5:])
    assert gevonden["teller"] == pytest.approx(top)
    assert gevonden["waarde"] == pytest.approx(100 * top / sum(bedragen))


# Tables beside the result table


def test_per_maand(tmp_path):
    """Months add up to the half-year, measured and expected; an empty month is said to be estimated."""
    basis = bouw(tmp_path, [spell("2022-01-01")], declaraties=in_delen())
    params = params_met(BEDRAG, VERWACHT)
    meting = meet(basis, params=params, bevolking=pd.DataFrame(columns=["leeftijd"]))
    tabel = uitgaven_per_maand(basis, params=params)
    assert set(tabel["gebied"]) == {"GM0200", "REGIO"}
    laatste = tabel[tabel["gebied"].eq("REGIO") & tabel["periode"].ge("2025-07")]
    assert laatste["periode"].tolist() == [f"2025-{maand:02d}" for maand in range(7, 13)]
    assert laatste["bedrag"].sum() == rij(meting, BEDRAG, "2025-H2")["waarde"]
    assert laatste["verwacht"].sum() == pytest.approx(rij(meting, VERWACHT, "2025-H2")["waarde"])
    assert laatste["geschat"].tolist() == [0, 0, 0, 0, 0, 1]


def test_dekking(tmp_path):
    """What lies outside: pgb and the rest of the ledger; within: categorie 55 and lines without toewijzing."""
    regels = [
        regel("2023-01", 10_000, productcategorie="55", toewijzingnummer="1"),
        regel("2023-01", 30_000, productcategorie="45", toewijzingnummer=None),
        regel("2024-01", 10_000, productcategorie="45", toewijzingnummer="2"),
    ]
    ledger = [boeking(2023, "6.72a", 800), boeking(2023, "6.1", 100)]
    basis = bouw(tmp_path, [spell("2022-01-01")], declaraties=regels, begroting=ledger, pgb=[budget("2023", 200)])
    tabel = dekking(basis, params=params_met()).set_index("jaar")
    bedragen = ["gedeclareerd", "landelijk", "zonder_toewijzing", "pgb", "werkelijk", "rest"]
    assert tabel.loc[2023, bedragen].tolist() == [400, 100, 300, 200, 800, 200]
    delen = ["aandeel_gedeclareerd", "aandeel_pgb", "aandeel_rest"]
    assert tabel.loc[2023, delen].tolist() == [50, 25, 25]
    assert tabel.loc[2024, "tegen"] == "declaraties en pgb" and tabel.loc[2024, "aandeel_gedeclareerd"] == 100
    assert aansluiting_per_groep(basis, params=params_met())["groep"].tolist() == ["6.72", "6.74", "overig"]


def test_maandtabellen(tmp_path):
    """Every month, hulpvorm, verwijzer and aanbieder adds up to the amounts; persons once in the region."""
    regels = [
        regel("2024-01", 100, aanbieder="A"),
        regel("2024-01", 50, aanbieder="B", verwijzer="02", gemeente="GM0213"),
        regel("2024-02", 70, persoon_nr=2, hulpvorm=None),
        regel("2024-02", 30, persoon_nr=3),
        regel("2024-02", -30, persoon_nr=3),
    ]
    basis = bouw(tmp_path, [spell("2022-01-01")], declaraties=regels)
    delen = maandtabellen(basis, params=params_met())
    per = delen["delen"].set_index(["gemeente", "periode", "hulpvorm", "verwijzer", "aanbieder"])["bedrag"]
    assert per.groupby(["gemeente", "periode"]).sum().to_dict() == {
        ("GM0200", "2024-01"): 1.0,
        ("GM0200", "2024-02"): 0.7,
        ("GM0213", "2024-01"): 0.5,
    }
    assert per["GM0213", "2024-01"].index.get_level_values("verwijzer").tolist() == ["02"]
    assert "geen" in set(delen["delen"]["hulpvorm"])
    wie = delen["jeugdigen"].set_index(["gebied", "periode"])["aantal"].to_dict()
    # Person 1 has help in two gemeenten; who got all of it back is nobody.
    assert wie == {("GM0200", "2024-01"): 1, ("GM0213", "2024-01"): 1, ("REGIO", "2024-01"): 1,
                   ("GM0200", "2024-02"): 1, ("REGIO", "2024-02"): 1}  # fmt: skip
