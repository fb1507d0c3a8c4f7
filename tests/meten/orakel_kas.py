"""Money beside the amounts, and the aanbieders, in plain Python: loops over lines, from the definitions.

Every function gives (gebied, half-year) -> figure, or None where nothing can be said.
"""

from __future__ import annotations

import csv
import random
from collections import defaultdict
from datetime import date
from functools import cached_property
from math import log
from pathlib import Path

from basis_bouwer import PEILDATUM
from geldregio import geldregio
from orakel import Orakel
from rommelregio import GEMEENTEN

from analyse.kern.codes import HULPVORM
from analyse.kern.periode import Periode, halfjaren

WORTEL = Path(__file__).parents[2]
INDEX = 1.035
Uitkomst = dict[tuple[str, Periode], float | None]
JAREN = {"GM0200": (2020, 2021, 2024), "GM0213": (2021, 2023), "GM0301": (2019, 2021, 2022)}


class Kasregio:
    """A messy region with money, inhabitants, pgb, ledger and referrals to the toegang."""

    def __init__(self, zaad: int) -> None:
        self.kans = random.Random(zaad)
        self.regio = geldregio(zaad, aantal=100)
        for d in self.regio["declaraties"]:
            d["productcategorie"] = self.kans.choice([d["productcategorie"], "55", "48"])
            d["aanbieder"] = self.kans.choice([d["aanbieder"], *(f"B{nr}" for nr in range(7))])
        self.populatie = [
            {"gemeente": g, "jaar": jaar, "leeftijd": x, "praktijk": None, "aantal": self.kans.randint(1, 40)}
            for g, jaren in JAREN.items()
            for jaar in jaren
            for x in range(23)
        ]
        self.pgb = [self._pgb() for _ in range(40)]
        self.begroting = [rij for g in GEMEENTEN for jaar in range(2020, 2026) for rij in self._boek(g, jaar)]
        self.aanmeldingen = [
            {"gemeente": g, "kwartaal": f"{jaar}-K{nr}", "praktijk": p, "aantal": self.kans.randint(0, 5)}
            for g in GEMEENTEN
            for jaar in (2023, 2024, 2025)
            for nr in range(1, 5)
            if self.kans.random() < 0.8
            for p in (None, "01000001")
        ]

    def _pgb(self) -> dict:
        soort = self.kans.choice(["{}-H1", "{}-H2", "{}", "{}-03", "{}-07"])
        vast = {"productcategorie": "45", "productcode": "45A04", "hulpvorm": "02"}
        wie = {"persoon_nr": self.kans.randint(1, 6), "gemeente": self.kans.choice(GEMEENTEN[:2])}
        periode = soort.format(self.kans.randint(2021, 2025))
        return {**vast, **wie, "periode": periode, "bedrag_cent": self.kans.randint(1, 9) * 12_300}

    def _boek(self, gemeente: str, jaar: int) -> list[dict]:
        velden = self.kans.choice([("6.72a", "6.82b"), ("6.73b", "6.1"), ("6.72a", "6.74c", "6.1"), ()])
        leeg = self.kans.random() < 0.2
        return [
            {"gemeente": gemeente, "jaar": jaar, "taakveld": veld, "begroot_cent": 0,
             "werkelijk_cent": None if leeg else self.kans.randint(0, 9) * 1_000_000}
            for veld in velden
        ]  # fmt: skip

    @cached_property
    def regels(self) -> list[dict]:
        return [d for d in self.regio["declaraties"] if d["toegekend"] and d["domein"] == "Jw"]

    @cached_property
    def perioden(self) -> list[Periode]:
        begin = min(s["begin"] for s in self.regio["spells"] if s["hulpvorm"] in HULPVORM and s["domein"] == "Jw")
        eerste = max(Periode(2019, "H1"), Periode.halfjaar_van(begin))
        return list(halfjaren(eerste, Periode.halfjaar_van(PEILDATUM)))

    def eerste(self, gemeente: str) -> date:
        return min(d["maand"] for d in self.regels if d["gemeente"] == gemeente)

    def leveren(self, gebied: str, p: Periode) -> list[str]:
        """Gemeenten behind a figure about money."""
        return [g for g in GEMEENTEN if gebied in (g, "REGIO") and p.eind >= self.eerste(g)]

    def euro(self, wie: list[str], p: Periode, **is_: object) -> float:
        return sum(
            d["bedrag_cent"] / 100
            for d in self.regels
            if d["gemeente"] in wie and p.begin <= d["maand"] <= p.eind and all(d[k] == v for k, v in is_.items())
        )

    def cellen(self) -> list[tuple[str, Periode, list[str]]]:
        return [(g, p, self.leveren(g, p)) for g in (*GEMEENTEN, "REGIO") for p in self.perioden]

    # Inhabitants

    def per_jaar(self, wie: list[str], p: Periode, gewicht: dict[int, float]) -> float | None:
        """Weighted inhabitants of the latest year that all these gemeenten know."""
        bekend = [jaar for jaar in range(2019, p.jaar + 1) if wie and all(jaar in JAREN[g] for g in wie)]
        if not bekend:
            return None
        return sum(
            r["aantal"] * gewicht.get(r["leeftijd"], 0)
            for r in self.populatie
            if r["gemeente"] in wie and r["jaar"] == bekend[-1]
        )

    def per_inwoner(self) -> Uitkomst:
        jong = dict.fromkeys(range(18), 1.0)
        return {
            (g, p): self.euro(wie, p) / n if (n := self.per_jaar(wie, p, jong)) else None
            for g, p, wie in self.cellen()
        }

    def leeftijdsindex(self) -> Uitkomst:
        with (WORTEL / "data/referentie/cpb_leeftijdsprofiel.csv").open(encoding="utf-8") as bestand:
            profiel = {
                int(r["leeftijd"]): float(r["euro_per_inwoner"]) for r in csv.DictReader(bestand, delimiter=";")
            }
        return {
            (g, p): 100 * self.euro(wie, p) / (n / 2 * INDEX ** (p.jaar - 2022))
            if (n := self.per_jaar(wie, p, profiel))
            else None
            for g, p, wie in self.cellen()
        }

    # Pgb, bought by the country, ledger, toegang

    def budgetten(self) -> dict[tuple[str, Periode], float]:
        som: dict[tuple[str, Periode], float] = defaultdict(float)
        for rij in self.pgb:
            p = Periode.lees(rij["periode"])
            delen = sorted({Periode.halfjaar_van(dag) for dag in (p.begin, p.eind)}, key=str)
            for half in delen:
                som[rij["gemeente"], half] += rij["bedrag_cent"] / 100 / len(delen)
        return som

    def pgb_van(self, *, aandeel: bool) -> Uitkomst:
        som, uit = self.budgetten(), {}
        eerste = {g: min(p.begin for (h, p) in som if h == g) for g in {g for g, _ in som}}
        for g, p, wie in self.cellen():
            met = [h for h in (GEMEENTEN if g == "REGIO" else (g,)) if h in eerste and p.eind >= eerste[h]]
            met = [h for h in met if h in wie] if aandeel else met
            pgb, zin = sum(som.get((h, p), 0) for h in met), self.euro(met, p)
            uit[g, p] = pgb if not aandeel else 100 * pgb / (pgb + zin) if pgb + zin > 0 else None
            uit[g, p] = uit[g, p] if met else None
        return uit

    def landelijk(self) -> Uitkomst:
        return {
            (g, p): 100 * self.euro(wie, p, productcategorie="55") / alles
            if (alles := self.euro(wie, p)) > 0
            else None
            for g, p, wie in self.cellen()
        }

    def landelijk_euro(self) -> Uitkomst:
        return {(g, p): self.euro(wie, p, productcategorie="55") if wie else None for g, p, wie in self.cellen()}

    def aansluiting(self) -> Uitkomst:
        uit: Uitkomst = {}
        for g, p, wie in self.cellen():
            jaar = [Periode(p.jaar, "H1"), Periode(p.jaar, "H2")]
            boek = [self.werkelijk(h, p.jaar) for h in wie]
            kan = wie and p.deel == "H2" and all(boek)
            uit[g, p] = 100 * sum(self.euro(wie, q) for q in jaar) / sum(filter(None, boek)) if kan else None
        return uit

    def werkelijk(self, gemeente: str, jaar: int) -> float | None:
        """The ledger for youth, when it is whole and the declarations are too."""
        rijen = [
            r for r in self.begroting if (r["gemeente"], r["jaar"]) == (gemeente, jaar) and r["taakveld"] != "6.1"
        ]
        if (
            not rijen
            or any(r["werkelijk_cent"] is None for r in rijen)
            or self.eerste(gemeente) > date(jaar, 1, 31)
        ):
            return None
        return sum(r["werkelijk_cent"] for r in rijen) / 100

    def toegang(self) -> Uitkomst:
        per: dict[tuple[str, str], int] = defaultdict(int)
        for r in self.aanmeldingen:
            per[r["gemeente"], r["kwartaal"]] += r["aantal"]
        uit: Uitkomst = {}
        for g, p, _ in self.cellen():
            kwartalen = [f"{p.jaar}-K{(1 if p.deel == 'H1' else 3) + n}" for n in (0, 1)]
            wie = [h for h in GEMEENTEN if g in (h, "REGIO") and all((h, k) in per for k in kwartalen)]
            uit[g, p] = sum(per[h, k] for h in wie for k in kwartalen) if wie else None
        return uit

    # Why it changed

    def verschil(self, deel: str) -> Uitkomst:
        uit: Uitkomst = {}
        for g, p, _ in self.cellen():
            wie = [h for h in GEMEENTEN if g in (h, "REGIO") and self.heel(h) <= p.vorige.vorige.begin]
            uit[g, p] = sum(self.delen(h, p)[deel] for h in wie) if wie else None
        return uit

    def heel(self, gemeente: str) -> date:
        """First day of the first half-year that was declared from its first month on."""
        eerste = self.eerste(gemeente)
        half = Periode.halfjaar_van(eerste)
        return half.begin if eerste == half.begin else half.volgende.begin

    def delen(self, gemeente: str, p: Periode) -> dict[str, float]:
        """Logarithmic mean Divisia by hand: euro = children × share × volume per child × price × index."""
        uit = dict.fromkeys(("jeugdigen", "volume", "mix", "prijs", "index"), 0.0)
        (oud, kinderen0), (nu, kinderen1) = self.maten(gemeente, p.vorige.vorige), self.maten(gemeente, p)
        for product in {*oud, *nu}:
            e0, v0, c0 = oud.get(product, (0, 0, 0))
            e1, v1, c1 = nu.get(product, (0, 0, 0))
            if min(e0, v0, c0, e1, v1, c1, kinderen0, kinderen1) <= 0:
                uit["mix"] += e1 - e0
                continue
            gewicht = (e1 - e0) / log(e1 / e0) if abs(e1 - e0) > 1e-9 * e0 else (e0 + e1) / 2
            uit["jeugdigen"] += gewicht * log(kinderen1 / kinderen0)
            uit["mix"] += gewicht * log((c1 / kinderen1) / (c0 / kinderen0))
            uit["volume"] += gewicht * log((v1 / c1) / (v0 / c0))
            uit["index"] += gewicht * log(INDEX)
            uit["prijs"] += gewicht * log((e1 / v1) / (e0 / v0) / INDEX)
        return uit

    def maten(self, gemeente: str, p: Periode) -> tuple[dict, int]:
        """Per product euro, volume and children; how many children with an amount in all."""
        per, netto = defaultdict(lambda: [0.0, 0.0, set()]), defaultdict(int)
        for d in self.regels:
            if d["gemeente"] == gemeente and p.begin <= d["maand"] <= p.eind:
                los = d["eenheid"] == "83"
                uren = d["volume"] / (60 if d["eenheid"] == "01" else 1)
                soort = "04" if d["eenheid"] == "01" else d["eenheid"]
                rij = per[d["productcategorie"], d["productcode"], soort]
                euro = d["bedrag_cent"] / 100
                rij[0] += euro
                rij[1] += euro / INDEX**p.jaar if los else uren * (-1 if d["bedrag_cent"] < 0 else 1)
                rij[2] |= {d["persoon_nr"]} - {None}
                netto[d["persoon_nr"]] += d["bedrag_cent"]
        kinderen = len([wie for wie, cent in netto.items() if cent and wie is not None])
        return {k: (e, v, len(wie)) for k, (e, v, wie) in per.items()}, kinderen

    # Aanbieders

    def orakel(self, regels: object) -> Orakel:
        jaren = self.regio["geboortejaren"]
        return Orakel(self.regio["spells"], jaren, [], set(), GEMEENTEN, self.perioden, PEILDATUM, regels)

    def aanbieders(self, orakel: Orakel, soort: str) -> Uitkomst:
        """How many have a client, and how many do that did not (or no longer do) half a year before."""
        wie: dict[tuple[str, Periode], set[str]] = defaultdict(set)
        for t in orakel.trajecten:
            for p in self.perioden:
                if t.aanbieder != "onbekend" and t.begin <= p.eind and t.slot >= p.begin:
                    wie[t.gemeente, p].add(t.aanbieder)
                    wie["REGIO", p].add(t.aanbieder)
        uit: Uitkomst = {}
        for g, p, _ in self.cellen():
            nu, eerder = wie[g, p], wie[g, p.vorige]
            tel = {"aantal": nu, "toetreders": nu - eerder, "uittreders": eerder - nu}[soort]
            uit[g, p] = None if soort != "aantal" and p == self.perioden[0] else len(tel)
        return uit

    def concentratie(self) -> Uitkomst:
        uit: Uitkomst = {}
        namen = {d["aanbieder"] for d in self.regels}
        for g, p, wie in self.cellen():
            per = sorted(max(self.euro(wie, p, aanbieder=naam), 0) for naam in namen)
            uit[g, p] = 100 * sum(per[-5:]) / sum(per) if sum(per) > 0 else None
        return uit

    # What is still to come

    def verwacht(self, *, jaar: bool) -> Uitkomst:
        """Chain ladder on months, by hand; months still empty get the mean of the twelve before."""
        uit: Uitkomst = {}
        for g in (*GEMEENTEN, "REGIO"):
            maanden = self.maandeinden([h for h in GEMEENTEN if g in (h, "REGIO")])
            for p in self.perioden:
                eerste = p.begin.year * 12 + p.begin.month - 1
                keuze = [maanden.get(nr) for nr in range(eerste - (6 if jaar else 0), eerste + 6)]
                uit[g, p] = None if None in keuze else sum(keuze)
        return uit

    def maandeinden(self, wie: list[str]) -> dict[int, float]:
        """Expected end per month number."""
        rijen = [
            (_nr(d["maand"]), max(_nr(d["dagtekening"]), _nr(d["maand"]) + 1), d["bedrag_cent"] / 100)
            for d in self.regels
            if d["gemeente"] in wie
        ]
        eerste, laatste = min(m for m, _, _ in rijen), _nr(PEILDATUM)
        aantal = laatste - eerste
        breed = min(24, aantal)
        c = [
            [
                sum(e for m, g, e in rijen if m == eerste + i and g - 1 - m <= k and g <= laatste)
                for k in range(breed)
            ]
            for i in range(aantal)
        ]
        factoren = [self.factor(c, k) for k in range(breed - 1)]
        einden: dict[int, float] = {}
        for i, rij in enumerate(c):
            gezien = min(aantal - i, breed)
            stand = rij[gezien - 1]
            if stand > 0 or gezien == breed:
                eind = stand
                for factor in factoren[gezien - 1 :]:
                    eind *= factor
                alles = sum(e for m, g, e in rijen if m == eerste + i and g <= laatste)
                einden[eerste + i] = alles + eind - stand
        return _aangevuld(einden, eerste, laatste)

    @staticmethod
    def factor(c: list[list[float]], k: int) -> float:
        mee = [rij for i, rij in enumerate(c) if i + k + 1 < len(c) and rij[k] > 0][-24:]
        return sum(rij[k + 1] for rij in mee) / sum(rij[k] for rij in mee) if mee else 1.0


def _nr(dag: date) -> int:
    return dag.year * 12 + dag.month - 1


def _aangevuld(einden: dict[int, float], eerste: int, laatste: int) -> dict[int, float]:
    """At most three months of a half-year may be filled in, with the mean of the last twelve that are known."""
    tot = laatste - 1 + (5 - (laatste - 1) % 6)
    bekend = [einden[nr] for nr in sorted(einden)][-12:]
    for half in range(eerste // 6, tot // 6 + 1):
        leeg = [nr for nr in range(6 * half, 6 * half + 6) if eerste <= nr <= tot and nr not in einden]
        if len(leeg) <= 3 and len(bekend) == 12:
            einden |= dict.fromkeys(leeg, sum(bekend) / 12)
    return einden
