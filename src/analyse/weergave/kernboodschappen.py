"""The messages of page one: each with its figure, its direction, and whether it is more than chance.

No traffic lights and no ranking: direction is a word, and whether it is good or bad is for the reader.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analyse.kern.fouten import onbekend
from analyse.weergave.knoop import Knoop
from analyse.weergave.markdown import regels, tekst_van
from analyse.weergave.object import Weergave

RICHTINGEN = {
    "omhoog": "Hoger",
    "omlaag": "Lager",
    "gelijk": "Ongeveer gelijk",
    "onbekend": "Niet te vergelijken",
    "verschilt": "Verschilt per gemeente",
}
SOORTEN = ("signaal", "gewone schommeling", "onvoldoende gegevens")


@dataclass(frozen=True, kw_only=True)
class Boodschap:
    """One message: `tekst` in inline markdown, `cijfer` as shown, `figuur` the id of the chart behind it.

    `toelichting` (inline markdown) stands below it: what the figure does not prove, or a question to ask.
    """

    tekst: str
    cijfer: str = ""
    richting: str = "gelijk"
    soort: str = "gewone schommeling"
    figuur: str = ""
    toelichting: str = ""

    def __post_init__(self) -> None:
        if self.richting not in RICHTINGEN:
            raise onbekend("Deze richting", self.richting, RICHTINGEN)
        if self.soort not in SOORTEN:
            raise onbekend("Deze soort boodschap", self.soort, SOORTEN)


@dataclass(frozen=True)
class Boodschappen(Weergave):
    """Messages in order of weight."""

    items: Sequence[Boodschap]
    intern: bool = False

    @property
    def tabel(self) -> pd.DataFrame:
        """One row per message."""
        return pd.DataFrame(
            {
                "Boodschap": [tekst_van(regels(b.tekst)) for b in self.items],
                "Cijfer": [b.cijfer for b in self.items],
                "Richting": [RICHTINGEN[b.richting] for b in self.items],
                "Soort": [b.soort for b in self.items],
            }
        )

    @property
    def tekst(self) -> str:
        """All messages, a line each."""
        return "\n".join(tekst_van(regels(f"{b.tekst} {b.toelichting}".rstrip())) for b in self.items)

    @property
    def figuur(self) -> None:
        """Messages have no drawing of their own."""

    def _knoop(self) -> Knoop:
        return {"soort": "boodschappen", "items": [_item(b) for b in self.items]}


def _item(boodschap: Boodschap) -> Knoop:
    return {
        "inhoud": regels(boodschap.tekst),
        "cijfer": boodschap.cijfer,
        "richting": boodschap.richting,
        "richting_naam": RICHTINGEN[boodschap.richting],
        "soort": boodschap.soort,
        "figuur": boodschap.figuur,
        "toelichting": regels(boodschap.toelichting),
    }
