"""One hop on disk: made when what it is made from has changed, skipped (and said so) when not.

A hop is a folder with a `manifest.json` that holds the key of its inputs. The key covers contents and code,
never times, so that a copied checkout or a touched file skips as well. Writing is atomic: a folder is there
whole, with its manifest, or not at all.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from analyse.kern.bestanden import nieuwe_map, schrijf_tekst

Melder = Callable[[str], None]
_PAKKET = Path(__file__).parent


def som(*delen: object) -> str:
    """SHA-256 over texts, in the order given."""
    return hashlib.sha256("\x1f".join(str(deel) for deel in delen).encode()).hexdigest()


def som_bestanden(paden: Iterable[Path], *, vanaf: Path) -> str:
    """SHA-256 over relative names and contents; files in sorted order."""
    totaal = hashlib.sha256()
    for pad in sorted(paden):
        with pad.open("rb") as bestand:
            inhoud = hashlib.file_digest(bestand, "sha256").hexdigest()
        totaal.update(f"{pad.relative_to(vanaf).as_posix()}\x1f{inhoud}\x1e".encode())
    return totaal.hexdigest()


def som_code(*kamers: str) -> str:
    """SHA-256 over the source of rooms of this package (`inname`, or a single file `params.py`)."""
    paden = [pad for kamer in kamers for pad in _bronnen(_PAKKET / kamer)]
    return som_bestanden(paden, vanaf=_PAKKET)


def _bronnen(plek: Path) -> list[Path]:
    # SQL and templates are code too.
    return [plek] if plek.is_file() else [p for p in plek.rglob("*") if p.is_file() and p.suffix != ".pyc"]


@dataclass(frozen=True)
class Hop:
    """A hop's folder and the key of what it is to be made from."""

    naam: str
    map: Path
    sleutel: str

    @property
    def vers(self) -> bool:
        """True when the folder was made from exactly this key."""
        try:
            manifest = json.loads((self.map / "manifest.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return False
        return bool(manifest.get("sleutel") == self.sleutel)

    def zorg(self, maak: Callable[[Path], object], *, meld: Melder) -> Path:
        """The folder, made by `maak` (which fills an empty folder) unless it is up to date."""
        if self.vers:
            meld(f"{self.naam}: ongewijzigd, overgeslagen")
            return self.map
        meld(f"{self.naam}: wordt gemaakt")
        with nieuwe_map(self.map) as tijdelijk:
            maak(tijdelijk)
            schrijf_tekst(tijdelijk / "manifest.json", json.dumps({"hop": self.naam, "sleutel": self.sleutel}))
        return self.map
