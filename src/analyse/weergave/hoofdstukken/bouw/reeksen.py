"""Several measures of one gebied in one chart, and the sentence that heads it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from analyse.kern.periode import Periode
from analyse.weergave import Figuur, Waarschuwing, grafiek
from analyse.weergave.beeld import Beeld
from analyse.weergave.boodschap_woorden import dan_jaar_eerder, wat, zin
from analyse.weergave.hoofdstukken.bouw.gemeen import (
    bij_methode,
    breuken,
    bron,
    eenheid,
    hoofdletter,
    is_zichtbaar,
    jaren,
    leeg,
    met_namen,
    op,
    spanne,
    waarom_niet,
)


def reeksen(
    beeld: Beeld,
    namen: Mapping[str, str],
    *,
    id: str,
    titel: str,
    wat_: str,
    vanaf: Mapping[str, Periode] | None = None,
) -> Figuur | Waarschuwing:
    """Several indicators of this gebied in one chart; `namen`: name in the chart → indicator.

    `vanaf` names the first half-year in which an indicator can be trusted; what lies before it isn't drawn.
    """
    vanaf = vanaf or {}
    delen = [_deel(beeld, naam, indicator, vanaf.get(indicator)) for naam, indicator in namen.items()]
    noten = [
        _pas_vanaf(naam, vanaf[ind])
        for naam, ind in namen.items()
        if vanaf.get(ind, beeld.periodes[0]) > beeld.periodes[0]
    ]
    zichtbaar = [deel for deel in delen if is_zichtbaar(deel)]
    if not zichtbaar:
        return leeg(beeld, wat_, pd.concat(delen, ignore_index=True))
    rijen = pd.concat(zichtbaar, ignore_index=True)
    weg = [str(deel["reeks"].iloc[0]) for deel in delen if not is_zichtbaar(deel)]
    return Figuur(
        id=id,
        titel=titel,
        ondertitel=f"{hoofdletter(wat_)} in {beeld.waar}, per halfjaar, {spanne(beeld)}",
        bron=bron(beeld),
        grafiek=grafiek.lijn(rijen, eenheid=eenheid(rijen), breuken=breuken(beeld, namen.values())),
        noten=(*(f"{naam}: {_reden(delen, naam)}." for naam in weg), *noten, *bij_methode(rijen)),
        data=met_namen(beeld, rijen.drop(columns="reeks")),
        intern=beeld.intern,
    )


def _deel(beeld: Beeld, naam: str, indicator: str, vanaf: Periode | None) -> pd.DataFrame:
    periodes = [periode for periode in beeld.periodes if vanaf is None or periode >= vanaf]
    return beeld.rijen(indicator, periodes=periodes or [beeld.periode]).assign(reeks=naam)


def _pas_vanaf(naam: str, vanaf: Periode) -> str:
    return f"{naam}: pas te meten vanaf het {vanaf.naam}, omdat daarvoor eerdere jaren nodig zijn."


def _reden(delen: Sequence[pd.DataFrame], naam: str) -> str:
    return waarom_niet(next(deel for deel in delen if deel["reeks"].iloc[0] == naam))


def titel_van(beeld: Beeld, *indicatoren: str) -> str:
    """A sentence about the first of these that is visible now, with the change against a year earlier."""
    for indicator in indicatoren:
        rijen = beeld.rijen(indicator)
        nu, toen = (op(rijen, beeld.gebied, periode) for periode in (beeld.periode, beeld.jaar_eerder))
        if nu is not None:
            verschil = dan_jaar_eerder(nu["waarde"], toen["waarde"], nu["eenheid"]) if toen is not None else ""
            return zin(nu, beeld.waar, jaren=jaren(beeld)) + (f", {verschil}" if verschil else "")
    laatste = beeld.rijen(indicatoren[0], periodes=[beeld.periode])
    onderwerp = wat(indicatoren[0], eenheid(laatste), jaren=jaren(beeld))
    return f"{hoofdletter(onderwerp)} in {beeld.waar}: {waarom_niet(laatste)}"
