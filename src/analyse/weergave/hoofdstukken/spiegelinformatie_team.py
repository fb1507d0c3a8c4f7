"""Report spiegelinformatie_team: one team of the toegang beside the region, for its own gemeente only.

The shapes of the mirror of a huisartspraktijk, with the protection of small numbers in `bouw.teams`. Compared is
how heavy the help is, given the ages of the children, because nobody knows how many children a team works for.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analyse.kern import codes
from analyse.weergave import Figuur, Tabel, Tekst, Waarschuwing, opmaak
from analyse.weergave.beeld import Beeld
from analyse.weergave.hoofdstukken.bouw import spiegel as vorm
from analyse.weergave.hoofdstukken.bouw.teams import Team, samengevoegd

WIE = vorm.Wie(
    id="spiegelinformatie-team",
    kop="Dit team",
    gewoon="Dit team wijst niet opvallend meer of minder zware hulp toe dan andere teams van deze grootte",
    meer="Dit team wijst duidelijk vaker zwaardere hulp toe dan gewoon voor deze grootte",
    minder="Dit team wijst duidelijk minder vaak zwaardere hulp toe dan gewoon voor deze grootte",
    rand="Dit team ligt aan de rand van wat gewoon is voor deze grootte; dat kan toeval zijn",
)
_ZWAAR = (
    "Zwaardere hulp is specialistische hulp, specialistische ggz, daghulp, pleegzorg en verblijf (trede 3 en "
    "hoger op de zwaarteladder van de regio)."
)
_KLEIN = "Een punt (.) betekent: te klein om te laten zien. Ook wat zo'n getal zou verraden, laten we weg."
_WOORDEN = "Wat zwaardere hulp, verlengd en toegewezen betekenen, staat bij de tabel per halfjaar."
_EURO = (
    "Toegewezen is de omvang maal de gemiddelde prijs van dat product, over de hele looptijd. Toewijzingen zonder "
    "omvang of einddatum tellen daarin niet mee."
)
_VERLENGD = (
    "Verlengd is een nieuwe toewijzing die later een nieuw einde kreeg, of die binnen 32 dagen werd voortgezet "
    "met dezelfde hulp. Van de nieuwste halfjaren kan dat nog komen."
)


def leeswijzer(beeld: Beeld, team: str) -> Waarschuwing:
    """For whom this is, and that it is meant to start a conversation."""
    demo = " Het team en de kinderen zijn verzonnen." if beeld.demo else ""
    return Waarschuwing(
        titel=f"Alleen voor de gemeente {beeld.naam}: {Team.van(beeld, team).naam}",
        tekst=(
            "U ziet hier wat dit team van de toegang toewees, naast de regio. Geen andere gemeente krijgt deze "
            f"cijfers.{demo} Meer, zwaarder of langer toewijzen is niet goed of fout. Het hangt af van de "
            "kinderen, de buurt en de taken van het team. Gebruik deze bladzijde om er samen over te praten, niet "
            "om iemand te beoordelen."
        ),
        soort="uitleg",
    )


def _te_weinig(team: Team) -> Waarschuwing:
    if team.eigen.empty:
        return Waarschuwing(
            titel="Geen toewijzingen van dit team gevonden",
            tekst="In de leveringen staat dit team niet bij toewijzingen. Controleer de naam.",
        )
    return Waarschuwing(
        titel="Te weinig toewijzingen om te laten zien",
        tekst=(
            f"In het laatste jaar wees dit team minder dan {team.minimum} keer nieuwe hulp toe. Dan gaat een "
            "cijfer over te weinig kinderen."
        ),
        soort="uitleg",
    )


def verloop(beeld: Beeld, team: str) -> Figuur | Waarschuwing:
    """New allocations per half-year, and those of heavier help."""
    eigen = Team.van(beeld, team)
    reeks = eigen.reeks("toewijzingen")
    if not eigen.genoeg or reeks.isna().all():
        return _te_weinig(eigen)
    reeksen = {"Alle nieuwe hulp": reeks, "Zwaardere hulp": eigen.reeks("zwaar")}
    nu = reeks.iloc[-1]
    keer = "te weinig om te laten zien" if np.isnan(nu) else f"{opmaak.getal(nu)} keer"
    return vorm.lijnen(
        beeld,
        WIE,
        {naam: deel for naam, deel in reeksen.items() if deel.notna().any()},
        titel=f"Nieuwe hulp toegewezen in het {beeld.periode.naam}: {keer}",
        ondertitel="Nieuwe toewijzingen van dit team per halfjaar",
    )


def per_halfjaar(beeld: Beeld, team: str) -> Tabel | Tekst:
    """Allocations, extensions, heavier help, s-ggz, euros and duration through time."""
    eigen = Team.van(beeld, team)
    if not eigen.genoeg:
        return Tekst("")
    per, nieuw = eigen.per_halfjaar, eigen.reeks("toewijzingen")
    delen = {
        naam: 100 * eigen.reeks(naam) / per["toewijzingen"].where(per["toewijzingen"] > 0)
        for naam in ("zwaar", "sggz", "verlengd")
    }
    return vorm.per_halfjaar(
        beeld,
        WIE,
        {
            "Nieuw": _cellen(nieuw, "aantal"),
            "Zwaarder": _cellen(delen["zwaar"], "procent"),
            "S-ggz": _cellen(delen["sggz"], "procent"),
            "Verlengd": _cellen(delen["verlengd"], "procent"),
            "Toegewezen": _cellen(per["euro"].where(nieuw.notna()), "euro"),
        },
        titel="Wat dit team toewees",
        noten=(_KLEIN, _ZWAAR, _VERLENGD, _EURO),
    )


def _cellen(reeks: pd.Series, eenheid: str) -> list[str]:
    return [opmaak.cel(w, eenheid, "verborgen" if np.isnan(w) else "definitief") for w in reeks]


def naast_de_regio(beeld: Beeld, team: str) -> Figuur | Waarschuwing | Tekst:
    """Share of heavier help, given the ages, beside what is ordinary for a team of this size."""
    eigen = Team.van(beeld, team)
    if not eigen.genoeg:
        return Tekst("")
    som, regio = eigen.som(eigen.eigen), eigen.som(eigen.regio)
    grenzen = eigen.rijen[eigen.rijen["soort"].eq("grens") & eigen.rijen["periode"].eq(eigen.perioden[-1])]
    rij = eigen.eigen[eigen.eigen["hulpvorm"].eq(codes.TOTAAL) & eigen.eigen["periode"].eq(eigen.perioden[-1])]
    if (
        grenzen.empty
        or rij.empty
        or not eigen.vergelijkbaar
        or not eigen.veilig(som["zwaar"], som["toewijzingen"])
    ):
        return _niet_te_vergelijken()
    aandeel = 100 * float(regio["zwaar"] / regio["toewijzingen"])
    punt = {
        **{naam: rij.iloc[0][naam] for naam in (*vorm.GRENZEN, "verhouding", "oordeel", "kant")},
        "grootte": float(som["verwacht"]),
        "ondertitel": "Deel zwaardere hulp van de nieuwe toewijzingen, laatste jaar, bij gelijke leeftijden",
    }
    lat = vorm.Maatlat(aandeel, "procent", "Zwaardere toewijzingen die u mag verwachten")
    return vorm.trechter(beeld, WIE, pd.Series(punt), grenzen[["grootte", *vorm.GRENZEN]].astype(float), lat)


def _niet_te_vergelijken() -> Waarschuwing:
    return Waarschuwing(
        titel="Dit team is niet te vergelijken",
        tekst=(
            "Daarvoor zijn er te weinig toewijzingen van dit team, of te weinig andere teams en gemeenten die het "
            "team bij de toewijzing leveren."
        ),
        soort="uitleg",
    )


def hulp(beeld: Beeld, team: str) -> Tabel | Tekst:
    """For which help: own allocations of the last year, small kinds of help put together."""
    eigen = Team.van(beeld, team)
    if not eigen.genoeg:
        return Tekst("")
    recent = eigen.rijen[eigen.rijen["periode"].isin(eigen.laatste) & eigen.rijen["hulpvorm"].ne(codes.TOTAAL)]
    delen = (recent[recent["soort"].eq("team") & recent["team"].eq(team)], recent[recent["soort"].eq("som")])
    zelf, regio = (vorm.per_hulpvorm(rijen.astype({"toewijzingen": float}), "toewijzingen") for rijen in delen)
    rijen = samengevoegd(zelf, regio, eigen.minimum)
    if len(rijen) < 2:
        return Tekst("De toewijzingen gaan over te weinig kinderen om ze per soort hulp te laten zien.")
    rijen["regio"] = 100 * rijen["regio"] / regio.sum() if eigen.vergelijkbaar else np.nan
    onder = "Nieuwe toewijzingen in het laatste jaar, per soort hulp; kleine soorten zijn samengenomen"
    return vorm.hulp(beeld, WIE, rijen, "Welke hulp dit team toewees", onder)


def vergelijking(beeld: Beeld, team: str) -> Tabel | Tekst:
    """The last year beside the region: shares of heavier help, s-ggz and extensions, euros and days of each."""
    eigen = Team.van(beeld, team)
    if not eigen.genoeg:
        return Tekst("")
    zelf, regio = _maten(eigen.som(eigen.eigen), eigen), _maten(eigen.som(eigen.regio), eigen)
    leeg = dict.fromkeys(regio, opmaak.VERBORGEN)
    rijen = [(naam, cel, (regio if eigen.vergelijkbaar else leeg)[naam]) for naam, cel in zelf.items()]
    nieuw = ("Nieuwe toewijzingen", opmaak.getal(eigen.som(eigen.eigen)["toewijzingen"]), "")
    return vorm.naast_elkaar(beeld, WIE, [nieuw, *rijen], "Zwaarte, verlenging, duur en geld", (_KLEIN, _WOORDEN))


def _maten(som: pd.Series, team: Team) -> dict[str, str]:
    """Shares and means as they are printed; hidden where they are of too few."""

    def deel(maat: str, geheel: float) -> str:
        goed = team.veilig(som[maat], geheel)
        return opmaak.procent(100 * som[maat] / geheel) if goed else opmaak.VERBORGEN

    def per(maat: str, van: str, eenheid: str) -> str:
        return opmaak.cel(som[maat] / som[van], eenheid) if som[van] >= team.minimum else opmaak.VERBORGEN

    return {
        "Zwaardere hulp": deel("zwaar", som["toewijzingen"]),
        "Specialistische ggz": deel("sggz", som["toewijzingen"]),
        "Al verlengd": deel("verlengd", som["toewijzingen"]),
        "Toegewezen per nieuwe toewijzing": per("euro", "euro_bekend", "euro"),
        "Looptijd van een nieuwe toewijzing, in dagen": per("dagen", "met_einde", "dagen"),
    }


def bewijst_niet(beeld: Beeld, team: str) -> Waarschuwing:
    """What these figures don't prove."""
    return Waarschuwing(
        titel="Wat deze cijfers niet bewijzen",
        tekst=(
            "Teams hebben verschillende buurten, taken en kinderen. Met de leeftijd van de kinderen is rekening "
            "gehouden, met hun problemen niet. Een team dat vooral ingewikkelde vragen krijgt, wijst vaker zware "
            "hulp toe. Hulp zonder toewijzing, zoals gesprekken met het team zelf, staat er niet in. Of de hulp "
            "heeft geholpen, ook niet."
        ),
        soort="uitleg",
    )


def gesprek(beeld: Beeld, team: str) -> Tekst:
    """The invitation: questions to talk about, none of them a verdict."""
    return Tekst(
        "* Herkent u deze cijfers? Welke kinderen ziet u voor u?\n"
        "* Wanneer kiest u voor zwaardere hulp, en wat probeert u eerst?\n"
        "* Voor welke kinderen zoekt u hulp die u dichtbij niet vindt?\n"
        "* Hoe beslist u over een verlenging? Wat zou er anders kunnen?",
    )
