"""Compact SVG draws the same: compared point by point with what matplotlib wrote."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest
from grafiekrijen import twee_reeksen
from matplotlib.figure import Figure

from analyse.weergave import grafiek
from analyse.weergave.svg import data_adres, svg
from analyse.weergave.svg_compact import compact
from analyse.weergave.thema import thema

S = "{http://www.w3.org/2000/svg}"
DEEL = re.compile(r"[a-zA-Z]|-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?")
AANTAL = {"m": 2, "l": 2, "h": 1, "v": 1, "q": 4, "c": 6, "z": 0}


def eindpunten(pad: str) -> list[tuple[float, float]]:
    """Absolute end points of every step of a path, relative or absolute."""
    delen, plek, begin, code, uit = DEEL.findall(pad), np.zeros(2), np.zeros(2), "", []
    i = 0
    while i < len(delen):
        if delen[i].isalpha():
            code, i = delen[i], i + 1
        n = AANTAL[code.lower()]
        waarden = [float(w) for w in delen[i : i + n]]
        i += n
        oud = plek if code.islower() else np.zeros(2)
        if code.lower() == "z":
            plek = begin
        elif code.lower() == "h":
            plek = np.array([oud[0] + waarden[0], plek[1]])
        elif code.lower() == "v":
            plek = np.array([plek[0], oud[1] + waarden[0]])
        else:
            plek = oud + np.array(waarden[-2:])
        if code.lower() == "m":
            begin, code = plek, "l" if code == "m" else "L"
        uit.append((float(plek[0]), float(plek[1])))
        if n == 0:
            continue
    return uit


def lijnpaden(svg_tekst: str) -> list[str]:
    """Paths of the drawing itself, not those of letters."""
    wortel = ET.fromstring(svg_tekst)
    letters = {
        id(p) for g in wortel.iter(f"{S}g") if "scale(" in g.get("transform", "") for p in g.iter(f"{S}path")
    }
    return [p.get("d", "") for p in wortel.iter(f"{S}path") if id(p) not in letters]


@pytest.fixture(scope="module")
def paar() -> tuple[str, str]:
    figuur = grafiek.lijn(twee_reeksen(), eenheid="aantal").figuur
    uit = io.StringIO()
    with thema():
        figuur.savefig(uit, format="svg")
    return uit.getvalue(), compact(uit.getvalue())


def test_paden_blijven_binnen_een_twintigste_punt_gelijk(paar):
    voor, na = map(lijnpaden, paar)
    assert len(voor) == len(na) > 10
    for een, ander in zip(voor, na, strict=True):
        assert np.allclose(eindpunten(een), eindpunten(ander), atol=0.051)


def test_letters_staan_op_dezelfde_plek(paar):
    def letters(tekst: str) -> list[tuple[float, ...]]:
        uit = []
        for g in ET.fromstring(tekst).iter(f"{S}g"):
            if "scale(" in g.get("transform", ""):
                x, y, schaal = map(float, re.findall(r"-?[\d.]+", g.get("transform", ""))[:3])
                for u in g.iter(f"{S}use"):
                    eigen = u.get("x") or (re.findall(r"-?[\d.]+", u.get("transform", "")) or ["0"])[0]
                    uit.append((x + schaal * float(eigen), y))
        return uit

    assert np.allclose(letters(paar[0]), letters(paar[1]), atol=0.1)


def test_kleiner_en_zonder_wat_niemand_nodig_heeft(paar):
    assert len(paar[1]) < 0.45 * len(paar[0])
    for weg in ("metadata", "<!--", "DOCTYPE", "style=", "xlink"):
        assert weg not in paar[1]


def test_verwijzingen_kloppen(paar):
    wortel = ET.fromstring(paar[1])
    ids = [k.get("id") for k in wortel.iter() if k.get("id")]
    verwezen = {k.get("href", "#")[1:] for k in wortel.iter(f"{S}use")}
    verwezen |= {k.get("clip-path", "")[5:-1] for k in wortel.iter() if k.get("clip-path")}
    assert len(ids) == len(set(ids))
    assert verwezen == set(ids)


def test_figuur_van_een_ander_blijft_leesbaar():
    """What analysts draw themselves: clipping, a curve, text with a minus."""
    figuur = Figure()
    as_ = figuur.add_subplot()
    as_.plot([-1, 0, 1], [-1e-9, 2e3, 1], marker="o")
    as_.fill_between([0, 1], [0, 1], alpha=0.3)
    tekst = svg(figuur)
    assert ET.fromstring(tekst).get("viewBox")
    assert 'opacity="0.3"' in tekst


def test_data_adres_is_omkeerbaar():
    from urllib.parse import unquote

    tekst = '<svg xmlns="http://www.w3.org/2000/svg"><path fill="#fff" d="m1,2"/><text>100%</text></svg>'
    adres = data_adres(tekst)
    assert not set('"<>#') & set(adres)
    assert unquote(adres.removeprefix("data:image/svg+xml,")) == tekst.replace('"', "'")
