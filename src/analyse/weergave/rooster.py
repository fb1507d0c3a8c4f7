"""The complete rows of an indicator: every gebied × half-year × category, made once per result table.

Every chapter of every gebied asks for the same ones, so they are kept beside the table that they come from and a
question is a slice, not a search. Text in them is Python's own: in tables of a dozen rows Arrow's takes longer to
start than to compare.
"""

from __future__ import annotations

import weakref
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

import numpy as np
import pandas as pd

from analyse.kern import codes
from analyse.kern.resultaat import Resultaat
from analyse.kern.schema import MATEN, RESULTAAT

_TEKST = pd.StringDtype("python", na_value=np.nan)


@dataclass(frozen=True)
class Rooster:
    """Rows in order of gebied, half-year, category; all categories everywhere, so that places can be reckoned."""

    tabel: pd.DataFrame
    gebieden: tuple[str, ...]
    periodes: tuple[str, ...]

    def kies(self, gebieden: Collection[str], periodes: Collection[str]) -> pd.DataFrame:
        """The rows of these gebieden and half-years, in the order of the grid; others are left out."""
        vakken = len(self.gebieden) * len(self.periodes)
        breed = len(self.tabel) // vakken if vakken else 0
        g = np.array([i for i, gebied in enumerate(self.gebieden) if gebied in gebieden], dtype="int64")
        p = np.array([i for i, periode in enumerate(self.periodes) if periode in periodes], dtype="int64")
        plekken = ((g[:, None] * len(self.periodes) + p)[:, :, None] * breed + np.arange(breed)).ravel()
        return _op(self.tabel, plekken).reset_index(drop=True)


def _op(tabel: pd.DataFrame, plekken: np.ndarray) -> pd.DataFrame:
    """Rows by place; a slice, which copies nothing, when they lie beside each other."""
    if not len(plekken):
        return tabel.iloc[:0]
    begin, eind = int(plekken[0]), int(plekken[-1]) + 1
    return tabel.iloc[begin:eind] if eind - begin == len(plekken) else tabel.iloc[plekken]


class Kast:
    """What is kept of one result table: its rows by indicator, and the grids made so far."""

    def __init__(self, tabel: pd.DataFrame) -> None:
        self._per_indicator = {str(naam): deel for naam, deel in tabel.groupby("indicator")}
        self._leeg = tabel.iloc[:0].copy()
        self._roosters: dict[tuple[object, ...], Rooster] = {}

    def deel(self, indicator: str, per: str) -> pd.DataFrame:
        """The rows of an indicator as they are, split by one dimension or (`per` empty) its totals."""
        deel = self._per_indicator.get(indicator, self._leeg)
        masker = pd.Series(True, index=deel.index)
        for dimensie in codes.DIMENSIES:
            totaal = deel[dimensie].eq(codes.TOTAAL)
            masker &= ~totaal if dimensie == per else totaal
        return deel[masker]

    def rooster(
        self, indicator: str, per: str, *, gebieden: Sequence[str], periodes: Sequence[str], eenheid: str
    ) -> Rooster:
        """The grid of an indicator; `eenheid` is the unit of rows that aren't there."""
        sleutel = (indicator, per, *gebieden, *periodes)
        if sleutel not in self._roosters:
            deel = self.deel(indicator, per)
            tabel = _gevuld(deel, indicator, per, (tuple(gebieden), tuple(periodes)), eenheid)
            self._roosters[sleutel] = Rooster(tabel, tuple(gebieden), tuple(periodes))
        return self._roosters[sleutel]

    @cached_property
    def inwoners(self) -> dict[tuple[str, str], float]:
        """The population behind the released rate per 1,000, by gebied and half-year."""
        rijen = self.deel("jeugdigen.per_1000", "")
        rijen = rijen[rijen["noemer"].gt(0)]
        return dict(zip(zip(rijen["gebied"], rijen["periode"], strict=True), rijen["noemer"], strict=True))


_KASTEN: dict[int, tuple[weakref.ref[pd.DataFrame], Kast]] = {}


def kast(resultaat: Resultaat) -> Kast:
    """What is kept of this result table, for as long as the table lives."""
    tabel, sleutel = resultaat.tabel, id(resultaat.tabel)
    bron, bewaard = _KASTEN.get(sleutel, (None, None))
    if bron is None or bewaard is None or bron() is not tabel:
        bewaard = Kast(tabel)
        _KASTEN[sleutel] = (weakref.ref(tabel, lambda _: _KASTEN.pop(sleutel, None)), bewaard)
    return bewaard


def _gevuld(
    deel: pd.DataFrame, indicator: str, per: str, assen: tuple[tuple[str, ...], tuple[str, ...]], eenheid: str
) -> pd.DataFrame:
    """All combinations: same key columns, and where there is no row no figure and a status that says why."""
    kolommen = ["gebied", "periode", *([per] if per else [])]
    paren = list(product(*assen, *([_categorieen(deel, per)] if per else [])))
    rijen = pd.DataFrame(paren, columns=kolommen).merge(deel, how="left", on=kolommen, validate="one_to_one")
    met_gegevens = set(deel["gebied"])
    ontbreekt = rijen["indicator"].isna()
    soort = rijen["gebied"].map(lambda gebied: "geen_waarneming" if gebied in met_gegevens else "niet_leverbaar")
    rijen["indicator"] = indicator
    rijen["eenheid"] = rijen["eenheid"].fillna(eenheid)
    for dimensie in codes.DIMENSIES:
        rijen[dimensie] = rijen[dimensie].fillna(codes.TOTAAL)
    rijen["methode"] = rijen["methode"].fillna("")
    rijen["status"] = rijen["status"].mask(ontbreekt, soort)
    rijen = rijen[list(RESULTAAT)]
    return rijen.astype({kolom: "float64" if kolom in MATEN else _TEKST for kolom in RESULTAAT})


def _categorieen(deel: pd.DataFrame, per: str) -> list[str]:
    """Categories that occur, in the order of the code list, unknown codes last."""
    gezien = sorted({str(code) for code in deel[per]})
    bekend = [code for code in codes.NAMEN.get(per, {}) if code in gezien]
    return [*bekend, *(code for code in gezien if code not in bekend)]
