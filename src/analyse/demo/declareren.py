"""What aanbieders declare, and what the gemeente rejects.

Few lines on purpose: a traject price is one line, hours and long treatment are one line per half-year, only
daghulp and verblijf come monthly. A product period always lies in one calendar month; hours are declared in the
last one of their half-year. Except for the toewijzingen that are meant to, nothing exceeds what was allocated.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from analyse.demo.aanbod import Product
from analyse.demo.feiten import Archief, Prestatie
from analyse.demo.looptijd import Stuk, blokken, maanden_later
from analyse.demo.toeval import Toeval
from analyse.demo.toewijzen import Toewijzing
from analyse.demo.wereld import EERSTE_DAG, PEILDATUM, Zorgtraject

INDEXATIE = 1.035
BOVEN_TOEWIJZING, TEVEEL = 0.02, 1.6  # how many toewijzingen are exceeded, and how many times
BENUTTING = 0.88  # of allocated hours, what is given
_UUR, _ETMAAL, _DAGDEEL = "04", "14", "16"


def declareer(traject: Zorgtraject, toewijzing: Toewijzing, archief: Archief, toeval: Toeval) -> None:
    """Write the declared lines of one number to the archive, with rejections, repeats and credits."""
    keer = TEVEEL if toewijzing.nummer in archief.boven else 1.0
    for begin, eind, maanden in _perioden(toewijzing):
        volume = _volume(toewijzing.stuk, (eind - begin).days + 1, maanden, keer)
        regel = _regel(traject, toewijzing, archief, (begin, eind, volume))
        _verwerk(
            replace(regel, bericht=_verzonden(eind, toewijzing, traject.aanbieder.agb, toeval)), archief, toeval
        )


def _perioden(toewijzing: Toewijzing) -> Iterator[tuple[date, date, int]]:
    """Product periods, and the months that they are for: part of a calendar month with help, from 2019 on."""
    stuk = toewijzing.stuk
    for maand in blokken(stuk.product, stuk.begin, min(stuk.eind, PEILDATUM)):
        maanden = 1
        if stuk.product.eenheid == _UUR:
            maanden = min(6, _verschil(stuk.eind, maand) + 1)
        maand = maanden_later(maand, maanden - 1)
        laatste = maand.replace(day=calendar.monthrange(maand.year, maand.month)[1])
        if maand >= EERSTE_DAG:
            yield max(maand, stuk.begin), min(laatste, stuk.eind), maanden


def _verschil(later: date, eerder: date) -> int:
    return (later.year - eerder.year) * 12 + later.month - eerder.month


def _regel(
    traject: Zorgtraject, toewijzing: Toewijzing, archief: Archief, geleverd: tuple[date, date, int]
) -> Prestatie:
    product, (begin, eind, volume) = toewijzing.stuk.product, geleverd
    return Prestatie(
        archief.nieuwe_referentie("R"), traject.persoon, traject.aanbieder.agb, toewijzing.nummer, product,
        begin, eind, volume, volume * tarief(product, begin.year), eind,
    )  # fmt: skip


def tarief(product: Product, jaar: int) -> int:
    """Price per unit in eurocent in this year."""
    return round(product.tarief_cent * INDEXATIE ** (jaar - 2019))


def _volume(stuk: Stuk, dagen: int, maanden: int, keer: float) -> int:
    """What was delivered in so many days, or months when it is hours; `keer` as much as it should be."""
    if stuk.product.eenheid in (_ETMAAL, _DAGDEEL):
        return max(1, round(keer * dagen * min(stuk.volume, 7) / 7))
    if stuk.product.eenheid == _UUR:
        return max(1, round(stuk.volume * maanden * (BENUTTING if keer == 1 else keer)))
    # One result more than was allocated, whatever its number.
    return max(1, stuk.volume) if keer == 1 or not stuk.volume else 1 + stuk.omvang(stuk.tot)


def _verzonden(eind: date, toewijzing: Toewijzing, agb: str, toeval: Toeval) -> date:
    """In the month after delivery; now and then up to more than a year later; never before the toewijzing."""
    later = 1 + (toeval.dagen(4) if toeval.kans(0.06) else 0)
    return declaratiedag(agb, maanden_later(max(eind, toewijzing.bericht).replace(day=1), later))


def declaratiedag(agb: str, dag: date) -> date:
    """Every aanbieder sends one declaration a month to each gemeente, always on its own day of the month."""
    return dag.replace(day=5 + int(agb) % 20)


def _verwerk(regel: Prestatie, archief: Archief, toeval: Toeval) -> None:
    u = toeval.u()
    if u < 0.025:
        archief.voeg_toe(replace(regel, retourcode=toeval.kies(("0611", "9307", "9308", "9321", "9322"))))
        if toeval.kans(0.6):
            archief.voeg_toe(_opnieuw(regel, archief, 1))
        return
    archief.voeg_toe(regel)
    if u < 0.037:
        _crediteer(regel, archief, toeval)


def _opnieuw(regel: Prestatie, archief: Archief, maanden: int) -> Prestatie:
    later = declaratiedag(regel.agb, maanden_later(regel.bericht.replace(day=1), maanden))
    return replace(regel, referentie=archief.nieuwe_referentie("R"), bericht=later)


def _crediteer(regel: Prestatie, archief: Archief, toeval: Toeval) -> None:
    """Take a line back, and mostly declare it again for less."""
    credit = replace(_opnieuw(regel, archief, toeval.geheel(1, 3)), credit=True, vorige=regel.referentie)
    archief.voeg_toe(credit)
    if regel.volume > 1 and toeval.kans(0.7):
        minder = regel.volume - 1
        beter = _opnieuw(replace(regel, bericht=credit.bericht), archief, 0)
        archief.voeg_toe(replace(beter, volume=minder, bedrag_cent=regel.bedrag_cent // regel.volume * minder))
