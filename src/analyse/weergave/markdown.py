"""Markdown as blocks: the small set of forms that both HTML and PDF can show accessibly.

One parser for both outputs, so that they can't differ. Raw HTML is dropped and external links become text with
their address: a report refers to nothing outside itself.

Blocks are dicts with `soort`: kop (niveau), alinea, lijst (genummerd, items), citaat, code, lijn, tabel. Inline
text is a list of runs: [soort, text or runs], a link is ["link", "#id", runs].
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from functools import cache
from typing import Any

import mistune

Blok = dict[str, Any]
Run = list[Any]

_SCHEMA = re.compile(r"\b(?:https?|ftp)://(?:www\.)?", re.IGNORECASE)


@cache
def _lezer() -> mistune.Markdown:
    return mistune.create_markdown(renderer=None, plugins=["table", "strikethrough"])


def blokken(tekst: str) -> list[Blok]:
    """All blocks of a markdown text."""
    boom = _lezer()(tekst)
    return list(_blokken(boom if isinstance(boom, list) else []))


def regels(tekst: str) -> list[Run]:
    """The inline text of a markdown text; paragraphs are joined by a line break."""
    uit: list[Run] = []
    for blok in blokken(tekst):
        if uit:
            uit.append(["regel", ""])
        uit.extend(blok.get("inhoud") or [["tekst", platte_tekst([blok])]])
    return uit


def zonder_schema(tekst: str) -> str:
    """An address as people write it: without `https://www.`."""
    return _SCHEMA.sub("", tekst)


def _blokken(knopen: Iterable[dict[str, Any]]) -> Iterable[Blok]:
    for knoop in knopen:
        soort = knoop["type"]
        if soort in ("paragraph", "block_text"):
            inhoud = _runs(knoop["children"])
            if inhoud:
                yield {"soort": "alinea", "inhoud": inhoud}
        elif soort == "heading":
            yield {"soort": "kop", "niveau": knoop["attrs"]["level"], "inhoud": _runs(knoop["children"])}
        elif soort == "list":
            yield _lijst(knoop)
        elif soort == "block_quote":
            yield {"soort": "citaat", "blokken": list(_blokken(knoop["children"]))}
        elif soort == "block_code":
            yield {"soort": "code", "tekst": knoop["raw"].rstrip("\n")}
        elif soort == "thematic_break":
            yield {"soort": "lijn"}
        elif soort == "table":
            yield _tabel(knoop)


def _lijst(knoop: dict[str, Any]) -> Blok:
    attributen = knoop["attrs"]
    return {
        "soort": "lijst",
        "genummerd": attributen["ordered"],
        "begin": attributen.get("start", 1),
        "items": [list(_blokken(item["children"])) for item in knoop["children"]],
    }


def _tabel(knoop: dict[str, Any]) -> Blok:
    kop, *romp = knoop["children"]
    kolommen = [
        {"naam": tekst_van(_runs(cel["children"])), "rechts": cel["attrs"]["align"] == "right"}
        for cel in kop["children"]
    ]
    rijen = [
        [tekst_van(_runs(cel["children"])) for cel in rij["children"]] for deel in romp for rij in deel["children"]
    ]
    return {"soort": "tabel", "kolommen": kolommen, "rijen": rijen}


_OMHULSEL = {"strong": "vet", "emphasis": "cursief", "strikethrough": "doorgehaald"}


def _runs(knopen: Iterable[dict[str, Any]]) -> list[Run]:
    uit: list[Run] = []
    for knoop in knopen:
        soort = knoop["type"]
        if soort in ("text", "codespan"):
            tekst = zonder_schema(html.unescape(knoop["raw"]))
            uit.append(["tekst" if soort == "text" else "code", tekst])
        elif soort in _OMHULSEL:
            uit.append([_OMHULSEL[soort], _runs(knoop["children"])])
        elif soort == "link":
            uit.extend(_link(knoop["attrs"]["url"], _runs(knoop["children"])))
        elif soort == "softbreak":
            uit.append(["tekst", " "])
        elif soort == "linebreak":
            uit.append(["regel", ""])
        elif soort == "image":
            uit.extend([["tekst", tekst_van(_runs(knoop["children"]))]])
    return uit


def _link(adres: str, inhoud: list[Run]) -> list[Run]:
    if adres.startswith("#"):
        return [["link", adres, inhoud]]
    kaal = zonder_schema(adres).removeprefix("mailto:").rstrip("/")
    return inhoud if kaal in tekst_van(inhoud) else [*inhoud, ["tekst", f" ({kaal})"]]


def tekst_van(runs: Iterable[Run]) -> str:
    """The bare text of inline runs."""
    delen = [
        " " if run[0] == "regel" else run[-1] if isinstance(run[-1], str) else tekst_van(run[-1]) for run in runs
    ]
    return "".join(delen)


def platte_tekst(blokken_: Iterable[Blok]) -> str:
    """Blocks as plain text, a paragraph per block."""
    return "\n\n".join(filter(None, map(_plat, blokken_)))


def _plat(blok: Blok) -> str:
    soort = blok["soort"]
    if soort == "lijst":
        punten = [platte_tekst(item).replace("\n\n", "\n") for item in blok["items"]]
        merken = [f"{blok['begin'] + i}." if blok["genummerd"] else "-" for i in range(len(punten))]
        return "\n".join(f"{merk} {punt}" for merk, punt in zip(merken, punten, strict=True))
    if soort == "tabel":
        koppen = [kolom["naam"] for kolom in blok["kolommen"]]
        return "\n".join(" | ".join(rij) for rij in [koppen, *blok["rijen"]])
    if "blokken" in blok:
        return platte_tekst(blok["blokken"])
    return tekst_van(blok.get("inhoud", [])) or blok.get("tekst", "")
