"""Which cells are sensitive by themselves, before anybody subtracts anything.

A count from 1 up to the minimum; a count that leaves less than the minimum of its total over (complement); a
group of which everybody is in one category (groep).
Zero is shown, because that nobody is somewhere says nothing about anybody, unless it tells that all the others
are in one place. After the rules of CBS and the Twentse Monitor (at least 10).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analyse.kern import codes
from analyse.params import Drempels
from analyse.vrijgave.cellen import Blok, Cellen, Getallen, Masker, Regel
from analyse.vrijgave.families import Bron, Deel


def markeer(cellen: Cellen, drempels: Drempels) -> None:
    """Apply all primary rules to the counts; what a rule hides is never shown again."""
    tellingen = [blok for blok in cellen if not blok.euro]
    for blok in tellingen:
        blok.verberg((blok.waarde > 0) & (blok.waarde < drempels.minimum), Regel.PRIMAIR)
    for blok in tellingen:
        for as_ in range(len(blok.splitsing)):
            _markeer_aandeel(cellen, blok, as_, drempels.minimum)
            _verberg_nul(blok, as_)
    for relatie in cellen.families.paren:
        if isinstance(relatie, Deel):
            _markeer_deel(cellen, relatie, drempels.minimum)


def totaal_van(cellen: Cellen, blok: Blok, as_: int) -> Getallen:
    """The totals along one split of a block, shaped to be compared with it; the sum when they aren't published."""
    ouder = cellen.blok(blok.grootheid.naam, blok.splitsing[:as_] + blok.splitsing[as_ + 1 :])
    totaal = np.nansum(blok.waarde, axis=2 + as_) if ouder is None else ouder.waarde
    return np.expand_dims(totaal, 2 + as_)


def is_onbekend(blok: Blok, as_: int) -> Masker:
    """Which cells are of the category unknown along one split."""
    vorm = [1] * blok.waarde.ndim
    vorm[2 + as_] = -1
    return np.array([naam == codes.ONBEKEND for naam in blok.categorieen[as_]]).reshape(vorm)


def is_groep(blok: Blok, as_: int) -> Masker:
    """Where it tells something that everybody is in one category along a split.

    That everybody is unknown says nothing about anybody, nor that everybody is in the only category there is.
    """
    keus = (~blok.onmogelijk).sum(axis=as_, keepdims=True) > 1
    return np.asarray(~is_onbekend(blok, as_) & keus)


def _markeer_aandeel(cellen: Cellen, blok: Blok, as_: int, minimum: int) -> None:
    totaal = totaal_van(cellen, blok, as_)
    rest = totaal - blok.waarde
    blok.verberg((blok.waarde > 0) & (rest > 0) & (rest < minimum), Regel.COMPLEMENT)
    blok.verberg((blok.waarde > 0) & (rest == 0) & is_groep(blok, as_), Regel.GROEP)


def _verberg_nul(blok: Blok, as_: int) -> None:
    """Hide one zero where only one known category is filled, so that it isn't certainly everybody.

    In the category that is largest elsewhere: there a few are most easily believed. None in a category that never
    occurs, which tells nobody anything.
    """
    gevuld = np.moveaxis(blok.waarde > 0, 2 + as_, -1)
    bekend = np.moveaxis((blok.waarde > 0) & ~is_onbekend(blok, as_), 2 + as_, -1)
    alleen = (gevuld.sum(axis=-1) == 1) & bekend.any(axis=-1)
    kan = (blok.waarde == 0) & ~blok.bekend & ~blok.onmogelijk & ~is_onbekend(blok, as_)
    grootte = np.where(kan, np.nansum(blok.waarde, axis=0, keepdims=True) + 1, 0.0)
    grootte = np.moveaxis(grootte, 2 + as_, -1)
    nul = (np.arange(grootte.shape[-1]) == grootte.argmax(axis=-1)[..., None]) & (grootte > 0) & alleen[..., None]
    blok.verberg(np.moveaxis(nul, -1, 2 + as_), Regel.GROEP)


def _markeer_deel(cellen: Cellen, relatie: Deel, minimum: int) -> None:
    for paar in paren(cellen, relatie.deel, relatie.geheel):
        deel, rest = paar.klein, paar.rest
        deel.verberg((deel.waarde > 0) & (rest > 0) & (rest < minimum), Regel.COMPLEMENT)
        if relatie.over_personen:
            deel.verberg((deel.waarde > 0) & (rest == 0), Regel.GROEP)
        if relatie.nul_onthult:
            deel.verberg((deel.waarde == 0) & (rest > 0), Regel.GROEP)


@dataclass(frozen=True)
class Paar:
    """A block and the cells of another one that it is a part of, or never more than."""

    klein: Blok
    groot: Blok
    index: tuple[slice | int, ...]

    @property
    def rest(self) -> Getallen:
        """What the larger has more than the smaller, in the cells of the smaller."""
        return self.groot.waarde[self.index] - self.klein.waarde


def paren(cellen: Cellen, klein: str, groot: Bron) -> list[Paar]:
    """Every published block of `klein` with the block that holds `groot` in the same cells."""
    uit = []
    for splitsing in cellen.splitsingen(klein):
        blok, vast = _bron_blok(cellen, groot, splitsing)
        if blok is not None:
            uit.append(Paar(cellen.blokken[klein, splitsing], blok, vast))
    return uit


def _bron_blok(
    cellen: Cellen, bron: Bron, splitsing: tuple[str, ...]
) -> tuple[Blok | None, tuple[slice | int, ...]]:
    vast = dict(bron.vast)
    for delen in cellen.splitsingen(bron.grootheid):
        if len(delen) == len(splitsing) + len(vast) and tuple(d for d in delen if d not in vast) == splitsing:
            blok = cellen.blokken[bron.grootheid, delen]
            return blok, (slice(None), slice(None), *_index(blok, vast))
    return None, ()


def _index(blok: Blok, vast: dict[str, str]) -> list[slice | int]:
    return [
        namen.index(vast[d]) if d in vast else slice(None)
        for d, namen in zip(blok.splitsing, blok.categorieen, strict=True)
    ]
