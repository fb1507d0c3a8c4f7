"""Which published figures are tied to each other: the declaration that the gate protects and the attacker attacks.

Data and not code, because a tie that nobody wrote down is a leak. A `Grootheid` is one count; every figure says
of which counts it is made (`Cijfer`), so that two figures of the same count can never be treated differently.
A figure that isn't declared gets the strictest reading: its own counts, with all sums taken as exact.
Definitions: design §4 (stocks, flows, persons, verblijf).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Soort = Literal["aantal", "aandeel", "per_1000", "maat", "euro", "euro_per"]


@dataclass(frozen=True)
class Grootheid:
    """A count. `uniek` counts persons once: the region is at most the sum of its gemeenten.

    `overlap`: dimensions in which one unit can be in several categories, so that their sum is at least the total.
    """

    naam: str
    uniek: bool = False
    overlap: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Bron:
    """A count in a figure; `vast` fixes categories, `halfjaren` adds up that many periods up to this one."""

    grootheid: str
    vast: tuple[tuple[str, str], ...] = ()
    halfjaren: int = 1


@dataclass(frozen=True)
class Cijfer:
    """How a figure is made: `maat` is a mean or median over `noemer` units, `per_1000` has a public noemer.

    `euro` is an amount (in `waarde`), `euro_per` an amount (in `teller`) per unit of `noemer`.
    """

    soort: Soort
    teller: Bron | None = None
    noemer: Bron | None = None
    # The noemer leaves out units with an unknown category of this dimension.
    bekend_langs: str = ""


@dataclass(frozen=True)
class Stroom:
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


@dataclass(frozen=True)
class Deel:
    """`deel` is a part of `geheel`: what is left over (the complement) is as sensitive as the part.

    `nul_onthult`: a part of 0 says something about everybody in the whole (a published share of 0 %). Not
    `over_personen`: the part says something about registration only, so that all or nothing may be shown.
    """

    deel: str
    geheel: Bron
    nul_onthult: bool = False
    over_personen: bool = True

    @property
    def paar(self) -> tuple[str, Bron]:
        """The smaller and the larger count."""
        return self.deel, self.geheel


@dataclass(frozen=True)
class Hoogstens:
    """`klein` is never more than `groot` in the same cell; the difference means nothing by itself."""

    klein: str
    groot: Bron

    @property
    def paar(self) -> tuple[str, Bron]:
        """The smaller and the larger count."""
        return self.klein, self.groot


PERSONEN = frozenset({"hulpvorm", "verwijzer", "aanbieder"})

GROOTHEDEN: dict[str, Grootheid] = {
    g.naam: g
    for g in (
        Grootheid("jeugdigen.actief", uniek=True, overlap=PERSONEN),
        Grootheid("jeugdigen.instroom", uniek=True, overlap=PERSONEN),
        Grootheid("verblijf.jeugdigen", uniek=True, overlap=PERSONEN),
        Grootheid("verblijf.gedwongen", uniek=True, overlap=PERSONEN),
        Grootheid("verblijf.nieuw", uniek=True, overlap=PERSONEN),
        Grootheid("verblijf.naar_huis", uniek=True, overlap=PERSONEN),
        Grootheid("uitgaven.jeugdigen", uniek=True, overlap=PERSONEN),
    )
}

_INSTROOM = Bron("trajecten.instroom")
_UITSTROOM = Bron("trajecten.uitstroom")
_EINDSTAND = Bron("trajecten.eindstand")
_LANGLOPEND = Bron("trajecten.langlopend")

CIJFERS: dict[str, Cijfer] = {
    "jeugdigen.per_1000": Cijfer("per_1000", teller=Bron("jeugdigen.actief")),
    "trajectduur.gemiddeld": Cijfer("maat", noemer=_UITSTROOM),
    "trajectduur.mediaan": Cijfer("maat", noemer=_UITSTROOM),
    "trajectduur.mediaan_km": Cijfer("maat", noemer=Bron("trajecten.instroom", halfjaren=4)),
    "trajectduur.langlopend": Cijfer("aandeel", teller=_LANGLOPEND, noemer=_EINDSTAND),
    "verwijzingen.aantal": Cijfer("aantal", teller=_INSTROOM),
    "verwijzingen.aandeel": Cijfer("aandeel", teller=_INSTROOM, noemer=_INSTROOM, bekend_langs="verwijzer"),
    "verblijf.duur_km": Cijfer("maat", noemer=Bron("verblijf.nieuw", halfjaren=4)),
    "uitgaven.per_jeugdige": Cijfer("euro_per", teller=Bron("uitgaven.bedrag"), noemer=Bron("uitgaven.jeugdigen")),
    "kwaliteit.verwijzer_onbekend": Cijfer(
        "aandeel", teller=Bron("trajecten.instroom", vast=(("verwijzer", "onbekend"),)), noemer=_INSTROOM
    ),
    "kwaliteit.datumbron_begin": Cijfer("aandeel", teller=Bron("kwaliteit.datumbron_begin"), noemer=_INSTROOM),
    "kwaliteit.datumbron_eind": Cijfer("aandeel", teller=Bron("kwaliteit.datumbron_eind"), noemer=_UITSTROOM),
}

Relatie = Stroom | Deel | Hoogstens

RELATIES: tuple[Relatie, ...] = (
    Stroom(
        actief="trajecten.actief",
        beginstand="trajecten.beginstand",
        instroom="trajecten.instroom",
        eindstand="trajecten.eindstand",
        uitstroom="trajecten.uitstroom",
        per_jaar=frozenset({"leeftijd"}),
    ),
    Deel("trajecten.herhaald", _INSTROOM),
    Deel("trajecten.langlopend", _EINDSTAND, nul_onthult=True),
    Deel("verwijzingen.huisarts_sggz", Bron("trajecten.instroom", vast=(("verwijzer", "02"),))),
    Deel("kwaliteit.datumbron_begin", _INSTROOM, over_personen=False),
    Deel("kwaliteit.datumbron_eind", _UITSTROOM, over_personen=False),
    Hoogstens("jeugdigen.actief", Bron("trajecten.actief")),
    Hoogstens("jeugdigen.instroom", Bron("jeugdigen.actief")),
    Hoogstens("verblijf.jeugdigen", Bron("jeugdigen.actief")),
    Deel("verblijf.gedwongen", Bron("verblijf.jeugdigen")),
    Hoogstens("verblijf.gedwongen", Bron("verblijf.jeugdigen", vast=(("maatregel", "ja"),))),
)


def grootheid(naam: str) -> Grootheid:
    """The declared count, or the strictest reading of an undeclared one."""
    return GROOTHEDEN.get(naam, Grootheid(naam))


def bekend_langs(naam: str) -> set[str]:
    """The dimensions in which shares of this count leave unknown categories out."""
    noemers = [(c.bekend_langs, c.noemer) for c in CIJFERS.values() if c.bekend_langs]
    return {langs for langs, noemer in noemers if noemer is not None and noemer.grootheid == naam}


def cijfer(indicator: str, eenheid: str) -> Cijfer:
    """How a figure is made, or the strictest reading of an undeclared one."""
    if indicator in CIJFERS:
        return CIJFERS[indicator]
    zelf, onder = Bron(indicator), Bron(f"{indicator}/noemer")
    return {
        "aantal": Cijfer("aantal", teller=zelf),
        "procent": Cijfer("aandeel", teller=zelf, noemer=onder),
        "per_1000": Cijfer("per_1000", teller=zelf),
        "dagen": Cijfer("maat", noemer=onder),
        "euro": Cijfer("euro", teller=zelf),
    }[eenheid]
