"""Chapter verantwoording: definitions, signs, privacy rules, breaks, sources and versions, from the parameters."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

from analyse.kern.resultaat import Vrijgave
from analyse.params import Kaart
from analyse.weergave import Tabel, Tekst, Waarschuwing, opmaak
from analyse.weergave.beeld import Beeld
from analyse.weergave.boodschap import KANDIDATEN, MAXIMUM, eerste_zin
from analyse.weergave.boodschap_toets import AANVULLING, BEWEGING, MINIMUM_HALFJAREN
from analyse.weergave.boodschap_woorden import wat
from analyse.weergave.hoofdstukken.bouw import leeftijdsverhouding, maandkaart
from analyse.weergave.hoofdstukken.bouw.cbs import periode_naam
from analyse.weergave.hoofdstukken.bouw.gemeen import hoofdletter, jaren
from analyse.weergave.onderwerpen import op_onderwerp

# Cards that say the same as another: one per hulpvorm that help goes to, and the longest tenth of each wait.
_ZELFDE_KAART = re.compile(r"doorstroom\.naar_|.*_p90$")
_MATEN_CBS = {
    "jongeren_jeugdzorg": "Jongeren met jeugdzorg",
    "trajecten_jeugdzorg": "Trajecten jeugdzorg",
    "jongeren_jeugdhulp": "Jongeren met jeugdhulp in natura",
    "jongeren_jeugdhulp_procent": "Deel van de jongeren met jeugdhulp in natura",
    "trajecten_jeugdhulp": "Trajecten jeugdhulp in natura",
    "verwijzer": "Trajecten naar verwijzer",
    "verwijzer_begonnen": "Begonnen trajecten naar verwijzer",
}


def kaarten(beeld: Beeld) -> Tekst:
    """What every published indicator counts and what it does not prove, by topic, from its definition card."""
    groepen: dict[str, list[Kaart]] = {}
    for onderwerp, kaart in op_onderwerp(beeld.params.kaarten.values()):
        if kaart.publiceer and not _ZELFDE_KAART.match(kaart.id):
            groepen.setdefault(onderwerp, []).append(kaart)
    return Tekst("\n\n".join(_groep(*groep) for groep in groepen.items()), intern=beeld.intern)


def _groep(onderwerp: str, kaarten: Sequence[Kaart]) -> str:
    """One topic: its figures, then where the definitions come from and who keeps them, each said once."""
    regels = "\n".join(f"* {_definitie(kaart)}" for kaart in kaarten)
    bronnen = "; ".join(dict.fromkeys(kaart.bron for kaart in kaarten))
    eigenaren = opmaak.opsomming(list(dict.fromkeys(kaart.eigenaar for kaart in kaarten)))
    herzien = opmaak.datum(min(kaart.herzien for kaart in kaarten))
    beheer = f"Bron: {bronnen}. Eigenaar: {eigenaren}. Opnieuw bekijken voor {herzien}."
    return f"**{onderwerp}**\n\n{regels}\n\n{beheer}"


def _definitie(kaart: Kaart) -> str:
    deel = f" Gedeeld door: {kaart.noemer[0].lower()}{kaart.noemer[1:]}" if kaart.noemer else ""
    return f"**{kaart.naam}**: {kaart.teller}{deel} Bewijst niet: {eerste_zin(kaart.bewijst_niet)}"


def tekens(beeld: Beeld) -> Tabel:
    """What the signs in tables and charts mean."""
    maanden = opmaak.getal(beeld.params.regio.rekenregels.voorlopig_maanden)
    rijen = [
        ("Punt (.)", "Verborgen. Het aantal is te klein, of een ander klein aantal zou eruit te berekenen zijn."),
        ("Ster (*)", f"Voorlopig. De periode eindigde minder dan {maanden} maanden voor de peildatum."),
        ("Streepje (–)", "Geen waarneming. Er viel niets te tellen of te meten."),
        ("n.b.", "Niet beschikbaar. Hiervoor zijn geen gegevens geleverd."),
        ("0", "Echt nul."),
    ]
    return Tabel(
        id="verantwoording-tekens",
        titel="Vijf tekens in tabellen en grafieken",
        tabel=pd.DataFrame(rijen, columns=["Teken", "Betekenis"]),
        intern=beeld.intern,
    )


def definitie(beeld: Beeld) -> Tekst:
    """How trajecten are counted under the rules of this region, and how that differs from CBS."""
    return Tekst(beeld.params.regio.rekenregels.definitie_tekst, intern=beeld.intern)


def privacy(beeld: Beeld) -> Tekst:
    """The privacy rules with the thresholds of the region."""
    d = beeld.params.regio.drempels
    regels = [
        f"Aantallen van 1 tot en met {d.minimum - 1} laten we niet zien, en ook de rest van een groep niet.",
        f"Aantallen ronden we af op {d.afronding}, naar boven of naar beneden, zodat sommen zo veel mogelijk "
        f"kloppen. Een aantal kan er dus hoogstens {d.afronding - 1} naast zitten.",
        "Percentages en gemiddelde bedragen rekenen we uit met de afgeronde aantallen. Bij kleine aantallen "
        "wijken zij daardoor flink af: wat hier 10 van de 25 is (40%), kan in het echt 12 van de 25 zijn (48%).",
        f"Een gemiddelde of middelste duur laten we pas zien bij minstens {d.minimum_maat} trajecten.",
        "Soms verbergen we ook een groter aantal. Anders is een klein aantal uit te rekenen door af te trekken.",
        "Deze regels gelden voor alle rapporten samen: ook twee rapporten naast elkaar verraden niets.",
    ]
    return Tekst("\n".join(f"* {regel}" for regel in regels), intern=beeld.intern)


_REDENEN = {
    "klein": (
        "Te klein",
        "Het gaat om minder dan {minimum} jeugdigen of trajecten. Zij zouden te herkennen zijn.",
    ),
    "rest": (
        "De rest is te klein",
        "Dit cijfer is groot genoeg, maar de rest van het geheel niet. Wie het een weet, weet ook het ander.",
    ),
    "groep": (
        "Het zegt iets over iedereen",
        "Bij niemand of iedereen weet u iets van elke jeugdige in die groep.",
    ),
    "geld": (
        "Een aanbieder is te herkennen",
        "Het bedrag komt van te weinig aanbieders, of voor het grootste deel van een van hen.",
    ),
    "eerder": (
        "Eerder verborgen",
        "In een eerder rapport was dit cijfer verborgen. Het nu laten zien zou het oude cijfer verraden.",
    ),
    "dekking": (
        "Bescherming van een ander cijfer",
        "Dit cijfer is groot genoeg. Zonder deze punt is een klein cijfer uit te rekenen door af te trekken.",
    ),
}


def verborgen(beeld: Beeld) -> Tabel | Tekst:
    """How many figures are hidden and for which reason, over the whole region together and in coarse numbers."""
    uitleg = _toelichting(beeld)
    if uitleg.empty:
        return Tekst("", intern=beeld.intern)
    aantal = dict(zip(uitleg["soort"], uitleg["aantal"], strict=True))
    minimum = beeld.params.regio.drempels.minimum
    rijen = [
        (naam, tekst.format(minimum=minimum), _ongeveer(aantal[reden]))
        for reden, (naam, tekst) in _REDENEN.items()
        if aantal.get(reden) != 0
    ]
    getoond, weg = _ongeveer(aantal["getoond"]), _ongeveer(aantal["verborgen"])
    return Tabel(
        id="verantwoording-verborgen",
        titel=f"{hoofdletter(getoond)} cijfers zijn te zien, {weg} zijn verborgen",
        ondertitel="Alle gebieden, halfjaren en uitsplitsingen samen, afgerond op tientallen",
        tabel=pd.DataFrame(rijen, columns=["Waarom verborgen", "Wat dat betekent", "Hoeveel cijfers"]),
        noten=("Per gebied staan de redenen er niet bij: dat zou een verborgen cijfer kunnen verraden.",),
        intern=beeld.intern,
    )


def _toelichting(beeld: Beeld) -> pd.DataFrame:
    return beeld.vrijgave.toelichting if isinstance(beeld.vrijgave, Vrijgave) else pd.DataFrame()


def _ongeveer(aantal: float) -> str:
    """A count of figures in words: a few aren't told."""
    if opmaak.ontbreekt(aantal):
        return "minder dan 10"
    return f"ongeveer {opmaak.getal(aantal)}" if aantal else "geen"


def samenvoegen(beeld: Beeld) -> Waarschuwing | Tekst:
    """What could be merged so that more can be shown; nothing when the gate proposes nothing."""
    uitleg = _toelichting(beeld)
    regels = [] if uitleg.empty else list(uitleg.loc[uitleg["soort"].eq("samenvoegen"), "wat"])
    if not regels:
        return Tekst("", intern=beeld.intern)
    return Waarschuwing(
        titel="Zo kan er meer te zien zijn",
        tekst="Hier valt veel weg. Voeg dit samen, dan blijft er meer over:\n\n"
        + "\n".join(f"* {regel}" for regel in regels),
        soort="uitleg",
        intern=beeld.intern,
    )


def correcties(beeld: Beeld) -> Tabel | Tekst:
    """Which known errors in the deliveries were corrected or marked, per gemeente."""
    kwaliteit = beeld.kwaliteit
    raak = kwaliteit[kwaliteit["code"].astype(str).str.startswith("CR")] if len(kwaliteit) else kwaliteit
    if not beeld.is_regio and len(raak):
        raak = raak[raak["gebied"].eq(beeld.gebied)]
    if not len(raak):
        return Tekst("In de leveringen van deze editie is niets gecorrigeerd.", intern=beeld.intern)
    aantal = [
        opmaak.cel(n, "aantal", "verborgen" if opmaak.ontbreekt(n) else "definitief") for n in raak["aantal"]
    ]
    namen = raak["gebied"].map(beeld.params.regio.namen).fillna(raak["gebied"])
    return Tabel(
        id="verantwoording-correcties",
        titel="Wat we in de leveringen corrigeerden",
        ondertitel="Fouten die bekend waren, en hoeveel regels het betrof (afgerond)",
        tabel=pd.DataFrame(
            {"Gemeente": list(namen), "Wat er gebeurde": list(raak["regel"].astype(str)), "Regels": aantal}
        ),
        noten=("Een punt (.) betekent: minder dan we mogen tonen.",),
        intern=beeld.intern,
    )


def keuze(beeld: Beeld) -> Tekst:
    """By which rules the messages on the first page are chosen, and from which figures."""
    maximum = opmaak.getal_woord(MAXIMUM)
    regels = [
        f"Het zijn er nooit meer dan {maximum}. Elk bericht zegt ook wat het niet bewijst.",
        "Een signaal van verandering gaat voor alles, ook als een ander verschil groter is. Zijn er meer, dan "
        "staat de grootste verandering vooraan, als deel van een jaar eerder. Een signaal in de begonnen "
        "trajecten per maand komt daarna, en alleen als het halfjaar er geen is.",
        "Is er geen signaal van verandering, dan is dat het eerste bericht.",
        "Dan komen signalen van niveau: meer of minder hulp dan bij de leeftijden past, en meer dan tussen "
        "gemeenten gewoon is.",
        "Daarna komt per hoofdstuk zonder signaal het eerste cijfer uit de lijst dat te zien is. De grootte van "
        "een gewone schommeling kiest niet mee: dan zou toeval kiezen wat u leest.",
        "Daarvan staat eerst wat anders is dan een jaar eerder, dan wat ongeveer gelijk bleef, dan wat niet te "
        "vergelijken is.",
    ]
    eenheden = [beeld.params.kaarten[kandidaat.indicator].eenheid for kandidaat in KANDIDATEN]
    lijst = opmaak.opsomming(
        [wat(k.indicator, e, jaren=jaren(beeld)) for k, e in zip(KANDIDATEN, eenheden, strict=True)]
    )
    return Tekst(
        "\n".join(f"* {regel}" for regel in regels) + f"\n\nDe lijst, in vaste volgorde: {lijst}.",
        intern=beeld.intern,
    )


def signalen(beeld: Beeld) -> Tekst:
    """When a change is called a signal."""
    regels = [
        "We vergelijken een cijfer met hetzelfde halfjaar een jaar eerder en met de halfjaren daarvoor.",
        f"Uit die eerdere halfjaren volgt een band: het gemiddelde, plus en min {opmaak.getal(BEWEGING, 2)} keer "
        "het gemiddelde verschil tussen twee halfjaren. De band is nooit smaller dan wat toeval al doet.",
        "Een cijfer is een signaal als het buiten de band valt en ook van een jaar eerder naar die kant afwijkt.",
        f"Een voorlopig aantal mag nog {opmaak.procent(AANVULLING * 100)} groeien "
        "voor we een daling een signaal noemen.",
        "Halfjaren van voor een trendbreuk tellen niet mee. "
        f"Zijn er minder dan {opmaak.getal_woord(MINIMUM_HALFJAREN)} halfjaren over, dan geven we geen oordeel.",
        *maandkaart.REGELS,
        *leeftijdsverhouding.REGELS,
    ]
    return Tekst("\n".join(f"* {regel}" for regel in regels), intern=beeld.intern)


def breuken(beeld: Beeld) -> Tabel | Tekst:
    """Known breaks in the series."""
    rijen = [(breuk.naam, opmaak.datum(breuk.datum), breuk.uitleg) for breuk in beeld.params.regio.breuken]
    if not rijen:
        return Tekst("Er zijn geen trendbreuken bekend.", intern=beeld.intern)
    return Tabel(
        id="verantwoording-breuken",
        titel="Wanneer cijfers niet goed te vergelijken zijn",
        tabel=pd.DataFrame(rijen, columns=["Trendbreuk", "Datum", "Wat er veranderde"]),
        intern=beeld.intern,
    )


def bronnen(beeld: Beeld) -> Tabel:
    """Our own source and the CBS tables that stand beside it."""
    gemeenten = beeld.params.regio.codes if beeld.is_regio else (beeld.gebied,)
    tabel = beeld.referentie.cbs
    tabel = tabel[tabel["maat"].isin(_MATEN_CBS) & tabel["gebied"].isin((*gemeenten, "NL"))]
    tabel = tabel[tabel["waarde"].notna()]
    groepen = tabel.groupby(["bron", "status", "datum"], sort=True)
    rijen = [
        (str(bron), _wat_cbs(deel), str(status), opmaak.datum(str(datum)) if datum else opmaak.GEEN_WAARNEMING)
        for (bron, status, datum), deel in groepen
    ]
    eigen = ("Leveringen van de gemeenten", "Berichten (iJw 3.2) en tabellen", "", _peildatum(beeld))
    return Tabel(
        id="verantwoording-bronnen",
        titel="Waar de cijfers vandaan komen",
        tabel=pd.DataFrame([eigen, *rijen], columns=["Bron", "Wat", "Status", "Bijgewerkt of bekeken op"]),
        intern=beeld.intern,
    )


def _wat_cbs(rijen: pd.DataFrame) -> str:
    namen = [naam for maat, naam in _MATEN_CBS.items() if maat in set(rijen["maat"])]
    periodes = [periode_naam(periode) for periode in sorted(set(rijen["periode"].astype(str)))]
    kleine = [namen[0], *(naam[0].lower() + naam[1:] for naam in namen[1:])]
    return f"{opmaak.opsomming(kleine)}; {opmaak.opsomming(periodes)}"


def _peildatum(beeld: Beeld) -> str:
    return opmaak.datum(beeld.editie.peildatum)


def versies(beeld: Beeld) -> Tabel:
    """Which edition this is."""
    rijen = [
        ("Gebied", f"{beeld.naam} ({beeld.gebied})"),
        ("Editie", str(beeld.editie.periode)),
        ("Periode", hoofdletter(beeld.periode.naam)),
        ("Peildatum van de gegevens", _peildatum(beeld)),
        ("Grafieken vanaf", hoofdletter(beeld.periodes[0].naam)),
        (
            "Soort gegevens",
            "Intern: nog zonder privacyregels" if beeld.intern else "Bestuurlijk: na privacyregels",
        ),
    ]
    return Tabel(
        id="verantwoording-versies",
        titel="Kenmerken van deze editie",
        tabel=pd.DataFrame(rijen, columns=["Onderdeel", "Waarde"]),
        intern=beeld.intern,
    )
