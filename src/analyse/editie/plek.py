"""Where the things of one edition lie: deliveries, reference data, the folder of its hops.

Apart from the hops, so that a question about a place never makes a figure.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

from analyse.hop import Hop, Melder
from analyse.params import EditieParams, Params
from analyse.referentie import Referentie

# Set by the batch for its children, which would otherwise each fingerprint all deliveries again.
GECONTROLEERD = "ANALYSE_GECONTROLEERD"
LEVERINGEN = "ANALYSE_LEVERINGEN"


def zwijg(_: str) -> None:
    """Tell nobody: the default of a notebook and of the children of a batch."""


class Plek:
    """An edition by name, with its parameters; its hops lie under `data/werk/<editie>/`."""

    def __init__(self, naam: str, *, params: Params, leveringen: Path | None = None, meld: Melder = zwijg) -> None:
        self.naam = naam
        self.params = params
        self.editie: EditieParams = params.editie(naam)
        self.meld = meld
        self._leveringen = leveringen

    @property
    def werkmap(self) -> Path:
        """Where the hops of this edition lie (INTERN, never in git)."""
        return self.params.wortel / "data" / "werk" / self.naam

    @cached_property
    def leveringen(self) -> Path:
        """The delivery folder: as asked, else `data/leveringen[/<editie>]` when filled, else the demo region."""
        gevraagd = self._leveringen or os.environ.get(LEVERINGEN)
        if gevraagd:
            return Path(gevraagd).resolve()
        data = self.params.wortel / "data"
        for map_ in (data / "leveringen" / self.naam, data / "leveringen"):
            if any(map_.glob("GM*/*")):
                return map_
        return self._demo(data / "demo")

    @property
    def is_demo(self) -> bool:
        """True when these are the invented children of the demo region."""
        return self.leveringen == self.params.wortel / "data" / "demo"

    def _demo(self, map_: Path) -> Path:
        if not any(map_.glob("GM*/*")):
            from analyse.demo import maak_demo

            self.meld("Geen leveringen gevonden: de demoregio wordt gemaakt")
            maak_demo(map_)
        return map_

    @cached_property
    def referentie(self) -> Referentie:
        """Population and CBS figures."""
        return Referentie(self.params.wortel / "data" / "referentie", self.leveringen)

    @property
    def stil(self) -> bool:
        """True when nobody is told what goes on (a notebook, a child of the batch)."""
        return self.meld is zwijg

    def _map(self, naam: str, hop: Callable[[], Hop], maak: Callable[[Path], object]) -> Path:
        """The folder of a hop, made when needed; a child of the batch takes it as its parent left it."""
        if os.environ.get(GECONTROLEERD) == self.naam:
            return self.werkmap / naam
        return hop().zorg(maak, meld=self.meld)
