"""Charts: a long frame in, a `Grafiek` (drawing, table, alt text, notes) out."""

from collections.abc import Sequence

from analyse.params import Breuk
from analyse.weergave.grafiek.lijn import lijn
from analyse.weergave.grafiek.punten import punten
from analyse.weergave.grafiek.staven import staven
from analyse.weergave.grafiek.stroom import stroom
from analyse.weergave.grafiek.trechter import trechter
from analyse.weergave.grafiek.uitkomst import Grafiek
from analyse.weergave.grafiek.veelvouden import kleine_veelvouden
from analyse.weergave.grafiek.verwacht import tegen_verwacht
from analyse.weergave.grafiek.vlak import vlak

__all__ = [
    "Grafiek",
    "breuken_voor",
    "kleine_veelvouden",
    "lijn",
    "punten",
    "staven",
    "stroom",
    "tegen_verwacht",
    "trechter",
    "vlak",
]


def breuken_voor(breuken: Sequence[Breuk], indicator: str) -> tuple[Breuk, ...]:
    """The breaks that touch an indicator: those without `indicatoren`, or with a prefix of its id."""
    return tuple(b for b in breuken if not b.indicatoren or indicator.startswith(b.indicatoren))
