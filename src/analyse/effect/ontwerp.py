"""Which design fits: chosen by rule from the register and the data at hand, and shown with its reason.

A better comparison always wins. What has no comparison can at most give an indication, however small its p.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from analyse.effect.did import MINSTENS_PLACEBOS
from analyse.effect.opzet import Opzet
from analyse.effect.register import Maatregel
from analyse.kern.fouten import ParameterFout

Soort = Literal["donoren", "regio", "its", "scores", "duur", "registratie", "geen"]


@dataclass(frozen=True)
class Ontwerp:
    """A design with why it was chosen. `bewijst`: whether it could ever carry "effect aannemelijk"."""

    soort: Soort
    naam: str
    waarom: str
    bewijst: bool = False


SCORES = Ontwerp(
    "scores",
    "Exacte gepaarde toets op scores voor en na",
    "De maatregel heeft scores van dezelfde personen voor en na; een vergelijkingsgroep is er niet.",
)
DUUR = Ontwerp(
    "duur",
    "Verschil in duur (Kaplan–Meier) met bootstrap over personen",
    "De maatregel wil hulp korter maken; lopende hulp telt mee voor zover zij duurde.",
)
REGISTRATIE = Ontwerp(
    "registratie",
    "Alleen bijhouden",
    "Er zijn alleen aantallen deelnemers: wat zonder de maatregel gebeurd was, is daar niet uit te halen.",
)

GEEN = Ontwerp("geen", "Geen", "Er is geen reeks om aan te meten.")


def kies_ontwerp(maatregel: Maatregel, opzet: Opzet | None = None) -> Ontwerp:
    """The design for a measure. A measure on a series needs the set-up of that series, else ParameterFout."""
    vast = {"scores": SCORES, "duur": DUUR, "registratie": REGISTRATIE}
    if maatregel.gegevens in vast:
        return vast[maatregel.gegevens]
    if opzet is None:
        raise ParameterFout(
            "Het ontwerp van een maatregel met een reeks hangt van die reeks af.",
            ontvangen=maatregel.id,
            doe="Maak eerst een opzet met maak_opzet(maatregel, reeks, donoren).",
        )
    getrapt = "in stappen ingevoerd" if len(set(maatregel.start.values())) > 1 else "op één moment ingevoerd"
    if len(opzet.donoren) >= MINSTENS_PLACEBOS:
        return Ontwerp(
            "donoren",
            "Verschil-in-verschil met donoren, en synthetische DiD als tweede blik",
            f"De maatregel is {getrapt}; {len(opzet.donoren)} gemeenten buiten de regio zijn de vergelijking.",
            bewijst=True,
        )
    if len([rij for rij in opzet.regio if rij not in opzet.ooit_behandeld]) >= 2:
        return Ontwerp(
            "regio",
            "Verschil-in-verschil binnen de regio",
            f"De maatregel is {getrapt}. Er is geen donorpanel, dus alleen de eigen regio is vergelijking.",
        )
    return Ontwerp(
        "its", "Onderbroken tijdreeks", "Er is geen gemeente zonder de maatregel om mee te vergelijken."
    )
