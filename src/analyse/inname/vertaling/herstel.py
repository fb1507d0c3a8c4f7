"""One column of an export, value by value: what was recognised, what was mended and what was left as it is.

Every distinct value is looked at once, with the kind of cell it stood in. Mending happens only where one reading
is left; a value that could mean two things keeps its text, so that the rules set it aside and name its row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

Cel = tuple[str, str]  # text and kind of cell ('' when not from Excel)
_TUSSEN = "\x1f"


@dataclass(frozen=True)
class Herstel:
    """A column after mending; `geteld` says per kind of change how many values it touched."""

    kolom: pa.Array
    geteld: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Lezing:
    """What one value became, and why (a key of `geteld`; '' when nothing was changed)."""

    tekst: str | None
    wat: str = ""


def per_waarde(
    kolom: pa.Array, soorten: pa.Array | None, lees: Callable[[Counter[Cel]], Mapping[Cel, Lezing]]
) -> Herstel:
    """Run `lees` once over the distinct values with their numbers, and put what they became in their places."""
    if soorten is None:
        samen = pc.binary_join_element_wise(kolom, "", _TUSSEN)
    else:
        samen = pc.binary_join_element_wise(kolom, pc.fill_null(soorten, ""), _TUSSEN)
    gecodeerd = pc.dictionary_encode(samen)
    woorden = [_cel(tekst) for tekst in gecodeerd.dictionary.to_pylist()]
    aantallen = Counter(gecodeerd.indices.to_pylist())
    cellen = Counter({woord: aantallen[i] for i, woord in enumerate(woorden)})
    lezingen = lees(cellen)
    geteld: Counter[str] = Counter()
    for cel, aantal in cellen.items():
        if lezingen[cel].wat:
            geteld[lezingen[cel].wat] += aantal
    nieuw = pa.array([lezingen[cel].tekst for cel in woorden], pa.string())
    return Herstel(pc.take(nieuw, gecodeerd.indices), dict(sorted(geteld.items())))


def _cel(samen: str) -> Cel:
    tekst, _, soort = samen.rpartition(_TUSSEN)
    return tekst, soort
