"""Synthetic control and synthetic difference-in-differences: the second, differently weighed view.

Where the difference-in-differences follows all other gebieden, these build the one mix of gebieden that moved
along before the start. Synthetic control copies level and movement (Abadie, Diamond and Hainmueller 2010,
outcomes only); synthetic DiD copies movement alone, spreads its weights, and also weighs the tijdvakken before
(Arkhangelsky and others 2021, algorithm 1). Counts go in as an index: rate over the gebied's own mean rate before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analyse.effect.opzet import Opzet
from analyse.effect.reeks import Matrix, Reeks, Rijen
from analyse.effect.schatting import Schatting, niet_te_berekenen, uit_toets
from analyse.effect.simplex import simplexgewichten
from analyse.effect.tegenfeit import Uitkomst
from analyse.effect.toets import toets
from analyse.effect.trekking import buren
from analyse.effect.venster import Venster
from analyse.effect.woorden import getal

METHODE = "Synthetische DiD, tegen donoren"
CONTROLE = "Synthetische controle (rang)"
RANGDONOREN = 39
DONOREN = 60  # mix from so many gebieden of about the same size
MINSTENS_DONOREN = 20
MINSTENS_VOOR = 4  # tijdvakken before the start


@dataclass(frozen=True, eq=False)
class Synthetisch:
    """A mix: `effect` is the mean gap after the start, on the scale of the outcome; weights per donor."""

    methode: str
    effect: float
    gewichten: Matrix
    tijdgewichten: Matrix
    tabel: pd.DataFrame  # one row per tijdvak: werkelijk, synthetisch

    @property
    def tekst(self) -> str:
        """The mix in one Dutch sentence."""
        telt = int((self.gewichten > 0.01).sum())
        return f"{self.methode}: gemiddeld verschil {getal(self.effect, 2)}, met een mengsel van {telt} gebieden."


def synthetische_controle(behandeld: Matrix, donoren: Matrix, *, voor: int) -> Synthetisch:
    """Synthetic control of one series against `donoren` (gebieden × tijdvakken); `voor` columns are before."""
    gewichten = simplexgewichten(donoren[:, :voor].T, behandeld[:voor])
    mengsel = gewichten @ donoren
    tabel = pd.DataFrame({"werkelijk": behandeld, "synthetisch": mengsel})
    effect = float((behandeld - mengsel)[voor:].mean())
    return Synthetisch("Synthetische controle", effect, gewichten, np.full(voor, 1 / voor), tabel)


def synthetische_did(behandeld: Matrix, donoren: Matrix, *, voor: int) -> Synthetisch:
    """Synthetic difference-in-differences of one series; arguments as `synthetische_controle`."""
    gewichten, tijd = _gewichten(behandeld[None], donoren[None], voor)
    mengsel = gewichten[0] @ donoren
    afstand = float(tijd[0] @ (behandeld - mengsel)[:voor])
    tabel = pd.DataFrame({"werkelijk": behandeld, "synthetisch": mengsel + afstand})
    effect = float((behandeld - mengsel)[voor:].mean() - afstand)
    return Synthetisch("Synthetische DiD", effect, gewichten[0], tijd[0], tabel)


@dataclass(frozen=True, eq=False)
class Rang:
    """Place of the treated gebied among placebos, by gap after over gap before (1 is the widest)."""

    rang: int
    tabel: pd.DataFrame  # one row per gebied: rij, voor, na (root mean squared gap), verhouding

    @property
    def p(self) -> float:
        """The share of gebieden with a ratio at least as large."""
        return self.rang / len(self.tabel)

    @property
    def tekst(self) -> str:
        """The place in one Dutch sentence."""
        return (
            f"Van {len(self.tabel)} gebieden wijkt dit gebied na de start als nummer {self.rang} het meest af van "
            "zijn synthetische mengsel, vergeleken met ervoor."
        )


def placeborang(uitkomst: Matrix, rij: int, *, voor: int) -> Rang:
    """Give every gebied (row) its turn as the treated one, by synthetic control; `voor` columns are before.

    The gebied that was really treated is in nobody's mix. Source: Abadie, Diamond and Hainmueller 2010.
    """
    anderen = np.delete(np.arange(len(uitkomst)), rij)
    gat = np.empty_like(uitkomst)
    gat[rij] = _gat(uitkomst, np.array([rij]), anderen[None], voor)[0]
    mengsels = np.stack([anderen[anderen != ander] for ander in anderen])
    gat[anderen] = _gat(uitkomst, anderen, mengsels, voor)
    eerder, later = (np.sqrt((deel**2).mean(axis=1)) for deel in (gat[:, :voor], gat[:, voor:]))
    verhouding = later / eerder
    tabel = pd.DataFrame({"rij": range(len(uitkomst)), "voor": eerder, "na": later, "verhouding": verhouding})
    return Rang(int((verhouding >= verhouding[rij]).sum()), tabel)


def _gat(uitkomst: Matrix, rijen: Rijen, mengsels: Rijen, voor: int) -> Matrix:
    donoren = uitkomst[mengsels]
    gewichten = simplexgewichten(np.swapaxes(donoren[..., :voor], -1, -2), uitkomst[rijen, :voor], nauwkeurig=1e-6)
    return np.asarray(uitkomst[rijen] - (gewichten[:, None, :] @ donoren)[:, 0])


def _gewichten(behandeld: Matrix, donoren: Matrix, voor: int) -> tuple[Matrix, Matrix]:
    """Weights of donors and of tijdvakken for many problems: (p, T) against (p, n, T)."""
    eerder, later = donoren[..., :voor], donoren[..., voor:].mean(axis=-1)
    ruis = np.diff(eerder, axis=-1).std(axis=(-2, -1), ddof=1)
    # Both with an intercept: only movement counts, so means are taken out.
    a = _rond_nul(np.swapaxes(eerder, -1, -2), -2)
    straf = voor * np.sqrt(donoren.shape[-1] - voor) * ruis**2
    eenheid = simplexgewichten(a, _rond_nul(behandeld[..., :voor], -1), ridge=straf)
    straf = donoren.shape[-2] * (1e-6 * ruis) ** 2
    tijd = simplexgewichten(_rond_nul(eerder, -2), _rond_nul(later, -1), ridge=straf)
    return eenheid, tijd


def _rond_nul(x: Matrix, as_: int) -> Matrix:
    return np.asarray(x - x.mean(axis=as_, keepdims=True))


def uitkomst_synthetisch(
    reeks: Reeks, venster: Venster, rijen: Sequence[int], kandidaten: Sequence[int]
) -> Uitkomst:
    """Synthetic DiD for each gebied in `rijen`, as actual and expected counts; NaN for all other gebieden.

    Each is mixed from the `DONOREN` candidates nearest in size (never itself) that miss no tijdvak of the window.
    """
    index, niveau = _index(reeks, venster)
    heel = np.flatnonzero(np.isfinite(index).all(axis=1))
    mag, doe = np.intersect1d(kandidaten, heel), np.intersect1d(rijen, heel)
    basis = np.nansum(reeks.aantal[:, venster.basis], axis=1)
    pool = np.stack([_pool(basis, rij, mag) for rij in doe])
    gewichten, tijd = _gewichten(index[doe], index[pool], venster.lengte_basis)
    mengsel = (gewichten[:, None, :] @ index[pool])[:, 0]
    gat = index[doe] - mengsel
    effect = gat[:, venster.lengte_basis :].mean(axis=1) - (tijd * gat[:, : venster.lengte_basis]).sum(axis=1)
    return _als_aantallen(reeks, venster, doe, effect * niveau[doe])


def _pool(basis: Matrix, rij: int, kandidaten: Rijen) -> Rijen:
    """As many donors for everyone: a gebied that is a candidate itself would else have one less."""
    return buren(basis, rij, kandidaten[kandidaten != rij], aantal=min(DONOREN, len(kandidaten) - 1))


def _index(reeks: Reeks, venster: Venster) -> tuple[Matrix, Matrix]:
    """Rates over the own mean before, columns before then after; and that mean."""
    kolommen = np.r_[venster.basis, venster.na]
    maat = (reeks.aantal / reeks.bevolking)[:, kolommen]
    niveau = maat[:, : venster.lengte_basis].mean(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return maat / niveau[:, None], niveau


def _als_aantallen(reeks: Reeks, venster: Venster, rijen: Rijen, per_hoofd: Matrix) -> Uitkomst:
    leeg = np.full(len(reeks.gebieden), np.nan)
    werkelijk, verwacht, basis = leeg.copy(), leeg.copy(), leeg.copy()
    werkelijk[rijen] = reeks.aantal[rijen, venster.na].sum(axis=1)
    basis[rijen] = reeks.aantal[rijen, venster.basis].sum(axis=1)
    verschil = per_hoofd * reeks.bevolking[rijen, venster.na].sum(axis=1)
    # In a tiny gebied the mix can overshoot; an expectation below a quarter child has no logarithm worth using.
    verwacht[rijen] = np.maximum(werkelijk[rijen] - verschil, 0.25)
    return Uitkomst(werkelijk, verwacht, basis)


def schat_synthetisch(opzet: Opzet) -> Schatting:
    """The second view: synthetic DiD of every treated gebied, among the same stand-ins as the first view."""
    if len(opzet.donoren) < MINSTENS_DONOREN:
        return niet_te_berekenen(METHODE, "Er is geen donorpanel met genoeg gemeenten.")
    if any(v.lengte_basis < MINSTENS_VOOR for v in opzet.vensters):
        return niet_te_berekenen(METHODE, "Er zijn te weinig tijdvakken voor de start.")
    uitkomsten = uitkomsten_synthetisch(opzet)
    echt = [(u.werkelijk[r], u.verwacht[r]) for u, r in zip(uitkomsten, opzet.behandeld, strict=True)]
    if not np.isfinite(echt).all():
        return niet_te_berekenen(METHODE, "Een behandelde gemeente mist tijdvakken.")
    uitslag = toets(uitkomsten, opzet.behandeld, opzet.trekkingen, opzet.meet(uitkomsten))
    werkelijk, verwacht = np.sum(echt, axis=0)
    return uit_toets(METHODE, uitslag, float(werkelijk), float(verwacht))


def uitkomsten_synthetisch(opzet: Opzet) -> tuple[Uitkomst, ...]:
    """Synthetic DiD per window for the treated gebied and its stand-ins; mixed from never treated gebieden."""
    return tuple(
        uitkomst_synthetisch(opzet.reeks, v, [rij, *buren_], opzet.vergelijking)
        for v, rij, buren_ in zip(opzet.vensters, opzet.behandeld, opzet.buren, strict=True)
    )


def schat_controle(opzet: Opzet) -> Schatting:
    """Classic synthetic control with Abadie's rank, for one treated gebied; it informs and doesn't decide."""
    if len(opzet.behandeld) != 1 or len(opzet.donoren) < MINSTENS_DONOREN:
        return niet_te_berekenen(CONTROLE, "Alleen bij één gemeente en met een donorpanel.")
    venster, rij = opzet.vensters[0], opzet.behandeld[0]
    index, niveau = _index(opzet.reeks, venster)
    goed = [r for r in opzet.buren[0] if np.isfinite(index[r]).all()][:RANGDONOREN]
    if not np.isfinite(index[rij]).all() or len(goed) < MINSTENS_DONOREN:
        return niet_te_berekenen(CONTROLE, "Deze gemeente of te veel donoren missen tijdvakken.")
    matrix = index[[rij, *goed]]
    rang = placeborang(matrix, 0, voor=venster.lengte_basis)
    effect = synthetische_controle(matrix[0], matrix[1:], voor=venster.lengte_basis).effect
    uitkomst = _als_aantallen(opzet.reeks, venster, np.array([rij]), np.array([effect]) * niveau[rij])
    leeg = float("nan")
    return Schatting(
        methode=CONTROLE,
        log=float(uitkomst.log[rij]),
        onder=leeg,
        boven=leeg,
        p=rang.p,
        werkelijk=float(uitkomst.werkelijk[rij]),
        verwacht=float(uitkomst.verwacht[rij]),
        vergeleken=len(goed),
        opmerking=rang.tekst,
    )
