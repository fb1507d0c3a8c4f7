"""Lead test: was the gebied already going its own way before the start?

Per year before the start: actual against expected, with a level taken from all years before together. The
statistic is the largest studentised deviation of any of those years, compared with the largest one of stand-ins,
so that looking at several years is paid for.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analyse.effect.controles.resultaat import RUSTIG, CheckResult, kon_niet
from analyse.effect.did import MINSTENS_PLACEBOS
from analyse.effect.opzet import Opzet
from analyse.effect.reeks import Matrix
from analyse.effect.schatting import als_procent
from analyse.effect.tegenfeit import Uitkomst, som, verwacht_did
from analyse.effect.toets import statistiek
from analyse.effect.woorden import kans, tegen_verwacht

NAAM = "Voortrend"


def voortrend(opzet: Opzet) -> CheckResult:
    """Passes when p > 0.10. `tabel`: one row per year before the start: jaar_voor (1 is the last), procent, t."""
    per_jaar = opzet.reeks.per_jaar
    jaren = min(v.lengte_basis for v in opzet.vensters) // per_jaar
    if jaren < 2 or opzet.verschillende < MINSTENS_PLACEBOS:
        return kon_niet(NAAM, "Voor deze controle zijn twee jaren voor de start en genoeg donoren nodig.")
    verwacht = [verwacht_did(opzet.reeks, v.basis, opzet.controles) for v in opzet.vensters]
    per_jaar_voor = [_een_jaar(opzet, verwacht, jaar) for jaar in range(jaren)]
    effect, t, schijn = (np.array(deel) for deel in zip(*per_jaar_voor, strict=True))
    p = _p(t, schijn)
    procent = [als_procent(e) for e in effect]
    tabel = pd.DataFrame({"jaar_voor": range(1, jaren + 1), "procent": procent, "t": t})
    zin = (
        f"In de {jaren} jaren voor de start was het cijfer in het meest afwijkende jaar "
        f"{tegen_verwacht(procent[int(np.abs(t).argmax())])} ({kans(p)})."
    )
    return CheckResult(NAAM, p > RUSTIG, p, zin, tabel)


def _een_jaar(opzet: Opzet, verwacht: list[Matrix], jaar: int) -> tuple[float, float, Matrix]:
    """Effect, t and placebo t-values of one year before the start."""
    uitkomsten = tuple(_in_jaar(opzet, k, verwacht[k], jaar) for k in range(len(verwacht)))
    spreidingen = opzet.meet(uitkomsten)
    effect, fout = statistiek(uitkomsten, np.array([opzet.behandeld]), spreidingen)
    schijn, schijn_fout = statistiek(uitkomsten, opzet.trekkingen, spreidingen)
    return float(effect[0]), float(effect[0] / fout[0]), schijn / schijn_fout


def _in_jaar(opzet: Opzet, k: int, verwacht: Matrix, jaar: int) -> Uitkomst:
    eind = opzet.vensters[k].basis_tot - jaar * opzet.reeks.per_jaar
    return som(opzet.reeks, verwacht, opzet.vensters[k], slice(eind - opzet.reeks.per_jaar, eind))


def _p(t: Matrix, schijn: Matrix) -> float:
    grootste = np.abs(schijn).max(axis=0)
    grootste = grootste[np.isfinite(grootste)]
    return float((1 + (grootste >= np.abs(t).max()).sum()) / (1 + len(grootste)))
