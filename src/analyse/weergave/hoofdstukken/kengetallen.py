"""Chapter kengetallen: every total that is published, of one gebied, in one table.

For who looks figures up: no judgement and no chart. The same rows stand in the workbook. Left out is only what
would mislead here: a total that repeats another one, and of a half-year not yet declared what needs all of it.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analyse.kern import codes
from analyse.params import Kaart
from analyse.weergave import Tabel, opmaak
from analyse.weergave.beeld import Beeld
from analyse.weergave.grafiek.noten import tekens
from analyse.weergave.hoofdstukken.bouw.gemeen import REGIO, bij_methode, bron, met_namen
from analyse.weergave.onderwerpen import op_onderwerp

_EENHEID = {
    "aantal": "aantal",
    "procent": "procent",
    "dagen": "dagen",
    "euro": "euro",
    "per_1000": "per 1.000",
    "cijfer": "cijfer",
}
_DUBBEL = ("verwijzingen.aantal",)  # all referrers together: the same as trajecten.instroom
# Why spending changed, and who gets most of it: with declarations still to come these tell who declares late.
_COMPLEET = ("uitgaven.verschil_", "aanbieder.concentratie")


def tabel(beeld: Beeld) -> Tabel:
    """All totals of the half-year beside a year earlier and the region; what is hidden shows as a point."""
    kaarten = op_onderwerp(kaart for kaart in beeld.params.kaarten.values() if _hoort_erin(beeld, kaart))
    rijen = pd.concat([_rijen(beeld, kaart) for _, kaart in kaarten], ignore_index=True)
    return Tabel(
        id="kengetallen",
        titel=f"Kengetallen van {beeld.waar}",
        ondertitel=f"{beeld.periode.naam} naast hetzelfde halfjaar een jaar eerder",
        tabel=pd.DataFrame(
            [_regel(beeld, onderwerp, kaart, rijen) for onderwerp, kaart in kaarten], columns=_koppen(beeld)
        ),
        bron=bron(beeld),
        noten=(*tekens(rijen["status"]), *bij_methode(rijen)),
        data=met_namen(beeld, rijen),
        intern=beeld.intern,
    )


def _hoort_erin(beeld: Beeld, kaart: Kaart) -> bool:
    """Whether a total is published and says something of its own for this half-year."""
    if () not in kaart.publiceer or kaart.id in _DUBBEL:
        return False
    return not (kaart.id.startswith(_COMPLEET) and _voorlopig(beeld, kaart))


def _voorlopig(beeld: Beeld, kaart: Kaart) -> bool:
    return bool(beeld.rijen(kaart.id, periodes=[beeld.periode])["status"].eq("voorlopig").any())


def _gebieden(beeld: Beeld) -> Sequence[str]:
    return (codes.REGIO,) if beeld.is_regio else (beeld.gebied, codes.REGIO)


def _rijen(beeld: Beeld, kaart: Kaart) -> pd.DataFrame:
    periodes = (beeld.jaar_eerder, beeld.periode)
    return beeld.rijen(kaart.id, gebieden=_gebieden(beeld), periodes=periodes)


def _koppen(beeld: Beeld) -> list[str]:
    nu, eerder = opmaak.periode_kort(beeld.periode), opmaak.periode_kort(beeld.jaar_eerder)
    regio = [] if beeld.is_regio else [f"{REGIO}, {nu}"]
    return ["Kengetal", "Onderwerp", "Eenheid", nu, eerder, *regio]


def _regel(beeld: Beeld, onderwerp: str, kaart: Kaart, rijen: pd.DataFrame) -> list[str]:
    eigen = rijen[rijen["indicator"].eq(kaart.id)]
    plekken = [(beeld.gebied, beeld.periode), (beeld.gebied, beeld.jaar_eerder)]
    plekken += [] if beeld.is_regio else [(codes.REGIO, beeld.periode)]
    cellen = [_cel(eigen, gebied, periode) for gebied, periode in plekken]
    return [kaart.naam, onderwerp, _EENHEID[kaart.eenheid], *cellen]


def _cel(rijen: pd.DataFrame, gebied: str, periode: object) -> str:
    rij = rijen[rijen["gebied"].eq(gebied) & rijen["periode"].eq(str(periode))]
    if rij.empty:
        return opmaak.NIET_LEVERBAAR
    return opmaak.cel(rij["waarde"].iloc[0], str(rij["eenheid"].iloc[0]), str(rij["status"].iloc[0]))
