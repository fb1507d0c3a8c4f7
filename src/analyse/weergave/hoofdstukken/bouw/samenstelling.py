"""The newest half-year split by category, as shares; the marker is the region, or the region a year earlier."""

from __future__ import annotations

import pandas as pd

from analyse.kern import codes
from analyse.kern.periode import Periode
from analyse.weergave import Figuur, Waarschuwing, grafiek, opmaak
from analyse.weergave.beeld import Beeld
from analyse.weergave.hoofdstukken.bouw.gemeen import (
    bij_methode,
    bron,
    eenheid,
    hoofdletter,
    is_zichtbaar,
    leeg,
    met_namen,
    waarom_niet,
)

_GROEP = {"hulpvorm": "hulpvorm", "verwijzer": "verwijzer", "leeftijd": "leeftijdsgroep"}


def samenstelling(
    beeld: Beeld, indicator: str, per: str, *, id: str, wat_: str, op_waarde: bool = True
) -> Figuur | Waarschuwing:
    """The newest half-year split by category as shares; the marker is the region, or a year earlier."""
    anders = beeld.jaar_eerder if beeld.is_regio else beeld.periode
    eigen = aandelen(beeld, indicator, per, beeld.gebied, beeld.periode)
    merk = aandelen(beeld, indicator, per, codes.REGIO, anders)
    if not is_zichtbaar(eigen):
        return leeg(beeld, wat_, eigen)
    merken = dict(zip(merk[per].astype(str), merk["waarde"].astype(float), strict=True))
    namen = codes.NAMEN[per]
    staven = eigen.assign(
        naam=[namen.get(code, code) for code in eigen[per]],
        vergelijking=[merken.get(str(code), float("nan")) for code in eigen[per]],
    )
    staven = staven[~(staven[per].eq(codes.ONBEKEND) & staven["waarde"].eq(0))]
    label = "een jaar eerder" if beeld.is_regio else "de regio"
    return Figuur(
        id=id,
        titel=_titel_grootste(beeld, staven, per),
        ondertitel=f"{hoofdletter(wat_)} in {beeld.waar}, {beeld.periode.naam}, in procenten; ruit: {label}",
        bron=bron(beeld),
        grafiek=grafiek.staven(
            staven, eenheid="procent", op_waarde=op_waarde, vergelijking=hoofdletter(label.removeprefix("de "))
        ),
        noten=bij_methode(pd.concat([eigen, merk], ignore_index=True)),
        data=met_namen(beeld, pd.concat([eigen, merk], ignore_index=True)),
        intern=beeld.intern,
    )


def aandelen(beeld: Beeld, indicator: str, per: str, gebied: str, periode: Periode) -> pd.DataFrame:
    """Share per category; an indicator that already is a share stays as it is."""
    rijen = beeld.rijen(indicator, per=per, gebieden=[gebied], periodes=[periode])
    if rijen.empty:
        return beeld.rijen(indicator, gebieden=[gebied], periodes=[periode]).iloc[:0]
    return rijen if eenheid(rijen) == "procent" else beeld.aandelen(rijen)


def _titel_grootste(beeld: Beeld, staven: pd.DataFrame, per: str) -> str:
    bekend = staven[~staven["naam"].str.lower().eq(codes.ONBEKEND) & staven["waarde"].notna()]
    if bekend.empty:
        return f"De verdeling in {beeld.waar}: {waarom_niet(staven)}"
    top = bekend.iloc[int(bekend["waarde"].to_numpy().argmax())]
    eigen = (
        f"{hoofdletter(str(top['naam']))} is in {beeld.waar} de grootste groep: {opmaak.procent(top['waarde'])}"
    )
    merk = top["vergelijking"]
    if opmaak.ontbreekt(merk):
        return eigen
    return f"{eigen}, {'een jaar eerder' if beeld.is_regio else 'in de regio'} {opmaak.procent(merk)}"
