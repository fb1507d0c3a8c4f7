"""Report folders that are there whole or not at all.

A batch works in one scratch folder beside the reports (same disk, so that a rename is one step); a finished
report takes the place of the old one, an unfinished one never shows. A lock keeps two batches of one edition
apart and makes it safe to clear what a killed batch left behind.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from analyse.kern.fouten import RapportFout

try:
    import fcntl
except ImportError:  # Windows: no lock; two batches of one edition at once are the user's risk there
    fcntl = None  # type: ignore[assignment]

_KLAD = ".bezig-"


@contextlib.contextmanager
def werkplaats(uit: Path) -> Iterator[Path]:
    """A scratch folder for one batch in `uit`, gone when the block ends; RapportFout while another is busy."""
    uit.mkdir(parents=True, exist_ok=True)
    with _slot(uit):
        for oud in uit.glob(f"{_KLAD}*"):
            shutil.rmtree(oud, ignore_errors=True)
        klad = Path(tempfile.mkdtemp(dir=uit, prefix=_KLAD))
        try:
            yield klad
        finally:
            shutil.rmtree(klad, ignore_errors=True)


@contextlib.contextmanager
def _slot(map_: Path) -> Iterator[None]:
    if fcntl is None:
        yield
        return
    greep = os.open(map_, os.O_RDONLY)
    try:
        _neem_slot(greep, map_)
        yield
    finally:
        os.close(greep)


def _neem_slot(greep: int, map_: Path) -> None:
    try:
        fcntl.flock(greep, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as fout:
        raise RapportFout(
            "Er worden al rapporten van deze editie gemaakt.",
            waar=map_.name,
            doe="Wacht tot die klaar zijn en start opnieuw.",
        ) from fout


def vervang(klaar: Path, doel: Path) -> None:
    """Put the finished folder `klaar` in the place of `doel`; both on one disk."""
    doel.parent.mkdir(parents=True, exist_ok=True)
    oud = klaar.with_name(f"{klaar.name}.oud")
    if doel.exists():
        doel.rename(oud)
    klaar.rename(doel)
    shutil.rmtree(oud, ignore_errors=True)


def verwijder(doel: Path, *, tot: Path) -> None:
    """Remove a report folder, and its parents up to `tot` when they are empty."""
    shutil.rmtree(doel, ignore_errors=True)
    with contextlib.suppress(OSError):
        for ouder in doel.parents:
            if ouder == tot:
                return
            ouder.rmdir()
