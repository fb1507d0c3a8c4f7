"""The shapes of a mirror: somebody's own figures beside the region, to talk about and not to judge.

Shared by the mirror of a huisartspraktijk and that of a team of the toegang, so that both are held to the same
words: beside the region only within the limits of chance, and nothing of another one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analyse.kern import codes
from analyse.weergave import Figuur, Tabel, grafiek, opmaak
from analyse.weergave.beeld import Beeld
from analyse.weergave.hoofdstukken.bouw.gemeen import bron

JAAR = 2  # half-years that a comparison is made of
GRENZEN = ("onder_998", "onder_95", "boven_95", "boven_998")
RIJEN = 6  # half-years in a table; the chart has them all
ANDERE = "Andere hulp"


@dataclass(frozen=True)
class Wie:
    """Who looks in the mirror: `id` starts every name, `kop` is its column; sentences of what a funnel says."""

    id: str
    kop: str
    gewoon: str
    meer: str
    minder: str
    rand: str

    def zin(self, oordeel: str, kant: str) -> str:
        """What the funnel says, as a sentence."""
        if oordeel == "buiten_998":
            return self.meer if kant == "hoger" else self.minder
        return self.rand if oordeel == "buiten_95" else self.gewoon


@dataclass(frozen=True)
class Maatlat:
    """Along which a funnel is drawn: its level, unit, and what the size counts."""

    doel: float
    eenheid: str
    langs: str


def lijnen(beeld: Beeld, wie: Wie, reeksen: Mapping[str, pd.Series], titel: str, ondertitel: str) -> Figuur:
    """Own figures through time; each series has a value per period, NaN where it may not be seen."""
    delen = [
        pd.DataFrame({"reeks": naam, "periode": reeks.index, "waarde": reeks.to_numpy(dtype=float)})
        for naam, reeks in reeksen.items()
    ]
    rijen = pd.concat(delen, ignore_index=True)
    rijen["status"] = np.where(rijen["waarde"].isna(), "verborgen", "definitief")
    return Figuur(
        id=f"{wie.id}-verloop",
        titel=titel,
        ondertitel=ondertitel,
        bron=bron(beeld),
        grafiek=grafiek.lijn(rijen, eenheid="aantal"),
        data=rijen,
    )


def trechter(beeld: Beeld, wie: Wie, eigen: pd.Series, grenzen: pd.DataFrame, lat: Maatlat) -> Figuur:
    """Own dot within the limits of the region. `eigen`: grootte, verhouding, `GRENZEN`, oordeel, kant, ondertitel.

    `grenzen`: grootte and `GRENZEN`. Both are ratios to what is ordinary; the drawing is in the unit of `lat`.
    """
    punt = {naam: [float(eigen[naam]) * lat.doel] for naam in GRENZEN}
    data = pd.DataFrame(
        {"naam": [wie.kop], "grootte": [eigen["grootte"]], "waarde": [eigen["verhouding"] * lat.doel], **punt}
    )
    lijn = grenzen.assign(**{naam: grenzen[naam] * lat.doel for naam in GRENZEN})
    return Figuur(
        id=f"{wie.id}-trechter",
        titel=wie.zin(str(eigen["oordeel"]), str(eigen["kant"])),
        ondertitel=str(eigen["ondertitel"]),
        bron=bron(beeld),
        grafiek=grafiek.trechter(data, lijn, eenheid=lat.eenheid, doel=lat.doel, langs=lat.langs),
        data=data,
    )


def hulp(beeld: Beeld, wie: Wie, rijen: pd.DataFrame, titel: str, ondertitel: str) -> Tabel:
    """For which help: `hulp` (name), `aantal`, and `regio`, the share of the region (NaN: not to be compared)."""
    rijen = rijen.assign(waarde=100 * rijen["aantal"] / rijen["aantal"].sum())
    tabel = pd.DataFrame(
        {
            "Hulp": list(rijen["hulp"]),
            wie.kop: [opmaak.getal(aantal) for aantal in rijen["aantal"]],
            "Aandeel": [opmaak.procent(deel) for deel in rijen["waarde"]],
            "Aandeel in de regio": [opmaak.cel(deel, "procent") for deel in rijen["regio"]],
        }
    )
    return Tabel(
        id=f"{wie.id}-hulp", titel=titel, ondertitel=ondertitel, tabel=tabel, bron=bron(beeld), data=rijen
    )


def naast_elkaar(
    beeld: Beeld, wie: Wie, rijen: Sequence[tuple[str, str, str]], titel: str, noten: Sequence[str]
) -> Tabel:
    """Measures of the last year, own and of the region, as they are printed."""
    tabel = pd.DataFrame(list(rijen), columns=["Maat", wie.kop, "Regio"])
    return Tabel(
        id=f"{wie.id}-naast-elkaar",
        titel=titel,
        ondertitel="Laatste jaar",
        tabel=tabel,
        bron=bron(beeld),
        noten=tuple(noten),
        data=tabel.rename(columns=str.lower),
    )


def per_halfjaar(
    beeld: Beeld, wie: Wie, kolommen: Mapping[str, Sequence[str]], titel: str, noten: Sequence[str]
) -> Tabel:
    """The newest half-years, newest first; `kolommen` as they are printed, in order of time."""
    perioden = [opmaak.periode(periode) for periode in beeld.periodes]
    tabel = pd.DataFrame({"Halfjaar": perioden, **{naam: list(cellen) for naam, cellen in kolommen.items()}})
    tabel = tabel.iloc[: -RIJEN - 1 : -1].reset_index(drop=True)
    return Tabel(
        id=f"{wie.id}-per-halfjaar",
        titel=titel,
        ondertitel="Per halfjaar, het nieuwste boven",
        tabel=tabel,
        bron=bron(beeld),
        noten=tuple(noten),
        data=tabel.rename(columns=str.lower),
    )


def per_hulpvorm(rijen: pd.DataFrame, maat: str) -> pd.Series:
    """Sums of a measure in the order of the code list, 0 where there is nothing."""
    return rijen.groupby("hulpvorm")[maat].sum().reindex(list(codes.HULPVORM), fill_value=0).astype(float)


def even_rooster(grootte: Sequence[float], *, stap: float, punten: int = 60) -> np.ndarray:
    """Evenly spread sizes between round numbers, so that no bend or end of a line gives a size of others away."""
    laag, hoog = min(grootte), max(grootte)
    return np.linspace(stap * np.floor(laag / stap), stap * np.ceil(hoog / stap), punten)
