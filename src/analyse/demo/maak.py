"""`maak_demo`: the demo region as deliveries, in one of the two forms."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Literal

from analyse.demo.aanmelden import schrijf_aanmeldingen
from analyse.demo.aanplant import GEMEENTE, kinderen, registreer_aanplant
from analyse.demo.achtergrond import inwoners_per_jaar, schrijf_achtergrond
from analyse.demo.bevolking import bevolking
from analyse.demo.bijlagen import schrijf_bijlagen, teams
from analyse.demo.bsn import bsn_reeks, deel_uit
from analyse.demo.feiten import Archief
from analyse.demo.ijking import lees_cbs
from analyse.demo.kaart import Kaartenbak
from analyse.demo.pakket import pak_in
from analyse.demo.post import berichten
from analyse.demo.regio import maak_wereld
from analyse.demo.registratie import registreer
from analyse.demo.tabellen import clienten, schrijf_maatregelen, schrijf_tabellen, schrijf_verwijzers
from analyse.demo.waarheid import waarheid
from analyse.demo.waarheid_aanplant import aanplant
from analyse.demo.waarheid_cijfers import cijfers
from analyse.demo.wereld import PEILDATUM, Maatregel, Persoon, Wereld
from analyse.demo.xml_schrijver import Schrijver
from analyse.kern.bestanden import nieuwe_map, schrijf_tekst
from analyse.kern.fouten import ParameterFout
from analyse.params import zoek_wortel

Vorm = Literal["xml", "tabel"]
Voortgang = Callable[[str, int, int], None]
ZAAD = 2019


def maak_demo(
    map_: Path, *, vorm: Vorm = "xml", schaal: float = 1.0, zaad: int = ZAAD, voortgang: Voortgang | None = None
) -> None:
    """Write the demo region under `map_`: a folder per gemeente, `waarheid.json` and `bevolking.csv`.

    `schaal=1` is `CBS_FRACTIE` (one quarter) of the trajecten that CBS counts. Form `xml`: `berichten.zip`,
    `verwijzers.csv`, `maatregelen.csv`, `levering.yaml` per gemeente; form `tabel`: the neutral tables. Both with
    the tables beside them (`bijlagen`, `achtergrond`, `aanmelden`). Same arguments, same bytes. `voortgang` hears
    (what, done, total). Raises ParameterFout when `schaal` is not positive or needs more children than the test
    range of BSNs has numbers (form `xml` only).
    """
    if schaal <= 0:
        raise ParameterFout("De schaal van de demoregio is een getal boven 0.", ontvangen=schaal)
    referentie = zoek_wortel() / "data" / "referentie"
    cbs = lees_cbs(referentie / "cbs_gemeenten.csv")
    meld = voortgang or (lambda wat, klaar, totaal: None)
    meld("kinderen verzinnen", 0, 1)
    wereld = maak_wereld(cbs, schaal=schaal, zaad=zaad)
    geplant = kinderen(wereld)
    nummers = _nummers(wereld, vorm, schaal)
    archieven = registreer(wereld, zaad=zaad, voortgang=lambda klaar, totaal: meld("registreren", klaar, totaal))
    registreer_aanplant(geplant, wereld, archieven[GEMEENTE])
    mensen = bevolking(referentie / "bevolking.csv", schaal=schaal)
    inwoners = inwoners_per_jaar(mensen, cbs)
    for i, (gemeente, archief) in enumerate(archieven.items()):
        meld("schrijven", i, len(archieven))
        with nieuwe_map(map_ / gemeente) as tijdelijk:
            _schrijf(tijdelijk, archief, wereld, nummers, vorm)
            _schrijf_ernaast(tijdelijk, archief, wereld, nummers, zaad=zaad)
            schrijf_achtergrond(tijdelijk, archief, inwoners[gemeente], zaad=zaad)
            schrijf_aanmeldingen(tijdelijk, archief, inwoners[gemeente], zaad=zaad)
    profiel = referentie / "cpb_leeftijdsprofiel.csv"
    waar = cijfers(wereld, archieven, mensen, inwoners, profiel=profiel, zaad=zaad)
    metingen = {"cijfers": waar, "geplant": aanplant(geplant)}
    tekst = waarheid(wereld, archieven, schaal=schaal, zaad=zaad, metingen=metingen)
    schrijf_tekst(map_ / "waarheid.json", tekst)
    schrijf_tekst(map_ / "bevolking.csv", mensen)
    meld("schrijven", len(archieven), len(archieven))


def _nummers(wereld: Wereld, vorm: Vorm, schaal: float) -> list[str]:
    """Client ids: BSNs of the test range while they last; above that only tables, with ids that are no BSN."""
    aantal, beschikbaar = len(wereld.personen), len(bsn_reeks())
    if aantal <= beschikbaar:
        return deel_uit(aantal)
    if vorm == "xml":
        raise ParameterFout(
            "Zoveel kinderen passen niet in iJw-berichten: de testreeks van burgerservicenummers is op.",
            ontvangen=f"schaal {schaal:g}, dat zijn {aantal} kinderen; de testreeks heeft {beschikbaar} nummers",
            doe=f"Kies een schaal tot {int(10 * schaal * beschikbaar / aantal) / 10:g}, of kies --vorm tabel.",
        )
    return [f"DEMO{nr:07d}" for nr in range(aantal)]


def _schrijf(map_: Path, archief: Archief, wereld: Wereld, nummers: list[str], vorm: Vorm) -> None:
    def client(persoon: Persoon) -> str:
        return nummers[persoon.nr]

    if vorm == "xml":
        schrijver = Schrijver(archief.gemeente, Kaartenbak(nummers, _status(wereld.maatregelen)))
        pak_in(map_, schrijver.schrijf(berichten(archief)))
    else:
        schrijf_tabellen(map_, archief, client)


def _schrijf_ernaast(map_: Path, archief: Archief, wereld: Wereld, nummers: list[str], *, zaad: int) -> None:
    """What both forms have beside the messages."""

    def client(persoon: Persoon) -> str:
        return nummers[persoon.nr]

    eigen = {persoon.nr for persoon in clienten(archief)}
    maatregelen = [m for m in wereld.maatregelen if m.gemeente == archief.gemeente and m.persoon.nr in eigen]
    schrijf_maatregelen(map_, [m for m in maatregelen if m.begin <= PEILDATUM], client)
    schrijf_verwijzers(map_, archief, teams(archief, zaad=zaad))
    schrijf_bijlagen(map_, archief, maatregelen, client, zaad=zaad)
    (map_ / "levering.yaml").write_bytes(f"peildatum: {PEILDATUM}\nherkomst: demo\n".encode())


def _status(maatregelen: Iterable[Maatregel]) -> dict[int, str]:
    """What 301 may say about a measure and mostly doesn't: 04 (OTS) or 06 (voogdij), for one child in four."""
    return {m.persoon.nr: "06" if m.type == "21" else "04" for m in maatregelen if m.persoon.nr % 4 == 0}
