"""An independent check of a message against the published element table (order, cardinality, values, namespace).

Knows nothing of the generator: it reads the table and walks the message.
"""

from __future__ import annotations

import csv
import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from datetime import date, time
from pathlib import Path

BASIS = "http://www.istandaarden.nl/ijw/3_2/basisschema/schema"


@dataclass
class Regel:
    """One element of the table."""

    naam: str
    type: str
    basistype: str
    minstens: int
    hoogstens: float
    eisen: dict[str, str]
    kinderen: list[Regel] = field(default_factory=list)


def lees_tabel(pad: Path) -> dict[str, Regel]:
    """The root rule per message type (JW301 …)."""
    wortels: dict[str, Regel] = {}
    regels: dict[tuple[str, str], Regel] = {}
    with pad.open(encoding="utf-8", newline="") as bestand:
        for rij in csv.DictReader(bestand):
            bericht, pad_ = rij["bericht"], rij["pad"]
            wortel = wortels.setdefault(bericht, Regel("Bericht", "Bericht", "", 1, 1, {}))
            laag, hoog = rij["cardinaliteit"].split("..")
            regel = Regel(
                rij["element"], rij["type"], rij["basistype"], int(laag),
                float("inf") if hoog == "n" else int(hoog), _eisen(rij["restrictie"]),
            )  # fmt: skip
            regels[bericht, pad_] = regel
            ouder = regels.get((bericht, pad_.rsplit("/", 1)[0]), wortel)
            ouder.kinderen.append(regel)
    return wortels


def _eisen(tekst: str) -> dict[str, str]:
    return dict(deel.split("=", 1) for deel in tekst.split("; ") if deel)


def keur(bericht: str, wortel: Regel, tekst: bytes | str) -> list[str]:
    """Everything that the table forbids in this message; empty when it is fine."""
    boom = ET.fromstring(tekst)
    eigen = f"http://www.istandaarden.nl/ijw/3_2/{bericht.lower()}/schema"
    fouten = [] if boom.tag == f"{{{eigen}}}Bericht" else [f"wortel {boom.tag}"]
    return fouten + _keur_groep(boom, wortel, eigen, "/Bericht")


def _keur_groep(element: ET.Element, regel: Regel, eigen: str, pad: str) -> list[str]:
    ruimte = BASIS if regel.type.startswith("CDT_") else eigen
    verwacht = {f"{{{ruimte}}}{kind.naam}": i for i, kind in enumerate(regel.kinderen)}
    fouten = [f"{pad}: onbekend element {kind.tag}" for kind in element if kind.tag not in verwacht]
    plekken = [verwacht[kind.tag] for kind in element if kind.tag in verwacht]
    if plekken != sorted(plekken):
        fouten.append(f"{pad}: volgorde")
    for i, kind in enumerate(regel.kinderen):
        if not kind.minstens <= plekken.count(i) <= kind.hoogstens:
            fouten.append(f"{pad}/{kind.naam}: {plekken.count(i)} keer")
    for kind in element:
        if kind.tag in verwacht:
            deel = regel.kinderen[verwacht[kind.tag]]
            keuring = _keur_groep if deel.kinderen else _keur_waarde
            fouten += keuring(kind, deel, eigen, f"{pad}/{deel.naam}")
    return fouten


def _keur_waarde(element: ET.Element, regel: Regel, eigen: str, pad: str) -> list[str]:
    waarde = element.text or ""
    fouten = [f"{pad}: heeft kinderen"] if len(element) else []
    if not _past_type(waarde, regel.basistype):
        fouten.append(f"{pad}: {waarde!r} is geen {regel.basistype}")
    fouten += [f"{pad}: {waarde!r} tegen {eis}" for eis in regel.eisen.items() if not _voldoet(waarde, *eis)]
    return fouten


def _past_type(waarde: str, type_: str) -> bool:
    lezers = {"xs:date": date.fromisoformat, "xs:time": time.fromisoformat, "xs:integer": int}
    if type_ in ("", "xs:string"):
        return True
    try:
        lezers[type_](waarde)
    except ValueError:
        return False
    return True


def _voldoet(waarde: str, soort: str, grens: str) -> bool:
    if soort == "enum":  # long lists are cut off in the table: then only the shape can be held against it
        return waarde in grens.split(",") or (grens.endswith("…") and len(waarde) == len(grens.split(",")[0]))
    if soort == "pattern":
        return re.fullmatch(grens, waarde) is not None
    getal = int(waarde) if soort in ("minInclusive", "maxInclusive") else len(waarde)
    return getal >= int(grens) if soort.startswith("min") else getal <= int(grens)
