"""Funnel plots: which units differ more from a target than their size explains, without ranking anybody.

Limits are exact: the 2.5/97.5 % (and 0.1/99.9 %) points of the Poisson or binomial distribution around the
target, interpolated between whole cases (Spiegelhalter 2005, Statistics in Medicine 24:1185–1202, appendix A.1.1).
Packages that print Garwood's interval around the expected count instead (FunnelPlotR) draw a wider funnel: that is
the uncertainty of an observation, and not the spread that chance gives around the target.

Where units differ more than chance for reasons that nobody chose (other people, other registration), nearly all
would fall outside. Two known corrections, after pulling in the outer tenth on both sides so that real outliers
don't hide themselves: `vermenigvuldigend` widens every limit by √φ, `optellend` (DerSimonian–Laird τ²) adds a
variance between units, so that big units get a wide funnel as well. Both work on a scale with equal variance
(square root, arcsine) and never make a funnel narrower than the exact one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.special import bdtr, bdtrik, ndtri, pdtr, pdtrik

from analyse.statistiek.interval import z_waarde

Kolom = NDArray[np.float64]
Verdeling = Callable[[Kolom], Kolom]
NIVEAUS = {"95": 0.95, "998": 0.998}
BINNEN, BUITEN_95, BUITEN_998, GEEN_OORDEEL = "binnen", "buiten_95", "buiten_998", "geen_oordeel"


@dataclass(frozen=True)
class Keuze:
    """How to judge: the correction, its scale (`log` is that of the British SHMI) and when it is a signal.

    With `signaal="95"` one in twenty units is a signal by chance alone; say so wherever you use it.
    """

    spreiding: Literal["geen", "optellend", "vermenigvuldigend"] = "geen"
    schaal: Literal["wortel", "log"] = "wortel"
    signaal: Literal["95", "998"] = "998"


@dataclass(frozen=True)
class Overdispersie:
    """`phi` 1 and `tau2` 0 mean: no more spread than chance gives. `eenheden` is how many it comes from."""

    phi: float = 1.0
    tau2: float = 0.0
    eenheden: int = 0


@dataclass(frozen=True)
class Trechter:
    """The judged units, and what the limits are made of.

    `tabel`: waarde, grootte, onder_95, boven_95, onder_998, boven_998, oordeel (binnen, buiten_95, buiten_998,
    geen_oordeel), kant (hoger, lager or empty), signaal; index as the input. `methode` is a Dutch sentence.
    """

    tabel: pd.DataFrame
    doel: float
    overdispersie: Overdispersie
    methode: str


def poisson_grens(verwacht: ArrayLike, kans: float, *, doel: float = 1.0) -> Kolom:
    """The ratio observed/expected below which a share `kans` of chance lies, when the true ratio is `doel`."""
    e = np.asarray(verwacht, dtype=float)
    gemiddelde = e * doel
    with np.errstate(divide="ignore", invalid="ignore"):
        aantal = _interpoleer(lambda k: pdtr(k, gemiddelde), kans, pdtrik(kans, gemiddelde))
        return np.where(e > 0, aantal / e, np.nan)


def binomiaal_grens(noemer: ArrayLike, kans: float, *, doel: float) -> Kolom:
    """The share (0–1) below which a share `kans` of chance lies, when the true share is `doel`."""
    n = np.asarray(noemer, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        heel = np.where(n > 0, n, 1).astype(np.int64)
        aantal = _interpoleer(lambda k: bdtr(k, heel, doel), kans, bdtrik(kans, heel, doel))
        return np.where(n > 0, aantal / n, np.nan)


def _interpoleer(verdeling: Verdeling, kans: float, gok: Kolom) -> Kolom:
    """r − α with r the smallest whole count whose cumulative chance is at least `kans`; 0 at the least."""
    r = np.ceil(np.maximum(np.nan_to_num(np.asarray(gok, dtype=float)), 0.0))
    while np.any(te_laag := verdeling(r) < kans):
        r = np.where(te_laag, r + 1, r)
    while np.any(te_hoog := (r > 0) & (_onder(verdeling, r) >= kans)):
        r = np.where(te_hoog, r - 1, r)
    hoog, laag = verdeling(r), _onder(verdeling, r)
    alfa = (hoog - kans) / np.where(hoog > laag, hoog - laag, 1.0)
    return np.maximum(r - alfa, 0.0)


def _onder(verdeling: Verdeling, r: Kolom) -> Kolom:
    return np.where(r > 0, verdeling(np.maximum(r - 1, 0.0)), 0.0)


def overdispersie(
    z: ArrayLike, fout: ArrayLike, *, deel: float = 0.1, uitschieters: Literal["inhalen", "weglaten"] = "inhalen"
) -> Overdispersie:
    """φ = Σz²/I and DerSimonian–Laird τ², from z-scores and their standard errors.

    `inhalen` winsorises the outer `deel` on both sides (Spiegelhalter 2005), `weglaten` leaves
    them out by rank (SHMI).
    Source for τ²: Spiegelhalter 2005, eq. A.2; 0 when there is no more spread than chance.
    """
    zz, s = (np.asarray(kolom, dtype=float) for kolom in (z, fout))
    bekend = np.isfinite(zz) & np.isfinite(s)
    zz, s = zz[bekend], s[bekend]
    if len(zz) < 2:
        return Overdispersie(eenheden=len(zz))
    if uitschieters == "weglaten":
        weg = int(deel * len(zz))
        blijft = np.argsort(zz, kind="stable")[weg : len(zz) - weg]
        zz, s = zz[blijft], s[blijft]
    else:
        zz = np.clip(zz, *np.quantile(zz, [deel, 1 - deel]))
    n, gewicht = len(zz), s**-2.0
    phi = float(np.mean(zz**2))
    tau2 = (n * phi - (n - 1)) / (gewicht.sum() - (gewicht**2).sum() / gewicht.sum())
    return Overdispersie(phi, max(float(tau2), 0.0), n)


def trechter_verhouding(
    waargenomen: ArrayLike, verwacht: ArrayLike, *, doel: float = 1.0, keuze: Keuze | None = None
) -> Trechter:
    """Observed against expected counts; for a rate per head take `expected = overall rate × heads`.

    `waargenomen`: counts ≥ 0; `verwacht`: > 0, else there is no verdict; `doel`: the ratio to compare with.
    """
    kies = keuze or Keuze()
    o, e = _kolommen(waargenomen, verwacht)
    schaal = _schaal_verhouding(e, kies.schaal, doel)
    return _oordeel(_Invoer(o / e, e, doel, "exacte Poisson-grenzen"), _naar_index(waargenomen), schaal, kies)


def trechter_aandeel(
    teller: ArrayLike, noemer: ArrayLike, *, doel: float | None = None, keuze: Keuze | None = None
) -> Trechter:
    """Shares (0–1) against `doel`, by default the share over all units together."""
    kies = keuze or Keuze()
    x, n = _kolommen(teller, noemer)
    samen = np.isfinite(x) & np.isfinite(n)
    midden = float(x[samen].sum() / n[samen].sum()) if doel is None else doel
    schaal = _schaal_aandeel(n, midden)
    return _oordeel(_Invoer(x / n, n, midden, "exacte binomiale grenzen"), _naar_index(teller), schaal, kies)


def trechter_maat(
    waarde: ArrayLike, verwacht: ArrayLike, fout: ArrayLike, *, keuze: Keuze | None = None
) -> Trechter:
    """Durations or amounts (> 0) as a ratio to what was expected; `fout`: standard error of the log of that ratio.

    Normal limits on the log scale, because such figures are skewed; no verdict where one of the three is missing.
    """
    w, e = _kolommen(waarde, verwacht)
    s = np.asarray(fout, dtype=float)
    goed = (w > 0) & (s > 0) & np.isfinite(s)
    w, s = np.where(goed, w, np.nan), np.where(goed, s, np.nan)
    schaal = _Schaal(np.log, np.exp, s, lambda kans: np.exp(ndtri(kans) * s))
    invoer = _Invoer(w / e, e, 1.0, "normale grenzen op logschaal")
    return _oordeel(invoer, _naar_index(waarde), schaal, keuze or Keuze())


@dataclass(frozen=True)
class _Invoer:
    waarde: Kolom
    grootte: Kolom
    doel: float
    naam: str


@dataclass(frozen=True)
class _Schaal:
    """A scale with equal variance: there, back, the standard error there, and the exact limit at a chance."""

    heen: Callable[[Kolom], Kolom]
    terug: Callable[[Kolom], Kolom]
    fout: Kolom
    exact: Callable[[float], Kolom]


def _schaal_verhouding(e: Kolom, naam: str, doel: float) -> _Schaal:
    def exact(kans: float) -> Kolom:
        return poisson_grens(e, kans, doel=doel)

    if naam == "log":
        return _Schaal(np.log, np.exp, 1 / np.sqrt(e * doel), exact)
    return _Schaal(np.sqrt, lambda y: np.maximum(y, 0.0) ** 2, 0.5 / np.sqrt(e), exact)


def _schaal_aandeel(n: Kolom, doel: float) -> _Schaal:
    def exact(kans: float) -> Kolom:
        return binomiaal_grens(n, kans, doel=doel)

    def terug(y: Kolom) -> Kolom:
        return np.sin(np.clip(y, 0.0, np.pi / 2)) ** 2

    return _Schaal(lambda p: np.arcsin(np.sqrt(p)), terug, 0.5 / np.sqrt(n), exact)


def _kolommen(boven: ArrayLike, onder: ArrayLike) -> tuple[Kolom, Kolom]:
    o, e = np.asarray(boven, dtype=float), np.asarray(onder, dtype=float)
    goed = np.isfinite(o) & (e > 0)
    return np.where(goed, o, np.nan), np.where(goed, e, np.nan)


def _naar_index(reeks: ArrayLike) -> pd.Index | None:
    return reeks.index if isinstance(reeks, pd.Series) else None


def _oordeel(invoer: _Invoer, index: pd.Index | None, schaal: _Schaal, keuze: Keuze) -> Trechter:
    gevonden = _gemeten_spreiding(invoer, schaal) if keuze.spreiding != "geen" else Overdispersie()
    tabel = pd.DataFrame({"waarde": invoer.waarde, "grootte": invoer.grootte}, index=index)
    for naam, niveau in NIVEAUS.items():
        tabel[f"onder_{naam}"], tabel[f"boven_{naam}"] = _grenzen(invoer, schaal, niveau, (keuze, gevonden))
    tabel["oordeel"], tabel["kant"] = _woorden(tabel)
    eisen = {BUITEN_998} if keuze.signaal == "998" else {BUITEN_95, BUITEN_998}
    tabel["signaal"] = tabel["oordeel"].isin(eisen)
    return Trechter(tabel, invoer.doel, gevonden, _methode(invoer.naam, keuze, gevonden))


def _gemeten_spreiding(invoer: _Invoer, schaal: _Schaal) -> Overdispersie:
    with np.errstate(divide="ignore", invalid="ignore"):
        verschil = schaal.heen(invoer.waarde) - schaal.heen(np.asarray(invoer.doel))
    return overdispersie(verschil / schaal.fout, schaal.fout)


def _grenzen(
    invoer: _Invoer, schaal: _Schaal, niveau: float, correctie: tuple[Keuze, Overdispersie]
) -> tuple[Kolom, Kolom]:
    staart = (1 - niveau) / 2
    onder, boven = schaal.exact(staart), schaal.exact(1 - staart)
    keuze, gevonden = correctie
    if keuze.spreiding == "geen":
        return onder, boven
    optellend = keuze.spreiding == "optellend"
    breed = schaal.fout**2 + gevonden.tau2 if optellend else schaal.fout**2 * max(gevonden.phi, 1.0)
    midden, marge = schaal.heen(np.asarray(invoer.doel)), z_waarde(niveau) * np.sqrt(breed)
    return np.minimum(onder, schaal.terug(midden - marge)), np.maximum(boven, schaal.terug(midden + marge))


def _woorden(tabel: pd.DataFrame) -> tuple[NDArray[np.object_], NDArray[np.object_]]:
    waarde = tabel["waarde"]
    lager, hoger = waarde < tabel["onder_95"], waarde > tabel["boven_95"]
    ver = (waarde < tabel["onder_998"]) | (waarde > tabel["boven_998"])
    gevallen = [waarde.isna(), ver, lager | hoger]
    oordeel = np.select(gevallen, [GEEN_OORDEEL, BUITEN_998, BUITEN_95], default=BINNEN)
    return oordeel.astype(object), np.select([hoger, lager], ["hoger", "lager"], default="").astype(object)


def _methode(naam: str, keuze: Keuze, gevonden: Overdispersie) -> str:
    begin = f"Trechterplot, {naam} van 95 en 99,8 procent"
    grens = "99,8" if keuze.signaal == "998" else "95"
    slot = f"; een signaal is een waarde buiten {grens} procent"
    if keuze.spreiding == "geen":
        return begin + slot + "."
    maat = f"τ² = {gevonden.tau2:.4g}" if keuze.spreiding == "optellend" else f"φ = {gevonden.phi:.3g}"
    ruimer = f", verruimd voor overdispersie ({keuze.spreiding}, {maat}, uit {gevonden.eenheden} eenheden)"
    return begin + ruimer.replace(".", ",") + slot + "."
