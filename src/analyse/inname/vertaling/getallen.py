"""Amounts and numbers as exports write them: decimal comma or point, thousands, euro or cent.

`1.234` is a thousand or little more than one; the values of the column that can mean only one thing decide, else
what the mapping says. A column that proves both ways keeps the text of what stays ambiguous.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from typing import Literal

from analyse.inname.vertaling.herstel import Cel, Lezing
from analyse.inname.werkmap import GETAL

ANDERS, ONZEKER = "bedragen en aantallen", "duizendtallen of decimalen"
_HEEL = re.compile(r"\d+")
_KOMMA = re.compile(r"(?:\d+|\d{1,3}(?:\.\d{3})+),\d+|\d{1,3}(?:\.\d{3}){2,}")
_PUNT = re.compile(r"(?:\d+|\d{1,3}(?:,\d{3})+)\.\d+|\d{1,3}(?:,\d{3}){2,}")
_DUBBEL = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")  # 1.234 and 1,234: thousands or decimals


def lees_getallen(
    cellen: Counter[Cel], *, decimaal: Literal[",", "."], eenheid: Literal["cent", "euro"]
) -> Mapping[Cel, Lezing]:
    """What every distinct value of a column of numbers means, as whole numbers (eurocents for `euro`)."""
    bewezen = _bewijs(cellen)
    return {cel: _lees(cel, bewezen, decimaal, eenheid) for cel in cellen}


def _lees(cel: Cel, bewezen: str, decimaal: str, eenheid: str) -> Lezing:
    tekst, soort = cel
    teken, kaal = _kaal(tekst)
    punt = _punt(kaal, "." if soort == GETAL else bewezen, decimaal)
    if punt is None:
        return Lezing(tekst, ONZEKER if _DUBBEL.fullmatch(kaal) else "")
    waarde = Decimal(kaal.replace("," if punt == "." else ".", "").replace(",", "."))
    heel = _geheel(waarde * (100 if eenheid == "euro" else 1), los=soort == GETAL)
    if heel is None:
        return Lezing(tekst)
    nieuw = f"{'-' if teken and heel else ''}{heel}"
    return Lezing(nieuw, ANDERS if nieuw != tekst else "")


def _punt(kaal: str, bewezen: str, decimaal: str) -> str | None:
    """The decimal sign of one value; None when it is no number or can't be told."""
    if _HEEL.fullmatch(kaal):
        return decimaal
    komma, punt = bool(_KOMMA.fullmatch(kaal)), bool(_PUNT.fullmatch(kaal))
    if _DUBBEL.fullmatch(kaal):
        return None if bewezen == "gemengd" else bewezen or decimaal
    return "," if komma and not punt else "." if punt and not komma else None


def _bewijs(cellen: Counter[Cel]) -> str:
    """What the values prove: ',', '.', 'gemengd' or nothing."""
    bewijs = set()
    for tekst, soort in cellen:
        kaal = _kaal(tekst)[1]
        if soort != GETAL and not _DUBBEL.fullmatch(kaal):
            bewijs |= {teken for teken, vorm in ((",", _KOMMA), (".", _PUNT)) if vorm.fullmatch(kaal)}
    return "gemengd" if len(bewijs) > 1 else next(iter(bewijs), "")


def _kaal(tekst: str) -> tuple[bool, str]:
    """Whether there is a minus (before, after, or brackets), and the digits without euro sign and spaces."""
    schoon = re.sub(r",-+$", "", re.sub(r"€|EUR|[\s\u00a0\u202f']", "", tekst))
    min_ = schoon.startswith(("-", "(")) or schoon.endswith("-")
    return min_, schoon.strip("-()")


def _geheel(waarde: Decimal, *, los: bool) -> int | None:
    """The whole number; what Excel calculates may be off by a hair, what people write may not."""
    heel = waarde.to_integral_value()
    return int(heel) if abs(waarde - heel) <= (Decimal("1e-6") if los else 0) else None
