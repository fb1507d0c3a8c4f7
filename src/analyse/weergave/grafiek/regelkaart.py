"""A control chart: months between the limits of their ordinary swing, signals marked.

The level starts anew where a break was declared, and nowhere else; the names of those breaks stand above the plot.
No dots on ordinary months: eighty of them would hide the few that matter, and weigh more than the lines.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analyse.kern.periode import MAANDEN, Periode
from analyse.params import Breuk
from analyse.weergave import opmaak, palet
from analyse.weergave.grafiek import assen, noten
from analyse.weergave.grafiek.gegevens import Reeks, gereed, reeksen
from analyse.weergave.grafiek.labels import spreid
from analyse.weergave.grafiek.uitkomst import Grafiek
from analyse.weergave.thema import KLEIN, thema

_HOOGTE = 165.0
_ONDER = 20.0
_NAMEN = 62.0  # room for the names of the lines
_STREEP = (0, (4, 2))
SIGNAAL = palet.REEKSEN[1]
MERK = "S"
_KORT = {"maart": "mrt"}
_NOOT = (
    "De grijze lijn is het gemiddelde, de streeplijnen zijn de grenzen van de gewone schommeling. "
    f"Een oranje ruit is een signaal; in de tabel staat er een {MERK} bij."
)


def regelkaart(data: pd.DataFrame, *, eenheid: str, breuken: Sequence[Breuk] = ()) -> Grafiek:
    """One series of months; columns `periode, waarde, gemiddelde, onder, boven, deel, signaal`.

    `deel` numbers the parts with a level of their own; limits may be empty in a part that is too short.
    """
    rijen = gereed(
        data.assign(naam=""), ("periode", "waarde", "gemiddelde", "deel", "signaal"), grafiek="regelkaart"
    )
    reeks = reeksen(rijen, "naam")[0]
    getoond = assen.breuken_binnen(breuken, [reeks])
    with thema():
        figuur = _teken(reeks, rijen, eenheid, getoond)
    return Grafiek(
        figuur=figuur,
        tabel=_tabel(rijen, eenheid),
        alt=_alt(rijen, eenheid),
        noten=(_NOOT, *noten.tekens(rijen["status"]), *noten.bij_breuken(getoond)),
    )


def _tabel(rijen: pd.DataFrame, eenheid: str) -> pd.DataFrame:
    """A row per year and a column per month, so that eighty months stay a small table."""
    perioden = [Periode.lees(str(code)) for code in rijen["periode"]]
    cellen = [
        opmaak.cel(w, eenheid, s) + (f" {MERK}" if signaal else "")
        for w, s, signaal in zip(rijen["waarde"], rijen["status"], rijen["signaal"], strict=True)
    ]
    per_plek = {(p.jaar, int(p.deel)): cel for p, cel in zip(perioden, cellen, strict=True)}
    jaren = sorted({p.jaar for p in perioden})
    koppen = {_KORT.get(maand, maand[:3]): nummer for nummer, maand in enumerate(MAANDEN, start=1)}
    kolommen = {kop: [per_plek.get((jaar, nummer), "") for jaar in jaren] for kop, nummer in koppen.items()}
    return pd.DataFrame({"Jaar": [str(jaar) for jaar in jaren], **kolommen})


def _alt(rijen: pd.DataFrame, eenheid: str) -> str:
    laatste = rijen.iloc[-1]
    naam = Periode.lees(str(laatste["periode"])).naam
    grens = ""
    if pd.notna(laatste["onder"]):
        onder, boven = (opmaak.waarde(laatste[kant], eenheid) for kant in ("onder", "boven"))
        grens = f", gewoon is {onder} tot {boven}"
    signalen = f"signalen in {_maanden(rijen)}" if rijen["signaal"].any() else "geen signalen"
    kop = f"Regelkaart per maand: {signalen}."
    return f"{kop} {naam[0].upper()}{naam[1:]}: {opmaak.waarde(laatste['waarde'], eenheid)}{grens}."


def _maanden(rijen: pd.DataFrame) -> str:
    """The last month with a signal, and whether there are more; the table marks each. No count of months: a
    number that isn't in the data can't be told from one that should be hidden.
    """
    raak = rijen.loc[rijen["signaal"].astype(bool), "periode"]
    laatste = Periode.lees(str(raak.iloc[-1])).naam
    return laatste if len(raak) == 1 else f"meer maanden, het laatst in {laatste}"


def _teken(reeks: Reeks, rijen: pd.DataFrame, eenheid: str, breuken: Sequence[Breuk]) -> Figure:
    hoogste = float(np.nanmax([rijen["waarde"].max(), rijen["boven"].max()]))
    boven = assen.breuk_ruimte(breuken)
    figuur, as_ = assen.doek(_HOOGTE + boven, (assen.as_breedte(eenheid, hoogste), _NAMEN, boven, _ONDER))
    assen.waarde_as(as_, eenheid, hoogste)
    assen.tijd_as(as_, [reeks])
    assen.teken_breuken(as_, breuken)
    for _, deel in rijen.assign(x=reeks.x).groupby("deel"):
        _teken_deel(as_, deel)
    as_.plot(reeks.x, reeks.waarden, color=palet.ACCENT, linewidth=1.2, zorder=3)
    raak = rijen["signaal"].to_numpy(dtype=bool)
    as_.plot(*(reeks.x[raak], reeks.waarden[raak], "D"), markersize=4.6, color=SIGNAAL, zorder=4, clip_on=False)
    _labels(as_, rijen.iloc[-1])
    return figuur


def _teken_deel(as_: Axes, deel: pd.DataFrame) -> None:
    """Level and limits of one part, from its first to its last month."""
    uiteinden = deel["x"].iloc[[0, -1]].to_numpy(dtype=float)
    for naam, streep in (("gemiddelde", "solid"), ("onder", _STREEP), ("boven", _STREEP)):
        hoogte = float(deel[naam].iloc[0])
        if not np.isnan(hoogte):
            as_.plot(uiteinden, [hoogte, hoogte], color=palet.AS, linewidth=1.1, linestyle=streep, zorder=2)


def _labels(as_: Axes, laatste: pd.Series) -> None:
    """What the three lines are, right of the plot."""
    breed, hoog = assen.maten(as_)
    namen = {"gemiddelde": "Gemiddeld", "onder": "Ondergrens", "boven": "Bovengrens"}
    plekken = {namen[k]: float(laatste[k]) for k in ("onder", "gemiddelde", "boven") if pd.notna(laatste[k])}
    schaal = hoog / as_.get_ylim()[1]
    vrij = spreid([w * schaal for w in plekken.values()], [KLEIN + 2] * len(plekken), onder=0, boven=hoog)
    for naam, y in zip(plekken, vrij, strict=True):
        plek = (1 + 4 / breed, y / hoog)
        as_.text(*plek, naam, transform=as_.transAxes, va="center", fontsize=KLEIN, color=palet.GRIJS_TEKST)
