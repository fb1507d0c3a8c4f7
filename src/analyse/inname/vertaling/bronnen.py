"""The mappings of a checkout: every `params/leveringen/<bron>.yaml`, under the name of its file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self

from analyse.inname.vertaling.model import Vertaling
from analyse.kern.fouten import onbekend
from analyse.params import Params, lees_model


@dataclass(frozen=True)
class Vertalingen:
    """All mappings by name, in order, with the product codes that help to mend damaged ones."""

    per_naam: Mapping[str, Vertaling] = field(default_factory=dict)
    producten: frozenset[str] = frozenset()

    @classmethod
    def open(cls, params: Params) -> Self:
        """Read every mapping; raises ParameterFout with file and key when one is wrong."""
        paden = sorted((params.map / "leveringen").glob("*.yaml"))
        codes = frozenset(code for code in params.producten["productcode"] if code)
        return cls({pad.stem: lees_model(Vertaling, pad) for pad in paden}, codes)

    def kies(self, namen: Sequence[str]) -> dict[str, Vertaling]:
        """The mappings with these names, all when none are given; raises ParameterFout with the nearest name."""
        for naam in namen:
            if naam not in self.per_naam:
                raise onbekend("Deze vertaling", naam, self.per_naam, waar="params/leveringen/")
        return {naam: v for naam, v in self.per_naam.items() if not namen or naam in namen}
