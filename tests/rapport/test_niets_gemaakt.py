"""What is said of a report that was asked for and not made: why, and what to ask for instead."""

from __future__ import annotations

import pytest
from proef import rapport

from analyse.params import RapportParams
from analyse.uitvoeren import zonder_eenheid


def _rapport(**anders: object) -> RapportParams:
    return rapport("een").model_copy(update=anders)


@pytest.mark.parametrize(
    ("anders", "alleen", "zin"),
    [
        ({"gebieden": "regio"}, ("GM0200",), "alleen voor de regio: vraag het met --gebied REGIO"),
        ({"gebieden": "gemeenten"}, ("REGIO",), "alleen per gemeente: vraag het met --gebied"),
        ({"gebieden": "regio", "per": "praktijk"}, ("GM0200",), "alleen voor de regio"),
        ({"gebieden": "regio", "per": "praktijk"}, None, "geen huisartspraktijk als verwijzer"),
        ({"gebieden": "gemeenten", "per": "team"}, ("GM0200",), "welk team een toewijzing gaf"),
    ],
)
def test_zegt_waarom_er_niets_is_en_wat_u_kunt_vragen(maak_opdracht, anders, alleen, zin):
    opdracht = maak_opdracht({"een": []}, rapporten=(_rapport(**anders),), alleen=alleen)
    (regel,) = zonder_eenheid([opdracht])
    assert zin in regel and regel.startswith(opdracht.rapporten[0].titel)


def test_van_wat_gemaakt_wordt_of_niet_gevraagd_is_zegt_het_niets(maak_opdracht):
    stukken = (_rapport(), _rapport(naam="ander", gebieden="regio"))
    opdracht = maak_opdracht(
        {"een": []}, rapporten=stukken, alleen=("GM0200",), alleen_rapporten=(stukken[0].naam,)
    )
    assert zonder_eenheid([opdracht]) == []
