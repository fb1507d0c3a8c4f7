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
from typing import Any

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
    """What is kept of one result table: where each row stands, and the grids made so far."""

    def __init__(self, tabel: pd.DataFrame) -> None:
        # One row more than the table: the place -1, of what isn't there.
        self._kolommen = {
            naam: np.append(tabel[naam].to_numpy("float64" if naam in MATEN else object), [np.nan])
            for naam in RESULTAAT
        }
        self._plekken = _plekken(tabel)
        self._roosters: dict[tuple[object, ...], Rooster] = {}

    def rooster(
        self, indicator: str, per: str, *, gebieden: Sequence[str], periodes: Sequence[str], eenheid: str
    ) -> Rooster:
        """The grid of an indicator, split by one dimension or (`per` empty) its totals.

        `eenheid` is the unit of rows that aren't there.
        """
        sleutel = (indicator, per, *gebieden, *periodes)
        if sleutel not in self._roosters:
            tabel = self._gevuld(indicator, per, (gebieden, periodes), eenheid)
            self._roosters[sleutel] = Rooster(tabel, tuple(gebieden), tuple(periodes))
        return self._roosters[sleutel]

    @cached_property
    def inwoners(self) -> dict[tuple[str, str], float]:
        """The population behind the released rate per 1,000, by gebied and half-year."""
        plekken = self._plekken.get(("jeugdigen.per_1000", ""), {})
        noemers = {(g, p): float(self._kolommen["noemer"][plek]) for (g, p, _), plek in plekken.items()}
        return {sleutel: noemer for sleutel, noemer in noemers.items() if noemer > 0}

    def _gevuld(
        self, indicator: str, per: str, assen: tuple[Sequence[str], Sequence[str]], eenheid: str
    ) -> pd.DataFrame:
        """All combinations: same key columns, and where there is no row no figure and a status that says why."""
        plekken = self._plekken.get((indicator, per), {})
        cellen = list(product(*assen, _categorieen({soort for _, _, soort in plekken}, per) if per else [""]))
        op = np.array([plekken.get(cel, -1) for cel in cellen], dtype="int64")
        met_gegevens = {gebied for gebied, _, _ in plekken}
        vast = {"indicator": indicator, **dict.fromkeys(codes.DIMENSIES, codes.TOTAAL)}
        kolommen: dict[str, Any] = {naam: self._kolommen[naam][op] for naam in RESULTAAT if naam not in vast}
        kolommen["gebied"] = [gebied for gebied, _, _ in cellen]
        kolommen["periode"] = [periode for _, periode, _ in cellen]
        kolommen["status"] = [
            status if plek >= 0 else "geen_waarneming" if gebied in met_gegevens else "niet_leverbaar"
            for status, plek, (gebied, _, _) in zip(self._kolommen["status"][op], op, cellen, strict=True)
        ]
        kolommen |= {naam: [waarde] * len(cellen) for naam, waarde in vast.items()}
        if per:
            kolommen[per] = [soort for _, _, soort in cellen]
        tabel = pd.DataFrame(
            {naam: pd.array(kolommen[naam], "float64" if naam in MATEN else _TEKST) for naam in RESULTAAT}
        )
        return tabel.fillna({"eenheid": eenheid, "methode": ""})


Cel = tuple[str, str, str]  # gebied, half-year, category ('' for totals)


def _plekken(tabel: pd.DataFrame) -> dict[tuple[str, str], dict[Cel, int]]:
    """Per indicator and dimension the row of each cell; rows split by two dimensions have no grid."""
    gesplitst = np.column_stack([tabel[naam].ne(codes.TOTAAL).to_numpy() for naam in codes.DIMENSIES])
    hoeveel, welke = gesplitst.sum(axis=1), gesplitst.argmax(axis=1)
    indicatoren, gebieden, periodes = (tabel[naam].tolist() for naam in ("indicator", "gebied", "periode"))
    soorten = [tabel[naam].tolist() for naam in codes.DIMENSIES]
    plekken: dict[tuple[str, str], dict[Cel, int]] = {}
    for i in np.flatnonzero(hoeveel <= 1).tolist():
        nr = int(welke[i])
        per, soort = (codes.DIMENSIES[nr], soorten[nr][i]) if hoeveel[i] else ("", "")
        plekken.setdefault((indicatoren[i], per), {})[(gebieden[i], periodes[i], soort)] = i
    return plekken


_KASTEN: dict[int, tuple[weakref.ref[pd.DataFrame], Kast]] = {}


def kast(resultaat: Resultaat) -> Kast:
    """What is kept of this result table, for as long as the table lives."""
    tabel, sleutel = resultaat.tabel, id(resultaat.tabel)
    bron, bewaard = _KASTEN.get(sleutel, (None, None))
    if bron is None or bewaard is None or bron() is not tabel:
        bewaard = Kast(tabel)
        _KASTEN[sleutel] = (weakref.ref(tabel, lambda _: _KASTEN.pop(sleutel, None)), bewaard)
    return bewaard


def _categorieen(gezien: Collection[str], per: str) -> list[str]:
    """Categories that occur, in the order of the code list, unknown codes last."""
    bekend = [code for code in codes.NAMEN.get(per, {}) if code in gezien]
    return [*bekend, *sorted(code for code in gezien if code not in bekend)]
