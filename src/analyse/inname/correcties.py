"""Applies the register of corrections to typed rows, between reading and current state.

What a correction hits is looked up for all corrections before any of them changes a row, so that the order of the
files can't decide what is found. Values change before the rules look (a mended date is a good date); rows that are
left out get a rule of their own after it, so that they are counted as put aside like all others. A selection that
hits something else than expected is not applied at all: the source was mended, or the correction is wrong, and
in both cases somebody has to look before figures go out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from analyse.correctieregister import BEDRAG, DATUM, LEEG, MISLUKT, NUMMER, TOEGEPAST, VERLOPEN, WAT, Correctie
from analyse.inname.werk import Werk
from analyse.kern.fouten import Bevinding, Ernst
from analyse.kern.schema import NEUTRAAL


@dataclass(frozen=True)
class _Raak:
    """One correction and what it hits: rijen, nummers, bedrag_cent."""

    nr: int
    correctie: Correctie
    gevonden: dict[str, int]


class Ingrepen:
    """The corrections of one run: `voor_de_regels`, then (after judging) `na_de_regels`; `bevindingen` tell."""

    def __init__(self, register: Sequence[Correctie], peildata: Mapping[str, date | None]) -> None:
        """`peildata`: gemeenten that delivered, with their peildatum (None: unknown, then nothing expires)."""
        self._peildata = peildata
        self._register = [c for c in register if c.status == "actief" and c.gemeente in peildata]
        self._raak: list[_Raak] = []
        self.bevindingen: list[Bevinding] = []

    def voor_de_regels(self, werk: Werk) -> None:
        """Look up what every correction hits, and change values in the typed tables `getypeerd_<tabel>`."""
        werk.geef("correctie_raak", pa.table({"nr": pa.array([], pa.int32()), "rid": pa.array([], pa.int64())}))
        for nr, correctie in enumerate(self._register):
            raak = _Raak(nr, correctie, _zoek(werk, nr, correctie))
            bezwaar = self._bezwaar(raak)
            if bezwaar:
                self.bevindingen.append(bezwaar)
            elif raak.gevonden["rijen"]:
                self._raak.append(raak)
        veranderd = [raak for raak in self._raak if raak.correctie.doe in ("vervangen", "schalen")]
        for tabel in dict.fromkeys(raak.correctie.tabel for raak in veranderd):
            _maak_tabel(werk, f"getypeerd_{tabel}")
        for raak in veranderd:
            werk.sql(_verander(raak))

    def na_de_regels(self, werk: Werk) -> None:
        """Put rows aside that are left out, and tell what was done."""
        for raak in self._raak:
            correctie = raak.correctie
            if correctie.doe == "weglaten":
                werk.sql(
                    f"UPDATE {correctie.tabel} SET regel = '{TOEGEPAST['weglaten']}' "
                    f"WHERE regel IS NULL AND rid IN ({_rids(raak)})"
                )
            self.bevindingen.append(_gedaan(raak))

    def _bezwaar(self, raak: _Raak) -> Bevinding | None:
        """Why a correction is not applied: expired while it still hits, or it hits something else."""
        correctie, gevonden = raak.correctie, raak.gevonden
        peildatum = self._peildata[correctie.gemeente]
        if peildatum and peildatum > correctie.geldig_tot:
            if not gevonden["rijen"]:
                return None
            tekst = "De correctie is verlopen, maar de fout staat nog in de levering."
            return _bevinding(
                raak, VERLOPEN, Ernst.BLOKKEREND, tekst, f"geldig tot {correctie.geldig_tot:%d-%m-%Y}"
            )
        afwijking = correctie.verwacht.afwijking(gevonden)
        if not afwijking:
            return None
        tekst = "De correctie raakt iets anders dan verwacht en is niet toegepast."
        return _bevinding(raak, MISLUKT, Ernst.BLOKKEREND, tekst, afwijking)


def _bevinding(raak: _Raak, code: str, ernst: Ernst, tekst: str, ontvangen: str) -> Bevinding:
    correctie = raak.correctie
    doe = {
        VERLOPEN: "Laat de bron herstellen, of verleng de correctie met een nieuwe datum.",
        MISLUKT: "Is de bron hersteld? Trek de correctie dan in. Pas anders de keuze of de verwachting aan.",
    }
    return Bevinding(
        code, ernst, correctie.gemeente, f"correcties/{correctie.id}.yaml", "",
        f"{correctie.aanduiding} {tekst}", ontvangen,
        doe.get(code, f"Laat de bron herstellen voor {correctie.geldig_tot:%d-%m-%Y}. Trek de correctie dan in."),
        max(raak.gevonden["rijen"], 1),
        aanbieder=_aanbieder(correctie),
        euro_cent=raak.gevonden["bedrag_cent"] if correctie.tabel in ("declaraties", "pgb") else None,
    )  # fmt: skip


def _gedaan(raak: _Raak) -> Bevinding:
    correctie = raak.correctie
    ernst = Ernst.WAARSCHUWING if correctie.doe == "markeren" else Ernst.INFORMATIE
    gemeld = f"gemeld door {correctie.melder} op {correctie.datum:%d-%m-%Y}"
    return _bevinding(raak, TOEGEPAST[correctie.doe], ernst, f"{WAT[correctie.doe]}. {correctie.reden}", gemeld)


def _aanbieder(correctie: Correctie) -> str:
    gekozen = correctie.kies.get("aanbieder_agb", ())
    return gekozen[0] if len(gekozen) == 1 and gekozen[0].isdigit() and len(gekozen[0]) == 8 else ""


def _zoek(werk: Werk, nr: int, correctie: Correctie) -> dict[str, int]:
    """Keep the row ids under `nr` and count them; rejections (325) are hit with their declaration, not counted."""
    zicht = f"getypeerd_{correctie.tabel}"
    werk.sql(f"INSERT INTO correctie_raak SELECT {nr}, rid FROM {zicht} WHERE {_voorwaarde(correctie)}")
    bedrag, nummer = BEDRAG.get(correctie.tabel), NUMMER.get(correctie.tabel, "rid")
    telt = "bericht <> '325'" if correctie.tabel == "declaraties" else "true"
    (rij,) = werk.rijen(f"""
        SELECT count(*) AS rijen, count(DISTINCT {nummer}) AS nummers,
            coalesce(sum({bedrag or 0}), 0)::BIGINT AS bedrag_cent
        FROM {zicht} WHERE {telt} AND rid IN (SELECT rid FROM correctie_raak WHERE nr = {nr})
    """)
    return {naam: int(waarde) for naam, waarde in rij.items()}


def _voorwaarde(correctie: Correctie) -> str:
    delen = [f"gemeente = {_tekst(correctie.gemeente)}"]
    delen += [_gelijk(kolom, waarden) for kolom, waarden in correctie.kies.items()]
    if correctie.van:
        delen.append(f"{DATUM[correctie.tabel]} >= DATE '{correctie.van}'")
    if correctie.tot:
        delen.append(f"{DATUM[correctie.tabel]} <= DATE '{correctie.tot}'")
    return " AND ".join(delen)


def _gelijk(kolom: str, waarden: Sequence[str]) -> str:
    vol = ", ".join(_tekst(waarde) for waarde in waarden if waarde != LEEG)
    gevallen = [f"{kolom}::VARCHAR IN ({vol})"] if vol else []
    return "(" + " OR ".join([*gevallen, *([f"{kolom} IS NULL"] if LEEG in waarden else [])]) + ")"


def _tekst(waarde: str) -> str:
    return "'" + waarde.replace("'", "''") + "'"


def _maak_tabel(werk: Werk, zicht: str) -> None:
    """A view can't be changed: the same rows as a table, under the same name."""
    werk.sql(f"CREATE TEMP TABLE correctie_kopie AS FROM {zicht}")
    werk.sql(f"DROP VIEW {zicht}")
    werk.sql(f"ALTER TABLE correctie_kopie RENAME TO {zicht}")


def _rids(raak: _Raak) -> str:
    return f"SELECT rid FROM correctie_raak WHERE nr = {raak.nr}"


def _verander(raak: _Raak) -> str:
    correctie = raak.correctie
    soort = NEUTRAAL[correctie.tabel]
    nieuw: dict[str, str] = {}
    for kolom, waarde in correctie.zet.items():
        nieuw[kolom] = _waarde(soort.datums, soort.getallen, kolom, waarde)
        if kolom == "einddatum":
            nieuw["eeuwig"] = "false"
    if correctie.kolom:
        nieuw[correctie.kolom] = f"round({correctie.kolom} * {correctie.factor!r})::BIGINT"
    for melding in ("onleesbaar", "aangevuld"):  # what was wrong with a value that is replaced is over
        nieuw[melding] = f"CASE WHEN {_gelijk(melding, list(correctie.zet) or [''])} THEN NULL ELSE {melding} END"
    zetten = ", ".join(f"{kolom} = {waarde}" for kolom, waarde in nieuw.items())
    return f"UPDATE getypeerd_{correctie.tabel} SET {zetten} WHERE rid IN ({_rids(raak)})"


def _waarde(datums: Sequence[str], getallen: Sequence[str], kolom: str, waarde: str | None) -> str:
    if waarde is None or waarde == LEEG:
        return "NULL"
    if kolom in datums:
        return f"DATE {_tekst(waarde)}"
    return str(int(waarde)) if kolom in getallen else _tekst(waarde)
