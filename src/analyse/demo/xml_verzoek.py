"""315 (verzoek om toewijzing), 317 (verzoek om wijziging) and 319 (antwoord)."""

from __future__ import annotations

from analyse.demo.feiten import Verzoek
from analyse.demo.kaart import Kaartenbak
from analyse.demo.post import Antwoordbericht, Verzoekbericht
from analyse.demo.xml_basis import BERICHT, IJW, Adres, envelop
from analyse.demo.xml_toewijzing import omvang, product


def verzoek(bericht: Verzoekbericht, adres: Adres, kaarten: Kaartenbak) -> str:
    """The 315 or 317."""
    soort = bericht.verzoek.soort
    client = _aanvraag(bericht.verzoek, kaarten) if soort == "315" else _wijziging(bericht, kaarten)
    return envelop(soort, adres, BERICHT[soort]("Client", client))


def _aanvraag(gevraagd: Verzoek, kaarten: Kaartenbak) -> str:
    e = BERICHT["315"]
    assert gevraagd.product is not None, "een 315 vraagt altijd een product"
    wie = (
        IJW("Type", gevraagd.verwijzer)
        + IJW("Naam", gevraagd.verwijzer_naam)
        + IJW("ZorgverlenerCode", gevraagd.verwijzer_agb)
    )
    aangevraagd = (
        e("ReferentieAanbieder", gevraagd.referentie)
        + e("Product", product(gevraagd.product))
        + e("ToewijzingIngangsdatum", gevraagd.ingang)
        + e("Omvang", omvang(gevraagd.product, gevraagd.product.volume))
        + e("Verwijzer", wie)
    )
    return kaarten.kort(gevraagd.persoon, "315") + e("AangevraagdeProducten", e("AangevraagdProduct", aangevraagd))


def _wijziging(bericht: Verzoekbericht, kaarten: Kaartenbak) -> str:
    e, gevraagd = BERICHT["317"], bericht.verzoek
    zelfde = [e("OngewijzigdProduct", e("ToewijzingNummer", nummer)) for nummer in bericht.ongewijzigd]
    anders = (
        e("ToewijzingNummer", gevraagd.nummer)
        + e("GewensteIngangsdatum", gevraagd.ingang)
        + e("Einddatum", gevraagd.eind)
    )
    inhoud = (
        e("ReferentieAanbieder", gevraagd.referentie)
        + e("RedenVerzoek", "2")
        + e("OngewijzigdeProducten", "".join(zelfde))
        + e("TeWijzigenProducten", e("TeWijzigenProduct", anders))
    )
    return e("Bsn", kaarten.bsn(gevraagd.persoon)) + e("Verzoek", inhoud)


def antwoord(bericht: Antwoordbericht, adres: Adres) -> str:
    """The 319."""
    e, gevraagd = BERICHT["319"], bericht.verzoek
    inhoud = (
        e("ReferentieAanbieder", gevraagd.referentie)
        + e("VerzoekAntwoord", gevraagd.antwoord)
        + e("RedenAfwijzingVerzoek", gevraagd.reden_afwijzing)
        + e("Woonplaatsbeginsel", e("Gemeente", gevraagd.gemeente_woonplaats))
    )
    return envelop("319", adres, e("Antwoord", inhoud))
