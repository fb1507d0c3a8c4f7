"""Exit codes of the command line, one per class of fault, as an administrator's script meets them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from schade_bouwer import GEMEENTEN, tabelproef

from analyse.cli import main


@pytest.fixture(scope="module")
def regio(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eight deliveries without a fault."""
    map_ = tmp_path_factory.mktemp("regio")
    for nr, gemeente in enumerate(GEMEENTEN):
        tabelproef(nr).schrijf(map_ / gemeente)
    return map_


def test_alles_goed_is_0(regio: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["controleer", "--leveringen", str(regio)]) == 0
    assert capsys.readouterr().out.strip().endswith("Alle cijfers kunnen worden gemaakt.")


def test_geblokkeerd_is_10(regio: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A missing gemeente blocks its own figures, and nothing else."""
    shutil.copytree(regio, tmp_path / "in")
    shutil.rmtree(tmp_path / "in" / "GM0213")
    assert main(["controleer", "--leveringen", str(tmp_path / "in")]) == 10
    assert "Geen cijfers voor: GM0213.\n" in capsys.readouterr().out


def test_niets_te_lezen_is_11(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for map_ in (tmp_path / "weg", tmp_path):
        assert main(["controleer", "--leveringen", str(map_)]) == 11
        uit = capsys.readouterr()
        assert uit.err.startswith("Fout: ") and "Traceback" not in uit.err and uit.out == ""


def test_verkeerde_sleutel_is_12(
    regio: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ANALYSE_SLEUTEL", "kort")
    assert main(["controleer", "--leveringen", str(regio)]) == 12
    assert "te kort" in capsys.readouterr().err


def test_verkeerde_aanroep_is_2(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["controleer", "--peildatum", "gisteren"])
    assert stop.value.code == 2
    assert "gisteren" in capsys.readouterr().err


def test_eigen_fout_blijft_een_eigen_fout(regio: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of ours isn't dressed up as one of the user: Python ends with 1 and says where."""

    def kapot(*_: object, **__: object) -> None:
        raise RuntimeError("eigen fout")

    monkeypatch.setattr("analyse.inname.lees", kapot)
    with pytest.raises(RuntimeError, match="eigen fout"):
        main(["controleer", "--leveringen", str(regio)])
