"""Small random regions full of edges: half-year borders, gaps of exactly a window, overlaps, ties, open ends."""

from __future__ import annotations

import random
from datetime import date, timedelta

from basis_bouwer import PEILDATUM, SPELL

GEMEENTEN = ("GM0200", "GM0213", "GM0301")
RANDEN = [
    date(jaar, maand, dag)
    for jaar in range(2019, 2026)
    for maand, dag in ((1, 1), (6, 30), (7, 1), (12, 31), (2, 28))
] + [date(2020, 2, 29), date(2024, 2, 29)]
LENGTES = (1, 1, 2, 30, 31, 90, 180, 365, 366, 731)
GATEN = (-20, -1, 0, 1, 2, 29, 30, 31, 32, 88, 89, 90, 91, 364, 365, 366)


def rommelregio(zaad: int, *, aantal: int = 220) -> dict[str, list[dict]]:
    """spells, maatregelen and geboortejaren of about twenty-five persons."""
    kans = random.Random(zaad)
    spells: list[dict] = []
    while len(spells) < aantal:
        spells += _keten(kans, len(spells))
    personen = sorted({s["persoon_nr"] for s in spells})
    return {
        "spells": [s for s in spells if s["begin"] <= PEILDATUM],
        "maatregelen": [m for nr in personen for m in _maatregelen(kans, nr)],
        "geboortejaren": {
            nr: kans.choice([1999, 2003, 2007, 2008, 2012, 2013, 2016, 2021, None]) for nr in personen
        },
    }


def _keten(kans: random.Random, nummer: int) -> list[dict]:
    """One to four spells of a person, each some gap after the one before, now and then at another aanbieder."""
    persoon, gemeente = kans.randint(1, 25), kans.choice(GEMEENTEN)
    hulpvorm = kans.choice(["02", "02", "04", "11", "14", "14", "12", None, "99"])
    begin = kans.choice(RANDEN) + timedelta(days=kans.choice([-1, 0, 0, 1, 45]))
    uit = []
    for i in range(kans.randint(1, 4)):
        eind = begin + timedelta(days=kans.choice(LENGTES) - 1)
        open_ = eind > PEILDATUM or kans.random() < 0.05
        uit.append(
            {
                **SPELL,
                "persoon_nr": persoon,
                "gemeente": kans.choice(GEMEENTEN) if kans.random() < 0.08 else gemeente,
                "domein": "Wmo" if kans.random() < 0.03 else "Jw",
                "toewijzingnummer": str(1000 + nummer + i),
                "aanbieder": kans.choice(["A1", "A1", "A2", None]),
                "productcode": kans.choice(["48A01", "54001", "54001", "47A05"]) if hulpvorm is None else "54001",
                "hulpvorm": hulpvorm if kans.random() < 0.85 else kans.choice(["02", "11"]),
                "sggz": kans.choice([True, False, None]),
                "deeltijdverblijf": kans.choice([True, False, False, None]),
                "verwijzer": kans.choice(["01", "02", "02", "04", "06", "07", "onbekend", None]),
                "begin": begin,
                "eind": None if open_ else eind,
                "datumbron_begin": kans.choice(["regiebericht", "toewijzing"]),
                "datumbron_eind": None if open_ else kans.choice(["regiebericht", "declaratie"]),
                "reden_beeindiging": None if open_ else kans.choice(["31", "36", "37", None, None, "20"]),
                "reden_wijziging": kans.choice([None, "03", "14", "01"]),
            }
        )
        begin = eind + timedelta(days=1 + kans.choice(GATEN))
    return uit


def _maatregelen(kans: random.Random, persoon: int) -> list[dict]:
    uit = []
    for _ in range(kans.choice([0, 0, 1, 2])):
        begin = kans.choice(RANDEN)
        eind = begin + timedelta(days=kans.choice([0, 181, 365, 1200]))
        uit.append(
            {
                "persoon_nr": persoon,
                "gemeente": kans.choice(GEMEENTEN),
                "type": kans.choice(["11", "12", "21", "22", "41"]),
                "begin": begin,
                "eind": None if kans.random() < 0.2 else eind,
            }
        )
    return uit
