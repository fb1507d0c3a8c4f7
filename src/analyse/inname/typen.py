"""From text to dates, numbers and codes: the one place where a raw value gets a type.

Strict on purpose: an ISO date or nothing, digits or nothing. A value that doesn't fit becomes empty and stands
in `onleesbaar`; whether the row can then still be used is for the rules to say (`regels.py`).
"""

from __future__ import annotations

from analyse.inname.ruw import HERKOMST, RUW
from analyse.kern.periode import ONEINDIG
from analyse.kern.schema import NEUTRAAL, Tabel

# Codes of fixed width that lose their leading zeros in a spreadsheet.
BREEDTE = {
    "productcategorie": 2,
    "eenheid": 2,
    "reden_wijziging": 2,
    "reden_beeindiging": 2,
    "verwijzer_type": 2,
    "aanbieder_agb": 8,
    "verwijzer_agb": 8,
    "huisartspraktijk": 8,
    "zonder_hulp_verder": 2,
}
# Longest value of a code (XSD iJw 3.2); what is longer is something else, perhaps a name, and is not kept.
LENGTE = {
    "toewijzingnummer": 20,
    "aanbieder_agb": 8,
    "verwijzer_agb": 8,
    "productcategorie": 2,
    "productcode": 5,
    "reden_wijziging": 2,
    "reden_beeindiging": 2,
    "eenheid": 2,
    "frequentie": 1,
    "verwijzer_type": 2,
    "debet_credit": 1,
    "geslacht": 1,
    "type": 2,
    "machtiging_type": 2,
    "antwoord": 1,
    "reden_afwijzing": 1,
    "gemeente_woonplaats": 6,
    "leveringsvorm": 3,
    "status_aanlevering": 1,
    "team": 30,
    "huisartspraktijk": 8,
}
# Values of fixed form. What a table says in words is one word: a longer text may hold a name.
WOORD = "[a-z0-9_-]{1,20}"
PATROON = {
    "periode": r"\d{4}(-(0[1-9]|1[0-2]|H[12]))?",
    "kwartaal": r"\d{4}-K[1-4]",
    "taakveld": r"\d\.\d{1,3}[a-z]?",
    "zonder_hulp_verder": "0?[1-4]",
    "informant": WOORD,
    "doelrealisatie": WOORD,
    "besluit": WOORD,
    "terugmelding": WOORD,
}
EINDDATUMS = ("einddatum", "machtiging_tot", "woonplaats_tot")
VROEGST = "1950-01-01"
GOED = ("0200", "0233", "8001")  # retourcodes that reject nothing
_RETOUR = Tabel("retour", ("toewijzingnummer", "toewijzingsdatum"), datums=("toewijzingsdatum",))

# Only ends may lie past 2200 (31-12-9999 says 'never'); trim leaves nothing of a whole number but its sign.
MACROS = f"""
CREATE TEMP MACRO als_datum(t) AS
    CASE WHEN t LIKE '____-__-__' AND try_cast(t AS DATE) >= DATE '{VROEGST}' THEN try_cast(t AS DATE) END;
CREATE TEMP MACRO als_begin(t) AS CASE WHEN als_datum(t) < DATE '{ONEINDIG}' THEN als_datum(t) END;
CREATE TEMP MACRO als_getal(t) AS
    CASE WHEN trim(t, '0123456789') IN ('', '-') AND length(t) < 19 THEN try_cast(t AS BIGINT) END;
CREATE TEMP MACRO als_jaar(t) AS CASE WHEN als_getal(t) BETWEEN 1900 AND 2100 THEN als_getal(t) END;
CREATE TEMP MACRO als_cijfer(t) AS
    CASE WHEN try_cast(replace(t, ',', '.') AS DOUBLE) BETWEEN 1 AND 10
    THEN try_cast(replace(t, ',', '.') AS DOUBLE) END;
CREATE TEMP MACRO als_vorm(t, vorm) AS CASE WHEN regexp_full_match(t, vorm) THEN t END;
CREATE TEMP MACRO als_kort(t, lengte) AS CASE WHEN length(t) <= lengte THEN t END;
CREATE TEMP MACRO als_code(t, breedte) AS
    CASE WHEN length(t) < breedte AND trim(t, '0123456789') = '' THEN lpad(t, breedte, '0') ELSE t END;
"""


def typeer(tabel: str, bron: str) -> str:
    """SQL for the typed columns beside where the row stood.

    `onleesbaar` and `aangevuld` name the first such column, `onleesbaar_waarde` is the text that couldn't be read,
    `eeuwig` says that the einddatum meant 'never'.
    """
    soort = NEUTRAAL.get(tabel, _RETOUR)
    toets = {k: _datum(k) for k in soort.datums} | {k: _getal(k) for k in soort.getallen}
    toets |= {k: f"als_kort({k}, {lengte})" for k, lengte in LENGTE.items() if k in RUW[tabel]}
    toets |= {k: f"als_vorm({k}, '{vorm}')" for k, vorm in PATROON.items() if k in RUW[tabel]}
    codes = {k: f"als_code({toets[k]}, {breedte})" for k, breedte in BREEDTE.items() if k in RUW[tabel]}
    onleesbaar = [(f"{k} IS NOT NULL AND {uitdrukking} IS NULL", k) for k, uitdrukking in toets.items()]
    aangevuld = [(f"{k} <> {uitdrukking}", k) for k, uitdrukking in codes.items()]
    velden = {
        **{k: k for k in (*HERKOMST, *RUW[tabel])},
        **toets,
        **{k: f"als_begin({k})" for k in soort.datums},
        **codes,
        **_EIGEN.get(tabel, {}),
        "onleesbaar": _eerste([(geldt, f"'{k}'") for geldt, k in onleesbaar]),
        "onleesbaar_waarde": _eerste(onleesbaar),
        "aangevuld": _eerste([(geldt, f"'{k}'") for geldt, k in aangevuld]),
    }
    if "einddatum" in soort.datums:
        velden["eeuwig"] = f"coalesce(als_datum(einddatum) >= DATE '{ONEINDIG}', false)"
    kolommen = ",\n    ".join(f"{uitdrukking} AS {naam}" for naam, uitdrukking in velden.items())
    return f"SELECT\n    {kolommen}\nFROM {bron}"


def _datum(kolom: str) -> str:
    """What makes a date readable: an end that says 'never' is, although it becomes no end."""
    return f"als_datum({kolom})" if kolom in EINDDATUMS else f"als_begin({kolom})"


def _getal(kolom: str) -> str:
    soort = {"geboortejaar": "als_jaar", "jaar": "als_jaar", "rapportcijfer": "als_cijfer"}
    return f"{soort.get(kolom, 'als_getal')}({kolom})"


def _eerste(gevallen: list[tuple[str, str]]) -> str:
    keuzes = " ".join(f"WHEN {geldt} THEN {waarde}" for geldt, waarde in gevallen)
    return f"CASE {keuzes} END" if gevallen else "NULL::VARCHAR"


_TIJD = r"regexp_extract(toewijzingstijd, '^\d{2}:\d{2}(:\d{2}(\.\d+)?)?')"
_MET_SECONDEN = f"coalesce(CASE WHEN length({_TIJD}) = 5 THEN {_TIJD} || ':00' ELSE {_TIJD} END, '')"
_GOED = "|".join(GOED)

# What one table needs besides: a time of fixed form, one spelling of codes, money with its sign.
_EIGEN: dict[str, dict[str, str]] = {
    "toewijzingen": {
        "toewijzingstijd": _MET_SECONDEN,
        # Messages only carry zorg in natura.
        "leveringsvorm": "coalesce(als_kort(lower(leveringsvorm), 3), 'zin')",
    },
    "retour": {
        "toewijzingstijd": _MET_SECONDEN,
        "afkeuring": f"coalesce(NOT regexp_full_match(retourcode, '({_GOED})( ({_GOED}))*'), false)",
    },
    "leveringen": {
        "soort": "lower(soort)",
        "status_aanlevering": "coalesce(als_kort(status_aanlevering, 1), '1')",
    },
    "verzoeken": {"berichttype": r"regexp_extract(berichttype, '\d{3}$')"},
    "declaraties": {
        "debet_credit": "als_kort(upper(debet_credit), 1)",
        "bedrag_cent": "CASE WHEN upper(debet_credit) = 'C' THEN -abs(als_getal(bedrag_cent)) "
        "ELSE als_getal(bedrag_cent) END",
        "bericht": "coalesce(bericht, 'tabel')",
    },
}
