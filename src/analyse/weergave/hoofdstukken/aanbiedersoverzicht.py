"""Report aanbiedersoverzicht: all aanbieders of the region for contractmanagement, unprotected. INTERN.

In the order of their names and never of a figure; what differs is said in words, and only when the method that
allows for size and chance says so.
"""

from __future__ import annotations

import pandas as pd

from analyse.weergave import Figuur, Tabel, Tekst, Waarschuwing, grafiek, opmaak
from analyse.weergave.aanbieders import GEWOON, MATEN, ONBEKEND, vergelijk
from analyse.weergave.beeld import Beeld
from analyse.weergave.grafiek.vlak import As
from analyse.weergave.hoofdstukken import bouw
from analyse.weergave.hoofdstukken.bouw.gemeen import bron, leeg

_KOSTEN, _RESULTAAT = "uitgaven.per_traject", "uitval.strikt"


def tabel(beeld: Beeld) -> Tabel:
    """One row per aanbieder: clients, duration, waiting, result and cost per traject."""
    delen = {kop: vergelijk(beeld, indicator) for indicator, kop in MATEN.items()}
    namen = _namen(beeld, delen)
    kolommen = {kop: dict(zip(deel.index, bouw.cellen(deel), strict=True)) for kop, deel in delen.items()}
    rijen = {kop: [cellen.get(code, opmaak.GEEN_WAARNEMING) for code in namen] for kop, cellen in kolommen.items()}
    return Tabel(
        id="aanbiedersoverzicht-tabel",
        titel=f"Aanbieders in {beeld.waar} naast elkaar",
        ondertitel=f"{bouw.hoofdletter(beeld.periode.naam)}, op naam; geen ranglijst",
        tabel=pd.DataFrame({"Aanbieder": list(namen.values()), **rijen}),
        bron=bron(beeld),
        noten=(
            "Van sommige cijfers is het nieuwste halfjaar nog niet te meten. Dan staat er een eerder halfjaar.",
        ),
        data=pd.concat(list(delen.values()), ignore_index=True),
        intern=beeld.intern,
    )


def _namen(beeld: Beeld, delen: dict[str, pd.DataFrame]) -> dict[str, str]:
    gezien = {code for deel in delen.values() for code in deel.index}
    namen = {code: beeld.referentie.aanbieders.get(code, f"AGB {code}") for code in gezien}
    return dict(sorted(namen.items(), key=lambda paar: (paar[1], paar[0])))


def opvallend(beeld: Beeld) -> Tabel | Tekst:
    """Where an aanbieder differs more from the others than its size and chance explain."""
    delen = {kop: vergelijk(beeld, indicator) for indicator, kop in MATEN.items()}
    anders = [
        (code, kop, rij)
        for kop, deel in delen.items()
        for code, rij in deel.iterrows()
        if rij["oordeel"] not in ("", GEWOON, ONBEKEND)
    ]
    if not anders:
        return Tekst("Geen enkele aanbieder wijkt meer af dan gewoon is voor zijn grootte.", intern=beeld.intern)
    namen = _namen(beeld, delen)
    rijen = [
        [namen[str(code)], kop, bouw.cellen(rij.to_frame().T)[0], _regio(rij), str(rij["oordeel"])]
        for code, kop, rij in sorted(
            anders, key=lambda drie: (namen[str(drie[0])], list(MATEN.values()).index(drie[1]))
        )
    ]
    return Tabel(
        id="aanbiedersoverzicht-opvallend",
        titel="Wat meer verschilt dan gewoon is voor de grootte",
        ondertitel="Een verschil is een vraag voor het gesprek, geen oordeel over de aanbieder",
        tabel=pd.DataFrame(rijen, columns=["Aanbieder", "Cijfer", "Aanbieder zelf", "Regio", "Verschil"]),
        bron=bron(beeld),
        noten=(
            "Percentages: trechter met grenzen van 99,8 procent, verruimd omdat aanbieders andere kinderen "
            "helpen. Dagen en euro: de onzekerheidsmarge sluit het cijfer van de regio uit.",
        ),
        data=pd.DataFrame([rij for _, _, rij in anders]).reset_index(drop=True),
        intern=beeld.intern,
    )


def _regio(rij: pd.Series) -> str:
    return opmaak.cel(rij["regio"], str(rij["eenheid"]))


def kosten_en_resultaat(beeld: Beeld) -> Figuur | Waarschuwing:
    """Cost per traject against the share that dropped out, both with their margin."""
    kosten, resultaat = vergelijk(beeld, _KOSTEN), vergelijk(beeld, _RESULTAAT)
    samen = _vlakdata(kosten, resultaat)
    samen["naam"] = [beeld.referentie.aanbieders.get(str(code), f"AGB {code}") for code in samen.index]
    if samen[["x", "y"]].notna().all(axis=1).sum() < 2:
        return leeg(beeld, "kosten en resultaat van aanbieders", kosten)
    return Figuur(
        id="aanbiedersoverzicht-kosten",
        titel="Kosten en uitval per aanbieder: een punt is een aanbieder",
        ondertitel=f"Euro per afgesloten traject en uitval, {beeld.periode.naam}",
        bron=bron(beeld),
        grafiek=grafiek.vlak(
            samen, x=As("x", "euro", "Euro per afgesloten traject"), y=As("y", "procent", "Uitval in procenten")
        ),
        noten=("Dure hulp is vaak hulp voor kinderen met zware problemen. Dat zit niet in dit beeld.",),
        data=pd.concat([kosten, resultaat], ignore_index=True),
        intern=beeld.intern,
    )


def _vlakdata(kosten: pd.DataFrame, resultaat: pd.DataFrame) -> pd.DataFrame:
    maten = ["waarde", "onder", "boven"]
    x = kosten[maten].set_axis(["x", "x_onder", "x_boven"], axis=1)
    y = resultaat[maten].set_axis(["y", "y_onder", "y_boven"], axis=1)
    return x.join(y, how="outer").sort_index()
