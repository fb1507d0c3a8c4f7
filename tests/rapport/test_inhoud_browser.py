"""The index page in a real browser: axe-core finds nothing, and nothing sticks out at 320 px."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from proef import MaakOpdracht, rapport

from analyse.rapport import inhoud

pytestmark = pytest.mark.browser
GEBIEDEN = {"REGIO": "Midden-IJssel/Oost-Veluwe", "GM0200": "Apeldoorn", "GM0246": "Heerde", "GM0301": "Zutphen"}
FOUT = {
    "hoofdstuk": "uithuisplaatsingen",
    "cel": "Hoe lang duurt een plaatsing?",
    "melding": "Deze indicator bestaat niet. Ontvangen: 'verblijf.duur'. Bedoelde u verblijf.duur_km?",
}


@pytest.fixture
def pagina(maak_opdracht: MaakOpdracht) -> Path:
    opdracht = maak_opdracht(
        {"gebruik": ["# Gebruik"]},
        gebieden=GEBIEDEN,
        titel="Rapporten jeugdhulp Midden-IJssel/Oost-Veluwe",
        rapporten=(rapport("gebruik"), rapport("gebruik", naam="kort", gebieden="regio")),
        gegevens={"periode_naam": "2e halfjaar 2025", "peildatum_tekst": "31 december 2025"},
    )
    bestanden = [
        {"pad": f"GM0200/{naam}", "bytes": 412_345, "sha256": ""}
        for naam in (
            "rapport.html",
            "rapport.pdf",
            *(f"tabellen/uithuisplaatsingen-duur-{n}.csv" for n in range(9)),
        )
    ]
    klaar = {"status": "gemaakt", "afdruk": "nu", "bestanden": bestanden}
    vermeldingen = {
        "REGIO": klaar,
        "GM0200": {**klaar, "afdruk": "toen"},
        "GM0246": {"status": "mislukt", "afdruk": "nu", "bestanden": [], "fout": FOUT},
    }
    inhoud.schrijf(opdracht, vermeldingen, {stuk.sleutel: "nu" for stuk in opdracht.stukken})
    return opdracht.uit / inhoud.NAAM


@pytest.mark.parametrize("breedte", [320, 1280])
def test_toegankelijk_en_passend(browser: Any, pagina: Path, breedte: int) -> None:
    from axe_playwright_python.sync_playwright import Axe

    blad = browser.new_page(viewport={"width": breedte, "height": 900})
    blad.goto(pagina.as_uri())
    for knop in blad.locator("summary").all():
        knop.click()
    if map_ := os.environ.get("ANALYSE_PLAATJES"):
        blad.screenshot(path=Path(map_) / f"index-{breedte}.png", full_page=True)
    uitkomst = Axe().run(blad)
    assert uitkomst.violations_count == 0, uitkomst.generate_report()
    assert blad.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    blad.close()
