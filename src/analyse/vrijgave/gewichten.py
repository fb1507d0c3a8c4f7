"""What hiding a cell costs: the gate hides the cheapest cells that protect what must be protected.

Rather a small category than the total of a gemeente, rather a small number than a large one, and last what an
alderman asks for first: totals, the figures under `belangrijk` in `params/families.yaml`, the newest periods.
The size counts by its square root: between one for every cell (which hides a whole age group as easily as a
handful) and the number itself (which hides ten small cells to spare one).
"""

from __future__ import annotations

import numpy as np

from analyse.vrijgave.cellen import Blok, Cellen, Getallen
from analyse.vrijgave.primair import is_onbekend

# A category of a gemeente, of the region, a total of a gemeente, of the region.
_PRIJS = {(False, False): 1.0, (False, True): 4.0, (True, False): 12.0, (True, True): 60.0}
# A count at which the price is the plain one: the size of the smallest shown counts.
_GEWOON = 10.0
_BELANGRIJK = 2.0
# Extra for the newest period, and how fast that wears off (half-years).
_NIEUW, _OUDER = 1.0, 4.0
# Without the number of unknown ones no share among the known can be shown.
_ONBEKEND = 5.0
# Who kept an earlier edition knows about what this cell was.
_EERDER = 3.0
# A zero is hidden only when nothing else helps: readers expect zeros to be shown.
_NUL = 6.0


def prijzen(cellen: Cellen, blok: Blok, *, met_nullen: bool = False) -> Getallen:
    """The price of every cell of a block; inf for what an earlier edition showed, and for zeros.

    `met_nullen`: zeros too have a price, but not in categories that never occur: everybody knows those are zero.
    """
    basis = np.full((len(blok.waarde), 1), _PRIJS[not blok.splitsing, False])
    basis[-1] = _PRIJS[not blok.splitsing, True]
    moment = cellen.tijd.moment
    basis = basis * (1 + _NIEUW * np.exp((moment - moment.max()) / _OUDER))
    if blok.grootheid.naam in cellen.families.belangrijk:
        basis = basis * _BELANGRIJK
    prijs = basis.reshape(*basis.shape, *[1] * len(blok.splitsing)) * np.sqrt(
        (1 + np.abs(blok.waarde)) / (1 + _schaal(blok))
    )
    prijs = np.where(np.isnan(blok.eerder), prijs, _EERDER * prijs)
    for as_, dimensie in enumerate(blok.splitsing):
        if dimensie in cellen.families.bekend_langs(blok.grootheid.naam):
            prijs = np.where(is_onbekend(blok, as_), prijs * _ONBEKEND, prijs)
    kan = blok.bestaat & ~blok.bekend
    if met_nullen:
        prijs = np.where((blok.waarde == 0) & ~blok.onmogelijk, _NUL, prijs)
        kan = kan & ((blok.waarde != 0) | ~blok.onmogelijk)
        return np.where(kan, prijs, np.inf)
    return np.where(kan & (blok.waarde != 0), prijs, np.inf)


def _schaal(blok: Blok) -> float:
    """The size at which an amount costs as much as a count of ten: amounts have no fixed scale."""
    if not blok.euro:
        return _GEWOON
    gevuld = np.abs(blok.waarde[blok.bestaat & (blok.waarde != 0)])
    return float(np.quantile(gevuld, 0.25)) if len(gevuld) else _GEWOON
