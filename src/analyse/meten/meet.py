"""Hop 2 as one function: every indicator, gebied and half-year of a Basis at once.

Never per report: eight reports that each measure for themselves would be eight chances to differ, and the
disclosure gate must see the whole region together.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial

import pandas as pd

from analyse.kern.basis import Basis
from analyse.kern.resultaat import Meting
from analyse.meten import (
    doorstroom,
    jeugdigen,
    kwaliteit,
    resultaat,
    stroom,
    trajectduur,
    uitgaven_families,
    verblijf,
    verwijzingen,
    verzilvering,
    wachttijd,
    zorgpad,
)
from analyse.meten.blok import samen
from analyse.meten.bron import Bron
from analyse.meten.indicator import Berekend, Indicator, tel
from analyse.meten.uitgaven_bron import Geld
from analyse.params import Params

INDICATOREN: tuple[str, ...] = (
    *stroom.INDICATOREN,
    *jeugdigen.INDICATOREN,
    *trajectduur.INDICATOREN,
    *verwijzingen.INDICATOREN,
    *verblijf.INDICATOREN,
    *kwaliteit.INDICATOREN,
    *uitgaven_families.INDICATOREN,
    *doorstroom.INDICATOREN,
    *zorgpad.INDICATOREN,
    *resultaat.INDICATOREN,
    *wachttijd.INDICATOREN,
    *verzilvering.INDICATOREN,
)


def meet(basis: Basis, *, params: Params, bevolking: pd.DataFrame) -> Meting:
    """Measure every indicator that has a definition card, in the splits that the card asks for.

    Half-years from `regio.eerste_periode` (or the first begin, when later) to that of the newest peildatum.
    `bevolking`: gebied, jaar, leeftijd ('0-22'), aantal. Raises LeveringFout when nothing was delivered and
    ParameterFout when a card asks for a split that can't be. INTERN.
    """
    with _zonder_opruimen():
        return _meet(Bron(basis, params), bevolking)


@contextmanager
def _zonder_opruimen() -> Iterator[None]:
    """Hold the garbage collector off: building expressions sets it going hundreds of times and frees nothing."""
    aan = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if aan:
            gc.enable()


def _meet(bron: Bron, bevolking: pd.DataFrame) -> Meting:
    params, einden, geld = bron.params, doorstroom.Einden(bron), Geld(bron)
    families: tuple[tuple[tuple[str, ...], Callable[[Bron], Sequence[Indicator | Berekend]]], ...] = (
        (stroom.INDICATOREN, stroom.stroom),
        (jeugdigen.INDICATOREN, partial(jeugdigen.jeugdigen, bevolking=bevolking)),
        (trajectduur.INDICATOREN, trajectduur.trajectduur),
        (verwijzingen.INDICATOREN, verwijzingen.verwijzingen),
        (verblijf.INDICATOREN, verblijf.verblijf),
        (kwaliteit.INDICATOREN, kwaliteit.kwaliteit),
        *uitgaven_families.geldfamilies(geld, bevolking),
        (doorstroom.INDICATOREN, lambda _: doorstroom.doorstroom(einden)),
        (zorgpad.INDICATOREN, lambda _: zorgpad.zorgpad(einden)),
        (resultaat.INDICATOREN, lambda _: resultaat.resultaat(einden)),
        (wachttijd.INDICATOREN, wachttijd.wachttijd),
        (verzilvering.INDICATOREN, lambda _: verzilvering.verzilvering(geld)),
    )
    # A family without cards costs nothing.
    gevraagd = [maak(bron) for namen, maak in families if params.kaarten.keys() & set(namen)]
    indicatoren = [indicator for familie in gevraagd for indicator in familie]
    return Meting(samen(list(tel(indicatoren, kaarten=params.kaarten, rooster=bron.rooster))))
