"""Chapter datakwaliteit stays one page, however much was found."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
from fabriek import maak_beeld

from analyse.kern.resultaat import Vrijgave
from analyse.weergave import Tabel
from analyse.weergave.beeld import Beeld
from analyse.weergave.hoofdstukken import datakwaliteit


def _beeld(tabel: pd.DataFrame, soorten: list[tuple[str, str, float | None]]) -> Beeld:
    kwaliteit = pd.DataFrame(
        [("GM0200", code, ernst, f"Regel {code}.", "Doe iets.", aantal) for code, ernst, aantal in soorten],
        columns=["gebied", "code", "ernst", "regel", "doe", "aantal"],
    ).astype({"aantal": "Float64"})
    return replace(maak_beeld("GM0200", tabel=tabel), vrijgave=Vrijgave(tabel, kwaliteit))


def test_wat_het_vaakst_voorkomt_en_de_rest_geteld(tabel: pd.DataFrame) -> None:
    soorten = [(f"DK{n:02d}", "waarschuwing", 10.0 * n) for n in range(1, 16)]
    t = datakwaliteit.bevindingen(_beeld(tabel, [*soorten, ("DK99", "informatie", 5000.0)]))
    assert isinstance(t, Tabel) and len(t.tabel) == datakwaliteit.MAX_SOORTEN
    assert t.titel == "16 soorten bevindingen in de leveringen"
    assert t.tabel["Wat er is gevonden"].tolist()[:2] == ["Regel DK15.", "Regel DK14."]
    assert (
        "Nog acht soorten bevindingen staan in de controle van de levering, die de back office krijgt." in t.noten
    )


def test_wat_cijfers_tegenhoudt_staat_er_altijd(tabel: pd.DataFrame) -> None:
    soorten = [(f"DK{n:02d}", "blokkerend", None) for n in range(1, 12)]
    t = datakwaliteit.bevindingen(_beeld(tabel, [*soorten, ("DK50", "waarschuwing", 90.0)]))
    assert len(t.tabel) == 11
    assert t.noten[-1].startswith("Nog één soort bevinding staat")


def test_een_toegepaste_correctie_is_geen_bevinding(tabel: pd.DataFrame) -> None:
    soorten = [("CR01", "informatie", 20.0), ("CR06", "blokkerend", 1.0), ("DK01", "waarschuwing", 15.0)]
    t = datakwaliteit.bevindingen(_beeld(tabel, soorten))
    assert t.tabel["Wat er is gevonden"].tolist() == ["Regel CR06.", "Regel DK01."]
    assert "tegenhoudt" in datakwaliteit.oordeel(_beeld(tabel, soorten)).tekst
