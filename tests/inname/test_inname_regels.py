"""The rule table as content: ids, words and views; and the report that is made of findings."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest
from inname_bouwer import WORTEL, jw301, jw305, lees_map, map_met, toegewezen

from analyse.inname import controleer
from analyse.inname.codelijsten import Codelijsten
from analyse.inname.meldingen import MELDINGEN
from analyse.inname.rapport import Rapport
from analyse.inname.regels import regels
from analyse.inname.toetsing import MAX_PLEKKEN

REGELS = regels(Codelijsten(WORTEL))


def test_elk_nummer_betekent_een_ding() -> None:
    """The same id may look at several tables, but always says the same, with the same weight."""
    for id_ in {r.id for r in REGELS} - {"DK01c"}:
        assert len({(r.ernst, r.tekst, r.doe) for r in REGELS if r.id == id_}) == 1, id_
    assert not {r.id for r in REGELS} & set(MELDINGEN)
    assert all(re.fullmatch(r"DK\d\d[a-z]?", r.id) for r in REGELS)
    assert all(re.fullmatch(r"(LV|DK)\d\d[a-z]?", code) for code in MELDINGEN)


def test_elke_tekst_is_een_zin_met_raad() -> None:
    for tekst in [t for r in REGELS for t in (r.tekst, r.doe)] + [
        t for m in MELDINGEN.values() for t in (m.regel, m.doe)
    ]:
        assert tekst.endswith(".") and tekst[0].isupper() and "  " not in tekst
        assert max(len(zin.split()) for zin in re.split(r"[.!?] ", tekst)) <= 20, tekst


def test_opzij_staat_alleen_op_invoer() -> None:
    from analyse.inname.ruw import RUW

    assert {r.zicht for r in REGELS if r.opzij} == set(RUW)


def test_veel_dezelfde_fouten_worden_een_regel(tmp_path: Path) -> None:
    berichten = [jw301(toegewezen("1")), *(jw305(f"9{i}", "2024-02-01") for i in range(MAX_PLEKKEN + 15))]
    map_met(tmp_path / "in", berichten)
    basis = lees_map(tmp_path / "in", tmp_path / "uit")
    t = basis.pandas("bevindingen").query("code == 'DK12a'")
    assert len(t) == MAX_PLEKKEN + 1
    assert t["aantal"].sum() == MAX_PLEKKEN + 15
    assert t["plek"].tolist()[-1] == "overige plekken"
    tekst = controleer(basis).tekst
    totaal, elders = (f"{MAX_PLEKKEN + n:,}".replace(",", ".") for n in (15, 12))
    assert f"({totaal} keer)" in tekst
    assert f"en {elders} keer op andere plekken" in tekst


@pytest.fixture
def rapport() -> Rapport:
    def bevinding(code: str, ernst: str, gebied: str, **rest: object) -> dict[str, object]:
        vast = {
            "bestand": "",
            "plek": "",
            "regel": f"Regel {code}.",
            "ontvangen": "",
            "doe": "Doe iets.",
            "aantal": 1,
            "aanbieder": "",
            "euro_cent": None,
            "raakt": "alles" if ernst == "blokkerend" else "",
        }
        return {"code": code, "ernst": ernst, "gebied": gebied, **vast, **rest}

    bevindingen = [
        bevinding("LV16", "informatie", "REGIO"),
        bevinding(
            "DK12a",
            "waarschuwing",
            "GM0200",
            bestand="b.zip",
            plek="rij 3",
            aanbieder="98980001",
            euro_cent=123_456_78,
        ),
        bevinding(
            "DK12a",
            "waarschuwing",
            "GM0200",
            bestand="b.zip",
            plek="overige plekken",
            aanbieder="98980002",
            aantal=1199,
        ),
        bevinding("LV09", "blokkerend", "GM0213", ontvangen="zonder einddatum"),
    ]
    loten = {"gelezen": 12345, "gebruikt": 12000, "vervangen": 300, "verwijderd": 40, "opzij": 5}
    telling = [{"gebied": "GM0200", "bestand": "b.zip", "tabel": "toewijzingen", **loten}]
    leveringen = [
        {"gemeente": g, "peildatum": pd.Timestamp("2025-12-31"), "vorm": "xml", "maatregelen_geleverd": True}
        for g in ("GM0200", "GM0213")
    ]
    return Rapport(pd.DataFrame(bevindingen), pd.DataFrame(telling), pd.DataFrame(leveringen))


def test_rapport_als_tekst(rapport: Rapport) -> None:
    assert rapport.tekst == (
        "GM0200\n"
        "======\n"
        "Peildatum: 31-12-2025. Vorm: xml.\n"
        "Bestanden: 1.\n"
        "                    gelezen    gebruikt   vervangen  verwijderd       opzij\n"
        "  toewijzingen       12.345      12.000         300          40           5\n"
        "Let op:\n"
        "  DK12a  Regel DK12a. (1.200 keer, het gaat om 123.457 euro)\n"
        "        b.zip, rij 3\n"
        "        en 1.199 keer op andere plekken\n"
        "        Vooral bij aanbieder 98980002 (1.199), 98980001 (1)\n"
        "        Wat u kunt doen: Doe iets.\n"
        "\n"
        "GM0213\n"
        "======\n"
        "Peildatum: 31-12-2025. Vorm: xml.\n"
        "Moet eerst worden opgelost:\n"
        "  LV09  Regel LV09. (1 keer)\n"
        "        zonder einddatum\n"
        "        Wat u kunt doen: Doe iets.\n"
        "\n"
        "REGIO\n"
        "=====\n"
        "Ter informatie:\n"
        "  LV16  Regel LV16. (1 keer)\n"
        "        Wat u kunt doen: Doe iets.\n"
        "\n"
        "Elke gelezen regel staat in precies een van de vier kolommen.\n"
        "Gebruikt: telt mee. Vervangen: een herhaling, of er kwam een nieuwere. "
        "Verwijderd: door de bron ingetrokken.\n"
        "Opzij: niet te gebruiken; de bevindingen zeggen waarom.\n"
        "\n"
        "Geen cijfers voor: GM0213.\n"
        "Los eerst de punten onder 'Moet eerst worden opgelost' op.\n"
    )


def test_geblokkeerd(rapport: Rapport) -> None:
    assert rapport.geblokkeerd == ("GM0213",)
    schoon = Rapport(rapport.bevindingen.iloc[:3], rapport.telling, rapport.leveringen)
    assert schoon.geblokkeerd == ()
    assert schoon.tekst.endswith("Alle cijfers kunnen worden gemaakt.\n")


def test_alleen_bedragen_geblokkeerd(rapport: Rapport) -> None:
    euro = rapport.bevindingen.assign(raakt=rapport.bevindingen["raakt"].replace("alles", "euro"))
    deels = Rapport(euro, rapport.telling, rapport.leveringen)
    assert (deels.geblokkeerd, deels.zonder_euro) == (("GM0213",), ("GM0213",))
    assert "Wel cijfers, maar geen bedragen voor: GM0213.\n" in deels.tekst
    assert "Geen cijfers voor" not in deels.tekst


def test_gewicht_per_aanbieder(rapport: Rapport) -> None:
    t = rapport.per_aanbieder.query("code == 'DK12a'").set_index("aanbieder")
    assert t["aantal"].to_dict() == {"98980001": 1, "98980002": 1199}
    assert t.loc["98980001", "euro_cent"] == 123_456_78 and pd.isna(t.loc["98980002", "euro_cent"])
