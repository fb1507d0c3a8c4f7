"""What a notebook changes in its process is put back."""

from __future__ import annotations

import os
import random
import sys
import warnings
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from analyse.rapport.isolatie import schoon


def test_alles_wordt_teruggezet(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("BLIJFT", "1")
    (tmp_path / "buurman.py").write_text("waarde = 1\n")
    monkeypatch.chdir(tmp_path)
    vooraf = (mpl.rcParams["font.size"], pd.get_option("display.max_rows"), list(sys.path), random.getstate())
    filters = list(warnings.filters)
    with schoon():
        mpl.rcParams["font.size"] = 99
        pd.set_option("display.max_rows", 3)
        np.set_printoptions(precision=1)
        np.seterr(divide="raise")
        sys.path.insert(0, str(tmp_path))
        import buurman  # type: ignore[import-not-found]

        assert buurman.waarde == 1
        os.environ["NIEUW"] = "1"
        del os.environ["BLIJFT"]
        os.chdir("/")
        random.seed(1)
        warnings.simplefilter("error")
        plt.figure()
    assert (mpl.rcParams["font.size"], pd.get_option("display.max_rows"), sys.path, random.getstate()) == vooraf
    assert np.get_printoptions()["precision"] == 8
    assert np.geterr()["divide"] == "warn"
    assert "buurman" not in sys.modules
    assert "NIEUW" not in os.environ
    assert os.environ["BLIJFT"] == "1"
    assert Path.cwd() == tmp_path
    assert warnings.filters == filters
    assert plt.get_fignums() == []


def test_ook_na_een_fout() -> None:
    with pytest.raises(ZeroDivisionError), schoon():
        pd.set_option("display.precision", 1)
        raise ZeroDivisionError
    assert pd.get_option("display.precision") == 6


def test_wat_geinstalleerd_is_blijft_geladen() -> None:
    with schoon():
        import colorsys
    assert sys.modules["colorsys"] is colorsys
