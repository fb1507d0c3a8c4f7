"""Finds what was delivered: one folder per gemeente, with messages, tables and perhaps a levering.yaml.

A missing or unknown folder is a finding, not the end: the other gemeenten go on. Only when there is nothing at
all to read does this stop.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from analyse.inname.meldingen import melding
from analyse.inname.tabellen import UITGANGEN, tabelnaam
from analyse.kern import codes
from analyse.kern.fouten import Bevinding, LeveringFout, ParameterFout
from analyse.params import Model, lees_model

INFO = "levering.yaml"


class LeveringInfo(Model):
    """levering.yaml: `peildatum` is the date of extraction, `client_id: eigen` says that ids are no BSN."""

    peildatum: date | None = None
    herkomst: str = ""
    client_id: Literal["bsn", "eigen"] = "bsn"


@dataclass(frozen=True)
class Bestand:
    """One delivered file; `bron` is its number within the whole delivery, `naam` its path inside the folder."""

    bron: int
    gemeente: str
    naam: str
    pad: Path
    soort: Literal["xml", "zip", "tabel"]
    elders: frozenset[str] = frozenset()  # files in a zip that are read as tables, each a Bestand of its own

    @property
    def tabellen(self) -> tuple[str, ...]:
        """The neutral tables that this file gives; messages give none."""
        naam = tabelnaam(self.pad.name) if self.soort == "tabel" else None
        return (naam,) if naam else ()


@dataclass(frozen=True)
class Levering:
    """What one gemeente delivered."""

    gemeente: str
    map: Path
    info: LeveringInfo
    bestanden: tuple[Bestand, ...]

    @property
    def vorm(self) -> str:
        """xml, tabel or gemengd: what the toewijzingen came in (extra tables beside messages are usual)."""
        tabel = any("toewijzingen" in b.tabellen for b in self.bestanden)
        xml = any(b.soort != "tabel" for b in self.bestanden)
        return "gemengd" if tabel and xml else "xml" if xml else "tabel"


def zoek(leveringen: Path, gemeenten: tuple[str, ...]) -> tuple[list[Levering], list[Bevinding]]:
    """Every delivery of the region in fixed order, and what is wrong with the folders.

    Raises LeveringFout when `leveringen` isn't there or holds no folder of any gemeente.
    """
    if not leveringen.is_dir():
        raise LeveringFout(
            "De map met leveringen bestaat niet.",
            waar=str(leveringen),
            doe="Geef de goede map op, of maak eerst de demoregio met: analyse demo.",
        )
    mappen = {m.name: m for m in sorted(leveringen.iterdir()) if m.is_dir() and not m.name.startswith(".")}
    bekend = [g for g in gemeenten if g in mappen]
    if not bekend:
        raise LeveringFout(
            "Deze map bevat geen map van een gemeente uit de regio.",
            ontvangen=", ".join(list(mappen)[:5]) or "een lege map",
            waar=str(leveringen),
            doe=f"Zet elke levering in een map met de gemeentecode, zoals {gemeenten[0]}.",
        )
    bevindingen = [melding("LV01", codes.REGIO, naam) for naam in mappen if naam not in gemeenten]
    bevindingen += [melding("LV03", g, g) for g in gemeenten if g not in mappen]
    gevonden: list[Levering] = []
    eerste = 0
    for gemeente in bekend:
        levering, eigen = _een(gemeente, mappen[gemeente], eerste)
        bevindingen += eigen
        eerste += len(levering.bestanden) if levering else 0
        gevonden += [levering] if levering else []
    return gevonden, bevindingen


def _een(gemeente: str, map_: Path, eerste: int) -> tuple[Levering | None, list[Bevinding]]:
    try:
        info = lees_model(LeveringInfo, map_ / INFO) if (map_ / INFO).is_file() else LeveringInfo()
    except ParameterFout as fout:
        return None, [melding("LV12", gemeente, INFO, ontvangen=_zonder_waarden(fout))]
    bestanden: list[Bestand] = []
    bevindingen: list[Bevinding] = []
    for pad in _bestanden(map_):
        naam = pad.relative_to(map_).as_posix()
        soort = _soort(pad)
        if soort is None:
            bevindingen.append(melding("LV04", gemeente, naam))
        else:
            bestanden.append(Bestand(eerste + len(bestanden), gemeente, naam, pad, soort))
    if not bestanden:
        bevindingen.append(melding("LV02", gemeente))
    return Levering(gemeente, map_, info, tuple(bestanden)), bevindingen


def _bestanden(map_: Path) -> Iterator[Path]:
    """Files in fixed order; links that point outside the folder are left alone."""
    for pad in sorted(map_.rglob("*")):
        verborgen = any(deel.startswith((".", "~$")) for deel in pad.relative_to(map_).parts)
        if pad.is_file() and not verborgen and pad.name != INFO and pad.resolve().is_relative_to(map_.resolve()):
            yield pad


def _soort(pad: Path) -> Literal["xml", "zip", "tabel"] | None:
    uitgang = pad.suffix.lower()
    if uitgang == ".xml":
        return "xml"
    if uitgang == ".zip":
        return "zip"
    return "tabel" if uitgang in UITGANGEN and tabelnaam(pad.name) else None


def _zonder_waarden(fout: ParameterFout) -> str:
    """What is wrong, without the values (they may be pasted in by accident)."""
    return re.sub(r" \(ontvangen: .*?\)", "", fout.doe or fout.regel)
