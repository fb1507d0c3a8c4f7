"""How far a cell can be moved before an attacker would notice: what the rules and the inequalities leave open.

Everything else is held where it is, so the room is never too large: a movement within it is possible whatever
other cells are hidden.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from analyse.params import Drempels
from analyse.vrijgave.cellen import Blok, Cellen, Getallen, Maat, Regel, Sleutel, Splitsing
from analyse.vrijgave.primair import paren, totaal_van


@dataclass
class Ruimte:
    """Per cell of a block how far it can go up (`op`) and down (`neer`)."""

    op: Getallen
    neer: Getallen

    def hoogstens(self, *, op: Getallen | float = np.inf, neer: Getallen | float = np.inf) -> None:
        """Tighten; NaN (nothing known) leaves the room as it is."""
        self.op = np.fmin(self.op, op)
        self.neer = np.fmin(self.neer, neer)


def breedtes(blok: Blok, drempels: Drempels) -> Getallen:
    """How wide the interval of each hidden cell must be; of a small count never more than the rule leaves open."""
    breed = float(drempels.beschermingsinterval)
    if blok.breedte is not None:
        return blok.breedte
    return np.where(blok.regel == Regel.PRIMAIR, min(breed, drempels.minimum - 1.0), breed)


def grenzen(blok: Blok, drempels: Drempels) -> Ruimte:
    """The room that the rules leave: a small count stays below the minimum, and no count goes below 0."""
    primair = blok.regel == Regel.PRIMAIR
    op = np.where(primair, drempels.minimum - 1 - blok.waarde, np.inf)
    neer = np.maximum(blok.waarde, 0)
    bruikbaar = blok.bestaat & ~blok.bekend
    return Ruimte(np.where(bruikbaar, op, 0.0), np.where(bruikbaar, neer, 0.0))


def ruimtes(cellen: Cellen, drempels: Drempels) -> dict[Sleutel, Ruimte]:
    """The room of every block, after rules, unique persons and parts; flows are left to those who move them."""
    uit = {blok.sleutel: grenzen(blok, drempels) for blok in cellen}
    for blok in cellen:
        _personen(cellen, blok, uit[blok.sleutel])
    _delen(cellen, uit)
    for maat in cellen.maten:
        _venster(cellen, maat, drempels, uit)
    return uit


def drempelruimte(aantal: Getallen, drempels: Drempels) -> Ruimte:
    """How far the n of a mean can go before the mean would be shown instead of hidden, or the other way round."""
    genoeg = aantal >= drempels.minimum_maat
    op = np.where(genoeg, np.inf, drempels.minimum_maat - 1 - aantal)
    neer = np.where(genoeg, aantal - drempels.minimum_maat, aantal)
    return Ruimte(np.where(np.isnan(aantal), np.inf, op), np.where(np.isnan(aantal), np.inf, neer))


def vensters(cellen: Cellen, maat: Maat) -> Iterator[tuple[int, list[int]]]:
    """The periods of which n adds up whole ones, with the periods in it."""
    for t in range(len(cellen.perioden)):
        if delen := cellen.tijd.terug(t, maat.bron.halfjaren):
            yield t, delen


def _venster(cellen: Cellen, maat: Maat, drempels: Drempels, uit: dict[Sleutel, Ruimte]) -> None:
    """No count goes so far that the mean over periods that it is in would come or go."""
    blok = cellen.blok(maat.bron.grootheid, maat.splitsing)
    if blok is None or maat.bron.halfjaren == 1:
        return
    ruimte, grens = uit[blok.sleutel], drempelruimte(maat.aantal, drempels)
    for t, delen in vensters(cellen, maat):
        for deel in delen:
            ruimte.op[:, deel] = np.fmin(ruimte.op[:, deel], grens.op[:, t])
            ruimte.neer[:, deel] = np.fmin(ruimte.neer[:, deel], grens.neer[:, t])


def _personen(cellen: Cellen, blok: Blok, ruimte: Ruimte) -> None:
    """The region has at least the persons of its largest gemeente, a total those of its largest category."""
    if blok.grootheid.uniek:
        gemeenten, regio = blok.waarde[:-1], blok.waarde[-1]
        op, neer = np.full(blok.waarde.shape, np.inf), np.full(blok.waarde.shape, np.inf)
        op[:-1] = regio - gemeenten
        neer[-1] = (regio - gemeenten).min(axis=0, initial=np.inf, where=~np.isnan(gemeenten))
        ruimte.hoogstens(op=op, neer=neer)
    for as_, dimensie in enumerate(blok.splitsing):
        if dimensie in blok.grootheid.overlap:
            ruimte.hoogstens(op=totaal_van(cellen, blok, as_) - blok.waarde)


def _delen(cellen: Cellen, uit: dict[Sleutel, Ruimte]) -> None:
    """A part is at most its whole."""
    for relatie in cellen.families.paren:
        for paar in paren(cellen, *relatie.paar):
            uit[paar.klein.sleutel].hoogstens(op=paar.rest)
            groot = uit[paar.groot.sleutel]
            groot.neer[paar.index] = np.fmin(groot.neer[paar.index], paar.rest)


def gepubliceerd(cellen: Cellen, namen: Iterable[str], splitsing: Splitsing) -> list[Blok]:
    """Those of the counts `namen` that are published in this split."""
    return [blok for naam in namen if (blok := cellen.blok(naam, splitsing)) is not None]
