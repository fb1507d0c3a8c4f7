"""What every indicator family starts from: usable spells, trajecten and the grid, stored once in the engine.

In the engine a gebied, period or category is a number, its place in the list of `Rooster`; text comes back at the
edge. Short integer keys made the same work twice as fast, and 'unknown code' is decided in one place.

A gemeente whose delivery has a blocking finding is left out altogether, of the look-back of others too: figures
that can't be trusted must not lean on each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import ibis
import pandas as pd
from ibis.expr.types import IntegerColumn, Table

from analyse.kern import codes
from analyse.kern.basis import Basis
from analyse.kern.fouten import RAAKT_ALLES, RAAKT_EURO, Ernst, LeveringFout
from analyse.kern.motor import bewaar
from analyse.kern.periode import Periode, halfjaren
from analyse.meten.rooster import GESLOTEN, Rooster
from analyse.meten.trajecten import maak_trajecten, met_herhaald
from analyse.params import Params

_KOPPEL = {
    "gemeente": "int8",
    "gebied": "int8",
    "periode": "int16",
    "b": "date",
    "e": "date",
    "jaar": "int16",
    "dag": "date",
}
JEUGDWET = "Jw"
LEEFTIJD = "leeftijd"
# What a narrow table keeps to be split by.
ASSEN = ("gebied", "periode", "hulpvorm", "verwijzer", "aanbieder", "leeftijd", "persoon_nr")


def geblokkeerd(basis: Basis, raakt: str) -> frozenset[str]:
    """Gebieden where a blocking finding takes away these figures: RAAKT_ALLES, or RAAKT_EURO for money alone."""
    t = basis.pandas("bevindingen")
    t = t[t["ernst"] == Ernst.BLOKKEREND]
    return frozenset(t.loc[t["raakt"].replace("", None).fillna(RAAKT_ALLES) == raakt, "gebied"])


def bruikbare_peildatums(basis: Basis, gemeenten: tuple[str, ...]) -> dict[str, date]:
    """Peildatum of every gemeente of the region that delivered and has no blocking finding (REGIO blocks all)."""
    dicht = geblokkeerd(basis, RAAKT_ALLES)
    rijen = basis.pandas("leveringen")
    geleverd = {str(g): dag.date() for g, dag in zip(rijen["gemeente"], rijen["peildatum"], strict=True)}
    if not geleverd:
        raise LeveringFout(
            "Er is geen enkele levering om te meten.", waar=basis.map.name, doe="Lees eerst leveringen in."
        )
    return {g: geleverd[g] for g in gemeenten if g in geleverd and not dicht & {g, codes.REGIO}}


def plaats(dimensie: str, code: str) -> int:
    """The number that stands for a category in the engine."""
    return GESLOTEN[dimensie].index(code)


def als_plaats(kolom: ibis.Value, dimensie: str) -> IntegerColumn:
    """Codes to places; a code outside the list becomes `onbekend`, or null when there is no such category."""
    lijst = GESLOTEN[dimensie]
    anders = lijst.index(codes.ONBEKEND) if codes.ONBEKEND in lijst else None
    return kolom.cases(*[(code, nr) for nr, code in enumerate(lijst)], else_=anders).cast("int8")


def leeftijd(jaar: ibis.Value, geboortejaar: ibis.Value) -> IntegerColumn:
    """The place of the CBS age group in that year, as `kern.codes.leeftijdsgroep`."""
    jaren = jaar - geboortejaar
    grenzen = [tuple(map(int, groep.split("-"))) for groep in GESLOTEN["leeftijd"] if groep != codes.ONBEKEND]
    keuzes = [(jaren.between(*grens), nr) for nr, grens in enumerate(grenzen)]
    return ibis.cases(*keuzes, else_=plaats("leeftijd", codes.ONBEKEND)).cast("int8")


@dataclass(frozen=True)
class Bron:
    """Basis and parameters, with the tables that the families share."""

    basis: Basis
    params: Params

    @cached_property
    def zonder_euro(self) -> frozenset[str]:
        """Codes of gemeenten whose amounts can't be used, while their other figures can."""
        dicht = geblokkeerd(self.basis, RAAKT_EURO)
        return frozenset(self.params.regio.codes) if codes.REGIO in dicht else dicht

    @cached_property
    def _kaal_rooster(self) -> Rooster:
        regio = self.params.regio
        peildatum = bruikbare_peildatums(self.basis, regio.codes)
        laatste = Periode.halfjaar_van(pd.Timestamp(self.basis.pandas("leveringen")["peildatum"].max()).date())
        spells = self.basis.tabel("spells")
        spells = spells.filter((spells.domein == JEUGDWET) & spells.hulpvorm.isin(list(codes.HULPVORM)))
        begin = spells.begin.min().execute()
        eerste = laatste if pd.isna(begin) else Periode.halfjaar_van(pd.Timestamp(begin).date())
        perioden = tuple(halfjaren(min(max(regio.eerste_periode, eerste), laatste), laatste))
        # Of spells and of money: an aanbieder may declare without ever sending a start.
        namen = {naam for tabel in ("spells", "declaraties") for naam in self._namen(tabel)}
        aanbieders = tuple(sorted({*namen, codes.ONBEKEND}))
        return Rooster(regio.codes, perioden, peildatum, regio.rekenregels.voorlopig_maanden, aanbieders)

    def _namen(self, tabel: str) -> list[str]:
        """The aanbieders that occur in a table of Basis."""
        return list(self.basis.tabel(tabel).select("aanbieder").distinct().aanbieder.execute().dropna())

    @cached_property
    def rooster(self) -> Rooster:
        """The grid, with where each aanbieder has trajecten."""
        waar = self.trajecten.select("gemeente", "aanbieder").distinct().execute()
        waar = waar.rename(columns={"gemeente": "gebied"})
        regio = waar.assign(gebied=len(self._kaal_rooster.gemeenten))
        return replace(self._kaal_rooster, waar_aanbieder=pd.concat([waar, regio]).drop_duplicates())

    @cached_property
    def koppel(self) -> Table:
        """`Rooster.koppel` in the engine."""
        return ibis.memtable(self._kaal_rooster.koppel, schema=_KOPPEL)

    @cached_property
    def gemeenten(self) -> Table:
        """The usable gemeenten: code, gemeente (number), peildatum."""
        kaal = self._kaal_rooster
        rijen = [(code, kaal.gemeenten.index(code), dag) for code, dag in kaal.peildatum.items()]
        schema = {"code": "string", "gemeente": "int8", "peildatum": "date"}
        return ibis.memtable(pd.DataFrame(rijen, columns=list(schema)), schema=schema)

    @cached_property
    def aanbieders(self) -> Table:
        """The aanbieders: agb, aanbieder (number)."""
        namen = self._kaal_rooster.aanbieders
        schema = {"agb": "string", "aanbieder": "int32"}
        return ibis.memtable(pd.DataFrame({"agb": namen, "aanbieder": range(len(namen))}), schema=schema)

    @cached_property
    def alle_spells(self) -> Table:
        """Spells of jeugdhulp in usable gemeenten; hulpvorm is null for products without; stored."""
        return self.jeugdhulp(self.basis.tabel("spells")).pipe(bewaar)

    def jeugdhulp(self, tabel: Table) -> Table:
        """Rows of the Jeugdwet in usable gemeenten; gemeente, aanbieder, hulpvorm and verwijzer as numbers."""
        genummerd = tabel.filter(tabel.domein == JEUGDWET).mutate(
            code=tabel.gemeente,
            agb=tabel.aanbieder.fill_null(codes.ONBEKEND),
            hulpvorm=als_plaats(tabel.hulpvorm, "hulpvorm"),
            verwijzer=als_plaats(tabel.verwijzer, "verwijzer"),
        )
        genummerd = genummerd.drop("gemeente", "aanbieder").inner_join(self.gemeenten, "code")
        return genummerd.inner_join(self.aanbieders, "agb")

    @cached_property
    def spells(self) -> Table:
        """Spells that make a traject: those with a hulpvorm; stored."""
        kolommen = ("persoon_nr", "gemeente", "aanbieder", "hulpvorm", "verwijzer", "sggz", "deeltijdverblijf")
        datums = ("begin", "eind", "datumbron_begin", "datumbron_eind", "reden_beeindiging", "reden_wijziging")
        met = self.alle_spells.filter(self.alle_spells.hulpvorm.notnull())
        return met.select(*kolommen, "zwaarte", *datums).pipe(bewaar)

    def _verrijk(self, spells: Table) -> Table:
        """Trajecten of these spells with geboortejaar and peildatum."""
        trajecten = maak_trajecten(spells, self.params.regio.rekenregels)
        personen = self.basis.tabel("personen").select("persoon_nr", "geboortejaar")
        samen = trajecten.left_join(personen, "persoon_nr").inner_join(self.gemeenten, "gemeente")
        return samen.select(*trajecten.columns, "geboortejaar", "peildatum")

    @cached_property
    def trajecten(self) -> Table:
        """All trajecten, as `maak_trajecten`, with geboortejaar, peildatum and herhaald; stored."""
        jaren = self.params.regio.rekenregels.terugblik_jaren
        return met_herhaald(self._verrijk(self.spells), jaren=jaren).pipe(bewaar)

    @cached_property
    def verblijf(self) -> Table:
        """Trajecten of verblijf; deeltijdverblijf (logeren, weekend) is left out before merging. Stored."""
        s = self.spells
        vormen = [plaats("hulpvorm", code) for code in codes.VERBLIJF]
        return self._verrijk(s.filter(s.hulpvorm.isin(vormen) & ~s.deeltijdverblijf.fill_null(False))).pipe(bewaar)

    def per_gebied(self, tabel: Table) -> Table:
        """Every row twice: for its gemeente and for the region, whatever the period."""
        regio = ibis.literal(len(self._kaal_rooster.gemeenten), type="int8")
        return ibis.union(tabel.mutate(gebied=tabel.gemeente), tabel.mutate(gebied=regio))

    def _koppel(self, tabel: Table, houd: Sequence[str], *raak: ibis.Value) -> Table:
        """Rows × gebied × period where `raak` holds: columns `houd`, of the row or of the period.

        Named here because a column that is carried along costs more than one that is counted. `leeftijd` is that
        in the period.
        """
        koppel, sleutel = self.koppel, ["gemeente", *({"gebied"} & set(tabel.columns))]
        samen = koppel.inner_join(tabel, [*sleutel, *raak])
        kolommen = {
            naam: koppel[naam] if naam in koppel.columns else tabel[naam] for naam in houd if naam != LEEFTIJD
        }
        if LEEFTIJD in houd:
            kolommen[LEEFTIJD] = leeftijd(koppel.jaar, tabel.geboortejaar)
        return samen.select(**kolommen)

    def actief(self, trajecten: Table, *houd: str) -> Table:
        """Trajecten × the periods of which they are active on at least one day; columns as `_koppel`."""
        return self._koppel(trajecten, houd, trajecten.begin <= self.koppel.e, trajecten.slot >= self.koppel.b)

    def op_dag(self, tabel: Table, dag: ibis.Value, *houd: str) -> Table:
        """Rows × the period in which `dag` falls; columns as `_koppel`."""
        return self._koppel(tabel, houd, dag >= self.koppel.b, dag <= self.koppel.e)

    def cohort(self, tabel: Table, dag: ibis.Value, *houd: str) -> Table:
        """Rows × every period in whose last `km_jaren` years, up to its end, `dag` falls; columns as `_koppel`."""
        vanaf = self.koppel.e - ibis.interval(years=self.params.regio.rekenregels.km_jaren)
        return self._koppel(tabel, houd, dag > vanaf, dag <= self.koppel.e)

    @cached_property
    def in_periode(self) -> Table:
        """`actief` of all trajecten: what stocks, flows, persons and referrals are counted from; stored.

        `ASSEN`, and `begint` and `eindigt` (in this period), `dagen` (length, both days included), `lang` (began
        `langlopend_jaren` or more before the last day), herhaald, sggz, begin_gemeld, eind_gemeld.
        """
        eigen = ("herhaald", "sggz", "begin_gemeld", "eind_gemeld")
        t = self.actief(self.trajecten, *ASSEN, *eigen, "begin", "slot", "b", "e")
        grens = t.e - ibis.interval(years=self.params.regio.rekenregels.langlopend_jaren)
        return t.select(
            *ASSEN,
            *eigen,
            begint=t.begin >= t.b,
            eindigt=t.slot <= t.e,
            dagen=(t.slot.delta(t.begin, unit="day") + 1).cast("int32"),
            lang=t.begin <= grens,
        ).pipe(bewaar)
