"""CBS figures beside ours: the newest ones there are, always with their period, status and source.

CBS counts what providers report, also help that gemeenten don't pay for through messages, so its figures are
higher; they stand beside ours to place them, not to correct them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd

from analyse.kern import codes
from analyse.kern.periode import Periode
from analyse.weergave import opmaak
from analyse.weergave.beeld import Beeld
from analyse.weergave.hoofdstukken.bouw.gemeen import bron

TOTAAL = "totaal"
NOTEN = (
    "Een punt (.) bij het CBS betekent: te klein om te tonen. "
    "Het CBS rondt af op vijf en noemt cijfers voorlopig (*) tot de volgende levering.",
)


@dataclass(frozen=True)
class Telling:
    """CBS counts of one measure and period; `waarden` per category, None where CBS shows none."""

    waarden: dict[str, float | None] = field(default_factory=dict)
    periode: str = ""
    bron: str = ""
    voorlopig: bool = False

    def cel(self, categorie: str = TOTAAL) -> str:
        """A count as a table cell."""
        if categorie not in self.waarden:
            return opmaak.GEEN_WAARNEMING
        waarde = self.waarden[categorie]
        if waarde is None:
            return opmaak.VERBORGEN
        return opmaak.cel(waarde, "aantal", "voorlopig" if self.voorlopig else "definitief")

    def aandeel(self, categorie: str, alle: Sequence[str]) -> str:
        """A category as a percentage of the visible categories in `alle`."""
        waarde = self.waarden.get(categorie)
        som = sum(self.waarden.get(code) or 0.0 for code in alle)
        if waarde is None or not som:
            return self.cel(categorie) if waarde is None else opmaak.GEEN_WAARNEMING
        return opmaak.cel(100 * waarde / som, "procent", "voorlopig" if self.voorlopig else "definitief")


def gemeenten(beeld: Beeld) -> tuple[str, ...]:
    """The gemeenten whose CBS figures together are those of this gebied."""
    return beeld.params.regio.codes if beeld.is_regio else (beeld.gebied,)


def nieuwste(beeld: Beeld, maat: str, gebieden: Sequence[str]) -> Telling:
    """The newest CBS period that all these gebieden have, added up; an empty Telling when there is none."""
    tabellen = [beeld.cbs(maat, gebied) for gebied in gebieden]
    gedeeld = set.intersection(*(set(tabel["periode"]) for tabel in tabellen))
    return _telling(tabellen, max(gedeeld)) if gedeeld else Telling()


def landelijk(beeld: Beeld, maat: str, periode: str | None) -> Telling:
    """National CBS counts of one period; an empty Telling when there are none."""
    tabel = beeld.cbs(maat, codes.NEDERLAND)
    return _telling([tabel], periode) if periode in set(tabel["periode"]) and periode else Telling()


def _telling(tabellen: Sequence[pd.DataFrame], periode: str) -> Telling:
    rijen = pd.concat([tabel[tabel["periode"].eq(periode)] for tabel in tabellen], ignore_index=True)
    return Telling(
        waarden={str(code): _som(deel["waarde"]) for code, deel in rijen.groupby("categorie")},
        periode=periode_naam(periode),
        bron=str(rijen["bron"].iloc[0]),
        voorlopig=bool(rijen["status"].str.contains("voorlopig").any()),
    )


def _som(waarden: pd.Series) -> float | None:
    """The sum of what CBS shows; None when CBS shows none of it."""
    zichtbaar = waarden.dropna()
    return float(zichtbaar.sum()) if len(zichtbaar) else None


def periode_naam(periode: str) -> str:
    """A CBS period in a column head: '1e hj. 2023' or 'heel 2022'."""
    gelezen = Periode.lees(periode)
    return opmaak.periode_kort(gelezen) if gelezen.deel else f"heel {periode}"


def bronregel(beeld: Beeld, bronnen: Sequence[str]) -> str:
    """Our source and those of CBS."""
    namen = list(dict.fromkeys(naam for naam in bronnen if naam))
    return "; ".join([bron(beeld), *namen])
