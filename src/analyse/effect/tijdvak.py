"""The time axis of an effect measurement: months, quarters and half-years as numbered slots.

Beside `kern.Periode` and not in it: a quarter is never a period of a report, and arithmetic on series wants a
plain number. A slot knows how many go in a year, so that no function needs to be told the frequency apart.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from analyse.kern.fouten import ParameterFout

_VORM = re.compile(r"^(\d{4})-(?:(H)([12])|(K)([1-4])|(\d{2}))$")
PER_JAAR = {"maand": 12, "kwartaal": 4, "halfjaar": 2}
_LETTER = {4: "K", 2: "H"}


@dataclass(frozen=True, order=True)
class Tijdvak:
    """Slot `nummer` (from 1) of `jaar`, of which `per_jaar` go in a year: 12, 4 or 2."""

    jaar: int
    nummer: int
    per_jaar: int

    @classmethod
    def lees(cls, tekst: object) -> Tijdvak:
        """Parse `2025-07`, `2025-K3` or `2025-H2`; raises ParameterFout on anything else."""
        gevonden = _VORM.match(str(tekst))
        if gevonden and gevonden[2]:
            return cls(int(gevonden[1]), int(gevonden[3]), 2)
        if gevonden and gevonden[4]:
            return cls(int(gevonden[1]), int(gevonden[5]), 4)
        if gevonden and 1 <= int(gevonden[6]) <= 12:
            return cls(int(gevonden[1]), int(gevonden[6]), 12)
        raise ParameterFout(
            "Een tijdvak in een reeks is een maand (2025-07), een kwartaal (2025-K3) of een half jaar (2025-H2).",
            ontvangen=repr(tekst),
            doe='Schrijf bijvoorbeeld "2025-K3".',
        )

    @classmethod
    def van_index(cls, index: int, per_jaar: int) -> Tijdvak:
        """The slot with this running number; the inverse of `index`."""
        return cls(index // per_jaar, index % per_jaar + 1, per_jaar)

    @classmethod
    def van_dag(cls, dag: date, per_jaar: int) -> Tijdvak:
        """The slot in which `dag` falls."""
        return cls(dag.year, (dag.month - 1) * per_jaar // 12 + 1, per_jaar)

    @property
    def index(self) -> int:
        """Running number: the next slot has one more."""
        return self.jaar * self.per_jaar + self.nummer - 1

    @property
    def begin(self) -> date:
        """First day, included."""
        return date(self.jaar, (self.nummer - 1) * 12 // self.per_jaar + 1, 1)

    @property
    def eind(self) -> date:
        """Last day, included."""
        maand = self.nummer * 12 // self.per_jaar
        return date(self.jaar, maand, calendar.monthrange(self.jaar, maand)[1])

    def __str__(self) -> str:
        if self.per_jaar == 12:
            return f"{self.jaar}-{self.nummer:02d}"
        return f"{self.jaar}-{_LETTER[self.per_jaar]}{self.nummer}"


def eerste_hele(dag: date, per_jaar: int) -> int:
    """Index of the first slot that lies wholly on or after `dag`."""
    vak = Tijdvak.van_dag(dag, per_jaar)
    return vak.index if vak.begin == dag else vak.index + 1
