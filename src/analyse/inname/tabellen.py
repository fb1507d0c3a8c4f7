"""Reads tables (CSV, XLSX, Parquet) under the neutral names: everything as text, nothing guessed.

Types come later, in one place for all readers; reading `0200` or `31-12-9999` as text can't damage it. What is
wrong with the shape of a table (columns, encoding, torn rows) is said here, what is wrong with values later.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pcsv
import pyarrow.parquet as pq

from analyse.inname.archief import GRENZEN, OnveiligArchief, bezwaar, open_archief
from analyse.kern.schema import NEUTRAAL

UITGANGEN = (".csv", ".xlsx", ".parquet")


class OnleesbareTabel(Exception):
    """The file can't be read as a table; the text says why, in Dutch."""


@dataclass(frozen=True)
class Gelezen:
    """A table as text; `nr` is the row number in the file, `krom` the numbers of rows that were torn."""

    inhoud: pa.Table
    nr: pa.Array
    krom: tuple[int, ...] = ()
    windows_1252: bool = False


def tabelnaam(bestand: str) -> str | None:
    """The neutral table that a file name stands for: `toewijzingen.csv`, `declaraties_2024.csv`."""
    stam, punt, uitgang = bestand.lower().rpartition(".")
    gevonden = re.fullmatch(r"([a-z]+)([_-]\d[\w-]*)?", stam)
    if not gevonden or f"{punt}{uitgang}" not in UITGANGEN:
        return None
    return gevonden[1] if gevonden[1] in NEUTRAAL else None


def lees_tabel(pad: Path) -> Gelezen:
    """One table file as text; empty and blank become null. Raises OnleesbareTabel."""
    lezer = {".csv": _lees_csv, ".xlsx": _lees_xlsx, ".parquet": _lees_parquet}[pad.suffix.lower()]
    try:
        ruw = lezer(pad)
    except (pa.ArrowException, ValueError, OSError, KeyError) as fout:
        raise OnleesbareTabel(_reden(fout)) from fout
    namen = [re.sub(r"\s+", "_", str(naam).strip().lower()) for naam in ruw.inhoud.column_names]
    if len(set(namen)) < len(namen):
        raise OnleesbareTabel("een kolomnaam komt twee keer voor")
    return Gelezen(
        pa.table([_schoon(k) for k in ruw.inhoud.columns], names=namen), ruw.nr, ruw.krom, ruw.windows_1252
    )


def _reden(fout: Exception) -> str:
    """Never the message of the library: it may quote the data."""
    return str(fout) if isinstance(fout, _Reden) else "het bestand is beschadigd of leeg"


class _Reden(ValueError):
    """A reason of our own, safe to show."""


def _schoon(kolom: pa.ChunkedArray) -> pa.ChunkedArray:
    tekst = pc.utf8_trim_whitespace(kolom)
    return pc.if_else(pc.equal(tekst, ""), pa.scalar(None, pa.string()), tekst)


def _lees_csv(pad: Path) -> Gelezen:
    ruw = pad.read_bytes()
    if ruw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise _Reden("het bestand is in UTF-16 opgeslagen")
    ruw, anders = _naar_utf8(ruw.removeprefix(b"\xef\xbb\xbf"))
    kop = ruw.split(b"\n", 1)[0]
    scheiding = ";" if b";" in kop else ","
    namen = next(iter(_csv_regel(kop.decode(), scheiding)), [])
    krom: list[int] = []

    def opzij(rij: pcsv.InvalidRow) -> str:
        krom.append(rij.number or 0)
        return "skip"

    inhoud = pcsv.read_csv(
        io.BytesIO(ruw),
        read_options=pcsv.ReadOptions(use_threads=False),
        parse_options=pcsv.ParseOptions(delimiter=scheiding, newlines_in_values=True, invalid_row_handler=opzij),
        convert_options=pcsv.ConvertOptions(
            column_types=dict.fromkeys(namen, pa.string()), strings_can_be_null=False, check_utf8=True
        ),
    )
    return Gelezen(inhoud, _rijnummers(len(inhoud), set(krom)), tuple(krom), anders)


def _csv_regel(tekst: str, scheiding: str) -> Iterator[list[str]]:
    return csv.reader([tekst.rstrip("\r")], delimiter=scheiding)


def _naar_utf8(ruw: bytes) -> tuple[bytes, bool]:
    try:
        ruw.decode("utf-8")
    except UnicodeDecodeError:
        return ruw.decode("cp1252", errors="replace").encode(), True
    return ruw, False


def _rijnummers(aantal: int, krom: set[int]) -> pa.Array:
    """Row numbers in the file (the header is row 1) of the rows that were kept."""
    if not krom:
        return pa.array(range(2, aantal + 2), pa.int32())
    return pa.array([n for n in range(2, aantal + len(krom) + 2) if n not in krom], pa.int32())


def _lees_parquet(pad: Path) -> Gelezen:
    inhoud = pq.read_table(pad)
    kolommen = [_als_tekst(kolom) for kolom in inhoud.columns]
    return Gelezen(pa.table(kolommen, names=inhoud.column_names), _rijnummers(len(inhoud), set()))


def _als_tekst(kolom: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_timestamp(kolom.type):
        kolom = kolom.cast(pa.timestamp("us")).cast(pa.date32(), safe=False)
    if pa.types.is_floating(kolom.type):
        heel = pc.all(pc.equal(kolom, pc.floor(kolom)), skip_nulls=True).as_py()
        kolom = kolom.cast(pa.int64()) if heel else kolom
    return kolom.cast(pa.string())


def _lees_xlsx(pad: Path) -> Gelezen:
    import openpyxl

    _keur_xlsx(pad)
    try:
        werkmap = openpyxl.load_workbook(pad, read_only=True, data_only=True)
        blad = werkmap[werkmap.sheetnames[0]]
        rijen = list(blad.iter_rows(values_only=True))
        werkmap.close()
    except Exception as fout:  # openpyxl raises whatever the XML inside makes it raise
        raise _Reden("het Excel-bestand is beschadigd") from fout
    if not rijen:
        raise _Reden("het eerste werkblad is leeg")
    kop, *rest = rijen
    breedte = max((i + 1 for i, naam in enumerate(kop) if naam is not None), default=0)
    gevuld = [(n, r) for n, r in enumerate(rest, start=2) if any(c is not None for c in r)]
    kolommen = [pa.array([_cel(r[i]) for _, r in gevuld], pa.string()) for i in range(breedte)]
    nummers = pa.array([n for n, _ in gevuld], pa.int32())
    namen = [str(naam or f"kolom {i + 1}") for i, naam in enumerate(kop[:breedte])]
    return Gelezen(pa.table(kolommen, names=namen), nummers)


def _keur_xlsx(pad: Path) -> None:
    """An XLSX is a zip of XML: the same limits hold."""
    try:
        with open_archief(pad, GRENZEN) as archief:
            redenen = [r for lid in archief.leden if (r := bezwaar(lid, GRENZEN))]
    except OnveiligArchief as fout:
        raise _Reden(str(fout)) from fout
    if redenen:
        raise _Reden(redenen[0])


def _cel(waarde: object) -> str | None:
    if waarde is None:
        return None
    if isinstance(waarde, dt.datetime):
        return waarde.date().isoformat() if waarde.time() == dt.time() else waarde.isoformat()
    if isinstance(waarde, dt.date | dt.time):
        return waarde.isoformat()
    if isinstance(waarde, float) and waarde.is_integer():
        return str(int(waarde))
    return str(waarde)
