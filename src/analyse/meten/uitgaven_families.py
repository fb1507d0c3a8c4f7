"""The families about money and aanbieders together: they share one reading of the declarations."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd

from analyse.meten import (
    aanbieders,
    afloop_uitgaven,
    begroting,
    uitgaven,
    uitgaven_pgb,
    uitgaven_verschil,
)
from analyse.meten.bron import Bron
from analyse.meten.indicator import Berekend, Indicator
from analyse.meten.uitgaven_bron import Geld

Familie = tuple[tuple[str, ...], Callable[[Bron], Sequence[Indicator | Berekend]]]

INDICATOREN: tuple[str, ...] = (
    *uitgaven.INDICATOREN,
    *afloop_uitgaven.INDICATOREN,
    *uitgaven_verschil.INDICATOREN,
    *uitgaven_pgb.INDICATOREN,
    *begroting.INDICATOREN,
    *aanbieders.INDICATOREN,
)


def geldfamilies(geld: Geld, bevolking: pd.DataFrame) -> tuple[Familie, ...]:
    """Ids and maker of every family; nothing is read before a maker is called."""
    return (
        (uitgaven.INDICATOREN, lambda _: uitgaven.uitgaven(geld, bevolking)),
        (afloop_uitgaven.INDICATOREN, lambda _: afloop_uitgaven.verwacht(geld)),
        (uitgaven_verschil.INDICATOREN, lambda _: uitgaven_verschil.verschil(geld)),
        (uitgaven_pgb.INDICATOREN, lambda _: uitgaven_pgb.pgb(geld)),
        (begroting.INDICATOREN, lambda _: begroting.aansluiting(geld)),
        (aanbieders.INDICATOREN, lambda bron: aanbieders.aanbieders(bron, geld)),
    )
