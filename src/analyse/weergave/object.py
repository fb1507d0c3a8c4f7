"""What all display objects share: one node, and from it HTML, plain text and the JSON for the exporters."""

from __future__ import annotations

from abc import ABC, abstractmethod
from functools import cached_property
from typing import Any

from analyse.weergave import html, platte_tekst
from analyse.weergave.knoop import MIME, Knoop


class Weergave(ABC):
    """An object that a notebook shows; subclasses are frozen dataclasses with `tabel`, `figuur` and `tekst`."""

    intern: bool

    @abstractmethod
    def _knoop(self) -> Knoop: ...

    @cached_property
    def knoop(self) -> Knoop:
        """The document node: text, lists and truth values only."""
        return {**self._knoop(), "intern": self.intern}

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return {
            "text/plain": platte_tekst.van(self.knoop),
            "text/html": html.van(self.knoop),
            MIME: self.knoop,
        }
