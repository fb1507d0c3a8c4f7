"""Child protection: who is under OTS or voogdij, and the GI product that comes with it.

Measures hang on help that is there already (verblijf, or help that a GI asked for), with chances that make the
number of children per gemeente come out as CBS counts them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from analyse.demo.aanbod import SOORT, aanbieders_van
from analyse.demo.ijking import CBS_FRACTIE, Doel
from analyse.demo.toeval import Toeval
from analyse.demo.wereld import EERSTE_DAG, Maatregel, Persoon, Zorgtraject

_IJKJAAR = (date(2022, 1, 1), date(2022, 12, 31))
_NEIGING = {"gesloten": 1.7, "pleegzorg": 1.15, "gezinshuis": 1.1, "residentieel": 0.85, "crisis": 0.9}
_SOORT_VAN_TYPE = {"11": "ots", "21": "voogdij"}


def maak_maatregelen(
    trajecten: Iterable[Zorgtraject], doelen: dict[str, Doel], *, schaal: float, toeval: Toeval
) -> list[Maatregel]:
    """Measures of all children, in the order of the trajecten that carry them."""
    per_gemeente: dict[str, list[Zorgtraject]] = {}
    for traject in trajecten:
        per_gemeente.setdefault(traject.gemeente, []).append(traject)
    return [
        maatregel
        for gemeente, eigen in per_gemeente.items()
        for maatregel in _van_gemeente(eigen, doelen[gemeente], schaal, toeval)
    ]


def _van_gemeente(trajecten: list[Zorgtraject], doel: Doel, schaal: float, toeval: Toeval) -> list[Maatregel]:
    verblijf = [t for t in trajecten if t.soort.verblijf and not t.soort.deeltijd]
    thuis = [t for t in trajecten if t.verwijzer == "04" and not t.soort.verblijf and t.soort.hulpvorm]
    personen = doel.maatregel * CBS_FRACTIE * schaal
    p_verblijf = 0.85 * _kans(personen * doel.maatregel_met_verblijf, verblijf)
    p_thuis = 0.5 * _kans(personen * (1 - doel.maatregel_met_verblijf), thuis)
    gevonden: dict[Persoon, list[Maatregel]] = {}
    for traject, p in [*((t, p_verblijf) for t in verblijf), *((t, p_thuis) for t in thuis)]:
        kans = p * _NEIGING.get(traject.soort.naam, 1.0)
        if traject.persoon not in gevonden and _minderjarig(traject) and toeval.kans(kans):
            gevonden[traject.persoon] = _maatregelen(traject, toeval)
    return [maatregel for rij in gevonden.values() for maatregel in rij]


def _kans(doel: float, trajecten: list[Zorgtraject]) -> float:
    kandidaten = {t.persoon.nr for t in trajecten if t.begin <= _IJKJAAR[1] and t.eind >= _IJKJAAR[0]}
    return min(0.95, doel / len(kandidaten)) if kandidaten else 0.3


def _minderjarig(traject: Zorgtraject) -> bool:
    return traject.persoon.leeftijd(traject.begin) < 17.3


def _maatregelen(traject: Zorgtraject, toeval: Toeval) -> list[Maatregel]:
    """OTS (sometimes after a provisional one) or voogdij around one traject."""
    persoon = traject.persoon
    volwassen = persoon.geboren + timedelta(days=6574)
    begin = max(persoon.geboren, traject.begin - timedelta(days=toeval.dagen(150)))
    voogdij = traject.soort.naam in ("pleegzorg", "gezinshuis") and toeval.kans(0.35)
    eind = volwassen if voogdij else min(volwassen, traject.eind + timedelta(days=60 + toeval.dagen(160)))
    type_ = "21" if voogdij else "11"
    hoofd = Maatregel(persoon, traject.gemeente, type_, begin, max(eind, begin))
    if traject.soort.verblijf:
        hoofd.machtiging = "71" if traject.soort.naam == "gesloten" else "72"
        hoofd.machtiging_van, hoofd.machtiging_tot = max(begin, traject.begin), min(traject.eind, hoofd.eind)
    if hoofd.eind < EERSTE_DAG:
        return []
    return [*_voorlopig(hoofd, toeval), hoofd]


def _voorlopig(hoofd: Maatregel, toeval: Toeval) -> list[Maatregel]:
    """A provisional OTS of three months before it, for one in six."""
    begin = hoofd.begin - timedelta(days=91)
    if hoofd.type != "11" or begin < hoofd.persoon.geboren or not toeval.kans(0.16):
        return []
    return [Maatregel(hoofd.persoon, hoofd.gemeente, "12", begin, hoofd.begin - timedelta(days=1))]


def gi_producten(maatregelen: Iterable[Maatregel], toeval: Toeval) -> list[Zorgtraject]:
    """The GI's own product beside most measures (no hulpvorm, so no traject); the judge is the verwijzer."""
    producten = []
    for maatregel in maatregelen:
        if maatregel.type not in _SOORT_VAN_TYPE or not toeval.kans(0.93):
            continue
        soort = SOORT[_SOORT_VAN_TYPE[maatregel.type]]
        keus = aanbieders_van(soort.naam, maatregel.gemeente)
        traject = Zorgtraject(
            maatregel.persoon, maatregel.gemeente, soort, soort.producten[0][0],
            toeval.weeg(keus, [a.gewicht for a in keus]), "08", maatregel.begin, maatregel.eind, "31",
        )  # fmt: skip
        maatregel.persoon.trajecten.append(traject)
        producten.append(traject)
    return producten
