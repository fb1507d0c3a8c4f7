"""A batch of two gebieden on small notebooks, with a stand-in for the exporters: about execution, not looks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import nbformat
import pytest
from proef import GEBIEDEN, Cel, MaakOpdracht, nep_rapport, notebook, rapport

from analyse.rapport import Opdracht, kind


@pytest.fixture
def nep(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the real exporters (children are forked, so they inherit the replacement)."""
    monkeypatch.setattr(kind, "schrijf_rapport", nep_rapport)
    monkeypatch.setattr(kind, "EXPORTEURS", ())


@pytest.fixture
def maak_opdracht(tmp_path: Path, nep: None) -> MaakOpdracht:
    """Write notebooks (chapter=cells) and give an Opdracht on them; `opties` go to the Opdracht."""
    map_ = tmp_path / "notebooks"
    map_.mkdir()

    def maak(hoofdstukken: dict[str, Sequence[Cel]], **opties: object) -> Opdracht:
        for naam, cellen in hoofdstukken.items():
            nbformat.write(notebook(*cellen), map_ / f"{naam}.ipynb")
        vast = {
            "editie": "2025-H2",
            "gebieden": GEBIEDEN,
            "rapporten": (rapport(*hoofdstukken),),
            "notebooks": map_,
            "uit": tmp_path / "output" / "2025-H2",
            "wortel": tmp_path,
            "gegevens": {"periode_naam": "2e halfjaar 2025"},
        }
        return Opdracht(**{**vast, **opties})

    return maak
