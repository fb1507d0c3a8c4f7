"""The messages on the front page: which figures are told first, by published rules (`docs/boodschappen.md`).

Signal before size, change before level, at most five, each with what it does not prove; that nothing changed is
a message too. Signals of months and of level come from `boodschap_naast`. The rules are blunt and the same for
every gemeente, so that nobody can choose what the front page says. Which figures stand there without a signal is
fixed: choosing by the size of ordinary swings would let chance choose. Pure functions on a Beeld, so only released
figures can come out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, isnan

import pandas as pd

from analyse.kern.periode import Periode
from analyse.weergave import opmaak
from analyse.weergave.beeld import Beeld
from analyse.weergave.bericht import Bericht
from analyse.weergave.boodschap_naast import Naastsignaal, maandsignalen, standsignalen
from analyse.weergave.boodschap_toets import STAPPEN, Band, Oordeel, Punt, Toets, toets
from analyse.weergave.boodschap_woorden import dan_jaar_eerder, wat, zin

MAXIMUM = 5


@dataclass(frozen=True)
class Kandidaat:
    """A figure that may become a message. `figuur` is the id of its chart; `verwijzer` narrows a split."""

    indicator: str
    hoofdstuk: str
    figuur: str
    verwijzer: str = ""


# In the order in which they are told when nothing else decides; the first of each chapter is its core figure.
KANDIDATEN: tuple[Kandidaat, ...] = (
    Kandidaat("jeugdigen.actief", "gebruik", "gebruik-omvang"),
    Kandidaat("trajecten.instroom", "instroom", "instroom-in-en-uit"),
    # The estimate and not the amount: declarations of the newest half-years are still coming in.
    Kandidaat("uitgaven.verwacht", "uitgaven", "uitgaven-verwacht"),
    Kandidaat("verblijf.jeugdigen", "uithuisplaatsingen", "uithuisplaatsingen-in-en-uit"),
    Kandidaat("wachttijd.toewijzing_start", "resultaat", "resultaat-wachttijd-verloop"),
    Kandidaat("verwijzingen.aandeel", "verwijzingen", "verwijzingen-verloop", verwijzer="02"),
    Kandidaat("trajectduur.mediaan_km", "trajectduur", "trajectduur-drie-maten"),
    Kandidaat("doorstroom.zwaarder", "zorgpaden", "zorgpaden-na-einde"),
    Kandidaat("aanbieder.aantal", "aanbieders", "aanbieders-aantal"),
    Kandidaat("trajecten.uitstroom", "instroom", "instroom-in-en-uit"),
    Kandidaat("verwijzingen.huisarts_sggz", "verwijzingen", "verwijzingen-huisarts-sggz"),
    Kandidaat("verblijf.nieuw", "uithuisplaatsingen", "uithuisplaatsingen-in-en-uit"),
    Kandidaat("verblijf.gedwongen", "uithuisplaatsingen", "uithuisplaatsingen-in-en-uit"),
    Kandidaat("trajectduur.langlopend", "trajectduur", "trajectduur-langlopend"),
    Kandidaat("uitval.strikt", "resultaat", "resultaat-afloop"),
)


@dataclass(frozen=True)
class Beoordeeld:
    """A candidate with its newest result row, that of a year earlier, and what the test says of it."""

    kandidaat: Kandidaat
    rij: pd.Series
    eerder: pd.Series | None
    toets: Toets

    @property
    def zichtbaar(self) -> bool:
        """Whether there is a figure to tell."""
        return self.toets.nu.zichtbaar

    @property
    def verandering(self) -> float:
        """Size of the change against a year earlier as a share of it: infinite from nothing, 0 unknown."""
        nu, toen = self.toets.nu.waarde, self.toets.toen.waarde if self.toets.toen else None
        if nu is None or toen is None or nu == toen:
            return 0.0
        return abs(nu - toen) / toen if toen else inf

    @property
    def richting(self) -> str:
        """The direction against a year earlier; a signal always has one, however small its step."""
        nu, toen = self.toets.nu.waarde, self.toets.toen.waarde if self.toets.toen else None
        return opmaak.verschil(nu, toen, str(self.rij["eenheid"]), marge=self.marge).richting

    @property
    def marge(self) -> float | None:
        """What still counts as 'about equal': nothing for a signal, else the usual of `opmaak.verschil`."""
        return 0.0 if self.toets.oordeel is Oordeel.SIGNAAL else None


def beoordeel(beeld: Beeld, kandidaat: Kandidaat, gebied: str | None = None) -> Beoordeeld:
    """Test the newest figure of one candidate for a gebied (default: that of the Beeld)."""
    per = "verwijzer" if kandidaat.verwijzer else ""
    gebieden = (gebied or beeld.gebied,)
    rijen = beeld.rijen(kandidaat.indicator, per=per, gebieden=gebieden, periodes=beeld.alle_periodes)
    if per:
        rijen = rijen[rijen["verwijzer"].eq(kandidaat.verwijzer)]
    if rijen.empty:
        rijen = beeld.rijen(kandidaat.indicator, gebieden=gebieden, periodes=[beeld.periode])
    nieuwste, eerder = rijen.iloc[-1], rijen[rijen["periode"].eq(str(beeld.jaar_eerder))]
    uitslag = toets(punten(rijen), eenheid=str(nieuwste["eenheid"]), breuken=beeld.breuken(kandidaat.indicator))
    return Beoordeeld(kandidaat, nieuwste, eerder.iloc[0] if len(eerder) else None, uitslag)


def punten(rijen: pd.DataFrame) -> list[Punt]:
    """Result rows of one series as points, oldest first."""
    getallen = rijen[["waarde", "teller", "noemer", "onder", "boven"]].to_numpy(dtype="float64")
    return [
        _punt(str(periode), [None if isnan(getal) else float(getal) for getal in rij], str(status))
        for periode, rij, status in zip(rijen["periode"], getallen, rijen["status"], strict=True)
    ]


def _punt(periode: str, getallen: list[float | None], status: str) -> Punt:
    waarde, teller, noemer, onder, boven = getallen
    return Punt(Periode.lees(periode), waarde, teller, noemer, onder, boven, status)


def berichten(beeld: Beeld) -> list[Bericht]:
    """The messages of one report, in order; at least one, at most five."""
    alle = [beoordeel(beeld, kandidaat) for kandidaat in KANDIDATEN]
    zichtbaar = [uitkomst for uitkomst in alle if uitkomst.zichtbaar]
    if not zichtbaar:
        return [_niets_te_zien(beeld, alle)]
    signalen = [u for u in zichtbaar if u.toets.oordeel is Oordeel.SIGNAAL]
    signalen.sort(key=lambda u: -u.verandering)
    maand, stand = _naast(beeld, signalen)
    verandering = [*(bericht(beeld, u) for u in signalen), *(n.bericht for n in maand)]
    eerst = [*(verandering or [_geen_verandering(beeld, zichtbaar)]), *(n.bericht for n in stand)]
    verteld = {u.kandidaat.hoofdstuk for u in signalen} | {n.hoofdstuk for n in (*maand, *stand)}
    rest = _kern(zichtbaar, zonder=verteld)[: max(0, MAXIMUM - len(eerst))]
    return [*eerst, *(bericht(beeld, u) for u in sorted(rest, key=_gelijk_of_onbekend))][:MAXIMUM]


def _naast(beeld: Beeld, signalen: Sequence[Beoordeeld]) -> tuple[list[Naastsignaal], list[Naastsignaal]]:
    """Signals of months (not of a figure whose half-year is one) and of level (one message per figure)."""
    if len(signalen) >= MAXIMUM:
        return [], []
    maand = maandsignalen(beeld, zonder={u.kandidaat.indicator for u in signalen})
    return maand, standsignalen(beeld, zonder={n.indicator for n in maand})


def _gelijk_of_onbekend(uitkomst: Beoordeeld) -> int:
    """Change before level: what moved, then what stayed about equal, then what can't be compared."""
    return {"gelijk": 1, "onbekend": 2}.get(uitkomst.richting, 0)


def _kern(zichtbaar: Sequence[Beoordeeld], *, zonder: set[str]) -> list[Beoordeeld]:
    """The first visible figure of every chapter that has no signal; known change before bare level."""
    eerste: dict[str, Beoordeeld] = {}
    for uitkomst in zichtbaar:
        eerste.setdefault(uitkomst.kandidaat.hoofdstuk, uitkomst)
    over = [uitkomst for hoofdstuk, uitkomst in eerste.items() if hoofdstuk not in zonder]
    return sorted(over, key=lambda u: u.toets.toen is None)


def bewijst_niet(beeld: Beeld, indicator: str) -> str:
    """What a figure does not prove, in the first sentence of its definition card; '' without a card."""
    kaart = beeld.kaart(indicator)
    return eerste_zin(kaart.bewijst_niet) if kaart else ""


def eerste_zin(tekst: str) -> str:
    """The first sentence of a text on a card, with its full stop."""
    return tekst.split(". ")[0].strip().rstrip(".") + "."


def bericht(beeld: Beeld, uitkomst: Beoordeeld) -> Bericht:
    """One visible candidate in words: the figure, its change in a year, and whether that is more than ordinary."""
    rij, uitslag = uitkomst.rij, uitkomst.toets
    eenheid, nu = str(rij["eenheid"]), uitslag.nu.waarde or 0.0
    toen = uitslag.toen.waarde if uitslag.toen else None
    kop = zin(rij, beeld.waar, jaren=beeld.params.regio.rekenregels.langlopend_jaren)
    vergelijking = dan_jaar_eerder(nu, toen, eenheid, marge=uitkomst.marge) if toen is not None else ""
    ster = opmaak.VOORLOPIG if uitslag.nu.status == "voorlopig" else ""
    return Bericht(
        tekst=f"{kop}{', ' if vergelijking else ''}{vergelijking}. {_oordeel(uitslag, eenheid)}",
        cijfer=(
            opmaak.euro_kort(nu).replace("miljoen", "mln") if eenheid == "euro" else opmaak.waarde(nu, eenheid)
        )
        + ster,
        richting=uitkomst.richting,
        oordeel=uitslag.oordeel,
        figuur=uitkomst.kandidaat.figuur,
        bewijst_niet=bewijst_niet(beeld, uitkomst.kandidaat.indicator),
    )


def _oordeel(uitslag: Toets, eenheid: str) -> str:
    if uitslag.oordeel is Oordeel.ONVOLDOENDE or uitslag.band is None:
        return "Er zijn te weinig vergelijkbare halfjaren om te zeggen of dit gewoon is."
    grenzen = van_tot(uitslag.band, eenheid)
    if uitslag.oordeel is Oordeel.SIGNAAL:
        return f"Dat valt buiten de gewone schommeling van {grenzen}."
    if uitslag.binnen:
        return f"Dat past bij de gewone schommeling van {grenzen}."
    kant = "boven" if uitslag.hoog else "onder"
    if uitslag.kan_nog_groeien:
        waarom = "het cijfer is voorlopig en kan nog groeien. Het is nog geen signaal"
    else:
        waarom = f"een jaar eerder lag het niet {'lager' if uitslag.hoog else 'hoger'}. Het is geen nieuw signaal"
    return f"Dat ligt {kant} de gewone schommeling van {grenzen}, maar {waarom}."


def van_tot(band: Band, eenheid: str) -> str:
    """The ordinary swing in words: '250 tot 300'."""
    if eenheid == "euro":
        return f"{opmaak.euro_kort(band.onder)} tot {opmaak.euro_kort(band.boven)}"
    decimalen = int(STAPPEN.get(eenheid, 1.0) < 1)
    return f"{opmaak.getal(band.onder, decimalen)} tot {opmaak.waarde(band.boven, eenheid)}"


def _geen_verandering(beeld: Beeld, zichtbaar: Sequence[Beoordeeld]) -> Bericht:
    beoordeeld = [u for u in zichtbaar if u.toets.oordeel is not Oordeel.ONVOLDOENDE]
    if not beoordeeld:
        tekst = (
            f"Voor {_deze(beeld)} is nog niet te zeggen of er iets betekenisvol verandert. "
            "Daarvoor zijn er te weinig halfjaren die met elkaar te vergelijken zijn."
        )
        niet = "Er kan wel iets veranderd zijn: deze cijfers laten dat nog niet zien."
        return Bericht(tekst, richting="onbekend", oordeel=Oordeel.ONVOLDOENDE, bewijst_niet=niet)
    aantal = opmaak.getal_woord(len(beoordeeld))
    geen = (
        "het ene kerncijfer dat te beoordelen is, geeft geen signaal"
        if len(beoordeeld) == 1
        else f"de {aantal} kerncijfers die te beoordelen zijn, geven geen signaal"
    )
    return Bericht(
        f"Er is in {beeld.waar} geen betekenisvolle verandering: {geen}.",
        bewijst_niet="Een kleine of langzame verandering ziet deze toets niet.",
    )


def _niets_te_zien(beeld: Beeld, alle: Sequence[Beoordeeld]) -> Bericht:
    if any(u.toets.nu.status == "verborgen" for u in alle):
        tekst = (
            f"De kerncijfers van {_deze(beeld)} zijn niet te zien door privacyregels: "
            "het gaat om te kleine aantallen."
        )
        niet = "Een klein aantal zegt niet dat er weinig aan de hand is."
    else:
        tekst = f"Voor {_deze(beeld)} zijn over dit halfjaar geen cijfers geleverd."
        niet = "Zonder cijfers kan er wel jeugdhulp zijn gegeven."
    return Bericht(tekst, richting="onbekend", oordeel=Oordeel.ONVOLDOENDE, bewijst_niet=niet)


def _deze(beeld: Beeld) -> str:
    return "de regio" if beeld.is_regio else f"de gemeente {beeld.naam}"


def omschrijving(kandidaat: Kandidaat, eenheid: str, *, jaren: int) -> str:
    """What a candidate measures, with a capital, for the head of a table row."""
    tekst = wat(kandidaat.indicator, eenheid, jaren=jaren)
    return tekst[0].upper() + tekst[1:]
