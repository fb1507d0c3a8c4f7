"""Regression to the mean: was the pilot picked because its figures were high just then?

A gemeente that is picked in a peak falls back by itself, and that looks like an effect. The check compares the
last year before the start with the years before it. When that year stood out against the direction of the
effect, the effect must stand without it.
"""

from __future__ import annotations

from analyse.effect.controles.resultaat import RUSTIG, CheckResult, blijft_staan, kon_niet
from analyse.effect.did import MINSTENS_PLACEBOS, toets_donoren
from analyse.effect.opzet import Opzet
from analyse.effect.schatting import als_procent
from analyse.effect.woorden import kans, tegen_verwacht

NAAM = "Terugval naar het gemiddelde"


def terugval(opzet: Opzet, *, gekozen_om_hoge_cijfers: str = "onbekend") -> CheckResult:
    """Passes when the last year before the start was ordinary, or else when the effect stands without it.

    With `gekozen_om_hoge_cijfers` 'ja' the effect must stand without that year in any case. The number is how far
    that year was from expected, in percent.
    """
    per_jaar = opzet.reeks.per_jaar
    if min(v.lengte_basis for v in opzet.vensters) < 2 * per_jaar or opzet.verschillende < MINSTENS_PLACEBOS:
        return kon_niet(NAAM, "Voor deze controle zijn twee jaren voor de start en genoeg donoren nodig.")
    laatste = toets_donoren(opzet.met_vensters([v.binnen_basis(per_jaar) for v in opzet.vensters]))
    heel = toets_donoren(opzet).effect
    zonder = toets_donoren(opzet.met_vensters([v.eerder_eind(per_jaar) for v in opzet.vensters])).effect
    verdacht = laatste.p <= RUSTIG and laatste.effect * heel < 0
    geslaagd = blijft_staan(heel, zonder) or not (verdacht or gekozen_om_hoge_cijfers == "ja")
    afwijking = als_procent(laatste.effect)
    zin = f"In het laatste jaar voor de start was het cijfer {tegen_verwacht(afwijking)} ({kans(laatste.p)})."
    if verdacht or gekozen_om_hoge_cijfers == "ja":
        zin += f" Zonder dat jaar is de uitkomst {tegen_verwacht(als_procent(zonder))}."
    return CheckResult(NAAM, geslaagd, afwijking, zin)
