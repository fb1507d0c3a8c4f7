"""Poisson quasi-likelihood: two-way rates in closed loops, and a small regression with honest variances.

Own Newton steps and no statistics library at run time: the models here have at most twenty columns, and the
library is the oracle of the tests.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from analyse.effect.reeks import Matrix
from analyse.kern.fouten import DomeinFout

Onzekerheid = Literal["poisson", "quasi", "newey_west"]


def tweeweg(aantal: Matrix, bevolking: Matrix, *, rondes: int = 50) -> tuple[Matrix, Matrix]:
    """Levels of gebieden and of tijdvakken in count = population × gebied × tijdvak, by Poisson likelihood.

    Iterative proportional fitting, which converges to the Poisson maximum (Deming and Stephan 1940; equal to
    PPML with two sets of fixed effects). NaN means not observed. Only the product of the two has meaning.
    """
    y, n = np.nan_to_num(aantal), np.where(np.isnan(aantal), 0.0, bevolking)
    niveau = y.sum(axis=1) / np.maximum(n.sum(axis=1), 1e-300)
    for _ in range(rondes):
        tijd = _deel(y.sum(axis=0), niveau @ n)
        nieuw = _deel(y.sum(axis=1), n @ tijd)
        klaar = np.allclose(nieuw, niveau, rtol=1e-10, atol=0)
        niveau = nieuw
        if klaar:
            break
    return niveau, tijd


def _deel(teller: Matrix, noemer: Matrix) -> Matrix:
    return np.divide(teller, noemer, out=np.zeros_like(teller), where=noemer > 0)


@dataclass(frozen=True, eq=False)
class Regressie:
    """A fitted Poisson regression with log link; rows of `x` are in order of time where that matters."""

    x: Matrix
    verschil: Matrix  # observed minus fitted
    verwacht: Matrix
    beta: Matrix

    @property
    def spreiding(self) -> float:
        """Pearson dispersion: 1 for pure Poisson."""
        return float((self.verschil**2 / self.verwacht).sum() / (len(self.verwacht) - len(self.beta)))

    @property
    def _brood(self) -> Matrix:
        return np.asarray(np.linalg.inv(self.x.T * self.verwacht @ self.x))

    def covariantie(
        self, soort: Onzekerheid = "quasi", *, vertraging: int = 0, moment: Matrix | None = None
    ) -> Matrix:
        """Covariance of beta. 'newey_west' sums scores per `moment` and weighs up to `vertraging` moments apart.

        With a moment shared by several rows this is Driscoll and Kraay's form, so two series side by side keep
        their common shocks. With G moments and k columns it is scaled by G / (G − k).
        """
        if soort == "poisson":
            return self._brood
        if soort == "quasi":
            return self._brood * self.spreiding
        scores = _per_moment(self.x * self.verschil[:, None], moment)
        vlees = newey_west(scores, vertraging) * len(scores) / (len(scores) - len(self.beta))
        return self._brood @ vlees @ self._brood


def _per_moment(scores: Matrix, moment: Matrix | None) -> Matrix:
    if moment is None:
        return scores
    plek = np.unique(moment, return_inverse=True)[1]
    som = np.zeros((plek.max() + 1, scores.shape[1]))
    np.add.at(som, plek, scores)
    return som


def newey_west(scores: Matrix, vertraging: int) -> Matrix:
    """Autocovariances of `scores` (moments × columns), Bartlett weights, summed. Source: Newey and West 1987."""
    som = scores.T @ scores
    for k in range(1, vertraging + 1):
        kruis = scores[k:].T @ scores[:-k]
        som = som + (1 - k / (vertraging + 1)) * (kruis + kruis.T)
    return som


def regressie(aantal: Matrix, x: Matrix, blootstelling: Matrix, *, rondes: int = 100) -> Regressie:
    """Poisson regression of counts on columns `x` with offset log(`blootstelling`), by Newton's method.

    Raises DomeinFout when it doesn't settle (a column without information, or no events at all).
    """
    offset = np.log(blootstelling)
    beta = np.linalg.lstsq(x, np.log((aantal + 0.5) / blootstelling), rcond=None)[0]
    for _ in range(rondes):
        verwacht = np.exp(np.clip(x @ beta + offset, -300, 300))
        stap = np.linalg.lstsq(x.T * verwacht @ x, x.T @ (aantal - verwacht), rcond=None)[0]
        beta = beta + stap
        if np.abs(stap).max() < 1e-10:
            return Regressie(x, aantal - verwacht, verwacht, beta)
    raise DomeinFout(
        "De regressie op deze reeks komt niet tot rust.",
        ontvangen=f"{len(aantal)} tijdvakken met samen {aantal.sum():.0f} gevallen",
        doe="Neem langere tijdvakken of een grotere doelgroep.",
    )
