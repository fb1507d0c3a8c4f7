"""The example in docs/vergelijken.md on all Dutch gemeenten: why exact limits alone are not enough."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyse.referentie import Referentie
from analyse.statistiek import Keuze, krimpschatting, trechter_verhouding

REFERENTIE = Path(__file__).resolve().parents[2] / "data" / "referentie"


@pytest.fixture(scope="module")
def paren():
    """Young people with jeugdzorg against what the country would have on as many young inhabitants, 2022."""
    alle = Referentie(REFERENTIE).cbs_alle
    alle = alle[alle["periode"].eq("2022") & alle["gebied"].str.startswith("GM")]

    def kolom(maat: str, categorie: str):
        return alle[alle["maat"].eq(maat) & alle["categorie"].eq(categorie)].set_index("gebied")["waarde"]

    gezien = kolom("jongeren_jeugdzorg", "totaal")
    jong = (kolom("inwoners", "0-14") + 0.8 * kolom("inwoners", "15-24")).reindex(gezien.index)
    return gezien, jong * gezien.sum() / jong[gezien.notna()].sum()


def test_zonder_correctie_valt_meer_dan_de_helft_erbuiten(paren):
    tabel = trechter_verhouding(*paren).tabel
    assert (tabel["oordeel"].eq("buiten_998").sum(), len(tabel)) == (201, 345)


def test_met_correctie_blijven_er_enkele_over(paren):
    uit = trechter_verhouding(*paren, keuze=Keuze(spreiding="optellend"))
    assert uit.tabel["signaal"].sum() == 14 and uit.overdispersie.phi == pytest.approx(19.5, abs=0.1)


def test_twee_wegen_naar_hetzelfde_verschil_tussen_gemeenten(paren):
    """√τ² on the square-root scale doubles to a spread of ratios; the gamma says 1/√shape, outliers included."""
    optellend = trechter_verhouding(*paren, keuze=Keuze(spreiding="optellend")).overdispersie.tau2
    gamma = krimpschatting(*paren).vorm
    assert 2 * optellend**0.5 == pytest.approx(0.118, abs=0.005)
    assert gamma**-0.5 == pytest.approx(0.188, abs=0.005)
