"""Chapters to one notebook: what a reader sees, and nothing of how it was run.

Only prose and outputs stay. Sources, parameter cells, run times, counters and warnings on stderr go, because
they differ per run or belong to the maker; what is left is the same under every engine and on every day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from nbformat import NotebookNode, from_dict
from nbformat.v4 import new_notebook

from analyse.rapport.parameters import LABELS


def voeg_samen(hoofdstukken: Iterable[tuple[str, NotebookNode]], gegevens: Mapping[str, str]) -> NotebookNode:
    """One notebook of executed chapters (name, notebook), in order; `gegevens` becomes metadata `analyse`.

    Headings keep their level: the exporters put the title of the report above them. Every cell carries its
    chapter in metadata `hoofdstuk`, and an id made of chapter and position.
    """
    samen = new_notebook()
    samen.metadata["analyse"] = dict(gegevens)
    samen.metadata["language_info"] = {"name": "python"}
    for naam, nb in hoofdstukken:
        schone = [schoon for cel in nb.cells if (schoon := _schoon(cel)) is not None]
        for nummer, cel in enumerate(schone, start=1):
            cel["id"] = f"{naam}-{nummer}"
            cel["metadata"]["hoofdstuk"] = naam
        samen.cells.extend(schone)
    return samen


def _schoon(cel: NotebookNode) -> NotebookNode | None:
    """The cell as a reader needs it, or None when there is nothing to see."""
    labels = cel.metadata.get("tags", [])
    if LABELS & set(labels):
        return None
    bewaar = {"tags": list(labels)} if labels else {}
    if cel.cell_type == "markdown" and cel.source.strip():
        return from_dict({"cell_type": "markdown", "metadata": bewaar, "source": cel.source})
    uitvoer = _uitvoer(cel) if cel.cell_type == "code" else []
    code = {"cell_type": "code", "metadata": bewaar, "source": "", "execution_count": None}
    return NotebookNode(from_dict(code), outputs=uitvoer) if uitvoer else None


def _uitvoer(cel: NotebookNode) -> list[NotebookNode]:
    """Outputs without stderr and without counters; text in pieces becomes one (a kernel sends it by the clock)."""
    schoon: list[NotebookNode] = []
    for uit in cel.outputs:
        if uit.output_type == "stream" and uit.name == "stderr":
            continue
        if uit.output_type == "stream" and schoon and schoon[-1].output_type == "stream":
            schoon[-1]["text"] += uit.text
            continue
        kopie = NotebookNode(uit)
        if "execution_count" in kopie:
            kopie["execution_count"] = None
        schoon.append(kopie)
    return schoon
