"""All ties between all cells as one sparse system, for what can't be protected table by table.

Columns are cells and, beside them, counts that nobody publishes but everybody can reckon with: stocks and flows
that follow from published ones, complements, and how much a sum of unique persons exceeds its total. An attacker
can't tell x from x + y when A·y = 0, y is zero on shown cells and x + y stays within what the rules allow.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analyse.vrijgave.cellen import Blok, Getallen, Maat, Masker, Regel, Splitsing
from analyse.vrijgave.families import Bron, Deel, Hoogstens, Som, Stroom
from analyse.vrijgave.gewichten import prijzen
from analyse.vrijgave.primair import is_groep, paren, totaal_van
from analyse.vrijgave.ruimte import breedtes, drempelruimte, gepubliceerd, grenzen, vensters
from analyse.vrijgave.standen import volledig
from analyse.vrijgave.tijd import GEEN, Nummers
from analyse.vrijgave.vergelijkingen import Stelsel, Vergelijkingen


@dataclass
class Bouw(Vergelijkingen):
    """Collects columns and equations."""

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
        self._complement(blok, nummers, breed, rest, groep=is_groep(blok, as_))

    def _boven(self, blok: Blok, as_: int) -> Nummers:
        """The columns of the totals along a split, unpublished ones when there are none."""
        ouder = (blok.grootheid.naam, blok.splitsing[:as_] + blok.splitsing[as_ + 1 :])
        if ouder not in self.kolommen:
            self.kolommen[ouder] = self._los(np.squeeze(totaal_van(self.cellen, blok, as_), axis=2 + as_))
        return self.kolommen[ouder]

    def _complement(
        self, blok: Blok, klein: Nummers, groot: Nummers, rest: Getallen, *, groep: Masker | bool
    ) -> None:
        """What a cell leaves of its whole, where that is few too: asked to stay as vague as a cell.

        A small cell of a small whole may move with it, and still tell that these are nearly all. `groep`: where
        it says something that nothing is left.
        """
        weinig = (rest < self.drempels.minimum) & (self.opnieuw | ~blok.gedekt)
        klein_deel = (blok.regel == Regel.PRIMAIR) & ((rest > 0) | groep)
        waar = weinig & (klein_deel | np.isin(blok.regel, (Regel.COMPLEMENT, Regel.GROEP)))
        if waar.any():
            breedte = float(self.drempels.beschermingsinterval)
            over = self._hoogstens(np.where(waar, klein, GEEN), groot, rest, breedte=breedte)
            self._resten.append((klein[over >= 0], over[over >= 0]))

    def _paren(self, relatie: Deel | Hoogstens) -> None:
        for paar in paren(self.cellen, *relatie.paar):
            klein, groot = self.kolommen[paar.klein.sleutel], self.kolommen[paar.groot.sleutel][paar.index]
            self._hoogstens(klein, groot, paar.rest)
            if isinstance(relatie, Deel):
                self._complement(paar.klein, klein, groot, paar.rest, groep=relatie.over_personen)

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
        geheel = self.cellen.blok(som.geheel, splitsing)
        delen = gepubliceerd(self.cellen, som.delen, splitsing)
        if geheel is not None and delen:
            self._som_van(
                self.kolommen[geheel.sleutel],
                np.stack([self.kolommen[deel.sleutel] for deel in delen], axis=-1),
                geheel.waarde - np.nansum([deel.waarde for deel in delen], axis=0),
                compleet=len(delen) == len(som.delen),
                momenten=self._momenten(geheel.waarde.shape, 1),
            )

    def _som_van(
        self, geheel: Nummers, delen: Nummers, over: Getallen, *, compleet: bool, momenten: Nummers
    ) -> None:
        """A whole as the sum of its parts (last axis), with a remainder where one of them isn't there.

        The remainder is a count that nobody publishes: it can't go below 0, so it moves no farther than `over`.
        """
        heel = (delen >= 0).all(axis=-1) & compleet
        self._vergelijk((1.0, np.where(heel, geheel, GEEN)), (-1.0, delen))
        if not heel.all():
            rest = self._los(over, momenten)
            self._vergelijk((1.0, np.where(heel, GEEN, geheel)), (-1.0, delen), (-1.0, rest))

    def _perioden(self, blok: Blok) -> None:
        """What a count of a long period owes to the shorter ones in it."""
        soort, nummers = blok.grootheid.perioden, self.kolommen[blok.sleutel]
        for t, kort, compleet in self.cellen.tijd.lagen if soort != "los" else ():
            lang, delen = nummers[:, t], np.moveaxis(nummers[:, kort], 1, -1)
            momenten = np.full(lang.shape, self.cellen.tijd.moment[t])
            if soort == "som":
                over = blok.waarde[:, t] - np.nansum(blok.waarde[:, kort], axis=1)
                self._som_van(lang, delen, over, compleet=compleet, momenten=momenten)
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
