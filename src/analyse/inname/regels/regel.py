"""What a rule is: id, severity, the view it looks at, Dutch words, and a condition for the engine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import ibis.expr.types as ir

from analyse.kern.fouten import RAAKT_ALLES, Ernst

B, W, I = Ernst.BLOKKEREND, Ernst.WAARSCHUWING, Ernst.INFORMATIE  # noqa: E741
Conditie = Callable[[ir.Table], ir.BooleanValue]


@dataclass(frozen=True)
class Regel:
    """One check. `toon` is the column whose value is shown (`rauw` as it is, else only its shape).

    `raakt` says which figures a blocking rule takes away: all of the gemeente, or only those in euros.
    """

    id: str
    ernst: Ernst
    zicht: str
    tekst: str
    doe: str
    geldt: Conditie
    toon: str = ""
    rauw: bool = False
    opzij: bool = False
    raakt: str = RAAKT_ALLES
