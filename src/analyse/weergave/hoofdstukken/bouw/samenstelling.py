"""The newest half-year split by category, as shares; the marker is the region, or the region a year earlier."""

from __future__ import annotations

import pandas as pd

from analyse.kern import codes
from analyse.kern.periode import Periode
from analyse.weergave import Figuur, Waarschuwing, grafiek
from analyse.weergave.beeld import Beeld
from analyse.weergave.hoofdstukken.bouw.gemeen import (
    bij_methode,
    bron,
    eenheid,
    heeft_inhoud,
    hoofdletter,
    leeg,
    met_namen,
)
from analyse.weergave.hoofdstukken.bouw.grootste import titel_een
from analyse.weergave.hoofdstukken.bouw.naast import anders_dan, met_marge

# Ages and with or without maatregel read in their own order; other bars stand from large to small.
_VASTE_VOLGORDE = ("leeftijd", "maatregel")


def samenstelling(beeld: Beeld, indicator: str, per: str, *, id: str, wat_: str) -> Figuur | Waarschuwing:
    """The newest half-year split by category as shares; the marker is the region, or a year earlier."""
    anders = beeld.jaar_eerder if beeld.is_regio else beeld.periode
    eigen = aandelen(beeld, indicator, per, beeld.gebied, beeld.periode)
    merk = aandelen(beeld, indicator, per, codes.REGIO, anders)
    eigen = eigen[~eigen[per].isin(zonder_inhoud(pd.concat([eigen, merk]), per))]
    if not heeft_inhoud(eigen):
        return leeg(beeld, wat_, eigen)
    merken = merk.assign(code=merk[per].astype(str)).set_index("code")
    namen = codes.NAMEN[per]
    staven = eigen.assign(
        naam=[namen.get(str(code), str(code)) for code in eigen[per]],
        vergelijking=merken["waarde"].astype(float).reindex(eigen[per].astype(str)).to_numpy(),
        vergelijking_status=merken["status"]
        .reindex(eigen[per].astype(str), fill_value="geen_waarneming")
        .to_numpy(),
    )
    label = "een jaar eerder" if beeld.is_regio else "de regio"
    return Figuur(
        id=id,
        titel=titel_een(beeld, eigen, merk, per),
        ondertitel=f"{hoofdletter(wat_)} in {beeld.waar}, {beeld.periode.naam}, in procenten; ruit: {label}",
        bron=bron(beeld),
        grafiek=grafiek.staven(
            staven,
            eenheid="procent",
            op_waarde=per not in _VASTE_VOLGORDE,
            vergelijking=hoofdletter(label.removeprefix("de ")),
        ),
        noten=(
            *anders_dan(eigen, merk, per, wie="een jaar eerder" if beeld.is_regio else "in de regio"),
            *bij_methode(pd.concat([eigen, merk], ignore_index=True)),
        ),
        data=met_namen(beeld, met_marge(pd.concat([eigen, merk], ignore_index=True))),
        intern=beeld.intern,
    )


def zonder_inhoud(rijen: pd.DataFrame, per: str) -> list[str]:
    """Categories that are zero everywhere and needn't be shown: unknown, or no verblijf in a figure about it."""
    nul = [str(code) for code, deel in rijen.groupby(per) if deel["waarde"].fillna(1).eq(0).all()]
    verblijf = per == "hulpvorm" and rijen["indicator"].str.startswith("verblijf.").all()
    return [code for code in nul if code == codes.ONBEKEND or (verblijf and code not in codes.VERBLIJF)]


def aandelen(beeld: Beeld, indicator: str, per: str, gebied: str, periode: Periode) -> pd.DataFrame:
    """Share per category; an indicator that already is a share stays as it is."""
    rijen = beeld.rijen(indicator, per=per, gebieden=[gebied], periodes=[periode])
    if rijen.empty:
        return beeld.rijen(indicator, gebieden=[gebied], periodes=[periode]).iloc[:0]
    return rijen if eenheid(rijen) == "procent" else beeld.aandelen(rijen)
