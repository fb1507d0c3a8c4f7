"""Definition cards: complete, readable, and modest in what they publish."""

from __future__ import annotations

import re

import pytest
from basis_bouwer import params_met

from analyse.meten import INDICATOREN

KAARTEN = params_met().kaarten
TEKSTEN = ("vraag", "teller", "noemer", "waarom", "bewijst_niet")


@pytest.mark.parametrize("naam", INDICATOREN)
def test_kaart_is_compleet(naam):
    """Every text is there; a part of something says of what; totals are published where there are any."""
    kaart = KAARTEN[naam]
    assert all(getattr(kaart, veld) for veld in TEKSTEN if veld != "noemer")
    assert bool(kaart.noemer) == (kaart.eenheid != "aantal")
    assert kaart.vraag.endswith("?")
    assert () in kaart.publiceer or () not in kaart.splitsingen


@pytest.mark.parametrize("naam", INDICATOREN)
def test_kaart_leest_makkelijk(naam):
    """Sentences of at most 28 words, and of 15 on average."""
    tekst = " ".join(getattr(KAARTEN[naam], veld) for veld in TEKSTEN)
    lengtes = [len(zin.split()) for zin in re.split(r"[.?;:]\s", tekst) if zin]
    assert max(lengtes) <= 28 and sum(lengtes) / len(lengtes) <= 15
