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
from analyse.vrijgave.families import RELATIES, Bron, Deel, Hoogstens, Stroom
from analyse.vrijgave.primair import paren, totaal_van
from analyse.vrijgave.ruimte import Ruimte, breedtes, drempelruimte, gepubliceerd, grenzen, vensters
from analyse.vrijgave.tabellen import prijzen

Nummers = NDArray[np.intp]
GEEN = -1
# A zero is hidden only when nothing else helps: readers expect zeros to be shown.
_PRIJS_NUL = 6.0


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
        for relatie in RELATIES:
            if isinstance(relatie, Stroom):
                for splitsing in sorted({s for naam in relatie.namen for s in self.cellen.splitsingen(naam)}):
                    self._stroom(relatie, splitsing)
            else:
                self._paren(relatie)
        for maat in self.cellen.maten:
            self._venster(maat)
        return self._klaar()

    def _klaar(self) -> Stelsel:
        rijen, kolommen, waarden = (np.concatenate([term[i] for term in self._termen]) for i in range(3))
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
        ruimte = grenzen(blok, self.drempels)
        breed = breedtes(blok, self.drempels)
        nummers = self._voeg_kolommen(
            op=ruimte.op,
            neer=ruimte.neer,
            prijs=_met_nullen(blok),
            vrij=blok.verborgen & ~blok.bekend,
            breedte=np.where(blok.bestaat & ~blok.bekend, breed, 0.0),
            gedekt=blok.gedekt,
            totaal=~blok.verborgen & (not blok.splitsing),
            nul=~blok.verborgen & (blok.waarde == 0),
            periode=_perioden(blok.waarde, 1),
        )
        self.kolommen[blok.sleutel] = np.where(blok.bestaat, nummers, GEEN)

    def _los(
        self,
        waarde: Getallen,
        *,
        as_: int = 1,
        breedte: Getallen | float = 0.0,
        ruimte: Ruimte | None = None,
    ) -> Nummers:
        """Columns that nobody publishes: at least 0, unbounded where unknown. `as_`: axis of the periods."""
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
            periode=_perioden(waarde, as_),
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
        self, klein: Nummers, groot: Nummers, rest: Getallen, *, as_: int = 1, breedte: Getallen | float = 0.0
    ) -> None:
        """`klein` is never more than `groot`: what is left over is a column of its own, at least 0."""
        samen = (klein >= 0) & (groot >= 0)
        over = np.where(samen, self._los(rest, as_=as_, breedte=breedte), GEEN)
        self._vergelijk((1.0, groot), (-1.0, klein), (-1.0, over))

    def _regio(self, blok: Blok) -> None:
        """Gemeenten make the region; of unique persons at most their sum, at least the largest gemeente."""
        nummers = self.kolommen[blok.sleutel]
        gemeenten, regio = np.moveaxis(nummers[:-1], 0, -1), nummers[-1]
        if not blok.grootheid.uniek:
            self._vergelijk((1.0, gemeenten), (-1.0, regio))
            return
        over = np.nansum(blok.waarde[:-1], axis=0) - blok.waarde[-1]
        self._vergelijk((1.0, gemeenten), (-1.0, regio), (-1.0, self._los(over, as_=0)))
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
            breedte = np.where(waar, float(self.drempels.beschermingsinterval), 0.0)
            self._hoogstens(np.where(waar, klein, GEEN), groot, rest, breedte=breedte)

    def _paren(self, relatie: Deel | Hoogstens) -> None:
        for paar in paren(self.cellen, *relatie.paar):
            klein, groot = self.kolommen[paar.klein.sleutel], self.kolommen[paar.groot.sleutel][paar.index]
            self._hoogstens(klein, groot, paar.rest)
            if isinstance(relatie, Deel):
                self._complement(paar.klein, klein, groot, paar.rest)

    def _stroom(self, relatie: Stroom, splitsing: Splitsing) -> None:
        """Flows and stocks; those that aren't published follow from the others as far as they can."""
        bekend = gepubliceerd(self.cellen, relatie, splitsing)
        if len(bekend) < 2:
            return
        standen = volledig({blok.grootheid.naam: blok.waarde for blok in bekend}, relatie)
        kolom = {naam: self._stand(naam, splitsing, waarde) for naam, waarde in standen.items()}
        for deel, rest in ((relatie.beginstand, relatie.instroom), (relatie.eindstand, relatie.uitstroom)):
            self._vergelijk((1.0, kolom[relatie.actief]), (-1.0, kolom[deel]), (-1.0, kolom[rest]))
        eind, begin = kolom[relatie.eindstand][:, :-1].copy(), kolom[relatie.beginstand][:, 1:]
        if relatie.per_jaar & set(splitsing):
            eind[:, self.cellen.nieuwjaar[1:]] = GEEN
        self._vergelijk((1.0, eind), (-1.0, begin))

    def _stand(self, naam: str, splitsing: Splitsing, waarde: Getallen) -> Nummers:
        """The columns of a stock or flow; an unpublished one may not cross the minimum of a mean over it."""
        if (naam, splitsing) in self.kolommen:
            return self.kolommen[naam, splitsing]
        maten = {(m.bron, m.splitsing): m for m in self.cellen.maten}
        maat = maten.get((Bron(naam), splitsing))
        return self._los(waarde) if maat is None else self._los_maat(maat.aantal)

    def _los_maat(self, aantal: Getallen) -> Nummers:
        ruimte = drempelruimte(aantal, self.drempels)
        return self._los(aantal, ruimte=ruimte)

    def _venster(self, maat: Maat) -> None:
        """The n of a mean over several periods is the sum of what is published per period."""
        kolommen = self.kolommen.get((maat.bron.grootheid, maat.splitsing))
        per_jaar = {d for r in RELATIES if isinstance(r, Stroom) for d in r.per_jaar}
        if kolommen is None or maat.bron.halfjaren == 1 or per_jaar & set(maat.splitsing):
            return
        som = self._los_maat(maat.aantal)
        for t, delen in vensters(self.cellen, maat):
            self._vergelijk((1.0, som[:, t]), (-1.0, np.moveaxis(kolommen[:, delen], 1, -1)))


def _met_nullen(blok: Blok) -> Getallen:
    """Prices with zeros, except in categories that never occur: everybody knows those are zero."""
    kan = (blok.waarde == 0) & ~blok.bekend & ~blok.onmogelijk
    return np.where(kan, _PRIJS_NUL, prijzen(blok))


def volledig(bekend: dict[str, Getallen], relatie: Stroom) -> dict[str, Getallen]:
    """Stocks and flows with the unpublished ones filled in from the others; NaN where they don't follow."""
    leeg = np.full_like(next(iter(bekend.values())), np.nan)
    a, b, i, e, u = (bekend.get(naam, leeg) for naam in relatie.namen)
    for _ in range(3):
        a = _eerste(a, b + i, e + u)
        b, i, e, u = (
            _eerste(b, a - i, _schuif(e, 1)),
            _eerste(i, a - b),
            _eerste(e, a - u, _schuif(b, -1)),
            _eerste(u, a - e),
        )
    return dict(zip(relatie.namen, (a, b, i, e, u), strict=True))


def _eerste(*keuzen: Getallen) -> Getallen:
    uit = keuzen[0]
    for keuze in keuzen[1:]:
        uit = np.where(np.isnan(uit), keuze, uit)
    return uit


def _schuif(matrix: Getallen, stappen: int) -> Getallen:
    """Values of the period before (1) or after (−1), NaN at the edge."""
    uit = np.full_like(matrix, np.nan)
    if stappen > 0:
        uit[:, 1:] = matrix[:, :-1]
    else:
        uit[:, :-1] = matrix[:, 1:]
    return uit


def _perioden(waarde: Getallen, as_: int) -> Nummers:
    vorm = [1] * waarde.ndim
    vorm[as_] = -1
    return np.broadcast_to(np.arange(waarde.shape[as_]).reshape(vorm), waarde.shape)
