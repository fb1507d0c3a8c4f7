"""What really became of the help of the demo region, and how crooked the registration of it is.

Counted on the world, before any message is lost or late, by rules written down here and nowhere shared with what
measures the Basis: two ways to the same figure check each other, one way twice checks nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import Any

import numpy as np

from analyse.demo import leveren
from analyse.demo.afstemmen import VREEMD
from analyse.demo.declareren import BENUTTING, BOVEN_TOEWIJZING
from analyse.demo.feiten import Archief
from analyse.demo.wereld import EERSTE_DAG, PEILDATUM, Wereld, Zorgtraject
from analyse.params import Params

_ROND = timedelta(days=30)  # other help from so many days before an end to so many after it follows on it
_VENSTERS = {"6_maanden": 182, "12_maanden": 365}
_WERKDAGEN, _STOPDAGEN = 5, 30


def zorg(wereld: Wereld) -> dict[str, Any]:
    """Shares in percent of the trajecten that ended from 2019 up to the peildatum."""
    einden = [t for t in wereld.trajecten if t.soort.hulpvorm and EERSTE_DAG <= t.eind < PEILDATUM]
    vervolg = {id(t): _vervolg(t) for t in einden}
    sggz = [t for t in einden if t.soort.sggz]
    zwaarte = zwaartes()
    lichter = [t for t in sggz if 0 < max(map(zwaarte, vervolg[id(t)]), default=0) < zwaarte(t)]
    return {
        "einden": len(einden),
        **_uitval(einden),
        "geen_nieuwe_start": {naam: _geen_start(einden, dagen) for naam, dagen in _VENSTERS.items()},
        "doorstroom": _procent(sum(bool(na) for na in vervolg.values()), len(einden)),
        "sggz_afschaling": _procent(len(lichter), len(sggz)),
        "vreemde_combinatie": list(VREEMD),
        "kind_halfjaren_met_meer_verwijzers": _meer_verwijzers(wereld.trajecten),
    }


def _procent(deel: int, geheel: int) -> float:
    return round(100 * deel / geheel, 2) if geheel else 0.0


def _uitval(einden: Iterable[Zorgtraject]) -> dict[str, float]:
    """Of the ends that say how the help itself ended: broken off by one side, or before its time."""
    redenen = [t.reden for t in einden if t.reden in ("31", "32", "33", "34", "35")]
    delen = {"uitval_strikt": ("32", "33"), "uitval_breed": ("32", "33", "34", "35")}
    return {naam: _procent(sum(r in uit for r in redenen), len(redenen)) for naam, uit in delen.items()}


def andere(t: Zorgtraject) -> list[Zorgtraject]:
    """The other help of the same child that has begun."""
    return [u for u in t.persoon.trajecten if u is not t and u.soort.hulpvorm and u.begin <= PEILDATUM]


def _geen_start(einden: Iterable[Zorgtraject], dagen: int) -> float:
    """Ends that have been watched that long, without new help in it."""
    gezien = [t for t in einden if t.eind + timedelta(days=dagen) <= PEILDATUM]
    stil = [t for t in gezien if not any(0 < (u.begin - t.eind).days <= dagen for u in andere(t))]
    return _procent(len(stil), len(gezien))


def _vervolg(t: Zorgtraject) -> list[Zorgtraject]:
    """Other help, of another kind or aanbieder, that began around the end and went on after it."""
    return rond_einde(t)[0]


def rond_einde(t: Zorgtraject) -> tuple[list[Zorgtraject], bool]:
    """The new help around an end, and whether the child has any other help within the days after it."""
    anderen = andere(t)
    in_hulp = any(u.eind > t.eind and u.begin <= t.eind + _ROND for u in anderen)
    nieuw = [
        u
        for u in anderen
        if abs(u.begin - t.eind) <= _ROND
        and u.begin > t.begin
        and u.eind > t.eind
        and (u.soort.hulpvorm, u.aanbieder) != (t.soort.hulpvorm, t.aanbieder)
    ]
    return nieuw, in_hulp


def zwaartes() -> Callable[[Zorgtraject], int]:
    """The rung of a traject, by its product (or its productcategorie)."""
    lijst = Params.open().producten
    sleutels = zip(lijst["productcode"], lijst["productcategorie"], strict=True)
    per = dict(zip(sleutels, lijst["zwaarte"].astype(str), strict=True))

    def zwaarte(t: Zorgtraject) -> int:
        gevonden = per.get((t.product.code, t.product.categorie), "")
        return int(gevonden) if gevonden.isdigit() else 0

    return zwaarte


def _meer_verwijzers(trajecten: Iterable[Zorgtraject]) -> int:
    """Children × half-years (from 2019) in which help of more than one verwijzer began in one gemeente."""
    wie: dict[tuple[int, str, int, bool], set[str]] = defaultdict(set)
    for t in trajecten:
        if EERSTE_DAG <= t.begin <= PEILDATUM:
            wie[t.persoon.nr, t.gemeente, t.begin.year, t.begin.month > 6].add(t.verwijzer)
    return sum(len(verwijzers) > 1 for verwijzers in wie.values())


def registratie(archieven: Mapping[str, Archief]) -> dict[str, Any]:
    """How much is late, missing or too much; the numbers of toewijzingen on which too much is declared."""
    gestart = {g: _gestart(archief) for g, archief in archieven.items()}
    return {
        "start_te_laat": sum(_te_laat(archief) for archief in archieven.values()),
        "geen_stop": sum(_zonder_stop(archief, gestart[g]) for g, archief in archieven.items()),
        "gestart": sum(map(len, gestart.values())),
        "kans_start_te_laat_bij_gewone_aanbieder": leveren.TE_LAAT,
        "kans_boven_toewijzing": BOVEN_TOEWIJZING,
        "boven_toewijzing": {g: sorted(archief.boven) for g, archief in archieven.items()},
        "benutting_uren": BENUTTING,
        "dagen_van_verzoek_tot_besluit": [1, 8],
    }


def _gestart(archief: Archief) -> set[int]:
    weg = {(m.nummer, m.begin) for m in archief.meldingen if m.status == "3" and not m.eind}
    return {m.nummer for m in archief.meldingen if not m.eind and (m.nummer, m.begin) not in weg}


def _te_laat(archief: Archief) -> int:
    """Starts told more than five working days after they were."""
    weg = {(m.nummer, m.begin) for m in archief.meldingen if m.status == "3" and not m.eind}
    starts = {
        (m.nummer, m.begin): m.bericht
        for m in archief.meldingen
        if not m.eind and m.status == "1" and (m.nummer, m.begin) not in weg
    }
    return sum(int(np.busday_count(begin, bericht)) > _WERKDAGEN for (_, begin), bericht in starts.items())


def _zonder_stop(archief: Archief, gestart: set[int]) -> int:
    """Begun toewijzingen that ended more than a month ago, and nobody said so."""
    gestopt = {m.nummer for m in archief.meldingen if m.eind and m.status == "1"}
    laatste: dict[int, tuple[tuple[date, str], date | None]] = {}
    for v in archief.versies:
        if not v.retourcode and (v.nummer not in laatste or v.stempel > laatste[v.nummer][0]):
            laatste[v.nummer] = v.stempel, v.eind
    grens = PEILDATUM - timedelta(days=_STOPDAGEN)
    return sum(
        nummer in gestart and nummer not in gestopt and eind is not None and eind < grens
        for nummer, (_, eind) in laatste.items()
    )
