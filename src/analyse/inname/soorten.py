"""What the messages look like: for every message the classes that become rows, and where their values stand.

Paths are local names below `Bericht`, so both namespaces, any prefix and both domains (iJw, iWmo) fit, and so
do 3.0 and 3.1, which carry the same elements. What isn't named here (names, addresses, free text) is never
looked at. Source: XSD of iJw and iWmo 3.2.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

_NAMEN = ("301", "302", "305", "306", "307", "308", "315", "316", "317", "318", "319", "320", "323", "325")
_JW = (436, 437, 438, 439, 440, 441, 446, 447, 486, 487, 488, 489, 490, 491)
_WMO = (414, 415, 418, 419, 420, 421, 444, 445, 480, 481, 482, 483, 484, 485)
# Header/BerichtCode (COD002) to domain and kind of message.
CODES: dict[str, tuple[str, str]] = {
    str(code): (domein, naam)
    for domein, codes in (("Jw", _JW), ("Wmo", _WMO))
    for code, naam in zip(codes, _NAMEN, strict=True)
}

# Return messages that only say "received" or "rejected": counted, not used.
ALLEEN_GETELD = ("306", "308", "316", "318", "320")


@dataclass(frozen=True)
class Klasse:
    """One class of records: its path, the table it fills, its own values, those of classes above, constants.

    `anders` marks a class that only counts when no row came from inside it (a request without products).
    """

    pad: str
    tabel: str
    velden: Mapping[str, str]
    boven: Mapping[str, str] = field(default_factory=dict)
    vast: Mapping[str, str] = field(default_factory=dict)
    anders: bool = False


@dataclass(frozen=True)
class Soort:
    """One kind of message; `aanbieder` names the header element that holds it, the other one is the gemeente."""

    klassen: tuple[Klasse, ...]
    aanbieder: str = "Afzender"


_PRODUCT = {"Product/Categorie": "productcategorie", "Product/Code": "productcode"}
_OMVANG = {"Omvang/Volume": "volume", "Omvang/Eenheid": "eenheid", "Omvang/Frequentie": "frequentie"}
_BSN = {"Client/Bsn": "persoon"}
_CLIENT = Klasse(
    "Client",
    "clienten",
    {
        "Bsn": "persoon",
        "Geboortedatum/Datum": "geboortejaar",
        "Geboortedatum/DatumGebruik": "geboortemaand",
        "Geslacht": "geslacht",
    },
)
_LEVERING = {
    "ToewijzingNummer": "toewijzingnummer",
    "Begindatum": "begindatum",
    "StatusAanlevering": "status_aanlevering",
}
_VERZOEK = {"Client/Verzoek/ReferentieAanbieder": "referentie_aanbieder", **_BSN}
_PRESTATIE = {
    "ProductReferentie/ReferentieNummer": "referentienummer",
    "ProductReferentie/VorigReferentieNummer": "vorig_referentienummer",
    "ToewijzingNummer": "toewijzingnummer",
    "ProductCategorie": "productcategorie",
    "ProductCode": "productcode",
    "ProductPeriode/Begindatum": "periode_begin",
    "ProductPeriode/Einddatum": "periode_eind",
    "GeleverdVolume": "volume",
    "Eenheid": "eenheid",
    "ProductTarief": "tarief_cent",
    "IngediendBedrag/Bedrag": "bedrag_cent",
    "IngediendBedrag/DebetCredit": "debet_credit",
}


def _in_verzoek(pad: str, velden: Mapping[str, str]) -> Klasse:
    """A product inside a 317, where one reference holds for the whole request."""
    return Klasse(f"Client/Verzoek/{pad}", "verzoeken", velden, boven=_VERZOEK, vast={"berichttype": "317"})


SOORTEN: dict[str, Soort] = {
    "301": Soort(
        (
            _CLIENT,
            Klasse(
                "Client/ToegewezenProducten/ToegewezenProduct",
                "toewijzingen",
                {
                    "ToewijzingNummer": "toewijzingnummer",
                    "ReferentieAanbieder": "referentie_aanbieder",
                    **_PRODUCT,
                    "Toewijzingsdatum": "toewijzingsdatum",
                    "Toewijzingstijd": "toewijzingstijd",
                    "Ingangsdatum": "ingangsdatum",
                    "Einddatum": "einddatum",
                    "RedenWijziging": "reden_wijziging",
                    **_OMVANG,
                    "Budget": "budget_cent",
                },
                boven=_BSN,
            ),
        ),
        aanbieder="Ontvanger",
    ),
    "302": Soort(
        (
            Klasse(
                "Client/ToegewezenProducten/ToegewezenProduct",
                "retour",
                {
                    "ToewijzingNummer": "toewijzingnummer",
                    "Toewijzingsdatum": "toewijzingsdatum",
                    "Toewijzingstijd": "toewijzingstijd",
                    "RetourCodes/RetourCode": "retourcode",
                },
            ),
        ),
        aanbieder="Ontvanger",
    ),
    "305": Soort(
        (_CLIENT, Klasse("Client/StartProducten/StartProduct", "leveringen", _LEVERING, vast={"soort": "start"}))
    ),
    "307": Soort(
        (
            _CLIENT,
            Klasse(
                "Client/StopProducten/StopProduct",
                "leveringen",
                {**_LEVERING, "Einddatum": "einddatum", "RedenBeeindiging": "reden_beeindiging"},
                vast={"soort": "stop"},
            ),
        )
    ),
    "315": Soort(
        (
            _CLIENT,
            Klasse(
                "Client/AangevraagdeProducten/AangevraagdProduct",
                "verzoeken",
                {
                    "ReferentieAanbieder": "referentie_aanbieder",
                    **_PRODUCT,
                    "Verwijzer/Type": "verwijzer_type",
                    "Verwijzer/ZorgverlenerCode": "verwijzer_agb",
                },
                boven=_BSN,
                vast={"berichttype": "315"},
            ),
        )
    ),
    "317": Soort(
        (
            _in_verzoek("OngewijzigdeProducten/OngewijzigdProduct", {"ToewijzingNummer": "toewijzingnummer"}),
            _in_verzoek("TeWijzigenProducten/TeWijzigenProduct", {"ToewijzingNummer": "toewijzingnummer"}),
            _in_verzoek("NieuweProducten/NieuwProduct", _PRODUCT),
            Klasse(
                "Client/Verzoek",
                "verzoeken",
                {"ReferentieAanbieder": "referentie_aanbieder"},
                boven=_BSN,
                vast={"berichttype": "317"},
                anders=True,
            ),
        )
    ),
    "319": Soort(
        (
            Klasse(
                "Antwoord",
                "verzoeken",
                {
                    "ReferentieAanbieder": "referentie_aanbieder",
                    "VerzoekAntwoord": "antwoord",
                    "RedenAfwijzingVerzoek": "reden_afwijzing",
                    "Woonplaatsbeginsel/Gemeente": "gemeente_woonplaats",
                },
                vast={"berichttype": "319"},
            ),
        ),
        aanbieder="Ontvanger",
    ),
    "323": Soort(
        (
            Klasse(
                "Declaratie/Clienten/Client/Prestaties/Prestatie",
                "declaraties",
                _PRESTATIE,
                boven={
                    "Declaratie/DeclaratieNummer": "declaratienummer",
                    "Declaratie/DeclaratieDagtekening": "dagtekening",
                },
                vast={"bericht": "323"},
            ),
        )
    ),
    "325": Soort(
        (
            Klasse(
                "DeclaratieAntwoord/Clienten/Client/Prestaties/Prestatie",
                "declaraties",
                {**_PRESTATIE, "RetourCodes/RetourCode": "retourcode"},
                boven={"DeclaratieAntwoord/DeclaratieNummer": "declaratienummer"},
                vast={"bericht": "325", "status": "afgewezen"},
            ),
        ),
        aanbieder="Ontvanger",
    ),
}
for _soort in ALLEEN_GETELD:
    SOORTEN[_soort] = Soort(())

# The column of each table that takes the date of the message itself.
BERICHTDATUM = {"leveringen": "berichtdatum", "verzoeken": "dagtekening", "declaraties": "dagtekening"}
