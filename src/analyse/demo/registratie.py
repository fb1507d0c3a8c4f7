"""How the true region becomes what eight gemeenten have on file on the peildatum."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from analyse.demo.declareren import BOVEN_TOEWIJZING, declareer
from analyse.demo.feiten import Archief
from analyse.demo.ijking import GEMEENTEN
from analyse.demo.leveren import meld
from analyse.demo.toeval import Toeval
from analyse.demo.toewijzen import Toegang
from analyse.demo.wereld import PEILDATUM, Wereld

JEUGDWET = date(2015, 1, 1)  # older help was registered anew, as from this day


def registreer(
    wereld: Wereld, *, zaad: int, voortgang: Callable[[int, int], None] | None = None
) -> dict[str, Archief]:
    """The archive of every gemeente; `voortgang` hears how many trajecten are done."""
    archieven = {gemeente: Archief(gemeente) for gemeente in GEMEENTEN}
    toegang, toeval = Toegang(archieven, Toeval(zaad, 5)), Toeval(zaad, 6)
    geld, teveel = Toeval(zaad, 9), Toeval(zaad, 10)
    for i, echt in enumerate(wereld.trajecten):
        if echt.begin > PEILDATUM:
            continue
        traject = replace(echt, begin=max(echt.begin, JEUGDWET))
        archief = archieven[traject.gemeente]
        toewijzingen = toegang.wijs_toe(traject)
        declareert = not geld.kans(0.02)
        for toewijzing in toewijzingen:
            meld(traject, toewijzing, archief, toeval)
            if declareert and (toewijzing.stuk.product.ritme != "traject" or toewijzing is toewijzingen[0]):
                if toewijzing.stuk.volume and teveel.kans(BOVEN_TOEWIJZING):
                    archief.boven.add(toewijzing.nummer)
                declareer(traject, toewijzing, archief, geld)
        if voortgang and i % 500 == 0:
            voortgang(i, len(wereld.trajecten))
    return archieven
