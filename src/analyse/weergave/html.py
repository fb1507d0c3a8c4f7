"""Nodes and blocks as semantic HTML; the report page and JupyterLab get the same markup.

All text passes `esc`, so that no delivery can put markup, or an address that a browser would fetch, into a
page. Looks are in the style sheet of the report; only image sizes stand here.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from analyse.weergave import opmaak
from analyse.weergave.markdown import Blok, Run, zonder_schema
from analyse.weergave.platte_tekst import INTERN
from analyse.weergave.svg import in_pagina


@dataclass(frozen=True)
class Omgeving:
    """What the page around a node offers: the folder with CSVs beside it, when there is one."""

    csv_map: str = ""


LOS = Omgeving()


def esc(tekst: str) -> str:
    """Text for between tags and in attributes; the letters 'http' never appear as such."""
    veilig = html.escape(zonder_schema(tekst), quote=True)
    return re.sub("http", lambda m: f"{m[0][:3]}&#{ord(m[0][3])};", veilig, flags=re.IGNORECASE)


def van(knoop: Blok, omgeving: Omgeving = LOS) -> str:
    """One node or block as HTML."""
    binnen = _VORMEN[knoop["soort"]](knoop, omgeving)
    if not knoop.get("intern"):
        return binnen
    return f'<div class="intern"><p class="intern-merk">{INTERN}</p>\n{binnen}</div>\n'


def van_alle(knopen: Iterable[Blok], omgeving: Omgeving = LOS) -> str:
    """Several nodes under each other."""
    return "".join(van(knoop, omgeving) for knoop in knopen)


def runs(inhoud: Iterable[Run]) -> str:
    """Inline text."""
    return "".join(_run(run) for run in inhoud)


_MERKEN = {"vet": "strong", "cursief": "em", "doorgehaald": "s", "code": "code"}


def _run(run: Run) -> str:
    soort, inhoud = run[0], run[-1]
    if soort == "tekst":
        return esc(inhoud)
    if soort == "regel":
        return "<br>"
    binnen = esc(inhoud) if isinstance(inhoud, str) else runs(inhoud)
    if soort == "link":
        return f'<a href="#{esc(run[1].removeprefix("#"))}">{binnen}</a>'
    return f"<{_MERKEN[soort]}>{binnen}</{_MERKEN[soort]}>" if soort in _MERKEN else binnen


def _kop(blok: Blok, omgeving: Omgeving) -> str:
    id_ = f' id="{esc(blok["id"])}"' if blok.get("id") else ""
    return f"<h{blok['niveau']}{id_}>{runs(blok['inhoud'])}</h{blok['niveau']}>\n"


def _lijst(blok: Blok, omgeving: Omgeving) -> str:
    merk = "ol" if blok["genummerd"] else "ul"
    begin = f' start="{blok["begin"]}"' if blok["genummerd"] and blok["begin"] != 1 else ""
    items = "".join(f"<li>{_item(item, omgeving)}</li>\n" for item in blok["items"])
    return f"<{merk}{begin}>\n{items}</{merk}>\n"


def _item(item: list[Blok], omgeving: Omgeving) -> str:
    """A list item; its first paragraph without <p>, so that short lists stay tight."""
    eerste, *rest = item or [{"soort": "alinea", "inhoud": []}]
    begin = runs(eerste["inhoud"]) if eerste["soort"] == "alinea" else van(eerste, omgeving)
    return begin + ("\n" + van_alle(rest, omgeving) if rest else "")


def _tabel_romp(knoop: Blok) -> str:
    kop = "".join(
        f'<th scope="col"{_rechts(kolom)}>{esc(kolom["naam"]) or "&nbsp;"}</th>' for kolom in knoop["kolommen"]
    )
    rijen = "".join(f"<tr>{_rij(rij, knoop['kolommen'])}</tr>\n" for rij in knoop["rijen"])
    return f"<thead>\n<tr>{kop}</tr>\n</thead>\n<tbody>\n{rijen}</tbody>\n"


def _rij(rij: list[str], kolommen: list[dict[str, Any]]) -> str:
    eerste = f'<th scope="row">{esc(rij[0])}</th>' if rij else ""
    rest = (f"<td{_rechts(k)}>{esc(cel)}</td>" for cel, k in zip(rij[1:], kolommen[1:], strict=True))
    return eerste + "".join(rest)


def _rechts(kolom: Mapping[str, Any]) -> str:
    return ' class="getal"' if kolom["rechts"] else ""


def _tabelvak(knoop: Blok, naam: str) -> str:
    """A table in its own scrolling box, so that the page never does; a group, for a landmark each is too many."""
    tabel = f"<table {naam}>\n{_tabel_romp(knoop)}</table>"
    return f'<div class="tabelvak" role="group" {naam} tabindex="0">\n{tabel}\n</div>\n'


def _onderschrift(knoop: Blok, omgeving: Omgeving) -> str:
    csv = ""
    # What is INTERN gets no file of its own.
    if knoop.get("csv") and omgeving.csv_map and not knoop.get("intern"):
        adres = esc(f"{omgeving.csv_map}/{knoop['id']}.csv")
        csv = f' <a href="{adres}" download>Gegevens als CSV<span class="sr">: {esc(knoop["titel"])}</span></a>'
    bron = f"Bron: {esc(knoop['bron'])}." if knoop.get("bron") else ""
    regel = f'<p class="bron">{bron.replace("..", ".")}{csv}</p>\n' if bron or csv else ""
    noten = "".join(f"<li>{esc(noot)}</li>" for noot in knoop.get("noten", ()))
    return regel + (f'<ul class="noten">{noten}</ul>\n' if noten else "")


def _kopregels(knoop: Blok) -> str:
    # The style is for JupyterLab, which shows this without our style sheet.
    ondertitel = (
        f'<span class="ondertitel" style="display:block">{esc(knoop["ondertitel"])}</span>'
        if knoop.get("ondertitel")
        else ""
    )
    return f'<span class="titel">{esc(knoop["titel"])}</span>{ondertitel}'


def _tabel(knoop: Blok, omgeving: Omgeving) -> str:
    if not knoop.get("titel"):
        return _tabelvak(knoop, 'aria-label="Tabel"')
    id_ = esc(knoop["id"])
    kop = f'<figcaption id="{id_}-kop">{_kopregels(knoop)}</figcaption>\n'
    vak = _tabelvak(knoop, f'aria-labelledby="{id_}-kop"')
    return f'<figure class="tabel" id="{id_}">\n{kop}{vak}{_onderschrift(knoop, omgeving)}</figure>\n'


def _figuur(knoop: Blok, omgeving: Omgeving) -> str:
    kop = f'class="grafiek" role="img" aria-label="{esc(knoop["alt"])}"{_maat(knoop["svg"])}'
    beeld = in_pagina(knoop["svg"], kop=kop, id_=esc(knoop["id"]))
    naam = f'aria-label="Tabel: {esc(knoop["titel"])}"'
    tabel = (
        f'<details>\n<summary>Tabel bij deze figuur<span class="sr">: {esc(knoop["titel"])}</span></summary>\n'
        f"{_tabelvak(knoop, naam)}</details>\n"
    )
    return (
        f'<figure class="figuur" id="{esc(knoop["id"])}">\n<figcaption>{_kopregels(knoop)}</figcaption>\n'
        f"{beeld}\n{_onderschrift(knoop, omgeving)}{tabel}</figure>\n"
    )


def _maat(svg: str) -> str:
    """Width and height from the view box, so that the page doesn't jump while loading."""
    gevonden = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    return f' width="{float(gevonden[1]):.0f}" height="{float(gevonden[2]):.0f}"' if gevonden else ""


def _boodschappen(knoop: Blok, omgeving: Omgeving) -> str:
    items = "".join(f"<li>{_boodschap(item)}</li>\n" for item in knoop["items"])
    return f'<ol class="boodschappen">\n{items}</ol>\n'


def _boodschap(item: Blok) -> str:
    cijfer = _cijfer(item["cijfer"])
    merken = (
        f'<span class="richting {item["richting"]}">{esc(item["richting_naam"])}</span> '
        f'<span class="soort{" signaal" if item["soort"] == "signaal" else ""}">{esc(item["soort"])}</span>'
    )
    tekst = f'<p class="boodschap">{runs(item["inhoud"])}</p>'
    bij = f'<p class="toelichting">{runs(item["toelichting"])}</p>' if item.get("toelichting") else ""
    return f'<p class="kern">{cijfer}</p>{tekst}{bij}<p class="merken">{merken}{_verwijzing(item)}</p>'


def _cijfer(cijfer: str) -> str:
    if cijfer == opmaak.VERBORGEN:
        return '<span class="cijfer woord">verborgen</span>'
    lang = " lang" if len(cijfer) > 7 else ""
    return f'<span class="cijfer{lang}">{esc(cijfer)}</span>' if cijfer else ""


def _verwijzing(item: Blok) -> str:
    if not item["figuur"]:
        return ""
    titel = f": {item['figuur_titel']}" if item.get("figuur_titel") else ""
    return f' <a href="#{esc(item["figuur"])}">Bekijk{esc(titel)}</a>'


def _kaartjes(knoop: Blok, omgeving: Omgeving) -> str:
    return "".join(_kaartje(item, knoop.get("niveau", 3)) for item in knoop["items"])


def _kaartje(item: Blok, kop: int) -> str:
    velden = "".join(f"<div><dt>{esc(naam)}</dt><dd>{esc(tekst)}</dd></div>\n" for naam, tekst in item["velden"])
    return f'<div class="kaartje">\n<h{kop}>{esc(item["titel"])}</h{kop}>\n<dl>\n{velden}</dl>\n</div>\n'


def _kader(knoop: Blok, omgeving: Omgeving) -> str:
    soort = "let-op" if knoop["toon"] == "let op" else "uitleg"
    titel = f'<p class="titel">{esc(knoop["titel"])}</p>\n'
    return f'<div class="kader {soort}" role="note">\n{titel}{van_alle(knoop["blokken"], omgeving)}</div>\n'


def _beeld(knoop: Blok, omgeving: Omgeving) -> str:
    # A percent-encoded letter, because chance could spell 'http' in base64.
    inhoud = knoop["base64"].replace("http", "htt%70")
    return f'<img class="beeld" alt="{esc(knoop["alt"])}" src="data:{esc(knoop["mime"])};base64,{inhoud}">\n'


def _alinea(blok: Blok, omgeving: Omgeving) -> str:
    return f"<p>{runs(blok['inhoud'])}</p>\n"


def _citaat(blok: Blok, omgeving: Omgeving) -> str:
    return f"<blockquote>\n{van_alle(blok['blokken'], omgeving)}</blockquote>\n"


_VORMEN = {
    "kop": _kop,
    "alinea": _alinea,
    "lijst": _lijst,
    "citaat": _citaat,
    "code": lambda blok, _: f'<pre tabindex="0"><code>{esc(blok["tekst"])}</code></pre>\n',
    "lijn": lambda _, __: "<hr>\n",
    "tabel": _tabel,
    "figuur": _figuur,
    "beeld": _beeld,
    "boodschappen": _boodschappen,
    "kaartjes": _kaartjes,
    "kader": _kader,
    "tekst": lambda knoop, omgeving: van_alle(knoop["blokken"], omgeving),
}
