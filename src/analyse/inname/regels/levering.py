"""Checks 10 to 14 on starts and stops: missing, late, in the wrong order, or without a toewijzing."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from analyse.inname.regels import drempels
from analyse.inname.regels.regel import I, Regel, W


def levering() -> list[Regel]:
    """Rules about messages of delivery (305, 307)."""
    return [*_zonder_toewijzing(), *_ontbreekt(), *_start(), *_volgorde(), *_status()]


def _zonder_toewijzing() -> list[Regel]:
    return [
        Regel(
            "DK12a",
            W,
            "levering_lot",
            "Bij deze start of stop is geen geldige toewijzing. De regel is opzij gezet.",
            "Lever ook de toewijzing, of controleer het toewijzingnummer.",
            lambda t: t.lot_regel == "DK12a",
        ),
        Regel(
            "DK33",
            I,
            "levering_lot",
            "Deze start of stop heeft geen toewijzingnummer (taakgerichte hulp). De regel is opzij gezet.",
            "Taakgerichte hulp telt niet mee in deze cijfers.",
            lambda t: t.lot_regel == "DK33",
        ),
    ]


def _zonder_start(t: ir.Table, dagen: int) -> ir.BooleanValue:
    """Begun so many days ago, and nothing says that help was ever given."""
    niets = t.regie_geleverd & ~t.gestart & ~t.gestopt & t.laatste.isnull() & ~t.omgekeerd
    return niets & (t.ingangsdatum + ibis.interval(days=dagen) < t.peildatum)


def _ontbreekt() -> list[Regel]:
    kort, lang = drempels.DAGEN_ZONDER_START, drempels.DAGEN_ZONDER_START_LANG
    return [
        Regel(
            "DK10a",
            W,
            "toewijzing_beeld",
            "De toewijzing is meer dan 28 dagen geleden ingegaan, maar er is geen start en geen declaratie.",
            "Vraag de aanbieder of de hulp is begonnen en laat een startbericht sturen.",
            lambda t: _zonder_start(t, kort) & ~_zonder_start(t, lang),
        ),
        Regel(
            "DK10b",
            W,
            "toewijzing_beeld",
            "De toewijzing is meer dan 90 dagen geleden ingegaan, maar er is geen start en geen declaratie.",
            "Trek de toewijzing in als de hulp er niet komt. Zo lang telt zij mee als hulp.",
            lambda t: _zonder_start(t, lang),
        ),
        Regel(
            "DK13",
            W,
            "toewijzing_beeld",
            "De toewijzing is meer dan 30 dagen geleden geëindigd, maar er is geen stopbericht.",
            "Vraag de aanbieder om het stopbericht. De einddatum van de toewijzing is gebruikt.",
            lambda t: (
                t.gestart
                & ~t.gestopt
                & (t.einddatum + ibis.interval(days=drempels.DAGEN_ZONDER_STOP) < t.peildatum)
            ),
        ),
    ]


def _start() -> list[Regel]:
    return [
        Regel(
            "DK10c",
            W,
            "gebeurtenis_beeld",
            "Het startbericht kwam meer dan vijf werkdagen na het begin van de hulp.",
            "Bespreek met de aanbieder dat starten op tijd worden gemeld.",
            lambda t: t.werkdagen > drempels.WERKDAGEN_START,
        ),
        Regel(
            "DK11a",
            W,
            "gebeurtenis_beeld",
            "De hulp begint voor de ingangsdatum van de toewijzing.",
            "Verbeter de start of pas de ingangsdatum aan.",
            lambda t: t.heeft_start & (t.begindatum < t.ingangsdatum),
        ),
        Regel(
            "DK11b",
            W,
            "gebeurtenis_beeld",
            "De start ligt na de peildatum. Een start mag niet vooraf worden gemeld.",
            "Vraag de aanbieder of de datum klopt.",
            lambda t: t.heeft_start & (t.begindatum > t.peildatum),
        ),
        Regel(
            "DK11c",
            W,
            "gebeurtenis_beeld",
            "De hulp begint na de einddatum van de toewijzing.",
            "Verleng de toewijzing of verbeter de start.",
            lambda t: t.heeft_start & (t.begindatum > t.einde_toewijzing),
        ),
    ]


def _volgorde() -> list[Regel]:
    return [
        Regel(
            "DK12b",
            W,
            "gebeurtenis_beeld",
            "Er is een tweede start, zonder stop na de eerste.",
            "Vraag de aanbieder om de ontbrekende stop, of om de dubbele start te verwijderen.",
            lambda t: t.heeft_start & ~t.heeft_stop & t.volgende.notnull(),
        ),
        Regel(
            "DK12c",
            W,
            "gebeurtenissen",
            "Er is een stop zonder start. De begindatum van de stop is gebruikt.",
            "Vraag de aanbieder om het ontbrekende startbericht.",
            lambda t: ~t.heeft_start,
        ),
        Regel(
            "DK12d",
            W,
            "spell_beeld",
            "De hulp eindigt voordat die begint. De hulp telt als één dag.",
            "Verbeter de begin- of einddatum.",
            lambda t: t.omgekeerd,
        ),
        Regel(
            "DK12e",
            W,
            "gebeurtenis_beeld",
            "De hulp is meer dan 90 dagen geleden tijdelijk gestopt en niet hervat.",
            "Vraag de aanbieder om een start of een definitieve stop.",
            lambda t: (
                (t.reden_beeindiging == "20")
                & t.volgende.isnull()
                & (t.einddatum + ibis.interval(days=drempels.DAGEN_TIJDELIJK) < t.peildatum)
            ),
        ),
    ]


def _status() -> list[Regel]:
    return [
        Regel(
            "DK14",
            I,
            "leveringen",
            "De status van de aanlevering is 2 of 9. Die horen niet in iJw 3.x.",
            "U hoeft niets te doen. Status 2 vervangt de vorige, status 9 herhaalt die.",
            lambda t: t.status_aanlevering.isin(["2", "9"]),
        )
    ]
