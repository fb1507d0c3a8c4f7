"""The index page of an edition: `output/<editie>/index.html`, gebieden × reports with their status.

One hand-written page without a template engine: it must be made within an unchanged rerun, and has no more
than one table per report. Nothing is loaded from anywhere; it reads on a phone and without styles.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from analyse.kern.bestanden import schrijf_tekst
from analyse.params import RapportParams
from analyse.rapport.opdracht import Opdracht, Stuk

NAAM = "index.html"

_STIJL = """
:root{color-scheme:light;--inkt:#1b1f24;--zacht:#565f6b;--lijn:#c6ccd4;--link:#0b4f8a}
*{box-sizing:border-box}
body{margin:0;background:#fff;color:var(--inkt);font:1.0625rem/1.55 system-ui,"Segoe UI",Arial,sans-serif}
main{max-width:60rem;margin:0 auto;padding:1.5rem 1rem 3rem}
h1{font-size:1.75rem;line-height:1.2;margin:0 0 .5rem;overflow-wrap:anywhere}
h2{font-size:1.25rem;margin:2rem 0 .5rem}
p{margin:0 0 1rem;max-width:42rem}
a{color:var(--link)}
a:focus-visible,summary:focus-visible{outline:3px solid var(--link);outline-offset:2px}
table{border-collapse:collapse;width:100%}
caption{text-align:left;color:var(--zacht);padding-bottom:.5rem}
th,td{text-align:left;vertical-align:top;padding:.5rem .5rem .5rem 0}
th,td{border-bottom:1px solid var(--lijn);overflow-wrap:anywhere}
thead th{border-bottom:2px solid var(--inkt)}
tbody th{font-weight:600}
td a{display:inline-block;margin-right:1rem;min-height:1.5rem}
.maat{color:var(--zacht);white-space:nowrap;display:inline-block}
.let-op{border-left:.3rem solid #8a3b00;padding:.25rem 0 .25rem 1rem;margin:1.5rem 0}
.let-op h2{margin-top:0}
details ul{margin:.25rem 0;padding-left:1.25rem}
.alleen-voorlezen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media (max-width:34rem){
table,caption,tbody,tr,th,td{display:block}
thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
tbody tr{border-bottom:1px solid var(--lijn);padding:.5rem 0}
tbody th,td{border:0;padding:.125rem 0}
}
@media print{a{color:inherit}}
"""

_SOORTEN = {"html": "Webpagina", "pdf": "PDF", "xlsx": "Excel"}
Vermelding = Mapping[str, Any]


def schrijf(opdracht: Opdracht, vermeldingen: Mapping[str, Vermelding], afdrukken: Mapping[str, str]) -> None:
    """Write the page. `vermeldingen`: manifest entries by key; `afdrukken`: what they would be made from today."""
    schrijf_tekst(opdracht.uit / NAAM, pagina(opdracht, vermeldingen, afdrukken))


def pagina(opdracht: Opdracht, vermeldingen: Mapping[str, Vermelding], afdrukken: Mapping[str, str]) -> str:
    """The page as text; deterministic."""
    periode = opdracht.gegevens.get("periode_naam", opdracht.editie)
    titel = f"{opdracht.titel}, {periode}"
    delen = [
        "<!DOCTYPE html>",
        '<html lang="nl">',
        '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(titel)}</title><style>{_STIJL}</style></head>",
        f"<body><main><h1>{escape(titel)}</h1>",
        _inleiding(opdracht),
        _intern(opdracht),
        _mislukt(opdracht, vermeldingen),
        *(_tabel(opdracht, rapport, vermeldingen, afdrukken) for rapport in _te_tonen(opdracht, vermeldingen)),
        "</main></body></html>",
    ]
    return "\n".join(deel for deel in delen if deel) + "\n"


def _te_tonen(opdracht: Opdracht, vermeldingen: Mapping[str, Vermelding]) -> list[RapportParams]:
    """The reports that were asked for or made before; the others need no table of what isn't there."""
    namen = set(opdracht.alleen_rapporten or (rapport.naam for rapport in opdracht.rapporten))
    namen |= {vermelding.get("rapport", "") for vermelding in vermeldingen.values()}
    return [rapport for rapport in opdracht.rapporten if rapport.naam in namen]


def _intern(opdracht: Opdracht) -> str:
    if opdracht.publiek != "intern":
        return ""
    return (
        '<section class="let-op" aria-labelledby="intern"><h2 id="intern">INTERN</h2>'
        "<p>Deze rapporten zijn niet beveiligd tegen herkenning. Geef een rapport alleen aan de gemeente, "
        "praktijk of aanbieder waar het over gaat. Zet deze map niet op een gedeelde schijf of website.</p>"
        "</section>"
    )


def _inleiding(opdracht: Opdracht) -> str:
    peildatum = opdracht.gegevens.get("peildatum_tekst", "")
    stand = f" De gegevens zijn van {escape(peildatum)}." if peildatum else ""
    return (
        "<p>Kies een gebied. Elk rapport is er als webpagina en als PDF; "
        f"de cijfers eronder staan als CSV-bestanden klaar.{stand}</p>"
    )


def _mislukt(opdracht: Opdracht, vermeldingen: Mapping[str, Vermelding]) -> str:
    """The reports that could not be made, by name and place; nothing when all went well."""
    regels = [
        f"<li><strong>{escape(stuk.naam)}</strong> ({escape(stuk.rapport.titel)}): "
        f"{_fout(vermeldingen[stuk.sleutel])}</li>"
        for stuk in opdracht.stukken
        if vermeldingen.get(stuk.sleutel, {}).get("status") == "mislukt"
    ]
    if not regels:
        return ""
    return (
        '<section class="let-op" aria-labelledby="mislukt"><h2 id="mislukt">Niet gelukt</h2>'
        "<p>Deze rapporten konden niet worden gemaakt. De andere zijn compleet.</p>"
        f"<ul>{''.join(regels)}</ul></section>"
    )


def _fout(vermelding: Vermelding) -> str:
    fout = vermelding["fout"]
    hoofdstuk = f"in hoofdstuk {fout['hoofdstuk']}" if fout["hoofdstuk"] else "bij het opmaken"
    cel = f", onder ‘{fout['cel']}’" if fout["cel"] else ""
    return escape(f"{hoofdstuk}{cel}. {fout['melding']}")


def _tabel(
    opdracht: Opdracht,
    rapport: RapportParams,
    vermeldingen: Mapping[str, Vermelding],
    afdrukken: Mapping[str, str],
) -> str:
    # With roles: stacked on a phone, a browser would no longer tell a screen reader that this is a table.
    rijen = [
        _rij(stuk, vermeldingen.get(stuk.sleutel), afdrukken[stuk.sleutel])
        for stuk in opdracht.stukken
        if stuk.rapport is rapport
    ]
    kop = "".join(f'<th scope="col" role="columnheader">{naam}</th>' for naam in ("Gebied", "Rapport", "Status"))
    return (
        f"<h2>{escape(rapport.titel)}</h2>"
        f'<table role="table"><caption>Voor {escape(_kleine_letter(rapport.voor))}</caption>'
        f'<thead role="rowgroup"><tr role="row">{kop}</tr></thead><tbody role="rowgroup">\n'
        + "\n".join(rijen)
        + "\n</tbody></table>"
    )


def _kleine_letter(tekst: str) -> str:
    return tekst[:1].lower() + tekst[1:]


def _rij(stuk: Stuk, vermelding: Vermelding | None, afdruk: str) -> str:
    bestanden = vermelding["bestanden"] if vermelding else []
    rapporten = "".join(_koppeling(bestand, stuk) for bestand in bestanden if not bestand["pad"].endswith(".csv"))
    tabellen = [bestand for bestand in bestanden if bestand["pad"].endswith(".csv")]
    return (
        f'<tr role="row"><th scope="row" role="rowheader">{escape(stuk.naam)}</th>'
        f'<td role="cell">{rapporten}{_tabellen(tabellen, stuk)}</td>'
        f'<td role="cell">{_status(vermelding, afdruk)}</td></tr>'
    )


def _koppeling(bestand: Vermelding, stuk: Stuk) -> str:
    """A link that says by itself what it opens, also when a screen reader reads links only."""
    soort = _SOORTEN[bestand["pad"].rsplit(".", 1)[-1]]
    return (
        f'<a href="{escape(bestand["pad"])}">{soort}{_voorlezen(stuk)} '
        f'<span class="maat">({grootte(bestand["bytes"])})</span></a>'
    )


def _voorlezen(stuk: Stuk) -> str:
    return f'<span class="alleen-voorlezen"> van {escape(stuk.naam)}</span>'


def _tabellen(bestanden: list[Vermelding], stuk: Stuk) -> str:
    if not bestanden:
        return ""
    regels = "".join(
        f'<li><a href="{escape(bestand["pad"])}">{escape(bestand["pad"].rsplit("/", 1)[-1])}</a></li>'
        for bestand in bestanden
    )
    return f"<details><summary>{len(bestanden)} tabellen{_voorlezen(stuk)}</summary><ul>{regels}</ul></details>"


def _status(vermelding: Vermelding | None, afdruk: str) -> str:
    if vermelding is None:
        return "Nog niet gemaakt"
    if vermelding["status"] == "mislukt":
        return "Mislukt"
    return "Klaar" if vermelding["afdruk"] == afdruk else "Verouderd: gemaakt met eerdere gegevens"


def grootte(aantal: int) -> str:
    """A file size as a reader knows it: 412 kB, 1,2 MB."""
    if aantal < 1_000_000:
        return f"{max(1, round(aantal / 1000))} kB"
    return f"{aantal / 1_000_000:.1f} MB".replace(".", ",")
