import numpy as np
import pandas as pd
import pytest

from analyse.effect import duurverschil
from analyse.kern.fouten import LeveringFout


def trajecten(n=800, korter=0.7, *, seed=3, per_persoon=1):
    rng = np.random.default_rng(seed)
    persoon = np.arange(n) // per_persoon
    behandeld, na = rng.integers(0, 2, n) == 1, rng.integers(0, 2, n) == 1
    gemiddeld = 300 * np.where(behandeld & na, korter, 1.0) * np.where(na, 1.1, 1.0)
    duur, gevolgd = rng.exponential(gemiddeld), rng.uniform(740, 1500, n)
    return pd.DataFrame(
        {
            "persoon": persoon,
            "dagen": np.ceil(np.minimum(duur, gevolgd)),
            "geëindigd": duur <= gevolgd,
            "na": na,
            "behandeld": behandeld,
        }
    )


def test_zonder_lopende_hulp_is_het_het_verschil_van_gemiddelden():
    tabel = pd.DataFrame(
        {
            "persoon": range(8),
            "dagen": [100, 200, 50, 100, 100, 200, 100, 200],
            "geëindigd": True,
            "na": [False, False, True, True] * 2,
            "behandeld": [True] * 4 + [False] * 4,
        }
    )
    uit = duurverschil(tabel, trekkingen=50)
    assert uit.effect == pytest.approx(75 - 150)
    assert uit.tabel["gemiddelde_dagen"].tolist() == [150, 75, 150, 150]


def test_kortere_hulp_wordt_gezien_tegen_de_vergelijkingsgroep():
    uit = duurverschil(trajecten(1500), trekkingen=200)
    assert uit.effect < 0 and uit.interval[1] < 0 and uit.p < 0.05
    assert uit.met_vergelijking and "korter dan bij de vergelijkingsgroep" in uit.tekst
    niets = duurverschil(trajecten(1500, korter=1.0), trekkingen=200)
    assert niets.interval[0] < 0 < niets.interval[1] and niets.p > 0.05


def test_zonder_vergelijkingsgroep_telt_alleen_voor_en_na():
    tabel = trajecten().query("behandeld").drop(columns="behandeld")
    uit = duurverschil(tabel, trekkingen=100)
    assert not uit.met_vergelijking and len(uit.tabel) == 2 and "dan voor de start" in uit.tekst


def test_trajecten_van_een_kind_horen_bij_elkaar():
    """The same rows, four times as one child's: more rows, no more information."""
    een = trajecten(300)
    vier = pd.concat([een] * 4, ignore_index=True)
    los = vier.assign(persoon=range(len(vier)))
    breedte = [np.ptp(duurverschil(tabel, trekkingen=300).interval) for tabel in (een, vier, los)]
    assert breedte[1] == pytest.approx(breedte[0], rel=0.05)
    assert breedte[2] < 0.7 * breedte[1]


def test_dezelfde_trekking_geeft_hetzelfde_interval():
    assert duurverschil(trajecten(), trekkingen=50).interval == duurverschil(trajecten(), trekkingen=50).interval


def test_te_kort_gevolgd_wordt_geweigerd():
    tabel = trajecten()
    tabel = tabel.assign(
        dagen=tabel["dagen"].clip(upper=300), geëindigd=tabel["geëindigd"] & tabel["dagen"].lt(300)
    )
    with pytest.raises(LeveringFout, match="lang genoeg gevolgd"):
        duurverschil(tabel)
    assert duurverschil(tabel, tot=200, trekkingen=50).tot == 200


@pytest.mark.parametrize(
    "kapot", [lambda t: t.drop(columns="na"), lambda t: t.iloc[:0], lambda t: t.assign(na=True)]
)
def test_een_kapotte_tabel_wordt_geweigerd(kapot):
    with pytest.raises(LeveringFout):
        duurverschil(kapot(trajecten()))
