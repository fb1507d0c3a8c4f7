"""What is still to come on recent half-years: run-off of declarations by month of delivery (`statistiek.afloop`).

Every gebied has a triangle of its own, because aanbieders and back offices differ in how late they are. Months
are taken as fully dependent when they are added up, so an interval is too wide rather than too narrow. A month of
which nothing was declared yet can't be estimated from itself: it gets the mean and spread of the twelve months
before it, and when more than three months of a half-year are like that there is no estimate.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analyse.meten import cijfers
from analyse.meten.indicator import Berekend
from analyse.meten.rooster import Rooster, Vakken
from analyse.meten.uitgaven_bron import Geld
from analyse.statistiek.afloop import driehoek, maandnummer, schat_afloop

VERWACHT, VERWACHT_JAAR = "uitgaven.verwacht", "uitgaven.verwacht_jaar"
INDICATOREN = (VERWACHT, VERWACHT_JAAR)
METHODE = "afloop_mack"
# More lines than this share without a day of declaration, and nothing can be said of how late they come.
_ZONDER_DAG = 0.01
_VENSTER = 24  # months that the factors are taken from
_MAX_GESCHAT = 3
_Z = 1.959964
_GRENZEN = ("waarde", "onder", "boven")


@dataclass(frozen=True)
class Verwachting:
    """Expected end per gebied and month of delivery. INTERN."""

    geld: Geld

    @cached_property
    def regels(self) -> pd.DataFrame:
        """gemeente (number), maand and gemeld (month numbers), euro; lines without day of declaration left out."""
        r = self.geld.regels
        dag = r.dagtekening
        gemeld = (dag.year() * 12 + dag.month() - 1).cast("int64")
        som = r.group_by(["gemeente", "maand"], gemeld=gemeld).agg(euro=r.cent.sum() / 100, aantal=r.count())
        # In one order, because sums of floats depend on it.
        tabel = som.to_pyarrow().to_pandas().sort_values(["gemeente", "maand", "gemeld"], ignore_index=True)
        return tabel.assign(maand=maandnummer(tabel["maand"]))

    @cached_property
    def rooster(self) -> Rooster:
        """Gemeenten that say when lines were declared."""
        tabel = self.regels.assign(zonder=self.regels["aantal"].where(self.regels["gemeld"].isna(), 0))
        som = tabel.groupby("gemeente")[["zonder", "aantal"]].sum()
        goed = som.index[som["zonder"] <= _ZONDER_DAG * som["aantal"]]
        return self.geld.rooster.beperkt([self.geld.rooster.gemeenten[nr] for nr in goed])

    def _laatste(self, gebied: str) -> int:
        """The last whole month before the earliest peildatum behind this gebied."""
        rooster = self.rooster
        dagen = [rooster.peildatum[g] for g in rooster.gemeenten if g in rooster.peildatum]
        dag = rooster.peildatum.get(gebied, min(dagen))
        volgende = dag + timedelta(days=1)
        return volgende.year * 12 + volgende.month - 2

    def maanden(self, gebied: str) -> pd.DataFrame | None:
        """Per month of delivery (index: month number) waarde, onder, boven, and `geschat` (not from itself).

        Euros; None when there are too few months.
        """
        rooster = self.rooster
        wie = [nr for nr, g in enumerate(rooster.gemeenten) if g in rooster.peildatum and gebied in (g, "REGIO")]
        tabel = self.regels[self.regels["gemeente"].isin(wie) & self.regels["gemeld"].notna()]
        if tabel.empty:
            return None
        laatste = self._laatste(gebied)
        # Nobody declares before the month is over: the month itself and the next are one step.
        gemeld = np.maximum(tabel["gemeld"], tabel["maand"] + 1)
        schat = schat_afloop(
            driehoek(tabel["maand"], gemeld - 1, tabel["euro"], laatste=laatste - 1), venster=_VENSTER
        )
        if schat is None:
            return None
        eerste = int(tabel["maand"].min())
        nummers = np.arange(eerste, eerste + len(schat.stand))
        binnen = tabel[np.maximum(tabel["gemeld"], tabel["maand"] + 1) <= laatste]
        stand = binnen.groupby("maand")["euro"].sum().reindex(nummers, fill_value=0.0).to_numpy()
        per = {
            naam: stand + np.asarray(kant)
            for naam, kant in zip(_GRENZEN, (schat.nog, schat.onder, schat.boven), strict=True)
        }
        return _vul_aan(pd.DataFrame(per, index=nummers))

    @cached_property
    def per_gebied(self) -> list[pd.DataFrame | None]:
        """`maanden` of every gebied of the grid."""
        rooster = self.rooster
        heeft = [g in rooster.peildatum or g == "REGIO" for g in rooster.gebieden]
        return [
            self.maanden(g) if ja and rooster.peildatum else None
            for g, ja in zip(rooster.gebieden, heeft, strict=True)
        ]

    def matrices(self, halfjaren: int) -> tuple[dict[str, NDArray[np.float64]], NDArray[np.float64]]:
        """waarde, onder and boven per gebied × periode over so many half-years; how many months were filled in."""
        rooster = self.rooster
        vorm = (len(rooster.gebieden), len(rooster.perioden))
        uit = {naam: np.full(vorm, np.nan) for naam in _GRENZEN}
        geschat = np.zeros(vorm)
        perioden = rooster.perioden
        eerste = perioden[0].begin.year * 12 + perioden[0].begin.month - 1
        for i, tabel in enumerate(self.per_gebied):
            if tabel is not None:
                # From the half-year before the grid on, for a year that begins there.
                per_maand = tabel.reindex(range(eerste - 6, eerste + 6 * len(perioden)))
                halven = {naam: kolom.to_numpy().reshape(-1, 6).sum(axis=1) for naam, kolom in per_maand.items()}
                som = {naam: half[1:] + (half[:-1] if halfjaren > 1 else 0) for naam, half in halven.items()}
                geschat[i] = np.nan_to_num(som["geschat"])
                for naam in _GRENZEN:
                    uit[naam][i] = som[naam]
        return uit, geschat


def _vul_aan(maanden: pd.DataFrame) -> pd.DataFrame:
    """Add the months up to the end of the half-year, and fill those without an estimate of their own."""
    laatste = int(maanden.index[-1])
    tot = laatste + (5 - laatste % 6)
    vol = maanden.reindex(range(int(maanden.index[0]), tot + 1))
    leeg = vol["waarde"].isna()
    bekend = vol.loc[~leeg, "waarde"].tail(12)
    half = vol.index.to_series() // 6
    mag = leeg & (leeg.groupby(half).transform("sum") <= _MAX_GESCHAT) & (len(bekend) == 12)
    midden, spreiding = bekend.mean(), bekend.std()
    for naam, keer in zip(_GRENZEN, (0.0, -_Z, _Z), strict=True):
        vol.loc[mag, naam] = midden + keer * spreiding
    return vol.assign(geschat=mag.astype(float))


def verwacht(geld: Geld) -> list[Berekend]:
    """The expected end of the half-year, and of the twelve months up to its end."""
    v = Verwachting(geld)

    def maak(naam: str, halfjaren: int) -> Berekend:
        def reken(vakken: Vakken) -> cijfers.Cijfers:
            matrices, geschat = v.matrices(halfjaren)
            waarden = {maat: vakken.per_gebied(matrix) for maat, matrix in matrices.items()}
            noot = [f"{METHODE}+{int(n)}_geschatte_maanden" if n else METHODE for n in vakken.per_gebied(geschat)]
            methode = np.array(noot, dtype=object)
            return cijfers.Cijfers(**waarden, methode=methode, geen=np.isnan(waarden["waarde"]))

        return Berekend(naam, reken, rooster=v.rooster)

    return [maak(VERWACHT, 1), maak(VERWACHT_JAAR, 2)]
