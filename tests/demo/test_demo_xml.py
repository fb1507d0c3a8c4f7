"""Structure of the messages without any outside table: what a reader relies on."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import Counter, defaultdict

import pytest

from analyse.demo import elfproef
from analyse.demo.wereld import PEILDATUM

pytestmark = pytest.mark.xdist_group("demo_berichten")  # one worker makes the region once

SOORTEN = {"301", "302", "305", "307", "315", "317", "319", "323", "325"}


def _kaal(element: ET.Element) -> str:
    return element.tag.split("}")[1]


def _alle(bericht: bytes, naam: str) -> list[str]:
    return [e.text or "" for e in ET.fromstring(bericht).iter() if _kaal(e) == naam]


def _producten(bericht: bytes) -> list[dict[str, str]]:
    boom = ET.fromstring(bericht)
    return [
        {_kaal(kind): kind.text or "" for kind in product}
        for product in boom.iter()
        if _kaal(product) == "ToegewezenProduct"
    ]


def test_alle_negen_soorten_komen_voor(berichten):
    assert set(berichten) == SOORTEN


def test_wortel_en_kop_horen_bij_de_soort(berichten):
    codes = {}
    for soort, lijst in berichten.items():
        for gemeente, bericht in lijst[:40]:
            boom = ET.fromstring(bericht)
            assert boom.tag == f"{{http://www.istandaarden.nl/ijw/3_2/jw{soort}/schema}}Bericht"
            kop = {_kaal(kind): kind.text for kind in boom[0]}
            assert gemeente[2:] in (kop["Afzender"], kop["Ontvanger"])
            assert len(kop["Afzender"]) + len(kop["Ontvanger"]) == 12
            codes[soort] = kop["BerichtCode"]
    assert codes == {
        "301": "436", "302": "437", "305": "438", "307": "440", "315": "446", "317": "486", "319": "488",
        "323": "490", "325": "491",
    }  # fmt: skip


def test_niets_is_van_na_de_peildatum(berichten):
    dagen = {dag for lijst in berichten.values() for _, b in lijst for dag in _alle(b, "Dagtekening")}
    assert max(dagen) <= PEILDATUM.isoformat()
    assert min(dagen) < "2019-01-01"


def test_bsns_komen_uit_de_testreeks(berichten):
    bsns = {bsn for soort in ("301", "315") for _, b in berichten[soort] for bsn in _alle(b, "Bsn")}
    assert len(bsns) > 200
    assert all("999900006" <= bsn <= "999999990" and elfproef(bsn) for bsn in bsns)


def test_een_301_herhaalt_wat_loopt_zonder_reden(berichten):
    versies = defaultdict(list)
    for gemeente, bericht in berichten["301"]:
        for product in _producten(bericht):
            sleutel = (
                gemeente,
                product["ToewijzingNummer"],
                product["Toewijzingsdatum"],
                product["Toewijzingstijd"],
            )
            versies[sleutel].append(product)
    herhaald = [lijst for lijst in versies.values() if len(lijst) > 1]
    assert len(herhaald) > 30
    for eerste, *rest in herhaald:
        assert all("RedenWijziging" not in product for product in rest)
        assert all(product.get("Einddatum") == eerste.get("Einddatum") for product in rest)
        assert all(product.get("ReferentieAanbieder", "W").startswith("W") for product in rest)


def test_een_nummer_hoort_bij_een_kind(berichten):
    clienten = defaultdict(set)
    for gemeente, bericht in berichten["301"]:
        for product in _producten(bericht):
            clienten[gemeente, product["ToewijzingNummer"]].add(_alle(bericht, "Bsn")[0])
    assert all(len(bsns) == 1 for bsns in clienten.values())


def test_een_325_noemt_alleen_regels_van_zijn_323(berichten):
    gedeclareerd = {
        (g, _alle(b, "DeclaratieNummer")[0]): Counter(_alle(b, "ReferentieNummer")) for g, b in berichten["323"]
    }
    afgewezen = 0
    for gemeente, bericht in berichten["325"]:
        regels = Counter(_alle(bericht, "ReferentieNummer"))
        assert regels <= gedeclareerd[gemeente, _alle(bericht, "DeclaratieNummer")[0]]
        afgewezen += regels.total()
    assert afgewezen > 10


def test_totalen_van_een_declaratie_kloppen(berichten):
    for _, bericht in berichten["323"]:
        bedragen = list(map(int, _alle(bericht, "Bedrag")))
        tekens = [1 if dc == "D" else -1 for dc in _alle(bericht, "DebetCredit")]
        totaal = int(_alle(bericht, "TotaalBedrag")[0]) * tekens[0]
        assert totaal == sum(b * t for b, t in zip(bedragen, tekens[1:], strict=True))


def test_een_regel_ligt_in_een_kalendermaand_en_is_volume_maal_tarief(berichten):
    for _, bericht in berichten["323"]:
        begin, eind = _alle(bericht, "Begindatum")[1:], _alle(bericht, "Einddatum")[1:]
        assert [dag[:7] for dag in begin] == [dag[:7] for dag in eind]
        maten = (_alle(bericht, naam) for naam in ("GeleverdVolume", "ProductTarief", "Bedrag"))
        assert all(int(v) * int(t) == int(b) for v, t, b in zip(*maten, strict=True))
