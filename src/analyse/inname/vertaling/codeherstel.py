"""Codes that Excel took for numbers: `54E01` became 540. Mended where one code is left, else told.

A code of digits-E-digits is nn·10^mm; which code that was is only sure when the product list knows just one of
them, or when its first digits are the categorie of the row and Excel still shows the E.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping
from decimal import Decimal, InvalidOperation

import pyarrow as pa
import pyarrow.compute as pc

from analyse.inname.vertaling.herstel import Cel, Herstel, Lezing, per_waarde
from analyse.inname.werkmap import GETAL

HERSTELD, ONZEKER, AFGEROND = "productcodes", "productcodes als getal", "afgeronde nummers"
_MACHT = re.compile(r"\d+(?:[.,]\d+)?E\+?\d+", re.IGNORECASE)
_CODE = re.compile(r"\d{2}E\d{2}", re.IGNORECASE)
_PRECIES = 15  # digits that Excel keeps of a number
_TUSSEN = "\x1e"


def herstel_producten(
    kolom: pa.Array, soorten: pa.Array | None, categorie: pa.Array | None, *, bekend: Collection[str]
) -> Herstel:
    """Product codes as they were before Excel; `bekend` are the codes of the product list."""
    leeg = pa.nulls(len(kolom), pa.string())
    samen = pc.binary_join_element_wise(kolom, pc.fill_null(leeg if categorie is None else categorie, ""), _TUSSEN)

    def lees(cellen: Counter[Cel]) -> Mapping[Cel, Lezing]:
        return {cel: _product(*cel, bekend) for cel in cellen}

    return per_waarde(samen, soorten, lees)


def _product(samen: str, soort: str, bekend: Collection[str]) -> Lezing:
    code, _, categorie = samen.partition(_TUSSEN)
    if code in bekend or _CODE.fullmatch(code):
        return Lezing(code)
    if soort != GETAL and not _MACHT.fullmatch(code):
        return Lezing(code)
    mogelijk, macht = _mogelijk(code), bool(_MACHT.fullmatch(code))
    keuzes = [c for c in mogelijk if c in bekend]
    keuzes = keuzes or [c for c in mogelijk if macht and c[:2] == categorie.zfill(2)]
    if not keuzes and code.isdigit() and code.zfill(5) in bekend:
        keuzes = [code.zfill(5)]
    if len(keuzes) == 1:
        return Lezing(keuzes[0], HERSTELD)
    return Lezing(code, ONZEKER if macht else "")


def _mogelijk(code: str) -> list[str]:
    """Every code nnEmm that Excel shows as this number."""
    try:
        waarde = Decimal(code.replace(",", "."))
    except InvalidOperation:
        return []
    machten = range(100) if waarde and waarde == waarde.to_integral_value() else ()
    paren = [(waarde.scaleb(-macht), macht) for macht in machten]
    return [f"{int(n):02d}E{m:02d}" for n, m in paren if 1 <= n <= 99 and n == n.to_integral_value()]


def lees_nummers(cellen: Counter[Cel]) -> Mapping[Cel, Lezing]:
    """Numbers of persons: a rounded one (1,2E+08, or more digits than Excel keeps) is no number any more."""
    return {
        (tekst, soort): Lezing(None, AFGEROND)
        if _MACHT.fullmatch(tekst) or (soort == GETAL and len(tekst) > _PRECIES)
        else Lezing(tekst)
        for tekst, soort in cellen
    }
