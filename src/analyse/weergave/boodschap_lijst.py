"""The words of figures beyond use and flow: what comes after help, waiting, results, aanbieders, money in parts.

Same form and rules as `boodschap_woorden`, in a file of its own because it is a list. A figure that nobody reads
in a sentence still has words: the fallback with an id in it is for what is not published.
"""

from __future__ import annotations

from dataclasses import dataclass

from analyse.kern import codes


@dataclass(frozen=True)
class Woorden:
    """`wat` is the figure as a noun (lower case), `zin` the figure as a sentence without full stop."""

    wat: str
    zin: str


def _naar() -> dict[str, tuple[str, str]]:
    """Transitions to one hulpvorm."""
    return {
        f"doorstroom.naar_{code}": (
            f"overstappen naar {naam[0].lower()}{naam[1:]}",
            f"In {{waar}} volgde na {{cijfer}} trajecten {naam[0].lower()}{naam[1:]}",
        )
        for code, naam in codes.HULPVORM.items()
    }


_AANTAL: dict[str, tuple[str, str]] = {
    "aanbieder.aantal": (
        "aanbieders met jeugdigen",
        "In {waar} gaven {cijfer} aanbieders jeugdhulp",
    ),
    "aanbieder.toetreders": ("nieuwe aanbieders", "In {waar} kwamen er {cijfer} aanbieders bij"),
    "aanbieder.uittreders": ("aanbieders die wegvielen", "In {waar} vielen {cijfer} aanbieders weg"),
    "doorstroom.aantal": (
        "trajecten waarna andere hulp begon",
        "In {waar} begon na {cijfer} trajecten andere hulp",
    ),
    "doorstroom.andere_aanbieder": (
        "overstappen naar een andere aanbieder",
        "In {waar} ging na {cijfer} trajecten een andere aanbieder verder",
    ),
    "doorstroom.blijft": (
        "trajecten waarna andere hulp doorliep",
        "In {waar} liep na {cijfer} trajecten andere hulp door",
    ),
    "doorstroom.uit": (
        "trajecten waarna geen hulp meer volgde",
        "In {waar} volgde na {cijfer} trajecten geen hulp meer",
    ),
    "doorstroom.zwaarder": (
        "overstappen naar zwaardere hulp",
        "In {waar} begon na {cijfer} trajecten zwaardere hulp",
    ),
    "doorstroom.lichter": (
        "overstappen naar lichtere hulp",
        "In {waar} begon na {cijfer} trajecten lichtere hulp",
    ),
    "doorstroom.gelijk": (
        "overstappen naar even zware hulp",
        "In {waar} begon na {cijfer} trajecten hulp die even zwaar is",
    ),
    **_naar(),
    "kwaliteit.zonder_hulpvorm": (
        "toewijzingen zonder hulpvorm",
        "In {waar} hebben {cijfer} toewijzingen geen hulpvorm",
    ),
    "verwijzingen.huisarts_toegang": (
        "verwijzingen van de huisarts naar de lokale toegang",
        "In {waar} verwees de huisarts {cijfer} keer naar de lokale toegang",
    ),
    "uitgaven.jeugdigen": ("jeugdigen met uitgaven", "In {waar} waren er uitgaven voor {cijfer} jeugdigen"),
}
_PROCENT: dict[str, tuple[str, str]] = {
    "aanbieder.concentratie": (
        "aandeel van de vijf grootste aanbieders in de uitgaven",
        "In {waar} gaat {cijfer} van de uitgaven naar de vijf grootste aanbieders",
    ),
    "doorstroom.aandeel": (
        "aandeel trajecten waarna andere hulp begon",
        "In {waar} begon na {cijfer} van de beëindigde trajecten andere hulp",
    ),
    "geen_nieuwe_start.6_maanden": (
        "aandeel zonder nieuwe hulp binnen een half jaar",
        "In {waar} begon na {cijfer} van de trajecten binnen een half jaar geen nieuwe hulp",
    ),
    "geen_nieuwe_start.12_maanden": (
        "aandeel zonder nieuwe hulp binnen een jaar",
        "In {waar} begon na {cijfer} van de trajecten binnen een jaar geen nieuwe hulp",
    ),
    "uitval.strikt": (
        "uitval: hulp die eenzijdig stopte",
        "In {waar} stopte {cijfer} van de trajecten omdat de cliënt of de aanbieder dat wilde",
    ),
    "uitval.breed": (
        "hulp die te vroeg stopte, om welke reden ook",
        "In {waar} stopte {cijfer} van de trajecten te vroeg",
    ),
    "uitval.zonder_reden": (
        "aandeel einden waarvan niet bekend is of zij volgens plan waren",
        "In {waar} is van {cijfer} van de einden niet bekend of zij volgens plan waren",
    ),
    "tevredenheid.acht_of_hoger": (
        "aandeel rapportcijfers van acht of hoger",
        "In {waar} is {cijfer} van de rapportcijfers een acht of hoger",
    ),
    "tevredenheid.respons": (
        "aandeel trajecten met een rapportcijfer",
        "In {waar} is van {cijfer} van de beëindigde trajecten een rapportcijfer bekend",
    ),
    "zonder_hulp.verder": (
        "aandeel dat zonder andere hulp verder kan",
        "In {waar} kon {cijfer} na het einde zonder andere hulp verder",
    ),
    "zonder_hulp.respons": (
        "aandeel trajecten met een antwoord over hulp daarna",
        "In {waar} is van {cijfer} bekend of er nog hulp nodig is",
    ),
    "doelrealisatie.behaald": (
        "aandeel trajecten waarin de doelen zijn behaald",
        "In {waar} zijn bij {cijfer} van de trajecten de doelen behaald",
    ),
    "doelrealisatie.respons": (
        "aandeel trajecten met een antwoord over de doelen",
        "In {waar} is van {cijfer} bekend of de doelen zijn behaald",
    ),
    "verzilvering.aandeel": (
        "aandeel van de toegewezen hulp dat is geleverd",
        "In {waar} is {cijfer} van de toegewezen hulp geleverd",
    ),
    "verzilvering.nooit_gestart": (
        "aandeel toewijzingen dat nooit begon",
        "In {waar} begon {cijfer} van de toewijzingen nooit",
    ),
    "verzilvering.onbekend": (
        "aandeel toewijzingen waarvan de levering niet te meten is",
        "In {waar} is van {cijfer} van de toewijzingen niet te meten wat is geleverd",
    ),
    "wachttijd.terugwerkend": (
        "aandeel begonnen voor het besluit",
        "In {waar} begon {cijfer} van de hulp voor het besluit van de gemeente",
    ),
    "wachttijd.zonder_verzoek": (
        "aandeel zonder datum van een verzoek",
        "In {waar} is van {cijfer} van de begonnen trajecten geen verzoek bekend",
    ),
    "zorgpad.sggz_afschaling": (
        "aandeel specialistische ggz waarna lichtere hulp begon",
        "In {waar} begon na {cijfer} van de trajecten in de specialistische ggz lichtere hulp",
    ),
    "kwaliteit.datumbron_begin": (
        "aandeel begindatums dat de aanbieder niet meldde",
        "In {waar} is {cijfer} van de begindatums niet gemeld door de aanbieder",
    ),
    "kwaliteit.datumbron_eind": (
        "aandeel einddatums dat de aanbieder niet meldde",
        "In {waar} is {cijfer} van de einddatums niet gemeld door de aanbieder",
    ),
    "kwaliteit.verwijzer_onbekend": (
        "aandeel trajecten met een onbekende verwijzer",
        "In {waar} is van {cijfer} van de trajecten de verwijzer onbekend",
    ),
    "uitgaven.aansluiting": (
        "deel van de jaarrekening dat in de declaraties staat",
        "In {waar} staat {cijfer} van de jaarrekening in de declaraties",
    ),
    "uitgaven.landelijk_aandeel": (
        "aandeel van landelijk ingekochte zorg in de uitgaven",
        "In {waar} gaat {cijfer} van de uitgaven naar landelijk ingekochte zorg",
    ),
    "uitgaven.leeftijdsindex": (
        "uitgaven tegenover wat bij de leeftijd van de kinderen past",
        "De uitgaven in {waar} zijn {cijfer} van wat bij de leeftijd van de kinderen past",
    ),
    "uitgaven.pgb_aandeel": (
        "aandeel van het pgb in de uitgaven",
        "In {waar} gaat {cijfer} van de uitgaven naar persoonsgebonden budgetten",
    ),
}
_DAGEN: dict[str, tuple[str, str]] = {
    "wachttijd.toewijzing_start": (
        "wachttijd van besluit tot start",
        "De middelste wachttijd van besluit tot start is in {waar} {cijfer}",
    ),
    "wachttijd.toewijzing_start_p90": (
        "wachttijd van besluit tot start waarbinnen negen van de tien beginnen",
        "Negen van de tien beginnen in {waar} binnen {cijfer} na het besluit",
    ),
    "wachttijd.ingang_start": (
        "wachttijd van de afgesproken dag tot de start",
        "De middelste wachttijd van afgesproken dag tot start is in {waar} {cijfer}",
    ),
    "wachttijd.ingang_start_p90": (
        "wachttijd van afgesproken dag tot start waarbinnen negen van de tien beginnen",
        "Negen van de tien beginnen in {waar} binnen {cijfer} na de afgesproken dag",
    ),
    "wachttijd.verzoek_start": (
        "wachttijd van verzoek tot start",
        "De middelste wachttijd van verzoek tot start is in {waar} {cijfer}",
    ),
    "wachttijd.verzoek_start_p90": (
        "wachttijd van verzoek tot start waarbinnen negen van de tien beginnen",
        "Negen van de tien beginnen in {waar} binnen {cijfer} na het verzoek",
    ),
    "wachttijd.verzoek_toewijzing": (
        "wachttijd van verzoek tot besluit",
        "De middelste wachttijd van verzoek tot besluit is in {waar} {cijfer}",
    ),
    "wachttijd.verzoek_toewijzing_p90": (
        "wachttijd van verzoek tot besluit waarbinnen negen van de tien een besluit hebben",
        "Negen van de tien krijgen in {waar} binnen {cijfer} een besluit",
    ),
    "zorgpad.sggz_duur": (
        "verwachte duur van specialistische ggz",
        "Een traject in de specialistische ggz duurt in {waar} naar verwachting {cijfer}",
    ),
}
_EURO: dict[str, tuple[str, str]] = {
    "uitgaven.pgb": (
        "uitgaven aan persoonsgebonden budgetten",
        "In {waar} ging {cijfer} naar persoonsgebonden budgetten",
    ),
    "uitgaven.verwacht_jaar": (
        "verwachte uitgaven over twaalf maanden",
        "De jeugdhulp in {waar} kost over twaalf maanden naar verwachting {cijfer}",
    ),
    "uitgaven.verschil_jeugdigen": (
        "verschil in uitgaven door het aantal jeugdigen",
        "Door het aantal jeugdigen veranderden de uitgaven in {waar} met {cijfer}",
    ),
    "uitgaven.verschil_volume": (
        "verschil in uitgaven door de hoeveelheid hulp per jeugdige",
        "Door de hoeveelheid hulp per jeugdige veranderden de uitgaven in {waar} met {cijfer}",
    ),
    "uitgaven.verschil_mix": (
        "verschil in uitgaven door andere hulp",
        "Door andere hulp veranderden de uitgaven in {waar} met {cijfer}",
    ),
    "uitgaven.verschil_index": (
        "verschil in uitgaven door de indexatie",
        "Door de indexatie veranderden de uitgaven in {waar} met {cijfer}",
    ),
    "uitgaven.verschil_prijs": (
        "verschil in uitgaven door de prijs, naast de indexatie",
        "Door de prijs, naast de indexatie, veranderden de uitgaven in {waar} met {cijfer}",
    ),
}
_CIJFER: dict[str, tuple[str, str]] = {
    "tevredenheid.gemiddeld": (
        "gemiddeld rapportcijfer voor het nut van de hulp",
        "Het nut van de hulp krijgt in {waar} gemiddeld een {cijfer}",
    ),
}
VERVOLG: dict[str, dict[str, Woorden]] = {
    eenheid: {naam: Woorden(*paar) for naam, paar in lijst.items()}
    for eenheid, lijst in {
        "aantal": _AANTAL,
        "procent": _PROCENT,
        "dagen": _DAGEN,
        "euro": _EURO,
        "cijfer": _CIJFER,
    }.items()
}
