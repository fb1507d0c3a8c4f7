"""One Vrijgave for all chapter tests: making it costs half a second."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pandas as pd
import pytest
from alle import objecten
from fabriek import maak_beeld, maak_tabel

from analyse.weergave import Weergave


@pytest.fixture(scope="session")
def rapport(tabel: pd.DataFrame) -> Callable[[str], dict[str, Weergave]]:
    """All objects of the report of one gebied, made once: drawing is what takes time."""
    return cache(lambda gebied: dict(objecten(maak_beeld(gebied, tabel=tabel))))


@pytest.fixture(scope="session")
def tabel() -> pd.DataFrame:
    """The rows of the plausible Vrijgave; don't change in place."""
    return maak_tabel()
