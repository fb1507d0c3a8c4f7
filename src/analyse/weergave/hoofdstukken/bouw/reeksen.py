"""Several measures of one gebied in one chart, and the sentence that heads it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from analyse.kern.periode import Periode
from analyse.weergave import Figuur, Waarschuwing, grafiek
from analyse.weergave.beeld import Beeld
from analyse.weergave.boodschap import Kandidaat, beoordeel
from analyse.weergave.boodschap_toets import Oordeel
from analyse.weergave.boodschap_woorden import dan_jaar_eerder, wat, zin
from analyse.weergave.hoofdstukken.bouw.gemeen import (
    bij_methode,
    breuken,
    bron,
    eenheid,
    heeft_inhoud,
    hoofdletter,
    jaren,
    leeg,
    met_namen,
    op,
    spanne,
    waarom_niet,
)


@dataclass(frozen=True)
class Lijn:
    """One series of a chart. Before `vanaf` there is too little history, so nothing is drawn."""

    naam: str
    indicator: str
    vanaf: Periode | None = None

    def rijen(self, beeld: Beeld) -> pd.DataFrame:
        """Its totals, with its name in the column `reeks`."""
        periodes = [periode for periode in beeld.periodes if self.vanaf is None or periode >= self.vanaf]
        return beeld.rijen(self.indicator, periodes=periodes or [beeld.periode]).assign(reeks=self.naam)

    def noten(self, beeld: Beeld, rijen: pd.DataFrame) -> Iterator[str]:
        """What a reader must know of a series that is short or not drawn."""
        if not heeft_inhoud(rijen):
            yield f"{self.naam}: {waarom_niet(rijen)}."
        elif self.vanaf is not None and self.vanaf > beeld.periodes[0]:
            reden = "omdat daarvoor eerdere jaren nodig zijn"
            yield f"{self.naam}: pas te meten vanaf het {self.vanaf.naam}, {reden}."


def reeksen(beeld: Beeld, lijnen: Sequence[Lijn], *, id: str, titel: str, wat_: str) -> Figuur | Waarschuwing:
    """Several indicators of this gebied in one chart; a series without anything to draw becomes a note."""
    delen = [lijn.rijen(beeld) for lijn in lijnen]
    zichtbaar = [deel for deel in delen if heeft_inhoud(deel)]
    if not zichtbaar:
        return leeg(beeld, wat_, pd.concat(delen, ignore_index=True))
    rijen = pd.concat(zichtbaar, ignore_index=True)
    noten = [noot for lijn, deel in zip(lijnen, delen, strict=True) for noot in lijn.noten(beeld, deel)]
    return Figuur(
        id=id,
        titel=titel,
        ondertitel=f"{hoofdletter(wat_)} in {beeld.waar}, per halfjaar, {spanne(beeld)}",
        bron=bron(beeld),
        grafiek=grafiek.lijn(rijen, eenheid=eenheid(rijen), breuken=breuken(beeld, rijen["indicator"].unique())),
        noten=(*noten, *bij_methode(rijen)),
        data=met_namen(beeld, rijen.drop(columns="reeks")),
        intern=beeld.intern,
    )


def titel_van(beeld: Beeld, *indicatoren: str, verschil: bool = True) -> str:
    """A sentence about the first of these that is visible now, with the change against a year earlier.

    A change is said with its judgement: signal, ordinary swing, or not to be judged. Without `verschil` for a
    table that doesn't hold the year earlier.
    """
    for indicator in indicatoren:
        nu = op(beeld.rijen(indicator, periodes=[beeld.periode]), beeld.gebied, beeld.periode)
        if nu is not None:
            slot = verandering(beeld, Kandidaat(indicator, "", "")) if verschil else ""
            return zin(nu, beeld.waar, jaren=jaren(beeld)) + (f", {slot}" if slot else "")
    laatste = beeld.rijen(indicatoren[0], periodes=[beeld.periode])
    onderwerp = wat(indicatoren[0], eenheid(laatste), jaren=jaren(beeld))
    return f"{hoofdletter(onderwerp)} in {beeld.waar}: {waarom_niet(laatste)}"


_OORDEEL = {
    Oordeel.SIGNAAL: "een signaal",
    Oordeel.GEWOON: "gewone schommeling",
    Oordeel.ONVOLDOENDE: "te weinig halfjaren voor een oordeel",
}


def verandering(beeld: Beeld, kandidaat: Kandidaat) -> str:
    """The change against a year earlier and what it is worth; '' when there is nothing to compare."""
    uitkomst = beoordeel(beeld, kandidaat)
    nu, toen = uitkomst.toets.nu.waarde, uitkomst.toets.toen
    if nu is None or toen is None or toen.waarde is None:
        return ""
    slot = dan_jaar_eerder(nu, toen.waarde, str(uitkomst.rij["eenheid"]), marge=uitkomst.marge)
    return slot if slot.startswith("ongeveer gelijk") else f"{slot} ({_OORDEEL[uitkomst.toets.oordeel]})"
