"""Every indicator is reckoned a second time, by an oracle that does not look at the code that it checks.

An oracle test is a function of this folder whose name ends in `gelijk_aan_orakel` and that runs per indicator:
found here and not listed, so that no list can say more than the tests do.
"""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from analyse.meten import INDICATOREN

MAP = Path(__file__).parent
ORAKELS = sorted(pad for pad in MAP.glob("*.py") if "gelijk_aan_orakel" in pad.read_text(encoding="utf-8"))
HULP = sorted(MAP.glob("orakel*.py"))
# The one thing that an oracle may run.
OPENBAAR = {"meet"}


def _getoetst(pad: Path) -> Iterator[str]:
    """The indicators for which the oracle tests of one file run."""
    module = importlib.import_module(pad.stem)
    for naam in dir(module):
        if naam.endswith("gelijk_aan_orakel"):
            for merk in getattr(getattr(module, naam), "pytestmark", []):
                if merk.name == "parametrize" and merk.args[0] == "indicator":
                    yield from merk.args[1]


def test_elke_indicator_heeft_een_orakel():
    getoetst = {naam for pad in ORAKELS if pad.name != Path(__file__).name for naam in _getoetst(pad)}
    assert set(INDICATOREN) - getoetst == set()


def _gebruikt(boom: ast.Module) -> Iterator[str]:
    """The names of `analyse.meten` that a file takes: imported ones, and attributes of imported modules."""
    modules = set()
    for knoop in ast.walk(boom):
        if isinstance(knoop, ast.ImportFrom) and (knoop.module or "").startswith("analyse.meten"):
            for naam in knoop.names:
                modules |= {naam.asname or naam.name}
                yield naam.name
    for knoop in ast.walk(boom):
        if isinstance(knoop, ast.Attribute) and isinstance(knoop.value, ast.Name) and knoop.value.id in modules:
            yield knoop.attr


@pytest.mark.parametrize("pad", HULP, ids=lambda pad: pad.stem)
def test_orakel_kent_de_code_niet(pad):
    """An oracle may measure, and for the rest has the definitions to go by: no constant, no helper of the code."""
    namen = set(_gebruikt(ast.parse(pad.read_text(encoding="utf-8"))))
    assert namen <= OPENBAAR
