"""A checkout of its own with a small demo region, and its reports made by the command line as a user would."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from analyse.demo import maak_demo
from analyse.params import zoek_wortel

SCHAAL = 0.15


@dataclass(frozen=True)
class Kit:
    """A folder with params, notebooks, reference data and a demo delivery; `doe` runs a verb in it."""

    map: Path

    def doe(self, *argumenten: object) -> subprocess.CompletedProcess[str]:
        omgeving = os.environ | {"ANALYSE_MAP": str(self.map)}
        opdracht = [sys.executable, "-m", "analyse.cli", *map(str, argumenten)]
        return subprocess.run(opdracht, env=omgeving, cwd=self.map, capture_output=True, text=True, check=False)

    @property
    def uit(self) -> Path:
        return self.map / "output" / "2025-H2"


def maak_kit(map_: Path) -> Kit:
    for deel in ("params", "notebooks", "data/referentie"):
        shutil.copytree(zoek_wortel() / deel, map_ / deel)
    return Kit(map_)


@pytest.fixture(scope="session")
def nieuwe_kit(tmp_path_factory) -> Callable[[], Kit]:
    return lambda: maak_kit(tmp_path_factory.mktemp("kit"))


@pytest.fixture(scope="session")
def demo_xml(tmp_path_factory) -> Path:
    map_ = tmp_path_factory.mktemp("xml")
    maak_demo(map_, schaal=SCHAAL)
    return map_


@pytest.fixture(scope="session")
def demo_tabel(tmp_path_factory) -> Path:
    map_ = tmp_path_factory.mktemp("tabel")
    maak_demo(map_, vorm="tabel", schaal=SCHAAL)
    return map_


@pytest.fixture(scope="session")
def kit(nieuwe_kit, demo_xml) -> Kit:
    """The kit with its nine reports made."""
    kit = nieuwe_kit()
    shutil.copytree(demo_xml, kit.map / "data" / "demo", dirs_exist_ok=True)
    klaar = kit.doe("rapport")
    assert klaar.returncode == 0, klaar.stderr
    return kit
