"""The world before anybody registers it: children, their families and their true care paths.

Trajecten arrive per stream (see `verloop`) and are given to a child: one who is in help already, one who was
before, or a new one. True ends may lie after the peildatum; what the gemeente knows of it is up to `registratie`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import numpy as np

from analyse.demo.aanbod import (
    ONBEKEND_PRODUCT,
    SOORT,
    Aanbieder,
    Product,
    Zorgsoort,
    aanbieders_van,
)
from analyse.demo.ijking import GEMEENTEN
from analyse.demo.toeval import Toeval
from analyse.demo.verloop import WEKEN, WIJKTEAM_TOT, Stroom, leeftijdsgrens

EERSTE_DAG = date(2019, 1, 1)
PEILDATUM = date(2025, 12, 31)
_GROEPEN = ((0.3, 3.7), (4.0, 8.0), (12.0, 5.0), (18.0, 3.0))  # youngest age and width of a CBS group


@dataclass(slots=True, eq=False)
class Persoon:
    """A child that does not exist. `gezin` is shared by brothers and sisters."""

    nr: int
    geboren: date
    geslacht: str
    gezin: int
    trajecten: list[Zorgtraject] = field(default_factory=list)

    def leeftijd(self, dag: date) -> float:
        """Age in years, with a fraction."""
        return (dag - self.geboren).days / 365.25


@dataclass(slots=True, eq=False)
class Zorgtraject:
    """One true stretch of help of one kind by one aanbieder under one gemeente; both days included."""

    persoon: Persoon
    gemeente: str
    soort: Zorgsoort
    product: Product
    aanbieder: Aanbieder
    verwijzer: str
    begin: date
    eind: date
    reden: str  # JZ588, as the aanbieder would give it today
    verhuisd: bool = False  # opened here because the gemeente changed, not because help began

    def loopt(self, dag: date) -> bool:
        """True when help runs on this day."""
        return self.begin <= dag <= self.eind


@dataclass(slots=True, eq=False)
class Maatregel:
    """A child protection order with the machtiging that came with it (type '' when none)."""

    persoon: Persoon
    gemeente: str
    type: str
    begin: date
    eind: date
    machtiging: str = ""
    machtiging_van: date | None = None
    machtiging_tot: date | None = None


@dataclass(frozen=True)
class Wereld:
    """All children of the region with their true help and measures."""

    personen: list[Persoon]
    trajecten: list[Zorgtraject]
    maatregelen: list[Maatregel]


@dataclass(frozen=True)
class Aankomst:
    """A traject that begins, before it has a child."""

    dag: date
    dagen: int
    stroom: Stroom


def aankomsten(stromen: Sequence[Stroom], rng: np.random.Generator) -> list[Aankomst]:
    """Poisson arrivals of every stream in order of date; those that surely ended before 2019 are left out."""
    gevonden = []
    for stroom in stromen:
        aantallen = rng.poisson(stroom.per_week)
        weken = np.repeat(WEKEN, aantallen)
        dagen = weken + rng.integers(0, 5, len(weken))
        duren = rng.lognormal(np.log(stroom.soort.duur), stroom.soort.spreiding, len(weken)).astype(int) + 1
        blijft = (dagen + duren > EERSTE_DAG.toordinal()) & (dagen <= PEILDATUM.toordinal())
        gevonden += [
            Aankomst(date.fromordinal(dag), duur, stroom)
            for dag, duur in zip(dagen[blijft].tolist(), duren[blijft].tolist(), strict=True)
        ]
    return sorted(gevonden, key=lambda aankomst: aankomst.dag)


class Kring:
    """The children of one gemeente: those in help, and those who were."""

    def __init__(self, gemeente: str, personen: list[Persoon], toeval: Toeval) -> None:
        self.gemeente, self._personen, self._toeval = gemeente, personen, toeval
        self._lopend: list[Persoon] = []
        self._eerder: list[Persoon] = []

    def plaats(self, aankomst: Aankomst) -> list[Zorgtraject]:
        """Give an arriving traject to a child; empty when it can't be (too old, or ended before 2019)."""
        soort = aankomst.stroom.soort
        persoon = self._zoek(soort, aankomst.dag) or self._nieuw(soort, aankomst.dag)
        trajecten = self._trajecten(persoon, aankomst)
        if trajecten and not persoon.trajecten:
            self._inschrijven(persoon)
        elif trajecten and persoon not in self._lopend[-50:]:
            self._lopend.append(persoon)
        persoon.trajecten += trajecten
        return trajecten

    def _inschrijven(self, persoon: Persoon) -> None:
        persoon.nr = len(self._personen)
        self._personen.append(persoon)
        self._lopend.append(persoon)

    def _zoek(self, soort: Zorgsoort, dag: date) -> Persoon | None:
        u = self._toeval.u()
        # Of the help before 2019 only the long-lasting is there, so nearly every child would count as in help.
        lopend = soort.lopend * (0.45 if dag < EERSTE_DAG else 1.0)
        if u < lopend:
            return self._uit(self._lopend, soort, dag, lopend=True)
        if u < lopend + soort.eerder:
            return self._uit(self._eerder, soort, dag, lopend=False)
        return None

    def _uit(self, lijst: list[Persoon], soort: Zorgsoort, dag: date, *, lopend: bool) -> Persoon | None:
        """A fitting child from one of the lists; who no longer belongs there moves on."""
        for _ in range(12):
            if not lijst:
                return None
            plek = self._toeval.geheel(0, len(lijst) - 1)
            persoon = lijst[plek]
            if any(t.loopt(dag) for t in persoon.trajecten) != lopend:
                lijst[plek] = lijst[-1]
                lijst.pop()
                (self._eerder if lopend else self._lopend).append(persoon)
            elif _past(persoon, soort, dag):
                return persoon
        return None

    def _nieuw(self, soort: Zorgsoort, dag: date) -> Persoon:
        laag, breedte = self._toeval.weeg(_GROEPEN, soort.leeftijden)
        geboren = dag - timedelta(days=int(365.25 * (laag + breedte * self._toeval.u())))
        broer = self._toeval.kies(self._lopend) if self._lopend and self._toeval.kans(0.12) else None
        gezin = broer.gezin if broer else len(self._personen)
        u = self._toeval.u()
        return Persoon(-1, geboren, "1" if u < 0.55 else "2" if u < 0.997 else "0", gezin)

    def _trajecten(self, persoon: Persoon, aankomst: Aankomst) -> list[Zorgtraject]:
        stroom, toeval = aankomst.stroom, self._toeval
        begin = _nieuwjaar(aankomst.dag, toeval)
        eind = self._eind(persoon, stroom.soort, begin, aankomst.dagen)
        aanbieder = self._aanbieder(persoon, stroom.soort, begin)
        if aanbieder is None or eind < max(begin, EERSTE_DAG):
            return []
        product = _product(stroom.soort, toeval)
        reden = _reden(persoon, stroom.soort, eind, toeval)
        traject = Zorgtraject(
            persoon, self.gemeente, stroom.soort, product, aanbieder, stroom.verwijzer, begin, eind, reden
        )
        return [*self._overstap(traject), *self._vervoer(traject)]

    def _eind(self, persoon: Persoon, soort: Zorgsoort, begin: date, dagen: int) -> date:
        grens = leeftijdsgrens(soort, persoon.leeftijd(begin), self._toeval.u())
        uiterlijk = persoon.geboren + timedelta(days=int(grens * 365.25))
        eind = _oudjaar(min(begin + timedelta(days=dagen - 1), uiterlijk), self._toeval)
        if soort.naam == "wijkteam":
            eind = min(eind, WIJKTEAM_TOT - timedelta(days=1))
        return max(eind, begin) if begin <= uiterlijk else date.min

    def _aanbieder(self, persoon: Persoon, soort: Zorgsoort, begin: date) -> Aanbieder | None:
        """An aanbieder where this child has no such help around this day, rather one that it knows."""
        bezet = {
            t.aanbieder.agb
            for t in persoon.trajecten
            if t.soort.hulpvorm == soort.hulpvorm and t.eind + timedelta(days=45) >= begin
        }
        bekend = {t.aanbieder.agb for t in persoon.trajecten}
        vrij = [a for a in aanbieders_van(soort.naam, self.gemeente) if a.agb not in bezet]
        return self._toeval.weeg(vrij, [a.gewicht * (3 if a.agb in bekend else 1) for a in vrij]) if vrij else None

    def _overstap(self, traject: Zorgtraject) -> list[Zorgtraject]:
        """Now and then help goes on with another aanbieder (reason 38)."""
        duur = (traject.eind - traject.begin).days
        anderen = [a for a in aanbieders_van(traject.soort.naam, self.gemeente) if a != traject.aanbieder]
        if duur < 150 or not anderen or not self._toeval.kans(0.03):
            return [traject]
        knip = traject.begin + timedelta(days=self._toeval.geheel(60, duur - 60))
        if not EERSTE_DAG <= knip < PEILDATUM or any(t.aanbieder in anderen for t in traject.persoon.trajecten):
            return [traject]
        vervolg = replace(traject, aanbieder=self._toeval.kies(anderen), begin=knip + timedelta(days=1))
        return [replace(traject, eind=knip, reden="38"), vervolg]

    def _vervoer(self, traject: Zorgtraject) -> list[Zorgtraject]:
        """A quarter of the children at daghulp is driven there: a product without hulpvorm beside it."""
        if traject.soort.naam != "daghulp" or not self._toeval.kans(0.25):
            return []
        soort = SOORT["vervoer"]
        aanbieder = aanbieders_van("vervoer", self.gemeente)[0]
        if any(t.soort is soort for t in traject.persoon.trajecten):
            return []
        return [replace(traject, soort=soort, product=soort.producten[0][0], aanbieder=aanbieder, reden="31")]


def _past(persoon: Persoon, soort: Zorgsoort, dag: date) -> bool:
    leeftijd = persoon.leeftijd(dag)
    groep = 0 if leeftijd < 4 else 1 if leeftijd < 12 else 2 if leeftijd < 18 else 3
    return (
        leeftijd < 16.9
        and soort.leeftijden[groep] >= 0.05
        and not any(t.soort is soort and t.eind >= dag for t in persoon.trajecten)
    )


def _product(soort: Zorgsoort, toeval: Toeval) -> Product:
    if soort.naam == "ambulant" and toeval.kans(0.012):
        return ONBEKEND_PRODUCT
    return toeval.weeg([product for product, _ in soort.producten], [gewicht for _, gewicht in soort.producten])


def _reden(persoon: Persoon, soort: Zorgsoort, eind: date, toeval: Toeval) -> str:
    """Why help ends (JZ588): mostly as planned; who turns 18 in verblijf often goes on under another law."""
    if persoon.leeftijd(eind) > 17.9 and soort.verblijf and toeval.kans(0.4):
        return "39"
    return toeval.weeg(("31", "32", "33", "34", "35", "39", "02"), (0.74, 0.09, 0.03, 0.09, 0.03, 0.018, 0.002))


def _nieuwjaar(dag: date, toeval: Toeval) -> date:
    """Part of what begins around new year is registered as beginning on 1 January."""
    return date(dag.year, 1, 1) if dag.month == 1 and dag.day <= 21 and toeval.kans(0.22) else dag


def _oudjaar(dag: date, toeval: Toeval) -> date:
    """Part of what ends in winter is closed on 31 December."""
    if dag.month == 12 and toeval.kans(0.35):
        return date(dag.year, 12, 31)
    if dag.month == 1 and toeval.kans(0.25):
        return date(dag.year - 1, 12, 31)
    return dag


def bevolk(stromen: Sequence[Stroom], *, zaad: int) -> tuple[list[Persoon], list[Zorgtraject]]:
    """All children and their help, before measures and moves."""
    personen: list[Persoon] = []
    toeval = Toeval(zaad, 2)
    kringen = {gemeente: Kring(gemeente, personen, toeval) for gemeente in GEMEENTEN}
    trajecten = [
        traject
        for aankomst in aankomsten(stromen, toeval.rng)
        for traject in kringen[aankomst.stroom.gemeente].plaats(aankomst)
    ]
    return personen, trajecten
