"""Is a change more than the ordinary swing between half-years? One plain test, told in `docs/boodschappen.md`.

Half-years are too few and too coarse for real process control, so this is a modest version of it: a band around
the earlier half-years, as wide as their own movement and never narrower than chance alone. It misses slow or
small changes on purpose: a message that cries wolf costs more trust than one that comes half a year later.
The numbers 6, 2.66, 3 and 5 % are choices; the tests simulate how often they raise a false alarm.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from math import ceil, floor, sqrt
from statistics import fmean

from analyse.kern.periode import Periode

MINIMUM_HALFJAREN = 6  # visible half-years since the last break
BEWEGING = 2.66  # XmR: the limits in mean moving ranges (3 / 1.128)
STAPPEN = {"aantal": 5.0, "per_1000": 0.1, "cijfer": 0.1}  # what bounds are rounded to; other units to whole ones
_MILJOEN, _IN_MILJOENEN, _IN_EUROS = 1e6, 1e5, 1e3  # amounts are printed with one decimal of a million
# The floor where neither a denominator nor a margin is published: a standard error of one printed step.
_ZONDER_MARGE = {"dagen": 1.0, "procent": 1.0, "cijfer": 0.1}
TOEVAL = 3.0  # the floor in standard errors of a count or share
AANVULLING = 0.05  # how much a provisional count may still grow: CBS half-year trajecten, about 5 %

_ZICHTBAAR = ("definitief", "voorlopig")


@dataclass(frozen=True)
class Punt:
    """One figure of one half-year; `waarde` is None when it can't be seen. Percentages are 0-100."""

    periode: Periode
    waarde: float | None = None
    teller: float | None = None
    noemer: float | None = None
    onder: float | None = None
    boven: float | None = None
    status: str = "definitief"

    @property
    def zichtbaar(self) -> bool:
        """Whether there is a figure to read."""
        return self.waarde is not None and self.status in _ZICHTBAAR


class Oordeel(StrEnum):
    """What may be said of a change; the words are those of `Boodschap.soort`."""

    SIGNAAL = "signaal"
    GEWOON = "gewone schommeling"
    ONVOLDOENDE = "onvoldoende gegevens"


@dataclass(frozen=True)
class Band:
    """Where a next half-year would lie if nothing changed; both bounds included, rounded outwards as printed.

    Rounded before the judgement, so that a reader never sees a signal on or inside the bounds beside it.
    """

    onder: float
    boven: float
    aantal: int

    @classmethod
    def naar_buiten(cls, onder: float, boven: float, aantal: int, *, eenheid: str) -> Band:
        """A band with its bounds rounded outwards to what the unit is printed in."""
        stap = _stap(boven, eenheid)
        laag, hoog = floor(onder / stap) * stap, ceil(boven / stap) * stap
        return cls(round(laag, 6), round(hoog, 6), aantal)


def _stap(bedrag: float, eenheid: str) -> float:
    if eenheid == "euro":
        return _IN_MILJOENEN if bedrag >= _MILJOEN else _IN_EUROS
    return STAPPEN.get(eenheid, 1.0)


@dataclass(frozen=True)
class Toets:
    """A figure beside the same half-year a year earlier and the band of what came before."""

    nu: Punt
    toen: Punt | None
    band: Band | None
    oordeel: Oordeel

    @property
    def binnen(self) -> bool:
        """Whether the figure lies on or between the bounds; False without figure or band."""
        if self.band is None or self.nu.waarde is None:
            return False
        return self.band.onder <= self.nu.waarde <= self.band.boven

    @property
    def hoog(self) -> bool:
        """Whether the figure lies above the band."""
        return self.band is not None and self.nu.waarde is not None and self.nu.waarde > self.band.boven

    @property
    def kan_nog_groeien(self) -> bool:
        """Whether only growth that is still to come keeps a low figure from being a signal."""
        laag = not self.binnen and not self.hoog and self.nu.status == "voorlopig"
        toen, nu = self.toen.waarde if self.toen else None, self.nu.waarde
        return laag and toen is not None and nu is not None and nu < toen


def toets(reeks: Sequence[Punt], *, eenheid: str, breuken: Sequence[date] = ()) -> Toets:
    """Judge the last point of a chronological `reeks`; earlier points from before the last break don't count.

    Args:
        reeks: at least one point, oldest first; hidden half-years may stand in it.
        eenheid: unit of the figures, as in the result table.
        breuken: dates of breaks in this series; a half-year that begins before the last of them is left out.
    """
    *eerder, nu = reeks
    jaar_terug = nu.periode.vorige.vorige
    toen = next((punt for punt in eerder if punt.periode == jaar_terug and punt.zichtbaar), None)
    band = _band(_sinds(eerder, [dag for dag in breuken if dag <= nu.periode.begin]), nu, eenheid)
    return Toets(nu, toen, band, _oordeel(nu, toen, band, eenheid))


def _sinds(eerder: Sequence[Punt], breuken: Sequence[date]) -> list[Punt]:
    vanaf = max(breuken, default=date.min)
    return [punt for punt in eerder if punt.zichtbaar and punt.periode.begin >= vanaf]


def _band(eerder: Sequence[Punt], nu: Punt, eenheid: str) -> Band | None:
    waarden = [punt.waarde for punt in eerder if punt.waarde is not None]
    if len(waarden) < MINIMUM_HALFJAREN:
        return None
    midden = fmean(waarden)
    beweging = fmean(abs(b - a) for a, b in pairwise(waarden))
    helft = max(BEWEGING * beweging, TOEVAL * _standaardfout(midden, nu, eenheid))
    return Band.naar_buiten(max(0.0, midden - helft), midden + helft, len(waarden), eenheid=eenheid)


def _standaardfout(midden: float, nu: Punt, eenheid: str) -> float:
    """What chance alone does to a figure of this size: Poisson for counts and rates, binomial for shares."""
    if eenheid == "aantal":
        return sqrt(midden)
    if eenheid == "per_1000" and nu.noemer:
        return 1000 * sqrt(midden / 1000 / nu.noemer)
    if eenheid == "procent" and nu.noemer:
        aandeel = min(max(midden / 100, 0.0), 1.0)
        return 100 * sqrt(aandeel * (1 - aandeel) / nu.noemer)
    if nu.onder is not None and nu.boven is not None:
        return (nu.boven - nu.onder) / (2 * 1.96)
    return _ZONDER_MARGE.get(eenheid, 0.0)


def _oordeel(nu: Punt, toen: Punt | None, band: Band | None, eenheid: str) -> Oordeel:
    if not nu.zichtbaar or nu.waarde is None or toen is None or toen.waarde is None or band is None:
        return Oordeel.ONVOLDOENDE
    if nu.waarde > band.boven and nu.waarde > toen.waarde:
        return Oordeel.SIGNAAL
    hoogst = _nog_mogelijk(nu, eenheid)
    omlaag = hoogst is not None and hoogst < band.onder and hoogst < toen.waarde
    return Oordeel.SIGNAAL if omlaag else Oordeel.GEWOON


def _nog_mogelijk(nu: Punt, eenheid: str) -> float | None:
    """How high a figure may still become: provisional counts grow a little, amounts up to their margin."""
    if nu.status != "voorlopig" or nu.waarde is None:
        return nu.waarde
    if eenheid in ("aantal", "per_1000"):
        return nu.waarde * (1 + AANVULLING)
    return nu.boven if eenheid == "euro" else nu.waarde
