"""What the help of the demo region really cost, counted line by line on what was declared.

`afgewezen` lines are left out and credits go off; nothing is shared with what measures the Basis.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import log
from pathlib import Path
from typing import Any

import pandas as pd

from analyse.demo.aanbod import CONTRACTWIJZIGING, ZORGSOORTEN, Product
from analyse.demo.achtergrond import EERSTE_BOEKJAAR, VERSCHIL
from analyse.demo.bijlagen import pgb_regels
from analyse.demo.declareren import INDEXATIE
from analyse.demo.feiten import Archief, Prestatie
from analyse.demo.tabellen import Rij
from analyse.demo.waarheid_wereld import PERIODEN, Echt
from analyse.demo.wereld import EERSTE_DAG, PEILDATUM
from analyse.kern.periode import Periode

_PROFIELJAAR, _GROOTSTE, _LANDELIJK = 2022, 5, "55"


@dataclass(frozen=True)
class Kas:
    """The declared lines of the region; `inwoners`: (jaar, leeftijd, aantal) per gemeente."""

    archieven: Mapping[str, Archief]
    inwoners: Mapping[str, list[Rij]]
    zaad: int

    @cached_property
    def regels(self) -> list[tuple[str, Periode, Prestatie, int]]:
        """gemeente, half-year of delivery, line, eurocent."""
        return [
            (g, Periode.halfjaar_van(r.begin), r, -r.bedrag_cent if r.credit else r.bedrag_cent)
            for g, archief in self.archieven.items()
            for r in archief.prestaties
            if not r.afgewezen
        ]

    @cached_property
    def per_halfjaar(self) -> Counter[Periode]:
        """Eurocent."""
        som: Counter[Periode] = Counter()
        for _, p, _, cent in self.regels:
            som[p] += cent
        return som


def geldcijfers(kas: Kas, echt: Echt, profiel: Path) -> dict[str, float]:
    """Every indicator about money; `profiel` is the age profile of CPB."""
    euro = sum(kas.per_halfjaar[p] for p in PERIODEN) / 100
    jeugdigen = _jeugdigen(kas)
    pgb = sum(bedrag for _, p, bedrag in _pgb(kas) if p in PERIODEN)
    return {
        "uitgaven.bedrag": euro,
        "uitgaven.jeugdigen": float(jeugdigen),
        "uitgaven.per_jeugdige": euro / jeugdigen,
        "uitgaven.per_inwoner": euro / _inwoners(kas),
        "uitgaven.leeftijdsindex": 100 * euro / _verwacht(kas, profiel),
        "uitgaven.per_traject": _per_traject(kas, echt),
        "uitgaven.landelijk": _van_categorie(kas, _LANDELIJK),
        "uitgaven.landelijk_aandeel": 100 * _van_categorie(kas, _LANDELIJK) / euro,
        "uitgaven.aansluiting": _aansluiting(kas),
        "uitgaven.pgb": pgb,
        "uitgaven.pgb_aandeel": _pgb_aandeel(kas),
        "aanbieder.concentratie": _concentratie(kas),
        "uitgaven.verwacht": _uiteindelijk(kas, [Periode(PEILDATUM.year, "H2")]),
        "uitgaven.verwacht_jaar": _uiteindelijk(kas, [Periode(PEILDATUM.year, h) for h in ("H1", "H2")]),
        **_verschil(kas),
    }


def _jeugdigen(kas: Kas) -> int:
    """Children × half-years with an amount that isn't nil somewhere."""
    som: Counter[tuple[Periode, int, str, str, str]] = Counter()
    for g, p, r, cent in kas.regels:
        if p in PERIODEN:
            som[p, r.persoon.nr, g, r.agb, r.product.categorie] += cent
    return len({(p, nr) for (p, nr, *_), cent in som.items() if cent})


def _inwoners(kas: Kas) -> float:
    """Inhabitants of 0 to 17, once for each half-year."""
    return sum(
        n * sum(p.jaar == jaar for p in PERIODEN)
        for rijen in kas.inwoners.values()
        for jaar, leeftijd, n in _getallen(rijen)
        if leeftijd < 18
    )


def _getallen(rijen: Iterable[Rij]) -> list[tuple[int, int, int]]:
    return [(int(str(jaar)), int(str(leeftijd)), int(str(n))) for jaar, leeftijd, n in rijen]


def _verwacht(kas: Kas, profiel: Path) -> float:
    """What the profile would expect of these inhabitants, in the prices of each year."""
    per = pd.read_csv(profiel, sep=";").set_index("leeftijd")["euro_per_inwoner"]
    return float(
        sum(
            n * per[leeftijd] / 2 * INDEXATIE ** (jaar - _PROFIELJAAR) * sum(p.jaar == jaar for p in PERIODEN)
            for rijen in kas.inwoners.values()
            for jaar, leeftijd, n in _getallen(rijen)
        )
    )


def _per_traject(kas: Kas, echt: Echt) -> float:
    """Mean costs of help that began and ended while there were declarations."""
    t = echt.trajecten.sort_values("begin", kind="stable")
    begin: dict[tuple[str, int, str, str], list[int]] = defaultdict(list)
    eind: dict[tuple[tuple[str, int, str, str], int], int] = {}
    for g, nr, agb, vorm, b, e in zip(
        t["gemeente"], t["persoon"], t["aanbieder"], t["hulpvorm"], t["begin"], t["eind"], strict=True
    ):
        begin[g, nr, agb, vorm].append(b)
        eind[(g, nr, agb, vorm), b] = e
    vorm_van = _hulpvormen()
    som: Counter[tuple[tuple[str, int, str, str], int]] = Counter()
    for g, _, r, cent in kas.regels:
        sleutel = (g, r.persoon.nr, r.agb, vorm_van.get(r.product, ""))
        if rij := begin.get(sleutel):
            som[sleutel, rij[max(bisect_right(rij, r.eind.toordinal()) - 1, 0)]] += cent
    van, tot, eerste = PERIODEN[0].begin.toordinal(), PERIODEN[-1].eind.toordinal(), EERSTE_DAG.toordinal()
    telt = [cent for plek, cent in som.items() if cent > 0 and plek[1] >= eerste and van <= eind[plek] <= tot]
    return sum(telt) / len(telt) / 100


def _hulpvormen() -> dict[Product, str]:
    per: dict[Product, str] = {p: soort.hulpvorm for soort in ZORGSOORTEN for p, _ in soort.producten}
    oud = {p.code: vorm for p, vorm in per.items()}
    return per | {nieuw: oud[code] for code, nieuw in CONTRACTWIJZIGING.items()}


def _van_categorie(kas: Kas, categorie: str) -> float:
    return sum(cent for _, p, r, cent in kas.regels if p in PERIODEN and r.product.categorie == categorie) / 100


def _aansluiting(kas: Kas) -> float:
    """Declared ÷ ledger over the years with a ledger: the difference per gemeente is written down."""
    boekjaren = {p.jaar for p in PERIODEN if p.jaar >= EERSTE_BOEKJAAR}
    ged = boek = 0.0
    for g, p, _, cent in kas.regels:
        if p.jaar in boekjaren:
            ged += cent
            boek += cent * (1 + VERSCHIL[g])
    return 100 * ged / boek


def _pgb(kas: Kas) -> list[tuple[str, Periode, float]]:
    rijen = [(g, rij) for g, archief in kas.archieven.items() for rij in pgb_regels(archief, zaad=kas.zaad)]
    return [
        (g, Periode.halfjaar_van(date.fromisoformat(f"{maand}-01")), int(str(cent)) / 100)
        for g, (*_, maand, cent) in rijen
    ]


def _pgb_aandeel(kas: Kas) -> float:
    """Of all that was spent where and since there is a pgb."""
    eerste: dict[str, Periode] = {}
    pgb = zin = 0.0
    for g, p, euro in sorted(_pgb(kas), key=lambda rij: (rij[0], rij[1].begin)):
        eerste.setdefault(g, p)
        pgb += euro * (p in PERIODEN)
    for g, p, _, cent in kas.regels:
        if g in eerste and p in PERIODEN and p.begin >= eerste[g].begin:
            zin += cent / 100
    return 100 * pgb / (pgb + zin)


def _concentratie(kas: Kas) -> float:
    som: Counter[tuple[Periode, str]] = Counter()
    for _, p, r, cent in kas.regels:
        som[p, r.agb] += cent
    top = alle = 0.0
    for p in PERIODEN:
        bedragen = sorted(max(cent, 0) for (q, _), cent in som.items() if q == p)
        top += sum(bedragen[-_GROOTSTE:])
        alle += sum(bedragen)
    return 100 * top / alle


def _uiteindelijk(kas: Kas, perioden: list[Periode]) -> float:
    """Once every line is declared and answered."""
    return (
        sum(
            -r.bedrag_cent if r.credit else r.bedrag_cent
            for archief in kas.archieven.values()
            for r in (*archief.prestaties, *archief.later)
            if not r.retourcode and Periode.halfjaar_van(r.begin) in perioden
        )
        / 100
    )


# Why the amount changed against the half-year a year before

_Maten = tuple[float, float, int]
_Plek = tuple[str, Periode]
_Soort = tuple[str, str, str]


def _verschil(kas: Kas) -> dict[str, float]:
    """The five parts, added up over gemeenten and half-years."""
    maten, kinderen = _maten(kas)
    delen = dict.fromkeys(("jeugdigen", "volume", "mix", "prijs", "index"), 0.0)
    leeg: _Maten = (0.0, 0.0, 0)
    vanaf = {g: _heel(kas, g).begin for g in kas.archieven}
    for p in PERIODEN:
        eerder = p.vorige.vorige
        for g in (g for g in kas.archieven if vanaf[g] <= eerder.begin):
            oud, nu = maten[g, eerder], maten[g, p]
            groei = _ln(kinderen[g, eerder], kinderen[g, p])
            for product in sorted({*oud, *nu}):
                for deel, euro in _delen(oud.get(product, leeg), nu.get(product, leeg), groei).items():
                    delen[deel] += euro
    return {f"uitgaven.verschil_{deel}": euro for deel, euro in delen.items()}


def _heel(kas: Kas, gemeente: str) -> Periode:
    """The first half-year of which a gemeente has lines from its first month on."""
    eerste = min((r.begin for r in kas.archieven[gemeente].prestaties if not r.afgewezen), default=PEILDATUM)
    p = Periode.halfjaar_van(eerste)
    return p if eerste.month == p.begin.month else p.volgende


def _maten(kas: Kas) -> tuple[Mapping[_Plek, dict[_Soort, _Maten]], Mapping[_Plek, int]]:
    """Per gemeente and half-year: of each product (euro, volume, children), and how many children in all."""
    ruw: dict[_Plek, dict[_Soort, list[Any]]] = defaultdict(lambda: defaultdict(lambda: [0.0, 0.0, set()]))
    netto: Counter[tuple[str, Periode, int]] = Counter()
    for g, p, r, cent in kas.regels:
        rij = ruw[g, p][r.product.categorie, r.product.gedeclareerd, r.product.eenheid]
        rij[0] += cent / 100
        rij[1] += -r.volume if r.credit else r.volume
        rij[2].add(r.persoon.nr)
        netto[g, p, r.persoon.nr] += cent
    maten = {plek: {k: (e, v, len(wie)) for k, (e, v, wie) in per.items()} for plek, per in ruw.items()}
    kinderen: Counter[tuple[str, Periode]] = Counter((g, p) for (g, p, _), cent in netto.items() if cent)
    return defaultdict(dict, maten), kinderen


def _delen(oud: _Maten, nu: _Maten, kinderen: float) -> dict[str, float]:
    """Logarithmic mean Divisia: what each factor did to the euros of one product."""
    if min(*oud, *nu) <= 0:
        return {"mix": nu[0] - oud[0]}
    (e0, v0, c0), (e1, v1, c1) = oud, nu
    gewicht = (e1 - e0) / log(e1 / e0) if e1 != e0 else e0
    volume = _ln(v0 / c0, v1 / c1)
    index = log(INDEXATIE)
    return {
        "jeugdigen": gewicht * kinderen,
        "volume": gewicht * volume,
        "mix": gewicht * (_ln(c0, c1) - kinderen),
        "prijs": gewicht * (_ln(e0 / v0, e1 / v1) - index),
        "index": gewicht * index,
    }


def _ln(voor: float, na: float) -> float:
    return log(na / voor) if voor > 0 and na > 0 else 0.0
