"""323 (declaratie) and 325 (antwoord: only what was rejected)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import groupby

from analyse.demo.feiten import Prestatie
from analyse.demo.kaart import Kaartenbak
from analyse.demo.post import Declaratiebericht
from analyse.demo.xml_basis import BERICHT, IJW, VERSIES, Adres, Element, envelop, identificatie, retourcodes


def declaratie(bericht: Declaratiebericht, adres: Adres, kaarten: Kaartenbak) -> str:
    """The 323 over the calendar month before its day; lines about earlier months come along."""
    e = BERICHT["323"]
    einde = bericht.dag.replace(day=1) - timedelta(days=1)
    inhoud = (
        e("DeclaratieNummer", bericht.nummer)
        + e("DeclaratiePeriode", IJW("Begindatum", einde.replace(day=1)) + IJW("Einddatum", einde))
        + e("DeclaratieDagtekening", bericht.dag)
        + e("TotaalIngediendBedrag", _totaal(bericht.regels))
        + e("Clienten", _clienten("323", bericht.regels, kaarten))
    )
    return envelop("323", adres, e("Declaratie", inhoud))


def declaratieantwoord(bericht: Declaratiebericht, adres: Adres, kaarten: Kaartenbak, gedeclareerd: str) -> str:
    """The 325 on the 323 with identification `gedeclareerd`."""
    e = BERICHT["325"]
    afgewezen = [regel for regel in bericht.regels if regel.retourcode]
    slot = (
        e("DeclaratieIdentificatie", identificatie(gedeclareerd, bericht.regels[0].bericht))
        + e("XsdVersieDeclaratie", VERSIES)
        + retourcodes(e, "0200")
    )
    inhoud = (
        e("DeclaratieNummer", bericht.nummer)
        + e("TotaalIngediendBedrag", _totaal(bericht.regels))
        + e("TotaalToegekendBedrag", _totaal([regel for regel in bericht.regels if not regel.retourcode]))
        + e("Clienten", _clienten("325", afgewezen, kaarten))
        + retourcodes(e, "0200" if afgewezen else "8001")
    )
    return envelop("325", adres, e("DeclaratieAntwoord", inhoud), slot)


def _clienten(soort: str, regels: Sequence[Prestatie], kaarten: Kaartenbak) -> str:
    e = BERICHT[soort]
    slot = retourcodes(e, "0200") if soort == "325" else ""
    clienten = []
    for _, groep in groupby(regels, key=lambda regel: regel.persoon.nr):
        eigen = list(groep)
        prestaties = "".join([e("Prestatie", _prestatie(regel, e, met_code=bool(slot))) for regel in eigen])
        clienten.append(e("Client", e("Bsn", kaarten.bsn(eigen[0].persoon)) + e("Prestaties", prestaties) + slot))
    return "".join(clienten)


def _prestatie(regel: Prestatie, e: Element, *, met_code: bool) -> str:
    return (
        e(
            "ProductReferentie",
            IJW("ReferentieNummer", regel.referentie) + IJW("VorigReferentieNummer", regel.vorige),
        )
        + e("ToewijzingNummer", regel.nummer)
        + e("ProductCategorie", regel.product.categorie)
        + e("ProductCode", regel.product.gedeclareerd)
        + e("ProductPeriode", IJW("Begindatum", regel.begin) + IJW("Einddatum", regel.eind))
        + e("GeleverdVolume", regel.volume)
        + e("Eenheid", regel.product.eenheid)
        + e("ProductTarief", regel.bedrag_cent // regel.volume)
        + e("IngediendBedrag", IJW("Bedrag", regel.bedrag_cent) + IJW("DebetCredit", "C" if regel.credit else "D"))
        + (retourcodes(e, regel.retourcode) if met_code else "")
    )


def _totaal(regels: Sequence[Prestatie]) -> str:
    som = sum(-regel.bedrag_cent if regel.credit else regel.bedrag_cent for regel in regels)
    return IJW("TotaalBedrag", abs(som)) + IJW("DebetCredit", "C" if som < 0 else "D")
