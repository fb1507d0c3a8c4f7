"""A gemeente among all Dutch gemeenten, with those that resemble it; the region with all its gemeenten marked.

Figures of CBS and not ours: another age limit, a whole year, and what aanbieders report. They place a gemeente in
the country; they don't check our counts.
"""

from __future__ import annotations

import pandas as pd

from analyse.kern import codes
from analyse.kern.schema import RESULTAAT
from analyse.weergave import Figuur, Waarschuwing, opmaak
from analyse.weergave.beeld import Beeld
from analyse.weergave.grafiek.landelijk import landelijke_trechter
from analyse.weergave.hoofdstukken.bouw.gemeen import kort

INDICATOR = "cbs.jeugdhulp_procent"
_ANDERS = (
    "Het CBS telt jongeren tot 18 jaar met jeugdhulp in natura in een heel jaar. Wij tellen tot en met 22 jaar, "
    "per halfjaar, en alleen hulp die de gemeente heeft toegewezen. De percentages verschillen daarom van de onze."
)
_BUREN = "Oranje: de gemeenten die het meest lijken in inwonertal en stedelijkheid (CBS)."


def landelijk(beeld: Beeld, *, id: str) -> Figuur | Waarschuwing:
    """The funnel of the country with this gemeente and its neighbours, or with all gemeenten of the region."""
    tabel = beeld.vergeleken.landelijk
    eigen = beeld.params.regio.codes if beeld.is_regio else (beeld.gebied,)
    if not tabel["gebied"].isin(eigen).any():
        return _zonder(beeld)
    buren = beeld.vergeleken.buren
    lijkt = () if beeld.is_regio else tuple(buren.loc[buren["gebied"].eq(beeld.gebied), "buur"])
    rollen = {**dict.fromkeys(lijkt, "buur"), **dict.fromkeys(eigen, "eigen")}
    data = tabel.assign(rol=[rollen.get(gebied, "") for gebied in tabel["gebied"]])
    gemerkt = data[data["rol"].ne("")]
    voorlopig = data["status"].str.contains("voorlopig").any()
    jaar = str(data["periode"].iloc[0])
    return Figuur(
        id=id,
        titel=_titel(beeld, data, jaar),
        ondertitel=f"Jongeren tot 18 jaar met jeugdhulp, CBS, {jaar}, alle gemeenten van Nederland, in procenten",
        bron=f"{data['bron'].iloc[0]}{', voorlopig' if voorlopig else ''}",
        grafiek=landelijke_trechter(data, langs="aantal jongeren in de gemeente"),
        noten=(*((_BUREN,) if lijkt else ()), _ANDERS),
        data=_rijen(gemerkt, jaar, voorlopig=bool(voorlopig)),
        intern=beeld.intern,
    )


def _titel(beeld: Beeld, data: pd.DataFrame, jaar: str) -> str:
    eigen = data[data["rol"].eq("eigen")]
    raak = eigen[eigen["signaal"].astype(bool)]
    if beeld.is_regio:
        namen = [f"{kort(beeld, str(g))} ({kant})" for g, kant in zip(raak["gebied"], raak["kant"], strict=True)]
        slot = (
            f"signaal in {opmaak.opsomming(namen)}"
            if namen
            else "geen van de gemeenten in de regio is een signaal"
        )
        return f"Tussen alle gemeenten van Nederland: {slot}"
    rij = eigen.iloc[0]
    slot = f"een signaal ({rij['kant']})" if len(raak) else "geen signaal"
    land = opmaak.procent(float(rij["doel"]), 1)
    cijfer = opmaak.procent(float(rij["waarde"]), 1)
    return f"Jeugdhulp volgens het CBS in {jaar}: {cijfer} in {beeld.waar}, {land} in Nederland, {slot}"


def _rijen(gemerkt: pd.DataFrame, jaar: str, *, voorlopig: bool) -> pd.DataFrame:
    """The marked gemeenten and the country as rows of the result table, with their limits."""
    land = gemerkt.iloc[:1].assign(gebied=codes.NEDERLAND, naam="Nederland", waarde=gemerkt["doel"].iloc[0])
    land = land.assign(onder_998=float("nan"), boven_998=float("nan"))
    samen = pd.concat([gemerkt, land], ignore_index=True).rename(
        columns={"onder_998": "onder", "boven_998": "boven", "naam": "gebied_naam"}
    )
    samen = samen.assign(
        **dict.fromkeys(codes.DIMENSIES, codes.TOTAAL),
        indicator=INDICATOR,
        periode=jaar,
        eenheid="procent",
        teller=float("nan"),
        noemer=float("nan"),
        status="voorlopig" if voorlopig else "definitief",
    )
    return samen[[*RESULTAAT, "gebied_naam"]]


def _zonder(beeld: Beeld) -> Waarschuwing:
    return Waarschuwing(
        titel="Plaats tussen alle gemeenten van Nederland: geen CBS-cijfers gevonden",
        tekst="Haal de cijfers op met analyse cbs. Daarna staat hier de gemeente tussen alle gemeenten.",
        soort="uitleg",
        intern=beeld.intern,
    )
