"""From text to dates, numbers and codes: the one place where a raw value gets a type.

Strict on purpose: an ISO date or nothing, digits or nothing. A value that doesn't fit becomes empty and stands
in `onleesbaar`; whether the row can then still be used is for the rules to say (`regels.py`).
"""

from __future__ import annotations

from datetime import date

import ibis
import ibis.expr.types as ir

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
}
VROEGST = date(1950, 1, 1)
EINDDATUMS = ("einddatum", "machtiging_tot", "woonplaats_tot")
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
}
_RETOUR = Tabel("retour", ("toewijzingnummer", "toewijzingsdatum"), datums=("toewijzingsdatum",))


def typeer(ruw: ir.Table, tabel: str) -> ir.Table:
    """Typed columns beside where the row stood; `onleesbaar` and `aangevuld` name the first such column."""
    soort = NEUTRAAL.get(tabel, _RETOUR)
    datums = [k for k in soort.datums if k in ruw.columns]
    getallen = [k for k in soort.getallen if k in ruw.columns]
    codes = [k for k in BREEDTE if k in ruw.columns]
    nieuw = {k: _datum(ruw[k], eind=k in EINDDATUMS) for k in datums} | {k: _getal(ruw[k]) for k in getallen}
    nieuw |= {k: _breed(ruw[k], BREEDTE[k]) for k in codes}
    onleesbaar = [(ruw[k].notnull() & nieuw[k].isnull(), k) for k in (*datums, *getallen)]
    aangevuld = [(ruw[k].length() < nieuw[k].length(), k) for k in codes]
    getypeerd = ruw.mutate(
        onleesbaar=_eerste(onleesbaar), onleesbaar_waarde=_waarde(ruw, onleesbaar), aangevuld=_eerste(aangevuld)
    )
    return _eigen(_eeuwig(getypeerd.mutate(**nieuw)), tabel)


def _eerste(gevallen: list[tuple[ir.BooleanValue, str]]) -> ir.StringValue:
    leeg = ibis.null("string")
    return ibis.cases(*[(geldt, ibis.literal(naam)) for geldt, naam in gevallen], else_=leeg) if gevallen else leeg


def _waarde(ruw: ir.Table, gevallen: list[tuple[ir.BooleanValue, str]]) -> ir.StringValue:
    leeg = ibis.null("string")
    return ibis.cases(*[(geldt, ruw[naam]) for geldt, naam in gevallen], else_=leeg) if gevallen else leeg


def _datum(kolom: ir.StringColumn, *, eind: bool) -> ir.DateColumn:
    """An ISO date of a plausible year; only an end may lie past 2200 (31-12-9999 says 'never')."""
    goed = kolom.re_search(r"^\d{4}-\d{2}-\d{2}$")
    dag = ibis.ifelse(goed, kolom, ibis.null("string")).try_cast("date")
    kan = (dag >= VROEGST) if eind else dag.between(VROEGST, ONEINDIG)
    return ibis.ifelse(kan, dag, ibis.null("date"))


def _eeuwig(t: ir.Table) -> ir.Table:
    """An end that never comes is no end; `eeuwig` remembers that it stood there."""
    if "einddatum" not in t.columns:
        return t
    nooit = (t.einddatum >= ONEINDIG).fill_null(False)
    return t.mutate(eeuwig=nooit, einddatum=ibis.ifelse(nooit, ibis.null("date"), t.einddatum))


def _getal(kolom: ir.StringColumn) -> ir.IntegerColumn:
    return ibis.ifelse(kolom.re_search(r"^-?\d{1,18}$"), kolom, ibis.null("string")).try_cast("int64")


def _breed(kolom: ir.StringColumn, breedte: int) -> ir.StringColumn:
    kort = kolom.re_search(r"^\d+$") & (kolom.length() < breedte)
    return ibis.ifelse(kort, kolom.lpad(breedte, "0"), kolom)


def _eigen(t: ir.Table, tabel: str) -> ir.Table:
    """What one table needs besides: a time of fixed form, one spelling of codes, money with its sign."""
    if tabel in ("toewijzingen", "retour"):
        tijd = t.toewijzingstijd.re_extract(r"^(\d{2}:\d{2}(:\d{2}(\.\d+)?)?)", 1)
        t = t.mutate(toewijzingstijd=ibis.ifelse(tijd.length() == 5, tijd + ":00", tijd).fill_null(""))
    if tabel == "toewijzingen":  # messages only carry zorg in natura
        t = t.mutate(leveringsvorm=t.leveringsvorm.lower().fill_null("zin"))
    if tabel == "leveringen":
        t = t.mutate(
            soort=t.soort.lower(),
            status_aanlevering=t.status_aanlevering.fill_null("1"),
        )
    if tabel == "verzoeken":
        t = t.mutate(berichttype=t.berichttype.re_extract(r"(\d{3})$", 1))
    if tabel == "declaraties":
        credit = t.debet_credit.upper() == "C"
        t = t.mutate(
            debet_credit=t.debet_credit.upper(),
            bedrag_cent=ibis.ifelse(credit.fill_null(False), -t.bedrag_cent.abs(), t.bedrag_cent),
            bericht=t.bericht.fill_null("tabel"),
        )
    return t
