"""Placebo gemeente: does the method also "find" effects in gemeenten of the region that did nothing?

If several of them do, the region moves apart from the donors and the estimate measures that instead. One in
twenty may do so by chance; the check fails when there are more than chance explains.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import stats

from analyse.effect.controles.resultaat import CheckResult, kon_niet
from analyse.effect.did import MINSTENS_PLACEBOS
from analyse.effect.opzet import Opzet
from analyse.effect.schatting import als_procent
from analyse.effect.toets import statistiek

NAAM = "Placebogemeente"
KANS = 0.05


def placebo_gemeente(opzet: Opzet) -> CheckResult:
    """Passes when the number of untreated gemeenten with p ≤ 0.05 isn't more than chance gives (binomial, 5%)."""
    onbehandeld = [rij for rij in opzet.regio if rij not in opzet.ooit_behandeld]
    if len(opzet.donoren) < MINSTENS_PLACEBOS or not onbehandeld:
        return kon_niet(
            NAAM, "Voor deze controle zijn donoren nodig, en gemeenten in de regio zonder de maatregel."
        )
    tabel = _tabel(opzet, onbehandeld)
    aantal = int((tabel["p"] <= KANS).sum())
    geslaagd = bool(stats.binom.sf(aantal - 1, len(tabel), KANS) > KANS)
    hoeveel = {0: "wijkt er geen enkele", 1: "wijkt er één"}.get(aantal, f"wijken er {aantal}")
    zin = f"Van de {len(tabel)} gemeenten in de regio zonder de maatregel {hoeveel} duidelijk af (p ≤ 0,05)."
    return CheckResult(NAAM, geslaagd, aantal, zin, tabel)


def _tabel(opzet: Opzet, rijen: list[int]) -> pd.DataFrame:
    """Each gemeente as if it had started with the first one: gebied, procent, p."""
    eerste = int(np.argmin([v.na_van for v in opzet.vensters]))
    uitkomst, spreiding = [opzet.uitkomsten[eerste]], [opzet.spreidingen[eerste]]
    effect, fout = statistiek(uitkomst, np.array(rijen)[:, None], spreiding)
    schijn, schijn_fout = statistiek(uitkomst, np.array(opzet.donoren)[:, None], spreiding)
    t = np.abs(schijn / schijn_fout)
    t = t[np.isfinite(t)]
    p = [(1 + int((t >= abs(eigen)).sum())) / (1 + len(t)) for eigen in effect / fout]
    namen = [opzet.reeks.gebieden[rij] for rij in rijen]
    tabel = pd.DataFrame({"gebied": namen, "procent": [als_procent(e) for e in effect], "p": p})
    return tabel[np.isfinite(effect)].reset_index(drop=True)
