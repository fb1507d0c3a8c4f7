"""Tables as one workbook that a back office can open, filter and trust.

Every text is an inline string, never a formula, and what a spreadsheet might take for one is marked as text
(quotePrefix), because values come from deliveries and go to people who open files on trust. Same tables, same
bytes: the library stamps the time into the file, so the zip is written anew with fixed times. Written row by row:
memory stays bounded, at the price that nothing can be changed afterwards.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
import pandas as pd

from analyse.kern.bestanden import schrijf_bytes

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

INTERN = "INTERN: bevat gegevens die niet beveiligd zijn tegen herkenning. Niet verspreiden."
MAX_RIJEN = 1_048_575  # of a sheet, below its header
_MAX_TEKST = 32_767
_BREEDTE = (8, 60)
_VOORUIT = 500  # rows that the width of a column is taken from
# A spreadsheet takes these for a formula or a command, the wide forms in some languages too.
_GEVAAR = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_ONLEESBAAR = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_TIJDEN = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_VAST = rb"\g<1>1980-01-01T00:00:00Z"


def schrijf_xlsx(
    pad: Path, bladen: Mapping[str, pd.DataFrame], *, titel: str, toelichting: str = "", intern: bool = False
) -> None:
    """Write a workbook: a sheet `Toelichting` (title, text, list of sheets), then one sheet per table.

    Columns of text stay text (codes keep their zeros), numbers numbers, dates dates, booleans ja/nee, missing
    values empty. `toelichting`: paragraphs, divided by an empty line. `intern` puts the mark on the first sheet
    and in the header of every page. Names of sheets are made valid and unique; a table longer than a sheet goes on
    in the next. The index of a table is left out.
    """
    from openpyxl import Workbook  # a fifth of a second that only this needs

    werkmap = Workbook(write_only=True)
    werkmap.properties.title, werkmap.properties.creator = _leesbaar(titel), "analyse"
    delen = list(_delen(bladen))
    _voorblad(werkmap, titel, _regels(toelichting, delen, intern=intern), intern=intern)
    for deel in delen:
        _blad(werkmap, deel, intern=intern)
    uit = io.BytesIO()
    werkmap.save(uit)
    schrijf_bytes(pad, _vaste_tijd(uit.getvalue()))


@dataclass(frozen=True)
class _Deel:
    blad: str  # name of the sheet
    naam: str  # name of the table
    tabel: pd.DataFrame


def _delen(bladen: Mapping[str, pd.DataFrame]) -> Iterator[_Deel]:
    gebruikt = {"toelichting", "history"}
    for naam, tabel in bladen.items():
        for begin in range(0, max(len(tabel), 1), MAX_RIJEN):
            yield _Deel(_bladnaam(naam, gebruikt), naam, tabel.iloc[begin : begin + MAX_RIJEN])


def _bladnaam(naam: str, gebruikt: set[str]) -> str:
    """At most 31 characters, none of those that Excel forbids, different from all before (any case)."""
    kaal = re.sub(r"[\[\]:*?/\\]", " ", _leesbaar(naam)).strip().strip("'").strip() or "Blad"
    kandidaten = [kaal[:31], *(f"{kaal[: 30 - len(str(n))]} {n}" for n in range(2, len(gebruikt) + 3))]
    gekozen = next(k for k in kandidaten if k.lower() not in gebruikt)
    gebruikt.add(gekozen.lower())
    return gekozen


def _regels(toelichting: str, delen: list[_Deel], *, intern: bool) -> list[str]:
    tekst = [" ".join(alinea.split()) for alinea in re.split(r"\n\s*\n", toelichting) if alinea.strip()]
    lijst = [f"Blad {d.blad}: {d.naam} ({len(d.tabel)} rijen)" for d in delen]
    return [*([INTERN] if intern else []), *tekst, *lijst]


def _voorblad(werkmap: Workbook, titel: str, regels: Iterable[str], *, intern: bool) -> None:
    from openpyxl.styles import Alignment, Font

    blad = _nieuw(werkmap, "Toelichting", intern=intern)
    blad.column_dimensions["A"].width = 100
    kop = _cel(blad, titel)
    kop.font = Font(bold=True, size=14)
    blad.append([kop])
    for regel in regels:
        cel = _cel(blad, regel)
        cel.alignment = Alignment(wrap_text=True, vertical="top")
        cel.font = Font(bold=regel == INTERN)
        blad.append([cel])


def _blad(werkmap: Workbook, deel: _Deel, *, intern: bool) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    blad, tabel = _nieuw(werkmap, deel.blad, intern=intern), deel.tabel
    for nr, breedte in enumerate(_breedtes(tabel), start=1):
        blad.column_dimensions[get_column_letter(nr)].width = breedte
    blad.freeze_panes = "A2"
    blad.print_title_rows = "1:1"
    if len(tabel.columns):
        blad.auto_filter.ref = f"A1:{get_column_letter(len(tabel.columns))}{len(tabel) + 1}"
    vet = Font(bold=True)
    koppen = [_cel(blad, str(naam)) for naam in tabel.columns]
    for kop in koppen:
        kop.font = vet
    blad.append(koppen)
    for rij in zip(*(_waarden(tabel[naam]) for naam in tabel.columns), strict=True):
        blad.append([_cel(blad, waarde) for waarde in rij])


def _nieuw(werkmap: Workbook, naam: str, *, intern: bool) -> Worksheet:
    from openpyxl.worksheet.properties import PageSetupProperties

    blad = cast("Worksheet", werkmap.create_sheet(naam))  # the write-only kind, which the stubs know less of
    blad.page_setup.orientation = "landscape"
    blad.page_setup.fitToHeight = 0
    blad.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if intern:
        for rand in (blad.oddHeader, blad.oddFooter):
            rand.center.text = INTERN  # type: ignore[union-attr]
        blad.sheet_properties.tabColor = "C00000"
    return blad


def _waarden(kolom: pd.Series) -> list[object]:
    """Plain Python values; missing ones None."""
    return [None if leeg else _gewoon(waarde) for waarde, leeg in zip(kolom, kolom.isna(), strict=True)]


def _gewoon(waarde: object) -> object:
    if isinstance(waarde, bool | np.bool_):
        return "ja" if waarde else "nee"
    if isinstance(waarde, dt.datetime):  # a Timestamp is one
        kaal = waarde.replace(tzinfo=None)
        return kaal.date() if kaal.time() == dt.time() else pd.Timestamp(kaal).to_pydatetime(warn=False)
    if isinstance(waarde, np.generic):
        waarde = waarde.item()
    if isinstance(waarde, float) and not np.isfinite(waarde):
        return None
    return waarde if isinstance(waarde, int | float | dt.date) else str(waarde)


def _cel(blad: Worksheet, waarde: object) -> Cell:
    from openpyxl.cell import WriteOnlyCell

    if not isinstance(waarde, str):
        cel = WriteOnlyCell(blad, value=waarde)  # type: ignore[arg-type]
        if isinstance(waarde, dt.date):
            cel.number_format = "DD-MM-YYYY HH:MM" if isinstance(waarde, dt.datetime) else "DD-MM-YYYY"
        return cel
    tekst = _leesbaar(waarde)
    cel = WriteOnlyCell(blad, value=tekst)
    cel.data_type = "s"  # the library makes a formula of '=1' and an error of '#N/A'
    cel.number_format = "@"
    cel.quotePrefix = tekst.lstrip(" ").startswith(_GEVAAR)
    return cel


def _leesbaar(tekst: str) -> str:
    """Text that XML can carry and a cell can hold."""
    schoon = _ONLEESBAAR.sub("", tekst)
    return schoon if len(schoon) <= _MAX_TEKST else schoon[: _MAX_TEKST - 1] + "…"


def _breedtes(tabel: pd.DataFrame) -> list[float]:
    def lengte(naam: object) -> int:
        teksten = [str(w) for w in _waarden(tabel[naam].iloc[:_VOORUIT]) if w is not None]
        return max([len(str(naam)) + 3, *map(len, teksten)])  # room for the filter button

    laag, hoog = _BREEDTE
    return [float(min(max(lengte(naam) + 1, laag), hoog)) for naam in tabel.columns]


def _vaste_tijd(ruw: bytes) -> bytes:
    """The same workbook without the moment at which it was made."""
    uit = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(ruw)) as oud, zipfile.ZipFile(uit, "w") as nieuw:
        for naam in oud.namelist():
            inhoud = oud.read(naam)
            if naam == "docProps/core.xml":
                inhoud = _TIJDEN.sub(_VAST, inhoud)
            lid = zipfile.ZipInfo(naam)  # 1 January 1980
            lid.compress_type, lid.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            nieuw.writestr(lid, inhoud)
    return uit.getvalue()
