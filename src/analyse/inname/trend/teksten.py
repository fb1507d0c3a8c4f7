"""The findings of this room: code, severity, rule and advice; figures are filled in by the checks."""

from __future__ import annotations

from analyse.inname.meldingen import Melding
from analyse.kern.fouten import Bevinding, Ernst

B, W, I = Ernst.BLOKKEREND, Ernst.WAARSCHUWING, Ernst.INFORMATIE  # noqa: E741

TEKSTEN: dict[str, Melding] = {
    "DK22": Melding(
        I,
        "Van de laatste maanden komt nog een deel van de declaraties. De uitgaven zijn voorlopig.",
        "U hoeft niets te doen. De schatting volgt uit hoe snel eerdere maanden vol waren.",
    ),
    "DK23": Melding(
        W,
        "De declaraties wijken af van de jaarrekening (taakvelden jeugd).",
        "Zoek het verschil: pgb, subsidies en landelijke inkoop staan niet in de declaraties.",
    ),
    "DK25": Melding(
        I,
        "Het aantal jeugdigen wijkt af van wat het CBS telt.",
        "Vergelijk eerst de definities. Controleer daarna of alle aanbieders zijn geleverd.",
    ),
    "DK26p": Melding(
        B,
        "Van dezelfde maanden zijn veel minder gegevens geleverd dan de vorige keer.",
        "Controleer de selectie van de export. Lever ook de ontbrekende gegevens.",
    ),
    "DK26q": Melding(
        B,
        "Maanden die de vorige keer wel waren geleverd, ontbreken nu.",
        "Lever ook de gegevens van deze maanden.",
    ),
    "DK26r": Melding(
        W,
        "De gegevens beginnen later dan de vorige keer. Cijfers die terugkijken, worden daardoor te laag.",
        "Lever de gegevens vanaf dezelfde maand als de vorige keer.",
    ),
    "DK26s": Melding(
        W,
        "Deze tabel was er de vorige keer wel en is nu niet geleverd.",
        "Lever de tabel opnieuw, of meld dat die er niet meer is.",
    ),
}


def bevinding(code: str, gebied: str, ontvangen: str, *, aantal: int = 1, **rest: object) -> Bevinding:
    """One finding; `rest` may hold `bestand`, `euro_cent` and `raakt`."""
    vast = TEKSTEN[code]
    bestand = str(rest.pop("bestand", ""))
    return Bevinding(
        code, vast.ernst, gebied, bestand, "", vast.regel, ontvangen, vast.doe, aantal, **rest  # type: ignore[arg-type]
    )  # fmt: skip
