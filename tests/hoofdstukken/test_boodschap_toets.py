"""The test behind every message: when is a change more than the ordinary swing."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyse.kern.periode import Periode, halfjaren
from analyse.weergave.boodschap_toets import MINIMUM_HALFJAREN, Oordeel, Punt, toets

PERIODES = list(halfjaren(Periode(2019, "H1"), Periode(2025, "H2")))


def reeks(waarden: list[float | None], **laatste: object) -> list[Punt]:
    """Points that end in 2025-H2; None is a hidden half-year, `laatste` changes the last point."""
    punten = [
        Punt(periode, waarde, waarde, status="verborgen" if waarde is None else "definitief")
        for periode, waarde in zip(PERIODES[-len(waarden) :], waarden, strict=True)
    ]
    return [*punten[:-1], Punt(**{**vars(punten[-1]), **laatste})]


RUSTIG: list[float | None] = [100, 105, 95, 100, 105, 95, 100, 100]


def test_far_above_the_band_and_a_year_earlier_is_a_signal() -> None:
    uitslag = toets(reeks([*RUSTIG, 180]), eenheid="aantal")
    assert uitslag.oordeel is Oordeel.SIGNAAL
    assert uitslag.band is not None and uitslag.band.boven < 180


def test_within_the_band_is_an_ordinary_swing() -> None:
    assert toets(reeks([*RUSTIG, 112]), eenheid="aantal").oordeel is Oordeel.GEWOON


def test_the_band_is_never_narrower_than_chance() -> None:
    uitslag = toets(reeks([100.0] * 8 + [120]), eenheid="aantal")  # never moved, but Poisson allows 70-130
    assert uitslag.oordeel is Oordeel.GEWOON
    assert uitslag.band is not None and (uitslag.band.onder, uitslag.band.boven) == (70.0, 130.0)


def test_outside_the_band_but_back_to_where_it_was_a_year_ago_is_no_signal() -> None:
    terug = [100.0, 100, 100, 100, 100, 100, 180, 100, 180]
    uitslag = toets(reeks(terug), eenheid="procent")
    assert uitslag.toen is not None and uitslag.toen.waarde == 180
    assert uitslag.oordeel is Oordeel.GEWOON


def test_a_provisional_fall_must_survive_the_growth_that_is_still_to_come() -> None:
    waarden: list[float | None] = [1000.0] * 8 + [900.0]  # band from 905: outside, but 945 is inside
    assert toets(reeks(waarden), eenheid="aantal").oordeel is Oordeel.SIGNAAL
    assert toets(reeks(waarden, status="voorlopig"), eenheid="aantal").oordeel is Oordeel.GEWOON
    omhoog: list[float | None] = [1000.0] * 8 + [1100.0]
    assert toets(reeks(omhoog, status="voorlopig"), eenheid="aantal").oordeel is Oordeel.SIGNAAL


def test_half_years_before_the_last_break_do_not_count() -> None:
    waarden: list[float | None] = [500.0] * 6 + [100.0] * 7 + [100.0]
    met_breuk = toets(reeks(waarden), eenheid="aantal", breuken=[date(2020, 3, 16), date(2022, 1, 1)])
    assert met_breuk.band is not None and met_breuk.band.aantal == 7
    assert met_breuk.band.boven < 200
    zonder = toets(reeks(waarden), eenheid="aantal")
    assert zonder.band is not None and zonder.band.aantal == 13


def test_a_break_after_the_newest_half_year_is_ignored() -> None:
    assert toets(reeks([*RUSTIG, 100]), eenheid="aantal", breuken=[date(2027, 1, 1)]).band is not None


@pytest.mark.parametrize("aantal", range(MINIMUM_HALFJAREN))
def test_too_few_half_years_give_no_judgement(aantal: int) -> None:
    uitslag = toets(reeks([100.0] * aantal + [900.0]), eenheid="aantal")
    assert uitslag.band is None and uitslag.oordeel is Oordeel.ONVOLDOENDE


def test_hidden_half_years_are_not_zero() -> None:
    waarden: list[float | None] = [100, None, 100, 100, None, 100, 100, 100, 100, 100]
    uitslag = toets(reeks(waarden), eenheid="aantal")
    assert uitslag.band is not None and uitslag.band.aantal == 7 and uitslag.band.onder == 70.0


def test_a_hidden_newest_figure_or_year_earlier_gives_no_judgement() -> None:
    assert toets(reeks([*RUSTIG, None]), eenheid="aantal").oordeel is Oordeel.ONVOLDOENDE
    zonder_toen: list[float | None] = [100.0] * 7 + [None, 100.0, 300.0]
    uitslag = toets(reeks(zonder_toen), eenheid="aantal")
    assert uitslag.toen is None and uitslag.oordeel is Oordeel.ONVOLDOENDE


def test_a_share_uses_its_denominator() -> None:
    waarden: list[float | None] = [30.0] * 8 + [40.0]
    klein, groot = ({"noemer": n} for n in (50.0, 5000.0))
    assert toets(reeks(waarden, **klein), eenheid="procent").oordeel is Oordeel.GEWOON
    assert toets(reeks(waarden, **groot), eenheid="procent").oordeel is Oordeel.SIGNAAL


def test_a_duration_uses_its_own_margin() -> None:
    waarden: list[float | None] = [300.0] * 8 + [340.0]
    breed = toets(reeks(waarden, onder=280.0, boven=400.0), eenheid="dagen")
    smal = toets(reeks(waarden, onder=335.0, boven=345.0), eenheid="dagen")
    assert (breed.oordeel, smal.oordeel) == (Oordeel.GEWOON, Oordeel.SIGNAAL)


@pytest.mark.parametrize(("halfjaren_", "midden"), [(6, 20), (7, 100), (12, 500)])
def test_false_alarms_stay_rare_in_noise_that_is_four_times_poisson(halfjaren_: int, midden: int) -> None:
    """What docs/boodschappen.md promises: at most one in twenty, also when registration swings."""
    rng = np.random.default_rng(20251231)
    trekkingen = rng.negative_binomial(midden / 3, 1 / 4, size=(800, halfjaren_ + 1))
    vals = [toets(reeks([float(x) for x in rij]), eenheid="aantal").oordeel for rij in trekkingen]
    assert vals.count(Oordeel.SIGNAAL) / len(vals) <= 0.05


def _euro(rng: np.random.Generator, vorm: tuple[int, int]) -> np.ndarray:
    """A Poisson number of jeugdigen who each cost a skewed amount: what a gemeente of 90 spends."""
    aantal = rng.poisson(90, size=vorm)
    return rng.gamma(shape=0.8 * aantal, scale=8_000 / 0.8)


def _procent(rng: np.random.Generator, vorm: tuple[int, int]) -> np.ndarray:
    """A share of 12 % of 150 ends that swings more than chance, in whole percents and without its denominator."""
    return np.round(100 * rng.binomial(150, rng.beta(0.12 * 80, 0.88 * 80, size=vorm)) / 150)


def _dagen(rng: np.random.Generator, vorm: tuple[int, int]) -> np.ndarray:
    """The median of 60 skewed waiting times, in whole days."""
    return np.round(np.median(rng.lognormal(np.log(16), 0.8, size=(*vorm, 60)), axis=-1))


@pytest.mark.parametrize("halfjaren_", [6, 9, 12])
@pytest.mark.parametrize(("maak", "eenheid"), [(_euro, "euro"), (_procent, "procent"), (_dagen, "dagen")])
def test_false_alarms_stay_rare_in_euros_shares_and_days(maak, eenheid: str, halfjaren_: int) -> None:
    trekkingen = maak(np.random.default_rng(20251231), (800, halfjaren_ + 1))
    vals = [toets(reeks([float(x) for x in rij]), eenheid=eenheid).oordeel for rij in trekkingen]
    assert vals.count(Oordeel.SIGNAAL) / len(vals) <= 0.05


def test_a_day_more_than_always_is_no_signal() -> None:
    assert toets(reeks([16.0] * 8 + [17.0]), eenheid="dagen").oordeel is Oordeel.GEWOON


def test_a_provisional_amount_falls_only_when_its_upper_bound_does() -> None:
    waarden: list[float | None] = [5e6, 5.1e6, 4.9e6, 5e6, 5.1e6, 4.9e6, 5e6, 5e6, 4e6]
    hoog = toets(reeks(waarden, status="voorlopig", onder=3.8e6, boven=4.95e6), eenheid="euro")
    laag = toets(reeks(waarden, status="voorlopig", onder=3.9e6, boven=4.1e6), eenheid="euro")
    zonder = toets(reeks(waarden, status="voorlopig"), eenheid="euro")
    assert [u.oordeel for u in (hoog, laag, zonder)] == [Oordeel.GEWOON, Oordeel.SIGNAAL, Oordeel.GEWOON]


def test_a_change_of_a_third_in_a_large_gemeente_is_seen() -> None:
    rng = np.random.default_rng(20251231)
    trekkingen = rng.poisson([400] * 7 + [540], size=(300, 8))
    gezien = [toets(reeks([float(x) for x in rij]), eenheid="aantal").oordeel for rij in trekkingen]
    assert gezien.count(Oordeel.SIGNAAL) / len(gezien) > 0.95


getallen = st.one_of(st.none(), st.floats(0, 1e5, allow_nan=False))


@settings(max_examples=150, deadline=None)
@given(
    st.lists(getallen, min_size=1, max_size=14),
    st.sampled_from(["aantal", "procent", "per_1000", "dagen", "euro", "cijfer"]),
    st.sampled_from(["definitief", "voorlopig"]),
)
def test_any_series_has_a_judgement_and_a_sane_band(
    waarden: list[float | None], eenheid: str, status: str
) -> None:
    schoon = [min(w, 100.0) if w is not None and eenheid == "procent" else w for w in waarden]
    uitslag = toets(reeks(schoon, **({"status": status} if schoon[-1] is not None else {})), eenheid=eenheid)
    assert uitslag.oordeel in Oordeel
    if uitslag.band is not None:
        assert 0 <= uitslag.band.onder <= uitslag.band.boven
    if uitslag.oordeel is Oordeel.SIGNAAL:
        assert uitslag.band is not None and uitslag.nu.waarde is not None
        assert not uitslag.band.onder <= uitslag.nu.waarde <= uitslag.band.boven
