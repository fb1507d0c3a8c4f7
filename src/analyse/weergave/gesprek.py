"""Which questions go on the gespreksblad: chosen by rule from what stands out, worded once for every gemeente.

The rules are those of the front page (`boodschap`): a signal of a half-year first, then one of a month or of level
(of a gemeente: that of the region is about several), then the largest change. Only a signal is asked to be
explained: an ordinary swing has no explanation, so beside it stands a question about how things are. A question
never says what the answer is; who knows the children and the contracts answers it.
"""

from __future__ import annotations

from dataclasses import dataclass

from analyse.weergave.beeld import Beeld
from analyse.weergave.bericht import Bericht
from analyse.weergave.boodschap import Beoordeeld, Kandidaat, beoordeel, bericht
from analyse.weergave.boodschap_naast import naast
from analyse.weergave.boodschap_toets import Oordeel

MAXIMUM = 3  # per conversation: three conversations fit on one sheet

CONTRACT, TOEGANG, BELEID = "contractmanagers", "toegang", "beleid"


@dataclass(frozen=True)
class Naastvraag:
    """What to ask at a signal of level, or of months, of the figure `indicator` (`boodschap_naast`)."""

    indicator: str
    niveau: str
    maand: str = ""


@dataclass(frozen=True)
class Vraag:
    """A question about one figure: for a signal upwards, a signal downwards, and for anything else."""

    kandidaat: Kandidaat
    hoger: str
    lager: str
    gelijk: str
    naast: Naastvraag | None = None

    def bij(self, uitkomst: Beoordeeld) -> str:
        """The question that fits what the test says; without a signal that of how things are."""
        if uitkomst.toets.oordeel is not Oordeel.SIGNAAL:
            return self.gelijk
        return self.hoger if uitkomst.richting == "omhoog" else self.lager


def _over(indicator: str, *vragen: str, verwijzer: str = "", naast: Naastvraag | None = None) -> Vraag:
    hoger, lager, gelijk = vragen
    return Vraag(Kandidaat(indicator, "", "", verwijzer), hoger, lager, gelijk, naast)


VRAGEN: dict[str, tuple[Vraag, ...]] = {
    CONTRACT: (
        _over(
            "trajectduur.mediaan_km",
            "Bij welke hulp duurt het langer, en wat verandert er bij de kinderen of bij de aanbieder?",
            "Is het doel eerder bereikt, of stopt hulp te vroeg?",
            "Past deze duur bij wat met aanbieders is afgesproken?",
        ),
        _over(
            "trajectduur.langlopend",
            "Welke hulp loopt al lang, en wanneer is het doel daarvan voor het laatst besproken?",
            "Wat is er gedaan aan lange hulp, en kan dat vaker?",
            "Bij welke lange hulp is het einde in zicht, en bij welke niet?",
        ),
        _over(
            "wachttijd.toewijzing_start",
            "Waar wachten kinderen langer, en wat kan de aanbieder daaraan doen?",
            "Wat maakt dat hulp sneller begint, en houdt dat stand?",
            "Is deze wachttijd goed genoeg voor de kinderen die wachten?",
        ),
        _over(
            "uitgaven.per_traject",
            "Komt dit door de prijs, door meer hulp per kind of door andere hulp?",
            "Komt dit door de prijs, door minder hulp per kind of door andere hulp?",
            "Welke resultaten staan er tegenover deze kosten?",
        ),
        _over(
            "uitval.strikt",
            "Waarom stoppen meer kinderen voor het doel is bereikt?",
            "Wat doen aanbieders waardoor minder kinderen voortijdig stoppen?",
            "Weten we van genoeg kinderen waarom de hulp stopte?",
        ),
    ),
    TOEGANG: (
        _over(
            "trajecten.instroom",
            "Waar komt de extra vraag vandaan: meer kinderen, of meer hulp per kind?",
            "Is er minder vraag, of wachten kinderen?",
            "Welke vragen kan de toegang zelf oplossen?",
            naast=Naastvraag(
                "trajecten.instroom",
                niveau="Wat is hier anders dan in andere gemeenten: de vraag van gezinnen, of hoe we verwijzen?",
                maand="Wat gebeurde er in die maanden: andere vragen van gezinnen, of anders verwijzen?",
            ),
        ),
        _over(
            "verwijzingen.aandeel",
            "Wat zien huisartsen dat de toegang niet ziet, en hoe werken zij samen?",
            "Weten huisartsen de toegang beter te vinden, of verwijzen zij naar andere hulp?",
            "Hoe goed kennen huisartsen het aanbod dichtbij?",
            verwijzer="02",
        ),
        _over(
            "trajecten.herhaald",
            "Waarom komen kinderen terug, en wat hadden zij na de eerste hulp nodig?",
            "Wat helpt kinderen om zonder nieuwe hulp verder te gaan?",
            "Is bij het einde van hulp afgesproken wie een vinger aan de pols houdt?",
        ),
        _over(
            "doorstroom.zwaarder",
            "Hadden deze kinderen eerder andere hulp nodig?",
            "Lukt het vaker om met lichte hulp genoeg te doen?",
            "Is bij de start van lichte hulp duidelijk wanneer zwaardere hulp nodig is?",
        ),
    ),
    BELEID: (
        _over(
            "jeugdigen.per_1000",
            "Welke groep groeit, en past dat bij wat de gemeente wil?",
            "Welke groep wordt kleiner, en is dat wat de gemeente wil?",
            "Welke kinderen bereiken we nog niet?",
            naast=Naastvraag(
                "jeugdigen.actief",
                niveau="Wat is hier anders dan in andere gemeenten, behalve de leeftijd van de kinderen?",
            ),
        ),
        _over(
            "verblijf.jeugdigen",
            "Wat was er nodig geweest om kinderen thuis te laten wonen?",
            "Wat werkt om kinderen thuis te laten wonen?",
            "Is er genoeg hulp thuis voor deze kinderen?",
        ),
        _over(
            "verwijzingen.huisarts_sggz",
            "Is er voor kinderen met lichtere klachten een andere plek, zoals een jeugdwerker bij de huisarts?",
            "Gaan kinderen naar lichtere hulp, of staan zij op een wachtlijst?",
            "Weten huisartsen welke hulp er is naast de specialistische ggz?",
        ),
        _over(
            "uitgaven.verwacht",
            "Wat verklaart dat de uitgaven stijgen, en wat valt te beïnvloeden?",
            "Wat verklaart dat de uitgaven dalen, en merken kinderen daar iets van?",
            "Doen we met dit geld wat we willen doen?",
        ),
    ),
}


@dataclass(frozen=True)
class Gespreksvraag:
    """What stands out, and what to ask about it."""

    bericht: Bericht
    vraag: str
    uitkomst: Beoordeeld


def gespreksvragen(beeld: Beeld, aan: str) -> list[Gespreksvraag]:
    """At most three questions for one conversation ('contractmanagers', 'toegang', 'beleid'), weightiest first."""
    paren = [(vraag, beoordeel(beeld, vraag.kandidaat)) for vraag in VRAGEN[aan]]
    vragen = [_gespreksvraag(beeld, vraag, uitkomst) for vraag, uitkomst in paren if uitkomst.zichtbaar]
    return sorted(vragen, key=_gewicht)[:MAXIMUM]


def _gewicht(vraag: Gespreksvraag) -> tuple[bool, bool, bool, float]:
    """Signals first, those of half-years foremost; then known change before bare level, large before small."""
    uitkomst = vraag.uitkomst
    return (
        uitkomst.toets.oordeel is not Oordeel.SIGNAAL,
        vraag.bericht.oordeel is not Oordeel.SIGNAAL,
        uitkomst.toets.toen is None,
        -uitkomst.verandering,
    )


def _gespreksvraag(beeld: Beeld, vraag: Vraag, uitkomst: Beoordeeld) -> Gespreksvraag:
    if vraag.naast and not beeld.is_regio and uitkomst.toets.oordeel is not Oordeel.SIGNAAL:
        signaal = naast(beeld, vraag.naast.indicator)
        if signaal:
            tekst = vraag.naast.maand if signaal.maand else vraag.naast.niveau
            return Gespreksvraag(signaal.bericht, tekst, uitkomst)
    return Gespreksvraag(bericht(beeld, uitkomst), vraag.bij(uitkomst), uitkomst)
