"""What follows an end and what preceded a begin, in plain Python: loops over trajecten, from the definitions."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from functools import cached_property
from itertools import product

import pandas as pd
from basis_bouwer import GEMEENTEN, PEILDATUM, bevolking, bouw, params_met
from orakel import DIMENSIES, Orakel, Sleutel, Traject, Uitkomst, km_mediaan, plek
from rommelregio import rommelregio

from analyse.kern.codes import HULPVORM
from analyse.kern.periode import Periode, halfjaren, plus_jaren
from analyse.meten import meet
from analyse.params import Params, Rekenregels

UITKOMSTEN_VAN = ("GM0200", "GM0213")


class Eindregio:
    """A messy region with rungs, requests, toewijzingen and outcomes, and its trajecten by hand."""

    def __init__(self, zaad: int, **regels: object) -> None:
        self.kans, self.regels = random.Random(zaad), Rekenregels(**regels)
        self.regio = rommelregio(zaad, aantal=170)
        for nr, s in enumerate(self.regio["spells"]):
            s["toewijzingnummer"] = str(nr)
            s["zwaarte"] = self.kans.choice([None, 1, 2, 2, 3, 5])
            if s["reden_beeindiging"]:
                s["reden_beeindiging"] = self.kans.choice(["31", "31", "32", "33", "34", "35", "36", "38", "02"])
        self.toewijzingen = [self._toewijzing(s) for s in self.regio["spells"] if self.kans.random() < 0.95]
        self.uitkomsten = [u for s in self.regio["spells"] for u in self._uitkomsten(s)]

    def _toewijzing(self, s: dict) -> dict:
        toegewezen = s["begin"] - timedelta(days=self.kans.choice([-40, -1, 0, 1, 30, 60]))
        verzoek = toegewezen - timedelta(days=self.kans.choice([0, 3, 9])) if self.kans.random() < 0.5 else None
        rij = {k: s[k] for k in ("persoon_nr", "gemeente", "domein", "toewijzingnummer", "aanbieder", "hulpvorm")}
        ingang = s["begin"] - timedelta(days=self.kans.choice([-3, 0, 14]))
        eerste = {"eerste_toewijzingsdatum": toegewezen, "eerste_ingangsdatum": ingang, "verzoekdatum": verzoek}
        return {**rij, "toewijzingsdatum": s["begin"], **eerste}

    def _uitkomsten(self, s: dict) -> Iterator[dict]:
        if s["eind"] is None or s["gemeente"] not in UITKOMSTEN_VAN:
            return
        for wie in self.kans.choice([[], ["ouder"], ["ouder", "jeugdige"]]):
            yield {
                **{k: s[k] for k in ("persoon_nr", "gemeente", "aanbieder")},
                "einddatum": s["eind"] + timedelta(days=self.kans.choice([-32, -31, 0, 0, 31, 32])),
                "rapportcijfer": self.kans.choice([None, 6.0, 7.5, 8.0, 9.0]),
                "zonder_hulp_verder": self.kans.choice([None, "01", "02", "03", "04"]),
                "informant": wie,
                "doelrealisatie": self.kans.choice([None, "ja", "deels", "nee", "misschien"]),
            }

    def meet(self, map_, *indicatoren: str) -> tuple[pd.DataFrame, Params]:
        params = params_met(*indicatoren, **self.regels.model_dump())
        extra = {"toewijzingen": self.toewijzingen, "uitkomsten": self.uitkomsten}
        basis = bouw(map_, self.regio["spells"], geboortejaren=self.regio["geboortejaren"], **extra)
        return meet(basis, params=params, bevolking=bevolking()).tabel, params

    @cached_property
    def orakel(self) -> Orakel:
        spells = self.regio["spells"]
        begin = min(s["begin"] for s in spells if s["hulpvorm"] in HULPVORM and s["domein"] == "Jw")
        eerste = max(Periode(2019, "H1"), Periode.halfjaar_van(begin))
        perioden = list(halfjaren(eerste, Periode.halfjaar_van(PEILDATUM)))
        jaren = self.regio["geboortejaren"]
        return Orakel(spells, jaren, [], set(), GEMEENTEN, perioden, PEILDATUM, self.regels)

    def cellen(self, rijen: Iterable[Traject], dag: Callable, splitsing: tuple[str, ...]) -> Iterator[tuple]:
        """(cell, traject) for the gemeente and the region, in the period of `dag(traject)`."""
        for t, p in product(rijen, self.orakel.perioden):
            if dag(t) is not None and p.begin <= dag(t) <= p.eind:
                for gebied in (t.gemeente, "REGIO"):
                    per = {d: self.orakel.categorie(t, p, d) for d in splitsing}
                    yield plek(gebied, p, **per), t

    def tel(self, vlag: Callable, splitsing: tuple[str, ...]) -> Uitkomst:
        """Ended trajecten for which `vlag` holds."""
        n: dict[Sleutel, int] = defaultdict(int)
        for k, t in self.cellen(self.orakel.trajecten, lambda t: t.eind, splitsing):
            n[k] += bool(vlag(t))
        return {k: (x, None, x) for k, x in n.items()}

    def deel(self, vlag: Callable, noemer: Callable, splitsing: tuple[str, ...]) -> Uitkomst:
        """Share of the ended trajecten for which `noemer` holds."""
        x: dict[Sleutel, int] = defaultdict(int)
        n: dict[Sleutel, int] = defaultdict(int)
        for k, t in self.cellen(self.orakel.trajecten, lambda t: t.eind, splitsing):
            n[k] += bool(noemer(t))
            x[k] += bool(noemer(t) and vlag(t))
        return {k: (x[k], n[k], 100 * x[k] / n[k] if n[k] else None) for k in n}

    # What comes after an end

    def anderen(self, t: Traject) -> list[Traject]:
        return [a for a in self.orakel.trajecten if a is not t and a.persoon == t.persoon]

    def gekozen(self, t: Traject) -> Traject | None:
        """The new help that counts."""
        speling = timedelta(days=self.regels.doorstroom_dagen)
        nieuw = [
            a
            for a in self.anderen(t)
            if t.eind - speling <= a.begin <= t.eind + speling
            and a.begin > t.begin
            and a.slot > t.eind
            and (a.hulpvorm, a.aanbieder) != (t.hulpvorm, t.aanbieder)
        ]
        nieuw.sort(key=lambda a: (-zwaarte(a.eersten), a.begin, a.hulpvorm, a.aanbieder != t.aanbieder))
        return nieuw[0] if nieuw else None

    def in_hulp(self, t: Traject) -> bool:
        grens = t.eind + timedelta(days=self.regels.doorstroom_dagen)
        return any(a.begin <= grens and a.slot > t.eind for a in self.anderen(t))

    def stap(self, t: Traject) -> int:
        """−1, 0 or 1 on the ladder; None when a rung is unknown or nothing new began."""
        a = self.gekozen(t)
        if a is None or not zwaarte(a.eersten) or not zwaarte(t.laatsten):
            return None
        van, naar = zwaarte(t.laatsten), zwaarte(a.eersten)
        return (naar > van) - (naar < van)

    def nieuwe_start_binnen(self, t: Traject, maanden: int) -> bool:
        return any(t.eind < a.begin <= plus_maanden(t.eind, maanden) for a in self.orakel.trajecten
                   if a.persoon == t.persoon)  # fmt: skip

    def km_sggz(self, splitsing: tuple[str, ...]) -> Uitkomst:
        gevallen: dict[Sleutel, list[tuple[int, bool]]] = defaultdict(list)
        for t, p in product(self.orakel.trajecten, self.orakel.perioden):
            if is_sggz(t) and plus_jaren(p.eind, -self.regels.km_jaren) < t.begin <= p.eind:
                for gebied in (t.gemeente, "REGIO"):
                    k = plek(gebied, p, **{d: self.orakel.categorie(t, p, d) for d in splitsing})
                    gevallen[k].append((((t.eind or PEILDATUM) - t.begin).days + 1, t.eind is not None))
        return {k: (sum(e for _, e in g), len(g), km_mediaan(g)) for k, g in gevallen.items()}


def zwaarte(spells: list[dict]) -> int:
    return max(s["zwaarte"] or 0 for s in spells)


def is_sggz(t: Traject) -> bool:
    return any(s["sggz"] for s in t.eersten)


def plus_maanden(dag: date, maanden: int) -> date:
    return (pd.Timestamp(dag) + pd.DateOffset(months=maanden)).date()


def vergelijk(tabel: pd.DataFrame, indicator: str, splitsing: tuple[str, ...], verwacht: Uitkomst) -> None:
    """Every row of the table is what was reckoned by hand, and nothing reckoned is missing."""
    deel = tabel[tabel["indicator"].eq(indicator)]
    for dimensie in DIMENSIES:
        totaal = deel[dimensie].eq("totaal")
        deel = deel[~totaal if dimensie in splitsing else totaal]
    gevonden = {
        tuple(rij[:7]): rij[7:]
        for rij in deel[["gebied", "periode", *DIMENSIES, "teller", "noemer", "waarde"]].itertuples(index=False)
    }
    assert set(verwacht) <= set(gevonden)
    for sleutel, (teller, noemer, waarde) in gevonden.items():
        x, n, w = verwacht.get(sleutel, (0, None, 0) if pd.isna(noemer) else (0, 0, None))
        for naam, een, ander in (("teller", teller, x), ("noemer", noemer, n), ("waarde", waarde, w)):
            klopt = pd.isna(een) if ander is None else abs(een - ander) < 1e-9
            assert klopt or (naam == "teller" and pd.isna(een)), (indicator, sleutel, naam, een, ander)
