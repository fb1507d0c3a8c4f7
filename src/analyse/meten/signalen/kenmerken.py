"""Signals that one toewijzing shows by itself: no product code, no end, or help that has gone on for years."""

from __future__ import annotations

import pandas as pd

from analyse.meten.signalen.lopend import SLEUTEL, Lopend, lijst


def generiek(lopend: Lopend) -> pd.DataFrame:
    """Toewijzingen of the last year on a whole productcategorie."""
    w = lopend.recent
    w = w[w["generiek"]]
    return lijst(
        w, "Toegewezen op een hele productcategorie, zonder productcode. Niet te zien is welke hulp het is."
    )


def zonder_einddatum(lopend: Lopend) -> pd.DataFrame:
    """Running toewijzingen without einddatum."""
    w = lopend.nu
    w = w[w["eind"].isna()]
    maanden = (w["peildatum"] - w["begin"]).dt.days // 30
    return lijst(
        w, "Loopt zonder einddatum, nu " + maanden.astype(str) + " maanden. Er is geen moment om te herzien."
    )


def langlopend(lopend: Lopend) -> pd.DataFrame:
    """Running toewijzingen of a traject that began `langlopend_jaren` or more before the peildatum."""
    bron, w = lopend.bron, lopend.nu
    t, s = bron.trajecten, bron.alle_spells
    t = t.filter(t.open).select("gemeente", "persoon_nr", "aanbieder", "hulpvorm", sinds=t.begin)
    s = s.filter(s.eind.isnull()).select(
        "gemeente", "persoon_nr", "aanbieder", "hulpvorm", "code", "toewijzingnummer"
    )
    per = s.inner_join(t, ["gemeente", "persoon_nr", "aanbieder", "hulpvorm"])
    sinds = per.group_by(["code", "toewijzingnummer"]).agg(sinds=per.sinds.min()).to_pandas()
    sinds = sinds.rename(columns={"code": "gemeente"}).assign(sinds=pd.to_datetime(sinds["sinds"].astype(str)))
    w = w.merge(sinds, on=SLEUTEL)
    jaren = bron.params.regio.rekenregels.langlopend_jaren
    w = w[w["sinds"].le(w["peildatum"] - pd.DateOffset(years=jaren))]
    duur = ((w["peildatum"] - w["sinds"]).dt.days / 365.25).round(1).astype(str).str.replace(".", ",", regex=False)
    return lijst(w, "De hulp bij deze aanbieder loopt al " + duur + " jaar, met alle verlengingen samen.")
