"""Spells: the periods in which help was really given, per toewijzing that stands (design §4 'Spell', rules 1-5).

Four steps, one function each: which start and stop messages stand, how they pair, how pauses join them, and where
a spell ends or what stands in for missing messages. Order of arrival only matters where the standard says so: a
deletion (status 3) takes away what was sent before it; what is sent again later stands. Within one day a deletion
comes after a first message and before a repeated one; without message dates a deletion takes away all.
"""

from __future__ import annotations

from datetime import date

import ibis
import ibis.expr.types as ir

from analyse.inname.werk import SLEUTEL, Werk, koppel

TIJDELIJK = "20"  # reden_beeindiging of a pause
_GEBEURTENIS = (*SLEUTEL, "begindatum")
_VROEG = date(1900, 1, 1)


def bepaal(werk: Werk) -> None:
    """Leaves `levering_lot`, `gebeurtenissen` and `spell_lot`; needs `toestand`, `koppen`, `peildata`, `gedeclareerd`."""
    leveringen = koppel(werk["leveringen"], werk["toestand"].mutate(staat=True), "staat")
    leveringen = koppel(leveringen, werk["koppen"], "kop_rid")
    lot = werk.maak("levering_lot", _kies(_verwijder(leveringen)))
    werk.maak("gebeurtenissen", _paren(lot.filter(lot.lot == "gebruikt")))
    kern = werk["toestand"].select(*SLEUTEL, "ingangsdatum", toew_eind="einddatum")
    uit_berichten = _uit_berichten(_pauzes(werk["gebeurtenissen"]), kern)
    uit_rest = _terugval(kern.anti_join(werk["gebeurtenissen"], list(SLEUTEL)), werk["gedeclareerd"])
    alle = koppel(uit_berichten.union(uit_rest), werk["peildata"], "peildatum", op=("gemeente",))
    werk.maak("spell_lot", _begrens(_einde(alle)))


def _verwijder(t: ir.Table) -> ir.Table:
    """Rule 1a: exact repeats and what a status 3 takes away."""
    t = t.mutate(
        telt=t.regel.isnull() & t.staat.fill_null(False),
        reden_sleutel=ibis.ifelse(t.soort == "stop", t.reden_beeindiging.fill_null(""), ""),
        dag=t.berichtdatum.fill_null(_VROEG),
        weg=t.status_aanlevering == "3",
    )
    sleutel = ["telt", *_GEBEURTENIS, "soort", "reden_sleutel"]
    zelfde = ibis.window(group_by=[*sleutel, "status_aanlevering", "einddatum", "dag"], order_by="rid")
    t = t.mutate(herhaling=ibis.row_number().over(zelfde) > 0)
    per_sleutel = ibis.window(group_by=sleutel)
    t = t.mutate(laatste_weg=t.dag.max(where=t.weg).over(per_sleutel))
    tot_dan = ~t.herhaling & (t.dag <= t.laatste_weg)
    t = t.mutate(
        toegevoegd=(tot_dan & ~t.weg).sum().over(per_sleutel),
        verwijderd=(tot_dan & t.weg).sum().over(per_sleutel),
        zonder_datum=(t.weg & t.berichtdatum.isnull()).any().over(per_sleutel),
    )
    opnieuw = (t.dag == t.laatste_weg) & (t.toegevoegd > t.verwijderd)
    blijft = t.laatste_weg.isnull() | (~t.zonder_datum & ((t.dag > t.laatste_weg) | opnieuw))
    return t.mutate(blijft=blijft & ~t.weg)


def _kies(t: ir.Table) -> ir.Table:
    """Rule 1b: one start and one stop per begindatum; a definitive stop goes before a temporary one."""
    kandidaat = t.telt & t.blijft & ~t.herhaling
    t = t.mutate(kandidaat=kandidaat, definitief=t.reden_beeindiging.fill_null("") != TIJDELIJK)
    keuze = ibis.window(
        group_by=["kandidaat", *_GEBEURTENIS, "soort"],
        order_by=[
            ibis.desc("definitief"),
            ibis.desc("dag"),
            ibis.desc("einddatum"),
            ibis.desc("reden_sleutel"),
            ibis.asc("rid"),
        ],
    )
    t = t.mutate(rang=ibis.row_number().over(keuze))
    lot = ibis.cases(
        (~t.telt, "opzij"),
        (t.herhaling, "vervangen"),
        (~t.blijft, "verwijderd"),
        (t.rang > 0, "vervangen"),
        else_="gebruikt",
    )
    zonder_nummer = ibis.ifelse(t.toewijzingnummer.isnull(), "DK33", "DK12a")
    return t.mutate(lot=lot, lot_regel=ibis.ifelse(t.telt, leeg_tekst(), ibis.coalesce(t.regel, zonder_nummer)))


def leeg_tekst() -> ir.StringScalar:
    """No rule."""
    return ibis.null("string")


def _paren(t: ir.Table) -> ir.Table:
    """One row per begindatum of delivery: whether a start came, and the stop that closes it."""
    stop = t.soort == "stop"
    return t.group_by(_GEBEURTENIS).agg(
        heeft_start=(t.soort == "start").any(),
        einddatum=t.einddatum.max(where=stop),
        heeft_stop=stop.any(),
        reden_beeindiging=t.reden_beeindiging.max(where=stop),
        **{k: t[k].min() for k in ("rid", "bron", "bericht_nr", "nr")},
    )


def _pauzes(t: ir.Table) -> ir.Table:
    """Rule 2: a temporary stop that is followed by a later begin joins the two."""
    reeks = ibis.window(group_by=SLEUTEL, order_by="begindatum")
    t = t.mutate(pauze=(t.heeft_stop & (t.reden_beeindiging == TIJDELIJK)).fill_null(False))
    t = t.mutate(
        vervolg=t.pauze.lag().over(reeks).fill_null(False), laatste=t.begindatum.lead().over(reeks).isnull()
    )
    tot_hier = ibis.window(group_by=SLEUTEL, order_by="begindatum", preceding=(None, 0))
    t = t.mutate(reeks=(~t.vervolg).cast("int32").sum().over(tot_hier))
    t = t.mutate(begin=t.begindatum.min().over(ibis.window(group_by=[*SLEUTEL, "reeks"])))
    return t.filter(~t.pauze | t.laatste)


def _uit_berichten(t: ir.Table, kern: ir.Table) -> ir.Table:
    """Spells from messages, still without rule 3."""
    t = koppel(t, kern, "toew_eind")
    return t.select(
        *SLEUTEL,
        "begin",
        eind=t.einddatum,
        datumbron=ibis.literal("regiebericht"),
        reden_beeindiging=t.reden_beeindiging,
        toew_eind=t.toew_eind,
        laatste_declaratie=ibis.null("date"),
    )


def _terugval(t: ir.Table, gedeclareerd: ir.Table) -> ir.Table:
    """Rule 4: no messages at all, so approved declarations, else the toewijzing itself."""
    t = koppel(t, gedeclareerd, "eerste_periode", "laatste_periode")
    ja = t.eerste_periode.notnull()
    return t.select(
        *SLEUTEL,
        begin=ibis.ifelse(ja, t.eerste_periode, t.ingangsdatum),
        eind=ibis.ifelse(ja, ibis.null("date"), t.toew_eind),
        datumbron=ibis.ifelse(ja, "declaratie", "toewijzing"),
        reden_beeindiging=ibis.null("string"),
        toew_eind=t.toew_eind,
        laatste_declaratie=t.laatste_periode,
    )


def _einde(t: ir.Table) -> ir.Table:
    """Rules 3 and 4: an open spell ends when the toewijzing ended before the peildatum."""
    voorbij = (t.toew_eind < t.peildatum).fill_null(False) & t.eind.isnull()
    eind = ibis.cases(
        (voorbij & (t.datumbron == "declaratie"), t.laatste_declaratie),
        (voorbij, t.toew_eind),
        else_=t.eind,
    )
    bron_eind = ibis.ifelse(voorbij & (t.datumbron == "regiebericht"), "toewijzing", t.datumbron)
    return t.mutate(eind=eind, datumbron_begin=t.datumbron, datumbron_eind=bron_eind)


def _begrens(t: ir.Table) -> ir.Table:
    """Rule 5: nothing begins or ends after the peildatum, and nothing ends before it begins."""
    t = t.filter(t.begin <= t.peildatum)
    t = t.mutate(omgekeerd=(t.eind < t.begin).fill_null(False))
    t = t.mutate(eind=ibis.ifelse(t.omgekeerd, t.begin, t.eind))
    t = t.mutate(eind=ibis.ifelse(t.eind > t.peildatum, ibis.null("date"), t.eind))
    open_ = t.eind.isnull()
    return t.mutate(
        datumbron_eind=ibis.ifelse(open_, ibis.null("string"), t.datumbron_eind),
        reden_beeindiging=ibis.ifelse(open_, ibis.null("string"), t.reden_beeindiging),
    )
