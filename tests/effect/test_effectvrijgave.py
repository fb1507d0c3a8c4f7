"""The gate for effects, attacked: nothing that leaves narrows a count further than the half-year gate allows."""

import numpy as np
import pandas as pd
import pytest

from analyse.kern.effecten import Effectmeting, Effectvrijgave, met_euros
from analyse.kern.resultaat import Vrijgave
from analyse.kern.schema import RESULTAAT
from analyse.params import Drempels
from analyse.vrijgave.effecten import BEZET, INTERN, KLEIN, STAPPEN, geef_effecten_vrij

DREMPELS = Drempels()
HALVEN = [f"{jaar}-H{h}" for jaar in (2020, 2021, 2022, 2023, 2024) for h in (1, 2)]
INDICATOR = "trajecten.instroom"
TEKSTEN = (
    *("naam", "onderdeel", "idee", "doelgroep", "eigenaar", "disclaimer", "stand", "stand_datum", "stand_zin"),
    *("reden", "zin", "ontwerp", "waarom_ontwerp", "tegelijk", "tekst"),
)


def rij(maatregel="proef", **anders):
    vast = {
        **dict.fromkeys(TEKSTEN, ""),
        **{"maatregel": maatregel, "indicator": INDICATOR, "oordeel": "niet vast te stellen", "soort": "donoren"},
        **{"eenheid": "procent", "effect": -18.7, "onder": -31.0, "boven": -4.2, "log": np.log(0.813)},
        **{"marge": 0.164, "p": 0.0155, "kleinste": 19.6, "werkelijk": 252.0, "basis": 310.0},
        **{"groep": np.nan, "getoetst": 1},
    }
    return {**vast, **anders}


def meting(aantallen=None, rest=None, *, rijen=None, starts=(("proef", "GM0200"),), **tabellen):
    """A measurement of measures that began in 2023, with a count per gemeente and half-year."""
    aantallen = aantallen or {"GM0200": [60] * 10}
    rijen = rijen or [rij()]
    kwartalen = [f"{h[:4]}-K{2 * int(h[-1]) - k}" for h in HALVEN for k in (1, 0)]
    namen = [r["maatregel"] for r in rijen]
    verloop = [
        {"maatregel": naam, "indicator": INDICATOR, "periode": k, "werkelijk": 30.0,
         "verwacht": 31.0, "onder": 25.0, "boven": 38.0,
         "na": k >= "2023", "verwacht_na": 31.0 if k >= "2023" else 0.0}
        for naam in namen for k in kwartalen
    ]  # fmt: skip
    klein = np.nan if rest is None else rest
    cellen = [
        {"maatregel": m, "indicator": INDICATOR, "gemeente": g, "periode": h, "aantal": n, "rest": klein}
        for m, g in starts
        for h, n in zip(HALVEN, aantallen[g], strict=True)
    ]
    gemeenten = [{"maatregel": m, "gemeente": g, "sinds": "2023-01-01", "tot": ""} for m, g in starts]
    vast = {"maatregelen": rijen, "gemeenten": gemeenten, "verloop": verloop, "halfjaren": cellen}
    return Effectmeting({naam: pd.DataFrame(tabel) for naam, tabel in {**vast, **tabellen}.items()})


def vrij(wat, verborgen=(), **velden):
    """Released beside a Vrijgave in which these (gemeente, half-year) are hidden."""
    rijen = [
        {**dict.fromkeys(RESULTAAT[:8], "totaal"), "indicator": INDICATOR, "gebied": g, "periode": p,
         "status": "verborgen", **velden} for g, p in verborgen
    ]  # fmt: skip
    beside = Vrijgave(pd.DataFrame(rijen, columns=list(RESULTAAT)))
    return geef_effecten_vrij(wat, vrijgave=beside, drempels=DREMPELS)


def index(wat, verborgen=(), **velden):
    tabel = vrij(wat, verborgen, **velden)["verloop"]
    return dict(zip(tabel["periode"], tabel["werkelijk"], strict=True))


@pytest.mark.parametrize("verwacht", [12.0, 27.4, 55.0, 99.0, 310.0, 812.5])
def test_een_effect_vertelt_een_aantal_niet_nauwer_dan_het_beschermingsinterval(verwacht):
    """Somebody who knows the expectation exactly, and all that leaves: which counts are still possible?"""
    per_uitkomst: dict[tuple, list[int]] = {}
    for werkelijk in range(round(verwacht * 0.3), round(verwacht * 1.7)):
        effect = 100 * (werkelijk / verwacht - 1)
        stand = rij(effect=effect, werkelijk=float(werkelijk), basis=verwacht, marge=0.2)
        uit = vrij(meting(rijen=[stand]))["maatregelen"].iloc[0]
        per_uitkomst.setdefault(
            tuple(uit[["effect", "onder", "boven", "kleinste", "stap"]].fillna(-999)), []
        ).append(werkelijk)
    heel = sorted(per_uitkomst.values())[1:-1]  # the first and last are cut off by this loop
    assert all(max(groep) - min(groep) + 1 >= DREMPELS.beschermingsinterval for groep in heel)
    assert all(groep == list(range(min(groep), max(groep) + 1)) for groep in per_uitkomst.values())


def test_wat_te_klein_is_krijgt_geen_effect_maar_wel_een_oordeel():
    uit = vrij(meting(rijen=[rij(basis=9.0)]))["maatregelen"].iloc[0]
    assert np.isnan(uit["effect"]) and np.isnan(uit["onder"]) and uit["oordeel"] == "niet vast te stellen"
    assert uit["kleinste"] == 20


def test_grenzen_gaan_naar_buiten_en_volgen_uit_het_afgeronde_effect():
    een, twee = (vrij(meting(rijen=[rij(effect=e)]))["maatregelen"].iloc[0] for e in (-18.7, -17.1))
    assert (een["effect"], een["stap"]) == (-18.0, 2.0)
    assert een["onder"] <= -31 and een["boven"] >= -4
    assert tuple(een[["effect", "onder", "boven"]]) == tuple(twee[["effect", "onder", "boven"]])
    assert set(STAPPEN) >= {een["stap"]}


def test_een_index_heeft_het_jaar_voor_de_start_op_honderd():
    uit = index(meting({"GM0200": [60, 60, 60, 60, 50, 70, 45, 45, 30, 30]}))
    assert (uit["2022-H1"] + uit["2022-H2"]) / 2 == 100
    assert uit["2023-H1"] == 75 and uit["2024-H2"] == 50


def test_een_index_volgt_alleen_uit_afgeronde_aantallen():
    """Two worlds that the half-year gate rounds alike are alike here, whatever the true counts."""
    rng = np.random.default_rng(3)
    grond = rng.integers(8, 40, size=10) * 5
    werelden = [vrij(meting({"GM0200": list(grond + rng.integers(-2, 3, size=10))})) for _ in range(20)]
    for wereld in werelden[1:]:
        pd.testing.assert_frame_equal(wereld["verloop"], werelden[0]["verloop"])


@pytest.mark.parametrize(("klein", "zichtbaar"), [(1, False), (9, False), (10, True)])
def test_op_de_grens_van_het_minimum(klein, zichtbaar):
    uit = index(meting({"GM0200": [60] * 8 + [klein, 60]}))
    assert bool(pd.notna(uit["2024-H1"])) is zichtbaar


def test_wat_verborgen_is_kleurt_de_rest_niet():
    werelden = [vrij(meting({"GM0200": [60] * 8 + [klein, 60]}))["verloop"] for klein in range(10)]
    for wereld in werelden[1:]:
        pd.testing.assert_frame_equal(wereld, werelden[0])


def test_een_kleine_gemeente_verbergt_de_som():
    """The sum of two gemeenten minus the visible one would tell the other."""
    starts = (("proef", "GM0200"), ("proef", "GM0301"))
    uit = index(meting({"GM0200": [60] * 10, "GM0301": [20] * 8 + [4, 20]}, starts=starts))
    assert np.isnan(uit["2024-H1"]) and uit["2024-H2"] == 100


def test_een_kleine_rest_verbergt_ook():
    uit = vrij(meting(rest=4.0))
    assert uit["verloop"].empty and uit["maatregelen"]["zonder_grafiek"].iloc[0] == KLEIN
    assert len(vrij(meting(rest=10.0))["verloop"])


def test_wat_de_halfjaarpoort_verbergt_blijft_verborgen():
    plek = [("GM0200", "2024-H1")]
    assert np.isnan(index(meting(), plek)["2024-H1"])
    groep = pd.DataFrame([{"maatregel": "proef", "dimensie": "hulpvorm", "code": "02"}])
    assert np.isnan(index(meting(doelgroepen=groep), plek, hulpvorm="02")["2024-H1"])
    # A hidden figure that the target group is no part of, can't be made from it.
    assert index(meting(doelgroepen=groep), plek, hulpvorm="13")["2024-H1"] == 100


def test_zonder_jaar_voor_de_start_geen_grafiek():
    uit = vrij(meting({"GM0200": [60] * 5 + [9] + [60] * 4}))
    assert uit["verloop"].empty and uit["maatregelen"]["zonder_grafiek"].iloc[0] == KLEIN


def test_een_grafiek_per_gemeente_en_indicator():
    starts = (("een", "GM0200"), ("twee", "GM0200"))
    uit = vrij(meting(rijen=[rij("een"), rij("twee")], starts=starts))
    assert set(uit["verloop"]["maatregel"]) == {"een"}
    assert list(uit["maatregelen"]["zonder_grafiek"]) == ["", BEZET]


def test_zonder_donoren_geen_grafiek():
    assert vrij(meting(rijen=[rij(soort="regio")]))["maatregelen"]["zonder_grafiek"].iloc[0] == INTERN


def test_er_gaat_geen_aantal_of_p_naar_buiten():
    controle = pd.DataFrame([{"maatregel": "proef", "indicator": INDICATOR, "controle": "Voortrend",
                              "uitslag": "geslaagd", "getal": 0.3, "tekst": "p = 0,30"}])  # fmt: skip
    uit = vrij(meting(controles=controle))
    kolommen = {kolom for tabel in uit.tabellen.values() for kolom in tabel.columns}
    assert not kolommen & {"p", "log", "basis", "werkelijk_aantal", "tekst", "getal", "aantal", "rest", "gevallen"}
    assert set(uit.tabellen) == set(Effectvrijgave.KOLOMMEN)


def test_duren_met_een_kleine_groep_blijven_binnen():
    dagen = {"eenheid": "dagen", "effect": -6.6, "onder": -32.6, "boven": 18.1, "soort": "duur"}
    groot, klein = (vrij(meting(rijen=[rij(groep=n, **dagen)]))["maatregelen"].iloc[0] for n in (10.0, 9.0))
    assert tuple(groot[["effect", "onder", "boven"]]) == (-7, -33, 18)
    assert np.isnan(klein["effect"])


def test_quickwins_zijn_afgerond_en_klein_is_leeg():
    tabel = pd.DataFrame(
        [("proef", "gezin", 46.0, 32.0, 17.0, 52700.0), ("twee", "team", 14.0, 9.0, 5.0, 5000.0)],
        columns=["maatregel", "volgens", "gezinnen", "reacties", "keer_vermeden", "bovengrens"],
    )
    uit = vrij(meting(quickwins=tabel))["quickwins"]
    assert list(uit.iloc[0, 2:]) == [45, 30, 15, 46500]
    assert uit.iloc[1, 2] == 15 and uit.iloc[1, 3:].isna().all()


def geld(**anders):
    vast = {"maatregel": "proef", "jaar": [2023, 2024], "investering": [10_000.0, 20_000.0], "beloofd": np.nan,
            "laag": 5_000.0, "verwacht": 40_000.0, "hoog": 90_000.0, "mag": True, "kosten_per_geval": 1_000.0,
            "gevallen": [52.0, 103.0], "kwartalen": [2, 4], "deel": [0.5, 1.0]}  # fmt: skip
    return pd.DataFrame({**vast, **anders})


def test_gerealiseerde_euros_volgen_uit_afgeronde_aantallen():
    uit = vrij(meting(geld=geld()))["geld"]
    assert list(uit["gerealiseerd"]) == [50 * 0.18 * 1000, 105 * 0.18 * 1000]
    assert (uit["onder"] < uit["gerealiseerd"]).all() and (uit["gerealiseerd"] < uit["boven"]).all()
    assert list(uit["netto_gerealiseerd"]) == [9_000 - 10_000, 18_900 - 20_000]
    assert uit["cumulatief_gerealiseerd"].iloc[-1] == -2_100
    assert list(uit["cumulatief_verwacht"]) == [30_000, 50_000]


def test_zonder_aannemelijk_effect_geen_gerealiseerde_euros():
    uit = vrij(meting(geld=geld(mag=False)))["geld"]
    assert uit[["gerealiseerd", "onder", "boven", "cumulatief_gerealiseerd"]].isna().all(axis=None)


def test_van_een_half_gemeten_jaar_telt_de_halve_investering():
    uit = met_euros(geld(kwartalen=[2, 2]), -10.0, -20.0, 0.0)
    assert uit["netto_gerealiseerd"].iloc[1] == 10_300 - 10_000
