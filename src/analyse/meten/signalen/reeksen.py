"""Signals in the toewijzingen of one child together: several who referred, or the same help extended unchanged."""

from __future__ import annotations

import pandas as pd

from analyse.kern.codes import ONBEKEND, VERWIJZER
from analyse.meten.signalen.lopend import RECENT, Lopend, lijst

AANSLUITEND = pd.Timedelta(days=32)  # from the end of one to the begin of the next
VERLENGD = 2  # unchanged extensions in a row
_GEEN_VERWIJZER = ("06", ONBEKEND)
_ZELFDE = ["gemeente", "persoon_nr", "aanbieder", "product"]
_OMVANG = ["volume", "eenheid", "frequentie", "budget_cent"]


def meer_verwijzers(lopend: Lopend) -> pd.DataFrame:
    """Toewijzingen begun in the last year of a child for which two or more kinds of verwijzer asked."""
    w = lopend.alle
    w = w[w["begin"].gt(w["peildatum"] - RECENT) & w["verwijzer"].notna() & ~w["verwijzer"].isin(_GEEN_VERWIJZER)]
    per_kind = w.groupby(["gemeente", "persoon_nr"])
    w = w[per_kind["verwijzer"].transform("nunique").gt(1)]
    namen = w["verwijzer"].map(VERWIJZER).str.lower()
    samen = (w["toewijzingnummer"] + " (" + namen + ")").groupby([w["gemeente"], w["persoon_nr"]]).agg(", ".join)
    sleutel = pd.MultiIndex.from_frame(w[["gemeente", "persoon_nr"]])
    return lijst(w, "Meer verwijzers in een jaar voor hetzelfde kind: " + samen.reindex(sleutel).to_numpy() + ".")


def verlengd_zonder_wijziging(lopend: Lopend) -> pd.DataFrame:
    """The last of a chain of toewijzingen of the same help with the same volume that follow on one another.

    An extension is a next number, or a next version of a number that only moves its end.
    """
    w = lopend.alle.sort_values([*_ZELFDE, "begin", "toewijzingnummer"], kind="stable")
    groep = w.groupby(_ZELFDE, sort=False)
    gelijk = groep["begin"].cumcount().gt(0)
    for kolom in _OMVANG:
        vorige = groep[kolom].shift()
        gelijk &= w[kolom].eq(vorige).fillna(False).astype(bool) | (w[kolom].isna() & vorige.isna())
    sprong = w["begin"] - groep["eind"].shift()
    gelijk &= sprong.gt(pd.Timedelta(0)) & sprong.le(AANSLUITEND)
    keten = (~gelijk).cumsum()
    keer = (gelijk + w["verlengd"].fillna(0).astype("int64")).groupby(keten).cumsum()
    laatste = ~keten.duplicated(keep="last")
    raak = w[laatste & keer.ge(VERLENGD) & w.index.isin(lopend.recent.index)]
    aantal = keer[raak.index].astype(str)
    return lijst(raak, aantal + " keer verlengd met dezelfde hulp en dezelfde omvang.")
