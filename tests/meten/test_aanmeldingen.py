"""Referrals by huisartsen to the toegang: what wasn't counted is no zero, and half a half-year is no figure."""

from __future__ import annotations

import random
from collections import defaultdict
from pathlib import Path

import pandas as pd
import pytest
from basis_bouwer import GEMEENTEN, bevolking, bouw, leveringen_van, params_met, spell

from analyse.kern.basis import Basis
from analyse.kern.periode import Periode
from analyse.meten import huisarts, meet
from analyse.meten.aanmeldingen import TOEGANG, van_praktijken
from analyse.meten.verwijzingen import SGGZ

PERIODES = [Periode(jaar, half) for jaar in (2023, 2024, 2025) for half in ("H1", "H2")]
PRAKTIJKEN = (None, "01000001", "01000002")
Rij = dict[str, object]


def regio(zaad: int) -> tuple[list[dict], list[Rij]]:
    """Random spells with referrals by huisartsen, and lists of some toegangen with gaps."""
    kans = random.Random(zaad)
    spells = [spell("2023-01-01", None, persoon_nr=1, toewijzingnummer="0")]
    for nr in range(2, 60):
        begin = f"{kans.choice((2023, 2024, 2025))}-{kans.randint(1, 12):02d}-{kans.randint(1, 28):02d}"
        extra = {"verwijzer": kans.choice(("01", "02", "02")), "sggz": kans.random() < 0.5}
        spells.append(
            spell(
                begin, None, persoon_nr=nr, toewijzingnummer=str(nr), gemeente=kans.choice(GEMEENTEN[:4]), **extra
            )
        )
    rijen: list[Rij] = [
        {"gemeente": gemeente, "kwartaal": str(kwartaal), "praktijk": praktijk, "aantal": kans.randint(0, 30)}
        for gemeente in GEMEENTEN[:3]
        for periode in PERIODES
        for kwartaal in periode.kwartalen
        if kans.random() < 0.85
        for praktijk in PRAKTIJKEN
        if praktijk is None or kans.random() < 0.7
    ]
    return spells, rijen


def maak(map_: Path, zaad: int) -> tuple[Basis, list[dict], list[Rij]]:
    spells, rijen = regio(zaad)
    # One gemeente delivered nothing that can be used: its list doesn't count either.
    return (
        bouw(map_, spells, aanmeldingen=rijen, leveringen=leveringen_van(GEMEENTEN[:2] + GEMEENTEN[3:])),
        spells,
        rijen,
    )


def orakel(rijen: list[Rij]) -> dict[tuple[str, str], tuple[float, int]]:
    """gebied × half-year -> sum, number of gemeenten; by hand."""
    per: dict[tuple[str, str], list[int]] = defaultdict(list)
    for rij in rijen:
        per[str(rij["gemeente"]), str(rij["kwartaal"])].append(int(str(rij["aantal"])))
    uit: dict[tuple[str, str], tuple[float, int]] = {}
    for jaar in (2023, 2024, 2025):
        for half, (een, twee) in {"H1": ("K1", "K2"), "H2": ("K3", "K4")}.items():
            for g in GEMEENTEN[:2]:
                if (g, f"{jaar}-{een}") in per and (g, f"{jaar}-{twee}") in per:
                    n = sum(per[g, f"{jaar}-{een}"]) + sum(per[g, f"{jaar}-{twee}"])
                    som, wie = uit.get(("REGIO", f"{jaar}-{half}"), (0, 0))
                    uit[g, f"{jaar}-{half}"], uit["REGIO", f"{jaar}-{half}"] = (n, 1), (som + n, wie + 1)
    return uit


@pytest.mark.parametrize("zaad", range(4))
@pytest.mark.parametrize("indicator", ["verwijzingen.huisarts_toegang"])
def test_halfjaar_gelijk_aan_orakel(tmp_path: Path, indicator: str, zaad: int) -> None:
    """The sum of two delivered quarters, of every gemeente that may count."""
    basis, _, rijen = maak(tmp_path, zaad)
    cijfers = meet(basis, params=params_met(indicator), bevolking=bevolking()).kies(indicator)
    verwacht = orakel(rijen)
    assert 4 < len(verwacht) < 18
    for rij in cijfers.to_dict("records"):
        n, wie = verwacht.get((rij["gebied"], rij["periode"]), (None, 0))
        if n is None:
            assert rij["status"] == "niet_leverbaar" and pd.isna(rij["waarde"])
            continue
        assert (rij["waarde"], rij["teller"]) == (n, n) and rij["onder"] <= n <= rij["boven"]
        assert rij["methode"].endswith(f"+{wie}_van_8_gemeenten") == (rij["gebied"] == "REGIO")


@pytest.mark.parametrize("zaad", range(4))
def test_kwartalen_tegen_het_orakel(tmp_path: Path, zaad: int) -> None:
    basis, spells, rijen = maak(tmp_path, zaad)
    tabel = huisarts.kwartalen(basis, params_met(SGGZ, TOEGANG))
    begonnen: dict[tuple[str, str, str], int] = defaultdict(int)
    for s in spells:
        if s["verwijzer"] == "02" and s["gemeente"] != GEMEENTEN[2]:
            kwartaal = f"{s['begin'].year}-K{(s['begin'].month - 1) // 3 + 1}"
            for gebied in (s["gemeente"], "REGIO"):
                begonnen[gebied, kwartaal, "sggz" if s["sggz"] else "andere_hulp"] += 1
    bekend = orakel(rijen)
    for rij in tabel[tabel["gebied"].ne(GEMEENTEN[2])].to_dict("records"):
        gebied, kwartaal, naar = rij["gebied"], rij["kwartaal"], rij["naar"]
        half = f"{kwartaal[:4]}-H{1 if kwartaal[-1] in '12' else 2}"
        if naar in ("sggz", "andere_hulp"):
            assert rij["aantal"] == begonnen[gebied, kwartaal, naar]
        if naar == "toegang":
            assert pd.isna(rij["aantal"]) == ((gebied, half) not in bekend)
    toegang = tabel[tabel["naar"].eq("toegang")].assign(
        half=tabel["kwartaal"].str[:4] + "-H" + tabel["kwartaal"].map(lambda k: "1" if k[-1] in "12" else "2")
    )
    som = toegang.groupby(["gebied", "half"])["aantal"].sum(min_count=2).dropna()
    assert som.to_dict() == {plek: n for plek, (n, _) in bekend.items()}


def test_als_cijfers_zijn_rijen_van_de_resultaattabel(tmp_path: Path) -> None:
    basis, _, _ = maak(tmp_path, 1)
    tabel = huisarts.kwartalen(basis, params_met(SGGZ, TOEGANG))
    rijen = huisarts.als_cijfers(tabel)
    assert len(rijen) == len(tabel) and set(rijen["indicator"]) == set(huisarts.INDICATOR.values())
    gezien = rijen[rijen["waarde"].notna()]
    assert (gezien["onder"].le(gezien["waarde"]) & gezien["waarde"].le(gezien["boven"])).all()
    assert rijen.loc[rijen["waarde"].isna(), ["onder", "boven"]].isna().all().all()
    assert Periode.lees(str(rijen["periode"].iloc[0])).deel.startswith("K")


def test_van_praktijken_laat_onbekende_weg(tmp_path: Path) -> None:
    basis, _, rijen = maak(tmp_path, 2)
    eigen = van_praktijken(basis)
    verwacht: dict[tuple[object, object], int] = defaultdict(int)
    for rij in rijen:
        if rij["praktijk"]:
            verwacht[rij["praktijk"], rij["kwartaal"]] += int(str(rij["aantal"]))
    gevonden = {(p, k): n for p, k, n in eigen.itertuples(index=False)}
    assert gevonden == dict(verwacht)
