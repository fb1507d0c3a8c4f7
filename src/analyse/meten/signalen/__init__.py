"""Lists for the back office: toewijzingen worth a second look. INTERN, and stays within the gemeente.

A signal is no judgement: each is a rule that sometimes fits and sometimes not, so every row says why it is there
and how much money goes with it. Rows carry toewijzingnummers, which the back office can look up, never a person.
"""

from __future__ import annotations

import pandas as pd

from analyse.kern.basis import Basis
from analyse.meten.bron import Bron
from analyse.meten.signalen.combinaties import vreemde_combinaties
from analyse.meten.signalen.geld import boven_toewijzing
from analyse.meten.signalen.kenmerken import generiek, langlopend, zonder_einddatum
from analyse.meten.signalen.lopend import Lopend
from analyse.meten.signalen.reeksen import meer_verwijzers, verlengd_zonder_wijziging
from analyse.params import Params

KOLOMMEN = (
    *(
        "gemeente",
        "signaal",
        "toewijzingnummer",
        "aanbieder",
        "productcode",
        "begin",
        "eind",
        "euro_cent",
        "uitleg",
    ),
)
# Name and rule, in the order of the report.
SIGNALEN = {
    "generiek": generiek,
    "vreemde_combinatie": vreemde_combinaties,
    "meer_verwijzers": meer_verwijzers,
    "langlopend": langlopend,
    "zonder_einddatum": zonder_einddatum,
    "verlengd_zonder_wijziging": verlengd_zonder_wijziging,
    "boven_toewijzing": boven_toewijzing,
}


def signalen(basis: Basis, params: Params) -> pd.DataFrame:
    """All signals of usable gemeenten: `KOLOMMEN`, most money first within a gemeente and signal.

    `euro_cent`: approved in the last twelve months; for `boven_toewijzing` what was paid too much. `eind` is empty
    for a toewijzing without end. A toewijzing can stand under several signals.
    """
    lopend = Lopend(Bron(basis, params))
    if lopend.alle.empty:
        return pd.DataFrame(columns=list(KOLOMMEN))
    lijsten = [regel(lopend).assign(signaal=naam) for naam, regel in SIGNALEN.items()]
    alle = pd.concat(lijsten, ignore_index=True).reindex(columns=list(KOLOMMEN))
    volgorde = alle["signaal"].map({naam: plek for plek, naam in enumerate(SIGNALEN)})
    sleutel = ["gemeente", "_v", "_c", "toewijzingnummer"]
    gesorteerd = alle.assign(_v=volgorde, _c=-alle["euro_cent"]).sort_values(sleutel, kind="stable")
    return gesorteerd[list(KOLOMMEN)].astype({"euro_cent": "int64"}).reset_index(drop=True)


__all__ = ["KOLOMMEN", "SIGNALEN", "signalen"]
