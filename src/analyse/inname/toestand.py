"""Current state of every toewijzing, who referred, and what the product is.

The version with the latest (toewijzingsdatum, toewijzingstijd) counts; the order of arrival means nothing, and
every 301 repeats all that stands. A repeat may drop the reason of change and the reference (IV097, IV099), so
these two are no part of what makes versions differ; the last reason that was filled is kept beside the state.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa

from analyse.inname.werk import SLEUTEL, Werk, koppel
from analyse.kern.codes import ONBEKEND

INHOUD = (
    "aanbieder_agb",
    "productcategorie",
    "productcode",
    "ingangsdatum",
    "einddatum",
    "volume",
    "eenheid",
    "frequentie",
    "budget_cent",
    "leveringsvorm",
)
GOED = ("0200", "0233", "8001")  # retourcodes that reject nothing


def bepaal(werk: Werk, producten: pd.DataFrame, verwijzers: tuple[str, ...]) -> None:
    """Leaves `versies` (every row with its lot), `koppen` (every number ever sent) and `toestand` (what stands)."""
    versies = werk.maak("versies", _met_lot(_met_moment(werk["toewijzingen"], werk["retour"])))
    geldig = versies.filter(versies.lot != "opzij")
    werk.maak("koppen", _koppen(geldig))
    staat = koppel(geldig.filter(geldig.lot == "gebruikt"), werk["koppen"], "laatste_reden", "versies")
    werk.geef("producten", _productlijst(producten))
    staat = met_product(staat, werk["producten"])
    werk.maak("verwezen", _verwezen(geldig, werk["verzoeken"], verwijzers))
    werk.maak("backoffice", _backoffice(staat, werk["verwijzers"], verwijzers))
    werk.maak("toestand", _met_verwijzer(staat, werk["verwezen"], werk["backoffice"]))


def _met_moment(t: ir.Table, retour: ir.Table) -> ir.Table:
    """Version stamp, comparable content, and whether the receiver rejected this version."""
    fout = retour.filter(retour.regel.isnull() & retour.retourcode.notnull())
    fout = fout.filter(~fout.retourcode.re_search(f"^({'|'.join(GOED)})( ({'|'.join(GOED)}))*$"))
    sleutel = (*SLEUTEL, "toewijzingsdatum", "toewijzingstijd")
    afgekeurd = fout.select(*sleutel).distinct().mutate(afgekeurd=True)
    t = koppel(t, afgekeurd, "afgekeurd", op=sleutel)
    velden = [t[k].cast("string").fill_null("") for k in (*INHOUD, "persoon")]
    moment = t.toewijzingsdatum.cast("string") + "T" + t.toewijzingstijd
    t = t.mutate(
        moment=moment,
        inhoud=ibis.literal("\x1f").join(velden),
        inhoud_los=ibis.literal("\x1f").join(velden[:-1]),
        afgekeurd=t.afgekeurd.fill_null(False),
    )
    return t.mutate(lot_regel=ibis.coalesce(t.regel, ibis.ifelse(t.afgekeurd, "DK32", ibis.null("string"))))


def _met_lot(t: ir.Table) -> ir.Table:
    """What becomes of each row: gebruikt, vervangen, verwijderd or opzij (with the rule)."""
    t = t.mutate(telt=t.lot_regel.isnull())
    venster = ibis.window(group_by=["telt", *SLEUTEL], order_by=_nieuwste_eerst(t))
    per_versie = ibis.window(group_by=["telt", *SLEUTEL, "moment"])
    t = t.mutate(
        rang=ibis.row_number().over(venster),
        nieuwste=t.moment.first().over(venster),
        nieuwste_inhoud=t.inhoud.first().over(venster),
        reden_versie=t.reden_wijziging.max().over(per_versie),
    )
    anders = (t.moment == t.nieuwste) & (t.inhoud != t.nieuwste_inhoud)
    weg = (t.reden_versie == "13") | ((t.reden_versie == "01") & (t.einddatum == t.ingangsdatum))
    lot = ibis.cases(
        (~t.telt, "opzij"),
        ((t.rang == 0) & weg.fill_null(False), "verwijderd"),
        (t.rang == 0, "gebruikt"),
        (anders, "opzij"),
        else_="vervangen",
    )
    dubbel = t.telt & (t.rang > 0) & anders
    return t.mutate(lot=lot, lot_regel=ibis.ifelse(dubbel, "DK05", t.lot_regel))


def _nieuwste_eerst(t: ir.Table) -> list[ir.Value]:
    """Latest version first; among equals the open or longest, then by content, so that file order is no matter."""
    return [
        ibis.desc("moment"),
        ibis.desc(t.einddatum.fill_null(ibis.date(9999, 12, 31))),
        ibis.desc("inhoud_los"),  # without the person: no choice may depend on the key of the pseudonyms
        ibis.asc("rid"),
    ]


def _koppen(geldig: ir.Table) -> ir.Table:
    """Per number, deleted or not: the person and aanbieder of the latest version, and what all versions say."""
    laatste = geldig.filter(geldig.rang == 0)
    alle = geldig.group_by(SLEUTEL).agg(
        versies=geldig.moment.nunique().cast("int32"),
        laatste_reden=geldig.reden_wijziging.argmax(
            geldig.moment + geldig.reden_wijziging, where=geldig.reden_wijziging.notnull()
        ),
    )
    kop = laatste.select(
        *SLEUTEL, "persoon", "aanbieder_agb", verwijderd=laatste.lot == "verwijderd", kop_rid=laatste.rid
    )
    return koppel(kop, alle, "versies", "laatste_reden")


def _productlijst(producten: pd.DataFrame) -> pa.Table:
    """params/producten.csv, typed; `sleutel` is the code, or the categorie for its fallback row."""
    rijen = producten.to_dict("records")

    def tekst(kolom: str) -> pa.Array:
        return pa.array([rij[kolom] or None for rij in rijen], pa.string())

    return pa.table(
        {
            "sleutel": [rij["productcode"] or f"cat:{rij['productcategorie']}" for rij in rijen],
            "hulpvorm": tekst("hulpvorm"),
            "zwaarte": pa.array([int(rij["zwaarte"]) if rij["zwaarte"] else None for rij in rijen], pa.int8()),
            "deeltijdverblijf": [rij["deeltijdverblijf"] == "ja" for rij in rijen],
            "sggz": [rij["sggz"] == "ja" for rij in rijen],
            "maatregeltype": tekst("maatregeltype"),
        }
    )


def met_product(t: ir.Table, producten: ir.Table) -> ir.Table:
    """Adds hulpvorm and the rest; `product_bekend` is false for a Jw product that the list doesn't have."""
    jw = t.domein == "Jw"
    sleutel = ibis.coalesce(t.productcode, ibis.literal("cat:") + t.productcategorie)
    t = t.mutate(sleutel=ibis.ifelse(jw, sleutel, ibis.null("string")))
    velden = ("hulpvorm", "zwaarte", "deeltijdverblijf", "sggz", "maatregeltype", "product_bekend")
    t = koppel(t, producten.mutate(product_bekend=True), *velden, op=("sleutel",))
    return t.mutate(
        deeltijdverblijf=t.deeltijdverblijf.fill_null(False),
        sggz=t.sggz.fill_null(False),
        product_bekend=t.product_bekend.fill_null(False) | ~jw,
    ).drop("sleutel")


def _verwezen(geldig: ir.Table, verzoeken: ir.Table, bekend: tuple[str, ...]) -> ir.Table:
    """Per toewijzing: the verwijzer in the 315 that its earliest referring version points at."""
    vot = verzoeken.filter(verzoeken.regel.isnull() & (verzoeken.berichttype == "315"))
    vot = vot.filter(vot.verwijzer_type.isin(bekend))
    op = ("gemeente", "domein", "aanbieder_agb", "referentie_aanbieder")
    volgorde = vot.dagtekening.cast("string").fill_null("") + vot.verwijzer_type + vot.verwijzer_agb.fill_null("")
    vot = (
        vot.mutate(volgorde=volgorde)
        .group_by(op)
        .agg(
            vot_type=lambda t: t.verwijzer_type.argmax(t.volgorde),
            vot_agb=lambda t: t.verwijzer_agb.fill_null("").argmax(t.volgorde),
        )
    )
    versies = geldig.filter(geldig.referentie_aanbieder.notnull())
    paren = versies.select(*SLEUTEL, "aanbieder_agb", "referentie_aanbieder", "moment").inner_join(vot, list(op))
    volgorde = paren.moment + paren.referentie_aanbieder
    return (
        paren.mutate(volgorde=volgorde)
        .group_by(SLEUTEL)
        .agg(
            vot_type=lambda t: t.vot_type.argmin(t.volgorde),
            vot_agb=lambda t: t.vot_agb.argmin(t.volgorde).nullif(""),
        )
    )


def _backoffice(staat: ir.Table, verwijzers: ir.Table, bekend: tuple[str, ...]) -> ir.Table:
    """Per toewijzing: what the back office says, in its table verwijzers or beside the toewijzing."""
    los = verwijzers.filter(verwijzers.regel.isnull()).select(*SLEUTEL, "verwijzer_type", "verwijzer_agb")
    alle = los.union(staat.select(*SLEUTEL, "verwijzer_type", "verwijzer_agb"))
    alle = alle.filter(alle.verwijzer_type.isin(bekend))
    alle = alle.mutate(volgorde=alle.verwijzer_type + alle.verwijzer_agb.fill_null("~"))
    return alle.group_by(SLEUTEL).agg(
        bo_type=lambda t: t.verwijzer_type.argmin(t.volgorde),
        bo_agb=lambda t: t.verwijzer_agb.fill_null("").argmin(t.volgorde).nullif(""),
    )


def _met_verwijzer(staat: ir.Table, verwezen: ir.Table, backoffice: ir.Table) -> ir.Table:
    t = koppel(staat, verwezen, "vot_type", "vot_agb")
    t = koppel(t, backoffice, "bo_type", "bo_agb")
    bron = ibis.cases((t.vot_type.notnull(), "verzoek"), (t.bo_type.notnull(), "backoffice"))
    return t.mutate(
        verwijzer=ibis.coalesce(t.vot_type, t.bo_type, ibis.literal(ONBEKEND)),
        verwijzer_agb=ibis.ifelse(t.vot_type.notnull(), t.vot_agb, t.bo_agb),
        verwijzerbron=bron,
    )
