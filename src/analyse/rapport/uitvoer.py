"""What the cells of one notebook put out, gathered as the stock client would from kernel messages.

Every output makes the round trip through the message encoding of Jupyter, because only then are our outputs
equal to those of a real kernel (a tuple becomes a list, a date becomes text).
"""

from __future__ import annotations

from typing import Any

from jupyter_client.session import json_packer, json_unpacker
from nbformat import NotebookNode, from_dict


def _uit_bericht(soort: str, inhoud: dict[str, Any]) -> NotebookNode:
    """As nbformat's `output_from_msg`, without validating each output (papermill validates the notebook)."""
    return from_dict({"output_type": soort, **json_unpacker(json_packer(inhoud))})


class Uitvoer:
    """Collects outputs into the cell that runs; `bijgewerkt` names earlier cells that a later one changed."""

    def __init__(self) -> None:
        self.bijgewerkt: set[int] = set()
        self._cel: NotebookNode | None = None
        self._index = -1
        self._op_id: dict[str, list[tuple[int, NotebookNode]]] = {}
        self._wis_straks = False

    def begin(self, cel: NotebookNode, index: int) -> None:
        """From here on outputs belong to `cel`, the cell at `index`."""
        self._cel, self._index, self._wis_straks = cel, index, False
        cel["outputs"] = []

    def stroom(self, naam: str, tekst: str) -> None:
        """Text on stdout or stderr; joins the text just before it."""
        if not tekst or self._cel is None:
            return
        vorige = self._cel["outputs"][-1] if self._cel["outputs"] and not self._wis_straks else None
        if vorige is not None and vorige.get("output_type") == "stream" and vorige["name"] == naam:
            vorige["text"] += tekst
        else:
            self._erbij("stream", {"name": naam, "text": tekst})

    def resultaat(self, data: dict[str, Any], metadata: dict[str, Any], nummer: int) -> None:
        """The value of the last expression of a cell."""
        self._erbij("execute_result", {"data": data, "metadata": metadata, "execution_count": nummer})

    def toon(self, data: dict[str, Any], metadata: dict[str, Any], naam: str | None, *, ververs: bool) -> None:
        """What `display()` shows; under a display id `naam` earlier outputs of that id change along."""
        inhoud = {"data": data, "metadata": metadata}
        if naam:
            self._werk_bij(naam, inhoud)
        if not ververs:
            uit = self._erbij("display_data", inhoud)
            if naam and uit is not None:
                self._op_id.setdefault(naam, []).append((self._index, uit))

    def fout(self, ename: str, evalue: str, spoor: list[str]) -> None:
        """An exception."""
        self._erbij("error", {"ename": ename, "evalue": evalue, "traceback": spoor})

    def wis(self, *, straks: bool) -> None:
        """Clear the outputs of this cell, at once or when the next output comes."""
        self._wis_straks = straks
        if not straks:
            self._maak_leeg()

    def _erbij(self, soort: str, inhoud: dict[str, Any]) -> NotebookNode | None:
        if self._cel is None:
            return None
        if self._wis_straks:
            self._maak_leeg()
        uit = _uit_bericht(soort, inhoud)
        self._cel["outputs"].append(uit)
        return uit

    def _maak_leeg(self) -> None:
        self._wis_straks = False
        if self._cel is not None:
            self._cel["outputs"] = []
        for plekken in self._op_id.values():
            plekken[:] = [plek for plek in plekken if plek[0] != self._index]

    def _werk_bij(self, naam: str, inhoud: dict[str, Any]) -> None:
        nieuw = _uit_bericht("display_data", inhoud)
        for index, uit in self._op_id.get(naam, []):
            uit["data"], uit["metadata"] = nieuw["data"], nieuw["metadata"]
            if index != self._index:
                self.bijgewerkt.add(index)
