"""The rules about rows: one table of id, severity, Dutch text and condition, evaluated in the engine.

A rule looks at one view of the data (a typed input table, the current state, the spells, the totals per
gemeente). `opzij` rules take a row out before anything is computed with it; all others only tell. Numbers follow
the thirty checks for deliveries in the domain reference; a letter splits a check. Adding a rule is adding a row.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from analyse.inname.codelijsten import Codelijsten
from analyse.kern.fouten import Ernst

B, W, I = Ernst.BLOKKEREND, Ernst.WAARSCHUWING, Ernst.INFORMATIE  # noqa: E741
Conditie = Callable[[ir.Table], ir.BooleanValue]

# Without these a row can't be used. A stop also needs its einddatum.
NODIG: dict[str, tuple[str, ...]] = {
    "clienten": ("persoon",),
    "toewijzingen": ("toewijzingnummer", "persoon", "aanbieder_agb", "toewijzingsdatum", "ingangsdatum"),
    "leveringen": ("begindatum",),
    "verzoeken": ("aanbieder_agb", "referentie_aanbieder"),
    "declaraties": ("toewijzingnummer", "periode_begin", "periode_eind", "bedrag_cent"),
    "maatregelen": ("persoon", "type", "begindatum"),
    "verwijzers": ("toewijzingnummer", "verwijzer_type"),
    "retour": ("toewijzingnummer", "toewijzingsdatum"),
    "uitkomsten": ("persoon", "aanbieder_agb", "einddatum"),
    "pgb": ("persoon", "productcategorie", "periode", "bedrag_cent"),
    "jbt": ("melding_id", "datum_melding"),
    "populatie": ("jaar", "leeftijd", "aantal"),
    "begroting": ("jaar", "taakveld"),
}
DREMPEL_ONBEKEND_PRODUCT = 0.05  # share of euros, or of toewijzingen where no euros were delivered
DREMPEL_ONBEKENDE_VERWIJZER = 0.10


@dataclass(frozen=True)
class Regel:
    """One check. `toon` is the column whose value is shown (`rauw` as it is, else only its shape)."""

    id: str
    ernst: Ernst
    zicht: str
    tekst: str
    doe: str
    geldt: Conditie
    toon: str = ""
    rauw: bool = False
    opzij: bool = False


def regels(lijsten: Codelijsten) -> tuple[Regel, ...]:
    """Every rule, in the order in which they are reported; the first `opzij` rule that holds takes the row."""
    return (*_invoer(), *_codes(lijsten), *_toestand(), *_leveringen(), *_overig(), *_dubbel(), *_aandelen())


def _invoer() -> list[Regel]:
    vast = [
        Regel(
            "DK01a",
            W,
            tabel,
            "Een verplichte waarde is leeg of niet te lezen. De regel is opzij gezet.",
            "Vul de waarde in of verbeter die. Datums zijn jjjj-mm-dd, bedragen hele centen.",
            _onbruikbaar(tabel),
            toon="onleesbaar_waarde",
            opzij=True,
        )
        for tabel in NODIG
    ]
    return [*vast, *(r for tabel in NODIG if tabel != "retour" for r in _per_tabel(tabel))]


def _onbruikbaar(tabel: str) -> Conditie:
    def geldt(t: ir.Table) -> ir.BooleanValue:
        leeg = ibis.or_(*(t[kolom].isnull() for kolom in NODIG[tabel]))
        kapot = (t.onleesbaar == "einddatum").fill_null(False)
        if tabel == "leveringen":
            leeg = leeg | ~t.soort.isin(["start", "stop"]).fill_null(False)
            leeg = leeg | ((t.soort == "stop") & t.einddatum.isnull())
        if tabel == "verzoeken":
            leeg = leeg | ~t.berichttype.isin(["315", "317", "319"]).fill_null(False)
        return leeg | kapot

    return geldt


def _per_tabel(tabel: str) -> list[Regel]:
    lijst = [
        Regel(
            "DK01b",
            W,
            tabel,
            "Een waarde is niet te lezen en telt als leeg.",
            "Verbeter de waarde. Datums zijn jjjj-mm-dd, getallen alleen cijfers.",
            lambda t: t.onleesbaar.notnull() & t.regel.isnull(),
            toon="onleesbaar_waarde",
        ),
        Regel(
            "DK30a",
            W,
            tabel,
            "Een code miste nullen vooraan. De nullen zijn teruggezet.",
            "Sla kolommen met codes in Excel op als tekst.",
            lambda t: t.aangevuld.notnull(),
            toon="aangevuld",
            rauw=True,
        ),
    ]
    if tabel in ("toewijzingen", "leveringen", "maatregelen"):
        lijst.append(
            Regel(
                "DK07a",
                W,
                tabel,
                "De einddatum ligt in een jaar dat 'nooit' betekent (zoals 9999). Hij telt als leeg.",
                "Laat de einddatum leeg als er geen einde is.",
                lambda t: t.eeuwig,
            )
        )
    return lijst


def _codes(lijsten: Codelijsten) -> list[Regel]:
    waar = {
        "toewijzingen": ("productcategorie", "reden_wijziging", "eenheid", "frequentie"),
        "leveringen": ("reden_beeindiging", "status_aanlevering"),
        "declaraties": ("productcategorie", "eenheid", "debet_credit"),
        "clienten": ("geslacht",),
        "maatregelen": ("type",),
    }
    return [
        Regel(
            "DK01c",
            W,
            tabel,
            f"Een code in de kolom {kolom} staat niet in de codelijst.",
            "Gebruik de codes van iJw en iWmo 3.2.",
            _niet_in(kolom, lijsten.per_kolom[kolom]),
            toon=kolom,
        )
        for tabel, kolommen in waar.items()
        for kolom in kolommen
    ] + [
        Regel(
            "DK16b",
            W,
            tabel,
            "Dit type verwijzer bestaat niet. De verwijzer telt als onbekend.",
            "Gebruik 01 tot en met 06 of 08.",
            _niet_in("verwijzer_type", lijsten.per_kolom["verwijzer_type"]),
            toon="verwijzer_type",
        )
        for tabel in ("verzoeken", "verwijzers", "toewijzingen")
    ]


def _niet_in(kolom: str, per_domein: dict[str, tuple[str, ...]]) -> Conditie:
    def geldt(t: ir.Table) -> ir.BooleanValue:
        if "domein" not in t.columns:
            bekend = t[kolom].isin(per_domein["Jw"])
        else:
            bekend = ibis.ifelse(
                t.domein == "Wmo", t[kolom].isin(per_domein["Wmo"]), t[kolom].isin(per_domein["Jw"])
            )
        return t[kolom].notnull() & ~bekend & t.regel.isnull()

    return geldt


def _toestand() -> list[Regel]:
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
        Regel(
            "DK07b",
            W,
            "toestand",
            "De einddatum van de toewijzing ligt voor de ingangsdatum.",
            "Verbeter de datums. Een ingetrokken toewijzing hoort reden wijziging 13 te hebben.",
            lambda t: t.einddatum < t.ingangsdatum,
        ),
        Regel(
            "DK24a",
            W,
            "geboortejaren",
            "Eén kind heeft meer dan één geboortejaar. Het laatste jaar is gebruikt.",
            "Controleer de geboortedatum in de bron.",
            lambda t: t.jaren > 1,
        ),
    ]


def _leveringen() -> list[Regel]:
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
            "spell_lot",
            "De hulp eindigt voordat die begint. De hulp telt als één dag.",
            "Verbeter de begin- of einddatum.",
            lambda t: t.omgekeerd,
        ),
        Regel(
            "DK14",
            I,
            "leveringen",
            "De status van de aanlevering is 2 of 9. Die horen niet in iJw 3.x.",
            "U hoeft niets te doen. Status 2 vervangt de vorige, status 9 herhaalt die.",
            lambda t: t.status_aanlevering.isin(["2", "9"]),
        ),
    ]


def _overig() -> list[Regel]:
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
            "DK34",
            W,
            "declaratie_lot",
            "Een afkeuring (325) hoort bij geen enkele geleverde declaratie. De regel is opzij gezet.",
            "Lever ook de declaratieberichten (323) uit die maand.",
            lambda t: t.lot_regel == "DK34",
        ),
        Regel(
            "DK37",
            W,
            "declaratie_lot",
            "Hetzelfde referentienummer komt vaker voor, met een andere inhoud. Alle regels tellen mee.",
            "Controleer of er niet dubbel is gedeclareerd.",
            lambda t: t.dubbel & (t.lot == "gebruikt"),
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
        for zicht in ("uitkomst_lot", "populatie_lot", "begroting_lot")
    ]


def _aandelen() -> list[Regel]:
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
            "Meer dan 5 procent van de uitgaven is voor producten die niet in de productenlijst staan.",
            "Vul params/producten.csv aan. Cijfers per hulpvorm zijn tot dan niet te geven.",
            lambda t: t.onbekend_product > DREMPEL_ONBEKEND_PRODUCT,
            toon="tekst_onbekend_product",
            rauw=True,
        ),
        Regel(
            "DK16a",
            W,
            "kerngetallen",
            "Van veel toewijzingen is de verwijzer onbekend.",
            "Lever de verzoeken (315) en de tabel verwijzers uit de back office.",
            lambda t: t.onbekende_verwijzer > DREMPEL_ONBEKENDE_VERWIJZER,
            toon="tekst_onbekende_verwijzer",
            rauw=True,
        ),
        Regel(
            "DK26a",
            B,
            "kerngetallen",
            "De levering bevat geen enkele bruikbare toewijzing.",
            "Lever de toewijzingen (301 of de tabel toewijzingen).",
            lambda t: t.toewijzingen == 0,
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
