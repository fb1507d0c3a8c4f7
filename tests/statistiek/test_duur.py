"""Kaplan–Meier against published analyses, and against statsmodels on random data."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from statsmodels.duration.survfunc import SurvfuncRight

from analyse.statistiek import mediaan, rmst
from analyse.statistiek.duur import kromme

# NCCTG lung cancer study (Loprinzi et al. 1994, J Clin Oncol 12:601-607): days, + still alive.
MAN = """
11 11 11 12 13 13 15 26 30 31 53 53 54 59 60 65 65 71 81 88 88 92 93 95 105 107 110 116 118 131 132 132 135
142 144 147 156 156 163 163 163 166 170 174+ 175 176 177 179 179 180 181 181 183 185+ 188+ 189 191+ 196+
197+ 197 202 207 210 212 218 221+ 222+ 222 223 225+ 225+ 229 230 237+ 239 246 259+ 267 269 270 279+ 283 284+
284 285 286 288 291 292+ 300+ 301+ 301 303+ 303 306 310 320 329 337 353 353 363 364 371 387 390 394 404+
413+ 428 429 442 444+ 455 457 458+ 460 477 519 524 533 558 567 574 583 613 624 643 655 689 707 791 806+ 814
840+ 883 1010+ 1022+
"""
VROUW = """
5 60 61 62 79 81 92+ 95 105+ 107 122 145 145 153 166 167 173+ 175+ 177+ 182 186 192+ 194 199 201 201 202+
203+ 208 211+ 224+ 226 235+ 239 240+ 243+ 245 252+ 266+ 268 269+ 272+ 276+ 285 292+ 293 296+ 305 310 315+
332+ 340 345 348 350 351 356+ 361 363 364+ 371 376+ 382+ 384+ 426 433 444 450 473 511+ 511+ 520 524 529+
543+ 550 551+ 559+ 588+ 641 654 687 705 728 731 735 740+ 765 821+ 965+
"""
# Acute myelogenous leukemia (Miller 1981, Survival Analysis, p. 49): weeks, + still in remission.
ONDERHOUDEN = "9 13 13+ 18 23 28+ 31 34 45+ 48 161+"
NIET_ONDERHOUDEN = "5 5 8 8 12 16+ 23 27 30 33 43 45"


def tellingen(*groepen: str) -> pd.DataFrame:
    """Counts per group and day from lists of days."""
    gevallen = [
        (nr, int(x.rstrip("+")), not x.endswith("+")) for nr, tekst in enumerate(groepen) for x in tekst.split()
    ]
    tabel = pd.DataFrame(gevallen, columns=["groep", "t", "einde"])
    return tabel.groupby(["groep", "t"], as_index=False).agg(einden=("einde", "sum"), aantal=("einde", "size"))


def regels(uit: pd.DataFrame) -> list[tuple]:
    return [tuple(None if pd.isna(x) else x for x in rij) for rij in uit.itertuples(index=False)]


def test_mediaan_van_gepubliceerde_studies():
    """R survfit with conf.type = "log": lung 310 (285, 363); men 270 (212, 310), women 426 (348, 550)."""
    assert regels(mediaan(tellingen(MAN + VROUW))) == [(0, 228, 165, 310, 285, 363)]
    uit = regels(mediaan(tellingen(MAN, VROUW)))
    assert uit == [(0, 138, 112, 270, 212, 310), (1, 90, 53, 426, 348, 550)]


def test_bovengrens_die_niet_bereikt_wordt_is_leeg():
    """R survfit on the leukemia data: 31 (18, NA) and 23 (8, NA)."""
    uit = regels(mediaan(tellingen(ONDERHOUDEN, NIET_ONDERHOUDEN)))
    assert uit == [(0, 11, 7, 31, 18, None), (1, 12, 11, 23, 8, None)]


def test_overleving_van_de_leukemiestudie():
    """S(t) and its standard error as printed in the documentation of R survfit (aml)."""
    lijn = kromme(tellingen(ONDERHOUDEN))
    einden = lijn.einden > 0
    verwacht = [0.909, 0.818, 0.716, 0.614, 0.491, 0.368, 0.184]
    assert lijn.overleving[einden] == pytest.approx(verwacht, abs=5e-4)
    fout = lijn.overleving[einden] * np.sqrt(lijn.greenwood[einden])
    assert fout == pytest.approx([0.0867, 0.1163, 0.1397, 0.1526, 0.1642, 0.1627, 0.1535], abs=5e-5)


def test_beperkt_gemiddelde():
    """R survfit, print(rmean = 1022) on the lung data: 376.3, standard error 19.7."""
    uit = rmst(tellingen(MAN + VROUW), tot=1022).iloc[0]
    assert uit["rmst"] == pytest.approx(376.3, abs=0.05)
    assert uit["fout"] == pytest.approx(19.7, abs=0.05)


def test_mediaan_precies_op_de_helft():
    """One of two ends on day 5: S is 0.5 there, and that day is the median, not the midpoint to the next."""
    assert mediaan(tellingen("5 9"))["mediaan"].tolist() == [5]
    # Six steps that multiply to one half in theory and to 0.5000000000000001 in floating point.
    assert mediaan(tellingen("1 2 3 4 5 6 7+ 8+ 9+ 10+ 11+ 12+"))["mediaan"].tolist() == [6]


def test_mediaan_niet_bereikt():
    """More than half still runs: no median; nobody ended: neither limit."""
    assert regels(mediaan(tellingen("5 9+ 9+"))) == [(0, 3, 1, None, 5, None)]
    assert regels(mediaan(tellingen("5+ 9+"))) == [(0, 2, 0, None, None, None)]


def test_een_geval():
    """One ended case has a median and no interval, as in R."""
    assert regels(mediaan(tellingen("7"))) == [(0, 1, 1, 7, None, None)]


def test_einde_gaat_voor_lopend_op_dezelfde_dag():
    """A running case of day 5 is still at risk for the end on day 5."""
    assert kromme(tellingen("5 5+")).overleving.tolist() == [0.5]


def test_geen_groepen():
    leeg = tellingen()
    assert len(mediaan(leeg)) == 0 and len(rmst(leeg, tot=100)) == 0


def test_beperkt_gemiddelde_alleen_zo_ver_als_gekeken_is():
    """Empty when the last case was watched for less; whole when everybody ended before."""
    assert rmst(tellingen("5 10+"), tot=20)["rmst"].isna().all()
    assert rmst(tellingen("5 10"), tot=20)["rmst"].tolist() == [7.5]
    assert rmst(tellingen("5 10+"), tot=8)["rmst"].tolist() == [6.5]
    assert rmst(tellingen("5 10"), tot=3)["rmst"].tolist() == [3]


def test_veel_groepen_gelijk_aan_statsmodels():
    """Three hundred random groups of one to sixty cases, in any row order: S(t), median and restricted mean."""
    rng = np.random.default_rng(7)
    groep = np.repeat(np.arange(300), rng.integers(1, 60, 300))
    t, einde = rng.integers(1, 400, len(groep)), rng.random(len(groep)) < rng.random(300)[groep]
    gevallen = pd.DataFrame({"groep": groep * 10, "t": t, "einde": einde})
    telling = gevallen.groupby(["groep", "t"], as_index=False).agg(
        einden=("einde", "sum"), aantal=("einde", "size")
    )
    telling = telling.sample(frac=1, random_state=1)
    uit, lijn, beperkt = (
        mediaan(telling).set_index("groep"),
        kromme(telling),
        rmst(telling, tot=200).set_index("groep"),
    )
    for nr, deel in gevallen.groupby("groep"):
        if not deel["einde"].any():
            assert uit.loc[nr, ["mediaan", "onder", "boven"]].isna().all()
            continue
        orakel = SurvfuncRight(deel["t"], deel["einde"].astype(int))
        eigen = (lijn.groep == nr) & (lijn.einden > 0)
        assert lijn.t[eigen] == pytest.approx(orakel.surv_times)
        assert lijn.overleving[eigen] == pytest.approx(orakel.surv_prob, abs=1e-12)
        onder = orakel.surv_times[orakel.surv_prob <= 0.5 + 1e-9]
        assert (onder[0] if len(onder) else None) == (
            None if pd.isna(uit.at[nr, "mediaan"]) else uit.at[nr, "mediaan"]
        )
        if not pd.isna(beperkt.at[nr, "rmst"]):
            grens = np.r_[0, orakel.surv_times[orakel.surv_times < 200], 200]
            hoogte = np.r_[1, orakel.surv_prob[orakel.surv_times < 200]]
            assert beperkt.at[nr, "rmst"] == pytest.approx((np.diff(grens) * hoogte).sum())
