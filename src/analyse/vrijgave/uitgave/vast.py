"""Text that is the same whatever the figures are: chapters, parameter files and the sentences of the program.

A number in such a text can't be a child. It is looked up with the words around it, never alone.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import analyse
from analyse.params import Params
from analyse.vrijgave.uitgave.getallen import Getal, glad

_REGEL = re.compile(
    r"\b(?:onder|minder dan|minstens|meer dan|ten hoogste|hoogstens|rond|af op|laten we|tonen|zien|drempel|grens|"
    r"veelvoud|keer|groeien|binnen|daarna|ervoor)\b",
    re.IGNORECASE,
)
_WOORDEN_ROND = 2
BEWEGING = 2.66  # the ordinary swing in mean steps, which a report tells in its rules


class VasteTekst:
    """The words of notebooks, parameters and program of one kit."""

    def __init__(self, params: Params) -> None:
        self.params = params

    @cached_property
    def _woorden(self) -> str:
        return " " + " ".join(_kaal(deel) for deel in self._delen()) + " "

    def _delen(self) -> Iterator[str]:
        for pad in sorted((self.params.wortel / "notebooks").glob("*.ipynb")):
            for cel in json.loads(pad.read_text(encoding="utf-8"))["cells"]:
                if cel["cell_type"] == "markdown":
                    yield "".join(cel["source"])
        for pad in sorted(self.params.map.rglob("*.*")):
            # What people write about the figures of this edition is checked as a figure, not as fixed text.
            if pad.suffix in (".yaml", ".csv") and pad.parent.name != "edities":
                yield pad.read_text(encoding="utf-8")
        for kamer in ("weergave", "rapport", "effect", "vrijgave", "inname"):
            for pad in sorted((Path(analyse.__file__).parent / kamer).rglob("*.py")):
                yield from _zinnen(pad)

    def kent(self, getal: Getal, tekst: str) -> bool:
        """Whether the number stands in fixed text with the same words before and after it."""
        heel = glad(tekst)
        eind = getal.begin + len(getal.tekst)
        voor, na = _kaal(heel[: getal.begin]).split(), _kaal(heel[eind:]).split()
        if not voor and not na:
            return False
        deel = [*voor[-_WOORDEN_ROND:], _kaal(getal.tekst), *na[:_WOORDEN_ROND]]
        return f" {' '.join(deel)} " in self._woorden

    @cached_property
    def _regelgetallen(self) -> frozenset[float]:
        regio = self.params.regio
        velden = {**regio.drempels.model_dump(), **regio.rekenregels.model_dump()}
        getallen = {float(w) for w in velden.values() if isinstance(w, int | float) and not isinstance(w, bool)}
        return frozenset(
            getallen | {float(regio.drempels.minimum - 1), 100 * regio.drempels.maximum_aandeel, BEWEGING}
        )

    def is_regel(self, getal: Getal, tekst: str) -> bool:
        """Whether the number is a threshold of the region, in a sentence about rules."""
        return getal.waarde in self._regelgetallen and bool(_REGEL.search(tekst))


def _kaal(tekst: str) -> str:
    """Only words and digits, so that marks of one format don't hide that two texts are the same."""
    return " ".join(re.findall(r"[\w€%]+(?:[.,]\d+)*%?", glad(tekst)))


def _zinnen(pad: Path) -> Iterator[str]:
    """The literal texts of a module, documentation left out."""
    boom = ast.parse(pad.read_text(encoding="utf-8"))
    for knoop in ast.walk(boom):
        if isinstance(knoop, ast.Constant) and isinstance(knoop.value, str) and " " in knoop.value:
            yield knoop.value
