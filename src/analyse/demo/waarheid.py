"""What is really true in the demo region, written beside it: effects, scale, and the measured true inflow."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from analyse.demo import aanmelden, achtergrond, bijlagen, waarheid_zorg
from analyse.demo.declareren import INDEXATIE
from analyse.demo.effecten import WARE_EFFECTEN, WaarEffect
from analyse.demo.feiten import Archief
from analyse.demo.ijking import CBS_FRACTIE
from analyse.demo.verloop import SCHOK_REGIO_SD, SCHOK_RHO, SCHOK_SD
from analyse.demo.wereld import EERSTE_DAG, PEILDATUM, Wereld, Zorgtraject


def waarheid(
    wereld: Wereld, archieven: Mapping[str, Archief], *, schaal: float, zaad: int, metingen: Mapping[str, Any]
) -> str:
    """The truth as JSON text; counts are of the world, before registration loses or delays any.

    `metingen`: what a measurement must find (`waarheid_cijfers`, `waarheid_aanplant`).
    """
    inhoud = {
        "zaad": zaad,
        "schaal": schaal,
        "fractie_van_cbs": schaal * CBS_FRACTIE,
        "peildatum": PEILDATUM.isoformat(),
        "personen": len(wereld.personen),
        "schokken": {"sd": SCHOK_SD, "sd_regio": SCHOK_REGIO_SD, "autocorrelatie_per_kwartaal": SCHOK_RHO},
        "bijlagen": bijlagen.WAARHEID | achtergrond.WAARHEID | aanmelden.WAARHEID,
        "uitgaven": {
            "indexatie_procent": round(100 * (INDEXATIE - 1), 6),
            "uiteindelijk_cent": {gemeente: _uiteindelijk(archief) for gemeente, archief in archieven.items()},
        },
        "zorg": waarheid_zorg.zorg(wereld),
        "registratie": waarheid_zorg.registratie(archieven),
        **metingen,
        "effecten": [_effect(effect, wereld.trajecten) for effect in WARE_EFFECTEN],
    }
    return json.dumps(inhoud, ensure_ascii=False, indent=2) + "\n"


def _effect(effect: WaarEffect, trajecten: Iterable[Zorgtraject]) -> dict[str, Any]:
    return {
        "naam": effect.naam,
        "omschrijving": effect.omschrijving,
        "verwijzer": effect.verwijzer,
        "hulpvorm": effect.hulpvorm,
        "alleen_sggz": effect.alleen_sggz,
        "vanaf": {gemeente: dag.isoformat() for gemeente, dag in effect.vanaf.items()},
        "factor": effect.factor,
        "ware_instroom": _instroom(effect, trajecten),
    }


def _uiteindelijk(archief: Archief) -> dict[str, int]:
    """What the help of each half-year will have cost once every line is declared and answered."""
    som: Counter[str] = Counter()
    for regel in (*archief.prestaties, *archief.later):
        if not regel.retourcode:
            half = f"{regel.begin.year}-H{1 if regel.begin.month <= 6 else 2}"
            som[half] += -regel.bedrag_cent if regel.credit else regel.bedrag_cent
    return dict(sorted(som.items()))


def _instroom(effect: WaarEffect, trajecten: Iterable[Zorgtraject]) -> dict[str, dict[str, int]]:
    """True begins per gemeente and half-year of what the measure works on, in every gemeente."""
    geteld: dict[str, Counter[str]] = {}
    for t in trajecten:
        if t.begin >= EERSTE_DAG and not t.verhuisd and effect.raakt(t.soort, t.verwijzer):
            half = f"{t.begin.year}-H{1 if t.begin.month <= 6 else 2}"
            geteld.setdefault(t.gemeente, Counter())[half] += 1
    return {gemeente: dict(sorted(per.items())) for gemeente, per in sorted(geteld.items())}
