"""301 (toewijzing) and 302 (its answer)."""

from __future__ import annotations

from analyse.demo.aanbod import Product
from analyse.demo.feiten import Versie
from analyse.demo.kaart import Kaartenbak
from analyse.demo.post import Toewijsbericht
from analyse.demo.xml_basis import BERICHT, IJW, VERSIES, Adres, Element, envelop, retourcodes


def toewijzing(bericht: Toewijsbericht, adres: Adres, kaarten: Kaartenbak) -> str:
    """The 301."""
    e = BERICHT["301"]
    producten = "".join([e("ToegewezenProduct", _product(versie, e)) for versie in bericht.producten])
    client = kaarten.lang(bericht.persoon, "301") + e("ToegewezenProducten", producten)
    return envelop("301", adres, e("Client", client))


def retour(bericht: Toewijsbericht, adres: Adres, kaarten: Kaartenbak) -> str:
    """The 302: the header of the 301 comes back, the classes only when something in them was wrong."""
    e = BERICHT["302"]
    slot = (
        e("IdentificatieRetour", f"R{adres.nummer[1:]}")
        + e("DagtekeningRetour", bericht.antwoord_op)
        + e("XsdVersieRetour", VERSIES)
        + retourcodes(e, "0200")
    )
    fout = any(versie.retourcode for versie in bericht.producten)
    return envelop("302", adres, _client_retour(bericht, kaarten) if fout else "", slot)


def _client_retour(bericht: Toewijsbericht, kaarten: Kaartenbak) -> str:
    e = BERICHT["302"]
    producten = [
        e("ToegewezenProduct", _product(versie, e) + retourcodes(e, versie.retourcode or "0200"))
        for versie in bericht.producten
    ]
    persoon = kaarten.lang(bericht.persoon, "302")
    return e("Client", persoon + e("ToegewezenProducten", "".join(producten)) + retourcodes(e, "0200"))


def _product(versie: Versie, e: Element) -> str:
    return (
        e("ToewijzingNummer", versie.nummer)
        + e("ReferentieAanbieder", versie.referentie)
        + e("Product", product(versie.product))
        + e("Toewijzingsdatum", versie.datum)
        + e("Toewijzingstijd", versie.tijd)
        + e("Ingangsdatum", versie.ingang)
        + e("Einddatum", versie.eind)
        + e("RedenWijziging", versie.reden)
        + e("Omvang", omvang(versie.product, versie.volume))
        + e("Commentaar", _commentaar(versie))
    )


def _commentaar(versie: Versie) -> str:
    """Free text, now and then (it must not survive reading)."""
    return Kaartenbak.toelichting(versie.nummer) if versie.nummer % 41 == 0 else ""


def product(soort: Product) -> str:
    """Categorie and, unless aspecifiek, code."""
    return IJW("Categorie", soort.categorie) + IJW("Code", soort.code)


def omvang(soort: Product, volume: int) -> str:
    """Volume with unit and frequency; '' without volume."""
    if not volume:
        return ""
    return IJW("Volume", volume) + IJW("Eenheid", soort.eenheid) + IJW("Frequentie", soort.frequentie)
