"""Definition cards: what a figure is, what it is made of, and what it does not prove."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import pandas as pd

from analyse.params import Kaart
from analyse.weergave import opmaak
from analyse.weergave.knoop import Knoop
from analyse.weergave.object import Weergave


@dataclass(frozen=True, kw_only=True)
class Kaartje:
    """One card: a title and pairs of a label and a text."""

    titel: str
    velden: Sequence[tuple[str, str]]

    @classmethod
    def van(cls, kaart: Kaart) -> Self:
        """The card of an indicator, from the file that it is computed by; empty fields are left out."""
        velden = (
            ("Vraag", kaart.vraag),
            ("Wat we tellen", kaart.teller),
            ("Waar we door delen", kaart.noemer),
            ("Waarom", kaart.waarom),
            ("Wat het niet bewijst", kaart.bewijst_niet),
            ("Bron", kaart.bron),
            ("Eigenaar", kaart.eigenaar),
            ("Opnieuw bekijken voor", opmaak.datum(kaart.herzien)),
        )
        return cls(titel=kaart.naam, velden=tuple((naam, tekst) for naam, tekst in velden if tekst))


@dataclass(frozen=True)
class Kaartjes(Weergave):
    """Cards under each other."""

    items: Sequence[Kaartje]
    intern: bool = False

    @property
    def tabel(self) -> pd.DataFrame:
        """One row per field of a card."""
        rijen = [(kaartje.titel, naam, tekst) for kaartje in self.items for naam, tekst in kaartje.velden]
        return pd.DataFrame(rijen, columns=["Kaart", "Veld", "Tekst"])

    @property
    def tekst(self) -> str:
        """The cards as lines of label and text."""
        return "\n".join(f"{kaart}. {veld}: {tekst}" for kaart, veld, tekst in self.tabel.itertuples(index=False))

    @property
    def figuur(self) -> None:
        """Cards have no drawing."""

    def _knoop(self) -> Knoop:
        items = [{"titel": k.titel, "velden": [list(veld) for veld in k.velden]} for k in self.items]
        return {"soort": "kaartjes", "items": items}
