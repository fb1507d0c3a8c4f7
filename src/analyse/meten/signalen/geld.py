"""More declared than allocated: all approved volume against the whole allocation, by the rules of the messages.

Over the whole toewijzing and not per month: help that is paid at its end would look too much in that month.
"""

from __future__ import annotations

import ibis
import pandas as pd

from analyse.meten.signalen.lopend import SLEUTEL, Lopend, lijst
from analyse.meten.uitgaven_bron import Geld
from analyse.meten.verzilvering import Verzilvering, toegewezen_per_dag

SPELING = 1.01  # rounding of hours and minutes


def boven_toewijzing(lopend: Lopend) -> pd.DataFrame:
    """Toewijzingen of the last year with more approved than allocated; `euro_cent` is what is too much."""
    v = Verzilvering(Geld(lopend.bron))
    w, g = v.gewogen, v.geleverd
    # The whole validity; without einddatum the part that can be seen.
    w = w.filter(w.weging.notnull()).mutate(slot=w.einddatum.fill_null(w.slot))
    w = w.mutate(toegewezen=toegewezen_per_dag(w) * (w.slot.delta(w.begin, unit="day") + 1))
    som = g.group_by(SLEUTEL).agg(geleverd=g.geleverd.sum(), cent=g.cent.sum())
    samen = w.inner_join(som, SLEUTEL)
    echt = ibis.ifelse(samen.in_euro, samen.cent.cast("float64"), samen.geleverd)
    velden = {"toegewezen": samen.toegewezen, "echt": echt, "te_veel": (echt - samen.toegewezen) * samen.weging}
    t = samen.filter(echt > samen.toegewezen * SPELING).select(*SLEUTEL, **velden).to_pandas()
    t["gemeente"] = [lopend.bron.params.regio.codes[nr] for nr in t["gemeente"]]
    w_nu = lopend.recent.merge(t, on=SLEUTEL)
    procent = (100 * w_nu["echt"] / w_nu["toegewezen"]).round().astype(int).astype(str)
    cent = w_nu["te_veel"].round().astype("int64")
    return lijst(w_nu.assign(euro_cent=cent), "Goedgekeurd is " + procent + " procent van wat is toegewezen.")
