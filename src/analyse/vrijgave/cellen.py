"""The counts behind a Meting as dense blocks: gebied × periode × categories, one block per count and split.

Dense, because the protection works on whole tables at once; a cell that the Meting doesn't have is NaN and
counts as nothing that anybody knows or can change. A count that several figures show is one cell here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import IntEnum
from functools import cached_property
from typing import cast

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analyse.kern import codes
from analyse.kern.fouten import DomeinFout
from analyse.vrijgave.families import Bron, Cijfer, Families, Grootheid
from analyse.vrijgave.tijd import Tijd

Splitsing = tuple[str, ...]
Sleutel = tuple[str, Splitsing]
Getallen = NDArray[np.float64]
Masker = NDArray[np.bool_]


class Regel(IntEnum):
    """Why a cell is hidden; the first rule that hit counts."""

    GETOOND = 0
    PRIMAIR = 1
    COMPLEMENT = 2
    GROEP = 3
    DOMINANTIE = 4
    EERDER = 5
    SECUNDAIR = 6
    GESLOTEN = 7  # earlier editions give it away, so this one says nothing about it at all

    @property
    def naam(self) -> str:
        """The rule as the audit names it."""
        return {Regel.EERDER: "eerder verborgen"}.get(self, self.name.lower())


@dataclass
class Blok:
    """One count in one split. Arrays have the axes gebied (region last), periode, then the categories."""

    grootheid: Grootheid
    splitsing: Splitsing
    categorieen: tuple[tuple[str, ...], ...]
    waarde: Getallen
    regel: NDArray[np.int8] = field(init=False)
    gedekt: Masker = field(init=False)  # proven to keep its protection interval
    bekend: Masker = field(init=False)  # published by an earlier edition: no use as cover
    eerder: Getallen = field(init=False)  # what the last edition that showed it printed, NaN where none did
    breedte: Getallen | None = None  # how wide the interval of an amount must stay; None: a count

    def __post_init__(self) -> None:
        self.regel = np.zeros(self.waarde.shape, dtype=np.int8)
        self.gedekt = np.zeros(self.waarde.shape, dtype=bool)
        self.bekend = np.zeros(self.waarde.shape, dtype=bool)
        self.eerder = np.full(self.waarde.shape, np.nan)

    @property
    def euro(self) -> bool:
        """An amount and no count."""
        return self.breedte is not None

    @property
    def sleutel(self) -> Sleutel:
        """Name and split."""
        return self.grootheid.naam, self.splitsing

    @property
    def bestaat(self) -> Masker:
        """Cells that are published, shown or hidden."""
        return ~np.isnan(self.waarde)

    @property
    def verborgen(self) -> Masker:
        """Cells that are hidden."""
        return self.regel > 0

    @property
    def onmogelijk(self) -> Masker:
        """Per category whether it never occurs anywhere: zero by nature, not by chance."""
        return np.asarray(~(self.waarde > 0).any(axis=(0, 1)))

    def verberg(self, waar: Masker, regel: Regel) -> None:
        """Hide cells that aren't hidden yet."""
        self.regel[waar & (self.regel == 0) & self.bestaat] = regel


@dataclass(frozen=True)
class Maat:
    """How many cases are behind a mean or median whose n nobody sees: shown or hidden still tells which side of
    the minimum it is on. `aantal` has the axes of a block; NaN where there is no figure."""

    bron: Bron
    splitsing: Splitsing
    aantal: Getallen


@dataclass(frozen=True)
class Cellen:
    """All blocks of one Meting."""

    gebieden: tuple[str, ...]  # the region last
    perioden: tuple[str, ...]
    blokken: dict[Sleutel, Blok]
    families: Families
    maten: tuple[Maat, ...] = ()

    def __iter__(self) -> Iterator[Blok]:
        return iter(self.blokken.values())

    def blok(self, naam: str, splitsing: Splitsing) -> Blok | None:
        """A block, or None when that count isn't published in that split."""
        return self.blokken.get((naam, splitsing))

    def splitsingen(self, naam: str) -> list[Splitsing]:
        """The splits in which a count is published."""
        return [delen for eigen, delen in self.blokken if eigen == naam]

    @cached_property
    def tijd(self) -> Tijd:
        """How the periods follow and contain each other."""
        return Tijd(self.perioden)


@dataclass(frozen=True)
class Plek:
    """Where the counts of a run of result rows (one figure, one split) stand in a block."""

    blok: Blok
    index: tuple[NDArray[np.intp], ...]

    def lees(self, matrix: NDArray) -> NDArray:
        """Values of a matrix of the block, per row."""
        return matrix[self.index]


def splitsing_van(tabel: pd.DataFrame) -> NDArray[np.int8]:
    """Per row by which dimensions it is split: one bit per dimension, in their fixed order."""
    uit = np.zeros(len(tabel), dtype=np.int8)
    for bit, dimensie in enumerate(codes.DIMENSIES):
        nummer, uniek = pd.factorize(tabel[dimensie])
        uit |= ((uniek != codes.TOTAAL)[nummer] << bit).astype(np.int8)
    return uit


def bits(splitsing: Iterable[str]) -> int:
    """A split as `splitsing_van` writes it."""
    return sum(1 << codes.DIMENSIES.index(dimensie) for dimensie in splitsing)


def _splitsing(patroon: int) -> Splitsing:
    return tuple(dimensie for bit, dimensie in enumerate(codes.DIMENSIES) if patroon >> bit & 1)


def _groepen(tabel: pd.DataFrame) -> dict[tuple[str, int], NDArray[np.intp]]:
    """The rows of every indicator in every split."""
    groepen = tabel.groupby(["indicator", splitsing_van(tabel)], sort=True).indices
    return cast("dict[tuple[str, int], NDArray[np.intp]]", groepen)


def _nummers(kolom: pd.Series, as_: tuple[str, ...]) -> NDArray[np.intp]:
    """The position of every label on an axis."""
    nummer, uniek = pd.factorize(kolom)
    return pd.Index(as_).get_indexer(pd.Index(uniek))[nummer]


@dataclass(frozen=True)
class Reeks:
    """The rows of one figure in one split, and where its counts stand (None: no protected count there)."""

    indicator: str
    splitsing: Splitsing
    cijfer: Cijfer
    rijen: NDArray[np.intp]
    index: tuple[NDArray[np.intp], ...]  # gebied, periode and categories of every row
    teller: Plek | None = None
    noemer: Plek | None = None


def _merk_euro(blok: Blok, cijfer: Cijfer) -> None:
    """Amounts have a width of their own, that their contributors will decide."""
    if cijfer.soort in ("euro", "euro_per") and blok.breedte is None:
        blok.breedte = np.ones(blok.waarde.shape)


class Bouwer:
    """Fills blocks from result rows; raises DomeinFout when two figures disagree about one count."""

    def __init__(self, tabel: pd.DataFrame, gemeenten: tuple[str, ...], families: Families) -> None:
        self.tabel = tabel
        self.families = families
        self.gebieden = (*gemeenten, codes.REGIO)
        self.perioden = tuple(sorted(set(tabel["periode"])))
        self.blokken: dict[Sleutel, Blok] = {}
        self.splitsbaar: set[Sleutel] = set()
        self.assen = {"gebied": self.gebieden, "periode": self.perioden}
        self.assen |= {dimensie: self._categorieen(dimensie) for dimensie in codes.DIMENSIES}
        self._nummers = {naam: _nummers(tabel[naam], as_) for naam, as_ in self.assen.items()}

    def cellen(self) -> tuple[Cellen, list[Reeks]]:
        """All blocks, and per figure and split where they are used."""
        groep = _groepen(self.tabel)
        self.splitsbaar = {self._telt(naam, _splitsing(delen), rijen[0]) for (naam, delen), rijen in groep.items()}
        reeksen = [self._reeks(naam, _splitsing(delen), rijen) for (naam, delen), rijen in groep.items()]
        maten = {(maat.bron, maat.splitsing): maat for reeks in reeksen for maat in self._maat(reeks)}
        return Cellen(self.gebieden, self.perioden, self.blokken, self.families, tuple(maten.values())), reeksen

    def _maat(self, reeks: Reeks) -> Iterator[Maat]:
        """The unseen n of a mean or median."""
        bron = reeks.cijfer.noemer
        if reeks.cijfer.soort == "maat" and bron is not None and reeks.noemer is None:
            aantal = self._leeg(bron.grootheid, reeks.splitsing).waarde
            aantal[reeks.index] = self.tabel["noemer"].to_numpy(dtype=float)[reeks.rijen]
            yield Maat(bron, reeks.splitsing, aantal)

    def _telt(self, naam: str, splitsing: Splitsing, rij: int) -> Sleutel:
        """Which count in which split a figure publishes as its numerator."""
        bron = self.families.cijfer(naam, str(self.tabel["eenheid"].iat[rij])).teller
        return (bron.grootheid if bron and not bron.vast else "", splitsing)

    def _reeks(self, naam: str, splitsing: Splitsing, rijen: NDArray[np.intp]) -> Reeks:
        eigen = self.families.cijfer(naam, str(self.tabel["eenheid"].iat[rijen[0]]))
        teller = self._plek(eigen.teller, splitsing, rijen, "waarde" if eigen.soort == "euro" else "teller")
        if teller is not None:
            _merk_euro(teller.blok, eigen)
        reeks = Reeks(naam, splitsing, eigen, rijen, self._index(splitsing, rijen), teller)
        return reeks if eigen.bekend_langs else self._met_noemer(reeks)

    def _met_noemer(self, reeks: Reeks) -> Reeks:
        """The denominator as a cell, when it is published as a count too; else nobody gets to see it."""
        bron = reeks.cijfer.noemer
        geteld = bron is not None and (bron.grootheid, reeks.splitsing) in self.splitsbaar
        if not geteld and reeks.cijfer.soort != "euro_per":
            return reeks
        return replace(reeks, noemer=self._plek(bron, reeks.splitsing, reeks.rijen, "noemer"))

    def _plek(self, bron: Bron | None, splitsing: Splitsing, rijen: NDArray[np.intp], kolom: str) -> Plek | None:
        if bron is None or bron.halfjaren > 1:
            return None
        if bron.vast:
            return self._vaste_plek(bron, splitsing, rijen, kolom)
        index = self._index(splitsing, rijen)
        blok = self.blokken.setdefault((bron.grootheid, splitsing), self._leeg(bron.grootheid, splitsing))
        self._vul(blok, index, self.tabel[kolom].to_numpy(dtype=float)[rijen])
        return Plek(blok, index)

    def _vaste_plek(self, bron: Bron, splitsing: Splitsing, rijen: NDArray[np.intp], kolom: str) -> Plek:
        """Cells of one category: those of the split table when it is published, else a count of its own."""
        vast = dict(bron.vast)
        delen = tuple(d for d in codes.DIMENSIES if d in splitsing or d in vast)
        los = dict(zip(("gebied", "periode", *splitsing), self._index(splitsing, rijen), strict=True))
        naam = bron.grootheid
        if (naam, delen) not in self.splitsbaar:
            naam, delen = f"{naam}/{'/'.join(vast.values())}", splitsing
        blok = self.blokken.setdefault((naam, delen), self._leeg(naam, delen))
        index = tuple(
            los[d] if d in los else np.full(len(rijen), self.assen[d].index(vast[d]))
            for d in ("gebied", "periode", *delen)
        )
        self._vul(blok, index, self.tabel[kolom].to_numpy(dtype=float)[rijen])
        return Plek(blok, index)

    def _categorieen(self, dimensie: str) -> tuple[str, ...]:
        vast = tuple(codes.NAMEN.get(dimensie, ()))
        los = set(self.tabel[dimensie].unique()) - {codes.TOTAAL, *vast}
        return (*vast, *sorted(los))

    def _leeg(self, naam: str, splitsing: Splitsing) -> Blok:
        assen = tuple(self.assen[dimensie] for dimensie in splitsing)
        vorm = (len(self.gebieden), len(self.perioden), *map(len, assen))
        return Blok(self.families.grootheid(naam), splitsing, assen, np.full(vorm, np.nan))

    def _index(self, splitsing: Splitsing, rijen: NDArray[np.intp]) -> tuple[NDArray[np.intp], ...]:
        return tuple(self._nummers[naam][rijen] for naam in ("gebied", "periode", *splitsing))

    def _vul(self, blok: Blok, index: tuple[NDArray[np.intp], ...], nieuw: Getallen) -> None:
        oud = blok.waarde[index]
        anders = ~np.isnan(oud) & ~np.isnan(nieuw) & ~np.isclose(oud, nieuw, rtol=1e-9, atol=1e-6)
        if anders.any():
            raise DomeinFout(
                "Twee cijfers die hetzelfde tellen, zijn verschillend.",
                waar=f"{blok.grootheid.naam}, {self.gebieden[index[0][anders][0]]}",
                doe="Vrijgeven kan nu niet veilig. Controleer de definities van deze indicatoren.",
            )
        blok.waarde[index] = np.where(np.isnan(nieuw), oud, nieuw)
