"""One module per chapter of the report; every function takes a Beeld and gives one display object.

A chapter only chooses and words what the Vrijgave already holds. Each function works for a gemeente and for the
region, and comes out, as a frame with the reason, when there is nothing to show.
"""

from analyse.weergave.hoofdstukken import (
    aanbiederblad,
    aanbieders,
    aanbiedersoverzicht,
    bevindingen,
    datakwaliteit,
    gebruik,
    gespreksblad,
    instroom,
    kengetallen,
    maatregelen,
    resultaat,
    samenvatting,
    signalen,
    spiegelinformatie,
    spiegelinformatie_team,
    trajectduur,
    uitgaven,
    uithuisplaatsingen,
    verantwoording,
    verwijzingen,
    zorgpaden,
)

# Chapters of INTERN reports: they show rows and figures that aren't protected, so they ask for an internal Beeld.
INTERN: tuple[str, ...] = (
    "aanbiederblad",
    "aanbiedersoverzicht",
    "bevindingen",
    "signalen",
    "spiegelinformatie",
    "spiegelinformatie_team",
)

__all__ = [
    "aanbiederblad",
    "aanbieders",
    "aanbiedersoverzicht",
    "bevindingen",
    "datakwaliteit",
    "gebruik",
    "gespreksblad",
    "instroom",
    "kengetallen",
    "maatregelen",
    "resultaat",
    "samenvatting",
    "signalen",
    "spiegelinformatie",
    "spiegelinformatie_team",
    "trajectduur",
    "uitgaven",
    "uithuisplaatsingen",
    "verantwoording",
    "verwijzingen",
    "zorgpaden",
]
