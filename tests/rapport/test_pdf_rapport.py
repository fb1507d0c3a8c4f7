"""The PDF report: tags, language, titles, alt texts, headers, fonts; no findings here is not 'conformant'."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from itertools import pairwise

import pandas as pd
import pikepdf
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from pikepdf import Name
from voorbeeldrapport import cel, notebook
from zetten import Zet, werkplaats

from analyse.kern.fouten import RapportFout
from analyse.rapport import pdf as pdf_module
from analyse.rapport.document import document
from analyse.rapport.pdf import kolombreedten, leesbaar, maak_pdf, tabelmaten
from analyse.weergave import Tabel


@pytest.fixture(scope="module")
def zet() -> Iterator[Zet]:
    with werkplaats() as werkplek:
        yield werkplek


@pytest.fixture(scope="module")
def bytes_(zet) -> bytes:
    return zet.notebooks(notebook())[0]


@pytest.fixture(scope="module")
def pdf(bytes_) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(bytes_)) as bestand:
        yield bestand


def elementen(knoop: pikepdf.Object, soort: str = "") -> Iterator[pikepdf.Object]:
    """Structure elements in reading order."""
    onder = knoop.get("/K")
    for kind in onder if isinstance(onder, pikepdf.Array) else [onder]:
        if isinstance(kind, pikepdf.Dictionary):
            if "/S" in kind and (not soort or Name(soort) == kind.S):
                yield kind
            yield from elementen(kind, soort)


def boom(pdf: pikepdf.Pdf, soort: str) -> list[pikepdf.Object]:
    return list(elementen(pdf.Root.StructTreeRoot, soort))


def kenmerk(cel_: pikepdf.Object) -> pikepdf.Object:
    return next(a for a in cel_.A if Name.Table == a.O)


def test_catalogus(pdf):
    assert str(pdf.Root.Lang) == "nl-NL"
    assert bool(pdf.Root.MarkInfo.Marked)
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    assert str(pdf.docinfo.Title) == "Halfjaarrapport jeugdhulp, Apeldoorn, 2e halfjaar 2025"
    assert str(pdf.docinfo.CreationDate) == "D:20251231000000Z"
    with pdf.open_metadata() as meta:
        assert meta["pdfuaid:part"] == "1"
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("2", "A")


def test_bestand_is_heel(bytes_, tmp_path):
    with pikepdf.open(io.BytesIO(bytes_)) as bestand:
        assert bestand.check_pdf_syntax() == []


def test_koppen_en_bladwijzers(pdf):
    koppen = [e for e in elementen(pdf.Root.StructTreeRoot) if str(e.S) in ("/H1", "/H2", "/H3", "/H4")]
    niveaus = [int(str(kop.S)[2]) for kop in koppen]
    assert niveaus[0] == 1
    assert all(later <= eerder + 1 for eerder, later in pairwise(niveaus))
    with pdf.open_outline() as lijst:
        titels = [punt.title for punt in lijst.root]
        diep = [kind.title for punt in lijst.root for kind in punt.children]
    assert titels == [
        "Samenvatting",
        "Instroom",
        "Verwijzingen",
        "Wat een analist zelf laat zien",
        "Verantwoording",
        "Bijlage: cijfers bij de figuren",
    ]
    assert "Wie verwijst?" in diep


def test_elke_figuur_heeft_een_alt_met_cijfers(pdf):
    figuren = boom(pdf, "/Figure")
    assert len(figuren) == 6
    alts = [str(figuur.Alt) for figuur in figuren]
    assert alts[0].startswith("Lijngrafiek. Huisarts: van 145 (1e halfjaar 2021) naar")
    assert all(len(alt) > 10 for alt in alts)


def test_tabellen_hebben_kolomkoppen_en_rijkoppen(pdf):
    tabellen = boom(pdf, "/Table")
    assert len(tabellen) == 9
    for tabel in tabellen:
        bereik = [str(kenmerk(th).Scope) for th in elementen(tabel, "/TH")]
        rijen = len(list(elementen(tabel, "/TR")))
        assert bereik.count("/Row") == rijen - 1
        assert bereik.count("/Column") == len(bereik) - rijen + 1 > 0


def test_elke_cel_verwijst_naar_bestaande_koppen(pdf):
    namen = list(pdf.Root.StructTreeRoot.IDTree.Names)
    bij_naam = {bytes(id_): cel_ for id_, cel_ in zip(namen[::2], namen[1::2], strict=True)}
    assert list(bij_naam) == sorted(bij_naam)
    for tabel in boom(pdf, "/Table"):
        for td in elementen(tabel, "/TD"):
            bereik = [str(kenmerk(bij_naam[bytes(id_)]).Scope) for id_ in kenmerk(td).Headers]
            assert bereik == ["/Column", "/Row"]
    for th in boom(pdf, "/TH"):
        assert bij_naam[bytes(th.ID)].objgen == th.objgen


def test_lange_tabel_herhaalt_zijn_kop_op_elke_bladzijde(pdf):
    """One table in the tree, its header drawn on each page (the repeats are artifacts)."""
    lang = max(boom(pdf, "/Table"), key=lambda t: len(list(elementen(t, "/TR"))))
    assert len({td.Pg.objgen for td in elementen(lang, "/TH") if "/Pg" in td}) >= 2
    assert len(list(elementen(lang, "/THead"))) == 1


def test_alle_letters_ingesloten(pdf):
    namen = set()
    for bladzij in pdf.pages:
        for font in bladzij.resources.get("/Font", {}).values():
            nazaat = font.DescendantFonts[0]
            assert "/FontFile2" in nazaat.FontDescriptor or "/FontFile3" in nazaat.FontDescriptor
            assert "/ToUnicode" in font
            namen.add(str(font.BaseFont).split("+")[1])
    assert {"PublicSans-Regular", "PublicSans-SemiBold"} <= namen
    assert namen <= {
        "PublicSans-Regular",
        "PublicSans-SemiBold",
        "PublicSans-Italic",
        "DejaVuSans",
        "DejaVuSansMono",
    }


def test_bladzijden_hebben_nummers_en_tabvolgorde(pdf):
    assert "/PageLabels" in pdf.Root
    assert all(bladzij.Tabs == Name.S for bladzij in pdf.pages)


def test_links_hebben_een_beschrijving(pdf):
    links = [a for bladzij in pdf.pages for a in bladzij.get("/Annots", []) if a.Subtype == Name.Link]
    assert links and all(str(link.get("/Contents", "")) for link in links)


def test_twee_keer_dezelfde_bytes_ook_in_een_ander_proces(zet, bytes_):
    assert zet.notebooks(notebook(), notebook()) == [bytes_, bytes_]
    with werkplaats() as ander:
        assert ander.notebooks(notebook(titel="eerst iets anders"), notebook())[1] == bytes_


def test_grootte(bytes_):
    assert len(bytes_) < 200_000


def test_vreemde_letters_houden_het_rapport_niet_tegen(zet):
    nb = new_notebook(cells=[new_markdown_cell("# Aanbieder Ştefan 😀 中文 \u202e\n\nΑθήνα, Łódź")])
    assert zet.notebooks(nb)[0].startswith(b"%PDF")


def test_leesbaar():
    assert leesbaar("gewone tekst") == "gewone tekst"
    assert leesbaar("é\xa0€ ≥ Ł Ω\n") == "é\xa0€ ≥ Ł Ω\n"
    assert leesbaar("a\x00b\u202ec中") == "abc□"


def test_leeg_notebook_geeft_een_geldige_pdf(zet):
    with pikepdf.open(io.BytesIO(zet.notebooks(new_notebook())[0])) as bestand:
        assert str(bestand.docinfo.Title) == "Rapport"


def test_te_brede_tabel_krijgt_een_liggend_blad(zet):
    breed = pd.DataFrame([["r", *["1.234"] * 16]], columns=["Naam", *[f"Kolomnaam{i}" for i in range(16)]])
    nb = new_notebook(cells=[cel(Tabel(id="breed", titel="Breed", tabel=breed, intern=True))])
    with pikepdf.open(io.BytesIO(zet.notebooks(nb)[0])) as bestand:
        maten = {(int(b.mediabox[2]), int(b.mediabox[3])) for b in bestand.pages}
    assert maten == {(595, 841), (841, 595)}


def test_zonder_alt_weigert_de_zetter(zet):
    """The gate is Typst's own: an image without alternative text is no PDF/UA."""
    doc = document(notebook())
    figuur = next(blok for blok in doc["blokken"] if blok["soort"] == "figuur")
    figuur["alt"] = None
    with pytest.raises(RapportFout, match="alt"):
        zet.document(doc)


def test_na_een_vork_een_fout_en_geen_hangend_proces(monkeypatch):
    monkeypatch.setattr(pdf_module, "_processen", {os.getpid() + 1})
    with pytest.raises(RapportFout, match="afgesplitst"):
        maak_pdf(document(new_notebook()))


def test_afbeelding_zonder_alt_zegt_dat():
    nb = notebook()
    png = next(o for c in nb.cells for o in c.get("outputs", []) if "image/png" in o.get("data", {}))
    los = new_notebook(cells=[new_code_cell("x", outputs=[new_output("display_data", data=dict(png.data))])])
    assert document(los)["blokken"][0]["alt"] == "Afbeelding zonder beschrijving"


def test_kolombreedten_tellen_woorden_en_cellen():
    kolommen = [{"naam": "Periode", "rechts": False}, {"naam": "Midden-IJssel/Oost-Veluwe", "rechts": True}]
    eerste, tweede = kolombreedten({"kolommen": kolommen, "rijen": [["1e halfjaar 2025", "1"]]})
    assert eerste > tweede > 5


def test_lange_teksten_krijgen_de_ruimte_van_een_hoge_tabel():
    namen = ("Toewijzing", "Aanbieder", "Product", "Begin", "Eind", "Euro", "Waarom op de lijst")
    kolommen = [{"naam": naam, "rechts": naam == "Euro"} for naam in namen]
    kort = ["GM0200-100310", "12345678", "45A12", "2024-01-01", "geen", "1.234"]
    tekst = "Deze hulp is in vier jaar drie keer verlengd zonder dat het product of het volume veranderde. " * 2
    laag, hoog = (tabelmaten({"kolommen": kolommen, "rijen": [[*kort, tekst]] * n}) for n in (2, 15))
    assert laag["breedten"][-1] < 15 and not laag["liggend"]  # a short table stays as it was
    assert hoog["breedten"][-1] > 1.5 * laag["breedten"][-1]
    assert hoog["hoogte"] < 0.6 * 15 / 2 * laag["hoogte"]
    cijfers = tabelmaten({"kolommen": kolommen[:6], "rijen": [kort] * 60})
    assert cijfers["letter"] == 9.0 and not cijfers["liggend"]  # many short rows gain nothing


def test_een_blad_heeft_geen_omslag_inhoud_en_bijlage(zet, pdf):
    with pikepdf.open(io.BytesIO(zet.notebooks(notebook(vorm="blad"))[0])) as blad:
        assert len(blad.pages) <= len(pdf.pages) - 3
        assert str(boom(blad, "/Title")) and len(boom(blad, "/Figure")) == len(boom(pdf, "/Figure"))
        assert not boom(blad, "/TOC") and boom(pdf, "/TOC")
