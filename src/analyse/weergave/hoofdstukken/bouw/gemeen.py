"""What every shape needs: which measure, its rows, names, source line, and why there is no figure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from analyse.kern import codes
from analyse.params import Breuk
from analyse.weergave import Waarschuwing, opmaak
from analyse.weergave.beeld import ZICHTBAAR, Beeld
from analyse.weergave.grafiek import breuken_voor

REGIO = "Regio"
VERBORGEN = "niet te zien door privacyregels"
ONBEREIKT = "nog niet te zeggen, want meer dan de helft loopt nog"
NUL = "alle cijfers zijn nul"
NIETS = "niets te tellen of te meten"
NIET_GELEVERD = "geen gegevens beschikbaar"
_UITLEG = {
    VERBORGEN: "Aantallen onder {minimum} laten we niet zien, ook niet als ze te berekenen zouden zijn.",
    ONBEREIKT: "De middelste duur is bekend zodra de helft voorbij is.",
    NUL: "Er viel in deze halfjaren niets te tellen.",
    NIETS: "In deze halfjaren kwam dit niet voor, of te weinig om te meten.",
    NIET_GELEVERD: "Hiervoor zijn geen bruikbare gegevens geleverd. Dat betekent niet dat het nul is.",
}


@dataclass(frozen=True)
class Maat:
    """A figure that a chapter shows: which indicator, as it is or per 1,000 inhabitants."""

    indicator: str
    per_1000: bool = False


def hoofdletter(tekst: str) -> str:
    """The same text with a capital."""
    return tekst[:1].upper() + tekst[1:]


def jaren(beeld: Beeld) -> int:
    """From how many years on a traject is called long-running."""
    return beeld.params.regio.rekenregels.langlopend_jaren


def bron(beeld: Beeld) -> str:
    """The source line under a chart."""
    soort = "verzonnen gegevens van de demoregio" if beeld.demo else "leveringen van de gemeenten"
    return f"{soort}, peildatum {opmaak.datum(beeld.editie.peildatum)}"


def spanne(beeld: Beeld) -> str:
    """The half-years of a series in words."""
    eerste, laatste = beeld.periodes[0], beeld.periodes[-1]
    if eerste == laatste:
        return laatste.naam
    return f"{eerste.naam} tot en met {laatste.naam}"


def is_zichtbaar(rijen: pd.DataFrame) -> bool:
    """Whether there is at least one figure to read."""
    return any(_te_lezen(rijen))


def _te_lezen(rijen: pd.DataFrame) -> list[bool]:
    # Lists and not masks, here and below: these questions are asked hundreds of times of a dozen rows.
    statussen, waarden = rijen["status"].tolist(), rijen["waarde"].notna().tolist()
    return [waarde and status in ZICHTBAAR for waarde, status in zip(waarden, statussen, strict=True)]


def heeft_inhoud(rijen: pd.DataFrame) -> bool:
    """Whether there is something to draw: a visible figure that is not zero."""
    return any(
        te_lezen and waarde != 0 for te_lezen, waarde in zip(_te_lezen(rijen), rijen["waarde"], strict=True)
    )


def waarom_niet(rijen: pd.DataFrame) -> str:
    """Why there is no figure, in words: one of the keys of `_UITLEG`."""
    if rijen["status"].eq("verborgen").any():
        return VERBORGEN
    if rijen["methode"].str.endswith("niet_bereikt").any():
        return ONBEREIKT
    if is_zichtbaar(rijen):
        return NUL
    return NIETS if rijen["status"].isin((*ZICHTBAAR, "geen_waarneming")).any() else NIET_GELEVERD


def leeg(beeld: Beeld, onderwerp: str, rijen: pd.DataFrame) -> Waarschuwing:
    """Stands where a chart would have been."""
    reden = waarom_niet(rijen)
    return Waarschuwing(
        titel=f"{hoofdletter(onderwerp)} in {beeld.waar}: {reden}",
        tekst=_UITLEG[reden].format(minimum=beeld.params.regio.drempels.minimum),
        soort="uitleg",
        intern=beeld.intern,
    )


def rijen_van(beeld: Beeld, maat: Maat, gebieden: Sequence[str], *, alle: bool = False) -> pd.DataFrame:
    """Totals of a measure; `alle` also takes the half-years before the charts begin."""
    periodes = beeld.alle_periodes if alle else beeld.periodes
    rijen = beeld.rijen(maat.indicator, gebieden=gebieden, periodes=periodes)
    return beeld.per_1000(rijen) if maat.per_1000 else rijen


def op(rijen: pd.DataFrame, gebied: str, periode: object) -> pd.Series | None:
    """The visible row of one gebied and period, or None."""
    rij = alle_op(rijen, gebied, periode).iloc[:1]
    return rij.iloc[0] if is_zichtbaar(rij) else None


def alle_op(rijen: pd.DataFrame, gebied: str, periode: object) -> pd.DataFrame:
    """The rows of one gebied and period."""
    zoek = (gebied, str(periode))
    paren = zip(rijen["gebied"].tolist(), rijen["periode"].tolist(), strict=True)
    return rijen.iloc[[i for i, paar in enumerate(paren) if paar == zoek]]


def bij_methode(rijen: pd.DataFrame) -> tuple[str, ...]:
    """Notes about figures made without all gemeenten or with an older population (marked in `methode`)."""
    merken = sorted({merk for methode in rijen["methode"].astype(str) for merk in methode.split("+")[1:]})
    noten = [_noot(merk, rijen) for merk in merken]
    return tuple(noot for noot in noten if noot)


def _noot(merk: str, rijen: pd.DataFrame) -> str:
    zonder = re.fullmatch(r"(\d+)_van_(\d+)_gemeenten", merk)
    if zonder:
        deel = f"{zonder[1]} van de {zonder[2]} gemeenten"
        return f"{_wanneer(merk, rijen)} zijn de cijfers van de regio gemaakt met {deel}."
    ouder = re.fullmatch(r"bevolking_(\d{4})", merk)
    return f"{_wanneer(merk, rijen)} is gerekend met de inwoners van {ouder[1]}." if ouder else ""


def _wanneer(merk: str, rijen: pd.DataFrame) -> str:
    raak = sorted(set(rijen.loc[rijen["methode"].astype(str).str.contains(merk, regex=False), "periode"]))
    namen = [opmaak.periode(periode) for periode in raak]
    return f"In het {namen[0]}" if len(namen) == 1 else f"Van het {namen[0]} tot en met het {namen[-1]}"


def met_namen(beeld: Beeld, rijen: pd.DataFrame) -> pd.DataFrame:
    """Rows for a CSV: the name of the gebied beside its code."""
    return rijen.assign(gebied_naam=rijen["gebied"].map(beeld.params.regio.namen))


def breuken(beeld: Beeld, indicatoren: Iterable[str]) -> tuple[Breuk, ...]:
    """The breaks that touch at least one of these indicators, oldest first."""
    alle = beeld.params.regio.breuken
    raakt = {breuk for naam in indicatoren for breuk in breuken_voor(alle, naam)}
    return tuple(breuk for breuk in alle if breuk in raakt)


def eenheid(rijen: pd.DataFrame) -> str:
    """The unit of rows that share one."""
    return str(rijen["eenheid"].iloc[0])


def kort(beeld: Beeld, gebied: str) -> str:
    """The name of a gebied where there is little room."""
    return REGIO if gebied == codes.REGIO else beeld.params.regio.namen[gebied]
