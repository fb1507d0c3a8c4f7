"""Small regions with a known truth, for the tests of the effect room."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np

from analyse.effect import Maatregel, Reeks
from analyse.effect.donoren import TARIEVEN, jeugd_per_gemeente, maak_reeks
from analyse.effect.opzet import Opzet, maak_opzet

REGIO = {
    "GM0200": 40700.0,
    "GM0213": 4500.0,
    "GM0232": 7700.0,
    "GM0244": 3300.0,
    "GM0246": 4700.0,
    "GM0262": 7400.0,
    "GM0285": 6100.0,
    "GM0301": 11300.0,
}
INDICATOR = TARIEVEN[0].indicator


def maatregel(start: dict[str, str] | None = None, **anders: object) -> Maatregel:
    """A measure that meets the schema; `start` gives the first day per gemeente."""
    start = {"GM0200": "2023-07-01"} if start is None else start
    vast = {
        "id": "proef",
        "naam": "Proef",
        "idee": "Een idee.",
        "werkt_omdat": "Een reden.",
        "onderbouwing": "Een bron.",
        "gemeenten": [{"code": code, "ingangsdatum": dag} for code, dag in start.items()],
        "doelgroep": {"omschrijving": "Iedereen"},
        "doelindicatoren": [{"indicator": INDICATOR, "richting": "daling"}],
        "eigenaar": "Iemand",
        "stand_van_zaken": {"stand": "loopt", "datum": "2025-12-31", "zin": "Het loopt."},
        "disclaimer": "Let op.",
    }
    return Maatregel.model_validate({**vast, **anders})


@cache
def _alles(seed: int, aantal: int) -> Reeks:
    donoren = {f"GM{9001 + k}": omvang for k, omvang in enumerate(jeugd_per_gemeente(aantal))}
    return maak_reeks({**REGIO, **donoren}, TARIEVEN[0], seed=seed, regio=REGIO)


def regio_en_donoren(seed: int = 1, aantal: int = 150) -> tuple[Reeks, Reeks]:
    """A region where nothing happens, and its donors."""
    alles = _alles(seed, aantal)
    return alles.kies(list(REGIO)), alles.kies(alles.gebieden[len(REGIO) :])


def met_effect(reeks: Reeks, wat: Maatregel, factor: float, *, seed: int = 7) -> Reeks:
    """The region with every case after a start kept with chance `factor`."""
    aantal, rng = reeks.aantal.copy(), np.random.default_rng(seed)
    opzet = maak_opzet(wat, reeks)
    for rij, venster in zip(opzet.behandeld, opzet.vensters, strict=True):
        aantal[rij, venster.na] = rng.binomial(aantal[rij, venster.na].astype(int), factor)
    return replace(reeks, aantal=aantal)


def vermenigvuldig(reeks: Reeks, gebied: str, kolommen: slice, factor: float | np.ndarray) -> Reeks:
    """The region with some counts of one gebied multiplied (rounded)."""
    aantal = reeks.aantal.copy()
    aantal[reeks.rij(gebied), kolommen] = np.round(aantal[reeks.rij(gebied), kolommen] * factor)
    return replace(reeks, aantal=aantal)


def rustig(factor: float = 1.0, *, donoren: int = 60) -> Opzet:
    """A set-up without any chance in it: equal rates everywhere, Apeldoorn times `factor` after its start."""
    namen = [*REGIO, *(f"GM{9001 + k}" for k in range(donoren))]
    bevolking = np.tile(np.r_[list(REGIO.values()), np.linspace(2000, 60000, donoren)][:, None], (1, 28))
    reeks = Reeks(INDICATOR, 4, 2019 * 4, tuple(namen), bevolking * 0.01, bevolking)
    reeks = replace(reeks, aantal=reeks.aantal * np.linspace(0.9, 1.2, 28))
    reeks.aantal[0, 18:] *= factor
    return maak_opzet(maatregel(), reeks.kies(namen[:8]), reeks.kies(namen[8:]))
