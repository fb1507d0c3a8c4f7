"""A notebook as a document: the one model that HTML and PDF are both made from, so that they say the same.

Code, standard error and raw cells are left out. Headings get an id, move under the title of the report and never
skip a level (PDF/UA refuses that, and readers with a screen reader get lost); links to nowhere become text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd
from nbformat import NotebookNode

from analyse.kern.fouten import ParameterFout
from analyse.kern.periode import Periode
from analyse.kern.resultaat import lees_csv_tekst
from analyse.weergave.html_tabel import tabellen
from analyse.weergave.knoop import MIME, Knoop
from analyse.weergave.markdown import blokken, tekst_van

VERBERGEN = frozenset({"remove_cell", "remove-cell", "verberg"})
# What a classification asks of whoever holds the report.
RUBRICERINGEN = {
    "BESTUURLIJK": "Kleine aantallen zijn verborgen of afgerond, zodat niemand te herkennen is.",
    "VERTROUWELIJK": "Dit stuk is alleen voor wie erin wordt genoemd. Geef het niet door.",
    "INTERN": "Dit stuk bevat cijfers die niet beveiligd zijn tegen herkenning. Verspreid het niet.",
}
_VELDEN = (
    "titel",
    "ondertitel",
    "voor",
    "gebied",
    "gebied_naam",
    "periode",
    "periode_naam",
    "rubricering",
    "editie",
    "peildatum",
    "csv_map",
    "vorm",
)
_DIEPSTE = 6
_KLEUR = re.compile(r"\x1b\[[0-9;]*m")


def document(nb: NotebookNode) -> dict[str, Any]:
    """The document: fields of the front page, `inhoud` (table of contents) and `blokken`; JSON values only."""
    doc = gegevens(nb)
    blokken_ = list(_ruwe_blokken(nb))
    doc["titel"], blokken_ = _titel(doc["titel"], blokken_)
    _koppen(blokken_)
    titels = _unieke_ids(blokken_)
    doc["blokken"] = [_verwijs(blok, titels) for blok in blokken_]
    _noem_hoofdstukken(doc["blokken"])
    doc["inhoud"] = [
        {"id": blok["id"], "niveau": blok["niveau"], "tekst": tekst_van(blok["inhoud"])}
        for blok in blokken_
        if blok["soort"] == "kop" and blok["niveau"] <= 3
    ]
    if any(blok.get("intern") for blok in blokken_):
        doc["rubricering"] = "INTERN"
    return doc


def csv_bestanden(nb: NotebookNode) -> dict[str, str]:
    """File name to text of the data behind every released figure and table; what is INTERN gets no file."""
    return csv_van(document(nb))


def csv_van(doc: Mapping[str, Any]) -> dict[str, str]:
    """As `csv_bestanden`, of a document that is there already."""
    return {f"{blok['id']}.csv": blok["csv"] for blok in doc["blokken"] if blok.get("csv") and not blok["intern"]}


def tabellen_met_gegevens(nb: NotebookNode) -> dict[str, pd.DataFrame]:
    """Id to the data behind every figure and table, INTERN ones too; text but for figures and columns of days."""
    blokken_ = [blok for blok in document(nb)["blokken"] if blok.get("csv")]
    return {blok["id"]: _met_dagen(lees_csv_tekst(blok["csv"])) for blok in blokken_}


def _met_dagen(tabel: pd.DataFrame) -> pd.DataFrame:
    """Columns in which every value is an ISO day as days, so that a workbook can sort and filter them."""
    dagen = [
        str(kolom)
        for kolom in tabel.select_dtypes(exclude="number")
        if tabel[kolom].ne("").any() and tabel[kolom].str.fullmatch(r"\d{4}-\d{2}-\d{2}|").all()
    ]
    return tabel.assign(**{kolom: pd.to_datetime(tabel[kolom].replace("", None)) for kolom in dagen})


def gegevens(nb: NotebookNode) -> dict[str, Any]:
    """The fields of the front page: metadata `analyse`, else the parameters papermill ran with, else empty."""
    eigen = dict(nb.metadata.get("analyse", {}))
    gedraaid = nb.metadata.get("papermill", {}).get("parameters", {})
    doc: dict[str, Any] = {veld: str(eigen.get(veld) or "") for veld in _VELDEN}
    doc["gebied"] = doc["gebied"] or str(gedraaid.get("gebied", ""))
    doc["gebied_naam"] = doc["gebied_naam"] or doc["gebied"]
    doc["editie"] = doc["editie"] or str(gedraaid.get("editie", ""))
    doc["periode"] = doc["periode"] or doc["editie"]
    doc["periode_naam"] = doc["periode_naam"] or _periode_naam(doc["periode"])
    doc["rubricering"] = (doc["rubricering"] or "BESTUURLIJK").upper()
    return doc


def _periode_naam(code: str) -> str:
    try:
        return Periode.lees(code).naam
    except ParameterFout:
        return code


def _ruwe_blokken(nb: NotebookNode) -> Iterator[Knoop]:
    for cel in nb.cells:
        if VERBERGEN & set(cel.metadata.get("tags", ())):
            continue
        if cel.cell_type == "markdown":
            yield from blokken(cel.source)
        elif cel.cell_type == "code":
            for uitvoer in cel.outputs:
                yield from _uitvoer(uitvoer)


def _uitvoer(uitvoer: NotebookNode) -> Iterator[Knoop]:
    if uitvoer.output_type == "error":
        melding = f"{uitvoer.ename}: {_KLEUR.sub('', uitvoer.evalue)}"
        alinea = {"soort": "alinea", "inhoud": [["tekst", melding]]}
        yield {"soort": "kader", "toon": "let op", "titel": "Deze berekening is mislukt", "blokken": [alinea]}
    elif uitvoer.output_type == "stream":
        if uitvoer.name == "stdout" and uitvoer.text.strip():
            yield {"soort": "code", "tekst": _KLEUR.sub("", _een_tekst(uitvoer.text)).rstrip()}
    else:
        yield from _rijke_uitvoer(uitvoer.data, uitvoer.get("metadata", {}))


def _rijke_uitvoer(data: Mapping[str, Any], metadata: Mapping[str, Any]) -> Iterator[Knoop]:
    """The best form that both outputs can show: our own node, a picture, prose, a table, else plain text."""
    if MIME in data:
        knoop = _gewoon(data[MIME])
        yield from (knoop["blokken"] if knoop["soort"] == "tekst" and not knoop.get("intern") else [knoop])
        return
    if beeld := _beeld(data, metadata):
        yield beeld
        return
    if "text/markdown" in data:
        yield from blokken(_een_tekst(data["text/markdown"]))
        return
    gevonden = tabellen(_een_tekst(data.get("text/html", "")))
    if gevonden:
        yield from gevonden
    elif "text/plain" in data:
        yield {"soort": "code", "tekst": _een_tekst(data["text/plain"])}


def _beeld(data: Mapping[str, Any], metadata: Mapping[str, Any]) -> Knoop | None:
    for mime in ("image/png", "image/jpeg"):
        if mime in data:
            alt = metadata.get("alt") or metadata.get(mime, {}).get("alt") or "Afbeelding zonder beschrijving"
            return {"soort": "beeld", "mime": mime, "base64": "".join(_een_tekst(data[mime]).split()), "alt": alt}
    return None


def _een_tekst(tekst: str | list[str]) -> str:
    return tekst if isinstance(tekst, str) else "".join(tekst)


def _gewoon(waarde: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Plain dicts and lists, copied, so that the notebook stays as it was."""
    if isinstance(waarde, Mapping):
        return {sleutel: _gewoon(deel) for sleutel, deel in waarde.items()}
    return [_gewoon(deel) for deel in waarde] if isinstance(waarde, list | tuple) else waarde


def _titel(titel: str, blokken_: list[Knoop]) -> tuple[str, list[Knoop]]:
    """The title, and the blocks without a first heading that says the same."""
    eerste = blokken_[0] if blokken_ and blokken_[0]["soort"] == "kop" and blokken_[0]["niveau"] == 1 else None
    if eerste is None:
        return titel or "Rapport", blokken_
    tekst = tekst_van(eerste["inhoud"])
    weg = not titel or titel == tekst
    return titel or tekst, blokken_[1:] if weg else blokken_


def _koppen(blokken_: list[Knoop]) -> None:
    """Move headings to level 2 and deeper, without gaps; cards sit one below the heading above them."""
    hoogste = min((blok["niveau"] for blok in blokken_ if blok["soort"] == "kop"), default=2)
    vorige = 1
    for blok in blokken_:
        if blok["soort"] == "kop":
            vorige = blok["niveau"] = min(blok["niveau"] - hoogste + 2, vorige + 1, _DIEPSTE)
        elif blok["soort"] == "kaartjes":
            blok["niveau"] = min(vorige + 1, _DIEPSTE)
        else:
            _zonder_koppen(blok)


def _zonder_koppen(blok: Knoop) -> None:
    """A heading inside a frame, quote or list is bold text: it has no place in the outline."""
    for kinderen in (blok.get("blokken", ()), *(blok.get("items", ()) if blok["soort"] == "lijst" else ())):
        for kind in kinderen:
            if kind["soort"] == "kop":
                kind.update(soort="alinea", inhoud=[["vet", kind["inhoud"]]])
                del kind["niveau"]
            _zonder_koppen(kind)


def slug(tekst: str) -> str:
    """A heading as an anchor: `Cijfers & verhalen` becomes `cijfers-verhalen`."""
    kaal = unicodedata.normalize("NFKD", tekst).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", kaal).strip("-") or "deel"


def _unieke_ids(blokken_: list[Knoop]) -> dict[str, str]:
    """Give every heading an id and make all ids unique; returns titles by id. Ids of objects come first."""
    titels: dict[str, str] = {}
    objecten = [blok for blok in blokken_ if blok["soort"] in ("figuur", "tabel") and blok.get("id")]
    for blok in (*objecten, *(blok for blok in blokken_ if blok["soort"] == "kop")):
        naam = blok.get("id") or slug(tekst_van(blok["inhoud"]))
        nummer = 1
        while naam in titels:
            nummer += 1
            naam = f"{blok.get('id') or slug(tekst_van(blok['inhoud']))}-{nummer}"
        blok["id"] = naam
        titels[naam] = blok.get("titel") or tekst_van(blok["inhoud"])
    return titels


def _noem_hoofdstukken(blokken_: list[Knoop]) -> None:
    """Messages lead to a chapter by its name: the title of the figure would say the message once more.

    Two messages of one list that lead to different figures of the same chapter keep the titles, so that no two
    links read the same and go elsewhere.
    """
    waar = _hoofdstuk_van(blokken_)
    for blok in blokken_:
        if blok["soort"] == "boodschappen":
            items = [item for item in blok["items"] if item["figuur"] in waar]
            doelen: dict[str, set[str]] = {}
            for item in items:
                doelen.setdefault(waar[item["figuur"]], set()).add(item["figuur"])
            for item in items:
                naam = waar[item["figuur"]]
                item["figuur_titel"] = naam if len(doelen[naam]) == 1 else item["figuur_titel"]


def _hoofdstuk_van(blokken_: list[Knoop]) -> dict[str, str]:
    """The text of the chapter heading above every figure and table, by id; without a heading not in it."""
    waar, hoofdstuk = {}, ""
    for blok in blokken_:
        if blok["soort"] == "kop" and blok["niveau"] == 2:
            hoofdstuk = tekst_van(blok["inhoud"])
        elif hoofdstuk and blok["soort"] in ("figuur", "tabel"):
            waar[str(blok.get("id", ""))] = hoofdstuk
    return waar


def _verwijs(deel: Any, titels: Mapping[str, str]) -> Any:  # noqa: ANN401 - any JSON value
    """Links to ids that exist stay, with the title of where they lead; others become plain text."""
    if isinstance(deel, dict):
        nieuw = {sleutel: _verwijs(waarde, titels) for sleutel, waarde in deel.items()}
        if "figuur" in nieuw:
            nieuw["figuur_titel"] = titels.get(nieuw["figuur"], "")
            nieuw["figuur"] = nieuw["figuur"] if nieuw["figuur_titel"] else ""
        return nieuw
    if not isinstance(deel, list):
        return deel
    if len(deel) == 3 and deel[0] == "link" and isinstance(deel[2], list):
        doel = deel[1].removeprefix("#")
        inhoud = _verwijs(deel[2], titels)
        return ["link", doel, inhoud] if doel in titels else ["groep", inhoud]
    return [_verwijs(waarde, titels) for waarde in deel]
