"""Errors and findings: rule, what was received, where, what to do.

An `AnalyseFout` stops the run and becomes one exit code; a `Bevinding` is collected and reported while the
rest goes on. Both speak Dutch, because both are read by analysts and back offices; neither ever holds a BSN,
a name or free text (mask with `masker` first).
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Ernst(StrEnum):
    """How bad a finding is: `blokkerend` takes a figure away, the other two only tell."""

    BLOKKEREND = "blokkerend"
    WAARSCHUWING = "waarschuwing"
    INFORMATIE = "informatie"


RAAKT_ALLES, RAAKT_EURO = "alles", "euro"


@dataclass(frozen=True)
class Bevinding:
    """One finding in a delivery; `aantal` says how many rows or elements it stands for.

    `aanbieder` is an AGB code ('' when none is concerned), `euro_cent` the approved eurocents concerned (None when
    there is no money in it; a toewijzing counts once per rule). `raakt` says which figures a blocking finding
    takes away: RAAKT_ALLES or RAAKT_EURO.
    """

    code: str
    ernst: Ernst
    gebied: str
    bestand: str
    plek: str
    regel: str
    ontvangen: str
    doe: str
    aantal: int = 1
    aanbieder: str = ""
    euro_cent: int | None = None
    raakt: str = ""

    def __post_init__(self) -> None:
        if self.ernst == Ernst.BLOKKEREND and not self.raakt:
            object.__setattr__(self, "raakt", RAAKT_ALLES)


class AnalyseFout(Exception):
    """A fault that the user can act on; printed without traceback. Subclasses carry their exit code."""

    exitcode = 1

    def __init__(self, regel: str, *, ontvangen: object = None, waar: str = "", doe: str = "") -> None:
        self.regel, self.ontvangen, self.waar, self.doe = regel, ontvangen, waar, doe
        super().__init__(self.tekst)

    @property
    def tekst(self) -> str:
        """The error as one Dutch paragraph."""
        delen = [
            self.regel,
            f"Ontvangen: {self.ontvangen}." if self.ontvangen is not None else "",
            f"Waar: {self.waar}." if self.waar else "",
            f"Wat u kunt doen: {self.doe}" if self.doe else "",
        ]
        return " ".join(deel for deel in delen if deel)


class DomeinFout(AnalyseFout):
    """The delivery can be read, but breaks a rule that blocks figures."""

    exitcode = 10


class LeveringFout(AnalyseFout):
    """The delivery can't be read at all."""

    exitcode = 11


class ParameterFout(AnalyseFout):
    """A parameter (YAML, command line, notebook) is wrong."""

    exitcode = 12


class RapportFout(AnalyseFout):
    """One or more reports could not be made; the others stand."""

    exitcode = 13


def masker(waarde: object, *, zichtbaar: int = 2) -> str:
    """Hide the middle of a personal value: `999900006` becomes `99*****06`; short values vanish whole."""
    tekst = str(waarde)
    if len(tekst) <= 2 * zichtbaar:
        return "*" * len(tekst)
    return tekst[:zichtbaar] + "*" * (len(tekst) - 2 * zichtbaar) + tekst[-zichtbaar:]


def dichtstbij(naam: str, bekend: Iterable[str]) -> str | None:
    """The known name most like `naam`, or None when nothing comes near."""
    gevonden = difflib.get_close_matches(naam, list(bekend), n=1, cutoff=0.5)
    return gevonden[0] if gevonden else None


def onbekend(soort: str, naam: object, bekend: Iterable[str], *, waar: str = "") -> ParameterFout:
    """The error for an unknown name, with the nearest known one and the whole list."""
    namen = sorted(bekend)
    bij = dichtstbij(str(naam), namen)
    doe = (f"Bedoelde u {bij}? " if bij else "") + f"Kies uit: {', '.join(namen)}."
    return ParameterFout(f"{soort} bestaat niet.", ontvangen=repr(naam), waar=waar, doe=doe)
