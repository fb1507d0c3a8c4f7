"""A zip with one file per message: same input, same bytes (fixed time, fixed order).

Own writer of the three records that a plain zip has: `zipfile` spends more on bookkeeping than on deflating when
files are this small and this many. Every reader takes the result, `zipfile` included.
"""

from __future__ import annotations

import struct
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO

# A plain zip counts its files in 16 bits; above this the next file goes into a second zip.
GRENS = 60_000
_LOKAAL = struct.Struct("<4s5H3L2H")
_CENTRAAL = struct.Struct("<4s6H3L5H2L")
_SLOT = struct.Struct("<4s4H2LH")
_DATUM = 0x21  # 1 January 1980
_MODUS = 0o100644 << 16


def pak_in(map_: Path, berichten: Iterable[tuple[str, str]], *, grens: int = GRENS) -> Counter[str]:
    """Write (message type, text) pairs to `berichten.zip` in `map_`; gives the number of messages per type."""
    aantal: Counter[str] = Counter()
    rest, deel = iter(berichten), 1
    for eerste in rest:
        naam = "berichten.zip" if deel == 1 else f"berichten_{deel}.zip"
        with (map_ / naam).open("wb") as uit:
            _schrijf(uit, _leden(chain([eerste], islice(rest, grens - 1)), aantal))
        deel += 1
    return aantal


def _leden(berichten: Iterable[tuple[str, str]], aantal: Counter[str]) -> Iterator[tuple[bytes, bytes]]:
    for soort, tekst in berichten:
        aantal[soort] += 1
        yield f"jw{soort}_{aantal[soort]:06d}.xml".encode(), tekst.encode("utf-8")


def _schrijf(uit: BinaryIO, leden: Iterable[tuple[bytes, bytes]]) -> None:
    """Local records one after the other, then the central directory."""
    register: list[bytes] = []
    plek = 0
    for naam, inhoud in leden:
        diep = zlib.compressobj(4, zlib.DEFLATED, -13, 6)
        klein = diep.compress(inhoud) + diep.flush()
        maten = (8, 0, _DATUM, zlib.crc32(inhoud), len(klein), len(inhoud), len(naam), 0)
        uit.write(_LOKAAL.pack(b"PK\x03\x04", 20, 0, *maten) + naam + klein)
        register.append(_CENTRAAL.pack(b"PK\x01\x02", 0x0314, 20, 0, *maten, 0, 0, 0, _MODUS, plek) + naam)
        plek += _LOKAAL.size + len(naam) + len(klein)
    lijst = b"".join(register)
    uit.write(lijst + _SLOT.pack(b"PK\x05\x06", 0, 0, len(register), len(register), len(lijst), plek, 0))
