"""Small notebooks and report parameters for the tests of this room."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from analyse.kern.bestanden import schrijf_bytes, schrijf_tekst
from analyse.params import RapportParams
from analyse.rapport import Opdracht

MaakOpdracht = Callable[..., Opdracht]
Cel = str | tuple[str, str]
PARAMETERS = ("editie = '2025-H2'\ngebied = 'GM0200'", "parameters")
GEBIEDEN = {"GM0200": "Apeldoorn", "REGIO": "Midden-IJssel/Oost-Veluwe"}


def notebook(*cellen: Cel) -> NotebookNode:
    """A notebook of `# heading`, source, or (source, tag) per cell, after a parameters cell."""
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
    return RapportParams.model_validate(
        {
            "naam": naam,
            "titel": f"Rapport {naam}",
            "voor": "Iedereen",
            "gebieden": gebieden,
            "hoofdstukken": hoofdstukken,
        }
    )


def tekst(nb: NotebookNode) -> str:
    """All text that a notebook put out on stdout."""
    return "".join(uit.text for cel in nb.cells for uit in cel.get("outputs", []) if uit.get("name") == "stdout")


def nep_rapport(nb: NotebookNode, map_: Path) -> None:
    """Stands in for the exporters: all that is in the merged notebook, as text."""
    schrijf_tekst(map_ / "rapport.html", nbformat.writes(nb))
    schrijf_bytes(map_ / "rapport.pdf", json.dumps(nb.metadata["analyse"], sort_keys=True).encode())
