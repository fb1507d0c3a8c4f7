"""The money: what a measure was expected to bring by its own assumptions, beside what was seen.

A handful of named rules and no free formulas, so that every number in a businesscase has a name, a source and a
careful and a hopeful value. Realised euros come from the effect measurement and from nothing else: cases that
didn't come, times the cost per case of the register; and only where the verdict is "effect aannemelijk".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

import pandas as pd

from analyse.effect.effect import Effect
from analyse.effect.oordeel import Oordeel
from analyse.effect.register import Maatregel
from analyse.effect.woorden import getal
from analyse.kern.effecten import met_euros
from analyse.kern.fouten import ParameterFout

Scenario = Literal["laag", "waarde", "hoog"]
SCENARIOS: tuple[Scenario, ...] = ("laag", "waarde", "hoog")
KOSTEN_PER_GEVAL = "kosten_per_traject"
NAN = float("nan")


@dataclass(frozen=True)
class Rekenregel:
    """One way to get from assumptions to euros per full year; `formule` is how it is published."""

    formule: str
    nodig: tuple[str, ...]
    reken: Callable[[Mapping[str, float]], float]


REKENREGELS: dict[str, Rekenregel] = {
    # Jongerenwerk: 8% of light help prevented, 5% made lighter.
    "voorkomen_en_lichter": Rekenregel(
        "trajecten per jaar × (aandeel voorkomen × kosten per traject + aandeel lichter × besparing als lichter)",
        ("trajecten_per_jaar", "aandeel_voorkomen", KOSTEN_PER_GEVAL, "aandeel_lichter", "besparing_lichter"),
        lambda a: (
            a["trajecten_per_jaar"]
            * (a["aandeel_voorkomen"] * a[KOSTEN_PER_GEVAL] + a["aandeel_lichter"] * a["besparing_lichter"])
        ),
    ),
    # School: a share of trajecten doesn't come.
    "voorkomen": Rekenregel(
        "trajecten per jaar × aandeel voorkomen × kosten per traject",
        ("trajecten_per_jaar", "aandeel_voorkomen", KOSTEN_PER_GEVAL),
        lambda a: a["trajecten_per_jaar"] * a["aandeel_voorkomen"] * a[KOSTEN_PER_GEVAL],
    ),
    # POH: two thirds are helped; not all of those would have been referred.
    "geholpen": Rekenregel(
        "kinderen per jaar × aandeel geholpen × aandeel dat anders was verwezen × kosten per traject",
        ("kinderen_per_jaar", "aandeel_geholpen", "aandeel_anders_verwezen", KOSTEN_PER_GEVAL),
        lambda a: (
            a["kinderen_per_jaar"] * a["aandeel_geholpen"] * a["aandeel_anders_verwezen"] * a[KOSTEN_PER_GEVAL]
        ),
    ),
    # Spiegelinformatie and GI: 5% and 10% of the value of referrals.
    "deel_van_waarde": Rekenregel(
        "waarde van de verwijzingen per jaar × aandeel besparing",
        ("waarde_verwijzingen", "aandeel_besparing"),
        lambda a: a["waarde_verwijzingen"] * a["aandeel_besparing"],
    ),
    # KIES: a group of eight instead of help for each child.
    "groepen": Rekenregel(
        "groepen per jaar × (kinderen × aandeel anders individueel × kosten individueel − kosten per groep)",
        (
            "groepen_per_jaar",
            "kinderen_per_groep",
            "aandeel_anders_individueel",
            "kosten_individueel",
            "kosten_per_groep",
        ),
        lambda a: (
            a["groepen_per_jaar"]
            * (
                a["kinderen_per_groep"] * a["aandeel_anders_individueel"] * a["kosten_individueel"]
                - a["kosten_per_groep"]
            )
        ),
    ),
    "dagen_korter": Rekenregel(
        "trajecten per jaar × dagen korter × kosten per dag",
        ("trajecten_per_jaar", "dagen_korter", "kosten_per_dag"),
        lambda a: a["trajecten_per_jaar"] * a["dagen_korter"] * a["kosten_per_dag"],
    ),
}


def per_jaar(maatregel: Maatregel, scenario: Scenario = "waarde") -> float:
    """Expected euros per full year in a scenario; NaN when the register names no rule.

    Raises ParameterFout that names the assumptions that a rule needs and the register lacks.
    """
    if maatregel.rekenregel is None:
        return NAN
    regel = REKENREGELS[maatregel.rekenregel]
    aannames = {
        a.naam: getattr(a, scenario) if getattr(a, scenario) is not None else a.waarde for a in maatregel.aannames
    }
    ontbreekt = [naam for naam in regel.nodig if naam not in aannames]
    if ontbreekt:
        raise ParameterFout(
            f"De rekenregel {maatregel.rekenregel} mist een aanname.",
            ontvangen=f"zonder {', '.join(ontbreekt)}",
            waar=f"{maatregel.id}.yaml, aannames",
            doe=f"Vul de aannames in: {', '.join(regel.nodig)}.",
        )
    return regel.reken(aannames)


def scenarios(maatregel: Maatregel) -> pd.DataFrame:
    """Euros per full year in the low, expected and high scenario; one row each: scenario, euro_per_jaar."""
    namen = {"laag": "laag", "waarde": "verwacht", "hoog": "hoog"}
    return pd.DataFrame(
        {"scenario": [namen[s] for s in SCENARIOS], "euro_per_jaar": [per_jaar(maatregel, s) for s in SCENARIOS]}
    )


def omslagpunt(maatregel: Maatregel) -> float:
    """For how many children a group must replace help of their own to earn itself back; NaN without groups."""
    aannames = {a.naam: a.waarde for a in maatregel.aannames}
    kosten, individueel = aannames.get("kosten_per_groep", NAN), aannames.get("kosten_individueel", NAN)
    return kosten / individueel


def jaren(effect: Effect, *, tot: date) -> pd.DataFrame:
    """Per calendar year up to `tot`: investment, promise, three scenarios, and what realised euros are made from.

    `deel`: the part of the year that the measure ran (mean of its gemeenten); `gevallen`: cases expected without
    the measure in the `kwartalen` that were measured; `mag`: whether the verdict allows realised euros.
    """
    m = effect.maatregel
    bedragen = {s: per_jaar(m, s) for s in SCENARIOS}
    rijen = []
    for jaar in _kalenderjaren(m, tot):
        deel = _deel_van(m, jaar, tot)
        gevallen, kwartalen = _gemeten(effect, jaar)
        rijen.append(
            {
                "maatregel": m.id,
                "jaar": jaar,
                "investering": m.investering.get(jaar, 0.0),
                "beloofd": m.opbrengst.get(jaar, NAN),
                **{("verwacht" if s == "waarde" else s): bedragen[s] * deel for s in SCENARIOS},
                "mag": effect.oordeel is Oordeel.AANNEMELIJK,
                "kosten_per_geval": _kosten(m),
                "gevallen": gevallen,
                "kwartalen": kwartalen,
                "deel": deel,
            }
        )
    return pd.DataFrame(rijen)


def businesscase(effect: Effect, *, tot: date) -> pd.DataFrame:
    """`jaren` with realised euros and their limits, net and cumulative (`kern.effecten.met_euros`). INTERN."""
    hoofd = effect.hoofd
    uitkomst = (hoofd.procent, *hoofd.interval) if hoofd else (NAN, NAN, NAN)
    tabel = jaren(effect, tot=tot)
    return met_euros(tabel, *uitkomst) if len(tabel) else tabel


def geldzin(effect: Effect) -> str:
    """Whether realised euros may be named, and if not, why; one Dutch sentence."""
    if effect.oordeel is not Oordeel.AANNEMELIJK:
        return f"Wat de maatregel opbracht, is niet te zeggen: het oordeel is ‘{effect.oordeel.value}’."
    if pd.isna(_kosten(effect.maatregel)):
        return "Wat de maatregel opbracht, is niet te zeggen: het register noemt geen kosten per traject."
    vermeden = effect.vermeden
    return f"Er kwamen naar schatting {getal(vermeden[0])} gevallen minder." if vermeden else ""


def _kosten(maatregel: Maatregel) -> float:
    return next((a.waarde for a in maatregel.aannames if a.naam == KOSTEN_PER_GEVAL), NAN)


def _kalenderjaren(maatregel: Maatregel, tot: date) -> range:
    eerste = [dag.year for dag in maatregel.start.values()] + list(maatregel.investering)
    return range(min(eerste), tot.year + 1) if eerste else range(0)


def _deel_van(maatregel: Maatregel, jaar: int, tot: date) -> float:
    """The part of a year that the measure ran, as a mean over its gemeenten; 0 when it runs nowhere."""
    begin, eind = date(jaar, 1, 1), min(date(jaar, 12, 31), tot)
    dagen = (date(jaar + 1, 1, 1) - begin).days
    delen = [
        max(0, (min(maatregel.einde[code] or eind, eind) - max(start, begin)).days + 1) / dagen
        for code, start in maatregel.start.items()
    ]
    return sum(delen) / len(delen) if delen else 0.0


def _gemeten(effect: Effect, jaar: int) -> tuple[float, int]:
    """Cases expected without the measure, and quarters measured, in one calendar year."""
    if effect.verloop.empty:
        return 0.0, 0
    raak = effect.verloop[
        effect.verloop["periode"].str.startswith(str(jaar)) & effect.verloop["verwacht_na"].gt(0)
    ]
    return float(raak["verwacht_na"].sum()), len(raak)
