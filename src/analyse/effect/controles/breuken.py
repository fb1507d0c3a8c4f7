"""Sensitivity to breaks: is the effect the same when a known break is kept out of the period before?

A break that hits every gemeente alike is taken along by the comparison; this check shows whether it did.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from analyse.effect.controles.resultaat import CheckResult, blijft_staan, kon_niet
from analyse.effect.did import totalen
from analyse.effect.opzet import Opzet
from analyse.effect.schatting import als_procent
from analyse.effect.tegenfeit import log_verhouding
from analyse.effect.tijdvak import eerste_hele
from analyse.effect.woorden import tegen_verwacht

NAAM = "Omgaan met breuken"


def breuken(opzet: Opzet) -> CheckResult:
    """Passes when the effect keeps sign and a third of its size every time; the number is the weakest (%)."""
    varianten = list(_varianten(opzet))
    if not varianten:
        return kon_niet(NAAM, "De periode voor de start is te kort om een deel weg te laten.")
    heel = _log(opzet)
    tabel = pd.DataFrame([{"variant": naam, "log": _log(variant)} for naam, variant in varianten]).dropna()
    if tabel.empty:
        return kon_niet(NAAM, "Zonder een deel van de periode voor de start blijven er te weinig gevallen over.")
    zwakste = tabel.loc[(tabel["log"] * np.sign(heel)).idxmin()]
    over = als_procent(float(zwakste["log"]))
    zin = f"Met {zwakste['variant']} is het cijfer {tegen_verwacht(over)}; dat is de zwakste uitkomst."
    geslaagd = all(blijft_staan(heel, anders) for anders in tabel["log"])
    return CheckResult(NAAM, geslaagd, over, zin, tabel.assign(procent=tabel["log"].map(als_procent)))


def _varianten(opzet: Opzet) -> Iterator[tuple[str, Opzet]]:
    """The period before starting after each shared break, and the last two years of it."""
    per_jaar = opzet.reeks.per_jaar
    for breuk in opzet.reeks.breuken:
        kolom = eerste_hele(breuk.datum, per_jaar) - opzet.reeks.eerste
        if breuk.gebied is None and (variant := _later(opzet, kolom)):
            yield f"alleen cijfers vanaf {breuk.datum.year} ({breuk.reden})", variant
    if all(v.lengte_basis > 2 * per_jaar for v in opzet.vensters):
        ingekort = [v.later_begin(v.lengte_basis - 2 * per_jaar) for v in opzet.vensters]
        yield "alleen de laatste twee jaren voor de start", opzet.met_vensters(ingekort)


def _later(opzet: Opzet, kolom: int) -> Opzet | None:
    """With a period before from `kolom` on; None when nothing changes or less than a year is left."""
    vensters = [v.later_begin(max(0, kolom - v.basis_van)) for v in opzet.vensters]
    if tuple(vensters) == opzet.vensters or min(v.lengte_basis for v in vensters) < opzet.reeks.per_jaar:
        return None
    return opzet.met_vensters(vensters)


def _log(opzet: Opzet) -> float:
    werkelijk, verwacht = totalen(opzet)
    return float(log_verhouding(np.array(werkelijk), np.array(verwacht)))
