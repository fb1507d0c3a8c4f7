"""Zip files without surprises: bounded in number, size and ratio, nothing unpacked to disk, no zip in a zip.

The limits are far above any real delivery (a large gemeente sends some hundred thousand messages a year) and far
below what harms a laptop.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

BROK = 1 << 20


@dataclass(frozen=True)
class Grenzen:
    """What a zip file may hold; sizes in bytes, unpacked. `verhouding` only counts above `vrij`."""

    aantal: int = 5_000_000
    bestand: int = 2 << 30
    totaal: int = 32 << 30
    verhouding: int = 250
    vrij: int = 8 << 20


GRENZEN = Grenzen()


class OnveiligArchief(Exception):
    """The zip as a whole is refused; the text says why, in Dutch."""


def open_archief(pad: Path, grenzen: Grenzen) -> zipfile.ZipFile:
    """Open a zip after checking what it says about itself."""
    try:
        archief = zipfile.ZipFile(pad)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as fout:
        raise OnveiligArchief("het zipbestand is beschadigd") from fout
    leden = archief.infolist()
    if len(leden) > grenzen.aantal:
        raise OnveiligArchief(f"meer dan {grenzen.aantal} bestanden")
    if sum(lid.file_size for lid in leden) > grenzen.totaal:
        raise OnveiligArchief("uitgepakt te groot")
    return archief


def bezwaar(lid: zipfile.ZipInfo, grenzen: Grenzen) -> str | None:
    """Why one file in a zip isn't read, in Dutch; None when it is fine."""
    delen = lid.filename.replace("\\", "/").split("/")
    if ".." in delen or delen[0] == "" or ":" in delen[0]:
        return "pad buiten het zipbestand"
    if delen[-1].lower().endswith((".zip", ".xlsx", ".gz", ".7z", ".rar")):
        return "archief in een archief"
    if lid.flag_bits & 1:
        return "versleuteld"
    if lid.file_size > grenzen.bestand:
        return "uitgepakt te groot"
    if lid.file_size > grenzen.vrij and lid.file_size > grenzen.verhouding * max(lid.compress_size, 1):
        return "verdacht sterk ingepakt"
    return None


def brokken(archief: zipfile.ZipFile, lid: zipfile.ZipInfo) -> Iterator[bytes]:
    """The content of one file in pieces; never more than it says it holds. Raises ValueError when damaged."""
    try:
        if lid.file_size < BROK:
            yield _klein(archief, lid)
            return
        with archief.open(lid) as stroom:
            while brok := stroom.read(BROK):
                yield brok
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, RuntimeError) as fout:
        raise ValueError("beschadigd") from fout


def _klein(archief: zipfile.ZipFile, lid: zipfile.ZipInfo) -> bytes:
    """A small deflated file at once: `ZipFile.read` spends more time on its own objects than on unpacking."""
    bron = archief.fp
    if lid.compress_type != zipfile.ZIP_DEFLATED or bron is None:
        return archief.read(lid)
    bron.seek(lid.header_offset)
    kop = bron.read(30 + len(lid.filename.encode()) + len(lid.extra) + lid.compress_size + 64)
    merk, naam, extra = struct.unpack_from("<4s22xHH", kop)
    ingepakt = kop[30 + naam + extra :][: lid.compress_size]
    if merk != b"PK\x03\x04" or len(ingepakt) < lid.compress_size:
        return archief.read(lid)
    uitpakker = zlib.decompressobj(-15)
    inhoud = uitpakker.decompress(ingepakt, lid.file_size + 1)
    if len(inhoud) != lid.file_size or zlib.crc32(inhoud) != lid.CRC:
        raise zipfile.BadZipFile
    return inhoud


def brokken_los(pad: Path) -> Iterator[bytes]:
    """The content of a loose file in pieces."""
    with pad.open("rb") as stroom:
        while brok := stroom.read(BROK):
            yield brok
