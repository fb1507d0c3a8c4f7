"""Delivered against allocated, by hand: loops over toewijzingen, months and days."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import date, timedelta

import pytest
from basis_bouwer import GEMEENTEN, bevolking, bouw, params_met, spell
from orakel import plek
from orakel_einden import vergelijk

from analyse.kern.periode import Periode, halfjaren
from analyse.meten import meet
from analyse.meten import verzilvering as v

GRENS, VANAF = date(2025, 9, 30), date(2023, 1, 1)  # peildatum 31-12-2025, three months of run-off
PERIODEN = list(halfjaren(Periode(2023, "H1"), Periode(2025, "H2")))
MAANDEN = [date(jaar, maand, 1) for jaar in (2023, 2024, 2025) for maand in range(1, 13)]


def toewijzing(kans: random.Random, nr: int) -> dict:
    begin = date(2023, 1, 1) + timedelta(days=kans.randrange(1000))
    eenheid, frequentie = kans.choice(
        [("04", "2"), ("04", "4"), ("14", "1"), ("82", "6"), ("16", "2"), (None, None)]
    )
    return {
        "persoon_nr": 1 + nr % 7,
        "gemeente": kans.choice(GEMEENTEN[:3]),
        "domein": "Jw" if kans.random() < 0.95 else "Wmo",
        "toewijzingnummer": str(nr),
        "aanbieder": kans.choice(["A1", "A2"]),
        "productcategorie": "45",
        "productcode": kans.choice(["45A01", "45A02", None]),
        "hulpvorm": kans.choice(["02", "02", "14", None]),
        "ingangsdatum": begin,
        "einddatum": kans.choice([None, begin, *(begin + timedelta(days=kans.randrange(500)) for _ in range(6))]),
        "volume": kans.randint(1, 30) if eenheid else None,
        "eenheid": eenheid,
        "frequentie": frequentie,
        "budget_cent": kans.choice([None, 90_000]) if eenheid is None else None,
        "leveringsvorm": kans.choice(["zin", "zin", "zin", "pgb", None]),
    }


def declaratie(kans: random.Random, w: dict) -> dict:
    eenheid = w["eenheid"] or "82"
    if eenheid == "04" and kans.random() < 0.5:
        eenheid = "01"
    if kans.random() < 0.02:
        eenheid = "84"
    volume = kans.randint(1, 9) * (60 if eenheid == "01" else 1)
    velden = (
        "persoon_nr",
        "gemeente",
        "domein",
        "toewijzingnummer",
        "aanbieder",
        "productcategorie",
        "productcode",
    )
    cent = volume * kans.choice([700, 900])
    return {
        **{naam: w[naam] for naam in velden},
        "hulpvorm": w["hulpvorm"],
        "maand": kans.choice(MAANDEN),
        "volume": volume,
        "eenheid": eenheid,
        "bedrag_cent": -cent if kans.random() < 0.1 else cent,
        "toegekend": kans.random() < 0.9,
    }


class Regio:
    def __init__(self, zaad: int) -> None:
        kans = random.Random(zaad)
        self.toewijzingen = [toewijzing(kans, nr) for nr in range(120)]
        self.declaraties = [declaratie(kans, kans.choice(self.toewijzingen)) for _ in range(300)]
        # Every gemeente declares from the first month on.
        for gemeente in GEMEENTEN[:3]:
            w = next(w for w in self.toewijzingen if w["gemeente"] == gemeente and w["domein"] == "Jw")
            rij = {**declaratie(kans, w), "maand": MAANDEN[0], "toegekend": True}
            self.declaraties.append(rij)
        self.spells = [
            spell(
                str(w["ingangsdatum"]),
                **{
                    k: w[k]
                    for k in ("persoon_nr", "gemeente", "domein", "toewijzingnummer", "aanbieder", "hulpvorm")
                },
                datumbron_begin=kans.choice(["regiebericht", "declaratie", "toewijzing"]),
            )
            for w in self.toewijzingen
            if kans.random() < 0.9
        ]

    def telbaar(self) -> list[dict]:
        return [
            w
            for w in self.toewijzingen
            if w["domein"] == "Jw" and w["hulpvorm"] and w["leveringsvorm"] != "pgb" and w["ingangsdatum"] <= GRENS
            and (w["einddatum"] is None or w["einddatum"] >= w["ingangsdatum"])
        ]  # fmt: skip

    def lijnen(self, w: dict) -> list[dict]:
        sleutel = (w["gemeente"], w["toewijzingnummer"], w["domein"])
        return [
            d
            for d in self.declaraties
            if d["toegekend"] and (d["gemeente"], d["toewijzingnummer"], d["domein"]) == sleutel
        ]

    def prijs(self, w: dict) -> float | None:
        """Average cents per unit over all toewijzingen of the product in this unit."""
        soort = (w["productcode"], w["eenheid"])
        paren = [
            (d["bedrag_cent"], stuks(w2, d))
            for w2 in self.telbaar()
            if (w2["productcode"], w2["eenheid"]) == soort
            for d in self.lijnen(w2)
        ]
        cent, volume = sum(c for c, _ in paren), sum(s or 0 for _, s in paren)
        return cent / volume if volume > 0 and cent > 0 else None


def stuks(w: dict, d: dict) -> float | None:
    """Units of the toewijzing on one line; None when the units don't go together."""
    teken = -1 if d["bedrag_cent"] < 0 else 1
    if d["eenheid"] == w["eenheid"]:
        return teken * d["volume"]
    return teken * d["volume"] / 60 if (w["eenheid"], d["eenheid"]) == ("04", "01") else None


def slot(w: dict) -> date:
    return min(w["einddatum"] or GRENS, GRENS)


def per_dag(w: dict) -> float | None:
    """Volume × periods ÷ days of the closed part, or a total ÷ days of validity."""
    begin, tot = w["ingangsdatum"], slot(w)
    dagen = (tot - begin).days + 1
    geldig = (w["einddatum"] - begin).days + 1 if w["einddatum"] else None
    if w["volume"] is None:
        return w["budget_cent"] / geldig if w["budget_cent"] and geldig else None
    if w["frequentie"] == "6":
        return w["volume"] / geldig if geldig else None
    alle = [begin + timedelta(days=i) for i in range(dagen)]
    keren = {"1": alle, "2": {d.isocalendar()[:2] for d in alle}, "4": {(d.year, d.month) for d in alle}}
    return w["volume"] * len(keren[w["frequentie"]]) / dagen


@pytest.fixture(scope="module", params=[1, 2])
def gemeten(request, tmp_path_factory):
    regio = Regio(request.param)
    params = params_met(*v.INDICATOREN)
    basis = bouw(
        tmp_path_factory.mktemp("basis"),
        regio.spells,
        toewijzingen=regio.toewijzingen,
        declaraties=regio.declaraties,
    )
    return regio, meet(basis, params=params, bevolking=bevolking()).tabel, params


def cellen(w: dict, p: Periode, splitsing: tuple[str, ...]) -> list:
    return [plek(g, p, **{d: w[d] for d in splitsing}) for g in (w["gemeente"], "REGIO")]


def aandeel(regio: Regio, splitsing: tuple[str, ...]) -> tuple[dict, dict]:
    """verzilvering.aandeel and verzilvering.onbekend."""
    toegewezen, geleverd = defaultdict(float), defaultdict(float)
    n, alle = defaultdict(int), defaultdict(int)
    for w in regio.telbaar():
        lijnen = regio.lijnen(w)
        vreemd = w["eenheid"] is not None and any(stuks(w, d) is None for d in lijnen)
        weging = regio.prijs(w) if w["volume"] is not None else 1.0
        dagwaarde = None if vreemd or weging is None else per_dag(w)
        for p in PERIODEN:
            dagen = (min(slot(w), p.eind) - max(w["ingangsdatum"], p.begin)).days + 1
            deze = [d for d in lijnen if p.begin <= d["maand"] <= min(p.eind, GRENS)]
            for k in cellen(w, p, splitsing):
                if dagen > 0:
                    alle[k] += 1
                    n[k] += dagwaarde is not None
                if dagwaarde is not None:
                    toegewezen[k] += dagwaarde * weging * max(dagen, 0)
                    geleverd[k] += sum(
                        stuks(w, d) * weging if w["volume"] is not None else d["bedrag_cent"] for d in deze
                    )
    deel = {k: (None, n[k], 100 * geleverd[k] / toegewezen[k] if n[k] else None) for k in n}
    return deel, {k: (alle[k] - n[k], alle[k], 100 * (alle[k] - n[k]) / alle[k]) for k in alle}


def nooit(regio: Regio, splitsing: tuple[str, ...]) -> dict:
    begonnen = {
        (s["gemeente"], s["toewijzingnummer"])
        for s in regio.spells
        if s["datumbron_begin"] in ("regiebericht", "declaratie") and s["domein"] == "Jw"
    }
    x, n = defaultdict(int), defaultdict(int)
    for w in regio.telbaar():
        for p in PERIODEN:
            if p.begin <= w["ingangsdatum"] <= p.eind:
                for k in cellen(w, p, splitsing):
                    n[k] += 1
                    x[k] += (w["gemeente"], w["toewijzingnummer"]) not in begonnen
    return {k: (x[k], n[k], 100 * x[k] / n[k]) for k in n}


@pytest.mark.parametrize("indicator", v.INDICATOREN)
def test_verzilvering_gelijk_aan_orakel(gemeten, indicator):
    regio, tabel, params = gemeten
    zonder = ~tabel["gebied"].isin([*GEMEENTEN[:3], "REGIO"])
    assert set(tabel.loc[zonder, "status"]) == {"niet_leverbaar"}
    for splitsing in params.kaarten[indicator].splitsingen:
        deel, onbekend = aandeel(regio, splitsing)
        verwacht = {v.AANDEEL: deel, v.ONBEKEND: onbekend, v.NOOIT_GESTART: nooit(regio, splitsing)}[indicator]
        vergelijk(tabel[~zonder], indicator, splitsing, verwacht)


def test_twee_uur_per_week_half_geleverd(tmp_path):
    """From Monday 1 January to Sunday 28 January 2024, two hours a week; four hours delivered, in minutes."""
    vast = {"persoon_nr": 1, "gemeente": "GM0200", "domein": "Jw", "aanbieder": "A1", "toewijzingnummer": "1"}
    vast |= {"productcategorie": "45", "productcode": "45A01", "hulpvorm": "02"}
    dagen = {"ingangsdatum": date(2024, 1, 1), "einddatum": date(2024, 1, 28)}
    w = {**vast, **dagen, "volume": 2, "eenheid": "04", "frequentie": "2"}
    d = {
        **vast,
        "maand": date(2024, 1, 1),
        "volume": 240,
        "eenheid": "01",
        "bedrag_cent": 40_000,
        "toegekend": True,
    }
    params = params_met(v.AANDEEL)
    basis = bouw(tmp_path, [spell("2024-01-01", "2024-01-28")], toewijzingen=[w], declaraties=[d])
    tabel = meet(basis, params=params, bevolking=bevolking())
    rij = tabel.kies(v.AANDEEL, gebied="GM0200", periode="2024-H1").iloc[0]
    assert (rij["noemer"], round(rij["waarde"], 9)) == (1, 50)


def rij_van(map_, w: dict, *declaraties: dict, periode: str = "2025-H2") -> dict[str, tuple[float, float]]:
    """(noemer, waarde) of the three figures; one toewijzing, and lines of January 2023 so that there is money."""
    oud = {**DAGEN, "toewijzingnummer": "9", "productcode": "45A09", "maand": date(2023, 1, 1), "volume": 1}
    geld = [{**oud, "eenheid": "04", "bedrag_cent": 100, "toegekend": True}, *declaraties]
    basis = bouw(map_, [spell("2024-01-01", "2024-01-28")], toewijzingen=[w], declaraties=geld)
    tabel = meet(basis, params=params_met(*v.INDICATOREN), bevolking=bevolking())
    rijen = {naam: tabel.kies(naam, gebied="GM0200", periode=periode).iloc[0] for naam in v.INDICATOREN}
    return {naam: (r["noemer"], r["waarde"]) for naam, r in rijen.items()}


DAGEN = {"persoon_nr": 1, "gemeente": "GM0200", "domein": "Jw", "aanbieder": "A1", "toewijzingnummer": "1"} | {
    "productcategorie": "45", "productcode": "45A01", "hulpvorm": "02"}  # fmt: skip


def test_laatste_dag_waarvan_de_declaraties_binnen_zijn(tmp_path):
    """Begun on the last closed day: one day of it counts. A day later nothing does."""
    open_ = {**DAGEN, "volume": 2, "eenheid": "04", "frequentie": "2", "einddatum": date(2026, 1, 31)}
    for map_, dag_, aantal in (("op", date(2025, 9, 30), 1), ("na", date(2025, 10, 1), 0)):
        gevonden = rij_van(tmp_path / map_, {**open_, "ingangsdatum": dag_})
        assert gevonden[v.NOOIT_GESTART][0] == gevonden[v.ONBEKEND][0] == aantal


def test_product_waarvan_niets_overblijft_heeft_geen_prijs(tmp_path):
    """Hours credited at a lower price: euros are left but no hours, so there is no price to weigh with."""
    w = {**DAGEN, "volume": 2, "eenheid": "04", "frequentie": "2"}
    w |= {"ingangsdatum": date(2025, 7, 1), "einddatum": date(2025, 7, 31)}
    vast = {**DAGEN, "maand": date(2025, 7, 1), "volume": 4, "eenheid": "04", "toegekend": True}
    gevonden = rij_van(tmp_path, w, {**vast, "bedrag_cent": 40_000}, {**vast, "bedrag_cent": -30_000})
    assert gevonden[v.AANDEEL][0] == 0 and gevonden[v.ONBEKEND] == (1, 100)
