"""Raw rows: what every reader hands over, all text, before anything is judged.

One shape for XML and tables, so that everything after reading exists once. The id of the client is already a
pseudonym here: it is replaced by the reader, in the process that read it, and never written down.
"""

from __future__ import annotations

from analyse.kern.schema import NEUTRAAL

# Where a row came from: file, message inside it (0 for a table), place inside that, and one id for all.
HERKOMST = {"rid": "int64", "gemeente": "string", "bron": "int32", "bericht_nr": "int32", "nr": "int32"}


# Numbers that the source makes up; now and then a BSN is part of one.
VRIJE_NUMMERS = (
    "referentie_aanbieder",
    "declaratienummer",
    "referentienummer",
    "vorig_referentienummer",
    "beschikkingnummer",
    "melding_id",
)

# Rejections of single toewijzingen by the receiver (302); not a neutral table, there is no such export.
RETOUR = ("domein", "toewijzingnummer", "toewijzingsdatum", "toewijzingstijd", "retourcode")

BERICHTEN = {
    "gemeente": "string",
    "bron": "int32",
    "bericht_nr": "int32",
    "naam": "string",
    "soort": "string",
    "domein": "string",
    "versie": "string",
    "subversie": "string",
    "gemeentecode": "string",
    "dagtekening": "string",
    "fout": "string",
}


def kolommen(tabel: str) -> tuple[str, ...]:
    """The text columns of one raw table: the neutral names, `persoon` for client_id, no gemeentecode."""
    if tabel == "retour":
        return RETOUR
    namen = [n for n in NEUTRAAL[tabel].kolommen if n != "gemeentecode"]
    extra = ["bericht"] if tabel == "declaraties" else []  # 323, 325, or empty for a table
    return tuple("persoon" if n == "client_id" else n for n in [*namen, *extra])


RUW: dict[str, tuple[str, ...]] = {tabel: kolommen(tabel) for tabel in (*NEUTRAAL, "retour")}
