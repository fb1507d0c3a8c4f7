"""The ties between counts as the attacker sees them, from the declared families and what was published.

Shares no code with the gate, only the declaration: it is half of the judge of the gate.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from analyse.kern import codes
from analyse.kern.periode import Periode
from analyse.kern.schema import SLEUTEL
from analyse.vrijgave.families import Deel, Hoogstens, Som, Stroom
from analyse.vrijgave.kennis import Cel, Kennis, venster


@dataclass(frozen=True)
class Band:
    """One tie between counts: `totaal` = Σ `delen`, or, when `min_` is set, at least (or at most) that.

    `rest` says that what one part leaves of the total is as sensitive as the part, `groep` also when that is
    nothing at all, `nul` that the part is sensitive when it is 0 itself.
    """

    soort: str
    totaal: Cel
    delen: tuple[Cel, ...]
    teken: int = 0  # 0: equal; 1: the total is at least the sum; −1: at most
    factor: float = 1.0  # of the total
    rest: bool = False
    groep: bool = False
    nul: bool = False

    @property
    def naam(self) -> str:
        """The tie in words."""
        return f"{self.soort}: {', '.join(deel for deel in self.totaal if deel != codes.TOTAAL)}"


def banden(kennis: Kennis) -> Iterator[Band]:
    """Every tie between the counts that were published, and stocks and flows that follow from them."""
    kennis.gebruik_maten()
    cellen = [cel for cel in kennis.onder if cel not in kennis.maten]
    yield from _vensters(kennis)
    yield from _regio(kennis, cellen)
    yield from _sommen(kennis, cellen)
    yield from _lagen(kennis, cellen)
    for stroom in kennis.families.stromen:
        yield from _stromen(kennis, stroom)
    for som in kennis.families.sommen:
        yield from _optelling(kennis, som)
    for relatie in kennis.families.paren:
        yield from _paren(kennis, relatie)
    for (deel, geheel), procent in kennis.procent.items():
        yield Band("percentage", geheel, (deel,), -1, factor=max(procent - 0.5, 0.0) / 100)
        yield Band("percentage", geheel, (deel,), 1, factor=(procent + 0.5) / 100)
    for paar, gedrukt in kennis.bekend.items():
        if bekend := kennis.bekenden(paar, gedrukt):
            yield Band("bekende en onbekende verwijzers", paar[1], (bekend, paar[0]))


def _vensters(kennis: Kennis) -> Iterator[Band]:
    jaarlijks = {SLEUTEL.index(naam) for naam in kennis.families.per_jaar}
    for cel, aantal in kennis.vensters.items():
        periode, delen = Periode.lees(cel[2]), []
        for _ in range(aantal):
            delen.append((*cel[:2], str(periode), *cel[3:]))
            periode = periode.vorige
        wisselt = any(cel[as_] != codes.TOTAAL for as_ in jaarlijks)
        if not wisselt and all(deel in kennis.onder for deel in delen):
            yield Band("samen de perioden achter een maat", venster(cel), tuple(delen))


def _groepeer(paren: Iterable[tuple[Cel, Cel]]) -> dict[Cel, list[Cel]]:
    groepen: dict[Cel, list[Cel]] = defaultdict(list)
    for totaal, deel in paren:
        groepen[totaal].append(deel)
    return groepen


def _regio(kennis: Kennis, cellen: list[Cel]) -> Iterator[Band]:
    gemeenten = [cel for cel in cellen if cel[1] != codes.REGIO]
    bekend = set(cellen)
    for regio, delen in _groepeer(((cel[0], codes.REGIO, *cel[2:]), cel) for cel in gemeenten).items():
        uniek = kennis.families.grootheid(regio[0]).uniek
        if regio in bekend:
            yield Band("gemeenten en regio", regio, tuple(delen), -1 if uniek else 0)
            yield from (Band("regio minstens een gemeente", regio, (cel,), 1) for cel in delen if uniek)


def _sommen(kennis: Kennis, cellen: list[Cel]) -> Iterator[Band]:
    for as_, dimensie in enumerate(codes.DIMENSIES, start=3):
        gesplitst = [cel for cel in cellen if cel[as_] != codes.TOTAAL]
        for totaal, delen in _groepeer(((*c[:as_], codes.TOTAAL, *c[as_ + 1 :]), c) for c in gesplitst).items():
            overlap = dimensie in kennis.families.grootheid(totaal[0]).overlap
            yield Band(f"{dimensie} en totaal", totaal, tuple(delen), -1 if overlap else 0, rest=True, groep=True)
            yield from (Band("totaal minstens een categorie", totaal, (cel,), 1) for cel in delen if overlap)


def _lagen(kennis: Kennis, cellen: list[Cel]) -> Iterator[Band]:
    """A long period and the months or half-years in it."""
    perioden = {naam: Periode.lees(naam) for naam in sorted({cel[2] for cel in cellen})}
    for lang, kort, heel in _inhoud(perioden):
        for cel in [cel for cel in cellen if cel[2] == lang]:
            delen = [(*cel[:2], deel, *cel[3:]) for deel in kort]
            bekend = tuple(deel for deel in delen if deel in kennis.onder)
            yield from _laag(kennis, cel, bekend, compleet=heel and len(bekend) == len(delen))


def _inhoud(perioden: dict[str, Periode]) -> Iterator[tuple[str, list[str], bool]]:
    """Every period with the shorter ones of one kind within it, and whether they fill it."""
    dagen = {naam: (p.eind - p.begin).days + 1 for naam, p in perioden.items()}
    for lang, heel in perioden.items():
        for soort in ("H", "m"):
            kort = [
                naam
                for naam, p in sorted(perioden.items(), key=lambda paar: paar[1].begin)
                if (p.deel[:1] == "H" if soort == "H" else p.deel.isdigit())
                and heel.begin <= p.begin
                and p.eind <= heel.eind
                and dagen[naam] < dagen[lang]
            ]
            if kort:
                yield lang, kort, sum(dagen[naam] for naam in kort) == dagen[lang]


def _laag(kennis: Kennis, lang: Cel, delen: tuple[Cel, ...], *, compleet: bool) -> Iterator[Band]:
    soort = kennis.families.grootheid(lang[0]).perioden
    naam = "korte en lange periode"
    if soort == "som" and delen:
        yield Band(naam, lang, delen, 0 if compleet else 1)
    if soort == "uniek":
        yield from (Band(naam, lang, (cel,), 1) for cel in delen)
        if compleet and delen:
            yield Band(naam, lang, delen, -1)
    if soort in ("eerste", "laatste") and compleet and delen:
        yield Band(naam, lang, (delen[0 if soort == "eerste" else -1],))


def _optelling(kennis: Kennis, som: Som) -> Iterator[Band]:
    plekken = sorted({cel[1:] for cel in kennis.onder if cel[0] in som.delen})
    for plek in plekken:
        delen = tuple((naam, *plek) for naam in som.delen if (naam, *plek) in kennis.onder)
        if (som.geheel, *plek) in kennis.onder:
            teken = 0 if len(delen) == len(som.delen) else 1
            yield Band("delen van een som", (som.geheel, *plek), delen, teken)


def _stromen(kennis: Kennis, relatie: Stroom) -> Iterator[Band]:
    plekken = {cel[1:] for cel in kennis.onder if cel[0] in relatie.namen}
    actief, begin, instroom, eind, uitstroom = relatie.namen
    assen = [SLEUTEL.index(naam) - 1 for naam in relatie.per_jaar]
    for plek in sorted(plekken):
        if sum((naam, *plek) in kennis.onder for naam in relatie.namen) < 2:
            continue
        yield Band("beginstand en instroom", (actief, *plek), ((begin, *plek), (instroom, *plek)))
        yield Band("eindstand en uitstroom", (actief, *plek), ((eind, *plek), (uitstroom, *plek)))
        later = (plek[0], str(Periode.lees(plek[1]).volgende), *plek[2:])
        wisselt = later[1].endswith("H1") and any(plek[as_] != codes.TOTAAL for as_ in assen)
        if later in plekken and not wisselt:
            yield Band("eindstand en volgende beginstand", (eind, *plek), ((begin, *later),))


def _paren(kennis: Kennis, relatie: Deel | Hoogstens) -> Iterator[Band]:
    klein, groot = relatie.paar
    vast = {SLEUTEL.index(naam): code for naam, code in groot.vast}
    for cel in [cel for cel in kennis.onder if cel[0] == klein]:
        ander = (groot.grootheid, *(vast.get(as_, deel) for as_, deel in enumerate(cel[1:], start=1)))
        if ander not in kennis.onder:
            continue
        if isinstance(relatie, Deel):
            soort = {"rest": True, "groep": relatie.over_personen, "nul": relatie.nul_onthult}
            yield Band("deel en geheel", ander, (cel,), 1, **soort)
        else:
            yield Band("hoogstens", ander, (cel,), 1)


def resten(kennis: Kennis, alle: Iterable[Band]) -> list[tuple[Cel, Cel]]:
    """(total, part) of which the remainder must stay unknown; only the strict attacker can tell which."""
    gevuld = {(cel[0], *cel[3:]) for cel, waarde in kennis.waarheid.items() if waarde > 0}
    paren: dict[tuple[Cel, Cel], None] = {}
    for band in alle:
        keus = band.teken == 1 or len({cel[3:] for cel in band.delen if (cel[0], *cel[3:]) in gevuld}) > 1
        for cel in band.delen if band.rest else ():
            groep = band.groep and keus and codes.ONBEKEND not in cel
            if _gevoelig(kennis, band.totaal, cel, groep=groep):
                paren[band.totaal, cel] = None
            if band.nul and kennis.waarheid.get(cel) == 0 and kennis.waarheid.get(band.totaal, 0.0) > 0:
                kennis.verborgen.add(cel)
                kennis.geheim.add(cel)
    return list(paren)


def _gevoelig(kennis: Kennis, totaal: Cel, deel: Cel, *, groep: bool) -> bool:
    rest = kennis.waarheid.get(totaal, np.nan) - kennis.waarheid.get(deel, np.nan)
    return bool(
        kennis.waarheid.get(deel, 0.0) > 0 and (0 < rest < kennis.drempels.minimum or (groep and rest == 0))
    )
