"""The document model: headings, ids, links, fallbacks, and what never reaches a reader."""

from __future__ import annotations

import json

import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from voorbeeldrapport import cel, notebook, reeks, resultaat

from analyse.rapport.document import csv_bestanden, document, slug, tabellen_met_gegevens
from analyse.weergave import Boodschap, Boodschappen, Tabel, Tekst, Waarschuwing


def van(*markdown: str, **metadata: dict) -> dict:
    """The document of markdown cells."""
    return document(new_notebook(cells=[new_markdown_cell(m) for m in markdown], metadata=metadata))


def koppen(doc: dict) -> list[tuple[int, str]]:
    return [(b["niveau"], b["id"]) for b in doc["blokken"] if b["soort"] == "kop"]


def test_hoofdstukken_komen_onder_de_titel():
    doc = van("# Instroom\n\n## Reeks", "# Gebruik", analyse={"titel": "Rapport"})
    assert doc["titel"] == "Rapport"
    assert koppen(doc) == [(2, "instroom"), (3, "reeks"), (2, "gebruik")]


def test_zonder_titel_is_de_eerste_kop_de_titel():
    doc = van("# Instroom\n\n## Reeks\n\n### Diep")
    assert doc["titel"] == "Instroom"
    assert koppen(doc) == [(2, "reeks"), (3, "diep")]


def test_titel_wordt_niet_herhaald():
    doc = van("# Instroom\n\ntekst", analyse={"titel": "Instroom"})
    assert doc["titel"] == "Instroom" and koppen(doc) == []


def test_niveaus_slaan_nooit_over():
    doc = van("# A\n\n#### B\n\n###### C\n\n## D", analyse={"titel": "T"})
    assert [niveau for niveau, _ in koppen(doc)] == [2, 3, 4, 3]


def test_ids_zijn_uniek_en_van_objecten_eerst():
    tabel = Tabel(id="instroom", titel="x", tabel=pd.DataFrame({"a": ["b"]}))
    nb = new_notebook(cells=[new_markdown_cell("# Instroom\n\n# Instroom"), cel(tabel, tabel)])
    nb.metadata["analyse"] = {"titel": "T"}
    ids = [b["id"] for b in document(nb)["blokken"]]
    assert ids == ["instroom-3", "instroom-4", "instroom", "instroom-2"]


def test_slug():
    assert slug("Cijfers & verhalen: één jaar!") == "cijfers-verhalen-een-jaar"
    assert slug("???") == "deel"


def test_links_naar_niets_worden_tekst():
    doc = van("# A\n\n[wel](#a) [niet](#b)", analyse={"titel": "T"})
    assert doc["blokken"][1]["inhoud"] == [
        ["link", "a", [["tekst", "wel"]]],
        ["tekst", " "],
        ["groep", [["tekst", "niet"]]],
    ]


def test_boodschap_kent_de_titel_van_zijn_figuur():
    tabel = Tabel(id="t", titel="De titel", tabel=pd.DataFrame({"a": ["b"]}))
    boodschappen = Boodschappen([Boodschap(tekst="x", figuur="t"), Boodschap(tekst="y", figuur="weg")])
    items = document(new_notebook(cells=[cel(boodschappen, tabel)]))["blokken"][0]["items"]
    assert [(i["figuur"], i["figuur_titel"]) for i in items] == [("t", "De titel"), ("", "")]


def test_boodschap_noemt_het_hoofdstuk_en_niet_nog_eens_het_bericht():
    def namen(*doelen: str) -> list[str]:
        tabellen = [Tabel(id=i, titel=f"Titel {i}", tabel=pd.DataFrame({"a": ["b"]})) for i in "xyz"]
        berichten = Boodschappen([Boodschap(tekst="x", figuur=doel) for doel in doelen])
        koppen = [new_markdown_cell(f"# {naam}") for naam in ("Kort", "Gebruik", "Uitgaven")]
        cellen = [
            koppen[0],
            cel(berichten),
            koppen[1],
            cel(tabellen[0]),
            cel(tabellen[1]),
            koppen[2],
            cel(tabellen[2]),
        ]
        nb = new_notebook(cells=cellen)
        nb.metadata["analyse"] = {"titel": "T"}
        return [item["figuur_titel"] for item in document(nb)["blokken"][1]["items"]]

    assert namen("x", "z", "x") == ["Gebruik", "Uitgaven", "Gebruik"]
    assert namen("x", "y", "z") == ["Titel x", "Titel y", "Uitgaven"]  # no two links that read the same


def test_tabelrij_die_op_een_link_lijkt_blijft_tekst():
    tabel = Tabel(id="t", titel="x", tabel=pd.DataFrame([["link", "a", "b"]], columns=list("xyz")))
    assert document(new_notebook(cells=[cel(tabel)]))["blokken"][0]["rijen"] == [["link", "a", "b"]]


def test_kop_in_kader_of_citaat_wordt_vette_tekst():
    doc = document(
        new_notebook(cells=[cel(Waarschuwing(tekst="# Kop\n\n- # lijstkop")), new_markdown_cell("> # c")])
    )
    assert '"kop"' not in json.dumps(doc["blokken"])
    assert doc["blokken"][0]["blokken"][0] == {"soort": "alinea", "inhoud": [["vet", [["tekst", "Kop"]]]]}


def test_broncode_stderr_en_verborgen_cellen_blijven_weg():
    tekst = json.dumps(document(notebook()))
    assert "geheime_broncode" not in tekst and "waarschuwing van een bibliotheek" not in tekst
    assert "uitvoer van print" in tekst and "kale waarde" in tekst
    nb = new_notebook(cells=[new_markdown_cell("weg", metadata={"tags": ["verberg"]})])
    assert document(nb)["blokken"] == []


def test_fout_staat_er_leesbaar_in():
    uit = new_output(
        "error", ename="ParameterFout", evalue="\x1b[31mDit gebied bestaat niet.\x1b[0m", traceback=[]
    )
    [kader] = document(new_notebook(cells=[new_code_cell("x", outputs=[uit])]))["blokken"]
    assert kader["titel"] == "Deze berekening is mislukt"
    assert kader["blokken"][0]["inhoud"] == [["tekst", "ParameterFout: Dit gebied bestaat niet."]]


def test_terugval_op_papermill_parameters():
    doc = van("tekst", papermill={"parameters": {"gebied": "GM0200", "editie": "2025-H2"}})
    assert (doc["gebied_naam"], doc["periode_naam"]) == ("GM0200", "2e halfjaar 2025")
    assert (doc["titel"], doc["rubricering"]) == ("Rapport", "BESTUURLIJK")


def test_onbekende_periode_blijft_staan():
    assert van("x", analyse={"periode": "voorjaar"})["periode_naam"] == "voorjaar"


def test_een_intern_object_maakt_het_hele_stuk_intern():
    nb = notebook()
    nb.cells.append(cel(Tekst("alleen intern", intern=True)))
    assert document(nb)["rubricering"] == "INTERN"
    assert document(notebook())["rubricering"] == "BESTUURLIJK"


def test_csv_bestanden_zonder_wat_intern_is():
    nb = notebook()
    rijen = resultaat(reeks("x", 20))
    tabel = {"titel": "t", "tabel": pd.DataFrame({"a": ["b"]}), "data": rijen}
    nb.cells.append(cel(Tabel(id="open", **tabel), Tabel(id="dicht", intern=True, **tabel)))
    bestanden = csv_bestanden(nb)
    assert list(bestanden) == ["instroom-reeks.csv", "open.csv"]
    kop, eerste, *_ = bestanden["instroom-reeks.csv"].splitlines()
    assert "verwijzer;verwijzer_naam" in kop and ";02;Huisarts;" in eerste


def test_notebook_blijft_zoals_het_was():
    nb = notebook()
    voor = json.dumps(nb, sort_keys=True)
    document(nb)
    assert json.dumps(nb, sort_keys=True) == voor


@pytest.mark.parametrize("mime", ["text/html", "text/plain", "text/markdown"])
def test_tekst_in_stukken(mime):
    uit = new_output("display_data", data={mime: ["a", "b"]})
    uit["data"].setdefault("text/plain", "ab")
    assert "ab" in json.dumps(document(new_notebook(cells=[new_code_cell("x", outputs=[uit])]))["blokken"])


def test_kolom_met_alleen_dagen_wordt_een_kolom_van_dagen():
    """Also with gaps; a code, a text and an empty column stay text."""
    data = pd.DataFrame(
        {
            "begin": ["2025-01-31", "2024-02-29"],
            "eind": ["2025-12-31", ""],
            "nr": ["00102", "2025-01-01a"],
            "leeg": "",
        }
    )
    tabel = Tabel(id="lijst", titel="x", tabel=pd.DataFrame({"a": ["b", "c"]}), data=data, intern=True)
    gegevens = tabellen_met_gegevens(new_notebook(cells=[cel(tabel)]))["lijst"]
    assert gegevens["begin"].dt.day.tolist() == [31, 29] and gegevens["eind"].isna().tolist() == [False, True]
    assert gegevens["nr"].tolist() == ["00102", "2025-01-01a"] and gegevens["leeg"].tolist() == ["", ""]
