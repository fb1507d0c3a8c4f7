"""Reads tables (CSV, XLSX, Parquet, also inside a zip): everything as text, nothing guessed.

Types come later, in one place for all readers; reading `0200` or `31-12-9999` as text can't damage it. What is
wrong with the shape of a table (columns, encoding, torn rows) is said here, what is wrong with values later.
"""

from __future__ import annotations

import copy
import csv
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pcsv
import pyarrow.parquet as pq

from analyse.inname.archief import GRENZEN, OnveiligArchief, bezwaar, brokken, open_archief
from analyse.inname.werkmap import Cel, OnleesbareWerkmap, bladnamen, lees_blad
from analyse.kern.schema import NEUTRAAL

UITGANGEN = (".csv", ".xlsx", ".parquet")
TEKST = (".csv", ".txt", ".tsv")  # read as text with a separator
SCHEIDINGEN = (";", ",", "\t", "|")
VOORAAN = 25  # rows looked at to find a header
_KOP = 256 << 10  # bytes in which these rows stand


class OnleesbareTabel(Exception):
    """The file can't be read as a table; the text says why, in Dutch."""


@dataclass(frozen=True)
class Gelezen:
    """A table as text; `nr` is the row number in the file, `krom` the numbers of rows that were torn.

    `soorten` says per column what kind of cell every value was (werkmap.DATUM, GETAL, TEKST); only from Excel.
    """

    inhoud: pa.Table
    nr: pa.Array
    krom: tuple[int, ...] = ()
    windows_1252: bool = False
    soorten: tuple[pa.Array, ...] = ()


@dataclass(frozen=True)
class Plek:
    """A table inside a file: `lid` is the file in a zip, `blad` the sheet of a workbook; '' is the file itself."""

    pad: Path
    lid: str = ""
    blad: str = ""

    @property
    def naam(self) -> str:
        """The name of the file that holds the table, without folders."""
        return PurePosixPath(self.lid.replace("\\", "/")).name if self.lid else self.pad.name

    @property
    def uitgang(self) -> str:
        """`.csv`, in lower case."""
        return PurePosixPath(self.naam).suffix.lower()


@dataclass(frozen=True)
class Vorm:
    """How a text table is written: `kop` is the row of the header (from 0), None for `scheiding` means look."""

    kop: int = 0
    scheiding: str | None = None
    tekenset: str = "auto"


def tabelnaam(bestand: str) -> str | None:
    """The neutral table that a file name stands for: `toewijzingen.csv`, `declaraties_2024.csv`."""
    stam, punt, uitgang = bestand.lower().rpartition(".")
    gevonden = re.fullmatch(r"([a-z]+)([_-]\d[\w-]*)?", stam)
    if not gevonden or f"{punt}{uitgang}" not in UITGANGEN:
        return None
    return gevonden[1] if gevonden[1] in NEUTRAAL else None


def lees_tabel(pad: Path, lid: str = "") -> Gelezen:
    """One table with the neutral names in its first row; empty and blank become null. Raises OnleesbareTabel."""
    gelezen = lees_ruw(Plek(pad, lid))
    namen = [re.sub(r"\s+", "_", naam.strip().lower()) for naam in gelezen.inhoud.column_names]
    if len(set(namen)) < len(namen):
        raise OnleesbareTabel("een kolomnaam komt twee keer voor")
    return replace(gelezen, inhoud=gelezen.inhoud.rename_columns(namen))


def lees_ruw(plek: Plek, vorm: Vorm | None = None) -> Gelezen:
    """One table under the names that stand in it; empty and blank become null. Raises OnleesbareTabel."""
    try:
        ruw = inhoud_van(plek)
        if plek.uitgang == ".xlsx":
            gelezen = _lees_xlsx(ruw, plek.blad, vorm or Vorm())
        elif plek.uitgang == ".parquet":
            gelezen = _lees_parquet(ruw)
        else:
            gelezen = _lees_csv(ruw, vorm or Vorm())
    except (pa.ArrowException, ValueError, OSError, KeyError) as fout:
        raise OnleesbareTabel(_reden(fout)) from fout
    schoon = [_schoon(kolom) for kolom in gelezen.inhoud.columns]
    return replace(gelezen, inhoud=pa.table(schoon, names=gelezen.inhoud.column_names))


def vooraan(plek: Plek) -> list[tuple[str, list[list[str]]]]:
    """The first rows of every sheet as text, to find a header in; other files are one sheet without a name.

    Raises OnleesbareTabel.
    """
    try:
        if plek.uitgang in TEKST and not plek.lid:
            with plek.pad.open("rb") as bestand:
                ruw = bestand.read(_KOP + 1)
        else:
            ruw = inhoud_van(plek)
        if plek.uitgang == ".xlsx":
            return [(naam, _eerste_rijen(ruw, naam)) for naam in bladnamen(ruw)]
        if plek.uitgang == ".parquet":
            return [("", [list(pq.read_schema(io.BytesIO(ruw)).names)])]
        regels = _naar_utf8(_hele_regels(ruw), "auto")[0].decode().splitlines()[:VOORAAN]
        return [("", _splits(regels, scheiding_van(regels)))]
    except (pa.ArrowException, ValueError, OSError, KeyError) as fout:
        raise OnleesbareTabel(_reden(fout)) from fout


def inhoud_van(plek: Plek) -> bytes:
    """The bytes of a file, also inside a zip (under the limits of `archief`). Raises ValueError or OSError."""
    if not plek.lid:
        return plek.pad.read_bytes()
    try:
        with open_archief(plek.pad, GRENZEN) as archief:
            lid = next((lid for lid in archief.leden if lid.filename == plek.lid), None)
            if lid is None:
                raise _Reden("het bestand staat niet meer in de zip")
            if reden := bezwaar_tabel(lid):
                raise _Reden(reden)
            return b"".join(brokken(archief, lid))
    except OnveiligArchief as fout:
        raise _Reden(str(fout)) from fout


def bezwaar_tabel(lid: zipfile.ZipInfo) -> str | None:
    """Why a table in a zip isn't read. A workbook is an archive itself; it is checked when it is opened."""
    kopie = copy.copy(lid)
    if kopie.filename.lower().endswith(".xlsx"):
        kopie.filename = kopie.filename[: -len(".xlsx")] + ".csv"
    return bezwaar(kopie, GRENZEN)


def _reden(fout: Exception) -> str:
    """Never the message of the library: it may quote the data."""
    return str(fout) if isinstance(fout, _Reden | OnleesbareWerkmap) else "het bestand is beschadigd of leeg"


class _Reden(ValueError):
    """A reason of our own, safe to show."""


def _schoon(kolom: pa.ChunkedArray) -> pa.ChunkedArray:
    tekst = pc.utf8_trim_whitespace(kolom)
    return pc.if_else(pc.equal(tekst, ""), pa.scalar(None, pa.string()), tekst)


def _lees_csv(ruw: bytes, vorm: Vorm) -> Gelezen:
    ruw, anders = _naar_utf8(ruw, vorm.tekenset)
    regels = _hele_regels(ruw).decode().splitlines()[: vorm.kop + 1]
    scheiding = vorm.scheiding or scheiding_van(regels[vorm.kop :])
    namen = _namen(next(iter(_splits(regels[vorm.kop :], scheiding)), []))
    krom: list[int] = []

    def opzij(rij: pcsv.InvalidRow) -> str:
        krom.append(rij.number or 0)
        return "skip"

    inhoud = pcsv.read_csv(
        io.BytesIO(ruw),
        read_options=pcsv.ReadOptions(use_threads=False, column_names=namen, skip_rows=vorm.kop + 1),
        parse_options=pcsv.ParseOptions(delimiter=scheiding, newlines_in_values=True, invalid_row_handler=opzij),
        convert_options=pcsv.ConvertOptions(
            column_types=dict.fromkeys(namen, pa.string()), strings_can_be_null=False, check_utf8=True
        ),
    )
    return Gelezen(inhoud, _rijnummers(len(inhoud), krom, vorm.kop), tuple(krom), anders)


def scheiding_van(regels: Sequence[str]) -> str:
    """The separator that makes most columns in the widest of these rows; `;` when nothing separates."""
    breedte = {s: max((len(rij) for rij in _splits(regels, s)), default=0) for s in SCHEIDINGEN}
    return max(SCHEIDINGEN, key=lambda s: breedte[s])


def _splits(regels: Sequence[str], scheiding: str) -> list[list[str]]:
    return list(csv.reader(regels, delimiter=scheiding))


def _naar_utf8(ruw: bytes, tekenset: str) -> tuple[bytes, bool]:
    """The text as UTF-8, and whether it was Windows-1252 without anybody saying so."""
    if ruw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise _Reden("het bestand is in UTF-16 opgeslagen")
    ruw = ruw.removeprefix(b"\xef\xbb\xbf")
    if not ruw.strip():
        raise _Reden("het bestand is leeg")
    try:
        ruw.decode("utf-8")
    except UnicodeDecodeError:
        return ruw.decode("cp1252", errors="replace").encode(), tekenset != "windows-1252"
    return ruw, False


def _hele_regels(ruw: bytes) -> bytes:
    """The first part of a file, cut after a whole line."""
    return ruw if len(ruw) <= _KOP else ruw[:_KOP].rpartition(b"\n")[0]


def _namen(kop: Sequence[str]) -> list[str]:
    """The header; a column without a name gets its number."""
    return [ruw.strip() or f"kolom {nr}" for nr, ruw in enumerate(kop, start=1)]


def _rijnummers(aantal: int, krom: Sequence[int], kop: int) -> pa.Array:
    """Row numbers in the file (the header is row 1) of the rows that were kept."""
    weg = set(krom)
    if not weg:
        return pa.array(range(kop + 2, kop + aantal + 2), pa.int32())
    alle = range(kop + 2, kop + aantal + len(weg) + 2)
    return pa.array([n for n in alle if n not in weg], pa.int32())


def _lees_parquet(ruw: bytes) -> Gelezen:
    inhoud = pq.read_table(io.BytesIO(ruw))
    kolommen = [_als_tekst(kolom) for kolom in inhoud.columns]
    return Gelezen(pa.table(kolommen, names=inhoud.column_names), _rijnummers(len(inhoud), (), 0))


def _als_tekst(kolom: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_timestamp(kolom.type):
        kolom = kolom.cast(pa.timestamp("us")).cast(pa.date32(), safe=False)
    if pa.types.is_floating(kolom.type):
        heel = pc.all(pc.equal(kolom, pc.floor(kolom)), skip_nulls=True).as_py()
        kolom = kolom.cast(pa.int64()) if heel else kolom
    return kolom.cast(pa.string())


def _lees_xlsx(ruw: bytes, blad: str, vorm: Vorm) -> Gelezen:
    rijen = lees_blad(ruw, blad)
    kop = next((rij for nr, rij in rijen if nr > vorm.kop), None)
    if kop is None:
        raise _Reden("het werkblad is leeg" if blad else "het eerste werkblad is leeg")
    breedte = max((i + 1 for i, cel in enumerate(kop) if cel), default=0)
    gevuld = [(nr, rij) for nr, rij in rijen if nr > vorm.kop][1:]
    cellen = [[rij[i] if i < len(rij) else None for _, rij in gevuld] for i in range(breedte)]
    teksten = [pa.array([cel.tekst if cel else None for cel in kolom], pa.string()) for kolom in cellen]
    soorten = tuple(pa.array([cel.soort if cel else None for cel in kolom], pa.string()) for kolom in cellen)
    namen = _namen([cel.tekst if cel else "" for cel in kop[:breedte]])
    nummers = pa.array([nr for nr, _ in gevuld], pa.int32())
    return Gelezen(pa.table(teksten, names=namen), nummers, soorten=soorten)


def _eerste_rijen(ruw: bytes, blad: str) -> list[list[str]]:
    """Rows at their own place, empty ones too, so that the number of the header is its number in the sheet."""
    rijen = dict(lees_blad(ruw, blad, hoogstens=VOORAAN))
    return [[_tekst(cel) for cel in rijen.get(nr, [])] for nr in range(1, max(rijen, default=0) + 1)]


def _tekst(cel: Cel | None) -> str:
    return cel.tekst if cel else ""
