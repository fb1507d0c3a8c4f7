"""Charts: what is drawn, what is not, and that table, alt text and notes come from the same rows."""

from __future__ import annotations

import math
import xml.etree.ElementTree as ET
from datetime import date
from itertools import pairwise

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from grafiekrijen import groepen, reeks, twee_reeksen
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure

from analyse.kern.fouten import ParameterFout
from analyse.params import Breuk
from analyse.weergave import grafiek, palet
from analyse.weergave.grafiek import assen, gegevens
from analyse.weergave.grafiek.labels import spreid
from analyse.weergave.grafiek.regelkaart import regelkaart
from analyse.weergave.svg import in_pagina, svg

BREUK = Breuk(datum=date(2025, 1, 1), naam="Woonplaatsbeginsel", uitleg="Een andere regel.")


def teksten(figuur: Figure, *, assen_ook: bool = False) -> list[str]:
    """Every text that the figure draws in ink; with `assen_ook` also the grey labels of axes and breaks."""
    alle = [t for as_ in figuur.axes for t in as_.texts if t.get_text()]
    return [t.get_text() for t in alle if assen_ook or t.get_color() != palet.GRIJS_TEKST]


def getekend(figuur: Figure) -> np.ndarray:
    """All y values of all lines in data coordinates."""
    lijnen = [lijn for lijn in figuur.axes[0].lines if lijn.get_transform() == figuur.axes[0].transData]
    return np.concatenate([np.asarray(lijn.get_ydata(), dtype=float) for lijn in lijnen])


def test_lijn_geeft_tabel_alt_en_noten_uit_dezelfde_rijen():
    g = grafiek.lijn(twee_reeksen(), eenheid="aantal")
    assert g.tabel.to_dict("list") == {
        "Periode": ["1e halfjaar 2024", "2e halfjaar 2024", "1e halfjaar 2025", "2e halfjaar 2025"],
        "Huisarts": ["100", "110", "120", "115*"],
        "Gemeente": ["40", ".", "50", "45*"],
    }
    assert g.alt == (
        "Lijngrafiek met twee reeksen. "
        "Huisarts: van 100 (1e halfjaar 2024) naar 115 (voorlopig, 2e halfjaar 2025); "
        "laagste 100 (1e halfjaar 2024), hoogste 120 (1e halfjaar 2025). "
        "Gemeente: van 40 (1e halfjaar 2024) naar 45 (voorlopig, 2e halfjaar 2025); "
        "laagste 40 (1e halfjaar 2024), hoogste 50 (1e halfjaar 2025)."
    )
    assert g.noten == (
        "Een punt (.) betekent: verborgen, omdat het aantal te klein is om te tonen. "
        "In de grafiek is dat een gat.",
        "Een ster (*) betekent: voorlopig cijfer; het kan nog veranderen. In de grafiek is dat een open punt.",
    )


def test_verborgen_is_een_gat_en_geen_nul():
    verborgen = reeks("A", [20, 3, 25, 30], ["definitief", "verborgen", "definitief", "definitief"])
    y = getekend(grafiek.lijn(verborgen, eenheid="aantal").figuur)
    assert np.isnan(y).any()
    assert not np.isin(y[~np.isnan(y)], [0, 3]).any()


def test_namen_staan_bij_de_lijn_met_hun_laatste_cijfer():
    assert {
        t.replace("\xa0", " ").replace("\n", " ")
        for t in teksten(grafiek.lijn(twee_reeksen(), eenheid="aantal").figuur)
    } == {"Huisarts 115*", "Gemeente 45*"}


def test_een_reeks_toont_begin_en_eind():
    assert teksten(grafiek.lijn(reeks("A", [10, 12, 14, 16]), eenheid="procent").figuur) == ["16%*", "10%"]


def test_breuk_staat_in_beeld_en_in_de_noten_alleen_als_hij_erbinnen_valt():
    eerder = BREUK.model_copy(update={"datum": date(2019, 1, 1), "naam": "Eerder"})
    g = grafiek.lijn(twee_reeksen(), eenheid="aantal", breuken=[eerder, BREUK])
    assert "Woonplaatsbeginsel" in teksten(g.figuur, assen_ook=True)
    assert "Eerder" not in teksten(g.figuur, assen_ook=True)
    assert g.noten[-1] == "Woonplaatsbeginsel (1\xa0januari 2025): Een andere regel."


def test_breuken_voor_kiest_op_het_begin_van_de_id():
    alleen = BREUK.model_copy(update={"indicatoren": ("toewijzingen",)})
    assert grafiek.breuken_voor([BREUK, alleen], "trajecten.instroom") == (BREUK,)
    assert grafiek.breuken_voor([BREUK, alleen], "toewijzingen.aantal") == (BREUK, alleen)


def test_meer_dan_zes_reeksen_is_een_fout_behalve_de_vergelijking():
    zes = [reeks(f"R{i}", [10 + i, 12, 14, 16]) for i in range(6)]
    alles = pd.concat([*zes, reeks("Regio", [5, 6, 7, 8])])
    assert grafiek.lijn(alles, eenheid="aantal", vergelijking="Regio").tabel.shape == (4, 8)
    with pytest.raises(ParameterFout, match="ten hoogste 6"):
        grafiek.lijn(alles, eenheid="aantal")


def test_vergelijking_is_grijs_en_gestreept():
    figuur = grafiek.lijn(twee_reeksen(), eenheid="aantal", vergelijking="Gemeente").figuur
    kleuren = {lijn.get_color() for lijn in figuur.axes[0].lines if lijn.get_linestyle() == "--"}
    assert "#6a737b" in kleuren


def test_band_wordt_getekend():
    rijen = reeks("A", [10, 12, 14, 16]).assign(onder=[8, 9, 10, 11], boven=[12, 15, 18, 21])

    def vlakken(figuur: Figure) -> list[PolyCollection]:
        return [c for c in figuur.axes[0].collections if isinstance(c, PolyCollection)]

    [vlak] = vlakken(grafiek.lijn(rijen, eenheid="aantal", band=True).figuur)
    hoogten = vlak.get_paths()[0].vertices[:, 1]
    assert (hoogten.min(), hoogten.max()) == (8, 21)
    assert vlakken(grafiek.lijn(rijen, eenheid="aantal").figuur) == []


def test_alles_verborgen_zegt_dat_er_niets_te_zien_is():
    leeg = reeks("A", [None, None], ["verborgen", "verborgen"])
    g = grafiek.lijn(leeg, eenheid="aantal")
    assert assen.LEEG in teksten(g.figuur, assen_ook=True)
    assert g.alt == "Lijngrafiek. A: geen cijfers om te tonen."


def test_ontbrekende_kolom_wordt_genoemd():
    with pytest.raises(ParameterFout, match=r"kolommen reeks, periode, waarde\. Ontvangen: zonder reeks"):
        grafiek.lijn(twee_reeksen().drop(columns="reeks"), eenheid="aantal")
    with pytest.raises(ParameterFout, match="een lege tabel"):
        grafiek.lijn(twee_reeksen().iloc[:0], eenheid="aantal")


def test_staven_van_groot_naar_klein_en_onbekend_achteraan():
    g = grafiek.staven(groepen(), eenheid="aantal")
    assert g.tabel.to_dict("list") == {
        "Groep": ["Huisarts", "Jeugdarts", "Rechter", "Onbekend"],
        "Aantal": ["120", "15*", ".", "200"],
    }
    assert g.alt == (
        "Staafdiagram met vier rijen: Huisarts 120, Jeugdarts 15 (voorlopig), Rechter verborgen, Onbekend 200."
    )
    assert [staaf.get_width() for staaf in g.figuur.axes[0].patches] == [120, 15, 200]
    assert g.figuur.axes[0].get_xlim()[0] == 0


def test_staven_in_eigen_volgorde():
    g = grafiek.staven(groepen(), eenheid="aantal", op_waarde=False)
    assert g.tabel["Groep"].tolist() == groepen()["naam"].tolist()


def test_staven_met_vergelijking():
    g = grafiek.staven(groepen().assign(vergelijking=[10, 20, 30, 40]), eenheid="aantal", vergelijking="Regio")
    assert g.tabel["Regio"].tolist() == ["30", "20", "40", "10"]
    assert "Regio" in teksten(g.figuur, assen_ook=True)


def test_merk_van_staven_zegt_waarom_het_er_niet_is():
    merk = {
        "vergelijking": [10, 20, None, None],
        "vergelijking_status": ["voorlopig", "definitief", "verborgen", "verborgen"],
    }
    g = grafiek.staven(groepen().assign(**merk), eenheid="aantal", vergelijking="Regio", op_waarde=False)
    assert g.tabel["Regio"].tolist() == ["10*", "20", ".", "."]
    assert any(noot.startswith("Een punt (.)") for noot in g.noten)
    assert any(noot.startswith("Een ster (*)") for noot in g.noten)


def test_merk_van_staven_zonder_waarde_heeft_een_uitgelegd_streepje():
    rijen = groepen().assign(vergelijking=[10, 20, 30, None])
    g = grafiek.staven(rijen, eenheid="aantal", vergelijking="Regio", op_waarde=False)
    assert g.tabel["Regio"].tolist()[-1] == "–"
    assert any("(–)" in noot for noot in g.noten)


def test_punten_houden_de_volgorde_van_het_regiobestand():
    rijen = groepen().assign(onder=[180, 10, 100, None], boven=[220, 20, 140, None], binnen=[190, 14, 130, None])
    g = grafiek.punten(rijen, eenheid="per_1000", accent="Huisarts", referentie="Huisarts")
    assert g.tabel.to_dict("list") == {
        "Groep": ["Onbekend", "Jeugdarts", "Huisarts", "Rechter"],
        "Per\xa01.000": ["200,0", "15,0*", "120,0", "."],
        "Marge": ["180,0 tot 220,0", "10,0 tot 20,0", "100,0 tot 140,0", "–"],
        "Al binnen": ["190,0", "14,0", "130,0", "–"],
    }
    assert teksten(g.figuur, assen_ook=True).count("Huisarts") == 2  # its row, and the line of reference
    assert g.noten[0].startswith("De lijn door een punt is de onzekerheidsmarge.")
    assert g.noten[1] == "Het kleine open rondje is wat al binnen is."


def test_punten_op_waarde_als_daarom_gevraagd_is():
    g = grafiek.punten(groepen(), eenheid="aantal", op_waarde=True)
    assert g.tabel["Groep"].tolist() == ["Huisarts", "Jeugdarts", "Rechter", "Onbekend"]


def test_kleine_veelvouden_op_een_schaal():
    rijen = twee_reeksen().rename(columns={"reeks": "paneel"})
    g = grafiek.kleine_veelvouden(rijen, eenheid="aantal", breuken=[BREUK])
    assert {as_.get_ylim() for as_ in g.figuur.axes} == {(0.0, 150.0)}
    assert teksten(g.figuur) == ["Huisarts", "115*", "Gemeente", "45*"]
    assert list(g.tabel.columns) == ["Periode", "Huisarts", "Gemeente"]
    assert g.alt.startswith("Kleine lijngrafieken op één schaal met twee reeksen. Huisarts: van 100")


@pytest.mark.parametrize("eenheid", ["aantal", "procent", "dagen", "euro", "per_1000"])
@pytest.mark.parametrize("maker", [grafiek.lijn, grafiek.kleine_veelvouden])
def test_waarde_as_begint_bij_nul_en_is_nederlands(maker, eenheid):
    rijen = reeks("A", [1000, 1250, 1500, 1750]).assign(paneel="A")
    figuur = maker(rijen, eenheid=eenheid).figuur
    waarden = [t for t in teksten(figuur, assen_ook=True) if not t.startswith(("2024", "2025", "1.750"))]
    assert figuur.axes[0].get_ylim()[0] == 0
    assert waarden[0].strip("€\xa0%") == "0"
    assert any("2.000" in waarde for waarde in waarden)


@pytest.mark.parametrize(
    ("hoogste", "heel", "streepjes"),
    [
        (158, True, [0, 50, 100, 150, 200]),
        (3, True, [0, 1, 2, 3]),
        (0.9, False, [0, 0.25, 0.5, 0.75, 1]),
        (0, True, [0, 1]),
        (float("nan"), True, [0, 1]),
    ],
)
def test_schaal(hoogste, heel, streepjes):
    assert assen.schaal(hoogste, heel=heel).tolist() == pytest.approx(streepjes)


@pytest.mark.parametrize("eenheid", ["aantal", "dagen", "euro", "procent", "per_1000"])
@pytest.mark.parametrize("hoogste", [0.3, 0.9, 1.9, 2.1, 3.5, 9, 10, 11, 99, 750_000, 950_000, 2.1e6, 8.5e6, 9e7])
def test_opschriften_staan_even_ver_uit_elkaar(eenheid, hoogste):
    """A label that is rounded (0 3 5 8 10) would stand at a place that it does not name."""
    streepjes = assen._streepjes(eenheid, hoogste)
    teksten_ = [assen.as_tekst(waarde, eenheid, streepjes[-1]) for waarde in streepjes]
    getallen = [float(t.strip("€\xa0%mln ").replace(".", "").replace(",", ".")) for t in teksten_]
    assert np.diff(getallen) == pytest.approx(getallen[1])
    assert streepjes[-1] >= hoogste * 0.99


def test_midden_van_een_periode():
    midden = [gegevens.midden(p) for p in map(gegevens.Periode.lees, ("2025-H1", "2025-H2", "2025", "2025-01"))]
    assert midden == pytest.approx([2025.25, 2025.75, 2025.5, 2025 + 0.5 / 12])


def test_spreid_schuift_alleen_wat_overlapt():
    assert spreid([10, 50], [10, 10], onder=0, boven=100) == [10, 50]
    uit = spreid([50, 51, 52, 2], [10, 10, 10, 10], onder=0, boven=100)
    assert uit == [50, 60, 70, 5]
    assert spreid([99, 98], [10, 10], onder=0, boven=100) == [95, 85]


@pytest.mark.parametrize("maker", ["lijn", "staven", "punten", "kleine_veelvouden"])
def test_svg_is_klein_herhaalbaar_en_zonder_adres(maker):
    rijen = groepen() if maker in ("staven", "punten") else twee_reeksen().assign(paneel=lambda r: r["reeks"])
    eerste, tweede = (svg(getattr(grafiek, maker)(rijen, eenheid="aantal").figuur) for _ in range(2))
    assert eerste == tweede
    assert len(eerste) < 10_000
    assert "http" not in in_pagina(eerste, kop="", id_="grafiek")
    assert ET.fromstring(eerste).tag.endswith("svg")


def test_tekenen_laat_de_instellingen_van_de_analist_met_rust():
    voor = dict(mpl.rcParams)
    svg(grafiek.lijn(twee_reeksen(), eenheid="aantal").figuur)
    assert {k: v for k, v in mpl.rcParams.items() if voor[k] != v} == {}


def test_labels_vallen_binnen_de_grafiek():
    """The widest label ends inside the figure: our measure of letters agrees with what is drawn."""
    rijen = pd.concat([reeks("Gecertificeerde instelling", [1000, 2000, 3000, 4000]), reeks("B", [1, 2, 3, 4])])
    figuur = grafiek.lijn(rijen, eenheid="aantal").figuur
    figuur.draw_without_rendering()
    rechts = max(t.get_window_extent().x1 for t in figuur.axes[0].texts)
    assert rechts <= math.ceil(figuur.bbox.x1)


def stromen() -> pd.DataFrame:
    """Two places to three; one band hidden, one zero."""
    return pd.DataFrame(
        {
            "van": ["Ambulant"] * 3 + ["Pleegzorg"] * 3,
            "naar": ["Pleegzorg", "Verblijf", "Geen hulp meer"] * 2,
            "aantal": [20.0, None, 100.0, 0.0, 15.0, 40.0],
            "status": ["definitief", "verborgen", *["definitief"] * 4],
        }
    )


def test_stroom_tekent_alleen_wat_te_zien_is_even_breed_als_het_aantal():
    g = grafiek.stroom(stromen(), koppen=("Eerst", "Daarna"), wat="trajecten", rustig={"Geen hulp meer"})
    banden = [p for p in g.figuur.axes[0].patches if len(p.get_path().vertices) == 9]
    dik = [p.get_path().vertices[7, 1] - p.get_path().vertices[0, 1] for p in banden]
    assert len(banden) == 4
    assert np.allclose(np.array(dik) / dik[0], np.array([20, 100, 15, 40]) / 20)
    assert g.tabel.iloc[0].tolist() == ["Ambulant", "Geen hulp meer", "100"] and len(g.tabel) == 4
    assert g.noten == ("Overgangen die te klein zijn om te tonen, staan niet in de grafiek.",)
    assert g.alt.startswith(
        "Stroomgrafiek van trajecten. De grootste overgangen: van Ambulant naar Geen hulp meer: 100"
    )


def test_stroom_houdt_plekken_en_namen_uit_elkaar_en_de_volgorde_van_de_rijen():
    g = grafiek.stroom(stromen(), koppen=("Eerst", "Daarna"), wat="trajecten")
    as_ = g.figuur.axes[0]
    zwart = [t for t in as_.texts if t.get_color() != palet.GRIJS_TEKST]
    namen = [(t.get_position(), t.get_text().replace("\n", " ")) for t in zwart]
    rechts = [(y, naam) for (x, y), naam in namen if x > 0]
    assert [naam for _, naam in rechts] == ["Pleegzorg", "Verblijf", "Geen hulp meer"]
    assert all(later - eerder > 11 for (eerder, _), (later, _) in pairwise(rechts))
    # In grey print what ends and what goes on stay apart.
    tinten = {"#dfe5ea", "#7fa3b8"}
    licht = sorted(palet.helderheid(tint) for tint in tinten)
    assert (licht[1] + 0.05) / (licht[0] + 0.05) > 1.8


def test_stroom_zonder_zichtbare_overgang_zegt_wat_te_doen():
    leeg = stromen().assign(aantal=np.nan, status="verborgen")
    with pytest.raises(ParameterFout, match="minstens een overgang"):
        grafiek.stroom(leeg, koppen=("Eerst", "Daarna"), wat="trajecten")


@pytest.mark.parametrize(
    ("raak", "verwacht"),
    [
        ([], "geen signalen"),
        ([3], "signalen in april 2024"),
        ([0, 1, 4], "signalen in meer maanden, het laatst in mei 2024"),
    ],
)
def test_alt_van_de_regelkaart_telt_alle_maanden_met_een_signaal(raak, verwacht):
    maanden = [f"2024-{nummer:02d}" for nummer in range(1, 13)]
    kaart = pd.DataFrame({"periode": maanden, "waarde": 20.0, "gemiddelde": 20.0, "onder": 10.0, "boven": 30.0})
    kaart = kaart.assign(deel=0, signaal=[nummer in raak for nummer in range(12)])
    alt = regelkaart(kaart, eenheid="aantal").alt
    assert alt.startswith(f"Regelkaart per maand: {verwacht}.")
