"""Published CSV files and workbooks: read row by row, checked for columns that nobody declared, joined to one.

A chart shows shares or rates of a count; the attacker turns them back into that count, because the numerator
stands beside it. A cell that is hidden in one file and shown in another is a leak by itself.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analyse.kern import codes
from analyse.kern.schema import EENHEDEN, MATEN, RESULTAAT, SLEUTEL
from analyse.params import Kaart

ZICHTBAAR = ("definitief", "voorlopig")
_CIJFER = re.compile(r"\d")


@dataclass(frozen=True)
class CsvTabel:
    """One CSV or sheet: its path in the edition, id, rows (measures as numbers), and columns never declared."""

    pad: str
    id: str
    rijen: pd.DataFrame
    vreemd: tuple[str, ...]

    @property
    def zichtbaar(self) -> pd.DataFrame:
        """Rows that show a figure."""
        return self.rijen[self.rijen["status"].isin(ZICHTBAAR)]

    @property
    def verborgen(self) -> pd.DataFrame:
        """Rows that are hidden."""
        return self.rijen[self.rijen["status"].eq("verborgen")]


def lees_csv(tekst: str, pad: str) -> CsvTabel:
    """A CSV as the reports write it; missing columns become empty ones."""
    regels = list(csv.reader(io.StringIO(tekst), delimiter=";"))
    return _tabel(regels[0] if regels else [], regels[1:], pad)


def lees_werkmap(inhoud: bytes, pad: str) -> tuple[list[CsvTabel], str]:
    """The tables of a workbook, a sheet each, and the text of its other sheets."""
    from openpyxl import load_workbook

    tabellen, tekst = [], []
    for blad in load_workbook(io.BytesIO(inhoud), read_only=True):
        rijen = [["" if cel is None else str(cel) for cel in rij] for rij in blad.iter_rows(values_only=True)]
        if rijen and "indicator" in rijen[0]:
            tabellen.append(_tabel(rijen[0], rijen[1:], f"{pad} ({blad.title})"))
        else:
            tekst += [" ".join(rij) for rij in rijen]
    return tabellen, " ".join(tekst)


def _tabel(koppen: list[str], regels: list[list[str]], pad: str) -> CsvTabel:
    rijen = pd.DataFrame(regels, columns=koppen, dtype=str)
    vreemd = tuple(kop for kop in koppen if _vreemd(kop, rijen) and rijen[kop].str.contains(_CIJFER).any())
    for kolom in RESULTAAT:
        if kolom not in rijen.columns:
            rijen[kolom] = codes.TOTAAL if kolom in codes.DIMENSIES else ""
    for maat in MATEN:
        rijen[maat] = pd.to_numeric(rijen[maat], errors="coerce")
    return CsvTabel(pad, pad.rpartition("/")[2].removesuffix(".csv"), rijen, vreemd)


def _vreemd(kop: str, rijen: pd.DataFrame) -> bool:
    """Whether a column is none of the result table, nor the name beside one of its codes or a part of its id."""
    if kop in RESULTAAT or kop.endswith("_naam") or kop == "reeks":
        return False
    return not _uit_indicator(rijen, kop)


def _uit_indicator(rijen: pd.DataFrame, kop: str) -> bool:
    """Whether a column only repeats what the id of the figure ends with, as that of a path does."""
    if "indicator" not in rijen.columns:
        return False
    return all(str(id_).endswith(f": {deel}") for id_, deel in zip(rijen["indicator"], rijen[kop], strict=True))


@dataclass(frozen=True)
class Botsing:
    """Two files that say something different about the same cell; `lek` when one of them hides it."""

    plek: str
    cel: tuple[str, ...]
    lek: bool


def voeg_samen(tabellen: Iterable[CsvTabel], kaarten: Mapping[str, Kaart]) -> tuple[pd.DataFrame, list[Botsing]]:
    """All files as one result table (columns RESULTAAT, a row per cell), and where they contradict each other."""
    delen = [_als_cijfers(tabel, kaarten) for tabel in tabellen]
    alle = pd.concat([pd.DataFrame(columns=[*RESULTAAT, "pad"]), *delen], ignore_index=True)
    alle["eerst"] = -alle[list(MATEN)].notna().sum(axis=1)
    alle = alle.sort_values([*SLEUTEL, "eerst"], kind="stable")
    botsingen = [_botsing(deel) for _, deel in _tegenspraak(alle)]
    uniek = alle.drop_duplicates(list(SLEUTEL))[list(RESULTAAT)]
    return uniek.astype(dict.fromkeys(MATEN, "float64")).reset_index(drop=True), botsingen


def _tegenspraak(alle: pd.DataFrame) -> Iterable[tuple[object, pd.DataFrame]]:
    verborgen = alle["status"].eq("verborgen")
    groep = alle.assign(v=verborgen).groupby(list(SLEUTEL), sort=True)
    telt = groep.agg(v=("v", "nunique"), laag=("waarde", "min"), hoog=("waarde", "max"))
    raak = telt[telt["v"].gt(1) | (telt["hoog"] - telt["laag"]).gt(1e-4)].index
    return ((sleutel, groep.get_group(sleutel)) for sleutel in raak)


def _botsing(deel: pd.DataFrame) -> Botsing:
    cel = tuple(str(deel.iloc[0][naam]) for naam in SLEUTEL)
    verborgen = deel["status"].eq("verborgen")
    getoond = deel[~verborgen & deel["waarde"].notna()]
    lek = bool(verborgen.any() and len(getoond))
    return Botsing(str((getoond if lek else deel).iloc[0]["pad"]), cel, lek)


def _als_cijfers(tabel: CsvTabel, kaarten: Mapping[str, Kaart]) -> pd.DataFrame:
    """The rows of one file as figures of their own card: shares and rates of a count as that count."""
    rijen = tabel.rijen[tabel.rijen["eenheid"].isin(EENHEDEN) & tabel.rijen["gebied"].ne("")].assign(pad=tabel.pad)
    kaart = rijen["indicator"].map({naam: kaart.eenheid for naam, kaart in kaarten.items()})
    afgeleid = kaart.isin(("aantal", "euro")) & rijen["eenheid"].ne(kaart)
    rijen = rijen.assign(kaart=kaart)
    telling = _als_telling(rijen[afgeleid])
    return pd.concat([rijen[~afgeleid], telling, _totalen(rijen[afgeleid])])[[*RESULTAAT, "pad"]]


def _als_telling(rijen: pd.DataFrame) -> pd.DataFrame:
    status = rijen["status"].mask(
        rijen["teller"].notna() & ~rijen["status"].isin((*ZICHTBAAR, "verborgen")), "definitief"
    )
    leeg = dict.fromkeys(("noemer", "onder", "boven"), np.nan)
    return rijen.assign(waarde=rijen["teller"], eenheid=rijen["kaart"], status=status, **leeg)


def _totalen(rijen: pd.DataFrame) -> pd.DataFrame:
    """The whole that shares were made of, printed beside every one of them, also beside a hidden one."""
    deel = rijen[rijen["eenheid"].eq("procent") & rijen["noemer"].notna()]
    totaal = deel.assign(teller=deel["noemer"], waarde=deel["noemer"], eenheid=deel["kaart"], status="definitief")
    leeg = dict.fromkeys(("noemer", "onder", "boven"), np.nan)
    return totaal.assign(**leeg, **dict.fromkeys(codes.DIMENSIES, codes.TOTAAL)).drop_duplicates(list(SLEUTEL))
