"""How each figure is said in a sentence: one list, so that titles, messages and tables use the same words.

Plain language (B1) for a portefeuillehouder. A sentence has two blanks, `{waar}` and `{cijfer}`; nothing else in
it is a figure, except the rules of the region (`{jaren}`), which come from the parameters.
"""

from __future__ import annotations

from math import floor, isnan

import pandas as pd

from analyse.weergave import opmaak
from analyse.weergave.boodschap_lijst import VERVOLG, Woorden

_AANTAL: dict[str, Woorden] = {
    "jeugdigen.actief": Woorden("jeugdigen met jeugdhulp", "In {waar} kregen {cijfer} jeugdigen jeugdhulp"),
    "jeugdigen.instroom": Woorden(
        "jeugdigen die nieuw in jeugdhulp kwamen", "In {waar} kwamen {cijfer} jeugdigen nieuw in jeugdhulp"
    ),
    "trajecten.instroom": Woorden("begonnen trajecten", "In {waar} begonnen {cijfer} trajecten"),
    "trajecten.uitstroom": Woorden("beëindigde trajecten", "In {waar} eindigden {cijfer} trajecten"),
    "trajecten.actief": Woorden("trajecten in dit halfjaar", "In {waar} liepen {cijfer} trajecten"),
    "trajecten.beginstand": Woorden(
        "trajecten die al liepen", "In {waar} liepen bij het begin van het halfjaar {cijfer} trajecten"
    ),
    "trajecten.eindstand": Woorden(
        "lopende trajecten aan het eind", "In {waar} liepen aan het eind van het halfjaar {cijfer} trajecten"
    ),
    "trajecten.herhaald": Woorden(
        "begonnen trajecten na eerdere jeugdhulp",
        "In {waar} begonnen {cijfer} trajecten bij jeugdigen die eerder jeugdhulp hadden",
    ),
    "verwijzingen.aantal": Woorden("begonnen trajecten", "In {waar} begonnen {cijfer} trajecten"),
    "verwijzingen.huisarts_sggz": Woorden(
        "verwijzingen van de huisarts naar specialistische ggz",
        "In {waar} verwees de huisarts {cijfer} keer naar specialistische ggz",
    ),
    "verblijf.jeugdigen": Woorden(
        "jeugdigen die buiten huis woonden", "In {waar} woonden {cijfer} jeugdigen een tijd buiten huis"
    ),
    "verblijf.nieuw": Woorden(
        "nieuwe verblijven buiten huis", "In {waar} begon {cijfer} keer een verblijf buiten huis"
    ),
    "verblijf.gedwongen": Woorden(
        "jeugdigen met een maatregel die buiten huis woonden",
        "In {waar} woonden aan het eind van het halfjaar {cijfer} jeugdigen met een maatregel buiten huis",
    ),
    "verblijf.naar_huis": Woorden(
        "verblijven die eindigden zonder nieuw verblijf",
        "In {waar} eindigde {cijfer} keer een verblijf zonder nieuw verblijf daarna",
    ),
}
_PER_1000: dict[str, Woorden] = {
    "jeugdigen.per_1000": Woorden(
        "jeugdigen met jeugdhulp per 1.000 jeugdigen",
        "In {waar} kregen {cijfer} van elke 1.000 jeugdigen jeugdhulp",
    ),
    "trajecten.instroom": Woorden(
        "begonnen trajecten per 1.000 jeugdigen", "In {waar} begonnen {cijfer} trajecten per 1.000 jeugdigen"
    ),
    "verwijzingen.huisarts_sggz": Woorden(
        "verwijzingen van de huisarts naar specialistische ggz per 1.000 jeugdigen",
        "In {waar} verwees de huisarts {cijfer} keer per 1.000 jeugdigen naar specialistische ggz",
    ),
    "verblijf.jeugdigen": Woorden(
        "jeugdigen die buiten huis woonden, per 1.000 jeugdigen",
        "In {waar} woonden {cijfer} van elke 1.000 jeugdigen een tijd buiten huis",
    ),
}
_PROCENT: dict[str, Woorden] = {
    "verwijzingen.aandeel": Woorden(
        "aandeel van de huisarts in de verwijzingen",
        "In {waar} kwam {cijfer} van de begonnen trajecten via de huisarts",
    ),
    "trajectduur.langlopend": Woorden(
        "aandeel van de lopende trajecten dat langer dan {jaren} jaar duurt",
        "In {waar} duurt {cijfer} van de lopende trajecten langer dan {jaren} jaar",
    ),
}
_DAGEN: dict[str, Woorden] = {
    "trajectduur.gemiddeld": Woorden(
        "gemiddelde duur van beëindigde trajecten", "Een beëindigd traject duurde in {waar} gemiddeld {cijfer}"
    ),
    "trajectduur.mediaan": Woorden(
        "middelste duur van beëindigde trajecten",
        "Het middelste beëindigde traject duurde in {waar} {cijfer}",
    ),
    "trajectduur.mediaan_km": Woorden(
        "verwachte duur van nieuwe trajecten",
        "Een nieuw traject duurt in {waar} naar verwachting {cijfer}",
    ),
    "verblijf.duur_km": Woorden(
        "verwachte duur van een nieuw verblijf",
        "Een nieuw verblijf duurt in {waar} naar verwachting {cijfer}",
    ),
}
_EURO: dict[str, Woorden] = {
    "uitgaven.bedrag": Woorden("uitgaven aan jeugdhulp", "Voor jeugdhulp in {waar} is {cijfer} gedeclareerd"),
    "uitgaven.per_jeugdige": Woorden(
        "uitgaven per jeugdige met jeugdhulp", "Per jeugdige met jeugdhulp is in {waar} {cijfer} gedeclareerd"
    ),
    "uitgaven.per_inwoner": Woorden(
        "uitgaven per inwoner van 0 tot en met 17 jaar",
        "Per inwoner van 0 tot en met 17 jaar is in {waar} {cijfer} gedeclareerd",
    ),
    "uitgaven.per_traject": Woorden(
        "uitgaven per afgesloten traject", "Een afgesloten traject kostte in {waar} gemiddeld {cijfer}"
    ),
    "uitgaven.verwacht": Woorden(
        "verwachte uitgaven aan jeugdhulp", "De jeugdhulp in {waar} kost dit halfjaar naar verwachting {cijfer}"
    ),
}
_KOMT_NOG = "{cijfer} gedeclareerd"  # the end of a sentence about an amount that still grows while provisional
WOORDEN: dict[str, dict[str, Woorden]] = {
    "euro": {**_EURO, **VERVOLG["euro"]},
    "aantal": {**_AANTAL, **VERVOLG["aantal"]},
    "per_1000": _PER_1000,
    "procent": {**_PROCENT, **VERVOLG["procent"]},
    "dagen": {**_DAGEN, **VERVOLG["dagen"]},
    "cijfer": VERVOLG["cijfer"],
}


def woorden(indicator: str, eenheid: str) -> Woorden:
    """The words of a figure; an indicator without words of its own is said plainly by its id."""
    eigen = WOORDEN.get(eenheid, {}).get(indicator)
    return eigen or Woorden(indicator, f"In {{waar}}: {{cijfer}} ({indicator})")


def cijfer(waarde: float, eenheid: str) -> str:
    """A figure as it stands in a sentence of `woorden`: no count is 'geen', rates bare (whole from 10 on)."""
    if eenheid == "aantal" and waarde == 0:
        return "geen"
    if eenheid == "per_1000":
        return opmaak.getal(waarde, 0 if waarde >= 10 else 1)
    if eenheid == "euro":
        return opmaak.euro_kort(waarde)
    return opmaak.waarde(waarde, eenheid)


def zin(rij: pd.Series, waar: str, *, jaren: int = 2) -> str:
    """One result row as a sentence without full stop; the row must have a figure."""
    eenheid = str(rij["eenheid"])
    sjabloon = woorden(str(rij["indicator"]), eenheid).zin
    nog = "tot nu toe " if rij.get("status") == "voorlopig" and sjabloon.endswith(_KOMT_NOG) else ""
    return sjabloon.format(waar=waar, cijfer=nog + cijfer(float(rij["waarde"]), eenheid), jaren=jaren)


def wat(indicator: str, eenheid: str, *, jaren: int = 2) -> str:
    """What a figure is, as a noun in lower case."""
    return woorden(indicator, eenheid).wat.format(jaren=jaren)


def dan_jaar_eerder(nu: float, toen: float, eenheid: str, *, marge: float | None = None) -> str:
    """The change in words, as the second half of a sentence; '' when there is nothing to compare.

    Percentages are rounded first: a reader who subtracts the two that are shown must get the same points.
    Within `marge` (see `opmaak.verschil`) they are 'about equal'; 0 for a signal, which is never called equal.
    """
    if eenheid == "procent" and marge is None:
        nu, toen = (waarde if isnan(waarde) else floor(waarde + 0.5) for waarde in (nu, toen))
    verschil = opmaak.verschil(nu, toen, eenheid, marge=marge)
    if verschil.richting == "onbekend":
        return ""
    if verschil.richting == "gelijk":
        return "ongeveer gelijk aan een jaar eerder"
    if eenheid in ("per_1000", "euro"):
        stap = abs(float(nu) - float(toen)) / float(toen) * 100 if toen else 100.0
        return (
            f"{opmaak.procent(stap)} {'meer' if verschil.richting == 'omhoog' else 'minder'} dan een jaar eerder"
        )
    return f"{verschil.tekst} dan een jaar eerder"
