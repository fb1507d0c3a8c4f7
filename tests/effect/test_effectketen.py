"""From a delivery to verdicts: series equal a count by hand, durations a loop, tables hold what was measured."""

import json
from collections import Counter
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from orakel import trajecten

from analyse.demo import WARE_EFFECTEN, maak_demo
from analyse.effect import Keten, Oordeel, lees_quickwins, lees_register, leg_vast, tel_quickwins, verslag
from analyse.inname import lees
from analyse.kern.codes import leeftijdsgroep
from analyse.kern.effecten import Effectmeting, per_halfjaar
from analyse.kern.fouten import ParameterFout
from analyse.meten.reeksen import Reeksen, maandreeks
from analyse.params import Params
from analyse.referentie import Referentie

WORTEL = Path(__file__).resolve().parents[2]
PARAMS = Params(WORTEL)
REGISTER = lees_register(WORTEL / "params" / "maatregelen")
PANEL = WORTEL / "data/referentie/demo_donorpanel.csv.gz"
PEILDATUM = date(2025, 12, 31)
IN_REGISTER = {"poh-jeugd": "poh_jeugd", "schoolmaatschappelijk-werk": "schoolmaatschappelijk_werk"}
pytestmark = pytest.mark.xdist_group("effect_keten")


def keten_van(map_, schaal):
    maak_demo(map_ / "demo", vorm="tabel", schaal=schaal)
    basis = lees(map_ / "demo", params=PARAMS, uit=map_ / "basis", peildatum=PEILDATUM)
    bevolking = Referentie(WORTEL / "data" / "referentie", map_ / "demo").bevolking
    return Keten(REGISTER, Reeksen(basis, PARAMS, bevolking), PEILDATUM, PANEL, PARAMS.regio.namen)


@pytest.fixture(scope="module")
def keten(tmp_path_factory):
    return keten_van(tmp_path_factory.mktemp("keten"), 0.15)


@pytest.fixture(scope="module")
def meting(keten):
    quickwins = lees_quickwins(WORTEL / "params/maatregelen/quickwins.csv", maatregelen=REGISTER)
    return leg_vast(keten, tel_quickwins(quickwins))


@pytest.fixture(scope="module")
def los(keten):
    """The trajecten by the oracle, each with sggz and year of birth."""
    basis = keten.bron.basis
    spells = basis.pandas("spells")
    spells = spells[spells["domein"].eq("Jw") & spells["hulpvorm"].notna()].astype(object)
    rijen = spells.where(spells.notna(), None).to_dict("records")
    for rij in rijen:
        rij["begin"], rij["eind"] = rij["begin"].date(), rij["eind"].date() if rij["eind"] else None
    personen = basis.pandas("personen")
    jaren = dict(zip(personen["persoon_nr"], personen["geboortejaar"], strict=True))
    return [(t, jaren[t.persoon]) for t in trajecten(rijen, PARAMS.regio.rekenregels)]


def hoort(traject, jaar, groep):
    return (
        (not groep.hulpvorm or traject.hulpvorm in groep.hulpvorm)
        and (not groep.verwijzer or traject.verwijzer in groep.verwijzer)
        and (not groep.leeftijd or leeftijdsgroep(traject.begin.year, int(jaar)) in groep.leeftijd)
        and (groep.sggz is None or any(bool(s["sggz"]) for s in traject.eersten) is groep.sggz)
    )


@pytest.mark.parametrize(
    ("naam", "indicator"),
    [
        ("poh_jeugd", "verwijzingen.huisarts_sggz"),
        ("schoolmaatschappelijk_werk", "trajecten.instroom"),
        ("jongerenwerk", "trajecten.instroom"),
        ("afschalen_sggz", "verwijzingen.aantal"),
    ],
)
def test_een_reeks_is_wat_met_de_hand_geteld_wordt(keten, los, naam, indicator):
    groep = REGISTER[naam].doelgroep
    met_sggz = indicator == "verwijzingen.huisarts_sggz"
    verwacht = Counter(
        (t.gemeente, f"{t.begin:%Y-%m}")
        for t, jaar in los
        if hoort(t, jaar, groep)
        and (not met_sggz or (t.verwijzer == "02" and any(bool(s["sggz"]) for s in t.eersten)))
    )
    reeks = keten.bron.maand(groep, indicator)
    assert reeks["aantal"].sum() > 20 and set(reeks["gebied"]) == set(PARAMS.regio.codes)
    assert [verwacht[sleutel] for sleutel in zip(reeks["gebied"], reeks["periode"], strict=True)] == list(
        reeks["aantal"]
    )
    # Months that may still change are left out.
    assert (reeks["periode"].min(), reeks["periode"].max()) == ("2019-01", "2025-06")
    assert reeks["bevolking"].gt(0).all()


def test_halve_jaren_tellen_op_en_kennen_de_rest(keten, los):
    groep = REGISTER["schoolmaatschappelijk_werk"].doelgroep
    half = keten.bron.halfjaar(groep, "trajecten.instroom").set_index(["gebied", "periode"])
    maand = keten.bron.maand(groep, "trajecten.instroom")
    assert half["aantal"].sum() == maand["aantal"].sum()
    plek = ("GM0200", "2024-H1")
    eigen = [
        (t.hulpvorm, t.verwijzer)
        for t, _ in los
        if t.gemeente == "GM0200" and t.begin.year == 2024 and t.begin.month <= 6
    ]
    doel = eigen.count(("02", "01"))
    resten = (
        len(eigen) - doel,
        sum(hulpvorm == "02" for hulpvorm, _ in eigen) - doel,
        sum(verwijzer == "01" for _, verwijzer in eigen) - doel,
    )
    assert tuple(half.loc[plek]) == (doel, min(resten))
    alleen = keten.bron.halfjaar(REGISTER["poh_jeugd"].doelgroep, "verwijzingen.huisarts_sggz")
    assert alleen["rest"].isna().all()  # referrals by the huisarts are by the huisarts: no larger group


def test_een_reeks_over_verblijf_begint_na_de_woonplaatsbreuk(keten):
    reeks = keten.bron.maand(REGISTER["pleegzorg_maatwerk_ggz"].doelgroep, "verblijf.nieuw")
    assert reeks["periode"].min() == "2022-01"
    pleegzorg = keten.bron.maand(REGISTER["pleegzorg_maatwerk_ggz"].doelgroep, "trajecten.instroom")
    assert pleegzorg["periode"].min() == "2022-01"


def test_een_onbekende_indicator_wordt_geweigerd(keten):
    groep = REGISTER["poh_jeugd"].doelgroep
    with pytest.raises(ParameterFout, match=r"verwijzingen\.aantal"):
        maandreeks(
            keten.bron.basis,
            params=PARAMS,
            bevolking=keten.bron.bevolking,
            doelgroep=groep,
            indicator="verwijzingen.aantl",
        )


def test_duren_zijn_even_lang_gevolgd_voor_en_na(keten, los):
    maatregel = REGISTER["toetsing_verlengingen"]
    start = maatregel.start["GM0262"]
    tabel = keten.bron.duur(maatregel.doelgroep, dict(maatregel.start))
    eigen = tabel[tabel["behandeld"]]
    lengte = PEILDATUM - start
    met_hand = [t for t, _ in los if t.gemeente == "GM0262" and t.hulpvorm == "02"]
    assert (~eigen["na"]).sum() == sum(start - lengte <= t.begin < start for t in met_hand)
    assert eigen["na"].sum() == sum(start <= t.begin <= PEILDATUM for t in met_hand)
    # Before: nobody is watched past the start.
    assert eigen.loc[~eigen["na"], "geëindigd"].sum() == sum(
        start - lengte <= t.begin < start and t.slot < start for t in met_hand
    )
    assert eigen["dagen"].between(1, lengte.days + 1).all()


def test_elke_maatregel_krijgt_een_van_de_vijf_oordelen(keten):
    assert [e.maatregel.id for e in keten.effecten] == list(REGISTER)
    oordelen = {e.maatregel.id: e.oordeel for e in keten.effecten}
    assert oordelen["groepsaanbod_weerbaarheid"] in (Oordeel.TE_VROEG, Oordeel.NIET_MEETBAAR)
    assert oordelen["pleegzorg_maatwerk_ggz"] is oordelen["kies_groepen"] is Oordeel.NIET_MEETBAAR
    assert oordelen["poh_jeugd"] is not Oordeel.NIET_MEETBAAR
    assert "geen effect" not in " ".join(e.tekst for e in keten.effecten)


def test_de_tabellen_houden_wat_gemeten_is(keten, meting, tmp_path):
    effect = next(e for e in keten.effecten if e.maatregel.id == "poh_jeugd")
    rij = meting.kies("poh_jeugd")["maatregelen"].iloc[0]
    assert (rij["effect"], rij["oordeel"]) == (pytest.approx(effect.hoofd.procent), effect.oordeel.value)
    deel = meting.kies("poh_jeugd")
    assert len(deel["schattingen"]) == len(effect.schattingen)
    assert deel["verloop"]["verwacht_na"].sum() == pytest.approx(effect.hoofd.verwacht)
    meting.schrijf(tmp_path)
    terug = Effectmeting.lees(tmp_path)
    assert terug.maatregelen == tuple(REGISTER)
    pd.testing.assert_frame_equal(terug["verloop"], meting["verloop"], check_dtype=False)


def test_het_verslag_noemt_oordeel_methoden_en_controles(meting):
    tekst = verslag(meting.kies("poh_jeugd"))
    assert "poh_jeugd · verwijzingen.huisarts_sggz" in tekst
    assert "Synthetische DiD" in tekst and "Voortrend" in tekst
    assert verslag(meting).count(" · ") >= 2 * len(REGISTER)


def test_een_onbekende_maatregel_noemt_de_naaste(meting):
    with pytest.raises(ParameterFout, match="poh_jeugd"):
        meting.kies("poh_jeug")


def test_een_kortere_levering_wordt_uitgesloten(keten):
    class Korter:
        indicatoren = keten.bron.indicatoren
        duur, halfjaar = keten.bron.duur, keten.bron.halfjaar

        def maand(self, doelgroep, indicator):
            tabel = keten.bron.maand(doelgroep, indicator)
            return tabel[tabel["gebied"].ne("GM0262") | tabel["periode"].lt("2025-01")]

    alleen = {"poh_jeugd": REGISTER["poh_jeugd"]}
    effect = Keten(alleen, Korter(), PEILDATUM, PANEL).effecten[0]
    assert not np.isnan(effect.hoofd.log)


def test_halve_jaren_van_een_verloop_zijn_heel(meting):
    verloop = meting.kies("poh_jeugd")["verloop"]
    half = per_halfjaar(verloop)
    assert half.index[0] == "2019-H2" and half.index[-1] == "2025-H1"
    assert half.loc["2024-H2", "verwacht"] == pytest.approx(
        verloop.loc[verloop["periode"].isin(["2024-K3", "2024-K4"]), "verwacht"].sum()
    )


# One draw of the demo and a 95% interval: if the demo is drawn anew, one in twenty draws lies outside by right.
@pytest.mark.traag
def test_de_ware_effecten_liggen_in_hun_intervallen_van_levering_tot_effect(tmp_path):
    keten = keten_van(tmp_path, 1.0)
    waar = {effect.naam: effect.factor for effect in WARE_EFFECTEN}
    assert {
        d["naam"]: d["factor"] for d in json.loads((tmp_path / "demo/waarheid.json").read_text())["effecten"]
    } == waar
    gemeten = {e.maatregel.id: e for e in keten.effecten}
    for naam, factor in waar.items():
        onder, boven = gemeten[IN_REGISTER[naam]].hoofd.interval
        assert onder <= 100 * (factor - 1) <= boven, naam
