"""Every indicator once more, in plain Python: loops and sets of days, from the definitions and not from the code.

Slow and simple on purpose. Days are `date.toordinal()`; an open end reaches past every window that is looked at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import groupby, product

from analyse.kern.codes import HULPVORM, MAATREGEL_GEDWONGEN, VERWIJZER, leeftijdsgroep
from analyse.kern.periode import Periode, plus_jaren
from analyse.params import Rekenregels

VERBLIJF = {"11", "12", "13", "14"}
DIMENSIES = ("hulpvorm", "verwijzer", "aanbieder", "leeftijd", "maatregel")
VER = date(2030, 1, 1)
Sleutel = tuple[str, ...]
# gebied, periode, then the five dimensions -> teller, noemer, waarde
Uitkomst = dict[Sleutel, tuple[float | None, float | None, float | None]]


@dataclass
class Traject:
    gemeente: str
    persoon: int
    aanbieder: str
    hulpvorm: str
    begin: date
    eind: date | None
    op_papier: bool
    eersten: list[dict] = field(default_factory=list)
    laatsten: list[dict] = field(default_factory=list)

    @property
    def slot(self) -> date:
        return self.eind or VER

    @property
    def verwijzer(self) -> str:
        bekend = [s["verwijzer"] if s["verwijzer"] in VERWIJZER else "onbekend" for s in self.eersten]
        return min(bekend, key=list(VERWIJZER).index)

    @cached_property
    def dagen(self) -> set[int]:
        return set(range(self.begin.toordinal(), self.slot.toordinal() + 1))

    def loopt_op(self, dag: date) -> bool:
        return self.begin <= dag <= self.slot


def _op_papier(s: dict) -> bool:
    reden, wijziging = s.get("reden_beeindiging") or "", s.get("reden_wijziging") or ""
    return s["eind"] is not None and (
        reden in {"36", "37"} or (not reden and wijziging in {"03", "10", "11", "14"})
    )


def trajecten(spells: Iterable[dict], regels: Rekenregels) -> list[Traject]:
    """Walk through the spells of a key by begin; what has gone on longest so far decides."""

    def sleutel(s: dict) -> tuple:
        return (s["gemeente"], s["persoon_nr"], s["aanbieder"] or "onbekend", s["hulpvorm"])

    uit: list[Traject] = []
    for k, groep in groupby(sorted(spells, key=lambda s: (sleutel(s), s["begin"])), key=sleutel):
        nu: Traject | None = None
        for s in groep:
            gat = (s["begin"] - nu.slot).days - 1 if nu else None
            brug = regels.administratief_doortellen and nu is not None and nu.op_papier
            if nu is None or not (
                gat <= regels.max_gat_dagen or (brug and gat <= regels.administratief_gat_dagen)
            ):
                nu = Traject(*k, s["begin"], s["eind"], _op_papier(s), [s], [s])
                uit.append(nu)
                continue
            if s["begin"] == nu.begin:
                nu.eersten.append(s)
            einde = s["eind"] or VER
            if einde > nu.slot:
                nu.eind, nu.op_papier, nu.laatsten = s["eind"], _op_papier(s), [s]
            elif einde == nu.slot:
                nu.op_papier, nu.laatsten = nu.op_papier or _op_papier(s), [*nu.laatsten, s]
    return uit


@dataclass
class Orakel:
    spells: list[dict]
    geboortejaren: dict[int, int | None]
    maatregelen: list[dict]
    maatregelproducten: set[str]
    gemeenten: tuple[str, ...]
    perioden: list[Periode]
    peildatum: date
    regels: Rekenregels

    def __post_init__(self) -> None:
        jw = [s for s in self.spells if s["domein"] == "Jw"]
        self.zonder = [s for s in jw if s["hulpvorm"] not in HULPVORM]
        met = [s for s in jw if s["hulpvorm"] in HULPVORM]
        self.trajecten = trajecten(met, self.regels)
        verblijf = [s for s in met if s["hulpvorm"] in VERBLIJF and not s["deeltijdverblijf"]]
        self.verblijf = trajecten(verblijf, self.regels)
        self.hulp = _dagen(self.trajecten)
        self.onder_maatregel: dict[int, set[int]] = defaultdict(set)
        for m in [
            *self.maatregelen,
            *({**s, "type": "11"} for s in jw if s["productcode"] in self.maatregelproducten),
        ]:
            if m["type"] in MAATREGEL_GEDWONGEN:
                tot = (m["eind"] or VER).toordinal()
                self.onder_maatregel[m["persoon_nr"]] |= set(range(m["begin"].toordinal(), tot + 1))

    def gebieden(self) -> Iterator[tuple[str, list[Traject], list[Traject]]]:
        for gemeente in self.gemeenten:
            yield (
                gemeente,
                [t for t in self.trajecten if t.gemeente == gemeente],
                [t for t in self.verblijf if t.gemeente == gemeente],
            )
        yield "REGIO", self.trajecten, self.verblijf

    def leeftijd(self, persoon: int, periode: Periode) -> str:
        return leeftijdsgroep(periode.jaar, self.geboortejaren.get(persoon))

    def maatregel(self, persoon: int, dag: date) -> str:
        return "ja" if dag.toordinal() in self.onder_maatregel[persoon] else "nee"

    def categorie(self, t: Traject, periode: Periode, dimensie: str) -> str:
        if dimensie == "leeftijd":
            return self.leeftijd(t.persoon, periode)
        return getattr(t, dimensie)


def plek(gebied: str, periode: Periode, **categorie: str) -> Sleutel:
    return (gebied, str(periode), *(categorie.get(d, "totaal") for d in DIMENSIES))


def splits(splitsing: tuple[str, ...], waarden: dict[str, str]) -> dict[str, str]:
    return {d: waarden[d] for d in splitsing}


def stroomvlaggen(o: Orakel, t: Traject, p: Periode) -> dict[str, bool]:
    """Definitions of the design, paragraph 4, word for word."""
    return {
        "trajecten.beginstand": t.begin < p.begin and (t.eind is None or t.eind >= p.begin),
        "trajecten.instroom": p.begin <= t.begin <= p.eind,
        "trajecten.uitstroom": t.eind is not None and p.begin <= t.eind <= p.eind,
        "trajecten.actief": t.begin <= p.eind and (t.eind is None or t.eind >= p.begin),
        "trajecten.eindstand": t.begin <= p.eind and (t.eind is None or t.eind > p.eind),
        "trajecten.herhaald": p.begin <= t.begin <= p.eind and herhaald(o, t),
    }


def herhaald(o: Orakel, t: Traject) -> bool:
    """A day of help followed by a day without, in [begin − 5 years, begin − 2]."""
    hulp = o.hulp[t.persoon]
    vroegst = plus_jaren(t.begin, -o.regels.terugblik_jaren).toordinal()
    return any(d in hulp and d + 1 not in hulp for d in range(vroegst, t.begin.toordinal() - 1))


def tel_trajecten(o: Orakel, indicator: str, splitsing: tuple[str, ...]) -> Uitkomst:
    """Stocks and flows; verwijzingen.aantal is instroom under another name."""
    naam = {"verwijzingen.aantal": "trajecten.instroom"}.get(indicator, indicator)
    tellers: dict[Sleutel, int] = defaultdict(int)
    for gebied, rijen, _ in o.gebieden():
        for p, t in product(o.perioden, rijen):
            if naam == "verwijzingen.huisarts_sggz":
                sggz = any(s["sggz"] for s in t.eersten)
                raak = p.begin <= t.begin <= p.eind and t.verwijzer == "02" and sggz
            else:
                raak = stroomvlaggen(o, t, p)[naam]
            if raak:
                tellers[plek(gebied, p, **{d: o.categorie(t, p, d) for d in splitsing})] += 1
    return {k: (n, None, n) for k, n in tellers.items()}


def aandelen(o: Orakel, indicator: str, splitsing: tuple[str, ...]) -> Uitkomst:
    """Shares of trajecten: which count at all, and which of them count for the share."""
    regels = {
        "trajectduur.langlopend": ("trajecten.eindstand", lambda t, p: t.begin <= plus_jaren(p.eind, -2)),
        "kwaliteit.verwijzer_onbekend": ("trajecten.instroom", lambda t, p: t.verwijzer == "onbekend"),
        "kwaliteit.datumbron_begin": (
            "trajecten.instroom",
            lambda t, p: all(s["datumbron_begin"] != "regiebericht" for s in t.eersten),
        ),
        "kwaliteit.datumbron_eind": (
            "trajecten.uitstroom",
            lambda t, p: all(s["datumbron_eind"] != "regiebericht" for s in t.laatsten),
        ),
    }
    basis, raak = regels[indicator]
    x: dict[Sleutel, int] = defaultdict(int)
    n: dict[Sleutel, int] = defaultdict(int)
    for gebied, rijen, _ in o.gebieden():
        for p, t in product(o.perioden, rijen):
            if stroomvlaggen(o, t, p)[basis]:
                k = plek(gebied, p, **{d: o.categorie(t, p, d) for d in splitsing})
                n[k] += 1
                x[k] += raak(t, p)
    return {k: (x[k], n[k], 100 * x[k] / n[k]) for k in n}


def verwijzersaandeel(o: Orakel, splitsing: tuple[str, ...]) -> Uitkomst:
    """Of the known ones; `onbekend` of all."""
    uit: Uitkomst = {}
    aantal = {k: v[0] for k, v in tel_trajecten(o, "trajecten.instroom", splitsing).items()}
    i = 2 + DIMENSIES.index("verwijzer")
    groepen: dict[Sleutel, dict[str, float]] = defaultdict(dict)
    for k, n in aantal.items():
        groepen[(*k[:i], "*", *k[i + 1 :])][k[i]] = n
    for g, per in groepen.items():
        alle = sum(per.values())
        bekend = alle - per.get("onbekend", 0)
        for verwijzer in VERWIJZER:
            x, n = per.get(verwijzer, 0), alle if verwijzer == "onbekend" else bekend
            uit[(*g[:i], verwijzer, *g[i + 1 :])] = (x, n, 100 * x / n if n else None)
    return uit


def duur(o: Orakel, indicator: str, splitsing: tuple[str, ...]) -> Uitkomst:
    """Mean and median length of trajecten ended in the period."""
    lengtes: dict[Sleutel, list[int]] = defaultdict(list)
    for gebied, rijen, _ in o.gebieden():
        for p, t in product(o.perioden, rijen):
            if stroomvlaggen(o, t, p)["trajecten.uitstroom"]:
                k = plek(gebied, p, **{d: o.categorie(t, p, d) for d in splitsing})
                lengtes[k].append((t.eind - t.begin).days + 1)
    if indicator == "trajectduur.gemiddeld":
        return {k: (sum(ls), len(ls), sum(ls) / len(ls)) for k, ls in lengtes.items()}
    return {k: (None, len(ls), _midden(sorted(ls))) for k, ls in lengtes.items()}


def _midden(ls: list[int]) -> float:
    half = len(ls) // 2
    return ls[half] if len(ls) % 2 else (ls[half - 1] + ls[half]) / 2


def km_mediaan(gevallen: list[tuple[int, bool]]) -> float | None:
    """Product over the days with an end, by hand."""
    s = 1.0
    for t in sorted({t for t, einde in gevallen if einde}):
        d = sum(1 for u, einde in gevallen if u == t and einde)
        n = sum(1 for u, _ in gevallen if u >= t)
        s *= 1 - d / n
        if s <= 0.5 + 1e-9:
            return t
    return None


def km_trajecten(o: Orakel, splitsing: tuple[str, ...]) -> Uitkomst:
    """Trajecten begun in the two years up to the end of the period, running ones censored at the peildatum."""
    gevallen: dict[Sleutel, list[tuple[int, bool]]] = defaultdict(list)
    for gebied, rijen, _ in o.gebieden():
        for p, t in product(o.perioden, rijen):
            if plus_jaren(p.eind, -o.regels.km_jaren) < t.begin <= p.eind:
                k = plek(gebied, p, **{d: o.categorie(t, p, d) for d in splitsing})
                gevallen[k].append((((t.eind or o.peildatum) - t.begin).days + 1, t.eind is not None))
    return _km(gevallen)


def _km(gevallen: dict[Sleutel, list[tuple[int, bool]]]) -> Uitkomst:
    return {k: (sum(einde for _, einde in g), len(g), km_mediaan(g)) for k, g in gevallen.items()}


def _personen(paren: Iterable[tuple[Sleutel, object]]) -> Uitkomst:
    wie: dict[Sleutel, set] = defaultdict(set)
    for k, persoon in paren:
        wie[k].add(persoon)
    return {k: (len(v), None, len(v)) for k, v in wie.items()}


def jeugdigen_actief(o: Orakel, splitsing: tuple[str, ...]) -> Uitkomst:
    return _personen(
        (plek(gebied, p, **{d: o.categorie(t, p, d) for d in splitsing}), t.persoon)
        for gebied, rijen, _ in o.gebieden()
        for p, t in product(o.perioden, rijen)
        if any(p.begin.toordinal() <= d <= p.eind.toordinal() for d in (t.begin.toordinal(), t.slot.toordinal()))
        or t.loopt_op(p.begin)
    )


def _dagen(rijen: Iterable[Traject]) -> dict[int, set[int]]:
    uit: dict[int, set[int]] = defaultdict(set)
    for t in rijen:
        uit[t.persoon] |= t.dagen
    return uit


def jeugdigen_instroom(o: Orakel, splitsing: tuple[str, ...]) -> Uitkomst:
    """A day in help with none of the 365 days before in help; trajecten that begin that day give the category."""
    vrij = o.regels.instroom_vrije_dagen
    paren = []
    for gebied, rijen, _ in o.gebieden():
        hulp = _dagen(rijen)
        for p, t in product(o.perioden, rijen):
            d = t.begin.toordinal()
            if p.begin <= t.begin <= p.eind and not hulp[t.persoon] & set(range(d - vrij, d)):
                paren.append((plek(gebied, p, **{x: o.categorie(t, p, x) for x in splitsing}), t.persoon))
    return _personen(paren)


def verblijf_jeugdigen(o: Orakel, splitsing: tuple[str, ...]) -> Uitkomst:
    paren = []
    for gebied, _, rijen in o.gebieden():
        hulp = _dagen(rijen)
        for p, t in product(o.perioden, rijen):
            van, tot = p.begin.toordinal(), min(p.eind, o.peildatum).toordinal()
            if t.dagen & set(range(van, p.eind.toordinal() + 1)):
                laatste = max(d for d in hulp[t.persoon] if van <= d <= tot)
                paren.append((_verblijfplek(o, gebied, p, t, splitsing, date.fromordinal(laatste)), t.persoon))
    return _personen(paren)


def _verblijfplek(
    o: Orakel, gebied: str, p: Periode, t: Traject, splitsing: tuple[str, ...], dag: date
) -> Sleutel:
    waarden = {
        "hulpvorm": t.hulpvorm,
        "leeftijd": o.leeftijd(t.persoon, p),
        "maatregel": o.maatregel(t.persoon, dag),
    }
    return plek(gebied, p, **splits(splitsing, waarden))


def verblijf_gedwongen(o: Orakel, splitsing: tuple[str, ...]) -> Uitkomst:
    return _personen(
        (_verblijfplek(o, gebied, p, t, splitsing, dag), t.persoon)
        for gebied, _, rijen in o.gebieden()
        for p, t in product(o.perioden, rijen)
        for dag in (min(p.eind, o.peildatum),)
        if t.loopt_op(dag) and o.maatregel(t.persoon, dag) == "ja"
    )


def _plaatsingen(o: Orakel, rijen: list[Traject]) -> Iterator[tuple[Traject, date, date]]:
    """Trajecten that begin on the first day of verblijf after 90 free days, with both ends of the episode."""
    hulp, vrij = _dagen(rijen), o.regels.verblijf_vrije_dagen
    for t in rijen:
        d = t.begin.toordinal()
        if not hulp[t.persoon] & set(range(d - max(vrij, 1), d)):
            eind = d
            while eind + 1 in hulp[t.persoon]:
                eind += 1
            yield t, t.begin, date.fromordinal(eind)


def verblijf_nieuw(o: Orakel, splitsing: tuple[str, ...]) -> Uitkomst:
    return _personen(
        (_verblijfplek(o, gebied, p, t, splitsing, begin), (t.persoon, begin))
        for gebied, _, rijen in o.gebieden()
        for t, begin, _ in _plaatsingen(o, rijen)
        for p in o.perioden
        if p.begin <= begin <= p.eind
    )


def verblijf_naar_huis(o: Orakel, splitsing: tuple[str, ...]) -> Uitkomst:
    paren = []
    for gebied, _, rijen in o.gebieden():
        hulp = _dagen(rijen)
        for p, t in product(o.perioden, rijen):
            if t.eind is None or not p.begin <= t.eind <= p.eind:
                continue
            d = t.eind.toordinal()
            if not hulp[t.persoon] & set(range(d + 1, d + 1 + max(o.regels.verblijf_vervolg_dagen, 1))):
                paren.append((_verblijfplek(o, gebied, p, t, splitsing, t.eind), (t.persoon, t.eind)))
    return _personen(paren)


def verblijf_duur(o: Orakel, splitsing: tuple[str, ...]) -> Uitkomst:
    gevallen: dict[Sleutel, dict[tuple, tuple[int, bool]]] = defaultdict(dict)
    for gebied, _, rijen in o.gebieden():
        for t, begin, eind in _plaatsingen(o, rijen):
            loopt = eind >= VER
            for p in o.perioden:
                if plus_jaren(p.eind, -o.regels.km_jaren) < begin <= p.eind:
                    k = _verblijfplek(o, gebied, p, t, splitsing, begin)
                    t_dagen = ((o.peildatum if loopt else eind) - begin).days + 1
                    gevallen[k][t.persoon, begin] = (t_dagen, not loopt)
    return _km({k: list(v.values()) for k, v in gevallen.items()})


def zonder_hulpvorm(o: Orakel) -> Uitkomst:
    return _personen(
        (plek(gebied, p), (s["gemeente"], s["toewijzingnummer"]))
        for gebied in (*o.gemeenten, "REGIO")
        for s in o.zonder
        if gebied in ("REGIO", s["gemeente"])
        for p in o.perioden
        if s["begin"] <= p.eind and (s["eind"] is None or s["eind"] >= p.begin)
    )


def reken(o: Orakel, indicator: str, splitsing: tuple[str, ...], inwoners: float) -> Uitkomst:
    """The cells of one indicator in one split that have something in them."""
    familie, _, naam = indicator.partition(".")
    if familie == "trajecten" or indicator in ("verwijzingen.aantal", "verwijzingen.huisarts_sggz"):
        return tel_trajecten(o, indicator, splitsing)
    if indicator == "verwijzingen.aandeel":
        return verwijzersaandeel(o, splitsing)
    if indicator in ("trajectduur.gemiddeld", "trajectduur.mediaan"):
        return duur(o, indicator, splitsing)
    if indicator == "trajectduur.langlopend" or (familie == "kwaliteit" and naam != "zonder_hulpvorm"):
        return aandelen(o, indicator, splitsing)
    if indicator == "jeugdigen.per_1000":
        deel = {g: inwoners * (len(o.gemeenten) if g == "REGIO" else 1) for g in (*o.gemeenten, "REGIO")}
        tellers = jeugdigen_actief(o, splitsing)
        return {k: (v[0], deel[k[0]], 1000 * v[0] / deel[k[0]]) for k, v in tellers.items()}
    los = {
        "trajectduur.mediaan_km": km_trajecten,
        "jeugdigen.actief": jeugdigen_actief,
        "jeugdigen.instroom": jeugdigen_instroom,
        "verblijf.jeugdigen": verblijf_jeugdigen,
        "verblijf.nieuw": verblijf_nieuw,
        "verblijf.gedwongen": verblijf_gedwongen,
        "verblijf.naar_huis": verblijf_naar_huis,
        "verblijf.duur_km": verblijf_duur,
        "kwaliteit.zonder_hulpvorm": lambda o, _: zonder_hulpvorm(o),
    }
    return los[indicator](o, splitsing)
