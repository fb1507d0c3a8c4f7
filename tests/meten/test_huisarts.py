"""Referrals by the huisarts per quarter: the two halves are the half-year, and what isn't known is not zero."""

from __future__ import annotations

import pytest
from basis_bouwer import bevolking, bouw, params_met, spell

from analyse.meten import huisarts as h
from analyse.meten import meet
from analyse.meten.verwijzingen import AANTAL
from analyse.meten.verwijzingen import SGGZ as INDICATOR


@pytest.fixture(scope="module")
def basis(tmp_path_factory):
    spells = [
        spell("2024-03-31", None, verwijzer="02", sggz=True, toewijzingnummer="1"),
        spell("2024-04-01", None, verwijzer="02", sggz=True, persoon_nr=2, toewijzingnummer="2"),
        spell("2024-06-30", None, verwijzer="02", persoon_nr=3, toewijzingnummer="3"),
        spell("2024-05-01", None, verwijzer="04", sggz=True, persoon_nr=4, toewijzingnummer="4"),
        spell("2024-07-01", None, verwijzer="02", persoon_nr=5, toewijzingnummer="5", gemeente="GM0213"),
    ]
    bron = {"3": "backoffice", "2": "verzoek", "4": "backoffice"}
    toewijzingen = [
        {
            **{k: s[k] for k in ("persoon_nr", "gemeente", "domein", "toewijzingnummer")},
            "verwijzerbron": bron.get(nr),
        }
        for s in spells
        for nr in [s["toewijzingnummer"]]
    ]
    return bouw(tmp_path_factory.mktemp("basis"), spells, toewijzingen=toewijzingen)


def test_per_kwartaal(basis):
    tabel = h.kwartalen(basis, params_met())
    breed = tabel[tabel["gebied"].eq("GM0200")].pivot(index="kwartaal", columns="naar", values="aantal")
    assert breed.loc["2024-K1", [h.SGGZ, h.ANDERE_HULP, h.VIA_TOEGANG]].tolist() == [1, 0, 0]
    assert breed.loc["2024-K2", [h.SGGZ, h.ANDERE_HULP, h.VIA_TOEGANG]].tolist() == [1, 1, 1]
    assert breed.loc["2024-K3", [h.SGGZ, h.ANDERE_HULP, h.VIA_TOEGANG]].tolist() == [0, 0, 0]
    naar_toegang = tabel[tabel["naar"].eq(h.TOEGANG)]
    assert set(naar_toegang["status"]) == {"niet_leverbaar"} and naar_toegang["aantal"].isna().all()


def test_twee_kwartalen_zijn_een_halfjaar(basis):
    """The same trajecten as the half-year figures of huisarts and specialistische ggz, in every gebied."""
    params = params_met(INDICATOR, AANTAL)
    meting, tabel = meet(basis, params=params, bevolking=bevolking()), h.kwartalen(basis, params)
    half = tabel["kwartaal"].str[:4] + "-H" + (1 + tabel["kwartaal"].str[-1].astype(int).gt(2)).astype(str)
    per_half = tabel.assign(periode=half).groupby(["gebied", "periode", "naar"])["aantal"].sum().unstack("naar")
    sggz = meting.kies(INDICATOR).set_index(["gebied", "periode"])["waarde"]
    huisarts = meting.kies(AANTAL, per="verwijzer")
    huisarts = huisarts[huisarts["verwijzer"].eq("02")].set_index(["gebied", "periode"])["waarde"]
    assert per_half[h.SGGZ].reindex(sggz.index).eq(sggz).all()
    assert (per_half[h.SGGZ] + per_half[h.ANDERE_HULP]).reindex(huisarts.index).eq(huisarts).all()
