"""What was published is noted once, stays readable, and can't be changed unseen."""

from __future__ import annotations

import pandas as pd
import pytest

from analyse.kern.fouten import DomeinFout
from analyse.vrijgave import register
from vrijgave.hulp import cel, lekken, meting, publiceer, telling

INSTROOM = "trajecten.instroom"
EERST = {"GM0200": 300, "GM0213": 120, "GM0232": 90, "GM0244": 4}


def _vrijgave(waarden, vorige=()):
    return publiceer(meting(telling(INSTROOM, waarden)), vorige=vorige)[0]


def test_wat_is_vastgelegd_komt_terug(tmp_path):
    vrijgave = _vrijgave(EERST)
    uitgifte = register.leg_vast(vrijgave, tmp_path, "2025-H1")
    assert (uitgifte.nummer, uitgifte.stand) == (1, "gepubliceerd")
    (terug,) = register.lees(tmp_path, "2025-H2")
    pd.testing.assert_frame_equal(terug.tabel, vrijgave.tabel)
    assert register.lees(tmp_path, "2024-H2") == ()


def test_dezelfde_cijfers_zijn_een_uitgifte_en_een_correctie_is_een_tweede(tmp_path):
    register.leg_vast(_vrijgave(EERST), tmp_path, "2025-H1")
    leeg = register.som(tmp_path, "2024-H2")
    een = register.som(tmp_path, "2025-H1")
    assert register.leg_vast(_vrijgave(EERST), tmp_path, "2025-H1").nummer == 1
    assert register.som(tmp_path, "2025-H1") == een != leeg
    assert register.leg_vast(_vrijgave({**EERST, "GM0200": 340}), tmp_path, "2025-H1").nummer == 2
    assert len(register.lees(tmp_path, "2025-H1")) == 2


def test_een_correctie_van_dezelfde_editie_houdt_verborgen_wat_verborgen_was(tmp_path):
    register.leg_vast(_vrijgave(EERST), tmp_path, "2025-H1")
    bron = meting(telling(INSTROOM, {**EERST, "GM0244": 14}))
    vorige = register.lees(tmp_path, "2025-H1")
    nieuw, _ = publiceer(bron, vorige=vorige)
    assert cel(nieuw, INSTROOM, "GM0244")["status"] == "verborgen"
    assert lekken(nieuw, bron, vorige=vorige).empty
    # The same figures again are the same release, whatever the register holds.
    zelfde, _ = publiceer(meting(telling(INSTROOM, EERST)), vorige=vorige)
    pd.testing.assert_frame_equal(zelfde.tabel, vorige[0].tabel)


def test_een_concept_telt_niet_en_wordt_vervangen(tmp_path):
    register.leg_vast(_vrijgave(EERST), tmp_path, "2025-H1", concept=True)
    assert register.lees(tmp_path, "2025-H2") == ()
    register.leg_vast(_vrijgave({**EERST, "GM0200": 340}), tmp_path, "2025-H1", concept=True)
    assert [u.nummer for u in register.uitgiften(tmp_path)] == [1]
    register.leg_vast(_vrijgave({**EERST, "GM0200": 340}), tmp_path, "2025-H1")
    assert [(u.nummer, u.stand) for u in register.uitgiften(tmp_path)] == [(1, "gepubliceerd")]


def test_intrekken_vraagt_een_reden(tmp_path):
    register.leg_vast(_vrijgave(EERST), tmp_path, "2025-H1")
    with pytest.raises(DomeinFout, match="met een reden"):
        register.trek_in(tmp_path, "2025-H1", 1, reden=" ")
    register.trek_in(tmp_path, "2025-H1", 1, reden="Alleen op de eigen computer gemaakt.")
    assert register.lees(tmp_path, "2025-H1") == ()
    assert register.uitgiften(tmp_path)[0].reden == "Alleen op de eigen computer gemaakt."
    # A withdrawn number isn't used again.
    assert register.leg_vast(_vrijgave(EERST), tmp_path, "2025-H1").nummer == 2


def test_een_register_dat_met_de_hand_is_veranderd_wordt_geweigerd(tmp_path):
    register.leg_vast(_vrijgave(EERST), tmp_path, "2025-H1")
    pad = tmp_path / "2025-H1.parquet"
    tabel = pd.read_parquet(pad)
    tabel.loc[tabel["status"].eq("verborgen"), ["waarde", "teller", "status"]] = [4.0, 4.0, "definitief"]
    tabel.to_parquet(pad, index=False)
    with pytest.raises(DomeinFout, match="klopt niet meer"):
        register.lees(tmp_path, "2025-H1")
