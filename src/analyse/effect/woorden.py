"""Numbers as Dutch words for the texts of this room; the same notation as the reports use.

Small and here, because this room may not lean on `weergave`: an effect must be readable without a report.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from analyse.kern.periode import MAANDEN


def getal(waarde: float, decimalen: int = 0) -> str:
    """`1.234,5`, rounded half up; `onbekend` for NaN."""
    if waarde != waarde:
        return "onbekend"
    rond = Decimal(repr(float(waarde))).quantize(Decimal(1).scaleb(-decimalen), rounding=ROUND_HALF_UP)
    return f"{rond:,.{decimalen}f}".translate(str.maketrans(",.-", ".,−"))


def procent(waarde: float, decimalen: int = 0) -> str:
    """A percentage on the scale 0–100: `12%`."""
    return f"{getal(waarde, decimalen)}%"


def kans(p: float) -> str:
    """A p-value for prose: `p = 0,03`; never `p = 0,00`."""
    return "p < 0,01" if p < 0.01 else f"p = {getal(p, 2)}"


def maand(dag: date) -> str:
    """`juli 2023`."""
    return f"{MAANDEN[dag.month - 1]} {dag.year}"


def opsomming(delen: Sequence[str]) -> str:
    """`a, b en c`."""
    return " en ".join(filter(None, [", ".join(delen[:-1]), delen[-1]])) if delen else ""


def tegen_verwacht(verandering: float) -> str:
    """The same against what was expected: `12% lager dan verwacht`, `zoals verwacht`."""
    woorden = meer_of_minder(verandering)
    return "zoals verwacht" if woorden == "even hoog" else f"{woorden} dan verwacht"


def meer_of_minder(verandering: float, decimalen: int = 0) -> str:
    """A change in percent as words: `12% lager`, `3% hoger`, `even hoog`."""
    grootte = getal(abs(verandering), decimalen)
    if float(grootte.replace(".", "").replace(",", ".")) == 0:
        return "even hoog"
    return f"{grootte}% {'hoger' if verandering > 0 else 'lager'}"
