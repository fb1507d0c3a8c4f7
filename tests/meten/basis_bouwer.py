"""Basis folders for tests, without hop 1: rows as dicts in, Parquet tables of `kern.schema.BASIS` out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from analyse.kern.basis import Basis
from analyse.kern.periode import Periode
from analyse.kern.schema import BASIS
from analyse.params import Params, Rekenregels

TYPEN = {
    "INTEGER": pa.int32(),
    "SMALLINT": pa.int16(),
    "TINYINT": pa.int8(),
    "BIGINT": pa.int64(),
    "VARCHAR": pa.string(),
    "BOOLEAN": pa.bool_(),
    "DOUBLE": pa.float64(),
    "DATE": pa.date32(),
}
GEMEENTEN = ("GM0200", "GM0213", "GM0232", "GM0244", "GM0246", "GM0262", "GM0285", "GM0301")
PEILDATUM = date(2025, 12, 31)

SPELL = {
    "persoon_nr": 1,
    "gemeente": "GM0200",
    "domein": "Jw",
    "aanbieder": "A1",
    "productcategorie": "54",
    "productcode": "54001",
    "hulpvorm": "02",
    "sggz": False,
    "deeltijdverblijf": False,
    "verwijzer": "01",
    "datumbron_begin": "regiebericht",
    "datumbron_eind": "regiebericht",
}


def dag(tekst: str | None) -> date | None:
    """`2024-01-31` as a date."""
    return date.fromisoformat(tekst) if tekst else None


def spell(begin: str, eind: str | None = None, **anders: object) -> dict[str, object]:
    """One spell with defaults; the toewijzingnummer follows from begin unless given."""
    return {**SPELL, "begin": dag(begin), "eind": dag(eind), "toewijzingnummer": begin.replace("-", ""), **anders}


def personen_van(spells: Iterable[Mapping[str, object]], geboortejaren: Mapping[int, int | None]) -> list[dict]:
    """A row for every person in the spells; year of birth 2010 unless given."""
    nummers = sorted({int(rij["persoon_nr"]) for rij in spells})
    return [
        {"persoon_nr": nr, "persoon": f"{nr:032x}", "geboortejaar": geboortejaren.get(nr, 2010), "geslacht": "1"}
        for nr in nummers
    ]


def leveringen_van(gemeenten: Iterable[str] = GEMEENTEN, **anders: object) -> list[dict]:
    """A delivery of every gemeente at PEILDATUM, with maatregelen."""
    rij = {"peildatum": PEILDATUM, "vorm": "tabel", "maatregelen_geleverd": True, **anders}
    return [{"gemeente": gemeente, **rij} for gemeente in gemeenten]


def schrijf_basis(map_: Path, tabellen: Mapping[str, pd.DataFrame | list[dict]]) -> Basis:
    """Write every table of BASIS; those that are not given are empty."""
    map_.mkdir(parents=True, exist_ok=True)
    for naam, kolommen in BASIS.items():
        schema = pa.schema([(kolom, TYPEN[soort]) for kolom, soort in kolommen.items()])
        inhoud = tabellen.get(naam, [])
        if isinstance(inhoud, pd.DataFrame):
            leeg = dict.fromkeys(set(kolommen) - set(inhoud.columns), None)
            inhoud = inhoud.assign(**leeg)[list(kolommen)]
            tabel = pa.Table.from_pandas(inhoud, schema=schema, preserve_index=False)
        else:
            tabel = pa.Table.from_pylist([{k: rij.get(k) for k in kolommen} for rij in inhoud], schema=schema)
        pq.write_table(tabel, map_ / f"{naam}.parquet")
    return Basis(map_)


def bouw(
    map_: Path,
    spells: list[dict],
    *,
    geboortejaren: Mapping[int, int | None] | None = None,
    **tabellen: list[dict],
) -> Basis:
    """A Basis around these spells: persons and deliveries are made to fit unless given."""
    standaard = {"personen": personen_van(spells, geboortejaren or {}), "leveringen": leveringen_van()}
    return schrijf_basis(map_, {"spells": spells, **standaard, **tabellen})


def bevolking(aantal: int = 1000, jaren: Iterable[int] = range(2019, 2026)) -> pd.DataFrame:
    """The same number of inhabitants 0–22 everywhere."""
    rijen = [(g, jaar, "0-22", aantal) for g in GEMEENTEN for jaar in jaren]
    return pd.DataFrame(rijen, columns=["gebied", "jaar", "leeftijd", "aantal"])


def params_met(*indicatoren: str, **rekenregels: object) -> Params:
    """The parameters of the kit with the default definitions except these, and the cards of `indicatoren` only."""
    params = Params(Path(__file__).parents[2])
    if indicatoren:
        params.__dict__["kaarten"] = {naam: params.kaarten[naam] for naam in indicatoren}
    regio = params.regio.model_copy(
        update={"rekenregels": Rekenregels(**rekenregels), "eerste_periode": Periode(2019, "H1")}
    )
    params.__dict__["regio"] = regio
    return params
