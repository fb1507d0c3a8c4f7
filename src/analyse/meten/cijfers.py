"""From counts on the grid to rows of the result table: value, interval, method, status."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analyse.kern.schema import MATEN
from analyse.meten.blok import Blok, Woorden
from analyse.meten.rooster import GEEN, NIET_LEVERBAAR, STATUSSEN, Vakken
from analyse.params import Kaart
from analyse.statistiek import interval

Kolom = NDArray[np.float64]


@dataclass(frozen=True)
class Cijfers:
    """The measures of one indicator on the cells of one table; `geen` marks a figure without cases behind it."""

    teller: Kolom | None = None
    noemer: Kolom | None = None
    waarde: Kolom | None = None
    onder: Kolom | None = None
    boven: Kolom | None = None
    methode: str | NDArray[np.object_] = "telling"
    geen: NDArray[np.bool_] | None = None
    niet_leverbaar: NDArray[np.bool_] | None = None


class Kolommen(Protocol):
    """What gives counts by name (an `indicator.Telling`)."""

    def kolom(self, naam: str, *, leeg: float = 0.0) -> Kolom:
        """One count on every cell."""


def rijen(kaart: Kaart, vakken: Vakken, cijfers: Cijfers) -> Blok:
    """The rows of one indicator in one split; nothing but the key where it can't be delivered."""
    dicht = vakken.per_gebied(vakken.rooster.dicht)
    if cijfers.niet_leverbaar is not None:
        dicht = dicht | cijfers.niet_leverbaar
    overal = np.zeros(len(dicht), dtype=np.intp)
    woorden = {
        "indicator": Woorden((kaart.id,), overal),
        **vakken.sleutels,
        "methode": _methode(vakken, cijfers.methode),
        "eenheid": Woorden((kaart.eenheid,), overal),
        "status": _status(vakken, dicht, cijfers.geen),
    }
    return Blok(woorden, {naam: _zichtbaar(getattr(cijfers, naam), dicht) for naam in MATEN}, len(dicht))


def _methode(vakken: Vakken, methode: str | NDArray[np.object_]) -> Woorden:
    nummers, voorbehouden = vakken.rooster.voorbehoudnummers
    achter = vakken.per_gebied(nummers)
    if isinstance(methode, str):
        return Woorden([methode + noot for noot in voorbehouden], achter)
    voor, uniek = pd.factorize(methode)
    return Woorden([woord + noot for woord in uniek for noot in voorbehouden], voor * len(voorbehouden) + achter)


def _status(vakken: Vakken, dicht: NDArray[np.bool_], geen: NDArray[np.bool_] | None) -> Woorden:
    status = np.where(dicht, STATUSSEN.index(NIET_LEVERBAAR), vakken.per_gebied(vakken.rooster.statusnummers))
    return Woorden(STATUSSEN, status if geen is None else np.where(geen & ~dicht, STATUSSEN.index(GEEN), status))


def _zichtbaar(kolom: Kolom | None, dicht: NDArray[np.bool_]) -> Kolom | None:
    return None if kolom is None else np.where(dicht, np.nan, kolom)


def deel(teller: Kolom, noemer: Kolom) -> Kolom:
    """teller ÷ noemer; NaN where the noemer is 0."""
    return np.divide(teller, noemer, out=np.full(len(teller), np.nan), where=noemer != 0)


def stand(aantal: Kolom, *, methode: str = "telling") -> Cijfers:
    """A count without interval: what is, is."""
    return Cijfers(teller=aantal, waarde=aantal, methode=methode)


def stroom(aantal: Kolom) -> Cijfers:
    """A count of events in a period, with the interval of a Poisson count."""
    onder, boven = interval.telling(aantal)
    return Cijfers(
        teller=aantal, waarde=aantal, onder=onder, boven=boven, methode=interval.methode_telling(aantal)
    )


def aandeel(teller: Kolom, noemer: Kolom) -> Cijfers:
    """A percentage with Wilson limits; `geen_waarneming` where the denominator is 0."""
    onder, boven = interval.wilson(teller, noemer)
    waarde = 100 * deel(teller, noemer)
    return Cijfers(teller, noemer, waarde, 100 * onder, 100 * boven, "wilson", geen=noemer == 0)


def gemiddelde(som: Kolom, n: Kolom, kwadraten: Kolom, *, methode: str = "gemiddelde_log") -> Cijfers:
    """A mean of skewed amounts: sum, how many and the sum of squares; teller = sum, noemer = how many.

    Limits on the log scale by the delta method, mean · exp(± z · s ÷ (mean · √n)), so that they are never negative
    and wider upwards; none below two cases.
    """
    waarde = deel(som, n)
    variantie = np.maximum(deel(kwadraten - som * np.where(n > 0, waarde, 0), n - 1), 0)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        reik = np.exp(interval.z_waarde(0.95) * np.sqrt(variantie / n) / waarde)
        meer = (n > 1) & (waarde > 0)
        onder, boven = np.where(meer, waarde / reik, np.nan), np.where(meer, waarde * reik, np.nan)
    return Cijfers(som, n, waarde, onder, boven, methode, geen=n == 0)


def per_duizend(teller: Kolom, noemer: Kolom, *, methode: NDArray[np.object_]) -> Cijfers:
    """A rate per 1,000; not deliverable where the population is unknown (NaN)."""
    onder, boven = interval.telling(teller)
    waarde, onder, boven = (1000 * deel(kolom, noemer) for kolom in (teller, onder, boven))
    return Cijfers(teller, noemer, waarde, onder, boven, methode, niet_leverbaar=np.isnan(noemer))


def tegen_bekend(teller: Kolom, noemer: Kolom, *, maal: float = 1, methode: NDArray) -> Cijfers:
    """An amount against something that is known from elsewhere; not deliverable where that is unknown (NaN)."""
    return Cijfers(teller, noemer, maal * deel(teller, noemer), methode=methode, niet_leverbaar=np.isnan(noemer))


def telling_stand(telling: Kolommen, *, methode: str = "telling") -> Cijfers:
    """The count `n` as a stock."""
    return stand(telling.kolom("n"), methode=methode)


def telling_stroom(telling: Kolommen) -> Cijfers:
    """The count `n` as a flow."""
    return stroom(telling.kolom("n"))


def telling_aandeel(telling: Kolommen) -> Cijfers:
    """The counts `x` of `n` as a percentage."""
    return aandeel(telling.kolom("x"), telling.kolom("n"))
