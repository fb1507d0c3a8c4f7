"""Donor panels: series of gemeenten outside the region, to compare with and to take placebos from.

A real panel is any long table indicator × gebied × periode × aantal × bevolking (CBS open data, or what other
regions release). The demo has no such neighbours, so a synthetic panel ships with it. It is marked as synthetic
in every row and uses codes that no gemeente has (GM9001 and up): it proves the machinery, never a measure.
"""

from __future__ import annotations

import gzip
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from analyse.effect.reeks import Matrix, Reeks, Rijen, lees_reeks
from analyse.effect.tijdvak import Tijdvak
from analyse.kern.bestanden import schrijf_bytes
from analyse.kern.fouten import LeveringFout, onbekend

HERKOMST = "synthetisch"
AANTAL = 334
EERSTE, LAATSTE = Tijdvak(2019, 1, 4), Tijdvak(2025, 4, 4)
# Quantiles of the inhabitants 0–22 per gemeente outside the region. Derived from the population by age in CBS
# 85335NED (2022): 0–14 plus 0.8 of 15–24.
KWANTIELEN = (0.0, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 1.0)
JEUGD = (160.0, 1010.0, 2600.0, 5490.0, 7910.0, 13320.0, 36230.0, 90870.0, 213740.0)


@dataclass(frozen=True)
class Tarief:
    """How often something happens: per inhabitant 0–22 and quarter, and how gemeenten differ (log-sd)."""

    indicator: str
    per_kwartaal: float
    spreiding: float = 0.35


# Levels as in the demo region at the real size of CBS 2022.
TARIEVEN = (
    Tarief("verwijzingen.huisarts_sggz", 0.0024),
    Tarief("trajecten.instroom", 0.0062),
)
# What the whole country shares, the same as in the demo region: a slow trend, the season, and the spring of 2020.
TREND = {2018.0: 0.99, 2020.0: 1.00, 2022.0: 1.01, 2024.0: 1.04, 2026.0: 1.02}
SEIZOEN = (1.055, 0.975, 0.905, 1.055)
CORONA = {"2020-K1": 0.92, "2020-K2": 0.71, "2020-K3": 1.02, "2020-K4": 1.06}


@dataclass(frozen=True)
class Schokken:
    """The life of its own that a gemeente has, on the log scale."""

    sd: float = 0.07  # autocorrelated shocks of one gemeente
    regio: float = 0.03  # the same for what a region of about eight gemeenten shares
    samenhang: float = 0.8  # how much of a shock is left a quarter later
    trend: float = 0.005  # sd of a gemeente's own trend per year


def jeugd_per_gemeente(aantal: int = AANTAL) -> Matrix:
    """Synthetic numbers of inhabitants 0–22: evenly spread over the quantiles above, so no luck in sizes."""
    kansen = (np.arange(aantal) + 0.5) / aantal
    return np.asarray(np.round(np.exp(np.interp(kansen, KWANTIELEN, np.log(JEUGD)))))


def maak_aantallen(
    bevolking: Matrix, tarief: Tarief, regio: Rijen, *, rng: np.random.Generator, schokken: Schokken = Schokken()
) -> Matrix:
    """Counts per gebied and quarter: Poisson around level × country × shocks; `regio` is a number per row."""
    n, t = bevolking.shape
    jaren = (np.arange(t) - t / 2) / 4
    log = (
        np.log(tarief.per_kwartaal * landelijk())
        + rng.normal(0, tarief.spreiding, size=(n, 1))
        + rng.normal(0, schokken.trend, size=(n, 1)) * jaren
        + _ar1((int(regio.max()) + 1, t), schokken.regio, schokken.samenhang, rng)[regio]
        + _ar1((n, t), schokken.sd, schokken.samenhang, rng)
    )
    return rng.poisson(bevolking * np.exp(log)).astype(float)


def landelijk() -> Matrix:
    """The factor per quarter that the whole country shares."""
    vakken = [Tijdvak.van_index(k, 4) for k in range(EERSTE.index, LAATSTE.index + 1)]
    trend = np.interp([vak.jaar + (vak.nummer - 0.5) / 4 for vak in vakken], list(TREND), list(TREND.values()))
    return np.array(
        [t * SEIZOEN[v.nummer - 1] * CORONA.get(str(v), 1.0) for t, v in zip(trend, vakken, strict=True)]
    )


def _ar1(vorm: tuple[int, int], sd: float, samenhang: float, rng: np.random.Generator) -> Matrix:
    uit = np.empty(vorm)
    uit[:, 0] = rng.normal(0, sd, size=vorm[0])
    for k in range(1, vorm[1]):
        uit[:, k] = samenhang * uit[:, k - 1] + rng.normal(0, sd * np.sqrt(1 - samenhang**2), size=vorm[0])
    return uit


def groei(jeugd: Matrix, kwartalen: int, *, rng: np.random.Generator) -> Matrix:
    """Population per quarter: each gemeente grows or shrinks by up to about a percent a year."""
    tempo = rng.normal(0, 0.006, size=(len(jeugd), 1))
    return np.asarray(np.round(jeugd[:, None] * np.exp(tempo * np.arange(kwartalen) / 4)))


def maak_reeks(
    jeugd: Mapping[str, float],
    tarief: Tarief,
    *,
    seed: int,
    schokken: Schokken = Schokken(),
    regio: Collection[str] = (),
) -> Reeks:
    """A synthetic series for gebieden of these sizes, over the years of the demo; no measure is in it.

    The gebieden in `regio` share one region; the others are spread over regions of about eight.
    """
    rng = np.random.default_rng(seed)
    kwartalen = LAATSTE.index - EERSTE.index + 1
    regios = max(1, (len(jeugd) - len(regio)) // 8)
    nummer = np.array([regios if naam in regio else k % regios for k, naam in enumerate(jeugd)], dtype=np.int64)
    bevolking = groei(np.array(list(jeugd.values())), kwartalen, rng=rng)
    return Reeks(
        indicator=tarief.indicator,
        per_jaar=4,
        eerste=EERSTE.index,
        gebieden=tuple(jeugd),
        aantal=maak_aantallen(bevolking, tarief, nummer, rng=rng, schokken=schokken),
        bevolking=bevolking,
    )


def maak_donorpanel(*, seed: int = 2025, tarieven: Sequence[Tarief] = TARIEVEN) -> pd.DataFrame:
    """The synthetic panel: columns indicator, gebied, periode, aantal, bevolking, herkomst."""
    jeugd = {f"GM{9001 + k}": omvang for k, omvang in enumerate(jeugd_per_gemeente())}
    delen = [
        maak_reeks(jeugd, tarief, seed=seed + k).tabel.assign(indicator=tarief.indicator)
        for k, tarief in enumerate(tarieven)
    ]
    tabel = pd.concat(delen, ignore_index=True).assign(herkomst=HERKOMST)
    tabel = tabel.astype({"aantal": "int64", "bevolking": "int64"})
    return tabel[["indicator", "gebied", "periode", "aantal", "bevolking", "herkomst"]]


def schrijf_donorpanel(pad: Path) -> None:
    """Write the synthetic panel as gzipped CSV; the same bytes every time."""
    tekst = maak_donorpanel().to_csv(sep=";", index=False, lineterminator="\n")
    schrijf_bytes(pad, gzip.compress(tekst.encode("utf-8"), mtime=0))


def lees_donoren(pad: Path, indicator: str) -> Reeks:
    """The series of one indicator from a donor panel (CSV, gzipped or not); raises on an unknown indicator."""
    panelen = lees_paneel(pad)
    if indicator not in panelen:
        raise onbekend("Deze indicator", indicator, panelen, waar=pad.name)
    return panelen[indicator]


def lees_paneel(pad: Path) -> dict[str, Reeks]:
    """Every series of a donor panel, by indicator; raises LeveringFout when there is no such file."""
    if not pad.is_file():
        raise LeveringFout("Dit donorpanel bestaat niet.", waar=pad.name, doe="Zet de tabel met donoren klaar.")
    tabel = pd.read_csv(pad, sep=";", dtype={"gebied": str, "periode": str})
    return {str(naam): lees_reeks(deel, indicator=str(naam)) for naam, deel in tabel.groupby("indicator")}
