"""Reads the marks of a chart back to values: a point that is drawn where the value is hidden gives it away.

Two kinds are understood, because their structure says what a place means: charts over time (years along the base
line, values along the grid) and bars or dots on rows (length from a common line). Others are named, not guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from analyse.kern.fouten import ParameterFout
from analyse.kern.periode import Periode
from analyse.kern.schema import MATEN
from analyse.vrijgave.uitgave.getallen import lees_getal
from analyse.vrijgave.uitgave.svg import Opschrift, Punt, Tekening, Vorm
from analyse.vrijgave.uitgave.tabellen import ZICHTBAAR

_AF = 0.4  # points: coordinates are rounded to a tenth
_AF_X = 1.0
_GETAL = re.compile(r"€? ?(\d[\d.]*(?:,\d+)?)(%| mln)?")
_BOVEN = 8.0  # a value axis ends at or just above its last grid line
_ZAKT = 4.3  # letters beside a grid line stand this much lower
_RASTER = 40.0  # a grid line is longer than this
_MERK = 16.0  # a sign is smaller than this


@dataclass(frozen=True)
class Vak:
    """One plot with its axes: left and right, base line and top, years and the value of a point of height."""

    links: float
    rechts: float
    basis: float
    top: float
    eerste_jaar: int
    jaren: int
    per_punt: float

    def x(self, jaar: float) -> float:
        """Where a moment in decimal years stands."""
        breed = (self.rechts - self.links) / self.jaren
        return self.links + (jaar - self.eerste_jaar) * breed


@dataclass(frozen=True)
class Onvrij:
    """A mark that no released figure explains: about which value, and when or in which row."""

    waarde: float
    wanneer: str


def vergelijk(tekening: Tekening, rijen: pd.DataFrame) -> list[Onvrij] | None:
    """Marks of a chart that none of the rows of its CSV explains; None when the chart can't be measured."""
    vakken = _vakken(tekening)
    if vakken:
        return [raak for vak in vakken for raak in _over_tijd(tekening, vak, rijen)]
    return _op_rijen(tekening, rijen)


# Charts over time


def _vakken(tekening: Tekening) -> list[Vak]:
    """The plots with a time axis: base lines on which ticks stand, years below and numbers left."""
    streepjes = [v for v in tekening.vormen if _verticaal(v) and abs(v.punten[1][1] - v.punten[0][1]) <= 4]
    liggend = [v for v in tekening.vormen if _horizontaal(v)]
    opschriften = tekening.opschriften
    per_punt = _per_punt(liggend, opschriften)
    uit: list[Vak] = []
    for basis in liggend:
        x0, x1, y = *sorted(p[0] for p in basis.punten), basis.plek[1]
        eigen = sorted(
            {
                s.plek[0]
                for s in streepjes
                if x0 - 1 <= s.plek[0] <= x1 + 1 and min(abs(p[1] - y) for p in s.punten) < 1
            }
        )
        jaar = _laatste_jaar(opschriften, eigen, y) if len(eigen) > 1 else None
        if jaar is None or per_punt is None:
            continue
        hoogten = [v.plek[1] for v in liggend if abs(v.plek[0] - basis.plek[0]) < 1 and v.plek[1] < y]
        top = min(
            (h for h in hoogten if not any(h <= b.basis < y and b.links < x1 and b.rechts > x0 for b in uit)),
            default=y,
        )
        jaren = len(eigen) - 1
        uit.append(Vak(eigen[0], eigen[-1], y, top, jaar - jaren + 1, jaren, per_punt))
    return uit


def _horizontaal(vorm: Vorm) -> bool:
    """Whether a form is a line of a grid: the thin line from a point to its name is shorter."""
    if len(vorm.punten) != 2 or vorm.merk:
        return False
    (x0, y0), (x1, y1) = vorm.punten
    return y0 == y1 and abs(x1 - x0) > _RASTER


def _verticaal(vorm: Vorm) -> bool:
    return len(vorm.punten) == 2 and vorm.punten[0][0] == vorm.punten[1][0] and not vorm.merk


def _laatste_jaar(opschriften: Sequence[Opschrift], streepjes: list[float], y: float) -> int | None:
    jaren = [
        int(o.tekst)
        for o in opschriften
        if re.fullmatch(r"(?:19|20)\d\d", o.tekst)
        and y < o.y < y + 24
        and streepjes[-2] - 6 <= o.x <= streepjes[-1] + 6
    ]
    return max(jaren) if jaren else None


def _per_punt(liggend: list[Vorm], opschriften: Sequence[Opschrift]) -> float | None:
    """Value per point of height: from two grid lines that have a number beside them."""
    hoogten = sorted({v.plek[1] for v in liggend})
    gelezen: list[tuple[float, float]] = []
    for o in opschriften:
        gevonden = _GETAL.fullmatch(o.tekst.strip())
        lijnen = [h for h in hoogten if 1.5 <= o.y - h <= 6]
        if gevonden and lijnen and not re.fullmatch(r"(?:19|20)\d\d", o.tekst):
            keer = 1e6 if gevonden[2] == " mln" else 1.0
            gelezen.append((min(lijnen, key=lambda h: abs(o.y - h - _ZAKT)), lees_getal(gevonden[1])[0] * keer))
    laag, hoog = (f(gelezen, key=lambda paar: paar[1], default=(0.0, 0.0)) for f in (min, max))
    onder = min((h for h, w in gelezen if w == laag[1] and h > hoog[0]), default=laag[0])
    return (hoog[1] - laag[1]) / (onder - hoog[0]) if onder > hoog[0] and hoog[1] > laag[1] else None


def _over_tijd(tekening: Tekening, vak: Vak, rijen: pd.DataFrame) -> Iterator[Onvrij]:
    plekken = [(vak.x(midden), waarden) for midden, waarden in _per_periode(rijen)]
    gezien: set[Punt] = set()
    for x, y in _plekken(tekening, vak):
        waarde = (vak.basis - y) * vak.per_punt
        af = _AF * vak.per_punt + 1e-6
        kan = [w for plek, waarden in plekken if abs(plek - x) <= _AF_X for w in waarden]
        if not any(abs(w - waarde) <= af for w in kan) and (round(x), round(y)) not in gezien:
            gezien.add((round(x), round(y)))
            yield Onvrij(waarde, f"rond {_wanneer(vak, x)}")


def _wanneer(vak: Vak, x: float) -> str:
    jaar = vak.eerste_jaar + (x - vak.links) * vak.jaren / (vak.rechts - vak.links)
    return f"{int(jaar)}-H{1 if jaar % 1 < 0.5 else 2}"


def _per_periode(rijen: pd.DataFrame) -> list[tuple[float, list[float]]]:
    """Middle of every period in decimal years, with all numbers that are shown of it."""
    uit = []
    getoond = rijen[rijen["status"].isin(ZICHTBAAR) | rijen["waarde"].notna()]
    for code, deel in getoond.groupby("periode", sort=True):
        try:
            periode = Periode.lees(str(code))
        except ParameterFout:
            continue
        midden = periode.jaar + (periode.begin.month - 1 + periode.eind.month) / 24
        waarden = deel[list(MATEN)].to_numpy(dtype=float).ravel()
        uit.append((midden, [float(w) for w in waarden if w == w]))
    return uit


def _plekken(tekening: Tekening, vak: Vak) -> Iterator[Punt]:
    """Every place inside a plot where something is drawn: corners of lines and of areas, and signs."""
    for vorm in tekening.vormen:
        if _is_as(vorm, vak):
            continue
        for x, y in _hoeken(vorm):
            if vak.links - 0.5 <= x <= vak.rechts + 0.5 and vak.top - _BOVEN <= y <= vak.basis + 0.5:
                yield x, y


def _hoeken(vorm: Vorm) -> tuple[Punt, ...]:
    """The place of a sign; else its corners."""
    if not vorm.merk:
        return vorm.punten
    xs, ys = [p[0] for p in vorm.punten[1:]], [p[1] for p in vorm.punten[1:]]
    klein = max(xs) - min(xs) <= _MERK and max(ys) - min(ys) <= _MERK
    return vorm.punten[:1] if klein else vorm.punten[1:]


def _is_as(vorm: Vorm, vak: Vak) -> bool:
    """Grid, ticks, breaks, the ground, and the thin line from a last point to its name."""
    if len(vorm.punten) > 2 and not vorm.merk:
        xs, ys = [p[0] for p in vorm.punten], [p[1] for p in vorm.punten]
        return min(xs) < vak.links - 5 and max(xs) > vak.rechts + 5 and max(ys) - min(ys) > vak.basis - vak.top
    if len(vorm.punten) != 2 or vorm.merk:
        return False
    (x0, y0), (x1, y1) = vorm.punten
    breed = abs(x1 - x0) >= 0.95 * (vak.rechts - vak.links)
    return (y0 == y1 and breed) or x0 == x1 or max(x0, x1) > vak.rechts + 1


# Bars and dots on rows


def _op_rijen(tekening: Tekening, rijen: pd.DataFrame) -> list[Onvrij] | None:
    """Lengths from the common line, in the unit that explains most of them; None without such a line."""
    staand = [v for v in tekening.vormen if _verticaal(v) and abs(v.punten[1][1] - v.punten[0][1]) > 15]
    if not staand:
        return None
    begin = min(v.plek[0] for v in staand)
    top = min(min(p[1] for p in v.punten) for v in staand if v.plek[0] == begin)
    lengten = sorted({round(x - begin, 1) for x, y in _einden(tekening, begin) if y > top and x - begin > 0.25})
    waarden = [float(w) for w in rijen[list(MATEN)].to_numpy(dtype=float).ravel() if w == w and w > 0]
    if not lengten:
        return []
    per = max(
        (lengte / w for lengte in lengten for w in waarden),
        key=lambda schaal: sum(_past(lengte, schaal, waarden) for lengte in lengten),
        default=None,
    )
    if per is None:
        return [Onvrij(float("nan"), "een staaf of punt zonder cijfer")]
    return [Onvrij(le / per, "een staaf of punt") for le in lengten if not _past(le, per, waarden)]


def _past(lengte: float, per: float, waarden: list[float]) -> bool:
    return any(abs(lengte - per * w) <= _AF for w in waarden)


def _einden(tekening: Tekening, begin: float) -> Iterator[Punt]:
    """The right ends of bars and intervals, and the places of signs."""
    for vorm in tekening.vormen:
        if _verticaal(vorm):
            continue
        if vorm.merk:
            yield vorm.plek
        elif len(vorm.punten) == 2:
            yield from vorm.punten
        elif vorm.dicht and abs(min(p[0] for p in vorm.punten) - begin) < 1:
            yield max(vorm.punten, key=lambda p: p[0])[0], sum(p[1] for p in vorm.punten) / len(vorm.punten)
