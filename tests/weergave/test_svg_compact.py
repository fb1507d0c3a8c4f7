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
from analyse.weergave.svg import in_pagina, svg
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


def paden(svg_tekst: str) -> list[str]:
    """All that is drawn with lines, in order; definitions and clips included."""
    return [p.get("d", "") for p in ET.fromstring(svg_tekst).iter(f"{S}path")]


@pytest.fixture(scope="module")
def paar() -> tuple[str, str]:
    figuur = grafiek.lijn(twee_reeksen(), eenheid="aantal").figuur
    uit = io.StringIO()
    with thema():
        figuur.savefig(uit, format="svg")
    return uit.getvalue(), compact(uit.getvalue())


def test_lijnen_blijven_binnen_een_twintigste_punt_gelijk(paar):
    voor, na = ([punt for pad in paden(tekst) for punt in eindpunten(pad)] for tekst in paar)
    assert len(voor) > 50
    assert np.allclose(voor, na, atol=0.051)


def test_lijnen_die_samen_een_pad_worden_blijven_op_hun_plek():
    """Equal looks, several bends: after the first of them a bend without a letter must not become a place."""
    figuur = Figure()
    as_ = figuur.add_subplot()
    for begin in (0.0, 2.0, 1.0):
        as_.plot([0, 1, 2, 3], [begin, begin + 1.5, begin - 0.5, begin], color="black")
    as_.set_axis_off()
    uit = io.StringIO()
    with thema():
        figuur.savefig(uit, format="svg")
    voor, na = (
        [p for pad in paden(t) for p in eindpunten(pad)] for t in (uit.getvalue(), compact(uit.getvalue()))
    )
    assert len(paden(compact(uit.getvalue()))) < len(paden(uit.getvalue()))
    assert np.allclose(voor, na, atol=0.051)


def test_letters_staan_op_dezelfde_plek(paar):
    voor, na = (list(ET.fromstring(tekst).iter(f"{S}text")) for tekst in paar)
    assert [t.text for t in voor] == [t.text for t in na]
    plekken = [[(float(t.get("x", 0)), float(t.get("y", 0))) for t in teksten] for teksten in (voor, na)]
    assert np.allclose(*plekken, atol=0.051)


def test_vette_en_gedraaide_tekst_blijft_dat():
    figuur = Figure()
    figuur.text(0.5, 0.5, "A & <b>", family="Public Sans SemiBold")
    figuur.text(0.1, 0.1, "schuin", rotation=30)
    tekst = svg(figuur)
    assert ">A &amp; &lt;b&gt;</text>" in tekst
    vet, schuin = list(ET.fromstring(tekst).iter(f"{S}text"))
    assert vet.get("font-weight") == "600" and vet.get("transform") is None
    assert schuin.get("transform", "").endswith(" rotate(-30)")


def test_wat_buiten_zijn_vak_valt_wordt_nog_geknipt():
    figuur = Figure()
    as_ = figuur.add_subplot()
    as_.plot([0, 1], [0, 1])
    as_.plot([0, 1], [0, 5])
    as_.set_ylim(0, 1.2)
    geknipt = [p for p in ET.fromstring(svg(figuur)).iter(f"{S}path") if p.get("clip-path")]
    assert len(geknipt) == 1


def test_kleiner_en_zonder_wat_niemand_nodig_heeft(paar):
    assert len(paar[1]) < 0.5 * len(paar[0])
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


def test_namen_zijn_uniek_in_een_pagina():
    """A name in the drawing must not be another drawing's, nor reach for it; the namespace is not said."""
    tekst = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path id="a" clip-path="url(#b)"/>'
        '<use href="#a"/></svg>'
    )
    assert in_pagina(tekst, kop='role="img"', id_="instroom-reeks") == (
        '<svg role="img" viewBox="0 0 1 1"><path id="instroom-reeks-a" clip-path="url(#instroom-reeks-b)"/>'
        '<use href="#instroom-reeks-a"/></svg>'
    )
