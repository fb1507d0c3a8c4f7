"""Signals by hand: one rule a test, on cases of which the answer is plain; nothing about a person comes out."""

from __future__ import annotations

from datetime import date
from itertools import count

import pandas as pd
import pytest
from basis_bouwer import bouw, dag, leveringen_van, params_met, spell

from analyse.meten.signalen import KOLOMMEN, SIGNALEN, signalen
from analyse.meten.signalen.combinaties import vreemde_paren

NUMMER = count(1000)


def w(begin: str, eind: str | None = None, **anders: object) -> dict:
    """A toewijzing with defaults."""
    vast = {"persoon_nr": 1, "gemeente": "GM0200", "domein": "Jw", "aanbieder": "A1", "verwijzer": "01"}
    product = {"productcategorie": "45", "productcode": "45A01", "hulpvorm": "02"}
    rij = {**vast, **product, "toewijzingnummer": str(next(NUMMER)), "ingangsdatum": dag(begin)}
    return {**rij, "einddatum": dag(eind), **anders}


LAATSTE = date(2025, 12, 31)


def maak(map_, toewijzingen: list[dict], declaraties: list[dict] = ()) -> pd.DataFrame:
    """Signals of these toewijzingen, each with a spell that runs as long."""
    velden = ("persoon_nr", "gemeente", "domein", "aanbieder", "hulpvorm", "toewijzingnummer")
    spells = []
    for r in toewijzingen:
        eind = str(r["einddatum"]) if r["einddatum"] and r["einddatum"] <= LAATSTE else None
        spells.append(spell(str(r["ingangsdatum"]), eind, **{k: r[k] for k in velden}))
    basis = bouw(map_, spells, toewijzingen=toewijzingen, declaraties=list(declaraties))
    return signalen(basis, params_met())


def nummers(tabel: pd.DataFrame, signaal: str) -> set[str]:
    return set(tabel.loc[tabel["signaal"].eq(signaal), "toewijzingnummer"])


def declaratie(r: dict, maand: str, cent: int, **anders: object) -> dict:
    velden = ("persoon_nr", "gemeente", "domein", "aanbieder", "hulpvorm", "toewijzingnummer", "productcategorie",
              "productcode")  # fmt: skip
    vast = {"maand": dag(maand), "bedrag_cent": cent, "toegekend": True, "volume": 1, "eenheid": "04"}
    return {**{k: r[k] for k in velden}, **vast, **anders}


def test_generiek_en_zonder_einddatum(tmp_path):
    """On a whole categorie, and without end; what was over a year ago is past mending."""
    heel = w("2025-01-01", "2026-06-30", productcode=None)
    open_ = w("2024-01-01", persoon_nr=2)
    oud = w("2023-01-01", "2024-12-31", productcode=None, persoon_nr=3)
    anders = w("2024-01-01", None, persoon_nr=4, productcode=None, domein="Wmo")
    tabel = maak(tmp_path, [heel, open_, oud, anders], [declaratie(heel, "2025-03-01", 12_300)])
    assert nummers(tabel, "generiek") == {heel["toewijzingnummer"]}
    assert nummers(tabel, "zonder_einddatum") == {open_["toewijzingnummer"]}
    rij = tabel[tabel["signaal"].eq("generiek")].iloc[0]
    assert (rij["euro_cent"], rij["productcode"], rij["begin"].date()) == (
        12_300,
        "categorie 45",
        date(2025, 1, 1),
    )


def test_geld_is_van_de_laatste_twaalf_maanden(tmp_path):
    open_ = w("2023-01-01")
    geld = [
        declaratie(open_, "2024-12-01", 5),
        declaratie(open_, "2025-01-01", 70),
        declaratie(open_, "2025-12-01", 800),
    ]
    tabel = maak(tmp_path, [open_], [*geld, declaratie(open_, "2025-06-01", 9_000, toegekend=False)])
    assert tabel.loc[tabel["signaal"].eq("zonder_einddatum"), "euro_cent"].tolist() == [870]


def test_langlopend_telt_verlengingen_samen(tmp_path):
    """Three years under two numbers: the second is on the list; one day under two years is not."""
    a, b = w("2022-12-01", "2024-06-30"), w("2024-07-01", "2026-06-30")
    net, niet = w("2023-12-31", persoon_nr=2), w("2024-01-01", persoon_nr=3)
    tabel = maak(tmp_path, [a, b, net, niet])
    assert nummers(tabel, "langlopend") == {b["toewijzingnummer"], net["toewijzingnummer"]}
    uitleg = tabel.loc[
        tabel["toewijzingnummer"].eq(b["toewijzingnummer"]) & tabel["signaal"].eq("langlopend"), "uitleg"
    ]
    assert "3,1 jaar" in uitleg.iloc[0]


def test_meer_verwijzers_in_een_jaar(tmp_path):
    """Two kinds in a year; unknown, none and last year's don't count, neither does another child."""
    a, b = w("2025-02-01", verwijzer="02"), w("2025-09-01", verwijzer="04", aanbieder="A2")
    los = [w("2025-02-01", verwijzer=v, persoon_nr=2) for v in ("02", "06", "onbekend", None)]
    eerder = [w("2024-12-31", verwijzer="04", persoon_nr=3), w("2025-02-01", verwijzer="02", persoon_nr=3)]
    tabel = maak(tmp_path, [a, b, *los, *eerder])
    assert nummers(tabel, "meer_verwijzers") == {a["toewijzingnummer"], b["toewijzingnummer"]}
    uitleg = tabel.loc[tabel["signaal"].eq("meer_verwijzers"), "uitleg"]
    assert uitleg.str.contains(f"{a['toewijzingnummer']} (huisarts)", regex=False).all()


@pytest.mark.parametrize(
    ("derde", "raak"),
    [
        ({}, True),
        ({"volume": 5}, False),
        ({"productcode": "45A02"}, False),
        ({"aanbieder": "A2"}, False),
        ({"ingangsdatum": dag("2025-03-01")}, False),  # two months later
    ],
)
def test_verlengd_zonder_wijziging(tmp_path, derde, raak):
    """Twice extended with the same help and volume; one thing else and the chain is broken."""
    omvang = {"volume": 4, "eenheid": "04", "frequentie": "2"}
    keten = [w("2023-01-01", "2023-12-31", **omvang), w("2024-01-01", "2024-12-31", **omvang)]
    laatste = w("2025-01-01", "2025-12-31", **{**omvang, **derde})
    tabel = maak(tmp_path, [*keten, laatste])
    assert nummers(tabel, "verlengd_zonder_wijziging") == ({laatste["toewijzingnummer"]} if raak else set())


def test_verlengd_onder_hetzelfde_nummer(tmp_path):
    """The end of one number moved twice; once; and once in each of two numbers of the same help."""
    twee, een = w("2023-01-01", "2026-03-31", verlengd=2), w("2023-01-01", "2026-03-31", verlengd=1, persoon_nr=2)
    keten = [w("2023-01-01", "2024-12-31", verlengd=1, persoon_nr=3), w("2025-01-01", "2026-12-31", persoon_nr=3)]
    tabel = maak(tmp_path, [twee, een, *keten])
    assert nummers(tabel, "verlengd_zonder_wijziging") == {r["toewijzingnummer"] for r in (twee, keten[1])}
    assert (
        tabel.loc[tabel["toewijzingnummer"].eq(twee["toewijzingnummer"]), "uitleg"]
        .str.contains("2 keer verlengd")
        .any()
    )


def test_boven_toewijzing(tmp_path):
    """Ten hours a month for two months: thirty hours is ten too many, twenty is not; a budget counts in cents."""
    omvang = {"volume": 10, "eenheid": "04", "frequentie": "4"}
    veel, goed = w("2025-02-01", "2025-03-31", **omvang), w("2025-02-01", "2025-03-31", persoon_nr=2, **omvang)
    pot = w("2025-02-01", "2025-03-31", persoon_nr=3, budget_cent=10_000)
    geld = [
        declaratie(veel, "2025-02-01", 15_000, volume=15 * 60, eenheid="01"),
        declaratie(veel, "2025-03-01", 15_000, volume=15),
        declaratie(goed, "2025-02-01", 20_000, volume=20),
        declaratie(pot, "2025-02-01", 10_500, eenheid="82"),
    ]
    tabel = maak(tmp_path, [veel, goed, pot], geld)
    deel = tabel[tabel["signaal"].eq("boven_toewijzing")].set_index("toewijzingnummer")
    assert deel["euro_cent"].to_dict() == {veel["toewijzingnummer"]: 10_000, pot["toewijzingnummer"]: 500}
    assert "150 procent" in deel.loc[veel["toewijzingnummer"], "uitleg"]


def test_eindigt_op_de_peildatum_loopt_nog(tmp_path):
    """Two years of help whose toewijzing ends on the peildatum runs; one that ended the day before doesn't."""
    net, niet = w("2023-01-01", "2025-12-31"), w("2023-01-01", "2025-12-30", persoon_nr=2)
    velden = ("persoon_nr", "gemeente", "domein", "aanbieder", "hulpvorm", "toewijzingnummer")
    spells = [spell("2023-01-01", None, **{k: r[k] for k in velden}) for r in (net, niet)]
    tabel = signalen(bouw(tmp_path, spells, toewijzingen=[net, niet]), params_met())
    assert nummers(tabel, "langlopend") == {net["toewijzingnummer"]}


def test_maand_die_precies_een_jaar_terug_begint_telt_niet(tmp_path):
    """With the peildatum on the first of a month twelve months count, not thirteen."""
    open_ = w("2023-01-01")
    spells = [spell("2023-01-01", None, toewijzingnummer=open_["toewijzingnummer"])]
    geld = [declaratie(open_, "2024-12-01", 5), declaratie(open_, "2025-12-01", 70)]
    leveringen = leveringen_van(peildatum=date(2025, 12, 1))
    basis = bouw(tmp_path, spells, toewijzingen=[open_], declaraties=geld, leveringen=leveringen)
    tabel = signalen(basis, params_met())
    assert tabel.loc[tabel["signaal"].eq("zonder_einddatum"), "euro_cent"].tolist() == [70]


@pytest.mark.parametrize(("begin", "raak"), [("2025-01-31", True), ("2025-02-01", True), ("2025-02-02", False)])
def test_verlenging_volgt_binnen_een_maand(tmp_path, begin, raak):
    """32 days from the last day of one to the first of the next, and not a day more."""
    keten = [w("2023-01-01", "2023-12-31"), w("2024-01-01", "2024-12-31"), w(begin, "2025-12-31")]
    tabel = maak(tmp_path, keten)
    assert nummers(tabel, "verlengd_zonder_wijziging") == ({keten[2]["toewijzingnummer"]} if raak else set())


def test_overlap_is_geen_verlenging(tmp_path):
    """Two that share a day run beside each other."""
    keten = [w("2023-01-01", "2023-12-31"), w("2024-01-01", "2024-12-31"), w("2024-12-31", "2025-12-31")]
    assert nummers(maak(tmp_path, keten), "verlengd_zonder_wijziging") == set()


@pytest.mark.parametrize(("cent", "raak"), [(10_100, False), (10_101, True)])
def test_een_procent_erboven_is_afronding(tmp_path, cent, raak):
    pot = w("2025-02-01", "2025-03-31", budget_cent=10_000)
    tabel = maak(tmp_path, [pot], [declaratie(pot, "2025-02-01", cent, eenheid="82")])
    assert nummers(tabel, "boven_toewijzing") == ({pot["toewijzingnummer"]} if raak else set())


def paren(tellingen: dict[tuple[str, ...], int]) -> pd.DataFrame:
    """Children with these products."""
    rijen, nr = [], 0
    for producten, aantal in tellingen.items():
        for _ in range(aantal):
            nr += 1
            rijen += [(nr, product) for product in producten]
    return pd.DataFrame(rijen, columns=["persoon_nr", "product"])


def test_vreemd_paar_is_zeldzamer_dan_toeval():
    """A and D are common but hardly ever together; A and B are, C is too rare to say anything of."""
    tabel = vreemde_paren(paren({("A", "B"): 100, ("D", "E"): 100, ("A", "D"): 2, ("B", "C"): 3, ("A",): 500}))
    # 205 children with two products, 102 with A and 102 with D: chance gives fifty.
    gevonden = {(r.a, r.b): (r.samen, round(r.verwacht, 1)) for r in tabel.itertuples()}
    assert gevonden == {("A", "D"): (2, 50.8)}


@pytest.mark.parametrize(("aantal", "raak"), [(20, True), (19, False)])
def test_vreemd_paar_vraagt_twintig_kinderen(aantal, raak):
    """A product that nineteen children have says nothing about what it goes with."""
    tabel = vreemde_paren(paren({("A", "B"): 500, ("D", "E"): aantal - 1, ("A", "D"): 1}))
    assert (("A", "D") in set(zip(tabel["a"], tabel["b"], strict=True))) == raak


def test_vreemde_combinatie_loopt_samen(tmp_path):
    """Only toewijzingen of the odd pair that run on the same days."""
    rijen = []
    for nr, (een, twee) in enumerate(
        [("45A01", "45A02")] * 60 + [("54001", "54002")] * 60 + [("45A01", "54001")] * 3
    ):
        # The last three: together, on one day only, and one day too late.
        tweede = {121: "2025-09-30", 122: "2025-10-01"}.get(nr, "2025-06-01")
        rijen.append(w("2025-01-01", "2025-09-30", persoon_nr=nr + 1, productcode=een))
        rijen.append(w(tweede, "2025-12-31", persoon_nr=nr + 1, productcode=twee, aanbieder="A2"))
    tabel = maak(tmp_path, rijen)
    samen = {rijen[plek]["toewijzingnummer"] for plek in range(240, 244)}
    assert nummers(tabel, "vreemde_combinatie") == samen


def test_vorm_zonder_personen(tmp_path):
    """Fixed columns, fixed order, no person; an unusable gemeente and an empty delivery give nothing."""
    toewijzingen = [w("2024-01-01"), w("2023-01-01", productcode=None, gemeente="GM0213", persoon_nr=2)]
    tabel = maak(tmp_path / "a", toewijzingen)
    assert tuple(tabel.columns) == KOLOMMEN and not {"persoon_nr", "persoon"} & set(KOLOMMEN)
    assert set(tabel["signaal"]) <= set(SIGNALEN) and tabel["gemeente"].is_monotonic_increasing
    assert tabel["euro_cent"].dtype == "int64"
    leeg = maak(tmp_path / "b", [])
    assert leeg.empty and tuple(leeg.columns) == KOLOMMEN
