"""From published rows to what the attacker knows; what no file shows is unknown to him, not zero.

A report leaves out rows that its chart doesn't need, so sums over the rows that are left would say too much. Every
category and gemeente that occurs somewhere in the edition is taken to exist everywhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import product

import pandas as pd

from analyse.kern import codes
from analyse.kern.resultaat import Meting, Vrijgave
from analyse.kern.schema import SLEUTEL
from analyse.params import Params
from analyse.vrijgave.aanvaller import kennis_van
from analyse.vrijgave.kennis import Kennis

Cel = tuple[str, ...]
_ASSEN = range(1, len(SLEUTEL))


def neem_kennis(
    cijfers: pd.DataFrame, params: Params, *, meting: Meting | None = None, vorige: Sequence[Vrijgave] = ()
) -> Kennis:
    """What somebody knows who has read these rows; with `meting` the strict attacker, as in `aanval`."""
    kennis = kennis_van(Vrijgave(cijfers), params=params, meting=meting, vorige=vorige)
    for cel in _ongezien(list(kennis.onder)):
        kennis.ken(cel)
    return kennis


def _ongezien(cellen: list[Cel]) -> Iterator[Cel]:
    """Cells beside those that were seen: the same count and half-year, in another gemeente or category."""
    waarden: dict[tuple[str, tuple[bool, ...]], list[dict[str, None]]] = defaultdict(lambda: [{} for _ in _ASSEN])
    plekken: dict[tuple[str, tuple[bool, ...], str], None] = {}
    gebieden = dict.fromkeys(cel[1] for cel in cellen)
    for cel in cellen:
        soort = (cel[0], tuple(deel != codes.TOTAAL for deel in cel[3:]))
        for as_ in _ASSEN:
            waarden[soort][as_ - 1][cel[as_]] = None
        plekken[*soort, cel[2]] = None
    gezien = set(cellen)
    for naam, vorm, periode in plekken:
        assen = waarden[naam, vorm]
        for gebied, *delen in product(gebieden, *assen[2:]):
            cel = (naam, gebied, periode, *delen)
            if cel not in gezien:
                yield cel
