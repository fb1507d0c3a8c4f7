"""The HTML report in a real browser: axe-core finds nothing, nothing sticks out, nothing is fetched."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from voorbeeldrapport import notebook

from analyse.rapport.html import RapportHtmlExporter

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
REGELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
BREEDTEN = [1280, 320]


@pytest.fixture(scope="module")
def bestand(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pad = tmp_path_factory.mktemp("rapport") / "rapport.html"
    pad.write_text(RapportHtmlExporter().from_notebook_node(notebook())[0], encoding="utf-8")
    return pad


@pytest.fixture(params=BREEDTEN)
def bladzij(browser: Browser, bestand: Path, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The report at one width, with a list of everything that it asked for."""
    pagina = browser.new_page(viewport={"width": request.param, "height": 800})
    verzoeken: list[str] = []
    pagina.on("request", lambda verzoek: verzoeken.append(verzoek.url))
    pagina.goto(bestand.as_uri())
    pagina.verzoeken = verzoeken
    yield pagina
    pagina.close()


def alles_open(pagina: Page) -> None:
    pagina.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")


@pytest.mark.parametrize("open_", [False, True])
def test_axe_vindt_niets(bladzij, open_):
    if open_:
        alles_open(bladzij)
    uitslag = Axe().run(bladzij, options={"runOnly": REGELS})
    gevonden = [
        (regel["id"], [n["html"][:120] for n in regel["nodes"]]) for regel in uitslag.response["violations"]
    ]
    assert gevonden == []


def test_niets_steekt_uit(bladzij):
    alles_open(bladzij)
    breed, venster = bladzij.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert breed <= venster


def test_brede_tabel_schuift_in_haar_eigen_vak_met_het_toetsenbord(bladzij):
    vak = bladzij.locator("#verwijzingen-tabel .tabelvak")
    if bladzij.viewport_size["width"] > 320:
        pytest.skip("past op een breed scherm")
    vak.focus()
    bladzij.keyboard.press("End")
    bladzij.keyboard.press("ArrowRight")
    bladzij.wait_for_function("document.querySelector('#verwijzingen-tabel .tabelvak').scrollLeft > 0")


def test_er_wordt_niets_opgehaald(bladzij):
    assert {adres.split(":")[0] for adres in bladzij.verzoeken} <= {"file", "data"}
    assert [adres for adres in bladzij.verzoeken if adres.startswith("file:")] == [bladzij.url]


def test_elk_beeld_is_te_lezen(bladzij):
    maten = bladzij.evaluate(
        "[...document.images].map(i => [i.complete, i.naturalWidth, i.getBoundingClientRect().width])"
    )
    assert len(maten) == 1
    assert all(klaar and natuurlijk > 0 and getoond > 0 for klaar, natuurlijk, getoond in maten)
    grafieken = bladzij.evaluate(
        "[...document.querySelectorAll('svg.grafiek')].map(g => [g.getBoundingClientRect().width,"
        " [...g.querySelectorAll('text')].filter(t => t.getBoundingClientRect().width > 0).length])"
    )
    assert len(grafieken) == 5
    assert all(breed > 0 and teksten > 0 for breed, teksten in grafieken)


def test_eigen_letter_wordt_gebruikt(bladzij):
    bladzij.evaluate("document.fonts.ready.then(() => true)")
    letters = bladzij.evaluate("[...document.fonts].map(f => `${f.family} ${f.weight} ${f.status}`)")
    assert letters == ["Public Sans 400 loaded", "Public Sans 600 loaded"]


def test_overslaan_brengt_de_aandacht_naar_de_inhoud(bladzij):
    bladzij.keyboard.press("Tab")
    assert bladzij.evaluate("document.activeElement.className") == "overslaan"
    bladzij.keyboard.press("Enter")
    assert bladzij.evaluate("document.activeElement.id") == "inhoud"


def test_doel_van_een_link_komt_onder_de_vaste_kop_uit(bladzij):
    bladzij.locator(".boodschappen a").first.click()
    bladzij.wait_for_timeout(700)  # smooth scrolling
    kop = bladzij.evaluate("document.querySelector('.loopkop').getBoundingClientRect().bottom")
    boven = bladzij.evaluate("document.querySelector('#instroom-reeks').getBoundingClientRect().top")
    assert max(kop, 0) <= boven < 400
