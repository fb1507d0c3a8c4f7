from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from effecthulp import maatregel, met_effect, regio_en_donoren
from gedeeld import gedeeld

from analyse.effect import maak_opzet, onderbroken_reeks
from analyse.effect.its import schat_its, verloop_its
from analyse.kern.fouten import DomeinFout

MAANDEN = 60
TIJD = np.arange(MAANDEN)
BEVOLKING = np.full(MAANDEN, 50_000.0)
VERWACHT = BEVOLKING * 0.002 * np.exp(0.002 * TIJD + 0.1 * np.sin(2 * np.pi * TIJD / 12))


@pytest.mark.parametrize(
    ("onzekerheid", "harmonischen", "verwacht"),
    [
        ("poisson", 0, (0.894, 0.864, 0.925)),
        ("quasi", 0, (0.894, 0.839, 0.953)),
        ("quasi", 2, (0.885, 0.839, 0.933)),
    ],
)
def test_rookverbod_op_sicilie(onzekerheid, harmonischen, verwacht):
    """Lopez Bernal, Cummins and Gasparrini 2017: rate ratio of hospital admissions after the smoking ban."""
    sicilie = pd.read_csv(gedeeld("data/effect/its_sicily/sicily.csv"))
    uit = onderbroken_reeks(
        sicilie["aces"],
        sicilie["stdpop"],
        start=int(sicilie["smokban"].argmax()),
        harmonischen=harmonischen,
        onzekerheid=onzekerheid,
    )
    assert uit.verhouding == pytest.approx(verwacht[0], abs=0.0005)
    # The paper cuts its limits off after three decimals.
    np.testing.assert_allclose(np.exp(uit.interval), verwacht[1:], atol=0.001)
    assert uit.tabel["verhouding"].iloc[0] == uit.verhouding


def test_een_sprong_wordt_precies_teruggevonden():
    aantal = VERWACHT * np.where(TIJD >= 40, 0.8, 1.0)
    uit = onderbroken_reeks(aantal, BEVOLKING, start=40)
    assert uit.verhouding == pytest.approx(0.8, abs=1e-6)
    assert "20,0% lager" in uit.tekst and "eigen trend" in uit.tekst


def test_de_vergelijkingsreeks_neemt_een_gedeelde_sprong_weg():
    samen = np.where(TIJD >= 40, 0.7, 1.0)
    eigen = np.where(TIJD >= 40, 0.9, 1.0)
    ander = VERWACHT * samen * 3
    uit = onderbroken_reeks(
        VERWACHT * samen * eigen, BEVOLKING, start=40, vergelijking=(ander, BEVOLKING * 3), harmonischen=1
    )
    assert uit.verhouding == pytest.approx(0.9, abs=1e-6)
    assert uit.gecontroleerd and "vergelijkingsreeks" in uit.tekst


def test_een_bekende_breuk_krijgt_een_eigen_niveau():
    breuk = np.where(TIJD >= 15, 1.5, 1.0)
    zonder = onderbroken_reeks(VERWACHT * breuk, BEVOLKING, start=40, harmonischen=1)
    met = onderbroken_reeks(VERWACHT * breuk, BEVOLKING, start=40, harmonischen=1, stappen=[15])
    assert met.verhouding == pytest.approx(1.0, abs=1e-6)
    assert abs(zonder.effect) > 0.1


def test_samenhang_in_de_tijd_maakt_de_fout_groter():
    rng = np.random.default_rng(5)
    schok = np.zeros(240)
    for k in range(1, 240):
        schok[k] = 0.8 * schok[k - 1] + rng.normal(0, 0.1)
    aantal = np.round(2000 * np.exp(schok))
    fout = {
        soort: onderbroken_reeks(aantal, np.ones(240), start=120, onzekerheid=soort).fout
        for soort in ("poisson", "quasi", "newey_west")
    }
    assert fout["poisson"] < fout["quasi"] < fout["newey_west"]


def test_lege_plekken_tellen_niet_mee():
    aantal = VERWACHT * np.where(TIJD >= 40, 0.8, 1.0)
    aantal[[3, 50]] = np.nan
    assert onderbroken_reeks(aantal, BEVOLKING, start=40).verhouding == pytest.approx(0.8, abs=1e-6)


def test_aan_elke_kant_zijn_drie_tijdvakken_nodig():
    with pytest.raises(DomeinFout, match="drie tijdvakken"):
        onderbroken_reeks(VERWACHT, BEVOLKING, start=58)


def test_een_gat_bij_een_ander_gebied_geeft_geen_sprong():
    regio, donoren = regio_en_donoren()
    gat = donoren.aantal.copy()
    gat[-1, 20:] = np.nan
    heel, met_gat = (schat_its(maak_opzet(maatregel(), regio, d)) for d in (donoren, replace(donoren, aantal=gat)))
    assert met_gat.log == pytest.approx(heel.log, abs=0.02)


def test_op_de_reeks_van_een_maatregel():
    regio, donoren = regio_en_donoren()
    wat = maatregel()
    uit = schat_its(maak_opzet(wat, met_effect(regio, wat, 0.6), donoren))
    assert uit.boven < 0 and "trend" in uit.opmerking
    kort = schat_its(maak_opzet(maatregel({"GM0200": "2025-01-01"}), regio, donoren))
    assert np.isnan(kort.log) and "twee jaren" in kort.opmerking


def test_verloop_zonder_vergelijking_volgt_de_eigen_trend():
    regio, _ = regio_en_donoren()
    wat = maatregel()
    verloop = verloop_its(maak_opzet(wat, met_effect(regio, wat, 0.5).kies(["GM0200"])))
    na = verloop[verloop["na"]]
    assert (na["werkelijk"] < na["onder"]).mean() > 0.8
    assert verloop["periode"].iloc[0] == "2019-K3" and na["periode"].iloc[0] == "2023-K3"
