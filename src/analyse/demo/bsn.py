"""Burgerservicenummers of the official test range, which no living person has.

The range is finite, so it bounds how many children the XML form can hold; outside it there are no numbers
that are surely nobody's.
"""

from __future__ import annotations

from functools import cache

import numpy as np

EERSTE, LAATSTE = 999_900_006, 999_999_990
_GEWICHTEN = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def elfproef(bsn: str) -> bool:
    """True when nine digits pass the eleven test: 9·d1 + 8·d2 + … + 2·d8 − d9 is a multiple of 11."""
    som = sum(gewicht * int(cijfer) for gewicht, cijfer in zip(_GEWICHTEN, bsn, strict=True))
    return som % 11 == 0


@cache
def bsn_reeks() -> tuple[str, ...]:
    """All valid numbers of the test range 999900006 to 999999990, ascending."""
    nummers = np.arange(EERSTE, LAATSTE + 1)
    cijfers = nummers[:, None] // 10 ** np.arange(8, -1, -1) % 10
    return tuple(map(str, nummers[cijfers @ np.array(_GEWICHTEN) % 11 == 0].tolist()))


def deel_uit(aantal: int) -> list[str]:
    """Numbers for `aantal` children, in an order that says nothing about when they came; no number twice."""
    reeks = bsn_reeks()
    sprong = 4_001  # prime, and no divisor of the length: visits every number once
    return [reeks[i * sprong % len(reeks)] for i in range(min(aantal, len(reeks)))]
