"""Chapter datakwaliteit: on one page what limits these figures, measured and as found in the deliveries."""

from __future__ import annotations

import pandas as pd

from analyse.kern import codes
from analyse.weergave import Tabel, Tekst, Waarschuwing, opmaak
from analyse.weergave.beeld import Beeld
from analyse.weergave.hoofdstukken import bouw
from analyse.weergave.hoofdstukken.bouw.gemeen import bron, kort

_MATEN = {
    "Verwijzer onbekend": bouw.Maat("kwaliteit.verwijzer_onbekend"),
    "Begin zonder startbericht": bouw.Maat("kwaliteit.datumbron_begin"),
    "Einde zonder stopbericht": bouw.Maat("kwaliteit.datumbron_eind"),
    "Toewijzingen zonder hulpvorm": bouw.Maat("kwaliteit.zonder_hulpvorm"),
}
MAX_SOORTEN = 8  # kinds of findings beside those that hold figures back: the chapter is one page
_CORRECTIE = "CR"  # what was corrected stands in the chapter verantwoording
_ERNST = {"blokkerend": "Houdt cijfers tegen", "waarschuwing": "Let op", "informatie": "Ter informatie"}
_STATUS = {
    "definitief": "Definitief",
    "voorlopig": "Voorlopig",
    "verborgen": "Verborgen door privacyregels",
    "geen_waarneming": "Geen waarneming",
    "niet_leverbaar": "Niet beschikbaar",
}


def oordeel(beeld: Beeld) -> Waarschuwing:
    """In one sentence whether something in the deliveries holds figures back."""
    bevindingen = _bevindingen(beeld)
    raak = bevindingen[bevindingen["ernst"].eq("blokkerend")]
    if len(raak):
        waar = opmaak.opsomming([kort(beeld, code) for code in dict.fromkeys(raak["gebied"])])
        tekst = f"In de levering van {waar} staat iets dat cijfers tegenhoudt. Zie de tabel hieronder."
        return Waarschuwing(titel="Niet alle cijfers zijn te maken", tekst=tekst, intern=beeld.intern)
    tekst = (
        "In de leveringen is niets gevonden dat cijfers tegenhoudt. "
        "Er zijn wel aandachtspunten: zie de tabellen hieronder."
        if len(bevindingen)
        else "In de leveringen is niets gevonden dat deze cijfers beperkt."
    )
    return Waarschuwing(titel="Alle cijfers zijn te maken", tekst=tekst, soort="uitleg", intern=beeld.intern)


def _bevindingen(beeld: Beeld) -> pd.DataFrame:
    """Findings of the gemeenten in this report, most serious first."""
    alle = beeld.kwaliteit
    if alle.empty:
        return pd.DataFrame(columns=["gebied", "code", "ernst", "regel", "doe", "aantal"])
    gebieden = beeld.params.regio.codes if beeld.is_regio else (beeld.gebied,)
    eigen = alle[alle["gebied"].isin(gebieden) & ~_is_toegepast(alle)]
    volgorde = {naam: i for i, naam in enumerate(_ERNST)}
    return eigen.assign(_v=eigen["ernst"].astype(str).map(volgorde)).sort_values(
        ["_v", "code", "gebied"], kind="stable"
    )


def _is_toegepast(alle: pd.DataFrame) -> pd.Series:
    """Corrections that were applied; one that wasn't holds figures back and is a finding like any other."""
    return alle["code"].astype(str).str.startswith(_CORRECTIE) & alle["ernst"].ne("blokkerend")


def bevindingen(beeld: Beeld) -> Tabel | Tekst:
    """What limits the figures most and what to do about it; the other kinds are counted."""
    eigen = _bevindingen(beeld)
    if eigen.empty:
        return Tekst("Er zijn geen bevindingen in de leveringen van deze periode.", intern=beeld.intern)
    soorten = _op_zwaarte(eigen)
    getoond = [deel for nr, deel in enumerate(soorten) if nr < MAX_SOORTEN or deel["_v"].iloc[0] == 0]
    rijen = [_bevinding(beeld, deel) for deel in getoond]
    waar = "Gemeenten" if beeld.is_regio else "Aantal"
    return Tabel(
        id="datakwaliteit-bevindingen",
        titel=_titel_bevindingen(len(soorten)),
        ondertitel=f"Uit de controle van de leveringen, {_voor(beeld)}",
        tabel=pd.DataFrame(rijen, columns=["Wat er is gevonden", "Hoe erg", waar, "Wat te doen"]),
        bron=bron(beeld),
        noten=_noten(beeld, len(soorten) - len(rijen)),
        intern=beeld.intern,
    )


def _op_zwaarte(eigen: pd.DataFrame) -> list[pd.DataFrame]:
    """The findings per kind: what holds figures back first, then what occurs most."""
    delen = [deel for _, deel in eigen.groupby(["_v", "code", "regel"], sort=True)]
    return sorted(delen, key=lambda deel: (deel["_v"].iloc[0], -float(deel["aantal"].fillna(0).sum())))


def _noten(beeld: Beeld, rest: int) -> tuple[str, ...]:
    punt = () if beeld.is_regio else ("Een punt (.) betekent: minder dan we mogen tonen.",)
    if not rest:
        return punt
    meer = (
        "Nog één soort bevinding staat"
        if rest == 1
        else f"Nog {opmaak.getal_woord(rest)} soorten bevindingen staan"
    )
    return (*punt, f"{meer} in de controle van de levering, die de back office krijgt.")


def _voor(beeld: Beeld) -> str:
    return "alle gemeenten" if beeld.is_regio else beeld.naam


def _titel_bevindingen(aantal: int) -> str:
    if aantal == 1:
        return "Eén soort bevinding in de leveringen"
    return f"{bouw.hoofdletter(opmaak.getal_woord(aantal))} soorten bevindingen in de leveringen"


def _bevinding(beeld: Beeld, deel: pd.DataFrame) -> list[str]:
    eerste = deel.iloc[0]
    if beeld.is_regio:
        waar = _gemeenten(beeld, set(deel["gebied"]))
    else:
        waar = opmaak.cel(eerste["aantal"], "aantal", "verborgen" if pd.isna(eerste["aantal"]) else "definitief")
    ernst = str(eerste["ernst"])
    return [str(eerste["regel"]), _ERNST.get(ernst, ernst), waar, str(eerste["doe"]) or opmaak.GEEN_WAARNEMING]


def _gemeenten(beeld: Beeld, gevonden: set[str]) -> str:
    alle = beeld.params.regio.codes
    if gevonden.issuperset(alle):
        return "Alle gemeenten"
    return opmaak.opsomming([kort(beeld, code) for code in alle if code in gevonden])


def maten(beeld: Beeld) -> Tabel:
    """How much of the figures rests on unknown or second-choice data, per gebied."""
    return bouw.per_gebied(
        beeld,
        _MATEN,
        id="datakwaliteit-maten",
        titel=f"Waar de gegevens tekortschieten, {beeld.periode.naam}",
        ondertitel="De eerste drie kolommen zijn een deel van de begonnen of beëindigde trajecten",
    )


def zichtbaarheid(beeld: Beeld) -> Tabel:
    """How many figures of the newest half-year are shown, provisional, hidden or missing."""
    tabel = beeld.vrijgave.tabel
    eigen = tabel[tabel["gebied"].eq(beeld.gebied) & tabel["periode"].eq(str(beeld.periode))]
    kolommen = {"Alle cijfers": eigen, "Alleen totalen": eigen[_is_totaal(eigen)]}
    telling = {kop: [int(deel["status"].eq(status).sum()) for status in _STATUS] for kop, deel in kolommen.items()}
    return Tabel(
        id="datakwaliteit-zichtbaarheid",
        titel=_titel_zichtbaar(beeld, telling["Alle cijfers"]),
        ondertitel=f"Aantal cijfers over {beeld.waar} in het {beeld.periode.naam}, naar status",
        tabel=pd.DataFrame(
            {"Status": list(_STATUS.values()), **{kop: map(opmaak.getal, n) for kop, n in telling.items()}}
        ),
        bron=bron(beeld),
        intern=beeld.intern,
    )


def _is_totaal(rijen: pd.DataFrame) -> pd.Series:
    return (rijen[list(codes.DIMENSIES)] == codes.TOTAAL).all(axis=1)


def _titel_zichtbaar(beeld: Beeld, telling: list[int]) -> str:
    per_status = dict(zip(_STATUS, telling, strict=True))
    alle, verborgen = sum(telling), per_status["verborgen"]
    if not alle:
        return f"Over {beeld.waar} zijn in dit halfjaar geen cijfers gemaakt"
    if not verborgen:
        return f"Van de {opmaak.getal(alle)} cijfers over {beeld.waar} is er geen verborgen"
    return (
        f"Van de {opmaak.getal(alle)} cijfers over {beeld.waar} "
        f"{'is er 1' if verborgen == 1 else f'zijn er {opmaak.getal(verborgen)}'} verborgen"
    )
