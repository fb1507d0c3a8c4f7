"""Chapter bevindingen: everything that was found in one delivery, for the back office that can mend it. INTERN.

A back office looks up a toewijzingnummer; it never needs to know here which child it is about, so no list holds a
person. The page shows the heaviest findings, the workbook beside it all of them.
"""

from __future__ import annotations

import re

import pandas as pd

from analyse.weergave import Tabel, Tekst, Waarschuwing, opmaak
from analyse.weergave.beeld import Beeld
from analyse.weergave.hoofdstukken import bouw
from analyse.weergave.hoofdstukken.bouw.gemeen import bron

MAX_RIJEN = 100  # of the list on the page
OVERIGE = "overige plekken"  # as hop 1 calls what it doesn't name one by one
_ERNST = {"blokkerend": "Eerst oplossen", "waarschuwing": "Let op", "informatie": "Ter informatie"}
_LOTEN = {
    "gelezen": "Gelezen",
    "gebruikt": "Gebruikt",
    "vervangen": "Vervangen",
    "verwijderd": "Verwijderd",
    "opzij": "Opzij gezet",
}
_NUMMER = re.compile(r"toewijzing ([^\s)]+)")


def oordeel(beeld: Beeld) -> Waarschuwing:
    """How much there is to do, and whether anything holds figures back."""
    alle = _bevindingen(beeld)
    if alle.empty:
        return Waarschuwing(
            titel="Er is niets gevonden",
            tekst="In deze levering is niets gevonden dat u moet verbeteren.",
            soort="uitleg",
            intern=beeld.intern,
        )
    per_ernst = alle.groupby("ernst")["code"].nunique()
    delen = [f"{woord.lower()}: {opmaak.getal(per_ernst.get(ernst, 0))}" for ernst, woord in _ERNST.items()]
    tekst = f"Aantal soorten bevindingen: {', '.join(delen)}."
    if per_ernst.get("blokkerend", 0):
        tekst += " Zolang de eerste soort er staat, maken we een deel van de cijfers niet."
        return Waarschuwing(titel="Los eerst de bevindingen op die cijfers tegenhouden", tekst=tekst, intern=True)
    return Waarschuwing(titel="Geen bevinding houdt cijfers tegen", tekst=tekst, soort="uitleg", intern=True)


def telling(beeld: Beeld) -> Tabel:
    """What became of every record, per file and table: the four counts add up to what was read."""
    rijen = beeld.lijst("telling").sort_values(["bestand", "tabel"], kind="stable")
    tabel = pd.DataFrame({"Bestand": rijen["bestand"], "Tabel": rijen["tabel"]})
    for kolom, kop in _LOTEN.items():
        tabel[kop] = [opmaak.getal(aantal) for aantal in rijen[kolom]]
    gelezen = int(rijen["gelezen"].sum())
    return _tabel(
        beeld,
        "telling",
        f"Wat er is gebeurd met {opmaak.getal(gelezen)} gelezen regels",
        tabel,
        ondertitel="Aantal regels per bestand. Gebruikt, vervangen, verwijderd en opzij zijn samen gelezen",
        data=rijen[["bestand", "tabel", *_LOTEN]],
    )


def regels(beeld: Beeld) -> Tabel:
    """Per rule what is wrong, how often, how much money is with it, and what to do."""
    alle = _bevindingen(beeld)
    per = _per_regel(alle)
    rijen = [
        [r["regel"], r["code"], _ERNST[r["ernst"]], opmaak.getal(r["aantal"]), _euro(r["euro"]), r["doe"]]
        for r in per.to_dict("records")
    ]
    return _tabel(
        beeld,
        "regels",
        f"{bouw.hoofdletter(opmaak.getal_woord(len(per)))} soorten bevindingen, de zwaarste eerst",
        pd.DataFrame(rijen, columns=["Wat er is gevonden", "Code", "Hoe erg", "Aantal", "Euro", "Wat te doen"]),
        ondertitel=f"Bevindingen in de levering van {beeld.naam}",
        data=per,
        noten=("Euro: het toegekende bedrag waar het om gaat. Bij een vergelijking is het het verschil.",),
    )


def aanbieders(beeld: Beeld) -> Tabel:
    """Per aanbieder how many findings there are, how much money is with them, and which rule is most frequent."""
    alle = _bevindingen(beeld)
    per = _per_aanbieder(alle[alle["aanbieder"].ne("")])
    namen = getattr(beeld.referentie, "aanbieders", {})
    rijen = [
        [
            namen.get(r["aanbieder"], f"AGB {r['aanbieder']}"),
            r["aanbieder"],
            opmaak.getal(r["aantal"]),
            _euro(r["euro"]),
            r["regel"],
        ]
        for r in per.to_dict("records")
    ]
    return _tabel(
        beeld,
        "aanbieders",
        "Bij welke aanbieders de bevindingen liggen",
        pd.DataFrame(rijen, columns=["Aanbieder", "AGB-code", "Aantal", "Euro", "Komt het vaakst voor"]),
        ondertitel="Bevindingen waarbij een aanbieder hoort, het grootste aantal eerst",
        data=per,
        noten=("Een bevinding zegt niet wie de fout maakte: de aanbieder, de gemeente of het berichtenverkeer.",),
    )


def lijst(beeld: Beeld) -> Tabel | Tekst:
    """The findings one by one with their toewijzingnummer; the page is cut at `MAX_RIJEN`, the workbook is not."""
    alle = _lijst(_bevindingen(beeld))
    if alle.empty:
        return Tekst("Er zijn geen bevindingen om op te zoeken.", intern=beeld.intern)
    kop = alle.head(MAX_RIJEN)
    rijen = [
        [
            r["toewijzing"] or r["plek"] or r["bestand"],
            r["code"],
            r["regel"],
            r["bestand"],
            opmaak.getal(r["aantal"]),
            _euro(r["euro"]),
        ]
        for r in kop.to_dict("records")
    ]
    kolommen = ["Toewijzing of plek", "Code", "Wat er is gevonden", "Bestand", "Aantal", "Euro"]
    return _tabel(
        beeld,
        "lijst",
        f"De {opmaak.getal(len(kop))} zwaarste van {opmaak.getal(len(alle))} regels"
        if len(alle) > len(kop)
        else f"Alle {opmaak.getal(len(alle))} regels",
        pd.DataFrame(rijen, columns=kolommen),
        ondertitel="Zoek de toewijzing op in uw eigen administratie. De hele lijst staat in tabellen.xlsx",
        data=alle,
        noten=_noten_lijst(alle),
    )


def _noten_lijst(alle: pd.DataFrame) -> tuple[str, ...]:
    samen = alle.loc[alle["plek"].eq(OVERIGE), "aantal"].sum()
    if not samen:
        return ()
    return (
        f"Komt een bevinding in een bestand heel vaak voor, dan staan niet alle plekken apart. Dat geldt voor "
        f"{opmaak.getal(int(samen))} plekken; zij staan als 'overige plekken' in de lijst.",
    )


def _bevindingen(beeld: Beeld) -> pd.DataFrame:
    """The findings of this gebied with whole euros; texts never null."""
    alle = beeld.lijst("bevindingen")
    tekst = {kolom: alle[kolom].fillna("").astype(str) for kolom in ("bestand", "plek", "ontvangen", "aanbieder")}
    euro = (alle["euro_cent"].astype("Float64") / 100).round()
    return alle.assign(**tekst, euro=euro)


def _zwaarte(tabel: pd.DataFrame) -> pd.DataFrame:
    """Most serious first, then most money, then most often."""
    orde = {ernst: plaats for plaats, ernst in enumerate(_ERNST)}
    hulp = tabel.assign(_ernst=tabel["ernst"].map(orde), _euro=tabel["euro"].fillna(0).astype(float))
    sleutels, oplopend = ["_ernst", "_euro", "aantal", "code"], [True, False, False, True]
    return hulp.sort_values(sleutels, ascending=oplopend, kind="stable").drop(columns=["_ernst", "_euro"])


def _per_regel(alle: pd.DataFrame) -> pd.DataFrame:
    """code, ernst, regel, doe, aantal, euro; one row per text, because a code may look at several columns."""
    groepen = alle.groupby(["code", "ernst", "regel", "doe"], sort=True)
    per = groepen.agg(aantal=("aantal", "sum"), euro=("euro", _som)).reset_index()
    return _zwaarte(per.astype({"euro": "Float64"})).reset_index(drop=True)


def _per_aanbieder(alle: pd.DataFrame) -> pd.DataFrame:
    """aanbieder, aantal, euro, regel (the rule that occurs most)."""
    per = alle.groupby("aanbieder", sort=True).agg(aantal=("aantal", "sum"), euro=("euro", _som)).reset_index()
    vaak = alle.groupby(["aanbieder", "regel"], sort=True)["aantal"].sum().reset_index()
    vaak = vaak.sort_values(["aanbieder", "aantal"], ascending=[True, False], kind="stable")
    per["regel"] = per["aanbieder"].map(vaak.drop_duplicates("aanbieder").set_index("aanbieder")["regel"])
    per = per.astype({"euro": "Float64"})
    return per.sort_values(["aantal", "aanbieder"], ascending=[False, True], kind="stable").reset_index(drop=True)


def _lijst(alle: pd.DataFrame) -> pd.DataFrame:
    gevonden = [_NUMMER.search(plek) for plek in alle["plek"]]
    alle = alle.assign(toewijzing=[treffer[1] if treffer else "" for treffer in gevonden])
    kolommen = [
        "toewijzing",
        "code",
        "ernst",
        "regel",
        "bestand",
        "plek",
        "ontvangen",
        "aanbieder",
        "aantal",
        "euro",
    ]
    orde = _zwaarte(alle)[[*kolommen, "doe"]]
    samen = orde["plek"].eq(OVERIGE)
    return pd.concat([orde[~samen], orde[samen]], ignore_index=True)


def _som(euro: pd.Series) -> object:
    """The sum, or nothing when there is no money in it at all."""
    return euro.sum(min_count=1)


def _euro(waarde: float | None) -> str:
    return opmaak.GEEN_WAARNEMING if waarde is None or pd.isna(waarde) else opmaak.euro(waarde)


def _tabel(  # the fixed part of the tables of this chapter
    beeld: Beeld, id_: str, titel: str, tabel: pd.DataFrame, **rest: object
) -> Tabel:
    return Tabel(
        id=f"bevindingen-{id_}", titel=titel, tabel=tabel, bron=bron(beeld), intern=beeld.intern,
        **rest,  # type: ignore[arg-type]
    )  # fmt: skip
