"""What aanbieders declare, and what the gemeente rejects.

Few lines on purpose: a traject price is one line, hours and long treatment are one line per half-year, only
daghulp and verblijf come monthly. A product period always lies in one calendar month.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from analyse.demo.aanbod import Product
from analyse.demo.feiten import Archief, Prestatie
from analyse.demo.looptijd import Stuk
from analyse.demo.toeval import Toeval
from analyse.demo.toewijzen import Toewijzing
from analyse.demo.wereld import EERSTE_DAG, PEILDATUM, Zorgtraject

INDEXATIE = 1.035
_STAP = {"traject": 0, "halfjaar": 6, "maand": 1}


def declareer(traject: Zorgtraject, toewijzing: Toewijzing, archief: Archief, toeval: Toeval) -> None:
    """Write the declared lines of one number to the archive, with rejections, repeats and credits."""
    for begin, eind in _perioden(toewijzing):
        regel = _regel(traject, toewijzing, archief, (begin, eind))
        _verwerk(
            replace(regel, bericht=_verzonden(eind, toewijzing, traject.aanbieder.agb, toeval)), archief, toeval
        )


def _perioden(toewijzing: Toewijzing) -> Iterator[tuple[date, date]]:
    """Product periods: the part of a calendar month in which there was help, from 2019 on."""
    stuk, stap = toewijzing.stuk, _STAP[toewijzing.stuk.product.ritme]
    maand = stuk.begin.replace(day=1)
    while maand <= min(stuk.eind, PEILDATUM):
        laatste = maand.replace(day=calendar.monthrange(maand.year, maand.month)[1])
        if maand >= EERSTE_DAG:
            yield max(maand, stuk.begin), min(laatste, stuk.eind)
        if not stap:
            return
        maand = _maanden_later(maand, stap)


def _maanden_later(maand: date, stap: int) -> date:
    plek = maand.year * 12 + maand.month - 1 + stap
    return date(plek // 12, plek % 12 + 1, 1)


def _regel(
    traject: Zorgtraject, toewijzing: Toewijzing, archief: Archief, periode: tuple[date, date]
) -> Prestatie:
    product = toewijzing.stuk.product
    volume = _volume(toewijzing.stuk, (periode[1] - periode[0]).days + 1)
    return Prestatie(
        archief.nieuwe_referentie("R"), traject.persoon, traject.aanbieder.agb, toewijzing.nummer, product,
        *periode, volume, volume * tarief(product, periode[0].year), periode[1],
    )  # fmt: skip


def tarief(product: Product, jaar: int) -> int:
    """Price per unit in eurocent in this year."""
    return round(product.tarief_cent * INDEXATIE ** (jaar - 2019))


def _volume(stuk: Stuk, dagen: int) -> int:
    """What was delivered in so many days; hours are declared for the half-year that begins."""
    if stuk.product.eenheid in ("14", "16"):
        return max(1, round(dagen * min(stuk.volume, 7) / 7))
    return stuk.volume * 6 if stuk.product.eenheid == "04" else max(1, stuk.volume)


def _verzonden(eind: date, toewijzing: Toewijzing, agb: str, toeval: Toeval) -> date:
    """In the month after delivery; now and then up to more than a year later; never before the toewijzing."""
    later = 1 + (toeval.dagen(4) if toeval.kans(0.06) else 0)
    return declaratiedag(agb, _maanden_later(max(eind, toewijzing.bericht).replace(day=1), later))


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
    later = declaratiedag(regel.agb, _maanden_later(regel.bericht.replace(day=1), maanden))
    return replace(regel, referentie=archief.nieuwe_referentie("R"), bericht=later)


def _crediteer(regel: Prestatie, archief: Archief, toeval: Toeval) -> None:
    """Take a line back, and mostly declare it again for less."""
    credit = replace(_opnieuw(regel, archief, toeval.geheel(1, 3)), credit=True, vorige=regel.referentie)
    archief.voeg_toe(credit)
    if regel.volume > 1 and toeval.kans(0.7):
        minder = regel.volume - 1
        beter = _opnieuw(replace(regel, bericht=credit.bericht), archief, 0)
        archief.voeg_toe(replace(beter, volume=minder, bedrag_cent=regel.bedrag_cent // regel.volume * minder))
