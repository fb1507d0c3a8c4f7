"""Signals that half-years against their own past don't show: a month in a control chart, a level among gemeenten.

The verdicts are those of the chapters (`maandsignaal`, `verhouding`), so that the front page never calls a signal
what the chart behind it does not. At most one message per figure; gemeenten stand in the order of the region file,
because a ranking would say more than so few of them can. Rules: `docs/boodschappen.md`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pandas as pd

from analyse.kern.periode import Periode
from analyse.weergave import opmaak
from analyse.weergave.beeld import Beeld
from analyse.weergave.bericht import Bericht
from analyse.weergave.boodschap_toets import Oordeel
from analyse.weergave.maandsignaal import LAATSTE, beoordeelde_maanden, breuken_in, maanden
from analyse.weergave.verhouding import met_signaal, verhoudingen

MAANDCIJFER = "trajecten.instroom"
_BUITEN_GEWOON = "Dat valt buiten de gewone schommeling per maand."


@dataclass(frozen=True)
class Naastsignaal:
    """A message, with the figure that it is about and the chapter where its chart stands."""

    indicator: str
    hoofdstuk: str
    bericht: Bericht
    maand: bool = False


@dataclass(frozen=True)
class _Stand:
    """Where the ratio of a figure is shown, and how it is said of one gemeente ({meer}) and of the region."""

    hoofdstuk: str
    figuur: str
    eigen: str
    regio: str


# In the order in which they are told.
_STANDEN: Mapping[str, _Stand] = MappingProxyType(
    {
        "jeugdigen.actief": _Stand(
            "gebruik",
            "gebruik-naar-leeftijd",
            "In {waar} kregen {meer} jeugdigen jeugdhulp",
            "wijkt het aantal jeugdigen met jeugdhulp af",
        ),
        "trajecten.instroom": _Stand(
            "instroom",
            "instroom-naar-leeftijd",
            "In {waar} begonnen {meer} trajecten",
            "wijkt het aantal begonnen trajecten af",
        ),
    }
)


def maandsignalen(beeld: Beeld, *, zonder: Collection[str]) -> list[Naastsignaal]:
    """The signal in the last months of this gebied, unless a half-year of the same figure is told (`zonder`)."""
    if MAANDCIJFER in zonder:
        return []
    rijen = maanden(beeld, MAANDCIJFER, beeld.gebied)
    if rijen.empty:
        return []
    kaart = beoordeelde_maanden(beeld, rijen, breuken_in(beeld, MAANDCIJFER, rijen))
    laatste = kaart.assign(waarde=rijen["waarde"].to_numpy()).tail(LAATSTE)
    if not laatste["signaal"].any():
        return []
    return [Naastsignaal(MAANDCIJFER, "instroom", _maandbericht(beeld, laatste), maand=True)]


def standsignalen(beeld: Beeld, *, zonder: Collection[str]) -> list[Naastsignaal]:
    """Per figure: that this gemeente, or which of the region, lies outside what is usual for its ages."""
    return [
        Naastsignaal(indicator, stand.hoofdstuk, bericht)
        for indicator, stand in _STANDEN.items()
        if indicator not in zonder and (bericht := _standbericht(beeld, indicator, stand))
    ]


def naast(beeld: Beeld, indicator: str) -> Naastsignaal | None:
    """The one signal of a figure beside its half-years, a month before a level; None without."""
    anders = [naam for naam in _STANDEN if naam != indicator]
    maand = maandsignalen(beeld, zonder=() if indicator == MAANDCIJFER else (MAANDCIJFER,))
    return next(iter(maand or standsignalen(beeld, zonder=anders)), None)


def _maandbericht(beeld: Beeld, laatste: pd.DataFrame) -> Bericht:
    signaal = laatste[laatste["signaal"]]
    rij, maand = signaal.iloc[-1], Periode.lees(str(signaal.index[-1])).naam
    zelfde = int(signaal["richting"].eq(rij["richting"]).sum())
    anders = len(signaal) - zelfde
    return Bericht(
        tekst=f"In {beeld.waar} begonnen {_meer_of_minder(rij, maand, zelfde, laatste)}{_andere_kant(anders)}",
        cijfer=opmaak.getal(rij["waarde"]),
        richting=_richting(rij["richting"] == "hoger"),
        oordeel=Oordeel.SIGNAAL,
        figuur="instroom-per-maand",
        bewijst_niet="Enkele maanden zijn geen trend, en een signaal zegt niet waardoor het komt.",
    )


def _meer_of_minder(rij: pd.Series, maand: str, aantal: int, laatste: pd.DataFrame) -> str:
    """The newest month of the signal beside the mean; a run up or down may still lie on the other side of it."""
    hoger, nu = rij["richting"] == "hoger", opmaak.getal(rij["waarde"])
    meer, tegen = _woord(hoger), f"tegen gemiddeld {opmaak.getal(rij['gemiddelde'])} per maand"
    if (rij["waarde"] > rij["gemiddelde"]) != hoger:
        return f"maand na maand {meer} trajecten: {nu} in {maand}, {tegen}. Dat is vaker achter elkaar dan gewoon."
    wanneer, hoeveel = f"in {maand}", nu
    if aantal > 1:
        tot = Periode.lees(str(laatste.index[-1])).naam
        wanneer = (
            f"in {opmaak.getal_woord(aantal)} van de {opmaak.getal_woord(len(laatste))} maanden tot en met {tot}"
        )
        hoeveel = f"{nu} in {maand}"
    return f"{wanneer} {meer} trajecten dan gewoon: {hoeveel}, {tegen}. {_BUITEN_GEWOON}"


def _andere_kant(aantal: int) -> str:
    if not aantal:
        return ""
    return f" In {_telwoord(aantal)} andere maand{'en' if aantal > 1 else ''} was het juist andersom."


def _standbericht(beeld: Beeld, indicator: str, stand: _Stand) -> Bericht | None:
    rijen = verhoudingen(beeld, indicator)
    raak = met_signaal(rijen)
    if not beeld.is_regio:
        raak = raak[raak["gebied"].eq(beeld.gebied)]
    if raak.empty:
        return None
    tekst, cijfer = _van_regio(beeld, raak, stand, len(rijen)) if beeld.is_regio else _eigen(beeld, raak, stand)
    kanten = set(raak["waarde"].gt(100))
    return Bericht(
        tekst=tekst,
        cijfer=cijfer,
        richting="verschilt" if len(kanten) > 1 else _richting(kanten.pop()),
        oordeel=Oordeel.SIGNAAL,
        figuur=stand.figuur,
        bewijst_niet=(
            "Dat er te veel of te weinig hulp is: we rekenen alleen met leeftijd, niet met geslacht, inkomen "
            "of gezin. De grens komt uit "
            f"{opmaak.getal_woord(len(rijen))} gemeenten en is daardoor onzeker."
        ),
    )


def _eigen(beeld: Beeld, raak: pd.DataFrame, stand: _Stand) -> tuple[str, str]:
    rij = raak.iloc[0]
    verhouding = opmaak.procent(rij["waarde"])
    marge = f"{opmaak.getal(rij['onder'])} tot {opmaak.procent(rij['boven'])}"
    aantallen = f"{opmaak.getal(rij['geteld'])} tegen {opmaak.getal(rij['verwacht'])}"
    kop = stand.eigen.format(waar=beeld.waar, meer=_woord(rij["waarde"] > 100))
    tekst = (
        f"{kop} dan bij de leeftijden past: {aantallen} ({verhouding}, marge {marge}). "
        "Dat valt buiten wat tussen gemeenten gewoon is."
    )
    return tekst, verhouding + (opmaak.VOORLOPIG if rij["status"] == "voorlopig" else "")


def _van_regio(beeld: Beeld, raak: pd.DataFrame, stand: _Stand, alle: int) -> tuple[str, str]:
    namen = [
        f"{beeld.params.regio.namen[gebied]} ({'hoger' if waarde > 100 else 'lager'})"
        for gebied, waarde in zip(raak["gebied"], raak["waarde"], strict=True)
    ]
    waar = f"In {_telwoord(len(raak))} gemeente{'n' if len(raak) > 1 else ''}"
    tekst = f"{waar} {stand.regio} van wat bij de leeftijden past: {opmaak.opsomming(namen)}. "
    return tekst + "Dat valt buiten wat tussen gemeenten gewoon is.", f"{len(raak)} van {alle}"


def _telwoord(aantal: int) -> str:
    return "één" if aantal == 1 else opmaak.getal_woord(aantal)


def _woord(hoger: bool) -> str:
    return "meer" if hoger else "minder"


def _richting(hoger: bool) -> str:
    return "omhoog" if hoger else "omlaag"
