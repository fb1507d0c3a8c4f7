"""Finds what was delivered: one folder per gemeente, with messages, tables and perhaps a levering.yaml.

A missing or unknown folder is a finding, not the end: the other gemeenten go on. Only when there is nothing at
all to read does this stop.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any, Literal

from analyse.inname.archief import GRENZEN, OnveiligArchief, open_archief
from analyse.inname.meldingen import melding, veilig
from analyse.inname.tabellen import TEKST, UITGANGEN, OnleesbareTabel, Plek, bezwaar_tabel, tabelnaam, vooraan
from analyse.inname.vertaling.bronnen import Vertalingen
from analyse.inname.vertaling.herkennen import Keuze, Oordeel, herken, ongebruikt
from analyse.inname.vertaling.koppen import Treffer
from analyse.inname.vertaling.model import Lijst, Vertaling
from analyse.kern import codes
from analyse.kern.fouten import Bevinding, LeveringFout, ParameterFout
from analyse.kern.schema import NEUTRAAL
from analyse.params import Model, lees_model

INFO = "levering.yaml"
EXPORTS = (*UITGANGEN, *TEKST, ".json")  # what may hold a table
IN_ZIP = (*UITGANGEN, ".json")
GEEN = Vertalingen()
_VREEMD = 5  # unknown headers that are named


class LeveringInfo(Model):
    """levering.yaml: `peildatum` is the date of extraction, `client_id: eigen` says that ids are no BSN.

    `vertaling` names the mappings (params/leveringen) of the exports in this folder; empty: by their headers.
    """

    peildatum: date | None = None
    herkomst: str = ""
    client_id: Literal["bsn", "eigen"] = "bsn"
    vertaling: Lijst = ()


@dataclass(frozen=True)
class Bestand:
    """One delivered file; `bron` is its number within the whole delivery, `naam` its path inside the folder."""

    bron: int
    gemeente: str
    naam: str
    pad: Path
    soort: Literal["xml", "zip", "tabel"]
    elders: frozenset[str] = frozenset()  # files in a zip that are read as tables, each a Bestand of its own
    lid: str = ""  # the table in a zip
    blad: str = ""  # the sheet of a workbook
    keuze: Keuze | None = None  # the mapping, when this is an export

    @property
    def plek(self) -> Plek:
        """Where the table is read."""
        return Plek(self.pad, self.lid, self.blad)

    @property
    def tabellen(self) -> tuple[str, ...]:
        """The neutral tables that this file gives; messages give none."""
        if self.keuze:
            return self.keuze.tabellen
        naam = tabelnaam(self.plek.naam) if self.soort == "tabel" else None
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


def zoek(
    leveringen: Path, gemeenten: tuple[str, ...], vertalingen: Vertalingen = GEEN
) -> tuple[list[Levering], list[Bevinding]]:
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
        levering, eigen = _een(gemeente, mappen[gemeente], eerste, vertalingen)
        bevindingen += eigen
        eerste += len(levering.bestanden) if levering else 0
        gevonden += [levering] if levering else []
    return gevonden, bevindingen


def _een(
    gemeente: str, map_: Path, eerste: int, vertalingen: Vertalingen
) -> tuple[Levering | None, list[Bevinding]]:
    try:
        info = lees_model(LeveringInfo, map_ / INFO) if (map_ / INFO).is_file() else LeveringInfo()
        mag = vertalingen.kies(info.vertaling)
    except ParameterFout as fout:
        return None, [melding("LV12", gemeente, INFO, ontvangen=_zonder_waarden(fout))]
    zoeker = _Zoeker(gemeente, eerste, vertalingen, mag, gekozen=bool(info.vertaling))
    for pad in _paden(map_):
        zoeker.bekijk(pad, pad.relative_to(map_).as_posix(), buiten=_wijst_naar_buiten(pad, map_))
    if not zoeker.bestanden:
        zoeker.bevindingen.append(melding("LV02", gemeente))
    return Levering(gemeente, map_, info, tuple(zoeker.bestanden)), zoeker.bevindingen


class _Zoeker:
    """The files of one folder: what each is, and what is wrong with it."""

    def __init__(
        self, gemeente: str, eerste: int, alle: Vertalingen, mag: Mapping[str, Vertaling], *, gekozen: bool
    ) -> None:
        self._gemeente, self._eerste, self._alle, self._mag = gemeente, eerste, alle, mag
        self._gekozen = gekozen
        self.bestanden: list[Bestand] = []
        self.bevindingen: list[Bevinding] = []

    def bekijk(self, pad: Path, naam: str, *, buiten: bool) -> None:
        """One file: a message, a zip, a table, something unknown, or a link that isn't followed."""
        uitgang = pad.suffix.lower()
        if buiten:
            self._melding("LV24", naam)
        elif uitgang == ".xml":
            self._erbij(naam, pad, "xml")
        elif uitgang == ".zip":
            self._zip(naam, pad)
        elif uitgang in EXPORTS:
            self._tabel(naam, Plek(pad))
        else:
            self._melding("LV04", naam)

    def _zip(self, naam: str, pad: Path) -> None:
        """Tables in a zip are files of their own; the zip itself stays for its messages and for what is wrong."""
        try:
            with open_archief(pad, GRENZEN) as archief:
                leden = archief.leden
        except OnveiligArchief:
            leden = []
        tabellen = [
            lid.filename
            for lid in leden
            if lid.filename.lower().endswith(IN_ZIP)  # a zip holds a hundred thousand messages and a few tables
            and PurePosixPath(lid.filename).suffix.lower() in IN_ZIP
            and not bezwaar_tabel(lid)
        ]
        if len(tabellen) < len(leden) or not leden:
            self._erbij(naam, pad, "zip", elders=frozenset(tabellen))
        for lid in tabellen:
            self._tabel(f"{naam}/{lid}", Plek(pad, lid))

    def _tabel(self, naam: str, plek: Plek) -> None:
        neutraal = tabelnaam(plek.naam) is not None
        if neutraal and not self._gekozen and _is_neutraal(plek):
            self._erbij(naam, plek.pad, "tabel", lid=plek.lid)
            return
        try:
            oordelen = herken(plek, self._mag)
        except OnleesbareTabel as fout:
            # A file with a neutral name is read all the same: the reader says what is wrong with it.
            if neutraal:
                self._erbij(naam, plek.pad, "tabel", lid=plek.lid)
            else:
                self._melding("LV10" if plek.uitgang in UITGANGEN else "LV04", naam, ontvangen=str(fout))
            return
        if neutraal and not any(o.keuze for o in oordelen):
            self._erbij(naam, plek.pad, "tabel", lid=plek.lid)
            return
        for oordeel in oordelen:
            self._blad(naam, plek, oordeel, van=len(oordelen))

    def _blad(self, naam: str, plek: Plek, oordeel: Oordeel, *, van: int) -> None:
        """One sheet; its name is only told where a workbook has several."""
        heel = f"{naam}, blad {oordeel.blad}" if van > 1 else naam
        if oordeel.keuze:
            keuze = replace(oordeel.keuze, producten=self._alle.producten)
            self._erbij(heel, plek.pad, "tabel", lid=plek.lid, blad=oordeel.blad, keuze=keuze)
        elif oordeel.gelijk:
            self._melding("LV31", heel, ontvangen=", ".join(oordeel.gelijk))
        elif not oordeel.bijna and (oordeel.koppen or van == 1):
            self._melding("LV04", heel)
        if oordeel.bijna:
            self._melding("LV32", heel, ontvangen=self._mist(*oordeel.bijna))

    def _mist(self, naam: str, treffer: Treffer) -> str:
        """What a table that almost fits lacks, and which headers might be it."""
        vreemd = [veilig(kop) for kop in ongebruikt(self._alle.per_naam[naam], treffer.kop)[:_VREEMD]]
        rest = f"; kolommen die de vertaling niet kent: {', '.join(vreemd)}" if vreemd else ""
        return f"{naam}, tabel {treffer.tabel}, zonder {', '.join(treffer.mist)}{rest}"

    def _erbij(self, naam: str, pad: Path, soort: Literal["xml", "zip", "tabel"], **rest: Any) -> None:  # noqa: ANN401
        nummer = self._eerste + len(self.bestanden)
        self.bestanden.append(Bestand(nummer, self._gemeente, naam, pad, soort, **rest))

    def _melding(self, code: str, naam: str, **rest: str) -> None:
        self.bevindingen.append(melding(code, self._gemeente, naam, **rest))  # type: ignore[arg-type]


def _is_neutraal(plek: Plek) -> bool:
    """Whether the first row has every column that the neutral table of this name asks for."""
    try:
        bladen = vooraan(plek)
    except OnleesbareTabel:
        return True
    rijen = bladen[0][1] if bladen else []
    aanwezig = {naam.strip().lower().replace(" ", "_") for naam in (rijen[0] if rijen else [])}
    tabel = NEUTRAAL[tabelnaam(plek.naam) or ""]
    return set(tabel.verplicht) <= aanwezig


def _paden(map_: Path) -> Iterator[Path]:
    """Files and links in fixed order, but hidden ones and levering.yaml."""
    for pad in sorted(map_.rglob("*")):
        verborgen = any(deel.startswith((".", "~$")) for deel in pad.relative_to(map_).parts)
        if (pad.is_symlink() or pad.is_file()) and not verborgen and pad.name != INFO:
            yield pad


def _wijst_naar_buiten(pad: Path, map_: Path) -> bool:
    """A link to nothing, to itself, or to something that wasn't delivered."""
    try:
        return not pad.is_file() or not pad.resolve().is_relative_to(map_.resolve())
    except (OSError, RuntimeError):
        return True


def _zonder_waarden(fout: ParameterFout) -> str:
    """What is wrong, without the values (they may be pasted in by accident)."""
    return re.sub(r" \(ontvangen: .*?\)", "", fout.doe or fout.regel)
