"""Declarations beside the ledger: declared, spent and budgeted per gemeente, year and group of taakvelden.

A ledger has more than declarations (pgb, subsidies, lumpsums), so the ratio says how much of the spending the
messages show; only its sudden change, or a gemeente far from the others, points at an error. Which product belongs
to which taakveld, and how the scheme of 2023 follows that of before, is data (`params/taakvelden.yaml`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd

from analyse.kern import codes
from analyse.kern.fouten import ParameterFout
from analyse.meten import cijfers
from analyse.meten.indicator import Berekend
from analyse.meten.rooster import Rooster, Vakken
from analyse.meten.uitgaven_bron import Geld
from analyse.params import Model, Params, lees_model

AANSLUITING = "uitgaven.aansluiting"
INDICATOREN = (AANSLUITING,)
OVERIG = "overig"
_HULPVORMEN = (*codes.HULPVORM, codes.HULPVORM_GEEN)
_MATEN = ["gedeclareerd", "werkelijk", "begroot"]
KOLOMMEN = ["gemeente", "jaar", "groep", "naam", *_MATEN, "verschil", "aandeel"]


class Productregel(Model):
    """Which products belong to a taakveld; an empty list is no limit."""

    taakveld: str
    categorie: tuple[str, ...] = ()
    hulpvorm: tuple[str, ...] = ()


class Groep(Model):
    """Taakvelden that are compared as one: all that begin with one of `codes`."""

    naam: str
    codes: tuple[str, ...]


class Regeling(Model):
    """One scheme of taakvelden, up to and including year `tot` (none: still in force)."""

    naam: str
    tot: int | None = None
    groepen: dict[str, Groep]

    def groep(self, taakveld: str) -> str:
        """The group of a taakveld, or `overig`."""
        raak = [sleutel for sleutel, groep in self.groepen.items() if taakveld.startswith(groep.codes)]
        return raak[0] if raak else OVERIG


class Taakvelden(Model):
    """params/taakvelden.yaml."""

    bron: str
    producten: tuple[Productregel, ...]
    regelingen: tuple[Regeling, ...]

    def taakveld(self, categorie: str, hulpvorm: str) -> str:
        """The taakveld of a product: that of the first rule that fits; raises ParameterFout when none does."""
        for regel in self.producten:
            if categorie in (regel.categorie or (categorie,)) and hulpvorm in (regel.hulpvorm or (hulpvorm,)):
                return regel.taakveld
        raise ParameterFout(
            "Dit product hoort bij geen enkel taakveld.",
            ontvangen=f"categorie {categorie}, hulpvorm {hulpvorm}",
            waar="params/taakvelden.yaml",
            doe="Zet onderaan bij producten een regel met alleen een taakveld.",
        )

    def regeling(self, jaar: int) -> Regeling:
        """The scheme of a year: the first that isn't over; raises ParameterFout when there is none."""
        for regeling in self.regelingen:
            if regeling.tot is None or jaar <= regeling.tot:
                return regeling
        raise ParameterFout(
            "Voor dit jaar is er geen regeling.", ontvangen=str(jaar), waar="params/taakvelden.yaml"
        )


def lees_taakvelden(params: Params) -> Taakvelden:
    """params/taakvelden.yaml."""
    return lees_model(Taakvelden, params.map / "taakvelden.yaml")


@dataclass(frozen=True)
class Aansluiting:
    """Declarations and ledger of one Basis. INTERN."""

    geld: Geld

    @cached_property
    def taakvelden(self) -> Taakvelden:
        """The mapping."""
        return lees_taakvelden(self.geld.bron.params)

    @cached_property
    def gedeclareerd(self) -> pd.DataFrame:
        """Approved euros per gemeente, jaar and taakveld."""
        tabel = self.geld.per_jaar.rename(columns={"euro": "gedeclareerd"})
        soorten = zip(tabel["productcategorie"], tabel["hulpvorm"], strict=True)
        return tabel.assign(taakveld=[self.taakvelden.taakveld(c, _HULPVORMEN[nr]) for c, nr in soorten])

    @cached_property
    def tabel(self) -> pd.DataFrame:
        """`KOLOMMEN` per gemeente, jaar and groep, in years with a ledger; what isn't known is NaN.

        Euros; `verschil` = werkelijk − gedeclareerd, `aandeel` = gedeclareerd ÷ werkelijk × 100.
        """
        boek = self.geld.bron.basis.pandas("begroting")
        boek = boek.assign(werkelijk=boek["werkelijk_cent"] / 100, begroot=boek["begroot_cent"] / 100)
        geboekt = self._per_groep(boek, ["werkelijk", "begroot"])
        gedeclareerd = self._per_groep(self._gedeclareerd_in(boek), ["gedeclareerd"])
        rijen = geboekt.index.union(gedeclareerd.index)
        # A group that one side doesn't have is nothing there; an amount that wasn't filled in stays unknown.
        delen = [deel.reindex(rijen, fill_value=0.0) for deel in (gedeclareerd, geboekt)]
        tabel = pd.concat(delen, axis=1).reset_index()
        tabel["naam"] = [
            self._naam(jaar, groep) for jaar, groep in zip(tabel["jaar"], tabel["groep"], strict=True)
        ]
        tabel["verschil"] = tabel["werkelijk"] - tabel["gedeclareerd"]
        tabel["aandeel"] = 100 * tabel["gedeclareerd"] / tabel["werkelijk"].where(tabel["werkelijk"] > 0)
        return tabel[KOLOMMEN]

    def _gedeclareerd_in(self, boek: pd.DataFrame) -> pd.DataFrame:
        """Declarations in the years that a gemeente has a ledger of."""
        jaren = boek[["gemeente", "jaar"]].drop_duplicates()
        return self.gedeclareerd.astype({"jaar": "int64"}).merge(jaren.astype({"jaar": "int64"}))

    def _per_groep(self, tabel: pd.DataFrame, maten: list[str]) -> pd.DataFrame:
        groep = [
            self.taakvelden.regeling(int(jaar)).groep(taakveld)
            for jaar, taakveld in zip(tabel["jaar"], tabel["taakveld"], strict=True)
        ]
        tabel = tabel.astype({"jaar": "int64"}).assign(groep=groep)
        return _som(tabel, ["gemeente", "jaar", "groep"], maten)

    def _naam(self, jaar: int, groep: str) -> str:
        bekend = self.taakvelden.regeling(int(jaar)).groepen
        return bekend[groep].naam if groep in bekend else "Overige taakvelden"

    @cached_property
    def totaal(self) -> dict[tuple[str, int], tuple[float, float]]:
        """Declared and spent euros per gemeente and year of which both are known whole."""
        som = _som(self.tabel[self.tabel["groep"].ne(OVERIG)], ["gemeente", "jaar"], _MATEN).reset_index()
        som = som[som["werkelijk"] > 0]
        vanaf = self.geld.vanaf
        kolommen = (som[naam] for naam in ("gemeente", "jaar", "gedeclareerd", "werkelijk"))
        return {
            (g, jaar): (gedeclareerd, werkelijk)
            for g, jaar, gedeclareerd, werkelijk in zip(*kolommen, strict=True)
            if g in vanaf and vanaf[g] <= date(jaar, 1, 31)
        }

    def per_cel(self, rooster: Rooster) -> pd.DataFrame:
        """Declared and spent per gebied × year, at the half-year that ends the year; NaN where one is unknown.

        The region only when all its gemeenten in that period are known.
        """
        rijen = []
        for gebied in rooster.gebieden:
            for periode in rooster.perioden:
                wie = rooster.leveraars(gebied, periode)
                delen = [self.totaal.get((g, periode.jaar)) for g in wie if periode.deel == "H2"]
                bekend = [deel for deel in delen if deel is not None]
                rijen.append(np.sum(bekend, axis=0) if bekend and len(bekend) == len(wie) else (np.nan, np.nan))
        return pd.DataFrame(rijen, columns=["gedeclareerd", "werkelijk"])


def _som(tabel: pd.DataFrame, sleutel: list[str], maten: list[str]) -> pd.DataFrame:
    """Sums per key; an amount that is missing in one row makes the whole unknown, not smaller."""
    groepen = [tabel[naam] for naam in sleutel]
    return tabel.groupby(sleutel)[maten].sum().mask(tabel[maten].isna().groupby(groepen).any())


def aansluiting(geld: Geld) -> list[Berekend]:
    """The share of the ledger that the declarations show, per calendar year."""
    bron = Aansluiting(geld)

    def reken(vakken: Vakken) -> cijfers.Cijfers:
        cel = bron.per_cel(vakken.rooster)
        teller, noemer = (cel[naam].to_numpy(dtype=float) for naam in cel.columns)
        waarde = 100 * cijfers.deel(teller, noemer)
        return cijfers.Cijfers(teller, noemer, waarde, methode="kalenderjaar", niet_leverbaar=np.isnan(noemer))

    return [Berekend(AANSLUITING, reken, rooster=geld.rooster)]
