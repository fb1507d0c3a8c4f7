"""The real reports in a real browser, wide and on a phone: axe-core finds nothing and nothing sticks out."""

from __future__ import annotations

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.traag, pytest.mark.xdist_group("keten")]
REGELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.mark.parametrize("breedte", [1280, 320])
@pytest.mark.parametrize(
    "bestand", ["GM0200/rapport.html", "GM0244/rapport.html", "REGIO/rapport.html", "index.html"]
)
def test_toegankelijk_en_passend(browser, kit, bestand, breedte):
    from axe_playwright_python.sync_playwright import Axe

    blad = browser.new_page(viewport={"width": breedte, "height": 800})
    blad.goto((kit.uit / bestand).as_uri())
    uitslag = Axe().run(blad, options={"runOnly": REGELS}).response["violations"]
    assert [(regel["id"], regel["nodes"][0]["html"][:120]) for regel in uitslag] == []
    assert blad.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    blad.close()
