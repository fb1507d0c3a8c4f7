"""The truth about help and its registration is found back in what hop 1 and hop 2 make of the deliveries."""

from __future__ import annotations

import pandas as pd
import pytest

from analyse.demo.ijking import GEMEENTEN

pytestmark = pytest.mark.xdist_group("demo_berichten")


@pytest.fixture(scope="module")
def regio(demo_regio):
    return demo_regio


def _aandeel(rijen: pd.DataFrame) -> float:
    """Over all half-years together."""
    return float(100 * rijen["teller"].sum() / rijen["noemer"].sum())


@pytest.fixture(scope="module")
def meldingen(demo_basis):
    """Findings: how often per code, and on which toewijzingen."""
    t = demo_basis.pandas("bevindingen")
    return t.groupby("code")["aantal"].sum(), t


@pytest.mark.parametrize(
    ("indicator", "weg", "speling"),
    [
        ("uitval.strikt", ("uitval_strikt",), 1.5),
        ("uitval.breed", ("uitval_breed",), 1.5),
        ("geen_nieuwe_start.6_maanden", ("geen_nieuwe_start", "6_maanden"), 1.5),
        ("geen_nieuwe_start.12_maanden", ("geen_nieuwe_start", "12_maanden"), 1.5),
        ("doorstroom.aandeel", ("doorstroom",), 1.5),
        ("zorgpad.sggz_afschaling", ("sggz_afschaling",), 1.5),
    ],
)
def test_wat_er_van_de_hulp_kwam(regio, waar, indicator, weg, speling):
    """Some ends are told late or never, so the figure is near the truth and not on it."""
    echt = waar["zorg"]
    for stap in weg:
        echt = echt[stap]
    assert echt > 0
    assert _aandeel(regio(indicator)) == pytest.approx(echt, abs=speling)


def test_wachttijd_van_verzoek_tot_toewijzing(regio, waar):
    """One to eight days, all equally likely."""
    laag, hoog = waar["registratie"]["dagen_van_verzoek_tot_besluit"]
    for indicator, deel in (("wachttijd.verzoek_toewijzing", 0.5), ("wachttijd.verzoek_toewijzing_p90", 0.9)):
        verwacht = laag + deel * (hoog - laag)
        assert regio(indicator)["waarde"].mean() == pytest.approx(verwacht, abs=0.7)


def test_toewijzing_en_declaratie_passen_bij_elkaar(regio):
    verzilverd = regio("verzilvering.aandeel")["waarde"].dropna()
    assert verzilverd.between(45, 100).all()
    assert 60 < verzilverd.mean() < 90


def test_alleen_wat_boven_de_toewijzing_moet_gaan_gaat_erboven(meldingen, waar):
    _, rijen = meldingen
    gevonden = rijen[rijen["code"].eq("DK19e")]
    bedoeld = {(g, nummer) for g in GEMEENTEN for nummer in waar["registratie"]["boven_toewijzing"][g]}
    nummers = gevonden["plek"].str.extract(r"toewijzing (\d+)")[0].astype(int)
    plekken = set(zip(gevonden["gebied"], nummers, strict=True))
    assert plekken <= bedoeld
    assert len(plekken) > 0.5 * len(bedoeld)  # of some it isn't declared yet


def test_te_late_en_ontbrekende_berichten(meldingen, waar):
    aantal, _ = meldingen
    echt = waar["registratie"]
    assert aantal["DK10c"] == pytest.approx(echt["start_te_laat"], rel=0.12)
    assert aantal["DK13"] == pytest.approx(echt["geen_stop"], rel=0.12)
    assert echt["geen_stop"] < 0.06 * echt["gestart"] and echt["start_te_laat"] < 0.16 * echt["gestart"]
    assert aantal["DK16d"] == pytest.approx(waar["zorg"]["kind_halfjaren_met_meer_verwijzers"], rel=0.3)


def test_benutting_van_uren(demo_tabel, waar):
    """Hours given in a whole half-year, against six months of what was allocated."""
    delen = []
    for gemeente in GEMEENTEN:
        w = pd.read_csv(demo_tabel / gemeente / "toewijzingen.csv", sep=";").drop_duplicates("toewijzingnummer")
        d = pd.read_csv(demo_tabel / gemeente / "declaraties.csv", sep=";")
        d = d[d["eenheid"].eq(4) & d["status"].eq("toegekend") & d["debet_credit"].eq("D")]
        d = d[~d["toewijzingnummer"].isin(waar["registratie"]["boven_toewijzing"][gemeente])]
        samen = d.merge(w[["toewijzingnummer", "volume"]], on="toewijzingnummer", suffixes=("", "_mag"))
        delen.append(samen["volume"] / (6 * samen["volume_mag"]))
    deel = pd.concat(delen)
    assert deel.max() <= 1
    assert deel.median() == pytest.approx(waar["registratie"]["benutting_uren"], abs=0.03)
