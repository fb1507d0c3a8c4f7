"""Indirect standardisation against published examples, and what must hold for any population."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyse.kern.fouten import ParameterFout
from analyse.statistiek import standaardiseer, verwacht

# Bland, An Introduction to Medical Statistics, par. 16.3: cirrhosis of the liver in male doctors; rates per
# million of all men. 14 deaths, 4.4966 expected, SMR 3.11; the exact 95 % interval of 14 is 7.65 to 23.49.
BLAND = {"15-24": (5.859, 1080), "25-34": (13.050, 12860), "35-44": (46.937, 11510)} | {
    "45-54": (161.503, 10330),
    "55-64": (271.358, 7790),
}


def _bland() -> tuple[pd.DataFrame, pd.DataFrame]:
    leeftijd = list(BLAND)
    referentie = pd.DataFrame({"leeftijd": leeftijd, "gevallen": [r for r, _ in BLAND.values()], "aantal": 1e6})
    bevolking = pd.DataFrame({"groep": "artsen", "leeftijd": leeftijd, "aantal": [n for _, n in BLAND.values()]})
    return bevolking, referentie


def test_bland():
    bevolking, referentie = _bland()
    rij = standaardiseer(pd.Series({"artsen": 14}), bevolking, referentie, lagen=["leeftijd"], exact=True).iloc[0]
    assert rij["verwacht"] == pytest.approx(4.4966, abs=5e-5)
    assert rij["verhouding"] == pytest.approx(3.11, abs=0.005)
    assert [rij["onder"], rij["boven"]] == pytest.approx([7.65 / 4.4966, 23.49 / 4.4966], abs=2e-3)
    assert rij["methode"] == "indirect_gestandaardiseerd_poisson_exact"


def test_papp_ecuador_met_zweedse_cijfers():
    """IUSSP, Population Analysis for Policies and Programmes, session 101-6: 42,561 expected; ratio 1.52."""
    bevolking = pd.DataFrame(
        {"groep": "Ecuador", "leeftijd": ["0-29", "30-59", "60+"], "aantal": [7498e3, 3219e3, 742e3]}
    )
    referentie = pd.DataFrame({"leeftijd": ["0-29", "30-59", "60+"], "gevallen": [0.45, 2.4, 42.4], "aantal": 1e3})
    uit = standaardiseer(pd.Series({"Ecuador": 64_700}), bevolking, referentie, lagen=["leeftijd"]).iloc[0]
    assert uit["verwacht"] == pytest.approx(42_561, abs=1)
    assert uit["verhouding"] == pytest.approx(1.52, abs=0.005)
    assert uit["methode"].endswith("byar")


def test_de_referentie_zelf_is_een():
    """A group that is the reference has ratio 1, and its rate is the overall rate."""
    referentie = pd.DataFrame(
        {
            "leeftijd": [0, 0, 1, 1],
            "geslacht": ["M", "V"] * 2,
            "gevallen": [3, 1, 10, 8],
            "aantal": [100, 90, 110, 80],
        }
    )
    uit = standaardiseer(pd.Series({"a": 22}), referentie.assign(groep="a"), referentie).iloc[0]
    assert (uit["verhouding"], uit["tarief"]) == pytest.approx((1.0, 22 / 380))


def test_laag_zonder_referentie_mag_niet():
    bevolking, referentie = _bland()
    with pytest.raises(ParameterFout, match="Elke laag"):
        verwacht(bevolking, referentie.iloc[1:], lagen=["leeftijd"])


def test_groep_zonder_gevallen_en_groep_zonder_mensen():
    bevolking, referentie = _bland()
    leeg = bevolking.assign(groep="leeg", aantal=0)
    uit = standaardiseer(pd.Series(dtype=float), pd.concat([bevolking, leeg]), referentie, lagen=["leeftijd"])
    assert uit.loc["artsen", "verhouding"] == 0 and uit.loc["artsen", "boven"] > 0
    assert uit.loc["leeg", ["verhouding", "onder", "boven"]].isna().all()


_LAAG = st.tuples(st.integers(0, 30), st.integers(30, 900), st.integers(0, 400))


@settings(max_examples=40)
@given(st.lists(_LAAG, min_size=1, max_size=8), st.integers(1, 5))
def test_verwacht_telt_op_en_schaalt(lagen, maal):
    gevallen, mensen, groep = (list(kolom) for kolom in zip(*lagen, strict=True))
    referentie = pd.DataFrame({"leeftijd": range(len(lagen)), "gevallen": gevallen, "aantal": mensen})
    bevolking = pd.DataFrame({"groep": "a", "leeftijd": range(len(lagen)), "aantal": groep})
    een = verwacht(bevolking, referentie, lagen=["leeftijd"])["a"]
    met_de_hand = sum(n * g / m for g, m, n in lagen)
    assert een == pytest.approx(met_de_hand)
    meer = bevolking.assign(aantal=bevolking["aantal"] * maal)
    assert verwacht(meer, referentie, lagen=["leeftijd"])["a"] == pytest.approx(maal * een)
