"""Chapter aanbieders: how many there are, who comes and goes in number, and how concentrated the money is.

Figures of one aanbieder are about few jeugdigen and stay INTERN: the report shows totals, never names. An
internal Beeld names only who lies outside the limits of chance, because a list in order would be a ranking.
"""

from __future__ import annotations

import pandas as pd

from analyse.kern import codes
from analyse.statistiek import Keuze, Trechter, trechter_aandeel
from analyse.weergave import Figuur, Tabel, Tekst, Waarschuwing, grafiek, opmaak
from analyse.weergave.beeld import Beeld
from analyse.weergave.hoofdstukken import bouw
from analyse.weergave.hoofdstukken.bouw.gemeen import bij_methode, bron, is_zichtbaar, kort, leeg, met_namen

_AANTAL, _CONCENTRATIE, _UITVAL = "aanbieder.aantal", "aanbieder.concentratie", "uitval.strikt"
_MATEN = {
    "Aanbieders": bouw.Maat(_AANTAL),
    "Nieuw": bouw.Maat("aanbieder.toetreders"),
    "Weg": bouw.Maat("aanbieder.uittreders"),
    "Aandeel vijf grootste": bouw.Maat(_CONCENTRATIE),
}
# Fewer ended trajecten than this say nothing about an aanbieder.
_GENOEG = 10


def aantal(beeld: Beeld) -> Tabel:
    """How many aanbieders, how many new and how many left: per half-year, or per gemeente for the region."""
    maak = bouw.per_gebied if beeld.is_regio else bouw.per_periode
    wanneer = f"{beeld.periode.naam}, per gemeente" if beeld.is_regio else "per halfjaar"
    return maak(
        beeld,
        _MATEN,
        id="aanbieders-aantal",
        titel=bouw.titel_van(beeld, _AANTAL, verschil=not beeld.is_regio),
        ondertitel=f"Aanbieders met jeugdigen uit {beeld.waar}, {wanneer}",
    )


def concentratie(beeld: Beeld) -> Figuur | Waarschuwing:
    """The share of the five largest aanbieders in the euros, through time, as far as declarations are complete.

    One line for this gebied: every gemeente is in the table above, and the newest half-years would mostly tell
    which aanbieder declares late.
    """
    rijen = beeld.rijen(_CONCENTRATIE)
    klaar = rijen[rijen["status"].ne("voorlopig")].assign(reeks=kort(beeld, beeld.gebied))
    if not is_zichtbaar(klaar):
        return leeg(beeld, "het aandeel van de vijf grootste aanbieders", rijen)
    gezien = klaar[klaar["waarde"].notna()].iloc[-1]
    deel, wanneer = opmaak.procent(gezien["waarde"]), opmaak.periode(str(gezien["periode"]))
    return Figuur(
        id="aanbieders-concentratie",
        titel=f"De vijf grootste aanbieders in {beeld.waar} kregen {deel} van de uitgaven in het {wanneer}",
        ondertitel="Aandeel van de vijf grootste aanbieders in de uitgaven, per halfjaar",
        bron=bron(beeld),
        grafiek=grafiek.lijn(klaar, eenheid="procent"),
        noten=("Halfjaren waarvan nog declaraties binnenkomen, doen niet mee.", *bij_methode(klaar)),
        data=met_namen(beeld, klaar.drop(columns="reeks")),
        intern=beeld.intern,
    )


def verschillen(beeld: Beeld) -> Tabel | Waarschuwing | Tekst:
    """INTERN: which aanbieders differ more in drop-out than chance explains. Else: why this isn't shown."""
    if not beeld.intern:
        return Waarschuwing(
            titel="Waarom hier geen cijfers per aanbieder staan",
            tekst=(
                "Achter een cijfer van één aanbieder zitten vaak maar weinig jeugdigen. Daarom blijven die "
                "cijfers binnen de gemeente. Contractmanagers hebben er een eigen rapport voor, per aanbieder. "
                "Daarin staat een aanbieder naast de gewone spreiding tussen aanbieders. Een ranglijst maken wij "
                "niet: die laat vooral toeval zien."
            ),
            soort="uitleg",
        )
    rijen = beeld.rijen(_UITVAL, per="aanbieder", gebieden=[codes.REGIO], periodes=[beeld.periode])
    rijen = rijen[rijen["noemer"].ge(_GENOEG)].reset_index(drop=True)
    if rijen.empty:
        return Tekst("Er zijn te weinig beëindigde trajecten om aanbieders te vergelijken.", intern=True)
    return _buiten(beeld, rijen, trechter_aandeel(rijen["teller"], rijen["noemer"], keuze=Keuze("optellend")))


def _buiten(beeld: Beeld, rijen: pd.DataFrame, trechter: Trechter) -> Tabel | Tekst:
    raak = trechter.tabel["signaal"]
    eigen = rijen[raak].sort_values("aanbieder", kind="stable")
    if eigen.empty:
        tekst = "Geen aanbieder verschilt in uitval meer van de andere dan toeval verklaart."
        return Tekst(f"{tekst} {trechter.methode}", intern=True)
    marge = trechter.tabel.loc[eigen.index]
    return Tabel(
        id="aanbieders-verschillen",
        titel="Aanbieders die in uitval meer verschillen dan toeval verklaart",
        ondertitel=f"Uitval in de regio, {beeld.periode.naam}; op code, geen ranglijst",
        tabel=pd.DataFrame(
            {
                "Aanbieder": eigen["aanbieder"].astype(str),
                "Uitval": bouw.cellen(eigen),
                "Gewoon voor deze grootte": [
                    f"{opmaak.procent(100 * onder)} tot {opmaak.procent(100 * boven)}"
                    for onder, boven in zip(marge["onder_998"], marge["boven_998"], strict=True)
                ],
            }
        ),
        bron=bron(beeld),
        noten=(trechter.methode,),
        data=met_namen(beeld, eigen),
        intern=True,
    )


def bewijst_niet(beeld: Beeld) -> Waarschuwing | Tekst:
    """What these figures don't prove."""
    return bouw.bewijst_niet(beeld, _AANTAL)
