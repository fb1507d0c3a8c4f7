"""Money against the oracle, its sums, and what can't be delivered."""

from __future__ import annotations

import math
from datetime import date
from itertools import pairwise

import pandas as pd
import pytest
from basis_bouwer import GEMEENTEN as ALLE
from basis_bouwer import PEILDATUM, bevolking, bouw, leveringen_van, params_met, spell
from geldregio import geldregio
from orakel import DIMENSIES, Orakel
from orakel_uitgaven import Geldorakel, reken_geld

from analyse.kern.codes import HULPVORM
from analyse.kern.fouten import ParameterFout
from analyse.kern.periode import Periode, halfjaren
from analyse.meten import meet
from analyse.meten.bron import Bron
from analyse.meten.uitgaven import BEDRAG, JEUGDIGEN, LEEFTIJDSINDEX, PER_INWONER, PER_JEUGDIGE, PER_TRAJECT
from analyse.meten.uitgaven_inwoners import lees_profiel
from analyse.meten.uitgaven_tarieven import Tarieven

GETELD = (BEDRAG, JEUGDIGEN, PER_JEUGDIGE, PER_TRAJECT)


@pytest.fixture(scope="module", params=[1, 2])
def gemeten(request, tmp_path_factory):
    regio = geldregio(request.param)
    params = params_met(*GETELD)
    basis = bouw(
        tmp_path_factory.mktemp("geld"),
        regio["spells"],
        geboortejaren=regio["geboortejaren"],
        declaraties=regio["declaraties"],
    )
    begin = min(s["begin"] for s in regio["spells"] if s["hulpvorm"] in HULPVORM and s["domein"] == "Jw")
    eerste = max(Periode(2019, "H1"), Periode.halfjaar_van(begin))
    perioden = list(halfjaren(eerste, Periode.halfjaar_van(PEILDATUM)))
    regels = params.regio.rekenregels
    orakel = Orakel(regio["spells"], regio["geboortejaren"], [], set(), ALLE, perioden, PEILDATUM, regels)
    meting = meet(basis, params=params, bevolking=bevolking())
    return Geldorakel(orakel, regio["declaraties"]), meting.tabel, params


def deel_van(tabel: pd.DataFrame, indicator: str, splitsing: tuple[str, ...]) -> pd.DataFrame:
    deel = tabel[tabel["indicator"].eq(indicator)]
    for dimensie in DIMENSIES:
        totaal = deel[dimensie].eq("totaal")
        deel = deel[~totaal if dimensie in splitsing else totaal]
    return deel


@pytest.mark.parametrize("indicator", GETELD)
def test_gelijk_aan_orakel(gemeten, indicator):
    """Every cell of every split equals the sum by hand, and every cell by hand is there."""
    orakel, tabel, params = gemeten
    for splitsing in params.kaarten[indicator].splitsingen:
        verwacht = reken_geld(orakel, indicator, splitsing)
        deel = deel_van(tabel, indicator, splitsing)
        gevonden = {tuple(rij[k] for k in ("gebied", "periode", *DIMENSIES)): rij for _, rij in deel.iterrows()}
        assert set(gevonden) >= {k for k, v in verwacht.items() if v[0]}
        for k, rij in gevonden.items():
            if not orakel.levert(k[0], Periode.lees(k[1])):
                assert rij["status"] == "niet_leverbaar" and math.isnan(rij["waarde"])
                continue
            teller, noemer, waarde = verwacht.get(k, (0, 0, None if indicator in GETELD[2:] else 0))
            assert rij["teller"] == pytest.approx(teller, abs=1e-6), (k, rij)
            assert math.isnan(rij["waarde"]) if waarde is None else rij["waarde"] == pytest.approx(waarde)
            assert math.isnan(rij["noemer"]) or rij["noemer"] == noemer


def test_delen_zijn_samen_het_geheel(gemeten):
    """Every split of the amount adds up to the total, also aanbieders in a hulpvorm; gemeenten to the region."""
    _, tabel, params = gemeten
    sleutel = ["gebied", "periode"]
    totaal = deel_van(tabel, BEDRAG, ()).set_index(sleutel)["waarde"]
    for splitsing in params.kaarten[BEDRAG].splitsingen[1:]:
        som = deel_van(tabel, BEDRAG, splitsing).groupby(sleutel)["waarde"].sum()
        pd.testing.assert_series_equal(som, totaal.fillna(0).reindex(som.index), check_exact=False)
    per_hulpvorm = deel_van(tabel, BEDRAG, ("hulpvorm",)).set_index([*sleutel, "hulpvorm"])["waarde"]
    fijn = deel_van(tabel, BEDRAG, ("hulpvorm", "aanbieder")).groupby([*sleutel, "hulpvorm"])["waarde"].sum()
    assert per_hulpvorm.fillna(0).sub(fijn, fill_value=0).abs().max() < 1e-6
    regio = totaal.xs("REGIO")
    som = totaal.drop("REGIO").groupby("periode").sum()
    assert (som - regio).abs().max() < 1e-6


def test_zonder_hulpvorm_staat_apart(gemeten):
    _, tabel, _ = gemeten
    assert set(deel_van(tabel, BEDRAG, ("hulpvorm",))["hulpvorm"]) == {*HULPVORM, "geen"}
    assert set(deel_van(tabel, PER_TRAJECT, ("hulpvorm",))["hulpvorm"]) == set(HULPVORM)


def regel(maand: str, cent: int, **anders: object) -> dict:
    dag = date.fromisoformat(f"{maand}-10")
    vast = {"persoon_nr": 1, "gemeente": "GM0200", "domein": "Jw", "aanbieder": "A1", "hulpvorm": "02"}
    tijd = {"maand": dag.replace(day=1), "periode_begin": dag, "periode_eind": dag, "dagtekening": dag}
    return {**vast, **tijd, "verwijzer": "01", "bedrag_cent": cent, "toegekend": True, **anders}


def meet_klein(map_, declaraties, *indicatoren, spells=None, inwoners=None, **tabellen):
    spells = spells or [spell("2022-01-01", None)]
    basis = bouw(map_, spells, declaraties=declaraties, **tabellen)
    bekend = bevolking() if inwoners is None else inwoners
    return meet(basis, params=params_met(*indicatoren), bevolking=bekend)


def rij(meting, indicator, periode, gebied="GM0200"):
    deel = meting.kies(indicator, gebied=gebied, periode=periode)
    assert len(deel) == 1
    return deel.iloc[0]


def test_credit_en_afwijzing(tmp_path):
    """A credit goes off, a rejected line never counts; who was credited whole has no spending."""
    regels = [
        regel("2024-01", 50_000),
        regel("2024-02", -20_000),
        regel("2024-03", 99_900, toegekend=False),
        regel("2024-04", 10_000, persoon_nr=2),
        regel("2024-05", -10_000, persoon_nr=2),
    ]
    meting = meet_klein(tmp_path, regels, BEDRAG, JEUGDIGEN, PER_JEUGDIGE)
    assert rij(meting, BEDRAG, "2024-H1")["waarde"] == 300
    assert rij(meting, JEUGDIGEN, "2024-H1")["waarde"] == 1
    assert rij(meting, PER_JEUGDIGE, "2024-H1")["waarde"] == 300


def test_zonder_declaraties_is_niet_nul(tmp_path):
    """A gemeente without declarations, or before its first one, has no figure; later a quiet half-year is 0."""
    meting = meet_klein(tmp_path, [regel("2023-02", 10_000)], BEDRAG)
    assert rij(meting, BEDRAG, "2022-H2")["status"] == "niet_leverbaar"
    assert rij(meting, BEDRAG, "2023-H1")["waarde"] == 100
    assert rij(meting, BEDRAG, "2023-H2")["waarde"] == 0
    assert rij(meting, BEDRAG, "2023-H1", "GM0213")["status"] == "niet_leverbaar"
    assert rij(meting, BEDRAG, "2023-H1", "REGIO")["methode"] == "toegekend+1_van_8_gemeenten"


def test_interval_van_een_gemiddelde(tmp_path):
    """Delta method on the log scale, reckoned by hand for 100, 200 and 600 euro."""
    regels = [regel("2024-01", euro * 100, persoon_nr=nr) for nr, euro in enumerate((100, 200, 600), 1)]
    gevonden = rij(meet_klein(tmp_path, regels, PER_JEUGDIGE), PER_JEUGDIGE, "2024-H1")
    s = math.sqrt(((100 - 300) ** 2 + (200 - 300) ** 2 + (600 - 300) ** 2) / 2)
    reik = math.exp(1.959964 * s / (300 * math.sqrt(3)))
    assert gevonden["waarde"] == pytest.approx(300)
    assert gevonden["onder"] == pytest.approx(300 / reik, rel=1e-6)
    assert gevonden["boven"] == pytest.approx(300 * reik, rel=1e-6)


def test_kosten_horen_bij_een_traject(tmp_path):
    """Two trajecten of one key: a line goes to the one begun last; what ended before the data is left out."""
    spells = [spell("2022-01-01", "2022-06-30"), spell("2023-01-01", "2023-03-31"), spell("2021-01-01", None)]
    spells[2]["hulpvorm"] = "04"
    regels = [
        regel("2022-01", 100),
        regel("2022-08", 200),  # after the end: still the first traject
        regel("2023-02", 4_000),
        regel("2023-02", 999_900, hulpvorm=None),  # no hulpvorm: of no traject
        regel("2022-02", 500, hulpvorm="04"),  # still running
    ]
    meting = meet_klein(tmp_path, regels, PER_TRAJECT, spells=spells)
    assert rij(meting, PER_TRAJECT, "2022-H1")[["teller", "noemer"]].tolist() == [3, 1]
    assert rij(meting, PER_TRAJECT, "2023-H1")["waarde"] == 40
    later = meet_klein(tmp_path / "later", regels[2:3], PER_TRAJECT, spells=spells)
    assert rij(later, PER_TRAJECT, "2023-H1")["status"] == "geen_waarneming"


def test_regel_op_de_eerste_dag_hoort_bij_het_nieuwe_traject(tmp_path):
    """Two trajecten of one key: a line whose last day is the first day of the second is of the second."""
    spells = [spell("2022-01-01", "2022-06-30"), spell("2023-01-01", "2023-03-31")]
    eerste_dag = {"periode_begin": date(2023, 1, 1), "periode_eind": date(2023, 1, 1)}
    regels = [regel("2022-01", 1_000), regel("2023-01", 700, **eerste_dag)]
    meting = meet_klein(tmp_path, regels, PER_TRAJECT, spells=spells)
    assert [rij(meting, PER_TRAJECT, p)["waarde"] for p in ("2022-H1", "2023-H1")] == [10, 7]


def populatie(gemeenten=("GM0200", "GM0213"), per_jaar=10, jaar=2023):
    return [
        {"gemeente": g, "jaar": jaar, "leeftijd": leeftijd, "praktijk": None, "aantal": per_jaar}
        for g in gemeenten
        for leeftijd in range(23)
    ]


def test_per_inwoner_en_leeftijdsindex(tmp_path):
    """180 inhabitants 0–17; the profile in prices of 2024; practices don't count as inhabitants."""
    huisarts = [{"gemeente": "GM0200", "jaar": 2024, "leeftijd": 5, "praktijk": "01000001", "aantal": 999}]
    meting = meet_klein(
        tmp_path, [regel("2024-01", 1_800_00)], PER_INWONER, LEEFTIJDSINDEX, populatie=[*populatie(), *huisarts]
    )
    per = rij(meting, PER_INWONER, "2024-H1")
    assert per[["noemer", "waarde", "methode"]].tolist() == [180, 10, "toegekend+bevolking_2023"]
    profiel = [85, 207, 263, 561, 943, 1065, 928, 982, 1157, 1312, 1423, 1441, 1409, 1517, 1798]
    profiel += [1938, 2156, 2289, 1453, 373, 183, 70, 21]
    verwacht = sum(10 * euro for euro in profiel) / 2 * 1.035**2
    index = rij(meting, LEEFTIJDSINDEX, "2024-H1")
    assert index["noemer"] == pytest.approx(verwacht) and index["waarde"] == pytest.approx(180_000 / verwacht)
    assert rij(meting, PER_INWONER, "2022-H2")["status"] == "niet_leverbaar"


def test_bevolking_uit_de_referentie(tmp_path):
    """Single ages or the group 0–17 of the reference population stand in for what wasn't delivered."""
    ages = pd.DataFrame([("GM0200", 2024, str(x), 5) for x in range(23)], columns=bevolking().columns)
    los = meet_klein(tmp_path / "a", [regel("2024-01", 900_00)], PER_INWONER, inwoners=ages)
    assert rij(los, PER_INWONER, "2024-H1")["waarde"] == 10
    groep = pd.DataFrame([("GM0200", 2024, "0-17", 45)], columns=bevolking().columns)
    samen = meet_klein(tmp_path / "b", [regel("2024-01", 900_00)], PER_INWONER, LEEFTIJDSINDEX, inwoners=groep)
    assert rij(samen, PER_INWONER, "2024-H1")["waarde"] == 20
    assert rij(samen, LEEFTIJDSINDEX, "2024-H1")["status"] == "niet_leverbaar"


def test_profiel_stijgt_tot_zeventien(tmp_path):
    """The CPB profile as shipped: every age 0–30 once, highest at 17."""
    basis = bouw(tmp_path, [spell("2024-01-01")], leveringen=leveringen_van())
    profiel = lees_profiel(Bron(basis, params_met()))
    assert profiel["leeftijd"].tolist() == list(range(31))
    assert profiel.loc[profiel["euro_per_inwoner"].idxmax(), "leeftijd"] == 17
    na = profiel["euro_per_inwoner"].tolist()[17:]
    assert all(a >= b for a, b in pairwise(na))


def test_indexatie():
    """Product over the years after the first up to the last; back is the inverse; a missing year is an error."""
    tarieven = Tarieven(bron="test", indexatie={2023: 10, 2024: 5})
    assert tarieven.factor(2022, 2024) == pytest.approx(1.1 * 1.05)
    assert tarieven.factor(2024, 2022) * tarieven.factor(2022, 2024) == pytest.approx(1)
    assert tarieven.factor(2024, 2024) == 1
    with pytest.raises(ParameterFout, match="2025"):
        tarieven.factor(2024, 2025)
