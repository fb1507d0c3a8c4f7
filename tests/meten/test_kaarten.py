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
    """Every text is there; a part of something says of what; what is published has its totals published too."""
    kaart = KAARTEN[naam]
    assert all(getattr(kaart, veld) for veld in TEKSTEN if veld != "noemer")
    assert kaart.eenheid == "euro" or bool(kaart.noemer) == (kaart.eenheid != "aantal")
    assert kaart.vraag.endswith("?")
    assert not kaart.publiceer or () in kaart.publiceer or () not in kaart.splitsingen


@pytest.mark.parametrize("naam", INDICATOREN)
def test_kaart_leest_makkelijk(naam):
    """Sentences of at most 28 words, and of 15 on average."""
    tekst = " ".join(getattr(KAARTEN[naam], veld) for veld in TEKSTEN)
    lengtes = [len(zin.split()) for zin in re.split(r"[.?;:]\s", tekst) if zin]
    assert max(lengtes) <= 28 and sum(lengtes) / len(lengtes) <= 15
