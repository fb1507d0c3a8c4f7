"""A zip with one file per message: same input, same bytes (fixed times, fixed order)."""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

_TIJD = (1980, 1, 1, 0, 0, 0)


def pak_in(pad: Path, berichten: Iterable[tuple[str, str]]) -> Counter[str]:
    """Write (message type, text) pairs into `pad`, deflated; gives the number of messages per type."""
    aantal: Counter[str] = Counter()
    with zipfile.ZipFile(pad, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as zip_:
        for soort, tekst in berichten:
            aantal[soort] += 1
            zip_.writestr(_kaart(f"jw{soort}_{aantal[soort]:06d}.xml"), tekst.encode("utf-8"))
    return aantal


def _kaart(naam: str) -> zipfile.ZipInfo:
    kaart = zipfile.ZipInfo(naam, _TIJD)
    kaart.compress_type = zipfile.ZIP_DEFLATED
    kaart.create_system = 3
    kaart.external_attr = 0o644 << 16
    return kaart
