"""Which published figures are tied to each other: the declaration that the gate protects and the attacker attacks.

Data in `params/families.yaml`, because a tie that nobody wrote down is a leak. A `Grootheid` is one count; every
figure says of which counts it is made (`Cijfer`), so that two figures of the same count can never be treated
differently. A figure that isn't declared gets the strictest reading: its own counts, all sums taken as exact.
Definitions: design §4 (stocks, flows, persons, verblijf).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal

import pandas as pd
from pydantic import Field, field_validator, model_validator

from analyse.kern import codes
from analyse.params import JaNee, Kaart, Model, Params, lees_model

Soort = Literal["aantal", "aandeel", "per_1000", "maat", "euro", "euro_per"]
# How a count of a long period follows from the shorter ones in it: their sum; persons once, so at most that and at
# least each; that of the first or of the last one (stocks); or not at all.
Perioden = Literal["som", "uniek", "eerste", "laatste", "los"]


class Grootheid(Model):
    """A count. `uniek` counts persons once: the region is at most the sum of its gemeenten.

    `overlap`: dimensions in which one unit can be in several categories, so that their sum is at least the total.
    """

    naam: str = ""
    uniek: JaNee = False
    overlap: frozenset[str] = frozenset()
    perioden: Perioden = "som"

    @field_validator("overlap")
    @classmethod
    def _dimensies(cls, waarde: frozenset[str]) -> frozenset[str]:
        _bekende(waarde, codes.DIMENSIES, "dimensie")
        return waarde


class Bron(Model):
    """A count in a figure; `vast` fixes categories, `halfjaren` adds up that many periods up to this one."""

    grootheid: str
    vast: tuple[tuple[str, str], ...] = ()
    halfjaren: int = Field(1, ge=1)

    @model_validator(mode="before")
    @classmethod
    def _kort(cls, waarde: object) -> object:
        """The name alone will do; fixed categories are written as a mapping."""
        if isinstance(waarde, str):
            return {"grootheid": waarde}
        if isinstance(waarde, dict) and isinstance(waarde.get("vast"), dict):
            return {**waarde, "vast": tuple(waarde["vast"].items())}
        return waarde

    @field_validator("vast")
    @classmethod
    def _dimensies(cls, waarde: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
        _bekende((naam for naam, _ in waarde), codes.DIMENSIES, "dimensie")
        return waarde


class Cijfer(Model):
    """How a figure is made: `maat` is a mean or median over `noemer` units, `per_1000` has a public noemer.

    `euro` is an amount (in `waarde`), `euro_per` an amount (in `teller`) per unit of `noemer`.
    """

    soort: Soort
    teller: Bron | None = None
    noemer: Bron | None = None
    # The noemer leaves out units with an unknown category of this dimension.
    bekend_langs: str = ""


class Stroom(Model):
    """actief = beginstand + instroom, eindstand = actief − uitstroom, eindstand = beginstand of the next period.

    The last one fails over new year for `per_jaar`: dimensions of which units change category on 1 January.
    """

    actief: str
    beginstand: str
    instroom: str
    eindstand: str
    uitstroom: str
    per_jaar: frozenset[str] = frozenset()

    @property
    def namen(self) -> tuple[str, str, str, str, str]:
        """The five counts: actief, beginstand, instroom, eindstand, uitstroom."""
        return self.actief, self.beginstand, self.instroom, self.eindstand, self.uitstroom


class Som(Model):
    """`geheel` is the sum of `delen` in the same cell: every unit is in exactly one of them."""

    geheel: str
    delen: tuple[str, ...] = Field(min_length=2)


class Deel(Model):
    """`deel` is a part of `geheel`: what is left over (the complement) is as sensitive as the part.

    `nul_onthult`: a part of 0 says something about everybody in the whole (a published share of 0 %). Not
    `over_personen`: the part says something about registration only, so that all or nothing may be shown.
    """

    deel: str
    geheel: Bron
    nul_onthult: JaNee = False
    over_personen: JaNee = True

    @property
    def paar(self) -> tuple[str, Bron]:
        """The smaller and the larger count."""
        return self.deel, self.geheel


class Hoogstens(Model):
    """`klein` is never more than `groot` in the same cell; the difference means nothing by itself."""

    klein: str
    groot: Bron

    @property
    def paar(self) -> tuple[str, Bron]:
        """The smaller and the larger count."""
        return self.klein, self.groot


class Eenheden(Model):
    """How many persons or organisations a figure is about: a measure of an indicator, at least `minstens`."""

    indicator: str
    kolom: Literal["teller", "noemer", "waarde"]
    minstens: int = Field(0, ge=0)


class Afgeleid(Model):
    """A figure that follows from others (`bij`), shown in totals where these are, and in steps of `stap`.

    `halfjaren`: how many half-years back they must be shown as well. `regio_los`: gemeenten don't add up to the
    region, so that it may be shown where a gemeente is hidden. `rest`: it may be shown there too when what the
    hidden gemeenten have together would pass. `bijdragen`: an amount of which the split by aanbieder must pass
    the rules for amounts.
    """

    stap: float = Field(gt=0)
    bij: tuple[str, ...] = ()
    halfjaren: tuple[int, ...] = (0,)
    eenheden: Eenheden | None = None
    regio_los: JaNee = False
    rest: JaNee = False
    bijdragen: str = ""


class Families(Model):
    """params/families.yaml."""

    grootheden: dict[str, Grootheid] = Field(default_factory=dict)
    cijfers: dict[str, Cijfer] = Field(default_factory=dict)
    stromen: tuple[Stroom, ...] = ()
    sommen: tuple[Som, ...] = ()
    delen: tuple[Deel, ...] = ()
    hoogstens: tuple[Hoogstens, ...] = ()
    # Figures without a count of their own; see `vrijgave.afgeleid`.
    afgeleid: dict[str, Afgeleid] = Field(default_factory=dict)
    # Counts that readers ask for first, and that are hidden last.
    belangrijk: tuple[str, ...] = ()

    @field_validator("grootheden")
    @classmethod
    def _met_naam(cls, waarde: dict[str, Grootheid]) -> dict[str, Grootheid]:
        return {naam: eigen.model_copy(update={"naam": naam}) for naam, eigen in waarde.items()}

    @field_validator("cijfers")
    @classmethod
    def _met_teller(cls, waarde: dict[str, Cijfer]) -> dict[str, Cijfer]:
        return {naam: _aangevuld(naam, eigen) for naam, eigen in waarde.items()}

    @cached_property
    def paren(self) -> tuple[Deel | Hoogstens, ...]:
        """Counts that are part of, or never more than, another."""
        eigen = {deel.deel for deel in self.delen}
        van_som = [(naam, som.geheel) for som in self.sommen for naam in som.delen if naam not in eigen]
        uit_som = [Deel(deel=naam, geheel=Bron(grootheid=geheel)) for naam, geheel in van_som]
        return (*self.delen, *uit_som, *self.hoogstens)

    @cached_property
    def per_jaar(self) -> frozenset[str]:
        """Dimensions of which units change category on 1 January."""
        return frozenset(naam for stroom in self.stromen for naam in stroom.per_jaar)

    def grootheid(self, naam: str) -> Grootheid:
        """The declared count, or the strictest reading of an undeclared one."""
        return self.grootheden.get(naam) or Grootheid(naam=naam)

    def bekend_langs(self, naam: str) -> set[str]:
        """The dimensions in which shares of this count leave unknown categories out."""
        noemers = [(c.bekend_langs, c.noemer) for c in self.cijfers.values() if c.bekend_langs]
        return {langs for langs, noemer in noemers if noemer is not None and noemer.grootheid == naam}

    def cijfer(self, indicator: str, eenheid: str) -> Cijfer:
        """How a figure is made, or the strictest reading of an undeclared one."""
        soorten = {"aantal": "aantal", "procent": "aandeel", "per_1000": "per_1000", "euro": "euro"}
        return self.cijfers.get(indicator) or _kaal(indicator, soorten.get(eenheid, "maat"))

    def zelfstandig(self, tabel: pd.DataFrame) -> pd.DataFrame:
        """Rows without the figures that follow from others: what counts are protected and attacked with."""
        return tabel[~tabel["indicator"].isin(self.afgeleid)]

    def onbekend(self, kaarten: dict[str, Kaart]) -> list[str]:
        """Published indicators that nobody declared."""
        bekend = {*self.cijfers, *self.afgeleid}
        return [naam for naam, kaart in kaarten.items() if kaart.publiceer and naam not in bekend]


@lru_cache(maxsize=512)
def _kaal(indicator: str, soort: Soort) -> Cijfer:
    return _aangevuld(indicator, Cijfer(soort=soort))


def _aangevuld(naam: str, cijfer: Cijfer) -> Cijfer:
    """A figure with its own counts where none are named."""
    uit: dict[str, Bron] = {}
    if cijfer.soort != "maat" and cijfer.teller is None:
        uit["teller"] = Bron(grootheid=naam)
    if cijfer.soort in ("aandeel", "maat", "euro_per") and cijfer.noemer is None:
        uit["noemer"] = Bron(grootheid=f"{naam}/noemer")
    return cijfer.model_copy(update=uit)


def _bekende(namen: Iterable[str], bekend: Iterable[str], wat: str) -> None:
    for naam in sorted(set(namen) - set(bekend)):
        raise ValueError(f"{wat} {naam!r} bestaat niet; kies uit {', '.join(bekend)}")


def families_van(params: Params) -> Families:
    """The declaration of this checkout, read once; raises ParameterFout on what doesn't fit."""
    return _lees(params.map / "families.yaml")


@lru_cache(maxsize=8)
def _lees(pad: Path) -> Families:
    return lees_model(Families, pad)
