"""Codes that figures are split by, with the names that readers see.

CBS Beleidsinformatie Jeugd, informatieprotocol versie 7 (juli 2021): hulpvorm par. 3.3, verwijzer par. 3.2.
The iJw list COD327 uses the same verwijzer numbers. Message-level code lists are data
(`data/referentie/codelijsten/`); only what indicators are defined by stands here.
"""

from __future__ import annotations

TOTAAL = "totaal"
ONBEKEND = "onbekend"
REGIO = "REGIO"
NEDERLAND = "NL"

HULPVORM: dict[str, str] = {
    "01": "Wijk- of buurtteam",
    "02": "Ambulant bij de aanbieder",
    "03": "Daghulp bij de aanbieder",
    "04": "In het netwerk van de jeugdige",
    "11": "Pleegzorg",
    "12": "Gezinsgericht verblijf",
    "13": "Gesloten plaatsing",
    "14": "Ander verblijf",
}
VERBLIJF = ("11", "12", "13", "14")
# Of money only: a product without hulpvorm makes no traject, but its euros are in every total.
HULPVORM_GEEN = "geen"

VERWIJZER: dict[str, str] = {
    "01": "Gemeente",
    "02": "Huisarts",
    "03": "Jeugdarts",
    "04": "Gecertificeerde instelling",
    "05": "Medisch specialist",
    "06": "Geen verwijzer",
    "08": "Rechter of officier van justitie",
    ONBEKEND: "Onbekend",
}

LEEFTIJD: dict[str, str] = {
    "0-3": "0 tot en met 3 jaar",
    "4-11": "4 tot en met 11 jaar",
    "12-17": "12 tot en met 17 jaar",
    "18-22": "18 tot en met 22 jaar",
    ONBEKEND: "Leeftijd onbekend of buiten 0-22",
}

# Jeugdbeschermingsmaatregel of the person, not a measure in the register of maatregelen.
MAATREGEL: dict[str, str] = {
    "ja": "Met maatregel",
    "nee": "Zonder maatregel",
    ONBEKEND: "Maatregel onbekend",
}
# OTS, VOTS, voogdij, voorlopige voogdij, tijdelijke voogdij (protocol v7 par. 5.1.1).
MAATREGEL_GEDWONGEN = ("11", "12", "21", "22", "23")

DIMENSIES = ("hulpvorm", "verwijzer", "aanbieder", "leeftijd", "maatregel")
NAMEN: dict[str, dict[str, str]] = {
    "hulpvorm": {**HULPVORM, HULPVORM_GEEN: "Zonder hulpvorm"},
    "verwijzer": VERWIJZER,
    "leeftijd": LEEFTIJD,
    "maatregel": MAATREGEL,
}


def leeftijdsgroep(jaar: int, geboortejaar: int | None) -> str:
    """CBS age group of a person in `jaar` (year of the period minus year of birth)."""
    if geboortejaar is None:
        return ONBEKEND
    leeftijd = jaar - geboortejaar
    for groep in ("0-3", "4-11", "12-17", "18-22"):
        laag, hoog = map(int, groep.split("-"))
        if laag <= leeftijd <= hoog:
            return groep
    return ONBEKEND


def pad_indicator(soort: str, pad: str, *, aandeel: bool = False) -> str:
    """The id of the count (or share) of jeugdigen that followed a path: each path is a figure of its own."""
    return f"zorgpad.{soort}{'_aandeel' if aandeel else ''}: {pad}"
