import numpy as np
import pytest
from effecthulp import maatregel, met_effect, regio_en_donoren, rustig

from analyse.effect import maak_opzet
from analyse.effect.did import schat_donoren, schat_regio, toets_regio, totalen, verloop

GETRAPT = {"GM0200": "2023-07-01", "GM0301": "2024-01-01"}


@pytest.mark.parametrize("factor", [0.6, 1.0, 1.4])
def test_zonder_toeval_is_de_schatting_precies(factor):
    uit = schat_donoren(rustig(factor))
    assert np.exp(uit.log) == pytest.approx(factor)
    assert uit.werkelijk == pytest.approx(factor * uit.verwacht)


def test_een_effect_wordt_gezien_binnen_zijn_interval():
    wat = maatregel(GETRAPT)
    regio, donoren = regio_en_donoren()
    uit = schat_donoren(maak_opzet(wat, met_effect(regio, wat, 0.75), donoren))
    assert uit.p <= 0.02
    onder, boven = uit.interval
    assert onder < -25 < boven < 0


def test_in_een_regio_waar_niets_gebeurde_is_p_gelijkmatig_verdeeld():
    """Over 40 null regions: no more small p-values than chance gives (binomial, 99.9%)."""
    ps = np.array([schat_donoren(maak_opzet(maatregel(GETRAPT), *regio_en_donoren(seed))).p for seed in range(40)])
    assert (ps <= 0.05).sum() <= 7
    assert 0.3 < ps.mean() < 0.7


def test_een_van_acht_kan_niet_onder_een_achtste():
    regio, _ = regio_en_donoren()
    wat = maatregel()
    uit = schat_regio(maak_opzet(wat, met_effect(regio, wat, 0.3)))
    assert uit.p == pytest.approx(1 / 8)
    assert "0,125" in uit.opmerking


def test_elke_toewijzing_heeft_een_eigen_vergelijking():
    """Handing the measure to another gemeente must not leave the truly treated one out of the comparison."""
    uit = toets_regio(rustig(0.5))
    assert len(uit.placebo) == 8 and uit.met_echte
    # Apeldoorn halves, so against it every other gemeente seems to rise.
    assert (np.sort(uit.placebo)[1:] > 0).all()


def test_zonder_schone_vergelijking_geen_schatting_binnen_de_regio():
    regio, _ = regio_en_donoren()
    alle = maatregel(dict.fromkeys(regio.gebieden, "2023-07-01"))
    assert np.isnan(schat_regio(maak_opzet(alle, regio)).log)
    besmet = maak_opzet(maatregel(), regio, ook_bezig=regio.gebieden[2:])
    assert np.isnan(schat_regio(besmet).log)


def test_zonder_panel_geen_schatting_tegen_donoren():
    regio, donoren = regio_en_donoren()
    assert np.isnan(schat_donoren(maak_opzet(maatregel(), regio)).log)
    weinig = maak_opzet(maatregel(), regio, donoren.kies(donoren.gebieden[:10]))
    assert "donorpanel" in schat_donoren(weinig).tekst


def test_verloop_laat_werkelijk_en_verwacht_zien():
    wat = maatregel(GETRAPT)
    regio, donoren = regio_en_donoren()
    opzet = maak_opzet(wat, met_effect(regio, wat, 0.6), donoren)
    tabel = verloop(opzet)
    assert list(tabel.columns) == ["periode", "werkelijk", "verwacht", "onder", "boven", "na", "verwacht_na"]
    assert tabel["verwacht_na"].sum() == pytest.approx(totalen(opzet)[1])
    assert tabel["periode"].iloc[0] == "2019-K3" and tabel.loc[tabel["na"], "periode"].iloc[0] == "2024-K1"
    assert (tabel["onder"] < tabel["verwacht"]).all() and (tabel["verwacht"] < tabel["boven"]).all()
    erna = tabel[tabel["na"]]
    assert (erna["werkelijk"] < erna["onder"]).mean() > 0.8


def test_waar_niets_gebeurt_blijft_werkelijk_binnen_de_band():
    tabellen = [verloop(maak_opzet(maatregel(GETRAPT), *regio_en_donoren(seed))) for seed in range(10)]
    binnen = [tabel["werkelijk"].between(tabel["onder"], tabel["boven"]).mean() for tabel in tabellen]
    assert np.mean(binnen) > 0.92


def test_twee_keer_is_hetzelfde():
    wat = maatregel(GETRAPT)
    een, ander = (schat_donoren(maak_opzet(wat, *regio_en_donoren())) for _ in range(2))
    assert een == ander
