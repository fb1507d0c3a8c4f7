"""The rules about rows: one table of id, severity, Dutch text and condition, evaluated in the engine.

A rule looks at one view of the data (a typed input table, the current state, the spells, the totals per
gemeente). `opzij` rules take a row out before anything is computed with it; all others only tell. Numbers follow
the thirty checks for deliveries in the domain reference; a letter splits a check. Adding a rule is adding a row.
"""

from __future__ import annotations

from analyse.inname.codelijsten import Codelijsten
from analyse.inname.regels.codes import codes
from analyse.inname.regels.geheel import geheel
from analyse.inname.regels.geld import geld
from analyse.inname.regels.invoer import NODIG, invoer
from analyse.inname.regels.levering import levering
from analyse.inname.regels.regel import Regel
from analyse.inname.regels.toewijzing import toewijzing

__all__ = ["NODIG", "Regel", "regels"]


def regels(lijsten: Codelijsten) -> tuple[Regel, ...]:
    """Every rule, in the order in which they are reported; the first `opzij` rule that holds takes the row."""
    return (*invoer(), *codes(lijsten), *toewijzing(), *levering(), *geld(), *geheel())
