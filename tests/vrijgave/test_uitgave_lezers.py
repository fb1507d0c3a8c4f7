"""The readers of published bytes: numbers in Dutch, pages, drawings, CSV, PDF."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import numpy as np
import pytest

from analyse.rapport.pdf import RapportPdfExporter
from analyse.vrijgave.uitgave import val_aan
from analyse.vrijgave.uitgave.getallen import getallen, in_woorden
from analyse.vrijgave.uitgave.namen import perioden_in
from analyse.vrijgave.uitgave.pagina import lees_pagina
from analyse.vrijgave.uitgave.pdf import lees_pdf
from analyse.vrijgave.uitgave.persoon import elfproef, zoek_persoonsgegevens
from analyse.vrijgave.uitgave.svg import hoeken, lees_svg
from analyse.vrijgave.uitgave.tabellen import lees_csv, voeg_samen
from vrijgave.hulp import meting, params_voor, publiceer, telling
from vrijgave.uitgave_bouwer import met_map, schrijf_uitgave

KOP = "indicator;gebied;periode;hulpvorm;verwijzer;aanbieder;leeftijd;maatregel;teller;noemer;waarde;onder;boven"


@pytest.mark.parametrize(
    ("tekst", "verwacht"),
    [
        ("Er kwamen 1.234 jeugdigen", [(1234.0, "")]),
        ("van 159 tot 327 dagen", [(159.0, "dagen"), (327.0, "dagen")]),
        ("13 dagen langer (+5%)", [(13.0, "dagen"), (5.0, "procent")]),
        ("€ 1,2 miljoen", [(1_200_000.0, "euro")]),
        ("\u22127 dagen", [(-7.0, "dagen")]),
        ("70 van elke 1.000 jeugdigen", [(70.0, "per_1000")]),
        ("67,2 per\u00a01.000 (1e halfjaar 2021)", [(67.2, "per_1000")]),
        ("135*", [(135.0, "")]),
        ("Per\u00a01.000 jeugdigen: niet te zien", []),
        ("1.000 jeugdigen", [(1000.0, "")]),
        ("op 31 december 2025, 2e hj. 2025 en 2025-H2, bladzijde 4", []),
        ("4 tot en met 11 jaar, 12–17 jaar, langer dan 2 jaar", []),
        ("GM0200, CBS StatLine 85335NED, iJw 3.2, artikel 2.3, de 3e keer, 95%-interval", []),
    ],
)
def test_getallen(tekst, verwacht):
    assert [(getal.waarde, getal.eenheid) for getal in getallen(tekst)] == verwacht


def test_getallen_in_woorden():
    assert [g.waarde for g in in_woorden("Vijfentwintig nieuwe trajecten en één kind, maar een school.")] == [
        25.0,
        1.0,
    ]
    assert in_woorden("Drie scholen en twee vergaderingen.") == []


def test_afgerond_past():
    (getal,) = getallen("67,2 per 1.000")
    assert getal.past(67.183)
    assert not getal.past(67.3)


def test_perioden():
    assert perioden_in("2e hj. 2024, heel 2022 en 2025-H1; 3e kwartaal 2023") == [
        "2024-H2",
        "2022",
        "2025-H1",
        "2023-K3",
    ]


def test_pagina_leest_ook_wat_niet_te_zien_is():
    pagina = lees_pagina(
        '<header><span class="status">BESTUURLIJK</span></header><!-- 7 --><h2>Instroom</h2>'
        '<figure id="x"><figcaption><span class="titel">A</span><span class="ondertitel">B</span></figcaption>'
        '<svg viewBox="0 0 380 99" aria-label="Alt 12"><text x="1" y="2">13</text></svg>'
        "<table><thead><tr><th>Gebied</th><th>Aantal</th></tr></thead>"
        '<tbody><tr><th>Epe</th><td title="8">15</td></tr></tbody></table></figure>'
        '<ol class="boodschappen"><li><p>20 <a href="#x">Bekijk</a></p></li></ol>'
    )
    soorten = {(stuk.soort, stuk.tekst) for stuk in pagina.stukken}
    assert {("tekst", "7"), ("titel", "A"), ("titel", "B"), ("alt", "Alt 12"), ("opschrift", "13")} <= soorten
    (cel,) = [stuk for stuk in pagina.stukken if stuk.soort == "cel"]
    assert (cel.object, cel.hoofdstuk, cel.rij, cel.kolom, cel.tekst) == ("x", "Instroom", "Epe", "Aantal", "15")
    assert ("titel", "8") in soorten
    assert [s.naar for s in pagina.stukken if s.soort == "bericht"] == [("x",)]
    assert pagina.rubricering == "BESTUURLIJK"


def test_hoeken_van_een_pad():
    punten = [punten for punten, _ in hoeken("m10,20h5v-3l2,2zM1,1q0,0,4,4m3,0h1")]
    assert punten == [
        [(10, 20), (15, 20), (15, 17), (17, 19)],
        [(1, 1), (5, 5)],
        [(8, 5), (9, 5)],
    ]


def test_merken_staan_op_hun_plek():
    tekening = lees_svg(
        '<svg viewBox="0 0 9 9"><defs><path id="a" d="m-1,0h2"/></defs>'
        '<g transform="translate(10 20)"><use href="#a" x="1" y="2" fill="#fff"/></g></svg>'
    )
    (vorm,) = tekening.vormen
    assert vorm.merk
    assert vorm.plek == (11, 22)


def test_afgeleide_rijen_worden_weer_een_telling():
    """A share shows its numerator and its whole, also where the share is hidden."""
    rij = (
        "trajecten.actief;GM0200;2025-H2;{};totaal;totaal;totaal;totaal;{};190;{};;;aandeel_van_totaal;procent;{}"
    )
    tekst = "\n".join(
        [
            f"{KOP};methode;eenheid;status",
            rij.format("02", "130", "68.4", "definitief"),
            rij.format("03", "", "", "verborgen"),
        ]
    )
    params = params_voor(meting(telling("trajecten.actief", {"GM0200": 190})))
    tabel, botsingen = voeg_samen([lees_csv(tekst, "a/tabellen/x.csv")], params.kaarten)
    assert botsingen == []
    assert dict(zip(tabel["hulpvorm"], tabel["waarde"].fillna(-1), strict=True)) == {
        "02": 130,
        "03": -1,
        "totaal": 190,
    }
    assert set(tabel["eenheid"]) == {"aantal"}


def test_vreemde_kolommen_met_cijfers():
    tekst = (
        f"{KOP};methode;eenheid;status;notitie;echt\nx;GM0200;2025-H2;t;t;t;t;t;5;;5;;;;aantal;definitief;vrij;7\n"
    )
    assert lees_csv(tekst, "x.csv").vreemd == ("echt",)


def test_een_kolom_die_het_kenmerk_herhaalt_zegt_niets_nieuws():
    kop = "indicator;gebied;periode;waarde;eenheid;status;soort;pad"
    rij = "zorgpad.reeks: 02 > 03;REGIO;2025-H2;20;aantal;definitief;reeks;{}"
    assert lees_csv(f"{kop}\n{rij.format('02 > 03')}\n", "x.csv").vreemd == ()
    assert lees_csv(f"{kop}\n{rij.format('02 > 04')}\n", "x.csv").vreemd == ("pad",)


def test_elfproef():
    assert elfproef("999990019")
    assert not elfproef("999990018")
    assert [wat for wat, _ in zoek_persoonsgegevens("0,123456789 en 123456782")] == [
        "een nummer dat een bsn kan zijn"
    ]


# PDF: made in a process of its own, because who has made a PDF may not fork


def _pdf(boek) -> bytes:
    return RapportPdfExporter().from_notebook_node(boek)[0]


@pytest.fixture(scope="module")
def met_pdf(tmp_path_factory):
    """A small edition with one PDF, and a PDF of the same report with one other figure and description."""
    perioden = [f"{jaar}-H{h}" for jaar in (2023, 2024, 2025) for h in (1, 2)]
    echt = meting(
        *(telling("trajecten.instroom", {"GM0200": 60 + 5 * i}, periode=p) for i, p in enumerate(perioden))
    )
    params = met_map(params_voor(echt, gemeenten=("GM0200",)))
    vrijgave, _ = publiceer(echt)
    gaaf, kapot = (tmp_path_factory.mktemp(naam) / "uit" for naam in ("gaaf", "kapot"))
    boek = schrijf_uitgave(vrijgave, params, gaaf)["GM0200"]
    anders = schrijf_uitgave(vrijgave, params, kapot, ingreep=_hoger)["GM0200"]
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as werker:
        een, ander = werker.map(_pdf, (boek, anders))
    return gaaf, params, een, ander


def _hoger(delen, rijen):
    reeks = delen["reeks"].assign(
        waarde=delen["reeks"]["waarde"] + np.where(delen["reeks"]["periode"].eq("2024-H1"), 3, 0)
    )
    return {**delen, "reeks": reeks}


def test_pdf_zegt_hetzelfde_als_de_pagina(met_pdf):
    map_, params, een, _ = met_pdf
    (map_ / "GM0200" / "rapport.pdf").write_bytes(een)
    inhoud = lees_pdf(een)
    assert "Proefrapport" in inhoud.bladen[0]
    assert len(inhoud.tekeningen) == 1
    assert inhoud.beschrijvingen[0].startswith("Lijngrafiek")
    verslag = val_aan(map_, params=params)
    assert not verslag.lek, verslag.tekst
    assert "1 PDF's" in verslag.tekst


def test_pdf_die_iets_anders_zegt(met_pdf):
    map_, params, _, ander = met_pdf
    (map_ / "GM0200" / "rapport.pdf").write_bytes(ander)
    raak = " | ".join(v.tekst for v in val_aan(map_, params=params).vondsten)
    assert "de grafiek trajecten-instroom-totaal is anders getekend" in raak
    assert "73 staat er" in raak
