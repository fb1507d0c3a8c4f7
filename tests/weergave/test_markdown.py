"""Markdown as blocks: both outputs are made from these."""

from __future__ import annotations

import pytest

from analyse.weergave.markdown import blokken, platte_tekst, regels, tekst_van


def test_alinea_met_opmaak():
    assert blokken("Een **vet** en *cursief* `woord`.") == [
        {
            "soort": "alinea",
            "inhoud": [
                ["tekst", "Een "],
                ["vet", [["tekst", "vet"]]],
                ["tekst", " en "],
                ["cursief", [["tekst", "cursief"]]],
                ["tekst", " "],
                ["code", "woord"],
                ["tekst", "."],
            ],
        }
    ]


def test_geneste_lijst():
    [lijst] = blokken("- a\n- b\n\n  3. c\n  4. d")
    assert (lijst["soort"], lijst["genummerd"]) == ("lijst", False)
    binnen = lijst["items"][1][1]
    assert (binnen["genummerd"], binnen["begin"], len(binnen["items"])) == (True, 3, 2)


def test_kop_citaat_lijn_en_code():
    soorten = [
        (b["soort"], b.get("niveau")) for b in blokken("## Kop\n\n> citaat\n\n---\n\n```py\nx = 1\ny = 2\n```")
    ]
    assert soorten == [("kop", 2), ("citaat", None), ("lijn", None), ("code", None)]
    assert blokken("```\nx = 1\ny = 2\n```")[0]["tekst"] == "x = 1\ny = 2"


def test_tabel():
    [tabel] = blokken("| naam | n |\n|---|--:|\n| **Epe** | 12 |")
    assert tabel == {
        "soort": "tabel",
        "kolommen": [{"naam": "naam", "rechts": False}, {"naam": "n", "rechts": True}],
        "rijen": [["Epe", "12"]],
    }


@pytest.mark.parametrize(
    ("markdown", "tekst"),
    [
        ("[CBS](https://www.cbs.nl/nl-nl/)", "CBS (cbs.nl/nl-nl)"),
        ("[cbs.nl](https://cbs.nl)", "cbs.nl"),
        ("zie http://opendata.cbs.nl/x.", "zie opendata.cbs.nl/x."),
        ("[mail](mailto:a@b.nl)", "mail (a@b.nl)"),
        ("![beschrijving](plaatje.png)", "beschrijving"),
        ("a<br>b<script>x</script>", "abx"),
        ("1 &lt; 2 &amp; 3", "1 < 2 & 3"),
    ],
)
def test_van_buiten_blijft_alleen_tekst(markdown, tekst):
    assert tekst_van(regels(markdown)) == tekst


def test_html_blok_verdwijnt():
    assert blokken("<div onclick='x'>\nboe\n</div>\n<!-- niets -->") == []


def test_interne_link_blijft():
    assert regels("[zie](#instroom)") == [["link", "#instroom", [["tekst", "zie"]]]]


def test_regels_plakt_alineas():
    assert regels("een\n\ntwee") == [["tekst", "een"], ["regel", ""], ["tekst", "twee"]]


def test_platte_tekst():
    markdown = "# Kop\n\nAlinea.\n\n1. een\n2. twee\n   - diep\n\n| a | b |\n|---|---|\n| 1 | 2 |"
    assert platte_tekst(blokken(markdown)) == "Kop\n\nAlinea.\n\n1. een\n2. twee\n- diep\n\na | b\n1 | 2"
