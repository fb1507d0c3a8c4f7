"""How much tariffs rise each January: a parameter, because the contracts say it and the declarations can't.

A year that isn't in the file is an error and not 0 percent: a forgotten year would turn indexation into "dearer".
"""

from __future__ import annotations

from math import prod

from pydantic import Field

from analyse.kern.fouten import ParameterFout
from analyse.params import Model, Params, lees_model

BESTAND = "tarieven.yaml"


class Tarieven(Model):
    """params/tarieven.yaml: percent per year, on 1 January of that year."""

    bron: str
    indexatie: dict[int, float] = Field(min_length=1)

    def factor(self, van: int, tot: int) -> float:
        """How much more a tariff is in year `tot` than in year `van`; below 1 backwards.

        Raises ParameterFout when a year between isn't in the file.
        """
        if tot < van:
            return 1 / self.factor(tot, van)
        return prod(1 + self._procent(jaar) / 100 for jaar in range(van + 1, tot + 1))

    def _procent(self, jaar: int) -> float:
        if jaar not in self.indexatie:
            raise ParameterFout(
                "De indexatie van dit jaar ontbreekt.",
                ontvangen=str(jaar),
                waar=f"params/{BESTAND}",
                doe=f"Zet bij indexatie met hoeveel procent de tarieven op 1 januari {jaar} omhooggingen.",
            )
        return self.indexatie[jaar]


def lees_tarieven(params: Params) -> Tarieven:
    """params/tarieven.yaml."""
    return lees_model(Tarieven, params.map / BESTAND)
