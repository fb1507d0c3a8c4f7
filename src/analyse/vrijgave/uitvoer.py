"""From protected counts to released rows: rounded, rates made anew from rounded counts, hidden ones empty.

Everything that is printed is a function of the shown counts, so it can't tell more than they do. Hidden is null
with status `verborgen`, never 0, and its method is empty, because the method could tell how small the count was.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analyse.kern import codes
from analyse.kern.schema import MATEN
from analyse.params import Drempels
from analyse.statistiek import methode_telling, telling, wilson
from analyse.vrijgave.afronden import rond_af
from analyse.vrijgave.cellen import Cellen, Getallen, Masker, Plek, Reeks, Regel, Sleutel
from analyse.vrijgave.families import Bron
from analyse.vrijgave.ruimte import gepubliceerd
from analyse.vrijgave.tijd import GEEN

_STROOM = ("byar", "poisson_exact")
KOLOMMEN = (*MATEN, "methode", "status")


@dataclass
class Rijen:
    """The rows of one series while they are being released: what they were, and what they become."""

    oud: dict[str, NDArray]
    regel: NDArray[np.int8]
    nieuw: dict[str, NDArray]

    @classmethod
    def van(cls, tabel: dict[str, NDArray], rijen: NDArray[np.intp], regel: NDArray[np.int8]) -> Rijen:
        """The rows of a series in the whole table."""
        oud = {naam: tabel[naam][rijen] for naam in KOLOMMEN}
        return cls(oud, regel, {naam: oud[naam].copy() for naam in KOLOMMEN})

    def zet(self, **kolommen: Getallen) -> None:
        """Set measures; those not named become null."""
        leeg = np.full(len(self.regel), np.nan)
        self.nieuw |= {maat: kolommen.get(maat, leeg) for maat in MATEN}

    def verberg(self, regel: NDArray) -> None:
        """Hide rows by a rule, where they weren't hidden already."""
        self.regel = np.where(self.regel > 0, self.regel, regel).astype(np.int8)

    def klaar(self) -> dict[str, NDArray]:
        """Hidden rows emptied."""
        weg = self.regel > 0
        self.nieuw |= {maat: np.where(weg, np.nan, self.nieuw[maat]) for maat in MATEN}
        self.nieuw["status"] = np.where(weg, "verborgen", self.nieuw["status"])
        self.nieuw["methode"] = np.where(weg, "", self.nieuw["methode"])
        return self.nieuw


@dataclass(frozen=True)
class Uitgever:
    """Releases series of one Meting after its counts are protected."""

    cellen: Cellen
    drempels: Drempels
    gedrukt: dict[Sleutel, Getallen]  # what is printed for every cell, were it shown
    eerder_verborgen: Masker  # per row of the table

    def geef_uit(self, reeks: Reeks, tabel: dict[str, NDArray]) -> Rijen:
        """The released rows of one series; `regel` per row hides it (0: shown)."""
        rijen = Rijen.van(tabel, reeks.rijen, self._regel(reeks.teller, len(reeks.rijen)))
        {
            "aantal": self._aantal,
            "aandeel": self._aandeel,
            "per_1000": self._per_1000,
            "maat": self._maat,
            "euro": self._euro,
            "euro_per": self._euro_per,
        }[reeks.cijfer.soort](reeks, rijen)
        rijen.verberg(np.where(self.eerder_verborgen[reeks.rijen], Regel.EERDER, 0))
        return rijen

    @staticmethod
    def _regel(plek: Plek | None, aantal: int) -> NDArray[np.int8]:
        return np.zeros(aantal, dtype=np.int8) if plek is None else plek.blok.regel[plek.index].copy()

    def _rond(self, aantal: Getallen) -> Getallen:
        return rond_af(aantal, self.drempels.afronding)

    def _druk(self, plek: Plek | None, aantal: Getallen) -> Getallen:
        """What is printed for counts: as their cells say, else the nearest multiple."""
        return self._rond(aantal) if plek is None else plek.lees(self.gedrukt[plek.blok.sleutel])

    @property
    def _samen_afgerond(self) -> bool:
        return self.drempels.beleid == "afronden"

    def _aantal(self, reeks: Reeks, rijen: Rijen) -> None:
        rond = self._druk(reeks.teller, rijen.oud["waarde"])
        onder, boven = self._interval(rijen, rond)
        rijen.zet(teller=rond, waarde=rond, onder=onder, boven=boven)

    def _interval(self, rijen: Rijen, rond: Getallen) -> tuple[Getallen, Getallen]:
        """Limits anew from the rounded count, where the figure had limits; the method goes with them."""
        had = ~np.isnan(rijen.oud["onder"])
        onder, boven = telling(np.nan_to_num(rond))
        rijen.nieuw["methode"] = np.array(
            [_methode(oud, naam) for oud, naam in zip(rijen.oud["methode"], methode_telling(rond), strict=True)],
            dtype=object,
        )
        return np.where(had, onder, np.nan), np.where(had, boven, np.nan)

    def _per_1000(self, reeks: Reeks, rijen: Rijen) -> None:
        rond, bevolking = self._druk(reeks.teller, rijen.oud["teller"]), rijen.oud["noemer"]
        onder, boven = self._interval(rijen, rond)
        per = 1000 / bevolking
        rijen.zet(teller=rond, noemer=bevolking, waarde=rond * per, onder=onder * per, boven=boven * per)

    def _aandeel(self, reeks: Reeks, rijen: Rijen) -> None:
        if reeks.cijfer.bekend_langs:
            noemer = self._bekenden(reeks, rijen)
        elif reeks.noemer is None:
            self._los_aandeel(reeks, rijen)
            return
        else:
            noemer = self._druk(reeks.noemer, rijen.oud["noemer"])
            rijen.verberg(self._regel(reeks.noemer, len(noemer)))
        if self._samen_afgerond:
            rijen.verberg(np.where((noemer > 0) & (noemer < self.drempels.minimum_noemer), Regel.PRIMAIR, 0))
        teller = np.minimum(self._druk(reeks.teller, rijen.oud["teller"]), noemer)
        onder, boven = wilson(teller, noemer)
        with np.errstate(invalid="ignore", divide="ignore"):
            rijen.zet(
                teller=teller, noemer=noemer, waarde=100 * teller / noemer, onder=100 * onder, boven=100 * boven
            )

    def _los_aandeel(self, reeks: Reeks, rijen: Rijen) -> None:
        """A share of a whole that nobody publishes: in whole percents, without the counts that would tell it.

        Hidden where stocks and flows around it are, because the whole follows from the share, and they from it.
        """
        rijen.verberg(np.where(self._stroom_verborgen(reeks), Regel.SECUNDAIR, 0))
        teller, noemer, waarde = (rijen.oud[naam] for naam in ("teller", "noemer", "waarde"))
        klein = (noemer > 0) & (noemer < self.drempels.minimum_noemer)
        rest = noemer - teller
        rijen.verberg(np.where(klein, Regel.PRIMAIR, 0))
        if not self._samen_afgerond:
            rijen.verberg(np.where((rest > 0) & (rest < self.drempels.minimum), Regel.COMPLEMENT, 0))
            rijen.verberg(np.where((noemer > 0) & ((rest == 0) | (teller == 0)), Regel.GROEP, 0))
        rijen.zet(waarde=np.floor(waarde + 0.5))

    def _stroom_verborgen(self, reeks: Reeks) -> Masker:
        """Per row whether a published stock or flow that its denominator is tied to is hidden then, or just before
        or after."""
        uit = np.zeros(len(reeks.rijen), dtype=bool)
        noemer = reeks.cijfer.noemer
        stromen = [s.namen for s in self.cellen.families.stromen if noemer and noemer.grootheid in s.namen]
        tijd, nu = self.cellen.tijd, reeks.index[1]
        for blok in (blok for namen in stromen for blok in gepubliceerd(self.cellen, namen, reeks.splitsing)):
            for t in (nu, tijd.vorige[nu], tijd.volgende[nu]):
                uit |= blok.verborgen[(reeks.index[0], t, *reeks.index[2:])] & (t != GEEN)
        return uit

    def _bekenden(self, reeks: Reeks, rijen: Rijen) -> Getallen:
        """The rounded denominator of shares among known categories; hides shares whose denominator is hidden.

        A hidden small `onbekend` counts as half the minimum: the denominator would give it away, and the shares
        hardly change.
        """
        as_ = reeks.splitsing.index(reeks.cijfer.bekend_langs)
        plek = reeks.teller
        assert plek is not None
        onbekend = plek.blok.categorieen[as_].index(codes.ONBEKEND)
        eigen = np.isin(plek.index[2 + as_], [onbekend]).reshape(-1)
        index = (*plek.index[: 2 + as_], np.full(len(eigen), onbekend), *plek.index[3 + as_ :])
        totaal, regel_totaal = self._totaal(plek, as_)
        gedrukt, regel = self.gedrukt[plek.blok.sleutel][index], plek.blok.regel[index]
        if self._samen_afgerond:
            return np.asarray(totaal - np.where(eigen, 0, gedrukt))
        klein = (regel == Regel.PRIMAIR) & ~eigen
        rijen.verberg(regel_totaal)
        rijen.verberg(np.where(klein | eigen, 0, regel))
        aftrek = np.where(klein, self.drempels.minimum / 2, gedrukt)
        return np.asarray(self._rond(totaal - np.where(eigen, 0, aftrek)))

    def _totaal(self, plek: Plek, as_: int) -> tuple[Getallen, NDArray[np.int8]]:
        """The printed totals along one split of the cells of a series, and their rule."""
        delen = plek.blok.splitsing[:as_] + plek.blok.splitsing[as_ + 1 :]
        ouder = self.cellen.blok(plek.blok.grootheid.naam, delen)
        index = (*plek.index[: 2 + as_], *plek.index[3 + as_ :])
        if ouder is not None:
            return self.gedrukt[ouder.sleutel][index], ouder.regel[index]
        som = np.nansum(self.gedrukt[plek.blok.sleutel], axis=2 + as_)[index]
        iets = np.asarray(plek.blok.verborgen.any(axis=2 + as_))[index]
        return som, np.where(iets, Regel.SECUNDAIR, 0).astype(np.int8)

    def _maat(self, reeks: Reeks, rijen: Rijen) -> None:
        """Means and medians: enough cases behind them, whole days, and n only where it is published anyway."""
        n = rijen.oud["noemer"]
        rijen.verberg(np.where((n > 0) & (n < self.drempels.minimum_maat), Regel.PRIMAIR, 0))
        rijen.verberg(self._regel(reeks.noemer, len(n)))
        getoond, verborgen = np.full(len(n), reeks.noemer is not None), self._stroom_verborgen(reeks)
        bron = reeks.cijfer.noemer
        if bron is not None and bron.halfjaren > 1:
            heel, verborgen = self._venster(bron, reeks)
            getoond = heel & (not reeks.splitsing)
        if reeks.noemer is None:
            # That there were none at all would tell that each of them is zero; and without `maten` nothing keeps
            # what is hidden from being told by which side of the minimum n is on.
            los = (bron, reeks.splitsing) not in {(maat.bron, maat.splitsing) for maat in self.cellen.maten}
            rijen.verberg(np.where(((n == 0) | los) & verborgen, Regel.SECUNDAIR, 0))
        dagen = {naam: np.floor(rijen.oud[naam] + 0.5) for naam in ("waarde", "onder", "boven")}
        rijen.zet(noemer=np.where(getoond, self._druk(reeks.noemer, n), np.nan), **dagen)

    def _venster(self, bron: Bron, reeks: Reeks) -> tuple[Masker, Masker]:
        """Per row whether all periods in n are published and shown, and whether one of them is hidden."""
        blok = self.cellen.blok(bron.grootheid, reeks.splitsing)
        if blok is None:
            return np.zeros(len(reeks.rijen), dtype=bool), np.zeros(len(reeks.rijen), dtype=bool)
        g, t, *rest = reeks.index
        heel, verborgen = np.ones(len(t), dtype=bool), np.zeros(len(t), dtype=bool)
        for _ in range(bron.halfjaren):
            plek, is_er = (g, t, *rest), t != GEEN
            heel &= blok.bestaat[plek] & ~blok.verborgen[plek] & is_er
            verborgen |= blok.verborgen[plek] & is_er
            t = np.where(is_er, self.cellen.tijd.vorige[t], GEEN)
        return heel, verborgen

    def _euro(self, reeks: Reeks, rijen: Rijen) -> None:
        """Amounts in whole euros."""
        rijen.zet(waarde=self._druk(reeks.teller, rijen.oud["waarde"]))

    def _euro_per(self, reeks: Reeks, rijen: Rijen) -> None:
        """An amount per person, anew from the whole amount and the rounded number of persons."""
        rijen.verberg(self._regel(reeks.noemer, len(reeks.rijen)))
        bedrag, noemer = (
            self._druk(reeks.teller, rijen.oud["teller"]),
            self._druk(reeks.noemer, rijen.oud["noemer"]),
        )
        with np.errstate(invalid="ignore", divide="ignore"):
            rijen.zet(teller=bedrag, noemer=noemer, waarde=np.floor(bedrag / noemer + 0.5))


def _methode(oud: str | None, naam: str) -> str | None:
    """The method of a limit made anew, with what the old one added about its data."""
    eerst, plus, rest = (oud or "").partition("+")
    return naam + plus + rest if eerst in _STROOM else oud
