"""Looks for what belongs to one person or to the back office: numbers, pseudonyms, keys, and links to outside."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analyse.kern.schema import BASIS, NEUTRAAL, Tabel

# Columns of tables about persons (`kern.schema`); none of them may head a published table.
SLEUTELKOLOMMEN = frozenset(
    kolom
    for tabel in (*NEUTRAAL.values(), *(Tabel(naam, tuple(kolommen)) for naam, kolommen in BASIS.items()))
    for kolom in tabel.kolommen
    if re.search(r"nummer$|client|persoon|geboorte|postcode4|geslacht|referentie|melding_id", kolom)
) | {"bsn"}
_NEGEN = re.compile(r"(?<![\w.,])\d{9}(?![\w.,]\w|\w)")
_PSEUDONIEM = re.compile(r"(?<![0-9A-Za-z])[0-9a-f]{32}(?![0-9A-Za-z])")
_NUMMER = re.compile(r"(?<![\w.,/-])\d{6,12}(?![\w,]|\.\d)")
_ADRES = re.compile(r"https?://[^\s\"'<>]{0,60}", re.IGNORECASE)


def elfproef(cijfers: str) -> bool:
    """Whether nine digits can be a burgerservicenummer."""
    gewichten = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    som = sum(int(c) * g for c, g in zip(cijfers, gewichten, strict=True))
    return som % 11 == 0 and cijfers != "0" * 9


def zoek_persoonsgegevens(tekst: str) -> Iterator[tuple[str, str]]:
    """What was found and, masked, what it looks like."""
    for gevonden in _NEGEN.finditer(tekst):
        if elfproef(gevonden[0]):
            yield "een nummer dat een bsn kan zijn", masker(gevonden[0])
    for gevonden in _PSEUDONIEM.finditer(tekst):
        yield "een pseudoniem van een persoon", masker(gevonden[0])
    for gevonden in _ADRES.finditer(tekst):
        yield "een adres buiten het rapport", gevonden[0]


def zoek_nummers(tekst: str) -> Iterator[tuple[str, str]]:
    """Long bare numbers in prose: figures are printed with dots, so these look like the key of a toewijzing."""
    for gevonden in _NUMMER.finditer(tekst):
        yield "een kaal nummer, zoals van een toewijzing", masker(gevonden[0])


def masker(tekst: str) -> str:
    """The first two characters, the rest as stars."""
    return tekst[:2] + "*" * (len(tekst) - 2)
