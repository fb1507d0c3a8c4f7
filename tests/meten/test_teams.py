"""What a team sees of itself, against plain loops on random small regions."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from basis_bouwer import GEMEENTEN, bouw, params_met, personen_van, spell

from analyse.kern.basis import Basis
from analyse.kern.codes import leeftijdsgroep
from analyse.kern.periode import Periode
from analyse.lijsten import eenheden
from analyse.meten.teams import KOLOMMEN, teamcodes, teams

Rij = dict[str, object]
MATEN = ("toewijzingen", "verlengd", "sggz", "zwaar", "dagen", "met_einde", "euro", "euro_bekend")


def toewijzing(nr: int, begin: date, dagen: int | None, **anders: object) -> Rij:
    eind = None if dagen is None else begin + timedelta(days=dagen - 1)
    besloten = begin - timedelta(days=5)
    vast = {
        "persoon_nr": 1, "gemeente": "GM0200", "domein": "Jw", "toewijzingnummer": str(nr), "aanbieder": "A1",
        "productcategorie": "54", "productcode": "54001", "hulpvorm": "02", "sggz": False, "zwaarte": 2,
        "verwijzer": "01", "toewijzingsdatum": besloten, "eerste_toewijzingsdatum": besloten,
        "ingangsdatum": begin, "eerste_ingangsdatum": begin, "einddatum": eind,
        "volume": 10, "eenheid": "04", "frequentie": "6", "leveringsvorm": "zin", "team": "Team Noord",
        "versies": 1, "verlengd": 0,
    }  # fmt: skip
    return {**vast, **anders}


def regio(zaad: int) -> list[Rij]:
    """Teams of four gemeenten; some help goes on after itself, some is of nobody or of another law."""
    kans, rijen = random.Random(zaad), []
    for nr in range(1, 220):
        begin = date(2024, 1, 1) + timedelta(days=kans.randint(0, 660))
        zwaar = kans.randint(1, 7)
        g = kans.choice(GEMEENTEN[:4])
        rij = toewijzing(
            nr, begin, kans.choice((None, 30, 90, 200)), persoon_nr=kans.randint(1, 60), gemeente=g, zwaarte=zwaar,
            hulpvorm=kans.choice(("02", "02", "03", "14", None)), sggz=zwaar == 3 and kans.random() < 0.5,
            team=kans.choice(("Team Noord", "Team Zuid", "team noord", None)), verlengd=kans.choice((0, 0, 1)),
            aanbieder=kans.choice(("A1", "A2")), leveringsvorm=kans.choice(("zin", "zin", "zin", "pgb")),
            domein=kans.choice(("Jw", "Jw", "Jw", "Wmo")), volume=kans.choice((None, 10, 20)),
        )  # fmt: skip
        rijen.append(rij)
        if rij["einddatum"] and kans.random() < 0.4:
            verder = rij["einddatum"] + timedelta(days=kans.choice((1, 32, 33)))
            rijen.append(
                {
                    **rij,
                    **toewijzing(1000 + nr, verder, 60),
                    **{
                        k: rij[k]
                        for k in (
                            "persoon_nr",
                            "gemeente",
                            "aanbieder",
                            "hulpvorm",
                            "team",
                            "domein",
                            "leveringsvorm",
                        )
                    },
                }
            )
    return rijen


def maak(map_: Path, rijen: list[Rij]) -> Basis:
    spells = [
        spell(
            str(r["ingangsdatum"]),
            None,
            **{k: r[k] for k in ("persoon_nr", "gemeente", "toewijzingnummer", "domein")},
        )
        for r in rijen
    ]
    declaraties = [
        {
            **{k: r[k] for k in ("persoon_nr", "gemeente", "domein", "toewijzingnummer", "aanbieder")},
            **{k: r[k] for k in ("productcategorie", "productcode", "hulpvorm", "eenheid")},
            "maand": r["ingangsdatum"].replace(day=1), "volume": 2, "bedrag_cent": 18_000, "toegekend": True,
        }
        for r in rijen
    ]  # fmt: skip
    jaren = {nr: 2000 + nr % 20 for nr in range(1, 61)}
    personen = personen_van(spells, jaren)
    return bouw(map_, spells, toewijzingen=rijen, declaraties=declaraties, personen=personen)


def orakel(rijen: list[Rij]) -> dict[tuple[str, str, str], dict[str, float]]:
    """gebied, team and half-year -> measures, and expected heavier help; by hand."""
    telt = [r for r in rijen if r["domein"] == "Jw" and r["hulpvorm"] and r["leveringsvorm"] != "pgb"]

    def zelfde(r: Rij) -> tuple[object, ...]:
        return tuple(r[k] for k in ("gemeente", "persoon_nr", "aanbieder", "productcategorie", "productcode"))

    keten: dict[tuple[object, ...], list[Rij]] = defaultdict(list)
    for r in telt:
        keten[zelfde(r)].append(r)
    vervolg, gevolgd = set(), set()
    for groep in keten.values():
        op = sorted(groep, key=lambda r: (r["ingangsdatum"], r["eerste_toewijzingsdatum"]))
        for een, twee in pairwise(op):
            if een["einddatum"] and 0 < (twee["ingangsdatum"] - een["einddatum"]).days <= 32:
                vervolg.add(twee["toewijzingnummer"])
                gevolgd.add(een["toewijzingnummer"])
    uit: dict[tuple[str, str, str], dict[str, float]] = defaultdict(lambda: defaultdict(float))
    per_groep: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    nieuw = []
    for r in telt:
        dag = r["eerste_toewijzingsdatum"]
        half = f"{dag.year}-H{1 if dag.month < 7 else 2}"
        plek = (r["gemeente"], r["team"], half)
        if r["team"] and date(2024, 1, 1) <= dag <= date(2025, 12, 31):
            uit[plek]["toewijzingen"] += 0
            if r["toewijzingnummer"] not in vervolg:
                groep = leeftijdsgroep(dag.year, 2000 + r["persoon_nr"] % 20)
                nieuw.append((plek, groep, r))
                per_groep[half, groep][0] += r["zwaarte"] >= 3
                per_groep[half, groep][1] += 1
    for plek, groep, r in nieuw:
        zwaar, alle = per_groep[plek[2], groep]
        dagen = (r["einddatum"] - r["ingangsdatum"]).days + 1 if r["einddatum"] else 0
        bekend = bool(r["volume"] and dagen)
        erbij = {
            "toewijzingen": 1, "sggz": r["sggz"],
            "verlengd": r["toewijzingnummer"] in gevolgd or r["verlengd"] > 0,
            "zwaar": r["zwaarte"] >= 3, "verwacht": zwaar / alle, "dagen": dagen, "met_einde": dagen > 0,
            "euro": 90 * r["volume"] if bekend else 0, "euro_bekend": bekend,
        }  # fmt: skip
        for naam, n in erbij.items():
            uit[plek][naam] += n
    return uit


@pytest.mark.parametrize("zaad", range(3))
def test_tegen_het_orakel(tmp_path: Path, zaad: int) -> None:
    rijen = regio(zaad)
    tabel = teams(maak(tmp_path, rijen), params_met())
    assert list(tabel.columns) == KOLOMMEN
    eigen = tabel[tabel["soort"].eq("team") & tabel["hulpvorm"].eq("totaal")]
    verwacht = orakel(rijen)
    gevonden = {(r["gebied"], r["naam"], r["periode"]): r for r in eigen.to_dict("records")}
    assert set(gevonden) == set(verwacht) and len(gevonden) > 30
    for plek, rij in gevonden.items():
        for naam in (*MATEN, "verwacht"):
            assert rij[naam] == pytest.approx(verwacht[plek][naam], abs=1e-6), (plek, naam)
    # Over all teams as many are expected as there are.
    som = tabel[tabel["soort"].eq("som") & tabel["hulpvorm"].eq("totaal") & tabel["gebied"].eq("GM0200")]
    assert som["verwacht"].sum() == pytest.approx(som["zwaar"].sum()) == eigen["zwaar"].sum()


def test_een_gemeente_krijgt_geen_rij_van_een_team_van_een_ander(tmp_path: Path) -> None:
    tabel = teams(maak(tmp_path, regio(1)), params_met())
    for gemeente, deel in tabel[tabel["soort"].ne("team")].groupby("gebied"):
        assert deel["team"].isna().all() and deel["naam"].isna().all(), gemeente
    rest = tabel[tabel["soort"].ne("team")].drop(columns="gebied").drop_duplicates()
    per = tabel[tabel["soort"].ne("team")].groupby("gebied").size()
    assert per.nunique() == 1 and len(rest) == per.iloc[0]  # the same in every gemeente


def test_te_weinig_teams_of_gemeenten_geven_geen_oordeel(tmp_path: Path) -> None:
    """Three teams in each of two gemeenten: enough teams, but the other gemeente would follow by subtraction."""
    rijen = [r for r in regio(1) if r["gemeente"] in GEMEENTEN[:2]]
    tabel = teams(maak(tmp_path, rijen), params_met())
    assert tabel["verhouding"].isna().all() and not tabel["soort"].eq("grens").any()
    alle = teams(maak(tmp_path / "alle", regio(1)), params_met())
    assert alle["verhouding"].notna().any() and alle["soort"].eq("grens").any()


def test_zonder_team_is_er_niets(tmp_path: Path) -> None:
    basis = maak(tmp_path, [{**r, "team": None} for r in regio(2)])
    tabel = teams(basis, params_met())
    assert tabel.empty and list(tabel.columns) == KOLOMMEN
    assert eenheden(basis, Periode(2025, "H2"), {})["team"] == {}


def test_codes_zijn_veilig_in_een_pad_en_uniek(tmp_path: Path) -> None:
    namen = ["Team Noord", "team noord", "../../weg", "A/B", " A/B ", "…", "Zuid"]
    rijen = [toewijzing(nr, date(2025, 3, 1), 30, team=naam) for nr, naam in enumerate(namen)]
    basis = maak(tmp_path, rijen)
    codes = teamcodes(basis)
    assert len(set(codes.values())) == len(codes) == 6  # the two A/B are one
    assert all(code and set(code) <= set("abcdefghijklmnopqrstuvwxyz0123456789-") for code in codes.values())
    per = eenheden(basis, Periode(2025, "H1"), {})["team"]
    assert list(per) == ["GM0200"] and dict(per["GM0200"])["zuid"] == "Zuid"
    tabel = teams(basis, params_met())
    assert set(tabel.loc[tabel["soort"].eq("team"), "team"]) == {code for code, _ in per["GM0200"]}
