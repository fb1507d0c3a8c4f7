import math
from dataclasses import replace

import numpy as np
from effecthulp import maatregel, met_effect, regio_en_donoren

from analyse.effect import kleinste_effect, maak_opzet


def kleinste(start, *, seed=2, met_donoren=True, factor=None):
    wat = maatregel(start)
    regio, donoren = regio_en_donoren(seed)
    regio = regio if factor is None else met_effect(regio, wat, factor)
    return kleinste_effect(maak_opzet(wat, regio, donoren if met_donoren else None))


GROOT = {"GM0200": "2023-07-01"}
KLEIN = {"GM0244": "2023-07-01"}


def test_de_uitkomst_zelf_telt_niet_mee():
    """Whatever happens after the start, to anybody, the number stays the same."""
    wat = maatregel(GROOT)
    regio, donoren = regio_en_donoren(2)
    gewoon = kleinste_effect(maak_opzet(wat, regio, donoren))
    anders = []
    for reeks in (regio, donoren):
        aantal = reeks.aantal.copy()
        aantal[:, 18:] = np.random.default_rng(1).poisson(5, size=aantal[:, 18:].shape)
        anders.append(replace(reeks, aantal=aantal))
    assert kleinste_effect(maak_opzet(wat, *anders)) == gewoon


def test_meer_gemeenten_en_grotere_gemeenten_zien_kleinere_effecten():
    drie = dict.fromkeys(["GM0200", "GM0232", "GM0301"], "2023-07-01")
    assert 5 < kleinste(drie) < kleinste(GROOT) < kleinste(KLEIN) < 80


def test_een_korte_tijd_ziet_minder_en_rekent_met_een_heel_jaar():
    lang, kort = kleinste(GROOT), kleinste({"GM0200": "2025-10-01"})
    assert lang < kort < 3 * lang


def test_zonder_donoren_ziet_een_van_acht_niets():
    assert kleinste(GROOT, met_donoren=False) == math.inf
    drie = dict.fromkeys(["GM0200", "GM0232", "GM0301"], "2023-07-01")
    assert kleinste(drie) * 0.8 < kleinste(drie, met_donoren=False) < 100


def test_zonder_tijd_ervoor_of_zonder_start_is_er_niets_te_rekenen():
    assert math.isnan(kleinste({"GM0200": "2019-03-01"}))
    assert math.isnan(kleinste({"GM0200": "2030-01-01"}))
