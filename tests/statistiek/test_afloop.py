"""Chain ladder and Mack against the published triangle, and its behaviour at the edges."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analyse.statistiek.afloop import driehoek, maandnummer, per_maand, schat_afloop

# Taylor and Ashe 1983, cumulated; outcomes as in Mack 1993, table 4 (in thousands there).
TAYLOR_ASHE = [
    [357848, 1124788, 1735330, 2218270, 2745596, 3319994, 3466336, 3606286, 3833515, 3901463],
    [352118, 1236139, 2170033, 3353322, 3799067, 4120063, 4647867, 4914039, 5339085],
    [290507, 1292306, 2218525, 3235179, 3985995, 4132918, 4628910, 4909315],
    [310608, 1418858, 2195047, 3757447, 4029929, 4381982, 4588268],
    [443160, 1136350, 2128333, 2897821, 3402672, 3873311],
    [396132, 1333217, 2180715, 2985752, 3691712],
    [440832, 1288463, 2419861, 3483130],
    [359480, 1421128, 2864498],
    [376686, 1363294],
    [344014],
]
MACK = {1: (94_634, 75_535), 2: (469_511, 121_699), 5: (1_419_459, 411_010), 9: (4_625_811, 1_363_155)}


def _vierkant(rijen) -> np.ndarray:
    breed = max(map(len, rijen))
    return np.array([[*rij, *[np.nan] * (breed - len(rij))] for rij in rijen], dtype=float)


@pytest.fixture(scope="module")
def taylor_ashe():
    return schat_afloop(_vierkant(TAYLOR_ASHE), minimum=10)


def test_het_gepubliceerde_voorbeeld(taylor_ashe) -> None:
    assert taylor_ashe.totaal == pytest.approx(18_680_856, abs=1)
    assert taylor_ashe.totaal_fout == pytest.approx(2_447_095, abs=1)
    for rij, (nog, fout) in MACK.items():
        assert taylor_ashe.nog[rij] == pytest.approx(nog, abs=1)
        assert taylor_ashe.fout[rij] == pytest.approx(fout, abs=1)
    assert taylor_ashe.factoren[0] == pytest.approx(3.4906, abs=1e-4)


def test_het_interval_ligt_om_wat_nog_komt(taylor_ashe) -> None:
    open_ = taylor_ashe.nog > 0
    assert (taylor_ashe.onder[open_] < taylor_ashe.nog[open_]).all()
    assert (taylor_ashe.boven[open_] > taylor_ashe.nog[open_]).all()
    assert (taylor_ashe.onder[open_] > 0).all()
    assert taylor_ashe.onder[0] == taylor_ashe.boven[0] == 0


def test_voorlopig_zijn_de_jongste(taylor_ashe) -> None:
    merk = taylor_ashe.voorlopig(drempel=0.05)
    assert merk.tolist() == [False] * 2 + [True] * 8
    assert taylor_ashe.compleet[0] == 1


def test_te_weinig_perioden() -> None:
    assert schat_afloop(_vierkant(TAYLOR_ASHE)) is None


def test_staart_telt_mee(taylor_ashe) -> None:
    met = schat_afloop(_vierkant(TAYLOR_ASHE), minimum=10, staart=1.05)
    assert met.verwacht == pytest.approx(1.05 * taylor_ashe.verwacht)
    assert met.nog[0] == pytest.approx(0.05 * 3_901_463)


def test_driehoek_telt_op_en_laat_de_toekomst_open() -> None:
    gevonden = driehoek(
        [10, 10, 10, 11, 12, 12, 12], [10, 11, 13, 11, 12, 11, 14], [5, 3, 9, 4, 2, 1, 8], laatste=12
    )
    np.testing.assert_array_equal(gevonden, [[5, 8, 8], [4, 4, np.nan], [3, np.nan, np.nan]])
    smal = driehoek([10, 10, 11, 12], [10, 12, 11, 12], [5, 3, 4, 2], laatste=12, stappen=2)
    np.testing.assert_array_equal(smal, [[5, 5], [4, 4], [2, np.nan]])


def test_een_maand_zonder_bedrag_is_niet_te_schatten() -> None:
    tabel = _vierkant(TAYLOR_ASHE)
    tabel[9, 0] = 0
    uitkomst = schat_afloop(tabel, minimum=10)
    assert np.isnan(uitkomst.nog[9]) and np.isnan(uitkomst.boven[9])
    assert uitkomst.voorlopig()[9]
    assert np.isfinite(uitkomst.totaal_fout)


def test_het_venster_volgt_een_verandering() -> None:
    """Half of it came a month later, lately a fifth: with a window only the new pattern counts."""
    rng = np.random.default_rng(4)
    rijen = []
    for i in range(60):
        eind, later = rng.uniform(900, 1100), 0.5 if i < 40 else 0.2
        rijen.append([eind * (1 - later), eind] if i < 59 else [eind * (1 - later)])
    tabel = _vierkant(rijen)
    assert schat_afloop(tabel, venster=12).factoren[0] == pytest.approx(1.25)
    assert schat_afloop(tabel).factoren[0] > 1.5


def test_dekking_van_het_interval() -> None:
    """Simulated months that fill up with noise: the 95 percent interval of the total holds about as often."""
    rng, raak, keren = np.random.default_rng(11), 0, 300
    patroon = np.array([0.3, 0.8, 0.93, 1.0])
    for _ in range(keren):
        eind = rng.uniform(800, 1200, 30)
        stuk = rng.gamma(np.diff(patroon, prepend=0) * eind[:, None] / 4, 4)
        c = np.cumsum(stuk, axis=1)
        echt = (c[:, -1] - c[np.arange(30), np.minimum(29 - np.arange(30), 3)]).sum()
        tabel = np.where(np.arange(30)[:, None] + np.arange(4) < 30, c, np.nan)
        u = schat_afloop(tabel)
        raak += abs(echt - u.totaal) <= 1.96 * u.totaal_fout
    assert 0.90 <= raak / keren <= 0.99


def test_per_maand() -> None:
    laatste = int(maandnummer(pd.Series(["2025-12-15"]))[0])
    tabel = per_maand(schat_afloop(_vierkant(TAYLOR_ASHE), minimum=10), laatste=laatste)
    assert tabel["maand"].iloc[-1] == pd.Timestamp("2025-12-01")
    assert tabel["maand"].iloc[0] == pd.Timestamp("2025-03-01")
    assert tabel["nog"].sum() == pytest.approx(18_680_856, abs=1)
