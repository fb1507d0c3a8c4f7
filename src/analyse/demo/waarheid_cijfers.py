"""For every indicator the figure that a perfect registration of the demo region would have given.

One number per indicator, of the whole region over `PERIODEN` together; a test holds the measurement against it.
How the half-years are taken together (`over`) and how far a crooked registration may lead away stand here, beside
the name: an indicator without a line here has no truth, and the test says so.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from analyse.demo import aanmelden
from analyse.demo.feiten import Archief
from analyse.demo.ijking import GEMEENTEN
from analyse.demo.tabellen import Rij
from analyse.demo.waarheid_geld import Kas, geldcijfers
from analyse.demo.waarheid_nummers import nummers, registratiecijfers
from analyse.demo.waarheid_verzilvering import verzilvering
from analyse.demo.waarheid_wereld import (
    PERIODEN,
    Echt,
    aanbiedercijfers,
    eindcijfers,
    hulpcijfers,
    verblijfcijfers,
)
from analyse.demo.wereld import PEILDATUM, Wereld
from analyse.kern.codes import HULPVORM

# Half-years together: all values added up, teller over noemer, the plain mean, or only the newest half-year.
Over = Literal["som", "verhouding", "gemiddelde", "laatste"]


@dataclass(frozen=True)
class Wijze:
    """How a figure is compared: `relatief` in parts of the truth, `absoluut` in its own unit; either will do."""

    over: Over
    relatief: float = 0.0
    absoluut: float = 0.0
    verwijzer: str = ""  # the row of this verwijzer, for a figure that has no total


def _alle(over: Over, *namen: str, relatief: float = 0.0, absoluut: float = 0.0) -> dict[str, Wijze]:
    return dict.fromkeys(namen, Wijze(over, relatief, absoluut))


_STROMEN = ("beginstand", "instroom", "uitstroom", "actief", "eindstand", "herhaald")
_NAAR = ("aantal", "zwaarder", "lichter", "gelijk", "andere_aanbieder", *(f"naar_{code}" for code in HULPVORM))
_WACHT = ("verzoek_start", "verzoek_toewijzing", "toewijzing_start", "ingang_start")
_DELEN = ("jeugdigen", "volume", "mix", "prijs", "index")
WIJZEN: dict[str, Wijze] = {
    **_alle("som", *(f"trajecten.{s}" for s in _STROMEN), relatief=0.08),
    **_alle("som", "jeugdigen.actief", "jeugdigen.instroom", relatief=0.06),
    **_alle("som", "verwijzingen.aantal", "verwijzingen.huisarts_sggz", relatief=0.06),
    **_alle(
        "som", "verblijf.jeugdigen", "verblijf.gedwongen", "verblijf.nieuw", "verblijf.naar_huis", relatief=0.12
    ),
    **_alle("som", *(f"doorstroom.{s}" for s in _NAAR), relatief=0.15, absoluut=8),
    **_alle("som", "doorstroom.blijft", "doorstroom.uit", relatief=0.08),
    **_alle("som", "kwaliteit.zonder_hulpvorm", relatief=0.10),
    **_alle("som", "aanbieder.aantal", "aanbieder.toetreders", "aanbieder.uittreders", relatief=0.03, absoluut=8),
    **_alle("som", "uitgaven.bedrag", "uitgaven.jeugdigen", "uitgaven.pgb", relatief=0.01),
    **_alle("som", *(f"uitgaven.verschil_{deel}" for deel in _DELEN), relatief=0.02, absoluut=2000),
    **_alle("som", "verwijzingen.huisarts_toegang", relatief=0.10, absoluut=12),
    **_alle("laatste", "uitgaven.verwacht", "uitgaven.verwacht_jaar", relatief=0.15),
    **_alle("som", "uitgaven.landelijk", absoluut=1),
    **_alle("verhouding", "jeugdigen.per_1000", relatief=0.06),
    **_alle(
        "verhouding", "uitgaven.per_jeugdige", "uitgaven.per_inwoner", "uitgaven.leeftijdsindex", relatief=0.01
    ),
    **_alle("verhouding", "uitgaven.per_traject", "trajectduur.gemiddeld", relatief=0.08),
    **_alle("verhouding", "uitgaven.aansluiting", "uitgaven.landelijk_aandeel", absoluut=0.2),
    **_alle("verhouding", "uitgaven.pgb_aandeel", "aanbieder.concentratie", absoluut=0.3),
    **_alle("verhouding", "trajectduur.langlopend", "uitval.strikt", "uitval.breed", absoluut=2),
    **_alle("verhouding", "geen_nieuwe_start.6_maanden", "geen_nieuwe_start.12_maanden", absoluut=2),
    **_alle("verhouding", "doorstroom.aandeel", "zorgpad.sggz_afschaling", "uitval.zonder_reden", absoluut=2),
    **_alle("verhouding", *(f"kwaliteit.{s}" for s in ("datumbron_begin", "datumbron_eind")), absoluut=2),
    **_alle("verhouding", "kwaliteit.verwijzer_onbekend", "wachttijd.zonder_verzoek", absoluut=2),
    **_alle("verhouding", "wachttijd.terugwerkend", absoluut=2),
    **_alle("verhouding", "tevredenheid.gemiddeld", absoluut=0.25),
    **_alle(
        "verhouding", "tevredenheid.acht_of_hoger", "zonder_hulp.verder", "doelrealisatie.behaald", absoluut=6
    ),
    **_alle(
        "verhouding", *(f"{s}.respons" for s in ("tevredenheid", "zonder_hulp", "doelrealisatie")), absoluut=4
    ),
    **_alle("verhouding", "verzilvering.onbekend", "verzilvering.nooit_gestart", absoluut=2),
    **_alle("gemiddelde", "verzilvering.aandeel", absoluut=4),
    **_alle("gemiddelde", "trajectduur.mediaan", "trajectduur.mediaan_km", "zorgpad.sggz_duur", relatief=0.08),
    **_alle("gemiddelde", "verblijf.duur_km", relatief=0.25),
    **_alle("gemiddelde", *(f"wachttijd.{s}" for s in _WACHT), absoluut=1),
    **_alle("gemiddelde", *(f"wachttijd.{s}_p90" for s in _WACHT), absoluut=2),
    "verwijzingen.aandeel": Wijze("verhouding", absoluut=2, verwijzer="02"),
}


def cijfers(
    wereld: Wereld, archieven: Mapping[str, Archief], mensen: str, inwoners: Mapping[str, list[Rij]], *,
    profiel: Path, zaad: int,
) -> dict[str, Any]:  # fmt: skip
    """Per indicator `waarde`, and how it may be compared; `mensen`: the table of inhabitants as CSV text."""
    echt, per = Echt(wereld), {gemeente: nummers(archief) for gemeente, archief in archieven.items()}
    waarden = {
        **hulpcijfers(echt),
        **verblijfcijfers(echt),
        **eindcijfers(echt),
        **aanbiedercijfers(echt),
        **registratiecijfers(archieven, per, zaad=zaad),
        **verzilvering(archieven, per),
        **geldcijfers(Kas(archieven, inwoners, zaad), echt, profiel),
    }
    waarden["verwijzingen.huisarts_toegang"] = _aanmeldingen(inwoners)
    waarden["jeugdigen.per_1000"] = 1000 * waarden["jeugdigen.actief"] / _inwoners(mensen)
    laatste = f"{PEILDATUM.year}-H2"
    return {
        naam: {
            "waarde": round(waarde, 4),
            "over": WIJZEN[naam].over,
            "perioden": [laatste] if WIJZEN[naam].over == "laatste" else [str(p) for p in PERIODEN],
            "relatief": WIJZEN[naam].relatief,
            "absoluut": WIJZEN[naam].absoluut,
            **({"verwijzer": WIJZEN[naam].verwijzer} if WIJZEN[naam].verwijzer else {}),
        }
        for naam, waarde in sorted(waarden.items())
    }


def _aanmeldingen(inwoners: Mapping[str, list[Rij]]) -> float:
    """The mean that the toegang draws around, of half-years with both quarters."""
    som = 0.0
    for g in aanmelden.VANAF:
        per = aanmelden.verwacht(g, inwoners[g])
        for p in PERIODEN:
            kwartalen = [(p.jaar, p.begin.month // 3 + n) for n in (1, 2)]
            som += sum(per[k] for k in kwartalen) if all(k in per for k in kwartalen) else 0
    return som


def _inwoners(mensen: str) -> int:
    """Inhabitants of 0 to 22, once for each half-year."""
    jaren = [str(p.jaar) for p in PERIODEN]
    return sum(
        int(rij["aantal"]) * jaren.count(rij["jaar"])
        for rij in csv.DictReader(io.StringIO(mensen), delimiter=";")
        if rij["gebied"] in GEMEENTEN and rij["leeftijd"] == "0-22"
    )
