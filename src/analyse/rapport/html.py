"""Notebook to one HTML file that needs nothing else: typeface, style and charts are inside it.

Stands on nbconvert (`jupyter nbconvert --to analyse-html`), but not on its templates: those bring scripts from
elsewhere, code cells, and markup that fails accessibility checks. The page is made from the same document
model as the PDF.
"""

from __future__ import annotations

import base64
from functools import cache
from pathlib import Path
from typing import Any

from nbconvert.exporters import HTMLExporter
from nbconvert.exporters.exporter import Exporter
from nbformat import NotebookNode
from traitlets import default

from analyse.kern.fouten import RapportFout
from analyse.rapport.document import RUBRICERINGEN, document
from analyse.weergave import opmaak
from analyse.weergave.html import Omgeving, esc, van_alle
from analyse.weergave.thema import LETTERTYPE

SJABLOON = Path(__file__).parent / "sjabloon"


class RapportHtmlExporter(HTMLExporter):
    """`from_notebook_node(nb)` gives (html, resources); one exporter may be used for many notebooks."""

    export_from_notebook = "Rapport (HTML)"

    @default("template_name")
    def _template_name_default(self) -> str:
        return "rapport"

    @default("extra_template_basedirs")
    def _default_extra_template_basedirs(self) -> list[str]:
        return [str(SJABLOON)]

    def from_notebook_node(  # type: ignore[override]
        self,
        nb: NotebookNode,
        resources: dict[str, Any] | None = None,
        **kw: Any,  # noqa: ANN401 - the signature of nbconvert
    ) -> tuple[str, dict[str, Any]]:
        """The report as HTML; raises RapportFout when it would refer to something outside itself."""
        kopie, resources = Exporter.from_notebook_node(self, nb, resources, **kw)
        return self.van_document(document(kopie)), resources

    def van_document(self, doc: dict[str, Any]) -> str:
        """The page of a document that is there already; RapportFout as above."""
        html = self.template.render(**pagina(doc))
        if "http" in html.lower():
            plek = html.lower().index("http")
            raise RapportFout(
                "Een rapport verwijst nergens naar buiten.",
                ontvangen=html[max(0, plek - 40) : plek + 40],
                doe="Haal het adres uit de tekst of de figuur.",
            )
        return html


@cache
def exporteur() -> RapportHtmlExporter:
    """One exporter for all reports of a process."""
    return RapportHtmlExporter()


def verwarm() -> None:
    """Read the template and the style sheet, so that children need not."""
    _ = exporteur().template
    stijl()


def pagina(doc: dict[str, Any]) -> dict[str, Any]:
    """What the template fills in; everything is safe markup already."""
    gebied, periode = esc(doc["gebied_naam"]), esc(doc["periode_naam"])
    plaats = " · ".join(filter(None, (gebied, periode)))
    inhoud = van_alle(doc["blokken"], Omgeving(csv_map=doc["csv_map"]))
    return {
        "doc": {veld: esc(waarde) for veld, waarde in doc.items() if isinstance(waarde, str)},
        "intern": doc["rubricering"] == "INTERN",
        "plaats": plaats,
        "paginatitel": " – ".join(filter(None, (esc(doc["titel"]), plaats))),
        "stand": esc(stand(doc)),
        "rubricering_uitleg": esc(RUBRICERINGEN.get(doc["rubricering"], "")),
        "inhoudsopgave": "" if doc["vorm"] == "blad" else inhoudsopgave(doc["inhoud"]),
        "inhoud": inhoud,
        "stijl": stijl(),
        "loopkop": css_tekst(" · ".join(filter(None, (doc["gebied_naam"], doc["periode_naam"])))),
        "loopstatus": css_tekst(doc["rubricering"]),
    }


def stand(doc: dict[str, Any]) -> str:
    """The day that the data are of, as a sentence; empty when it isn't known."""
    return f"Gegevens tot en met {opmaak.datum(doc['peildatum'])}." if doc["peildatum"] else ""


def inhoudsopgave(koppen: list[dict[str, Any]]) -> str:
    """Headings of level 2 and 3 as a nested list."""
    uit: list[str] = []
    diep = 1
    for kop in koppen:
        uit.append("<ol>" if kop["niveau"] > diep else "</li></ol></li>" if kop["niveau"] < diep else "</li>")
        uit.append(f'<li><a href="#{esc(kop["id"])}">{esc(kop["tekst"])}</a>')
        diep = kop["niveau"]
    return "\n".join(uit) + "</li></ol>" * (diep - 1)


def css_tekst(tekst: str) -> str:
    """Text as a CSS string that can't end its style element."""
    return '"' + "".join(t if t.isalnum() or t in " ·-/" else f"\\{ord(t):x} " for t in tekst) + '"'


@cache
def stijl() -> str:
    """The style sheet with the typeface inside it."""
    css = (SJABLOON / "rapport" / "stijl.css").read_text(encoding="utf-8")
    for gewicht in ("Regular", "SemiBold"):
        inhoud = base64.b64encode((LETTERTYPE / f"PublicSans-{gewicht}.woff2").read_bytes()).decode()
        css = css.replace(f"@@{gewicht}@@", f"data:font/woff2;base64,{inhoud}")
    return css
