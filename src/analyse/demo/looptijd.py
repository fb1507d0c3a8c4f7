"""How one true traject is cut into toewijzingnummers: terms, extensions, the contract change.

Before April 2023 (iJw 3.2) an extension is mostly a new number; after that the same number gets a later
einddatum, unless the decision comes too late.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from analyse.demo.aanbod import CONTRACTWIJZIGING, GROOT_CONTRACT, Product
from analyse.demo.toeval import Toeval
from analyse.demo.wereld import EERSTE_DAG, PEILDATUM, Zorgtraject

OPREKKEN_VANAF = date(2023, 4, 1)
CONTRACTDATUM = date(2024, 1, 1)
WIJZIGEN_VANAF = date(2021, 1, 1)  # iJw 3.0: verzoek om wijziging
TOTAAL = "6"  # iJw WMO757: the volume is that of the whole toewijzing
_STAP = {"traject": 0, "halfjaar": 6, "maand": 1}
JAARCONTRACTEN = "GM0232"  # allocates until 31 December, always

Slot = Literal["einde", "verlenging", "contract", "wijziging"]


@dataclass(slots=True)
class Termijn:
    """One decision on how long a number may run; `tot` None is open."""

    besloten: date
    tot: date | None


@dataclass(slots=True)
class Stuk:
    """The part of a traject under one toewijzingnummer; help runs from `begin` up to and including `eind`."""

    begin: date
    eind: date
    product: Product
    volume: int
    termijnen: list[Termijn]
    slot: Slot = "einde"

    @property
    def tot(self) -> date | None:
        """The einddatum that holds in the end, before any shortening."""
        return self.termijnen[-1].tot

    def omvang(self, tot: date | None) -> int:
        """The volume to allocate until `tot` (open: until the help ends); results are allocated one by one."""
        if self.product.frequentie != TOTAAL or not self.volume:
            return self.volume
        return self.volume * len(blokken(self.product, self.begin, tot or self.eind))


def blokken(product: Product, begin: date, eind: date) -> list[date]:
    """First day of every month with which something new to pay begins: all of it, a half-year, a month."""
    stap = _STAP[product.ritme]
    maanden = (eind.year - begin.year) * 12 + eind.month - begin.month
    return [maanden_later(begin.replace(day=1), n) for n in range(0, maanden + 1 if stap else 1, stap or 1)]


def maanden_later(maand: date, stap: int) -> date:
    """The first day of the month so many months later."""
    plek = maand.year * 12 + maand.month - 1 + stap
    return date(plek // 12, plek % 12 + 1, 1)


def knip(traject: Zorgtraject, besloten: date, toeval: Toeval) -> list[Stuk]:
    """The numbers of one traject in order; the last one ends with the traject itself."""
    termijn = Termijn(besloten, _tot(traject, traject.begin, toeval))
    stukken = [Stuk(traject.begin, traject.eind, traject.product, traject.product.volume, [termijn])]
    wijzigdag = _wijzigdag(traject, toeval)
    while stukken[-1].begin <= PEILDATUM:
        stuk = stukken[-1]
        if _contract_wijzigt(traject, stuk):
            stukken.append(_nieuw_contract(stuk, toeval))
        elif _volume_wijzigt(stuk, wijzigdag):
            stukken.append(_ander_volume(stuk, wijzigdag, toeval))
        elif stuk.tot is None or stuk.tot >= traject.eind:
            break
        else:
            _verleng(stukken, traject, toeval)
    return stukken


def _tot(traject: Zorgtraject, vanaf: date, toeval: Toeval) -> date | None:
    """Einddatum of a term from `vanaf` on; a term that began long ago runs into 2019."""
    if traject.product.frequentie != "2" and _langdurig(traject) and toeval.kans(0.5):
        return None
    tot = vanaf + timedelta(days=_dagen(traject, toeval))
    while tot <= max(vanaf, EERSTE_DAG):
        tot += timedelta(days=365)
    if traject.gemeente == JAARCONTRACTEN and traject.soort.naam != "crisis":
        vorig = date(tot.year - 1, 12, 31)
        return vorig if tot.month <= 3 and vorig > max(vanaf, EERSTE_DAG) else date(tot.year, 12, 31)
    return tot


def _langdurig(traject: Zorgtraject) -> bool:
    return traject.soort.naam in ("pleegzorg", "gezinshuis", "ots", "voogdij", "verzorging")


def _dagen(traject: Zorgtraject, toeval: Toeval) -> int:
    if traject.soort.naam == "crisis":
        return 27
    return toeval.weeg((181, 364, 729), (0.22, 0.60, 0.18)) if not traject.soort.verblijf else 364


def _wijzigdag(traject: Zorgtraject, toeval: Toeval) -> date:
    """The first day with another number of hours, for one in fourteen of those helped by the hour."""
    duur = (traject.eind - traject.begin).days
    if traject.product.eenheid != "04" or duur < 240 or not toeval.kans(0.07):
        return date.max
    return traject.begin + timedelta(days=toeval.geheel(90, duur - 60))


def _volume_wijzigt(stuk: Stuk, dag: date) -> bool:
    # A change of volume asks for a new number (iJw 3.0 and later, unless the volume is for the whole term).
    return WIJZIGEN_VANAF <= dag <= PEILDATUM and stuk.begin < dag <= (stuk.tot or dag)


def _ander_volume(stuk: Stuk, dag: date, toeval: Toeval) -> Stuk:
    """Close the number the day before, go on under a new one, now and then after some days of paperwork."""
    later = dag + timedelta(days=0 if toeval.kans(0.7) else toeval.geheel(1, 14))
    termijn = Termijn(dag - timedelta(days=toeval.geheel(2, 12)), max(stuk.tot, later) if stuk.tot else None)
    nieuw = Stuk(min(later, stuk.eind), stuk.eind, stuk.product, stuk.volume + toeval.geheel(1, 4), [termijn])
    stuk.eind, stuk.slot = dag - timedelta(days=1), "wijziging"
    return nieuw


def _contract_wijzigt(traject: Zorgtraject, stuk: Stuk) -> bool:
    return (
        traject.aanbieder.agb == GROOT_CONTRACT
        and stuk.product.code in CONTRACTWIJZIGING
        and stuk.begin < CONTRACTDATUM < traject.eind
        and (stuk.tot is None or stuk.tot >= CONTRACTDATUM)
    )


def _nieuw_contract(stuk: Stuk, toeval: Toeval) -> Stuk:
    """Close the old number on 31 December and go on under a new number and another product."""
    termijn = Termijn(CONTRACTDATUM - timedelta(days=toeval.geheel(5, 40)), stuk.tot)
    product = CONTRACTWIJZIGING[stuk.product.code]
    nieuw = Stuk(CONTRACTDATUM, stuk.eind, product, product.volume, [termijn])
    stuk.eind, stuk.slot = CONTRACTDATUM - timedelta(days=1), "contract"
    return nieuw


def _verleng(stukken: list[Stuk], traject: Zorgtraject, toeval: Toeval) -> None:
    stuk = stukken[-1]
    assert stuk.tot is not None, "een open toewijzing hoeft geen verlenging"
    rond = toeval.geheel(3, 40) if toeval.kans(0.06) else -toeval.geheel(4, 35)
    besloten = max(stuk.tot + timedelta(days=rond), stuk.termijnen[-1].besloten + timedelta(days=1))
    volgende = stuk.tot + timedelta(days=1)
    termijn = Termijn(besloten, _tot(traject, volgende, toeval))
    if OPREKKEN_VANAF <= besloten <= stuk.tot:
        stuk.termijnen.append(termijn)
        return
    stukken.append(Stuk(volgende, traject.eind, stuk.product, stuk.volume, [termijn]))
    stuk.eind, stuk.slot = volgende - timedelta(days=1), "verlenging"
