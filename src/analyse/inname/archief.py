"""Zip files without surprises: bounded in number, size and ratio, nothing unpacked to disk, no zip in a zip.

The limits are far above any real delivery (a large gemeente sends some hundred thousand messages a year) and far
below what harms a laptop.
"""

from __future__ import annotations

import mmap
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self

BROK = 1 << 20
_KOP = struct.Struct("<4s22xHH")  # of one file in a zip: signature, length of name, length of extra field


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


@dataclass(frozen=True)
class Archief:
    """An open zip; `inhoud` is the file itself, mapped into memory."""

    zip: zipfile.ZipFile
    inhoud: mmap.mmap

    @property
    def leden(self) -> list[zipfile.ZipInfo]:
        """The files in it, in the order of its directory."""
        return [lid for lid in self.zip.infolist() if not lid.is_dir()]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.zip.close()
        self.inhoud.close()


def open_archief(pad: Path, grenzen: Grenzen) -> Archief:
    """Open a zip after checking what it says about itself."""
    try:
        archief = zipfile.ZipFile(pad)
        with pad.open("rb") as bron:
            inhoud = mmap.mmap(bron.fileno(), 0, access=mmap.ACCESS_READ)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as fout:
        raise OnveiligArchief("het zipbestand is beschadigd") from fout
    leden = archief.infolist()
    if len(leden) > grenzen.aantal:
        raise OnveiligArchief(f"meer dan {grenzen.aantal} bestanden")
    if sum(lid.file_size for lid in leden) > grenzen.totaal:
        raise OnveiligArchief("uitgepakt te groot")
    return Archief(archief, inhoud)


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


def brokken(archief: Archief, lid: zipfile.ZipInfo) -> Iterator[bytes]:
    """The content of one file in pieces; never more than it says it holds. Raises ValueError when damaged."""
    try:
        if lid.file_size < BROK:
            yield _klein(archief, lid)
            return
        with archief.zip.open(lid) as stroom:
            while brok := stroom.read(BROK):
                yield brok
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, RuntimeError) as fout:
        raise ValueError("beschadigd") from fout


def _klein(archief: Archief, lid: zipfile.ZipInfo) -> bytes:
    """A small deflated file at once: `ZipFile.read` spends more time on its own objects than on unpacking."""
    if lid.compress_type != zipfile.ZIP_DEFLATED:
        return archief.zip.read(lid)
    merk, naam, extra = _KOP.unpack_from(archief.inhoud, lid.header_offset)
    begin = lid.header_offset + _KOP.size + naam + extra
    ingepakt = archief.inhoud[begin : begin + lid.compress_size]
    inhoud = zlib.decompressobj(-15).decompress(ingepakt, lid.file_size + 1)
    if merk != b"PK\x03\x04" or len(inhoud) != lid.file_size or zlib.crc32(inhoud) != lid.CRC:
        raise zipfile.BadZipFile
    return inhoud


def brokken_los(pad: Path) -> Iterator[bytes]:
    """The content of a loose file in pieces. Raises OSError when it can't be opened."""
    with pad.open("rb") as stroom:
        while brok := stroom.read(BROK):
            yield brok
