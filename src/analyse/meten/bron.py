"""What every indicator family starts from: usable spells, trajecten and the period grid, stored once in the engine.

A gemeente whose delivery has a blocking finding is left out altogether, of the look-back of others too: figures
that can't be trusted must not lean on each other.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import ibis
import pandas as pd
from ibis.expr.types import StringColumn, Table

from analyse.kern import codes
from analyse.kern.basis import Basis
from analyse.kern.fouten import Ernst, LeveringFout
from analyse.kern.periode import Periode, halfjaren
from analyse.meten.rooster import Rooster
from analyse.meten.trajecten import maak_trajecten, met_herhaald
from analyse.params import Params

_KOPPEL = {
    "gemeente": "string",
    "gebied": "string",
    "periode": "int64",
    "b": "date",
    "e": "date",
    "jaar": "int64",
    "dag": "date",
}


def bruikbare_peildatums(basis: Basis, gemeenten: tuple[str, ...]) -> dict[str, date]:
    """Peildatum of every gemeente of the region that delivered and has no blocking finding (REGIO blocks all)."""
    bevindingen = basis.pandas("bevindingen")
    dicht = set(bevindingen.loc[bevindingen["ernst"] == Ernst.BLOKKEREND, "gebied"])
    rijen = basis.pandas("leveringen")
    geleverd = {str(r.gemeente): pd.Timestamp(r.peildatum).date() for r in rijen.itertuples()}
    if not geleverd:
        raise LeveringFout(
            "Er is geen enkele levering om te meten.", waar=basis.map.name, doe="Lees eerst leveringen in."
        )
    return {g: geleverd[g] for g in gemeenten if g in geleverd and not dicht & {g, codes.REGIO}}


def leeftijd(jaar: ibis.Value, geboortejaar: ibis.Value) -> StringColumn:
    """CBS age group in that year, as `kern.codes.leeftijdsgroep`."""
    jaren = jaar - geboortejaar
    groepen = [groep for groep in codes.LEEFTIJD if groep != codes.ONBEKEND]
    grenzen = [tuple(map(int, groep.split("-"))) for groep in groepen]
    keuzes = [(jaren.between(*grens), groep) for grens, groep in zip(grenzen, groepen, strict=True)]
    return ibis.cases(*keuzes, else_=codes.ONBEKEND)


@dataclass(frozen=True)
class Bron:
    """Basis and parameters, with the tables that the families share."""

    basis: Basis
    params: Params

    @cached_property
    def _kaal_rooster(self) -> Rooster:
        regio = self.params.regio
        peildatum = bruikbare_peildatums(self.basis, regio.codes)
        nieuwste = self.basis.pandas("leveringen")["peildatum"].max()
        laatste = Periode.halfjaar_van(pd.Timestamp(nieuwste).date())
        begin = self.basis.tabel("spells").filter(lambda t: t.hulpvorm.notnull()).begin.min().execute()
        eerste = laatste if pd.isna(begin) else Periode.halfjaar_van(pd.Timestamp(begin).date())
        eerste = min(max(regio.eerste_periode, eerste), laatste)
        perioden = tuple(halfjaren(eerste, laatste))
        return Rooster(regio.codes, perioden, peildatum, regio.rekenregels.voorlopig_maanden)

    @cached_property
    def rooster(self) -> Rooster:
        """The grid, with the aanbieders that have trajecten in each gebied."""
        paren = self.trajecten.distinct(on=["gemeente", "aanbieder"]).select("gemeente", "aanbieder").execute()
        paren = paren.rename(columns={"gemeente": "gebied"})
        regio = paren.assign(gebied=codes.REGIO)
        return replace(self._kaal_rooster, aanbieders=pd.concat([paren, regio]).drop_duplicates())

    @cached_property
    def koppel(self) -> Table:
        """`Rooster.koppel` in the engine."""
        return self.basis.con.create_table(
            ibis.util.gen_name("koppel"), ibis.memtable(self._kaal_rooster.koppel, schema=_KOPPEL), temp=True
        )

    @cached_property
    def alle_spells(self) -> Table:
        """Spells of jeugdhulp in usable gemeenten, with `peildatum`; hulpvorm may be null."""
        peildatum = self._kaal_rooster.peildatum
        bruikbaar = ibis.memtable(
            {"gemeente": list(peildatum), "peildatum": list(peildatum.values())},
            schema={"gemeente": "string", "peildatum": "date"},
        )
        spells = self.basis.tabel("spells")
        spells = spells.filter(spells.domein == "Jw").inner_join(bruikbaar, "gemeente")
        return spells.mutate(
            hulpvorm=spells.hulpvorm.isin(list(codes.HULPVORM)).ifelse(spells.hulpvorm, ibis.null("string")),
            verwijzer=spells.verwijzer.isin(list(codes.VERWIJZER)).ifelse(spells.verwijzer, codes.ONBEKEND),
            aanbieder=spells.aanbieder.fill_null(codes.ONBEKEND),
        )

    @cached_property
    def spells(self) -> Table:
        """Spells that make a traject: those with a hulpvorm."""
        return self.alle_spells.filter(lambda t: t.hulpvorm.notnull())

    def _verrijk(self, spells: Table) -> Table:
        """Trajecten of these spells with geboortejaar and peildatum, stored."""
        trajecten = maak_trajecten(spells, self.params.regio.rekenregels)
        personen = self.basis.tabel("personen").select("persoon_nr", "geboortejaar")
        peildatum = self.alle_spells.select("gemeente", "peildatum").distinct()
        return trajecten.left_join(personen, "persoon_nr").drop("persoon_nr_right").inner_join(peildatum, "gemeente")

    @cached_property
    def trajecten(self) -> Table:
        """All trajecten, as `maak_trajecten`, with geboortejaar, peildatum and herhaald."""
        jaren = self.params.regio.rekenregels.terugblik_jaren
        return met_herhaald(self._verrijk(self.spells).cache(), jaren=jaren).cache()

    @cached_property
    def verblijf(self) -> Table:
        """Trajecten of verblijf, deeltijdverblijf (logeren, weekend) left out before merging."""
        heel = self.spells.filter(lambda t: t.hulpvorm.isin(codes.VERBLIJF) & ~t.deeltijdverblijf.fill_null(False))
        return self._verrijk(heel).cache()

    def per_gebied(self, trajecten: Table) -> Table:
        """Every traject twice: for its gemeente and for the region, whatever the period."""
        regio = trajecten.mutate(gebied=ibis.literal(codes.REGIO))
        return ibis.union(trajecten.mutate(gebied=trajecten.gemeente), regio)

    def actief(self, trajecten: Table) -> Table:
        """Trajecten × the periods in which they are active, per gebied, with `leeftijd` in that period; stored."""
        koppel = self.koppel
        raak = [
            koppel.gemeente == trajecten.gemeente,
            trajecten.begin <= koppel.e,
            trajecten.slot >= koppel.b,
        ]
        samen = koppel.inner_join(trajecten, raak).drop("gemeente_right")
        return samen.mutate(leeftijd=leeftijd(samen.jaar, samen.geboortejaar)).cache()

    def op_dag(self, tabel: Table, dag: ibis.Value) -> Table:
        """Rows with a gemeente and a gebied × the period in which `dag` falls."""
        koppel = self.koppel
        raak = [
            koppel.gemeente == tabel.gemeente,
            koppel.gebied == tabel.gebied,
            dag.between(koppel.b, koppel.e),
        ]
        return koppel.inner_join(tabel, raak).drop("gemeente_right", "gebied_right")

    def cohort(self, tabel: Table, dag: ibis.Value) -> Table:
        """Rows × every period in whose last `km_jaren` years, up to its end, `dag` falls."""
        koppel = self.koppel
        vanaf = koppel.e - ibis.interval(years=self.params.regio.rekenregels.km_jaren)
        raak = [koppel.gemeente == tabel.gemeente, dag > vanaf, dag <= koppel.e]
        if "gebied" in tabel.columns:
            raak.append(koppel.gebied == tabel.gebied)
        samen = koppel.inner_join(tabel, raak)
        return samen.drop(*[kolom for kolom in samen.columns if kolom.endswith("_right")])

    @cached_property
    def in_periode(self) -> Table:
        """`actief` of all trajecten: what stocks, flows, persons and referrals are counted from."""
        return self.actief(self.trajecten)
