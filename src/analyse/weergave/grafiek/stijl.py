"""How a series is drawn: colour, marker and dash together, so that no reader depends on colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.transforms import Transform

from analyse.weergave import palet
from analyse.weergave.grafiek.gegevens import Reeks


@dataclass(frozen=True)
class Stijl:
    """Looks of one series; `vergelijking` marks the one that others are compared with."""

    kleur: str
    vorm: str
    streep: Any
    dikte: float = 2.0
    vergelijking: bool = False

    @property
    def laag(self) -> float:
        """Drawing order: the comparison lies behind the series that the reader came for."""
        return 2.0 if self.vergelijking else 3.0

    def punten(
        self,
        as_: Axes,
        x: Sequence[float] | np.ndarray,
        y: Sequence[float] | np.ndarray,
        *,
        vulling: str,
        transform: Transform | None = None,
    ) -> None:
        """Draw markers; white `vulling` makes them open."""
        as_.plot(
            x,
            y,
            linestyle="none",
            marker=self.vorm,
            markersize=4.2 if self.vergelijking else 5.2,
            markerfacecolor=vulling,
            markeredgecolor=self.kleur,
            markeredgewidth=1.3,
            clip_on=False,
            zorder=self.laag + 1,
            transform=transform if transform is not None else as_.transData,
        )


VERGELIJKING = Stijl(palet.VERGELIJKING, "o", (0, (3, 2)), 1.4, vergelijking=True)


def stijlen(reeksen: Sequence[Reeks], vergelijking: str | None) -> list[Stijl]:
    """A style per series, in order; the comparison is grey and takes no place in the row of colours."""
    gewoon = iter(zip(palet.REEKSEN, palet.VORMEN, palet.STREPEN, strict=True))
    return [VERGELIJKING if reeks.naam == vergelijking else Stijl(*next(gewoon)) for reeks in reeksen]
