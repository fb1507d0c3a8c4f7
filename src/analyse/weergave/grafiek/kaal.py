"""An axes without ticks, grid lines and spines of its own: ours are plain lines and text (`assen`).

matplotlib sets these up a dozen times for every axes, drawn or not: two thirds of the time that an axes takes.
Only what matplotlib means projections to override is overridden, so that another version is at worst slower.
"""

from __future__ import annotations

from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.axis import XAxis, YAxis


class _Stil:
    """An axis that touches no ticks for as long as nobody asks for them."""

    def set_clip_path(self, path: Any, transform: Any = None) -> None:  # noqa: ANN401 - as matplotlib has it
        """Of the axis itself only."""
        Artist.set_clip_path(self, path, transform)  # type: ignore[arg-type]


class _X(_Stil, XAxis):
    pass


class _Y(_Stil, YAxis):
    pass


class KaleAs(Axes):
    """Give it to `Figure.add_axes(axes_class=…)` and set the axis off."""

    def _gen_axes_spines(self, *_: object, **__: object) -> dict[str, Any]:
        return {}

    def _init_axis(self) -> None:
        self.xaxis, self.yaxis = _X(self, clear=False), _Y(self, clear=False)

    def grid(self, *_: object, **__: object) -> None:
        """No grid of its own."""

    def tick_params(self, *_: object, **__: object) -> None:
        """No ticks to set."""
