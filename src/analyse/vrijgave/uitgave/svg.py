"""What a drawing gives away: the places of its marks and its texts.

A reader with a ruler gets a value out of a point; so do we. Only what our own charts hold is understood (paths of
straight lines and curves, groups, repeated marks), because it is our own charts that are published.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass

Punt = tuple[float, float]
_DELEN = re.compile(r"[A-Za-z]|-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?")
_GETAL = re.compile(r"-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?")
_AANTAL = {"m": 2, "l": 2, "h": 1, "v": 1, "q": 4, "c": 6, "t": 2, "s": 4, "z": 0}


@dataclass(frozen=True)
class Vorm:
    """One path: its corners in the units of the drawing (y downwards), closed or not, filled or drawn."""

    punten: tuple[Punt, ...]
    dicht: bool
    vulling: str = ""
    lijn: str = ""
    streep: bool = False
    merk: bool = False  # a sign that stands at one place, its first corner is that place

    @property
    def plek(self) -> Punt:
        """The first corner."""
        return self.punten[0]


@dataclass(frozen=True)
class Opschrift:
    """A text in a drawing: where its base line begins, ends or has its middle."""

    tekst: str
    x: float
    y: float


@dataclass(frozen=True)
class Tekening:
    """All forms and texts of one drawing."""

    breedte: float
    hoogte: float
    vormen: tuple[Vorm, ...]
    opschriften: tuple[Opschrift, ...]


@dataclass(frozen=True)
class _Stand:
    """Where a group stands, and how it is drawn."""

    dx: float = 0.0
    dy: float = 0.0
    sx: float = 1.0
    sy: float = 1.0
    stijl: tuple[tuple[str, str], ...] = ()

    def punt(self, x: float, y: float) -> Punt:
        """A place of the group in units of the drawing."""
        return self.dx + self.sx * x, self.dy + self.sy * y


def lees_svg(tekst: str) -> Tekening:
    """A drawing from SVG text."""
    wortel = ET.fromstring(tekst)
    vak = [float(deel) for deel in _GETAL.findall(wortel.get("viewBox", "0 0 0 0"))]
    lezer = _Lezer({k.get("id", ""): k for k in wortel.iter() if k.get("id")})
    lezer.lees(wortel, _Stand())
    return Tekening(vak[2], vak[3], tuple(lezer.vormen), tuple(lezer.opschriften))


_AS = re.compile(r"(?:€ ?)?-?\d[\d.]*(?:,\d+)?(?:%| mln)?")


def is_as(tekening: Tekening, opschrift: Opschrift) -> bool:
    """Whether a number belongs to an axis: it stands left of a grid line, or below one."""
    if not _AS.fullmatch(opschrift.tekst):
        return False
    for vorm in tekening.vormen:
        if len(vorm.punten) != 2 or vorm.merk:
            continue
        (x0, y0), (x1, y1) = sorted(vorm.punten)
        links = y0 == y1 and x1 - x0 > 40 and opschrift.x <= x0 and abs(opschrift.y - y0) <= 6
        onder = x0 == x1 and y1 - y0 > 15 and abs(opschrift.x - x0) <= 1 and opschrift.y > y1
        if links or onder:
            return True
    return False


def _soort(knoop: ET.Element) -> str:
    return knoop.tag.rpartition("}")[2]


class _Lezer:
    def __init__(self, namen: dict[str, ET.Element]) -> None:
        self.namen = namen
        self.vormen: list[Vorm] = []
        self.opschriften: list[Opschrift] = []

    def lees(self, knoop: ET.Element, stand: _Stand) -> None:
        for kind in knoop:
            soort, hier = _soort(kind), self._stand(kind, stand)
            if soort == "path":
                self._pad(kind, hier)
            elif soort == "use":
                self._herhaal(kind, hier)
            elif soort in ("text", "title", "desc"):
                self._tekst(kind, hier)
            elif soort in ("g", "svg"):
                self.lees(kind, hier)

    def _stand(self, knoop: ET.Element, stand: _Stand) -> _Stand:
        eigen = {n: knoop.get(n, "") for n in ("fill", "stroke", "stroke-dasharray") if knoop.get(n)}
        stijl = tuple({**dict(stand.stijl), **eigen}.items())
        dx, dy, sx, sy = stand.dx, stand.dy, stand.sx, stand.sy
        for naam, inhoud in re.findall(r"(\w+)\(([^)]*)\)", knoop.get("transform", "")):
            getallen = [float(deel) for deel in _GETAL.findall(inhoud)]
            if naam == "translate":
                dx, dy = dx + sx * getallen[0], dy + sy * (getallen[1] if len(getallen) > 1 else 0.0)
            elif naam == "scale":
                sx, sy = sx * getallen[0], sy * (getallen[1] if len(getallen) > 1 else getallen[0])
        return _Stand(dx, dy, sx, sy, stijl)

    def _tekst(self, knoop: ET.Element, stand: _Stand) -> None:
        x, y = stand.punt(float(knoop.get("x", 0)), float(knoop.get("y", 0)))
        self.opschriften.append(Opschrift(" ".join("".join(knoop.itertext()).split()), x, y))

    def _herhaal(self, knoop: ET.Element, stand: _Stand) -> None:
        naam = next((w for n, w in knoop.attrib.items() if n.rpartition("}")[2] == "href"), "")
        doel = self.namen.get(naam.lstrip("#"))
        if doel is not None and _soort(doel) == "path":
            dx, dy = stand.punt(float(knoop.get("x", 0)), float(knoop.get("y", 0)))
            self._pad(doel, _Stand(dx, dy, stand.sx, stand.sy, stand.stijl), merk=True)

    def _pad(self, knoop: ET.Element, stand: _Stand, *, merk: bool = False) -> None:
        stijl = {**dict(stand.stijl), **{n: knoop.get(n, "") for n in ("fill", "stroke") if knoop.get(n)}}
        streep = bool(knoop.get("stroke-dasharray") or stijl.get("stroke-dasharray"))
        for punten, dicht in hoeken(knoop.get("d", "")):
            plekken = tuple(stand.punt(x, y) for x, y in punten)
            begin = ((stand.dx, stand.dy),) if merk else ()
            vulling, lijn = stijl.get("fill", ""), stijl.get("stroke", "")
            self.vormen.append(Vorm((*begin, *plekken), dicht, vulling, lijn, streep, merk))


def hoeken(pad: str) -> Iterator[tuple[list[Punt], bool]]:
    """The corners of every part of path data (control points of curves left out), and whether it is closed."""
    delen, i, code = _DELEN.findall(pad), 0, ""
    plek = begin = (0.0, 0.0)
    punten: list[Punt] = []
    while i < len(delen):
        if delen[i].isalpha():
            code, i = delen[i], i + 1
        aantal = _AANTAL[code.lower()]
        waarden, i = [float(deel) for deel in delen[i : i + aantal]], i + aantal
        if code in "Zz":
            yield punten, True
            punten, plek = [], begin
            continue
        nieuw = _stap(code, waarden, plek)
        if code in "Mm":
            if punten:
                yield punten, False
            punten, begin, code = [], nieuw, "l" if code == "m" else "L"
        elif not punten:
            punten = [plek]
        plek = nieuw
        punten.append(plek)
    if punten:
        yield punten, False


def _stap(code: str, waarden: list[float], plek: Punt) -> Punt:
    basis = plek if code.islower() else (0.0, 0.0)
    if code in "hH":
        return basis[0] + waarden[0], plek[1]
    if code in "vV":
        return plek[0], basis[1] + waarden[0]
    return basis[0] + waarden[-2], basis[1] + waarden[-1]
