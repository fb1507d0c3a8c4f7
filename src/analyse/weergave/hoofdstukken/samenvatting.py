"""Chapter samenvatting, the front page: messages by rule, core figures beside a year earlier, and the gebieden."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analyse.weergave import Boodschap, Boodschappen, Tabel, Tekst, Waarschuwing, opmaak
from analyse.weergave.beeld import Beeld
from analyse.weergave.boodschap import KANDIDATEN, Beoordeeld, Bericht, beoordeel, berichten, omschrijving
from analyse.weergave.boodschap_toets import Oordeel
from analyse.weergave.grafiek.noten import tekens
from analyse.weergave.hoofdstukken import bouw
from analyse.weergave.hoofdstukken.bouw.gemeen import bron, jaren, kort, met_namen

_NAAST_ELKAAR = {
    "Jeugdigen met hulp per 1.000": bouw.Maat("jeugdigen.per_1000"),
    "Begonnen trajecten per 1.000": bouw.Maat("trajecten.instroom", per_1000=True),
    "Verwachte duur in dagen": bouw.Maat("trajectduur.mediaan_km"),
    "Langlopend": bouw.Maat("trajectduur.langlopend"),
    "Verblijf buiten huis per 1.000": bouw.Maat("verblijf.jeugdigen", per_1000=True),
}

_OORDEEL = (
    "Signaal: het cijfer valt buiten de schommeling van eerdere halfjaren. Gewoon: het valt erbinnen. "
    "Onbekend: er zijn te weinig halfjaren om te vergelijken."
)
_GEEN_NIEUW = "geen nieuw signaal"
_NOG_GEEN = "nog geen signaal"
_BUITEN = {
    _GEEN_NIEUW: "Geen nieuw signaal: het cijfer valt erbuiten, maar een jaar eerder was dat ook zo.",
    _NOG_GEEN: "Nog geen signaal: het cijfer ligt eronder, maar het is voorlopig en kan nog groeien.",
}


def leeswijzer(beeld: Beeld) -> Waarschuwing | Tekst:
    """Period, peildatum and status of the figures; says so when the children are invented."""
    tekst = (
        f"Dit rapport gaat over {_gebied(beeld)} in het **{beeld.periode.naam}**. "
        f"De gegevens zijn bijgewerkt tot {opmaak.datum(beeld.editie.peildatum)}. "
    )
    if beeld.vrijgave.tabel["status"].eq("voorlopig").any():
        tekst += "Cijfers met een ster (*) zijn voorlopig: er komen nog berichten na. "
    tekst += "Een punt (.) betekent dat het aantal te klein is om te tonen. "
    tekst += "Hebt u weinig tijd? Lees dan alleen deze samenvatting."
    if not beeld.demo:
        return Tekst(tekst, intern=beeld.intern)
    return Waarschuwing(
        titel="Dit zijn verzonnen gegevens",
        tekst=f"{tekst}\n\nDe kinderen in dit rapport bestaan niet. Het laat zien hoe een rapport eruitziet.",
        intern=beeld.intern,
    )


def _gebied(beeld: Beeld) -> str:
    return f"de regio {beeld.naam}" if beeld.is_regio else f"de gemeente {beeld.naam}"


def boodschappen(beeld: Beeld) -> Boodschappen:
    """At most five messages, chosen and worded by the rules of `analyse.weergave.boodschap`."""
    return Boodschappen([_boodschap(bericht) for bericht in berichten(beeld)], intern=beeld.intern)


def _boodschap(bericht: Bericht) -> Boodschap:
    return Boodschap(
        tekst=bericht.tekst,
        cijfer=bericht.cijfer,
        richting=bericht.richting,
        soort=bericht.oordeel.value,
        figuur=bericht.figuur,
        toelichting=f"Wat dit niet bewijst: {bericht.bewijst_niet}" if bericht.bewijst_niet else "",
    )


def kerncijfers(beeld: Beeld) -> Tabel:
    """All figures that may become a message, beside a year earlier, with what the test says."""
    alle = [beoordeel(beeld, kandidaat) for kandidaat in KANDIDATEN]
    rijen = [_rij(beeld, uitkomst) for uitkomst in alle]
    extra = [uitleg for woord, uitleg in _BUITEN.items() if any(rij[-1] == woord for rij in rijen)]
    return Tabel(
        id="samenvatting-kerncijfers",
        titel=f"De kerncijfers van {beeld.waar}",
        ondertitel=f"{beeld.periode.naam} naast hetzelfde halfjaar een jaar eerder",
        tabel=pd.DataFrame(rijen, columns=_koppen(beeld)),
        bron=bron(beeld),
        noten=(" ".join([_OORDEEL, *extra]), *tekens(_data(beeld, alle)["status"])),
        data=_data(beeld, alle),
        intern=beeld.intern,
    )


def _koppen(beeld: Beeld) -> list[str]:
    return ["Kerncijfer", opmaak.periode_kort(beeld.periode), opmaak.periode_kort(beeld.jaar_eerder), "Oordeel"]


def _data(beeld: Beeld, uitkomsten: Sequence[Beoordeeld]) -> pd.DataFrame:
    rijen = [rij for u in uitkomsten for rij in (u.rij, u.eerder) if rij is not None]
    return met_namen(beeld, pd.DataFrame(rijen).reset_index(drop=True))


def _rij(beeld: Beeld, uitkomst: Beoordeeld) -> list[str]:
    return [
        omschrijving(uitkomst.kandidaat, str(uitkomst.rij["eenheid"]), jaren=jaren(beeld)),
        _met_eenheid(uitkomst.rij),
        _met_eenheid(uitkomst.eerder),
        _oordeel(uitkomst),
    ]


def _met_eenheid(rij: pd.Series | None) -> str:
    if rij is None:
        return opmaak.GEEN_WAARNEMING
    cel = opmaak.cel(rij["waarde"], str(rij["eenheid"]), str(rij["status"]))
    if rij["eenheid"] != "dagen" or not any(teken.isdigit() for teken in cel):
        return cel
    ster = opmaak.VOORLOPIG if cel.endswith(opmaak.VOORLOPIG) else ""
    return f"{cel.removesuffix(opmaak.VOORLOPIG)}{opmaak.NBSP}dagen{ster}"


def _oordeel(uitkomst: Beoordeeld) -> str:
    uitslag = uitkomst.toets
    if not uitkomst.zichtbaar:
        return "niet te zien" if uitslag.nu.status == "verborgen" else "geen cijfer"
    if uitslag.oordeel is Oordeel.SIGNAAL and uitslag.toen is not None:
        hoger = (uitslag.nu.waarde or 0.0) > (uitslag.toen.waarde or 0.0)
        return f"signaal: {'hoger' if hoger else 'lager'}"
    if uitslag.oordeel is not Oordeel.GEWOON:
        return "onbekend"
    if uitslag.binnen:
        return "gewoon"
    return _NOG_GEEN if uitslag.kan_nog_groeien else _GEEN_NIEUW


def naast_elkaar(beeld: Beeld) -> Tabel:
    """Rates and durations of the gebieden beside each other, in the order of the region, without ranking."""
    naast = "de gemeenten naast elkaar" if beeld.is_regio else f"{beeld.naam} naast de regio"
    return bouw.per_gebied(
        beeld,
        _NAAST_ELKAAR,
        id="samenvatting-naast-elkaar",
        titel=bouw.hoofdletter(naast),
        ondertitel=f"{beeld.periode.naam}; per 1.000 inwoners van 0 tot en met 22 jaar",
    )


def signalen(beeld: Beeld) -> Tabel | Tekst:
    """For the region: in which gemeente a core figure stands out from its own past. For a gemeente: nothing."""
    if not beeld.is_regio:
        return Tekst("")
    paren = [(code, beoordeel(beeld, k, code)) for code in beeld.params.regio.codes for k in KANDIDATEN]
    raak = [(code, u) for code, u in paren if u.toets.oordeel is Oordeel.SIGNAAL]
    if not raak:
        tekst = "Er is geen gemeente waarin een van de kerncijfers buiten de gewone schommeling valt."
        return Tekst(tekst, intern=beeld.intern)
    namen = list(dict.fromkeys(kort(beeld, code) for code, _ in raak))
    return Tabel(
        id="samenvatting-signalen",
        titel=f"Kerncijfers vallen buiten de gewone schommeling in {opmaak.opsomming(namen)}",
        ondertitel=f"Signalen per gemeente, {beeld.periode.naam}",
        tabel=pd.DataFrame(
            [[kort(beeld, code), *_rij(beeld, uitkomst)] for code, uitkomst in raak],
            columns=["Gemeente", *_koppen(beeld)],
        ),
        bron=bron(beeld),
        noten=tekens(_data(beeld, [u for _, u in raak])["status"]),
        data=_data(beeld, [u for _, u in raak]),
        intern=beeld.intern,
    )


def duiding(beeld: Beeld) -> Waarschuwing | Tekst:
    """What the gemeente or region itself wrote in the edition file; nothing when it wrote nothing."""
    eigen = beeld.editie.duiding.get(beeld.gebied, "").strip()
    if not eigen:
        return Tekst("")
    titel = f"Duiding door {_gebied(beeld)}: geschreven door mensen, niet berekend"
    return Waarschuwing(titel=titel, tekst=eigen, soort="uitleg", intern=beeld.intern)
