"""Specialistische ggz against the oracle: how long, and what came after."""

from __future__ import annotations

import pytest
from orakel_einden import Eindregio, is_sggz, vergelijk

from analyse.meten import zorgpad as z


@pytest.fixture(scope="module")
def gemeten(tmp_path_factory):
    regio = Eindregio(41)
    return regio, *regio.meet(tmp_path_factory.mktemp("basis"), *z.INDICATOREN)


@pytest.mark.parametrize("indicator", z.INDICATOREN)
def test_sggz_gelijk_aan_orakel(gemeten, indicator):
    regio, tabel, params = gemeten
    for splitsing in params.kaarten[indicator].splitsingen:
        if indicator == z.SGGZ_DUUR:
            verwacht = regio.km_sggz(splitsing)
        else:
            verwacht = regio.deel(lambda t: regio.stap(t) == -1, is_sggz, splitsing)
        vergelijk(tabel, indicator, splitsing, verwacht)
