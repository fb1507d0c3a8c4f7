"""Prose that comes from the definition cards."""

from __future__ import annotations

from analyse.weergave import Tekst, Waarschuwing
from analyse.weergave.beeld import Beeld


def bewijst_niet(beeld: Beeld, *indicatoren: str) -> Waarschuwing | Tekst:
    """What these figures do not prove, from their definition cards; nothing when there are no cards."""
    kaarten = [kaart for kaart in map(beeld.kaart, indicatoren) if kaart is not None]
    zinnen = list(dict.fromkeys(kaart.bewijst_niet.strip() for kaart in kaarten))
    if not zinnen:
        return Tekst("")
    tekst = zinnen[0] if len(zinnen) == 1 else "\n".join(f"* {zin_}" for zin_ in zinnen)
    return Waarschuwing(titel="Wat dit niet bewijst", tekst=tekst, soort="uitleg")
