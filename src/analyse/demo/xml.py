"""The nine iJw 3.2 message types as text.

Templates and no DOM: eighty thousand messages have to be there in seconds. Order, names and the two namespaces
follow the XSD (elements of a message in its own namespace, elements of shared types under `ijw`); a test holds
every message against the published element table. The personal values are our own and need no escaping.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from analyse.demo.aanbod import Product
from analyse.demo.feiten import Melding, Prestatie, Versie, Verzoek
from analyse.demo.kaart import Kaartenbak
from analyse.demo.post import (
    Antwoordbericht,
    Bericht,
    Declaratiebericht,
    Meldbericht,
    Toewijsbericht,
    Verzoekbericht,
)

_CODE = {
    "301": "436", "302": "437", "305": "438", "307": "440", "315": "446", "317": "486", "319": "488", "323": "490",
    "325": "491",
}  # fmt: skip
_VERSIES = "<ijw:BasisschemaXsdVersie>1.0.0</ijw:BasisschemaXsdVersie><ijw:BerichtXsdVersie>1.0.0</ijw:BerichtXsdVersie>"


class Schrijver:
    """Writes the messages of one gemeente; the counter gives every message its own identification."""

    def __init__(self, gemeente: str, kaarten: Kaartenbak) -> None:
        self._gemeente, self._kaarten = gemeente[2:], kaarten
        self._teller = 0
        self._declaratie: dict[str, str] = {}  # declaratienummer -> identification of its 323

    def xml(self, bericht: Bericht) -> list[tuple[str, str]]:
        """Message type and text of one message, with the 302 behind a 301 that was answered."""
        if isinstance(bericht, Toewijsbericht):
            return self._toewijzing(bericht)
        if isinstance(bericht, Meldbericht):
            return [(bericht.soort, self._melding(bericht))]
        if isinstance(bericht, Verzoekbericht):
            return [(bericht.verzoek.soort, self._verzoek(bericht))]
        if isinstance(bericht, Antwoordbericht):
            return [("319", self._antwoord(bericht))]
        return [self._declaratiebericht(bericht)]

    # Envelope

    def _nummer(self) -> str:
        self._teller += 1
        return f"{self._gemeente}{self._teller:08d}"

    def _kop(self, soort: str, agb: str, dag: date, *, nummer: str = "", slot: str = "") -> str:
        p = f"jw{soort}"
        wij = soort in ("301", "302", "319", "325")
        van, naar = (self._gemeente, agb) if wij else (agb, self._gemeente)
        return (
            f"<{p}:Header><{p}:BerichtCode>{_CODE[soort]}</{p}:BerichtCode><{p}:BerichtVersie>3</{p}:BerichtVersie>"
            f"<{p}:BerichtSubversie>2</{p}:BerichtSubversie><{p}:Afzender>{van}</{p}:Afzender>"
            f"<{p}:Ontvanger>{naar}</{p}:Ontvanger><{p}:BerichtIdentificatie><ijw:Identificatie>"
            f"{nummer or self._nummer()}</ijw:Identificatie><ijw:Dagtekening>{dag}</ijw:Dagtekening>"
            f"</{p}:BerichtIdentificatie><{p}:XsdVersie>{_VERSIES}</{p}:XsdVersie>{slot}</{p}:Header>"
        )

    # 301 and 302

    def _toewijzing(self, bericht: Toewijsbericht) -> list[tuple[str, str]]:
        nummer = self._nummer()
        berichten = [("301", _envelop("301", self._kop("301", bericht.agb, bericht.dag, nummer=nummer), self._client(bericht)))]
        if bericht.antwoord_op:
            berichten.append(("302", self._retour(bericht, nummer)))
        return berichten

    def _client(self, bericht: Toewijsbericht) -> str:
        producten = "".join([_toegewezen(versie, "jw301") for versie in bericht.producten])
        return (
            f"<jw301:Client>{self._kaarten.lang(bericht.persoon, 'jw301')}<jw301:ToegewezenProducten>{producten}"
            "</jw301:ToegewezenProducten></jw301:Client>"
        )

    def _retour(self, bericht: Toewijsbericht, nummer: str) -> str:
        """The answer of the aanbieder: the header comes back, the classes only when something was wrong."""
        slot = (
            f"<jw302:IdentificatieRetour>R{nummer[1:]}</jw302:IdentificatieRetour>"
            f"<jw302:DagtekeningRetour>{bericht.antwoord_op}</jw302:DagtekeningRetour>"
            f"<jw302:XsdVersieRetour>{_VERSIES}</jw302:XsdVersieRetour>{_retourcode('jw302', '0200')}"
        )
        kop = self._kop("302", bericht.agb, bericht.dag, nummer=nummer, slot=slot)
        fout = any(versie.retourcode for versie in bericht.producten)
        return _envelop("302", kop, self._client_retour(bericht) if fout else "")

    def _client_retour(self, bericht: Toewijsbericht) -> str:
        p = "jw302"
        producten = "".join(
            [_toegewezen(v, p, slot=_retourcode(p, v.retourcode or "0200")) for v in bericht.producten]
        )
        return (
            f"<{p}:Client>{self._kaarten.lang(bericht.persoon, p)}<{p}:ToegewezenProducten>{producten}"
            f"</{p}:ToegewezenProducten>{_retourcode(p, '0200')}</{p}:Client>"
        )

    # 305 and 307

    def _melding(self, bericht: Meldbericht) -> str:
        p, naam = f"jw{bericht.soort}", "StartProduct" if bericht.soort == "305" else "StopProduct"
        producten = "".join([_gemeld(melding, p, naam) for melding in bericht.producten])
        client = (
            f"<{p}:Client>{self._kaarten.kort(bericht.persoon, p)}<{p}:{naam}en>{producten}</{p}:{naam}en></{p}:Client>"
        )
        return _envelop(bericht.soort, self._kop(bericht.soort, bericht.agb, bericht.dag), client)

    # 315, 317 and 319

    def _verzoek(self, bericht: Verzoekbericht) -> str:
        verzoek = bericht.verzoek
        kop = self._kop(verzoek.soort, verzoek.agb, bericht.dag)
        if verzoek.soort == "315":
            return _envelop("315", kop, self._aanvraag(verzoek))
        return _envelop("317", kop, self._wijziging(verzoek, bericht.ongewijzigd))

    def _aanvraag(self, verzoek: Verzoek) -> str:
        p = "jw315"
        assert verzoek.product is not None
        return (
            f"<{p}:Client>{self._kaarten.kort(verzoek.persoon, p)}<{p}:AangevraagdeProducten><{p}:AangevraagdProduct>"
            f"<{p}:ReferentieAanbieder>{verzoek.referentie}</{p}:ReferentieAanbieder>{_product(verzoek.product, p)}"
            f"<{p}:ToewijzingIngangsdatum>{verzoek.ingang}</{p}:ToewijzingIngangsdatum>"
            f"{_omvang(verzoek.product, verzoek.product.volume, p)}{_verwijzer(verzoek)}"
            f"</{p}:AangevraagdProduct></{p}:AangevraagdeProducten></{p}:Client>"
        )

    def _wijziging(self, verzoek: Verzoek, ongewijzigd: Sequence[int]) -> str:
        p = "jw317"
        zelfde = "".join(
            [
                f"<{p}:OngewijzigdProduct><{p}:ToewijzingNummer>{nr}</{p}:ToewijzingNummer></{p}:OngewijzigdProduct>"
                for nr in ongewijzigd
            ]
        )
        if zelfde:
            zelfde = f"<{p}:OngewijzigdeProducten>{zelfde}</{p}:OngewijzigdeProducten>"
        eind = f"<{p}:Einddatum>{verzoek.eind}</{p}:Einddatum>" if verzoek.eind else ""
        return (
            f"<{p}:Client><{p}:Bsn>{self._kaarten.bsn(verzoek.persoon)}</{p}:Bsn><{p}:Verzoek>"
            f"<{p}:ReferentieAanbieder>{verzoek.referentie}</{p}:ReferentieAanbieder>"
            f"<{p}:RedenVerzoek>2</{p}:RedenVerzoek>{zelfde}<{p}:TeWijzigenProducten><{p}:TeWijzigenProduct>"
            f"<{p}:ToewijzingNummer>{verzoek.nummer}</{p}:ToewijzingNummer>"
            f"<{p}:GewensteIngangsdatum>{verzoek.ingang}</{p}:GewensteIngangsdatum>{eind}"
            f"</{p}:TeWijzigenProduct></{p}:TeWijzigenProducten></{p}:Verzoek></{p}:Client>"
        )

    def _antwoord(self, bericht: Antwoordbericht) -> str:
        p, verzoek = "jw319", bericht.verzoek
        reden, gemeente = verzoek.reden_afwijzing, verzoek.gemeente_woonplaats
        meer = f"<{p}:RedenAfwijzingVerzoek>{reden}</{p}:RedenAfwijzingVerzoek>" if reden else ""
        if gemeente:
            meer += f"<{p}:Woonplaatsbeginsel><{p}:Gemeente>{gemeente}</{p}:Gemeente></{p}:Woonplaatsbeginsel>"
        inhoud = (
            f"<{p}:Antwoord><{p}:ReferentieAanbieder>{verzoek.referentie}</{p}:ReferentieAanbieder>"
            f"<{p}:VerzoekAntwoord>{verzoek.antwoord}</{p}:VerzoekAntwoord>{meer}</{p}:Antwoord>"
        )
        return _envelop("319", self._kop("319", verzoek.agb, bericht.dag), inhoud)

    # 323 and 325

    def _declaratiebericht(self, bericht: Declaratiebericht) -> tuple[str, str]:
        declaratie = bericht.regels[0].declaratienummer(f"GM{self._gemeente}")
        if bericht.antwoord:
            return "325", self._declaratieantwoord(bericht, declaratie)
        nummer = self._declaratie[declaratie] = self._nummer()
        p = "jw323"
        laatste = bericht.dag.replace(day=1).toordinal() - 1
        maand = date.fromordinal(laatste)
        inhoud = (
            f"<{p}:Declaratie><{p}:DeclaratieNummer>{declaratie}</{p}:DeclaratieNummer><{p}:DeclaratiePeriode>"
            f"<ijw:Begindatum>{maand.replace(day=1)}</ijw:Begindatum><ijw:Einddatum>{maand}</ijw:Einddatum>"
            f"</{p}:DeclaratiePeriode><{p}:DeclaratieDagtekening>{bericht.dag}</{p}:DeclaratieDagtekening>"
            f"{_totaal(p, 'TotaalIngediendBedrag', bericht.regels)}<{p}:Clienten>"
            f"{self._clienten(p, bericht.regels)}</{p}:Clienten></{p}:Declaratie>"
        )
        return "323", _envelop("323", self._kop("323", bericht.agb, bericht.dag, nummer=nummer), inhoud)

    def _clienten(self, p: str, regels: Sequence[Prestatie]) -> str:
        retour = _retourcode(p, "0200") if p == "jw325" else ""
        delen = []
        for _, groep in groupby(regels, key=lambda regel: regel.persoon.nr):
            eigen = list(groep)
            prestaties = "".join([_prestatie(regel, p) for regel in eigen])
            delen.append(
                f"<{p}:Client><{p}:Bsn>{self._kaarten.bsn(eigen[0].persoon)}</{p}:Bsn><{p}:Prestaties>{prestaties}"
                f"</{p}:Prestaties>{retour}</{p}:Client>"
            )
        return "".join(delen)

    def _declaratieantwoord(self, bericht: Declaratiebericht, declaratie: str) -> str:
        p = "jw325"
        afgewezen = [regel for regel in bericht.regels if regel.retourcode]
        goed = [regel for regel in bericht.regels if not regel.retourcode]
        slot = (
            f"<{p}:DeclaratieIdentificatie><ijw:Identificatie>{self._declaratie[declaratie]}</ijw:Identificatie>"
            f"<ijw:Dagtekening>{bericht.regels[0].bericht}</ijw:Dagtekening></{p}:DeclaratieIdentificatie>"
            f"<{p}:XsdVersieDeclaratie>{_VERSIES}</{p}:XsdVersieDeclaratie>{_retourcode(p, '0200')}"
        )
        lijst = f"<{p}:Clienten>{self._clienten(p, afgewezen)}</{p}:Clienten>" if afgewezen else ""
        inhoud = (
            f"<{p}:DeclaratieAntwoord><{p}:DeclaratieNummer>{declaratie}</{p}:DeclaratieNummer>"
            f"{_totaal(p, 'TotaalIngediendBedrag', bericht.regels)}{_totaal(p, 'TotaalToegekendBedrag', goed)}{lijst}"
            f"{_retourcode(p, '0200' if afgewezen else '8001')}</{p}:DeclaratieAntwoord>"
        )
        return _envelop("325", self._kop("325", bericht.agb, bericht.dag, slot=slot), inhoud)


def _envelop(soort: str, kop: str, inhoud: str) -> str:
    p = f"jw{soort}"
    ruimte = "http://www.istandaarden.nl/ijw/3_2"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<{p}:Bericht xmlns:ijw="{ruimte}/basisschema/schema" '
        f'xmlns:{p}="{ruimte}/{p}/schema">{kop}{inhoud}</{p}:Bericht>\n'
    )


def _retourcode(p: str, code: str) -> str:
    return f"<{p}:RetourCodes><{p}:RetourCode>{code}</{p}:RetourCode></{p}:RetourCodes>"


def _product(product: Product, p: str) -> str:
    code = f"<ijw:Code>{product.code}</ijw:Code>" if product.code else ""
    return f"<{p}:Product><ijw:Categorie>{product.categorie}</ijw:Categorie>{code}</{p}:Product>"


def _omvang(product: Product, volume: int, p: str) -> str:
    if not volume:
        return ""
    return (
        f"<{p}:Omvang><ijw:Volume>{volume}</ijw:Volume><ijw:Eenheid>{product.eenheid}</ijw:Eenheid>"
        f"<ijw:Frequentie>{product.frequentie}</ijw:Frequentie></{p}:Omvang>"
    )


def _toegewezen(versie: Versie, p: str, slot: str = "") -> str:
    referentie = f"<{p}:ReferentieAanbieder>{versie.referentie}</{p}:ReferentieAanbieder>" if versie.referentie else ""
    eind = f"<{p}:Einddatum>{versie.eind}</{p}:Einddatum>" if versie.eind else ""
    reden = f"<{p}:RedenWijziging>{versie.reden}</{p}:RedenWijziging>" if versie.reden else ""
    return (
        f"<{p}:ToegewezenProduct><{p}:ToewijzingNummer>{versie.nummer}</{p}:ToewijzingNummer>{referentie}"
        f"{_product(versie.product, p)}<{p}:Toewijzingsdatum>{versie.datum}</{p}:Toewijzingsdatum>"
        f"<{p}:Toewijzingstijd>{versie.tijd}</{p}:Toewijzingstijd><{p}:Ingangsdatum>{versie.ingang}</{p}:Ingangsdatum>"
        f"{eind}{reden}{_omvang(versie.product, versie.volume, p)}{slot}</{p}:ToegewezenProduct>"
    )


def _gemeld(melding: Melding, p: str, naam: str) -> str:
    stop = ""
    if melding.eind:
        stop = (
            f"<{p}:RedenBeeindiging>{melding.reden}</{p}:RedenBeeindiging><{p}:Einddatum>{melding.eind}</{p}:Einddatum>"
        )
    return (
        f"<{p}:{naam}><{p}:ToewijzingNummer>{melding.nummer}</{p}:ToewijzingNummer>{_product(melding.product, p)}"
        f"<{p}:ToewijzingIngangsdatum>{melding.ingang}</{p}:ToewijzingIngangsdatum>"
        f"<{p}:Begindatum>{melding.begin}</{p}:Begindatum>{stop}"
        f"<{p}:StatusAanlevering>{melding.status}</{p}:StatusAanlevering></{p}:{naam}>"
    )


def _verwijzer(verzoek: Verzoek) -> str:
    wie = ""
    if verzoek.verwijzer_agb:
        wie = f"<ijw:ZorgverlenerCode>{verzoek.verwijzer_agb}</ijw:ZorgverlenerCode>"
    elif verzoek.verwijzer_naam:
        wie = f"<ijw:Naam>{verzoek.verwijzer_naam}</ijw:Naam>"
    return f"<jw315:Verwijzer><ijw:Type>{verzoek.verwijzer}</ijw:Type>{wie}</jw315:Verwijzer>"


def _totaal(p: str, naam: str, regels: Sequence[Prestatie]) -> str:
    som = sum(-regel.bedrag_cent if regel.credit else regel.bedrag_cent for regel in regels)
    return (
        f"<{p}:{naam}><ijw:TotaalBedrag>{abs(som)}</ijw:TotaalBedrag>"
        f"<ijw:DebetCredit>{'C' if som < 0 else 'D'}</ijw:DebetCredit></{p}:{naam}>"
    )


def _prestatie(regel: Prestatie, p: str) -> str:
    vorige = f"<ijw:VorigReferentieNummer>{regel.vorige}</ijw:VorigReferentieNummer>" if regel.vorige else ""
    retour = _retourcode(p, regel.retourcode) if p == "jw325" else ""
    return (
        f"<{p}:Prestatie><{p}:ProductReferentie><ijw:ReferentieNummer>{regel.referentie}</ijw:ReferentieNummer>{vorige}"
        f"</{p}:ProductReferentie><{p}:ToewijzingNummer>{regel.nummer}</{p}:ToewijzingNummer>"
        f"<{p}:ProductCategorie>{regel.product.categorie}</{p}:ProductCategorie>"
        f"<{p}:ProductCode>{regel.product.gedeclareerd}</{p}:ProductCode><{p}:ProductPeriode>"
        f"<ijw:Begindatum>{regel.begin}</ijw:Begindatum><ijw:Einddatum>{regel.eind}</ijw:Einddatum></{p}:ProductPeriode>"
        f"<{p}:GeleverdVolume>{regel.volume}</{p}:GeleverdVolume><{p}:Eenheid>{regel.product.eenheid}</{p}:Eenheid>"
        f"<{p}:ProductTarief>{regel.bedrag_cent // regel.volume}</{p}:ProductTarief><{p}:IngediendBedrag>"
        f"<ijw:Bedrag>{regel.bedrag_cent}</ijw:Bedrag><ijw:DebetCredit>{'C' if regel.credit else 'D'}"
        f"</ijw:DebetCredit></{p}:IngediendBedrag>{retour}</{p}:Prestatie>"
    )
