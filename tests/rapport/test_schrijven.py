"""Report folders are there whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyse.kern.fouten import RapportFout
from analyse.rapport.schrijven import vervang, verwijder, werkplaats


def test_werkplaats_ruimt_op_wat_een_gedode_reeks_naliet(tmp_path: Path) -> None:
    oud = tmp_path / "uit" / ".bezig-gisteren" / "GM0200"
    oud.mkdir(parents=True)
    with werkplaats(tmp_path / "uit") as klad:
        assert not oud.exists()
        assert klad.parent == tmp_path / "uit"
    assert list((tmp_path / "uit").iterdir()) == []


def test_werkplaats_ruimt_ook_op_na_een_fout(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), werkplaats(tmp_path) as klad:
        (klad / "half").write_text("half")
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []


def test_een_reeks_tegelijk(tmp_path: Path) -> None:
    with werkplaats(tmp_path):
        with pytest.raises(RapportFout), werkplaats(tmp_path):
            pass
        assert len(list(tmp_path.iterdir())) == 1
    with werkplaats(tmp_path):
        assert len(list(tmp_path.iterdir())) == 1


def test_vervang_neemt_de_plek_in(tmp_path: Path) -> None:
    for naam in ("klad/GM0200", "uit/GM0200"):
        (tmp_path / naam).mkdir(parents=True)
    (tmp_path / "klad/GM0200/nieuw.txt").write_text("nieuw")
    (tmp_path / "uit/GM0200/oud.txt").write_text("oud")
    vervang(tmp_path / "klad/GM0200", tmp_path / "uit/GM0200")
    assert [pad.name for pad in (tmp_path / "uit/GM0200").iterdir()] == ["nieuw.txt"]
    assert list((tmp_path / "klad").iterdir()) == []


def test_verwijder_ook_lege_ouders(tmp_path: Path) -> None:
    for gebied in ("GM0200", "REGIO"):
        (tmp_path / "kort" / gebied).mkdir(parents=True)
    verwijder(tmp_path / "kort" / "GM0200", tot=tmp_path)
    assert (tmp_path / "kort").exists()
    verwijder(tmp_path / "kort" / "REGIO", tot=tmp_path)
    assert list(tmp_path.iterdir()) == []
    verwijder(tmp_path / "er_nooit_geweest", tot=tmp_path)
    assert tmp_path.exists()
