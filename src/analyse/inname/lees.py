"""Hop 1 from front to back: find the files, read them, judge the rows, work out what stands, write Basis.

Everything after reading is one road for messages and tables. Basis appears whole or not at all; the scratch
folder with raw rows (already pseudonymous) lies beside it and is gone when this returns.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path

import ibis
import pyarrow as pa

from analyse.inname import bijzaken, geld, spells, toestand, uitvoer
from analyse.inname.codelijsten import Codelijsten
from analyse.inname.levering import Bestand, Levering, zoek
from analyse.inname.lezer import Opdracht, lees_alles
from analyse.inname.meldingen import melding
from analyse.inname.pseudoniem import MINIMUM, Sleutel, kies_sleutel
from analyse.inname.regels import Regel, regels
from analyse.inname.ruw import RUW
from analyse.inname.soorten import ALLEEN_GETELD
from analyse.inname.tabellen import tabelnaam
from analyse.inname.tellen import tel
from analyse.inname.toetsing import toets, zet_opzij
from analyse.inname.typen import typeer
from analyse.inname.werk import Werk
from analyse.kern import codes
from analyse.kern.basis import Basis
from analyse.kern.bestanden import nieuwe_map
from analyse.kern.fouten import Bevinding, Ernst
from analyse.kern.schema import BASIS
from analyse.params import Params


def lees(
    leveringen: Path,
    *,
    params: Params,
    uit: Path,
    peildatum: date | None = None,
    sleutel: bytes | None = None,
) -> Basis:
    """Read every delivery under `leveringen` into a Basis folder `uit` (tables of kern.schema.BASIS, Parquet).

    `peildatum` holds for gemeenten whose levering.yaml has none. What is wrong with a file or row is a finding in
    the table `bevindingen` and the rest goes on; raises LeveringFout when there is nothing to read at all and
    ParameterFout for a wrong key.
    """
    gevonden, bevindingen = zoek(leveringen, params.regio.codes)
    demo = bool(gevonden) and all(levering.info.herkomst == "demo" for levering in gevonden)
    gekozen = kies_sleutel(sleutel, demo=demo, wortel=params.wortel)
    bevindingen += _over_sleutel(gekozen)
    with nieuwe_map(uit) as doel:
        _lees(gevonden, bevindingen, params=params, doel=doel, peildatum=peildatum, sleutel=gekozen.waarde)
    return Basis(uit)


def _lees(
    gevonden: Sequence[Levering],
    bevindingen: list[Bevinding],
    *,
    params: Params,
    doel: Path,
    peildatum: date | None,
    sleutel: bytes,
) -> None:
    bestanden = [bestand for levering in gevonden for bestand in levering.bestanden]
    eigen = frozenset(levering.gemeente for levering in gevonden if levering.info.client_id == "eigen")
    lijst = regels(Codelijsten(params.wortel))
    with tempfile.TemporaryDirectory(dir=doel.parent, prefix=".inname.") as klad:
        uitkomsten = lees_alles(bestanden, Opdracht(Path(klad), sleutel, eigen))
        werk = Werk()
        try:
            _laad(werk, Path(klad), lijst)
            bevindingen += [b for uitkomst in uitkomsten for b in uitkomst.bevindingen]
            bevindingen += _peildata(werk, gevonden, peildatum) + _over_berichten(werk, bestanden)
            _bepaal(werk, gevonden, params)
            bevindingen += toets(werk, lijst, bestanden)
            vooraf = sum((uitkomst.opzij for uitkomst in uitkomsten), Counter())
            werk.geef("telling", tel(werk, bestanden, vooraf))
            werk.geef("bevindingen", _als_tabel(bevindingen))
            uitvoer.schrijf(werk, doel)
        finally:
            werk.con.disconnect()


def _laad(werk: Werk, klad: Path, lijst: Sequence[Regel]) -> None:
    """Typed input tables; rows of damaged messages and rows that a rule takes out carry `regel`."""
    berichten = werk.maak("berichten", werk.ruw("berichten", klad))
    stuk = berichten.filter(berichten.fout.notnull()).select("bron", "bericht_nr", stuk="fout")
    heeft_stuk = bool(stuk.count().execute())
    for tabel in RUW:
        t = zet_opzij(typeer(werk.ruw(tabel, klad), tabel), [r for r in lijst if r.zicht == tabel])
        if heeft_stuk:
            t = t.left_join(stuk, ["bron", "bericht_nr"]).select(*t.columns, "stuk")
            t = t.mutate(regel=ibis.coalesce(t.stuk, t.regel)).drop("stuk")
        werk.maak(tabel, t)


def _bepaal(werk: Werk, gevonden: Sequence[Levering], params: Params) -> None:
    """All steps after typing, in order."""
    met_tabel = {
        levering.gemeente
        for levering in gevonden
        if any(b.soort == "tabel" and tabelnaam(b.pad.name) == "maatregelen" for b in levering.bestanden)
    }
    werk.geef(
        "gemeenten",
        pa.table(
            {
                "gemeente": pa.array([levering.gemeente for levering in gevonden], pa.string()),
                "vorm": pa.array([levering.vorm for levering in gevonden], pa.string()),
                "maatregeltabel": pa.array([levering.gemeente in met_tabel for levering in gevonden], pa.bool_()),
            }
        ),
    )
    verwijzers = tuple(code for code in codes.VERWIJZER if code != codes.ONBEKEND)
    toestand.bepaal(werk, params.producten, verwijzers)
    geld.declaraties(werk)
    geld.verzoeken(werk)
    spells.bepaal(werk)
    uitvoer.personen(werk)
    uitvoer.maatregelen(werk)
    bijzaken.loten(werk)
    bijzaken.kerngetallen(werk)


def _peildata(werk: Werk, gevonden: Sequence[Levering], peildatum: date | None) -> list[Bevinding]:
    """Leaves `peildata`: levering.yaml, else the argument, else the newest date in the delivery (with a finding)."""
    nieuwste = _nieuwste_datum(werk)
    dagen = {lv.gemeente: lv.info.peildatum or peildatum or nieuwste.get(lv.gemeente) for lv in gevonden}
    werk.geef(
        "peildata",
        pa.table(
            {"gemeente": pa.array(list(dagen), pa.string()), "peildatum": pa.array(dagen.values(), pa.date32())}
        ),
    )
    zonder = [lv.gemeente for lv in gevonden if not (lv.info.peildatum or peildatum)]
    return [melding("LV13", g, ontvangen=f"{dagen[g]:%d-%m-%Y}" if dagen[g] else "geen datum") for g in zonder]


def _nieuwste_datum(werk: Werk) -> dict[str, date]:
    kolommen = {
        "toewijzingen": "toewijzingsdatum",
        "leveringen": "berichtdatum",
        "verzoeken": "dagtekening",
        "declaraties": "dagtekening",
    }
    delen = [werk[tabel].select("gemeente", dag=kolom) for tabel, kolom in kolommen.items()]
    alle = ibis.union(*delen)
    rijen = alle.group_by("gemeente").agg(dag=alle.dag.max()).to_pyarrow().to_pylist()
    return {rij["gemeente"]: rij["dag"] for rij in rijen if rij["dag"]}


def _over_berichten(werk: Werk, bestanden: Sequence[Bestand]) -> list[Bevinding]:
    """Findings about messages as such: another gemeente, another release, return messages."""
    t = werk["berichten"]
    t = t.filter(t.soort.notnull())
    geteld = t.soort.isin(ALLEEN_GETELD)
    per_bron = t.group_by(["gemeente", "bron"]).agg(
        LV14=((t.gemeentecode != t.gemeente.substr(2)) & ~geteld).sum(),
        LV15=geteld.sum(),
        LV18=(t.versie != "3.2").sum(),
    )
    rijen = per_bron.order_by("bron").to_pyarrow().to_pylist()
    return [
        melding(code, rij["gemeente"], bestanden[rij["bron"]].naam, aantal=rij[code])
        for code in ("LV14", "LV15", "LV18")
        for rij in rijen
        if rij[code]
    ]


def _over_sleutel(sleutel: Sleutel) -> list[Bevinding]:
    lijst = [melding("LV16", codes.REGIO)] if sleutel.herkomst == "eenmalig" else []
    return lijst + ([melding("LV22", codes.REGIO)] if len(sleutel.waarde) < MINIMUM else [])


def _als_tabel(bevindingen: Sequence[Bevinding]) -> pa.Table:
    """Findings as a table: the worst first, then by gebied and code; otherwise in the order they were found."""
    ernst = list(Ernst)
    orde = sorted(bevindingen, key=lambda b: (ernst.index(b.ernst), b.gebied, b.code, b.bestand))
    typen = {k: pa.string() if t == "VARCHAR" else pa.int64() for k, t in BASIS["bevindingen"].items()}
    return pa.Table.from_pylist([asdict(b) | {"ernst": str(b.ernst)} for b in orde], schema=pa.schema(typen))
