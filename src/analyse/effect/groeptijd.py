"""Group-time effects for a staggered start, and their four summaries.

Gebieden that started in the same tijdvak are a group; each group in each tijdvak is one 2×2 block against
gebieden that were not (yet) treated. So an early starter is never the yardstick of a later one, which is what
makes two-way fixed effects go wrong. Source: Callaway and Sant'Anna 2021, without covariates.

On scale 'verhouding' a block is actual over expected count and summaries add up counts before dividing, so that
a tijdvak with three children weighs as three children.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd

from analyse.effect.reeks import Masker, Matrix, Rijen
from analyse.effect.twee_bij_twee import Schaal
from analyse.effect.woorden import getal, meer_of_minder
from analyse.kern.fouten import LeveringFout

Vergelijking = Literal["nooit", "nog_niet"]
Basis = Literal["laatste", "alle"]
Soort = Literal["eenvoudig", "groep", "verloop", "kalender"]
NOOIT = np.inf


class Cel(NamedTuple):
    """One 2×2 block: group × tijdvak. `gewicht`: gebieden ('verschil') or expected count ('verhouding')."""

    groep: float
    tijd: float
    waarde: float  # difference, or ratio of actual to expected
    gewicht: float
    gebieden: int


@dataclass(frozen=True, eq=False)
class Samenvatting:
    """One summary: `waarde` overall (log of a rate ratio on scale 'verhouding'), `tabel` per group or tijdvak."""

    soort: Soort
    waarde: float
    tabel: pd.DataFrame
    schaal: Schaal

    @property
    def tekst(self) -> str:
        """The overall effect in one Dutch sentence."""
        if self.schaal == "verhouding":
            return f"Gemiddeld {meer_of_minder(100 * (np.exp(self.waarde) - 1), 1)} dan verwacht."
        return f"Gemiddeld effect: {getal(self.waarde, 3)}."


@dataclass(frozen=True, eq=False)
class GroepTijd:
    """A panel of units with the moment at which each was first treated (`NOOIT` for never)."""

    uitkomst: Matrix
    start: Matrix
    tijden: Matrix
    blootstelling: Matrix | None = None  # given: scale 'verhouding'
    vergelijking: Vergelijking = "nooit"
    basis: Basis = "laatste"

    @property
    def schaal(self) -> Schaal:
        """'verhouding' when there is a population, else 'verschil'."""
        return "verschil" if self.blootstelling is None else "verhouding"

    @cached_property
    def cellen(self) -> tuple[Cel, ...]:
        """Every block, before and after the start, by group and tijdvak."""
        return tuple(self._cellen())

    def _cellen(self) -> Iterator[Cel]:
        for groep in np.unique(self.start[np.isfinite(self.start)]):
            for k, tijd in enumerate(self.tijden):
                vooraf = self._vooraf(groep, k)
                if len(vooraf):
                    yield self._cel(groep, tijd, k, vooraf)

    def _vooraf(self, groep: float, k: int) -> Rijen:
        """Columns to compare with: the last before the start, or all; before the start only those before `k`."""
        eerder = np.flatnonzero(self.tijden < min(groep, self.tijden[k]))
        return eerder[-1:] if self.basis == "laatste" else eerder

    def _cel(self, groep: float, tijd: float, k: int, vooraf: Rijen) -> Cel:
        in_groep = self.start == groep
        ander = self.start == NOOIT
        if self.vergelijking == "nog_niet":
            ander = self.start > max(tijd, self.tijden[vooraf[-1]])
            ander &= ~in_groep
        som = self._verschil if self.blootstelling is None else self._verhouding
        waarde, gewicht = som(in_groep, ander, k, vooraf)
        return Cel(float(groep), float(tijd), waarde, gewicht, int(in_groep.sum()))

    def _verschil(self, in_groep: Masker, ander: Masker, k: int, vooraf: Rijen) -> tuple[float, float]:
        stap = self.uitkomst[:, k] - self.uitkomst[:, vooraf].mean(axis=1)
        return float(stap[in_groep].mean() - stap[ander].mean()), float(in_groep.sum())

    def _verhouding(self, in_groep: Masker, ander: Masker, k: int, vooraf: Rijen) -> tuple[float, float]:
        assert self.blootstelling is not None
        voor = self.uitkomst[:, vooraf].sum(axis=1) / self.blootstelling[:, vooraf].sum(axis=1)
        met = self.blootstelling[:, k]
        beweging = self.uitkomst[ander, k].sum() / (met[ander] * voor[ander]).sum()
        verwacht = float((met[in_groep] * voor[in_groep]).sum() * beweging)
        return float(self.uitkomst[in_groep, k].sum()) / verwacht, verwacht

    @property
    def tabel(self) -> pd.DataFrame:
        """One row per block: groep, tijd, effect (log ratio on scale 'verhouding'), gewicht, gebieden."""
        tabel = pd.DataFrame(self.cellen, columns=list(Cel._fields))
        return tabel.assign(effect=self._op_schaal(tabel["waarde"].to_numpy())).drop(columns="waarde")

    def vat_samen(self, soort: Soort) -> Samenvatting:
        """Summary over the blocks after the start ('verloop' also shows those before).

        eenvoudig: all blocks, weighed. groep: per group, then groups weighed. verloop: per number of tijdvakken
        since the start, then the plain mean from 0 on. kalender: per tijdvak, then the plain mean.
        """
        cellen = pd.DataFrame(self.cellen, columns=list(Cel._fields))
        cellen["sinds"] = np.searchsorted(self.tijden, cellen["tijd"]) - np.searchsorted(
            self.tijden, cellen["groep"]
        )
        na = cellen[cellen["sinds"] >= 0]
        if soort == "eenvoudig":
            return Samenvatting(soort, float(self._op_schaal(np.array(_gewogen(na)))), self.tabel, self.schaal)
        sleutel = {"groep": "groep", "verloop": "sinds", "kalender": "tijd"}[soort]
        delen = _per(cellen if soort == "verloop" else na, sleutel)
        delen["effect"] = self._op_schaal(delen.pop("waarde").to_numpy())
        telt = delen[delen[sleutel] >= 0] if soort == "verloop" else delen
        gewicht = telt["gebieden" if self.schaal == "verschil" else "gewicht"] if soort == "groep" else None
        return Samenvatting(soort, float(np.average(telt["effect"], weights=gewicht)), delen, self.schaal)

    def _op_schaal(self, waarde: Matrix) -> Matrix:
        return waarde if self.schaal == "verschil" else np.log(waarde)

    def fout(self, soort: Soort) -> float:
        """Jackknife standard error of a summary over units: leave each out once.

        Robust to any dependence within a unit; meaningless with a handful of treated units, which is why verdicts
        rest on permutation instead. Source: Efron and Stein 1981.
        """
        n = len(self.start)
        waarden = np.array([self._zonder(k).vat_samen(soort).waarde for k in range(n)])
        return float(np.sqrt((n - 1) / n * ((waarden - waarden.mean()) ** 2).sum()))

    def _zonder(self, rij: int) -> GroepTijd:
        houd = np.arange(len(self.start)) != rij
        bloot = None if self.blootstelling is None else self.blootstelling[houd]
        return replace(self, uitkomst=self.uitkomst[houd], start=self.start[houd], blootstelling=bloot)


def _gewogen(cellen: pd.DataFrame) -> float:
    return float(np.average(cellen["waarde"], weights=cellen["gewicht"]))


def _per(cellen: pd.DataFrame, sleutel: str) -> pd.DataFrame:
    rijen = [
        {sleutel: waarde, "waarde": _gewogen(deel), "gewicht": deel["gewicht"].sum(), "gebieden": _gebieden(deel)}
        for waarde, deel in cellen.groupby(sleutel)
    ]
    return pd.DataFrame(rijen)


def _gebieden(cellen: pd.DataFrame) -> int:
    """How many gebieden stand behind these blocks; a group that comes back in several tijdvakken counts once."""
    return int(cellen.drop_duplicates("groep")["gebieden"].sum())


def groep_tijd(
    tabel: pd.DataFrame,
    *,
    eenheid: str = "gebied",
    tijd: str = "tijd",
    uitkomst: str = "aantal",
    start: str = "start",
    blootstelling: str | None = None,
    vergelijking: Vergelijking = "nooit",
    basis: Basis = "laatste",
) -> GroepTijd:
    """Group-time effects from a long table with one row per unit and moment.

    `start` is the first treated moment, equal within a unit; 0 or empty means never. With `blootstelling`
    (population) effects are rate ratios of counts, without it differences of means. Raises LeveringFout when the
    panel has holes.
    """
    breed = _pivot(tabel, eenheid, tijd)
    y = breed(uitkomst)
    moment = tabel.groupby(eenheid)[start].first().reindex(y.index).fillna(0).to_numpy(dtype=float)
    return GroepTijd(
        uitkomst=y.to_numpy(dtype=float),
        start=np.where(moment > 0, moment, NOOIT),
        tijden=y.columns.to_numpy(dtype=float),
        blootstelling=None if blootstelling is None else breed(blootstelling).to_numpy(dtype=float),
        vergelijking=vergelijking,
        basis=basis,
    )


def _pivot(tabel: pd.DataFrame, eenheid: str, tijd: str) -> Callable[[str], pd.DataFrame]:
    def breed(kolom: str) -> pd.DataFrame:
        uit = tabel.pivot(index=eenheid, columns=tijd, values=kolom)
        if uit.isna().to_numpy().any():
            raise LeveringFout(
                "Groep-tijd-effecten hebben elk gebied op elk tijdstip nodig.",
                ontvangen=f"{int(uit.isna().to_numpy().sum())} lege plekken in {kolom}",
            )
        return uit

    return breed
