"""Prose that comes from the definition cards."""

from __future__ import annotations

from analyse.weergave import Tekst, Waarschuwing
from analyse.weergave.beeld import Beeld


def bewijst_niet(beeld: Beeld, indicator: str) -> Waarschuwing | Tekst:
    """What the core figure of a chapter does not prove, from its definition card; nothing without a card.

    Only the core figure: the cards of all others stand in the verantwoording, and a long box isn't read.
    """
    kaart = beeld.kaart(indicator)
    if kaart is None:
        return Tekst("")
    return Waarschuwing(
        titel="Wat dit niet bewijst", tekst=kaart.bewijst_niet.strip(), soort="uitleg", intern=beeld.intern
    )
