"""One source for the environment: conda's file, the entry points and the licence follow pyproject.toml."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import pytest
import yaml

WORTEL = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    return tomllib.loads((WORTEL / "pyproject.toml").read_text(encoding="utf-8"))


def test_environment_yml_is_pyproject(project: dict[str, Any]) -> None:
    """Conda gives Python and pip; all else comes from pyproject through `-e .[lab]`."""
    omgeving = yaml.safe_load((WORTEL / "environment.yml").read_text(encoding="utf-8"))
    assert omgeving == {
        "name": project["project"]["name"],
        "channels": ["conda-forge"],
        "dependencies": [
            f"python{project['project']['requires-python']}",
            "pip",
            {"pip": [f"-e .[{','.join(project['project']['optional-dependencies'])}]"]},
        ],
    }


def test_jupyterlab_staat_alleen_in_lab(project: dict[str, Any]) -> None:
    """It slows the start of everything by a second."""
    basis = " ".join(project["project"]["dependencies"])
    assert "jupyterlab" not in basis
    assert any("jupyterlab" in pakket for pakket in project["project"]["optional-dependencies"]["lab"])


def test_slot_kent_elk_pakket(project: dict[str, Any]) -> None:
    """Every name that pyproject asks for is in uv.lock."""
    slot = tomllib.loads((WORTEL / "uv.lock").read_text(encoding="utf-8"))
    op_slot = {pakket["name"] for pakket in slot["package"]}
    gevraagd = [
        *project["project"]["dependencies"],
        *project["project"]["optional-dependencies"]["lab"],
        *project["dependency-groups"]["dev"],
    ]
    namen = {re.split(r"[\[<>=~! ]", pakket, maxsplit=1)[0].lower().replace("_", "-") for pakket in gevraagd}
    assert namen - op_slot == set()


@pytest.mark.parametrize("groep", ["papermill.engine", "nbconvert.exporters"])
def test_ingangen_bestaan(project: dict[str, Any], groep: str) -> None:
    """What pyproject registers can be loaded, and is what the installed package registers."""
    verwacht = project["project"]["entry-points"][groep]
    eigen = {ingang.name: ingang for ingang in entry_points(group=groep) if ingang.name in verwacht}
    assert {naam: ingang.value for naam, ingang in eigen.items()} == verwacht
    for ingang in eigen.values():
        assert ingang.load().__module__ == ingang.module


def test_licentie_is_heel(project: dict[str, Any]) -> None:
    """The whole English text of the EUPL 1.2: fifteen articles and the appendix."""
    assert project["project"]["license"] == "EUPL-1.2"
    tekst = (WORTEL / "LICENSE").read_text(encoding="utf-8")
    assert tekst.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2\nEUPL © the European Union 2007, 2016\n")
    assert re.findall(r"^(\d+)\.\s?[A-Z]", tekst, flags=re.MULTILINE) == [str(n) for n in range(1, 16)]
    assert "Appendix" in tekst
    assert len(tekst.split()) == 2212
    assert tekst.rstrip().endswith("require the production of a new EUPL version.")
