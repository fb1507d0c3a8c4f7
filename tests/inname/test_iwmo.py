"""iWmo 3.2 through the same readers: own codes, own meaning, and never counted as jeugdhulp."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pandas as pd
import pytest
from gedeeld import gedeeld
from inname_bouwer import (
    AGB,
    BSN,
    CODE,
    WORTEL,
    bericht,
    client,
    jw301,
    jw305,
    jw307,
    jw323,
    lees_map,
    map_met,
    prestatie,
    toegewezen,
)

from analyse.inname.berichten import BerichtLezer
from analyse.inname.codelijsten import Codelijsten
from analyse.inname.ruw import RUW
from analyse.inname.soorten import SOORTEN, Klasse
from analyse.kern.basis import Basis
from analyse.meten import meet
from analyse.params import Params

# Elements that iJw has and iWmo 3.2 doesn't.
ALLEEN_JW = {("315", "GezagsdragerBekend"), ("319", "Woonplaatsbeginsel")}
HULP = {"Categorie": "02", "Code": "02A03"}  # WMO020: begeleiding


def _rijen(inhoud: bytes) -> dict[str, list[dict[str, str | None]]]:
    lezer = BerichtLezer()
    assert lezer.lees(inhoud, bron=0, nr=0, naam="") is None
    return {t: [dict(zip(RUW[t], rij[3:], strict=True)) for rij in lezer.rijen[t]] for t in lezer.rijen}


@pytest.mark.parametrize("soort", ["301", "305", "307", "315", "317", "323"])
def test_officieel_voorbeeld_als_iwmo_geeft_dezelfde_rijen(soort: str) -> None:
    """No public iWmo examples exist; the structure is that of iJw, so an iJw example under Wmo names is one."""
    jw = (gedeeld("data/ijw32/berichten") / f"JW{soort}.xml").read_text(encoding="utf-8")
    kaal = re.sub(r"<jw315:GezagsdragerBekend>.*?</jw315:GezagsdragerBekend>\s*", "", jw, flags=re.S)
    wmo = kaal.replace("/ijw/", "/iwmo/").replace(f"jw{soort}", f"wmo{soort}")
    wmo = wmo.replace(f">{CODE['Jw'][soort]}<", f">{CODE['Wmo'][soort]}<")
    een, twee = _rijen(jw.encode()), _rijen(wmo.encode())
    assert sum(map(len, een.values())) > 0
    for tabel, rijen in een.items():
        if "domein" in RUW[tabel]:
            assert {rij["domein"] for rij in rijen} <= {"Jw"}
            assert {rij["domein"] for rij in twee[tabel]} <= {"Wmo"}
        assert [{**rij, "domein": ""} for rij in rijen] == [{**rij, "domein": ""} for rij in twee[tabel]]


def _paden(klasse: Klasse) -> set[str]:
    return {f"{klasse.pad}/{pad}" for pad in klasse.velden} | set(klasse.boven)


@pytest.mark.parametrize("soort", ["301", "305", "307", "315", "317", "319", "323"])
def test_elk_gelezen_element_bestaat_in_iwmo(soort: str) -> None:
    """Every path that is read stands in the XSD of iWmo 3.2, but for the two that only iJw has."""
    with (gedeeld("domein") / "berichtelementen_iwmo_3_2.csv").open(encoding="utf-8", newline="") as bestand:
        rijen = [rij for rij in csv.DictReader(bestand) if rij["bericht"] == f"WMO{soort}"]
    bekend = {rij["pad"].removeprefix("/Bericht/") for rij in rijen}
    gelezen = {pad for klasse in SOORTEN[soort].klassen for pad in _paden(klasse)}
    alleen_jw = {naam for kort, naam in ALLEEN_JW if kort == soort}
    vreemd = {pad for pad in gelezen - bekend if not alleen_jw & set(pad.split("/"))}
    assert len(gelezen & bekend) >= 3
    assert not vreemd


def test_code_31_betekent_iets_anders() -> None:
    lijsten = Codelijsten(WORTEL)
    assert "volgens plan" in lijsten.betekenissen("ijw_jz588_reden_beeindiging")["31"]
    assert "Verhuizing" in lijsten.betekenissen("iwmo_wmo588_reden_beeindiging")["31"]


def _sluit(basis: Basis) -> None:
    """Nothing lost: the four lots add up per file and table."""
    t = basis.pandas("telling")
    assert (t["gelezen"] == t["gebruikt"] + t["vervangen"] + t["verwijderd"] + t["opzij"]).all()


def _wmo(*, bsn: str = BSN[0], nummer: str = "1") -> list[bytes]:
    """Wmo help for a child: the same toewijzingnummer as its jeugdhulp may have."""
    product = toegewezen(nummer, Product=HULP)
    declaratie = prestatie("W1", nummer, ProductCategorie="02", ProductCode="02A03")
    return [
        jw301(product, bsn=bsn, domein="Wmo"),
        jw305(nummer, "2024-01-01", bsn=bsn, domein="Wmo"),
        jw307(nummer, "2024-01-01", "2024-06-30", reden="19", bsn=bsn, domein="Wmo"),
        jw323(declaratie, nummer="DW", bsn=bsn, domein="Wmo"),
    ]


def _jw() -> list[bytes]:
    return [
        jw301(toegewezen("1")),
        jw305("1", "2024-01-01"),
        jw307("1", "2024-01-01", "2024-12-31", reden="31"),
        jw323(prestatie("R1")),
    ]


def test_elk_domein_toetst_met_eigen_codes(tmp_path: Path) -> None:
    fout = jw307("1", "2024-01-01", "2024-12-31", reden="19")  # 19 is a code of the Wmo only
    map_met(tmp_path / "in", [*_jw()[:2], fout, *_wmo(bsn=BSN[1], nummer="7")])
    basis = lees_map(tmp_path / "in", tmp_path / "uit")
    gevonden = basis.pandas("bevindingen").query("code == 'DK01c'")
    assert gevonden["aantal"].sum() == 1
    assert "reden_beeindiging" in gevonden["regel"].iloc[0]
    toewijzingen = basis.pandas("toewijzingen").set_index("domein")
    assert toewijzingen.loc["Wmo", "productcategorie"] == "02"
    assert pd.isna(toewijzingen.loc["Wmo", "hulpvorm"])
    _sluit(basis)


@pytest.mark.traag
def test_wmo_telt_nooit_als_jeugdhulp(tmp_path: Path) -> None:
    """The same children and toewijzingnummers in both domains, and Wmo codes that look like codes of jeugdhulp."""
    params = Params.open(WORTEL)
    lijkt = [toegewezen("9", Product={"Categorie": "45", "Code": "45A04"})]
    extra = [
        *_wmo(),
        *_wmo(bsn=BSN[1], nummer="8"),
        jw301(*lijkt, bsn=BSN[2], domein="Wmo"),
        jw305("9", "2024-01-01", bsn=BSN[2], domein="Wmo"),
        jw323(prestatie("W9", "9"), nummer="DX", bsn=BSN[2], domein="Wmo"),
        bericht(
            "315",
            {
                "Client": client(
                    BSN[1],
                    AangevraagdeProducten={
                        "AangevraagdProduct": {
                            "ReferentieAanbieder": "V8",
                            "Product": HULP,
                            "Verwijzer": {"Type": "02", "ZorgverlenerCode": AGB},
                        }
                    },
                )
            },
            domein="Wmo",
        ),
    ]
    metingen = []
    for naam, berichten in (("jw", _jw()), ("beide", [*_jw(), *extra])):
        map_met(tmp_path / naam, berichten)
        basis = lees_map(tmp_path / naam, tmp_path / f"uit_{naam}")
        bevolking = pd.DataFrame({"gebied": ["GM0200"], "jaar": [2024], "leeftijd": ["0-22"], "aantal": [1000]})
        metingen.append((basis, meet(basis, params=params, bevolking=bevolking).tabel))
    assert len(metingen[1][0].pandas("toewijzingen")) == len(metingen[0][0].pandas("toewijzingen")) + 3
    assert (metingen[0][1]["waarde"] > 0).any()
    pd.testing.assert_frame_equal(metingen[0][1], metingen[1][1])
    for basis, _ in metingen:
        _sluit(basis)
