"""The index page: everything is named, linked and marked up for who listens instead of looks."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest
from proef import MaakOpdracht

from analyse.rapport import Opdracht, inhoud

CEL = {"gebruik": ["# Gebruik", "1"]}


class _Lezer(HTMLParser):
    """Collects elements and checks that they close in order."""

    leeg = ("meta", "link", "br")

    def __init__(self, tekst: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elementen: list[tuple[str, dict[str, str | None]]] = []
        self.feed(tekst)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elementen.append((tag, dict(attrs)))
        if tag not in self.leeg:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def alle(self, tag: str) -> list[dict[str, str | None]]:
        return [kenmerken for naam, kenmerken in self.elementen if naam == tag]


def _vermelding(sleutel: str, **velden: Any) -> dict[str, Any]:
    paden = [f"{sleutel}/rapport.html", f"{sleutel}/rapport.pdf", f"{sleutel}/tabellen/instroom-reeks.csv"]
    bestanden = [{"pad": pad, "bytes": 412_345, "sha256": "x"} for pad in paden]
    return {"sleutel": sleutel, "status": "gemaakt", "afdruk": "nu", "bestanden": bestanden, **velden}


@pytest.fixture
def opdracht(maak_opdracht: MaakOpdracht) -> Opdracht:
    return maak_opdracht(CEL, titel="Rapporten <b>jeugdhulp</b>")


AFDRUKKEN = {"GM0200": "nu", "REGIO": "nu"}
FOUT = {"hoofdstuk": "gebruik", "cel": "Cijfers", "melding": "Kapot <script>."}


def test_elk_rapport_heeft_koppelingen_met_een_eigen_naam(opdracht: Opdracht) -> None:
    pagina = inhoud.pagina(opdracht, {naam: _vermelding(naam) for naam in AFDRUKKEN}, AFDRUKKEN)
    koppelingen = [kenmerken["href"] for kenmerken in _Lezer(pagina).alle("a")]
    assert koppelingen == [bestand["pad"] for naam in AFDRUKKEN for bestand in _vermelding(naam)["bestanden"]]
    assert '">Webpagina<span class="alleen-voorlezen"> van Apeldoorn</span> <span class="maat">(412 kB)' in pagina
    assert pagina.count('<td role="cell">Klaar</td>') == 2
    assert "Niet gelukt" not in pagina


def test_toegankelijk_van_opbouw(opdracht: Opdracht) -> None:
    pagina = inhoud.pagina(opdracht, {"GM0200": _vermelding("GM0200")}, AFDRUKKEN)
    lezer = _Lezer(pagina)
    assert lezer.open == []
    assert lezer.alle("html") == [{"lang": "nl"}]
    assert len(lezer.alle("h1")) == len(lezer.alle("title")) == len(lezer.alle("main")) == 1
    assert [kenmerken.get("scope") for kenmerken in lezer.alle("th")] == ["col"] * 3 + ["row"] * 2
    assert len(lezer.alle("caption")) == len(lezer.alle("table"))
    assert "Rapporten &lt;b&gt;jeugdhulp&lt;/b&gt;, 2e halfjaar 2025</h1>" in pagina
    assert "http" not in pagina
    assert "//" not in pagina


def test_status_in_woorden(opdracht: Opdracht) -> None:
    mislukt = _vermelding("REGIO", status="mislukt", bestanden=[], fout=FOUT)
    oud = _vermelding("GM0200", afdruk="toen")
    pagina = inhoud.pagina(opdracht, {"GM0200": oud, "REGIO": mislukt}, AFDRUKKEN)
    assert ">Verouderd: gemaakt met eerdere gegevens</td>" in pagina
    assert ">Mislukt</td>" in pagina
    assert '<h2 id="mislukt">Niet gelukt</h2>' in pagina
    assert "Midden-IJssel/Oost-Veluwe</strong> (Rapport halfjaar): in hoofdstuk gebruik, onder" in pagina
    assert "onder ‘Cijfers’. Kapot &lt;script&gt;.</li>" in pagina
    assert ">Nog niet gemaakt</td>" in inhoud.pagina(opdracht, {}, AFDRUKKEN)


def test_peildatum_staat_erbij(opdracht: Opdracht) -> None:
    met = replace(opdracht, gegevens={"peildatum_tekst": "31 december 2025"})
    assert "De gegevens zijn van 31 december 2025." in inhoud.pagina(met, {}, AFDRUKKEN)


@pytest.mark.parametrize(
    ("aantal", "tekst"), [(1, "1 kB"), (412_345, "412 kB"), (999_499, "999 kB"), (1_234_567, "1,2 MB")]
)
def test_grootte(aantal: int, tekst: str) -> None:
    assert inhoud.grootte(aantal) == tekst
