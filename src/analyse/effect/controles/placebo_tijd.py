"""Placebo in time: pretend that the measure started in years when it wasn't there. Nothing should show."""

from __future__ import annotations

from analyse.effect.controles.resultaat import RUSTIG, CheckResult, kon_niet
from analyse.effect.did import MINSTENS_PLACEBOS, toets_donoren
from analyse.effect.opzet import Opzet
from analyse.effect.schatting import als_procent
from analyse.effect.venster import Venster
from analyse.effect.woorden import kans, tegen_verwacht

NAAM = "Placebo in de tijd"


def placebo_tijd(opzet: Opzet) -> CheckResult:
    """Passes when the pretended start shows p > 0.10; the number is the pretended effect in percent."""
    if min(v.lengte_basis for v in opzet.vensters) < 2 * opzet.reeks.per_jaar:
        return kon_niet(NAAM, "Voor deze controle zijn twee jaren voor de start nodig.")
    if opzet.verschillende < MINSTENS_PLACEBOS:
        return kon_niet(NAAM, "Voor deze controle zijn genoeg donoren nodig.")
    toets = toets_donoren(opzet.met_vensters([schijnstart(v) for v in opzet.vensters]))
    effect = als_procent(toets.effect)
    zin = f"Met een verzonnen start in de jaren ervoor was het cijfer {tegen_verwacht(effect)} ({kans(toets.p)})."
    return CheckResult(NAAM, toets.p > RUSTIG, effect, zin)


def schijnstart(venster: Venster) -> Venster:
    """A window inside the period before: as long after as the real one, but at most half of what there is."""
    return venster.binnen_basis(min(max(venster.lengte_na, 1), venster.lengte_basis // 2))
