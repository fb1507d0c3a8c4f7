"""Interrupted time series: did the level of one series jump at the start, given trend and season?

Poisson regression with population as offset; with a second series beside it (the comparison) both get their own
level and trend and share the season, and the effect is the jump that the other one didn't make. Honest about
autocorrelation (Newey and West) but not about the trend: another assumed trend is another answer. Measured: on
null series this design finds an effect in 13% of cases, so a verdict never rests on it alone.
Source of the form: Lopez Bernal, Cummins and Gasparrini 2017 and 2018.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy import stats

from analyse.effect.opzet import Opzet
from analyse.effect.poisson import Onzekerheid, Regressie, regressie
from analyse.effect.reeks import Matrix, Reeks
from analyse.effect.schatting import Schatting, niet_te_berekenen
from analyse.effect.tijdvak import eerste_hele
from analyse.effect.venster import Venster
from analyse.effect.woorden import getal, meer_of_minder
from analyse.kern.fouten import DomeinFout

METHODE = "Onderbroken tijdreeks"


@dataclass(frozen=True, eq=False)
class Onderbreking:
    """The jump at the start: `effect` and `fout` are on the log scale; `regressie` holds the whole fit."""

    effect: float
    fout: float
    regressie: Regressie
    gecontroleerd: bool

    @property
    def verhouding(self) -> float:
        """The rate ratio."""
        return float(np.exp(self.effect))

    @property
    def interval(self) -> tuple[float, float]:
        """95% limits on the log scale."""
        marge = float(stats.norm.ppf(0.975)) * self.fout
        return self.effect - marge, self.effect + marge

    @property
    def p(self) -> float:
        """Two-sided, normal."""
        return float(2 * stats.norm.sf(abs(self.effect / self.fout)))

    @property
    def tabel(self) -> pd.DataFrame:
        """One row: verhouding, onder, boven, p."""
        onder, boven = np.exp(self.interval)
        return pd.DataFrame({"verhouding": [self.verhouding], "onder": [onder], "boven": [boven], "p": [self.p]})

    @property
    def tekst(self) -> str:
        """The jump in one Dutch sentence."""
        onder, boven = np.exp(self.interval)
        tegen = "de vergelijkingsreeks en de eigen trend" if self.gecontroleerd else "de eigen trend"
        return (
            f"Na de start was het cijfer {meer_of_minder(100 * (self.verhouding - 1), 1)} dan volgens {tegen} "
            f"(verhouding {getal(self.verhouding, 2)}; 95%-interval {getal(onder, 2)} tot {getal(boven, 2)})."
        )


def onderbroken_reeks(
    aantal: ArrayLike,
    bevolking: ArrayLike,
    *,
    start: int,
    per_jaar: int = 12,
    harmonischen: int = 2,
    stappen: Sequence[int] = (),
    vergelijking: tuple[ArrayLike, ArrayLike] | None = None,
    onzekerheid: Onzekerheid = "newey_west",
) -> Onderbreking:
    """Level change from column `start` on (the first tijdvak treated), with linear trend and season.

    `harmonischen` pairs of sine and cosine make the season (0: none); `stappen` are known breaks, each a column
    from which a level of its own holds. NaN is left out. `vergelijking` is (aantal, bevolking) of another series.
    Raises DomeinFout when a side of the start has fewer than three tijdvakken.
    """
    reeksen = [(np.asarray(aantal, float), np.asarray(bevolking, float))]
    if vergelijking is not None:
        reeksen.append((np.asarray(vergelijking[0], float), np.asarray(vergelijking[1], float)))
    tijd = np.arange(len(reeksen[0][0]), dtype=float)
    if min(start, len(tijd) - start) < 3:
        raise DomeinFout("Een onderbroken tijdreeks heeft aan elke kant van de start drie tijdvakken nodig.")
    sprongen = [(tijd >= stap).astype(float) for stap in stappen]
    gedeeld = np.asarray(np.column_stack([_seizoen(tijd, per_jaar, harmonischen), *sprongen]), dtype=float)
    x = np.vstack([_ontwerp(tijd, start, gedeeld, nummer, len(reeksen)) for nummer in range(len(reeksen))])
    y, n = (np.concatenate([reeks[k] for reeks in reeksen]) for k in (0, 1))
    moment = np.tile(tijd, len(reeksen))
    gezien = np.isfinite(y) & np.isfinite(n)
    passend = regressie(y[gezien], x[gezien], n[gezien])
    dekking = passend.covariantie(onzekerheid, vertraging=_vertraging(len(tijd)), moment=moment[gezien])
    # The jump of the measured series is the first column; see _ontwerp.
    return Onderbreking(float(passend.beta[0]), float(np.sqrt(dekking[0, 0])), passend, len(reeksen) > 1)


def _ontwerp(tijd: Matrix, start: int, gedeeld: Matrix, nummer: int, reeksen: int) -> Matrix:
    """Columns: jump of the measured series; jump shared by both (only when there are two); own level and trend."""
    sprong = (tijd >= start).astype(float)
    eigen = np.zeros((len(tijd), 2 * reeksen))
    eigen[:, 2 * nummer] = 1.0
    eigen[:, 2 * nummer + 1] = tijd / len(tijd)
    samen = [sprong] if reeksen > 1 else []
    return np.column_stack([sprong * (nummer == 0), *samen, eigen, gedeeld])


def _seizoen(tijd: Matrix, per_jaar: int, harmonischen: int) -> Matrix:
    paren = min(harmonischen, (per_jaar - 1) // 2)
    hoeken = [2 * np.pi * (k + 1) * tijd / per_jaar for k in range(paren)]
    golven = [golf for hoek in hoeken for golf in (np.sin(hoek), np.cos(hoek))]
    # At an even frequency the fastest wave has a cosine only (quarters: up and down in turn).
    if per_jaar % 2 == 0 and harmonischen > paren and harmonischen * 2 == per_jaar:
        golven.append(np.cos(np.pi * tijd))
    return np.column_stack(golven) if golven else np.empty((len(tijd), 0))


def _vertraging(n: int) -> int:
    """Lags for Newey and West: the usual 4 (n/100)^(2/9), at least one."""
    return max(1, int(4 * (n / 100) ** (2 / 9)))


def schat_its(opzet: Opzet) -> Schatting:
    """The interrupted series of the gebieden that started first, beside the untreated ones when there are any."""
    eerste = min(opzet.vensters, default=None)
    if eerste is None or min(eerste.lengte_basis, eerste.lengte_na) < 2 * opzet.reeks.per_jaar:
        return niet_te_berekenen(METHODE, "Nodig: twee jaren voor en twee jaren na de start.")
    uitkomst = _op_venster(opzet, eerste)
    werkelijk = float(np.nansum(_stuk(opzet.reeks, _eersten(opzet, eerste), eerste)[0][_sprong(eerste) :]))
    onder, boven = uitkomst.interval
    return Schatting(
        methode=METHODE,
        log=uitkomst.effect,
        onder=onder,
        boven=boven,
        p=uitkomst.p,
        werkelijk=werkelijk,
        verwacht=werkelijk / uitkomst.verhouding,
        vergeleken=len(opzet.vergelijking),
        opmerking="Hangt af van de aanname dat de trend doorloopt.",
    )


def verloop_its(opzet: Opzet) -> pd.DataFrame:
    """Actual against what the fitted trend and season expect without the jump; columns as `did.verloop`.

    The band is counting chance (with the fitted dispersion) around the expectation. Empty when there is no fit.
    """
    kolommen = ["periode", "werkelijk", "verwacht", "onder", "boven", "na", "verwacht_na"]
    eerste = min(opzet.vensters)
    if np.isnan(schat_its(opzet).log):
        return pd.DataFrame(columns=kolommen)
    uitkomst = _op_venster(opzet, eerste)
    werkelijk, _ = _stuk(opzet.reeks, _eersten(opzet, eerste), eerste)
    gezien = np.flatnonzero(np.isfinite(werkelijk))
    na = gezien >= _sprong(eerste)
    verwacht = uitkomst.regressie.verwacht[: len(gezien)] / np.where(na, uitkomst.verhouding, 1.0)
    marge = 1.96 * np.sqrt(verwacht * max(1.0, uitkomst.regressie.spreiding))
    periode = [str(opzet.reeks.tijdvakken[eerste.basis_van + k]) for k in gezien]
    laag, hoog = np.maximum(verwacht - marge, 0), verwacht + marge
    kolom = (periode, werkelijk[gezien], verwacht, laag, hoog, na, np.where(na, verwacht, 0.0))
    return pd.DataFrame(dict(zip(kolommen, kolom, strict=True)))


def _op_venster(opzet: Opzet, venster: Venster) -> Onderbreking:
    andere = list(opzet.vergelijking)
    return onderbroken_reeks(
        *_stuk(opzet.reeks, _eersten(opzet, venster), venster),
        start=_sprong(venster),
        per_jaar=opzet.reeks.per_jaar,
        harmonischen=min(2, opzet.reeks.per_jaar // 2),
        stappen=_stappen(opzet.reeks, venster),
        vergelijking=_stuk(opzet.reeks, andere, venster) if andere else None,
    )


def _eersten(opzet: Opzet, venster: Venster) -> list[int]:
    return [rij for rij, v in zip(opzet.behandeld, opzet.vensters, strict=True) if v == venster]


def _sprong(venster: Venster) -> int:
    """Column of the first tijdvak treated, counted from the begin of the window."""
    return venster.na_van - venster.basis_van


def _stuk(reeks: Reeks, rijen: Sequence[int], venster: Venster) -> tuple[Matrix, Matrix]:
    """Counts and population of some rows together, over one window; a half-treated tijdvak is left out.

    Rows with gaps are left out when others remain: a sum over changing gebieden would jump by itself.
    """
    kolommen = slice(venster.basis_van, venster.na_tot)
    heel = [rij for rij in rijen if np.isfinite(reeks.aantal[rij, kolommen]).all()] or list(rijen)
    aantal = reeks.aantal[heel].sum(axis=0)
    aantal[np.isnan(reeks.aantal[rijen]).any(axis=0) & (len(rijen) == 1)] = np.nan
    aantal[venster.basis_tot : venster.na_van] = np.nan
    return aantal[kolommen], reeks.bevolking[heel].sum(axis=0)[kolommen]


def _stappen(reeks: Reeks, venster: Venster) -> list[int]:
    """Columns, counted from the window, where a break that all share begins; not those at its edges."""
    kolommen = [
        eerste_hele(breuk.datum, reeks.per_jaar) - reeks.eerste - venster.basis_van
        for breuk in reeks.breuken
        if breuk.gebied is None
    ]
    return sorted({k for k in kolommen if 2 <= k <= _sprong(venster) - 2})
