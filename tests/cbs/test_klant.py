"""The client: pages, hiccups, and an end to it."""

from __future__ import annotations

import socket

import pytest
from nepdienst import draai, verwijzertabel

from analyse.cbs import CbsFout, ODataKlant, Onbereikbaar

TABELLEN = {"85097NED": verwijzertabel()}


def _klant(dienst, **keuzes) -> tuple[ODataKlant, list[float]]:
    gewacht: list[float] = []
    return ODataKlant(dienst.basis, seconden=5.0, slaap=gewacht.append, **keuzes), gewacht


def test_alle_bladzijden_van_dezelfde_dienst():
    """The link to the next page names another host; only its path and query are followed."""
    with draai(TABELLEN, bladgrootte=7) as dienst:
        klant, _ = _klant(dienst)
        rijen = list(klant.rijen("85097NED", "TypedDataSet", filter_="RegioS eq 'GM0200 '", kolommen=("RegioS",)))
    assert rijen == TABELLEN["85097NED"]["TypedDataSet"]
    assert len(dienst.vragen) == -(-len(rijen) // 7)
    assert dienst.vragen[0] == ("85097NED/TypedDataSet", "RegioS eq 'GM0200 '")


@pytest.mark.parametrize("storingen", [[503], [429, 500]])
def test_na_een_storing_nog_eens(storingen):
    with draai(TABELLEN, storingen=list(storingen)) as dienst:
        klant, gewacht = _klant(dienst)
        assert len(list(klant.rijen("85097NED", "TableInfos"))) == 1
    assert gewacht == [1.0, 2.0][: len(storingen)]


def test_drie_storingen_is_een_fout():
    with draai(TABELLEN, storingen=[500, 502, 503]) as dienst, pytest.raises(CbsFout, match="storing") as fout:
        list(_klant(dienst)[0].rijen("85097NED", "TableInfos"))
    assert fout.value.exitcode == 11 and not isinstance(fout.value, Onbereikbaar)


def test_onbekende_tabel_wordt_niet_nog_eens_gevraagd():
    with draai(TABELLEN) as dienst, pytest.raises(CbsFout, match="kent deze tabel niet"):
        list(_klant(dienst)[0].rijen("99999NED", "TableInfos"))
    assert len(dienst.vragen) == 1


def test_een_webpagina_is_geen_antwoord():
    with draai(TABELLEN, storingen=["rommel"]) as dienst, pytest.raises(CbsFout, match="geen JSON"):
        list(_klant(dienst)[0].rijen("85097NED", "TableInfos"))


def test_bladzijden_in_een_rondje_houden_op():
    with draai(TABELLEN, rondjes=True) as dienst, pytest.raises(CbsFout, match="niet aan een eind"):
        list(_klant(dienst)[0].rijen("85097NED", "TypedDataSet"))


def test_niemand_thuis():
    with socket.socket() as bezet:
        bezet.bind(("127.0.0.1", 0))  # taken and not listening: refused at once
        klant = ODataKlant(f"http://127.0.0.1:{bezet.getsockname()[1]}", seconden=2.0, slaap=lambda _: None)
        with pytest.raises(Onbereikbaar, match="niet bereikbaar"):
            list(klant.rijen("85097NED", "TableInfos"))
