"""Publishes a Vrijgave as real bytes (page, CSV, when asked PDF) without notebooks, whole or deliberately broken.

One report per gebied, with per count and split a chart through time or a table, made by the code that makes the
reports. What a test breaks it breaks here, in what the reports are made of or in the bytes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pandas as pd
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from analyse.kern import codes
from analyse.params import zoek_wortel
from analyse.rapport.document import csv_bestanden
from analyse.rapport.html import RapportHtmlExporter
from analyse.weergave import Figuur, Tabel, grafiek, opmaak

GEGEVENS = {
    "titel": "Proefrapport",
    "periode": "2025-H2",
    "periode_naam": "2e halfjaar 2025",
    "rubricering": "BESTUURLIJK",
    "editie": "2025-H2",
    "voor": "Niemand",
    "peildatum": "2025-12-31",
    "csv_map": "tabellen",
}
Object = Figuur | Tabel
# A test may change the parts of any object, told by the rows behind it.
Ingreep = Callable[[dict, pd.DataFrame], dict]


def met_map(params: SimpleNamespace) -> SimpleNamespace:
    """Parameters that also know where fixed texts lie."""
    wortel = zoek_wortel()
    return SimpleNamespace(kaarten=params.kaarten, regio=params.regio, wortel=wortel, map=wortel / "params")


def schrijf_uitgave(vrijgave, params, map_, *, ingreep: Ingreep = lambda delen, _: delen, **gegevens):
    """Write all reports; returns the notebooks by gebied."""
    boeken = {}
    for gebied in (*params.regio.codes, codes.REGIO):
        boek = _boek(list(_objecten(vrijgave, params, gebied, ingreep)), gebied, gegevens)
        _schrijf(map_ / gebied, boek)
        boeken[gebied] = boek
    paden = sorted(p.relative_to(map_).as_posix() for p in map_.rglob("*.*"))
    (map_ / "manifest.json").write_text(json.dumps({"bestanden": paden}), encoding="utf-8")
    return boeken


def _schrijf(map_, boek):
    (map_ / "tabellen").mkdir(parents=True)
    html, _ = RapportHtmlExporter().from_notebook_node(boek)
    (map_ / "rapport.html").write_text(html, encoding="utf-8")
    for naam, tekst in csv_bestanden(boek).items():
        (map_ / "tabellen" / naam).write_text(tekst, encoding="utf-8")


def _boek(objecten: list[Object], gebied: str, gegevens: dict):
    cellen = [new_markdown_cell("# Proef")]
    for object_ in objecten:
        uitvoer = new_output("execute_result", data=object_._repr_mimebundle_())
        cellen.append(new_code_cell("proef()", outputs=[uitvoer]))
    for nummer, cel in enumerate(cellen):
        cel["id"] = f"cel-{nummer}"
    eigen = {**GEGEVENS, "gebied": gebied, "gebied_naam": gebied, **gegevens}
    return new_notebook(cells=cellen, metadata={"analyse": eigen})


def _objecten(vrijgave, params, gebied: str, ingreep: Ingreep) -> Iterator[Object]:
    tabel = vrijgave.tabel
    gebieden = [*params.regio.codes, codes.REGIO] if gebied == codes.REGIO else [gebied, codes.REGIO]
    eigen = tabel[tabel["gebied"].isin(gebieden)]
    for indicator, deel in eigen.groupby("indicator", sort=True):
        for vorm, rijen in deel.groupby(_vorm(deel), sort=True):
            yield _object(f"{indicator}-{vorm}", rijen.assign(gebied_naam=rijen["gebied"]), gebied, ingreep)


def _vorm(rijen: pd.DataFrame) -> pd.Series:
    delen = [rijen[d].ne(codes.TOTAAL).map({True: d, False: ""}) for d in codes.DIMENSIES]
    return sum(delen[1:], delen[0]).replace("", "totaal")


def _object(naam: str, rijen: pd.DataFrame, gebied: str, ingreep: Ingreep) -> Object:
    id_ = naam.replace(".", "-").replace("_", "-")
    vast = {"id": id_, "titel": f"Cijfers {id_.partition('-')[0]}", "ondertitel": "Per halfjaar", "bron": "proef"}
    if naam.endswith("-totaal"):
        reeks = rijen.assign(reeks=rijen["gebied"])
        delen = ingreep({**vast, "data": rijen, "reeks": reeks}, rijen)
        reeks = delen.pop("reeks")
        teken = grafiek.lijn if reeks["reeks"].nunique() <= 6 else grafiek.kleine_veelvouden
        return Figuur(grafiek=teken(reeks.assign(paneel=reeks["reeks"]), eenheid=_eenheid(rijen)), **delen)
    as_ = naam.rpartition("-")[2]
    nieuwste = rijen[rijen["periode"].eq(rijen["periode"].max())]
    lang = nieuwste.assign(kolom=nieuwste[as_].map(codes.NAMEN[as_]))
    breed = opmaak.breed(lang, rijen="gebied_naam", kolommen="kolom", eenheid=_eenheid(rijen))
    return Tabel(**ingreep({**vast, "tabel": breed, "data": rijen}, rijen))


def _eenheid(rijen: pd.DataFrame) -> str:
    return str(rijen["eenheid"].iloc[0])
