"""305 (start) and 307 (stop)."""

from __future__ import annotations

from analyse.demo.feiten import Melding
from analyse.demo.kaart import Kaartenbak
from analyse.demo.post import Meldbericht
from analyse.demo.xml_basis import BERICHT, Adres, Element, envelop
from analyse.demo.xml_toewijzing import product

_NAAM = {"305": "StartProduct", "307": "StopProduct"}


def melding(bericht: Meldbericht, adres: Adres, kaarten: Kaartenbak) -> str:
    """The 305 or 307."""
    e, naam = BERICHT[bericht.soort], _NAAM[bericht.soort]
    producten = "".join([e(naam, _product(gemeld, e)) for gemeld in bericht.producten])
    client = kaarten.kort(bericht.persoon, bericht.soort) + e(f"{naam}en", producten)
    return envelop(bericht.soort, adres, e("Client", client))


def _product(gemeld: Melding, e: Element) -> str:
    return (
        e("ToewijzingNummer", gemeld.nummer)
        + e("Product", product(gemeld.product))
        + e("ToewijzingIngangsdatum", gemeld.ingang)
        + e("Begindatum", gemeld.begin)
        + e("RedenBeeindiging", gemeld.reden)
        + e("Einddatum", gemeld.eind)
        + e("StatusAanlevering", gemeld.status)
    )
