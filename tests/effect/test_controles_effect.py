"""Every check passes where nothing is wrong and fails on the very thing that it is there for."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from effecthulp import maatregel, met_effect, regio_en_donoren, rustig, vermenigvuldig

from analyse.effect import Niveaubreuk, Opzet, Reeks, maak_opzet
from analyse.effect.controles import (
    breuken,
    jaren_na,
    lengte,
    placebo_gemeente,
    placebo_tijd,
    schijnstart,
    terugval,
    voortrend,
    weglaten,
)
from analyse.effect.venster import Venster

SEED = 11


def opzet(wijzig=lambda regio: regio, *, start=None, seed=SEED) -> Opzet:
    wat = maatregel(start)
    regio, donoren = regio_en_donoren(seed)
    return maak_opzet(wat, wijzig(met_effect(regio, wat, 0.7)), donoren)


def alleen_regio(**anders) -> Opzet:
    regio, _ = regio_en_donoren(SEED)
    return maak_opzet(maatregel(**anders), regio)


def glijdend(regio: Reeks) -> Reeks:
    """Apeldoorn sinks by six percent a quarter, long before the start."""
    return vermenigvuldig(regio, "GM0200", slice(0, 28), 0.94 ** np.arange(28))


@pytest.mark.parametrize(
    "controle", [voortrend, placebo_tijd, placebo_gemeente, weglaten, breuken, terugval, lengte]
)
def test_een_gewone_regio_slaagt(controle):
    uit = controle(opzet())
    assert uit.geslaagd is True and uit.uitslag == "geslaagd", uit.tekst
    assert np.isfinite(uit.getal) and uit.tekst.endswith((".", ")."))


@pytest.mark.parametrize("controle", [voortrend, placebo_tijd])
def test_een_daling_van_voor_de_start_valt_op(controle):
    assert controle(opzet()).geslaagd
    uit = controle(opzet(glijdend))
    assert uit.geslaagd is False and uit.uitslag == "niet geslaagd"


def test_de_voortrend_toont_elk_jaar_voor_de_start():
    tabel = voortrend(opzet(glijdend)).tabel
    assert tabel["jaar_voor"].tolist() == [1, 2, 3, 4]
    assert tabel["procent"].is_monotonic_increasing


def test_een_hele_regio_die_schuift_valt_op():
    def schuif(regio: Reeks) -> Reeks:
        for gebied in regio.gebieden[1:]:
            regio = vermenigvuldig(regio, gebied, slice(18, 28), 0.6)
        return regio

    uit = placebo_gemeente(opzet(schuif))
    assert uit.geslaagd is False and uit.getal >= 2
    assert len(uit.tabel) == 7


def test_een_effect_dat_aan_een_gemeente_hangt_valt_op():
    start = {"GM0200": "2023-07-01", "GM0232": "2023-07-01", "GM0301": "2023-07-01"}
    regio, donoren = regio_en_donoren(SEED)
    een = maak_opzet(maatregel(start), vermenigvuldig(regio, "GM0200", slice(18, 28), 0.5), donoren)
    uit = weglaten(een)
    assert uit.geslaagd is False and "GM0200" in uit.tekst
    assert weglaten(opzet(start=start)).geslaagd


def test_een_effect_dat_uit_een_breuk_komt_valt_op():
    """Until 2022 Apeldoorn counted double; measured over all years that looks like a fall."""
    regio, donoren = regio_en_donoren(SEED)
    dubbel = vermenigvuldig(regio, "GM0200", slice(0, 12), 2.0)
    breuk = Niveaubreuk(date(2022, 1, 1), "ander systeem")
    uit = breuken(maak_opzet(maatregel(), replace(dubbel, breuken=(breuk,)), donoren))
    assert uit.geslaagd is False
    assert set(uit.tabel["variant"]) == {
        "alleen cijfers vanaf 2022 (ander systeem)",
        "alleen de laatste twee jaren voor de start",
    }


def test_een_piek_voor_de_start_is_terugval():
    regio, donoren = regio_en_donoren(4)
    piek = maak_opzet(maatregel(), vermenigvuldig(regio, "GM0200", slice(14, 18), 1.6), donoren)
    uit = terugval(piek)
    assert uit.geslaagd is False and uit.getal > 30 and "Zonder dat jaar" in uit.tekst


def test_gekozen_om_hoge_cijfers_vraagt_altijd_om_de_proef():
    uit = terugval(opzet(), gekozen_om_hoge_cijfers="ja")
    assert uit.geslaagd is True and "Zonder dat jaar" in uit.tekst
    assert "Zonder dat jaar" not in terugval(opzet()).tekst


def test_een_korte_reeks_is_te_kort():
    kort = opzet(start={"GM0200": "2025-07-01"})
    assert lengte(kort).geslaagd is False and jaren_na(kort) == 0.5
    assert lengte(opzet(start={"GM0200": "2020-01-01"})).geslaagd is False


@pytest.mark.parametrize("controle", [voortrend, placebo_tijd, terugval])
@pytest.mark.parametrize("waarom", ["donoren", "jaren"])
def test_wat_niet_kan_zegt_waarom(controle, waarom):
    uit = controle(alleen_regio() if waarom == "donoren" else opzet(start={"GM0200": "2020-01-01"}))
    assert uit.geslaagd is None and uit.uitslag == "kon niet" and np.isnan(uit.getal)
    assert "nodig" in uit.tekst


def test_zonder_donoren_of_vergelijking_kan_placebo_gemeente_niet():
    assert placebo_gemeente(alleen_regio()).geslaagd is None
    assert weglaten(maak_opzet(maatregel(), rustig().reeks.kies(["GM0200", "GM0213"]))).geslaagd is None


def test_een_te_korte_basis_heeft_geen_varianten():
    kort = opzet(start={"GM0200": "2020-10-01"})
    assert breuken(kort).geslaagd is None


def test_een_verzonnen_start_ligt_in_de_tijd_ervoor():
    assert schijnstart(Venster(2, 18, 18, 28)) == Venster(2, 10, 10, 18)
    assert schijnstart(Venster(2, 18, 18, 22)) == Venster(2, 14, 14, 18)
