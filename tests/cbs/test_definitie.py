"""One switch chooses the definition of a traject; the text that goes with it says which one."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from analyse.params import Params, Rekenregels


def test_cbs_voegt_alleen_overlap_samen():
    regels = Rekenregels(definitie="cbs", max_gat_dagen=30)
    assert (regels.effectief.max_gat_dagen, regels.effectief.administratief_doortellen) == (-1, False)
    assert regels.effectief.terugblik_jaren == regels.terugblik_jaren
    assert regels.effectief.effectief == regels.effectief


def test_regionaal_blijft_zoals_gekozen():
    regels = Rekenregels(max_gat_dagen=30)
    assert regels.effectief is regels
    assert Params.open().regio.rekenregels.definitie == "regionaal"


def test_andere_definitie_bestaat_niet():
    with pytest.raises(ValidationError):
        Rekenregels(definitie="landelijk")


@pytest.mark.parametrize(
    ("regels", "wel", "niet"),
    [
        ({}, ["die aansluiten", "op papier", "telt daardoor meer trajecten"], ["dagen ertussen"]),
        ({"max_gat_dagen": 14}, ["hooguit 14 dagen ertussen"], ["aansluiten"]),
        ({"administratief_doortellen": False}, ["die aansluiten"], ["op papier"]),
        ({"definitie": "cbs"}, ["zoals het CBS dat doet"], ["regionale", "op papier"]),
    ],
)
def test_de_tekst_hoort_bij_de_keuze(regels, wel, niet):
    tekst = Rekenregels(**regels).definitie_tekst
    assert all(zin in tekst for zin in wel) and not any(zin in tekst for zin in niet)
