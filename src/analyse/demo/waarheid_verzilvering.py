"""How much of what was allocated in the demo region was delivered, counted per toewijzingnummer.

At one price per product, that of 2019, so that a rise of tariffs is no use; spread evenly over the days.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from analyse.demo.feiten import Archief, Versie
from analyse.demo.waarheid_nummers import Nummer, in_venster
from analyse.demo.waarheid_wereld import PERIODEN
from analyse.demo.wereld import PEILDATUM
from analyse.kern.periode import Periode

_GRENS = date(PEILDATUM.year, 9, 30)  # declarations up to here are in
_PER_WEEK, _TOTAAL = "2", "6"


def verzilvering(archieven: Mapping[str, Archief], per: Mapping[str, list[Nummer]]) -> dict[str, float]:
    """Delivered ÷ allocated at one price per product, and what can't be said or never began."""
    telling: dict[str, float] = defaultdict(float)
    halven = [(p, p.begin, p.eind) for p in PERIODEN]
    for gemeente, archief in archieven.items():
        betaald = _betaald(archief)
        for n in per[gemeente]:
            v, tot = n.nu, min(n.nu.eind or _GRENS, _GRENS)
            if not n.hulpvorm or v.ingang > _GRENS or tot < v.ingang:
                continue
            mag = _toegewezen(v, tot)
            for p, begin, eind in halven:
                dagen = (min(tot, eind) - max(v.ingang, begin)).days + 1
                telling["alle"] += dagen > 0
                telling["onbekend"] += dagen > 0 and mag is None
                if mag is not None:
                    telling["mag"] += mag * max(dagen, 0) / ((tot - v.ingang).days + 1)
                    telling["geleverd"] += betaald[v.nummer, p]
            telling["begonnen"] += in_venster(v.ingang)
            telling["nooit"] += in_venster(v.ingang) and n.gemeld is None and not n.betaald
    return {
        "verzilvering.aandeel": 100 * telling["geleverd"] / telling["mag"],
        "verzilvering.onbekend": 100 * telling["onbekend"] / telling["alle"],
        "verzilvering.nooit_gestart": 100 * telling["nooit"] / telling["begonnen"],
    }


def _betaald(archief: Archief) -> Mapping[tuple[int, Periode], float]:
    """Approved units at the price of 2019, per number and half-year of delivery."""
    som: dict[tuple[int, Periode], float] = defaultdict(float)
    for r in archief.prestaties:
        if not r.afgewezen and r.begin <= _GRENS:
            waarde = r.volume * r.product.tarief_cent
            som[r.nummer, Periode.halfjaar_van(r.begin)] += -waarde if r.credit else waarde
    return som


def _toegewezen(v: Versie, tot: date) -> float | None:
    """Units × price from the first day up to and including `tot`; None when that can't be said."""
    if not v.volume or (v.product.frequentie == _TOTAAL and v.eind is None):
        return None
    if v.product.frequentie == _TOTAAL and v.eind is not None:
        keer = ((tot - v.ingang).days + 1) / ((v.eind - v.ingang).days + 1)
    elif v.product.frequentie == _PER_WEEK:
        keer = (tot.toordinal() - 1) // 7 - (v.ingang.toordinal() - 1) // 7 + 1
    else:
        keer = (tot.year - v.ingang.year) * 12 + tot.month - v.ingang.month + 1
    return float(v.volume * keer * v.product.tarief_cent)
