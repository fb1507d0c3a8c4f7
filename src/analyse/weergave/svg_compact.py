"""Make matplotlib's SVG three to five times smaller without visible loss.

Twenty charts have to fit in one report that travels by mail. Coordinates go to a tenth of a point and relative,
styles become attributes of the group that shares them, clipping that cuts nothing goes, and so do unused ids,
groups and metadata.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from functools import lru_cache
from html import escape

_SVG = "{http://www.w3.org/2000/svg}"
# A style would hold for the whole page that the drawing stands in.
_WEG = (f"{_SVG}metadata", f"{_SVG}style")
_HREF = "{http://www.w3.org/1999/xlink}href"
_STANDAARD = {
    "stroke-dashoffset": "0",
    "stroke-opacity": "1",
    "fill-opacity": "1",
    "opacity": "1",
    "text-anchor": "start",
    # Stated once, on the whole drawing.
    "stroke-linejoin": "round",
    "stroke-linecap": "butt",
}
_VET = "SemiBold"
_SPELING = 0.5  # points by which a line may leave its clip without being cut visibly
_GETAL = re.compile(r"-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?")
_DELEN = re.compile(rf"[A-Za-z]|{_GETAL.pattern}")
_PAREN = {"M": 1, "L": 1, "Q": 2, "C": 3, "Z": 0}
_NAAMRUIMTE = 'xmlns="http://www.w3.org/2000/svg"'
_BEGIN = re.compile(rf"m({_GETAL.pattern},?{_GETAL.pattern})")
_NIET_GEDRAAID = re.compile(r"rotate\(-?0 [^)]*\)")
Rechthoek = tuple[float, float, float, float]


def compact(svg: str) -> str:
    """The same drawing in fewer bytes; only for SVG that matplotlib wrote."""
    wortel = ET.fromstring(svg)
    _zonder_knip(wortel)
    for knoop in wortel.iter():
        _stijl_naar_attributen(knoop)
        if knoop.tag == f"{_SVG}text":
            _kort_tekst(knoop)
        _kort_getallen(knoop)
    _kort_namen(wortel)
    _ruim_op(wortel)
    wortel.attrib = {
        "viewBox": wortel.get("viewBox", ""),
        "font-family": "Public Sans,sans-serif",
        "stroke-linejoin": "round",
    }
    return _schrijf(wortel)


def _zonder_knip(wortel: ET.Element) -> None:
    """Leave out clipping of lines that lie within it; it costs more than the line."""
    rechthoeken = {
        f"url(#{knip.get('id')})": _rechthoek(knip[0]) for knip in wortel.iter(f"{_SVG}clipPath") if len(knip) == 1
    }
    for pad in wortel.iter(f"{_SVG}path"):
        rechthoek = rechthoeken.get(pad.get("clip-path", ""))
        if rechthoek and _binnen(pad.get("d", ""), rechthoek):
            del pad.attrib["clip-path"]


def _rechthoek(knoop: ET.Element) -> Rechthoek:
    x, y, breed, hoog = (float(knoop.get(naam, 0)) for naam in ("x", "y", "width", "height"))
    return x, y, x + breed, y + hoog


def _binnen(pad: str, rechthoek: Rechthoek) -> bool:
    links, boven, rechts, onder = rechthoek
    return all(
        links - _SPELING <= x <= rechts + _SPELING and boven - _SPELING <= y <= onder + _SPELING
        for _, getallen in _stappen(pad)
        for x, y in zip(getallen[::2], getallen[1::2], strict=True)
    )


def _kort_tekst(knoop: ET.Element) -> None:
    """The typeface stands on the whole drawing, its semibold as a weight; not turned is not said."""
    if _VET in knoop.attrib.pop("font-family", ""):
        knoop.set("font-weight", "600")
    knoop.set("font-size", knoop.get("font-size", "").removesuffix("px"))
    if _NIET_GEDRAAID.fullmatch(knoop.get("transform", "")):
        del knoop.attrib["transform"]


def _stijl_naar_attributen(knoop: ET.Element) -> None:
    for regel in filter(None, knoop.attrib.pop("style", "").split(";")):
        naam, waarde = (deel.strip() for deel in regel.split(":", 1))
        if _STANDAARD.get(naam) != waarde:
            knoop.set(naam, _kort_kleur(waarde))


def _kort_kleur(waarde: str) -> str:
    paren = re.fullmatch(r"#(.)\1(.)\2(.)\3", waarde)
    return f"#{paren[1]}{paren[2]}{paren[3]}" if paren else waarde


def _kort_getallen(knoop: ET.Element) -> None:
    if "d" in knoop.attrib:
        knoop.set("d", _relatief(knoop.attrib["d"], factor=1.0, decimalen=1))
    for naam in ("x", "y", "width", "height"):
        if naam in knoop.attrib and not knoop.attrib[naam].endswith("pt"):
            knoop.set(naam, _rond(float(knoop.attrib[naam]), 1))
    if "transform" in knoop.attrib:
        knoop.set("transform", _GETAL.sub(lambda getal: _rond(float(getal[0]), 1), knoop.attrib["transform"]))


@lru_cache(maxsize=16384)
def _rond(waarde: float, decimalen: int) -> str:
    tekst = f"{waarde:.{decimalen}f}"
    tekst = tekst.rstrip("0").rstrip(".") if "." in tekst else tekst
    tekst = re.sub(r"^(-?)0\.", r"\1.", tekst)
    return "0" if tekst in ("-0", "", "-") else tekst


def _stappen(pad: str) -> Iterator[tuple[str, list[float]]]:
    delen = _DELEN.findall(pad)
    i = 0
    while i < len(delen):
        letter = delen[i].upper()
        aantal = _PAREN[letter] * 2
        yield letter, [float(deel) for deel in delen[i + 1 : i + 1 + aantal]]
        i += 1 + aantal


# The same letters come back in every chart of a report.
@lru_cache(maxsize=2048)
def _relatief(pad: str, *, factor: float, decimalen: int) -> str:
    """Path data relative and rounded; errors don't add up, because all points are on the grid first."""
    uit: list[str] = []
    plek = begin = (0.0, 0.0)
    vorige = ""
    for letter, getallen in _stappen(pad):
        punten = [
            (round(getallen[i] * factor, decimalen), round(getallen[i + 1] * factor, decimalen))
            for i in range(0, len(getallen), 2)
        ]
        code, waarden = _stap(letter, punten, plek)
        plek = punten[-1] if punten else begin
        begin = plek if letter == "M" else begin
        uit.append(_plak(code if code != vorige or code in "mz" else "", waarden, decimalen))
        vorige = "l" if code == "m" else code
    return "".join(uit)


def _stap(letter: str, punten: list[tuple[float, float]], plek: tuple[float, float]) -> tuple[str, list[float]]:
    delta = [waarde - plek[as_] for punt in punten for as_, waarde in enumerate(punt)]
    if letter == "L" and not delta[1]:
        return "h", delta[:1]
    if letter == "L" and not delta[0]:
        return "v", delta[1:]
    return letter.lower(), delta


def _plak(code: str, waarden: list[float], decimalen: int) -> str:
    """A command with its numbers; a minus sign separates, else a comma (a space would cost three bytes)."""
    tekst = code
    for i, waarde in enumerate(waarden):
        getal = _rond(waarde, decimalen)
        tekst += ("," if (i or not code) and not getal.startswith("-") else "") + getal
    return tekst


def _kort_namen(wortel: ET.Element) -> None:
    """Short names for ids that are referred to; the others go."""
    verwezen = {k.get(_HREF, "")[1:] for k in wortel.iter()} | {
        k.get("clip-path", "")[5:-1] for k in wortel.iter()
    }
    kort: dict[str, str] = {}
    for knoop in wortel.iter():
        naam = knoop.attrib.pop("id", "")
        if naam in verwezen and naam:
            kort.setdefault(naam, _naam(len(kort)))
            knoop.set("id", kort[naam])
    for knoop in wortel.iter():
        if _HREF in knoop.attrib:
            knoop.set(_HREF, f"#{kort[knoop.attrib[_HREF][1:]]}")
        if "clip-path" in knoop.attrib:
            knoop.set("clip-path", f"url(#{kort[knoop.attrib['clip-path'][5:-1]]})")


def _naam(i: int) -> str:
    letters = "abcdefghijklmnopqrstuvwxyz"
    return letters[i % 26] if i < 26 else f"{_naam(i // 26 - 1)}{letters[i % 26]}"


def _ruim_op(knoop: ET.Element) -> None:
    """Shared attributes move to the group; groups without attributes make way for their children."""
    kinderen: list[ET.Element] = []
    for kind in list(knoop):
        _ruim_op(kind)
        kaal = kind.tag == f"{_SVG}g" and not kind.attrib
        weg = kind.tag in _WEG or (kind.tag == f"{_SVG}defs" and not len(kind))
        kinderen.extend(list(kind) if kaal else [] if weg else [kind])
    knoop[:] = _lijnen_samen(kinderen)
    if knoop.tag == f"{_SVG}g":
        _til_op(knoop)


def _lijnen_samen(kinderen: list[ET.Element]) -> list[ET.Element]:
    """Lines that look the same and follow each other, such as ticks, become one path."""
    uit: list[ET.Element] = []
    for kind in kinderen:
        vorige = uit[-1] if uit else None
        if vorige is not None and kind.get("fill") == "none" and _zonder_d(kind) == _zonder_d(vorige):
            vorige.set("d", f"{vorige.get('d')}{_absoluut_begin(kind.get('d', ''))}")
        else:
            uit.append(kind)
    return uit


def _absoluut_begin(pad: str) -> str:
    """The same path with an absolute first move; what follows it without a letter stays relative."""
    begin = _BEGIN.match(pad)
    assert begin, pad
    rest = pad[begin.end() :]
    vervolg = "l" if rest and not rest[0].isalpha() else ""
    return f"M{begin[1]}{vervolg}{rest.removeprefix(',') if vervolg else rest}"


def _zonder_d(knoop: ET.Element) -> tuple[str, dict[str, str]]:
    return knoop.tag, {naam: waarde for naam, waarde in knoop.attrib.items() if naam != "d"}


def _til_op(groep: ET.Element) -> None:
    tekenend = [kind for kind in groep if kind.tag != f"{_SVG}defs"]
    if len(tekenend) < 2:
        return
    for naam in ("fill", "stroke", "stroke-width", "stroke-linejoin", "stroke-linecap", "font-size"):
        waarden = {kind.get(naam) for kind in tekenend}
        if len(waarden) == 1 and None not in waarden and naam not in groep.attrib:
            groep.set(naam, str(waarden.pop()))
            for kind in tekenend:
                del kind.attrib[naam]


def _schrijf(knoop: ET.Element, *, buiten: bool = True) -> str:
    naam = knoop.tag.removeprefix(_SVG)
    attributen = "".join(f' {"href" if n == _HREF else n}="{w}"' for n, w in knoop.attrib.items())
    kop = f"{naam} {_NAAMRUIMTE}{attributen}" if buiten else naam + attributen
    binnen = escape((knoop.text or "").strip(), quote=False) + "".join(
        _schrijf(kind, buiten=False) for kind in knoop
    )
    return f"<{kop}>{binnen}</{naam}>" if binnen else f"<{kop}/>"
