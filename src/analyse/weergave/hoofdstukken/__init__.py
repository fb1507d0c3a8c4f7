"""One module per chapter of the report; every function takes a Beeld and gives one display object.

A chapter only chooses and words what the Vrijgave already holds. Each function works for a gemeente and for the
region, and comes out, as a frame with the reason, when there is nothing to show.
"""

from analyse.weergave.hoofdstukken import (
    datakwaliteit,
    gebruik,
    instroom,
    kengetallen,
    maatregelen,
    samenvatting,
    trajectduur,
    uithuisplaatsingen,
    verantwoording,
    verwijzingen,
)

__all__ = [
    "datakwaliteit",
    "gebruik",
    "instroom",
    "kengetallen",
    "maatregelen",
    "samenvatting",
    "trajectduur",
    "uithuisplaatsingen",
    "verantwoording",
    "verwijzingen",
]
