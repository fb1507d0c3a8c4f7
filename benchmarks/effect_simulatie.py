"""Does the effect measurement keep its promises? Whole verdicts on regions where the truth is known.

Draws regions of the real sizes with a donor panel from the same model (Poisson counts; shocks of 7% per gemeente
and 3% per region, of which 80% is left a quarter later; own trends), runs `schat` as a user would, and counts:
how often "effect aannemelijk" when nothing happened, how often the interval covers the truth, and how often a
true effect is found. Prints Markdown; the table in docs/effectmeting.md comes from here.

    nice -n 10 python benchmarks/effect_simulatie.py [--nul 200] [--macht 80] [--dekking 500]
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
import pandas as pd

from analyse.effect import Effect, Maatregel, Oordeel, Reeks, schat
from analyse.effect.did import schat_donoren
from analyse.effect.donoren import TARIEVEN, Schokken, jeugd_per_gemeente, maak_reeks
from analyse.effect.opzet import maak_opzet

T = TypeVar("T")
TARIEF = TARIEVEN[0]
# Inhabitants 0–22 of the eight gemeenten: 0–14 plus 0.8 of 15–24 in CBS 85335NED (2022), rounded.
JEUGD = {
    "GM0200": 40700.0,
    "GM0213": 4500.0,
    "GM0232": 7700.0,
    "GM0244": 3300.0,
    "GM0246": 4700.0,
    "GM0262": 7400.0,
    "GM0285": 6100.0,
    "GM0301": 11300.0,
}
DONOREN = {f"GM{9001 + k}": omvang for k, omvang in enumerate(jeugd_per_gemeente())}
GEWOON = Schokken()


@dataclass(frozen=True)
class Geval:
    """One situation: which gemeenten start when, and how lively gemeenten are."""

    naam: str
    start: dict[str, str]
    schokken: Schokken = GEWOON


GEVALLEN = (
    Geval("1 grote gemeente (Apeldoorn)", {"GM0200": "2023-07-01"}),
    Geval("1 middelgrote gemeente (Epe)", {"GM0232": "2023-07-01"}),
    Geval("2 gemeenten, in stappen (Apeldoorn, Zutphen)", {"GM0200": "2023-07-01", "GM0301": "2024-01-01"}),
    Geval("2 kleinere gemeenten (Epe, Heerde)", {"GM0232": "2023-01-01", "GM0246": "2023-01-01"}),
    Geval("3 gemeenten (Epe, Lochem, Zutphen)", dict.fromkeys(["GM0232", "GM0262", "GM0301"], "2023-01-01")),
    Geval(
        "2 in stappen, onrustige gemeenten (schokken 10%, trend 2%)",
        {"GM0200": "2023-07-01", "GM0301": "2024-01-01"},
        Schokken(sd=0.10, trend=0.02),
    ),
)


def maatregel(geval: Geval) -> Maatregel:
    """A register entry for this situation."""
    return Maatregel.model_validate(
        {
            "id": "simulatie",
            "naam": geval.naam,
            "idee": "simulatie",
            "werkt_omdat": "simulatie",
            "onderbouwing": "simulatie",
            "gemeenten": [{"code": code, "ingangsdatum": dag} for code, dag in geval.start.items()],
            "doelgroep": {"omschrijving": "simulatie"},
            "doelindicatoren": [{"indicator": TARIEF.indicator, "richting": "daling"}],
            "eigenaar": "simulatie",
            "stand_van_zaken": {"stand": "loopt", "datum": "2025-12-31", "zin": "simulatie"},
            "disclaimer": "simulatie",
        }
    )


def met_effect(reeks: Reeks, maatregel: Maatregel, effect: float, *, seed: int) -> Reeks:
    """Thin the counts after each start: every case stays with chance 1 + effect."""
    aantal, rng = reeks.aantal.copy(), np.random.default_rng(seed)
    opzet = maak_opzet(maatregel, reeks)
    for rij, venster in zip(opzet.behandeld, opzet.vensters, strict=True):
        na = aantal[rij, venster.na].astype(int)
        aantal[rij, venster.na] = rng.binomial(na, 1 + effect)
    return replace(reeks, aantal=aantal)


def een(geval: Geval, effect: float, seed: int) -> Effect:
    """One draw: a fresh region and a fresh panel, measured as a user would."""
    return schat(*trek(geval, effect, seed), volledig=False)


def trek(geval: Geval, effect: float, seed: int) -> tuple[Maatregel, Reeks, Reeks]:
    """The measure, the region with its effect, and the donors of one draw."""
    alles = maak_reeks({**JEUGD, **DONOREN}, TARIEF, seed=seed, schokken=geval.schokken, regio=JEUGD)
    wat = maatregel(geval)
    return wat, met_effect(alles.kies(list(JEUGD)), wat, effect, seed=seed), alles.kies(list(DONOREN))


def draai(geval: Geval, effect: float, seeds: range) -> dict[str, float]:
    """Shares over many draws."""
    effecten = [een(geval, effect, seed) for seed in seeds]
    return {
        "aannemelijk": float(np.mean([e.oordeel is Oordeel.AANNEMELIJK for e in effecten])),
        "aanwijzing": float(np.mean([e.oordeel is Oordeel.AANWIJZING for e in effecten])),
        "eerste sleutel": float(np.mean([e.bewijs.p_eerste <= 0.05 for e in effecten])),
        "kleinste effect": float(np.mean([e.kleinste_effect for e in effecten])) / 100,
    }


def dekking(geval: Geval, effect: float, seeds: range) -> float:
    """How often the interval of the main estimate holds the truth; without the rest, so many draws are cheap."""
    waar = np.log1p(effect)
    schattingen = [schat_donoren(maak_opzet(*trek(geval, effect, seed))) for seed in seeds]
    return float(np.mean([schatting.onder <= waar <= schatting.boven for schatting in schattingen]))


def main() -> None:
    """Run every situation and print two Markdown tables: verdicts, and coverage."""
    keuze = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    keuze.add_argument("--nul", type=int, default=200, help="draws without an effect, per situation")
    keuze.add_argument("--macht", type=int, default=80, help="draws per size of effect and situation")
    keuze.add_argument("--dekking", type=int, default=500, help="draws per situation for coverage alone")
    aantal = keuze.parse_args()
    for tabel in (oordelen(aantal.nul, aantal.macht), dekkingen(aantal.dekking)):
        print(markdown(tabel), end="\n\n")


def oordelen(nul: int, macht: int) -> pd.DataFrame:
    """Shares of verdicts per situation and true effect."""
    rijen = [
        {"situatie": geval.naam, "waar effect": effect, "n": n, **_meld(draai, geval, effect, _seeds(nummer, n))}
        for nummer, geval in enumerate(GEVALLEN)
        for effect, n in ((0.0, nul), (-0.10, macht), (-0.20, macht), (-0.30, macht))
        if n
    ]
    return pd.DataFrame(rijen)


def dekkingen(n: int) -> pd.DataFrame:
    """Coverage per situation, without an effect and with one of 20%."""
    rijen = [
        {"situatie": geval.naam, "n": n}
        | {
            f"dekking bij {effect:.0%}": _meld(dekking, geval, effect, _seeds(nummer, n))
            for effect in (0.0, -0.20)
        }
        for nummer, geval in enumerate(GEVALLEN)
    ]
    return pd.DataFrame(rijen)


def _seeds(nummer: int, n: int) -> range:
    return range(10_000 * nummer, 10_000 * nummer + n)


def _meld(doe: Callable[[Geval, float, range], T], geval: Geval, effect: float, seeds: range) -> T:
    begin = time.perf_counter()
    uit = doe(geval, effect, seeds)
    print(f"{geval.naam} {effect:+.0%}: {time.perf_counter() - begin:.0f} s", file=sys.stderr, flush=True)
    return uit


def markdown(tabel: pd.DataFrame) -> str:
    """The table as Markdown, shares as whole percents."""
    delen = [kolom for kolom in tabel.columns if kolom not in ("situatie", "n")]
    tekst = tabel.assign(**{kolom: [f"{waarde:.0%}" for waarde in tabel[kolom]] for kolom in delen})
    kop = ["| " + " | ".join(tekst.columns) + " |", "|" + "---|" * len(tekst.columns)]
    return "\n".join(kop + ["| " + " | ".join(map(str, rij)) + " |" for rij in tekst.itertuples(index=False)])


if __name__ == "__main__":
    main()
