"""Checks 15, 16, 26, 29, 31 and 39 on a delivery as a whole: shares, gaps, and what isn't in it at all."""

from __future__ import annotations

from analyse.inname.regels import drempels
from analyse.inname.regels.regel import B, I, Regel, W
from analyse.kern.fouten import RAAKT_EURO


def geheel() -> list[Regel]:
    """Rules about all of one gemeente."""
    return [*_dubbel(), *_producten(), *_verwijzers(), *_compleet(), *_dekking()]


def _dubbel() -> list[Regel]:
    return [
        Regel(
            "DK39",
            W,
            zicht,
            "Dezelfde gegevens zijn twee keer geleverd, met een andere inhoud.",
            "Zoek uit welke regel klopt. De eerste is gebruikt, de andere is opzij gezet.",
            lambda t: t.lot_regel == "DK39",
        )
        for zicht in ("uitkomst_lot", "populatie_lot", "begroting_lot", "aanmelding_lot")
    ]


def _producten() -> list[Regel]:
    return [
        Regel(
            "DK15a",
            W,
            "onbekende_producten",
            "Dit product staat niet in de productenlijst en telt niet mee als jeugdhulptraject.",
            "Voeg de productcode toe aan params/producten.csv.",
            lambda t: t.omschrijving.notnull(),
            toon="omschrijving",
            rauw=True,
        ),
        Regel(
            "DK15b",
            B,
            "kerngetallen",
            "Meer dan 5 procent van de uitgaven is voor onbekende producten. Alle aantallen zijn te laag.",
            "Vul params/producten.csv aan. Hulp zonder bekend product telt niet mee.",
            lambda t: t.onbekend_product > drempels.AANDEEL_ONBEKEND_PRODUCT,
            toon="tekst_onbekend_product",
            rauw=True,
        ),
        Regel(
            "DK15c",
            W,
            "toewijzing_beeld",
            "De productcategorie (31 tot en met 38) is uit 2015 en zegt weinig over de hulp.",
            "Gebruik een productcode uit de standaardlijst.",
            lambda t: (t.domein == "Jw") & t.productcategorie.between("31", "38"),
            toon="productcategorie",
            rauw=True,
        ),
    ]


def _verwijzers() -> list[Regel]:
    return [
        Regel(
            "DK16a",
            W,
            "kerngetallen",
            "Van veel toewijzingen is de verwijzer onbekend.",
            "Lever de verzoeken (315) en de tabel verwijzers uit de back office.",
            lambda t: t.onbekende_verwijzer > drempels.AANDEEL_ONBEKENDE_VERWIJZER,
            toon="tekst_onbekende_verwijzer",
            rauw=True,
        )
    ]


def _compleet() -> list[Regel]:
    return [
        Regel(
            "DK26a",
            B,
            "kerngetallen",
            "De levering bevat geen enkele bruikbare toewijzing.",
            "Lever de toewijzingen (301 of de tabel toewijzingen).",
            lambda t: t.toewijzingen == 0,
        ),
        Regel(
            "DK26m",
            B,
            "maandgaten",
            "Er ontbreken starten van een of meer maanden. De instroom klopt dan niet.",
            "Lever ook de startberichten van deze maanden.",
            lambda t: (t.wat == "starts") & (t.buurmaand >= drempels.MAAND_VOL),
            toon="tekst",
            rauw=True,
        ),
        Regel(
            "DK26n",
            B,
            "maandgaten",
            "Er ontbreken declaraties van een of meer maanden. De uitgaven kloppen dan niet.",
            "Lever ook de declaraties van deze maanden.",
            lambda t: (t.wat == "declaraties") & (t.buurmaand >= drempels.MAAND_VOL),
            toon="tekst",
            rauw=True,
            raakt=RAAKT_EURO,
        ),
    ]


def _dekking() -> list[Regel]:
    return [
        Regel(
            "DK40",
            W,
            "aanmelding_gaten",
            "In de tabel aanmeldingen ontbreken kwartalen. Het halfjaar waar zij in vallen, telt niet mee.",
            "Vul de kwartalen aan. Schrijf 0 als huisartsen niemand aanmeldden.",
            lambda t: t.ontbreekt > 0,
            toon="tekst",
            rauw=True,
        ),
        Regel(
            "DK29",
            I,
            "dekking",
            "Er is niets geleverd over pgb. Hulp met een pgb ontbreekt in de cijfers.",
            "Lever de tabel pgb als u pgb's in de cijfers wilt zien.",
            lambda t: ~t.pgb_geleverd,
        ),
        Regel(
            "DK31",
            W,
            "kerngetallen",
            "Er zijn geen jeugdbeschermingsmaatregelen geleverd. Of een kind een maatregel heeft, is onbekend.",
            "Lever de tabel maatregelen.",
            lambda t: ~t.maatregelen_geleverd,
        ),
    ]
