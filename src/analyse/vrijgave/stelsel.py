"""All ties between all cells as one sparse system, for what can't be protected table by table.

Columns are cells and, beside them, counts that nobody publishes but everybody can reckon with: stocks and flows
that follow from published ones, complements, and how much a sum of unique persons exceeds its total. An attacker
can't tell x from x + y when A·y = 0, y is zero on shown cells and x + y stays within what the rules allow.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from analyse.params import Drempels
from analyse.vrijgave.cellen import Blok, Cellen, Getallen, Maat, Masker, Regel, Sleutel, Splitsing
from analyse.vrijgave.families import Bron, Deel, Hoogstens, Som, Stroom
from analyse.vrijgave.gewichten import prijzen
from analyse.vrijgave.primair import paren, totaal_van
from analyse.vrijgave.ruimte import Ruimte, breedtes, drempelruimte, gepubliceerd, grenzen, vensters
from analyse.vrijgave.standen import volledig
from analyse.vrijgave.tijd import GEEN, Nummers


@dataclass
class Stelsel:
    """Columns with their room and price, and the equations between them."""

    matrix: csr_array
    op: Getallen
    neer: Getallen
    prijs: Getallen  # of hiding; inf for what can't be hidden (or is no cell)
    vrij: Masker  # hidden cells and unpublished counts
    breedte: Getallen  # how wide the interval must be once hidden, 0 where nothing is asked
    gedekt: Masker  # proved already
    totaal: Masker  # a shown total, dear to hide
    nul: Masker  # a shown zero
    periode: Nummers
    kolommen: dict[Sleutel, Nummers]  # per block the column of every cell, GEEN where there is none


@dataclass
class Bouw:
    """Collects columns and equations."""

    cellen: Cellen
    drempels: Drempels
    kolommen: dict[Sleutel, Nummers] = field(default_factory=dict)
    _delen: dict[str, list[NDArray]] = field(default_factory=dict)
    _termen: list[tuple[Nummers, Nummers, Getallen]] = field(default_factory=list)
    _aantal: int = 0
    _rijen: int = 0

    def stelsel(self) -> Stelsel:
        """Columns and equations of all blocks and relations."""
        for blok in self.cellen:
            self._cellen(blok)
        for blok in self.cellen:
            self._regio(blok)
            for as_ in range(len(blok.splitsing)):
                self._som(blok, as_)
        for stroom in self.cellen.families.stromen:
            for splitsing in self._splitsingen(stroom.namen):
                self._stroom(stroom, splitsing)
        for som in self.cellen.families.sommen:
            for splitsing in self._splitsingen(som.delen):
                self._optelling(som, splitsing)
        for relatie in self.cellen.families.paren:
            self._paren(relatie)
        for blok in self.cellen:
            self._perioden(blok)
        for maat in self.cellen.maten:
            self._venster(maat)
        return self._klaar()

    def _splitsingen(self, namen: tuple[str, ...]) -> list[Splitsing]:
        return sorted({splitsing for naam in namen for splitsing in self.cellen.splitsingen(naam)})

    def _klaar(self) -> Stelsel:
        geen = np.zeros(0, dtype=np.intp)
        rijen, kolommen, waarden = (np.concatenate([geen, *(t[i] for t in self._termen)]) for i in range(3))
        matrix = csr_array((waarden, (rijen, kolommen)), shape=(self._rijen, self._aantal))
        kolom = {naam: np.concatenate(delen) for naam, delen in self._delen.items()}
        return Stelsel(matrix=matrix, kolommen=self.kolommen, **kolom)

    def _voeg_kolommen(self, **eigen: NDArray) -> Nummers:
        vorm = eigen["op"].shape
        for naam, waarde in eigen.items():
            self._delen.setdefault(naam, []).append(np.broadcast_to(waarde, vorm).ravel())
        nummers = np.arange(self._aantal, self._aantal + eigen["op"].size).reshape(vorm)
        self._aantal += eigen["op"].size
        return nummers

    def _cellen(self, blok: Blok) -> None:
        """Only cells that there are: in a table of months and years most places are empty."""
        ruimte, prijs = grenzen(blok, self.drempels), prijzen(self.cellen, blok, met_nullen=True)
        vraagt = blok.bestaat & ~blok.bekend
        kolommen = {
            "op": ruimte.op,
            "neer": ruimte.neer,
            "prijs": prijs,
            "vrij": blok.verborgen & ~blok.bekend,
            "breedte": np.where(vraagt, breedtes(blok, self.drempels), 0.0),
            "gedekt": blok.gedekt,
            "totaal": ~blok.verborgen & (not blok.splitsing),
            "nul": ~blok.verborgen & (blok.waarde == 0),
            "periode": self._momenten(blok.waarde.shape, 1),
        }
        nummers = np.full(blok.waarde.shape, GEEN)
        nummers[blok.bestaat] = self._voeg_kolommen(
            **{naam: deel[blok.bestaat] for naam, deel in kolommen.items()}
        )
        self.kolommen[blok.sleutel] = nummers

    def _momenten(self, vorm: tuple[int, ...], as_: int) -> Nummers:
        """Per place of an array when its period ends; `as_`: the axis of the periods."""
        lang = [1] * len(vorm)
        lang[as_] = -1
        return np.broadcast_to(self.cellen.tijd.moment.reshape(lang), vorm)

    def _los(
        self,
        waarde: Getallen,
        momenten: Nummers | None = None,
        *,
        ruimte: Ruimte | None = None,
        breedte: Getallen | float = 0.0,
    ) -> Nummers:
        """Columns that nobody publishes: at least 0, unbounded where unknown; `momenten`: by default of axis 1."""
        neer = np.where(np.isnan(waarde), np.inf, np.maximum(waarde, 0))
        return self._voeg_kolommen(
            op=np.full(waarde.shape, np.inf) if ruimte is None else ruimte.op,
            neer=neer if ruimte is None else ruimte.neer,
            prijs=np.full(waarde.shape, np.inf),
            vrij=np.ones(waarde.shape, dtype=bool),
            breedte=np.broadcast_to(np.asarray(breedte, dtype=float), waarde.shape),
            gedekt=np.zeros(waarde.shape, dtype=bool),
            totaal=np.zeros(waarde.shape, dtype=bool),
            nul=np.zeros(waarde.shape, dtype=bool),
            periode=self._momenten(waarde.shape, 1) if momenten is None else momenten,
        )

    def _vergelijk(self, *termen: tuple[float, Nummers]) -> None:
        """One equation per cell: Σ factor × column = 0. Arrays of one shape, or with one axis more to sum over.

        An equation in which one term has no column at all says nothing and is left out.
        """
        vorm = min((nummers.shape for _, nummers in termen), key=len)
        if not np.prod(vorm):
            return
        compleet = np.ones(vorm, dtype=bool)
        for _, nummers in termen:
            compleet &= (nummers >= 0).reshape(*vorm, -1).any(axis=-1)
        rij = np.cumsum(compleet.ravel()).reshape(vorm) - 1 + self._rijen
        for factor, nummers in termen:
            extra = nummers.reshape(*vorm, -1)
            raak = (extra >= 0) & compleet[..., None]
            rijen = np.broadcast_to(rij[..., None], extra.shape)[raak]
            self._termen.append((rijen, extra[raak], np.full(len(rijen), factor)))
        self._rijen += int(compleet.sum())

    def _hoogstens(
        self,
        klein: Nummers,
        groot: Nummers,
        rest: Getallen,
        *,
        momenten: Nummers | None = None,
        breedte: float = 0.0,
    ) -> None:
        """`klein` is never more than `groot`: what is left over is a column of its own, at least 0.

        `breedte`: how wide the interval of that remainder must be.
        """
        samen = (klein >= 0) & (groot >= 0)
        momenten = self._momenten(rest.shape, 1) if momenten is None else momenten
        over = np.full(samen.shape, GEEN)
        over[samen] = self._los(rest[samen], momenten[samen], breedte=breedte)
        self._vergelijk((1.0, groot), (-1.0, klein), (-1.0, over))

    def _regio(self, blok: Blok) -> None:
        """Gemeenten make the region; of unique persons at most their sum, at least the largest gemeente."""
        nummers = self.kolommen[blok.sleutel]
        gemeenten, regio = np.moveaxis(nummers[:-1], 0, -1), nummers[-1]
        if not blok.grootheid.uniek:
            self._vergelijk((1.0, gemeenten), (-1.0, regio))
            return
        over = np.nansum(blok.waarde[:-1], axis=0) - blok.waarde[-1]
        self._vergelijk((1.0, gemeenten), (-1.0, regio), (-1.0, self._los(over, self._momenten(over.shape, 0))))
        breed = np.broadcast_to(regio, nummers[:-1].shape)
        self._hoogstens(nummers[:-1], breed, blok.waarde[-1] - blok.waarde[:-1])

    def _som(self, blok: Blok, as_: int) -> None:
        """Categories make the total; overlapping ones at least that, and none is more than the total."""
        nummers, rest = self.kolommen[blok.sleutel], totaal_van(self.cellen, blok, as_) - blok.waarde
        boven = self._boven(blok, as_)
        breed = np.broadcast_to(np.expand_dims(boven, 2 + as_), nummers.shape)
        delen = np.moveaxis(nummers, 2 + as_, -1)
        if blok.splitsing[as_] in blok.grootheid.overlap:
            over = np.nansum(blok.waarde, axis=2 + as_) - np.squeeze(
                totaal_van(self.cellen, blok, as_), axis=2 + as_
            )
            self._vergelijk((1.0, delen), (-1.0, boven), (-1.0, self._los(over)))
            self._hoogstens(nummers, breed, rest)
        else:
            self._vergelijk((1.0, delen), (-1.0, boven))
        self._complement(blok, nummers, breed, rest)

    def _boven(self, blok: Blok, as_: int) -> Nummers:
        """The columns of the totals along a split, unpublished ones when there are none."""
        ouder = (blok.grootheid.naam, blok.splitsing[:as_] + blok.splitsing[as_ + 1 :])
        if ouder not in self.kolommen:
            self.kolommen[ouder] = self._los(np.squeeze(totaal_van(self.cellen, blok, as_), axis=2 + as_))
        return self.kolommen[ouder]

    def _complement(self, blok: Blok, klein: Nummers, groot: Nummers, rest: Getallen) -> None:
        """What a cell leaves of its whole, where the cell is hidden for that: asked to stay as vague as a cell."""
        waar = np.isin(blok.regel, (Regel.COMPLEMENT, Regel.GROEP)) & (rest < self.drempels.minimum) & ~blok.gedekt
        if waar.any():
            breedte = float(self.drempels.beschermingsinterval)
            self._hoogstens(np.where(waar, klein, GEEN), groot, rest, breedte=breedte)

    def _paren(self, relatie: Deel | Hoogstens) -> None:
        for paar in paren(self.cellen, *relatie.paar):
            klein, groot = self.kolommen[paar.klein.sleutel], self.kolommen[paar.groot.sleutel][paar.index]
            self._hoogstens(klein, groot, paar.rest)
            if isinstance(relatie, Deel):
                self._complement(paar.klein, klein, groot, paar.rest)

    def _stroom(self, relatie: Stroom, splitsing: Splitsing) -> None:
        """Flows and stocks; those that aren't published follow from the others as far as they can."""
        bekend = gepubliceerd(self.cellen, relatie.namen, splitsing)
        if len(bekend) < 2:
            return
        tijd = self.cellen.tijd
        standen = volledig({blok.grootheid.naam: blok.waarde for blok in bekend}, relatie, tijd)
        kolom = {naam: self._stand(naam, splitsing, waarde) for naam, waarde in standen.items()}
        for deel, rest in ((relatie.beginstand, relatie.instroom), (relatie.eindstand, relatie.uitstroom)):
            self._vergelijk((1.0, kolom[relatie.actief]), (-1.0, kolom[deel]), (-1.0, kolom[rest]))
        later = np.flatnonzero(tijd.vorige != GEEN)
        eind, begin = kolom[relatie.eindstand][:, tijd.vorige[later]], kolom[relatie.beginstand][:, later]
        if relatie.per_jaar & set(splitsing):
            eind[:, tijd.nieuwjaar[later]] = GEEN
        self._vergelijk((1.0, eind), (-1.0, begin))

    def _stand(self, naam: str, splitsing: Splitsing, waarde: Getallen) -> Nummers:
        """The columns of a stock or flow; an unpublished one may not cross the minimum of a mean over it."""
        if (naam, splitsing) not in self.kolommen:
            maten = {(m.bron, m.splitsing): m for m in self.cellen.maten}
            maat = maten.get((Bron(grootheid=naam), splitsing))
            nieuw = self._los(waarde) if maat is None else self._los_maat(maat.aantal)
            self.kolommen[naam, splitsing] = nieuw
        return self.kolommen[naam, splitsing]

    def _optelling(self, som: Som, splitsing: Splitsing) -> None:
        """Parts make the whole, where it is known; a part that isn't published is what is left over."""
        geheel = self.kolommen.get((som.geheel, splitsing))
        delen = [kolom for naam in som.delen if (kolom := self.kolommen.get((naam, splitsing))) is not None]
        if geheel is not None:
            self._som_van(
                geheel,
                np.stack(delen, axis=-1),
                compleet=len(delen) == len(som.delen),
                momenten=self._momenten(geheel.shape, 1),
            )

    def _som_van(self, geheel: Nummers, delen: Nummers, *, compleet: bool, momenten: Nummers) -> None:
        """A whole as the sum of its parts (last axis), with a remainder where one of them isn't there."""
        heel = (delen >= 0).all(axis=-1) & compleet
        self._vergelijk((1.0, np.where(heel, geheel, GEEN)), (-1.0, delen))
        if not heel.all():
            rest = self._los(np.full(geheel.shape, np.nan), momenten)
            self._vergelijk((1.0, np.where(heel, GEEN, geheel)), (-1.0, delen), (-1.0, rest))

    def _perioden(self, blok: Blok) -> None:
        """What a count of a long period owes to the shorter ones in it."""
        soort, nummers = blok.grootheid.perioden, self.kolommen[blok.sleutel]
        for t, kort, compleet in self.cellen.tijd.lagen if soort != "los" else ():
            lang, delen = nummers[:, t], np.moveaxis(nummers[:, kort], 1, -1)
            momenten = np.full(lang.shape, self.cellen.tijd.moment[t])
            if soort == "som":
                self._som_van(lang, delen, compleet=compleet, momenten=momenten)
            elif soort == "uniek":
                self._uniek(blok, t, kort, compleet=compleet)
            elif compleet:
                self._vergelijk((1.0, lang), (-1.0, delen[..., 0 if soort == "eerste" else -1]))

    def _uniek(self, blok: Blok, t: int, kort: list[int], *, compleet: bool) -> None:
        """Persons of a year are at least those of each half, and at most the sum of both."""
        nummers, waarde = self.kolommen[blok.sleutel], blok.waarde
        lang, momenten = nummers[:, t], np.full(nummers[:, t].shape, self.cellen.tijd.moment[t])
        for k in kort:
            self._hoogstens(nummers[:, k], lang, waarde[:, t] - waarde[:, k], momenten=momenten)
        if compleet:
            over = np.nansum(waarde[:, kort], axis=1) - waarde[:, t]
            delen = np.moveaxis(nummers[:, kort], 1, -1)
            self._vergelijk((1.0, delen), (-1.0, lang), (-1.0, self._los(over, momenten)))

    def _los_maat(self, aantal: Getallen) -> Nummers:
        ruimte = drempelruimte(aantal, self.drempels)
        return self._los(aantal, ruimte=ruimte)

    def _venster(self, maat: Maat) -> None:
        """The n of a mean over several periods is the sum of what is published per period."""
        kolommen = self.kolommen.get((maat.bron.grootheid, maat.splitsing))
        if kolommen is None or maat.bron.halfjaren == 1 or self.cellen.families.per_jaar & set(maat.splitsing):
            return
        som = self._los_maat(maat.aantal)
        for t, delen in vensters(self.cellen, maat):
            self._vergelijk((1.0, som[:, t]), (-1.0, np.moveaxis(kolommen[:, delen], 1, -1)))
