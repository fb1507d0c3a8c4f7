"""How many trajecten begin in which week: trend, season, covid, slow shocks per gemeente, true effects.

Rates are multiplicative and weekly. The base rate of a stream follows from what must be active in the year of
calibration, so that the stock of long help comes out right as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from analyse.demo.aanbod import SOORT, Zorgsoort
from analyse.demo.effecten import WARE_EFFECTEN
from analyse.demo.ijking import CBS_FRACTIE, GEMEENTEN, STROMEN, VERWIJZERS, Doel

EERSTE_WEEK = date(2008, 12, 29).toordinal()
AANTAL_WEKEN = (date(2026, 1, 5).toordinal() - EERSTE_WEEK) // 7
WEKEN = EERSTE_WEEK + 7 * np.arange(AANTAL_WEKEN)
WIJKTEAM_TOT = date(2022, 1, 1)
SCHOK_SD, SCHOK_REGIO_SD, SCHOK_RHO = 0.07, 0.03, 0.8
"""Sd of the log of the quarterly shocks (gemeente, region) and their autocorrelation from quarter to quarter."""

_TREND = {2009: 0.78, 2015: 0.92, 2018: 0.99, 2020: 1.00, 2022: 1.01, 2024: 1.04, 2026: 1.02}
_SEIZOEN = (1.10, 1.00, 1.06, 0.99, 0.96, 0.98, 0.78, 0.80, 1.12, 1.10, 1.12, 0.95)
_COVID = ((date(2020, 3, 16), date(2020, 6, 15), 0.62), (date(2020, 8, 31), date(2020, 12, 14), 1.07))


@dataclass(frozen=True)
class Stroom:
    """One stream of beginning trajecten and its expected number per week."""

    gemeente: str
    soort: Zorgsoort
    verwijzer: str
    per_week: np.ndarray


def gemeenschappelijk() -> np.ndarray:
    """Weekly factor that the whole region shares: trend, season and covid."""
    dagen = [date.fromordinal(int(week)) for week in WEKEN]
    trend = np.interp(
        [dag.year + dag.timetuple().tm_yday / 365 for dag in dagen], list(_TREND), list(_TREND.values())
    )
    seizoen = np.array([_SEIZOEN[dag.month - 1] for dag in dagen])
    covid = np.array([next((f for van, tot, f in _COVID if van <= dag < tot), 1.0) for dag in dagen])
    return trend * seizoen * covid


def schokken(rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Weekly factor per gemeente: an autocorrelated walk per quarter around 1, partly shared by the region."""
    regio = _ar1(rng, SCHOK_REGIO_SD)
    return {gemeente: np.exp(regio + _ar1(rng, SCHOK_SD)) for gemeente in GEMEENTEN}


def _ar1(rng: np.random.Generator, sd: float) -> np.ndarray:
    kwartalen = AANTAL_WEKEN // 13 + 1
    ruis = rng.normal(0.0, sd, kwartalen)
    loop = [ruis[0]]
    for stap in ruis[1:]:
        loop.append(SCHOK_RHO * loop[-1] + np.sqrt(1 - SCHOK_RHO**2) * stap)
    return np.repeat(loop, 13)[:AANTAL_WEKEN]


def effect(gemeente: str, soort: Zorgsoort, verwijzer: str) -> np.ndarray:
    """Weekly factor of the true measures on one stream."""
    factor = np.ones(AANTAL_WEKEN)
    for maatregel in WARE_EFFECTEN:
        if gemeente in maatregel.vanaf and maatregel.raakt(soort, verwijzer):
            factor[maatregel.vanaf[gemeente].toordinal() <= WEKEN] *= maatregel.factor
    return factor


def leeftijdsgrens(soort: Zorgsoort, leeftijd: float, u: float) -> float:
    """Age at which help ends at the latest: mostly 18, later with extension (most of all pleegzorg)."""
    if leeftijd >= 17.5:
        return min(23.0, leeftijd + 0.3 + 2.5 * u)
    verlengd = 0.5 if soort.naam in ("pleegzorg", "gezinshuis") else 0.05
    return 18.0 if u > verlengd else 18.0 + 3.0 * u / verlengd


def overleving(soort: Zorgsoort, rng: np.random.Generator) -> np.ndarray:
    """Share of trajecten of this kind that still run after 0, 1, 2, … weeks."""
    duren = rng.lognormal(np.log(soort.duur), soort.spreiding, 4000)
    groepen = rng.choice(4, 4000, p=np.array(soort.leeftijden) / sum(soort.leeftijden))
    laag, breedte = np.array([0.3, 4.0, 12.0, 18.0])[groepen], np.array([3.7, 8.0, 5.0, 3.0])[groepen]
    leeftijd = laag + breedte * rng.random(4000)
    grens = np.array([leeftijdsgrens(soort, a, u) for a, u in zip(leeftijd, rng.random(4000), strict=True)])
    duren = np.minimum(duren, (grens - leeftijd) * 365.25)
    return (duren[None, :] > 7 * np.arange(AANTAL_WEKEN)[:, None]).mean(axis=1)


def actief_per_eenheid(factor: np.ndarray, blijft: np.ndarray, jaar: int) -> float:
    """How many trajecten are active in `jaar` for each one that begins per week at factor 1."""
    eerste, laatste = date(jaar, 1, 1).toordinal(), date(jaar, 12, 31).toordinal()
    wachten = np.clip(np.ceil((eerste - WEKEN) / 7), 0, None).astype(int)
    return float((factor * blijft[wachten])[laatste >= WEKEN].sum())


def stromen(doelen: dict[str, Doel], *, schaal: float, rng: np.random.Generator) -> list[Stroom]:
    """Every stream of the region, calibrated so that what is active in 2022 is `schaal` × CBS_FRACTIE × CBS."""
    samen, schok = gemeenschappelijk(), schokken(rng)
    blijft = {naam: overleving(soort, rng) for naam, soort in SOORT.items() if soort.duur}
    gevonden = []
    for gemeente, doel in doelen.items():
        basis = samen * schok[gemeente]
        for soort, verwijzer, aantal, jaar in _vragen(doel):
            factor = basis * effect(gemeente, soort, verwijzer)
            if soort.naam == "wijkteam":
                factor = factor * (WIJKTEAM_TOT.toordinal() > WEKEN)
            tempo = schaal * CBS_FRACTIE * aantal / actief_per_eenheid(factor, blijft[soort.naam], jaar)
            gevonden.append(Stroom(gemeente, soort, verwijzer, tempo * factor))
    return gevonden


def _vragen(doel: Doel) -> list[tuple[Zorgsoort, str, float, int]]:
    """What must be active: kind of help, verwijzer, number, year."""
    tabel = [
        (soort, verwijzer, float(doel.actief[i, j]), 2022)
        for i, soort in enumerate(STROMEN)
        for j, verwijzer in enumerate(VERWIJZERS)
        if doel.actief[i, j] > 0
    ]
    if doel.wijkteam_2021:
        tabel.append((SOORT["wijkteam"], "06", doel.wijkteam_2021, 2021))
    return [*tabel, (SOORT["reclassering"], "08", doel.reclassering, 2022)]
