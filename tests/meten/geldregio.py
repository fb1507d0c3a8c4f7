"""Small random regions with declarations: credits, rejections, odd products, aanbieders without trajecten."""

from __future__ import annotations

import random
from datetime import date, timedelta

from basis_bouwer import PEILDATUM
from rommelregio import GEMEENTEN, rommelregio

PRODUCTEN = (("45", "45A04"), ("54", "54001"), ("44", "44A10"), ("55", "55A01"))


def geldregio(zaad: int, *, aantal: int = 120) -> dict[str, list[dict]]:
    """`rommelregio` with `declaraties`: about six lines per spell and some that belong to none."""
    kans = random.Random(zaad)
    regio = rommelregio(zaad, aantal=aantal)
    regels = [regel for s in regio["spells"] for regel in _regels(kans, s)]
    los = {"persoon_nr": None, "aanbieder": "A9", "hulpvorm": None, "verwijzer": None, "domein": "Jw"}
    regels += [_regel(kans, {**los, "gemeente": g, "toewijzingnummer": None}, date(2022, 5, 9)) for g in GEMEENTEN]
    return {**regio, "declaraties": regels}


def _regels(kans: random.Random, s: dict) -> list[dict]:
    """Lines in random months of the spell, now and then before it, after it or by another aanbieder."""
    uit = []
    for _ in range(kans.randint(0, 9)):
        laatste = min(s["eind"] or PEILDATUM, PEILDATUM)
        dag = s["begin"] + timedelta(days=kans.randint(-20, max((laatste - s["begin"]).days, 0) + 40))
        if dag <= PEILDATUM:
            uit.append(_regel(kans, s, dag))
    return uit


def _regel(kans: random.Random, s: dict, dag: date) -> dict:
    credit, (categorie, code) = kans.random() < 0.15, kans.choice(PRODUCTEN)
    cent = kans.choice([10_000, 25_050, 333, 1_000_000]) * (-1 if credit else 1)
    return {
        "persoon_nr": s["persoon_nr"],
        "gemeente": s["gemeente"],
        "domein": s["domein"],
        "toewijzingnummer": s["toewijzingnummer"],
        "aanbieder": "A9" if kans.random() < 0.05 else s["aanbieder"],
        "productcategorie": categorie,
        "productcode": code,
        "hulpvorm": s["hulpvorm"],
        "verwijzer": s["verwijzer"],
        "maand": dag.replace(day=1),
        "periode_begin": dag,
        "periode_eind": min(dag + timedelta(days=3), PEILDATUM),
        "dagtekening": dag + timedelta(days=kans.choice([20, 35, 90, 400])),
        "volume": kans.randint(1, 50),
        "eenheid": kans.choice(["04", "01", "14", "83"]),
        "bedrag_cent": cent,
        "toegekend": kans.random() < 0.9,
        "referentienummer": None,
        "vorig_referentienummer": None,
    }
