"""Which topic an indicator belongs to: the order in which figures are looked up, that of the chapters.

By the start of the id, so that a new indicator of a known family finds its place by itself; one of a new family
stands at the end, under its own heading, until somebody gives it a topic.
"""

from __future__ import annotations

from collections.abc import Iterable

from analyse.params import Kaart

OVERIG = "Overig"
# The first topic with a start that fits counts, so that the few exceptions stand before their family.
ONDERWERPEN: dict[str, tuple[str, ...]] = {
    "Gebruik": (
        "jeugdigen.actief",
        "jeugdigen.per_1000",
        "trajecten.actief",
        "trajecten.beginstand",
        "trajecten.eindstand",
    ),
    "Instroom": ("jeugdigen.", "trajecten."),
    "Verwijzingen": ("verwijzingen.",),
    "Trajectduur": ("trajectduur.",),
    "Uithuisplaatsingen": ("verblijf.",),
    "Uitgaven": ("uitgaven.",),
    "Zorgpaden": ("doorstroom.", "zorgpad."),
    "Resultaat": (
        "wachttijd.",
        "uitval.",
        "geen_nieuwe_start.",
        "tevredenheid.",
        "zonder_hulp.",
        "doelrealisatie.",
        "verzilvering.",
    ),
    "Aanbieders": ("aanbieder.",),
    "Datakwaliteit": ("kwaliteit.",),
}


def onderwerp(indicator: str) -> str:
    """The topic of an indicator; 'Overig' for a family that has none."""
    passend = (naam for naam, begin in ONDERWERPEN.items() if indicator.startswith(begin))
    return next(passend, OVERIG)


def op_onderwerp(kaarten: Iterable[Kaart]) -> list[tuple[str, Kaart]]:
    """Definition cards with their topic: topics in the order of the chapters, families in that of the topic."""
    paren = [(onderwerp(kaart.id), kaart) for kaart in kaarten]
    return sorted(paren, key=lambda paar: (_plek(paar[0]), _familie(*paar)))


def _plek(naam: str) -> int:
    return [*ONDERWERPEN, OVERIG].index(naam)


def _familie(naam: str, kaart: Kaart) -> int:
    begin = ONDERWERPEN.get(naam, ("",))
    return next(nr for nr, start in enumerate(begin) if kaart.id.startswith(start))
