"""What every iJw message has: two namespaces, a header, an envelope.

Text and no DOM: ninety thousand messages have to be there in seconds. Elements of a message stand in its own
namespace, elements of shared types under `ijw` (XSD iJw 3.2). The values are our own and need no escaping.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

Element = Callable[[str, object], str]
_RUIMTE = "http://www.istandaarden.nl/ijw/3_2"
BERICHTCODE = {
    "301": "436", "302": "437", "305": "438", "307": "440", "315": "446", "317": "486", "319": "488", "323": "490",
    "325": "491",
}  # fmt: skip
_VAN_GEMEENTE = ("301", "302", "319", "325")


def ruimte(prefix: str) -> Element:
    """A maker of elements in one namespace; an empty content makes no element at all."""

    def element(naam: str, inhoud: object) -> str:
        if inhoud is None or inhoud == "":
            return ""
        return f"<{prefix}:{naam}>{inhoud}</{prefix}:{naam}>"

    return element


IJW = ruimte("ijw")
BERICHT: dict[str, Element] = {soort: ruimte(f"jw{soort}") for soort in BERICHTCODE}
VERSIES = IJW("BasisschemaXsdVersie", "1.0.0") + IJW("BerichtXsdVersie", "1.0.0")


@dataclass(frozen=True, slots=True)
class Adres:
    """Whom a message is between, when, and under which number; the gemeente as four digits."""

    gemeente: str
    agb: str
    dag: date
    nummer: str


def envelop(soort: str, adres: Adres, inhoud: str, slot: str = "") -> str:
    """A whole message: header (with `slot` for return data) and content."""
    e = BERICHT[soort]
    namen = f'xmlns:ijw="{_RUIMTE}/basisschema/schema" xmlns:jw{soort}="{_RUIMTE}/jw{soort}/schema"'
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<jw{soort}:Bericht {namen}>'
        f"{e('Header', _kop(soort, adres) + slot)}{inhoud}</jw{soort}:Bericht>\n"
    )


def _kop(soort: str, adres: Adres) -> str:
    e = BERICHT[soort]
    van, naar = adres.gemeente, adres.agb
    if soort not in _VAN_GEMEENTE:
        van, naar = naar, van
    return (
        e("BerichtCode", BERICHTCODE[soort])
        + e("BerichtVersie", "3")
        + e("BerichtSubversie", "2")
        + e("Afzender", van)
        + e("Ontvanger", naar)
        + e("BerichtIdentificatie", identificatie(adres.nummer, adres.dag))
        + e("XsdVersie", VERSIES)
    )


def identificatie(nummer: str, dag: date) -> str:
    """Number and day of a message."""
    return IJW("Identificatie", nummer) + IJW("Dagtekening", dag)


def retourcodes(e: Element, code: str) -> str:
    """The block with one retourcode."""
    return e("RetourCodes", e("RetourCode", code))
