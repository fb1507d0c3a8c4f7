"""What was made from what: `output/<editie>/manifest.json`, and whether a report is still up to date.

Only contents count (hashes of inputs, code, notebooks, versions), never times or places, so that a copied
checkout gives the same manifest and skips the same reports.
"""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from analyse.kern.bestanden import schrijf_tekst, vingerafdruk
from analyse.rapport.opdracht import Opdracht, Stuk, Uitslag

NAAM = "manifest.json"
# What the bytes of a report depend on, beside this package.
PAKKETTEN = (
    "duckdb",
    "ibis-framework",
    "ipython",
    "jinja2",
    "matplotlib",
    "mistune",
    "nbconvert",
    "nbformat",
    "numpy",
    "pandas",
    "papermill",
    "pikepdf",
    "pyarrow",
    "scipy",
    "seaborn",
    "typst",
)
_PAKKET = Path(__file__).resolve().parents[1]

Bestand = dict[str, Any]


@cache
def versies() -> dict[str, str]:
    """Versions of Python and of the packages that the bytes of a report depend on."""
    return {"python": platform.python_version(), **{naam: _versie(naam) for naam in PAKKETTEN}}


def _versie(pakket: str) -> str:
    try:
        return metadata.version(pakket)
    except metadata.PackageNotFoundError:
        return ""


@cache
def som_code() -> str:
    """SHA-256 over everything in this package: modules, templates, styles."""
    bestanden = [pad for pad in _PAKKET.rglob("*") if pad.is_file() and "__pycache__" not in pad.parts]
    namen = "\n".join(sorted(pad.relative_to(_PAKKET).as_posix() for pad in bestanden))
    return vingerafdruk(bestanden, extra=namen)


def som(*delen: object) -> str:
    """SHA-256 over anything that JSON can hold."""
    return hashlib.sha256(json.dumps(delen, sort_keys=True, default=str).encode()).hexdigest()


def afdruk(opdracht: Opdracht, stuk: Stuk) -> str:
    """The fingerprint of all that one report is made from."""
    hulp = sorted(opdracht.notebooks.glob("*.py"))
    bronnen = [opdracht.bron(naam) for naam in stuk.rapport.hoofdstukken]
    return som(
        dict(opdracht.invoer),
        dict(opdracht.gegevens),
        stuk.rapport.model_dump(mode="json"),
        [opdracht.editie, stuk.gebied, stuk.naam, stuk.eenheid],
        vingerafdruk([*bronnen, *hulp]),
        som_code(),
        versies(),
    )


def beschrijf(map_: Path, *, vanaf: Path) -> list[Bestand]:
    """Path (relative to `vanaf`), size and SHA-256 of every file in a report folder, sorted."""
    return [
        {"pad": pad.relative_to(vanaf).as_posix(), "bytes": pad.stat().st_size, "sha256": _som_bestand(pad)}
        for pad in sorted(map_.rglob("*"))
        if pad.is_file()
    ]


def _som_bestand(pad: Path) -> str:
    with pad.open("rb") as bestand:
        return hashlib.file_digest(bestand, "sha256").hexdigest()


def lees(uit: Path) -> dict[str, dict[str, Any]]:
    """The reports of the last manifest in `uit`, by key; empty without a readable one."""
    try:
        inhoud = json.loads((uit / NAAM).read_text(encoding="utf-8"))
        return {rapport["sleutel"]: rapport for rapport in inhoud["rapporten"]}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def actueel(vermelding: Mapping[str, Any] | None, verwacht: str, *, uit: Path) -> bool:
    """True when a report was made from `verwacht` and its files are still exactly those."""
    if not vermelding or vermelding.get("status") != "gemaakt" or vermelding.get("afdruk") != verwacht:
        return False
    return bool(vermelding["bestanden"]) and all(_klopt(bestand, uit) for bestand in vermelding["bestanden"])


def _klopt(bestand: Mapping[str, Any], uit: Path) -> bool:
    pad = uit / bestand["pad"]
    return pad.is_file() and pad.stat().st_size == bestand["bytes"] and _som_bestand(pad) == bestand["sha256"]


def vermeld(uitslag: Uitslag, verwacht: str, *, uit: Path) -> dict[str, Any]:
    """The entry of one report that was made, or failed, just now."""
    kop = {
        "sleutel": uitslag.stuk.sleutel,
        "rapport": uitslag.stuk.rapport.naam,
        "gebied": uitslag.stuk.gebied,
        "status": uitslag.status,
        "afdruk": verwacht,
    }
    if uitslag.fout is not None:
        fout = {"hoofdstuk": uitslag.fout.hoofdstuk, "cel": uitslag.fout.cel, "melding": uitslag.fout.melding}
        return {**kop, "bestanden": [], "fout": fout}
    return {**kop, "bestanden": beschrijf(uit / uitslag.stuk.sleutel, vanaf=uit)}


def schrijf(opdracht: Opdracht, vermeldingen: Iterable[Mapping[str, Any]]) -> None:
    """Write the manifest of the edition: inputs, code, versions, and every report with its files."""
    hoofdstukken = sorted({naam for rapport in opdracht.rapporten for naam in rapport.hoofdstukken})
    inhoud = {
        "editie": opdracht.editie,
        "invoer": dict(opdracht.invoer),
        "code": som_code(),
        "notebooks": {f"{naam}.ipynb": _som_bestand(opdracht.bron(naam)) for naam in hoofdstukken},
        "versies": versies(),
        **opdracht.bijlage,
        "rapporten": list(vermeldingen),
    }
    schrijf_tekst(opdracht.uit / NAAM, json.dumps(inhoud, ensure_ascii=False, indent=1) + "\n")
