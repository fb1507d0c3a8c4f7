"""Run-off: how much is still to come, from how earlier periods filled up (chain ladder, Mack 1993).

Rows are periods in which something happened, columns how many periods later it was reported. Chain ladder assumes
that recent periods fill up as earlier ones did; it knows nothing of a changed way of reporting, which is why the
factors can be taken from the newest periods only (`venster`). What comes after the last column is a given factor
(`staart`, default 1: nothing comes any more), and its uncertainty is not in the standard error.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from analyse.statistiek.interval import z_waarde

Rij = NDArray[np.float64]
MINIMUM = 12  # periods; with fewer a factor rests on a handful of ratios
STAPPEN = 24  # periods after which a period counts as complete


@dataclass(frozen=True)
class Afloop:
    """What is still to come per period, oldest first; amounts in the unit of the triangle.

    `nog`, `fout`, `onder` and `boven` are NaN where a period can't be estimated: nothing of it was reported yet,
    or credits took all of it back. `totaal` and `totaal_fout` are over the periods that can.
    """

    factoren: Rij
    variantie: Rij  # sigma squared per factor
    stand: Rij
    verwacht: Rij
    nog: Rij
    fout: Rij
    onder: Rij
    boven: Rij
    totaal: float
    totaal_fout: float
    staart: float = 1.0

    @property
    def compleet(self) -> Rij:
        """Share (0–1) of the expected end that is known now; above 1 where credits are still expected."""
        return self.stand / np.where(self.verwacht == 0, np.nan, self.verwacht)

    def voorlopig(self, *, drempel: float = 0.02) -> NDArray[np.bool_]:
        """Periods of which more than `drempel` (a share) may still change; those without estimate included."""
        return ~(np.abs(1 - self.compleet) <= drempel)


def driehoek(periode: ArrayLike, gemeld: ArrayLike, bedrag: ArrayLike, *, laatste: int, **maat: int) -> Rij:
    """Cumulated triangle from loose amounts: rows oldest first, NaN where the future is.

    `periode` and `gemeld` are running numbers (see `maandnummer`), `laatste` the last one observed; amounts
    reported after it, and of periods after it, are left out. What is reported before its period counts as
    reported at once; later than the last column stays out of it and comes with the `staart`. `maat`: `eerste`
    (first row, default the first period), `stappen` (columns, default `STAPPEN`).
    """
    p, g, b = (np.asarray(kolom) for kolom in (periode, gemeld, bedrag))
    eerste = maat.get("eerste", int(p.min()) if len(p) else laatste)
    rijen = laatste - eerste + 1
    kolommen = min(maat.get("stappen", STAPPEN), rijen)
    later = np.maximum(g - p, 0)
    mee = (p >= eerste) & (p <= laatste) & (g <= laatste) & (later < kolommen)
    tabel = np.zeros((rijen, kolommen))
    np.add.at(tabel, (p[mee] - eerste, later[mee]), b[mee].astype(float))
    bekend = np.arange(rijen)[:, None] + np.arange(kolommen) < rijen
    return np.where(bekend, np.cumsum(tabel, axis=1), np.nan)


def schat_afloop(
    cumulatief: ArrayLike,
    *,
    venster: int | None = None,
    staart: float = 1.0,
    minimum: int = MINIMUM,
    niveau: float = 0.95,
) -> Afloop | None:
    """Chain ladder with Mack's standard errors; None with fewer than `minimum` periods.

    `cumulatief`: rows oldest first, columns in order of reporting, NaN below the last diagonal. `venster`: take
    each factor from so many newest periods. Interval: log-normal around what is to come (normal where that is
    negative). Source: Mack 1993, Distribution-free calculation of the standard error of chain ladder reserve
    estimates, ASTIN Bulletin 23.
    """
    c = np.asarray(cumulatief, dtype=float)
    if len(c) < minimum or c.shape[1] < 2:
        return None
    factoren, variantie, gewicht = _factoren(c, venster)
    vol = _vul(c, factoren)
    bekend = (~np.isnan(c)).sum(axis=1)
    stand = c[np.arange(len(c)), bekend - 1]
    goed = (stand > 0) | (bekend == c.shape[1])
    verwacht = np.where(goed, vol[:, -1] * staart, np.nan)
    nog = verwacht - stand
    delen = _delen(vol, bekend, factoren, variantie, gewicht)
    fout = np.where(goed, np.abs(verwacht) * np.sqrt(delen.eigen), np.nan)
    onder, boven = _grenzen(nog, fout, z_waarde(niveau))
    return Afloop(
        factoren, variantie, stand, verwacht, nog, fout, onder, boven,
        float(np.nansum(nog)), _totaalfout(verwacht, fout, delen.gedeeld), staart,
    )  # fmt: skip


def _factoren(c: Rij, venster: int | None) -> tuple[Rij, Rij, Rij]:
    """Per step the factor, Mack's sigma squared, and the sum that the factor was divided by."""
    stappen = c.shape[1] - 1
    f, s2, gewicht = np.ones(stappen), np.full(stappen, np.nan), np.zeros(stappen)
    for k in range(stappen):
        mee = ~np.isnan(c[:, k + 1]) & (c[:, k] > 0)
        mee &= np.cumsum(mee[::-1])[::-1] <= (venster or len(c))
        van, naar = c[mee, k], c[mee, k + 1]
        if len(van):
            gewicht[k] = van.sum()
            f[k] = naar.sum() / gewicht[k]
        if len(van) > 1:
            s2[k] = (van * (naar / van - f[k]) ** 2).sum() / (len(van) - 1)
    return f, _vul_variantie(s2), gewicht


def _vul_variantie(s2: Rij) -> Rij:
    """A factor from one ratio has no variance: Mack takes it on from the two before."""
    vol = s2.copy()
    for k in np.flatnonzero(np.isnan(vol)):
        if k >= 2 and vol[k - 2] > 0:
            vol[k] = min(vol[k - 1] ** 2 / vol[k - 2], vol[k - 1], vol[k - 2])
        else:
            vol[k] = vol[k - 1] if k else 0.0
    return vol


def _vul(c: Rij, factoren: Rij) -> Rij:
    vol = c.copy()
    for k, factor in enumerate(factoren):
        vol[:, k + 1] = np.where(np.isnan(c[:, k + 1]), vol[:, k] * factor, c[:, k + 1])
    return vol


@dataclass(frozen=True)
class _Delen:
    """Squared relative errors per period: all of it, and the part that all periods share (the factors)."""

    eigen: Rij
    gedeeld: Rij


def _delen(vol: Rij, bekend: NDArray[np.intp], factoren: Rij, variantie: Rij, gewicht: Rij) -> _Delen:
    toekomst = np.arange(len(factoren)) >= (bekend - 1)[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        stap = np.where(gewicht > 0, variantie / factoren**2, 0.0)
        van_factor = np.where(gewicht > 0, stap / gewicht, 0.0)
        van_proces = np.where(vol[:, :-1] > 0, stap / vol[:, :-1], 0.0)
    eigen = np.where(toekomst, van_factor + van_proces, 0.0).sum(axis=1)
    return _Delen(eigen, np.where(toekomst, van_factor, 0.0).sum(axis=1))


def _totaalfout(verwacht: Rij, fout: Rij, gedeeld: Rij) -> float:
    """Older periods share the factors of all younger ones: their covariances count too."""
    eind = np.nan_to_num(verwacht)
    jonger = np.cumsum(eind[::-1])[::-1] - eind
    return float(np.sqrt(max(np.nansum(fout**2) + (2 * eind * jonger * gedeeld).sum(), 0.0)))


def _grenzen(nog: Rij, fout: Rij, z: float) -> tuple[Rij, Rij]:
    with np.errstate(divide="ignore", invalid="ignore"):
        s = np.sqrt(np.log1p((fout / nog) ** 2))
        log_onder, log_boven = (nog * np.exp(-(s**2) / 2 + teken * z * s) for teken in (-1, 1))
    gewoon = ~(nog > 0)
    return np.where(gewoon, nog - z * fout, log_onder), np.where(gewoon, nog + z * fout, log_boven)


def maandnummer(dagen: pd.Series) -> NDArray[np.int64]:
    """Running month number (year × 12 + month − 1) of each date; no date may be missing."""
    dag = pd.to_datetime(dagen)
    return np.asarray(dag.dt.year * 12 + dag.dt.month - 1, dtype=np.int64)


def per_maand(uitkomst: Afloop, *, laatste: int) -> pd.DataFrame:
    """The estimate as a table, one row per month: maand (first day), stand, verwacht, nog, onder, boven, compleet.

    `laatste` is the month number of the last row (`maandnummer`). Unit: that of the triangle; compleet 0–1.
    """
    nummers = np.arange(laatste - len(uitkomst.stand) + 1, laatste + 1)
    maanden = pd.to_datetime([f"{n // 12:04d}-{n % 12 + 1:02d}-01" for n in nummers])
    kolommen = {
        naam: getattr(uitkomst, naam) for naam in ("stand", "verwacht", "nog", "onder", "boven", "compleet")
    }
    return pd.DataFrame({"maand": maanden, **kolommen})
