"""The demo region as three suppliers would export it gives exactly the Meting of its messages."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from inname_bouwer import SLEUTEL, WORTEL
from vertaling_exporteurs import ERNAAST, SUITE, Tabellen, excel, lees_neutraal, suite, zorgned

from analyse.demo import maak_demo
from analyse.inname import lees
from analyse.kern.basis import Basis
from analyse.meten import meet
from analyse.params import Params

pytestmark = [pytest.mark.traag, pytest.mark.xdist_group("vertaling_keten")]
SCHAAL = 0.02
VORMEN: dict[str, Callable[[Tabellen, Path], None]] = {"zorgned": zorgned, "excel": excel, "suite": suite}
# What each shape must tell: recognised, rewritten, Excel numbers, swapped days and months, no end.
VERTELD = {
    "zorgned": {"LV30", "LV33"},
    "excel": {"LV30", "LV33", "LV34", "LV35"},
    "suite": {"LV30", "LV33", "LV37"},
}


@pytest.fixture(scope="module")
def params(tmp_path_factory: pytest.TempPathFactory) -> Params:
    """The parameters of the kit with one mapping more, as a gemeente would add it."""
    wortel = tmp_path_factory.mktemp("kit")
    shutil.copytree(WORTEL / "params", wortel / "params")
    (wortel / "data").mkdir()
    shutil.copytree(WORTEL / "data" / "referentie", wortel / "data" / "referentie")
    (wortel / "params" / "leveringen" / "suite.yaml").write_text(SUITE, encoding="utf-8")
    return Params(wortel)


@pytest.fixture(scope="module")
def regio(tmp_path_factory: pytest.TempPathFactory) -> Path:
    map_ = tmp_path_factory.mktemp("regio")
    maak_demo(map_ / "xml", vorm="xml", schaal=SCHAAL)
    maak_demo(map_ / "tabel", vorm="tabel", schaal=SCHAAL)
    return map_


def _lees(bron: Path, uit: Path, params: Params) -> Basis:
    return lees(bron, params=params, uit=uit, sleutel=SLEUTEL)


def _meting(basis: Basis, params: Params, regio: Path) -> pd.DataFrame:
    bevolking = pd.read_csv(regio / "xml" / "bevolking.csv", sep=";")
    return meet(basis, params=params, bevolking=bevolking).tabel


@pytest.fixture(scope="module")
def uit_berichten(regio: Path, params: Params) -> pd.DataFrame:
    return _meting(_lees(regio / "xml", regio / "basis_xml", params), params, regio)


def _exporteer(regio: Path, vorm: str) -> Path:
    for map_ in sorted((regio / "tabel").glob("GM*")):
        doel = regio / vorm / map_.name
        doel.mkdir(parents=True)
        shutil.copy(map_ / "levering.yaml", doel)
        VORMEN[vorm](lees_neutraal(map_), doel)
        for naam in ERNAAST[vorm]:
            if (map_ / f"{naam}.csv").is_file():
                shutil.copy(map_ / f"{naam}.csv", doel)
    return regio / vorm


@pytest.mark.parametrize("vorm", VORMEN)
def test_export_geeft_dezelfde_meting_als_de_berichten(
    regio: Path, params: Params, uit_berichten: pd.DataFrame, vorm: str
) -> None:
    basis = _lees(_exporteer(regio, vorm), regio / f"basis_{vorm}", params)
    gevonden = basis.pandas("bevindingen")
    assert "blokkerend" not in set(gevonden["ernst"])
    assert VERTELD[vorm] <= set(gevonden["code"])
    assert len(uit_berichten) > 1000
    pd.testing.assert_frame_equal(_meting(basis, params, regio), uit_berichten)
