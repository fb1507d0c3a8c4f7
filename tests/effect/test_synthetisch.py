from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from effecthulp import maatregel, met_effect, regio_en_donoren, rustig

from analyse.effect import maak_opzet, placeborang, synthetische_controle, synthetische_did
from analyse.effect.synthetisch import schat_controle, schat_synthetisch, uitkomsten_synthetisch

PROP99 = pd.read_csv(Path(__file__).parent / "gegevens" / "prop99.csv", sep=";", index_col="staat")
CALIFORNIA = PROP99.loc["California"].to_numpy()
ANDERE = PROP99.drop(index="California").to_numpy()


def test_synthetische_controle_van_proposition_99():
    """Arkhangelsky and others 2021, table 1: −19.6 with predictors; on outcomes alone −19.5, in 2000 −26.6."""
    uit = synthetische_controle(CALIFORNIA, ANDERE, voor=19)
    assert uit.effect == pytest.approx(-19.51, abs=0.01)
    assert (uit.tabel["werkelijk"] - uit.tabel["synthetisch"]).iloc[-1] == pytest.approx(-26.6, abs=0.05)
    assert uit.gewichten.sum() == pytest.approx(1)


def test_synthetische_did_van_proposition_99():
    """Arkhangelsky and others 2021, table 1: −15.6."""
    uit = synthetische_did(CALIFORNIA, ANDERE, voor=19)
    assert uit.effect == pytest.approx(-15.604, abs=0.005)
    na = (uit.tabel["werkelijk"] - uit.tabel["synthetisch"])[19:]
    assert na.mean() == pytest.approx(uit.effect)
    assert "Synthetische DiD" in uit.tekst


def test_rang_van_californie():
    """On outcomes alone California comes third of 39 by gap after over gap before."""
    uit = placeborang(PROP99.to_numpy(), PROP99.index.get_loc("California"), voor=19)
    assert (uit.rang, len(uit.tabel)) == (3, 39)
    assert uit.p == pytest.approx(3 / 39)


@pytest.mark.parametrize("factor", [1.0, 0.8])
def test_zonder_toeval_is_de_schatting_precies(factor):
    opzet = rustig(factor)
    uit = uitkomsten_synthetisch(opzet)[0]
    assert uit.log[0] == pytest.approx(np.log(factor), abs=1e-6)


def test_het_effect_wordt_gezien_en_een_reeks_zonder_effect_niet():
    wat = maatregel({"GM0200": "2023-07-01", "GM0301": "2024-01-01"})
    regio, donoren = regio_en_donoren()
    niets = schat_synthetisch(maak_opzet(wat, regio, donoren))
    iets = schat_synthetisch(maak_opzet(wat, met_effect(regio, wat, 0.7), donoren))
    assert niets.p > 0.1 > 0.02 > iets.p
    assert iets.procent == pytest.approx(niets.procent - 30, abs=4)


def test_klassieke_controle_alleen_bij_een_gemeente():
    regio, donoren = regio_en_donoren()
    wat = maatregel({"GM0200": "2023-07-01"})
    een = schat_controle(maak_opzet(wat, met_effect(regio, wat, 0.6), donoren))
    assert een.p <= 0.1 and een.procent < -20 and "nummer" in een.opmerking
    twee = schat_controle(maak_opzet(maatregel({"GM0200": "2023-07-01", "GM0301": "2023-07-01"}), regio, donoren))
    assert np.isnan(twee.log) and "één gemeente" in twee.opmerking


def test_zonder_donoren_geen_tweede_blik():
    regio, _ = regio_en_donoren()
    uit = schat_synthetisch(maak_opzet(maatregel(), regio))
    assert np.isnan(uit.log) and "donorpanel" in uit.tekst
