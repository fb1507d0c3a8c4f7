"""Two editions one after the other, with late messages in between: the attacker who kept the first never wins."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from analyse.kern.fouten import DomeinFout
from analyse.kern.resultaat import Meting
from analyse.vrijgave import aanval, eerder, geef_vrij, geef_vrij_met_audit
from vrijgave.hulp import GEEN_BEVINDINGEN, GEMEENTEN, cel, lekken, meting, publiceer, telling
from vrijgave.kunst import Kunst, maak_params

INSTROOM = "trajecten.instroom"
REGIO = ("GM0200", "GM0213", "GM0244")


class Laat(Kunst):
    """A region of which a share of the trajecten isn't known yet."""

    def __init__(self, *, laat, **meer):
        super().__init__(**meer)
        blijft = np.random.default_rng(7).random(len(self.begin)) >= laat
        for naam in ("gebied", "hulpvorm", "verwijzer", "persoon", "begin", "eind", "geboren", "maatregel"):
            setattr(self, naam, getattr(self, naam)[blijft])


def _zelfde_kinderen(zaad, *, laat, omvang):
    soort = {"gemeenten": REGIO, "zaad": zaad, "omvang": omvang, "perioden": 3}
    eerst = Laat(laat=laat, **soort).meting().tabel
    return Meting(eerst[eerst["periode"].lt("2020-H1")]), Kunst(**soort).meting()


def _publiceer(bron, params, vorige=()):
    return geef_vrij(bron, params=params, basis_kwaliteit=GEEN_BEVINDINGEN, vorige=vorige)


@pytest.mark.parametrize(
    ("zaad", "laat", "omvang"), [(1, 0.0, 0.3), (2, 0.03, 0.3), (3, 0.1, 0.1), (4, 0.02, 1.0)]
)
def test_nooit_gewonnen_van_twee_edities(zaad, laat, omvang):
    eerst, heel = _zelfde_kinderen(zaad, laat=laat, omvang=omvang)
    params = maak_params(REGIO)
    vorige = _publiceer(eerst, params)
    nieuw = _publiceer(heel, params, [vorige])
    samen = vorige.tabel.merge(nieuw.tabel, on=list(heel.tabel.columns[:8]), suffixes=("_oud", ""))
    assert (samen.loc[samen["status_oud"].eq("verborgen"), "status"] == "verborgen").all()
    for kennis in (heel, None):
        oordeel = aanval(nieuw, params=params, meting=kennis, vorige=[vorige])
        assert len(oordeel)
        assert not oordeel["lek"].any(), oordeel[oordeel["lek"]].to_string()


def test_een_ongewijzigd_cijfer_houdt_zijn_afgeronde_waarde():
    eerst, heel = _zelfde_kinderen(5, laat=0.03, omvang=0.5)
    params = maak_params(REGIO)
    vorige = _publiceer(eerst, params)
    nieuw = _publiceer(heel, params, [vorige])
    sleutel = list(heel.tabel.columns[:8])
    echt = eerst.tabel.merge(heel.tabel, on=sleutel, suffixes=("_oud", "_nu"))
    gelijk = echt[echt["teller_oud"].eq(echt["teller_nu"]) & echt["eenheid_nu"].eq("aantal")][sleutel]
    gedrukt = vorige.tabel.merge(nieuw.tabel, on=sleutel, suffixes=("_oud", "_nu")).merge(gelijk, on=sleutel)
    gedrukt = gedrukt.dropna(subset=["waarde_oud", "waarde_nu"])
    assert len(gedrukt) > 30
    assert (gedrukt["waarde_oud"] == gedrukt["waarde_nu"]).all(), gedrukt[
        gedrukt["waarde_oud"] != gedrukt["waarde_nu"]
    ]


def test_een_klein_verschil_tussen_edities_is_niet_te_zien():
    """Two children more, found late: a difference of 5 would say that something happened, no difference says
    nothing."""
    eerst = {"GM0200": 302, "GM0213": 122, "GM0232": 91}
    vorige, _ = publiceer(meting(telling(INSTROOM, eerst)))
    nieuw, _ = publiceer(meting(telling(INSTROOM, {**eerst, "GM0213": 124})), vorige=[vorige])
    assert cel(nieuw, INSTROOM, "GM0213")["waarde"] == cel(vorige, INSTROOM, "GM0213")["waarde"]
    pd.testing.assert_frame_equal(nieuw.tabel, vorige.tabel)


AANTAL = st.sampled_from([0, 1, 4, 8, 9, 10, 12, 14, 25, 60, 300])


@st.composite
def tafels(draw):
    """A table and the same table later: most cells unchanged, some a little more or less."""
    gemeenten = GEMEENTEN[: draw(st.integers(3, 4))]
    eerst = {g: {c: draw(AANTAL) for c in ("01", "02", "03")} for g in gemeenten}
    later = {
        g: {c: max(0, n + draw(st.sampled_from([0, 0, 0, 0, 1, 3, 9, -4]))) for c, n in r.items()}
        for g, r in eerst.items()
    }
    return eerst, later


@settings(max_examples=40, deadline=None, derandomize=True, phases=[Phase.generate])
@given(tafels())
def test_nooit_gewonnen_van_een_tafel_in_twee_edities(paar):
    eerst, later = (meting(telling(INSTROOM, delen, "verwijzer")) for delen in paar)
    try:
        vorige, _ = publiceer(eerst)
        nieuw, _ = publiceer(later, vorige=[vorige])
    except DomeinFout:
        assert min(sum(sum(rij.values()) for rij in delen.values()) for delen in paar) < 150
        return
    gevonden = lekken(nieuw, later, vorige=[vorige])
    assert gevonden.empty, f"{paar}\n{gevonden.to_string()}"


@settings(max_examples=8, deadline=None, derandomize=True, phases=[Phase.generate])
@given(st.integers(1, 9), st.integers(30, 90))
def test_zonder_koppeling_verliest_de_poort(klein, groot):
    """The judge is awake: what covers the small one was shown a half-year ago."""
    eerst = {"GM0200": 300, "GM0213": 120, "GM0232": groot, "GM0244": 34}
    vorige, _ = publiceer(meting(telling(INSTROOM, eerst)))
    bron = meting(telling(INSTROOM, {**eerst, "GM0200": 340, "GM0244": klein}))
    with pytest.MonkeyPatch.context() as lap:
        lap.setattr(eerder, "verwerk", lambda tabel, *_: np.zeros(len(tabel), dtype=bool))
        vals, _ = publiceer(bron, vorige=[vorige])
    assert "GM0244" in set(lekken(vals, bron, vorige=[vorige])["gebied"])
    goed, _ = publiceer(bron, vorige=[vorige])
    assert lekken(goed, bron, vorige=[vorige]).empty


def test_teruggeven_wat_verborgen_was_wordt_gevonden(monkeypatch):
    eerst = {"GM0200": 300, "GM0213": 120, "GM0232": 90, "GM0244": 4}
    vorige, _ = publiceer(meting(telling(INSTROOM, eerst)))
    bron = meting(telling(INSTROOM, {**eerst, "GM0244": 14}))
    monkeypatch.setattr(eerder, "verwerk", lambda tabel, *_: np.zeros(len(tabel), dtype=bool))
    gevonden = lekken(publiceer(bron, vorige=[vorige])[0], bron, vorige=[vorige])
    assert "eerder verborgen, nu getoond" in set(gevonden["weg"])


def test_wat_een_eerdere_editie_weggeeft_neemt_zijn_hele_tabel_mee():
    """The small gemeente came into the table while all others and the region stayed as printed: nothing hides it
    from who kept that, so this edition says nothing about it at all."""
    delen = {"GM0200": {"01": 100, "02": 60}, "GM0213": {"01": 80, "02": 50}, "GM0232": {"01": 40, "02": 30}}
    vorige, _ = publiceer(meting(telling(INSTROOM, delen, "verwijzer")))
    later = {**delen, "GM0213": {"01": 80, "02": 46}, "GM0232": {"01": 40, "02": 26}}
    erbij = {g: {**rij, "03": 0} for g, rij in later.items()}
    erbij["GM0213"]["03"] = 4
    erbij["GM0232"]["03"] = 4
    bron = meting(telling(INSTROOM, erbij, "verwijzer"))
    vrijgave, audit = publiceer(bron, vorige=[vorige])
    assert lekken(vrijgave, bron, vorige=[vorige]).empty
    assert cel(vrijgave, INSTROOM, "GM0213", verwijzer="03")["status"] == "verborgen"
    assert "gesloten" in set(audit.tabel["regel"])
    # Who has only this edition can't find it either.
    assert lekken(vrijgave, bron).empty


def test_een_tabel_die_niet_meer_verschijnt_blijft_meetellen():
    """The split was published once; its numbers still add up to the total."""
    delen = {"GM0200": {"01": 100, "02": 60}, "GM0213": {"01": 80, "02": 50}, "GM0232": {"01": 40, "02": 4}}
    heel = meting(telling(INSTROOM, delen, "verwijzer"))
    vorige, _ = publiceer(heel)
    verborgen = vorige.tabel[vorige.tabel["status"].eq("verborgen")]
    assert len(verborgen) == 4
    nieuw, audit = geef_vrij_met_audit(
        heel, params=_alleen_totalen(heel), basis_kwaliteit=GEEN_BEVINDINGEN, vorige=[vorige]
    )
    assert set(nieuw.tabel["verwijzer"]) == {"totaal"}
    assert audit.tabel.empty
    assert not nieuw.tabel["status"].eq("verborgen").any()
    assert not aanval(nieuw, params=_alleen_totalen(heel), meting=heel, vorige=[vorige])["lek"].any()


def _alleen_totalen(bron):
    params = maak_params(tuple(sorted(set(bron.tabel["gebied"]) - {"REGIO"})))
    params.kaarten[INSTROOM] = params.kaarten[INSTROOM].model_copy(update={"publiceer": ((),)})
    return params
