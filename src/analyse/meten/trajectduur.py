"""How long trajecten last: of ended ones (as CBS), by Kaplan–Meier with the running ones, and long-running ones.

The mean of ended trajecten is the CBS figure and says least: long ones that still run are not in it. The
Kaplan–Meier median counts them for as long as they have run.
"""

from __future__ import annotations

import ibis
import numpy as np
from ibis.expr.types import Table

from analyse.kern.motor import bewaar
from analyse.meten import cijfers
from analyse.meten.bron import ASSEN, Bron
from analyse.meten.indicator import Indicator, Telling

GEMIDDELD, MEDIAAN = "trajectduur.gemiddeld", "trajectduur.mediaan"
MEDIAAN_KM, LANGLOPEND = "trajectduur.mediaan_km", "trajectduur.langlopend"
INDICATOREN = (GEMIDDELD, MEDIAAN, MEDIAAN_KM, LANGLOPEND)


def trajectduur(bron: Bron) -> list[Indicator]:
    """The indicators of this family; a traject of one day lasts one day."""
    t, cohort = bron.in_periode, begonnen(bron, bron.trajecten).pipe(bewaar)
    klaar, loopt = t.eindigt, ~t.eindigt
    beeindigd = {"n": klaar.sum(), "som": t.dagen.sum(where=klaar), "midden": t.dagen.median(where=klaar)}
    lang = {"x": (loopt & t.lang).sum(), "n": loopt.sum()}
    km = {"aantal": cohort.count(), "einden": (~cohort.open).sum()}
    return [
        Indicator(GEMIDDELD, t, beeindigd, _gemiddelde),
        Indicator(MEDIAAN, t, beeindigd, _mediaan),
        Indicator(LANGLOPEND, t, lang, cijfers.telling_aandeel),
        Indicator(MEDIAAN_KM, cohort, km, kaplan_meier, per_dag=True),
    ]


def begonnen(bron: Bron, trajecten: Table) -> Table:
    """Trajecten begun in the years up to the end of each period, with `t`: days to the end or to the peildatum."""
    t = bron.cohort(trajecten, trajecten.begin, *ASSEN, "open", "begin", "slot", "peildatum")
    tot = ibis.ifelse(t.open, t.peildatum, t.slot)
    return t.select(*ASSEN, "open", t=(tot.delta(t.begin, unit="day") + 1).cast("int32"))


def _gemiddelde(telling: Telling) -> cijfers.Cijfers:
    som, n = telling.kolom("som"), telling.kolom("n")
    return cijfers.Cijfers(som, n, cijfers.deel(som, n), methode="gemiddelde", geen=n == 0)


def _mediaan(telling: Telling) -> cijfers.Cijfers:
    n = telling.kolom("n")
    return cijfers.Cijfers(noemer=n, waarde=telling.kolom("midden", leeg=np.nan), methode="mediaan", geen=n == 0)


def kaplan_meier(telling: Telling) -> cijfers.Cijfers:
    """A Kaplan–Meier median: teller = ended, noemer = all; empty, `+niet_bereikt`, while over half still runs."""
    n, waarde = telling.kolom("n"), telling.kolom("mediaan", leeg=np.nan)
    onbereikt = np.isnan(waarde) & (n > 0)
    return cijfers.Cijfers(
        teller=telling.kolom("einden"),
        noemer=n,
        waarde=waarde,
        onder=telling.kolom("onder", leeg=np.nan),
        boven=telling.kolom("boven", leeg=np.nan),
        methode=np.where(onbereikt, "kaplan_meier_log+niet_bereikt", "kaplan_meier_log").astype(object),
        geen=n == 0,
    )
