"""Aanbieders beside each other, INTERN: what differs more than size and chance explain, and nothing ranked.

Shares are judged by a funnel widened for overdispersion, because aanbieders have other children; durations, waits
and amounts by whether the margin leaves the figure of the region out. A difference is a question, not a verdict.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analyse.kern import codes
from analyse.statistiek import Keuze, trechter_aandeel
from analyse.weergave.beeld import ZICHTBAAR, Beeld

PER = "aanbieder"
GEWOON, ONBEKEND = "gewoon", "te weinig gegevens"
# What is compared, in the order of the tables; the heads are short because they stand side by side.
MATEN: dict[str, str] = {
    "jeugdigen.actief": "Jeugdigen",
    "trajectduur.mediaan_km": "Verwachte duur (dagen)",
    "wachttijd.toewijzing_start": "Wachttijd (dagen)",
    "uitval.strikt": "Uitval",
    "geen_nieuwe_start.12_maanden": "Geen nieuwe start in een jaar",
    "tevredenheid.acht_of_hoger": "Cijfer acht of hoger",
    "zonder_hulp.verder": "Zonder hulp verder",
    "doelrealisatie.behaald": "Doelen behaald",
    "uitgaven.per_traject": "Euro per traject",
}
_TERUG = 4  # half-years to look back for a figure that isn't known yet


def vergelijk(beeld: Beeld, indicator: str) -> pd.DataFrame:
    """Every aanbieder of the gebied in the newest half-year with figures, and the total, judged.

    Columns of the result table, `regio` (the figure of all together) and `oordeel`: `gewoon`, 'hoger …', 'lager …'
    or `te weinig gegevens`; counts are not judged. Index: the code of the aanbieder.
    """
    rijen = _nieuwste(beeld, indicator)
    totaal = beeld.rijen(indicator, periodes=beeld.periodes)
    totaal = totaal[totaal["periode"].isin(set(rijen["periode"]))]
    regio = float(totaal["waarde"].iloc[-1]) if len(totaal) else float("nan")
    rijen = rijen.set_index(PER, drop=False).assign(regio=regio)
    return rijen.assign(oordeel=_oordelen(rijen))


def _nieuwste(beeld: Beeld, indicator: str) -> pd.DataFrame:
    periodes = beeld.periodes[-_TERUG:]
    rijen = beeld.rijen(indicator, per=PER, periodes=periodes)
    gezien = set(rijen.loc[rijen["waarde"].notna() & rijen["status"].isin(ZICHTBAAR), "periode"])
    laatste = max(gezien, default=str(beeld.periode))
    return rijen[rijen["periode"].eq(laatste) & rijen[PER].ne(codes.ONBEKEND)]


def _oordelen(rijen: pd.DataFrame) -> list[str]:
    if rijen.empty:
        return []
    eenheid = str(rijen["eenheid"].iloc[0])
    if eenheid == "aantal":
        return [""] * len(rijen)
    if eenheid == "procent":
        uitslag = trechter_aandeel(rijen["teller"], rijen["noemer"], keuze=Keuze(spreiding="optellend")).tabel
        return [_woord(kant if signaal else "", bekend) for kant, signaal, bekend in _velden(uitslag)]
    hoger, lager = rijen["onder"].gt(rijen["regio"]), rijen["boven"].lt(rijen["regio"])
    bekend = rijen["onder"].notna() & rijen["boven"].notna() & rijen["regio"].notna()
    kanten = ["hoger" if h else "lager" if laag else "" for h, laag in zip(hoger, lager, strict=True)]
    return [_woord(kant, weet) for kant, weet in zip(kanten, bekend, strict=True)]


def _velden(uitslag: pd.DataFrame) -> Sequence[tuple[str, bool, bool]]:
    bekend = uitslag["oordeel"].ne("geen_oordeel")
    return list(zip(uitslag["kant"], uitslag["signaal"], bekend, strict=True))


def _woord(kant: str, bekend: bool) -> str:
    if not bekend:
        return ONBEKEND
    return f"{kant} dan gewoon" if kant else GEWOON
