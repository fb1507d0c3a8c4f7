"""One small demo region in both forms for all tests of this folder."""

from __future__ import annotations

import json
import sys
import zipfile
from collections import defaultdict
from pathlib import Path

import pandas as pd
import pytest

from analyse.demo import ZAAD, maak_demo
from analyse.demo.ijking import lees_cbs
from analyse.demo.regio import maak_wereld
from analyse.demo.registratie import registreer
from analyse.inname import lees
from analyse.kern.codes import DIMENSIES
from analyse.meten import meet
from analyse.params import Params

sys.path.append(str(Path(__file__).parents[1]))  # tests/gedeeld.py, also when only this folder is run
SCHAAL = 0.05
WORTEL = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def demo_xml(tmp_path_factory) -> Path:
    map_ = tmp_path_factory.mktemp("demo_xml")
    maak_demo(map_, schaal=SCHAAL)
    return map_


@pytest.fixture(scope="session")
def demo_tabel(tmp_path_factory) -> Path:
    map_ = tmp_path_factory.mktemp("demo_tabel")
    maak_demo(map_, vorm="tabel", schaal=SCHAAL)
    return map_


@pytest.fixture(scope="session")
def berichten(demo_xml) -> dict[str, list[tuple[str, bytes]]]:
    """(gemeente, message) per message type."""
    gevonden = defaultdict(list)
    for zip_ in sorted(demo_xml.glob("GM*/berichten.zip")):
        with zipfile.ZipFile(zip_) as archief:
            for naam in archief.namelist():
                gevonden[naam[2:5]].append((zip_.parent.name, archief.read(naam)))
    return gevonden


@pytest.fixture(scope="session")
def cbs():
    return lees_cbs(Path(__file__).parents[2] / "data" / "referentie" / "cbs_gemeenten.csv")


@pytest.fixture(scope="session")
def wereld(cbs):
    """The true region at the default scale and seed, as `analyse demo` makes it."""
    return maak_wereld(cbs, schaal=1.0, zaad=ZAAD)


@pytest.fixture(scope="session")
def archieven(wereld):
    return registreer(wereld, zaad=ZAAD)


@pytest.fixture(scope="session")
def demo_basis(demo_tabel, tmp_path_factory):
    """What hop 1 makes of the tables."""
    return lees(demo_tabel, params=Params(WORTEL), uit=tmp_path_factory.mktemp("demo_basis") / "basis")


@pytest.fixture(scope="session")
def waar(demo_tabel):
    """The truth as it was written beside the demo."""
    return json.loads((demo_tabel / "waarheid.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def demo_regio(demo_basis, demo_tabel):
    """The rows of an indicator of the whole region: those without a split, or those per verwijzer."""
    params = Params(WORTEL)
    params.__dict__["kaarten"] = {
        naam: k.model_copy(update={"splitsingen": (kort,), "publiceer": (kort,)})
        for naam, k in params.kaarten.items()
        for kort in [min(k.splitsingen, key=len)]
    }
    meting = meet(demo_basis, params=params, bevolking=pd.read_csv(demo_tabel / "bevolking.csv", sep=";"))

    def rijen(indicator: str, verwijzer: str = "totaal") -> pd.DataFrame:
        t = meting.tabel
        t = t[t["indicator"].eq(indicator) & t["gebied"].eq("REGIO") & t["verwijzer"].eq(verwijzer)]
        return t[t[[d for d in DIMENSIES if d != "verwijzer"]].eq("totaal").all(axis=1)]

    return rijen
