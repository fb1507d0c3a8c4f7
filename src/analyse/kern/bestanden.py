"""Atomic files and fingerprints: finished beside, then renamed; hashes say what was made from what."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def schrijf_bytes(pad: Path, inhoud: bytes) -> None:
    """Write `pad` whole or not at all."""
    pad.parent.mkdir(parents=True, exist_ok=True)
    greep, naam = tempfile.mkstemp(dir=pad.parent, prefix=f".{pad.name}.")
    with os.fdopen(greep, "wb") as uit:
        uit.write(inhoud)
    os.chmod(naam, 0o644)  # noqa: PTH101 - mkstemp makes 0600
    Path(naam).replace(pad)


def schrijf_tekst(pad: Path, tekst: str) -> None:
    """Write text as UTF-8 with `\\n` line ends on every platform."""
    schrijf_bytes(pad, tekst.encode("utf-8"))


@contextmanager
def nieuwe_map(pad: Path) -> Iterator[Path]:
    """Give a scratch folder that takes the place of `pad` when the block ends well, and vanishes when not."""
    pad.parent.mkdir(parents=True, exist_ok=True)
    tijdelijk = Path(tempfile.mkdtemp(dir=pad.parent, prefix=f".{pad.name}."))
    try:
        yield tijdelijk
        vorige = tijdelijk.with_suffix(".oud")
        if pad.exists():
            pad.rename(vorige)
        tijdelijk.rename(pad)
        pad.chmod(0o755)
        shutil.rmtree(vorige, ignore_errors=True)
    finally:
        shutil.rmtree(tijdelijk, ignore_errors=True)


def vingerafdruk(paden: list[Path], *, extra: str = "") -> str:
    """SHA-256 over names and contents of files, in sorted order; `extra` is mixed in."""
    som = hashlib.sha256(extra.encode())
    for pad in sorted(paden):
        som.update(pad.name.encode())
        with pad.open("rb") as bestand:
            som.update(hashlib.file_digest(bestand, "sha256").digest())
    return som.hexdigest()
