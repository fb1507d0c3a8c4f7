"""The tables beside the messages: their declared truth can be found back."""

from __future__ import annotations

import csv
import json
from collections import Counter, defaultdict

import pytest

from analyse.demo import ZAAD
from analyse.demo.aanmelden import VANAF, ZONDER_PRAKTIJK, verwacht
from analyse.demo.achtergrond import VERSCHIL, inwoners_per_jaar, verdeel
from analyse.demo.bevolking import bevolking
from analyse.demo.bijlagen import (
    JBT_GEMEENTEN,
    PGB_AANDEEL,
    VERDER_ANDERS,
    VERDER_VOLGENS_PLAN,
    ZWAAR_TEAM,
    ZWAARDER,
    ZWARE_HULP,
    teams,
)
from analyse.demo.ijking import GEMEENTEN
from analyse.params import zoek_wortel

pytestmark = pytest.mark.xdist_group("demo_berichten")


def _alle(map_, naam):
    for gemeente in GEMEENTEN:
        pad = map_ / gemeente / f"{naam}.csv"
        if pad.exists():
            with pad.open(encoding="utf-8", newline="") as bestand:
                yield from ({"gemeente": gemeente, **rij} for rij in csv.DictReader(bestand, delimiter=";"))


def test_beide_vormen_hebben_dezelfde_bijlagen(demo_xml, demo_tabel):
    for pad in demo_xml.glob("GM*/*.csv"):
        assert pad.read_bytes() == (demo_tabel / pad.relative_to(demo_xml)).read_bytes()
    namen = Counter(pad.stem for pad in demo_xml.glob("GM*/*.csv"))
    assert {n: namen[n] for n in ("uitkomsten", "pgb", "populatie", "begroting")} == dict.fromkeys(
        ("uitkomsten", "pgb", "populatie", "begroting"), 8
    )
    assert namen["jbt"] == len(JBT_GEMEENTEN)


def test_uitkomsten_volgen_de_respons(demo_tabel):
    rijen = list(_alle(demo_tabel, "uitkomsten"))
    stops = [r for r in _alle(demo_tabel, "leveringen") if r["soort"] == "stop" and r["reden_beeindiging"] != "20"]
    assert 0.25 < len(rijen) / len(stops) < 0.40
    cijfers = [int(r["rapportcijfer"]) for r in rijen if r["rapportcijfer"]]
    assert sum(cijfers) / len(cijfers) == pytest.approx(7.62, abs=0.25)
    assert {r["zonder_hulp_verder"] for r in rijen} == {"01", "02", "03", "04"}
    redenen = defaultdict(set)
    for r in stops:
        redenen[r["aanbieder_agb"], r["einddatum"]].add(r["reden_beeindiging"])
    per_groep: dict[bool, list[bool]] = {True: [], False: []}
    for r in rijen:
        mogelijk = redenen[r["aanbieder_agb"], r["einddatum"]]
        if len(mogelijk) == 1:
            per_groep["31" in mogelijk].append(r["zonder_hulp_verder"] in ("03", "04"))
    # Help that ended as planned mostly needs no more: 73 percent against 32.
    aandeel = {groep: sum(verder) / len(verder) for groep, verder in per_groep.items()}
    assert aandeel[True] == pytest.approx(sum(VERDER_VOLGENS_PLAN[2:]), abs=0.08)
    assert aandeel[False] == pytest.approx(sum(VERDER_ANDERS[2:]), abs=0.15)
    assert {(r["aanbieder_agb"], r["einddatum"]) for r in rijen} <= set(redenen)


def test_pgb_is_van_kinderen_die_er_zijn(demo_tabel):
    kinderen = {(r["gemeente"], r["client_id"]) for r in _alle(demo_tabel, "clienten")}
    budgetten = {(r["gemeente"], r["client_id"]) for r in _alle(demo_tabel, "pgb")}
    assert budgetten <= kinderen
    assert 0 < len(budgetten) / len(kinderen) < 2 * PGB_AANDEEL
    assert all(int(r["bedrag_cent"]) > 40_000 and len(r["periode"]) == 7 for r in _alle(demo_tabel, "pgb"))


def test_inwoners_tellen_op_tot_de_bevolking(demo_tabel):
    with (demo_tabel / "bevolking.csv").open(encoding="utf-8", newline="") as bestand:
        totaal = {(r["gebied"], r["jaar"]): int(r["aantal"]) for r in csv.DictReader(bestand, delimiter=";")}
    geteld: Counter[tuple[str, str]] = Counter()
    praktijk: Counter[tuple[str, str]] = Counter()
    jong: Counter[tuple[str, str]] = Counter()
    for r in _alle(demo_tabel, "populatie"):
        sleutel = r["gemeente"], r["jaar"]
        (praktijk if r["huisartspraktijk"] else geteld)[sleutel] += int(r["aantal"])
        if not r["huisartspraktijk"] and int(r["leeftijd"]) < 18:
            jong[sleutel] += int(r["aantal"])
    assert geteld and all(totaal[sleutel] == aantal for sleutel, aantal in geteld.items())
    assert all(0.8 < praktijk[s] / jong[s] <= 1 for s in praktijk if jong[s] > 200)


def test_praktijken_zijn_die_van_de_verwijzers(demo_tabel):
    verwijzers = {(r["gemeente"], r["verwijzer_agb"]) for r in _alle(demo_tabel, "verzoeken")}
    praktijken = {
        (r["gemeente"], r["huisartspraktijk"]) for r in _alle(demo_tabel, "populatie") if r["huisartspraktijk"]
    }
    assert len(praktijken) >= 20 and praktijken <= verwijzers


def test_aanmeldingen_volgen_de_ware_kans(demo_tabel, cbs):
    """A Poisson count around the known mean, from the first quarter that the toegang counts on; others none."""
    mensen = bevolking(zoek_wortel() / "data" / "referentie" / "bevolking.csv", schaal=0.05)
    inwoners = inwoners_per_jaar(mensen, cbs)
    som: Counter[tuple[str, str]] = Counter()
    zonder: Counter[bool] = Counter()
    for r in _alle(demo_tabel, "aanmeldingen"):
        som[r["gemeente"], r["kwartaal"]] += int(r["aantal"])
        zonder[not r["huisartspraktijk"]] += int(r["aantal"])
    waar = {(g, f"{jaar}-K{nr}"): n for g in VANAF for (jaar, nr), n in verwacht(g, inwoners[g]).items()}
    assert set(som) == set(waar) and ("GM0301", "2023-K3") not in waar and ("GM0301", "2023-K4") in waar
    totaal = sum(waar.values())
    assert abs(som.total() - totaal) < 3 * totaal**0.5
    # 1.3 times as many where a praktijkondersteuner works with the toegang.
    per_kind = {g: waar[g, "2025-K4"] / waar[g, "2022-K1"] for g in ("GM0200", "GM0213")}
    assert per_kind["GM0200"] == pytest.approx(1.3) and per_kind["GM0213"] == pytest.approx(1.0)
    assert zonder[True] / som.total() > ZONDER_PRAKTIJK / 2


def test_jaarrekening_is_wat_gedeclareerd_is_met_het_bekende_verschil(demo_tabel):
    gedeclareerd: Counter[tuple[str, str]] = Counter()
    for r in _alle(demo_tabel, "declaraties"):
        if r["status"] == "toegekend":
            teken = -1 if r["debet_credit"] == "C" else 1
            gedeclareerd[r["gemeente"], r["periode_begin"][:4]] += teken * int(r["bedrag_cent"])
    geboekt: Counter[tuple[str, str]] = Counter()
    for r in _alle(demo_tabel, "begroting"):
        assert bool(r["werkelijk_cent"]) == (r["jaar"] < "2025") and int(r["begroot_cent"]) >= 0
        if r["werkelijk_cent"]:
            geboekt[r["gemeente"], r["jaar"]] += int(r["werkelijk_cent"])
    assert len(geboekt) == 8 * 4
    for (gemeente, jaar), cent in geboekt.items():
        assert cent == pytest.approx(gedeclareerd[gemeente, jaar] * (1 + VERSCHIL[gemeente]), rel=1e-5)


def test_tafel_loopt_vooruit_in_de_tijd(demo_tabel):
    rijen = list(_alle(demo_tabel, "jbt"))
    assert len({(r["gemeente"], r["melding_id"]) for r in rijen}) == len(rijen) > 5
    for r in rijen:
        dagen = [r[k] for k in ("datum_melding", "datum_tafel", "datum_raadsverzoek", "datum_uitspraak") if r[k]]
        assert dagen == sorted(dagen) and dagen[-1] <= "2025-12-31"
    assert {r["besluit"] for r in rijen} <= {"", "raadsonderzoek", "vrijwillig"}


def test_teams_zijn_van_de_gemeente(archieven):
    gevonden = teams(archieven["GM0200"], zaad=ZAAD)
    assert set(gevonden) == set(archieven["GM0200"].verwijzers)
    assert len(set(gevonden.values())) == 5 and all(t.startswith("team-0200-") for t in gevonden.values())


def test_een_team_geeft_vaker_zware_hulp(archieven):
    """Its share of heavy help is what the factor makes of its share of other help: 25 and 12 percent."""
    archief = archieven["GM0200"]
    zware = {v.nummer for v in archief.versies if v.product.categorie in ZWARE_HULP}
    per: Counter[tuple[bool, bool]] = Counter()
    for nummer, team in teams(archief, zaad=ZAAD).items():
        per[nummer in zware, team == ZWAAR_TEAM] += 1
    deel = {zwaar: per[zwaar, True] / (per[zwaar, True] + per[zwaar, False]) for zwaar in (True, False)}
    licht = 3 / 25
    assert deel[False] == pytest.approx(licht, abs=0.02)
    assert deel[True] == pytest.approx(licht * ZWAARDER / (1 + licht * (ZWAARDER - 1)), abs=0.04)


def test_waarheid_noemt_de_bijlagen(demo_xml):
    bijlagen = json.loads((demo_xml / "waarheid.json").read_text(encoding="utf-8"))["bijlagen"]
    assert bijlagen["jaarrekening_boven_declaraties"]["GM0285"] == 0.115
    assert bijlagen["gemiddeld_rapportcijfer"] == pytest.approx(7.62)


def test_verdelen_raakt_niets_kwijt(cbs):
    assert verdeel(10, [1, 1, 1]) == [4, 3, 3]
    assert sum(verdeel(997, [3.2, 1.1, 0.4])) == 997
    tekst = bevolking(zoek_wortel() / "data" / "referentie" / "bevolking.csv", schaal=1.0)
    assert {leeftijd for _, leeftijd, _ in inwoners_per_jaar(tekst, cbs)["GM0200"]} == set(range(23))
