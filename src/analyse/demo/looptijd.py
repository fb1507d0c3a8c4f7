"""How one true traject is cut into toewijzingnummers: terms, extensions, the contract change.

Before April 2023 (iJw 3.2) an extension is mostly a new number; after that the same number gets a later
einddatum, unless the decision comes too late.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Literal

from analyse.demo.aanbod import CONTRACTWIJZIGING, GROOT_CONTRACT, Product
from analyse.demo.toeval import Toeval
from analyse.demo.wereld import EERSTE_DAG, PEILDATUM, Zorgtraject

OPREKKEN_VANAF = date(2023, 4, 1)
CONTRACTDATUM = date(2024, 1, 1)
JAARCONTRACTEN = "GM0232"  # allocates until 31 December, always

Slot = Literal["einde", "verlenging", "contract"]


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
    termijnen: list[Termijn] = field(default_factory=list)
    slot: Slot = "einde"

    @property
    def tot(self) -> date | None:
        """The einddatum that holds in the end, before any shortening."""
        return self.termijnen[-1].tot


def knip(traject: Zorgtraject, besloten: date, toeval: Toeval) -> list[Stuk]:
    """The numbers of one traject in order; the last one ends with the traject itself."""
    stukken = [Stuk(traject.begin, traject.eind, traject.product)]
    stukken[0].termijnen.append(Termijn(besloten, _tot(traject, traject.begin, toeval)))
    while stukken[-1].begin <= PEILDATUM:
        stuk = stukken[-1]
        if _contract_wijzigt(traject, stuk):
            stukken.append(_nieuw_contract(stuk, toeval))
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
    if traject.gemeente == JAARCONTRACTEN:
        tot = date(tot.year if tot.month > 3 else tot.year - 1, 12, 31)
    while tot <= max(vanaf, EERSTE_DAG):
        tot += timedelta(days=365)
    return tot


def _langdurig(traject: Zorgtraject) -> bool:
    return traject.soort.naam in ("pleegzorg", "gezinshuis", "ots", "voogdij", "verzorging")


def _dagen(traject: Zorgtraject, toeval: Toeval) -> int:
    if traject.soort.naam == "crisis":
        return 27
    return toeval.weeg((181, 364, 729), (0.22, 0.60, 0.18)) if not traject.soort.verblijf else 364


def _contract_wijzigt(traject: Zorgtraject, stuk: Stuk) -> bool:
    return (
        traject.aanbieder.agb == GROOT_CONTRACT
        and stuk.product.code in CONTRACTWIJZIGING
        and stuk.begin < CONTRACTDATUM < traject.eind
        and (stuk.tot is None or stuk.tot >= CONTRACTDATUM)
    )


def _nieuw_contract(stuk: Stuk, toeval: Toeval) -> Stuk:
    """Close the old number on 31 December and go on under a new number and another product."""
    nieuw = replace(stuk, begin=CONTRACTDATUM, product=CONTRACTWIJZIGING[stuk.product.code], slot="einde")
    nieuw.termijnen = [Termijn(CONTRACTDATUM - timedelta(days=toeval.geheel(5, 40)), stuk.tot)]
    stuk.eind, stuk.slot = CONTRACTDATUM - timedelta(days=1), "contract"
    return nieuw


def _verleng(stukken: list[Stuk], traject: Zorgtraject, toeval: Toeval) -> None:
    stuk = stukken[-1]
    assert stuk.tot is not None
    laat = toeval.kans(0.12)
    besloten = stuk.tot + timedelta(days=toeval.geheel(3, 40) if laat else -toeval.geheel(4, 35))
    volgende = stuk.tot + timedelta(days=1)
    termijn = Termijn(max(besloten, stuk.termijnen[-1].besloten + timedelta(days=1)), _tot(traject, volgende, toeval))
    if not laat and besloten >= OPREKKEN_VANAF:
        stuk.termijnen.append(termijn)
        return
    stukken.append(Stuk(volgende, traject.eind, stuk.product, [termijn]))
    stuk.eind, stuk.slot = volgende - timedelta(days=1), "verlenging"
