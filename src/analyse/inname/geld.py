"""Declarations: what was approved, and the requests with their answers.

A prestatie counts as approved unless a 325 (or the table itself) rejects it; credits are negative; the month is
that of the delivery, not of the bill. A rejection finds its prestatie by declaration and reference number, and by
the first day of the period where a number was used more than once.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from analyse.inname.toestand import met_product
from analyse.inname.werk import SLEUTEL, Werk, koppel

_NUMMER = ("gemeente", "domein", "aanbieder_agb", "declaratienummer", "referentienummer")
_INHOUD = (
    "toewijzingnummer",
    "productcategorie",
    "productcode",
    "periode_begin",
    "periode_eind",
    "bedrag_cent",
    "debet_credit",
    "volume",
    "eenheid",
    "tarief_cent",
    "vorig_referentienummer",
)
AFGEWEZEN = ("afgewezen", "afgekeurd")


def declaraties(werk: Werk) -> None:
    """Leaves `declaratie_lot` (every row with its lot) and `gedeclareerd` (first and last approved period)."""
    t = werk["declaraties"]
    afkeuring = t.filter((t.bericht == "325") & t.regel.isnull())
    regels = t.filter(t.bericht != "325")
    paren = werk.maak("afgekeurd", _paren(_enig(regels), afkeuring))
    geraakt = paren.select(rid="rid", afgekeurd=ibis.literal(True)).distinct()
    gebruikt = paren.select(rid="afkeuring_rid", gevonden=ibis.literal(True)).distinct()
    regels = koppel(_enig(regels), geraakt, "afgekeurd", op=("rid",))
    afkeuringen = koppel(_enig(t.filter(t.bericht == "325")), gebruikt, "gevonden", op=("rid",))
    lot = _lot_regels(regels).union(_lot_afkeuringen(afkeuringen))
    lot = koppel(
        lot, werk["koppen"].rename(kop_aanbieder="aanbieder_agb"), "persoon", "kop_aanbieder", "verwijderd"
    )
    lot = lot.mutate(verwijderde_toewijzing=lot.verwijderd.fill_null(False))
    werk.maak("declaratie_lot", met_product(lot, werk["producten"]))
    werk.maak("gedeclareerd", _gedeclareerd(werk["declaratie_lot"]))


def _enig(t: ir.Table) -> ir.Table:
    """Marks exact repeats (only where there is a reference number to know them by) and reused numbers."""
    nummer = [t[k].fill_null("") for k in _NUMMER]
    inhoud = ibis.literal("\x1f").join([t[k].cast("string").fill_null("") for k in _INHOUD])
    t = t.mutate(nummer=ibis.literal("\x1f").join(nummer), inhoud=inhoud)
    venster = ibis.window(group_by=["nummer", "inhoud"], order_by="rid")
    per_nummer = ibis.window(group_by="nummer")
    t = t.mutate(
        herhaling=(ibis.row_number().over(venster) > 0) & t.referentienummer.notnull(),
        soorten=t.inhoud.nunique().over(per_nummer),
    )
    return t.mutate(dubbel=(t.soorten > 1) & t.referentienummer.notnull())


def _paren(regels: ir.Table, afkeuring: ir.Table) -> ir.Table:
    """Which prestatie each rejection rejects."""
    rechts = afkeuring.select(*_NUMMER, afkeuring_rid="rid", afkeuring_begin="periode_begin")
    paren = regels.filter(regels.regel.isnull()).inner_join(rechts, list(_NUMMER))
    paren = paren.mutate(gelijk=(paren.periode_begin == paren.afkeuring_begin).fill_null(False))
    per_afkeuring = ibis.window(group_by="afkeuring_rid")
    paren = paren.mutate(keuze=paren.gelijk.any().over(per_afkeuring))
    return paren.filter(paren.gelijk | ~paren.keuze).select("rid", "afkeuring_rid")


def _lot_regels(t: ir.Table) -> ir.Table:
    lot = ibis.cases((t.regel.notnull(), "opzij"), (t.herhaling, "vervangen"), else_="gebruikt")
    zelf = t.status.lower().isin(AFGEWEZEN).fill_null(False)
    return t.mutate(toegekend=~(t.afgekeurd.fill_null(False) | zelf), lot=lot, lot_regel=t.regel).drop("afgekeurd")


def _lot_afkeuringen(t: ir.Table) -> ir.Table:
    """A rejection is used when it hit a prestatie; it is never money itself."""
    raak = t.gevonden.fill_null(False)
    lot = ibis.cases((t.regel.notnull() | ~raak, "opzij"), (t.herhaling, "vervangen"), else_="gebruikt")
    wees = ibis.ifelse(raak, ibis.null("string"), "DK34")
    return t.mutate(toegekend=ibis.literal(False), lot=lot, lot_regel=ibis.coalesce(t.regel, wees)).drop(
        "gevonden"
    )


def _gedeclareerd(t: ir.Table) -> ir.Table:
    """Per toewijzing the first and last product period whose approved amount was not taken back by credits."""
    t = t.filter((t.lot == "gebruikt") & t.toegekend)
    per_periode = t.group_by([*SLEUTEL, "periode_begin", "periode_eind"]).agg(
        netto=t.bedrag_cent.sum(), terug=(t.bedrag_cent < 0).any()
    )
    over = per_periode.filter((per_periode.netto > 0) | ~per_periode.terug)
    return over.group_by(SLEUTEL).agg(
        eerste_periode=over.periode_begin.min(), laatste_periode=over.periode_eind.max()
    )


def verzoeken(werk: Werk) -> None:
    """Leaves `verzoek_lot`: requests with the answer that came (319), and every row with its lot."""
    t = werk["verzoeken"]
    op = ("gemeente", "domein", "aanbieder_agb", "referentie_aanbieder")
    inhoud = ("berichttype", "productcategorie", "productcode", "verwijzer_type", "verwijzer_agb")
    sleutel = ibis.literal("\x1f").join(
        [t[k].fill_null("") for k in (*op, *inhoud, "antwoord", "reden_afwijzing")]
    )
    t = t.mutate(telt=t.regel.isnull(), sleutel=sleutel)
    t = t.mutate(herhaling=ibis.row_number().over(ibis.window(group_by=["telt", "sleutel"], order_by="rid")) > 0)
    vraag = t.filter(t.berichttype != "319", t.telt)
    antwoord = t.filter(t.berichttype == "319", t.telt)
    gevraagd = vraag.select(*op).distinct().mutate(gevraagd=True)
    t = koppel(t, _laatste_antwoord(antwoord, op), "laatste_rid", "a_antwoord", "a_reden", "a_gemeente", op=op)
    t = koppel(t, gevraagd, "gevraagd", op=op)
    is_antwoord = (t.berichttype == "319").fill_null(False)
    wees = is_antwoord & t.gevraagd.isnull()
    lot = ibis.cases(
        (~t.telt | wees, "opzij"),
        (t.herhaling, "vervangen"),
        (is_antwoord & (t.rid != t.laatste_rid), "vervangen"),
        else_="gebruikt",
    )
    werk.maak(
        "verzoek_lot",
        t.mutate(
            lot=lot,
            lot_regel=ibis.coalesce(t.regel, ibis.ifelse(wees, "DK35", ibis.null("string"))),
            antwoord=ibis.coalesce(t.antwoord, t.a_antwoord),
            reden_afwijzing=ibis.coalesce(t.reden_afwijzing, t.a_reden),
            gemeente_woonplaats=ibis.coalesce(t.gemeente_woonplaats, t.a_gemeente),
        ),
    )


def _laatste_antwoord(antwoord: ir.Table, op: tuple[str, ...]) -> ir.Table:
    nieuwste = ibis.window(group_by=op, order_by=[ibis.desc("dagtekening"), ibis.asc("rid")])
    t = antwoord.mutate(rang=ibis.row_number().over(nieuwste))
    t = t.filter(t.rang == 0)
    return t.select(
        *op, laatste_rid="rid", a_antwoord="antwoord", a_reden="reden_afwijzing", a_gemeente="gemeente_woonplaats"
    )
