"""A hundred and more damaged deliveries: each is named by the right rule, at the right place, and nothing is lost.

Eight are read at a time, one per folder of the region, so that each also shows that it leaves the others alone.
"""

from __future__ import annotations

from functools import cache

import pandas as pd
import pytest
import schade_berichten  # noqa: F401
import schade_bestanden  # noqa: F401
import schade_tabellen  # noqa: F401
from inname_bouwer import lees_map
from schade_bouwer import GEMEENTEN, tabelproef, xmlproef
from schade_geval import GEVALLEN, Geval

from analyse.inname import controleer
from analyse.kern.basis import Basis

RIJEN = [GEVALLEN[i : i + len(GEMEENTEN)] for i in range(0, len(GEVALLEN), len(GEMEENTEN))]


@pytest.fixture(scope="session")
def lees_rij(tmp_path_factory: pytest.TempPathFactory):
    """Reads a row of eight deliveries once."""

    @cache
    def lees(nr: int) -> Basis:
        wortel = tmp_path_factory.mktemp("schade")
        for plek, geval in enumerate(RIJEN[nr]):
            proef = geval.basis(nr * len(GEMEENTEN) + plek)
            geval.schade(proef)
            proef.schrijf(wortel / "in" / GEMEENTEN[plek])
        return lees_map(wortel / "in", wortel / "uit")

    return lees


@pytest.fixture(scope="session")
def gaaf(tmp_path_factory: pytest.TempPathFactory) -> Basis:
    """Both forms without damage."""
    wortel = tmp_path_factory.mktemp("gaaf")
    tabelproef(0).schrijf(wortel / "in" / GEMEENTEN[0])
    xmlproef(1).schrijf(wortel / "in" / GEMEENTEN[1])
    return lees_map(wortel / "in", wortel / "uit")


def _eigen(basis: Basis, gebied: str) -> pd.DataFrame:
    return basis.pandas("bevindingen").query("gebied == @gebied")


def test_een_gave_levering_heeft_geen_bevindingen(gaaf: Basis) -> None:
    for gemeente in GEMEENTEN[:2]:
        assert _eigen(gaaf, gemeente).to_dict("records") == []
    assert len(gaaf.pandas("toewijzingen")) == 48


def test_er_zijn_er_genoeg() -> None:
    assert len({geval.naam for geval in GEVALLEN}) == len(GEVALLEN) >= 100


@pytest.mark.parametrize("nr", range(len(GEVALLEN)), ids=[geval.naam for geval in GEVALLEN])
def test_schade_wordt_genoemd(nr: int, lees_rij) -> None:
    geval, basis = GEVALLEN[nr], lees_rij(nr // len(GEMEENTEN))
    gebied = GEMEENTEN[nr % len(GEMEENTEN)]
    eigen = _eigen(basis, gebied)
    assert _plek(geval) in {(b.code, b.ernst, b.bestand, b.plek) for b in eigen.itertuples()}, _toon(eigen)
    assert set(eigen["code"]) <= {geval.code, *geval.ook}, _toon(eigen)
    assert (gebied in controleer(basis).geblokkeerd) == (eigen["ernst"] == "blokkerend").any()


def _plek(geval: Geval) -> tuple[str, str, str, str]:
    return geval.code, geval.ernst, geval.bestand, geval.plek


def _toon(eigen: pd.DataFrame) -> str:
    return "\n" + eigen[["code", "ernst", "bestand", "plek", "ontvangen", "aantal"]].to_string()


@pytest.mark.parametrize("nr", range(len(RIJEN)))
def test_niets_gaat_verloren(nr: int, lees_rij) -> None:
    """The four add up, for every file and table of every damaged delivery."""
    t = lees_rij(nr).pandas("telling")
    assert (t["gelezen"] == t[["gebruikt", "vervangen", "verwijderd", "opzij"]].sum(axis=1)).all()
    assert not t.duplicated(["gebied", "bestand", "tabel"]).any()
    assert (t["gelezen"] > 0).all()


@pytest.mark.parametrize("nr", range(len(RIJEN)))
def test_wat_opzij_ging_heeft_een_bevinding(nr: int, lees_rij) -> None:
    basis = lees_rij(nr)
    opzij = basis.pandas("telling").query("opzij > 0")[["gebied", "bestand"]].drop_duplicates()
    bevindingen = basis.pandas("bevindingen")
    for rij in opzij.itertuples():
        assert ((bevindingen["gebied"] == rij.gebied) & (bevindingen["bestand"] == rij.bestand)).any(), rij
