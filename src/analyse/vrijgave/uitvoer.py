"""From protected counts to released rows: rounded, rates made anew from rounded counts, hidden ones empty.

Everything that is printed is a function of the shown counts, so it can't tell more than they do. Hidden is null
with status `verborgen`, never 0, and its method is empty, because the method could tell how small the count was.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analyse.kern import codes
from analyse.kern.schema import MATEN
from analyse.params import Drempels
from analyse.statistiek import methode_telling, telling, wilson
from analyse.vrijgave.cellen import Cellen, Getallen, Masker, Plek, Reeks, Regel
from analyse.vrijgave.families import Bron

_STROOM = ("byar", "poisson_exact")


def rond_af(aantal: Getallen, veelvoud: int) -> Getallen:
    """The nearest multiple, halves up; the same count always gives the same number."""
    return np.floor(aantal / veelvoud + 0.5) * veelvoud


@dataclass
class Rijen:
    """The rows of one series while they are being released."""

    tabel: pd.DataFrame
    regel: NDArray[np.int8]

    def zet(self, **kolommen: Getallen) -> None:
        """Set measures; those not named become null."""
        for maat in MATEN:
            self.tabel[maat] = kolommen.get(maat, np.nan)

    def klaar(self) -> tuple[pd.DataFrame, NDArray[np.int8]]:
        """Hidden rows emptied."""
        weg = self.regel > 0
        self.tabel.loc[weg, list(MATEN)] = np.nan
        self.tabel.loc[weg, "status"] = "verborgen"
        self.tabel.loc[weg, "methode"] = ""
        return self.tabel, self.regel


@dataclass(frozen=True)
class Uitgever:
    """Releases series of one Meting after its counts are protected."""

    cellen: Cellen
    drempels: Drempels
    eerder_verborgen: Masker  # per row of the table

    def geef_uit(self, reeks: Reeks, tabel: pd.DataFrame) -> tuple[pd.DataFrame, NDArray[np.int8]]:
        """The released rows of one series, and per row the rule that hides it (0: shown)."""
        rijen = Rijen(tabel.iloc[reeks.rijen].copy(), self._regel(reeks.teller, len(reeks.rijen)))
        {
            "aantal": self._aantal,
            "aandeel": self._aandeel,
            "per_1000": self._per_1000,
            "maat": self._maat,
            "euro": self._euro,
        }[reeks.cijfer.soort](reeks, rijen)
        _verberg(rijen, np.where(self.eerder_verborgen[reeks.rijen], Regel.EERDER, 0))
        return rijen.klaar()

    @staticmethod
    def _regel(plek: Plek | None, aantal: int) -> NDArray[np.int8]:
        return np.zeros(aantal, dtype=np.int8) if plek is None else plek.blok.regel[plek.index].copy()

    def _rond(self, aantal: Getallen) -> Getallen:
        return rond_af(aantal, self.drempels.afronding)

    def _aantal(self, reeks: Reeks, rijen: Rijen) -> None:
        rond = self._rond(_kolom(rijen, "waarde"))
        onder, boven = self._interval(rijen, rond)
        rijen.zet(teller=rond, waarde=rond, onder=onder, boven=boven)

    def _interval(self, rijen: Rijen, rond: Getallen) -> tuple[Getallen, Getallen]:
        """Limits anew from the rounded count, where the figure had limits; the method goes with them."""
        had = rijen.tabel["onder"].notna().to_numpy()
        onder, boven = telling(np.nan_to_num(rond))
        delen = rijen.tabel["methode"].fillna("").str.partition("+")
        nieuw = methode_telling(rond) + delen[1] + delen[2]
        rijen.tabel["methode"] = rijen.tabel["methode"].mask(delen[0].isin(_STROOM), nieuw)
        return np.where(had, onder, np.nan), np.where(had, boven, np.nan)

    def _per_1000(self, reeks: Reeks, rijen: Rijen) -> None:
        rond, bevolking = self._rond(_kolom(rijen, "teller")), _kolom(rijen, "noemer")
        onder, boven = self._interval(rijen, rond)
        per = 1000 / bevolking
        rijen.zet(teller=rond, noemer=bevolking, waarde=rond * per, onder=onder * per, boven=boven * per)

    def _aandeel(self, reeks: Reeks, rijen: Rijen) -> None:
        if reeks.cijfer.bekend_langs:
            noemer = self._bekenden(reeks, rijen)
        elif reeks.noemer is None:
            self._los_aandeel(rijen)
            return
        else:
            noemer = self._rond(_kolom(rijen, "noemer"))
            _verberg(rijen, self._regel(reeks.noemer, len(noemer)))
        teller = np.minimum(self._rond(_kolom(rijen, "teller")), noemer)
        onder, boven = wilson(teller, noemer)
        with np.errstate(invalid="ignore", divide="ignore"):
            rijen.zet(
                teller=teller, noemer=noemer, waarde=100 * teller / noemer, onder=100 * onder, boven=100 * boven
            )

    def _los_aandeel(self, rijen: Rijen) -> None:
        """A share of a whole that nobody publishes: in whole percents, without the counts that would tell it."""
        teller, noemer, waarde = (_kolom(rijen, naam) for naam in ("teller", "noemer", "waarde"))
        klein = (noemer > 0) & (noemer < self.drempels.minimum_noemer)
        rest = noemer - teller
        _verberg(rijen, np.where(klein, Regel.PRIMAIR, 0))
        _verberg(rijen, np.where((rest > 0) & (rest < self.drempels.minimum), Regel.COMPLEMENT, 0))
        _verberg(rijen, np.where((noemer > 0) & ((rest == 0) | (teller == 0)), Regel.GROEP, 0))
        rijen.zet(waarde=np.floor(waarde + 0.5))

    def _bekenden(self, reeks: Reeks, rijen: Rijen) -> Getallen:
        """The rounded denominator of shares among known categories; hides shares whose denominator is hidden.

        A hidden small `onbekend` counts as half the minimum: the denominator would give it away, and the shares
        hardly change.
        """
        as_ = reeks.splitsing.index(reeks.cijfer.bekend_langs)
        plek = reeks.teller
        assert plek is not None
        onbekend = plek.blok.categorieen[as_].index(codes.ONBEKEND)
        eigen = np.isin(plek.index[2 + as_], [onbekend])
        index = (*plek.index[: 2 + as_], np.full(len(eigen), onbekend), *plek.index[3 + as_ :])
        totaal, regel_totaal = self._totaal(plek, as_)
        waarde, regel = plek.blok.waarde[index], plek.blok.regel[index]
        klein = (regel == Regel.PRIMAIR) & ~eigen
        _verberg(rijen, regel_totaal)
        _verberg(rijen, np.where(klein | eigen, 0, regel))
        aftrek = np.where(klein, self.drempels.minimum / 2, waarde)
        rond = self._rond(np.where(klein, self._rond(totaal), totaal) - np.where(eigen, 0, aftrek))
        return np.asarray(rond)

    def _totaal(self, plek: Plek, as_: int) -> tuple[Getallen, NDArray[np.int8]]:
        """The totals along one split of the cells of a series, and their rule."""
        delen = plek.blok.splitsing[:as_] + plek.blok.splitsing[as_ + 1 :]
        ouder = self.cellen.blok(plek.blok.grootheid.naam, delen)
        index = (*plek.index[: 2 + as_], *plek.index[3 + as_ :])
        if ouder is not None:
            return ouder.waarde[index], ouder.regel[index]
        som = np.nansum(plek.blok.waarde, axis=2 + as_)[index]
        iets = plek.blok.verborgen.any(axis=2 + as_)[index]
        return som, np.where(iets, Regel.SECUNDAIR, 0).astype(np.int8)

    def _maat(self, reeks: Reeks, rijen: Rijen) -> None:
        """Means and medians: enough cases behind them, whole days, and n only where it is published anyway."""
        n = _kolom(rijen, "noemer")
        _verberg(rijen, np.where((n > 0) & (n < self.drempels.minimum_maat), Regel.PRIMAIR, 0))
        _verberg(rijen, self._regel(reeks.noemer, len(n)))
        getoond = np.full(len(n), reeks.noemer is not None)
        bron = reeks.cijfer.noemer
        if bron is not None and bron.halfjaren > 1 and not reeks.splitsing:
            getoond, verborgen = self._venster(bron, rijen.tabel)
            _verberg(rijen, np.where((n == 0) & verborgen, Regel.SECUNDAIR, 0))
        dagen = {naam: np.floor(_kolom(rijen, naam) + 0.5) for naam in ("waarde", "onder", "boven")}
        rijen.zet(noemer=np.where(getoond, self._rond(n), np.nan), **dagen)

    def _venster(self, bron: Bron, tabel: pd.DataFrame) -> tuple[Masker, Masker]:
        """Per row whether all periods in n are published and shown, and whether one of them is hidden."""
        blok = self.cellen.blok(bron.grootheid, ())
        if blok is None:
            return np.zeros(len(tabel), dtype=bool), np.zeros(len(tabel), dtype=bool)
        g = pd.Index(self.cellen.gebieden).get_indexer(pd.Index(tabel["gebied"]))
        t = pd.Index(self.cellen.perioden).get_indexer(pd.Index(tabel["periode"]))
        heel, verborgen = t >= bron.halfjaren - 1, np.zeros(len(tabel), dtype=bool)
        for terug in range(bron.halfjaren):
            plek = (g, np.maximum(t - terug, 0))
            heel &= blok.bestaat[plek] & ~blok.verborgen[plek]
            verborgen |= blok.verborgen[plek] & (t >= terug)
        return heel, verborgen

    def _euro(self, reeks: Reeks, rijen: Rijen) -> None:
        rijen.zet(waarde=np.floor(_kolom(rijen, "waarde") + 0.5))


def _kolom(rijen: Rijen, naam: str) -> Getallen:
    return rijen.tabel[naam].to_numpy(dtype=float, na_value=np.nan)


def _verberg(rijen: Rijen, regel: NDArray) -> None:
    """Hide rows by a rule, where they weren't hidden already."""
    rijen.regel = np.where(rijen.regel > 0, rijen.regel, regel).astype(np.int8)
