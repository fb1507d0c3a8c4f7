"""An edition is held against the newest one before it whose totals are still there."""

from __future__ import annotations

import shutil
from pathlib import Path

from inname_bouwer import WORTEL

from analyse.editie import Editie
from analyse.inname import TELLING
from analyse.params import Params


def test_de_vorige_editie_is_de_nieuwste_met_totalen(tmp_path: Path) -> None:
    shutil.copytree(WORTEL / "params", tmp_path / "params")
    bron = (tmp_path / "params" / "edities" / "2025-H2.yaml").read_text(encoding="utf-8")
    for naam in ("2025-H1", "2026-H1"):
        tekst = bron.replace("2025-H2", naam)
        (tmp_path / "params" / "edities" / f"{naam}.yaml").write_text(tekst, encoding="utf-8")
    nieuw = Editie("2026-H1", params=Params(tmp_path), leveringen=tmp_path / "in")
    assert nieuw.vergelijking.vorige is None
    for naam in ("2025-H1", "2025-H2", "2026-H1"):
        (tmp_path / "data" / "werk" / naam / "basis").mkdir(parents=True)
        if naam != "2025-H2":
            (tmp_path / "data" / "werk" / naam / "basis" / TELLING).write_bytes(b"")
    assert nieuw.vergelijking.vorige == tmp_path / "data" / "werk" / "2025-H1" / "basis" / TELLING
    (tmp_path / "data" / "werk" / "2025-H2" / "basis" / TELLING).write_bytes(b"")
    assert nieuw.vergelijking.vorige == tmp_path / "data" / "werk" / "2025-H2" / "basis" / TELLING
    assert nieuw.vergelijking.referentie == tmp_path / "data" / "referentie"
