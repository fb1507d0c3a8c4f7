"""The true region against the figures it is calibrated to, and against what it promises to hold."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from analyse.demo import CBS_FRACTIE, WARE_EFFECTEN
from analyse.demo.aanbod import ONBEKEND_PRODUCT, SOORT
from analyse.demo.afstemmen import VREEMD
from analyse.demo.ijking import GEMEENTEN, VERWIJZERS, doelen
from analyse.demo.regio import maak_wereld
from analyse.demo.verhuizing import INGANG
from analyse.demo.verloop import SCHOK_RHO, WEKEN, effect, schokken
from analyse.demo.wereld import PEILDATUM, Wereld
from analyse.meten.signalen.combinaties import vreemde_paren

pytestmark = pytest.mark.xdist_group("demo_wereld")  # one worker makes the region once

HEEL_2022 = (date(2022, 1, 1), date(2022, 12, 31))


def _tabel(wereld: Wereld) -> pd.DataFrame:
    rijen = [
        (t.persoon.nr, t.persoon.geboren.year, t.gemeente, t.soort.naam, t.soort.hulpvorm, t.verwijzer,
         pd.Timestamp(t.begin), pd.Timestamp(t.eind), t.soort.sggz, t.verhuisd)
        for t in wereld.trajecten
        if t.soort.hulpvorm
    ]  # fmt: skip
    kolommen = ["persoon", "geboren", "gemeente", "soort", "hulpvorm", "verwijzer", "begin", "eind"]
    return pd.DataFrame(rijen, columns=[*kolommen, "sggz", "verhuisd"])


def _actief(tabel: pd.DataFrame) -> pd.DataFrame:
    return tabel[(tabel["begin"] <= "2022-12-31") & (tabel["eind"] >= "2022-01-01")]


@pytest.fixture(scope="module")
def tabel(wereld):
    return _tabel(wereld)


@pytest.mark.parametrize("gemeente", GEMEENTEN)
def test_actieve_trajecten_per_gemeente_als_cbs(tabel, cbs, gemeente):
    jeugdhulp = sum(cbs.get(("verwijzer", gemeente, "2022", v), 0) for v in (*VERWIJZERS, "onbekend"))
    actief = _actief(tabel)["gemeente"].eq(gemeente).sum()
    assert actief == pytest.approx(CBS_FRACTIE * jeugdhulp, rel=0.10)
    assert actief == pytest.approx(CBS_FRACTIE * cbs["trajecten_jeugdzorg", gemeente, "2022", "totaal"], rel=0.10)


def test_verwijzers_als_cbs(tabel, cbs):
    aandeel = _actief(tabel)["verwijzer"].value_counts(normalize=True)
    geteld = np.array([sum(cbs.get(("verwijzer", g, "2022", v), 0) for g in GEMEENTEN) for v in VERWIJZERS])
    for verwijzer, verwacht in zip(VERWIJZERS, geteld / geteld.sum(), strict=True):
        assert aandeel.get(verwijzer, 0) == pytest.approx(verwacht, abs=0.02), verwijzer


def test_aandeel_met_verblijf_en_leeftijden_als_cbs(tabel, cbs):
    actief = _actief(tabel)
    verblijf = actief[actief["hulpvorm"].isin(["11", "12", "13", "14"])]["persoon"].nunique()
    jongeren = pd.Series({g: cbs["jongeren_jeugdzorg", g, "2022", "totaal"] for g in GEMEENTEN})
    procent = pd.Series({g: cbs["verblijf_procent", g, "2022", "totaal"] for g in GEMEENTEN})
    verwacht = (jongeren * procent).sum() / jongeren.sum()
    assert 100 * verblijf / actief["persoon"].nunique() == pytest.approx(verwacht, abs=1.5)
    assert actief.groupby("gemeente")["persoon"].nunique().sum() == pytest.approx(
        CBS_FRACTIE * jongeren.sum(), rel=0.08
    )
    leeftijd = 2022 - actief.drop_duplicates("persoon")["geboren"]
    for laag, hoog, groep in ((0, 3, "0-3"), (4, 11, "4-11"), (12, 17, "12-17")):
        geteld = sum(cbs["jongeren_jeugdzorg", g, "2022", groep] for g in GEMEENTEN)
        assert leeftijd.between(laag, hoog).mean() == pytest.approx(geteld / jongeren.sum(), abs=0.05), groep


def test_maatregelen_als_cbs(wereld, cbs):
    in_2022 = [m for m in wereld.maatregelen if m.begin <= HEEL_2022[1] and m.eind >= HEEL_2022[0]]
    verwacht = CBS_FRACTIE * sum(doel.maatregel for doel in doelen(cbs).values())
    assert len({m.persoon.nr for m in in_2022}) == pytest.approx(verwacht, rel=0.15)
    assert {m.type for m in in_2022} >= {"11", "12", "21"}
    assert {m.machtiging for m in wereld.maatregelen} == {"", "71", "72"}
    assert all(m.begin <= m.eind and m.begin >= m.persoon.geboren for m in wereld.maatregelen)


def test_trajecten_zijn_mogelijk(wereld):
    for traject in wereld.trajecten:
        assert traject.begin <= traject.eind
        assert traject.begin <= PEILDATUM
        assert 0 <= traject.persoon.leeftijd(traject.begin) < 23
        assert traject in traject.persoon.trajecten


def test_alle_soorten_hulp_en_producten_komen_voor(wereld):
    assert {t.soort.naam for t in wereld.trajecten} == set(SOORT)
    producten = {t.product.code for t in wereld.trajecten}
    assert {"54001", "54002", "54003", "", ONBEKEND_PRODUCT.code, "42A03"} <= producten


def test_kinderen_hebben_broers_meer_vormen_en_keren_terug(tabel, wereld):
    assert len({p.gezin for p in wereld.personen}) < 0.95 * len(wereld.personen)
    vormen = _actief(tabel).groupby("persoon")["hulpvorm"].nunique()
    assert (vormen > 1).mean() > 0.1
    begonnen = tabel[tabel["begin"] >= "2024-01-01"]
    eerder = tabel.groupby("persoon")["eind"].min()
    assert 0.15 < (begonnen["begin"] > begonnen["persoon"].map(eerder)).mean() < 0.6


def test_seizoen_corona_en_nieuwjaar(tabel):
    begin = tabel[(tabel["begin"] >= "2019-01-01") & ~tabel["verhuisd"]]["begin"]
    voorjaar = begin[begin.dt.month.isin([4, 5])].dt.year.value_counts()
    assert voorjaar[2020] < 0.8 * voorjaar.drop(2020).mean()
    maand = begin[begin.dt.year != 2020].dt.month.value_counts()
    assert maand[[7, 8]].mean() < 0.9 * maand[[9, 10, 11]].mean()
    dag = begin.dt.strftime("%m-%d").value_counts()
    assert dag["01-01"] > 3 * dag.mean()
    eind = tabel[tabel["eind"] <= "2025-12-31"]["eind"].dt.strftime("%m-%d").value_counts()
    assert eind["12-31"] > 5 * eind.mean()


def test_woonplaatsbeginsel_sluit_hier_en_opent_daar(wereld):
    geopend = [t for t in wereld.trajecten if t.verhuisd and t.begin == INGANG]
    van_elders = 0
    for traject in geopend:
        gesloten = [
            ander
            for ander in traject.persoon.trajecten
            if ander.gemeente != traject.gemeente and ander.eind == INGANG - timedelta(days=1)
        ]
        assert all(ander.reden == "35" for ander in gesloten)
        van_elders += any(a.soort is traject.soort and a.aanbieder is traject.aanbieder for a in gesloten)
    assert van_elders >= 15
    assert len(geopend) > van_elders  # some came from outside the region


def test_heerde_telt_geen_jeugdcoaches_meer_na_2021(tabel):
    wijkteam = tabel[tabel["soort"] == "wijkteam"]
    assert set(wijkteam["gemeente"]) == {"GM0246"}
    assert set(wijkteam["verwijzer"]) == {"06"}
    assert wijkteam["eind"].max() == pd.Timestamp("2021-12-31")
    heerde = tabel[tabel["gemeente"] == "GM0246"]
    in_2021 = ((heerde["begin"] <= "2021-12-31") & (heerde["eind"] >= "2021-01-01")).sum()
    assert _actief(heerde).shape[0] < 0.85 * in_2021


def test_overstap_gaat_de_volgende_dag_verder_bij_een_ander(wereld):
    overstappen = [t for t in wereld.trajecten if t.reden == "38"]
    assert len(overstappen) > 50
    gevolgd = sum(
        any(
            v.begin == t.eind + timedelta(days=1) and v.aanbieder is not t.aanbieder and v.soort is t.soort
            for v in t.persoon.trajecten
        )
        for t in overstappen
    )
    assert gevolgd >= 0.9 * len(overstappen)


# True effects


@pytest.mark.parametrize("maatregel", WARE_EFFECTEN, ids=lambda m: m.naam)
def test_een_effect_raakt_precies_wat_het_moet_raken(maatregel):
    for gemeente in GEMEENTEN:
        for soort in SOORT.values():
            for verwijzer in VERWIJZERS:
                factor = effect(gemeente, soort, verwijzer)
                raak = maatregel.raakt(soort, verwijzer) and gemeente in maatregel.vanaf
                na = maatregel.vanaf[gemeente].toordinal() <= WEKEN if raak else WEKEN < 0
                if raak:
                    assert np.all(factor[na] == maatregel.factor)
                    assert np.all(factor[~na] == 1.0)


def test_het_effect_is_terug_te_vinden_in_een_grote_regio(cbs):
    """At full CBS size a plain difference in differences finds the true factors."""
    groot = _tabel(maak_wereld(cbs, schaal=4.0, zaad=3))
    for maatregel in WARE_EFFECTEN:
        raak = groot["sggz"] if maatregel.alleen_sggz else groot["hulpvorm"].eq(maatregel.hulpvorm)
        eigen = groot[raak & groot["verwijzer"].eq(maatregel.verwijzer) & ~groot["verhuisd"]]
        doet_mee = eigen["gemeente"].isin(list(maatregel.vanaf))
        laatste = pd.Timestamp(max(maatregel.vanaf.values()))
        na = eigen["begin"] >= laatste
        voor = (eigen["begin"] >= "2020-07-01") & (eigen["begin"] < pd.Timestamp(min(maatregel.vanaf.values())))
        gevonden = (sum(doet_mee & na) / sum(doet_mee & voor)) / (sum(~doet_mee & na) / sum(~doet_mee & voor))
        assert gevonden == pytest.approx(maatregel.factor, abs=0.10), maatregel.naam


def test_schokken_zijn_traag_en_van_de_beloofde_grootte():
    rng = np.random.default_rng(1)
    reeksen = np.log([s[::13] for _ in range(60) for s in schokken(rng).values()])
    assert reeksen.std() == pytest.approx(np.hypot(0.07, 0.03), rel=0.1)
    opeenvolgend = np.corrcoef(reeksen[:, :-1].ravel(), reeksen[:, 1:].ravel())[0, 1]
    assert opeenvolgend == pytest.approx(SCHOK_RHO, abs=0.05)


def test_hulp_van_voor_2019_is_er_als_voorraad(tabel):
    voorraad = tabel[tabel["begin"] < "2019-01-01"]
    assert (voorraad["eind"] >= "2019-01-01").all()
    assert 0.08 < len(voorraad) / len(tabel) < 0.20
    per_jaar = Counter(voorraad["begin"].dt.year)
    assert per_jaar[2018] > per_jaar[2017] > per_jaar[2014] > 0


def test_geplant_paar_is_vreemd(wereld):
    """At full size: both products are common, they seldom meet, and some children have both now."""
    rijen = {(t.persoon.nr, t.product.gedeclareerd) for t in wereld.trajecten}
    paren = vreemde_paren(pd.DataFrame(sorted(rijen), columns=["persoon_nr", "product"]))
    gevonden = paren.set_index(["a", "b"])
    assert VREEMD in gevonden.index
    assert 0 < gevonden.loc[VREEMD, "samen"] < 0.2 * gevonden.loc[VREEMD, "verwacht"]
