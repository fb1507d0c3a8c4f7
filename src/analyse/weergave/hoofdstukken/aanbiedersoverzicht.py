"""Report aanbiedersoverzicht: all aanbieders of the region for contractmanagement, unprotected. INTERN.

In the order of their names and never of a figure; what differs is said in words, and only when the method that
allows for size, chance and kind of help says so. Two tables and not one, because ten columns don't fit a page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pandas as pd

from analyse.kern import codes
from analyse.statistiek import telling
from analyse.weergave import Figuur, Tabel, Tekst, Waarschuwing, grafiek, opmaak
from analyse.weergave.aanbieders import (
    GEWOON,
    KOSTEN,
    MATEN,
    ONBEKEND,
    PER,
    SGGZ,
    marge,
    mix,
    van_verwacht,
    vergelijk,
)
from analyse.weergave.beeld import Beeld
from analyse.weergave.grafiek.vlak import As
from analyse.weergave.hoofdstukken import bouw
from analyse.weergave.hoofdstukken.bouw.gemeen import bron, leeg

_RESULTAAT = "uitval.strikt"
_HALFJAREN = 4  # of drop-out beside costs: one half-year of a small aanbieder says nothing
_HULP = ("jeugdigen.actief", "trajectduur.mediaan_km", "wachttijd.toewijzing_start", KOSTEN)
_UITKOMST = tuple(naam for naam in MATEN if naam not in _HULP)
_EERDER = "Van sommige cijfers is het nieuwste halfjaar nog niet te meten. Dan staat er een eerder halfjaar."
_VERWACHT_NOOT = (
    "Verwacht is wat de hele regio heeft bij dezelfde soorten hulp. Zo telt niet mee dat de ene aanbieder "
    "verblijf geeft en de andere ambulante hulp. Hoe zwaar de problemen van de kinderen zijn, zit er niet in."
)
_KOSTEN_NOOT = (
    "Kosten van verwacht: afgesloten trajecten van de laatste twee jaar waarvan de declaraties compleet zijn, met "
    "een marge van 95 procent."
)
_TRECHTER_NOOT = (
    "Een verschil staat er alleen als de trechter het zegt: buiten de grenzen van 99,8 procent, verruimd omdat "
    "aanbieders ook om andere redenen verschillen."
)
_MEER = r"[>+]"
_PADEN = 10  # of each kind
_SOORTEN = {"reeks": "na elkaar", "combinatie": "tegelijk"}
_Delen = Mapping[str, pd.DataFrame]


def tabel(beeld: Beeld) -> Tabel:
    """One row per aanbieder: clients, duration, waiting, and costs beside what its kinds of help cost."""
    delen = {MATEN[indicator]: vergelijk(beeld, indicator) for indicator in _HULP}
    verhouding = {str(code): van_verwacht(rij) for code, rij in delen[MATEN[KOSTEN]].iterrows()}
    return _naast_elkaar(
        beeld,
        delen,
        id="aanbiedersoverzicht-tabel",
        titel=f"Aanbieders in {beeld.waar} naast elkaar: hulp en kosten",
        erbij={"Kosten van verwacht": verhouding},
        noten=(_EERDER, _VERWACHT_NOOT, _KOSTEN_NOOT),
    )


def uitkomsten(beeld: Beeld) -> Tabel:
    """One row per aanbieder: drop-out, no new start, satisfaction and goals."""
    return _naast_elkaar(
        beeld,
        {MATEN[indicator]: vergelijk(beeld, indicator) for indicator in _UITKOMST},
        id="aanbiedersoverzicht-uitkomsten",
        titel=f"Aanbieders in {beeld.waar} naast elkaar: wat ervan terechtkwam",
        noten=(_EERDER,),
    )


def sggz(beeld: Beeld) -> Tabel | Tekst:
    """Specialist mental care by aanbieder: how long it lasts, how often lighter help follows, and what differs."""
    delen = {kop: vergelijk(beeld, indicator) for indicator, kop in SGGZ.items()}
    delen = {kop: deel[deel["waarde"].notna() | deel["noemer"].gt(0)] for kop, deel in delen.items()}
    if all(deel.empty for deel in delen.values()):
        return Tekst("Geen aanbieder gaf in deze jaren specialistische ggz.", intern=beeld.intern)
    marges = {f"Marge {kop[0].lower()}{kop[1:]}": _per_code(deel, marge) for kop, deel in delen.items()}
    oordelen = {f"{kop.split(' (')[0]}: verschil": _per_code(deel, _oordeel) for kop, deel in delen.items()}
    return _naast_elkaar(
        beeld,
        delen,
        id="aanbiedersoverzicht-sggz",
        titel="Specialistische ggz: hoe lang, en hoe vaak daarna lichtere hulp",
        erbij={**marges, **oordelen},
        noten=(
            _EERDER,
            _TRECHTER_NOOT,
            "Duur: trajecten die in de twee jaar ervoor begonnen. Lichtere hulp: lager op de zwaarteladder.",
        ),
    )


def paden(beeld: Beeld) -> Tabel | Tekst:
    """Which aanbieders follow each other and help at the same time, most frequent first, by how many jeugdigen.

    Only what at least the minimum of the region did: fewer children may be recognised by whom they went to.
    """
    lijst = beeld.lijst("aanbiederpaden")
    rijen = lijst[lijst["gebied"].eq(codes.REGIO) & lijst["personen"].ge(beeld.params.regio.drempels.minimum)]
    # A child with one aanbieder is no path from one to another.
    rijen = rijen[rijen["pad"].str.contains(_MEER, regex=True)].groupby("soort", sort=False).head(_PADEN)
    if rijen.empty:
        return Tekst("Geen combinatie of opeenvolging van aanbieders komt vaak genoeg voor.", intern=beeld.intern)
    aandeel = 100 * rijen["personen"] / rijen["noemer"]
    return Tabel(
        id="aanbiedersoverzicht-paden",
        titel="Aanbieders die elkaar opvolgen of tegelijk helpen",
        ondertitel=f"Jeugdigen in {beeld.waar}, stand van het {beeld.periode.naam}",
        tabel=pd.DataFrame(
            {
                "Aanbieders": [_met_namen(beeld, pad) for pad in rijen["pad"]],
                "Soort": rijen["soort"].map(_SOORTEN).to_list(),
                "Jeugdigen": [opmaak.getal(aantal) for aantal in rijen["personen"]],
                "Aandeel": [opmaak.procent(deel, 1) for deel in aandeel],
            }
        ),
        bron=bron(beeld),
        noten=(
            "Na elkaar: van wie in de laatste drie jaar (opnieuw) in hulp kwam. Tegelijk: van wie op de laatste "
            f"dag hulp had. Minder dan {beeld.params.regio.drempels.minimum} jeugdigen staan er niet in.",
        ),
        data=rijen,
        intern=beeld.intern,
    )


def _met_namen(beeld: Beeld, pad: str) -> str:
    """A path of AGB codes in words."""
    namen = beeld.referentie.aanbieders
    stappen = [
        " en ".join(namen.get(code, f"AGB {code}") for code in re.split(r"\s?\+\s?", stap))
        for stap in pad.removesuffix(" > …").split(" > ")
    ]
    verder = " en verder" if pad.endswith("…") else ""
    return ", daarna ".join(stappen) + verder


def _per_code(deel: pd.DataFrame, maak: object) -> dict[str, str]:
    return {str(code): maak(rij) for code, rij in deel.iterrows()}  # type: ignore[operator]


def _oordeel(rij: pd.Series) -> str:
    return str(rij["oordeel"])


def _naast_elkaar(
    beeld: Beeld,
    delen: _Delen,
    *,
    id: str,
    titel: str,
    erbij: Mapping[str, Mapping[str, str]] | None = None,
    noten: Sequence[str] = (),
) -> Tabel:
    """One row per aanbieder in order of name, one column per part, then those of `erbij` (code to cell)."""
    namen = _namen(beeld, delen)
    cellen = {kop: dict(zip(deel.index, bouw.cellen(deel), strict=True)) for kop, deel in delen.items()}
    kolommen = {**cellen, **(erbij or {})}
    rijen = {kop: [cel.get(code, opmaak.GEEN_WAARNEMING) for code in namen] for kop, cel in kolommen.items()}
    return Tabel(
        id=id,
        titel=titel,
        ondertitel=f"{bouw.hoofdletter(beeld.periode.naam)}, op naam; geen ranglijst",
        tabel=pd.DataFrame({"Aanbieder": list(namen.values()), **rijen}),
        bron=bron(beeld),
        noten=noten,
        data=pd.concat(list(delen.values()), ignore_index=True),
        intern=beeld.intern,
    )


def _namen(beeld: Beeld, delen: _Delen) -> dict[str, str]:
    gezien = {code for deel in delen.values() for code in deel.index}
    namen = {code: beeld.referentie.aanbieders.get(code, f"AGB {code}") for code in gezien}
    return dict(sorted(namen.items(), key=lambda paar: (paar[1], paar[0])))


def opvallend(beeld: Beeld) -> Tabel | Tekst:
    """Where an aanbieder differs more from the others than its size, its kinds of help and chance explain."""
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
        [namen[str(code)], kop, bouw.cellen(rij.to_frame().T)[0], _bij_deze_hulp(rij), str(rij["oordeel"])]
        for code, kop, rij in sorted(
            anders, key=lambda drie: (namen[str(drie[0])], list(MATEN.values()).index(drie[1]))
        )
    ]
    return Tabel(
        id="aanbiedersoverzicht-opvallend",
        titel="Wat meer verschilt dan gewoon is voor de grootte",
        ondertitel="Een verschil is een vraag voor het gesprek, geen oordeel over de aanbieder",
        tabel=pd.DataFrame(
            rijen, columns=["Aanbieder", "Cijfer", "Aanbieder zelf", "Verwacht bij deze hulp", "Verschil"]
        ),
        bron=bron(beeld),
        noten=(_TRECHTER_NOOT, _VERWACHT_NOOT),
        data=pd.DataFrame([rij for _, _, rij in anders]).reset_index(drop=True),
        intern=beeld.intern,
    )


def _bij_deze_hulp(rij: pd.Series) -> str:
    return opmaak.cel(rij["verwacht"], str(rij["eenheid"]))


def kosten_en_resultaat(beeld: Beeld) -> Figuur | Waarschuwing:
    """Costs and drop-out of every aanbieder against what its kinds of help have in the region, with margins."""
    kosten, resultaat = vergelijk(beeld, KOSTEN), vergelijk(beeld, _RESULTAAT)
    samen = pd.concat([_kosten(beeld, kosten), _uitval(beeld)], axis=1).sort_index()
    samen["naam"] = [beeld.referentie.aanbieders.get(str(code), f"AGB {code}") for code in samen.index]
    if samen[["x", "y"]].notna().all(axis=1).sum() < 2:
        return leeg(beeld, "kosten en resultaat van aanbieders", kosten)
    signaal = {code for deel in (kosten, resultaat) for code in deel.index[~deel["oordeel"].isin(_GEEN_SIGNAAL)]}
    samen["label"] = samen["naam"].where(samen.index.isin(signaal), "")
    samen["open"] = samen.index.isin(mix(beeld).verblijf)
    return Figuur(
        id="aanbiedersoverzicht-kosten",
        titel="Kosten en uitval per aanbieder, gegeven de soorten hulp: een punt is een aanbieder",
        ondertitel="In procenten van wat de regio heeft bij dezelfde hulp, laatste twee jaar",
        bron=bron(beeld),
        grafiek=grafiek.vlak(
            samen.sort_values("naam", kind="stable"),
            x=As("x", "procent", "Kosten van verwacht", log=True),
            y=As("y", "procent", "Uitval van verwacht"),
        ),
        noten=(
            "100 procent is wat bij deze hulp past. Een open rondje is een aanbieder die vooral verblijf geeft. "
            "Een naam staat er alleen bij een verschil dat groter is dan toeval.",
            "Kosten van een kleine aanbieder liggen dichter bij 100 procent: weinig trajecten zeggen weinig "
            "(krimpschatting).",
            _VERWACHT_NOOT,
        ),
        data=pd.concat([kosten, resultaat], ignore_index=True),
        intern=beeld.intern,
    )


_GEEN_SIGNAAL = ("", GEWOON, ONBEKEND)


def _kosten(beeld: Beeld, kosten: pd.DataFrame) -> pd.DataFrame:
    """The ratio in percent, shrunk; as it was measured where the mix isn't known."""
    if mix(beeld).cellen.empty:
        eigen = kosten[["verhouding", "v_onder", "v_boven"]]
    else:
        eigen = mix(beeld).kosten()[["geschat", "g_onder", "g_boven"]]
    return 100 * eigen.astype(float).set_axis(["x", "x_onder", "x_boven"], axis=1)


def _uitval(beeld: Beeld) -> pd.DataFrame:
    """Observed ÷ expected drop-out in percent over two years, with the limits of chance (Byar, exact when few)."""
    jaren = beeld.periodes[-_HALFJAREN:]
    per = beeld.rijen(_RESULTAAT, per=PER, periodes=jaren).groupby(PER)[["teller", "noemer"]].sum()
    vormen = (
        beeld.rijen(_RESULTAAT, per="hulpvorm", periodes=jaren).groupby("hulpvorm")[["teller", "noemer"]].sum()
    )
    regio = beeld.rijen(_RESULTAAT, periodes=jaren)[["teller", "noemer"]].sum()
    per = per[per["noemer"].gt(0) & (per.index != codes.ONBEKEND)]
    aandeel = (vormen["teller"] / vormen["noemer"]).dropna()
    rest = float(regio["teller"]) / float(regio["noemer"]) if regio["noemer"] else float("nan")
    kans = mix(beeld).verwacht(per.index, aandeel, rest, log=False)
    verwacht = per["noemer"] * kans
    onder, boven = telling(per["teller"])
    uit = pd.DataFrame({"y": per["teller"], "y_onder": onder, "y_boven": boven}, index=per.index)
    return 100 * uit.div(verwacht.where(verwacht > 0), axis=0)
