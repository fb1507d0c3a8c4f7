"""Counts per month for control charts, and inhabitants per age group for a fair comparison of gemeenten.

Half-years are too few for a control chart (it needs twelve points), so the same trajecten are counted per month.
Only months of which every gemeente's counts are final: late messages would look like a fall. Counts of a month are
INTERN; `vrijgave.maandtelling` says which of them may be seen. Inhabitants are public.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
from ibis.expr.types import Table

from analyse.kern import codes
from analyse.kern.periode import Periode
from analyse.kern.schema import RESULTAAT
from analyse.meten.bron import Bron
from analyse.meten.rooster import Rooster
from analyse.meten.uitgaven_inwoners import Inwoners
from analyse.meten.verblijf import NIEUW, Verblijf

INSTROOM = "trajecten.instroom"
INDICATOREN = (INSTROOM, NIEUW)
_GROEPEN = tuple(groep for groep in codes.LEEFTIJD if groep != codes.ONBEKEND)


def maanden(bron: Bron) -> pd.DataFrame:
    """Rows of the result table with a month as periode: begun trajecten and new verblijf of every gebied. INTERN.

    From the first half-year up to the last month that is final everywhere; empty when no month is.
    """
    rooster = per_maand(bron.rooster)
    plaatsingen = Verblijf(bron).plaatsingen
    tellingen = {
        INSTROOM: _tel(bron.per_gebied(bron.trajecten.select("gemeente", "begin")), rooster),
        NIEUW: _tel(plaatsingen.select("gebied", "begin", "episode").distinct(), rooster),
    }
    return pd.concat([_rijen(naam, telling, rooster) for naam, telling in tellingen.items()], ignore_index=True)


def per_maand(rooster: Rooster) -> Rooster:
    """The same gebieden with months: those up to the first that is not final in every gemeente."""
    eerste, laatste = rooster.perioden[0].begin, rooster.perioden[-1].eind
    reeks = tuple(_maanden(eerste, laatste))
    tot = next((i for i, maand in enumerate(reeks) if not _klaar(rooster, maand)), len(reeks))
    return replace(rooster, perioden=reeks[:tot])


def _klaar(rooster: Rooster, maand: Periode) -> bool:
    """Whether all that delivered at all did so for this month, and nothing of it is provisional."""
    heel = len(rooster.leveraars(codes.REGIO, maand)) == len(rooster.peildatum)
    return heel and rooster.status(codes.REGIO, maand) == "definitief"


def _maanden(van: date, tot: date) -> list[Periode]:
    return [Periode(dag.year, f"{dag.month:02d}") for dag in pd.date_range(van, tot, freq="MS")]


def _tel(rijen: Table, rooster: Rooster) -> pd.DataFrame:
    """Rows per gebied (number) and month as a matrix over the grid."""
    nummer = rijen.begin.year() * 12 + rijen.begin.month()
    telling = rijen.group_by(rijen.gebied, maand=nummer).agg(n=rijen.count()).execute()
    breed = telling.pivot(index="gebied", columns="maand", values="n")
    kolommen = [maand.jaar * 12 + int(maand.deel) for maand in rooster.perioden]
    return breed.reindex(index=range(len(rooster.gebieden)), columns=kolommen).fillna(0)


def _rijen(indicator: str, telling: pd.DataFrame, rooster: Rooster) -> pd.DataFrame:
    gebieden = [g for g in rooster.gebieden if g == codes.REGIO or g in rooster.peildatum]
    plekken = [(g, maand) for g in gebieden for maand in rooster.perioden]
    aantal = telling.iloc[[rooster.gebieden.index(g) for g in gebieden]].to_numpy(dtype=float).ravel()
    vast = {"indicator": indicator, **dict.fromkeys(codes.DIMENSIES, codes.TOTAAL), "eenheid": "aantal"}
    leeg = dict.fromkeys(("noemer", "onder", "boven"), np.nan)
    rijen = pd.DataFrame(
        {
            "gebied": [g for g, _ in plekken],
            "periode": [str(maand) for _, maand in plekken],
            "teller": aantal,
            "waarde": aantal,
            "methode": [f"telling{rooster.voorbehoud(g, maand)}" for g, maand in plekken],
        }
    )
    return rijen.assign(**vast, **leeg, status="definitief")[list(RESULTAAT)]


def leeftijdsopbouw(bron: Bron, bevolking: pd.DataFrame) -> pd.DataFrame:
    """Inhabitants per gemeente, year and CBS age group: gebied, jaar, leeftijd ('4-11'), aantal.

    From single years of age: those that the gemeente delivered, else those in `bevolking` (gebied, jaar, leeftijd,
    aantal). A gemeente and year of which an age is missing has no rows.
    """
    los = Inwoners(bron, bevolking).per_leeftijd
    los = los[los["leeftijd"].between(0, 22)]
    groep = [codes.leeftijdsgroep(leeftijd, 0) for leeftijd in range(23)]
    los = los.assign(groep=[groep[int(leeftijd)] for leeftijd in los["leeftijd"]])
    heel = los.groupby(["gebied", "jaar"])["leeftijd"].transform("nunique").eq(len(groep))
    som = los[heel].groupby(["gebied", "jaar", "groep"], sort=True)["aantal"].sum().reset_index()
    return som.rename(columns={"groep": "leeftijd"})[["gebied", "jaar", "leeftijd", "aantal"]]
