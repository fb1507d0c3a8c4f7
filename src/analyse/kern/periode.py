"""Periods: `2025-H1`, `2025-H2`, `2025`, `2025-07`, `2025-K3` (quarter); begin and end are days *in* it.

Own class and not pandas' Period: half-years are no pandas frequency, and the text form is a contract.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import total_ordering

from analyse.kern.fouten import ParameterFout

# Stands for "still open" inside the engine: pandas nanoseconds and ClickHouse Date32 both hold it.
ONEINDIG = date(2200, 1, 1)

_VORM = re.compile(r"^(\d{4})(?:-(H[12]|K[1-4]|\d{2}))?$")
MAANDEN = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)


@total_ordering
@dataclass(frozen=True)
class Periode:
    """A year, half-year, quarter or month. `deel` is '' (year), 'H1', 'H2', 'K1'..'K4' or '01'..'12'."""

    jaar: int
    deel: str = ""

    @classmethod
    def lees(cls, tekst: str) -> Periode:
        """Parse the text form; raises ParameterFout on anything else."""
        gevonden = _VORM.match(tekst) if isinstance(tekst, str) else None
        if not gevonden or ((gevonden[2] or "01").isdigit() and not 1 <= int(gevonden[2] or "01") <= 12):
            raise ParameterFout(
                "Een periode is een half jaar (2025-H1), een jaar (2025) of een maand (2025-07).",
                ontvangen=repr(tekst),
                doe='Schrijf bijvoorbeeld "2025-H2".',
            )
        return cls(int(gevonden[1]), gevonden[2] or "")

    @classmethod
    def halfjaar_van(cls, dag: date) -> Periode:
        """The half-year in which `dag` falls; H1 = 1 Jan to 30 Jun, H2 = 1 Jul to 31 Dec."""
        return cls(dag.year, "H1" if dag.month <= 6 else "H2")

    @classmethod
    def kwartaal_van(cls, dag: date) -> Periode:
        """The quarter in which `dag` falls; K1 = 1 Jan to 31 Mar."""
        return cls(dag.year, f"K{(dag.month + 2) // 3}")

    @property
    def kwartalen(self) -> tuple[Periode, Periode]:
        """The two quarters of a half-year."""
        return Periode.kwartaal_van(self.begin), Periode.kwartaal_van(self.eind)

    @property
    def _maanden(self) -> tuple[int, int]:
        if self.deel in ("H1", "H2"):
            return (1, 6) if self.deel == "H1" else (7, 12)
        if self.deel.startswith("K"):
            return 3 * int(self.deel[1]) - 2, 3 * int(self.deel[1])
        return (int(self.deel), int(self.deel)) if self.deel else (1, 12)

    @property
    def begin(self) -> date:
        """First day, included."""
        return date(self.jaar, self._maanden[0], 1)

    @property
    def eind(self) -> date:
        """Last day, included."""
        maand = self._maanden[1]
        return date(self.jaar, maand, calendar.monthrange(self.jaar, maand)[1])

    @property
    def vorige(self) -> Periode:
        """The period of the same kind just before this one."""
        return self._op(self.begin - timedelta(days=1))

    @property
    def volgende(self) -> Periode:
        """The period of the same kind just after this one."""
        return self._op(self.eind + timedelta(days=1))

    def _op(self, dag: date) -> Periode:
        if self.deel in ("H1", "H2"):
            return Periode.halfjaar_van(dag)
        if self.deel.startswith("K"):
            return Periode.kwartaal_van(dag)
        return Periode(dag.year, f"{dag.month:02d}" if self.deel else "")

    @property
    def naam(self) -> str:
        """How a reader sees it: '2e halfjaar 2025', '3e kwartaal 2025', '2025', 'juli 2025'."""
        if self.deel[:1] in ("H", "K"):
            return f"{self.deel[1]}e {'halfjaar' if self.deel[0] == 'H' else 'kwartaal'} {self.jaar}"
        return f"{MAANDEN[int(self.deel) - 1]} {self.jaar}" if self.deel else str(self.jaar)

    def __str__(self) -> str:
        return f"{self.jaar}-{self.deel}" if self.deel else str(self.jaar)

    def __lt__(self, ander: Periode) -> bool:
        return (self.begin, self.eind) < (ander.begin, ander.eind)


def halfjaren(van: Periode, tot_en_met: Periode) -> Iterator[Periode]:
    """Every half-year from `van` up to and including `tot_en_met`."""
    periode = van
    while periode <= tot_en_met:
        yield periode
        periode = periode.volgende


def plus_jaren(dag: date, jaren: int) -> date:
    """The same day `jaren` years on (negative: back); 29 February becomes 28 February."""
    try:
        return dag.replace(year=dag.year + jaren)
    except ValueError:
        return dag.replace(year=dag.year + jaren, day=28)
