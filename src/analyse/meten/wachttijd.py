"""How long a child waits: four measures of the same begun trajecten, because "the wait" is not one thing.

Every date is that of the first version of the toewijzing with which the traject began; an extension is no wait. A
start before its decision gives a negative number and is left as it is: cutting it off at 0 would hide how often
help is arranged afterwards, which is measured apart. Only begins that the aanbieder reported count, since any
other date of beginning is taken from the toewijzing itself.
"""

from __future__ import annotations

from functools import partial

import numpy as np
from ibis.expr.types import Table

from analyse.kern.motor import bewaar
from analyse.meten import cijfers
from analyse.meten.bron import ASSEN, JEUGDWET, Bron
from analyse.meten.indicator import Indicator, Telling
from analyse.meten.trajecten import SLEUTEL

VERZOEK_START, VERZOEK_TOEWIJZING = "wachttijd.verzoek_start", "wachttijd.verzoek_toewijzing"
TOEWIJZING_START, INGANG_START = "wachttijd.toewijzing_start", "wachttijd.ingang_start"
SOORTEN = (VERZOEK_START, VERZOEK_TOEWIJZING, TOEWIJZING_START, INGANG_START)
TERUGWERKEND, ZONDER_VERZOEK = "wachttijd.terugwerkend", "wachttijd.zonder_verzoek"
P90 = {naam: f"{naam}_p90" for naam in SOORTEN}
INDICATOREN = (*SOORTEN, *P90.values(), TERUGWERKEND, ZONDER_VERZOEK)


def wachttijd(bron: Bron) -> list[Indicator]:
    """The indicators of this family, of trajecten begun in the period."""
    t = wachtdagen(bron)
    uit = []
    for naam in SOORTEN:
        dagen = t[_kolom(naam)]
        maten = {"n": dagen.count(), "midden": dagen.median(), "hoog": dagen.quantile(0.9)}
        uit.append(Indicator(naam, t, maten, partial(_maat, soort="midden", methode="mediaan")))
        uit.append(Indicator(P90[naam], t, maten, partial(_maat, soort="hoog", methode="p90")))
    c = t[_kolom(TOEWIJZING_START)]
    achteraf = {"x": (c < 0).sum(), "n": c.count()}
    onbekend = {"x": t[_kolom(VERZOEK_TOEWIJZING)].isnull().sum(), "n": t.count()}
    return [
        *uit,
        Indicator(TERUGWERKEND, t, achteraf, cijfers.telling_aandeel),
        Indicator(ZONDER_VERZOEK, t, onbekend, cijfers.telling_aandeel),
    ]


def wachtdagen(bron: Bron) -> Table:
    """Trajecten × the period in which they begin, with days per kind of wait (null: not known); stored.

    When several toewijzingen open a traject on one day, the earliest date of each kind counts.
    """
    t = bron.trajecten.inner_join(_data(bron), [*SLEUTEL, "begin"])
    gemeld = t.begin_gemeld.ifelse(t.begin, None)
    t = t.mutate(
        verzoek_start=gemeld.delta(t.verzoek, unit="day"),
        verzoek_toewijzing=t.toegewezen.delta(t.verzoek, unit="day"),
        toewijzing_start=gemeld.delta(t.toegewezen, unit="day"),
        ingang_start=gemeld.delta(t.ingang, unit="day"),
    )
    return bron.op_dag(t, t.begin, *ASSEN, *map(_kolom, SOORTEN)).pipe(bewaar)


def _kolom(indicator: str) -> str:
    return indicator.rpartition(".")[2]


def _data(bron: Bron) -> Table:
    """The days on which was asked, decided and agreed, per begin of a spell."""
    spells, w = bron.alle_spells, bron.basis.tabel("toewijzingen")
    spells = spells.filter(spells.hulpvorm.notnull()).select(*SLEUTEL, "begin", "code", "toewijzingnummer")
    w = w.filter(w.domein == JEUGDWET).select(
        code=w.gemeente,
        toewijzingnummer=w.toewijzingnummer,
        verzoek=w.verzoekdatum,
        toegewezen=w.eerste_toewijzingsdatum,
        ingang=w.eerste_ingangsdatum,
    )
    samen = spells.left_join(w, ["code", "toewijzingnummer"])
    dagen = {naam: samen[naam].min() for naam in ("verzoek", "toegewezen", "ingang")}
    return samen.group_by([*SLEUTEL, "begin"]).agg(**dagen)


def _maat(telling: Telling, *, soort: str, methode: str) -> cijfers.Cijfers:
    n = telling.kolom("n")
    return cijfers.Cijfers(noemer=n, waarde=telling.kolom(soort, leeg=np.nan), methode=methode, geen=n == 0)
