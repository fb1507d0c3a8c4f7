"""What an earlier edition published is known: hidden stays hidden, and shown is no cover."""

from __future__ import annotations

import pytest

from analyse.kern.resultaat import Meting
from analyse.vrijgave import aanval, eerder, geef_vrij_met_audit
from vrijgave.hulp import cel, lekken, meting, publiceer, telling
from vrijgave.kunst import Kunst, maak_params

INSTROOM = "trajecten.instroom"
EERST = {"GM0200": 300, "GM0213": 120, "GM0232": 90, "GM0244": 4}
NU = {**EERST, "GM0244": 14}


def test_verborgen_blijft_verborgen():
    """4 became 14 by late messages: shown now, it would give back what was hidden before."""
    vorige, _ = publiceer(meting(telling(INSTROOM, EERST)))
    bron = meting(telling(INSTROOM, NU))
    vrijgave, audit = publiceer(bron, vorige=[vorige])
    assert cel(vrijgave, INSTROOM, "GM0244")["status"] == "verborgen"
    assert audit.tabel.set_index("gebied")["regel"]["GM0244"] == "eerder verborgen"
    assert publiceer(bron)[1].tabel.empty
    assert lekken(vrijgave, bron, vorige=[vorige]).empty


def test_een_gemiddelde_blijft_ook_verborgen():
    def bron(n):
        uit = telling("trajecten.uitstroom", {**EERST, "GM0244": n})
        duur = [{**r, "indicator": "trajectduur.mediaan", "eenheid": "dagen", "noemer": r["waarde"]} for r in uit]
        return meting(uit, duur)

    vorige, _ = publiceer(bron(9))
    vrijgave, _ = publiceer(bron(30), vorige=[vorige])
    assert cel(vrijgave, "trajectduur.mediaan", "GM0244")["status"] == "verborgen"


def test_wat_eerder_is_getoond_dekt_niet():
    """The second small gemeente needs company, and what the first edition showed is none."""
    vorige, _ = publiceer(meting(telling(INSTROOM, {**EERST, "GM0244": 34})))
    # Only the large gemeente changed enough to be printed differently.
    bron = meting(telling(INSTROOM, {**EERST, "GM0200": 340}))
    vrijgave, audit = publiceer(bron, vorige=[vorige])
    assert audit.tabel.set_index("gebied")["regel"].to_dict() == {"GM0200": "secundair", "GM0244": "primair"}
    assert lekken(vrijgave, bron, vorige=[vorige]).empty


def test_zonder_koppeling_met_de_vorige_editie_wordt_gevonden(monkeypatch):
    vorige, _ = publiceer(meting(telling(INSTROOM, {**EERST, "GM0244": 34})))
    bron = meting(telling(INSTROOM, {**EERST, "GM0200": 340}))
    monkeypatch.setattr(eerder, "_merk_bekend", lambda *_: None)
    vrijgave, _ = publiceer(bron, vorige=[vorige])
    assert cel(vrijgave, INSTROOM, "GM0232")["status"] == "verborgen"  # but it was shown before
    assert set(lekken(vrijgave, bron, vorige=[vorige])["gebied"]) >= {"GM0244"}


def test_als_alles_al_bekend_is_wordt_toch_verborgen():
    vorige, _ = publiceer(meting(telling(INSTROOM, {**EERST, "GM0244": 16})))
    bron = meting(telling(INSTROOM, {**EERST, "GM0244": 4, "GM0200": 302, "GM0213": 122, "GM0232": 92}))
    vrijgave, _ = publiceer(bron, vorige=[vorige])
    assert cel(vrijgave, INSTROOM, "GM0244")["status"] == "verborgen"
    assert lekken(vrijgave, bron).empty


@pytest.mark.parametrize("zaad", range(2))
def test_een_editie_later_geeft_niets_terug(zaad):
    """A period later, with the same history: the new stocks may not tell what was hidden."""
    gemeenten = ("GM0200", "GM0213", "GM0244")
    heel = Kunst(omvang=0.3, perioden=4, gemeenten=gemeenten, zaad=zaad).meting()
    eerst = Meting(heel.tabel[heel.tabel["periode"].lt("2020-H2")])
    params = maak_params(gemeenten)
    geen = heel.tabel.iloc[:0].assign(code="", ernst="", regel="", doe="", aantal=0)
    vorige = geef_vrij_met_audit(eerst, params=params, basis_kwaliteit=geen)[0]
    vrijgave, audit = geef_vrij_met_audit(heel, params=params, basis_kwaliteit=geen, vorige=[vorige])
    samen = vorige.tabel.merge(vrijgave.tabel, on=list(heel.tabel.columns[:8]), suffixes=("_oud", ""))
    assert (samen.loc[samen["status_oud"].eq("verborgen"), "status"] == "verborgen").all()
    assert len(audit.tabel)
    oordeel = aanval(vrijgave, params=params, meting=heel, vorige=[vorige])
    assert not oordeel["lek"].any(), oordeel[oordeel["lek"]].to_string()
