"""Checks 5 to 9, 16, 17, 18, 24, 27 and 28: the toewijzing itself, its dates, its client and who referred."""

from __future__ import annotations

import ibis

from analyse.inname.regels import drempels
from analyse.inname.regels.regel import I, Regel, W


def toewijzing() -> list[Regel]:
    """Rules about versions, current state and clients."""
    return [*_versies(), *_datums(), *_stapeling(), *_verwijzer(), *_client(), *_patronen()]


def _versies() -> list[Regel]:
    return [
        Regel(
            "DK05",
            W,
            "versies",
            "Dezelfde versie van een toewijzing is twee keer geleverd, met een andere inhoud.",
            "Zoek uit welke versie klopt. Eén ervan is gebruikt, de andere is opzij gezet.",
            lambda t: t.lot_regel == "DK05",
        ),
        Regel(
            "DK32",
            I,
            "versies",
            "De aanbieder heeft deze versie van de toewijzing afgekeurd (302). De versie is opzij gezet.",
            "U hoeft niets te doen als er een nieuwe toewijzing is gestuurd.",
            lambda t: t.lot_regel == "DK32",
        ),
        Regel(
            "DK06a",
            I,
            "versies",
            "Deze toewijzing is door de gemeente verwijderd en telt niet mee.",
            "U hoeft niets te doen.",
            lambda t: t.lot == "verwijderd",
        ),
    ]


def _datums() -> list[Regel]:
    return [
        Regel(
            "DK07b",
            W,
            "toestand",
            "De einddatum van de toewijzing ligt voor de ingangsdatum.",
            "Verbeter de datums. Een ingetrokken toewijzing hoort reden wijziging 13 te hebben.",
            lambda t: t.einddatum < t.ingangsdatum,
        ),
        Regel(
            "DK07c",
            W,
            "toewijzing_beeld",
            "De toewijzing gaat pas over meer dan een jaar in.",
            "Controleer het jaar van de ingangsdatum.",
            lambda t: t.ingangsdatum > t.peildatum + ibis.interval(days=drempels.DAGEN_TOEKOMST),
        ),
        Regel(
            "DK08a",
            W,
            "toewijzing_beeld",
            "De toewijzing is per week en heeft geen einddatum. Zonder einddatum is de omvang niet te bepalen.",
            "Vul de einddatum in. Bij een frequentie per week is die verplicht.",
            lambda t: (t.frequentie == "2") & t.einddatum.isnull(),
        ),
        Regel(
            "DK08b",
            W,
            "toewijzing_beeld",
            "De toewijzing staat open, maar er is al een half jaar niets gedeclareerd.",
            "Vraag de aanbieder of de hulp nog loopt. Zo niet, laat een stopbericht sturen.",
            lambda t: (
                t.geld_geleverd
                & t.einddatum.isnull()
                & ~t.gestopt
                & (t.eenheid != "82").fill_null(True)  # output is declared once
                & (
                    ibis.coalesce(t.laatste, t.ingangsdatum)
                    < t.peildatum - ibis.interval(months=drempels.MAANDEN_SLAPEND)
                )
            ),
        ),
    ]


def _stapeling() -> list[Regel]:
    return [
        Regel(
            "DK09a",
            W,
            "toewijzing_beeld",
            "Een kind heeft bij één aanbieder twee toewijzingen tegelijk voor hetzelfde product.",
            "Beëindig een van de twee. Stapelen mag niet.",
            lambda t: t.stapelt & ~t.omgekeerd,
        ),
        Regel(
            "DK09b",
            I,
            "toewijzing_beeld",
            "Een kind heeft hetzelfde product tegelijk bij twee aanbieders.",
            "Dat mag. Controleer of de oude toewijzing is beëindigd na een overstap.",
            lambda t: t.ook_elders & ~t.omgekeerd,
        ),
    ]


def _verwijzer() -> list[Regel]:
    return [
        Regel(
            "DK16c",
            W,
            "toewijzing_beeld",
            "De verwijzer is een arts of een GI, maar de AGB-code van de verwijzer ontbreekt.",
            "Vraag de aanbieder om de code of de naam van de verwijzer.",
            lambda t: t.verwijzer.isin(["02", "03", "04", "05"]) & t.verwijzer_agb.isnull(),
        ),
        Regel(
            "DK16d",
            W,
            "toewijzing_beeld",
            "Een kind kreeg in één halfjaar hulp via verschillende verwijzers.",
            "Controleer wie verwees. Het kan kloppen als het om verschillende hulp gaat.",
            lambda t: t.verwijzers_lopen_uiteen,
        ),
        Regel(
            "DK17a",
            I,
            "terugwerking",
            "Zo lang na de ingangsdatum zijn toewijzingen gemaakt. Recente cijfers lopen dus nog op.",
            "U hoeft niets te doen.",
            lambda t: ~t.gi & (t.negentig > drempels.DAGEN_TERUG),
            toon="tekst",
            rauw=True,
        ),
        Regel(
            "DK17b",
            I,
            "terugwerking",
            "Zo lang na de ingangsdatum zijn toewijzingen gemaakt als een GI verwees.",
            "U hoeft niets te doen.",
            lambda t: t.gi & (t.negentig > drempels.DAGEN_TERUG),
            toon="tekst",
            rauw=True,
        ),
    ]


def _client() -> list[Regel]:
    return [
        Regel(
            "DK24a",
            W,
            "geboortejaren",
            "Eén kind heeft meer dan één geboortejaar. Het laatste jaar is gebruikt.",
            "Controleer de geboortedatum in de bron.",
            lambda t: t.jaren > 1,
        ),
        Regel(
            "DK24b",
            W,
            "toewijzing_beeld",
            "De leeftijd bij het begin kan niet: nog niet geboren, of ouder dan 23 jaar.",
            "Controleer de geboortedatum en de ingangsdatum.",
            lambda t: (
                (t.domein == "Jw")
                & (t.geboortejaar > drempels.JAAR_PLAATSVERVANGER)
                & ((t.leeftijd < 0) | (t.leeftijd > drempels.LEEFTIJD_MAX))
            ),
        ),
        Regel(
            "DK24c",
            W,
            "toewijzing_beeld",
            "De hulp begint als de jongere al 18 is. Of het om verlengde jeugdhulp gaat, is niet te zien.",
            "Controleer of de verlenging is toegestaan.",
            lambda t: (t.domein == "Jw") & t.leeftijd.between(drempels.LEEFTIJD_VOLWASSEN, drempels.LEEFTIJD_MAX),
        ),
        Regel(
            "DK24d",
            W,
            "toewijzing_beeld",
            "Het geboortejaar is 1900 of 1901. Dat staat voor een onbekende geboortedatum.",
            "Vul de geboortedatum in. De leeftijd telt nu als onbekend.",
            lambda t: (t.domein == "Jw") & (t.geboortejaar <= drempels.JAAR_PLAATSVERVANGER),
        ),
    ]


def _patronen() -> list[Regel]:
    return [
        Regel(
            "DK18a",
            W,
            "pieken",
            "Op de eerste of laatste dag van het jaar begint of eindigt veel meer hulp dan anders.",
            "Ga na of dit nieuwe contracten zijn. Dan is het geen echte instroom of uitstroom.",
            lambda t: (t.op_de_dag >= drempels.MINIMUM_PIEK) & (t.op_de_dag > drempels.PIEK * t.gemiddeld),
            toon="tekst",
            rauw=True,
        ),
        Regel(
            "DK18b",
            W,
            "bulk",
            "Op één dag zijn veel toewijzingen om een administratieve reden gewijzigd.",
            "U hoeft niets te doen als dit klopt. De hulp telt als doorlopend.",
            lambda t: t.aantal >= drempels.BULK,
            toon="tekst",
            rauw=True,
        ),
        Regel(
            "DK27",
            I,
            "overgangen",
            "Rond 1 januari 2022 ging hulp over uit een andere gemeente (woonplaatsbeginsel).",
            "U hoeft niets te doen. Vergelijk de jaren 2021 en 2022 met zorg.",
            lambda t: t.kinderen > 0,
            toon="tekst",
            rauw=True,
        ),
        Regel(
            "DK28a",
            I,
            "toewijzing_beeld",
            "Er zijn meer dan 40 uur per week toegewezen aan één kind.",
            "Controleer het volume. Misschien staat hulp aan een heel gezin op één kind.",
            lambda t: (t.domein == "Jw") & (t.uren_per_week > drempels.UREN_PER_WEEK),
        ),
        Regel(
            "DK28b",
            I,
            "toewijzing_beeld",
            "Enkele kinderen in dezelfde postcode kregen op één dag dezelfde hulp. Misschien is dit één gezin.",
            "Ga na of hulp aan een gezin bij elk kind apart is geboekt.",
            lambda t: t.samen_aangevraagd.between(*drempels.KINDEREN_GEZIN),
        ),
    ]
