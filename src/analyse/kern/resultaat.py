"""The long result table: Meting (INTERN) and Vrijgave (BESTUURLIJK) share one shape, not one type.

Two types, so that a function that may only see released figures can ask for exactly that.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import pandas as pd

from analyse.kern import codes
from analyse.kern.bestanden import schrijf_bytes, schrijf_tekst
from analyse.kern.fouten import onbekend
from analyse.kern.schema import MATEN, RESULTAAT, SLEUTEL


def orden(tabel: pd.DataFrame) -> pd.DataFrame:
    """Columns and rows of a result table in their fixed order; categories as text, measures as float64."""
    tabel = tabel.reindex(columns=list(RESULTAAT)).astype(dict.fromkeys(MATEN, "float64"))
    return tabel.sort_values(list(SLEUTEL), kind="stable").reset_index(drop=True)


@dataclass(frozen=True)
class Resultaat:
    """A result table with the columns of `kern.schema.RESULTAAT`, sorted by its key."""

    tabel: pd.DataFrame

    def __post_init__(self) -> None:
        object.__setattr__(self, "tabel", orden(self.tabel))

    def kies(
        self,
        indicator: str,
        *,
        gebied: str | None = None,
        periode: str | None = None,
        per: str | tuple[str, ...] = (),
    ) -> pd.DataFrame:
        """Rows of one indicator split by `per` (category rows, no totals along it); raises on an unknown name."""
        if indicator not in set(self.tabel["indicator"]):
            raise onbekend("Deze indicator", indicator, set(self.tabel["indicator"]))
        per = (per,) if isinstance(per, str) else per
        for dimensie in set(per) - set(codes.DIMENSIES):
            raise onbekend("Deze uitsplitsing", dimensie, codes.DIMENSIES)
        masker = self.tabel["indicator"].eq(indicator)
        for dimensie in codes.DIMENSIES:
            masker &= (
                self.tabel[dimensie].ne(codes.TOTAAL) if dimensie in per else self.tabel[dimensie].eq(codes.TOTAAL)
            )
        if gebied is not None:
            masker &= self.tabel["gebied"].eq(gebied)
        if periode is not None:
            masker &= self.tabel["periode"].eq(periode)
        return self.tabel[masker].reset_index(drop=True)

    def schrijf(self, pad: Path) -> None:
        """Write as Parquet or CSV, by the ending of `pad`; CSV is UTF-8 with `;`, empty for null."""
        if pad.suffix == ".csv":
            schrijf_tekst(pad, csv_tekst(self.tabel))
        else:
            schrijf_bytes(pad, self.tabel.to_parquet(index=False))

    @classmethod
    def lees(cls, pad: Path) -> Self:
        """Read what `schrijf` wrote as Parquet."""
        return cls(pd.read_parquet(pad))


@dataclass(frozen=True)
class Meting(Resultaat):
    """Figures before disclosure control. INTERN."""


@dataclass(frozen=True)
class Vrijgave(Resultaat):
    """Figures after disclosure control: the only thing that notebooks and reports see."""

    # What limits the figures, per gebied: code, ernst, regel, doe, aantal (null when too small to tell).
    kwaliteit: pd.DataFrame = field(default_factory=pd.DataFrame)
    # Why figures are hidden, for all gebieden together: soort, wat, aantal (rounded; null when too small to tell).
    toelichting: pd.DataFrame = field(default_factory=pd.DataFrame)


def csv_tekst(tabel: pd.DataFrame) -> str:
    """A result table as CSV text: whole numbers without decimals, others with at most six, null as empty."""
    maten = {maat: [_getal(waarde) for waarde in tabel[maat].tolist()] for maat in MATEN if maat in tabel}
    tekstkolommen = [naam for naam in tabel.columns if naam not in maten]
    if not all(isinstance(tabel[naam].dtype, pd.StringDtype) for naam in tekstkolommen):
        return tabel.assign(**maten).to_csv(sep=";", index=False, lineterminator="\n")
    # The same without pandas' preparations, which take longer than the few rows behind a figure of a report.
    cellen = {naam: tabel[naam].fillna("").tolist() for naam in tekstkolommen} | maten
    uit = io.StringIO()
    schrijver = csv.writer(uit, delimiter=";", lineterminator="\n")
    schrijver.writerow(tabel.columns)
    schrijver.writerows(zip(*(cellen[naam] for naam in tabel.columns), strict=True))
    return uit.getvalue()


# Columns of figures in tables that are no result table.
_TELLINGEN = ("aantal", "euro", "gelezen", "gebruikt", "vervangen", "verwijderd", "opzij")


def lees_csv_tekst(tekst: str) -> pd.DataFrame:
    """What `csv_tekst` wrote: figures as numbers (NaN where empty), all other columns text."""
    tabel = pd.read_csv(io.StringIO(tekst), sep=";", dtype=str, keep_default_na=False)
    getallen = [kolom for kolom in (*MATEN, *_TELLINGEN) if kolom in tabel]
    return tabel.assign(**{kolom: pd.to_numeric(tabel[kolom]) for kolom in getallen})


def _getal(waarde: float) -> str:
    if waarde != waarde if isinstance(waarde, float) else pd.isna(waarde):
        return ""
    return str(int(waarde)) if float(waarde).is_integer() else f"{waarde:.6f}".rstrip("0")
