"""XmR charts against the NIST handbook; every rule at its bound; a level only by a declared break."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyse.kern.fouten import ParameterFout
from analyse.statistiek import Herijking, maak_regelkaart
from analyse.statistiek.regelkaart import MINIMUM, REEKS, TREND, _achtereen, _stijgend

# NIST/SEMATECH e-Handbook, par. 6.3.2.2, flow rates of ten batches: mean 50.81, mean range 1.8778,
# limits 45.8159 and 55.8041 (with 3/1.128 where we have 2.66).
NIST = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]


def _kaart(waarden, **extra):
    return maak_regelkaart(pd.Series(waarden, dtype=float), **extra).tabel


def test_nist(monkeypatch):
    monkeypatch.setattr("analyse.statistiek.regelkaart.MINIMUM", 10)
    kaart = _kaart(NIST)
    assert kaart["gemiddelde"].iloc[0] == pytest.approx(50.81)
    assert kaart["bereik"].mean() == pytest.approx(1.8778, abs=5e-5)
    assert kaart["onder"].iloc[0] == pytest.approx(45.8159, abs=2e-3)
    assert kaart["boven"].iloc[0] == pytest.approx(55.8041, abs=2e-3)
    assert kaart["bereik_boven"].iloc[0] == pytest.approx(3.268 * 1.8778, abs=1e-3)
    assert not kaart["signaal"].any()


def _ruis(n: int) -> list[float]:
    """A quiet series: never two in a row on one side."""
    return [10.0 + (1 if i % 2 else -1) for i in range(n)]


def test_te_kort_krijgt_geen_oordeel():
    kaart = _kaart([*_ruis(MINIMUM - 2), 500.0])
    assert kaart["boven"].isna().all() and not kaart["signaal"].any() and kaart["gemiddelde"].notna().all()


def test_een_punt_buiten_en_een_sprong_verbergt_zichzelf_niet():
    """The two ranges around the jump are left out of the limits; with them the limit would be 24."""
    kaart = _kaart([*_ruis(20), 20.0, *_ruis(4)])
    assert kaart.index[kaart["buiten"]].tolist() == [20]
    assert kaart.loc[20, ["richting", "woorden"]].tolist() == ["hoger", "buiten de grenzen"]
    assert kaart["boven"].iloc[0] == pytest.approx(kaart["gemiddelde"].iloc[0] + 2.66 * 2, abs=0.1)


@pytest.mark.parametrize(("lengte", "verwacht"), [(6, False), (7, True)])
def test_zeven_aan_een_kant(lengte, verwacht):
    kaart = _kaart([*_ruis(14), 9.0, *[11.0] * lengte, 9.0, *_ruis(14)])
    assert kaart["reeks"].any() == verwacht
    assert kaart["reeks"].sum() == (lengte if verwacht else 0)


@pytest.mark.parametrize(("lengte", "verwacht"), [(6, False), (7, True)])
def test_zeven_achter_elkaar_lager(lengte, verwacht):
    dalend = [11.0 - 0.3 * i for i in range(lengte)]
    kaart = _kaart([*_ruis(14), *dalend, 11.0, 9.0, *_ruis(10)])
    assert kaart["trend"].any() == verwacht
    if verwacht:
        assert set(kaart.loc[kaart["trend"], "richting"]) <= {"lager", "hoger"}
        assert kaart["trend"].sum() == lengte


@pytest.mark.parametrize(
    ("reeks", "richting", "deel"),
    [
        (range(1, 7), 0, 0),
        ([1, 2, 3, 3, 4, 5, 6], 0, 0),
        (range(1, 8), 1, 7),
        ([2, *range(1, 8), 3], 1, 7),
        (range(7, 0, -1), -1, 7),
        ([2, *range(7, 0, -1), 3], -1, 7),
    ],
)
def test_dezelfde_trend_als_nhsrplotthedots(reeks, richting, deel):
    """The cases of the package's own tests of `ptd_seven_point_trend`; every point of the run carries the mark."""
    gevonden = _stijgend(np.array(reeks, dtype=float), TREND)
    assert (np.abs(gevonden).sum(), gevonden.sum()) == (deel, richting * deel)


@pytest.mark.parametrize(
    ("kanten", "deel"), [([1] * 6, 0), ([1] * 6 + [-1], 0), ([1] * 8 + [-1], 8), ([-1] + [1] * 8 + [-1], 8)]
)
def test_dezelfde_reeks_als_nhsrplotthedots(kanten, deel):
    """The cases of the package's own tests of `ptd_seven_point_one_side_mean`."""
    gevonden = _achtereen(np.array(kanten, dtype=float), REEKS)
    assert gevonden.sum() == deel and (gevonden[np.array(kanten) == -1] == 0).all()


def test_twee_van_drie_vlak_bij_de_grens():
    kaart = _kaart([*_ruis(20), 14.5, 10.0, 14.5, *_ruis(10)])
    assert kaart.index[kaart["bij_grens"]].tolist() == [20, 22]
    assert not _kaart([*_ruis(20), 14.5, 10.0, 5.5, *_ruis(10)])["bij_grens"].any()


def test_nieuw_niveau_alleen_bij_een_genoemde_breuk():
    maanden = pd.period_range("2021-01", periods=36, freq="M").astype(str)
    reeks = pd.Series([*_ruis(18), *[waarde + 20 for waarde in _ruis(18)]], index=maanden)
    zonder = maak_regelkaart(reeks)
    met = maak_regelkaart(reeks, breuken=[Herijking("2022-07", "Woonplaatsbeginsel")])
    assert zonder.tabel["signaal"].any() and zonder.tabel["deel"].nunique() == 1
    assert not met.tabel["signaal"].any()
    assert met.tabel.groupby("deel")["gemiddelde"].first().tolist() == [10, 30]
    assert met.tabel.loc["2022-07", "reden"] == "Woonplaatsbeginsel"
    assert "vanaf 2022-07 (Woonplaatsbeginsel)" in met.methode and "Nieuw niveau" not in zonder.methode


@pytest.mark.parametrize("breuk", [Herijking(5, " "), Herijking(99, "een reden")])
def test_breuk_zonder_reden_of_plek_mag_niet(breuk):
    with pytest.raises(ParameterFout, match="met een reden"):
        _kaart(_ruis(30), breuken=[breuk])


def test_gat_in_de_reeks_mag_niet():
    with pytest.raises(ParameterFout, match="van elke periode een waarde"):
        _kaart([*_ruis(13), np.nan])


def test_grenzen_op_de_eerste_punten():
    kaart = _kaart([*_ruis(14), *[30.0] * 10], basis=14)
    assert kaart["gemiddelde"].iloc[0] == 10 and kaart["buiten"].iloc[14:].all()
    with pytest.raises(ParameterFout, match="ten minste 12"):
        _kaart(_ruis(20), basis=5)


def test_vlakke_reeks_geeft_geen_signaal():
    assert not _kaart([0.1 + 0.2] * 24)["signaal"].any()


@settings(max_examples=40)
@given(st.lists(st.integers(0, 40), min_size=14, max_size=40), st.integers(1, 5), st.integers(0, 50))
def test_schaal_en_niveau_veranderen_het_oordeel_niet(waarden, maal, plus):
    een = _kaart(waarden, ondergrens=None)
    ander = _kaart([maal * waarde + plus for waarde in waarden], ondergrens=None)
    assert een["signaal"].tolist() == ander["signaal"].tolist()
    gespiegeld = _kaart([-waarde for waarde in waarden], ondergrens=None)
    assert een["signaal"].tolist() == gespiegeld["signaal"].tolist()


def _afgerond(gemiddelde: np.ndarray, zaad: int) -> pd.Series:
    """Months of chance around a mean, rounded to fives as a report prints them."""
    getallen = np.random.default_rng(zaad).poisson(gemiddelde)
    return pd.Series(5 * np.floor(getallen / 5 + 0.5))


@pytest.mark.parametrize("niveau", [25, 150, 600])
def test_vals_alarm_bij_afgeronde_maanden_is_zeldzaam(niveau):
    """Nothing changes in 42 months: the last six hold a signal in fewer than 12 of 100 series."""
    reeksen = [_afgerond(np.full(42, float(niveau)), zaad) for zaad in range(150)]
    vals = [maak_regelkaart(reeks, afronding=5).tabel["signaal"].tail(6).any() for reeks in reeksen]
    assert np.mean(vals) < 0.12


def test_afronden_zet_maanden_niet_samen_aan_een_kant():
    """A true level of 24 printed as 25, just above a mean of 24.5: without the rule that is a run."""
    reeks = pd.Series([20.0, 25, 25, 25, 25, 25, 25, 25, 25, 25, 30, 20, 25, 20, 25])
    assert maak_regelkaart(reeks).tabel["reeks"].any()
    assert not maak_regelkaart(reeks, afronding=5).tabel["reeks"].any()
