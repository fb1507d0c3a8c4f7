"""Makes the help of one child hang together: one verwijzer for most of it, and two products that seldom meet.

Both change who gets what and never how much of it there is. Verwijzers are swapped between children whose help of
one kind began in the same gemeente and half-year, or their help itself is, so every count of inflow stays as it
was, those that the true effects work on included. A product is only replaced by another of the same kind of help.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from analyse.demo.aanbod import SOORT
from analyse.demo.toeval import Toeval
from analyse.demo.wereld import PEILDATUM, Persoon, Zorgtraject

VREEMD = ("45A05", "45A52")  # hours of specialist help, and hours in the network of the child
_BLIJFT_ANDERS = 0.1  # of the help with another verwijzer than the child had, what is left as it is
_BLIJFT_VREEMD = 0.5  # of the odd pairs that ran together in the last year, those that stay
_LEEFTIJD_SCHEELT, _RUIMTE = 1500, timedelta(days=45)
_Plek = tuple[str, str, int]


def een_verwijzer(trajecten: Sequence[Zorgtraject], *, niet: Iterable[Persoon], toeval: Toeval) -> None:
    """Swap verwijzers until most children have the one of their first help; `niet` are left alone.

    Children who moved or changed aanbieder are left alone as well: there the verwijzer belongs to both parts.
    """
    vast = {persoon.nr for persoon in niet} | {t.persoon.nr for t in trajecten if t.verhuisd or t.reden == "38"}
    vrij = [t for t in trajecten if t.persoon.nr not in vast and t.soort.hulpvorm]
    eerste: dict[int, str] = {}
    aantal: dict[int, int] = defaultdict(int)
    for t in vrij:
        eerste.setdefault(t.persoon.nr, t.verwijzer)
        aantal[t.persoon.nr] += 1
    # Who has no other help can take any verwijzer without being at odds with it.
    ruil: dict[tuple[_Plek, str], list[Zorgtraject]] = defaultdict(list)
    for t in vrij:
        if aantal[t.persoon.nr] == 1:
            ruil[_plek(t), t.verwijzer].append(t)
    for t in vrij:
        wens = eerste[t.persoon.nr]
        if t.verwijzer != wens and not toeval.kans(_BLIJFT_ANDERS) and ruil[_plek(t), wens]:
            ander = ruil[_plek(t), wens].pop()
            ander.verwijzer, t.verwijzer = t.verwijzer, ander.verwijzer
            ruil[_plek(t), ander.verwijzer].append(ander)
    _ruil_hulp([t for t in vrij if t.verwijzer != eerste[t.persoon.nr]], eerste, toeval)
    _vervoer(vrij, trajecten)


def _ruil_hulp(anders: Iterable[Zorgtraject], eerste: dict[int, str], toeval: Toeval) -> None:
    """Swap help between two children who both have the verwijzer that the other's help asks for."""
    wacht: dict[tuple[str, int, str, str], list[Zorgtraject]] = defaultdict(list)
    for t in anders:
        gemeente, _, half = _plek(t)
        van, naar = t.verwijzer, eerste[t.persoon.nr]
        if t.soort.naam == "daghulp" or toeval.kans(_BLIJFT_ANDERS):
            continue
        lijst = wacht[gemeente, half, naar, van]
        ander = next((u for u in lijst if _past(t, u.persoon, u) and _past(u, t.persoon, t)), None)
        if ander is None:
            wacht[gemeente, half, van, naar].append(t)
        else:
            lijst.remove(ander)
            _wissel(t, ander)


def _past(t: Zorgtraject, kind: Persoon, weg: Zorgtraject) -> bool:
    """Whether this help can be of this child, who loses `weg`: about as old, and with no such help around it."""
    if abs((t.persoon.geboren - kind.geboren).days) > _LEEFTIJD_SCHEELT or kind.leeftijd(t.eind) >= 18:
        return False
    return not any(
        t.begin <= u.eind + _RUIMTE and u.begin <= t.eind + _RUIMTE
        for u in kind.trajecten
        if u is not weg
        and (u.soort is t.soort or (u.soort.hulpvorm, u.aanbieder) == (t.soort.hulpvorm, t.aanbieder))
    )


def _wissel(een: Zorgtraject, twee: Zorgtraject) -> None:
    for t in (een, twee):
        t.persoon.trajecten.remove(t)
    een.persoon, twee.persoon = twee.persoon, een.persoon
    for t in (een, twee):
        t.persoon.trajecten.append(t)
        t.persoon.trajecten.sort(key=lambda u: u.begin)


def _plek(t: Zorgtraject) -> _Plek:
    return t.gemeente, t.soort.naam, 2 * t.begin.year + (t.begin.month > 6)


def _vervoer(vrij: Iterable[Zorgtraject], trajecten: Iterable[Zorgtraject]) -> None:
    """The ride to daghulp has the verwijzer of the daghulp."""
    heen = {(t.persoon.nr, t.begin, t.eind): t.verwijzer for t in vrij if t.soort.naam == "daghulp"}
    for t in trajecten:
        if t.soort.naam == "vervoer":
            t.verwijzer = heen.get((t.persoon.nr, t.begin, t.eind), t.verwijzer)


def vreemd_paar(personen: Iterable[Persoon], toeval: Toeval) -> None:
    """Take the second product of `VREEMD` from children who have both, but for some who have them at once."""
    anders = next(p for p, _ in SOORT["netwerk"].producten if p.code != VREEMD[1])
    for persoon in personen:
        een, twee = ([t for t in persoon.trajecten if t.product.code == code] for code in VREEMD)
        samen = een and twee and any(_samen_in(PEILDATUM.year, a, b) for a in een for b in twee)
        if een and twee and not (samen and toeval.kans(_BLIJFT_VREEMD)):
            for t in twee:
                t.product = anders


def _samen_in(jaar: int, a: Zorgtraject, b: Zorgtraject) -> bool:
    begin, eind = max(a.begin, b.begin), min(a.eind, b.eind)
    return a.gemeente == b.gemeente and begin <= eind and eind >= date(jaar, 1, 1) and begin <= PEILDATUM
