"""The shapes that the hops hand to each other: neutral input tables, Basis, result table.

Plain data, no validation library: the input checks are rules in the engine (hop 1), and inside the house
the types are trusted. Dates are `date`, money is integer eurocent, codes are text.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Tabel:
    """A neutral input table: `verplicht` columns must be there, `facultatief` may be missing (then empty)."""

    naam: str
    verplicht: tuple[str, ...]
    facultatief: tuple[str, ...] = ()
    datums: tuple[str, ...] = field(default=())
    getallen: tuple[str, ...] = field(default=())

    @property
    def kolommen(self) -> tuple[str, ...]:
        """All columns in their fixed order."""
        return (*self.verplicht, *self.facultatief)


# Every input table may carry `gemeentecode` (else the folder says it) and `domein` (else Jw).
NEUTRAAL: dict[str, Tabel] = {
    t.naam: t
    for t in (
        Tabel(
            "clienten",
            ("client_id", "geboortejaar", "geslacht"),
            (
                "gemeentecode",
                "geboortemaand",
                "postcode4",
                "woonplaats_gemeente",
                "woonplaats_van",
                "woonplaats_tot",
                "herkomstgemeente_verblijf",
            ),
            datums=("woonplaats_van", "woonplaats_tot"),
            getallen=("geboortejaar", "geboortemaand"),
        ),
        Tabel(
            "toewijzingen",
            (
                "toewijzingnummer",
                "toewijzingsdatum",
                "toewijzingstijd",
                "client_id",
                "aanbieder_agb",
                "productcategorie",
                "productcode",
                "ingangsdatum",
                "einddatum",
                "reden_wijziging",
            ),
            (
                "gemeentecode",
                "domein",
                "beschikkingnummer",
                "volume",
                "eenheid",
                "frequentie",
                "budget_cent",
                "referentie_aanbieder",
                "leveringsvorm",
                "verwijzer_type",
                "verwijzer_agb",
                "team",
            ),
            datums=("toewijzingsdatum", "ingangsdatum", "einddatum"),
            getallen=("volume", "budget_cent"),
        ),
        Tabel(
            "leveringen",
            ("toewijzingnummer", "soort", "begindatum", "einddatum", "reden_beeindiging"),
            ("gemeentecode", "domein", "aanbieder_agb", "status_aanlevering", "berichtdatum"),
            datums=("begindatum", "einddatum", "berichtdatum"),
        ),
        Tabel(
            "verzoeken",
            ("aanbieder_agb", "referentie_aanbieder", "berichttype", "dagtekening", "verwijzer_type"),
            (
                "gemeentecode",
                "domein",
                "client_id",
                "toewijzingnummer",
                "verwijzer_agb",
                "productcategorie",
                "productcode",
                "antwoord",
                "reden_afwijzing",
                "gemeente_woonplaats",
            ),
            datums=("dagtekening",),
        ),
        Tabel(
            "declaraties",
            (
                "declaratienummer",
                "referentienummer",
                "toewijzingnummer",
                "productcategorie",
                "productcode",
                "periode_begin",
                "periode_eind",
                "bedrag_cent",
                "debet_credit",
            ),
            (
                "gemeentecode",
                "domein",
                "aanbieder_agb",
                "volume",
                "eenheid",
                "tarief_cent",
                "vorig_referentienummer",
                "dagtekening",
                "status",
                "retourcode",
            ),
            datums=("periode_begin", "periode_eind", "dagtekening"),
            getallen=("bedrag_cent", "volume", "tarief_cent"),
        ),
        Tabel(
            "maatregelen",
            ("client_id", "type", "begindatum", "einddatum"),
            ("gemeentecode", "reden_einde", "machtiging_type", "machtiging_van", "machtiging_tot"),
            datums=("begindatum", "einddatum", "machtiging_van", "machtiging_tot"),
        ),
        # Back office answer to what the messages can't say: the verwijzer of help that the toegang gave.
        Tabel(
            "verwijzers",
            ("toewijzingnummer", "verwijzer_type"),
            ("gemeentecode", "domein", "verwijzer_agb", "team"),
        ),
        Tabel(
            "uitkomsten",
            ("client_id", "aanbieder_agb", "einddatum"),
            ("gemeentecode", "rapportcijfer", "zonder_hulp_verder", "informant", "doelrealisatie"),
            datums=("einddatum",),
            getallen=("rapportcijfer",),
        ),
        Tabel(
            "pgb",
            ("client_id", "productcategorie", "periode", "bedrag_cent"),
            ("gemeentecode", "productcode"),
            getallen=("bedrag_cent",),
        ),
        Tabel(
            "jbt",
            ("melding_id", "datum_melding"),
            ("gemeentecode", "datum_tafel", "besluit", "datum_raadsverzoek", "terugmelding", "datum_uitspraak"),
            datums=("datum_melding", "datum_tafel", "datum_raadsverzoek", "datum_uitspraak"),
        ),
        Tabel(
            "populatie",
            ("jaar", "leeftijd", "aantal"),
            ("gemeentecode", "huisartspraktijk"),
            getallen=("jaar", "leeftijd", "aantal"),
        ),
        # What the ledger says was budgeted and spent, per Iv3 taakveld and year.
        Tabel(
            "begroting",
            ("jaar", "taakveld"),
            ("gemeentecode", "begroot_cent", "werkelijk_cent"),
            getallen=("jaar", "begroot_cent", "werkelijk_cent"),
        ),
        # How often huisartsen sent somebody to the local toegang, per quarter: no message says it.
        Tabel(
            "aanmeldingen",
            ("kwartaal", "aantal"),
            ("gemeentecode", "huisartspraktijk"),
            getallen=("aantal",),
        ),
    )
}

# Basis, the output of hop 1: column -> DuckDB type. Rows are sorted by persoon_nr where there is one
# ("kern" layout: integer person key, sorted). `eind` is null while open; days included on both sides.
BASIS: dict[str, dict[str, str]] = {
    "personen": {
        "persoon_nr": "INTEGER",
        "persoon": "VARCHAR",  # keyed pseudonym, 32 hex digits
        "geboortejaar": "SMALLINT",
        "geslacht": "VARCHAR",
    },
    "toewijzingen": {  # current state: one row per toewijzing that still stands
        "persoon_nr": "INTEGER",
        "gemeente": "VARCHAR",  # GM0200
        "domein": "VARCHAR",  # Jw or Wmo
        "toewijzingnummer": "VARCHAR",
        "aanbieder": "VARCHAR",  # AGB code
        "productcategorie": "VARCHAR",
        "productcode": "VARCHAR",
        "hulpvorm": "VARCHAR",  # null: product without hulpvorm (vervoer, unmapped)
        "sggz": "BOOLEAN",
        "deeltijdverblijf": "BOOLEAN",
        "zwaarte": "TINYINT",
        "verwijzer": "VARCHAR",  # COD327 or 'onbekend'
        "verwijzer_agb": "VARCHAR",
        "verwijzerbron": "VARCHAR",  # 'verzoek', 'backoffice' or null
        "toewijzingsdatum": "DATE",
        "ingangsdatum": "DATE",
        "einddatum": "DATE",
        # Of the first version, before any extension: what a child waited for.
        "eerste_toewijzingsdatum": "DATE",
        "eerste_ingangsdatum": "DATE",
        "verzoekdatum": "DATE",  # first 315 with the reference of the toewijzing
        "reden_wijziging": "VARCHAR",  # last non-empty over all versions
        "volume": "BIGINT",
        "eenheid": "VARCHAR",
        "frequentie": "VARCHAR",
        "budget_cent": "BIGINT",
        "leveringsvorm": "VARCHAR",
        "team": "VARCHAR",  # consulent or team that decided, where the back office says so
        "versies": "INTEGER",
        "verlengd": "INTEGER",  # times that a next version only moved the end, with the same help and volume
    },
    "spells": {  # periods of delivery, design §4 'Spell'
        "persoon_nr": "INTEGER",
        "gemeente": "VARCHAR",
        "domein": "VARCHAR",
        "toewijzingnummer": "VARCHAR",
        "aanbieder": "VARCHAR",
        "productcategorie": "VARCHAR",
        "productcode": "VARCHAR",
        "hulpvorm": "VARCHAR",
        "sggz": "BOOLEAN",
        "deeltijdverblijf": "BOOLEAN",
        "zwaarte": "TINYINT",
        "verwijzer": "VARCHAR",
        "verwijzer_agb": "VARCHAR",
        "begin": "DATE",
        "eind": "DATE",  # null while open
        "datumbron_begin": "VARCHAR",  # regiebericht, declaratie, toewijzing
        "datumbron_eind": "VARCHAR",
        "reden_beeindiging": "VARCHAR",
        "reden_wijziging": "VARCHAR",
    },
    "declaraties": {
        "persoon_nr": "INTEGER",
        "gemeente": "VARCHAR",
        "domein": "VARCHAR",
        "toewijzingnummer": "VARCHAR",
        "aanbieder": "VARCHAR",
        "productcategorie": "VARCHAR",
        "productcode": "VARCHAR",
        "hulpvorm": "VARCHAR",
        "verwijzer": "VARCHAR",
        "maand": "DATE",  # first day of the month of delivery
        "periode_begin": "DATE",
        "periode_eind": "DATE",
        "dagtekening": "DATE",
        "volume": "BIGINT",
        "eenheid": "VARCHAR",
        "bedrag_cent": "BIGINT",  # credits negative
        "toegekend": "BOOLEAN",
        "referentienummer": "VARCHAR",
        "vorig_referentienummer": "VARCHAR",
    },
    "maatregelen": {  # jeugdbeschermingsmaatregelen per person
        "persoon_nr": "INTEGER",
        "gemeente": "VARCHAR",
        "type": "VARCHAR",
        "begin": "DATE",
        "eind": "DATE",
        "machtiging_type": "VARCHAR",
        "machtiging_begin": "DATE",
        "machtiging_eind": "DATE",
    },
    "verzoeken": {
        "persoon_nr": "INTEGER",
        "gemeente": "VARCHAR",
        "domein": "VARCHAR",
        "aanbieder": "VARCHAR",
        "referentie": "VARCHAR",
        "berichttype": "VARCHAR",
        "dagtekening": "DATE",
        "verwijzer": "VARCHAR",
        "verwijzer_agb": "VARCHAR",
        "productcategorie": "VARCHAR",
        "productcode": "VARCHAR",
        "antwoord": "VARCHAR",
        "reden_afwijzing": "VARCHAR",
        "gemeente_woonplaats": "VARCHAR",
    },
    "uitkomsten": {  # what an aanbieder reports at the end of help
        "persoon_nr": "INTEGER",
        "gemeente": "VARCHAR",
        "aanbieder": "VARCHAR",
        "einddatum": "DATE",
        "rapportcijfer": "DOUBLE",  # 1 to 10
        "zonder_hulp_verder": "VARCHAR",  # 01 to 04, CBS protocol v7
        "informant": "VARCHAR",
        "doelrealisatie": "VARCHAR",
    },
    "pgb": {
        "persoon_nr": "INTEGER",
        "gemeente": "VARCHAR",
        "productcategorie": "VARCHAR",
        "productcode": "VARCHAR",
        "hulpvorm": "VARCHAR",
        "periode": "VARCHAR",  # 2025-07, 2025-H2 or 2025, as delivered
        "bedrag_cent": "BIGINT",
    },
    "jbt": {  # jeugdbeschermingstafel, one row per melding
        "gemeente": "VARCHAR",
        "melding": "VARCHAR",
        "datum_melding": "DATE",
        "datum_tafel": "DATE",
        "besluit": "VARCHAR",
        "datum_raadsverzoek": "DATE",
        "terugmelding": "VARCHAR",
        "datum_uitspraak": "DATE",
    },
    "populatie": {
        "gemeente": "VARCHAR",
        "jaar": "SMALLINT",
        "leeftijd": "SMALLINT",
        "praktijk": "VARCHAR",  # AGB of the huisartspraktijk; null: all inhabitants
        "aantal": "BIGINT",
    },
    "begroting": {  # ledger of the gemeente, per Iv3 taakveld
        "gemeente": "VARCHAR",
        "jaar": "SMALLINT",
        "taakveld": "VARCHAR",
        "begroot_cent": "BIGINT",
        "werkelijk_cent": "BIGINT",
    },
    "aanmeldingen": {  # referrals by huisartsen to the local toegang; rows of a quarter add up
        "gemeente": "VARCHAR",
        "kwartaal": "VARCHAR",  # 2025-K3
        "praktijk": "VARCHAR",  # AGB of the huisartspraktijk; null: not written down
        "aantal": "BIGINT",
    },
    "leveringen": {  # one row per delivery folder
        "gemeente": "VARCHAR",
        "peildatum": "DATE",
        "vorm": "VARCHAR",  # xml, tabel or gemengd
        "maatregelen_geleverd": "BOOLEAN",
    },
    "bevindingen": {
        "code": "VARCHAR",
        "ernst": "VARCHAR",
        "gebied": "VARCHAR",
        "bestand": "VARCHAR",
        "plek": "VARCHAR",
        "regel": "VARCHAR",
        "ontvangen": "VARCHAR",
        "doe": "VARCHAR",
        "aantal": "BIGINT",
        "aanbieder": "VARCHAR",  # AGB code; empty where no aanbieder is concerned
        "euro_cent": "BIGINT",  # approved eurocents of the toewijzingen or declarations concerned; null: no money
        "raakt": "VARCHAR",  # which figures a blocking finding takes away: alles or euro; else empty
    },
    "telling": {  # gelezen = gebruikt + vervangen + verwijderd + opzij, per file and table
        "gebied": "VARCHAR",
        "bestand": "VARCHAR",
        "tabel": "VARCHAR",
        "gelezen": "BIGINT",
        "gebruikt": "BIGINT",
        "vervangen": "BIGINT",
        "verwijderd": "BIGINT",
        "opzij": "BIGINT",
    },
}

# The result table (Meting, Vrijgave, published CSV): one row per figure.
RESULTAAT: tuple[str, ...] = (
    "indicator",
    "gebied",
    "periode",
    "hulpvorm",
    "verwijzer",
    "aanbieder",
    "leeftijd",
    "maatregel",
    "teller",
    "noemer",
    "waarde",
    "onder",
    "boven",
    "methode",
    "eenheid",
    "status",
)
SLEUTEL: tuple[str, ...] = RESULTAAT[:8]
MATEN: tuple[str, ...] = ("teller", "noemer", "waarde", "onder", "boven")
EENHEDEN = ("aantal", "procent", "dagen", "euro", "per_1000", "cijfer")
STATUSSEN = ("definitief", "voorlopig", "verborgen", "geen_waarneming", "niet_leverbaar")
