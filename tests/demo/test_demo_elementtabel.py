"""Every generated message against the published element table; the check itself on the official examples first."""

from __future__ import annotations

import re

import pytest
from demo_elementtabel import keur, lees_tabel
from gedeeld import gedeeld

pytestmark = pytest.mark.xdist_group("demo_berichten")  # one worker makes the region once

MET_TABEL = ("301", "305", "307", "315", "317", "319", "323", "325")
# The official 315 asks for 31 June, twice.
BEKEND = {"315": ["/Bericht/Client/AangevraagdeProducten/AangevraagdProduct/ToewijzingEinddatum"] * 2}
_RETOUR = re.compile(
    rb"<jw302:(RetourCodes|IdentificatieRetour|DagtekeningRetour|XsdVersieRetour)>.*?</jw302:\1>", re.DOTALL
)


@pytest.fixture(scope="module")
def tabel():
    return lees_tabel(gedeeld("domein/berichtelementen_ijw_3_2.csv"))


@pytest.mark.parametrize("soort", MET_TABEL)
def test_de_keuring_zelf_op_de_officiele_voorbeelden(tabel, soort):
    voorbeeld = gedeeld(f"data/ijw32/berichten/JW{soort}.xml").read_bytes()

    fouten = keur(f"JW{soort}", tabel[f"JW{soort}"], voorbeeld)

    assert [fout.split(":")[0] for fout in fouten] == BEKEND.get(soort, [])


@pytest.mark.parametrize(
    ("van", "naar", "verwacht"),
    [
        ("<jw301:Geslacht>1<", "<jw301:Geslacht>7<", "/Bericht/Client/Geslacht: '7' tegen ('enum', '0,1,2')"),
        ("<jw301:Bsn>999900006</jw301:Bsn>", "", "/Bericht/Client/Bsn: 0 keer"),
        ("ijw:NaamGebruik", "jw301:NaamGebruik", "/Bericht/Client/Naam/NaamGebruik: 0 keer"),
        ("2026-07-14", "2026-07-32", "'2026-07-32' is geen xs:date"),
    ],
)
def test_de_keuring_ziet_fouten(tabel, van, naar, verwacht):
    voorbeeld = gedeeld("data/ijw32/berichten/JW301.xml").read_text(encoding="utf-8")
    assert van in voorbeeld

    fouten = keur("JW301", tabel["JW301"], voorbeeld.replace(van, naar).encode())

    assert any(verwacht in fout for fout in fouten)


@pytest.mark.parametrize("soort", MET_TABEL)
def test_elk_bericht_past_op_de_elementtabel(tabel, berichten, soort):
    assert len(berichten[soort]) >= 20

    fouten = {fout for _, bericht in berichten[soort] for fout in keur(f"JW{soort}", tabel[f"JW{soort}"], bericht)}

    assert not fouten


def test_een_302_is_de_301_met_retourcodes(tabel, berichten):
    fout, goed = 0, 0
    for _, bericht in berichten["302"]:
        assert re.search(rb"<jw302:IdentificatieRetour>.+<jw302:RetourCode>0200</jw302:RetourCode>", bericht)
        if b"<jw302:Client>" not in bericht:
            goed += 1
            continue
        kaal = _RETOUR.sub(b"", bericht).replace(b"jw302", b"jw301").replace(b">437<", b">436<")
        assert keur("JW301", tabel["JW301"], kaal) == []
        fout += 1
    assert fout >= 3
    assert goed >= 3
