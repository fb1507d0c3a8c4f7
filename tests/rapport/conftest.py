"""Small notebooks, a batch of two gebieden, and a stand-in for the exporters: about execution, not looks."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from analyse.kern.bestanden import schrijf_bytes, schrijf_tekst
from analyse.params import RapportParams
from analyse.rapport import Opdracht, kind

Cel = str | tuple[str, str]
PARAMETERS = ("editie = '2025-H2'\ngebied = 'GM0200'", "parameters")
GEBIEDEN = {"GM0200": "Apeldoorn", "REGIO": "Midden-IJssel/Oost-Veluwe"}
MIME = "application/vnd.analyse+json"


def notebook(*cellen: Cel) -> NotebookNode:
    """A notebook of a `# heading`, or source, or (source, tag) per cell; the parameters cell comes first."""
    nb = new_notebook(
        metadata={"kernelspec": {"name": "python3", "language": "python", "display_name": "Python 3"}}
    )
    for nummer, cel in enumerate((PARAMETERS, *cellen)):
        bron, labels = (cel, []) if isinstance(cel, str) else (cel[0], [cel[1]])
        maak = new_markdown_cell if bron.startswith("#") else new_code_cell
        nb.cells.append(maak(bron, id=f"cel-{nummer}", metadata={"tags": labels} if labels else {}))
    return nb


def rapport(*hoofdstukken: str, naam: str = "halfjaar", gebieden: str = "alle") -> RapportParams:
    """The parameters of a report."""
    return RapportParams(
        naam=naam, titel=f"Rapport {naam}", voor="Iedereen", gebieden=gebieden, hoofdstukken=hoofdstukken
    )


def nep_rapport(nb: NotebookNode, map_: Path) -> None:
    """Stands in for both exporters: all that is in the merged notebook, as text."""
    schrijf_tekst(map_ / "rapport.html", nbformat.writes(nb))
    schrijf_bytes(map_ / "rapport.pdf", json.dumps(nb.metadata["analyse"], sort_keys=True).encode())


@pytest.fixture
def nep(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the real exporters (children are forked, so they inherit the replacement)."""
    monkeypatch.setattr(kind, "schrijf_rapport", nep_rapport)
    monkeypatch.setattr(kind, "_exporteurs", lambda: ())


MaakOpdracht = Callable[..., Opdracht]


@pytest.fixture
def maak_opdracht(tmp_path: Path, nep: None) -> MaakOpdracht:
    """Write notebooks (name=cells) and give an Opdracht on them; `opties` go to the Opdracht."""
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
