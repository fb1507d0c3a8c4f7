"""The maatregelenregister: what the region does, where, since when, why, and what it hopes for.

One YAML per measure, read strictly. It is written before the outcome is looked at: target group, indicator,
expected direction and size stand here, so that nobody can pick them afterwards. Money stands here as promised;
what was realised is calculated elsewhere, and only where the effect allows it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator, model_validator

from analyse.kern import codes
from analyse.kern.fouten import ParameterFout, onbekend
from analyse.params import GemeenteCode, JaNee, Model, lees_model

Richting = Literal["daling", "stijging"]
# What the effect is measured on, which decides the design.
Gegevens = Literal["reeks", "scores", "duur", "registratie"]
# How assumptions become euros; the formulas are in `effect.businesscase`.
Rekenregelnaam = Literal[
    "voorkomen", "voorkomen_en_lichter", "geholpen", "deel_van_waarde", "groepen", "dagen_korter"
]


class Wijziging(Model):
    """A change of the measure on the way; `datum` is the first day that it holds."""

    datum: date
    wat: str


class Deelname(Model):
    """One gemeente that takes part. `ingangsdatum` is the first day, `einddatum` the last (empty: it runs)."""

    code: GemeenteCode
    ingangsdatum: date
    einddatum: date | None = None
    wijzigingen: tuple[Wijziging, ...] = ()

    @model_validator(mode="after")
    def _eind_na_begin(self) -> Deelname:
        if self.einddatum and self.einddatum < self.ingangsdatum:
            raise ValueError("de einddatum ligt voor de ingangsdatum")
        return self


class Doelgroep(Model):
    """Whose trajecten count; an empty list means no limit. Codes as in the result table."""

    omschrijving: str
    hulpvorm: tuple[str, ...] = ()
    verwijzer: tuple[str, ...] = ()
    leeftijd: tuple[str, ...] = ()
    aanbieder: tuple[str, ...] = ()
    sggz: JaNee | None = None  # only specialistische ggz, or only the rest

    @field_validator("hulpvorm", "verwijzer", "leeftijd")
    @classmethod
    def _bekende_codes(cls, waarde: tuple[str, ...], info: object) -> tuple[str, ...]:
        dimensie = str(getattr(info, "field_name", ""))
        vreemd = sorted(set(waarde) - set(codes.NAMEN[dimensie]))
        if vreemd:
            raise ValueError(f"{', '.join(vreemd)} bestaat niet; kies uit {', '.join(codes.NAMEN[dimensie])}")
        return waarde

    def raakt(self, ander: Doelgroep) -> bool:
        """Whether one child could belong to both."""
        if None not in (self.sggz, ander.sggz) and self.sggz != ander.sggz:
            return False
        return all(
            not eigen or not anders or set(eigen) & set(anders)
            for eigen, anders in (
                (self.hulpvorm, ander.hulpvorm),
                (self.verwijzer, ander.verwijzer),
                (self.leeftijd, ander.leeftijd),
                (self.aanbieder, ander.aanbieder),
            )
        )


class Doelindicator(Model):
    """What should change: an indicator id, the hoped direction and its size in percent (empty: not stated)."""

    indicator: str
    richting: Richting
    omvang_procent: float | None = Field(None, gt=0, le=100)


class Aanname(Model):
    """One assumption behind the money, with where it comes from.

    `laag` and `hoog` are its values in the careful and the hopeful scenario; empty is `waarde`.
    """

    naam: str
    waarde: float
    laag: float | None = None
    hoog: float | None = None
    eenheid: str
    bron: str


class StandVanZaken(Model):
    """How it goes, in one sentence with a date."""

    stand: Literal["loopt", "afgerond", "gestopt", "niet_gestart"]
    datum: date
    zin: str


class Maatregel(Model):
    """One measure. Euros per calendar year; an opbrengst is what was promised, not what was seen."""

    id: str = Field(pattern=r"^[a-z0-9_]+$")
    naam: str
    onderdeel: str = ""
    idee: str
    werkt_omdat: str
    onderbouwing: str
    gemeenten: tuple[Deelname, ...] = ()
    doelgroep: Doelgroep
    gegevens: Gegevens = "reeks"
    doelindicatoren: tuple[Doelindicator, ...]
    inwerkmaanden: int = Field(0, ge=0, le=36)  # months after the start before an effect can show
    gekozen_om_hoge_cijfers: Literal["ja", "nee", "onbekend"] = "onbekend"
    investering: dict[int, float] = Field(default_factory=dict)
    opbrengst: dict[int, float] = Field(default_factory=dict)
    rekenregel: Rekenregelnaam | None = None
    aannames: tuple[Aanname, ...] = ()
    eigenaar: str
    stand_van_zaken: StandVanZaken
    disclaimer: str
    demo: JaNee = False  # a true effect of this measure is built into the demo region

    @field_validator("gemeenten")
    @classmethod
    def _elke_gemeente_eens(cls, waarde: tuple[Deelname, ...]) -> tuple[Deelname, ...]:
        gemeenten = [deelname.code for deelname in waarde]
        dubbel = sorted({code for code in gemeenten if gemeenten.count(code) > 1})
        if dubbel:
            raise ValueError(f"{', '.join(dubbel)} staat er vaker dan een keer in")
        return waarde

    @model_validator(mode="after")
    def _gestart_heeft_gemeenten(self) -> Maatregel:
        if self.stand_van_zaken.stand != "niet_gestart" and not self.gemeenten:
            raise ValueError("een maatregel die gestart is, noemt minstens één gemeente met ingangsdatum")
        return self

    @cached_property
    def start(self) -> dict[str, date]:
        """First day per gemeente."""
        return {deelname.code: deelname.ingangsdatum for deelname in self.gemeenten}

    @cached_property
    def einde(self) -> dict[str, date | None]:
        """Last day per gemeente, None while it runs."""
        return {deelname.code: deelname.einddatum for deelname in self.gemeenten}

    def doel(self, indicator: str) -> Doelindicator:
        """What the register promises on this indicator; raises ParameterFout when it is no target."""
        doelen = {doel.indicator: doel for doel in self.doelindicatoren}
        if indicator not in doelen:
            raise onbekend("Deze doelindicator", indicator, doelen, waar=f"maatregel {self.id}")
        return doelen[indicator]


def lees_register(map_: Path, *, gemeenten: Collection[str] | None = None) -> dict[str, Maatregel]:
    """Every measure in `map_` by id, in order of file name; raises ParameterFout that names all wrong files.

    With `gemeenten` given, a measure in any other gemeente is an error. File name and id are equal.
    """
    register: dict[str, Maatregel] = {}
    fouten: list[str] = []
    for pad in sorted(map_.glob("*.yaml")):
        try:
            register[pad.stem] = _lees_een(pad, gemeenten)
        except ParameterFout as fout:
            fouten.append(fout.tekst)
    if fouten:
        raise ParameterFout(
            "Het maatregelenregister klopt niet.",
            ontvangen=f"{len(fouten)} bestanden met een fout",
            waar=map_.name,
            doe=" | ".join(fouten),
        )
    return register


def _lees_een(pad: Path, gemeenten: Collection[str] | None) -> Maatregel:
    maatregel = lees_model(Maatregel, pad)
    if maatregel.id != pad.stem:
        raise ParameterFout(
            "De id van een maatregel is de naam van het bestand.", ontvangen=maatregel.id, waar=pad.name
        )
    for code in maatregel.start if gemeenten is not None else ():
        if code not in (gemeenten or ()):
            raise onbekend("Deze gemeente van de regio", code, gemeenten or (), waar=pad.name)
    return maatregel


def ook_bezig(maatregel: Maatregel, indicator: str, register: Mapping[str, Maatregel]) -> frozenset[str]:
    """Gemeenten with another measure on the same indicator and target group: no clean comparison."""
    anderen = _rivalen(maatregel, indicator, register)
    return frozenset(code for ander in anderen for code in ander.start if code not in maatregel.start)


def _rivalen(maatregel: Maatregel, indicator: str, register: Mapping[str, Maatregel]) -> list[Maatregel]:
    return [
        ander
        for ander in register.values()
        if ander.id != maatregel.id
        and ander.doelgroep.raakt(maatregel.doelgroep)
        and any(doel.indicator == indicator for doel in ander.doelindicatoren)
    ]


def samenloop(
    maatregel: Maatregel, indicator: str, register: Mapping[str, Maatregel], *, van: date, tot: date
) -> dict[str, tuple[str, ...]]:
    """Other measures that started in the same gemeente, on the same indicator and target group, within [van, tot].

    Their effects can't be told apart. By gemeente: names of measures. A measure that ran all along is no trouble.
    """
    anderen = _rivalen(maatregel, indicator, register)
    samen = {
        code: tuple(ander.naam for ander in anderen if code in ander.start and van <= ander.start[code] <= tot)
        for code in maatregel.start
    }
    return {code: namen for code, namen in samen.items() if namen}
