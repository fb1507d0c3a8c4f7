"""Every figure about money once more, in plain Python: loops over lines, from the definitions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from statistics import mean

from orakel import DIMENSIES, Orakel, Sleutel, Traject, plek

from analyse.kern.codes import HULPVORM, VERWIJZER
from analyse.kern.periode import Periode

Cel = dict[Sleutel, tuple[float | None, float | None, float | None]]


@dataclass
class Geldorakel:
    o: Orakel
    declaraties: list[dict]

    def regels(self) -> list[dict]:
        return [d for d in self.declaraties if d["toegekend"] and d["domein"] == "Jw"]

    def gebieden(self, gemeente: str) -> tuple[str, str]:
        return gemeente, "REGIO"

    def eerste(self, gemeente: str) -> date | None:
        return min((d["maand"] for d in self.regels() if d["gemeente"] == gemeente), default=None)

    def levert(self, gebied: str, p: Periode) -> bool:
        eigen = self.o.gemeenten if gebied == "REGIO" else (gebied,)
        return any((eerste := self.eerste(g)) is not None and p.eind >= eerste for g in eigen)

    def categorie(self, d: dict, dimensie: str) -> str:
        if dimensie == "hulpvorm":
            return d["hulpvorm"] if d["hulpvorm"] in HULPVORM else "geen"
        if dimensie == "verwijzer":
            return d["verwijzer"] if d["verwijzer"] in VERWIJZER else "onbekend"
        return d["aanbieder"] or "onbekend"

    def in_cel(self, splitsing: tuple[str, ...]) -> Iterator[tuple[Sleutel, dict]]:
        for d in self.regels():
            for p in self.o.perioden:
                if p.begin <= d["maand"] <= p.eind:
                    for gebied in self.gebieden(d["gemeente"]):
                        yield plek(gebied, p, **{x: self.categorie(d, x) for x in splitsing}), d

    def bedrag(self, splitsing: tuple[str, ...]) -> Cel:
        som: dict[Sleutel, int] = defaultdict(int)
        for k, d in self.in_cel(splitsing):
            som[k] += d["bedrag_cent"]
        return {k: (v / 100, None, v / 100) for k, v in som.items()}

    def personen(self, splitsing: tuple[str, ...]) -> dict[Sleutel, set[int]]:
        """Who has an amount that isn't zero at some aanbieder, in some hulpvorm and for some verwijzer."""
        som: dict[tuple, int] = defaultdict(int)
        for k, d in self.in_cel(DIMENSIES[:3]):
            som[k, d["gemeente"], d["persoon_nr"]] += d["bedrag_cent"]
        wie: dict[Sleutel, set[int]] = defaultdict(set)
        for (k, _, persoon), cent in som.items():
            if cent and persoon is not None:
                eigen = [w if DIMENSIES[i] in splitsing else "totaal" for i, w in enumerate(k[2:5])]
                wie[(*k[:2], *eigen, "totaal", "totaal")].add(persoon)
        return wie

    def jeugdigen(self, splitsing: tuple[str, ...]) -> Cel:
        return {k: (len(v), None, len(v)) for k, v in self.personen(splitsing).items()}

    def per_jeugdige(self, splitsing: tuple[str, ...]) -> Cel:
        euro, wie = self.bedrag(splitsing), self.personen(splitsing)
        aantal = {k: len(wie.get(k, ())) for k in euro}
        return {k: (v[0], aantal[k], v[0] / aantal[k] if aantal[k] else None) for k, v in euro.items()}

    def kosten(self, t: Traject) -> int:
        """Lines that fall to this traject: its own key, and it is the last one begun by their last day."""
        zelfde = [x for x in self.o.trajecten if _sleutel(x) == _sleutel(t)]
        som = 0
        for d in self.regels():
            eigen = (d["gemeente"], d["persoon_nr"], d["aanbieder"] or "onbekend", d["hulpvorm"])
            if eigen == _sleutel(t):
                begonnen = [x for x in zelfde if x.begin <= d["periode_eind"]]
                van = max(begonnen, key=lambda x: x.begin) if begonnen else min(zelfde, key=lambda x: x.begin)
                som += d["bedrag_cent"] if van is t else 0
        return som

    def per_traject(self, splitsing: tuple[str, ...]) -> Cel:
        bedragen: dict[Sleutel, list[float]] = defaultdict(list)
        for t in self.o.trajecten:
            eerste = self.eerste(t.gemeente)
            if t.eind is None or eerste is None or t.begin < eerste or (cent := self.kosten(t)) <= 0:
                continue
            for p in self.o.perioden:
                if p.begin <= t.eind <= p.eind:
                    for gebied in self.gebieden(t.gemeente):
                        k = plek(gebied, p, **{x: getattr(t, x) for x in splitsing})
                        bedragen[k].append(cent / 100)
        return {k: (sum(v), len(v), mean(v)) for k, v in bedragen.items()}


def _sleutel(t: Traject) -> tuple:
    return t.gemeente, t.persoon, t.aanbieder, t.hulpvorm


def reken_geld(g: Geldorakel, indicator: str, splitsing: tuple[str, ...]) -> Cel:
    """The cells of one indicator in one split that have something in them."""
    soorten = {
        "uitgaven.bedrag": g.bedrag,
        "uitgaven.jeugdigen": g.jeugdigen,
        "uitgaven.per_jeugdige": g.per_jeugdige,
        "uitgaven.per_traject": g.per_traject,
    }
    return soorten[indicator](splitsing)
