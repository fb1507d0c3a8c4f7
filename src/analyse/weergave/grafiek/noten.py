"""Notes under a chart or table: what the signs mean, and where a series breaks. Only those that apply."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from analyse.params import Breuk
from analyse.weergave.opmaak import datum

_TEKENS = {
    "verborgen": "Een punt (.) betekent: verborgen, omdat het aantal te klein is om te tonen.{gat}",
    "voorlopig": "Een ster (*) betekent: voorlopig cijfer; het kan nog veranderen.{open}",
    "geen_waarneming": "Een streepje (–) betekent: geen waarneming.",
    "niet_leverbaar": "n.b. betekent: niet beschikbaar; hiervoor zijn geen gegevens geleverd.",
}


def tekens(statussen: Iterable[str], *, gat: str = "", open_: str = "") -> tuple[str, ...]:
    """One note for every status that occurs; `gat` and `open_` say how the chart shows it."""
    aanwezig = set(statussen)
    return tuple(
        tekst.format(gat=gat and f" {gat}", open=open_ and f" {open_}")
        for status, tekst in _TEKENS.items()
        if status in aanwezig
    )


def bij_breuken(breuken: Sequence[Breuk]) -> tuple[str, ...]:
    """What happened at every break that the chart marks."""
    return tuple(f"{breuk.naam} ({datum(breuk.datum)}): {breuk.uitleg}" for breuk in breuken)


def bij_lijnen(data: pd.DataFrame) -> tuple[str, ...]:
    """The signs of a chart with lines and points."""
    return tekens(
        data["status"],
        gat="In de grafiek is dat een gat.",
        open_="In de grafiek is dat een open punt.",
    )
