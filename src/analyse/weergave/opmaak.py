"""Dutch text for figures, dates and differences: the one place where a number becomes words.

Own functions and not the `locale` module: a locale is process-wide, has to be installed, and differs between
Windows and Linux, so two machines would make different reports. Rounding is half up, as readers do it by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import SupportsFloat

import pandas as pd

from analyse.kern.fouten import onbekend
from analyse.kern.periode import MAANDEN, Periode

# A figure as it comes out of any frame: a Python or numpy number, or nothing.
Cijfer = SupportsFloat | None

NBSP = "\u00a0"
MIN = "\u2212"
VERBORGEN = "."
GEEN_WAARNEMING = "–"
NIET_LEVERBAAR = "n.b."
VOORLOPIG = "*"

_TELWOORDEN = ("nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien")


def ontbreekt(waarde: object) -> bool:
    """Whether there is no number: None, NaN or pandas' NA."""
    return waarde is None or bool(pd.isna(waarde))  # type: ignore[call-overload]


def getal(waarde: Cijfer, decimalen: int = 0) -> str:
    """A number with dots per thousand and a decimal comma: `1.234,5`; empty when there is none."""
    if waarde is None or ontbreekt(waarde):
        return ""
    rond = Decimal(repr(float(waarde))).quantize(Decimal(1).scaleb(-decimalen), rounding=ROUND_HALF_UP)
    tekst = f"{abs(rond):,.{decimalen}f}".translate(str.maketrans(",.", ".,"))
    return (MIN if rond < 0 else "") + tekst


def procent(waarde: Cijfer, decimalen: int = 0) -> str:
    """A percentage on the scale 0-100: `12%`."""
    return "" if ontbreekt(waarde) else f"{getal(waarde, decimalen)}%"


def euro(waarde: Cijfer) -> str:
    """Whole euros: `€ 1.234`."""
    return "" if ontbreekt(waarde) else f"€{NBSP}{getal(waarde)}"


def euro_kort(waarde: Cijfer) -> str:
    """Euros for prose: `€ 1,2 miljoen` from a million on, else whole euros."""
    if waarde is None or ontbreekt(waarde) or abs(float(waarde)) < 999_500:
        return euro(waarde)
    return f"€{NBSP}{getal(float(waarde) / 1e6, 1)}{NBSP}miljoen"


def dagen(waarde: Cijfer) -> str:
    """A number of days: `1 dag`, `123 dagen`."""
    aantal = getal(waarde)
    return aantal and f"{aantal}{NBSP}{'dag' if aantal == '1' else 'dagen'}"


def per_1000(waarde: Cijfer) -> str:
    """A rate with its denominator: `98,4 per 1.000`."""
    return "" if ontbreekt(waarde) else f"{getal(waarde, 1)} per{NBSP}1.000"


def getal_woord(aantal: int) -> str:
    """Up to ten as a word, further as digits."""
    return _TELWOORDEN[aantal] if 0 <= aantal < len(_TELWOORDEN) else getal(aantal)


def datum(dag: date | str) -> str:
    """A day in full: `31 december 2025`; text is read as an ISO date."""
    dag = date.fromisoformat(dag) if isinstance(dag, str) else dag
    return f"{dag.day}{NBSP}{MAANDEN[dag.month - 1]} {dag.year}"


def periode(code: str | Periode) -> str:
    """A period in full: `2e halfjaar 2025`."""
    return (code if isinstance(code, Periode) else Periode.lees(code)).naam


def periode_kort(code: str | Periode) -> str:
    """A period where there is little room: `2e hj. 2025`."""
    return periode(code).replace("halfjaar", "hj.").replace(" ", NBSP)


_MET_EENHEID: dict[str, Callable[[Cijfer], str]] = {
    "aantal": getal,
    "procent": procent,
    "dagen": dagen,
    "euro": euro,
    "per_1000": per_1000,
    "cijfer": lambda waarde: getal(waarde, 1),
}
_IN_CEL: dict[str, Callable[[Cijfer], str]] = {
    **_MET_EENHEID,
    "dagen": getal,
    "per_1000": lambda waarde: getal(waarde, 1),
}
_ZONDER_WAARDE = {
    "verborgen": VERBORGEN,
    "geen_waarneming": GEEN_WAARNEMING,
    "niet_leverbaar": NIET_LEVERBAAR,
}


def waarde(getal_: Cijfer, eenheid: str) -> str:
    """A figure with its unit, for prose; raises ParameterFout on an unknown unit."""
    if eenheid not in _MET_EENHEID:
        raise onbekend("Deze eenheid", eenheid, _MET_EENHEID)
    return _MET_EENHEID[eenheid](getal_)


def cel(getal_: Cijfer, eenheid: str, status: str = "definitief") -> str:
    """A figure in a table: hidden `.`, no observation `–`, not deliverable `n.b.`, provisional with `*`."""
    if status in _ZONDER_WAARDE:
        return _ZONDER_WAARDE[status]
    if ontbreekt(getal_):
        return GEEN_WAARNEMING
    if eenheid not in _IN_CEL:
        raise onbekend("Deze eenheid", eenheid, _IN_CEL)
    return _IN_CEL[eenheid](getal_) + (VOORLOPIG if status == "voorlopig" else "")


def opsomming(delen: Sequence[str]) -> str:
    """Words as a Dutch enumeration: `a, b en c`."""
    return " en ".join([", ".join(delen[:-1]), delen[-1]] if len(delen) > 1 else delen)


def statussen(data: pd.DataFrame) -> pd.Series:
    """The status of every row; `definitief` where the frame has no such column."""
    if "status" in data.columns:
        return data["status"].fillna("definitief").astype(str)
    return pd.Series("definitief", index=data.index)


def breed(
    data: pd.DataFrame, *, rijen: str = "periode", kolommen: str = "reeks", eenheid: str = "aantal"
) -> pd.DataFrame:
    """Long rows as a display table: first column the row names, then one text column per `kolommen`.

    Order is that of first appearance; periods are written in full; a combination that isn't there is empty.
    """
    tekst = [cel(w, eenheid, s) for w, s in zip(data["waarde"], statussen(data), strict=True)]
    cellen = dict(zip(zip(data[rijen], data[kolommen], strict=True), tekst, strict=True))
    koppen, namen = list(dict.fromkeys(data[kolommen])), list(dict.fromkeys(data[rijen]))
    rij_naam = periode if rijen == "periode" else str
    kolom = {kop: [cellen.get((naam, kop), "") for naam in namen] for kop in koppen}
    return pd.DataFrame({rijen.capitalize(): [rij_naam(naam) for naam in namen], **kolom})


@dataclass(frozen=True)
class Verschil:
    """A difference in words. `richting` is omhoog, omlaag, gelijk or onbekend."""

    richting: str
    woord: str
    tekst: str


_WOORDEN = {
    "aantal": ("meer", "minder"),
    "euro": ("meer", "minder"),
    "procent": ("hoger", "lager"),
    "per_1000": ("hoger", "lager"),
    "dagen": ("langer", "korter"),
    "cijfer": ("hoger", "lager"),
}
NIET_TE_VERGELIJKEN = Verschil("onbekend", "niet te vergelijken", "niet te vergelijken")


def verschil(nieuw: Cijfer, oud: Cijfer, eenheid: str, *, marge: float | None = None) -> Verschil:
    """How `nieuw` differs from `oud`, in words of its unit; within `marge` it is 'ongeveer gelijk'.

    `marge` is in the unit of the figure; default 5 % of `oud`, for percentages 1 point. It is about wording
    only: whether a difference means something is for statistics to say.
    """
    if nieuw is None or oud is None or ontbreekt(nieuw) or ontbreekt(oud):
        return NIET_TE_VERGELIJKEN
    stap = float(nieuw) - float(oud)
    grens = marge if marge is not None else (1.0 if eenheid == "procent" else 0.05 * abs(float(oud)))
    if abs(stap) <= grens:
        return Verschil("gelijk", "ongeveer gelijk", "ongeveer gelijk")
    woord = _WOORDEN[eenheid][0 if stap > 0 else 1]
    return Verschil("omhoog" if stap > 0 else "omlaag", woord, _verschil_tekst(stap, float(oud), eenheid, woord))


def _verschil_tekst(stap: float, oud: float, eenheid: str, woord: str) -> str:
    grootte = abs(stap)
    if eenheid == "procent":
        return f"{getal(grootte, 0 if grootte >= 1 else 1)} procentpunt {woord}"
    aandeel = f" ({'+' if stap > 0 else MIN}{procent(grootte / abs(oud) * 100)})" if oud else ""
    return f"{waarde(grootte, eenheid)} {woord}{aandeel}"
