"""Hop 1 from front to back: find the files, read them, judge the rows, work out what stands, write Basis.

Everything after reading is one road for messages and tables. Basis appears whole or not at all; the scratch
folder with raw rows (already pseudonymous) lies beside it and is gone when this returns.
"""

from __future__ import annotations

import csv
import re
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

import pyarrow as pa

from analyse.correctieregister import lees_aanvaardingen, lees_correcties
from analyse.inname import uitvoer
from analyse.inname.aanvaarden import aanvaard
from analyse.inname.codelijsten import Codelijsten
from analyse.inname.correcties import Ingrepen
from analyse.inname.levering import Bestand, Levering, zoek
from analyse.inname.lezer import Opdracht, Uitkomst, Voortgang, lees_alles, over_nummers
from analyse.inname.meldingen import melding
from analyse.inname.producten import productlijst
from analyse.inname.pseudoniem import MINIMUM, Sleutel, kies_sleutel
from analyse.inname.regels import Regel, regels
from analyse.inname.ruw import RUW
from analyse.inname.soorten import ALLEEN_GETELD
from analyse.inname.tellen import tel
from analyse.inname.toetsing import eerste_opzij, toets
from analyse.inname.trend import Vergelijking, naderhand
from analyse.inname.typen import MACROS, typeer
from analyse.inname.vertaling import Vertalingen
from analyse.inname.werk import Werk
from analyse.kern import codes
from analyse.kern.basis import Basis
from analyse.kern.bestanden import nieuwe_map
from analyse.kern.fouten import Bevinding, Ernst
from analyse.params import Params


def lees(
    leveringen: Path,
    *,
    params: Params,
    uit: Path,
    peildatum: date | None = None,
    sleutel: bytes | None = None,
    met: Vergelijking | None = None,
    voortgang: Voortgang | None = None,
) -> Basis:
    """Read every delivery under `leveringen` into a Basis folder `uit` (tables of kern.schema.BASIS, Parquet).

    `peildatum` holds for gemeenten whose levering.yaml has none. What is wrong with a file or row is a finding in
    the table `bevindingen` and the rest goes on; raises LeveringFout when there is nothing to read at all and
    ParameterFout for a wrong key. `met` says what the totals are held against (CBS, the previous delivery); beside
    the tables stands `trend.TELLING`, the totals that the next delivery is held against. `voortgang` is called
    with bytes read, bytes in all and the file that was just read.
    """
    gevonden, bevindingen = zoek(leveringen, params.regio.codes, Vertalingen.open(params))
    gekozen = kies_sleutel(sleutel, demo=_is_demo(gevonden), wortel=params.wortel)
    bevindingen += _over_sleutel(gekozen)
    with nieuwe_map(uit) as doel:
        opdracht = Inname(params, doel, peildatum, gekozen.waarde, met or Vergelijking(), voortgang)
        _lees(gevonden, bevindingen, opdracht)
    return Basis(uit)


@dataclass(frozen=True)
class Inname:
    """What one run needs beside the deliveries; `doel` is the folder that is filled."""

    params: Params
    doel: Path
    peildatum: date | None
    sleutel: bytes = field(repr=False)
    met: Vergelijking
    voortgang: Voortgang | None = None


def _lees(gevonden: Sequence[Levering], bevindingen: list[Bevinding], run: Inname) -> None:
    params, doel = run.params, run.doel
    bestanden = [bestand for levering in gevonden for bestand in levering.bestanden]
    eigen = frozenset(levering.gemeente for levering in gevonden if levering.info.client_id == "eigen")
    lijst = _regels(params.wortel)
    with tempfile.TemporaryDirectory(dir=doel.parent, prefix=".inname.") as klad:
        uitkomsten = lees_alles(bestanden, Opdracht(Path(klad), run.sleutel, eigen), run.voortgang)
        werk = Werk(omvang=sum(deel.stat().st_size for deel in Path(klad).rglob("*.parquet")))
        ingrepen = _ingrepen(gevonden, params, run.peildatum)
        try:
            _laad(werk, Path(klad), lijst, ingrepen)
            bevindingen += ingrepen.bevindingen
            bevindingen += _van_lezers(uitkomsten, gevonden, bestanden)
            bevindingen += _peildata(werk, gevonden, run.peildatum) + _over_berichten(werk, bestanden)
            _bepaal(werk, gevonden, params)
            bevindingen += toets(werk, lijst, bestanden)
            vooraf = sum((uitkomst.opzij for uitkomst in uitkomsten), Counter())
            uitvoer.schrijf(werk, doel)
            bevindingen += naderhand(werk, doel, run.met)
            uitvoer.schrijf_tabel(tel(werk, bestanden, vooraf), "telling", doel)
            bevindingen = _aanvaard(bevindingen, gevonden, run)
            uitvoer.schrijf_tabel(_als_tabel(bevindingen), "bevindingen", doel)
        finally:
            werk.con.disconnect()


@cache
def _regels(wortel: Path) -> tuple[Regel, ...]:
    """The rule table of one checkout; conditions are compiled per rule, so the rules themselves are kept."""
    return regels(Codelijsten(wortel))


def _laad(werk: Werk, klad: Path, lijst: Sequence[Regel], ingrepen: Ingrepen) -> None:
    """Typed input tables; rows of damaged messages and rows that a rule takes out carry `regel`."""
    werk.sql(MACROS)
    werk.sql(f"CREATE TEMP TABLE berichten AS FROM {werk.ruw('berichten', klad)}")
    werk.sql("CREATE TEMP TABLE kapot AS SELECT bron, bericht_nr, fout FROM berichten WHERE fout IS NOT NULL")
    for tabel in RUW:
        werk.sql(f"CREATE TEMP VIEW getypeerd_{tabel} AS {typeer(tabel, werk.ruw(tabel, klad))}")
    ingrepen.voor_de_regels(werk)
    schemas = werk.schemas()
    for tabel in RUW:
        werk.sql(f"CREATE TEMP TABLE {tabel} AS {eerste_opzij(lijst, tabel, schemas[f'getypeerd_{tabel}'])}")
        werk.sql(f"UPDATE {tabel} t SET regel = fout FROM kapot k WHERE {_ZELFDE_BERICHT}")
    ingrepen.na_de_regels(werk)


def _ingrepen(gevonden: Sequence[Levering], params: Params, peildatum: date | None) -> Ingrepen:
    """The corrections for these deliveries; the register is about real ones, so the demo region gets none."""
    if _is_demo(gevonden):
        return Ingrepen((), {})
    register = lees_correcties(params.map / "correcties", gemeenten=params.regio.codes)
    return Ingrepen(register, _bekende_peildata(gevonden, peildatum))


def _bekende_peildata(gevonden: Sequence[Levering], peildatum: date | None) -> dict[str, date | None]:
    return {levering.gemeente: levering.info.peildatum or peildatum for levering in gevonden}


def _aanvaard(bevindingen: list[Bevinding], gevonden: Sequence[Levering], run: Inname) -> list[Bevinding]:
    """The findings after what was accepted; the register is about real deliveries, as with corrections."""
    if _is_demo(gevonden):
        return bevindingen
    register = lees_aanvaardingen(run.params.map / "correcties", gemeenten=run.params.regio.codes)
    return aanvaard(bevindingen, register, _bekende_peildata(gevonden, run.peildatum))


_ZELFDE_BERICHT = "t.bron = k.bron AND t.bericht_nr = k.bericht_nr"


def _bepaal(werk: Werk, gevonden: Sequence[Levering], params: Params) -> None:
    """All steps after typing, in order."""
    verwijzers = [code for code in codes.VERWIJZER if code != codes.ONBEKEND]
    werk.geef("verwijzercodes", pa.table({"code": verwijzers}))
    werk.geef("producten", productlijst(params.producten))
    werk.geef("gemeenten", _gemeenten(gevonden))
    werk.geef("aanbiederlijst", _aanbieders(params.wortel, demo=_is_demo(gevonden)))
    for naam in ("toestand", "declaraties", "verzoeken", "spells", "personen", "bijzaken", "controles"):
        werk.stap(naam)


def _van_lezers(
    uitkomsten: Sequence[Uitkomst], gevonden: Sequence[Levering], bestanden: Sequence[Bestand]
) -> list[Bevinding]:
    """What the readers found; that invented children have test numbers is no news."""
    verzonnen = {levering.gemeente for levering in gevonden if levering.info.herkomst == "demo"}
    alle = [b for uitkomst in uitkomsten for b in uitkomst.bevindingen] + over_nummers(uitkomsten, bestanden)
    return [b for b in alle if b.code != "DK02b" or b.gebied not in verzonnen]


def _is_demo(gevonden: Sequence[Levering]) -> bool:
    return bool(gevonden) and all(levering.info.herkomst == "demo" for levering in gevonden)


def _aanbieders(wortel: Path, *, demo: bool) -> pa.Table:
    """AGB codes of the aanbieders that the region knows; empty when it keeps no list."""
    pad = wortel / "data" / "referentie" / ("demo_aanbieders.csv" if demo else "aanbieders.csv")
    if not pad.is_file():
        return pa.table({"agb": pa.array([], pa.string())})
    with pad.open(encoding="utf-8-sig", newline="") as bestand:
        return pa.table({"agb": pa.array([rij["agb"] for rij in csv.DictReader(bestand, delimiter=";")])})


def _gemeenten(gevonden: Sequence[Levering]) -> pa.Table:
    def heeft(tabel: str) -> list[bool]:
        return [any(tabel in bestand.tabellen for bestand in levering.bestanden) for levering in gevonden]

    return pa.table(
        {
            "gemeente": pa.array([levering.gemeente for levering in gevonden], pa.string()),
            "vorm": pa.array([levering.vorm for levering in gevonden], pa.string()),
            "maatregeltabel": pa.array(heeft("maatregelen"), pa.bool_()),
            "pgbtabel": pa.array(heeft("pgb"), pa.bool_()),
        }
    )


def _peildata(werk: Werk, gevonden: Sequence[Levering], peildatum: date | None) -> list[Bevinding]:
    """Leaves `peildata`: levering.yaml, else the argument, else the newest date delivered (with a finding)."""
    nieuwste = {rij["gemeente"]: rij["dag"] for rij in werk.rijen(_NIEUWSTE)}
    dagen = {lv.gemeente: lv.info.peildatum or peildatum or nieuwste.get(lv.gemeente) for lv in gevonden}
    gemeenten, waarden = pa.array(list(dagen), pa.string()), pa.array(dagen.values(), pa.date32())
    werk.geef("peildata", pa.table({"gemeente": gemeenten, "peildatum": waarden}))
    zonder = [lv.gemeente for lv in gevonden if not (lv.info.peildatum or peildatum)]
    return [melding("LV13", g, ontvangen=f"{dagen[g]:%d-%m-%Y}" if dagen[g] else "geen datum") for g in zonder]


_NIEUWSTE = """
SELECT gemeente, max(dag) AS dag FROM (
    SELECT gemeente, toewijzingsdatum AS dag FROM toewijzingen
    UNION ALL SELECT gemeente, berichtdatum FROM leveringen
    UNION ALL SELECT gemeente, dagtekening FROM verzoeken
    UNION ALL SELECT gemeente, dagtekening FROM declaraties
) WHERE dag IS NOT NULL GROUP BY gemeente
"""


def _over_berichten(werk: Werk, bestanden: Sequence[Bestand]) -> list[Bevinding]:
    """Findings about messages as such: another gemeente, return messages, another release."""
    geteld = f"soort IN {ALLEEN_GETELD}"
    rijen = werk.rijen(f"""
        SELECT
            gemeente, bron,
            count(*) FILTER (gemeentecode <> gemeente[3:] AND NOT {geteld}) AS LV14,
            count(*) FILTER ({geteld}) AS LV15,
            count(*) FILTER (versie || '.' || subversie <> '3.2') AS LV18,
            string_agg(DISTINCT versie || '.' || subversie, ', ' ORDER BY versie || '.' || subversie)
                FILTER (versie || '.' || subversie <> '3.2') AS versies
        FROM berichten WHERE soort IS NOT NULL GROUP BY ALL ORDER BY bron
    """)
    return [
        melding(
            code,
            rij["gemeente"],
            bestanden[rij["bron"]].naam,
            ontvangen=_versies(rij["versies"]) if code == "LV18" else "",
            aantal=rij[code],
        )
        for code in ("LV14", "LV15", "LV18")
        for rij in rijen
        if rij[code]
    ]


def _versies(tekst: str) -> str:
    """`3.0, 3.1`; anything that isn't numbers is not shown."""
    return f"versie {tekst}" if re.fullmatch(r"[\d., ]{1,40}", tekst) else "onbekende versie"


def _over_sleutel(sleutel: Sleutel) -> list[Bevinding]:
    lijst = [melding("LV16", codes.REGIO)] if sleutel.herkomst == "eenmalig" else []
    return lijst + ([melding("LV22", codes.REGIO)] if len(sleutel.waarde) < MINIMUM else [])


def _als_tabel(bevindingen: Sequence[Bevinding]) -> pa.Table:
    """Findings as a table: the worst first, then by gebied and code; otherwise in the order they were found."""
    ernst = list(Ernst)
    orde = sorted(bevindingen, key=lambda b: (ernst.index(b.ernst), b.gebied, b.code, b.bestand))
    schema = uitvoer.schema("bevindingen")
    kolommen = [pa.array([getattr(b, veld.name) for b in orde], veld.type) for veld in schema]
    return pa.table(kolommen, schema=schema)
