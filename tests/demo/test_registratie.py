"""What the registration makes of the world: every crookedness of real messages is there, none that can't be."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise

import pytest

from analyse.demo.aanbod import CONTRACTWIJZIGING, GROOT_CONTRACT, ONBEKEND_PRODUCT
from analyse.demo.looptijd import CONTRACTDATUM, OPREKKEN_VANAF, WIJZIGEN_VANAF
from analyse.demo.wereld import PEILDATUM

pytestmark = pytest.mark.xdist_group("demo_wereld")  # one worker makes the region once

BIG_BANG = date(2022, 4, 4)


@pytest.fixture(scope="module")
def feiten(archieven):
    """All facts of the region per kind; numbers are unique per gemeente only, hence the pairs."""
    return {
        soort: [(g, feit) for g, archief in archieven.items() for feit in getattr(archief, soort)]
        for soort in ("versies", "meldingen", "verzoeken", "prestaties")
    }


@pytest.fixture(scope="module")
def reeksen(feiten):
    """Accepted versions per number, oldest first."""
    per_nummer = defaultdict(list)
    for gemeente, versie in feiten["versies"]:
        if not versie.retourcode:
            per_nummer[gemeente, versie.nummer].append(versie)
    return {sleutel: sorted(reeks, key=lambda v: v.stempel) for sleutel, reeks in per_nummer.items()}


@pytest.fixture(scope="module")
def gemeld(feiten):
    per_nummer = defaultdict(list)
    for gemeente, melding in feiten["meldingen"]:
        per_nummer[gemeente, melding.nummer].append(melding)
    return per_nummer


def test_niets_is_verzonden_na_de_peildatum(feiten):
    assert max(feit.bericht for lijst in feiten.values() for _, feit in lijst) <= PEILDATUM


def test_gemeenten_kennen_geen_hulp_van_voor_de_jeugdwet(feiten):
    assert min(m.begin for _, m in feiten["meldingen"] if m.status == "1") >= date(2014, 12, 25)
    assert sum(m.begin == date(2015, 1, 1) for _, m in feiten["meldingen"]) > 10


def test_stempels_van_een_nummer_zijn_uniek(feiten):
    gezien = [(g, v.nummer, v.stempel, v.retourcode) for g, v in feiten["versies"]]
    assert len({sleutel[:3] for sleutel in gezien}) == len(gezien)


def test_redenen_bestaan_op_de_dag_dat_ze_gebruikt_worden(feiten):
    for _, versie in feiten["versies"]:
        assert versie.reden not in ("13", "14") or versie.datum >= BIG_BANG
        assert versie.reden != "01" or versie.datum < BIG_BANG
    for _, melding in feiten["meldingen"]:
        assert melding.reden not in ("36", "37") or melding.eind >= date(2021, 1, 1)
        assert melding.reden not in ("38", "39") or melding.eind >= BIG_BANG
    assert all(v.bericht >= WIJZIGEN_VANAF - timedelta(days=9) for _, v in feiten["verzoeken"] if v.soort == "317")


def test_correcties_en_verwijderingen(feiten, reeksen):
    redenen = {versie.reden for _, versie in feiten["versies"]}
    assert {"", "01", "03", "04", "05", "06", "07", "09", "12", "13", "14"} <= redenen
    verwijderd = {sleutel for sleutel, reeks in reeksen.items() if reeks[-1].verwijderd}
    assert len(verwijderd) > 100
    assert {reeksen[sleutel][-1].reden for sleutel in verwijderd} == {"01", "13"}
    gemeld = {(g, m.nummer) for g, m in feiten["meldingen"]}
    gedeclareerd = {(g, p.nummer) for g, p in feiten["prestaties"]}
    assert not verwijderd & (gemeld | gedeclareerd)
    correcties = [r for r in reeksen.values() if any(v.reden == "01" and not v.verwijderd for v in r)]
    assert len(correcties) > 20


def test_een_week_als_frequentie_vraagt_een_einddatum(feiten):
    assert all(v.eind for _, v in feiten["versies"] if v.product.frequentie == "2" and v.volume)
    assert any(v.eind is None for _, v in feiten["versies"])


def test_verlengen_voor_en_na_april_2023(reeksen):
    opgerekt = [(a, b) for reeks in reeksen.values() for a, b in pairwise(reeks) if b.reden == "04"]
    assert len(opgerekt) > 300
    assert all(b.datum >= OPREKKEN_VANAF and a.eind and b.datum <= a.eind for a, b in opgerekt)
    eindes = {
        (g, reeks[-1].persoon.nr, reeks[-1].agb, reeks[-1].product.code, reeks[-1].eind)
        for (g, _), reeks in reeksen.items()
    }
    nieuw_nummer = [
        reeks[0].ingang
        for (g, _), reeks in reeksen.items()
        if (g, reeks[0].persoon.nr, reeks[0].agb, reeks[0].product.code, reeks[0].ingang - timedelta(days=1))
        in eindes
    ]
    voor = sum(dag < OPREKKEN_VANAF for dag in nieuw_nummer) / 4.25
    na = sum(dag >= OPREKKEN_VANAF for dag in nieuw_nummer) / 2.75
    assert voor > 3 * na > 0


def test_pauzes_met_en_zonder_vervolg(gemeld):
    met, zonder, toch_gestopt = 0, 0, 0
    for meldingen in gemeld.values():
        pauzes = [m for m in meldingen if m.reden == "20"]
        for pauze in pauzes:
            vervolg = any(m.eind is None and m.begin > pauze.eind and m.status == "1" for m in meldingen)
            stop = any(m.eind and m.reden != "20" and m.begin == pauze.begin for m in meldingen)
            met, zonder, toch_gestopt = met + vervolg, zonder + (not vervolg), toch_gestopt + stop
    assert min(met, zonder, toch_gestopt) >= 5
    assert met > zonder


def test_ingetrokken_meldingen_komen_niet_terug(gemeld):
    ingetrokken = 0
    for meldingen in gemeld.values():
        for weg in (m for m in meldingen if m.status == "3"):
            ingetrokken += 1
            zelfde = [m for m in meldingen if (m.begin, m.eind) == (weg.begin, weg.eind) and m.status == "1"]
            assert len(zelfde) == 1
            assert zelfde[0].bericht <= weg.bericht
    assert ingetrokken > 50


def test_ontbrekende_en_late_meldingen(gemeld, reeksen):
    gestart = {sleutel for sleutel, lijst in gemeld.items() if any(m.eind is None for m in lijst)}
    gestopt = {sleutel for sleutel, lijst in gemeld.items() if any(m.eind for m in lijst)}
    echt = {sleutel for sleutel, reeks in reeksen.items() if not reeks[-1].verwijderd}
    assert 0.03 < len(echt - gestart) / len(echt) < 0.15
    assert len(gestopt - gestart) > 100
    te_laat = [m for lijst in gemeld.values() for m in lijst if m.eind and (m.bericht - m.eind).days > 30]
    assert len(te_laat) > 200


def test_gi_vraagt_achteraf(feiten):
    gi = {v.referentie for _, v in feiten["verzoeken"] if v.verwijzer in ("04", "08")}
    achteraf = [(v.datum - v.ingang).days for _, v in feiten["versies"] if v.referentie in gi]
    assert len(achteraf) > 200
    assert sum(dagen > 10 for dagen in achteraf) > 0.7 * len(achteraf)


def test_contractgolf_sluit_met_03_en_36_en_gaat_onder_een_nieuw_nummer_verder(reeksen, gemeld):
    gesloten = {
        (g, reeks[-1].persoon.nr): (g, nummer)
        for (g, nummer), reeks in reeksen.items()
        if reeks[-1].reden == "03" and reeks[-1].eind == CONTRACTDATUM - timedelta(days=1)
    }
    assert len(gesloten) > 40
    nieuw = {p.code for p in CONTRACTWIJZIGING.values()}
    vervolg = {
        (g, reeks[0].persoon.nr)
        for (g, _), reeks in reeksen.items()
        if reeks[0].ingang == CONTRACTDATUM and reeks[0].product.code in nieuw and reeks[0].agb == GROOT_CONTRACT
    }
    assert set(gesloten) <= vervolg
    stops = [m.reden for sleutel in gesloten.values() for m in gemeld[sleutel] if m.eind and m.status == "1"]
    assert stops.count("36") > 0.6 * len(gesloten)


def test_wijziging_van_volume_krijgt_een_nieuw_nummer_na_een_317(reeksen, feiten):
    gevraagd = {(g, v.nummer): v for g, v in feiten["verzoeken"] if v.soort == "317"}
    gewijzigd = [sleutel for sleutel, reeks in reeksen.items() if reeks[-1].reden == "12"]
    assert len(gewijzigd) > 20
    assert sum(sleutel in gevraagd for sleutel in gewijzigd) > 0.9 * len(gewijzigd)


def test_verzoeken_en_antwoorden(feiten):
    antwoorden = {(v.soort, v.antwoord, v.reden_afwijzing == "8") for _, v in feiten["verzoeken"] if v.antwoord}
    assert antwoorden == {("315", "2", False), ("315", "1", True), ("315", "1", False), ("317", "1", False)}
    woonplaats = [(g, v) for g, v in feiten["verzoeken"] if v.reden_afwijzing == "8"]
    assert all(v.gemeente_woonplaats not in ("", g[2:]) for g, v in woonplaats)
    referenties = [v.referentie for _, v in feiten["verzoeken"]]
    assert len(set(referenties)) == len(referenties)
    for _, v in feiten["verzoeken"]:
        wie = bool(v.verwijzer_agb) + bool(v.verwijzer_naam)
        assert wie == (1 if v.soort == "315" and v.verwijzer in ("02", "03", "04", "05") else 0)


def test_de_verwijzer_is_te_vinden_in_verzoek_of_back_office(archieven, reeksen, feiten):
    bekend = {(g, v.referentie) for g, v in feiten["verzoeken"] if v.soort == "315"}
    gevonden = 0
    for (gemeente, nummer), reeks in reeksen.items():
        via_verzoek = any((gemeente, versie.referentie) in bekend for versie in reeks)
        back_office = nummer in archieven[gemeente].verwijzers
        gevonden += via_verzoek or back_office
    assert 0.75 < gevonden / len(reeksen) < 0.98


def test_afgekeurde_versies_zijn_soms_de_nieuwste(feiten, reeksen):
    afgekeurd = [(g, v) for g, v in feiten["versies"] if v.retourcode]
    assert len(afgekeurd) > 50
    nieuwer = [v.stempel > reeksen[g, v.nummer][-1].stempel for g, v in afgekeurd if (g, v.nummer) in reeksen]
    assert any(nieuwer)
    assert not all(nieuwer)


def test_declaraties(feiten):
    prestaties = {p.referentie: p for _, p in feiten["prestaties"]}
    assert len(prestaties) == len(feiten["prestaties"])
    for p in prestaties.values():
        assert (p.begin.year, p.begin.month) == (p.eind.year, p.eind.month)
        assert p.begin <= p.eind < p.bericht
        assert 0 < p.bedrag_cent <= 99_999_999
        assert p.bedrag_cent % p.volume == 0
        assert p.product.gedeclareerd
    credits = [p for p in prestaties.values() if p.credit]
    assert len(credits) > 100
    for credit in credits:
        debet = prestaties[credit.vorige]
        assert (debet.bedrag_cent, debet.nummer) == (credit.bedrag_cent, credit.nummer)
        assert debet.bericht < credit.bericht
        assert not debet.retourcode
    afgewezen = [p for p in prestaties.values() if p.afgewezen]
    assert 0.01 < len(afgewezen) / len(prestaties) < 0.05
    per_jaar = {jaar: sum(p.begin.year == jaar for p in prestaties.values()) for jaar in range(2019, 2026)}
    assert min(per_jaar.values()) > 0.8 * max(per_jaar.values())
    assert min(p.begin for p in prestaties.values()) == date(2019, 1, 1)
    assert any(p.product is ONBEKEND_PRODUCT for p in prestaties.values())


def test_versies_komen_soms_in_de_verkeerde_volgorde_binnen(reeksen):
    omgekeerd = [r for r in reeksen.values() if any(a.bericht > b.bericht for a, b in pairwise(r))]
    assert len(omgekeerd) > 5


def test_zelfde_product_bij_dezelfde_aanbieder_overlapt_bijna_nooit(reeksen):
    per_client = defaultdict(list)
    for (gemeente, _), reeks in reeksen.items():
        laatste = reeks[-1]
        if not laatste.verwijderd:
            sleutel = gemeente, laatste.persoon.nr, laatste.agb, laatste.product.categorie, laatste.product.code
            per_client[sleutel].append((reeks[0].ingang, laatste.eind or date.max))
    paren = [paar for perioden in per_client.values() for paar in pairwise(sorted(perioden))]
    stapeling = sum(volgende[0] <= vorige[1] for vorige, volgende in paren)
    assert stapeling < 0.02 * len(per_client)
