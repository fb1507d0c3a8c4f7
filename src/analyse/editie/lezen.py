"""What a hop wrote, read once per process as long as it does not change."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pandas as pd

from analyse.kern.effecten import Effectvrijgave
from analyse.kern.resultaat import Meting, Vrijgave


def lees_meting(map_: Path) -> Meting:
    """A Meting as hop 2 wrote it; read once per process as long as it does not change."""
    return _lees_meting(map_, (map_ / "manifest.json").read_text(encoding="utf-8"))


@lru_cache(maxsize=2)
def _lees_meting(map_: Path, _manifest: str) -> Meting:
    return Meting.lees(map_ / "meting.parquet")


def lees_vrijgave(map_: Path) -> Vrijgave:
    """A Vrijgave as hop 3 wrote it; read once per process as long as it does not change."""
    return _lees_vrijgave(map_, (map_ / "manifest.json").read_text(encoding="utf-8"))


def lees_effectvrijgave(map_: Path) -> Effectvrijgave:
    """An Effectvrijgave as its hop wrote it; read once per process as long as it does not change."""
    return _lees_effectvrijgave(map_, (map_ / "manifest.json").read_text(encoding="utf-8"))


@lru_cache(maxsize=8)
def _lees_effectvrijgave(map_: Path, _manifest: str) -> Effectvrijgave:
    return Effectvrijgave.lees(map_)


@lru_cache(maxsize=8)
def _lees_vrijgave(map_: Path, _manifest: str) -> Vrijgave:
    tabel = pd.read_parquet(map_ / "vrijgave.parquet")
    kwaliteit, toelichting = (pd.read_parquet(map_ / f"{naam}.parquet") for naam in ("kwaliteit", "toelichting"))
    return Vrijgave(tabel, kwaliteit, toelichting)
