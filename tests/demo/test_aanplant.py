"""What was planted is found: by every list of the back office, in the paths, at the praktijk and the aanbieder."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from lezing import Lezing, langlopend

from analyse.inname import lees
from analyse.kern.codes import DIMENSIES
from analyse.meten import meet
from analyse.meten.paden import paden
from analyse.meten.signalen import SIGNALEN, signalen
from analyse.meten.spiegel import praktijken
from analyse.params import Params

pytestmark = pytest.mark.xdist_group("demo_berichten")


@pytest.fixture(scope="module")
def params() -> Params:
    return Params.open()


@pytest.fixture(scope="module")
def lezing(demo_tabel) -> Lezing:
    return Lezing(demo_tabel)


@pytest.fixture(scope="module")
def lijst(demo_basis, params) -> pd.DataFrame:
    return signalen(demo_basis, params)


@pytest.fixture(scope="module")
def geplant(waar):
    return waar["geplant"]


def op_lijst(lijst: pd.DataFrame, signaal: str) -> set[tuple[str, str]]:
    deel = lijst[lijst["signaal"].eq(signaal)]
    return set(zip(deel["gemeente"], deel["toewijzingnummer"], strict=True))


@pytest.mark.parametrize("signaal", SIGNALEN)
def test_lijst_is_wat_met_de_hand_is_gevonden(lijst, lezing, demo_basis, params, geplant, signaal):
    """Exactly the planted cases and those that chance made, by a reading of the delivered tables."""
    gevonden = op_lijst(lijst, signaal)
    if signaal == "langlopend":
        verwacht = langlopend(demo_basis, params.regio.rekenregels)
    else:
        verwacht = lezing.signalen()[signaal]
    assert gevonden == verwacht
    eigen = {(geplant["gemeente"], nummer) for nummer in geplant["signalen"][signaal]}
    te_zeldzaam = signaal == "vreemde_combinatie" and ("45A05", "45A52") not in lezing.vreemde_paren
    assert eigen and (te_zeldzaam or eigen <= gevonden)


def test_geen_andere_aanplant_op_de_lijst(lijst, geplant):
    """Of the planted toewijzingen only those that were meant for a list are on it."""
    for signaal in set(SIGNALEN) - {"vreemde_combinatie"}:
        nummers = {nr for g, nr in op_lijst(lijst, signaal) if g == geplant["gemeente"]}
        assert nummers & set(geplant["toewijzingen"]) == set(geplant["signalen"][signaal]), signaal


def test_euro_bij_een_signaal(lijst, geplant):
    """Of the last twelve months; of what was declared beyond the allocation only the excess: 95 hours for 60."""
    euro = lijst.set_index(["signaal", "toewijzingnummer"])["euro_cent"]
    (teveel,), (open_,) = geplant["signalen"]["boven_toewijzing"], geplant["signalen"]["zonder_einddatum"]
    assert euro["zonder_einddatum", open_] == 100 * round(5_600 * 1.035**6)
    gewogen = euro["boven_toewijzing", teveel] / (35 * 8_350)
    assert 1 < gewogen < 1.035**6  # at the mean price of the product over the years


def test_beide_vormen_geven_dezelfde_lijst(demo_xml, lijst, params, tmp_path):
    uit_xml = signalen(lees(demo_xml, params=params, uit=tmp_path / "basis"), params)
    pd.testing.assert_frame_equal(uit_xml, lijst)


def test_geplante_paden(demo_basis, params, geplant):
    """The planted route and combination are found for the planted number of children, in gemeente and region."""
    tabel = paden(demo_basis, params)
    for soort, naam in (("reeks", "reeksen"), ("combinatie", "combinaties")):
        for pad, aantal in geplant[naam].items():
            rijen = tabel[tabel["soort"].eq(soort) & tabel["pad"].eq(pad)].set_index("gebied")["personen"]
            assert rijen.to_dict() == {geplant["gemeente"]: aantal, "REGIO": aantal}


def test_geplant_pad_langs_aanbieders(demo_basis, params, geplant):
    tabel = paden(demo_basis, params, langs="aanbieder")
    eigen = tabel[tabel["pad"].str.contains(geplant["aanbieder"]) & tabel["gebied"].eq("REGIO")]
    route = eigen[eigen["soort"].eq("reeks") & eigen["pad"].str.contains(" > ")].set_index("pad")["personen"]
    assert list(route) == list(geplant["reeksen"].values())


def test_geplante_praktijk(demo_basis, params, geplant):
    tabel = praktijken(demo_basis, params)
    eigen = tabel[tabel["praktijk"].eq(geplant["praktijk"]) & tabel["hulpvorm"].eq("totaal")].set_index("periode")
    assert set(eigen.index) == set(geplant["verwezen"])
    for periode, echt in geplant["verwezen"].items():
        assert eigen.loc[periode, list(echt)].tolist() == pytest.approx(list(echt.values()))


def test_cijfers_van_de_geplante_aanbieder(demo_basis, demo_tabel, geplant):
    """Every half-year to the cent."""
    params = Params.open()
    params.__dict__["kaarten"] = {
        naam: k.model_copy(update={"splitsingen": ((), ("aanbieder",)), "publiceer": ((),)})
        for naam, k in params.kaarten.items()
        if naam in geplant["van_de_aanbieder"]
    }
    inwoners = pd.read_csv(Path(demo_tabel) / "bevolking.csv", sep=";")
    t = meet(demo_basis, params=params, bevolking=inwoners).tabel
    t = t[t["aanbieder"].eq(geplant["aanbieder"]) & t["gebied"].eq(geplant["gemeente"])]
    assert t[[d for d in DIMENSIES if d != "aanbieder"]].eq("totaal").all(axis=None)
    for indicator, per in geplant["van_de_aanbieder"].items():
        gevonden = t[t["indicator"].eq(indicator)].set_index("periode")["waarde"]
        assert {p: gevonden.get(p, 0.0) for p in per} == pytest.approx(per), indicator
