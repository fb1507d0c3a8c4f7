"""Findings of the readers: everything that is wrong before there are rows to judge.

One catalogue of code, severity, rule and advice, so that the texts can be read and translated in one place.
Rules about rows stand in `regels.py`; codes starting with LV are about the delivery, DK about its content.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from analyse.inname.pseudoniem import elfproef
from analyse.kern.fouten import Bevinding, Ernst

B, W, I = Ernst.BLOKKEREND, Ernst.WAARSCHUWING, Ernst.INFORMATIE  # noqa: E741


@dataclass(frozen=True)
class Melding:
    """The fixed part of a finding."""

    ernst: Ernst
    regel: str
    doe: str


MELDINGEN: dict[str, Melding] = {
    "LV01": Melding(
        W,
        "Deze map hoort niet bij een gemeente van de regio en is niet gelezen.",
        "Noem de map naar de gemeente (GM plus vier cijfers) of haal de map weg.",
    ),
    "LV02": Melding(
        B, "De map van deze gemeente bevat geen levering.", "Zet de bestanden van de back office in deze map."
    ),
    "LV03": Melding(
        B,
        "Van deze gemeente is niets geleverd.",
        "Vraag de levering op en zet die in een map met de gemeentecode.",
    ),
    "LV04": Melding(
        W,
        "Dit bestand is niet herkend en niet gelezen.",
        "Lever berichten als .xml of .zip en tabellen als .csv, .xlsx of .parquet onder de afgesproken naam.",
    ),
    "LV05": Melding(
        W,
        "Dit bericht is beschadigd en telt niet mee.",
        "Haal het bericht opnieuw op uit het berichtenverkeer en lever het opnieuw.",
    ),
    "LV06": Melding(
        W,
        "Dit bericht bevat een DTD of entiteiten en is niet gelezen. Dat mag niet in iJw en kan een aanval zijn.",
        "Zoek uit waar dit bestand vandaan komt en lever het bericht zonder DTD.",
    ),
    "LV07": Melding(
        W,
        "Dit XML-bestand is geen bekend iJw- of iWmo-bericht en is niet gelezen.",
        "Controleer of dit bestand bij de levering hoort.",
    ),
    "LV08": Melding(
        B, "Dit zipbestand is niet veilig te lezen.", "Maak het zipbestand opnieuw, met alleen berichten erin."
    ),
    "LV09": Melding(
        B,
        "In deze tabel ontbreken verplichte kolommen. De tabel is niet gebruikt.",
        "Voeg de kolommen toe. De namen staan in de beschrijving van de leveringen.",
    ),
    "LV10": Melding(
        B, "Deze tabel is niet te lezen.", "Sla het bestand opnieuw op als CSV (UTF-8, puntkomma) of als XLSX."
    ),
    "LV11": Melding(
        W,
        "Deze tabel is niet in UTF-8 opgeslagen. De tabel is gelezen als Windows-1252.",
        "Lever tabellen in UTF-8.",
    ),
    "LV12": Melding(
        B,
        "Het bestand levering.yaml klopt niet.",
        "Verbeter levering.yaml. Tot dan is deze gemeente niet gelezen.",
    ),
    "LV13": Melding(
        W,
        "De peildatum is niet opgegeven. De nieuwste datum van een bericht in de levering is gebruikt.",
        "Zet de peildatum in levering.yaml of in de editie.",
    ),
    "LV14": Melding(
        W,
        "Deze gegevens noemen een andere gemeente dan de map. Ze tellen mee voor de gemeente van de map.",
        "Controleer of de bestanden in de goede map staan.",
    ),
    "LV15": Melding(
        I,
        "Retourberichten zijn herkend en geteld. Ze veranderen de cijfers niet.",
        "U hoeft niets te doen.",
    ),
    "LV16": Melding(
        I,
        "Er is geen sleutel voor pseudoniemen opgegeven. Voor deze keer is een eenmalige sleutel gebruikt.",
        "De cijfers zijn hetzelfde. Stel ANALYSE_SLEUTEL in als u personen tussen twee keer lezen wilt koppelen.",
    ),
    "LV18": Melding(
        W,
        "Deze berichten hebben een andere versie dan 3.2. Ze zijn gelezen alsof het 3.2 is.",
        "Controleer of codes in deze berichten dezelfde betekenis hebben.",
    ),
    "LV19": Melding(
        W,
        "Deze cliëntnummers zijn een BSN waarvan de voorloopnul weg is. De nul is teruggezet.",
        "Sla de kolom in Excel op als tekst, zodat nullen vooraan blijven staan.",
    ),
    "LV20": Melding(
        W,
        "Deze rijen hebben een ander aantal kolommen dan de kopregel en zijn opzij gezet.",
        "Zet tekst met een scheidingsteken tussen dubbele aanhalingstekens.",
    ),
    "LV21": Melding(
        W,
        "Deze kolommen kent de tabel niet. Ze zijn niet gelezen.",
        "Controleer de kolomnaam. Kolommen die niet nodig zijn, kunt u beter niet leveren.",
    ),
    "LV22": Melding(
        W,
        "De sleutel voor pseudoniemen is korter dan 32 bytes en daardoor te raden.",
        "Gebruik een sleutel van minstens 32 willekeurige bytes.",
    ),
    "LV23": Melding(
        W,
        "Dit bestand is niet te openen en niet gelezen.",
        "Controleer de rechten op het bestand en of het nog ergens openstaat.",
    ),
    "LV24": Melding(
        W,
        "Dit is een verwijzing naar een bestand buiten de map van de gemeente. Het is niet gelezen.",
        "Zet het bestand zelf in de map.",
    ),
    "LV25": Melding(
        W,
        "Dit bericht bevat een stuk dat veel te lang of te diep genest is. Het is niet gelezen.",
        "Zoek uit waar dit bestand vandaan komt en haal het bericht opnieuw op.",
    ),
    "LV30": Melding(
        I,
        "Deze tabel is een export van een leverancier en is met een vertaling gelezen.",
        "Controleer of dit de goede vertaling is. Anders: zet de naam achter vertaling: in levering.yaml.",
    ),
    "LV31": Melding(
        B,
        "Meer dan één vertaling past op deze tabel. De tabel is niet gelezen.",
        "Zet in levering.yaml welke vertaling geldt, bijvoorbeeld vertaling: nederlands.",
    ),
    "LV32": Melding(
        B,
        "Deze tabel lijkt op een bekende export, maar er missen kolommen. De tabel is niet gelezen.",
        "Voeg de kolommen toe aan de export, of de kolomnaam aan de vertaling in params/leveringen.",
    ),
    "LV33": Melding(
        I,
        "Waarden in deze kolom hadden een andere schrijfwijze. Ze zijn omgezet naar de afgesproken vorm.",
        "U hoeft niets te doen.",
    ),
    "LV34": Melding(
        W,
        "Excel gaf in deze kolom dagnummers (zoals 45383) in plaats van datums. Ze zijn omgerekend.",
        "Geef de kolom in Excel de opmaak datum voordat u de export opslaat.",
    ),
    "LV35": Melding(
        W,
        "In deze kolom stonden dag en maand omgewisseld. Ze zijn teruggezet, omdat andere datums dat bewijzen.",
        "Maak de export opnieuw zonder die eerst in Excel te openen, of sla de kolom op als tekst.",
    ),
    "LV36": Melding(
        W,
        "In deze kolom is niet zeker wat sommige waarden betekenen. Ze zijn niet hersteld.",
        "Maak de export opnieuw, met datums als jjjj-mm-dd en bedragen als 1234,56, en controleer de waarden.",
    ),
    "LV37": Melding(
        W,
        "Einddatums voor 1950 (zoals 01-01-1900) betekenen dat er geen einde is. Ze tellen als leeg.",
        "Laat de einddatum leeg als er geen einde is.",
    ),
    "LV38": Melding(
        W,
        "Excel heeft productcodes veranderd in getallen (zoals 54E01 in 540). Ze zijn teruggezet.",
        "Sla de kolom met productcodes in Excel op als tekst.",
    ),
    "LV39": Melding(
        W,
        "Excel heeft nummers afgerond (zoals 1,2E+08). Ze zijn niet te herstellen en tellen als leeg.",
        "Maak de export opnieuw en sla de kolom in Excel op als tekst.",
    ),
    "LV40": Melding(
        W,
        "Het domein van deze regels is geen Jw en geen Wmo. De regels zijn opzij gezet.",
        "Lever alleen regels van de Jeugdwet (Jw) en de Wmo, met dat woord in de kolom domein.",
    ),
    "DK02": Melding(
        W,
        "Deze cliëntnummers hebben negen cijfers, maar zijn geen geldig BSN (elfproef).",
        "Controleer de nummers in de bron. De kinderen tellen wel mee.",
    ),
    "DK02b": Melding(
        W,
        "Deze cliëntnummers zijn testnummers of invulnummers (zoals 999999999). Ze horen niet bij een kind.",
        "Haal testgegevens uit de levering en vul de echte nummers in.",
    ),
}


def melding(
    code: str, gebied: str, bestand: str = "", *, plek: str = "", ontvangen: str = "", aantal: int = 1
) -> Bevinding:
    """One finding from the catalogue; `ontvangen` must be free of personal data, file names are masked here."""
    vast = MELDINGEN[code]
    return Bevinding(
        code, vast.ernst, gebied, veilig(bestand), veilig(plek), vast.regel, ontvangen, vast.doe, aantal
    )


def veilig(naam: str) -> str:
    """A file or message name in which any BSN is replaced by asterisks."""
    return re.sub(r"(?<!\d)\d{9}(?!\d)", lambda m: "*" * 9 if elfproef(m[0]) else m[0], naam)


def vorm(waarde: str) -> str:
    """The shape of a value that may be personal: digits become 9, letters a; `31/12/2024` becomes `99/99/9999`."""
    kort = waarde[:24]
    return re.sub(r"[^\W\d_]", "a", re.sub(r"\d", "9", kort)) + ("…" if len(waarde) > len(kort) else "")
