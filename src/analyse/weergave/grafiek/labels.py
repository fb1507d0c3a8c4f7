"""Direct labels at the end of lines: pushed apart where they would overlap, in the order of the lines."""

from __future__ import annotations

from collections.abc import Sequence


def spreid(middens: Sequence[float], hoogten: Sequence[float], *, onder: float, boven: float) -> list[float]:
    """New middles for boxes so that none overlap and all lie between `onder` and `boven` where that fits.

    Boxes keep their order; a box that has room stays where it is. Units are those of the caller.
    """
    volgorde = sorted(range(len(middens)), key=lambda i: (middens[i], i))
    plek = list(middens)
    grens = onder
    for i in volgorde:  # push up from below
        plek[i] = max(plek[i], grens + hoogten[i] / 2)
        grens = plek[i] + hoogten[i] / 2
    grens = boven
    for i in reversed(volgorde):  # push back down from the top
        plek[i] = min(plek[i], grens - hoogten[i] / 2)
        grens = plek[i] - hoogten[i] / 2
    return plek
