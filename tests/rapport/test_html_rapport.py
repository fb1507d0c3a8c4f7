"""The HTML report: one file, nothing from outside, a sound outline, everything labelled."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from nbconvert.exporters import get_exporter
from nbformat.v4 import new_markdown_cell, new_notebook
from voorbeeldrapport import notebook

from analyse.rapport.html import RapportHtmlExporter, css_tekst, inhoudsopgave

LEEG = {"meta", "img", "br", "hr", "link", "input"}


class Boom(HTMLParser):
    """Elements as (tag, attributes, text), with a check that tags close in order."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.elementen: list[tuple[str, dict]] = []
        self.tekst: dict[str, list[str]] = {}
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.elementen.append((tag, dict(attrs)))
        self.tekst.setdefault(tag, []).append("")
        if tag not in LEEG:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        for tag in self.open:
            self.tekst[tag][-1] += data

    def alle(self, tag: str) -> list[dict]:
        return [attrs for naam, attrs in self.elementen if naam == tag]


@pytest.fixture(scope="module")
def html() -> str:
    return RapportHtmlExporter().from_notebook_node(notebook())[0]


@pytest.fixture(scope="module")
def boom(html) -> Boom:
    return Boom(html)


def test_niets_van_buiten(html):
    assert "http" not in html.lower()
    adressen = re.findall(r'(?:src|href)="([^"]{0,30})', html) + re.findall(r"url\(([^)]{0,20})", html)
    assert adressen and all(re.match(r"#|%23|data:|tabellen/", adres) for adres in adressen)
    assert "<script" not in html and "@import" not in html


def test_taal_en_titel(boom):
    assert boom.alle("html") == [{"lang": "nl"}]
    assert boom.tekst["title"] == ["Halfjaarrapport jeugdhulp – Apeldoorn · 2e halfjaar 2025"]
    assert {"charset": "utf-8"} in boom.alle("meta")


def test_een_h1_en_koppen_op_volgorde(boom):
    niveaus = [int(tag[1]) for tag, _ in boom.elementen if re.fullmatch("h[1-6]", tag)]
    assert niveaus.count(1) == 1 and niveaus[0] == 1
    assert all(later <= eerder + 1 for eerder, later in pairwise(niveaus))


def test_landmarks_en_overslaan(boom):
    for tag in ("header", "nav", "main", "footer"):
        assert len(boom.alle(tag)) == 1
    assert boom.alle("a")[0] == {"class": "overslaan", "href": "#inhoud"}


def test_ids_uniek_en_links_bestaan(boom):
    ids = [attrs["id"] for _, attrs in boom.elementen if "id" in attrs]
    assert len(ids) == len(set(ids))
    assert {a["href"][1:] for a in boom.alle("a") if a["href"].startswith("#")} <= set(ids)
    for _, attrs in boom.elementen:
        assert attrs.get("aria-labelledby", ids[0]) in ids


def test_inhoudsopgave_noemt_alle_hoofdstukken(boom):
    assert boom.tekst["nav"][0].split("\n")[3:] != []
    for hoofdstuk in ("Samenvatting", "Instroom", "Verwijzingen", "Wie verwijst?", "Verantwoording"):
        assert hoofdstuk in boom.tekst["nav"][0]


def test_elk_beeld_heeft_een_beschrijving(boom):
    grafieken, beelden = boom.alle("svg"), boom.alle("img")
    assert (len(grafieken), len(beelden)) == (5, 1)
    teksten = [grafiek["aria-label"] for grafiek in grafieken] + [beeld["alt"] for beeld in beelden]
    assert all(len(tekst) > 10 for tekst in teksten)
    assert any("Een grijze stip" in tekst for tekst in teksten)
    assert {grafiek["role"] for grafiek in grafieken} == {"img"}


def test_elke_tabel_heeft_naam_en_koppen(boom):
    tabellen = boom.alle("table")
    assert len(tabellen) == 9
    assert all(tabel.get("aria-label") or tabel.get("aria-labelledby") for tabel in tabellen)
    assert {th["scope"] for th in boom.alle("th")} == {"col", "row"}
    vakken = [div for div in boom.alle("div") if div.get("class") == "tabelvak"]
    assert len(vakken) == 9 and all(vak["tabindex"] == "0" and vak["role"] == "group" for vak in vakken)


def test_lopende_kop_en_druk(html, boom):
    assert "Apeldoorn · 2e halfjaar 2025" in boom.tekst["header"][0] and "BESTUURLIJK" in boom.tekst["header"][0]
    assert '@top-left { content: "Apeldoorn · 2e halfjaar 2025"; }' in html
    assert "Gegevens tot en met 31\xa0december 2025." in boom.tekst["footer"][0]


def test_geen_broncode(html):
    assert "geheime_broncode" not in html and "In [" not in html


def test_csv_naast_het_rapport(boom):
    assert [a["href"] for a in boom.alle("a") if "download" in a] == ["tabellen/instroom-reeks.csv"]


def test_twee_keer_dezelfde_bytes_met_dezelfde_exporter(html):
    exporter = RapportHtmlExporter()
    assert exporter.from_notebook_node(notebook())[0] == html
    assert exporter.from_notebook_node(notebook())[0] == html


def test_grootte(html):
    assert len(html.encode()) < 250_000


def test_intern_staat_op_het_hele_stuk():
    html, _ = RapportHtmlExporter().from_notebook_node(notebook(rubricering="intern"))
    assert '<body class="is-intern">' in html and "Verspreid het niet." in html


def test_gegevens_van_buiten_blijven_tekst():
    kwaad = '</style><script>x</script>"\\'
    html, _ = RapportHtmlExporter().from_notebook_node(
        notebook(titel=kwaad, gebied_naam=kwaad, periode_naam=kwaad, voor=kwaad, ondertitel=kwaad, csv_map=kwaad)
    )
    assert "<script" not in html and html.count("</style>") == 1
    Boom(html)


def test_leeg_notebook_geeft_een_geldige_bladzijde():
    boom = Boom(RapportHtmlExporter().from_notebook_node(new_notebook())[0])
    assert boom.tekst["h1"] == ["Rapport"] and boom.alle("nav") == []


def test_http_in_de_tekst_wordt_gezien_maar_staat_er_niet():
    nb = new_notebook(cells=[new_markdown_cell("Het protocol http en HTTPS://www.voorbeeld.nl/pad")])
    html, _ = RapportHtmlExporter().from_notebook_node(nb)
    assert "http" not in html.lower()
    assert "Het protocol http en voorbeeld.nl/pad" in Boom(html).tekst["p"]


def test_css_tekst_kan_zijn_tekst_niet_verlaten():
    assert css_tekst('a"}</style>\n') == '"a\\22 \\7d \\3c /style\\3e \\a "'


def test_inhoudsopgave_nest_en_sluit():
    koppen = [{"id": f"k{i}", "niveau": n, "tekst": f"K{i}"} for i, n in enumerate([2, 3, 3, 2, 3])]
    html = inhoudsopgave(koppen)
    assert html.count("<ol>") == html.count("</ol>") == 3
    assert html.count("<li>") == html.count("</li>") == 5
    Boom(html)
    assert inhoudsopgave([]) == ""


@pytest.mark.parametrize(("naam", "uit"), [("analyse-html", ".html"), ("analyse-pdf", ".pdf")])
def test_nbconvert_vindt_de_exporters_op_naam(naam, uit):
    exporter = get_exporter(naam)()
    assert exporter.file_extension == uit
