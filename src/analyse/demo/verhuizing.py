"""The woonplaatsbeginsel of 2022: on one day help closes in one gemeente and opens in another, on paper.

Most of it is verblijf, because there the old rule (address of the parent with authority) and the new one (where
the child lived before) differ most. Part moves inside the region, part leaves it, part comes from outside.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from analyse.demo.ijking import GEMEENTEN
from analyse.demo.toeval import Toeval
from analyse.demo.wereld import Persoon, Zorgtraject

INGANG = date(2022, 1, 1)
_VOORAVOND = INGANG - timedelta(days=1)
# Where a child moves to, about by size of the gemeente.
_GROOTTE = (44, 5, 9, 3, 5, 9, 7, 13)


def woonplaatsbeginsel(personen: Sequence[Persoon], toeval: Toeval) -> list[Zorgtraject]:
    """Move children in verblijf on 2022-01-01 and give the trajecten that opened elsewhere; changes in place."""
    geopend: list[Zorgtraject] = []
    for persoon in personen:
        lopend = [t for t in persoon.trajecten if t.begin < _VOORAVOND and t.eind > INGANG]
        if not any(t.soort.verblijf and not t.soort.deeltijd for t in lopend):
            continue
        u = toeval.u()
        if u < 0.16:
            geopend += _naar(lopend, _andere(lopend[0].gemeente, toeval))
        elif u < 0.21:
            _sluit(lopend)
        elif u < 0.27:
            _kwam_van_buiten(lopend)
    return geopend


def _andere(gemeente: str, toeval: Toeval) -> str:
    keus = [(g, grootte) for g, grootte in zip(GEMEENTEN, _GROOTTE, strict=True) if g != gemeente]
    return toeval.weeg([g for g, _ in keus], [grootte for _, grootte in keus])


def _naar(lopend: list[Zorgtraject], gemeente: str) -> list[Zorgtraject]:
    """The same help goes on, with the same aanbieder, under another gemeente."""
    vervolg = [replace(t, gemeente=gemeente, begin=INGANG, verhuisd=True) for t in lopend]
    _sluit(lopend)
    lopend[0].persoon.trajecten += vervolg
    return vervolg


def _sluit(lopend: list[Zorgtraject]) -> None:
    for traject in lopend:
        traject.eind, traject.reden = _VOORAVOND, "35"


def _kwam_van_buiten(lopend: list[Zorgtraject]) -> None:
    for traject in lopend:
        traject.begin, traject.verhuisd = INGANG, True
