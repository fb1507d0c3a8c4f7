"""Checks 6, 19, 20 and 21 on declarations: without or beside their toewijzing, wrong amounts, loose credits."""

from __future__ import annotations

from analyse.inname.regels import drempels
from analyse.inname.regels.regel import B, I, Regel, W
from analyse.kern.fouten import RAAKT_EURO


def geld() -> list[Regel]:
    """Rules about declarations and the answers to them."""
    return [*_toewijzing(), *_omvang(), *_bedragen(), *_credits(), *_antwoorden()]


def _toewijzing() -> list[Regel]:
    return [
        Regel(
            "DK06b",
            W,
            "declaratie_lot",
            "Er is gedeclareerd en toegekend op een toewijzing die is verwijderd.",
            "Controleer of de toewijzing terecht is verwijderd.",
            lambda t: t.toewijzing_verwijderd & t.toegekend & (t.lot == "gebruikt"),
        ),
        Regel(
            "DK19",
            W,
            "declaratie_lot",
            "Bij deze declaratie is geen toewijzing geleverd. Het bedrag telt mee, het kind is onbekend.",
            "Lever ook de toewijzing, of controleer het toewijzingnummer.",
            lambda t: t.persoon.isnull() & (t.lot == "gebruikt") & (t.bericht != "325"),
        ),
        Regel(
            "DK19b",
            W,
            "declaratie_beeld",
            "Er is hulp gedeclareerd van buiten de looptijd van de toewijzing.",
            "Keur de declaratie af of pas de toewijzing aan.",
            lambda t: t.toegekend & ((t.periode_eind < t.ingangsdatum) | (t.periode_begin > t.einddatum)),
        ),
        Regel(
            "DK19c",
            W,
            "declaratie_beeld",
            "Er is een ander product gedeclareerd dan is toegewezen.",
            "Keur de declaratie af of pas de toewijzing aan.",
            lambda t: t.toegekend & t.ander_product,
        ),
        Regel(
            "DK19d",
            W,
            "declaratie_beeld",
            "Er is in een andere eenheid gedeclareerd dan is toegewezen.",
            "Keur de declaratie af. Alleen minuten bij een toewijzing in uren mag.",
            lambda t: t.toegekend & t.andere_eenheid,
        ),
    ]


def _omvang() -> list[Regel]:
    return [
        Regel(
            "DK19e",
            W,
            "toewijzing_beeld",
            "Er is meer hulp gedeclareerd dan is toegewezen.",
            "Controleer het volume van de toewijzing en van de declaraties.",
            lambda t: t.geleverd_volume > t.toegewezen_volume * drempels.MARGE_VOLUME,
        ),
        Regel(
            "DK19f",
            W,
            "toewijzing_beeld",
            "Er is meer gedeclareerd dan het budget van de toewijzing.",
            "Controleer het budget en de declaraties.",
            lambda t: t.euro_cent > t.budget_cent,
        ),
    ]


def _bedragen() -> list[Regel]:
    onder, boven = drempels.CENT_PER_UUR
    return [
        Regel(
            "DK20a",
            B,
            "prijzen",
            "De prijs per uur kan niet kloppen. Waarschijnlijk staan bedragen in euro's in plaats van centen.",
            "Lever bedragen in hele eurocenten. Tot dan zijn er geen cijfers in euro's.",
            lambda t: (t.regels >= drempels.REGELS_PRIJS) & ~t.cent_per_uur.between(onder, boven),
            toon="tekst",
            rauw=True,
            raakt=RAAKT_EURO,
        ),
        Regel(
            "DK20b",
            W,
            "declaratie_beeld",
            "Het bedrag is niet gelijk aan volume maal tarief.",
            "Controleer bedrag, volume en tarief van deze regel.",
            lambda t: (t.bedrag_cent.abs() - t.verwacht_cent.abs()).abs() > drempels.CENT_VERSCHIL,
        ),
    ]


def _credits() -> list[Regel]:
    return [
        Regel(
            "DK21a",
            W,
            "declaratie_beeld",
            "Een credit hoort bij geen enkele geleverde debetregel.",
            "Lever ook de declaratie waar deze credit bij hoort.",
            lambda t: t.is_credit & ~t.debet_bekend,
        ),
        Regel(
            "DK21b",
            W,
            "clientmaanden",
            "In een maand is voor een kind meer teruggeboekt dan gedeclareerd.",
            "Controleer de credits van deze maand.",
            lambda t: t.euro_cent < 0,
            toon="maand",
            rauw=True,
        ),
        Regel(
            "DK37",
            W,
            "declaratie_lot",
            "Hetzelfde referentienummer komt vaker voor, met een andere inhoud. Alle regels tellen mee.",
            "Controleer of er niet dubbel is gedeclareerd.",
            lambda t: t.dubbel & (t.lot == "gebruikt"),
        ),
    ]


def _antwoorden() -> list[Regel]:
    return [
        Regel(
            "DK34",
            W,
            "declaratie_lot",
            "Een afkeuring (325) hoort bij geen enkele geleverde declaratie. De regel is opzij gezet.",
            "Lever ook de declaratieberichten (323) uit die maand.",
            lambda t: t.lot_regel == "DK34",
        ),
        Regel(
            "DK35",
            I,
            "verzoek_lot",
            "Een antwoord (319) hoort bij geen enkel geleverd verzoek. De regel is opzij gezet.",
            "U hoeft niets te doen als het verzoek van voor deze levering is.",
            lambda t: t.lot_regel == "DK35",
        ),
        Regel(
            "DK36",
            W,
            "verwijzer_lot",
            "Bij deze verwijzer is geen geldige toewijzing geleverd. De regel is opzij gezet.",
            "Controleer het toewijzingnummer.",
            lambda t: t.lot_regel == "DK36",
        ),
        Regel(
            "DK38",
            I,
            "retour_lot",
            "Een afkeuring (302) hoort bij geen enkele geleverde toewijzing. De regel is opzij gezet.",
            "U hoeft niets te doen.",
            lambda t: t.lot_regel == "DK38",
        ),
    ]
