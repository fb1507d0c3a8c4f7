"""What really happened to the children of the demo region, for every indicator about help.

Counted on the true help, before any message is lost, late or wrong. Plain counting of days and rows, with nothing
shared with what measures the Basis. `waarde` is of the whole region over `PERIODEN` together; the last year before
the peildatum is left out, because there the registration is still catching up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
import pandas as pd

from analyse.demo.aanbod import ONBEKEND_PRODUCT
from analyse.demo.waarheid_zorg import andere, rond_einde, zwaartes
from analyse.demo.wereld import PEILDATUM, Wereld, Zorgtraject
from analyse.kern.codes import HULPVORM, MAATREGEL_GEDWONGEN, VERBLIJF
from analyse.kern.periode import Periode, halfjaren, plus_jaren

PERIODEN = tuple(halfjaren(Periode(2020, "H1"), Periode(2024, "H2")))
_JAAR, _VERBLIJF_VRIJ, _VERBLIJF_VERVOLG = 365, 90, 30
_TERUG = 5
_INHOUD, _STRIKT, _BREED = ("31", "32", "33", "34", "35"), ("32", "33"), ("32", "33", "34", "35")
Zwaarte = Callable[[Zorgtraject], int]
_KOLOMMEN = [
    "persoon",
    "gemeente",
    "hulpvorm",
    "verwijzer",
    "aanbieder",
    "begin",
    "eind",
    "reden",
    "sggz",
    "deeltijd",
]


@dataclass(frozen=True)
class Echt:
    """The true help of the region as a table; days are ordinals."""

    wereld: Wereld

    @cached_property
    def trajecten(self) -> pd.DataFrame:
        """One row per true traject with a hulpvorm that anybody can see."""
        rijen = [
            (t.persoon.nr, t.gemeente, t.soort.hulpvorm, t.verwijzer, t.aanbieder.agb, t.begin.toordinal(),
             t.eind.toordinal(), t.reden, t.soort.sggz, t.soort.deeltijd)
            for t in self.wereld.trajecten
            if t.soort.hulpvorm and t.product is not ONBEKEND_PRODUCT and t.begin <= PEILDATUM
        ]  # fmt: skip
        return pd.DataFrame(rijen, columns=_KOLOMMEN)

    @cached_property
    def hulp(self) -> pd.DataFrame:
        """`trajecten` with `opent` (first of a stretch of help) and `vorig` (end of the stretch before)."""
        return stukken(self.trajecten, 0)

    @cached_property
    def verblijf(self) -> pd.DataFrame:
        """Stretches of verblijf of a child, without deeltijdverblijf: persoon, begin, eind, vorig, volgend."""
        t = self.trajecten
        t = stukken(t[t["hulpvorm"].isin(VERBLIJF) & ~t["deeltijd"]], 0)
        per = t.groupby(["persoon", "stuk"], sort=True)
        e = per.agg(begin=("begin", "min"), eind=("eind", "max"), vorig=("vorig", "first")).reset_index()
        return e.assign(volgend=e.groupby("persoon")["begin"].shift(-1))


def stukken(t: pd.DataFrame, gat: int) -> pd.DataFrame:
    """Number the stretches (`stuk`) of each child, more than `gat` free days apart; with `opent` and `vorig`."""
    t = t.sort_values(["persoon", "begin", "eind"], kind="stable").reset_index(drop=True)
    tot_nu = t.groupby("persoon")["eind"].cummax()
    verst = tot_nu.groupby(t["persoon"]).shift()
    opent = verst.isna() | (t["begin"] - verst - 1 > gat)
    vorig = verst.where(opent)
    stuk = opent.cumsum()
    return t.assign(opent=opent, stuk=stuk, vorig=vorig.groupby(stuk).transform("first"))


def dagen(p: Periode) -> tuple[int, int]:
    """First and last day of a period."""
    return p.begin.toordinal(), p.eind.toordinal()


def hulpcijfers(echt: Echt) -> dict[str, float]:
    """Stocks, flows, persons, referrals and lengths."""
    som: dict[str, float] = {}
    for p in PERIODEN:
        for naam, waarde in _van_periode(echt, p).items():
            som[naam] = som.get(naam, 0.0) + waarde
    n = len(PERIODEN)
    som["trajectduur.langlopend"] = 100 * som.pop("_lang") / som["trajecten.eindstand"]
    som["trajectduur.gemiddeld"] = som.pop("_dagen") / som["trajecten.uitstroom"]
    som["verwijzingen.aandeel"] = 100 * som.pop("_huisarts") / som["trajecten.instroom"]
    som["verwijzingen.aantal"] = som["trajecten.instroom"]
    return {naam: w / n if naam.startswith("trajectduur.mediaan") else w for naam, w in som.items()}


def _van_periode(echt: Echt, p: Periode) -> dict[str, float]:
    t, (b, e) = echt.hulp, dagen(p)
    begint, eindigt = t["begin"].between(b, e), t["eind"].between(b, e)
    actief = t["begin"].le(e) & t["eind"].ge(b)
    lang = t["begin"].le(plus_jaren(p.eind, -2).toordinal())
    vers, jaar = stukken(echt.trajecten, _JAAR - 1), plus_jaren(p.eind, -2).toordinal()
    cohort = t[t["begin"].gt(jaar) & t["begin"].le(e)]
    duur = t["eind"] - t["begin"] + 1
    terug = t["begin"] - (_TERUG * 365.25 // 1)
    return {
        "trajecten.beginstand": int((t["begin"].lt(b) & actief).sum()),
        "trajecten.instroom": int(begint.sum()),
        "trajecten.uitstroom": int(eindigt.sum()),
        "trajecten.actief": int(actief.sum()),
        "trajecten.eindstand": int((actief & t["eind"].gt(e)).sum()),
        "trajecten.herhaald": int((begint & t["vorig"].ge(terug)).sum()),
        "jeugdigen.actief": int(t.loc[actief, "persoon"].nunique()),
        "jeugdigen.instroom": int((vers["opent"] & vers["begin"].between(b, e)).sum()),
        "verwijzingen.huisarts_sggz": int((begint & t["sggz"] & t["verwijzer"].eq("02")).sum()),
        "trajectduur.mediaan": float(duur[eindigt].median()),
        "trajectduur.mediaan_km": float((cohort["eind"] - cohort["begin"] + 1).median()),
        "_dagen": float(duur[eindigt].sum()),
        "_lang": int((lang & t["eind"].gt(e)).sum()),
        "_huisarts": int((begint & t["verwijzer"].eq("02")).sum()),
    }


def verblijfcijfers(echt: Echt) -> dict[str, float]:
    """Out-of-home placement."""
    e, t = echt.verblijf, echt.trajecten
    t = t[t["hulpvorm"].isin(VERBLIJF) & ~t["deeltijd"]]
    gedwongen = _onder_maatregel(echt.wereld)
    nieuw = e["vorig"].isna() | (e["begin"] - e["vorig"] - 1).ge(_VERBLIJF_VRIJ)
    thuis = e["volgend"].isna() | (e["volgend"] - e["eind"]).gt(_VERBLIJF_VERVOLG)
    som = dict.fromkeys(("verblijf.jeugdigen", "verblijf.nieuw", "verblijf.naar_huis", "verblijf.gedwongen"), 0)
    duren = []
    for p in PERIODEN:
        b, z = dagen(p)
        som["verblijf.jeugdigen"] += t.loc[t["begin"].le(z) & t["eind"].ge(b), "persoon"].nunique()
        som["verblijf.nieuw"] += int((nieuw & e["begin"].between(b, z)).sum())
        som["verblijf.naar_huis"] += int((thuis & e["eind"].between(b, z)).sum())
        hier = set(t.loc[t["begin"].le(z) & t["eind"].ge(z), "persoon"])
        som["verblijf.gedwongen"] += len(hier & {nr for nr, van, tot in gedwongen if van <= z <= tot})
        cohort = e[nieuw & e["begin"].gt(plus_jaren(p.eind, -2).toordinal()) & e["begin"].le(z)]
        duren.append(float((cohort["eind"] - cohort["begin"] + 1).median()))
    return {**som, "verblijf.duur_km": float(np.mean(duren))}


def _onder_maatregel(wereld: Wereld) -> list[tuple[int, int, int]]:
    return [
        (m.persoon.nr, m.begin.toordinal(), m.eind.toordinal())
        for m in wereld.maatregelen
        if m.type in MAATREGEL_GEDWONGEN
    ]


# What follows an end


def eindcijfers(echt: Echt) -> dict[str, float]:
    """Doorstroom, dropout, step-down and no new start."""
    van, tot = PERIODEN[0].begin, PERIODEN[-1].eind
    alle = [
        t for t in echt.wereld.trajecten
        if t.soort.hulpvorm and t.product is not ONBEKEND_PRODUCT and van <= t.eind <= tot
    ]  # fmt: skip
    som = dict.fromkeys(("aantal", "zwaarder", "lichter", "gelijk", "andere_aanbieder", "blijft", "uit"), 0) | {
        f"naar_{code}": 0 for code in HULPVORM
    }
    zwaarte, af = zwaartes(), 0
    for t in alle:
        nieuw, in_hulp = rond_einde(t)
        gekozen = min(nieuw, key=lambda u: (-zwaarte(u), u.begin, u.soort.hulpvorm), default=None)
        for soort in _soorten(t, gekozen, zwaarte, in_hulp=in_hulp):
            som[soort] += 1
        af += t.soort.sggz and gekozen is not None and 0 < zwaarte(gekozen) < zwaarte(t)
    sggz = sum(t.soort.sggz for t in alle)
    uit = {f"doorstroom.{naam}": float(n) for naam, n in som.items()}
    uit["doorstroom.aandeel"] = 100 * som["aantal"] / len(alle)
    uit["zorgpad.sggz_afschaling"] = 100 * af / sggz
    return uit | _uitval(alle) | _sggz_duur(echt) | _geen_start(alle)


def _soorten(t: Zorgtraject, gekozen: Zorgtraject | None, zwaarte: Zwaarte, *, in_hulp: bool) -> Iterable[str]:
    if gekozen is None:
        yield "blijft" if in_hulp else "uit"
        return
    yield "aantal"
    yield f"naar_{gekozen.soort.hulpvorm}"
    van, naar = zwaarte(t), zwaarte(gekozen)
    if van and naar:
        yield "zwaarder" if naar > van else "lichter" if naar < van else "gelijk"
    if gekozen.aanbieder is not t.aanbieder:
        yield "andere_aanbieder"


def _uitval(einden: list[Zorgtraject]) -> dict[str, float]:
    inhoud = [t.reden for t in einden if t.reden in _INHOUD]
    return {
        f"uitval.{naam}": 100 * sum(reden in deel for reden in inhoud) / len(inhoud)
        for naam, deel in (("strikt", _STRIKT), ("breed", _BREED))
    }


def _geen_start(einden: list[Zorgtraject]) -> dict[str, float]:
    """Ends without a new begin in the half-year and the year after; the year has been seen of all of them."""
    na = [min(((u.begin - t.eind).days for u in andere(t) if u.begin > t.eind), default=9999) for t in einden]
    return {
        f"geen_nieuwe_start.{m}_maanden": 100 * sum(d > n for d in na) / len(na) for m, n in ((6, 182), (12, 365))
    }


def _sggz_duur(echt: Echt) -> dict[str, float]:
    """The median length of what began in two years; the true ends lie behind the peildatum as well."""
    t = echt.trajecten[echt.trajecten["sggz"]]
    medianen = []
    for p in PERIODEN:
        cohort = t[t["begin"].gt(plus_jaren(p.eind, -2).toordinal()) & t["begin"].le(p.eind.toordinal())]
        medianen.append(float((cohort["eind"] - cohort["begin"] + 1).median()))
    return {"zorgpad.sggz_duur": float(np.mean(medianen))}


# Aanbieders


def aanbiedercijfers(echt: Echt) -> dict[str, float]:
    """Aanbieders with a client, and who came and went since the half-year before."""
    t = echt.trajecten
    rij = [PERIODEN[0].vorige, *PERIODEN]
    wie = [set(t.loc[t["begin"].le(z) & t["eind"].ge(b), "aanbieder"]) for b, z in map(dagen, rij)]
    return {
        "aanbieder.aantal": float(sum(len(nu) for nu in wie[1:])),
        "aanbieder.toetreders": float(sum(len(nu - eerder) for eerder, nu in pairwise(wie))),
        "aanbieder.uittreders": float(sum(len(eerder - nu) for eerder, nu in pairwise(wie))),
    }
