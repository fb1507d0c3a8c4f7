"""The sentences of a verdict, in plain Dutch; each made from one part of the result.

Rules for these sentences: figures before words, what it doesn't prove beside what it does, and never that a
measure doesn't work. A test holds every verdict to that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from analyse.effect.controles import CheckResult
from analyse.effect.oordeel import Bewijs, Oordeel
from analyse.effect.register import Doelindicator, Maatregel
from analyse.effect.schatting import Schatting
from analyse.effect.woorden import getal, kans, maand, meer_of_minder, opsomming, procent

_UITLEG = {
    Oordeel.AANNEMELIJK: "",
    Oordeel.AANWIJZING: "Het bewijs is niet sterk genoeg om van een effect te spreken.",
    Oordeel.NIET_VAST: "Dat betekent niet dat de maatregel niets doet: deze gegevens geven geen uitsluitsel.",
    Oordeel.TE_VROEG: "Een oordeel kan vanaf een jaar na de eerste start. Daarom staan hier nog geen uitkomsten.",
    Oordeel.NIET_MEETBAAR: "",
}


def waar_en_wanneer(maatregel: Maatregel, namen: Mapping[str, str]) -> str:
    """`Apeldoorn sinds juli 2023 en Zutphen sinds januari 2024`."""
    return opsomming([f"{namen.get(code, code)} sinds {maand(dag)}" for code, dag in maatregel.start.items()])


def oordeelzin(maatregel: Maatregel, oordeel: Oordeel, bewijs: Bewijs, namen: Mapping[str, str]) -> str:
    """Name, place and verdict, with what the verdict means."""
    plek = waar_en_wanneer(maatregel, namen)
    kop = f"{maatregel.naam} ({plek}): {oordeel.value}." if plek else f"{maatregel.naam}: {oordeel.value}."
    return " ".join(filter(None, [kop, _UITLEG[oordeel], bewijs.belemmering]))


def effectzin(hoofd: Schatting) -> str:
    """What was counted against what was to be expected; the weakest end of the interval last."""
    onder, boven = hoofd.interval
    rand = "" if np.isnan(onder) else f" (95%-interval: van {meer_of_minder(onder)} tot {meer_of_minder(boven)})"
    return (
        f"Na de start waren er {getal(hoofd.werkelijk)} gevallen, waar er zonder de maatregel "
        f"{getal(hoofd.verwacht)} te verwachten waren: {meer_of_minder(hoofd.procent)}{rand}."
    )


def toevalzin(hoofd: Schatting) -> str:
    """How often chance does the same."""
    if np.isnan(hoofd.p):
        return ""
    vaak = "minder dan 1" if hoofd.p < 0.01 else f"ongeveer {round(100 * hoofd.p)}"
    return (
        f"Door toeval alleen is een afwijking in {vaak} van de 100 gevallen minstens zo groot ({kans(hoofd.p)})."
    )


def tweedezin(tweede: Schatting | None) -> str:
    """What the second view says."""
    if tweede is None or np.isnan(tweede.log):
        return ""
    return f"De tweede methode komt uit op {meer_of_minder(tweede.procent)} ({kans(tweede.p)})."


def detectiezin(kleinste: float) -> str:
    """The smallest effect that can be seen."""
    if np.isinf(kleinste):
        return "Met alleen deze regio is een effect van welke grootte ook niet aan te tonen."
    if np.isnan(kleinste):
        return "Hoe groot een effect moet zijn om het te kunnen zien, is hier niet vooraf te berekenen."
    return f"Een effect kleiner dan {procent(kleinste)} kan met deze gegevens niet worden gezien."


def ontbreektzin(eisen: Sequence[str]) -> str:
    """Which requirements of the strongest verdict were not met."""
    return f"Voor een sterker oordeel is niet voldaan aan: {'; '.join(eisen)}." if eisen else ""


def controlezin(controles: Sequence[CheckResult]) -> str:
    """How many checks passed, and the ones that didn't."""
    if not controles:
        return ""
    gedaan = [controle for controle in controles if controle.geslaagd is not None]
    mis = [controle for controle in gedaan if not controle.geslaagd]
    kop = f"Van de {len(controles)} controles zijn er {len(gedaan) - len(mis)} geslaagd"
    over = len(controles) - len(gedaan)
    kop += f"; {over} konden niet worden gedaan." if over > 1 else "; één kon niet worden gedaan." if over else "."
    return " ".join([kop, *(f"Niet geslaagd: {controle.naam}. {controle.tekst}" for controle in mis)])


def richtingzin(doel: Doelindicator, hoofd: Schatting, oordeel: Oordeel) -> str:
    """A warning when the effect points the other way than the register hopes."""
    if oordeel not in (Oordeel.AANNEMELIJK, Oordeel.AANWIJZING):
        return ""
    daalt = hoofd.log < 0
    return "" if daalt == (doel.richting == "daling") else "Let op: dit is de andere kant op dan de bedoeling was."


def samenloopzin(tegelijk: Mapping[str, Sequence[str]], namen: Mapping[str, str]) -> str:
    """What else started there at the time."""
    if not tegelijk:
        return ""
    delen = [
        f"in {namen.get(code, code)} {opsomming([f'‘{n}’' for n in anderen])}"
        for code, anderen in tegelijk.items()
    ]
    return (
        f"In dezelfde tijd begon voor dezelfde doelgroep ook: {'; '.join(delen)}. "
        "Wat van welke maatregel komt, is niet te scheiden."
    )


def toetszin(aantal: int) -> str:
    """That several measures were tested together."""
    if aantal < 2:
        return ""
    return f"Er zijn {aantal} maatregelen tegelijk getoetst; bij het oordeel is daarvoor gecorrigeerd (Holm)."


BEWIJST_NIET = (
    "Dit laat zien dat cijfers anders liepen dan bij vergelijkbare gemeenten. Het bewijst niet dat de maatregel "
    "de enige oorzaak is, en zegt niet of de hulp beter werd."
)
