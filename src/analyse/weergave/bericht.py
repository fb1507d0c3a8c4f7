"""One message for the front page before it gets its looks: what every kind of message is made into.

Apart from the rules that make them, so that a signal of change and a signal of level don't import each other.
"""

from __future__ import annotations

from dataclasses import dataclass

from analyse.weergave.boodschap_toets import Oordeel


@dataclass(frozen=True)
class Bericht:
    """A message; without `cijfer` it is about no single figure. `figuur` is the id of the chart behind it."""

    tekst: str
    cijfer: str = ""
    richting: str = "gelijk"
    oordeel: Oordeel = Oordeel.GEWOON
    figuur: str = ""
    bewijst_niet: str = ""
