"""From the workbench to the tables of Basis: integer person key, fixed columns and types, sorted, Parquet.

The person number follows the order of the pseudonyms, so it says nothing about the BSN. Sorted by person: hop 2
groups by person, and the engine then reads neighbours together.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import ibis
import ibis.expr.types as ir

from analyse.inname.werk import SLEUTEL, Werk, koppel
from analyse.kern.codes import ONBEKEND
from analyse.kern.schema import BASIS

_ORDE: dict[str, tuple[str, ...]] = {
    "personen": ("persoon_nr",),
    "toewijzingen": ("persoon_nr", *SLEUTEL),
    "spells": ("persoon_nr", *SLEUTEL, "begin", "eind"),
    "declaraties": ("persoon_nr", *SLEUTEL, "periode_begin", "referentienummer", "rid"),
    "maatregelen": ("persoon_nr", "gemeente", "type", "begin", "eind", "machtiging_begin"),
    "verzoeken": ("persoon_nr", "gemeente", "domein", "aanbieder", "referentie", "rid"),
    "leveringen": ("gemeente",),
}
_TYPEN = {
    "INTEGER": "int32",
    "VARCHAR": "string",
    "SMALLINT": "int16",
    "TINYINT": "int8",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "BIGINT": "int64",
}


def personen(werk: Werk) -> None:
    """Leaves `personen` (one row per pseudonym) and `geboortejaren` (what the sources say)."""
    clienten = werk["clienten"]
    clienten = clienten.filter(clienten.regel.isnull())
    jaren = clienten.group_by(["gemeente", "persoon"]).agg(
        jaren=clienten.geboortejaar.nunique(),
        **{k: clienten[k].min() for k in ("rid", "bron", "bericht_nr", "nr")},
    )
    werk.maak("geboortejaren", jaren)
    zeker = clienten.geslacht.isin(["1", "2"])
    kenmerken = clienten.group_by("persoon").agg(
        geboortejaar=clienten.geboortejaar.max(),
        geslacht=ibis.coalesce(clienten.geslacht.min(where=zeker), clienten.geslacht.min()),
    )
    bronnen = [werk[naam] for naam in ("clienten", "toewijzingen", "maatregelen", "verzoeken")]
    alle = ibis.union(*[t.filter(t.regel.isnull(), t.persoon.notnull()).select("persoon") for t in bronnen])
    alle = koppel(alle.distinct(), kenmerken, "geboortejaar", "geslacht", op=("persoon",))
    nr = ibis.row_number().over(ibis.window(order_by="persoon")) + 1
    werk.maak("personen", alle.mutate(persoon_nr=nr.cast("int32")))


def maatregelen(werk: Werk) -> None:
    """Leaves `maatregel_lot` (rows of the table with their lot) and `maatregelen_alle` (with those from products)."""
    t = werk["maatregelen"]
    velden = ("persoon", "type", "begindatum", "einddatum", "machtiging_type", "machtiging_van", "machtiging_tot")
    sleutel = ibis.literal("\x1f").join([t[k].cast("string").fill_null("") for k in ("gemeente", *velden)])
    t = t.mutate(telt=t.regel.isnull(), sleutel=sleutel)
    eerste = ibis.row_number().over(ibis.window(group_by=["telt", "sleutel"], order_by="rid")) == 0
    lot = ibis.cases((~t.telt, "opzij"), (~eerste, "vervangen"), else_="gebruikt")
    lot_t = werk.maak("maatregel_lot", t.mutate(lot=lot, lot_regel=t.regel))
    geleverd = lot_t.filter(lot_t.lot == "gebruikt").select(
        "gemeente",
        "persoon",
        "type",
        begin="begindatum",
        eind="einddatum",
        machtiging_type="machtiging_type",
        machtiging_begin="machtiging_van",
        machtiging_eind="machtiging_tot",
    )
    werk.maak("maatregelen_alle", geleverd.union(_uit_producten(werk)))


def _uit_producten(werk: Werk) -> ir.Table:
    """A product that is a measure (48A01: ondertoezichtstelling) says so for as long as it is delivered."""
    staat = werk["toestand"]
    staat = staat.filter(staat.maatregeltype.notnull())
    t = koppel(werk["spell_lot"], staat, "persoon", "maatregeltype")
    t = t.filter(t.maatregeltype.notnull())
    return t.select(
        "gemeente",
        "persoon",
        type=t.maatregeltype,
        begin="begin",
        eind="eind",
        machtiging_type=ibis.null("string"),
        machtiging_begin=ibis.null("date"),
        machtiging_eind=ibis.null("date"),
    )


def schrijf(werk: Werk, uit: Path) -> None:
    """Write all tables of Basis into `uit`."""
    for naam, maak in (
        ("personen", _personen),
        ("toewijzingen", _toewijzingen),
        ("spells", _spells),
        ("declaraties", _declaraties),
        ("maatregelen", _maatregelen),
        ("verzoeken", _verzoeken),
        ("leveringen", _leveringen),
        ("bevindingen", _zoals("bevindingen")),
        ("telling", _zoals("telling")),
    ):
        schrijf_tabel(werk, naam, maak(werk), uit)


def schrijf_tabel(werk: Werk, naam: str, inhoud: ir.Table, uit: Path) -> None:
    """One table with exactly the columns and types of kern.schema.BASIS, in its fixed order."""
    orde = [ibis.asc(k, nulls_first=False) for k in _ORDE.get(naam, ())]
    gesorteerd = inhoud.order_by(orde) if orde else inhoud
    kolommen = {kolom: gesorteerd[kolom].cast(_TYPEN[soort]) for kolom, soort in BASIS[naam].items()}
    werk.con.to_parquet(gesorteerd.select(**kolommen), (uit / f"{naam}.parquet").as_posix(), compression="zstd")


def _genummerd(werk: Werk, t: ir.Table) -> ir.Table:
    return koppel(t, werk["personen"], "persoon_nr", op=("persoon",))


def _personen(werk: Werk) -> ir.Table:
    return werk["personen"]


def _toewijzingen(werk: Werk) -> ir.Table:
    return _genummerd(werk, werk["toestand"]).mutate(
        aanbieder=lambda t: t.aanbieder_agb, reden_wijziging=lambda t: t.laatste_reden
    )


def _spells(werk: Werk) -> ir.Table:
    velden = (
        "persoon",
        "aanbieder_agb",
        "productcategorie",
        "productcode",
        "hulpvorm",
        "sggz",
        "deeltijdverblijf",
        "zwaarte",
        "verwijzer",
        "verwijzer_agb",
        "laatste_reden",
    )
    t = koppel(werk["spell_lot"], werk["toestand"], *velden)
    return _genummerd(werk, t).mutate(
        aanbieder=lambda t: t.aanbieder_agb, reden_wijziging=lambda t: t.laatste_reden
    )


def _declaraties(werk: Werk) -> ir.Table:
    t = werk["declaratie_lot"]
    t = t.filter((t.lot == "gebruikt") & (t.bericht != "325"))
    t = koppel(_genummerd(werk, t), werk["toestand"], "verwijzer")
    return t.mutate(
        aanbieder=ibis.coalesce(t.aanbieder_agb, t.kop_aanbieder),
        verwijzer=t.verwijzer.fill_null(ONBEKEND),
        maand=t.periode_begin.truncate("M"),
    )


def _maatregelen(werk: Werk) -> ir.Table:
    return _genummerd(werk, werk["maatregelen_alle"])


def _verzoeken(werk: Werk) -> ir.Table:
    t = werk["verzoek_lot"]
    t = t.filter((t.lot == "gebruikt") & (t.berichttype != "319"))
    return _genummerd(werk, t).mutate(
        aanbieder=t.aanbieder_agb, referentie=t.referentie_aanbieder, verwijzer=t.verwijzer_type
    )


def _leveringen(werk: Werk) -> ir.Table:
    return werk["kerngetallen"]


def _zoals(naam: str) -> Callable[[Werk], ir.Table]:
    return lambda werk: werk[naam]
