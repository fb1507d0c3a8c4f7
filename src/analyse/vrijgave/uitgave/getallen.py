"""Numbers in Dutch text: what a reader can take as a figure, and what only looks like one.

Dates, half-years, ages, ordinals and law articles hold digits but no figures; they are declared here, so that
everything else must be explained. Too strict is a false alarm that a human sees, too lax a leak that nobody sees.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

_MAAND = "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
_GEEN_CIJFER = re.compile(
    "|".join(
        (
            r"\b[1-4]e (?:halfjaar|hj\.|kwartaal|kw\.)(?: \d{4})?",
            rf"\b\d{{1,2}} (?:{_MAAND})(?: \d{{4}})?",
            r"\b\d{4}-(?:[HK][1-4]|\d{2}(?:-\d{2})?)\b",
            r"\b\d{1,2}-\d{1,2}-\d{4}\b",
            r"\b\d+ (?:tot en met|tot|en) \d+ jaar\b",
            r"\b\d+[–-]\d+ jaar\b",
            r"\b(?:0-3|4-11|12-17|18-22|0-22)\b",
            r"\b\d+ jaar\b",
            r"\b\d+(?:e|ste|de)\b",
            r"\b(?:[Pp]er|[Ee]lke|[Ii]edere|[Vv]an de) 1\.000\b",
            r"\bGM\d{4}\b|\b\d{5}NED\b|\bi(?:Jw|Wmo) \d\.\d\b|\bCOD\d+\b",
            r"\b(?:artikel|art\.|lid|paragraaf|par\.|hoofdstuk|bijlage|versie|taakveld) \d+(?:\.\d+)*[a-z]?\b",
            r"§ ?\d+(?:\.\d+)*",
            r"\b(?:bladzijde|pagina|blz\.) \d+",
            r"\b\d+%-interval\b",
            r"(?<![\d.,€-])(?<!€ )\b(?:19|20)\d{2}\b(?![.,]?\d)",
        )
    )
)
_GETAL = re.compile(
    r"(?<![\w.,])(?P<euro>€ ?)?(?P<min>-)?(?P<getal>\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+,\d+|\d+\.\d{1,2}(?!\d)|\d+)"
)
_EENHEDEN = (
    ("procent", re.compile(r"\*? ?(?:%|procent(?:punt)?\b)")),
    ("dagen", re.compile(r"\*? dag(?:en)?\b")),
    ("euro", re.compile(r"\*? euro\b")),
    ("per_1000", re.compile(r"\*? (?:van (?:elke|iedere|de) |(?:[\wé-]+ ){0,4}per )1\.000")),
)
_KEER = ((1e6, re.compile(r" ?(?:miljoen|mln)\b")), (1e3, re.compile(r" duizend\b")))
_EENTALLEN = ("nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen")
_TIENERS = (
    "tien",
    "elf",
    "twaalf",
    "dertien",
    "veertien",
    "vijftien",
    "zestien",
    "zeventien",
    "achttien",
    "negentien",
)
_TIENTALLEN = ("twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig")
# "vijf jeugdigen" is a figure, "vijf vragen" is not.
_EEN_MENS = (
    r"(?:jeugdige|kind|jongere|jongen|meisje|cliënt|leerling|baby|tiener|pleegkind|gezin|traject|plaatsing|verblij|"
    r"verwijzing|toewijzing|melding|uithuisplaatsing|aanbieder|maatregel|dag\b|dagen|procent|euro|keer)"
)


@dataclass(frozen=True)
class Getal:
    """A number as it stands in a text. `stap` is half of its last digit: what it may have been rounded by."""

    waarde: float
    stap: float
    eenheid: str  # procent, dagen, per_1000, euro, or '' when nothing says
    tekst: str
    begin: int = 0

    def past(self, waarde: float) -> bool:
        """Whether `waarde`, or its opposite, prints as this number."""
        return abs(abs(waarde) - abs(self.waarde)) <= self.stap + 1e-6


def glad(tekst: str) -> str:
    """Text with plain spaces and a plain minus."""
    return re.sub(r"\s+", " ", tekst.replace("\u2212", "-")).strip()


def lees_getal(tekst: str) -> tuple[float, float]:
    """Dutch digits as a number, and half of the last digit."""
    if re.fullmatch(r"\d+\.\d{1,2}", tekst):
        tekst = tekst.replace(".", ",")
    heel, _, deel = tekst.replace(".", "").partition(",")
    return float(f"{heel}.{deel or 0}"), 0.5 * 10.0 ** -len(deel)


def getallen(tekst: str) -> list[Getal]:
    """The figures in digits in a text, in order."""
    heel = glad(tekst)
    kaal = _GEEN_CIJFER.sub(lambda gevonden: " " * len(gevonden[0]), heel)
    return _erf_eenheid([_getal(gevonden, heel) for gevonden in _GETAL.finditer(kaal)], heel)


def _getal(gevonden: re.Match[str], heel: str) -> Getal:
    na = heel[gevonden.end() :]
    keer = next((factor for factor, vorm in _KEER if vorm.match(na)), 1.0)
    soort = "euro" if gevonden["euro"] else next((naam for naam, vorm in _EENHEDEN if vorm.match(na)), "")
    waarde, stap = lees_getal(gevonden["getal"])
    teken = -1.0 if gevonden["min"] else 1.0
    return Getal(teken * waarde * keer, stap * keer, soort, gevonden[0], gevonden.start())


def _erf_eenheid(gevonden: list[Getal], heel: str) -> list[Getal]:
    """In '159 tot 327 dagen' both are days."""
    uit = list(gevonden)
    for i in range(len(uit) - 2, -1, -1):
        eind = uit[i].begin + len(uit[i].tekst)
        if not uit[i].eenheid and heel[eind : uit[i + 1].begin] in (" tot ", " en ", " of ", " tegen "):
            uit[i] = replace(uit[i], eenheid=uit[i + 1].eenheid)
    return uit


@cache
def telwoorden() -> dict[str, int]:
    """Dutch number words from nul to negenennegentig."""
    woorden = {woord: i for i, woord in enumerate((*_EENTALLEN, *_TIENERS))}
    for tiental, naam in enumerate(_TIENTALLEN, start=2):
        woorden[naam] = 10 * tiental
        for een in range(1, 10):
            bind = "ën" if _EENTALLEN[een].endswith("e") else "en"
            woorden[f"{_EENTALLEN[een]}{bind}{naam}"] = 10 * tiental + een
    return {**woorden, "één": 1, "beide": 2, "honderd": 100, "tweehonderd": 200, "duizend": 1000}


def in_woorden(tekst: str) -> list[Getal]:
    """Figures about people and help that are written out: 'drie jeugdigen', 'twaalf nieuwe trajecten'.

    A bare 'een' is an article; 'één' is a number. 'Honderd procent' and 'alle' say something about everybody.
    """
    heel, woorden = glad(tekst), telwoorden()
    los = "|".join(sorted((w for w in woorden if w not in ("een", "nul")), key=len, reverse=True))
    vorm = re.compile(rf"\b({los})\b(?= (?:[\wéëï-]+ ){{0,2}}?{_EEN_MENS})", re.IGNORECASE)
    return [Getal(float(woorden[m[1].lower()]), 0.5, "", m[0], m.start()) for m in vorm.finditer(heel)]
