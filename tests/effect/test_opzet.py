from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from effecthulp import maatregel, regio_en_donoren, rustig, vermenigvuldig

from analyse.effect import Niveaubreuk, maak_opzet
from analyse.effect.did import schat_donoren


def test_wie_meedoet_of_iets_anders_doet_is_geen_vergelijking():
    regio, donoren = regio_en_donoren()
    wat = maatregel({"GM0200": "2023-07-01", "GM0301": "2030-01-01"})
    opzet = maak_opzet(wat, regio, donoren, ook_bezig=["GM0262"])
    assert opzet.namen == ("GM0200",)
    niet = {regio.rij(code) for code in ("GM0200", "GM0301", "GM0262")}
    assert not niet & set(opzet.vergelijking)
    assert opzet.controles.sum() == 5 + len(donoren.gebieden)


@pytest.mark.parametrize("gebied", ["GM0213", "GM9001", "GM0200"])
def test_een_gemelde_breuk_bij_een_gebied_verandert_de_schatting_niet(gebied):
    """Counts double in 2022 by a new system: undeclared it spoils the estimate, declared it doesn't."""
    opzet = rustig(0.8)
    kapot = vermenigvuldig(opzet.reeks, gebied, slice(12, 28), 2.0)
    breuk = Niveaubreuk(date(2022, 1, 1), "nieuw systeem", gebied)
    regio, donoren = kapot.kies(kapot.gebieden[:8]), kapot.kies(kapot.gebieden[8:])
    gemeld = maak_opzet(maatregel(), replace(regio, breuken=(breuk,)), donoren)
    assert np.exp(schat_donoren(gemeld).log) == pytest.approx(0.8, abs=0.003)


def test_een_breuk_bij_een_ander_geeft_een_los_tweede_niveau():
    opzet = rustig()
    breuk = Niveaubreuk(date(2022, 1, 1), "nieuw systeem", "GM0213")
    regio, donoren = opzet.reeks.kies(opzet.reeks.gebieden[:8]), opzet.reeks.kies(opzet.reeks.gebieden[8:])
    gesplitst = maak_opzet(maatregel(), replace(regio, breuken=(breuk,)), donoren)
    assert len(gesplitst.los) == 1 and gesplitst.los[0] not in (*gesplitst.donoren, *gesplitst.regio)
    assert gesplitst.reeks.gebieden[-1] == "GM0213 vanaf 2022-01-01"


def test_een_gebied_weglaten_maakt_er_geen_vergelijking_van():
    regio, donoren = regio_en_donoren()
    opzet = maak_opzet(maatregel({"GM0200": "2023-07-01", "GM0301": "2024-01-01"}), regio, donoren)
    zonder = opzet.zonder_behandeld(0)
    assert zonder.namen == ("GM0301",)
    assert regio.rij("GM0200") not in zonder.vergelijking
    assert len(opzet.zonder_vergelijking([1, 20]).vergelijking) == len(opzet.vergelijking) - 2
