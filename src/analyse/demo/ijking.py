"""What the demo is calibrated to: CBS figures of the eight gemeenten, as targets per kind of help and verwijzer.

CBS gives the margins per gemeente (trajecten per verwijzer, share with verblijf); the table inside is fitted to
them (iterative proportional fitting) from a guess of who refers to what.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from analyse.demo.aanbod import ZORGSOORTEN

JAAR = "2022"
CBS_FRACTIE = 0.25
"""`schaal=1` makes this fraction of the CBS trajecten: one in four, because the test range of BSNs (9,091 valid
numbers) can't hold all children who have help in seven years, and persons may not share a number."""

GEMEENTEN = ("GM0200", "GM0213", "GM0232", "GM0244", "GM0246", "GM0262", "GM0285", "GM0301")
VERWIJZERS = ("01", "02", "03", "04", "05", "06", "08")
# Kinds of help that follow a rate of their own; the others hang on a person who is in help already.
STROMEN = tuple(s for s in ZORGSOORTEN if s.duur and s.naam not in ("wijkteam", "reclassering"))

# Verwijzers add up to 92 to 96 percent of the trajecten (the rest is jeugdbescherming and jeugdreclassering, and
# what was rounded or hidden): a little above their sum stays within reach of both counts.
_RUIMTE = 1.03
# Share of trajecten without verblijf, and of those with: national order of size, split by guess.
_ZONDER = {
    "sggz": 0.26, "basisggz": 0.09, "ambulant": 0.27, "specialistisch": 0.09, "netwerk": 0.205,
    "verzorging": 0.015, "daghulp": 0.07,
}  # fmt: skip
_MET = {
    "pleegzorg": 0.40, "gezinshuis": 0.12, "residentieel": 0.21, "gesloten": 0.02, "logeren": 0.15,
    "deeltijd": 0.06, "crisis": 0.04,
}  # fmt: skip
# Who refers to what, relative; columns as VERWIJZERS.
_NEIGING = {
    "sggz": (0.25, 1.0, 0.5, 0.2, 1.2, 0.05, 0.02),
    "basisggz": (0.2, 1.0, 0.6, 0.1, 0.5, 0.1, 0.01),
    "ambulant": (1.0, 0.25, 0.5, 0.5, 0.1, 0.4, 0.2),
    "specialistisch": (0.8, 0.4, 0.4, 0.8, 0.4, 0.1, 0.2),
    "netwerk": (1.0, 0.05, 0.2, 0.9, 0.05, 0.3, 0.3),
    "verzorging": (0.6, 0.1, 0.1, 0.05, 0.8, 0.01, 0.0),
    "daghulp": (1.0, 0.1, 0.2, 0.6, 0.4, 0.05, 0.05),
    "pleegzorg": (0.5, 0.0, 0.0, 1.5, 0.02, 0.05, 0.1),
    "gezinshuis": (0.4, 0.0, 0.0, 1.5, 0.02, 0.02, 0.1),
    "residentieel": (0.6, 0.03, 0.0, 1.2, 0.2, 0.02, 0.3),
    "gesloten": (0.1, 0.0, 0.0, 1.5, 0.0, 0.0, 0.5),
    "logeren": (1.0, 0.0, 0.0, 0.3, 0.1, 0.05, 0.0),
    "deeltijd": (0.8, 0.0, 0.0, 0.5, 0.1, 0.0, 0.0),
    "crisis": (0.5, 0.3, 0.0, 1.0, 0.2, 0.1, 0.1),
}


@dataclass(frozen=True)
class Doel:
    """Targets of one gemeente at full CBS size: active trajecten in 2022, children under a measure."""

    gemeente: str
    actief: np.ndarray  # STROMEN × VERWIJZERS
    wijkteam_2021: float  # registered as trajecten until the end of 2021 only
    maatregel: float  # children under jeugdbescherming in the year
    maatregel_met_verblijf: float  # share of those
    reclassering: float


def lees_cbs(pad: Path) -> pd.Series:
    """CBS figures indexed by (maat, gebied, periode, categorie); hidden figures are absent."""
    tabel = pd.read_csv(pad, sep=";", dtype=str, keep_default_na=False)
    tabel = tabel[tabel["waarde"] != ""]
    return tabel.set_index(["maat", "gebied", "periode", "categorie"])["waarde"].astype(float)


def doelen(cbs: pd.Series) -> dict[str, Doel]:
    """Targets per gemeente from the CBS figures."""
    return {gemeente: _doel(cbs, gemeente) for gemeente in GEMEENTEN}


def _doel(cbs: pd.Series, gemeente: str) -> Doel:
    verwezen = np.array([_verwezen(cbs, gemeente, verwijzer) for verwijzer in VERWIJZERS])
    jongeren_0_17 = cbs["inwoners", gemeente, JAAR, "0-14"] + 0.3 * cbs["inwoners", gemeente, JAAR, "15-24"]
    return Doel(
        gemeente,
        _pas(_aandelen(_verblijfaandeel(cbs, gemeente, verwezen.sum())) * verwezen.sum(), verwezen),
        _wijkteam(cbs, gemeente),
        jongeren_0_17 * _procent(cbs, "jeugdbescherming_procent", gemeente) / 100,
        _procent(cbs, "jeugdbescherming_verblijf_procent", gemeente) / 100,
        0.4 * jongeren_0_17 * _procent(cbs, "jeugdreclassering_procent", gemeente) / 100,
    )


def _verwezen(cbs: pd.Series, gemeente: str, verwijzer: str) -> float:
    # Hidden means fewer than five; the unknown ones are spread by the registration, not by the world.
    return _RUIMTE * float(cbs.get(("verwijzer", gemeente, JAAR, verwijzer), 2.0))


def _procent(cbs: pd.Series, maat: str, gemeente: str) -> float:
    return float(cbs.get((maat, gemeente, JAAR, "totaal"), 0.0))


def _verblijfaandeel(cbs: pd.Series, gemeente: str, trajecten: float) -> float:
    """Share of trajecten that are verblijf: CBS counts children, who have about 1.17 of them in a year."""
    jongeren = 0.97 * cbs["jongeren_jeugdzorg", gemeente, JAAR, "totaal"]
    return 1.17 * jongeren * _procent(cbs, "verblijf_procent", gemeente) / 100 / trajecten


def _wijkteam(cbs: pd.Series, gemeente: str) -> float:
    """Heerde counted help of its jeugdcoaches as trajecten without verwijzer, and stopped doing so in 2022."""
    if gemeente != "GM0246":
        return 0.0
    return cbs["verwijzer", gemeente, "2021", "06"] - cbs["verwijzer", gemeente, JAAR, "06"]


def _aandelen(verblijf: float) -> np.ndarray:
    """Share of each of STROMEN in all trajecten when this share of them is verblijf."""
    aandelen = {soort: deel * (1 - verblijf) for soort, deel in _ZONDER.items()}
    aandelen |= {soort: deel * verblijf for soort, deel in _MET.items()}
    return np.array([aandelen[soort.naam] for soort in STROMEN])


def _pas(rijen: np.ndarray, kolommen: np.ndarray) -> np.ndarray:
    """Scale the inclinations until rows and columns have these sums (columns exactly)."""
    tabel = np.array([_NEIGING[soort.naam] for soort in STROMEN])
    for _ in range(200):
        tabel = tabel * (rijen / tabel.sum(axis=1))[:, None]
        tabel = tabel * (kolommen / tabel.sum(axis=0))
    return tabel
