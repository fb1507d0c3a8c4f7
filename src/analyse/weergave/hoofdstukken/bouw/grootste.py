"""Which category is the largest, said only when it is sure: a hidden category may be larger than all that show."""

from __future__ import annotations

import pandas as pd

from analyse.kern import codes
from analyse.weergave import opmaak
from analyse.weergave.beeld import Beeld
from analyse.weergave.hoofdstukken.bouw.gemeen import VERBORGEN, kort, waarom_niet

# The largest as it starts a sentence, and what it is: a group of people is "het grootst".
_ZINNEN = {
    "hulpvorm": ("{naam}", "de grootste hulpvorm"),
    "verwijzer": ("De {naam_klein}", "de grootste verwijzer"),
    "leeftijd": ("De groep van {naam}", "het grootst"),
    "maatregel": ("De groep {naam_klein}", "het grootst"),
}
_ONDERWERP = {
    "hulpvorm": "De grootste hulpvorm",
    "verwijzer": "De grootste verwijzer",
    "leeftijd": "De grootste leeftijdsgroep",
    "maatregel": "De grootste groep",
}
_GEEN_VERWIJZER = "06"


def _zin(per: str, code: str) -> tuple[str, str]:
    naam = codes.NAMEN[per].get(code, code)
    if per == "verwijzer" and code == _GEEN_VERWIJZER:
        return "Hulp zonder verwijzer", "het grootst"
    wie, is_ = _ZINNEN[per]
    return wie.format(naam=naam, naam_klein=naam[0].lower() + naam[1:]), is_


def grootste(rijen: pd.DataFrame, per: str) -> pd.Series | None:
    """The row with the largest share, or None when hidden categories together may hold more."""
    bekend = rijen[rijen[per].ne(codes.ONBEKEND) & rijen["waarde"].notna()]
    if bekend.empty:
        return None
    top = bekend.iloc[int(bekend["waarde"].to_numpy().argmax())]
    rest = 100 - float(rijen["waarde"].sum()) if rijen["status"].eq("verborgen").any() else 0.0
    return top if float(top["waarde"]) > rest else None


def titel_een(beeld: Beeld, eigen: pd.DataFrame, merk: pd.DataFrame, per: str) -> str:
    """The largest category of one gebied, beside the marker of the chart."""
    top = grootste(eigen, per)
    if top is None:
        reden = VERBORGEN if eigen["status"].eq("verborgen").any() else waarom_niet(eigen)
        return f"{_ONDERWERP[per]} in {beeld.waar}: {reden}"
    code = str(top[per])
    wie, is_ = _zin(per, code)
    kop = f"{wie} is in {beeld.waar} {is_}: {opmaak.procent(top['waarde'])}"
    ander = merk.loc[merk[per].eq(code), "waarde"].dropna()
    if ander.empty:
        return kop
    return f"{kop}, {'een jaar eerder' if beeld.is_regio else 'in de regio'} {opmaak.procent(ander.iloc[0])}"


def titel_gemeenten(beeld: Beeld, rijen: pd.DataFrame, per: str) -> str:
    """In how many gemeenten the largest category of the region is the largest too."""
    per_gebied = {str(gebied): grootste(deel, per) for gebied, deel in rijen.groupby("gebied", sort=False)}
    regio = per_gebied.pop(codes.REGIO, None)
    toppen = {gebied: str(top[per]) for gebied, top in per_gebied.items() if top is not None}
    if regio is None or not toppen:
        return f"{_ONDERWERP[per]} per gemeente: {VERBORGEN}"
    wie, is_ = _zin(per, str(regio[per]))
    anders = [kort(beeld, gebied) for gebied, code in toppen.items() if code != str(regio[per])]
    te_zien = "" if len(toppen) == len(per_gebied) else "waar dat te zien is "
    if anders:
        return f"{wie} is {te_zien}{is_}, behalve in {opmaak.opsomming(anders)}"
    return f"{wie} is overal {te_zien}{is_}"
