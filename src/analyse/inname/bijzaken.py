"""The lots of the small tables, and the totals per gemeente that some rules look at."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from analyse.inname.toestand import GOED
from analyse.inname.werk import SLEUTEL, Werk, koppel
from analyse.kern.codes import ONBEKEND

_LEEG = ibis.null("string")
_nul, _een = ibis.literal(0, "int64"), ibis.literal(1, "int64")


def loten(werk: Werk) -> None:
    """Leaves `client_lot`, `verwijzer_lot` and `retour_lot`."""
    werk.maak("client_lot", _clienten(werk["clienten"]))
    werk.maak("verwijzer_lot", _verwijzers(werk))
    werk.maak("retour_lot", _retour(werk))


def _eerste(t: ir.Table, *sleutel: str) -> ir.Table:
    """Marks the first usable row of each key; ids are no part of it beyond being equal."""
    t = t.mutate(telt=t.regel.isnull())
    venster = ibis.window(group_by=["telt", *sleutel], order_by="rid")
    return t.mutate(eerste=ibis.row_number().over(venster) == 0)


def _clienten(t: ir.Table) -> ir.Table:
    t = _eerste(t, "gemeente", "persoon", "geboortejaar", "geslacht")
    lot = ibis.cases((~t.telt, "opzij"), (t.eerste, "gebruikt"), else_="vervangen")
    return t.mutate(lot=lot, lot_regel=t.regel)


def _verwijzers(werk: Werk) -> ir.Table:
    t = _eerste(werk["verwijzers"], *SLEUTEL)
    t = koppel(t, werk["toestand"].mutate(bron_verwijzer="verwijzerbron", staat=True), "staat", "bron_verwijzer")
    wees = t.staat.isnull()
    nodig = t.eerste & (t.bron_verwijzer == "backoffice").fill_null(False)
    lot = ibis.cases((~t.telt | wees, "opzij"), (nodig, "gebruikt"), else_="vervangen")
    return t.mutate(lot=lot, lot_regel=ibis.coalesce(t.regel, ibis.ifelse(wees, "DK36", _LEEG)))


def _retour(werk: Werk) -> ir.Table:
    op = (*SLEUTEL, "toewijzingsdatum", "toewijzingstijd")
    versies = werk["versies"].select(*op).distinct().mutate(gevonden=True)
    t = koppel(_eerste(werk["retour"], *op, "retourcode"), versies, "gevonden", op=op)
    fout = ~t.retourcode.re_search(f"^({'|'.join(GOED)})( ({'|'.join(GOED)}))*$").fill_null(True)
    wees = fout & t.gevonden.isnull()
    lot = ibis.cases((~t.telt | wees, "opzij"), (t.eerste, "gebruikt"), else_="vervangen")
    return t.mutate(lot=lot, lot_regel=ibis.coalesce(t.regel, ibis.ifelse(wees, "DK38", _LEEG)))


def kerngetallen(werk: Werk) -> None:
    """Leaves `onbekende_producten` (per gemeente and code) and `kerngetallen` (one row per delivery)."""
    producten = werk.maak("onbekende_producten", _onbekende_producten(werk))
    onbekend = producten.group_by("gemeente").agg(
        onbekend_cent=producten.cent.sum(), onbekend_aantal=producten.toewijzingen.sum()
    )
    t = koppel(werk["gemeenten"], werk["peildata"], "peildatum", op=("gemeente",))
    t = koppel(t, onbekend, "onbekend_cent", "onbekend_aantal", op=("gemeente",))
    t = koppel(t, _per_gemeente(werk), "toewijzingen", "zonder_verwijzer", op=("gemeente",))
    t = koppel(t, _toegekend(werk), "cent", op=("gemeente",))
    t = koppel(t, _gemeenten_met_maatregel(werk), "heeft_maatregel", op=("gemeente",))
    t = t.mutate(**{k: t[k].fill_null(0) for k in ("onbekend_cent", "onbekend_aantal", "toewijzingen", "cent")})
    werk.maak("kerngetallen", _met_aandelen(t.mutate(zonder_verwijzer=t.zonder_verwijzer.fill_null(0))))


def _met_aandelen(t: ir.Table) -> ir.Table:
    n = t.toewijzingen.nullif(0)
    per_euro = t.onbekend_cent / t.cent.nullif(0)
    product = ibis.coalesce(per_euro, t.onbekend_aantal / n, 0.0)
    verwijzer = ibis.coalesce(t.zonder_verwijzer / n, 0.0)
    return t.mutate(
        aandeel_onbekend_product=product,
        tekst_onbekend_product=_procent(product),
        aandeel_onbekende_verwijzer=verwijzer,
        tekst_onbekende_verwijzer=_procent(verwijzer),
        maatregelen_geleverd=t.maatregeltabel | t.heeft_maatregel.fill_null(False),
    )


def _procent(aandeel: ir.FloatingValue) -> ir.StringValue:
    return (aandeel * 100).round(0).cast("int64").cast("string") + " procent"


def _onbekende_producten(werk: Werk) -> ir.Table:
    naam = ("gemeente", "productcategorie", "productcode")
    staat, geld = werk["toestand"], werk["declaratie_lot"]
    staat = staat.filter(~staat.product_bekend).select(*naam, toewijzingen=_een, cent=_nul)
    geld = geld.filter(~geld.product_bekend, geld.toegekend, geld.lot == "gebruikt")
    alle = staat.union(geld.select(*naam, toewijzingen=_nul, cent="bedrag_cent"))
    t = alle.group_by(naam).agg(toewijzingen=alle.toewijzingen.sum(), cent=alle.cent.sum())
    code = ibis.coalesce(
        t.productcode, ibis.literal("categorie ") + t.productcategorie, ibis.literal("zonder product")
    )
    euro = (t.cent / 100).round(0).cast("int64").cast("string")
    tekst = code + " (" + t.toewijzingen.cast("string") + " toewijzingen, " + euro + " euro)"
    return t.mutate(omschrijving=tekst)


def _per_gemeente(werk: Werk) -> ir.Table:
    t = werk["toestand"]
    return t.group_by("gemeente").agg(toewijzingen=t.count(), zonder_verwijzer=(t.verwijzer == ONBEKEND).sum())


def _toegekend(werk: Werk) -> ir.Table:
    t = werk["declaratie_lot"]
    t = t.filter(t.toegekend, t.lot == "gebruikt")
    return t.group_by("gemeente").agg(cent=t.bedrag_cent.sum())


def _gemeenten_met_maatregel(werk: Werk) -> ir.Table:
    return werk["maatregelen_alle"].select("gemeente").distinct().mutate(heeft_maatregel=True)
