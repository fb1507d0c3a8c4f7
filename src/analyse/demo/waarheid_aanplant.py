"""What every list must find of the planted cases, and all figures of the aanbieder that helps nobody else."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from analyse.demo.aanplant import (
    AANBIEDER,
    BESLOTEN,
    GEMEENTE,
    GEVRAAGD,
    PRAKTIJK,
    Geplant,
    soort_en_product,
)
from analyse.demo.declareren import tarief
from analyse.demo.wereld import PEILDATUM, Zorgtraject
from analyse.kern.periode import Periode, halfjaren


def aanplant(geplant: Sequence[Geplant]) -> dict[str, Any]:
    """Numbers per signal, children per path, referrals of the praktijk, figures of the aanbieder."""
    signalen: dict[str, list[str]] = defaultdict(list)
    for een in geplant:
        signalen[een.geval.signaal] += [str(een.nummers[plek]) for plek in een.geval.raak]
    signalen.pop("", None)
    return {
        "gemeente": GEMEENTE,
        "aanbieder": AANBIEDER.agb,
        "praktijk": PRAKTIJK,
        "toewijzingen": sorted(str(nr) for een in geplant for nr in een.nummers),
        "signalen": dict(signalen),
        "reeksen": dict(Counter(een.geval.pad for een in geplant if een.geval.pad)),
        "combinaties": dict(Counter(een.geval.samen for een in geplant if een.geval.samen)),
        "verwezen": _verwezen(geplant),
        "van_de_aanbieder": _van_de_aanbieder(geplant),
    }


def _verwezen(geplant: Sequence[Geplant]) -> dict[str, dict[str, float]]:
    """Per half-year the referrals of the praktijk, those to specialist ggz, and the euros of its children."""
    per: dict[str, dict[str, float]] = {}
    for een in geplant:
        for deel in een.geval.delen:
            if deel.verwijzer == "02":
                soort, product = soort_en_product(deel.code)
                leeg = {"verwijzingen": 0, "sggz": 0, "euro": 0.0}
                half = per.setdefault(str(Periode.halfjaar_van(deel.begin)), dict(leeg))
                half["verwijzingen"] += 1
                half["sggz"] += soort.sggz
                for jaar, maand, volume in deel.geld:
                    naar = per.setdefault(f"{jaar}-H{1 if maand <= 6 else 2}", dict(leeg))
                    naar["euro"] += volume * tarief(product, jaar) / 100
    return per


def _van_de_aanbieder(geplant: Sequence[Geplant]) -> dict[str, dict[str, float]]:
    """Per indicator and half-year; a wait is the same for everybody."""
    eigen = [t for een in geplant for t in een.persoon.trajecten if t.aanbieder is AANBIEDER]
    perioden = list(halfjaren(Periode(2023, "H1"), Periode.halfjaar_van(PEILDATUM)))
    begonnen = [p for p in perioden if any(p.begin <= t.begin <= p.eind for t in eigen)]
    gevraagd = [p for p in begonnen if any(p.begin <= t.begin <= p.eind and t.verwijzer == "02" for t in eigen)]
    return {
        "trajecten.actief": {str(p): float(sum(_actief(t, p) for t in eigen)) for p in perioden},
        "trajecten.instroom": {str(p): float(sum(p.begin <= t.begin <= p.eind for t in eigen)) for p in perioden},
        "trajecten.uitstroom": {str(p): float(sum(p.begin <= t.eind <= p.eind for t in eigen)) for p in perioden},
        "jeugdigen.actief": {str(p): float(len({t.persoon.nr for t in eigen if _actief(t, p)})) for p in perioden},
        "uitgaven.bedrag": {str(p): _euro(geplant, p) for p in perioden},
        "wachttijd.toewijzing_start": {str(p): float(BESLOTEN) for p in begonnen},
        "wachttijd.verzoek_start": {str(p): float(GEVRAAGD) for p in gevraagd},
    }


def _actief(t: Zorgtraject, p: Periode) -> bool:
    return t.begin <= p.eind and t.eind >= p.begin


def _euro(geplant: Sequence[Geplant], p: Periode) -> float:
    return sum(
        volume * tarief(soort_en_product(deel.code)[1], jaar) / 100
        for een in geplant
        for deel in een.geval.delen
        if deel.aanbieder is AANBIEDER
        for jaar, maand, volume in deel.geld
        if (jaar, 1 if maand <= 6 else 2) == (p.jaar, int(p.deel[1]))
    )
