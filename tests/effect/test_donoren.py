import gzip
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analyse.effect import lees_donoren, maak_donorpanel, schrijf_donorpanel
from analyse.effect.donoren import AANTAL, HERKOMST, TARIEVEN, jeugd_per_gemeente
from analyse.kern.fouten import LeveringFout, ParameterFout

PANEEL = Path(__file__).resolve().parents[2] / "data" / "referentie" / "demo_donorpanel.csv.gz"


@pytest.fixture(scope="module")
def paneel():
    return pd.read_csv(PANEEL, sep=";")


def test_het_meegeleverde_paneel_is_wat_de_generator_maakt(paneel, tmp_path):
    pd.testing.assert_frame_equal(paneel, maak_donorpanel(), check_dtype=False)
    schrijf_donorpanel(tmp_path / "een.csv.gz")
    schrijf_donorpanel(tmp_path / "twee.csv.gz")
    assert (tmp_path / "een.csv.gz").read_bytes() == (tmp_path / "twee.csv.gz").read_bytes()
    assert gzip.decompress((tmp_path / "een.csv.gz").read_bytes()) == gzip.decompress(PANEEL.read_bytes())


def test_elke_rij_zegt_dat_zij_verzonnen_is_en_geen_code_bestaat(paneel):
    assert set(paneel["herkomst"]) == {HERKOMST}
    assert paneel["gebied"].str.fullmatch(r"GM9\d{3}").all()
    assert paneel.groupby("indicator")["gebied"].nunique().tolist() == [AANTAL, AANTAL]
    assert paneel["periode"].nunique() == 28


def test_groottes_lijken_op_die_van_echte_gemeenten():
    """CBS 2022, inhabitants 0–22: quartiles 5,500, 7,900 and 13,300; the largest 214,000."""
    jeugd = jeugd_per_gemeente()
    np.testing.assert_allclose(np.quantile(jeugd, [0.25, 0.5, 0.75]), [5500, 7900, 13300], rtol=0.12)
    assert 90_000 < jeugd.max() < 250_000


def test_schokken_hangen_samen_in_de_tijd():
    reeks = lees_donoren(PANEEL, TARIEVEN[0].indicator)
    groot = np.argsort(-reeks.bevolking[:, 0])[:40]
    maat = np.log(reeks.aantal[groot] / reeks.bevolking[groot])
    rest = maat - maat.mean(axis=0) - maat.mean(axis=1, keepdims=True) + maat.mean()
    samenhang = np.mean([np.corrcoef(rij[1:], rij[:-1])[0, 1] for rij in rest])
    assert 0.1 < samenhang < 0.7
    assert 0.07 < rest.std() < 0.14


def test_onbekend_paneel_of_indicator():
    with pytest.raises(LeveringFout, match="bestaat niet"):
        lees_donoren(PANEEL.with_name("weg.csv"), "x")
    with pytest.raises(ParameterFout, match="Bedoelde u trajecten"):
        lees_donoren(PANEEL, "trajecten.instrom")
