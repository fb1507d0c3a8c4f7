"""From register and series to an effect: the whole measurement in its fixed order.

First what can be said before looking (obstacles, design, smallest detectable effect), then the estimates, then
the checks, then the verdict. A measure that is too young isn't estimated at all: a look in between would be an
extra test that nobody corrects for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from analyse.effect.controles import (
    CheckResult,
    breuken,
    jaren_na,
    lengte,
    placebo_gemeente,
    placebo_tijd,
    terugval,
    voortrend,
    weglaten,
)
from analyse.effect.detecteerbaar import kleinste_effect
from analyse.effect.did import schat_donoren, schat_regio, verloop
from analyse.effect.duurverschil import TOT, duurverschil
from analyse.effect.effect import Effect
from analyse.effect.gepaard import gepaarde_toets
from analyse.effect.its import schat_its, verloop_its
from analyse.effect.ontwerp import GEEN, Ontwerp, kies_ontwerp
from analyse.effect.oordeel import GRENZEN, Bewijs, holm
from analyse.effect.opzet import Opzet, maak_opzet
from analyse.effect.reeks import Reeks, eis_geen_woonplaatsbreuk
from analyse.effect.register import Maatregel, ook_bezig, samenloop
from analyse.effect.schatting import Schatting
from analyse.effect.synthetisch import schat_controle, schat_synthetisch
from analyse.kern.fouten import ParameterFout

MINSTENS_GEVALLEN = 20  # counted before the start, over the treated gebieden together
NAN = float("nan")


def schat(
    maatregel: Maatregel,
    reeks: Reeks,
    donoren: Reeks | None = None,
    *,
    register: Mapping[str, Maatregel] | None = None,
    namen: Mapping[str, str] | None = None,
    volledig: bool = True,
) -> Effect:
    """The effect of a measure on the region's series, limited to its target group.

    `reeks` holds every gemeente of the region, `donoren` gemeenten outside it; months become quarters. `register`
    is searched for measures that can't be told apart; `namen` turns codes into names. `volledig` adds the methods
    that inform but don't decide (region alone, classic synthetic control, interrupted series). Raises
    ParameterFout when the series isn't one of the measure's targets or spans a break that it may not span.
    """
    maatregel.doel(reeks.indicator)
    _eis_zelfde_indicator(reeks, donoren)
    eis_geen_woonplaatsbreuk(
        reeks.indicator, maatregel.doelgroep.hulpvorm, reeks.tijdvakken[0], reeks.tijdvakken[-1]
    )
    bekend = register or {}
    opzet = _opzet(maatregel, reeks, donoren, bekend)
    effect = replace(_vooraf(maatregel, reeks, opzet, bekend), namen=namen or {})
    if effect.bewijs.belemmering or effect.bewijs.jaren_na < GRENZEN.jaren_na:
        return effect
    return _meet(effect, opzet, volledig=volledig)


def _opzet(maatregel: Maatregel, reeks: Reeks, donoren: Reeks | None, register: Mapping[str, Maatregel]) -> Opzet:
    return maak_opzet(
        maatregel,
        _hoogstens_kwartaal(reeks),
        donoren and _hoogstens_kwartaal(donoren),
        ook_bezig=ook_bezig(maatregel, reeks.indicator, register),
    )


def _vooraf(maatregel: Maatregel, reeks: Reeks, opzet: Opzet, register: Mapping[str, Maatregel]) -> Effect:
    """Everything that can be said before the outcome is looked at."""
    ontwerp = kies_ontwerp(maatregel, opzet)
    belemmering = _belemmering(maatregel, opzet)
    return Effect(
        maatregel=maatregel,
        indicator=reeks.indicator,
        ontwerp=ontwerp,
        bewijs=Bewijs(belemmering=belemmering, jaren_na=jaren_na(opzet), hoogstens_aanwijzing=not ontwerp.bewijst),
        kleinste_effect=NAN if belemmering else kleinste_effect(opzet),
        tegelijk=_tegelijk(maatregel, reeks, register),
    )


def _eis_zelfde_indicator(reeks: Reeks, donoren: Reeks | None) -> None:
    if donoren is not None and donoren.indicator != reeks.indicator:
        raise ParameterFout(
            "Donoren moeten op dezelfde indicator gemeten zijn als de regio.",
            ontvangen=f"{donoren.indicator} naast {reeks.indicator}",
        )


def _meet(effect: Effect, opzet: Opzet, *, volledig: bool) -> Effect:
    """The effect with estimates, checks and evidence filled in."""
    schattingen = tuple(maak(opzet) for maak in _methoden(effect.ontwerp, volledig=volledig))
    if effect.ontwerp.soort == "its":
        bewijs = replace(effect.bewijs, p_zonder_donoren=schattingen[0].p)
        return replace(
            effect, bewijs=bewijs, schattingen=schattingen, controles=(lengte(opzet),), verloop=verloop_its(opzet)
        )
    los, trend = weglaten(opzet), voortrend(opzet)
    bewijs = replace(effect.bewijs, **_sleutels(effect.ontwerp, schattingen))
    return replace(
        effect,
        bewijs=replace(bewijs, p_voortrend=trend.getal, robuust=los.geslaagd),
        schattingen=schattingen,
        controles=(lengte(opzet), trend, los, *_overige_controles(effect.maatregel, opzet)),
        verloop=verloop(opzet),
    )


def _methoden(ontwerp: Ontwerp, *, volledig: bool) -> list[Callable[[Opzet], Schatting]]:
    """The methods that the verdict rests on, first and second, then the others."""
    beslist: dict[str, list[Callable[[Opzet], Schatting]]] = {
        "donoren": [schat_donoren, schat_synthetisch],
        "regio": [schat_regio],
        "its": [schat_its],
    }
    extra = [schat_regio, schat_controle, schat_its] if volledig and ontwerp.soort != "its" else []
    eerst = beslist[ontwerp.soort]
    return eerst + [methode for methode in extra if methode not in eerst]


def _sleutels(ontwerp: Ontwerp, schattingen: Sequence[Schatting]) -> dict[str, Any]:
    """The p-values that the rules look at."""
    eerste = schattingen[0]
    if ontwerp.soort == "regio":
        return {"p_zonder_donoren": eerste.p}
    tweede = schattingen[1]
    return {"p_eerste": eerste.p, "p_tweede": tweede.p, "zelfde_teken": bool(eerste.log * tweede.log > 0)}


def _overige_controles(maatregel: Maatregel, opzet: Opzet) -> tuple[CheckResult, ...]:
    return (
        placebo_tijd(opzet),
        placebo_gemeente(opzet),
        breuken(opzet),
        terugval(opzet, gekozen_om_hoge_cijfers=maatregel.gekozen_om_hoge_cijfers),
    )


def _hoogstens_kwartaal(reeks: Reeks) -> Reeks:
    """Months of a small gemeente are mostly zeros; a quarter keeps the season and loses the noise."""
    return reeks.naar("kwartaal") if reeks.per_jaar > 4 else reeks


def _belemmering(maatregel: Maatregel, opzet: Opzet) -> str:
    """Why nothing can be measured, as one Dutch sentence; empty when it can (or is only too early)."""
    deelnemers = [opzet.reeks.rij(code) for code in maatregel.start if code in opzet.reeks.gebieden]
    if maatregel.gegevens != "reeks":
        return "De maatregel wordt niet aan een reeks afgemeten, maar aan eigen gegevens."
    if maatregel.stand_van_zaken.stand == "niet_gestart":
        return "De maatregel is nog niet gestart."
    if not deelnemers:
        return "Er is in de reeks geen gemeente die meedoet."
    if opzet.vensters and min(v.lengte_basis for v in opzet.vensters) < opzet.reeks.per_jaar:
        return "Er is minder dan een jaar aan cijfers van voor de start."
    if _gevallen(opzet, deelnemers) < MINSTENS_GEVALLEN:
        # Without the count: this sentence is published.
        return f"Er zijn te weinig gevallen om iets te zien: minder dan {MINSTENS_GEVALLEN} voor de start."
    return ""


def _gevallen(opzet: Opzet, deelnemers: Sequence[int]) -> float:
    """Cases before the start; before it has started anywhere, all cases so far."""
    if not opzet.vensters:
        return float(np.nansum(opzet.reeks.aantal[list(deelnemers)]))
    return sum(
        float(np.nansum(opzet.reeks.aantal[rij, v.basis]))
        for rij, v in zip(opzet.behandeld, opzet.vensters, strict=True)
    )


def _tegelijk(
    maatregel: Maatregel, reeks: Reeks, register: Mapping[str, Maatregel]
) -> Mapping[str, tuple[str, ...]]:
    van, tot = reeks.tijdvakken[0].begin, reeks.tijdvakken[-1].eind
    return samenloop(maatregel, reeks.indicator, register, van=van, tot=tot)


def schat_alle(
    register: Mapping[str, Maatregel],
    reeksen: Mapping[str, Reeks],
    donoren: Mapping[str, Reeks] | None = None,
    *,
    namen: Mapping[str, str] | None = None,
) -> tuple[Effect, ...]:
    """Every measure for which there is a series (by id of the measure), with p-values corrected for each other."""
    paneel = donoren or {}
    effecten = [
        schat(register[naam], reeks, paneel.get(naam), register=register, namen=namen)
        for naam, reeks in reeksen.items()
    ]
    return corrigeer(effecten)


def corrigeer(effecten: Sequence[Effect]) -> tuple[Effect, ...]:
    """The same effects, judged by p-values corrected for being tested together (Holm); estimates don't change."""
    eerste = holm([effect.bewijs.p_eerste for effect in effecten])
    tweede = holm([effect.bewijs.p_tweede for effect in effecten])
    zonder = holm([effect.bewijs.p_zonder_donoren for effect in effecten])
    getoetst = sum(bool(effect.schattingen) for effect in effecten)
    return tuple(
        replace(
            effect,
            bewijs=replace(effect.bewijs, p_eerste=p1, p_tweede=p2, p_zonder_donoren=p3),
            aantal_getoetst=getoetst if effect.schattingen else 1,
        )
        for effect, p1, p2, p3 in zip(effecten, eerste, tweede, zonder, strict=True)
    )


def schat_scores(
    maatregel: Maatregel, voor: ArrayLike, na: ArrayLike, *, namen: Mapping[str, str] | None = None
) -> Effect:
    """The effect on scores of the same persons before and after; never more than an indication."""
    uitkomst = gepaarde_toets(voor, na)
    bewijs = Bewijs(jaren_na=NAN, p_zonder_donoren=uitkomst.p, hoogstens_aanwijzing=True)
    return _zonder_reeks(maatregel, bewijs, uitkomst.tekst, namen)


def schat_duur(
    maatregel: Maatregel, trajecten: pd.DataFrame, *, tot: float = TOT, namen: Mapping[str, str] | None = None
) -> Effect:
    """The effect on duration within `tot` days, from one row per traject (see `duurverschil`).

    Never more than an indication.
    """
    uitkomst = duurverschil(trajecten, tot=tot)
    bewijs = Bewijs(jaren_na=NAN, p_zonder_donoren=uitkomst.p, hoogstens_aanwijzing=True)
    return replace(_zonder_reeks(maatregel, bewijs, uitkomst.tekst, namen), duur=uitkomst)


def niet_meetbaar(maatregel: Maatregel, reden: str, *, namen: Mapping[str, str] | None = None) -> Effect:
    """The effect of a measure that these data can't judge, with the reason as one Dutch sentence."""
    return _zonder_reeks(maatregel, Bewijs(belemmering=reden), "", namen)


def _zonder_reeks(maatregel: Maatregel, bewijs: Bewijs, uitleg: str, namen: Mapping[str, str] | None) -> Effect:
    return Effect(
        maatregel=maatregel,
        indicator=maatregel.doelindicatoren[0].indicator,
        ontwerp=GEEN if maatregel.gegevens == "reeks" else kies_ontwerp(maatregel),
        bewijs=bewijs,
        uitleg=uitleg,
        namen=namen or {},
    )
